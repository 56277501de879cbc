"""The event that a distance is measured from: "two months after a summit in Vietnam", and what dates it."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rashomon.mark.times.lexicon import word_list
from rashomon.mark.tree import Tree
from rashomon.model.lists import data_lines
from rashomon.model.marks import Timex

# The longest phrase taken for an event's name, in words; longer ones are parse errors or lists.
LONGEST = 25
# How many phrases with an event's noun to look at: an article that has more is a list.
MOST_PHRASES = 40
# Words that a phrase may run on with behind its parsed end: parsers hang "in Hanoi in February" higher up at times.
_GOES_ON = frozenset(("ADP", "DET", "NOUN", "PROPN", "NUM", "ADJ", "PART"))
_NAMES = frozenset(("NOUN", "PROPN"))
_OF_VERB = frozenset(("npadvmod", "prep", "tmod", "advmod"))


@functools.cache
def _events() -> frozenset[str]:
    return frozenset(data_lines("rashomon.mark.claims", "event_nouns.txt"))


def with_events(found: Sequence[Timex], tree: Tree) -> list[Timex]:
    """Name the event in the normal form of each distance that is measured from one, and the time that dates it.

    The event's own phrase dates it ("the April 12 vote"), or another phrase with the same noun does, if the two share
    a name or all such phrases agree. No other evidence counts.

    Args:
        found: the times of one article in order, without values yet.
        tree: the article's parse.
    """
    if not any(timex.expr.startswith("ref:") for timex in found):
        return list(found)
    dates = [timex for timex in found if timex.type in ("DATE", "TIME") and "_REF" not in timex.expr]
    places = {tree.at(timex.span.start): timex for timex in dates}
    nouns: dict[str, list[int]] = {}
    for place, pos in enumerate(tree.pos):
        if pos in _NAMES:
            nouns.setdefault(tree.lemma[place].lower(), []).append(place)
    return [
        replace(timex, expr=_anchored(timex, tree, places, nouns)) if timex.expr.startswith("ref:") else timex
        for timex in found
    ]


def _anchored(timex: Timex, tree: Tree, places: dict[int, Timex], nouns: dict[str, list[int]]) -> str:
    marker = tree.at(timex.span.end)
    if marker >= len(tree) or tree.lower[marker] not in ("after", "before"):
        return timex.expr
    event = tree.child(marker, "pobj", "pcomp")
    if event is None and tree.dep[marker] == "mark" and tree.head[marker] > marker:
        event = tree.head[marker]
    if event is None or event <= marker:
        return timex.expr
    first, last = marker + 1, _end(tree, event)
    if not first <= event <= last:
        return timex.expr
    inside = [place for place in range(first, last + 1) if place in places]
    subject = tree.child(event, "nsubj", "nsubjpass")
    if subject is not None and tree.lemma[subject].lower() in _events():  # "after the talks in Tolm had failed"
        event, first, last = subject, tree.low[subject], min(_end(tree, subject), event - 1)
    expr = f"{timex.expr}@{tree.start[first]}-{tree.end[last]}"
    now = ";now" if _tells_of_now(tree, tree.at(timex.span.start), marker) else ""
    if event in places:  # "two days after Christmas": the event is a time itself
        return f"{expr}={places[event].span.start}{now}"
    if inside:
        nearest = min(inside, key=lambda place: abs(place - event))
        return f"{expr}={places[nearest].span.start}{now}"
    dated = _named_elsewhere(tree, event, (first, last), places, nouns) if tree.pos[event] in _NAMES else None
    return f"{expr}={dated.span.start}{now}" if dated else f"{expr}{now}"


def _tells_of_now(tree: Tree, first: int, marker: int) -> bool:
    """Whether the words before say that the thing measured is of the article's own day: "the visit comes two months
    after …". No other verb's present tense does: "the fair opens two days after …" is ahead."""
    verb = tree.head[tree.head[marker]] if tree.dep[marker] == "mark" else tree.head[marker]
    return verb < first and tree.lemma[verb] == "come" and tree.tag[verb] in ("VBZ", "VBP")


def _end(tree: Tree, event: int) -> int:
    """The last token of the event's phrase."""
    last = min(tree.high[event], event + LONGEST, tree.stop[event] - 1)
    while (
        last + 1 < min(tree.stop[event], event + LONGEST)
        and tree.pos[last + 1] in _GOES_ON
        and tree.pos[event] in _NAMES
    ):
        last += 1
    while last > event and (tree.pos[last] in ("PUNCT", "SPACE", "ADP", "DET") or not tree.text[last][-1].isalnum()):
        last -= 1
    return last


def _named_elsewhere(
    tree: Tree, event: int, phrase: tuple[int, int], places: dict[int, Timex], nouns: dict[str, list[int]]
) -> Timex | None:
    """The time that dates the same event in another phrase of the article."""
    lemma = tree.lemma[event].lower()
    if lemma in word_list("vague_events.txt"):
        return None
    first, last = phrase
    own = set(_telling(tree, first, last, lemma))
    shared: list[Timex] = []
    others: list[Timex] = []
    for place in nouns[lemma][:MOST_PHRASES]:
        if first <= place <= last:
            continue
        timex = _date_of(tree, place, places)
        if timex is None:
            continue
        low, high = tree.low[place], _end(tree, place)
        (shared if own & set(_telling(tree, low, high, lemma)) else others).append(timex)
    if shared:
        return shared[0] if len({timex.expr for timex in shared}) == 1 else None
    # "A summit" with nothing told of it may be any; so may "his summit with Ruiz" beside another one.
    definite = tree.lower[tree.low[event]] in ("the", "that", "this") and not own
    return others[0] if definite and others and len({timex.expr for timex in others}) == 1 else None


def _telling(tree: Tree, first: int, last: int, lemma: str) -> Iterator[str]:
    """The names and kinds that tell one event from another of its noun: "second", "trade", "Ruiz"."""
    for place in range(first, last + 1):
        if tree.pos[place] in ("PROPN", "NOUN") and tree.ent[place] not in ("DATE", "TIME"):
            word = tree.lemma[place].lower()
            if word != lemma:
                yield word


def _date_of(tree: Tree, event: int, places: dict[int, Timex]) -> Timex | None:
    """The time inside an event's phrase, or beside the verb it is the subject of."""
    for place in range(tree.low[event], min(_end(tree, event), event + LONGEST) + 1):
        if place in places and place != event:
            return places[place]
    verb = tree.head[event]
    if tree.dep[event] not in ("nsubj", "nsubjpass") or verb == event:
        return None
    for child in tree.children[verb]:
        if tree.dep[child] in _OF_VERB and child > verb:
            for place in range(tree.low[child], tree.high[child] + 1):
                if place in places:
                    return places[place]
    return None

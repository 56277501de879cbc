"""Which of a clause's time expressions says when its deed was done."""

from collections.abc import Container

from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.words import governors, word_list
from rashomon.model.marks import Timex
from rashomon.model.measure import measure_of

_GOVERNORS = governors()
_OTHER_TIMES = word_list("other_times")
_DATED = frozenset({"DATE", "TIME"})


def governing_time(context: Surroundings, verb: int, begin: int, stop: int, own: Container[int]) -> Timex | None:
    """The date or time that says when ``verb`` happened: one that hangs on it, not on a noun far inside.

    Args:
        context: the article.
        verb: the clause's verb.
        begin, stop: the clause, half-open.
        own: the tokens that are the clause's own.
    """
    near: list[tuple[bool, int, Timex]] = []
    for first, last, timex in context.times_in(begin, stop):
        if timex.value.endswith("_REF"):
            continue
        inside = [place for place in range(first, last) if place in own]
        if inside and _dates(context, _top(context, inside), verb):
            # "on an overnight run … on 12 July": a day tells more than a part of one.
            near.append((timex.anchor != "words" and timex.type == "TIME", abs(inside[0] - verb), timex))
    return min(near, key=lambda n: n[:2])[2] if near else None


def measured_time(context: Surroundings, verb: int, begin: int, stop: int) -> Timex | None:
    """The distance from an event at which ``verb`` happened: "she resigned two days after the vote".

    Not where the verb tells the event itself ("after the vote failed"), and not what comes now: the distance tells
    nothing of its time.

    Args:
        context: the article.
        verb: the clause's verb.
        begin, stop: the clause, half-open.
    """
    tree = context.tree
    for _, last, timex in context.distances_in(begin, stop):
        measure = measure_of(timex.expr)
        if measure is None or measure.now:
            continue
        # The word "after", "before" or "later", on which the count mostly hangs.
        marker = last if last < len(tree) and (measure.event or tree.head[last - 1] == last) else last - 1
        # The event's verb stands between: the clause "after talks failed" hangs by it.
        branch = tree.head[marker] if tree.dep[marker] == "mark" else marker
        if branch != verb and tree.head[branch] == verb:
            return timex
    return None


def _top(context: Surroundings, inside: list[int]) -> int:
    """The word of an expression on which the rest of it hangs."""
    return next((place for place in inside if context.tree.head[place] not in inside), inside[-1])


def _dates(context: Surroundings, token: int, verb: int) -> bool:
    """Whether a time expression climbs to ``verb`` without passing a clause of its own or a noun that it dates."""
    tree = context.tree
    head, dep, lower = tree.head, tree.dep, tree.lower
    current = token
    for _ in range(FAR):
        above = head[current]
        if above == verb:
            direct = current == head[token] and dep[current] == "prep" and lower[current] == "for"
            if direct and _GOVERNORS.get(tree.lemma[verb]) != "planned":
                return False  # "printed posters for October", but "set for October"
            return current != token or dep[current] not in {"nsubj", "nsubjpass", "dobj", "attr"}
        if above == current:
            return False
        kind = tree.pos[above]
        if kind in {"VERB", "AUX"}:
            return dep[verb] == "xcomp" and head[verb] == above
        if dep[above] == "pobj" and lower[head[above]] in _OTHER_TIMES and tree.ent[above] not in _DATED:
            return False  # "due to a strike in May", "after the talks in Oslo on Friday": the time of something else
        if kind in {"NOUN", "PROPN"}:
            modifies = dep[current] in {"amod", "compound", "nmod", "poss"} and tree.ent[above] not in _DATED
            aim = dep[current] == "prep" and lower[current] in {"for", "of", "about"}
            name = context.mention_at[above]
            aim = aim and (name is None or name is not context.mention_at[current])  # "at the League of Ports summit"
            if modifies or aim or not _lets_through(context, above, verb):
                return False
        current = above
    return False


def _lets_through(context: Surroundings, noun: int, verb: int) -> bool:
    """Nouns a date is often hung on though it is the verb's: "sign the treaty on Friday", "met Ruiz on Monday",
    "at a campus on Thursday", and the date's own words ("Friday afternoon", "April 24")."""
    tree = context.tree
    if tree.ent[noun] in {"DATE", "TIME", "PERSON", "GPE", "LOC", "FAC", "ORG"}:
        return True
    above = tree.head[noun]
    if tree.dep[noun] in {"dobj", "attr", "oprd"}:
        return above == verb
    return (
        tree.dep[noun] == "pobj"
        and tree.dep[above] == "prep"
        and (tree.head[above] == verb or tree.pos[tree.head[above]] != "NOUN")
    )

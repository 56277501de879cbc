"""Which of several it was: "their second summit" in one outlet, "the third summit" in another."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rashomon.align.conflicts.same_statement import Side
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.stems import stem
from rashomon.model.spans import Span

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
           "twelfth")  # fmt: skip
# The ordinal and the word behind it: "summit", or "nuclear" of "nuclear test", which serves to tell counts apart too.
_ORDINAL = re.compile(rf"\b({'|'.join(_PLACES)}|\d{{1,2}}(?:st|nd|rd|th))[ -]([a-z]{{4,}})\b", re.I)
# What is no count of occasions: shares and floors, ranks, ladies, and "the first time".
_NO_COUNT = frozenset({"time", "times", "lady", "floor", "place", "half", "quarter", "degree", "grade", "grader",
                       "century", "amendment", "district", "circuit", "hand", "person", "class", "name", "street",
                       "avenue", "baby", "child", "days", "weeks", "months", "years", "hours", "minutes"})  # fmt: skip


Ordinals = Mapping[str, tuple[int, Span]]
"""What is counted in a sentence, by the stem of its noun: which it is, and the words."""


def read_ordinals(sentence: Span, story: Story) -> Ordinals:
    """Which of several a sentence speaks of; what it counts twice is left out."""
    found: dict[str, list[tuple[int, Span]]] = {}
    for match in _ORDINAL.finditer(sentence.cut(story.texts[sentence.article_id])):
        noun = match[2].lower()
        if noun in _NO_COUNT:
            continue
        span = Span(sentence.article_id, sentence.start + match.start(1), sentence.start + match.end(1))
        found.setdefault(stem(noun), []).append((_place(match[1]), span))
    return {noun: places[0] for noun, places in found.items() if len(places) == 1}


def other_ordinals(
    mine: tuple[Ordinals, Sequence[Item]], theirs: tuple[Ordinals, Sequence[Item]], story: Story
) -> Iterator[tuple[Side, Side]]:
    """The one count of one kind of occasion in each of two sentences, given with their clauses, where they differ.

    An article that gives the other's count too tells of two occasions. "Their first" and "the first since 2011" are
    one count, and no difference.
    """
    for noun in sorted(mine[0].keys() & theirs[0].keys()):
        (place, span), (other, other_span) = mine[0][noun], theirs[0][noun]
        texts = [story.texts[s.article_id].lower() for s in (span, other_span)]
        if place == other or _counts(texts[0], other, noun) or _counts(texts[1], place, noun):
            continue
        sides = [
            Side(next((i for i in own if i.claim.span.covers(s)), own[0]), _word(n), s)
            for own, n, s in ((mine[1], place, span), (theirs[1], other, other_span))
        ]
        yield sides[0], sides[1]


def _place(word: str) -> int:
    return int(word[:-2]) if word[0].isdigit() else _PLACES.index(word.lower()) + 1


def _word(place: int) -> str:
    return _PLACES[place - 1] if place <= len(_PLACES) else f"{place}th"


def _counts(text: str, place: int, noun: str) -> bool:
    """Whether a text in small letters counts the same noun to the same place."""
    return any(_place(m[1]) == place and stem(m[2]) == noun for m in _ORDINAL.finditer(text))

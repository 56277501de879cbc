"""Which of several it was: "their second summit" in one outlet, "the third summit" in another."""

import re
from collections.abc import Iterator, Sequence

from rashomon.align.prepare import Item, Story
from rashomon.align.statement import Side
from rashomon.align.stems import stem
from rashomon.model.spans import Span

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
           "twelfth")  # fmt: skip
# The ordinal and the word behind it: "summit", or "nuclear" of "nuclear test", which serves to tell counts apart too.
_ORDINAL = re.compile(rf"\b({'|'.join(_PLACES)}|\d{{1,2}}(?:st|nd|rd|th))[ -]([a-z]{{4,}})\b", re.I)
# What is no count of occasions: shares and floors, ranks, ladies, and "the first time".
_NO_COUNT = frozenset({"time", "times", "lady", "floor", "place", "half", "quarter", "degree", "grade", "grader",
                       "century", "amendment", "district", "circuit", "hand", "person", "class", "name", "street",
                       "avenue", "baby", "child", "days", "weeks", "months", "years", "hours", "minutes"})  # fmt: skip


def find_ordinals(mine: Sequence[Item], theirs: Sequence[Item], story: Story) -> Iterator[tuple[Side, Side]]:
    """The one count of one kind of occasion in each of two sentences, given by their clauses, where they differ.

    An article that gives the other's count too tells of two occasions. "Their first" and "the first since 2011" are
    one count, and no difference.
    """
    found = [_ordinals(own[0].sentence, story) for own in (mine, theirs)]
    for noun in sorted(found[0].keys() & found[1].keys()):
        (place, span), (other, other_span) = found[0][noun], found[1][noun]
        texts = [story.texts[own[0].article].lower() for own in (mine, theirs)]
        if place == other or _counts(texts[0], other, noun) or _counts(texts[1], place, noun):
            continue
        sides = [
            Side(next((i for i in own if i.claim.span.covers(s)), own[0]), _word(n), s)
            for own, n, s in ((mine, place, span), (theirs, other, other_span))
        ]
        yield sides[0], sides[1]


def _ordinals(sentence: Span, story: Story) -> dict[str, tuple[int, Span]]:
    """What is counted in a sentence, by the stem of its noun: which it is, and the words; what is counted twice is left
    out."""
    found: dict[str, list[tuple[int, Span]]] = {}
    for match in _ORDINAL.finditer(sentence.cut(story.texts[sentence.article_id])):
        noun = match[2].lower()
        if noun in _NO_COUNT:
            continue
        span = Span(sentence.article_id, sentence.start + match.start(1), sentence.start + match.end(1))
        found.setdefault(stem(noun), []).append((_place(match[1]), span))
    return {noun: places[0] for noun, places in found.items() if len(places) == 1}


def _place(word: str) -> int:
    return int(word[:-2]) if word[0].isdigit() else _PLACES.index(word.lower()) + 1


def _word(place: int) -> str:
    return _PLACES[place - 1] if place <= len(_PLACES) else f"{place}th"


def _counts(text: str, place: int, noun: str) -> bool:
    """Whether a text in small letters counts the same noun to the same place."""
    return any(_place(m[1]) == place and stem(m[2]) == noun for m in _ORDINAL.finditer(text))

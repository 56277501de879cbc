"""Where names that may be credited stand in an article: agencies, outlets, and media without a name."""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.mark.credits.publisher import Publisher, outlet_words
from rashomon.mark.credits.relation import REPRINTED
from rashomon.mark.gazetteer import gazetteer
from rashomon.model.marks import Mention

# Words in a paragraph that no sentence parser reads well, beside which credits hide.
_HIDING = re.compile(
    r"[/(\[©]|[Pp]hoto|contribut|input|ource|riginally|first (?:appeared|published|reported)|courtesy|eprinted"
    r"|epublished"
)
_REPRINTS = re.compile(r"riginally|[Ff]irst|ermission|ourtesy|epublished|eprinted|yndicated|appeared|published")
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)\b"
)
_COMMON = re.compile(
    r"\b(?:media(?:\s+(?:reports|outlets))?|television|TV|news agency|broadcaster|newspapers?|press)\b"
)
_COMMON_LEFT = re.compile(
    r"\b(?:[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?(?:['’]s)?\s+)?"
    r"(?:(?:state|local|national|official|domestic|foreign|private)(?:-(?:run|owned|controlled))?\s+)*$"
)
_UNLISTED_LEFT = re.compile(r"(?<![\w.’'-])(?:[A-Z][\w.’'&-]*[ -](?:of )?){1,4}$")
# Characters before a word that its name may begin in.
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``[start, end)``: ``known`` is the gazetteer's id; ``listed`` is false for a medium without a name."""

    start: int
    end: int
    known: str | None = None
    listed: bool = True
    own: bool = False


def find_names(
    text: str, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention], publisher: Publisher
) -> list[Name]:
    """The names in ``text`` that may be credited, in order, none over another.

    Args:
        text: the article's text.
        ranges: its paragraphs, in characters.
        mentions: the article's mentions; without any, every paragraph is searched for known names.
        publisher: who publishes the article.
    """
    # How the outlet calls itself comes first: its "Observer" is not the one that everybody knows.
    taken = _Taken([Name(start, end, publisher.known, own=True) for start, end in publisher.mentions(text)])
    for mention in mentions:
        known = mention.known
        if known is not None and mention.form == "name" and known.startswith(("agency:", "outlet:")):
            span = _without_article(text, mention.span.start, mention.span.end)
            taken.add(Name(*span, known, own=known == publisher.known))
    for name in (*_hidden(text, ranges, bool(mentions)), *_reprinted(text, ranges), *_unlisted(text), *_common(text)):
        taken.add(
            Name(*_without_article(text, name.start, name.end), name.known, name.listed, _is_own(text, name, publisher))
        )
    return taken.names()


class _Taken:
    """Names in the order of their importance: a later one that overlaps an earlier one is left out."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.start, name.end))
        self._starts = [name.start for name in self._names]

    def add(self, name: Name) -> None:
        at = bisect_right(self._starts, name.start)
        around = self._names[max(0, at - 1) : at + 1]
        if name.start < name.end and not any(other.start < name.end and name.start < other.end for other in around):
            self._names.insert(at, name)
            self._starts.insert(at, name.start)

    def names(self) -> list[Name]:
        return self._names


def _is_own(text: str, name: Name, publisher: Publisher) -> bool:
    return name.listed and publisher.name is not None and publisher.is_called(text[name.start : name.end], name.known)


def _hidden(text: str, ranges: Sequence[tuple[int, int]], mentioned: bool) -> Iterator[Name]:
    """Known names in the paragraphs where credits hide: at both ends, in brackets, in captions."""
    last = len(ranges) - 4
    for place, (begin, end) in enumerate(ranges):
        stop = end
        if mentioned and place < last and end - begin >= 90 and not _HIDING.search(text, begin, end):
            # A long paragraph without a credit's words is searched at the top of the article only, at its beginning.
            stop = begin + 150 if place < 5 else begin
        for hit in gazetteer().scan(text[begin:stop]):
            if hit.entry.kind == "agency" or (hit.entry.kind == "outlet" and hit.entry.sure):
                yield Name(begin + hit.start, begin + hit.end, hit.entry.id)


def _reprinted(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Name]:
    """Any name behind "this article originally appeared in"."""
    if not _REPRINTS.search(text):
        return
    for begin, end in (*ranges[:3], *ranges[max(3, len(ranges) - 4) :]):
        match = REPRINTED.search(text[begin:end])
        if match and not _MONTHS.match(match["name"]):
            stop = match.end("name") - (match["name"].endswith("."))
            yield Name(begin + match.start("name"), begin + stop)


def _unlisted(text: str) -> Iterator[Name]:
    """Names that no list has, but that end as outlets' names do: "the Tulsa Courier"."""
    for tail in _tails().finditer(text):
        left = _UNLISTED_LEFT.search(text, max(0, tail.start() - _BEFORE), tail.start())
        if left and not re.match(r" ?[A-Z]", text[tail.end() : tail.end() + 2]):
            yield Name(left.start(), tail.end())


def _common(text: str) -> Iterator[Name]:
    """Media without a name: "Japanese media", "state television"."""
    for noun in _COMMON.finditer(text):
        left = _COMMON_LEFT.search(text, max(0, noun.start() - _BEFORE), noun.start())
        yield Name(left.start() if left else noun.start(), noun.end(), listed=False)


@functools.cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(outlet_words()))})\b")


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    return (start + 4, end) if text[start : start + 4] in ("The ", "the ", "THE ") else (start, end)

"""Where names that may be credited stand in an article: agencies, outlets, and media without a name."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.mark.credits.publisher import Publisher, occurrences, outlet_words
from rashomon.mark.credits.relation import REPRINTED
from rashomon.mark.gazetteer import gazetteer
from rashomon.model.marks import Mention

# What stands beside credits in paragraphs that no sentence parser reads well: brackets, captions, notes at the foot.
_HIDING = (
    "/",
    "(",
    "[",
    "©",
    "hoto",
    "ontribut",
    "input",
    "ource",
    "riginally",
    "irst ",
    "ourtesy",
    "printed",
    "published",
)
# Characters beside those that are searched for names, and characters of each of the first paragraphs: a byline, a
# dateline or a list of agencies is shorter.
_BESIDE, _TOP = 120, 150
# Paragraphs at the top, with headline, deck, byline and dateline, and at the foot that are searched.
_FIRST, _LAST = 5, 4
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)\b"
)
_COMMON = ("media", "television", "TV", "news agency", "broadcaster", "newspaper", "newspapers", "press")
_MEDIA_RIGHT = re.compile(r" (?:reports|outlets)\b")
_COMMON_LEFT = re.compile(
    r"\b(?:[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?(?:['’]s)?\s+)?"
    r"(?:(?:state|local|national|official|domestic|foreign|private|daily|weekly)(?:-(?:run|owned|controlled))?\s+)*$"
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
    """Known names where credits hide: at both ends of the text, in captions; everywhere without mentions."""
    for first, stop in _merged(_places(text, ranges) if mentioned else list(ranges)):
        begin, end = first, min(stop, len(text))
        # Half a word at an edge is no name.
        while begin and begin < end and text[begin - 1].isalnum() and text[begin].isalnum():
            begin += 1
        while begin < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end -= 1
        for hit in gazetteer().scan(text[begin:end]):
            if hit.entry.kind == "agency" or (hit.entry.kind == "outlet" and hit.entry.sure):
                yield Name(begin + hit.start, begin + hit.end, hit.entry.id)


def _places(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Characters that are worth a search for names."""
    found = [(begin, min(end, begin + _TOP)) for begin, end in ranges[:_FIRST]]
    found += ranges[max(_FIRST, len(ranges) - _LAST) :]
    for word in _HIDING:
        at = text.find(word)
        while at >= 0:
            stop = at + _BESIDE
            found.append((max(0, at - _BESIDE), stop))
            at = text.find(word, stop)
    return found


def _merged(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that touch as one, so that no name is cut in two or read twice."""
    places.sort()
    begin, end = 0, 0
    for start, stop in places:
        if start > end:
            yield begin, end
            begin = start
        end = max(end, stop)
    yield begin, end


def _reprinted(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Name]:
    """Any name behind "this article originally appeared in"."""
    for begin, end in (*ranges[:3], *ranges[max(3, len(ranges) - 4) :]):
        match = REPRINTED.search(text[begin:end])
        if match and not _MONTHS.match(match["name"]):
            stop = match.end("name") - (match["name"].endswith("."))
            yield Name(begin + match.start("name"), begin + stop)


def _unlisted(text: str) -> Iterator[Name]:
    """Names that no list has, but that end as outlets' names do: "the Tulsa Courier"."""
    for start, end in occurrences(text, outlet_words()):
        left = _UNLISTED_LEFT.search(text, max(0, start - _BEFORE), start)
        if left and not re.match(r" ?[A-Z]", text[end : end + 2]):
            yield Name(left.start(), end)


def _common(text: str) -> Iterator[Name]:
    """Media without a name: "Japanese media", "state television"."""
    for start, end in occurrences(text, _COMMON):
        left = _COMMON_LEFT.search(text, max(0, start - _BEFORE), start)
        further = _MEDIA_RIGHT.match(text, end) if text[start:end] == "media" else None
        yield Name(left.start() if left else start, further.end() if further else end, listed=False)


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    return (start + 4, end) if text[start : start + 4] in ("The ", "the ", "THE ") else (start, end)

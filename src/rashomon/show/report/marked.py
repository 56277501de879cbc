"""An article's text cut at the borders of its evidence, so that marks may nest and overlap."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
# Characters; a sentence shorter than this is shown with the one before it.
SHORT = 90
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch ``[start, end)`` of one paragraph that supports the same ``lines`` (ids) throughout."""

    start: int
    end: int
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its segments, one after the other, are its text; ``lines`` are all it supports, in order."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Evidence with the words around it; ``cut_before`` and ``cut_after`` tell where the paragraph goes on."""

    before: str
    words: str
    after: str
    cut_before: bool
    cut_after: bool


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    r"""Start and end of each paragraph: lines that hold more than white space.

    >>> paragraphs_of("One.\n\n \nTwo.")
    [(0, 4), (8, 12)]
    """
    return [found.span() for found in _PARAGRAPH.finditer(text)]


def mark(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Paragraph]:
    """Cut ``text`` into paragraphs and segments at the borders of ``spans`` (start, end, line id).

    Every character of every paragraph is in exactly one segment, and every segment lists exactly the lines whose spans
    cover it, in the order in which the spans were given. White space between paragraphs is left out.
    """
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    order: dict[str, int] = {}
    for start, end, line in spans:
        opening.setdefault(start, []).append(line)
        closing.setdefault(end, []).append(line)
        order.setdefault(line, len(order))
    borders = sorted(opening.keys() | closing.keys())
    active: dict[str, int] = {}
    found: list[Paragraph] = []
    at = 0

    def pass_border(border: int) -> None:
        for line in closing.get(border, ()):
            active[line] -= 1
            if not active[line]:
                del active[line]
        for line in opening.get(border, ()):
            active[line] = active.get(line, 0) + 1

    for start, end in paragraphs_of(text):
        while at < len(borders) and borders[at] <= start:
            pass_border(borders[at])
            at += 1
        segments: list[Segment] = []
        seen: dict[str, None] = {}
        here = start
        while here < end:
            stop = borders[at] if at < len(borders) and borders[at] < end else end
            lines = tuple(sorted(active, key=order.__getitem__))
            segments.append(Segment(here, stop, text[here:stop], lines))
            seen.update(dict.fromkeys(lines))
            here = stop
            while at < len(borders) and borders[at] <= here < end:
                pass_border(borders[at])
                at += 1
        found.append(Paragraph(start, end, tuple(segments), tuple(seen)))
    return found


def excerpt(text: str, start: int, end: int, *, room: int = 140) -> Excerpt:
    """The words of ``[start, end)`` in their sentence, with at most ``room`` characters on either side."""
    left = max(text.rfind("\n", 0, start) + 1, text.rfind("\r", 0, start) + 1)
    right = min((i for i in (text.find("\n", end), text.find("\r", end)) if i >= 0), default=len(text))
    paragraph = (left, right)
    begins = [left, *(stop.end() for stop in _SENTENCE_END.finditer(text, left, start))]
    left = begins[-1]
    if stop_after := _SENTENCE_END.search(text, max(end - 2, start), right):
        right = max(stop_after.end(), end)
    if right - left < SHORT and len(begins) > 1:
        left = begins[-2]
    if start - left > room:
        space = text.find(" ", start - room, start)
        left = space + 1 if space >= 0 else start - room
    if right - end > room:
        space = text.rfind(" ", end, end + room)
        right = space if space >= 0 else end + room
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return Excerpt(
        before,
        text[start:end],
        after,
        cut_before=bool(text[paragraph[0] : left].strip()),
        cut_after=bool(text[right : paragraph[1]].strip()),
    )

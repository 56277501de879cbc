"""Pair quotation marks, from the text alone.

What opens and what closes is told by the mark's shape where it has one, and by the characters around it where it has
none or the wrong one. Marks are paired inside a paragraph, so one that is never closed costs itself and no more.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_MARK = re.compile(r"''|``|[“”„‟«»\"＂]|[‘’‚‛'´`]")
_SINGLE = frozenset("‘’‚‛'´`")
_OPENERS = frozenset(["“", "„", "‟", "«", "``"])
_CLOSERS = frozenset("”»")
_LEADS = frozenset("([{—–-/…“\"‘'„«:")
_TRAILS = frozenset(",.;:!?)]}—–-/…”\"’'»")
_CLIPPED = re.compile(r"['’‘](?:\d0s|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n['’]|round\b|bout\b)", re.IGNORECASE)
# A single mark at the head of a paragraph that opens speech, no clipped word.
_AGAIN = re.compile(r"‘(?=\S)|'(?=[A-Z“\"])(?!(?:Tis|Twas|Til|Em|Cause|Round|Bout)\b)")
_END_OF_SPEECH = frozenset(",.!?…—")
_SENTENCE_START = re.compile(r"(?<=[.!?…])[\"”’']?\s+(?=[A-Z\[])|\A\s*")
# What stands in an opening mark's place when the wrong key was hit: a thin space, an accent, low commas, ….
_STRAY = re.compile(r"(?:^|(?<=\s))(?:[‘’'`´‚,¨”]{1,2}|[\u2009\u200a\u202f])\s?(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One pair of marks: ``[start, end)`` with them, ``[inner_start, inner_end)`` without.

    ``depth`` is 0 for an outermost pair. ``runs_on`` tells that it has no closing mark because the next paragraph
    opens with the mark again. ``single`` is for single marks, ``paragraph`` counts from 0.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    paragraph: int
    depth: int = 0
    single: bool = False
    runs_on: bool = False


# Marks that stand open at once; people nest two or three, a page of stray marks thousands.
DEEPEST = 12


def pair_marks(text: str, ranges: Sequence[tuple[int, int]]) -> list[Quoted]:
    """Every pair of quotation marks, in order of its first character, an outer one before what it holds.

    Args:
        text: the whole text.
        ranges: its paragraphs, half-open.
    """
    pairs: list[Quoted] = []
    for number, (start, end) in enumerate(ranges):
        follows = ranges[number + 1][0] if number + 1 < len(ranges) else -1
        again = text[follows] if follows >= 0 and text[follows] in '“"„«' else ""
        if not again and follows >= 0 and _AGAIN.match(text, follows):
            again = text[follows]
        pairs += _pair_paragraph(text, start, end, number, again)
    return pairs


def _pair_paragraph(text: str, start: int, end: int, number: int, again: str) -> list[Quoted]:
    """The pairs of one paragraph; ``again`` is the mark that the next one opens with, as speech that goes on does."""
    open_marks: list[tuple[int, int, bool, str]] = []
    found: list[Quoted] = []
    last_end = start
    for match in _MARK.finditer(text, start, end):
        glyph, at, after = match.group(), match.start(), match.end()
        single = glyph in _SINGLE
        kind = _single_kind(text, match, start, end, again) if single else _double_kind(text, match, start, end)
        if kind == "":
            continue
        inside = [place for place, mark in enumerate(open_marks) if mark[2] is single]
        if kind == "either":
            kind = "close" if inside else "open"
        if kind == "open" and glyph == "“" and inside and open_marks[inside[-1]][3] == "„":
            kind = "close"
        if kind == "open":
            if glyph in ('"', "''", "＂") and inside and open_marks[inside[-1]][3] == glyph:
                # Two straight marks that both open: the first was never closed.
                del open_marks[inside[-1] :]
            open_marks.append((at, after, single, glyph))
            del open_marks[:-DEEPEST]
        elif inside:
            opened = open_marks[inside[-1]]
            del open_marks[inside[-1] :]
            found.append(Quoted(opened[0], opened[1], at, after, number, single=single))
            last_end = after
        elif not single and text[at - 1] in _END_OF_SPEECH and at > last_end:
            found.append(_without_opening(text, last_end, at, after, number))
            last_end = after
    left = [mark for mark in open_marks if not mark[2]]
    if again in _SINGLE:
        left = [] if left else [mark for mark in open_marks if mark[3] == again]
    if again and left and (left[-1][0] == start or text[end - 1] in ".!?…"):
        opened = left[-1]
        found = [pair for pair in found if pair.end <= opened[0] or pair.start > opened[0]]
        found.append(Quoted(opened[0], opened[1], end, end, number, single=left[-1][2], runs_on=True))
    return _nest([pair for pair in found if text[pair.inner_start : pair.inner_end].strip()])


def _double_kind(text: str, match: re.Match[str], start: int, end: int) -> str:
    glyph, at, after = match.group(), match.start(), match.end()
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    may_open = (before.isspace() or before in _LEADS) and not behind.isspace()
    may_close = not before.isspace() and (not behind.isalnum() or before in ".,!?")
    if at == start:
        return "open"
    if glyph in _OPENERS:
        return "close" if may_close and not may_open else "open"
    if glyph in _CLOSERS:
        return "open" if may_open and not may_close else "close"
    if glyph == '"' and before.isdigit() and (behind.isspace() or behind in ",.x") and not may_open:
        # Inches, unless a quotation is open: the caller sorts that out.
        return "close"
    if may_open and not may_close:
        return "open"
    if may_close and not may_open:
        return "close"
    return "either"


def _single_kind(text: str, match: re.Match[str], start: int, end: int, again: str) -> str:
    glyph, at, after = match.group(), match.start(), match.end()
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    if before.isalnum() and behind.isalnum():
        return ""
    if (before.isspace() or before in _LEADS) and behind.isalnum():
        if _CLIPPED.match(text, at) or glyph == "’":
            return ""
        # Without a closing mark ahead it is an apostrophe.
        closing = re.compile(r"(?<=[\w.,!?…])['’](?![\w])").search(text, after, end)
        return "open" if closing or glyph == again else ""
    if glyph in "’'" and not before.isspace() and (behind.isspace() or behind in _TRAILS):
        if before in "sS":
            # "the states' rights": a plural's apostrophe, where a better closing mark follows before the next opening.
            later = re.compile(r"(?<=[.,!?…\w])['’](?=[\s.,;:!?)]|$)|[‘“]|(?<=\s)'").search(text, after, end)
            if later and later.group() in "'’" and not text[later.start() - 1].isspace():
                return ""
            # Nor does it close what the next paragraph takes up again.
            if again in _SINGLE and not later and re.match(r" [a-z]", text[after : after + 2]):
                return ""
        return "close"
    return ""


def _without_opening(text: str, low: int, at: int, after: int, number: int) -> Quoted:
    strays = list(_STRAY.finditer(text, low, at))
    if strays:
        stray = strays[-1]
        return Quoted(stray.start(), stray.end(), at, after, number)
    begin = low
    for boundary in _SENTENCE_START.finditer(text, low, at - 1):
        begin = boundary.end()
    while begin < at and (text[begin].isspace() or text[begin] in ",;:'`´"):
        begin += 1
    return Quoted(begin, begin, at, after, number)


def _nest(found: list[Quoted]) -> list[Quoted]:
    found.sort(key=lambda pair: (pair.start, -pair.end))
    nested: list[Quoted] = []
    around: list[Quoted] = []
    for pair in found:
        while around and around[-1].end <= pair.start:
            around.pop()
        if around and pair.end > around[-1].end:
            continue
        nested.append(replace(pair, depth=len(around)))
        around.append(pair)
    return nested

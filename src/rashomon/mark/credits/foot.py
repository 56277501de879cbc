"""The line at the foot of a text that credits agencies: "Source: AP", "(With inputs from PTI)", "© 2024 AFP".

Such lines have a thousand forms and few words: what is left of one without names and years are words of a short list.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.mark.credits.relation import PICTURE_DESKS
from rashomon.mark.gazetteer import gazetteer, rows, words_of
from rashomon.model.outlets import outlet_keys

# Paragraphs at the foot that are read, and characters of the longest line: what follows a credit there are notices.
_PARAGRAPHS, _LONGEST = 6, 600
# Characters of the longest line that says no more than names: "Reuters/AP".
_SHORT = 60
_TOKEN = re.compile(r"https?:\S+|\(c\)|©|[^\W\d_][\w'’.-]*\w|\w+|&")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z©(\[])")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,400})[)\]]\W*$")
_BEHIND_DASH = re.compile(r"(?:(?:(?<=[.!?”\"’])|(?<=\s))\s*[-–—]{1,2}|(?<=[.!?”\"’])\s*/)\s*([^-–—.\n]{2,40})\.?$")
# The initials of the desk before its sources: "es/fox (AP, dpa)".
_DESK = re.compile(r"\W*[a-z]{1,4}(?:[/,] ?[a-z]{1,4}){0,3}\s+(?=[(\[])")
_DESK_BEFORE = re.compile(r"(?<=\s)[a-z]{1,4}(?:/[a-z]{1,4}){1,3}\s+$")
_LOWER_SOURCE = re.compile(r"(?<=[(\[,/] )[a-z]{3,4}(?=[)\],/])|(?<=[(\[,/])[a-z]{3,4}(?=[)\],/])")
_PICTURE = re.compile(r"\b(?:photo|image|picture|caption|graphic|video|footage|getty)", re.IGNORECASE)
_THIS = re.compile(
    r"\W*(?:this|the above|above)\s+(?:\w+\s+)?(?:report|story|article|item|piece|content|copy|version)\b", re.I
)
_COLON = re.compile(r"\W*(?:sources?|credits?|courtesy|inputs?|agenc(?:y|ies)|text|via)\s?:", re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing)\b[^.]{0,40}\b(?:report|story|article|reporting|coverage|dispatch)\b"
    r"|^\W*(?:additional |further )?(?:reporting|writing|editing|research) (?:by|and)\b[^.]{3,300}\W*$",
    re.IGNORECASE,
)
_AGENCIES = re.compile(r"\b(?:inputs?|agenc(?:y|ies)|wires?|newswires?|feed|syndicated|copyright)\b|©", re.IGNORECASE)
# Agencies that no list has: "Kestrel News Agency"; "XNA" where a source is told.
_UNLISTED = re.compile(
    r"(?:[A-Z][\w.'’&-]*\s+){1,4}(?:Agency|Newswire|Wire|(?:News|Press) Service)\b"
    r"|(?:(?<=from )|(?<=from the )|(?<=with )|(?<=by )|(?<=via )|(?<=ources: )|(?<=ource: )|(?<=OURCE: )|(?<=and )"
    r"|(?<=, )|(?<=/)|(?<=\()|(?<=© )|(?<=\d\d\d\d ))[A-Z]{2,5}(?=\W|$)"
)


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line that credits: half-open characters, and the names in it, each with the gazetteer's id where it has one."""

    start: int
    end: int
    names: tuple[tuple[int, int, str | None], ...] = ()


def foot_lines(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[FootLine, ...]:
    """The lines at the foot of ``text``, in order, that say from whom it has something and report nothing themselves.

    Args:
        text: an article's text.
        ranges: its paragraphs, in characters.
    """
    found: list[FootLine] = []
    for number in range(max(0, len(ranges) - _PARAGRAPHS), len(ranges)):
        line = _line(text, *ranges[number], alone=number > 0, last=number >= len(ranges) - 2)
        if line:
            found.append(line)
    return tuple(found)


def _line(text: str, start: int, end: int, *, alone: bool, last: bool) -> FootLine | None:
    """A paragraph that is such a line, or the end of one that is."""
    if alone and end - start <= _LONGEST:
        names = _credited(text, start, end, alone=True)
        if names is not None:
            return FootLine(start, end, names)
    if not last:
        return None
    for begin, stop, apart in _ends(text, start, end):
        names = _credited(text, begin, stop, alone=apart)
        if names is not None:
            return FootLine(begin, end, names)
    return None


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """What may be a credit at the end of a paragraph: in brackets, behind a dash, or the last sentences."""
    low = max(start, end - _LONGEST)
    tail = text[low:end]
    bracket = _BRACKETS.search(tail)
    if bracket:
        desk = _DESK_BEFORE.search(tail, 0, bracket.start())
        begin = desk.start() if desk else bracket.start()
        if re.search(r"[.!?”\"’]\s*$", tail[:begin]):
            yield low + begin, end, True
    dash = _BEHIND_DASH.search(tail)
    if dash:
        yield low + dash.start(1), end, True
    cuts = [low + match.end() for match in _SENTENCE.finditer(tail)]
    for begin in cuts[-3:]:
        yield begin, end, False


def _credited(text: str, start: int, end: int, *, alone: bool) -> tuple[tuple[int, int, str | None], ...] | None:
    """The names in a line that does nothing but credit; None where it does something else."""
    piece = text[start:end]
    sentences = _sentences(piece)
    if all(_CONTRIBUTED.search(sentence) or _is_notice(sentence) for sentence in sentences):
        return tuple(_names(text, start, end))
    noticed = [_is_notice(sentence) for sentence in sentences]
    names = tuple(_names(text, start, end))
    if all(noticed):
        return names if alone else None
    if not names or _PICTURE.search(piece) or (noticed[0] and not alone):
        return None
    bare = piece
    for begin, stop, _ in reversed(names):
        bare = bare[: begin - start] + " " * (stop - begin) + bare[stop - start :]
    bare = _LOWER_SOURCE.sub(lambda match: " " * len(match[0]), bare)
    desk = _DESK.match(bare)
    bare = bare[desk.end() :] if desk else bare
    kinds: set[str] = set()
    strange = 0
    first = ""
    for sentence, notice in zip(_sentences(bare), noticed, strict=False):
        for token in [] if notice else _TOKEN.findall(sentence):
            kind = _words().get(token.casefold().rstrip("."), "")
            if not kind and not (token[0].isupper() or token[0].isdigit() or token.startswith("http")):
                return None
            first = first or kind or "name"
            strange += not kind and not token[0].isdigit()
            kinds.add(kind)
    if "credit" in kinds:
        return names
    told = bool(_THIS.match(piece) or _COLON.match(piece))
    if not alone:
        return names if told else None
    opened = first == "opens"
    bracketed = piece.lstrip()[:1] in "([" and bool(re.search(r"\bwith\b", piece, re.IGNORECASE))
    only = not strange and len(piece) <= _SHORT and kinds <= {"plain", ""} and piece[-1:] not in "!?"
    # An outlet's name alone, or behind "read more at", is a heading or a link.
    agency = any(known is None or known.startswith("agency:") for _, _, known in names)
    return names if told or (agency and (opened or bracketed or desk or only)) else None


def _sentences(piece: str) -> list[str]:
    return _SENTENCE.split(piece)


def _is_notice(sentence: str) -> bool:
    lower = sentence.casefold()
    return any(phrase in lower for phrase in _notices())


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """Agencies and outlets in a line, in order."""
    piece = text[start:end]
    taken: list[tuple[int, int, str | None]] = []
    hits = gazetteer().scan(piece)
    for hit in hits:
        entry = hit.entry
        if entry.id in PICTURE_DESKS or not (entry.kind == "agency" or (entry.kind == "outlet" and entry.sure)):
            continue
        the = 4 if piece[hit.start : hit.start + 4] in ("The ", "the ", "THE ") else 0
        taken.append((start + hit.start + the, start + hit.end, entry.id))
    # "Source: WHO" is no agency's: only beside one, or where agencies are spoken of, capitals alone may be.
    abbreviated = bool(taken or _AGENCIES.search(piece))
    for match in _UNLISTED.finditer(piece):
        begin, stop = start + match.start(), start + match.end()
        acronym = match[0].isupper() and len(match[0]) <= 5
        listed = any(hit.start < match.end() and match.start() < hit.end for hit in hits)
        # "PA" is the agency's label, and in texts mostly something else.
        known = next((key for key in outlet_keys(match[0]) if key.startswith("agency:")), None) if acronym else None
        common = acronym and (match[0].casefold() in _words() or (not known and (listed or not abbreviated)))
        if not common and not any(begin < b and a < stop for a, b, _ in taken):
            the = 4 if match[0][:4] in ("The ", "the ") else 0
            taken.append((begin + the, stop, known))
    yield from sorted(taken, key=lambda name: name[:2])


@functools.cache
def _words() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("foot_words.tsv")}


@functools.cache
def _notices() -> tuple[str, ...]:
    return words_of("notice_phrases.txt")

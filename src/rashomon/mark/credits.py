"""Credits: from whom an article says it has something: byline, dateline, caption, "Reuters reported".

Names come from the mentions that the gazetteer knows, and from a second look at the lines where credits hide (ends of
the text, brackets, captions), which no sentence parser reads well. What stands around a name tells the relation.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.mark.gazetteer import gazetteer
from rashomon.mark.language import paragraphs
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import Credit, CreditRelation, Mention
from rashomon.model.spans import Span

_DASH = r"[-–—―:|]"
_DATELINE_LEFT = re.compile(r"^\W{0,3}[A-Z][\w .,'’/&-]{1,60}\((?:The )?$")
_DATELINE_RIGHT = re.compile(rf"^[^()\n]{{0,30}}\)\s*{_DASH}")
_OPEN_DATELINE_LEFT = re.compile(r"^[A-Z][A-Z .'’-]{2,40}(?:, [A-Z]\w+\.? \d{1,2})?\s*[-–—,/]+\s*$")
_OPEN_DATELINE_RIGHT = re.compile(r"^\s*(?:[-–—]{1,2}\s|/\s?[-–—]?)")
_BYLINE_LEFT = re.compile(
    r"^\W*(?:(?:By|BY|by|From|Source:?|SOURCE:?)\s+)?(?:[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,6}\s*[,|/–—-]\s*)?(?:The\s+|the\s+)?$"
)
_BYLINE_RIGHT = re.compile(r"^(?:\s+(?:Staff|staff|Writer|writers?|News|Wire|Wires))*[\s.)\]]*$")
_CLOSING_LEFT = re.compile(r"^[\s(\[©–—-]*(?:(?:Source|SOURCE|Via|via|Credit)s?:?\s+)?(?:The\s+)?$")
_WITH_LEFT = re.compile(
    r"(?:\b[Ww]ith|\b[Aa]dditional|^\W*[Ff]rom)\b[^.]{0,25}?\b"
    r"(?:inputs?|reporting|reports|files|material|information|contributions|agencies|wires?)"
    r"(?:\s+(?:from|by|of))?:?\s+(?:(?:the|The|and|[A-Z][\w.'’-]*,?)\s+){0,8}$"
)
_WITH_RIGHT = re.compile(r"^[^.]{0,80}\bcontributed\b[^.]{0,30}\b(?:report|story|article)\b")
_REPRINT_LEFT = re.compile(
    r"(?:\b(?:originally|first)\s+(?:appeared|published|ran|posted)|\brepublished|\breprinted|\bsyndicated|\bcourtesy)\b"
    r"(?:\s+(?:in|on|at|by|from|with permission (?:of|from)|of))*\s+(?:The\s+|the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"\b(?:[Pp]hotos?|PHOTO|[Pp]hotograph(?:s|er)?|[Ii]mages?|[Pp]ictures?|[Hh]andout|Getty|Pool|POOL|Credit)\b"
)
_PHOTO_LEFT = re.compile(
    r"(?:/\s?|©\s?|\b(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?|[Cc]redit|[Ff]ile)"
    r"(?:\s+(?:by|via|from|credit|courtesy of))?\s*[:/]?\s*(?:[A-Z][\w.-]+\s+){0,3})$"
)
_PHOTO_RIGHT = re.compile(r"^\s*(?:/|[Pp]hoto|PHOTO|[Ff]ile|FILE|via Getty|[Ii]mages?\b)")
_CAPTION_LINE = re.compile(r"^[A-Z][\w.'’ -]{2,40}\s*/\s*$")
_TOLD = re.compile(r"\b(?:[Tt]old|[Tt]elling|[Tt]ells|[Ss]peaking to)\s+(?:\S+\s+){0,3}$")
# Agencies that sell pictures only: their name on a line of its own belongs to a picture.
_PICTURE_DESKS = frozenset(["agency:getty-images", "agency:epa"])
_POLL = re.compile(r"^(?:/|-[A-Z])")
_PRONOUN = re.compile(
    r"(?:It|The (?:news )?(?:agency|newspaper|paper|report|outlet|broadcaster|network|daily|website|magazine))\s+"
    r"(?:also |further |later |then )?(?:said|says|added|adds|noted|notes|reported|reports|quoted|cited|wrote|writes)\b"
)
_HIDING = re.compile(
    r"[/(\[©]|[Pp]hoto|contribut|input|ource|riginally|first (?:appeared|published|reported)|courtesy|eprinted"
)
_GENERIC = re.compile(
    r"\b(?:[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?(?:['’]s)?\s+)?(?:(?:state|local|national|official|domestic|foreign|private)(?:-(?:run|owned|controlled))?\s+)*"
    r"(?:media(?:\s+(?:reports|outlets))?|television|TV|news agency|broadcaster|newspapers?|press)\b"
)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    known: str | None


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    """The alternatives of ``data/credit_<name>.txt`` as one pattern."""
    words = "|".join(data_lines("rashomon.mark", f"credit_{name}.txt"))
    if name == "left":
        return re.compile(
            rf"\b(?:{words})\s+(?:(?:a|an|the|its|his|reports?|by|from|in|to|of|[A-Z][\w.'’-]*|\w+['’]s|state(?:-\w+)?|official|local|daily|"
            r"newspaper|news|agency|website|media|broadcaster|television|network|Sunday|weekly)\s+){0,7}$",
            re.IGNORECASE,
        )
    return re.compile(
        r"^(?:\s+(?:news agency|news service|newspaper|television|agency|daily|[Nn]ews|correspondent|reporter))?,?\s+"
        rf"(?:also |which also |earlier |first |has |had |have |further |later |then |on \w+ )*(?:{words})\b"
    )


def find_credits(article: Article, tree: Tree, mentions: Sequence[Mention] = ()) -> tuple[Credit, ...]:
    """Find whom the article credits: agencies, outlets, and media without a name.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``; its sentences are the scope of what is cited.
        mentions: the article's mentions; without any, the whole text is searched for known names.

    Returns:
        Credits in order of their first character. One name credited in two sentences gives two credits, also
        where the second sentence says "it".
    """
    text = article.text
    ranges = paragraphs(text)
    names = _names(text, ranges, mentions)
    starts = [begin for begin, _ in ranges]
    bounds = [(tree.start[begin], tree.end[end - 1]) for begin, end in tree.sentences()]
    sentence_starts = [begin for begin, _ in bounds]
    found: set[tuple[int, int, CreditRelation, str | None, tuple[int, int] | None]] = set()
    for name in names:
        slot = bisect_right(starts, name.start) - 1
        if slot < 0:
            continue
        line = ranges[slot]
        relation = _relation(text, line, slot, len(ranges), name)
        if relation is None:
            continue
        scope: tuple[int, int] | None = None
        if relation == "photo":
            scope = line
        elif relation == "cites":
            place = bisect_right(sentence_starts, name.start) - 1
            scope = _stripped(text, *bounds[place]) if place >= 0 else line
            for follower in _followers(text, bounds, place, names):
                found.add((name.start, name.end, "cites", name.known, follower))
        found.add((name.start, name.end, relation, name.known, scope))
    return tuple(
        Credit(
            span=Span(article.id, start, end),
            name=text[start:end],
            relation=relation,
            known=known,
            scope=Span(article.id, *scope) if scope else None,
        )
        for start, end, relation, known, scope in sorted(found, key=lambda c: (c[0], c[1], c[2], c[4] or (-1, -1)))
    )


def _names(text: str, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[_Name]:
    named = {
        (m.span.start, m.span.end): m.known
        for m in mentions
        if m.known is not None and m.known.startswith(("agency:", "outlet:")) and m.form == "name"
    }
    names: dict[tuple[int, int], str | None] = {_without_article(text, *span): known for span, known in named.items()}
    last = len(ranges) - 4
    for place, (begin, end) in enumerate(ranges):
        line = text[begin:end]
        if not mentions or place >= last or end - begin < 90 or _HIDING.search(line):
            look = line
        elif place < 5:
            look = line[:150]
        else:
            look = ""
        for hit in gazetteer().scan(look):
            if hit.entry.kind in ("agency", "outlet") and (hit.entry.sure or hit.entry.kind == "agency"):
                span = _without_article(text, begin + hit.start, begin + hit.end)
                if not any(s < span[1] and span[0] < e for s, e in names):
                    names[span] = hit.entry.id
        for generic in _GENERIC.finditer(line):
            span = _without_article(text, begin + generic.start(), begin + generic.end())
            if not any(s < span[1] and span[0] < e for s, e in names):
                names[span] = None
    return [_Name(start, end, known) for (start, end), known in sorted(names.items(), key=lambda item: item[0])]


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    return (start + 4, end) if text[start : start + 4] in ("The ", "the ") else (start, end)


def _relation(text: str, line: tuple[int, int], place: int, count: int, name: _Name) -> CreditRelation | None:
    left, right = text[line[0] : name.start], text[name.end : line[1]]
    if name.known is not None:
        if _is_photo(left, right):
            return "photo"
        if _REPRINT_LEFT.search(left):
            return "reprint"
        if _is_wire(left, right, place, count, name):
            return "wire"
    if _POLL.match(right) or name.known in _PICTURE_DESKS:
        return None
    if _TOLD.search(left) and not (name.known or "").startswith("agency:"):
        # An outlet that was told something may be the one that writes here; a medium without a name is no credit.
        return None
    if _pattern("left").search(left) or _pattern("right").match(right):
        return "cites"
    return None


def _is_photo(left: str, right: str) -> bool:
    near = left[-60:] + right[:40]
    if _PHOTO_RIGHT.match(right) and (_PHOTO.search(right[:30]) or left.endswith(("/", "(", "[", "© "))):
        return True
    if _CAPTION_LINE.match(left) and len(right.strip(" .)")) == 0:
        return True
    return bool(_PHOTO_LEFT.search(left) and (_PHOTO.search(near) or left.rstrip().endswith("/")) and len(right) < 40)


def _is_wire(left: str, right: str, place: int, count: int, name: _Name) -> bool:
    if _DATELINE_LEFT.match(left) and (_DATELINE_RIGHT.match(right) or (place < 4 and right.startswith(")"))):
        return True
    if name.known in _PICTURE_DESKS:
        return False
    agency = name.known is not None and name.known.startswith("agency:")
    if agency and place < 6 and _OPEN_DATELINE_LEFT.match(left) and _OPEN_DATELINE_RIGHT.match(right):
        return True
    if agency and place < 5 and left.strip() in ("(", "[") and right[:1] in (")", "]"):
        return True
    if _WITH_LEFT.search(left) or _WITH_RIGHT.match(right):
        return True
    if not agency:
        return False
    alone = bool(_BYLINE_RIGHT.match(right))
    if alone and place < 5 and place < count - 1 and _BYLINE_LEFT.match(left):
        return True
    return alone and place >= count - 3 and place > 0 and bool(_CLOSING_LEFT.match(left))


def _followers(
    text: str, bounds: Sequence[tuple[int, int]], place: int, names: Sequence[_Name]
) -> Iterator[tuple[int, int]]:
    """The next sentences, as long as they begin with a pronoun that can only be the name's."""
    if place < 0:
        return
    inside = [n for n in names if bounds[place][0] <= n.start < bounds[place][1] and n.known]
    if len({n.known for n in inside}) > 1:
        return
    for begin, end in bounds[place + 1 :]:
        start, stop = _stripped(text, begin, end)
        if start >= stop:
            continue
        if not _PRONOUN.match(text, start, stop):
            return
        yield start, stop


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

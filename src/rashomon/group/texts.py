"""A text laid out as words: their plain form, where they stand, and which of them are the outlet's own."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks
from rashomon.model.spans import Span

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A closing mark is looked for within a paragraph; in a long quotation each paragraph opens anew. A straight mark opens
# only before a word and after none: else one forgotten mark would turn a page inside out.
QUOTED = re.compile(r"“[^”\n]*[”\n]|(?<![^\s(\[—–-])\"(?=\S)[^\"\n]*[\"\n]")
# How an embedded post is signed: "— Ilse Brandvold (@brandvold)"; what stands before it in its line is hers.
_SIGNED = re.compile(r"[—–-] ?[^\n(]{2,50}\(@\w+\)")
_POST = 290
# Captions of a gallery ("Hide Caption 4 of 25"): all words between the first and the last are captions.
_GALLERY = re.compile(r"\b(?:caption|photo|image|slide) \d{1,3} of \d{1,3}\b")
_GALLERY_GAP = 150
# Between two words: a sentence ends here, or a line.
_ENDS = re.compile(r"[.!?…]|\n")
# A notice without a full stop runs into what follows; no notice's sentence reaches further than so many words.
_NOTICE_WORDS = 40
_KNOWN = 200_000

Area = tuple[int, int]


@dataclass(frozen=True)
class Words:
    """An article's words in their plain form, where they stand, and which are quoted."""

    article_id: str
    text: str
    plain: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    paragraphs: tuple[int, ...]

    def breaks(self, one: int, other: int) -> bool:
        """Whether two words stand in different paragraphs."""
        return self.paragraphs[one] != self.paragraphs[other]

    def span(self, first: int, last: int) -> Span:
        """From the first to the last of two words, both included."""
        return Span(self.article_id, self.starts[first], self.ends[last])

    def first_at(self, place: int) -> int:
        """The number of the first word that starts at or after a code point."""
        return bisect_left(self.starts, place)

    @cached_property
    def notices(self) -> frozenset[int]:
        """The words of sentences that hold a notice ("all rights reserved", "sign up for"): nobody's reporting."""
        joined = " ".join(self.plain)
        found: set[int] = set()
        for match in _notices().finditer(joined):
            first = joined.count(" ", 0, match.start())
            last = first + match.group().count(" ")
            found.update(range(self._reach(first, -1), self._reach(last, 1) + 1))
        photos = [joined.count(" ", 0, match.start()) for match in _GALLERY.finditer(joined)]
        for one, other in pairwise(photos):
            if other - one <= _GALLERY_GAP:
                found.update(range(one, other + 1))
        return frozenset(found)

    def _reach(self, at: int, step: int) -> int:
        for _ in range(_NOTICE_WORDS):
            after = at + step
            if not 0 <= after < len(self.plain):
                break
            gap = (self.ends[min(at, after)], self.starts[max(at, after)])
            if _ENDS.search(self.text, *gap):
                break
            at = after
        return at


def lay_out(article_id: str, text: str, quotations: Iterable[Area] = ()) -> Words:
    """The words of a text; ``quotations`` are areas of direct speech that marks tell beside quotation marks."""
    found = [m.span() for m in WORD.finditer(text)]
    starts = tuple([start for start, _ in found])
    areas = speech(text, quotations)
    return Words(
        article_id=article_id,
        text=text,
        plain=tuple(map(_PLAIN.__getitem__, WORD.findall(text))),
        starts=starts,
        ends=tuple([end for _, end in found]),
        quoted=_covered(starts, areas),
        paragraphs=_paragraphs(text, starts),
    )


def speech(text: str, quotations: Iterable[Area] = ()) -> list[Area]:
    """Where a text gives the words of others: quotation marks, embedded posts, and ``quotations``; none overlap."""
    # Marks and what quotation marks show differ where a mark is left open: take both.
    found = [*(m.span() for m in QUOTED.finditer(text)), *quotations]
    if "(@" in text:
        for post in _SIGNED.finditer(text):
            found.append((max(text.rfind("\n", 0, post.start()) + 1, post.start() - _POST), post.end()))
    areas: list[Area] = []
    for start, end in sorted(found):
        if areas and start <= areas[-1][1]:
            areas[-1] = (areas[-1][0], max(end, areas[-1][1]))
        else:
            areas.append((start, end))
    return areas


def plain(word: str) -> str:
    """A word in lower case and without apostrophes, as outlets' typesetting does not change it."""
    return word.lower().replace("’", "").replace("'", "")


class _Plain(dict[str, str]):
    """The plain form of each word met, made once; emptied when it has grown big."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _KNOWN:
            self.clear()
        return self.setdefault(word, plain(word))


_PLAIN = _Plain()


def direct_speech(marks: Marks | None) -> tuple[Area, ...]:
    """The areas of direct quotations in an article with these marks."""
    quotations = marks.quotations if marks else ()
    return tuple((part.start, part.end) for q in quotations if q.kind == "direct" for part in q.content)


def _covered(starts: Sequence[int], areas: Sequence[Area]) -> tuple[bool, ...]:
    covered = [False] * len(starts)
    for first, last in areas:
        at, end = bisect_left(starts, first), bisect_left(starts, last)
        covered[at:end] = [True] * (end - at)
    return tuple(covered)


def _paragraphs(text: str, starts: Sequence[int]) -> tuple[int, ...]:
    """The number of line breaks before each word."""
    numbers: list[int] = []
    breaks = -1
    at = 0
    while at >= 0:
        breaks += 1
        following = text.find("\n", at)
        end = bisect_left(starts, following) if following >= 0 else len(starts)
        numbers.extend([breaks] * (end - len(numbers)))
        at = following + 1 if following >= 0 else -1
    return tuple(numbers)


@cache
def _notices() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data_lines('rashomon.group', 'boilerplate.txt'))})\b")

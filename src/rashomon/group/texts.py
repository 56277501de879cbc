"""A text laid out as words: their hashes, where they stand, and which of them are the outlet's own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import END, LINE, OPENING, U8, U32, U64, Places, polynomials, spell, word_hashes
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks
from rashomon.model.spans import Span

Flags = npt.NDArray[np.bool_]
Area = tuple[int, int]

# A closing mark is looked for within a paragraph; in a long quotation each paragraph opens anew. A straight mark opens
# only before a word and after none: else one forgotten mark would turn a page inside out.
QUOTED = re.compile(r"“[^”\n]*[”\n]|(?<![^\s(\[—–-])\"(?=\S)[^\"\n]*[\"\n]")
# How an embedded post is signed: "— Ilse Brandvold (@brandvold)"; what stands before it in its line is hers.
_SIGNED = re.compile(r"[—–-] ?[^\n(]{2,50}\(@\w+\)")
_POST = 290
# Captions of a gallery ("Hide Caption 4 of 25"): all words between the first and the last are captions.
_PICTURES = "caption photo image slide"
_GALLERY_GAP = 150
# A notice without a full stop runs into what follows; no notice's sentence reaches further than so many words.
_NOTICE_WORDS = 40
# What is before a word: the end of a sentence, the end of a paragraph; and whether it is others' speech.
_SPOKEN, _SENTENCE, _PARAGRAPH = 1, 2, 4
# Words that agree after an edit are compared by so many.
FEW = 3


@dataclass(frozen=True, eq=False)
class Words:
    """An article's words as hashes, where they stand, and what is said of each in ``flags``. The text is not kept."""

    article_id: str
    hashes: U32
    starts: Places
    ends: Places
    flags: U8

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def quoted(self) -> Flags:
        """Which words are the speech of others."""
        return (self.flags & _SPOKEN).astype(np.bool_)

    @cached_property
    def numbers(self) -> list[int]:
        """The hashes, to go through one by one."""
        found: list[int] = self.hashes.tolist()
        return found

    @cached_property
    def threes(self) -> list[int]:
        """A number for each word and the two after it."""
        found: list[int] = polynomials(self.hashes, FEW).tolist()
        return found

    @cached_property
    def _paragraphs(self) -> npt.NDArray[np.int64]:
        return np.cumsum(self.flags & _PARAGRAPH != 0)

    def breaks(self, one: int, other: int) -> bool:
        """Whether two words stand in different paragraphs."""
        return bool(self._paragraphs[one] != self._paragraphs[other])

    def span(self, first: int, last: int) -> Span:
        """From the first to the last of two words, both included."""
        return Span(self.article_id, int(self.starts[first]), int(self.ends[last]))

    def first_at(self, place: int) -> int:
        """The number of the first word that starts at or after a code point."""
        return int(self.starts.searchsorted(place))

    @cached_property
    def notices(self) -> Flags:
        """The words of sentences that hold a notice ("all rights reserved", "sign up for"): nobody's reporting."""
        found = np.zeros(len(self), dtype=np.bool_)
        ends = np.flatnonzero(self.flags & (_SENTENCE | _PARAGRAPH))
        for width, notices in _notices():
            for first in _places(polynomials(self.hashes, width), notices):
                before, after = ends.searchsorted((first, first + width - 1), "right")
                begin = ends[before - 1] if before else 0
                end = ends[after] if after < len(ends) else len(self)
                found[max(begin, first - _NOTICE_WORDS) : min(end, first + width + _NOTICE_WORDS)] = True
        for one, other in pairwise(self._pictures()):
            if other - one <= _GALLERY_GAP:
                found[one : other + 1] = True
        return found

    def _pictures(self) -> list[int]:
        """Where "photo 3 of 12" and the like begin."""
        pictures, of, counts = _galleries()
        places = np.flatnonzero(np.isin(self.hashes[:-3], pictures))
        after = np.isin(self.hashes[places + 1], counts) & np.isin(self.hashes[places + 3], counts)
        found: list[int] = places[after & (self.hashes[places + 2] == of)].tolist()
        return found

    def pack(self) -> "Packed":
        """The same in about seven bytes a word."""
        gaps = np.diff(np.column_stack([self.starts, self.ends]).ravel(), prepend=np.int32(0))
        narrow = gaps.astype(np.min_scalar_type(gaps.max(initial=0)))
        return Packed(self.article_id, self.hashes, narrow, self.flags)


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """The words of a text that is kept: hashes, how far it is to each start and end in turn, and flags."""

    article_id: str
    hashes: U32
    gaps: npt.NDArray[np.unsignedinteger]
    flags: U8

    @property
    def quoted(self) -> Flags:
        """Which words are the speech of others."""
        return (self.flags & _SPOKEN).astype(np.bool_)

    def unpack(self) -> Words:
        """The words as they were."""
        bounds = np.cumsum(self.gaps, dtype=np.int32)
        return Words(self.article_id, self.hashes, bounds[::2], bounds[1::2], self.flags)

    @property
    def nbytes(self) -> int:
        """Bytes that the words take."""
        return self.hashes.nbytes + self.gaps.nbytes + self.flags.nbytes


def lay_out(article_id: str, text: str, quotations: Iterable[Area] = ()) -> Words:
    """The words of a text; ``quotations`` are areas of direct speech that marks tell beside quotation marks.

    A word belongs to the area in which it begins.
    """
    spelt = spell(text)
    flags = np.zeros(len(spelt.hashes) + 1, dtype=np.uint8)
    flags[spelt.starts.searchsorted(np.flatnonzero(spelt.kinds == END))] |= _SENTENCE
    flags[spelt.starts.searchsorted(np.flatnonzero(spelt.kinds == LINE))] |= _PARAGRAPH
    areas = speech(text, quotations, np.flatnonzero(spelt.kinds == OPENING).tolist())
    if areas:
        for first, last in spelt.starts.searchsorted(np.array(areas)).tolist():
            flags[first:last] |= _SPOKEN
    return Words(article_id, spelt.hashes, spelt.starts, spelt.ends, flags[:-1])


def speech(text: str, quotations: Iterable[Area], openings: Iterable[int]) -> list[Area]:
    """Where a text gives the words of others: quotation marks, embedded posts, and ``quotations``; none overlap.

    ``openings`` are the places of all marks that may open a quotation.
    """
    # Marks and what quotation marks show differ where a mark is left open: take both.
    found = list(quotations)
    at = 0
    for place in openings:
        if place >= at and (match := QUOTED.match(text, place)):
            at = match.end()
            found.append((place, at))
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


def direct_speech(marks: Marks | None) -> tuple[Area, ...]:
    """The areas of direct quotations in an article with these marks."""
    quotations = marks.quotations if marks else ()
    return tuple((part.start, part.end) for q in quotations if q.kind == "direct" for part in q.content)


def _places(grams: U64, wanted: U64) -> list[int]:
    """Where one of ``wanted`` (sorted) is among ``grams``."""
    near = np.minimum(wanted.searchsorted(grams), len(wanted) - 1)
    found: list[int] = np.flatnonzero(wanted[near] == grams).tolist()
    return found


@cache
def _notices() -> tuple[tuple[int, U64], ...]:
    """The notices by their number of words, as sorted hashes."""
    spelt = [spell(line).hashes for line in data_lines("rashomon.group", "boilerplate.txt")]
    widths = sorted({len(hashes) for hashes in spelt})
    return tuple((w, np.unique(np.concatenate([polynomials(h, w) for h in spelt if len(h) == w]))) for w in widths)


@cache
def _galleries() -> tuple[list[int], int, list[int]]:
    """The hashes of words for pictures, of "of", and of what counts pictures."""
    return word_hashes(_PICTURES), word_hashes("of")[0], word_hashes(" ".join(map(str, range(1_000))))

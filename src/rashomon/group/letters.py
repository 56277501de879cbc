"""Words found and hashed with numpy, all of a text at once: where each stands, and a number for its plain form."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]

# What a character is.
LETTER, APOSTROPHE, END, LINE, OPENING = 1, 2, 4, 8, 16
_KINDS = {"'": APOSTROPHE, "’": APOSTROPHE, "\n": LINE, "“": OPENING, '"': OPENING} | dict.fromkeys(".!?…", END)
# Characters beyond these (emoji, rare scripts) are looked at one by one.
_COMMON = 1 << 16
_BASE = 0x9E3779B97F4A7C15
# A letter's weight is its place in the word; beyond so many places they repeat.
_PLACES = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """A text's words in order: hashes of their plain forms, and where they start and end; and each character's kind."""

    hashes: U32
    starts: Places
    ends: Places
    kinds: U8


def spell(text: str) -> Spelling:
    """Find the words of a text: runs of letters and digits, with apostrophes between them.

    A word's plain form is in lower case and has no apostrophes, as outlets' typesetting does not change it.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)
    kinds, lower = _read(codes)
    inside = np.zeros(len(codes) + 2, dtype=np.bool_)
    inside[1:-1] = letters = kinds == LETTER
    marks = np.flatnonzero(kinds == APOSTROPHE)
    marks = marks[inside[marks] & inside[marks + 2]]
    inside[marks + 1] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return Spelling(np.zeros(0, dtype=np.uint32), starts, ends, kinds)
    lengths = ends - starts
    if len(marks):
        np.subtract.at(lengths, starts.searchsorted(marks, "right") - 1, 1)
    first = np.cumsum(lengths) - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    weighed = lower[letters] * _weights()[within & (_PLACES - 1)]
    hashes = (mixed(np.add.reduceat(weighed, first)) >> np.uint64(32)).astype(np.uint32)
    return Spelling(hashes, starts, ends, kinds)


def word_hashes(words: str) -> list[int]:
    """The hashes of some words."""
    hashes: list[int] = spell(words).hashes.tolist()
    return hashes


def mixed(values: U64) -> U64:
    """Spread every bit over all bits (the finaliser of splitmix64), so that the smallest hashes are a fair sample."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def distinct(values: U64) -> U64:
    """The values in order, none twice. (``numpy.unique`` hashes them first, which is slower here.)"""
    values = np.sort(values)
    return values[_changes(values)]


def changing(values: U64) -> U64:
    """The values without those that repeat the one before."""
    return values[_changes(values)]


def _changes(values: U64) -> npt.NDArray[np.bool_]:
    new = np.empty(len(values), dtype=np.bool_)
    new[:1] = True
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def polynomials(hashes: U32, width: int) -> U64:
    """The hash of every run of ``width`` words, in order: a polynomial in an odd base, modulo 2^64."""
    if len(hashes) < width:
        return np.zeros(0, dtype=np.uint64)
    if width == 1:
        return hashes.astype(np.uint64)
    # A polynomial of two halves, each from halves of its own.
    half = width // 2
    grams = polynomials(hashes, half)
    count = len(hashes) - width + 1
    joined = grams[:count] * np.uint64(pow(_BASE, half, 1 << 64)) + grams[half : half + count]
    return joined * np.uint64(_BASE) + hashes[width - 1 :] if width % 2 else joined


def _read(codes: U32) -> tuple[U8, U32]:
    """The kind of each character, and what it is in lower case."""
    kinds, lower = _characters()
    rare = np.flatnonzero(codes >= _COMMON)
    if not len(rare):
        return kinds[codes], lower[codes]
    near = np.minimum(codes, _COMMON - 1)
    found, plain = kinds[near], lower[near]
    for place in rare.tolist():
        found[place], plain[place] = _character(chr(codes[place]))
    return found, plain


@cache
def _characters() -> tuple[U8, U32]:
    kinds, lower = zip(*map(_character, map(chr, range(_COMMON))), strict=True)
    return np.array(kinds, dtype=np.uint8), np.array(lower, dtype=np.uint32)


def _character(one: str) -> tuple[int, int]:
    folded = one.casefold()
    return LETTER if one.isalnum() else _KINDS.get(one, 0), ord(folded if len(folded) == 1 else one.lower()[0])


@cache
def _weights() -> U64:
    return np.array([pow(_BASE, place, 1 << 64) for place in range(_PLACES)], dtype=np.uint64)

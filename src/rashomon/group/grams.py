"""Which word 6-grams stand for a text: winnowing, so that no passage two texts share goes unseen.

Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD 2003): of every
window of consecutive grams the one with the smallest hash is taken. Two texts that share a whole window therefore take
the same gram from it, wherever it stands in either of them.
"""

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.texts import WORD, Area, plain, speech

Hashes = npt.NDArray[np.uint32] | npt.NDArray[np.uint16]
U64 = npt.NDArray[np.uint64]

# Short enough to fit between two edits. Of 400 planted copies with a word in ten changed (benchmarks/reuse.py) runs of
# 8 words find 91 %, of 6 words 96 %, of 5 words 97 %, but those bring three times as many candidates.
GRAM = 6
# With 16 grams a window, 21 words in common (GRAM + WINDOW - 1) are found with certainty, at two grams for every 17
# words of text. Smaller windows cost in proportion and find one more copy in a hundred.
WINDOW = 16
# A gram with fewer words outside quotation marks says that two outlets heard the same speech.
OWN = 3

_BASE = np.uint64(0x9E3779B97F4A7C15)
_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_KNOWN = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The grams that stand for a text: ``hashes``, sorted, taken from ``all``, the grams of its words in order."""

    hashes: U64
    all: U64

    def places(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Where the selected grams begin: numbers of words, in order, and for each the number of its hash."""
        if not len(self.hashes):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        near = np.minimum(self.hashes.searchsorted(self.all), len(self.hashes) - 1)
        places = np.flatnonzero(self.hashes[near] == self.all)
        return places, near[places]


@dataclass(frozen=True, slots=True, eq=False)
class HashedWords:
    """A text's words as hashes, in order, and which of them stand in quotation marks."""

    hashes: Hashes
    quoted: npt.NDArray[np.bool_]

    def short(self) -> "HashedWords":
        """The same with half of each hash: enough to find runs of words in a text that is known to share some."""
        return HashedWords(self.hashes.astype(np.uint16), self.quoted)


class _Hashes(dict[str, int]):
    """The hash of each word form met, computed once; emptied when it has grown big."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        value = zlib.crc32(plain(word).encode("utf-8", "surrogatepass"))
        self[word] = value
        return value


_HASHES = _Hashes()


def hash_words(text: str, quotations: tuple[Area, ...] = ()) -> HashedWords:
    """The words of a text as hashes, the same words in the same order as ``texts.lay_out`` numbers them.

    ``quotations`` are areas of direct speech beside what quotation marks show; a word is theirs if it begins there.
    """
    words: list[str] = []
    bounds: list[int] = []
    at = 0
    for area in speech(text, quotations):
        # A word belongs to the area in which it begins, and is never cut in two.
        start, end = (_after_word(text, bound) for bound in area)
        start = max(start, at)
        words += WORD.findall(text, at, start)
        bounds.append(len(words))
        words += WORD.findall(text, start, end)
        bounds.append(len(words))
        at = end
    words += WORD.findall(text, at)
    quoted = np.zeros(len(words), dtype=np.bool_)
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        quoted[first:last] = True
    hashes = np.fromiter(map(_HASHES.__getitem__, words), dtype=np.uint32, count=len(words))
    return HashedWords(hashes, quoted)


def grams_of(words: HashedWords, width: int) -> U64:
    """The hash of every run of ``width`` words, in order: a polynomial in an odd base, modulo 2^64."""
    if len(words.hashes) < width:
        return np.zeros(0, dtype=np.uint64)
    if width == 1:
        return words.hashes.astype(np.uint64)
    # A polynomial of two halves, each from halves of its own.
    half = width // 2
    grams = grams_of(words, half)
    count = len(words.hashes) - width + 1
    joined = grams[:count] * np.uint64(pow(int(_BASE), half, 1 << 64)) + grams[half : half + count]
    return joined * _BASE + words.hashes[width - 1 :] if width % 2 else joined


def select(words: HashedWords) -> Grams:
    """The grams that stand for a text: of each window the one with the smallest hash, those of quoted speech aside."""
    if len(words.hashes) < GRAM:
        return Grams(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint64))
    grams = mixed(grams_of(words, GRAM))
    spoken = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(words.quoted)])
    grams[spoken[GRAM:] - spoken[:-GRAM] > GRAM - OWN] = _NONE
    # The smallest of 2, 4, 8 grams, then of a whole window, which two overlapping runs make up.
    least, span = grams, 1
    while span < WINDOW and len(least) > span:
        step = min(span, WINDOW - span)
        least, span = np.minimum(least[:-step], least[step:]), span + step
    taken = np.unique(least)
    if taken[-1] == _NONE:
        taken = taken[:-1]
    return Grams(taken, grams)


def _after_word(text: str, place: int) -> int:
    """The place itself, or the end of the word that it lies in."""
    from_mark = place - 1 if text[place - 1 : place] in ("'", "’") else place
    inside = from_mark > 0 and WORD.match(text, from_mark - 1)
    return max(place, inside.end()) if inside else place


def mixed(values: U64) -> U64:
    """Spread every bit over all bits (the finaliser of splitmix64), so that the smallest hashes are a fair sample."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))

"""Texts as unit vectors of their telling words."""

import itertools
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from rashomon.group.words import background

# A stem in more than a quarter of all articles tells no event from another: it stands in for a stop word list.
COMMON = 0.25
# A stem hardly ever seen (a village, a typing error) weighs no more than one in 2,000 articles: whatever else happens
# in the village shares its name, and in a short text that would be most of what there is.
RAREST = 7.5
# Stems are numbered by a hash, so that no table of them grows with the archive. Of the 250 telling stems of a text
# one in 4,000 shares its number with another's.
BUCKETS = 1 << 20
# What a stem's count adds, by count; a word that stands in a text a hundred times says no more than at the 64th.
_OFTEN = np.array([0.0, *(1 + math.log(n) for n in range(1, 65))])


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A sparse unit vector: numbers of stems and their weights, heaviest first."""

    stems: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


class Rarities:
    """How telling each stem is: a background of news, and the stream's own counts on top.

    The stream makes what all its articles speak of less telling. Its counts are halved whenever they cover ``memory``
    articles, so they follow the times; they are kept by the stems' numbers, so they take the same room for ever.
    """

    def __init__(self, *, memory: int = 20_000) -> None:
        self._memory = memory
        self._background, self._articles_before = _background_counts()
        # The background's and the stream's together: an article's stems lie all over the table, so one visit is better.
        self._counts = self._background.copy()
        self._articles = 0

    def learn(self, numbers: npt.NDArray[np.int32]) -> None:
        """Count one article's different stems, by their numbers."""
        self._counts[numbers] += 1
        self._articles += 1
        if self._articles >= self._memory:
            self._articles //= 2
            self._counts = self._background + (self._counts - self._background) // 2

    def weights(self, numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """The weights of stems by their numbers, 0 for what is common to all news."""
        articles = self._articles_before + self._articles
        counts = self._counts[numbers]
        weights = np.minimum(np.log((articles + 1) / (counts + 1)), RAREST)
        return np.asarray(np.where(counts > COMMON * articles, 0.0, weights))

    def vectors(self, counts: Sequence[tuple[str, int]], *sets: Sequence[str]) -> list[Vector]:
        """The unit vectors of stems with counts, of which the tenth says less than the second, and of sets of stems.

        All sorted, so that of equal weights the stem that sorts first comes first.
        """
        stems, times = zip(*counts, strict=True) if counts else ((), ())
        numbers = numbers_of(itertools.chain(stems, *sets))
        weights = self.weights(numbers)
        weights[: len(stems)] *= _OFTEN[np.minimum(np.array(times, np.intp), len(_OFTEN) - 1)]
        found, end = [], 0
        for size in (len(stems), *map(len, sets)):
            end, start = end + size, end
            found.append(_unit(numbers[start:end], weights[start:end]))
        return found

    def telling(self, counts: Sequence[tuple[str, int]], most: int) -> list[str]:
        """The stems that weigh most, the heaviest first."""
        often = _OFTEN[np.minimum(np.array([n for _, n in counts], np.intp), len(_OFTEN) - 1)]
        raw = self.weights(numbers_of([stem for stem, _ in counts])) * often
        return [counts[at][0] for at in np.argsort(-raw, kind="stable")[:most].tolist() if raw[at] > 0]

    def kept(self) -> tuple[int, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """All that it has learned: how many articles, the numbers of their stems, and the count of each."""
        seen = self._counts - self._background
        numbers = np.flatnonzero(seen).astype(np.int32)
        return self._articles, numbers, seen[numbers]

    def restored(self, articles: int, numbers: npt.NDArray[np.int32], counts: npt.NDArray[np.int32]) -> None:
        """Go on from what ``kept`` gave."""
        self._articles = articles
        self._counts[numbers] += counts


@cache
def _background_counts() -> tuple[npt.NDArray[np.int32], int]:
    """The background's counts by the stems' numbers (the greatest, where some share one), and its articles."""
    table = background()
    found = np.zeros(BUCKETS, np.int32)
    np.maximum.at(found, numbers_of(list(table.counts)), np.array(list(table.counts.values()), np.int32))
    return found, table.articles


def _unit(numbers: npt.NDArray[np.int32], raw: npt.NDArray[np.float64]) -> Vector:
    order = np.argsort(-raw, kind="stable")[: np.count_nonzero(raw)]
    weights = raw[order].astype(np.float32)
    norm = np.sqrt(np.einsum("i,i->", weights, weights, optimize=False))
    return Vector(numbers[order], weights / norm if len(weights) else weights)


def numbers_of(stems: Iterable[str]) -> npt.NDArray[np.int32]:
    """The numbers by which stems are known."""
    # Nothing is remembered: to look a stem up in a big table takes as long as to hash it. All are encoded at once,
    # which is faster; no stem has white space in it.
    joined = "\n".join(stems)
    hashes = list(map(zlib.crc32, joined.encode("utf-8", "surrogatepass").split(b"\n"))) if joined else []
    return (np.array(hashes, np.uint32) % np.uint32(BUCKETS)).astype(np.int32)

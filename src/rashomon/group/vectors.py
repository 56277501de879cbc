"""Texts as unit vectors of their telling words."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.group.words import background, rarity

# A stem in more than a quarter of all articles tells no event from another: it stands in for a stop word list.
COMMON = 0.25
# A stem hardly ever seen (a village, a typing error) weighs no more than one in 2,000 articles: whatever else happens
# in the village shares its name, and in a short text that would be most of what there is.
RAREST = 7.5
# Weights move slowly; they are computed anew after this many articles.
FRESH = 256
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
    articles, so they follow the times and stay bounded.
    """

    def __init__(self, *, memory: int = 20_000) -> None:
        self._memory = memory
        self._background = background()
        self._seen: Counter[str] = Counter()
        self._articles = 0
        self._weights: dict[str, float] = {}

    def learn(self, stems: Iterable[str]) -> None:
        """Count one article's different stems."""
        self._seen.update(stems)
        self._articles += 1
        if self._articles >= self._memory:
            self._articles //= 2
            self._seen = Counter({s: n // 2 for s, n in self._seen.items() if n > 1})
        if self._articles % FRESH == 0:
            self._weights.clear()

    def weight(self, stem: str) -> float:
        """The stem's weight, 0 for what is common to all news."""
        if (known := self._weights.get(stem)) is not None:
            return known
        articles = self._background.articles + self._articles
        count = self._background.counts.get(stem, 0) + self._seen.get(stem, 0)
        weight = 0.0 if count > COMMON * articles else min(rarity(count, articles), RAREST)
        self._weights[stem] = weight
        return weight

    def vector(self, counts: Sequence[tuple[str, int]]) -> Vector:
        """The unit vector of stems, sorted, with counts; the tenth occurrence says less than the second."""
        return self._vector([stem for stem, _ in counts], [n for _, n in counts])

    def set_vector(self, stems: Sequence[str]) -> Vector:
        """The unit vector of a set of stems, sorted."""
        return self._vector(stems, None)

    def _vector(self, stems: Sequence[str], counts: Sequence[int] | None) -> Vector:
        known = list(map(self._weights.get, stems))
        raw = np.array(
            [self.weight(s) if w is None else w for s, w in zip(stems, known, strict=True)] if None in known else known,
            dtype=np.float64,
        )
        if counts is not None:
            raw *= _OFTEN[np.minimum(np.array(counts, dtype=np.intp), len(_OFTEN) - 1)]
        # Stable, so that of equal weights the stem that sorts first comes first.
        order = np.argsort(-raw, kind="stable")[: np.count_nonzero(raw)]
        weights = raw[order].astype(np.float32)
        numbers = np.array(list(map(_number, stems)), dtype=np.int32)[order]
        norm = np.sqrt(np.einsum("i,i->", weights, weights, optimize=False))
        return Vector(numbers, weights / norm if len(weights) else weights)

    def kept(self) -> dict[str, Any]:
        """All that decides over weights to come, as plain data; ``restored`` takes it."""
        # The weights that are computed already belong to it: they hold until the next ``FRESH`` articles are full.
        return {"articles": self._articles, "seen": self._seen, "weights": self._weights}

    def restored(self, kept: dict[str, Any]) -> None:
        """Go on from what ``kept`` gave."""
        self._articles, self._seen, self._weights = kept["articles"], Counter(kept["seen"]), dict(kept["weights"])

    def telling(self, counts: Iterable[tuple[str, int]], most: int) -> list[str]:
        """The stems that weigh most, the heaviest first."""
        raw = sorted((-self.weight(stem) * (1 + math.log(n)), stem) for stem, n in counts)
        return [stem for weight, stem in raw[:most] if weight < 0]


@lru_cache(maxsize=200_000)
def _number(stem: str) -> int:
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) % BUCKETS

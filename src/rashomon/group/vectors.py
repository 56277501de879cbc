"""Texts as unit vectors of their telling words."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

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

    def vector(self, counts: Iterable[tuple[str, int]]) -> Vector:
        """The unit vector of stems with counts; the tenth occurrence says less than the second."""
        raw = [(-w * (1 + math.log(n)), stem) for stem, n in counts if (w := self.weight(stem)) > 0]
        raw.sort()
        weights = np.array([-w for w, _ in raw], dtype=np.float32)
        norm = float(np.sqrt(weights @ weights))
        stems = np.array([_number(stem) for _, stem in raw], dtype=np.int32)
        return Vector(stems, weights / np.float32(norm) if norm else weights)

    def set_vector(self, stems: Iterable[str]) -> Vector:
        """The unit vector of a set of stems."""
        return self.vector((stem, 1) for stem in stems)


class Spread:
    """One vector laid out flat, to be compared with many: each cosine costs a look-up per word of the other.

    >>> import numpy as np
    >>> one = Vector(np.array([3, 7], np.int32), np.array([0.6, 0.8], np.float32))
    >>> with Spread(np.zeros(16, np.float32), one) as spread:
    ...     round(spread.cosine(one), 3)
    1.0
    """

    def __init__(self, board: npt.NDArray[np.float32], vector: Vector) -> None:
        self._board = board
        self._vector = vector

    def __enter__(self) -> "Spread":
        self._board[self._vector.stems] = self._vector.weights
        return self

    def __exit__(self, *_: object) -> None:
        self._board[self._vector.stems] = 0

    def cosine(self, other: Vector) -> float:
        """The cosine with another unit vector, 0 to 1."""
        return float(self._board[other.stems] @ other.weights)


@lru_cache(maxsize=200_000)
def _number(stem: str) -> int:
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) % BUCKETS

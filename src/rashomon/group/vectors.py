"""Texts as unit vectors of their telling words."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from rashomon.group.words import background, rarity

Vector = Mapping[str, float]

# A stem in more than a quarter of all articles tells no event from another: it stands in for a stop word list.
COMMON = 0.25
# A stem never seen before (a typing error, often) must not outweigh a name seen ten times in 30,000 articles.
RAREST = 9.0


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

    def learn(self, stems: Iterable[str]) -> None:
        """Count one article's different stems."""
        self._seen.update(stems)
        self._articles += 1
        if self._articles >= self._memory:
            self._articles //= 2
            self._seen = Counter({s: n // 2 for s, n in self._seen.items() if n > 1})

    def weight(self, stem: str) -> float:
        """The stem's weight, 0 for what is common to all news."""
        articles = self._background.articles + self._articles
        share = (self._background.counts.get(stem, 0) + self._seen.get(stem, 0)) / articles
        return 0.0 if share > COMMON else min(rarity(share, articles), RAREST)

    def vector(self, counts: Iterable[tuple[str, int]]) -> dict[str, float]:
        """The unit vector of stems with counts; the tenth occurrence says less than the second."""
        raw = {s: w * (1 + math.log(n)) for s, n in counts if (w := self.weight(s)) > 0}
        norm = math.sqrt(sum(w * w for w in raw.values()))
        return {s: w / norm for s, w in raw.items()} if norm else {}

    def set_vector(self, stems: Iterable[str]) -> dict[str, float]:
        """The unit vector of a set of stems."""
        return self.vector((s, 1) for s in stems)


def cosine(left: Vector, right: Vector) -> float:
    """The cosine of two unit vectors, 0 to 1."""
    if len(left) > len(right):
        left, right = right, left
    get = right.get
    return sum(w * get(s, 0.0) for s, w in left.items())

"""Whom to compare in a long story: for each text those that share most of its rare words, found by an index of stems.

Comparing all with all grows with the square of a story: 500 articles have 23,000 claims, and 265 million pairs. Short
stories are compared whole. In long ones each text is compared with a bounded number of others, so that time and memory
grow with the number of texts; what is computed of a pair is the same in both.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.align.statements.similarity import (
    COSINE_UNIT,
    Bag,
    Doubles,
    Ints,
    blended,
    cosines,
    rounded,
    share,
    similar_pairs,
)

# Texts of a story that are compared all with all: some twenty articles' claims. Two blocks of ``similar_pairs``.
WHOLE = 1024
# Others that one text is compared with in longer stories. In a hundred articles on one affair all pairs that become one
# claim are among the nearest 32 of either side, and 97 in a hundred that conflict among the nearest 64.
NEAREST = 64
# Places in the index that are looked at for one text, its rarest stems first: 2,000 find the same pairs of claims, and
# one in seventy conflicts less.
LOOKED = 4096

# Texts that one is held against in one go: some 5,000 words, so that the table of cosines stays in the cache.
_AT_ONCE = 256

By = Literal["both", "asked"]
"""What shared weight is held against: the weight of both texts (their Dice), or of the one asked."""


class StemIndex:
    """Which texts of a story hold a stem.

    Args:
        bags: all texts, weighed (``similarity.weigh_in_story``); the same stem weighs the same in all of them.
    """

    def __init__(self, bags: Sequence[Bag]) -> None:
        self.size = len(bags)
        lengths = np.array([len(bag.ids) for bag in bags], np.int64)
        self.starts: Ints = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        none = np.zeros(0, np.int64)
        ids = np.concatenate([*(bag.ids for bag in bags), none])
        self.weights: Ints = np.concatenate([*(bag.weights for bag in bags), none])
        self.sums: Ints = np.array([bag.weights.sum() for bag in bags], np.int64)
        self.ids, self.word = np.unique(ids, return_inverse=True)
        order = np.argsort(self.word, kind="stable")
        self._holders: Ints = np.repeat(np.arange(self.size), lengths)[order]
        self._ends: Ints = np.concatenate(([0], np.cumsum(np.bincount(self.word, minlength=len(self.ids)))))
        # Blank tables, one place for each text or stem, that are wiped after use: cheaper than sorting.
        self._sum = np.zeros(self.size, np.int64)
        self._seen = np.zeros(len(self.ids), np.bool_)
        self._slot = np.zeros(len(self.ids), np.int64)

    def nearest(self, bag: Bag, most: int, *, by: By = "both") -> Ints:
        """The texts that share most with ``bag``, at most so many, in order; all where the story has no more.

        Only those are found that hold one of its rarest stems, as many stems as ``LOOKED`` places in the index are;
        of equals the earlier text comes first.
        """
        if self.size <= most:
            return np.arange(self.size)
        at, known = self._places(bag)
        weights = bag.weights[known]
        often = self._ends[at + 1] - self._ends[at]
        rarest = np.argsort(often, kind="stable")
        rarest = rarest[np.cumsum(often[rarest]) <= LOOKED]
        held = [self._holders[self._ends[w] : self._ends[w + 1]] for w in at[rarest]]
        for holders, weight in zip(held, weights[rarest], strict=True):
            self._sum[holders] += weight
        found = np.flatnonzero(self._sum)
        shared = self._sum[found]
        self._sum[found] = 0
        if len(found) <= most:
            return found
        whole = bag.weights.sum() + (self.sums[found] if by == "both" else 0)
        # Whole numbers, and no two alike, so that which are taken does not hang on how a machine sorts.
        rank = (np.asarray(shared * (1 << 20) // np.maximum(whole, 1), np.int64) + 1) * self.size - found
        return np.sort(found[np.argpartition(rank, -most)[-most:]])

    def similarities(self, bag: Bag, others: Ints) -> Doubles:
        """The very figure of ``similarity.similarity`` for a bag of words and each of some texts of the index."""
        return blended(*self.parts(bag, others))

    def parts(self, bag: Bag, others: Ints) -> tuple[Doubles, Doubles, Doubles]:
        """What likeness is made of, for a bag of words and each of some texts of the index: the share of same words
        (their Dice), how much of ``bag`` a text holds, and how much of the text ``bag`` holds."""
        found, places, starts, same = self._aligned(bag, others)
        weights, sums, own = self.weights[places], self.sums[others], bag.weights.sum()
        shared = np.add.reduceat(weights * same, starts)
        forth = np.add.reduceat(found.max(axis=0) * weights, starts)
        back = bag.weights @ np.maximum.reduceat(found, starts, axis=1).astype(np.int64)
        return share(2 * shared, sums + own), share(back, own * COSINE_UNIT), share(forth, sums * COSINE_UNIT)

    def coverages(self, bag: Bag, others: Ints) -> Doubles:
        """The very figure of ``similarity.coverage``: how much of a bag of words is found in each of some texts."""
        found, _, starts, _ = self._aligned(bag, others)
        back = bag.weights @ np.maximum.reduceat(found, starts, axis=1).astype(np.int64)
        return rounded(share(back, bag.weights.sum() * COSINE_UNIT))

    def _aligned(self, bag: Bag, others: Ints) -> tuple[NDArray[np.int16], Ints, Ints, NDArray[np.bool_]]:
        """The words of ``others`` (one text or more, none empty) end to end, against those of ``bag`` (not empty).

        Returns:
            The cosines, shape (words of ``bag``, words of ``others``); where these words stand in the index; where in
            the row each text begins; which of them are words of ``bag``.
        """
        lengths = self.starts[others + 1] - self.starts[others]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(self.starts[others] - (ends - lengths), lengths)
        words = self.word[places]
        self._seen[words] = True
        distinct = np.flatnonzero(self._seen)
        self._seen[distinct] = False
        self._slot[distinct] = np.arange(len(distinct))
        table = cosines(bag, Bag((), self.ids[distinct], self.weights[:0], bag.lexicon))
        at, _ = self._places(bag)
        self._seen[at] = True
        same = self._seen[words]
        self._seen[at] = False
        return table[:, self._slot[words]], places, ends - lengths, same

    def _places(self, bag: Bag) -> tuple[Ints, NDArray[np.bool_]]:
        """Where the stems of a bag stand in ``ids``, those that do, and which these are."""
        at = np.searchsorted(self.ids, bag.ids)
        known = at < len(self.ids)
        known[known] = self.ids[at[known]] == bag.ids[known]
        return at[known], known


def near_pairs(bags: Sequence[Bag], *, floor: float) -> list[tuple[int, int, float]]:
    """``similar_pairs`` of a short story; of a long one those of its pairs of which one is among the other's nearest.

    Args:
        bags: all texts of a story, weighed.
        floor: lowest similarity to keep, above 0.

    Returns:
        ``(i, j, similarity)`` with ``i < j``, positions in ``bags``, in order of ``i``, then ``j``.
    """
    if len(bags) <= WHOLE:
        return similar_pairs(bags, floor=floor)
    index = StemIndex(bags)
    lower: list[Ints] = []
    upper: list[Ints] = []
    for i, bag in enumerate(bags):
        near = index.nearest(bag, NEAREST + 1)
        near = near[near != i]
        lower.append(np.minimum(near, i))
        upper.append(np.maximum(near, i))
    # Each pair once, in order.
    coded = np.unique(np.concatenate(lower) * len(bags) + np.concatenate(upper))
    pairs = np.stack(np.divmod(coded, len(bags)), axis=1)
    alike = likenesses(bags, pairs)
    kept = alike >= floor
    return [(i, j, s) for (i, j), s in zip(pairs[kept].tolist(), alike[kept].tolist(), strict=True)]


def likenesses(bags: Sequence[Bag], pairs: Ints) -> Doubles:
    """The very figure of ``similarity.similarity`` for each of many pairs of texts, some fifteen times as fast.

    Args:
        bags: weighed alike: a stem weighs the same in all of them.
        pairs: positions in ``bags``, shape (n, 2); fastest where one text's pairs are many.

    Returns:
        Shape (n,), in the order of ``pairs``.
    """
    index = StemIndex(bags)
    found = np.zeros(len(pairs), np.float64)
    filled = np.array([bool(bag.stems) for bag in bags], np.bool_)
    order = np.flatnonzero(filled[pairs].all(axis=1))
    order = order[np.argsort(pairs[order, 0], kind="stable")]
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for first, own in zip(firsts.tolist(), np.split(order, starts[1:]), strict=False):
        for some in np.array_split(own, len(own) // _AT_ONCE + 1):
            found[some] = index.similarities(bags[first], pairs[some, 1])
    return found

"""Which sentences say the same thing: weighted Dice on stems, and soft alignment of words by a static table.

Every sum here is a sum of whole numbers (weights, cosines and table entries are integers), so a result depends on the
two sentences alone: not on the batch, the order of addition or the BLAS underneath. That matters because these figures
decide which claims are merged, and the same input has to give the same dossier byte for byte.

Similarity of any kind is blind to conflict: "nine died" and "ten died" are alike. Use it to find what to compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.align.statements.stems import stem, stop_words, words

Bytes = NDArray[np.int8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

# One unit of weight or cosine. Small enough for exact float32 sums (below 2**24) over any sentence that people write.
_WEIGHT_UNIT = 256
COSINE_UNIT = 1024
# A stop word's share of its weight. On ClaimDiff's training part 0.1 to 0.4 differ by less than .002 AUC; the root of
# idf in place of idf gains .007 for Dice and changes nothing for the alignment, so both share one set of weights.
_STOP_SHARE = 0.2
# Sentences in one block of similar_pairs: 512 keeps the word-by-word matrix near 10 MB.
_BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known of words: a direction of meaning for frequent stems, and how rare each stem is in news.

    The last row of each array stands for all stems that have no row of their own.

    Attributes:
        rows: stem to its number, most frequent first.
        vectors: int8, shape (stems with a vector + 1, axes), for the most frequent stems; only a row's direction
            means anything, the last row is zero.
        shrink: float32, shape (len(vectors),): one over the length of each vector, 0 for the last.
        idf: natural log of inverse sentence frequency, float64, shape (len(rows) + 1,).
        weights: int64, shape (len(rows) + 1,): what a stem counts for: root of idf, stop words at a fifth.
    """

    rows: dict[str, int]
    vectors: Bytes
    shrink: Floats
    idf: Doubles
    weights: Ints


@cache
def load_lexicon() -> Lexicon:
    """Load the table that comes with the package; once per process, and the same object ever after."""
    data = files("rashomon.align").joinpath("data")
    total, *lines = data.joinpath("counts.tsv").read_text(encoding="utf-8").splitlines()
    counts = dict(line.split("\t") for line in lines)
    rows = {key: row for row, key in enumerate(counts)}
    idf = np.log((int(total) + 1) / (np.array([*counts.values(), "0"], np.float64) + 1))
    weights = np.sqrt(idf) * _WEIGHT_UNIT
    weights[[rows[key] for key in sorted(set(map(stem, stop_words()))) if key in rows]] *= _STOP_SHARE
    vectors = np.load(BytesIO(data.joinpath("vectors.npy").read_bytes()), allow_pickle=False)
    lengths = np.sqrt(np.square(vectors, dtype=np.float32).sum(axis=1))
    return Lexicon(
        rows=rows,
        vectors=np.concatenate([vectors, np.zeros((1, vectors.shape[1]), np.int8)]),
        shrink=np.append(1 / lengths, np.float32(0)),
        idf=idf,
        weights=np.rint(weights).astype(np.int64),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """One sentence made ready for comparing: its distinct stems in alphabetical order, n of them.

    Attributes:
        stems: the stems.
        ids: int64, shape (n,): a number for each stem, the same in every bag; its row in ``lexicon`` if it has one.
        weights: int64, shape (n,): root of idf, stop words at a fifth.
        lexicon: what the bag was made with.
    """

    stems: tuple[str, ...]
    ids: Ints
    weights: Ints
    lexicon: Lexicon

    # A long story has tens of thousands of bags, and vectors need fifty times the room of all the rest: they are
    # looked up where they are needed.

    @property
    def rows(self) -> Floats:
        """Word vectors, float32 holding whole numbers, shape (n, axes); zero for a stem without one."""
        return rows_of(self.ids, self.lexicon)

    @property
    def shrink(self) -> Floats:
        """One over the length of each row, 0 for a zero row: float32, shape (n,)."""
        return shrink_of(self.ids, self.lexicon)


def bag(text_or_words: str | Sequence[str], lexicon: Lexicon) -> Bag:
    """Prepare a sentence: a text, or words (or lemmas) that the caller has cut already.

    Text without a word gives an empty bag, which is like nothing at all.

    >>> bag("Two planes landed; a plane left.", load_lexicon()).stems
    ('a', 'land', 'leave', 'plane', 'two')
    """
    text = text_or_words if isinstance(text_or_words, str) else " ".join(text_or_words)
    stems = tuple(sorted(set(map(stem, words(text)))))
    unseen = len(lexicon.rows)
    numbers = [lexicon.rows.get(key, unseen) for key in stems]
    return Bag(
        stems=stems,
        ids=np.array([_id(key) if row == unseen else row for key, row in zip(stems, numbers, strict=True)], np.int64),
        weights=lexicon.weights[np.array(numbers, np.int64)],
        lexicon=lexicon,
    )


def rows_of(ids: Ints, lexicon: Lexicon) -> Floats:
    """The vectors of stems by their numbers, as in :attr:`Bag.rows`."""
    return lexicon.vectors[np.minimum(ids, len(lexicon.vectors) - 1)].astype(np.float32)


def shrink_of(ids: Ints, lexicon: Lexicon) -> Floats:
    """One over the length of each of these vectors, as in :attr:`Bag.shrink`."""
    return lexicon.shrink[np.minimum(ids, len(lexicon.vectors) - 1)]


def _id(key: str) -> int:
    # Above every row number; 62 bits of a digest, so that two unknown stems never meet by accident.
    return (1 << 62) | int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 2


def weigh_in_story(bags: Sequence[Bag]) -> list[Bag]:
    """Lower the weight of what a whole story repeats, so that its names and its topic do not make all of it alike.

    A stem in c of the sentences keeps 1 / (1 + ln(c / 2)) of its weight; twice is no repetition, it is what agreement
    looks like. On ClaimDiff's grid (claims of one story against each other) this lifts average precision from .379
    to .390. Figures then depend on the story's sentences too, as a set and not on their order.

    Args:
        bags: all sentences of one story, those of every outlet together.

    Returns:
        The same bags in the same order with new weights; compare them with each other only.
    """
    if not bags:
        return []
    known, counts = np.unique(np.concatenate([bag.ids for bag in bags]), return_counts=True)
    damped = 1 + np.log(np.maximum(counts, 2) / 2)
    return [
        replace(bag, weights=np.rint(bag.weights / damped[np.searchsorted(known, bag.ids)]).astype(np.int64))
        for bag in bags
    ]


def dice(a: Bag, b: Bag) -> float:
    """How much of the two sentences' words are the same words, by rarity: 0 to 1, symmetric."""
    return _rounded(_same_words(a, b))


def aligned(a: Bag, b: Bag) -> float:
    """How well each sentence's words find a like word in the other (harmonic mean of both ways): 0 to 1, symmetric."""
    return _rounded(_f_mean(*_both_ways(a, b)))


def coverage(a: Bag, b: Bag) -> float:
    """How much of ``a``'s weight finds a like word in ``b``: 0 to 1, directed.

    A sentence that says all of a shorter one and more covers it wholly, and is covered by it in part.
    """
    return _rounded(_both_ways(a, b)[0])


def coverages(asked: Sequence[Bag], by: Sequence[Bag]) -> Doubles:
    """The very figure of :func:`coverage` for every bag of ``asked`` and every one of ``by``, shape (asked, by)."""
    out = np.zeros((len(asked), len(by)), np.float64)
    mine = [_Block(start, asked[start : start + _BLOCK]) for start in range(0, len(asked), _BLOCK)]
    for start in range(0, len(by), _BLOCK):
        theirs = _Block(start, by[start : start + _BLOCK])
        for block in mine:
            if len(block.filled) and len(theirs.filled):
                found = rounded(_covered(block, cosines(theirs, block), theirs)).T
                out[np.ix_(block.start + block.filled, start + theirs.filled)] = found
    return out


def similarity(a: Bag, b: Bag) -> float:
    """Mean of :func:`dice` and :func:`aligned`, by one of which names tell, by the other meaning: 0 to 1, symmetric."""
    return float(blended(_same_words(a, b), *_both_ways(a, b)))


def similar_pairs(bags: Sequence[Bag], *, floor: float) -> list[tuple[int, int, float]]:
    """Find all pairs of bags with a similarity of at least ``floor``.

    Nothing is skipped: every pair is scored, block by block, with the very figure that :func:`similarity` gives.

    Args:
        bags: prepared sentences, all from one lexicon.
        floor: lowest similarity to keep, above 0.

    Returns:
        ``(i, j, similarity)`` with ``i < j``, positions in ``bags``, in order of ``i``, then ``j``.

    Raises:
        ValueError: if ``floor`` is not above 0, since every pair would be one.
    """
    if not floor > 0:
        raise ValueError(f"floor must be above 0, got {floor}")
    blocks = [_Block(start, bags[start : start + _BLOCK]) for start in range(0, len(bags), _BLOCK)]
    pairs: list[tuple[int, int, float]] = []
    for at, left in enumerate(blocks):
        for right in blocks[at:]:
            scores = _scores(left, right)
            if left is right:
                scores = np.triu(scores, k=1)
            for i, j in zip(*np.nonzero(scores >= floor), strict=True):
                pairs.append((left.start + int(i), right.start + int(j), float(scores[i, j])))
    return sorted(pairs)


def _same_words(a: Bag, b: Bag) -> Doubles:
    shared = a.weights[np.equal.outer(a.ids, b.ids).any(axis=1)].sum()
    return share(2 * shared, a.weights.sum() + b.weights.sum())


def _both_ways(a: Bag, b: Bag) -> tuple[Doubles, Doubles]:
    """Share of ``a`` found in ``b``, and of ``b`` found in ``a``."""
    if not a.stems or not b.stems:
        return np.zeros(()), np.zeros(())
    table = cosines(a, b)
    return (
        share((table.max(axis=1) * a.weights).sum(), a.weights.sum() * COSINE_UNIT),
        share((table.max(axis=0) * b.weights).sum(), b.weights.sum() * COSINE_UNIT),
    )


def cosines(a: "Bag | _Block", b: "Bag | _Block") -> NDArray[np.int16]:
    """Cosine of every word with every other in whole units, clipped at 0, one unit for the same stem."""
    # The product is exact: whole numbers, at most 128 axes of 127 * 127. The scaling is symmetric in a and b.
    products = a.rows @ b.rows.T
    products *= np.multiply.outer(a.shrink, b.shrink) * np.float32(COSINE_UNIT)
    table: NDArray[np.int16] = np.rint(np.maximum(products, 0, out=products), out=products).astype(np.int16)
    table[np.equal.outer(a.ids, b.ids)] = COSINE_UNIT
    return table


# The next three take numbers and arrays alike, so that one pair and a whole block come out the same to the last bit.


def share(part: Any, whole: Any) -> Doubles:
    """A part over a whole, 0 where there is nothing."""
    return np.asarray(part / np.maximum(whole, 1), np.float64)


def _f_mean(p: Doubles, q: Doubles) -> Doubles:
    total = p + q
    return np.asarray(2 * p * q / np.where(total > 0, total, 1.0))


def blended(same: Doubles, forth: Doubles, back: Doubles) -> Doubles:
    """:func:`similarity` from its parts: the share of same words, and how much of each side the other holds."""
    return rounded((same + _f_mean(forth, back)) / 2)


def rounded(values: Doubles) -> Doubles:
    """To six digits, as all figures of this file are given."""
    return np.asarray(np.rint(values * 1e6) / 1e6)


def _rounded(value: Doubles) -> float:
    return float(rounded(value))


class _Block:
    """Some bags laid end to end, with each distinct stem's vector held once."""

    def __init__(self, start: int, bags: Sequence[Bag]) -> None:
        filled = [bag for bag in bags if bag.stems]
        self.start = start
        self.size = len(bags)
        self.filled = np.array([i for i, bag in enumerate(bags) if bag.stems], np.int64)
        ends = np.cumsum([len(bag.stems) for bag in filled])
        self.starts: Ints = np.concatenate(([0], ends[:-1])).astype(np.int64)
        everything = [bag.ids for bag in filled] or [np.zeros(0, np.int64)]
        self.ids, first, self.word = np.unique(np.concatenate(everything), return_index=True, return_inverse=True)
        self.words_of = np.split(self.word, ends[:-1]) if filled else []
        if filled:
            self.rows = rows_of(self.ids, filled[0].lexicon)
            self.shrink = shrink_of(self.ids, filled[0].lexicon)
            self.weights = np.concatenate([bag.weights for bag in filled])
            self.word_weights = self.weights[first].astype(np.float32)
            self.weight_sums = np.add.reduceat(self.weights, self.starts)

    def holds(self, chosen: Ints) -> Floats:
        """Sentence-by-word matrix of ones for the distinct words ``chosen`` (positions in ``ids``)."""
        place = np.full(len(self.ids), -1, np.int64)
        place[chosen] = np.arange(len(chosen))
        table = np.zeros((len(self.filled), len(chosen)), np.float32)
        for row, mine in enumerate(self.words_of):
            at = place[mine]
            table[row, at[at >= 0]] = 1
        return table


def _scores(left: _Block, right: _Block) -> Doubles:
    """Similarity of every sentence of one block to every one of another, shape (left.size, right.size)."""
    scores = np.zeros((left.size, right.size), np.float64)
    if not len(left.filled) or not len(right.filled):
        return scores
    table = cosines(left, right)
    back = _covered(right, table, left)
    forth = back.T if left is right else _covered(left, np.ascontiguousarray(table.T), right).T
    _, mine, yours = np.intersect1d(left.ids, right.ids, assume_unique=True, return_indices=True)
    shared = (left.holds(mine) * left.word_weights[mine]) @ right.holds(yours).T
    same = share(2 * shared.astype(np.int64), np.add.outer(left.weight_sums, right.weight_sums))
    scores[np.ix_(left.filled, right.filled)] = blended(same, forth, back)
    return scores


def _covered(asked: _Block, cosines: NDArray[np.int16], by: _Block) -> Doubles:
    """How much of each sentence of ``asked`` is found in each one of ``by``, shape (by, asked)."""
    out = np.empty((len(by.words_of), len(asked.words_of)), np.float64)
    for row, mine in enumerate(by.words_of):
        best = cosines[mine].max(axis=0)
        found = np.add.reduceat(best[asked.word] * asked.weights, asked.starts)
        out[row] = share(found, asked.weight_sums * COSINE_UNIT)
    return out

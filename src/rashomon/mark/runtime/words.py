"""What follows from a word alone, worked out once for each word and kept in a bounded table."""

from collections.abc import Callable, Sequence

import numpy as np
from spacy.attrs import IS_SPACE, LOWER, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX
from thinc.api import NumpyOps

from rashomon.mark.runtime.arithmetic import maxout_normalised
from rashomon.mark.runtime.columns import Floats, Keys, Places
from rashomon.mark.runtime.weights import EncoderWeights

# The attributes that are asked of the tokenizer, in the order of the columns; the first three name a word.
ATTRIBUTES: tuple[int, ...] = (ORTH, NORM, SPACY, PREFIX, SUFFIX, SHAPE, IS_SPACE, LOWER)
COLUMN = {attribute: place for place, attribute in enumerate(ATTRIBUTES)}
# Rows of the table: 0.8 kB each. 29,336 articles hold about four times as many words, but the commonest 60,000 are 98 %
# of the text. A full table is emptied; filling it again costs a second.
CAPACITY = 1 << 16
# Odd multipliers that spread a key of several parts over 64 bits (the golden ratio's, and one of xxHash's).
SPREAD = (np.uint64(1), np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
PADDING = 0


class Words:
    """Rows of word vectors, one table for each encoder, and one small number for the rules.

    What a row holds depends on the word alone, bit for bit: it is summed element by element, never by a matrix product
    over whichever words happened to be new together. So a parse cannot depend on what was parsed before.

    Row ``PADDING`` of each table is zero.
    """

    def __init__(
        self, encoders: Sequence[EncoderWeights], kinds: Callable[[Keys], Places], *, capacity: int = CAPACITY
    ) -> None:
        """Begin with an empty table.

        Args:
            encoders: one table of vectors is kept for each.
            kinds: gives each row of ``ATTRIBUTES`` (words, attributes) its kind; see ``rules``.
            capacity: the most words to remember.
        """
        self._embeddings = [_Embedding(each) for each in encoders]
        self._kinds_of = kinds
        self._capacity = capacity
        self._row_of: dict[int, int] = {}
        self._allocate(capacity)

    def _allocate(self, capacity: int) -> None:
        self.vectors = [np.zeros((capacity + 1, each.width), np.float32) for each in self._embeddings]
        self.kinds = np.zeros(capacity + 1, np.int64)

    def __len__(self) -> int:
        return len(self._row_of)

    def rows(self, tokens: Keys) -> Places:
        """The row of each token; they hold until the next call.

        Args:
            tokens: (tokens, ``ATTRIBUTES``).
        """
        keys = (tokens[:, : len(SPREAD)] * np.array(SPREAD)).sum(axis=1, dtype=np.uint64)
        known = self._row_of
        rows = np.array([known.get(key, -1) for key in keys.tolist()], np.int64)
        new = np.flatnonzero(rows < 0)
        if not new.size:
            return rows
        names, first, which = np.unique(keys[new], return_index=True, return_inverse=True)
        if len(known) and len(known) + names.size > self._capacity:
            known.clear()
            return self.rows(tokens)
        if names.size > self._capacity:  # one text with more words than the table has room for
            self._capacity = int(names.size)
            self._allocate(self._capacity)
        begin = len(known) + 1
        fresh = np.arange(begin, begin + names.size)
        attributes = tokens[new[first]]
        for vectors, embedding in zip(self.vectors, self._embeddings, strict=True):
            vectors[fresh] = embedding(attributes)
        self.kinds[fresh] = self._kinds_of(attributes)
        known.update(zip(names.tolist(), fresh.tolist(), strict=True))
        rows[new] = fresh[which]
        return rows


class _Embedding:
    """Word vectors out of context.

    The mixing layer is linear before its maximum, so each bucket of each hashed table is put through its part of the
    layer beforehand. A word is then a sum of rows: four buckets for each attribute.
    """

    def __init__(self, weights: EncoderWeights) -> None:
        width = weights.tables[0].rows.shape[1]
        parts = np.split(weights.mix.weight, len(weights.tables))
        self._tables = [
            (COLUMN[table.attribute], table.seed, table.rows @ part)
            for table, part in zip(weights.tables, parts, strict=True)
        ]
        self._mix = weights.mix
        self._ops = NumpyOps()
        self.width = width

    def __call__(self, attributes: Keys) -> Floats:
        """(words, width) for (words, ``ATTRIBUTES``)."""
        total = np.zeros((len(attributes), self._mix.bias.size), np.float32)
        for column, seed, table in self._tables:
            hashed = self._ops.hash(np.ascontiguousarray(attributes[:, column]), seed)
            for bucket in (np.asarray(hashed) % len(table)).T:
                total += table[bucket]
        total += self._mix.bias
        return maxout_normalised(total, self._mix.gain, self._mix.shift)

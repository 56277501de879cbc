"""A parse as plain lists: what the rules ask of it thousands of times, without a call into the parser's objects."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

_STRINGS = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE]
_BEGINS = 3  # ENT_IOB: 1 inside, 2 outside, 3 begins


class Tree:
    """The tokens of one text, one list an attribute, all of the same length.

    ``text``, ``lower``, ``lemma``, ``pos``, ``tag``, ``dep`` and ``ent`` (the entity's label, "" outside) are strings;
    ``start`` and ``end`` are code points into the text; ``head`` is a token's index, its own for a root;
    ``children`` are in order; ``low`` and ``high`` are the first and the last token of the subtree (inclusive);
    ``sentence`` is the first token of the token's sentence and ``stop`` the token after its sentence.
    ``ents`` are half-open token ranges with their label. ``doc`` is the parse itself.
    """

    def __init__(self, doc: Doc) -> None:
        size = len(doc)
        self.doc = doc
        strings = doc.vocab.strings
        columns = doc.to_array(_STRINGS).reshape(size, len(_STRINGS)).view(np.uint64)
        known: dict[int, str] = {key: strings[key] for key in np.unique(columns).tolist()}
        named: list[list[str]] = [[known[key] for key in column] for column in columns.T.tolist()]
        self.text, self.lower, self.lemma, self.pos, self.tag, self.dep, self.ent = named
        places = doc.to_array([IDX, LENGTH, HEAD, SENT_START, ENT_IOB]).reshape(size, 5).view(np.int64)
        self.start: list[int] = places[:, 0].tolist()
        self.end: list[int] = (places[:, 0] + places[:, 1]).tolist()
        self.head: list[int] = (places[:, 2] + np.arange(size)).tolist()
        self.children: list[list[int]] = [[] for _ in range(size)]
        for place, head in enumerate(self.head):
            if head != place:
                self.children[head].append(place)
        self.sentence, self.stop = _bounds(np.flatnonzero(places[:, 3] == 1), size)
        self.low, self.high = _edges(places[:, 2] + np.arange(size))
        self.ents = self._entities(places[:, 4])

    def __len__(self) -> int:
        return len(self.text)

    def _entities(self, iob: NDArray[np.int64]) -> list[tuple[int, int, str]]:
        found = []
        for begin in np.flatnonzero(iob == _BEGINS).tolist():
            stop = begin + 1
            while stop < len(self) and iob[stop] == 1:
                stop += 1
            found.append((begin, stop, self.ent[begin]))
        return found

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Half-open token ranges of the sentences, without white space at their ends; none is blank."""
        start = 0
        while start < len(self):
            begin, end = start, self.stop[start]
            start = end
            while begin < end and self.pos[begin] == "SPACE":
                begin += 1
            while begin < end and self.pos[end - 1] == "SPACE":
                end -= 1
            if begin < end:
                yield begin, end

    def at(self, position: int) -> int:
        """The first token that ends after the character ``position``."""
        return bisect_right(self.end, position)

    def before(self, position: int) -> int:
        """The number of tokens that start before the character ``position``."""
        return bisect_left(self.start, position)

    def child(self, place: int, *deps: str) -> int | None:
        """The first child of ``place`` with one of these labels."""
        return next((c for c in self.children[place] if self.dep[c] in deps), None)


def _edges(head: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The first and the last token of each subtree, from the deepest level of the trees upwards."""
    low, high = np.arange(len(head)), np.arange(len(head))
    depth = np.zeros(len(head), dtype=np.int64)
    below = np.flatnonzero(head != low)  # tokens whose ``above`` is still on its way to the root
    above = head[below]
    while len(below):
        depth[below] += 1
        going = head[above] != above
        below, above = below[going], head[above[going]]
    order = np.argsort(-depth, kind="stable")
    levels = np.flatnonzero(np.diff(depth[order])) + 1
    for level in np.split(order, levels):
        np.minimum.at(low, head[level], low[level])
        np.maximum.at(high, head[level], high[level])
    return low.tolist(), high.tolist()


def _bounds(begins: NDArray[np.int64], size: int) -> tuple[list[int], list[int]]:
    """For each token the first token of its sentence, and the token after its last."""
    edges = [0, *(begin for begin in begins.tolist() if begin), size]
    first: list[int] = []
    stop: list[int] = []
    for begin, end in pairwise(edges):
        first += [begin] * (end - begin)
        stop += [end] * (end - begin)
    return first, stop

"""Which earlier articles share passages with a newcomer: a table of selected grams with room for a window of articles.

The table never grows. A gram has a row of ``WIDTH`` cells, shared with other grams; each cell names a gram and an
article that holds it. A newcomer's grams are looked up all at once and take the place of the oldest in their rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import U64

# Cells a row: room for the tenth outlet that prints an agency's line, and yet one look in memory a gram.
WIDTH = 16
# A gram keeps its first so many holders. More are a notice or a phrase: all are still found through the first ones.
HOLDERS = 12
# Cells for each selected gram of a usual article (950 words, 110 grams), so that hardly a row is full before its
# articles leave the window.
CELLS = 110 * 2
# Texts that share this part of the smaller one's grams are versions of one text.
VERSIONS = 0.5
# An outlet's grams in so many articles that are no versions of one another stand there for good: background, notices.
STANDING = 3

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Earlier articles that share grams with a newcomer, those that share most first.

    ``articles`` are their numbers in order of arrival, ``shared`` how many selected grams each has in common with the
    newcomer, and ``own`` how many of these do not stand in their outlets for good: the most of those come first.
    ``standing`` tells for each gram of the newcomer (first axis) and each candidate (second) whether it does.
    """

    articles: Numbers
    shared: Numbers
    own: Numbers
    standing: Flags


class ReuseIndex:
    """The selected grams of the last ``articles`` articles.

    Takes 1.5 to 2.5 KB an article of the window, whatever the archive's size. Deterministic: the same articles in the
    same order give the same candidates.

    Args:
        articles: how many articles newcomers are compared with; the oldest leave first.
    """

    def __init__(self, *, articles: int = 20_000) -> None:
        self._window = articles
        self._room = articles + 1  # the window and the newcomer
        rows = 1 << (articles * CELLS // WIDTH).bit_length()
        self._mask = np.uint64(rows - 1)
        self._cells: U64 = np.zeros((rows, WIDTH), dtype=np.uint64)
        self._count = 0
        # Of each article of the window: outlet, number of grams, and the article of which it is a version.
        self._outlets = np.zeros(self._room, dtype=np.int64)
        self._sizes = np.zeros(self._room, dtype=np.int64)
        self._roots = np.zeros(self._room, dtype=np.int64)

    def __len__(self) -> int:
        return min(self._count, self._window)

    @property
    def nbytes(self) -> int:
        """Bytes that the index takes, now and for good."""
        return sum(a.nbytes for a in (self._cells, self._outlets, self._sizes, self._roots))

    def add(self, hashes: U64, outlet: int) -> Candidates:
        """Find what shares grams with a newcomer, and keep it for those who come after.

        Args:
            hashes: its selected grams (``grams.select``), none twice.
            outlet: a number of its outlet; 0 where it is not known.
        """
        number = self._count + 1  # 0 marks an empty cell
        rows = (hashes & self._mask).astype(np.intp)
        cells = self._cells[rows]
        tags = hashes >> _SHIFT
        holders = (cells & _LOW).astype(np.int64)
        live = (cells >> _SHIFT == tags[:, None]) & (holders > max(0, number - 1 - self._window))
        place = number % self._room
        self._outlets[place], self._sizes[place], self._roots[place] = outlet, len(hashes), number
        found = self._candidates(live, holders, outlet, len(hashes), number)
        self._keep(rows, tags, holders, live, number)
        self._count = number
        return found

    def _keep(self, rows: npt.NDArray[np.intp], tags: U64, holders: Numbers, live: Flags, number: int) -> None:
        room = np.count_nonzero(live, axis=1) < HOLDERS
        oldest = holders.argmin(axis=1)
        self._cells[rows[room], oldest[room]] = (tags[room] << _SHIFT) | np.uint64(number)

    def _candidates(self, live: Flags, holders: Numbers, outlet: int, size: int, number: int) -> Candidates:
        gram, column = np.nonzero(live)
        if not len(gram):
            return _nobody(size)
        articles, which, shared = np.unique(holders[gram, column], return_inverse=True, return_counts=True)
        places = articles % self._room
        versions = shared >= VERSIONS * np.minimum(self._sizes[places], size)
        if versions.any():
            first = np.flatnonzero(versions)[0]
            self._roots[number % self._room] = self._roots[places[first]]
        together = np.zeros((size, len(articles)), dtype=np.bool_)
        together[gram, which] = True
        standing = self._standing(together, places, number)
        standing[:, versions & (self._outlets[places] == outlet)] = False
        own = np.count_nonzero(together & ~standing, axis=0)
        order = np.lexsort((articles, -shared, -own))
        return Candidates(articles[order] - 1, shared[order], own[order], standing[:, order])

    def _standing(self, together: Flags, places: Numbers, number: int) -> Flags:
        """For each gram and candidate whether the gram stands for good in the outlet of either article."""
        standing = np.zeros_like(together)
        outlets, outlet = self._outlets[places], int(self._outlets[number % self._room])
        names, articles = np.unique(outlets, return_counts=True)
        for each, count in zip(names.tolist(), articles.tolist(), strict=True):
            own = int(each == outlet)
            if each and count + own >= STANDING:
                stands = self._texts(together, places, each, number) + own >= STANDING
                standing[:, slice(None) if own else outlets == each] |= stands[:, None]
        return standing

    def _texts(self, together: Flags, places: Numbers, outlet: int, number: int) -> Numbers:
        """In how many texts of an outlet each gram is. Versions are one text, and the newcomer's are not counted."""
        of = np.flatnonzero(self._outlets[places] == outlet)
        roots = self._roots[places[of]]
        total = np.zeros(len(together), dtype=np.int64)
        for root in np.unique(roots).tolist():
            if root != self._roots[number % self._room]:
                total += together[:, of[roots == root]].any(axis=1)
        return total


def _nobody(size: int) -> Candidates:
    none = np.zeros(0, dtype=np.int64)
    return Candidates(none, none, none, np.zeros((size, 0), dtype=np.bool_))

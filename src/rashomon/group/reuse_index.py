"""Which earlier articles share passages with a newcomer: a table of selected grams with room for a window of articles.

A gram has a row of ``WIDTH`` cells, shared with other grams; each cell names a gram and an article that holds it. A
newcomer's grams are looked up all at once and take the place of the oldest in their rows. The few grams that very many
articles hold (notices, standing words, a leader's speech) have lists of further holders beside the table.
"""

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import U32, U64

# Cells a row: room for the tenth outlet that prints an agency's line, and yet one look in memory a gram.
WIDTH = 16
# So many holders of a gram are in the table; those that come after them are listed.
HOLDERS = 12
# Cells for each selected gram of a usual article (950 words, 110 grams), so that hardly a row is full before its
# articles leave the window.
CELLS = 110 * 2
# Texts that share this part of the smaller one's grams are versions of one text.
VERSIONS = 0.5
# An outlet's grams in so many articles that are no versions of one another stand there for good: background, notices.
STANDING = 3
# Lists are rid of what left the window once in so many articles.
_SWEEP = 1_024
# Outlets are counted by the last bits of their numbers first.
_FEW = 1_023

_SHIFT = np.uint64(32)
_BITS = 16
_LAST = np.uint64((1 << _BITS) - 1)
Places = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Earlier articles that share grams with a newcomer, those that share most first.

    ``articles`` are their numbers in order of arrival, ``shared`` how many selected grams each has in common with the
    newcomer, and ``own`` how many of these are neither speech there nor stand in an outlet for good: the most of those
    come first.
    """

    articles: Numbers
    shared: Numbers
    own: Numbers
    # Which of the newcomer's grams (first axis) stand in which outlets (second) for good; the newcomer's outlet is the
    # first. Each candidate's outlet, and whether it is a version of the newcomer in the same outlet.
    _stands: Flags
    _outlets: Numbers
    _versions: Flags

    def standing(self, candidate: int) -> Flags:
        """Which of the newcomer's grams stand for good in its outlet or in that of a candidate (counted from 0)."""
        stands: Flags = self._stands[:, 0] | self._stands[:, self._outlets[candidate]]
        return stands if not self._versions[candidate] else np.zeros_like(stands)


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
        self._tags: U32 = np.zeros((rows, WIDTH), dtype=np.uint32)
        self._holders: U32 = np.zeros((rows, WIDTH), dtype=np.uint32)
        # Further holders of a gram, and by its last bits whether it may have some.
        self._crowds: dict[int, array[int]] = {}
        self._crowded = np.zeros(1 << _BITS, dtype=np.bool_)
        self._count = 0
        # Of each article of the window: outlet, number of grams, and the article of which it is a version.
        self._outlets = np.zeros(self._room, dtype=np.int64)
        self._sizes = np.zeros(self._room, dtype=np.int64)
        self._roots = np.zeros(self._room, dtype=np.int64)

    def __len__(self) -> int:
        return min(self._count, self._window)

    @property
    def nbytes(self) -> int:
        """Bytes that the table takes, now and for good, and the lists."""
        arrays = (self._tags, self._holders, self._crowded, self._outlets, self._sizes, self._roots)
        return sum(a.nbytes for a in arrays) + sum(a.itemsize * len(a) + 200 for a in self._crowds.values())

    def add(self, hashes: U64, outlet: int, spoken: Flags | None = None) -> Candidates:
        """Find what shares grams with a newcomer, and keep it for those who come after.

        Args:
            hashes: its selected grams (``grams.select``), none twice.
            outlet: a number of its outlet; 0 where it is not known.
            spoken: which grams are the speech of others; without, none is.
        """
        number = self._count + 1  # 0 marks an empty cell
        oldest = max(0, number - 1 - self._window)
        rows = (hashes & self._mask).astype(np.intp)
        tags = (hashes >> _SHIFT).astype(np.uint32)
        holders = self._holders.take(rows, axis=0)
        live = (self._tags.take(rows, axis=0) == tags[:, None]) & (holders > oldest)
        place = number % self._room
        self._outlets[place], self._sizes[place], self._roots[place] = outlet, len(hashes), number
        gram, column = live.nonzero()
        gram, holder = self._with_crowds(hashes, gram, holders[gram, column].astype(np.int64), oldest)
        found = self._candidates(gram, holder, number, spoken)
        self._keep(hashes, rows, tags, holders, live)
        self._count = number
        if not number % _SWEEP:
            self._sweep(oldest)
        return found

    def _with_crowds(self, hashes: U64, gram: Numbers, holder: Numbers, oldest: int) -> tuple[Numbers, Numbers]:
        """All pairs of a gram and an earlier article that holds it: those of the table, and those of the lists."""
        maybe = self._crowded[hashes & _LAST].nonzero()[0]
        named = zip(maybe.tolist(), hashes[maybe].tolist(), strict=True)
        crowds = [(n, self._crowds[h]) for n, h in named if h in self._crowds]
        if not crowds:
            return gram, holder
        listed = np.concatenate([np.frombuffer(crowd, dtype=np.int32) for _, crowd in crowds])
        numbers = np.repeat([n for n, _ in crowds], [len(crowd) for _, crowd in crowds])
        inside = listed > oldest
        return np.concatenate([gram, numbers[inside]]), np.concatenate([holder, listed[inside]])

    def _keep(self, hashes: U64, rows: Places, tags: U32, holders: U32, live: Flags) -> None:
        number = self._count + 1
        room = np.count_nonzero(live, axis=1) < HOLDERS
        oldest = holders.argmin(axis=1)
        full = hashes[~room]
        if len(full):
            rows, tags, oldest = rows[room], tags[room], oldest[room]
            self._crowded[full & _LAST] = True
            for each in full.tolist():
                self._crowds.setdefault(each, array("i")).append(number)
        self._tags[rows, oldest] = tags
        self._holders[rows, oldest] = number

    def _sweep(self, oldest: int) -> None:
        """Forget in the lists what left the window."""
        inside = ((each, array("i", [n for n in crowd if n > oldest])) for each, crowd in self._crowds.items())
        self._crowds = {each: crowd for each, crowd in inside if crowd}
        self._crowded[:] = False
        self._crowded[np.array(list(self._crowds), dtype=np.uint64) & _LAST] = True

    def _candidates(self, gram: Numbers, holder: Numbers, number: int, spoken: Flags | None) -> Candidates:
        newcomer = number % self._room
        size, outlet = int(self._sizes[newcomer]), self._outlets[newcomer]
        if not len(gram):
            none = np.zeros(0, dtype=np.int64)
            return Candidates(none, none, none, np.zeros((size, 1), dtype=np.bool_), none, none.astype(np.bool_))
        articles, which, shared = np.unique(holder, return_inverse=True, return_counts=True)
        places = articles % self._room
        versions = shared >= VERSIONS * np.minimum(self._sizes[places], size)
        if versions.any():
            self._roots[newcomer] = self._roots[places[versions.argmax()]]
        versions &= self._outlets[places] == outlet
        stands, outlets = self._standing(gram, which, places, newcomer)
        counted = (~(stands[gram, 0] | stands[gram, outlets[which]])) | versions[which]
        if spoken is not None:
            counted &= ~spoken[gram]
        own = np.bincount(which[counted], minlength=len(articles))
        order = np.lexsort((articles, -shared, -own))
        return Candidates(articles[order] - 1, shared[order], own[order], stands, outlets[order], versions[order])

    def _standing(self, gram: Numbers, which: Numbers, places: Numbers, newcomer: int) -> tuple[Flags, Numbers]:
        """Which of the newcomer's grams (first axis) stand for good in which outlets (second); each candidate's outlet.

        The newcomer's outlet is the first. Versions of one text are one text; the newcomer's are counted with it.
        """
        outlet, size, theirs = self._outlets[newcomer], int(self._sizes[newcomer]), self._outlets[places]
        # Rather too many than too few of each outlet: most newcomers are done here.
        articles = np.bincount(theirs & _FEW, minlength=_FEW + 1)
        articles[outlet & _FEW] += 1
        if articles.max() < STANDING:
            return np.zeros((size, 1), dtype=np.bool_), np.zeros(len(places), dtype=np.int64)
        names, outlets = np.unique(np.append(theirs, outlet), return_inverse=True)
        home = outlets[-1]
        outlets = np.where(outlets == home, 0, np.where(outlets == 0, home, outlets))[:-1]
        names[[0, home]] = names[[home, 0]]
        # The texts of an outlet: each root once.
        roots = self._roots[places]
        known, text = np.unique(outlets * (int(roots.max()) + 1) + roots, return_inverse=True)
        outlet_of = known // (int(roots.max()) + 1)
        other = roots[which] != self._roots[newcomer]
        held = np.zeros((size, len(known)), dtype=np.bool_)
        held[gram[other], text[which[other]]] = True
        at, column = held.nonzero()
        texts = np.bincount(at * len(names) + outlet_of[column], minlength=size * len(names)).reshape(size, len(names))
        texts[:, 0] += 1
        return (texts >= STANDING) & (names != 0), outlets

"""Almost the same text twice: containment of word 8-grams, told from sketches."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.fingerprint import SKETCH

# Of the smaller text's 8-grams, this share stands in the bigger one. One changed word in fifty breaks eight grams of
# fifty, 16 %: what is left of an edit that light is a copy.
SAME_TEXT = 0.85
# The smaller text is at least this share of the bigger one: a page that quotes a whole brief is no copy of the brief.
SAME_LENGTH = 0.75
# Below this many 8-grams in the smaller text, a match says little (a caption, a headline).
FEWEST = 4

# The smallest hashes of a sketch are its index: of a pair with a fifth of its 8-grams in common about five meet.
PROBES = 24
# Of two copies at the limits above some fifteen of those meet. What meets in fewer than this is standing text.
MEETINGS = 3

_RANGE = 1 << 63
Grams = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts have in common: estimated number of ``shared`` 8-grams, and shares of either text, 0 to 1."""

    shared: float
    of_smaller: float
    of_bigger: float


def overlap(left: Sequence[int], right: Sequence[int]) -> Overlap:
    """Compare two sketches (sorted hashes, ``fingerprint.sketch``).

    Where one is cut off after its smallest hashes, both are compared up to that hash only and the result is scaled
    up: exact for texts of up to 256 8-grams, an estimate above.

    >>> overlap(range(0, 100), range(50, 150))
    Overlap(shared=50, of_smaller=0.5, of_bigger=0.5)
    """
    return overlap_of(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))


def overlap_of(left: Grams, right: Grams) -> Overlap:
    """``overlap`` for a caller who keeps the sketches as arrays."""
    limit = min(_limit(left), _limit(right))
    if limit < _RANGE:
        left, right = left[: left.searchsorted(limit, "right")], right[: right.searchsorted(limit, "right")]
    if len(left) > len(right):
        left, right = right, left
    if not len(left):
        return Overlap(0, 0.0, 0.0)
    at = np.minimum(right.searchsorted(left), len(right) - 1)
    shared = int(np.count_nonzero(right[at] == left))
    return Overlap(shared * _RANGE / limit if limit < _RANGE else shared, shared / len(left), shared / len(right))


def is_duplicate(later: Grams, earlier: Grams) -> bool:
    """Whether two texts are almost word for word the same, by their sketches."""
    fewer, more = sorted((size(later), size(earlier)))
    if fewer < SAME_LENGTH * more:
        return False
    if fewer < FEWEST:
        return fewer > 0 and np.array_equal(later, earlier)
    return overlap_of(later, earlier).of_smaller >= SAME_TEXT


def size(shingles: Grams) -> float:
    """The number of different 8-grams of the text behind a sketch (an estimate once the sketch is full)."""
    return len(shingles) if len(shingles) < SKETCH else (SKETCH - 1) * _RANGE / int(shingles[-1])


class Copies:
    """The sketches of the last ``capacity`` texts, and which of them is one text with a newcomer's."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._count = 0
        self._sketches: list[Grams] = []
        self._postings: dict[int, array[int]] = {}

    def original(self, shingles: Grams) -> int | None:
        """How many texts ago the earliest that ``shingles`` repeats came (1: the last one); None where none does.

        One that must go when this text is added is none any more.
        """
        met = Counter(row for gram in shingles[:PROBES].tolist() for row in self._postings.get(gram, ()))
        rows = [row for row, times in met.items() if times >= min(MEETINGS, len(shingles))]
        ago = sorted(((self._count - 1 - row) % self._capacity + 1, row) for row in rows)
        ago = [(n, row) for n, row in ago if n < self._capacity]
        return next((n for n, row in reversed(ago) if is_duplicate(shingles, self._sketches[row])), None)

    def add(self, shingles: Grams) -> None:
        """Take a text in; the oldest goes where there is no room."""
        row = self._count % self._capacity
        if self._count >= self._capacity:
            for gram in self._sketches[row][:PROBES].tolist():
                rows = self._postings[gram]
                rows.pop(0)  # postings are in order of arrival
                if not rows:
                    del self._postings[gram]
            self._sketches[row] = shingles
        else:
            self._sketches.append(shingles)
        for gram in shingles[:PROBES].tolist():
            if known := self._postings.get(gram):
                known.append(row)
            else:
                self._postings[gram] = array("i", (row,))
        self._count += 1

    def kept(self) -> list[Grams]:
        """The sketches in order of arrival, for a copy that goes on from here."""
        turn = self._count % self._capacity if self._count >= self._capacity else 0
        return [*self._sketches[turn:], *self._sketches[:turn]]


def _limit(shingles: Grams) -> int:
    return int(shingles[-1]) if len(shingles) >= SKETCH else _RANGE

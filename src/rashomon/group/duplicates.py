"""Almost the same text twice: containment of word 8-grams, told from sketches."""

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


def is_duplicate(later: Sequence[int], earlier: Sequence[int]) -> bool:
    """Whether two texts are almost word for word the same, by their sketches."""
    if later == earlier:
        return bool(later)
    fewer, more = sorted((size(later), size(earlier)))
    if fewer < FEWEST or fewer < SAME_LENGTH * more:
        return False
    return overlap(later, earlier).of_smaller >= SAME_TEXT


def size(shingles: Sequence[int]) -> float:
    """The number of different 8-grams of the text behind a sketch (an estimate once the sketch is full)."""
    return len(shingles) if len(shingles) < SKETCH else (SKETCH - 1) * _RANGE / shingles[-1]


def _limit(shingles: Grams) -> int:
    return int(shingles[-1]) if len(shingles) >= SKETCH else _RANGE

"""Which open articles are nearest to each, and how dense the field is in which two of them stand."""

from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.group.likeness import Floats

Ints = npt.NDArray[np.int64]

# The nearest articles that each remembers, and how many of them tell what surrounds it.
NEAREST, AROUND = 24, 10
# Mates of an article that count as its surroundings none the less: with none, the sets lose .004, since two events
# of one affair take each other for mates; with six, big stories fall to pieces as if nothing were known of mates.
FEW = 2
# What stands for a neighbour that is not there, for bodies and for leads: the usual nearness of unlike news, so that
# the first articles of a folder are judged as in a field of many things. Three in four of both sets stay below.
USUAL = (0.2, 0.13)
# The story of an article that has none (yet, or any more).
NOBODY = np.iinfo(np.int64).min


class Nearest:
    """For each open article those nearest to it, nearest first: cosines and arrival numbers (-1: none).

    Each knows too which of them are its mates: likely of its story, though not yet put into one with it. Of a big
    story there would be hardly a field otherwise, but its own articles. Twice as many rows as articles: nearest by
    body, then by lead. One table, so that both are kept in one go.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self.cosines = np.zeros((2 * capacity, NEAREST), np.float32)
        self.numbers = np.full((2 * capacity, NEAREST), -1, np.int64)
        self.mates = np.zeros((2 * capacity, NEAREST), np.bool_)

    def meet(self, row: int, number: int, rows: Ints, numbers: Ints, body: Floats, lead: Floats) -> None:
        """Let a newcomer and the articles of ``rows`` know of each other."""
        for mine, cosines in ((row, body), (row + self._capacity, lead)):
            order = np.argsort(-cosines, kind="stable")[:NEAREST]
            self.cosines[mine], self.numbers[mine], self.mates[mine] = 0, -1, False
            self.cosines[mine, : len(order)], self.numbers[mine, : len(order)] = cosines[order], numbers[order]
        theirs, found = np.concatenate([rows, rows + self._capacity]), np.concatenate([body, lead])
        better = found > self.cosines[theirs, -1]
        theirs, found = theirs[better], found[better]
        known = self.cosines[theirs]
        # Behind those that are as near; what comes later moves on by one.
        at = (known >= found[:, None]).sum(axis=1)
        source = _PLACES - (at[:, None] < _PLACES)
        lines = np.arange(len(theirs))
        tables: tuple[tuple[npt.NDArray[Any], Any], ...] = (
            (self.cosines, found),
            (self.numbers, number),
            (self.mates, False),
        )
        for table, new in tables:
            moved = table[theirs[:, None], source]
            moved[lines, at] = new
            table[theirs] = moved

    def pair(self, row: int, number: int, rows: Ints, numbers: Ints) -> None:
        """Let a newcomer and the articles of ``rows`` be mates: no part of the field in which the other stands."""
        for side in (0, self._capacity):
            self.mates[row + side] |= (self.numbers[row + side] == numbers[:, None]).any(axis=0)
            self.mates[rows + side] |= self.numbers[rows + side] == number

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The tables by name, views of one row an article."""
        return {
            "near cosines": self.cosines[: self._capacity],
            "near numbers": self.numbers[: self._capacity],
            "near lead cosines": self.cosines[self._capacity :],
            "near lead numbers": self.numbers[self._capacity :],
            "mates": self.mates[: self._capacity],
            "lead mates": self.mates[self._capacity :],
        }

    def around(self, row: int, rows: Ints, stories: Ints, first: int, apart: bool) -> Floats:
        """How near an article and each of ``rows``, on average, are to their ``AROUND`` nearest in other stories.

        Two that are compared are one story or none, so the story of the other does not count, nor (``apart``) that of
        the first, nor mates beyond ``FEW``: what is left is the field in which they stand.

        Args:
            stories: the story of each row of the window.
            first: the arrival number of the oldest open article.

        Returns:
            For bodies and for leads, shape (2, rows).
        """
        count, theirs = len(rows), stories[rows][:, None]
        # The first article's own list comes last: one line that is held against the story of each of the others.
        lines = np.append(rows, row) + np.array([[0], [self._capacity]])
        numbers, cosines, mates = self.numbers[lines], self.cosines[lines], self.mates[lines]
        homes = np.where(numbers >= first, stories[numbers % self._capacity], NOBODY)
        if mates.any():
            mates &= np.cumsum(mates.view(np.int8), axis=2, dtype=np.int8) > FEW
        field = (numbers >= 0) & ~mates
        if apart:
            field &= homes != stories[row]
        others = np.empty((2, 2, count, NEAREST), np.bool_)
        others[0] = field[:, :count] & (homes[:, :count] != theirs)
        others[1] = field[:, count:] & (homes[:, count:] != theirs)
        others &= np.cumsum(others.view(np.int8), axis=3, dtype=np.int8) <= AROUND
        near = np.einsum("ijk,ijk->ij", cosines[:, :count], others[0], optimize=False)
        near += np.einsum("ik,ijk->ij", cosines[:, count], others[1], optimize=False)
        # What is not in the list of an article is no nearer than the last that is.
        usual = np.where(numbers[..., -1] >= 0, np.minimum(cosines[..., -1], _USUAL), _USUAL)
        missing = AROUND - others.sum(axis=3)
        near += missing[0] * usual[:, :count] + missing[1] * usual[:, count:]
        return np.asarray(near / (2 * AROUND), dtype=np.float32)


_PLACES = np.arange(NEAREST)
_USUAL = np.array(USUAL, np.float32)[:, None]

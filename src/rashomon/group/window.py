"""The open articles: the last so many that came, laid out in rows, so that a newcomer is compared with many at once."""

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.group.likeness import FEATURES, MOST_BETWEEN, MOST_DAYS, Floats
from rashomon.group.vectors import BUCKETS, Vector
from rashomon.model.story import Fingerprint

Ints = npt.NDArray[np.int64]

# Stems of an article that are compared, heaviest first: the rest of the 250 to 300 in a text weigh next to nothing.
BODY, LEAD, HEAD = 128, 64, 24
# The newcomer's heaviest stems look for candidates. More finds no more of the right ones.
PROBES = 40
# Open articles that are compared in full, those that share most weight in the probes.
CANDIDATES = 48
# The nearest articles that each remembers, and how many of them tell what surrounds it.
NEAREST, AROUND = 24, 10
# What stands for a neighbour that is not there, for bodies and for leads: the usual nearness of unlike news, so that
# the first articles of a folder are judged as in a field of many things. Three in four of both sets stay below.
USUAL = (0.2, 0.13)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_DAY = -1
# Days on either side of a late article in which the closed story that it belongs to is looked for.
MOST_DAYS_APART = 14
_NOBODY = -2


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a newcomer is compared by. ``day`` is a number of days, ``NO_DAY`` where none is known."""

    body: Vector
    lead: Vector
    head: Vector
    day: int
    weekdays: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A newcomer beside candidates: their arrival numbers, stories, and the features of each pair."""

    numbers: Ints
    stories: Ints
    features: Floats


class Rows:
    """One sparse vector a row: numbers of stems and their weights."""

    def __init__(self, rows: int, width: int) -> None:
        self.stems = np.zeros((rows, width), np.int32)
        self.weights = np.zeros((rows, width), np.float32)

    def put(self, row: int, vector: Vector) -> None:
        """Replace a row."""
        count = min(len(vector.stems), self.stems.shape[1])
        self.stems[row, :count], self.stems[row, count:] = vector.stems[:count], 0
        self.weights[row, :count], self.weights[row, count:] = vector.weights[:count], 0

    def vector(self, row: int) -> Vector:
        """The vector of a row."""
        count = int(np.count_nonzero(self.weights[row]))
        return Vector(self.stems[row, :count], self.weights[row, :count])

    def cosines(self, rows: Ints, *boards: Floats) -> list[Floats]:
        """Cosine of each row with each of the vectors that are laid out on ``boards``."""
        stems, weights = self.stems[rows], self.weights[rows]
        return [np.asarray(np.einsum("ij,ij->i", board.take(stems), weights, optimize=False)) for board in boards]


class Nearest:
    """For each article those nearest to it, nearest first: cosines and arrival numbers (-1: none)."""

    def __init__(self, rows: int) -> None:
        self.cosines = np.zeros((rows, NEAREST), np.float32)
        self.numbers = np.full((rows, NEAREST), -1, np.int64)

    def put(self, row: int, numbers: Ints, cosines: Floats) -> None:
        """The nearest of a newcomer."""
        order = np.argsort(-cosines, kind="stable")[:NEAREST]
        self.cosines[row], self.numbers[row] = 0, -1
        self.cosines[row, : len(order)], self.numbers[row, : len(order)] = cosines[order], numbers[order]

    def meet(self, rows: Ints, number: int, cosines: Floats) -> None:
        """Let the articles of ``rows`` know of a newcomer, where it is nearer than one that they know."""
        better = cosines > self.cosines[rows, -1]
        rows = rows[better]
        found = np.concatenate([self.cosines[rows], cosines[better, None]], axis=1)
        numbers = np.concatenate([self.numbers[rows], np.full((len(rows), 1), number)], axis=1)
        order = np.argsort(-found, axis=1, kind="stable")[:, :NEAREST]
        self.cosines[rows] = np.take_along_axis(found, order, 1)
        self.numbers[rows] = np.take_along_axis(numbers, order, 1)


class Window:
    """The last ``capacity`` articles by arrival number; row ``number % capacity`` holds one until the next needs it.

    Nothing here grows with the archive: what an article left in the postings is taken out again with it.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = 0
        self.body, self.lead, self.head = (Rows(capacity, width) for width in (BODY, LEAD, HEAD))
        self.near, self.near_lead = Nearest(capacity), Nearest(capacity)
        self.day = np.full(capacity, NO_DAY, np.int32)
        self.weekdays = np.zeros((capacity, 7), np.float32)
        self.story = np.full(capacity, _NOBODY, np.int64)
        self._postings: dict[int, array[int]] = {}
        self._days: npt.NDArray[np.int32] = np.zeros(0, np.int32)  # those of the open articles, sorted
        self._log = np.log1p(np.arange(max(MOST_DAYS, MOST_BETWEEN) + 1)).astype(np.float32)
        self._boards = tuple(np.zeros(BUCKETS, dtype=np.float32) for _ in range(3))

    @property
    def first(self) -> int:
        """The arrival number of the oldest open article."""
        return max(0, self.count - self.capacity)

    def earliest(self, share: float) -> int | None:
        """The day before which no more than ``share`` of the open articles with a day came out."""
        return int(self._days[int(share * len(self._days))]) if len(self._days) else None

    def numbers(self, rows: Ints) -> Ints:
        """Arrival numbers of rows."""
        turn = self.count - self.count % self.capacity
        return np.where(rows < self.count % self.capacity, turn + rows, turn - self.capacity + rows)

    def candidates(self, body: Vector) -> Ints:
        """Rows of the open articles that share most of the newcomer's telling stems, in order of their rows."""
        probes = zip(body.stems[:PROBES].tolist(), body.weights[:PROBES].tolist(), strict=True)
        hits = [(np.frombuffer(rows, np.intc), w * w) for stem, w in probes if (rows := self._postings.get(stem))]
        if not hits:
            return np.zeros(0, np.int64)
        # The square stands for the product of both sides' weights, which is the same where the stem is as heavy in
        # both: enough to choose whom to compare in full.
        weights = np.repeat([w for _, w in hits], [len(rows) for rows, _ in hits])
        score = np.bincount(np.concatenate([rows for rows, _ in hits]), weights)
        found = np.flatnonzero(score)
        if len(found) > CANDIDATES:
            # Of equal scores the earlier rows are taken, so that the choice hangs on nothing else.
            found = np.sort(found[np.argsort(-score[found], kind="stable")[:CANDIDATES]])
        return found

    def compare(self, entry: Entry, rows: Ints) -> Compared:
        """A newcomer beside open articles; they get to know of it, and ``add`` must follow.

        Surroundings are those outside the story of each of ``rows``.
        """
        features = self._likeness(entry, rows)
        self.near.meet(rows, self.count, features[:, 0])
        self.near_lead.meet(rows, self.count, features[:, 2])
        numbers = self.numbers(rows)
        row = self.count % self.capacity  # its own: ``add`` puts it there in a moment
        self.near.put(row, numbers, features[:, 0])
        self.near_lead.put(row, numbers, features[:, 2])
        stories = self.story[rows]
        features[:, 4:6] = self._around(row, rows, stories, stories)
        return Compared(numbers, stories, features)

    def compare_open(self, row: int, rows: Ints) -> Compared:
        """An open article beside others of other stories; surroundings are those outside the stories of both."""
        features = self._likeness(self.entry(row), rows)
        stories = self.story[rows]
        features[:, 4:6] = self._around(row, rows, stories, np.full_like(stories, self.story[row]))
        return Compared(self.numbers(rows), stories, features)

    def _likeness(self, entry: Entry, rows: Ints) -> Floats:
        """The features of an entry beside ``rows``, without surroundings."""
        for board, vector in zip(self._boards, (entry.body, entry.lead, entry.head), strict=True):
            board[vector.stems] = vector.weights
        body, lead, head = self._boards
        features = np.zeros((len(rows), len(FEATURES)), np.float32)
        (features[:, 0],) = self.body.cosines(rows, body)
        features[:, 1], head_in_lead = self.head.cosines(rows, head, lead)
        features[:, 2], lead_in_head = self.lead.cosines(rows, lead, head)
        features[:, 3] = np.maximum(head_in_lead, lead_in_head)
        for board, vector in zip(self._boards, (entry.body, entry.lead, entry.head), strict=True):
            board[vector.stems] = 0
        days = self.day[rows]
        undated = (days == NO_DAY) | (entry.day == NO_DAY)
        features[:, 6] = np.where(undated, 0, self._log[np.minimum(np.abs(days - entry.day), MOST_DAYS)])
        features[:, 7] = undated * (len(self._days) / max(1, min(self.count, self.capacity)))
        features[:, 8] = np.einsum("ij,j->i", self.weekdays[rows], entry.weekdays, optimize=False)
        features[:, 9] = self.weekdays[rows].any(axis=1) & entry.weekdays.any()
        later = np.searchsorted(self._days, np.maximum(days, entry.day), "left")
        between = later - np.searchsorted(self._days, np.minimum(days, entry.day), "right")
        features[:, 10] = np.where(undated, 0, self._log[np.clip(between, 0, MOST_BETWEEN)])
        return features

    def _around(self, row: int, rows: Ints, theirs: Ints, own: Ints) -> Floats:
        """How near one article and each of ``rows``, on average, are to their ``AROUND`` nearest in other stories.

        Two that are compared are one story or none, so neither the story of the one (``own``) nor of the other
        (``theirs``) counts: what is left is the field in which they stand.

        Returns:
            For bodies and for leads, shape (rows, 2).
        """
        sides = (self.near, self.near_lead)
        count = len(rows)
        numbers = np.concatenate(
            [part for s in sides for part in (s.numbers[rows], np.broadcast_to(s.numbers[row], (count, NEAREST)))]
        )
        cosines = np.concatenate(
            [part for s in sides for part in (s.cosines[rows], np.broadcast_to(s.cosines[row], (count, NEAREST)))]
        )
        stories = np.where(numbers >= self.first, self.story[numbers % self.capacity], _NOBODY)
        others = (numbers >= 0) & (stories != np.tile(theirs, 4)[:, None])
        if own is not theirs:
            others &= stories != np.tile(own, 4)[:, None]
        others &= np.cumsum(others, axis=1, dtype=np.int8) <= AROUND
        missing = (AROUND - others.sum(axis=1)) * np.repeat(np.array(USUAL, np.float32), 2 * count)
        found = (np.einsum("ij,ij->i", cosines, others, optimize=False) + missing) / AROUND
        return np.asarray(found.reshape(2, 2, count).sum(axis=1).T / 2, dtype=np.float32)

    def make_room(self) -> int | None:
        """Let the oldest article go if the window is full; the story that it was in. Comes before all comparing."""
        if self.count < self.capacity:
            return None
        row = self.count % self.capacity
        story = int(self.story[row])
        for stem in self.body.stems[row, :PROBES][self.body.weights[row, :PROBES] > 0].tolist():
            # Postings are in order of arrival, so the oldest article is the first of each.
            rows = self._postings[stem]
            rows.pop(0)
            if not rows:
                del self._postings[stem]
        if self.day[row] != NO_DAY:
            self._days = np.delete(self._days, np.searchsorted(self._days, self.day[row]))
        self.body.weights[row] = 0
        self.day[row] = NO_DAY
        self.story[row] = _NOBODY
        return story

    def add(self, entry: Entry, story: int) -> int:
        """Open an article that has been compared; its arrival number."""
        number = self.count
        row = number % self.capacity
        self.body.put(row, entry.body)
        self.lead.put(row, entry.lead)
        self.head.put(row, entry.head)
        self.day[row], self.weekdays[row], self.story[row] = entry.day, entry.weekdays, story
        if entry.day != NO_DAY:
            self._days = np.insert(self._days, np.searchsorted(self._days, entry.day), entry.day)
        self.count += 1
        self._post(row)
        return number

    def entry(self, row: int) -> Entry:
        """What the article of a row is compared by."""
        return Entry(
            self.body.vector(row), self.lead.vector(row), self.head.vector(row), int(self.day[row]), self.weekdays[row]
        )

    def open_numbers(self, rows: Ints) -> Ints:
        """The nearest articles of each of ``rows`` that are open, as rows of the window; -1 where one is not."""
        numbers = self.near.numbers[rows]
        return np.where(numbers >= self.first, numbers % self.capacity, -1)

    def kept(self) -> dict[str, npt.NDArray[Any]]:
        """The rows in use, by name; ``restored`` takes them. Postings and sorted days are built anew from them."""
        used = min(self.count, self.capacity)
        return {name: rows[:used] for name, rows in self._arrays().items()}

    def restored(self, count: int, kept: dict[str, npt.NDArray[Any]]) -> None:
        """Go on from what ``kept`` gave after ``count`` articles. Only for a window that is still empty."""
        self.count = count
        for name, rows in self._arrays().items():
            rows[: len(kept[name])] = kept[name]
        for number in range(self.first, count):
            self._post(number % self.capacity)
        self._days = np.sort(self.day[self.day != NO_DAY])

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        found: dict[str, npt.NDArray[Any]] = {"day": self.day, "weekdays": self.weekdays, "story": self.story}
        for name, rows in (("body", self.body), ("lead", self.lead), ("head", self.head)):
            found |= {f"{name} stems": rows.stems, f"{name} weights": rows.weights}
        for name, near in (("near", self.near), ("near lead", self.near_lead)):
            found |= {f"{name} cosines": near.cosines, f"{name} numbers": near.numbers}
        return found

    def _post(self, row: int) -> None:
        for stem in self.body.stems[row, :PROBES][self.body.weights[row, :PROBES] > 0].tolist():
            self._postings.setdefault(stem, array("i")).append(row)


def weekdays_of(found: Fingerprint) -> Floats:
    """How often each day of the week is named, as a unit vector (zero where none is)."""
    counts = dict(found.words)
    named = np.array([counts.get(day, 0) for day in _WEEKDAYS], dtype=np.float32)
    norm = float(np.sqrt((named * named).sum()))
    return named / np.float32(norm) if norm else named


def day_number(iso: str | None) -> int:
    """Days since year 1 of an ISO date or date and time; ``NO_DAY`` for anything else."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else NO_DAY
    except ValueError:
        return NO_DAY


def day_of(number: int) -> str:
    """The ISO date of a number of days."""
    return date.fromordinal(number).isoformat()

"""The open articles: the last so many that came, laid out in rows, so that a newcomer is compared with many at once."""

from array import array
from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.group.likeness import FEATURES, MOST_BETWEEN, MOST_DAYS, Doubles, Floats
from rashomon.group.nearest import NOBODY, Ints, Nearest
from rashomon.group.vectors import BUCKETS, Vector
from rashomon.model.story import Fingerprint

# Stems of an article that are compared, heaviest first: the rest of the 250 to 300 in a text weigh next to nothing.
BODY, LEAD, HEAD = 128, 64, 24
# The newcomer's heaviest stems look for candidates. More finds no more of the right ones.
PROBES = 40
# Open articles that are compared in full, those that share most weight in the probes.
CANDIDATES = 48
# Log odds from which on two articles are mates (see ``Nearest``). Of big stories 0 finds most; the sets do not care.
MATES = 0.0
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_DAY = -1
# Days on either side of a late article in which the closed story that it belongs to is looked for.
MOST_DAYS_APART = 14
# An article's row has its body, lead and head beside each other. On the board, where one article's weights are laid out
# by the numbers of stems, each has a region: leads the first and heads the second, so that flipping one bit puts
# either in the other's place.
_STARTS = (0, BODY, BODY + LEAD)
_REGION = (2 * BUCKETS, 0, BUCKETS)
_FLIP = BUCKETS
_NO_STEM = 3 * BUCKETS


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
    """A newcomer beside candidates: their rows, stories, and the features of each pair."""

    rows: Ints
    stories: Ints
    features: Floats


class Window:
    """The last ``capacity`` articles by arrival number; row ``number % capacity`` holds one until the next needs it.

    Nothing here grows with the archive: what an article left in the postings is taken out again with it.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = 0
        width = BODY + LEAD + HEAD
        self.stems = np.full((capacity, width), _NO_STEM, np.int32)
        self.weights = np.zeros((capacity, width), np.float32)
        self.near = Nearest(capacity)
        self.day = np.full(capacity, NO_DAY, np.int32)
        self.weekdays = np.zeros((capacity, 7), np.float32)
        self.story = np.full(capacity, NOBODY, np.int64)
        # The best log odds that each article has had with any other when they met.
        self.likeliest = np.full(capacity, -np.inf, np.float32)
        self._postings: dict[int, array[int]] = {}
        self._days = array("i")  # those of the open articles, sorted
        self._log = np.log1p(np.arange(max(MOST_DAYS, MOST_BETWEEN) + 1)).astype(np.float32)
        self._board = np.zeros(_NO_STEM + 1, np.float32)

    @property
    def first(self) -> int:
        """The arrival number of the oldest open article."""
        return max(0, self.count - self.capacity)

    def earliest(self, share: float) -> int | None:
        """The day before which no more than ``share`` of the open articles with a day came out."""
        return self._days[int(share * len(self._days))] if len(self._days) else None

    def numbers(self, rows: Ints) -> Ints:
        """Arrival numbers of rows."""
        turn = self.count - self.count % self.capacity
        return np.where(rows < self.count % self.capacity, turn + rows, turn - self.capacity + rows)

    def candidates(self, body: Vector) -> Ints:
        """Rows of the open articles that share most of the newcomer's telling stems, in order of their rows."""
        probes = zip(body.stems[:PROBES].tolist(), body.weights[:PROBES].tolist(), strict=True)
        hits = [(rows, w * w) for stem, w in probes if (rows := self._postings.get(stem))]
        if not hits:
            return np.zeros(0, np.int64)
        # The square stands for the product of both sides' weights, which is the same where the stem is as heavy in
        # both: enough to choose whom to compare in full.
        weights = np.repeat([w for _, w in hits], [len(rows) for rows, _ in hits])
        score = np.bincount(np.frombuffer(b"".join([rows for rows, _ in hits]), np.intc), weights)
        found = np.flatnonzero(score > 0)
        if len(found) <= CANDIDATES:
            return found
        score = score[found]
        least = np.partition(score, -CANDIDATES)[-CANDIDATES]
        # Of equal scores the earlier rows are taken, so that the choice hangs on nothing else.
        better, equal = found[score > least], found[score == least]
        return np.sort(np.concatenate([better, equal[: CANDIDATES - len(better)]]))

    def compare(self, entry: Entry, rows: Ints) -> Compared:
        """A newcomer beside open articles; they get to know of it, and ``add`` must follow.

        Surroundings are those outside the story of each of ``rows``.
        """
        row = self.count % self.capacity
        self._put(row, entry)
        features = self._likeness(row, rows)
        self.near.meet(row, self.count, rows, self.numbers(rows), features[0], features[2])
        features[4:6] = self.near.around(row, rows, self.story, self.first, apart=False)
        return Compared(rows, self.story[rows], features.T)

    def met(self, rows: Ints, odds: Doubles) -> None:
        """Remember the log odds of a newcomer with ``rows``, for its row and theirs."""
        if len(rows):
            self.likeliest[rows] = np.maximum(self.likeliest[rows], odds)
            self.likeliest[self.count % self.capacity] = odds.max()
            mates = rows[odds >= MATES]
            if len(mates):
                self.near.pair(self.count % self.capacity, self.count, mates, self.numbers(mates))

    def compare_open(self, row: int, rows: Ints) -> Compared:
        """An open article beside other open ones; surroundings are those outside the stories of both."""
        features = self._likeness(row, rows)
        features[4:6] = self.near.around(row, rows, self.story, self.first, apart=True)
        return Compared(rows, self.story[rows], features.T)

    def _put(self, row: int, entry: Entry) -> None:
        """Lay an article out in its row."""
        stems, weights = self.stems[row], self.weights[row]
        stems[:], weights[:] = _NO_STEM, 0
        for start, room, region, vector in zip(
            _STARTS, (BODY, LEAD, HEAD), _REGION, (entry.body, entry.lead, entry.head), strict=True
        ):
            end = start + min(room, len(vector.stems))
            stems[start:end] = vector.stems[:room] + np.int32(region)
            weights[start:end] = vector.weights[:room]
        self.day[row], self.weekdays[row] = entry.day, entry.weekdays

    def _likeness(self, row: int, rows: Ints) -> Floats:
        """The features of an article beside others, without surroundings, shape (features, rows)."""
        features = np.zeros((len(FEATURES), len(rows)), np.float32)
        board, own, own_weights = self._board, self.stems[row], self.weights[row]
        stems, weights = self.stems[rows], self.weights[rows]
        board[own] = own_weights
        features[0], features[2], features[1] = np.add.reduceat(board.take(stems) * weights, _STARTS, axis=1).T
        board[own] = 0
        # Heads in leads and leads in heads.
        flipped = own[BODY:] ^ _FLIP
        board[flipped] = own_weights[BODY:]
        across = np.add.reduceat(board.take(stems[:, BODY:]) * weights[:, BODY:], (0, LEAD), axis=1)
        board[flipped] = 0
        features[3] = across.max(axis=1)
        day, days = self.day[row], self.day[rows]
        dated = (days != NO_DAY) & (day != NO_DAY)
        features[6] = self._log[np.minimum(np.abs(days - day), MOST_DAYS)] * dated
        features[7] = ~dated * (len(self._days) / max(1, min(self.count, self.capacity)))
        weekdays = self.weekdays[rows]
        features[8] = np.einsum("ij,j->i", weekdays, self.weekdays[row], optimize=False)
        features[9] = weekdays.any(axis=1) & self.weekdays[row].any()
        if len(self._days):
            known = np.frombuffer(self._days, np.intc)
            between = known.searchsorted(np.maximum(days, day)) - known.searchsorted(np.minimum(days, day), "right")
            features[10] = self._log[np.minimum(np.maximum(between, 0), MOST_BETWEEN)] * dated
        return features

    def make_room(self) -> int | None:
        """Let the oldest article go if the window is full; the story that it was in. Comes before all comparing."""
        if self.count < self.capacity:
            return None
        row = self.count % self.capacity
        story = int(self.story[row])
        for stem in self._probes(row):
            # Postings are in order of arrival, so the oldest article is the first of each.
            rows = self._postings[stem]
            rows.pop(0)
            if not rows:
                del self._postings[stem]
        if self.day[row] != NO_DAY:
            del self._days[bisect_left(self._days, int(self.day[row]))]
        self.weights[row] = 0
        self.day[row] = NO_DAY
        self.story[row] = NOBODY
        self.likeliest[row] = -np.inf
        return story

    def add(self, entry: Entry, story: int) -> int:
        """Open an article that has been compared; its arrival number."""
        number = self.count
        row = number % self.capacity
        self.story[row] = story
        if entry.day != NO_DAY:
            insort(self._days, entry.day)
        self.count += 1
        self._post(row)
        return number

    def neighbours(self, rows: Ints) -> tuple[Ints, Floats]:
        """Of the articles nearest to each of ``rows`` those that are open: their stories, and the cosines of bodies."""
        numbers, cosines = self.near.numbers[rows], self.near.cosines[rows]
        still = numbers >= self.first
        return self.story[numbers[still] % self.capacity], cosines[still]

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
        self._days = array("i", np.sort(self.day[self.day != NO_DAY]).tolist())

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What there is of each article, one a row."""
        found: dict[str, npt.NDArray[Any]] = {
            "stems": self.stems,
            "weights": self.weights,
            "day": self.day,
            "weekdays": self.weekdays,
            "story": self.story,
            "likeliest": self.likeliest,
        }
        return found | self.near.arrays()

    def _post(self, row: int) -> None:
        for stem in self._probes(row):
            if rows := self._postings.get(stem):
                rows.append(row)
            else:
                self._postings[stem] = array("i", (row,))

    def _probes(self, row: int) -> list[int]:
        """Numbers of the stems by which an article is found."""
        found: list[int] = (self.stems[row, :PROBES][self.weights[row, :PROBES] > 0] - _REGION[0]).tolist()
        return found


def weekdays_of(found: Fingerprint) -> Floats:
    """How often each day of the week is named, as a unit vector (zero where none is)."""
    places = [bisect_left(found.words, (day,)) for day in _WEEKDAYS]
    words = [found.words[place] if place < len(found.words) else ("", 0) for place in places]
    named = np.array([n if word == day else 0 for (word, n), day in zip(words, _WEEKDAYS, strict=True)], np.float32)
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

"""The open articles, and which of them share telling words or whole passages with a newcomer."""

from array import array
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from rashomon.group.vectors import Vector

# The newcomer's heaviest stems look for candidates; the rest only weigh them. More finds no more of the right ones.
PROBES = 40
# Every candidate is then compared in full.
CANDIDATES = 24
# A story is judged by its best members, so a long-running one need not crowd out the others.
PER_STORY = 4
# How many are ranked before a story's share is cut.
RANKED = 96
# The smallest hashes of a sketch are its index: of a pair with a fifth of its 8-grams in common about five meet.
SHINGLE_PROBES = 24


@dataclass(slots=True)
class Entry:
    """An open article as the index keeps it.

    ``surroundings``: how near it was to other stories on arrival; ``original``: the article that it repeats.
    """

    article_id: str
    story: str
    day: int | None
    days: frozenset[int]
    body: Vector
    head: Vector
    lead: Vector
    grams: npt.NDArray[np.int64]
    surroundings: float = 0.0
    original: str | None = None


class Index:
    """Open articles by their telling stems and their shingles.

    Once more than ``capacity`` articles are open, whole stories are closed, first the one that has been without a new
    article for longest. Nothing here grows with the archive.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._clear()

    def _clear(self) -> None:
        # Slots number the open articles in order of arrival; a closed one leaves a gap until the next renumbering.
        self._entries: list[Entry | None] = []
        self._stories: OrderedDict[str, list[int]] = OrderedDict()
        self._stems: dict[int, array[int]] = defaultdict(lambda: array("i"))
        self._shingles: dict[int, array[int]] = defaultdict(lambda: array("i"))
        self._open = 0

    def __len__(self) -> int:
        return self._open

    @property
    def stories(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def members(self, story: str) -> int:
        """How many articles of a story are open."""
        return len(self._stories.get(story, ()))

    def add(self, entry: Entry) -> None:
        """Open an article."""
        slot = len(self._entries)
        self._entries.append(entry)
        self._stories.setdefault(entry.story, []).append(slot)
        self._stories.move_to_end(entry.story)
        for stem in entry.body.stems[:PROBES].tolist():
            self._stems[stem].append(slot)
        for gram in entry.grams[:SHINGLE_PROBES].tolist():
            self._shingles[gram].append(slot)
        self._open += 1
        self._close_stale()

    def alike(self, body: Vector) -> list[Entry]:
        """The open articles that share the most telling stems with ``body``, best first."""
        probes = zip(body.stems[:PROBES].tolist(), body.weights[:PROBES].tolist(), strict=True)
        hits = [(np.frombuffer(slots, dtype=np.intc), w * w) for stem, w in probes if (slots := self._stems.get(stem))]
        if not hits:
            return []
        # The square stands for the product of both sides' weights, which is the same where the stem is as heavy in
        # both: enough to choose whom to compare in full.
        lengths = [len(slots) for slots, _ in hits]
        weights = np.repeat([w for _, w in hits], lengths)
        score = np.bincount(np.concatenate([slots for slots, _ in hits]), weights)
        least = np.partition(score, -RANKED)[-RANKED] if len(score) > RANKED else 0.0
        near = np.flatnonzero((score >= least) & (score > 0))
        taken: Counter[str] = Counter()
        found: list[Entry] = []
        for slot in near[np.argsort(-score[near], kind="stable")].tolist():
            entry = self._entries[slot]
            if entry is None or taken[entry.story] >= PER_STORY:
                continue
            taken[entry.story] += 1
            found.append(entry)
            if len(found) == CANDIDATES:
                break
        return found

    def sharing(self, shingles: tuple[int, ...]) -> list[Entry]:
        """The open articles that share shingles, in order of arrival."""
        slots = {slot for gram in shingles[:SHINGLE_PROBES] for slot in self._shingles.get(gram, ())}
        return [entry for slot in sorted(slots) if (entry := self._entries[slot])]

    def _close_stale(self) -> None:
        while self._open > self._capacity and len(self._stories) > 1:
            _, slots = self._stories.popitem(last=False)
            for slot in slots:
                self._entries[slot] = None
            self._open -= len(slots)
        # Renumbering now and then costs each closed article a constant.
        if len(self._entries) > self._open + self._capacity // 2:
            self._renumber()

    def _renumber(self) -> None:
        entries, stories = self._entries, list(self._stories)
        self._clear()
        for entry in entries:
            if entry is not None:
                self.add(replace(entry))
        for story in stories:
            self._stories.move_to_end(story)


def day_number(iso: str | None) -> int | None:
    """Days since year 1 of an ISO date or date and time; None for anything else."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None

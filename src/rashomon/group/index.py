"""The open articles, and which of them share telling words or whole passages with a newcomer."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from rashomon.group.vectors import Vector

# The newcomer's heaviest stems look for candidates; the rest only weigh them. More finds no more of the right ones.
PROBES = 40
# Every candidate is then compared in full.
CANDIDATES = 32
# A story is judged by its best members, so a long-running one need not crowd out the others.
PER_STORY = 4
# The smallest hashes of a sketch are its index: of a pair with a fifth of its 8-grams in common about five meet.
SHINGLE_PROBES = 24


@dataclass(slots=True)
class Entry:
    """An open article as the index keeps it. ``surroundings``: how near it was to other stories on arrival;
    ``original``: the article that it repeats.
    """

    article_id: str
    story: str
    day: int | None
    days: frozenset[int]
    body: Vector
    head: Vector
    lead: Vector
    shingles: tuple[int, ...]
    surroundings: float = 0.0
    original: str | None = None


@dataclass(slots=True)
class Index:
    """Open articles by their telling stems and their shingles.

    Once more than ``capacity`` articles are open, whole stories are closed, first the one that has been without a new
    article for longest. Nothing here grows with the archive.
    """

    capacity: int
    entries: dict[int, Entry] = field(default_factory=dict)
    stories: OrderedDict[str, list[int]] = field(default_factory=OrderedDict)
    _stems: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _shingles: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _next: int = 0
    _closed: int = 0

    def add(self, entry: Entry) -> int:
        """Open an article; returns its slot, which grows with arrival."""
        slot = self._next
        self._next += 1
        self._post(slot, entry)
        self.entries[slot] = entry
        self.stories.setdefault(entry.story, []).append(slot)
        self.stories.move_to_end(entry.story)
        self._close_stale()
        return slot

    def rename(self, old: str, new: str) -> None:
        """Move the articles of story ``old`` to story ``new``, which is open."""
        slots = self.stories.pop(old)
        for slot in slots:
            self.entries[slot].story = new
        self.stories[new] = sorted(self.stories[new] + slots)
        self.stories.move_to_end(new)

    def alike(self, body: Vector) -> list[int]:
        """Slots of the open articles that share the most telling stems with ``body``, best first."""
        score: dict[int, float] = {}
        entries = self.entries
        for stem, weight in _heaviest(body):
            for slot in self._stems.get(stem, ()):
                # The square stands for the product of both sides' weights, which is the same where the stem is as
                # heavy in both: enough to choose whom to compare in full.
                score[slot] = score.get(slot, 0.0) + weight * weight
        ranked = sorted(score, key=lambda s: (-score[s], s))
        taken: Counter[str] = Counter()
        found: list[int] = []
        for slot in ranked:
            entry = entries.get(slot)
            if entry is None or taken[entry.story] >= PER_STORY:
                continue
            taken[entry.story] += 1
            found.append(slot)
            if len(found) == CANDIDATES:
                break
        return found

    def sharing(self, shingles: tuple[int, ...]) -> list[int]:
        """Slots of the open articles that share shingles, most of them first."""
        hits = Counter(
            slot for h in shingles[:SHINGLE_PROBES] for slot in self._shingles.get(h, ()) if slot in self.entries
        )
        return sorted(hits, key=lambda s: (-hits[s], s))[:CANDIDATES]

    def _post(self, slot: int, entry: Entry) -> None:
        for stem, _ in _heaviest(entry.body):
            self._stems[stem].append(slot)
        for h in entry.shingles[:SHINGLE_PROBES]:
            self._shingles[h].append(slot)

    def _close_stale(self) -> None:
        while len(self.entries) > self.capacity and len(self.stories) > 1:
            _, slots = self.stories.popitem(last=False)
            for slot in slots:
                del self.entries[slot]
            self._closed += len(slots)
        # Closed articles leave the postings in one go now and then, which costs each of them a constant.
        if self._closed > self.capacity // 2:
            self._closed = 0
            self._stems = defaultdict(list)
            self._shingles = defaultdict(list)
            for slot, entry in self.entries.items():
                self._post(slot, entry)


def _heaviest(body: Vector) -> Iterable[tuple[str, float]]:
    return islice(sorted(body.items(), key=lambda item: (-item[1], item[0])), PROBES)


def day_number(iso: str | None) -> int | None:
    """Days since year 1 of an ISO date or date and time; None for anything else."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None

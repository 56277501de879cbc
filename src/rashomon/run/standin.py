"""Stands for the grouper that is on its way."""

import pickle

from rashomon import group
from rashomon.group.closed import Closed
from rashomon.model.story import Fingerprint, Placement


class Grouper:
    """As its interface will be."""

    def __init__(self, *, closed: Closed | None = None, open_articles: int = 20_000) -> None:
        self.inner = group.Grouper(open_articles=open_articles)
        self.seen: list[Fingerprint] = []
        self.closed = closed

    def add(self, fp: Fingerprint) -> Placement:
        """Place."""
        self.seen.append(fp)
        return Placement(self.inner.add(fp))

    def current(self, story_id: str) -> str:
        """Follow."""
        return story_id

    def freeze(self) -> bytes:
        """Freeze."""
        return pickle.dumps(self.seen)

    @classmethod
    def thaw(cls, state: bytes, *, closed: Closed | None = None) -> "Grouper":
        """Thaw."""
        made = cls(closed=closed)
        for fp in pickle.loads(state):
            made.add(fp)
        return made

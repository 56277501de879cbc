"""Stands for the grouper whose state can be frozen, until it is there: this one takes every article in again."""

import pickle
from typing import Any

from rashomon import group
from rashomon.group.closed import Closed
from rashomon.model.story import Fingerprint, Merge, Placement


class Grouper:
    """As its interface will be."""

    def __init__(self, *, closed: Closed | None = None, open_articles: int = 20_000) -> None:
        made: Any = group.Grouper
        self.inner: Any = made(open_articles=open_articles)
        self.closed = closed
        self.seen: list[Fingerprint | None] = []

    def add(self, fp: Fingerprint) -> Placement:
        """Place an article."""
        self.seen.append(fp)
        found = self.inner.add(fp)
        return found if isinstance(found, Placement) else Placement(found)

    def settle(self) -> tuple[Merge, ...]:
        """Settle at the end of the input."""
        self.seen.append(None)
        return tuple(self.inner.settle()) if hasattr(self.inner, "settle") else ()

    def current(self, story_id: str) -> str:
        """Follow merges."""
        return str(self.inner.current(story_id)) if hasattr(self.inner, "settle") else story_id

    def freeze(self) -> bytes:
        """All that came in."""
        return pickle.dumps(self.seen)

    @classmethod
    def thaw(cls, state: bytes, *, closed: Closed | None = None) -> "Grouper":
        """Take it in again."""
        made = cls(closed=closed)
        for fp in pickle.loads(state):
            _ = made.add(fp) if fp else made.settle()
        return made

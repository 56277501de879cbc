"""Where stories go when they leave memory, and how a late article finds them."""

from collections.abc import Sequence
from typing import Protocol

from rashomon.model.story import Assignment, Fingerprint


class Closed(Protocol):
    """The articles of closed stories, kept by somebody else (a store): asked only when an article comes late."""

    def near(
        self, stems: Sequence[str], first: str | None, last: str | None, most: int
    ) -> list[tuple[Fingerprint, Assignment]]:
        """Articles that share telling words with a late one, those that share most of them first.

        Args:
            stems: telling stems of the late article, the most telling first.
            first: only articles published on or after this day (``YYYY-MM-DD``); None for no bound.
            last: only articles published on or before this day.
            most: how many articles at most.
        """
        ...

    def members(self, story_id: str) -> list[tuple[Fingerprint, Assignment]]:
        """All articles of a story, in order of arrival."""
        ...

"""A late article beside closed stories: what the window no longer holds is fetched and compared for once."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from rashomon.group.closed import Closed
from rashomon.group.likeness import Curves
from rashomon.group.window import CANDIDATES, MOST_DAYS_APART, Entry, Window, day_of
from rashomon.model.story import Fingerprint


def late_stories(
    closed: Closed,
    stems: Sequence[str],
    entry: Entry,
    entry_of: Callable[[Fingerprint], Entry],
    curves: Curves,
    *,
    links: int,
) -> dict[str, float]:
    """Mean log odds of the closed stories around a late article's day, by their ids.

    The articles found stand in a window of their own, so that they are each other's surroundings.
    """
    first, last = day_of(entry.day - MOST_DAYS_APART), day_of(entry.day + MOST_DAYS_APART)
    found = closed.near(stems, first, last, CANDIDATES)
    ids = list(dict.fromkeys(assignment.story_id for _, assignment in found))
    window = Window(CANDIDATES + 1)
    for fingerprint, assignment in reversed(found):
        earlier = entry_of(fingerprint)
        window.compare(earlier, window.candidates(earlier.body))
        window.add(earlier, ids.index(assignment.story_id))
    compared = window.compare(entry, window.candidates(entry.body))
    odds: dict[str, list[float]] = defaultdict(list)
    for story, value in zip(compared.stories.tolist(), curves.odds(compared.features).tolist(), strict=True):
        odds[ids[story]].append(value)
    return {story: sum(sorted(values)[-links:]) / len(values[-links:]) for story, values in odds.items()}

"""What becomes of stories while articles stream in: which are open, which became one, which are of one affair."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from rashomon.model.story import Merge, Relation

T = TypeVar("T")


class OpenStories(Generic[T]):
    """Something kept of each article of the stories that are open, in order of arrival.

    >>> stories = OpenStories[str](most=2)
    >>> for story, article in (("s_1", "a"), ("s_2", "b"), ("s_1", "c")):
    ...     stories.add(story, article)
    >>> stories.merge("s_2", "s_1")
    ['b']
    >>> stories.add("s_3", "d")
    >>> list(stories.overflow())
    [('s_1', ['a', 'b', 'c'])]
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._count = self._kept = 0
        self._stories: OrderedDict[str, list[tuple[int, T]]] = OrderedDict()
        self._first: dict[str, int] = {}

    def __contains__(self, story_id: str) -> bool:
        return story_id in self._stories

    def add(self, story_id: str, item: T) -> None:
        """One more article of a story."""
        self._stories.setdefault(story_id, []).append((self._count, item))
        self._stories.move_to_end(story_id)
        self._first.setdefault(story_id, self._count)
        self._count += 1
        self._kept += 1

    def merge(self, old: str, new: str) -> list[T]:
        """Put what ``old`` has into ``new`` and give it."""
        moved = self._stories.pop(old, [])
        if moved:
            first = self._first.pop(old)
            self._first[new] = min(first, self._first.get(new, first))
            self._stories[new] = sorted([*self._stories.get(new, ()), *moved], key=lambda numbered: numbered[0])
            self._stories.move_to_end(new)
        return [item for _, item in moved]

    def overflow(self) -> Iterator[tuple[str, list[T]]]:
        """Take out the stories without news for longest, until at most ``most`` articles are kept."""
        while self._most is not None and self._kept > self._most and len(self._stories) > 1:
            yield self._take(next(iter(self._stories)))

    def rest(self) -> Iterator[tuple[str, list[T]]]:
        """Take out all stories, in the order in which they were first seen."""
        for story_id in sorted(self._stories, key=lambda story_id: self._first[story_id]):
            yield self._take(story_id)

    def _take(self, story_id: str) -> tuple[str, list[T]]:
        items = [item for _, item in self._stories.pop(story_id)]
        del self._first[story_id]
        self._kept -= len(items)
        return story_id, items


class Ties:
    """Which stories are of one affair, and which ids ended in a story, as both come."""

    def __init__(self) -> None:
        self._names: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self._former: defaultdict[str, list[str]] = defaultdict(list)
        self._ended: dict[str, str] = {}

    def relate(self, relation: Relation) -> None:
        """Two stories are of one affair; one that has ended meanwhile stands for the one that it ended in."""
        ends = [self._ended.get(story_id, story_id) for story_id in (relation.story_id, relation.other)]
        for one, other in (ends, ends[::-1]):
            if one != other:
                self._names[one].setdefault(other, set()).update(relation.names)

    def merge(self, merge: Merge) -> None:
        """The story that goes on has the relations of the one that ended."""
        ended = [*self._former.pop(merge.story_id, ()), merge.story_id]
        self._former[merge.into] += ended
        self._ended |= dict.fromkeys(ended, merge.into)
        for other, names in self._names.pop(merge.story_id, {}).items():
            self._names[other].pop(merge.story_id, None)
            self.relate(Relation(merge.into, other, tuple(names)))

    def related(self, story_id: str) -> dict[str, tuple[str, ...]]:
        """What a story has in common with each that is related to it, by their ids, sorted."""
        return {other: tuple(sorted(names)) for other, names in sorted(self._names.get(story_id, {}).items())}

    def former(self, story_id: str) -> list[str]:
        """The ids, sorted, that a story had before."""
        return sorted(self._former.get(story_id, ()))

    def forget(self, story_id: str) -> None:
        """A story that is done with: nothing is kept of it but what others know of it."""
        self._names.pop(story_id, None)
        for ended in self._former.pop(story_id, ()):
            del self._ended[ended]

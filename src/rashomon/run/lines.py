"""The lines of ``rashomon group``, held back until nearly all that may still change has, then given once."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rashomon.model.story import Merge, Relation, Reuse
from rashomon.run.grouping import OPEN_ARTICLES, Event, Grouped
from rashomon.run.stories import OpenStories
from rashomon.store import Store

# A line waits for so many later articles: stories that turn out to be one mostly do so soon, while their event is news.
HOLD = 4_096
# Articles whose lines can still be given again: those of the stories that the grouper may still merge, and some more,
# since which stories it closes first is its own affair.
KEPT = 2 * OPEN_ARTICLES


@dataclass(slots=True)
class Line:
    """One article as ``rashomon group`` tells it; ``duplicate_of`` and what comes with ``reuses`` are refs."""

    article_id: str
    ref: str
    story: str
    duplicate_of: str | None
    reuses: tuple[tuple[str, Reuse], ...] = ()
    given: bool = field(default=False, compare=False)


def settled(
    stream: Iterable[Event],
    *,
    ref_of: Callable[[Sequence[str]], dict[str, str]] = lambda _: {},
    recall: Callable[[Merge], Iterable[Line]] | None = None,
    hold: int = HOLD,
    kept: int = KEPT,
) -> Iterator[Line]:
    """A line for each article, in order, once ``hold`` later ones have come or the stream has ended.

    Where a merge moves an article whose line was given already, it is given again: the last line of an article counts.

    Args:
        stream: articles as they were placed, and the merges between them.
        ref_of: the refs, by id, of articles that are not of this stream, or of stories closed long ago.
        recall: the lines of a story of which nothing is remembered here, as it was before a merge; of these, those that
            were given are given again. Without it, such lines stay as they are.
        hold: how many later articles a line waits for.
        kept: how many articles of the stories with the latest news are remembered, so that they can be given again.
    """
    waiting: deque[Line] = deque()
    stories: OpenStories[Line] = OpenStories(kept)
    refs: dict[str, str] = {}
    closed: set[str] = set()
    for item in stream:
        if isinstance(item, Merge):
            if item.story_id in stories:
                moved: Iterable[Line] = stories.merge(item.story_id, item.into)
            else:
                moved = (line for line in recall(item) if line.article_id in closed) if recall and closed else ()
            for line in moved:
                line.story = item.into
                if line.given:
                    yield line
            continue
        if isinstance(item, Relation):
            continue
        earlier = {item.assignment.duplicate_of, *(_other(reuse, item) for reuse in item.reuses)} - {None, *refs}
        found = refs | ref_of(sorted(filter(None, earlier))) if earlier else refs
        original = item.assignment.duplicate_of
        line = Line(
            item.article.id,
            item.article.ref,
            item.assignment.story_id,
            found.get(original, original) if original else None,
            tuple((found.get(other := _other(reuse, item), other), reuse) for reuse in item.reuses),
        )
        refs[line.article_id] = line.ref
        stories.add(line.story, line)
        waiting.append(line)
        if len(waiting) > hold:
            yield _give(waiting.popleft())
        for _, lines in stories.overflow():
            for old in lines:
                refs.pop(old.article_id, None)
                if recall:
                    closed.add(old.article_id)
    while waiting:
        yield _give(waiting.popleft())


def _other(reuse: Reuse, item: Grouped) -> str:
    return reuse.source if reuse.target == item.article.id else reuse.target


def _give(line: Line) -> Line:
    line.given = True
    return line


def stored_lines(store: Store, merge: Merge) -> Iterator[Line]:
    """The lines of a story of a store as they were before it ended in this merge."""
    assigned = [assignment for _, assignment in store.grouped(merge.story_id, before=merge.article_id)]
    reuses = store.reuses([a.article_id for a in assigned])
    for a in assigned:
        found = reuses.get(a.article_id, ())
        others = [reuse.source if reuse.target == a.article_id else reuse.target for reuse in found]
        refs = store.refs([a.article_id, *filter(None, [a.duplicate_of]), *others])
        yield Line(
            a.article_id,
            refs[a.article_id],
            a.story_id,
            refs[a.duplicate_of] if a.duplicate_of else None,
            tuple((refs[other], reuse) for other, reuse in zip(others, found, strict=True)),
            given=True,
        )

"""Articles placed among stories as they come, in memory or among the stories of a store."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rashomon.group import Grouper, fingerprint
from rashomon.group.reuse import ReuseFinder, words_of_article
from rashomon.group.texts import Words
from rashomon.group.words import background, rarity
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Assignment, Fingerprint, Merge, Placement, Relation, Reuse
from rashomon.run.reading import Progress
from rashomon.store import Checkpoint, Store

# How many articles newcomers are compared with: this bounds the memory of grouping.
OPEN_ARTICLES = 20_000
# So many articles later the grouper's state is kept again. To freeze, pack and write a full window (70 MB) takes as
# long as placing a thousand articles; what a crash costs is placing these anew when the store is opened.
CHECKPOINT = 4_096
# An article of a store is compared with so many earlier ones for passages in common. They are read again, at two
# milliseconds each, when a run brings something new.
REUSED = 2_048
# At the end of a run the state is kept if placing what came since the last time would take longer: two seconds.
WORTH = 1_024


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its marks."""

    article: Article
    marks: Marks


@dataclass(frozen=True, slots=True)
class Grouped:
    """An article in its story. One that a store held already comes without its text and marks."""

    article: Article
    assignment: Assignment
    reuses: tuple[Reuse, ...] = ()
    marks: Marks | None = None


Event = Grouped | Merge | Relation
"""What happens, one after the other: an article is placed; then it may make two stories one, or relate two."""


def group_articles(marked: Iterable[Marked], grouper: Grouper | None = None) -> Iterator[Placement]:
    """Place each article as it comes; a later one may still merge its story into another (``Placement.merges``).

    The last one's merges are also those that only the end of the input brings, when nothing else is to be expected.
    """
    keeper = grouper or Grouper(open_articles=OPEN_ARTICLES)
    last: Placement | None = None
    for item in marked:
        if last:
            yield last
        last = keeper.add(fingerprint(item.article, item.marks))
    if last:
        yield replace(last, merges=(*last.merges, *keeper.settle()))


def group_stream(marked: Iterable[Marked], grouper: Grouper | None = None) -> Iterator[Event]:
    """All that grouping tells of these articles, in memory."""
    keeper = grouper or Grouper(open_articles=OPEN_ARTICLES)
    finder = ReuseFinder()
    for item in marked:
        words = words_of_article(item.article, item.marks)
        placement = keeper.add(fingerprint(item.article, item.marks, words))
        yield from events(item, placement, finder.add(item.article, item.marks, words))
    yield from keeper.settle()


def events(item: Marked, placement: Placement, reuses: tuple[Reuse, ...]) -> Iterator[Event]:
    """What one placement is, event by event."""
    yield Grouped(item.article, placement.assignment, reuses, item.marks)
    yield from placement.merges
    yield from placement.relations


class StoredStories:
    """The stories of a store, for a grouper: as they were before the article ``before`` (None: as they are)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.before: str | None = None

    def near(
        self, stems: Sequence[str], first: str | None, last: str | None, most: int
    ) -> list[tuple[Fingerprint, Assignment]]:
        """See ``rashomon.group.closed.Closed``."""
        return self._store.near(stems, first, last, most, before=self.before)

    def members(self, story_id: str) -> list[tuple[Fingerprint, Assignment]]:
        """See ``rashomon.group.closed.Closed``."""
        return self._store.grouped(story_id, before=self.before)


class Placing:
    """Places articles among the stories of a store. All writes belong into a transaction of the caller's."""

    def __init__(self, store: Store, version: str, grouper: Grouper, stories: StoredStories) -> None:
        self._store = store
        self._version = version
        self._grouper = grouper
        self._stories = stories
        self._finder: ReuseFinder | None = None
        self._last: str | None = None
        self._since = 0

    @classmethod
    def resume(cls, store: Store, version: str) -> "Placing | None":
        """Go on where the store's last run stopped; None if that is not possible, and all must be placed ``anew``.

        The grouper's state is as old as the last checkpoint; what came after it is placed again, by the fingerprints,
        and must come out as it is stored.
        """
        if store.stages().get("group") != version:
            return None
        stories = StoredStories(store)
        checkpoint = store.checkpoint()
        if checkpoint is None or checkpoint.version != version:
            checkpoint, grouper = None, Grouper(closed=stories, open_articles=OPEN_ARTICLES)
        else:
            try:
                grouper = Grouper.thaw(zlib.decompress(checkpoint.state), closed=stories)
            except (ValueError, zlib.error):
                return None
        placing = cls(store, version, grouper, stories)
        for found in store.fingerprints(after=checkpoint.article_id if checkpoint else None):
            stories.before = found.article_id
            if not placing._again(found):
                return None
        stories.before = None
        return placing

    def _again(self, found: Fingerprint) -> bool:
        """Place a stored article again; whether the same came of it."""
        placement = self._grouper.add(found)
        merges = self._store.merges_by(found.article_id)
        if len(merges) > len(placement.merges):
            # A run ended with this article.
            placement = replace(placement, merges=(*placement.merges, *self._grouper.settle()))
        self._count(found.article_id)
        stored = self._store.assigned([found.article_id], upto=found.article_id)[found.article_id]
        same_story = self._grouper.current(placement.assignment.story_id) == stored.story_id
        return same_story and list(placement.merges) == merges

    @classmethod
    def anew(cls, store: Store, version: str, progress: Progress) -> "Placing":
        """Place all articles of a store anew, in order of arrival; ids of stories that are no more lead to new ones."""
        stories = StoredStories(store)
        placing = cls(store, version, Grouper(closed=stories, open_articles=OPEN_ARTICLES), stories)
        with store.transaction():  # either all of it or nothing: half a regrouping would be neither version's
            assigned = store.assignments()
            first = {a.story_id: a.article_id for a in reversed(assigned)}
            first |= {old: first[new] for old, new in store.former().items() if new in first}
            store.forget_stories()
            placing._finder = ReuseFinder(articles=REUSED)
            for count, article in enumerate(store.articles(), start=1):
                marks = store.marks([article.id])
                placing.place(Marked(article, marks[article.id]))
                progress("group", count, len(assigned))
            now = {assignment.article_id: assignment.story_id for assignment in store.assignments()}
            store.put_former({old: now[article_id] for old, article_id in first.items()})
            placing.keep(WORTH)
            store.record_stages({"group": version})
        return placing

    def place(self, item: Marked) -> list[Event]:
        """Place one article that the store has just been given, and keep all that it changed."""
        words = words_of_article(item.article, item.marks)
        found = fingerprint(item.article, item.marks, words)
        placement = self._grouper.add(found)
        reuses = self._reuses(item, words)
        self._store.put_fingerprint(found, telling(found))
        self._store.put_reuses(item.article.id, reuses)
        self._store.put_assignment(placement.assignment, self._version)
        for merge in placement.merges:
            self._store.put_merge(merge)
        for relation in placement.relations:
            self._store.put_relation(relation)
        self._count(item.article.id)
        if self._since >= CHECKPOINT:
            self.keep(CHECKPOINT)
        return list(events(item, placement, reuses))

    def _reuses(self, item: Marked, words: Words) -> tuple[Reuse, ...]:
        if self._finder is None:
            self._finder = ReuseFinder(articles=REUSED)
            ids = [id_ for id_ in self._store.latest(REUSED + 1) if id_ != item.article.id]
            # A few at a time: marks are the bulk of what is stored.
            for few in (ids[n : n + 100] for n in range(0, len(ids), 100)):
                marks = self._store.marks(few, only=("published", "published_from", "outlet", "quotations", "credits"))
                for article in self._store.articles(few):
                    self._finder.restore(article, marks[article.id])
        return self._finder.add(item.article, item.marks, words)

    def settle(self) -> tuple[Merge, ...]:
        """Merge what only the end of a run shows to be one."""
        merges = self._grouper.settle()
        for merge in merges:
            self._store.put_merge(merge)
        if merges and not self._since:
            self._since = 1
            self.keep()  # the state that was kept after the last article is not this one
        return merges

    def keep(self, least: int = 1) -> None:
        """Keep the grouper's state, if so many articles came since it was kept last."""
        if self._last and self._since >= least:
            state = zlib.compress(self._grouper.freeze(), 1)
            self._store.put_checkpoint(Checkpoint(self._version, self._last, state))
            self._since = 0

    def _count(self, article_id: str) -> None:
        self._last = article_id
        self._since += 1


class Past:
    """What happened in a store when the articles that it holds came in, told again up to a moment that moves on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._moment: str | None = None
        self._number = 0

    def reach(self, article_id: str) -> None:
        """All is told up to what this article changed, if it is not further already."""
        number = self._store.arrival(article_id) or 0
        if number > self._number:
            self._moment, self._number = article_id, number

    def until(self, article_id: str | None) -> Iterator[Merge]:
        """The merges since the moment, up to those that this article caused (None: all)."""
        if self._moment:  # what happened before the first article that is told of moves none
            yield from self._store.merges(self._moment, article_id)
        if article_id:
            self.reach(article_id)

    def recalled(self, article: Article) -> Iterator[Event]:
        """An article in the story that it is in at the moment, or was put into when it came later than that."""
        merges = self._store.merges(self._moment, article.id)
        if self._moment:
            yield from (merge for merge in merges if merge.article_id != article.id)
        assignment = self._store.assigned([article.id], upto=self._moment)[article.id]
        yield Grouped(article, assignment, self._store.reuses([article.id]).get(article.id, ()))
        yield from (merge for merge in merges if merge.article_id == article.id)
        self.reach(article.id)


# Of an article's stems these say most about which event it is: those of its headline and first paragraphs, by rarity in
# all news. Twelve were chosen over 8, 16 and 24 on the training stories: see docs/quality.md.
TELLING = 12


def telling(found: Fingerprint) -> tuple[str, ...]:
    """The stems by which a late article finds this one, the most telling first."""
    table = background()
    counts = dict(found.words)
    stems = sorted(counts, key=lambda s: (-rarity(table.counts.get(s, 0), table.articles) * (1 + min(counts[s], 9)), s))
    return tuple(stems[:TELLING])


def remarked(item: Marked, store: Store) -> None:
    """Keep the fingerprint of an article that was marked again; it stays in its story."""
    found = fingerprint(item.article, item.marks)
    store.put_fingerprint(found, telling(found))


def light(article: Article) -> Article:
    """The article without its text."""
    return replace(article, text="")

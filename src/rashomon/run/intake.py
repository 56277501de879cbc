"""Articles into a store: each with its marks and in its story, batch by batch, so that a crash costs one batch."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, TypeVar

from rashomon import align, group, tell
from rashomon.mark import annotate
from rashomon.mark.language import DEFAULT_PIPELINE, load_pipeline, provenance
from rashomon.mark.runtime import RuntimeName
from rashomon.model.article import Article, Failure
from rashomon.model.dossier import SCHEMA
from rashomon.run.grouping import WORTH, Event, Marked, Past, Placing, light, remarked
from rashomon.run.local import Engine
from rashomon.run.pipeline import mark_articles
from rashomon.run.reading import Progress, read_articles, silent
from rashomon.store import Store

# Articles that are committed together: what a crash costs at most, and what bounds the memory of a run. A commit takes
# some milliseconds, marking so many articles takes a second or more.
TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Known:
    """An article, without its text, that the store holds already."""

    article: Article


Report = Callable[[Failure], None]
Marking = Callable[[Iterable[Article | Failure | Known]], Iterator[Marked | Failure | Known]]
M = TypeVar("M")


def silently(failure: Failure) -> None:
    """A ``Report`` that tells nobody."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of the stages that make what is stored; what another version made is made again."""

    mark: str
    group: str
    tell: str

    @property
    def account(self) -> str:
        """All that a story's account depends on besides its articles."""
        return f"schema {SCHEMA}, mark {self.mark}, group {self.group}, tell {self.tell}"


def versions(pipeline: str = DEFAULT_PIPELINE) -> Versions:
    """The versions of the stages as they are now, with this parser."""
    # The parser is part of the version: the marks of another one are other marks.
    return Versions(mark=f"{annotate.VERSION} {pipeline}", group=group.VERSION, tell=f"{align.VERSION}.{tell.VERSION}")


class Intake:
    """Takes articles into a store, in batches: each with its marks, in its story, and with all that it changed there.

    What another version of ``mark`` or ``group`` made is brought up to date first. ``tally`` counts.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine,
        *,
        pipeline: str = DEFAULT_PIPELINE,
        runtime: RuntimeName = "auto",
        progress: Progress = silent,
        report: Report = silently,
    ) -> None:
        self.now = versions(pipeline)
        self.tally = Tally(store, report)
        self._store = store
        self._marking: Marking = functools.partial(
            mark_articles, engine=engine, pipeline=pipeline, runtime=runtime, progress=progress
        )
        self._progress = progress
        self._parse = provenance(load_pipeline(pipeline, runtime))

    def take(self, paths: Sequence[str], *, stdin: BinaryIO | None = None, recall: bool = False) -> Iterator[Event]:
        """Take in what these paths hold, and tell what happens as soon as it is committed.

        Args:
            paths, stdin: as for ``add``.
            recall: tell of the articles that are there already, too, with the stories as they stood when they came, so
                that a run that was killed and started again tells what an undisturbed one does.
        """
        store, tally, now = self._store, self.tally, self.now
        placing = Placing.resume(store, now.group)
        if store.stale_marks(now.mark):
            if placing:
                # The articles keep their stories; new fingerprints, placed again, might not lead there.
                placing.keep()
            tally.again = _mark_again(store, self._marking, now, tally)
        placing = placing or Placing.anew(store, now.group, self._progress)
        past = Past(store)
        items = tally.sorted(read_articles(paths, stdin=stdin, progress=self._progress), recall)
        for batch in _batches(tally.kept(self._marking(items))):
            fresh = [item for item in batch if isinstance(item, Marked)]
            latest = store.latest(1)
            placed = self._commit(fresh, placing) if fresh else {}
            for item in batch:
                if isinstance(item, Known):
                    yield from past.recalled(item.article)
                else:
                    if recall and latest:
                        yield from past.until(latest[0])
                    yield from placed[item.article.id]
                    past.reach(item.article.id)
        if recall:
            yield from past.until(None)
        with store.transaction():
            merges = placing.settle()
            placing.keep(WORTH)
        yield from merges
        store.record_stages({"parse": self._parse, "mark": now.mark})

    def _commit(self, fresh: Sequence[Marked], placing: Placing) -> dict[str, list[Event]]:
        store = self._store
        placed: dict[str, list[Event]] = {}
        with store.transaction():
            store.forget_failures([marked.article.ref for marked in fresh])
            for marked in fresh:
                store.add_article(marked.article)
                store.put_marks(replace(marked.marks, version=self.now.mark))
                placed[marked.article.id] = placing.place(marked)
        self.tally.new += len(fresh)
        return placed


class Tally:
    """Counts what comes by, and lets pass what is wanted."""

    def __init__(self, store: Store, report: Report) -> None:
        self._store = store
        self._report = report
        self.new = self.known = self.again = self.failed = 0

    def fail(self, failure: Failure) -> None:
        """Keep a failure and tell it."""
        self.failed += 1
        self._store.add_failure(failure)
        self._report(failure)

    def sorted(self, items: Iterable[Article | Failure], recall: bool) -> Iterator[Article | Failure | Known]:
        """The articles that are new; with ``recall`` those that are not, in their places, too."""
        for item in items:
            if isinstance(item, Article) and self._store.has(item.id):
                self.known += 1
                if recall:
                    yield Known(light(item))
            else:
                yield item

    def kept(self, items: Iterable[Marked | Failure | Known]) -> Iterator[Marked | Known]:
        """What did not fail."""
        for item in items:
            if isinstance(item, Failure):
                self.fail(item)
            else:
                yield item


def _batches(stream: Iterator[M]) -> Iterator[list[M]]:
    while batch := list(itertools.islice(stream, TOGETHER)):
        yield batch


def _mark_again(store: Store, marking: Marking, now: Versions, tally: Tally) -> int:
    """Mark again what another version marked. The articles keep their stories; all of those are told anew."""
    count = 0
    articles: Iterator[Article] = itertools.chain.from_iterable(
        store.articles([one]) for one in store.stale_marks(now.mark)
    )
    for batch in _batches(tally.kept(marking(articles))):
        with store.transaction():
            for marked in batch:
                if isinstance(marked, Marked):
                    store.put_marks(replace(marked.marks, version=now.mark))
                    remarked(marked, store)
        count += len(batch)
    return count

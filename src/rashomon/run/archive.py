"""The way over a store: articles are added as they come, and only what changed is told anew."""

import functools
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from rashomon import align, group, tell
from rashomon.group import Grouper, fingerprint
from rashomon.mark import annotate
from rashomon.mark.language import DEFAULT_PIPELINE, load_pipeline, provenance
from rashomon.mark.runtime import RuntimeName
from rashomon.model.article import Article, Failure
from rashomon.model.codec import decode, encode
from rashomon.model.dossier import SCHEMA, Dossier
from rashomon.run.local import Engine
from rashomon.run.pipeline import (
    Marked,
    Told,
    bind,
    mark_articles,
    story_lost,
    tell_story_of,
)
from rashomon.run.reading import Progress, read_articles, silent
from rashomon.store import Store

# Articles that are committed together: what a crash costs at most, and what bounds the memory of a run. A commit takes
# some milliseconds, marking so many articles takes a second or more.
TOGETHER = 16

Report = Callable[[Failure], None]
Marking = Callable[[Iterable[Article | Failure]], Iterator[Marked | Failure]]


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


@dataclass(frozen=True, slots=True)
class Added:
    """What ``add`` did.

    ``new``, ``known``: articles that came in, and that were there already; ``again``: stored articles marked again
    for another version or parser; ``told``: ids of the stories told anew; ``failed``: how many failures there were.
    """

    new: int
    known: int
    again: int
    told: tuple[str, ...]
    failed: int


def versions(pipeline: str = DEFAULT_PIPELINE) -> Versions:
    """The versions of the stages as they are now, with this parser."""
    # The parser is part of the version: the marks of another one are other marks.
    return Versions(mark=f"{annotate.VERSION} {pipeline}", group=group.VERSION, tell=f"{align.VERSION}.{tell.VERSION}")


def add(
    store: Store,
    paths: Sequence[str],
    engine: Engine,
    *,
    stdin: BinaryIO | None = None,
    pipeline: str = DEFAULT_PIPELINE,
    runtime: RuntimeName = "auto",
    progress: Progress = silent,
    report: Report = silently,
) -> Added:
    """Add articles to a store, place them among its stories, and tell anew each story that they changed.

    May be killed at any moment: the same call again goes on from there and ends in the same store as an undisturbed
    one. What another version of a stage made is brought up to date first.

    Args:
        store: open for writing.
        paths: as ``rashomon.read.read_paths`` takes them; none only brings the store up to date.
        engine: marks and tells.
        stdin: the bytes that the path "-" stands for.
        pipeline: the spaCy pipeline to parse with; another one than before marks everything again.
        runtime: what runs it; another one gives the same marks.
        progress: told how far each stage is.
        report: told each failure as it happens.

    Raises:
        StoreError: the store failed; what was committed before is kept.
    """
    now = versions(pipeline)
    tally = _Tally(store, report)
    marking = functools.partial(mark_articles, engine=engine, pipeline=pipeline, runtime=runtime, progress=progress)
    again = _mark_again(store, marking, now, tally)
    grouper = _open_grouper(store, now)
    new = 0
    items = tally.unknown(read_articles(paths, stdin=stdin, progress=progress))
    for batch in _batches(tally.kept(marking(items))):
        with store.transaction():
            store.forget_failures([marked.article.ref for marked in batch])
            for marked in batch:
                store.add_article(marked.article)
                _keep_marks(store, marked, now)
                _place(store, grouper, marked, now)
        new += len(batch)
    told = _tell(store, engine, now, tally, progress)
    store.record_stages({"parse": provenance(load_pipeline(pipeline, runtime)), "mark": now.mark, "tell": now.tell})
    return Added(new, tally.known, again, told, tally.failed)


def stored_dossier(store: Store, story_id: str) -> Dossier:
    """The stored account of one story.

    Raises:
        KeyError: there is no account of such a story.
        ValueError: another version of Rashomon wrote it; ``add`` without paths writes it anew.
    """
    body = store.account(story_id)
    if body is None:
        raise KeyError(story_id)
    told = decode(Told, json.loads(body))
    whole = {article.id: article for article in store.articles([t.article.id for t in told.articles])}
    return bind([replace(told, articles=tuple(replace(t, article=whole[t.article.id]) for t in told.articles))], [])


class _Tally:
    """Counts what comes by, and lets pass what is wanted."""

    def __init__(self, store: Store, report: Report) -> None:
        self._store = store
        self._report = report
        self.known = self.failed = 0

    def fail(self, failure: Failure) -> None:
        self.failed += 1
        self._store.add_failure(failure)
        self._report(failure)

    def unknown(self, items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
        for item in items:
            if isinstance(item, Article) and self._store.has(item.id):
                self.known += 1
            else:
                yield item

    def kept(self, items: Iterable[Marked | Failure]) -> Iterator[Marked]:
        for item in items:
            if isinstance(item, Failure):
                self.fail(item)
            else:
                yield item


def _batches(stream: Iterator[Marked]) -> Iterator[list[Marked]]:
    while batch := list(itertools.islice(stream, TOGETHER)):
        yield batch


def _keep_marks(store: Store, marked: Marked, now: Versions) -> None:
    store.put_marks(replace(marked.marks, version=now.mark))


def _place(store: Store, grouper: Grouper, marked: Marked, now: Versions) -> None:
    found = fingerprint(marked.article, marked.marks)
    store.put_fingerprint(found)
    store.put_assignment(grouper.current(grouper.add(found)), now.group)


def _mark_again(store: Store, marking: Marking, now: Versions, tally: _Tally) -> int:
    """Mark again what another version marked. The articles keep their stories; all of those are told anew."""
    stale = store.stale_marks(now.mark)
    if not stale:
        return 0
    count = 0
    articles: Iterator[Article] = itertools.chain.from_iterable(store.articles([one]) for one in stale)
    for batch in _batches(tally.kept(marking(articles))):
        with store.transaction():
            for marked in batch:
                _keep_marks(store, marked, now)
                store.put_fingerprint(fingerprint(marked.article, marked.marks))
        count += len(batch)
    return count


def _open_grouper(store: Store, now: Versions) -> Grouper:
    """A grouper that knows what the store holds; if another version grouped it, all is grouped anew."""
    grouper = Grouper()
    if store.stages().get("group") == now.group:
        assigned = {assignment.article_id: assignment for assignment in store.assignments()}
        for found in store.fingerprints():
            grouper.restore(found, assigned[found.article_id])
        return grouper
    with store.transaction():  # either all of it or nothing: half a regrouping would be neither version's
        store.forget_stories()
        for article in store.articles():
            marks = store.marks([article.id])
            _place(store, grouper, Marked(article, marks[article.id]), now)
        store.record_stages({"group": now.group})
    return grouper


def _tell(store: Store, engine: Engine, now: Versions, tally: _Tally, progress: Progress) -> tuple[str, ...]:
    """Tell what has no account, or one of other articles or versions; ids of what was told."""
    dirty = store.dirty_stories(now.account)
    told = []
    work = ((story, _members(store, story)) for story in dirty)
    for count, result in enumerate(engine.map(tell_story_of, work, lost=story_lost), start=1):
        progress("tell", count, len(dirty))
        if isinstance(result, Told):
            _keep_account(store, result, now)
            told.append(result.account.id)
        else:
            for failure in result:
                tally.fail(failure)
    return tuple(told)


def _members(store: Store, story_id: str) -> list[Marked]:
    ids = store.members(story_id)
    marks = store.marks(ids)
    return [Marked(article, marks[article.id]) for article in store.articles(ids)]


def _keep_account(store: Store, told: Told, now: Versions) -> None:
    # The texts are in the store already: an account refers to them, it does not hold them a second time.
    lean = replace(told, articles=tuple(replace(t, article=replace(t.article, text="")) for t in told.articles))
    account = told.account
    store.put_account(
        account.id,
        now.account,
        json.dumps(encode(lean), ensure_ascii=False),
        articles=[t.article.id for t in told.articles],
        title=account.title,
        start=account.start,
        end=account.end,
    )

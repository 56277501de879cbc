"""The way over a store: articles are added as they come, and only what changed is told anew."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from rashomon.mark.language import DEFAULT_PIPELINE
from rashomon.mark.runtime import RuntimeName
from rashomon.model.codec import decode, encode
from rashomon.model.dossier import Dossier
from rashomon.run.grouping import Marked
from rashomon.run.intake import Intake, Report, Tally, Versions, silently
from rashomon.run.local import Engine
from rashomon.run.pipeline import Told, bind, related, story_lost, tell_story_of
from rashomon.run.reading import Progress, silent
from rashomon.store import Store


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
    intake = Intake(store, engine, pipeline=pipeline, runtime=runtime, progress=progress, report=report)
    for _ in intake.take(paths, stdin=stdin):
        pass
    told = _tell(store, engine, intake.now, intake.tally, progress)
    store.record_stages({"tell": intake.now.tell})
    tally = intake.tally
    return Added(tally.new, tally.known, tally.again, told, tally.failed)


def stored_dossier(store: Store, story_id: str) -> Dossier:
    """The stored account of one story.

    Raises:
        KeyError: there is no account of such a story.
        ValueError: another version of Rashomon wrote it; ``add`` without paths writes it anew.
    """
    told = _account(store, story_id)
    if told is None:
        raise KeyError(story_id)
    others: list[tuple[Told, tuple[str, ...]]] = []
    for relation in store.relations(story_id):
        other = _account(store, relation.other if relation.story_id == story_id else relation.story_id)
        if other:
            others.append((other, relation.names))
    told = related(told, others)
    whole = {article.id: article for article in store.articles([t.article.id for t in told.articles])}
    return bind([replace(told, articles=tuple(replace(t, article=whole[t.article.id]) for t in told.articles))], [])


def _account(store: Store, story_id: str) -> Told | None:
    body = store.account(story_id)
    return decode(Told, json.loads(body)) if body else None


def _tell(store: Store, engine: Engine, now: Versions, tally: Tally, progress: Progress) -> tuple[str, ...]:
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

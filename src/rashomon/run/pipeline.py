"""From paths to a dossier, in memory: read, mark, group, align, tell."""

import functools
import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from rashomon.align import align_story, date_from_siblings, shared_facts
from rashomon.group.passages import common_passages
from rashomon.mark.annotate import annotate, redate
from rashomon.mark.language import DEFAULT_PIPELINE, load_pipeline
from rashomon.mark.runtime import RuntimeName
from rashomon.model.article import Article, Failure
from rashomon.model.dossier import Dossier, RelatedStory, StoryAccount, ToldArticle
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked, group_articles
from rashomon.run.local import Engine, InProcess
from rashomon.run.outlet import outlet_of
from rashomon.run.reading import Progress, silent
from rashomon.run.stories import OpenStories, Ties
from rashomon.tell import tell_story

# Articles below which stories are joined by the facts that they share, and how many pairs of sentences that state one
# fact it takes on average of two articles, one of each: of sixty pairs of articles on different events three had one
# such pair and none had two. Of six labelled stories that came apart it makes three whole and two partly so.
FEW, FACTS_IN_COMMON = 50, 1.25
K = TypeVar("K")
"""Something that is known already and only keeps its place."""


@dataclass(frozen=True, slots=True)
class Told:
    """One story told, with its articles as the dossier lists them."""

    account: StoryAccount
    articles: tuple[ToldArticle, ...]


def mark_one(article: Article, *, pipeline: str = DEFAULT_PIPELINE, runtime: RuntimeName = "auto") -> Marked | Failure:
    """The marks of one article; whatever goes wrong costs this article only."""
    try:
        return Marked(article, annotate(article, load_pipeline(pipeline, runtime)))
    except (MemoryError, RecursionError) as error:
        return Failure(article.ref, "mark", f"the text asks for too much: {type(error).__name__}")
    except Exception as error:
        return Failure(article.ref, "mark", f"{type(error).__name__}: {error}")


def mark_articles(
    items: Iterable[Article | Failure | K],
    engine: Engine,
    *,
    pipeline: str = DEFAULT_PIPELINE,
    runtime: RuntimeName = "auto",
    progress: Progress = silent,
) -> Iterator[Marked | Failure | K]:
    """Mark what was read, in order; failures, and whatever else is no article, pass through."""
    load_pipeline(pipeline, runtime)  # a missing pipeline is one error, not one per article
    work = functools.partial(_mark_item, pipeline=pipeline, runtime=runtime)
    for count, result in enumerate(engine.map(work, items, lost=_lost), start=1):
        progress("mark", count, None)
        yield result


def _mark_item(item: Article | Failure | K, *, pipeline: str, runtime: RuntimeName) -> Marked | Failure | K:
    return mark_one(item, pipeline=pipeline, runtime=runtime) if isinstance(item, Article) else item


def _lost(item: Article | Failure | K) -> Marked | Failure | K:
    return Failure(item.ref, "mark", "its process died (out of memory?)") if isinstance(item, Article) else item


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles while a story is told: it makes millions of small records and no cycle, and the search takes
    an eighth of the time of a story of 500 articles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def tell_members(story_id: str, members: Sequence[Marked]) -> Told:
    """Tell one story from its articles: date the undated by their siblings, align, tell."""
    texts = {m.article.id: m.article.text for m in members}
    dates = date_from_siblings(
        [m.marks for m in members], lambda marks, day: redate(marks, texts[marks.article_id], day, "siblings")
    )
    dated = [
        Marked(m.article, redate(m.marks, m.article.text, dates[m.article.id][0], "siblings"))
        if m.article.id in dates
        else m
        for m in members
    ]
    articles = tuple(_told(m, dates[m.article.id][1] if m.article.id in dates else ()) for m in dated)
    marks = {m.article.id: m.marks for m in dated}
    whole = [m.article for m in dated]
    alignment = align_story(story_id, whole, marks, common_passages(whole, marks))
    account = tell_story(alignment, articles, marks, texts)
    return Told(account, articles)


def tell_articles(
    items: Iterable[Article | Failure],
    engine: Engine | None = None,
    *,
    pipeline: str = DEFAULT_PIPELINE,
    runtime: RuntimeName = "auto",
    progress: Progress = silent,
    one_story: bool = False,
) -> Dossier:
    """The whole way in memory: articles in, one dossier out, its stories largest first.

    Of fewer than ``FEW`` articles those stories are one that state facts in common: a text of few words, or one without
    a date, shows less of its event in its words than in what it states.

    Args:
        one_story: take all articles for one story, whatever grouping says.
    """
    runner = engine or InProcess()
    marked: list[Marked] = []
    failures: list[Failure] = []
    for result in mark_articles(items, runner, pipeline=pipeline, runtime=runtime, progress=progress):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            marked.append(result)
    progress("group", 0, len(marked))
    open_stories: OpenStories[Marked] = OpenStories()
    ties = Ties()
    for item, placement in zip(marked, group_articles(marked), strict=True):
        open_stories.add(placement.assignment.story_id, item)
        for merge in placement.merges:
            open_stories.merge(merge.story_id, merge.into)
            ties.merge(merge)
        for relation in placement.relations:
            ties.relate(relation)
    stories = dict(open_stories.rest())
    if one_story and len(stories) > 1:
        stories = {next(iter(stories)): marked}
    elif len(stories) > 1 and len(marked) < FEW:
        stories = _joined_by_facts(stories, marked)
    told: list[Told] = []
    for count, outcome in enumerate(runner.map(tell_story_of, stories.items(), lost=story_lost), start=1):
        progress("tell", count, len(stories))
        if isinstance(outcome, Told):
            told.append(outcome)
        else:
            failures.extend(outcome)
    return bind(_tied(told, ties), failures)


def _joined_by_facts(stories: Mapping[str, list[Marked]], marked: list[Marked]) -> dict[str, list[Marked]]:
    """Stories that state facts in common as one, under the id of the first; members in the order of ``marked``."""
    facts = shared_facts([m.article for m in marked], {m.article.id: m.marks for m in marked})
    home = {m.article.id: story for story, members in stories.items() for m in members}
    order = {story: at for at, story in enumerate(stories)}
    while True:
        between: Counter[tuple[str, str]] = Counter()
        for (one, other), count in facts.items():
            if home[one] != home[other]:
                first, second = sorted((home[one], home[other]), key=order.__getitem__)
                between[first, second] += count
        size = Counter(home.values())
        means = {(a, b): count / (size[a] * size[b]) for (a, b), count in between.items()}
        close = [(-mean, order[a], order[b], a, b) for (a, b), mean in means.items() if mean >= FACTS_IN_COMMON]
        if not close:
            break
        _, _, _, keep, lose = min(close)
        home = {article: keep if story == lose else story for article, story in home.items()}
    joined: dict[str, list[Marked]] = {}
    for member in marked:
        joined.setdefault(home[member.article.id], []).append(member)
    return {story: joined[story] for story in stories if story in joined}


def _tied(told: Sequence[Told], ties: Ties) -> Iterator[Told]:
    """Each story with those related to it, as far as they were told."""
    by_id = {t.account.id: t for t in told}
    for each in told:
        names = ties.related(each.account.id)
        yield related(each, [(by_id[other], common) for other, common in names.items() if other in by_id])


def related(told: Told, others: Iterable[tuple[Told, tuple[str, ...]]]) -> Told:
    """A story with these as related to it, and what each has in common with it, as the story writes its names."""
    entities = told.account.alignment.entities
    written = {name.text.casefold(): name.text for entity in reversed(entities) for name in reversed(entity.names)}
    found = tuple(
        RelatedStory(
            id=other.account.id,
            title=other.account.title,
            names=tuple(sorted({written.get(name.casefold(), name) for name in names})),
            outlets=tuple(sorted({a.outlet for a in other.articles})),
        )
        for other, names in others
    )
    return replace(told, account=replace(told.account, related=found))


def bind(told: Iterable[Told], failures: Iterable[Failure]) -> Dossier:
    """One dossier of several stories, those of most articles first."""
    ordered = sorted(told, key=lambda t: (-len(t.articles), t.account.start or "9999", t.account.id))
    return Dossier(
        articles=tuple(article for t in ordered for article in t.articles),
        stories=tuple(t.account for t in ordered),
        failures=tuple(failures),
    )


def tell_story_of(item: tuple[str, list[Marked]]) -> Told | list[Failure]:
    """One story (its id and members) told, for an engine; whatever goes wrong costs this story only."""
    try:
        return tell_members(*item)
    except Exception as error:
        return [Failure(m.article.ref, "tell", f"{type(error).__name__}: {error}") for m in item[1]]


def story_lost(item: tuple[str, list[Marked]]) -> Told | list[Failure]:
    """What ``tell_story_of`` gives for a story that killed its process."""
    return [Failure(m.article.ref, "tell", "the process that told its story died (out of memory?)") for m in item[1]]


def _told(item: Marked, sibling_evidence: tuple[Span, ...]) -> ToldArticle:
    article, marks = item.article, item.marks
    outlet, source, evidence = outlet_of(article, marks)
    return ToldArticle(
        article=article,
        outlet=outlet,
        outlet_from=source,
        outlet_evidence=evidence,
        published=marks.published,
        published_from=marks.published_from,
        published_evidence=marks.published_evidence or sibling_evidence,
        credits=marks.credits,
    )

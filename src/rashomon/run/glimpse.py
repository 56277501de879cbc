"""What a story is about, at a glance: from its articles' marks alone, before anything is aligned or told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rashomon.model.article import Article
from rashomon.model.marks import Marks, Mention, Place
from rashomon.model.spans import Span
from rashomon.model.story import Merge, Outline, Relation
from rashomon.run.grouping import Event
from rashomon.run.outlet import outlet_of
from rashomon.run.stories import OpenStories, Ties
from rashomon.store import Store
from rashomon.tell.near import day_near, day_of, is_far
from rashomon.tell.story import leading_days, leading_places
from rashomon.tell.title import first_words, headline, most_central

# The main event speaks for its article louder than one claim among many: what else a report tells is background as
# often as not.
MAIN = 3
# What a glimpse reads of the marks.
_READ = ("published", "published_from", "outlet", "sentences", "mentions", "claims", "gist")


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one article says of when and where its event was, small enough to be kept for every open one.

    ``days`` (``YYYY-MM-DD``) and ``places`` come with weights; ``wide`` are those places that may contain others.
    """

    article_id: str
    outlet: str
    headline: str | None
    first_words: str
    published: str | None
    days: tuple[tuple[str, int], ...]
    places: tuple[tuple[Place, int], ...]
    wide: tuple[Place, ...]


def glimpse(article: Article, marks: Marks) -> Glimpse:
    """The glimpse of one article."""
    published = [date.fromisoformat(marks.published[:10])] if marks.published else []
    days: Counter[str] = Counter()
    places: Counter[Place] = Counter()
    located = [m for m in marks.mentions if m.place]
    for claim in marks.claims:
        if claim.status in ("possible", "denied") or is_far(claim.when, published):
            continue
        if day := day_near(claim.when, published):
            days[day.isoformat()] = 1
        for found in _at(located, claim.where):
            places[found] = 1
    if gist := marks.gist:
        # Without a day of publication, a day that the main event is given in full is the best there is.
        if gist.when_span and (day := day_near(gist.when, published) if published else day_of(gist.when)):
            days[day.isoformat()] += MAIN
        # The first is the narrowest: "Lund, Sweden".
        for found in _at(located, (gist.where,) if gist.where else ())[:1]:
            places[found] += MAIN
    return Glimpse(
        article_id=article.id,
        outlet=outlet_of(article, marks)[0],
        headline=headline(article, marks),
        first_words=first_words(article),
        published=marks.published,
        days=tuple(sorted(days.items())),
        places=tuple(sorted(places.items())),
        wide=tuple(sorted({m.place for m in located if m.place and m.place in places and _is_wide(m)})),
    )


def outline(
    story_id: str, glimpses: Sequence[Glimpse], related: Iterable[str] = (), merged_from: Iterable[str] = ()
) -> Outline:
    """A story (at least one article) at a glance, by the same measures as ``tell`` takes.

    Days without a third of the support of the best do not count; without any, the days of publication stand for them.
    """
    headlines = [g.headline for g in glimpses if g.headline]
    support: Counter[str] = Counter()
    weights: Counter[Place] = Counter()
    for g in glimpses:
        support.update(dict(g.days))
        weights.update(dict(g.places))
    days = leading_days(support) or [g.published[:10] for g in glimpses if g.published]
    return Outline(
        id=story_id,
        title=most_central(headlines) if headlines else glimpses[0].first_words,
        start=min(days, default=None),
        end=max(days, default=None),
        where=leading_places(weights, {place for g in glimpses for place in g.wide}),
        articles=tuple(g.article_id for g in glimpses),
        outlets=tuple(sorted({g.outlet for g in glimpses})),
        related=tuple(related),
        merged_from=tuple(merged_from),
    )


class Outlines:
    """Outlines of the stories of a stream, each given as soon as its story has been without news for long enough."""

    def __init__(self, kept: int | None = None) -> None:
        self._open: OpenStories[Glimpse] = OpenStories(kept)
        self._ties = Ties()

    def watching(self, stream: Iterable[Event], closed: Callable[[Outline], object]) -> Iterator[Event]:
        """The same stream; ``closed`` is told of each story that is closed meanwhile."""
        for event in stream:
            if isinstance(event, Merge):
                self._open.merge(event.story_id, event.into)
                self._ties.merge(event)
            elif isinstance(event, Relation):
                self._ties.relate(event)
            elif event.marks:
                self._open.add(event.assignment.story_id, glimpse(event.article, event.marks))
                for story_id, glimpses in self._open.overflow():
                    closed(self._outline(story_id, glimpses))
            yield event

    def rest(self) -> Iterator[Outline]:
        """The stories that are open at the end, in the order in which they came up."""
        for story_id, glimpses in self._open.rest():
            yield self._outline(story_id, glimpses)

    def _outline(self, story_id: str, glimpses: Sequence[Glimpse]) -> Outline:
        related, former = self._ties.related(story_id), self._ties.former(story_id)
        self._ties.forget(story_id)
        return outline(story_id, glimpses, related, former)


def stored_outlines(store: Store) -> Iterator[Outline]:
    """Outlines of all stories of a store, in the order in which they came up."""
    former: dict[str, list[str]] = {}
    for old, new in sorted(store.former().items()):
        former.setdefault(new, []).append(old)
    for row in store.stories():
        ids = store.members(row.id)
        marks = store.marks(ids, only=_READ)
        glimpses = [glimpse(article, marks[article.id]) for article in store.articles(ids)]
        related = sorted(r.other if r.story_id == row.id else r.story_id for r in store.relations(row.id))
        yield outline(row.id, glimpses, related, former.get(row.id, ()))


def _at(located: Iterable[Mention], spans: Sequence[Span]) -> list[Place]:
    return [m.place for m in located if m.place and any(m.span.overlaps(span) for span in spans)]


def _is_wide(mention: Mention) -> bool:
    return (mention.known or "").startswith(("state:", "region:"))

"""One story told: its title, when and where it happened, and its summary."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from rashomon.model.dossier import StoryAccount, ToldArticle
from rashomon.model.marks import Marks, Place
from rashomon.model.story import Alignment
from rashomon.tell.near import event_day, is_background, published_days
from rashomon.tell.summary import summarise
from rashomon.tell.title import story_title

# Bumped when the same alignment may be told differently; CHANGELOG.md lists what changed.
VERSION = "2"


def tell_story(
    alignment: Alignment, articles: Sequence[ToldArticle], marks: Mapping[str, Marks], texts: Mapping[str, str]
) -> StoryAccount:
    """The account of one story.

    Args:
        alignment: what the story's outlets share.
        articles: its articles as the dossier lists them.
        marks, texts: by article id.
    """
    start, end = story_days(alignment, articles)
    return StoryAccount(
        id=alignment.story_id,
        title=story_title(alignment, articles, marks),
        start=start,
        end=end,
        where=story_places(alignment, articles),
        summary=summarise(alignment, articles, marks, texts),
        alignment=alignment,
    )


def story_days(alignment: Alignment, articles: Sequence[ToldArticle]) -> tuple[str | None, str | None]:
    """First and last day (``YYYY-MM-DD``) of the event: the days that claims give it, near those of publication.

    Days that few claims name beside the main ones do not count; without any, the days of publication.
    """
    published = published_days(articles)
    if not published:
        return None, None
    support: Counter[str] = Counter()
    for group in alignment.claims:
        day = event_day(group, published)
        if day and group.status in {"happened", "planned", "ongoing"}:
            support[day.isoformat()] += len(group.articles)
    days = leading_days(support) or [d.isoformat() for d in published]
    return min(days), max(days)


def leading_days(support: Mapping[str, int]) -> list[str]:
    """The days that have at least a third of the support that the best one has."""
    return [day for day, n in support.items() if n * 3 >= max(support.values())]


def story_places(alignment: Alignment, articles: Sequence[ToldArticle], most: int = 3) -> tuple[Place, ...]:
    """Where it happened: the places with coordinates at which most claims of most articles happen.

    A state that only contains another of the places is left out.
    """
    published = published_days(articles)
    weights: Counter[Place] = Counter()
    by_name = {e.name: e for e in alignment.entities if e.place}
    wide = {e.place for e in alignment.entities if e.place and (e.known or "").startswith(("state:", "region:"))}
    for group in alignment.claims:
        entity = by_name.get(group.where or "")
        if entity and entity.place and group.status in {"happened", "ongoing", "planned"}:
            if is_background(group, published):
                continue
            weights[entity.place] += len(group.articles) * (2 if event_day(group, published) else 1)
    return leading_places(weights, wide, most)


def leading_places(weights: Mapping[Place, float], wide: Collection[Place], most: int = 3) -> tuple[Place, ...]:
    """The places of a third of the greatest weight or more; ``wide`` are states and regions, which contain others."""
    leading = max(weights.values(), default=0)
    ranked = [p for p in sorted(weights, key=lambda p: (-weights[p], p)) if weights[p] * 3 >= leading]
    towns = {p.country for p in ranked if p not in wide}
    return tuple(p for p in ranked if p not in wide or (p.country and p.country not in towns) or not towns)[:most]

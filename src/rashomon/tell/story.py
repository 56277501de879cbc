"""One story told: its title, when and where it happened, and its summary."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from rashomon.model.dossier import StoryAccount, ToldArticle
from rashomon.model.marks import Marks, Place
from rashomon.model.story import Alignment
from rashomon.model.timevalue import interval, precision
from rashomon.tell.summary import summarise
from rashomon.tell.title import story_title

# Bumped when the same alignment may be told differently; CHANGELOG.md lists what changed.
VERSION = "1"

# An event's own days lie this close to the days its articles appeared; what is further off is background or plan.
NEAR_DAYS = 3


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
        where=story_places(alignment),
        summary=summarise(alignment, articles, marks, texts),
        alignment=alignment,
    )


def story_days(alignment: Alignment, articles: Sequence[ToldArticle]) -> tuple[str | None, str | None]:
    """First and last day (``YYYY-MM-DD``) of the event: the days that claims give it, near those of publication.

    Days that two articles or more give count before others; without any, the days of publication.
    """
    published = sorted(date.fromisoformat(a.published[:10]) for a in articles if a.published)
    if not published:
        return None, None
    middle = published[len(published) // 2]
    support: Counter[str] = Counter()
    for group in alignment.claims:
        covered = interval(group.when) if group.when and precision(group.when) in {"day", "time"} else None
        if (
            covered
            and abs((covered[0] - middle).days) <= NEAR_DAYS
            and group.status in {"happened", "planned", "ongoing"}
        ):
            support[covered[0].isoformat()] += len(group.articles)
    strong = [day for day, n in support.items() if n * 4 >= max(support.values())]
    days = strong or [d.isoformat() for d in published]
    return min(days), max(days)


def story_places(alignment: Alignment, most: int = 3) -> tuple[Place, ...]:
    """Where it happened: the places with coordinates at which most claims of most articles happen."""
    weights: Counter[Place] = Counter()
    by_name = {e.name: e for e in alignment.entities if e.place}
    for group in alignment.claims:
        entity = by_name.get(group.where or "")
        if entity and entity.place and group.status in {"happened", "ongoing", "planned"}:
            weights[entity.place] += len(group.articles)
    leading = weights.most_common(1)[0][1] if weights else 0
    ranked = sorted(weights, key=lambda p: (-weights[p], p))
    return tuple(p for p in ranked if weights[p] * 3 >= leading)[:most]

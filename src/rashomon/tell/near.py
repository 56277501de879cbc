"""What belongs to the event itself, and what is background or a far plan."""

from collections.abc import Sequence
from datetime import date

from rashomon.model.dossier import ToldArticle
from rashomon.model.story import ClaimGroup
from rashomon.model.timevalue import interval, precision

# An event's own days lie this close to the days its articles appeared; what is further off is background or plan.
NEAR_DAYS = 3


def published_days(articles: Sequence[ToldArticle]) -> tuple[date, ...]:
    """The days on which the articles appeared, sorted, as far as known."""
    return tuple(sorted(date.fromisoformat(a.published[:10]) for a in articles if a.published))


def event_day(group: ClaimGroup, days: Sequence[date]) -> date | None:
    """The day of a claim that lies near the days of publication; None for any other or coarser time."""
    return day_near(group.when, days)


def day_near(when: str | None, days: Sequence[date]) -> date | None:
    """``event_day`` of a TIMEX3 value."""
    day = day_of(when)
    if day is None or not days:
        return None
    apart = max((days[0] - day).days, (day - days[-1]).days, 0)
    return day if apart <= NEAR_DAYS else None


def day_of(when: str | None) -> date | None:
    """The day that a TIMEX3 value names; None where it is coarser or not known in full."""
    covered = interval(when) if when and precision(when) in {"day", "time"} else None
    return covered[0] if covered else None


def is_background(group: ClaimGroup, days: Sequence[date]) -> bool:
    """Whether a claim tells of a time well before or after the days of publication."""
    return is_far(group.when, days)


def is_far(when: str | None, days: Sequence[date]) -> bool:
    """``is_background`` of a TIMEX3 value."""
    covered = interval(when) if when else None
    if covered is None or not days:
        return False
    apart = max((days[0] - covered[1]).days, (covered[0] - days[-1]).days, 0)
    return apart > NEAR_DAYS

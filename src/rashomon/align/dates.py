"""The publication day of an undated article, from the dated articles of its story."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rashomon.model.marks import Marks
from rashomon.model.spans import Span
from rashomon.model.timevalue import interval

# How many days nearer its weekdays must come for a day other than the commonest of the siblings to be believed:
# one weekday read a week too early counts six or seven.
BETTER_BY = 3


def date_from_siblings(
    members: Sequence[Marks], on: Callable[[Marks, str], Marks]
) -> dict[str, tuple[str, tuple[Span, ...]]]:
    """For every member without a publication day: the day that fits its siblings and its own weekdays.

    That is the day most siblings were published (the latest of equally common ones: outlets report an event when it
    has happened more often than before), unless the article's weekdays come much nearer on another day from the first
    sibling's to the day after the last one's: news speaks of the days around its own.

    Args:
        members: the marks of a story's articles.
        on: the marks of an article with times resolved against a day (``mark.redate``).

    Returns:
        article id to (day as ``YYYY-MM-DD``, the words in sibling articles that show it; empty where the siblings'
        dates are metadata). Empty when no sibling is dated.
    """
    dated = [m for m in members if m.published]
    days = Counter(m.published for m in dated if m.published)
    if not days:
        return {}
    commonest = max(days, key=lambda d: (days[d], d))
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days)) + timedelta(days=1)
    window = [(first + timedelta(days=n)).isoformat() for n in range(min((last - first).days, 14) + 1)]
    found = {}
    for member in members:
        if member.published:
            continue
        apart = {day: _days_apart(on(member, day), day) for day in {*window, commonest}}
        best = min(sorted(apart), key=lambda d: (apart[d], -days[d]))
        day = best if apart[best] + BETTER_BY <= apart[commonest] else commonest
        shown = {m.published for m in dated} & {day, commonest}
        evidence = tuple(sorted(s for m in dated if m.published in shown for s in m.published_evidence))
        found[member.article_id] = (day, evidence)
    return found


def _days_apart(marks: Marks, day: str) -> int:
    """How far the days that the article names relative to its own lie from it, added up."""
    published = date.fromisoformat(day)
    total = 0
    for timex in marks.timexes:
        covered = interval(timex.value) if timex.anchor == "published" and timex.type in {"DATE", "TIME"} else None
        if covered and covered[0] == covered[1]:
            total += abs((covered[0] - published).days)
    return total

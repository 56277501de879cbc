"""The publication day of an undated article, from the dated articles of its story."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from rashomon.model.marks import Marks, Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import interval

# How many days nearer its weekdays must come for a day other than the commonest of the siblings to be believed:
# one weekday read a week too early counts six or seven.
BETTER_BY = 3


def date_from_siblings(
    members: Sequence[Marks], on: Callable[[Marks, str], Marks]
) -> dict[str, tuple[str, tuple[Span, ...]]]:
    """For every member without a publication day: the day that fits its siblings and its own weekdays.

    That is the day most siblings were published, unless the article's weekdays come much nearer on another day from
    the first sibling's to the day after the last one's: news speaks of the days around its own. Of equally common days
    it is the one that the article's days lie nearest to, else the latest: outlets report an event when it has happened
    more often than before.

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
        apart = _days_apart({day: on(member, day) for day in sorted({*window, commonest})})
        best = min(sorted(apart), key=lambda d: (apart[d], -days[d]))
        usual = min(sorted(apart, reverse=True), key=lambda d: (-days[d], apart[d]))
        day = best if apart[best] + BETTER_BY <= apart[usual] else usual
        shown = {m.published for m in dated} & {day, commonest}
        evidence = tuple(sorted(s for m in dated if m.published in shown for s in m.published_evidence))
        found[member.article_id] = (day, evidence)
    return found


def _days_apart(dated: Mapping[str, Marks]) -> dict[str, int]:
    """How far the days that the article names lie from each possible day of its own, added up.

    What reads the same on every possible day ("July 12", "next month") tells nothing; a full date does if it is one of
    them: a caption bears the day of its picture.

    Args:
        dated: the article's marks, resolved against each possible day.
    """
    first, last = min(dated), max(dated)
    told = {day: [_single_day(timex) for timex in marks.timexes] for day, marks in dated.items()}
    moving = [len(set(readings)) > 1 for readings in zip(*told.values(), strict=True)]
    written = {
        covered
        for timex in dated[first].timexes
        if timex.anchor == "words" and (covered := _single_day(timex)) and first <= covered.isoformat() <= last
    }
    apart = {}
    for day, readings in told.items():
        named = [d for d, moves in zip(readings, moving, strict=True) if d and moves] + sorted(written)
        apart[day] = sum(abs((d - date.fromisoformat(day)).days) for d in named)
    return apart


def _single_day(timex: Timex) -> date | None:
    covered = interval(timex.value) if timex.type in {"DATE", "TIME"} else None
    return covered[0] if covered and covered[0] == covered[1] else None

"""The publication day of an undated article, from the dated articles of its story."""

from collections import Counter
from collections.abc import Sequence

from rashomon.model.marks import Marks
from rashomon.model.spans import Span


def date_from_siblings(members: Sequence[Marks]) -> dict[str, tuple[str, tuple[Span, ...]]]:
    """For every member without a publication day: the day most of its siblings were published, and what shows it.

    Among equally common days the latest: outlets report an event when it has happened more often than before.

    Returns:
        article id to (day as ``YYYY-MM-DD``, the words in sibling articles that show it; empty where the siblings'
        dates are metadata). Empty when no sibling is dated.
    """
    dated = [m for m in members if m.published]
    undated = [m for m in members if not m.published]
    if not dated or not undated:
        return {}
    days = Counter(m.published for m in dated if m.published)
    day = max(days, key=lambda d: (days[d], d))
    evidence = tuple(sorted(s for m in dated if m.published == day for s in m.published_evidence))
    return {m.article_id: (day, evidence) for m in undated}

"""Dated claims in order: what came before, what goes on, what is planned."""

from collections import defaultdict
from collections.abc import Sequence

from rashomon.align.matching.claims import OPAQUE, Cluster
from rashomon.align.statements.prepare import Story
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup, TimelineEntry, TimelineStatus
from rashomon.model.timevalue import interval, precision, same_days


def draw_timeline(story: Story, clusters: Sequence[Cluster], groups: Sequence[ClaimGroup]) -> tuple[TimelineEntry, ...]:
    """The story's dated claim groups as entries in order of time.

    A plan is joined to its doing: a planned claim that shares deed, actors and day with one that is reported as done
    stands under that entry. What lies after the last publication day counts as planned whatever its tense.
    """
    days = [d for d in (story.published(a.id) for a in story.articles) if d]
    latest = max(days, default=None)
    cluster_of = {frozenset(i.claim.span for i in c.items): c for c in clusters}
    dated = [(g, cluster_of[frozenset(g.evidence)]) for g in groups if g.when and interval(g.when)]
    done = [(g, c) for g, c in dated if g.status in {"happened", "ongoing"}]
    by_deed: dict[str, list[int]] = defaultdict(list)
    for number, (_, cluster) in enumerate(done):
        for deed in _deeds(cluster):
            by_deed[deed].append(number)
    joined: dict[str, list[ClaimGroup]] = defaultdict(list)
    absorbed: set[str] = set()
    for plan, cluster in dated:
        if plan.status not in {"planned", "possible"}:
            continue
        near = (done[n] for n in sorted({n for deed in _deeds(cluster) for n in by_deed[deed]}))
        doings = [g for g, c in near if same_days(g.when or "", plan.when or "") and _fulfils(c, cluster)]
        if doings:
            # The one whose time is known best: a plan for Friday is done on Friday rather than "this week".
            doing = min(doings, key=lambda g: -_order(g.when or "")[1])
            joined[doing.id].append(plan)
            absorbed.add(plan.id)
    told = [(g, c) for g, c in dated if g.id not in absorbed and _takes_place(g, c, story)]
    at_one_time: dict[str | None, list[tuple[ClaimGroup, Cluster]]] = defaultdict(list)
    for group, cluster in told:
        at_one_time[group.when].append((group, cluster))
    entries = [_entry(g, joined[g.id], latest) for g, c in told if not _told_better(g, c, at_one_time[g.when])]
    return tuple(sorted(entries, key=lambda e: (_order(e.date), e.date, e.evidence)))


def _takes_place(group: ClaimGroup, cluster: Cluster, story: Story) -> bool:
    """Whether a claim tells of something at its time: not what could be, not a plan whose day had passed when it was
    written ("was to have been held"), and not what merely *is* so ("it is the first since 2011")."""
    if group.status in {"denied", "possible"} or _is_fragment(group, cluster):
        return False
    covered = interval(group.when or "")
    assert covered is not None
    days = [d for i in cluster.items if (d := story.published(i.article))]
    over = bool(days) and covered[1].isoformat() < min(days)
    if group.status == "planned":
        return not over
    return not (over and all(i.claim.predicate.startswith("be ") for i in cluster.items))


def _is_fragment(group: ClaimGroup, cluster: Cluster) -> bool:
    """Whether nobody can tell, reading the entry alone, who does it: "which ended in May", "he left on Monday"."""
    first = group.text.split(" ", 1)[0].lower()
    return first in {"that", "which", "who"} or (first in OPAQUE and not any(i.actors for i in cluster.items))


def _fulfils(done: Cluster, plan: Cluster) -> bool:
    """Whether a claim of one time tells the doing of what another plans: a deed of one kind, and of a common actor
    where people do it all the time (meet, travel)."""
    deeds = _deeds(done) & _deeds(plan)
    actors = frozenset().union(*(i.actors for i in done.items)) & frozenset().union(*(i.actors for i in plan.items))
    spots = [frozenset().union(*(i.spots for i in c.items)) for c in (done, plan)]
    elsewhere = bool(spots[0] and spots[1]) and not spots[0] & spots[1]
    return bool(deeds - {"meet", "travel", "leave"} or (deeds and actors)) and not elsewhere


def _deeds(cluster: Cluster) -> frozenset[str]:
    return frozenset().union(*(i.deed for i in cluster.items))


def _told_better(group: ClaimGroup, cluster: Cluster, others: Sequence[tuple[ClaimGroup, Cluster]]) -> bool:
    """Whether another of ``others``, which are of one time, tells all sentences of this entry, better attested or in
    more words."""
    own = {i.sentence for i in cluster.items}
    rank = (len(group.articles), len(group.text), group.id)
    for other, holder in others:
        same = other is not group and own <= {i.sentence for i in holder.items}
        if same and (len(other.articles), len(other.text), other.id) > rank:
            return True
    return False


def _entry(group: ClaimGroup, plans: Sequence[ClaimGroup], latest: str | None) -> TimelineEntry:
    evidence: dict[Span, None] = dict.fromkeys(group.evidence)
    for plan in plans:
        evidence.update(dict.fromkeys(plan.evidence))
    assert group.when is not None
    return TimelineEntry(
        date=group.when,
        precision=precision(group.when),
        status=_status(group, latest),
        text=group.text,
        claims=(group.id, *(p.id for p in plans)),
        evidence=tuple(evidence),
    )


def _status(group: ClaimGroup, latest: str | None) -> TimelineStatus:
    if group.status in {"planned", "possible"}:
        return "planned"
    covered = interval(group.when or "")
    if latest and covered and covered[0].isoformat() > latest:
        return "planned"
    over = latest is not None and covered is not None and covered[1].isoformat() < latest
    return "ongoing" if group.status == "ongoing" and not over else "past"


def _order(value: str) -> tuple[str, int]:
    covered = interval(value)
    assert covered is not None
    return covered[0].isoformat(), -(covered[1] - covered[0]).days

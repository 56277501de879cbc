"""One question, incompatible readings: when, how many, where.

Only claims that surely speak of one event are held against each other: the same kind of deed by the same actors (or at
the same place), with words enough in common, in different articles.
"""

import calendar
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rashomon.align.conflicts.casualty_counts import TOLLS, Toll, find_tolls, people, same_occasion
from rashomon.align.conflicts.counterparts import AlikePair
from rashomon.align.conflicts.differences import find_differences
from rashomon.align.conflicts.questions import amount, question
from rashomon.align.conflicts.same_statement import Side
from rashomon.align.matching.claims import Cluster, allows, clash, of_others
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.similarity import similarity
from rashomon.model.ids import evidence_id
from rashomon.model.marks import Number
from rashomon.model.story import Conflict, ConflictKind, ConflictRelation, Reading
from rashomon.model.timevalue import interval, one_day, precision, same_days, weekday

# Below this likeness two claims of one kind of deed are too often about different occasions; found by reading the
# alarms on pairs of real articles of one story (docs/quality.md).
ALIKE = 0.42
_EVENTFUL = frozenset(
    {"meet", "travel", "sign", "die", "injure", "collide", "attack", "elect", "begin", "end", "cancel"}
)
# Below this likelihood that two clauses make one statement their conflict is only possible: of alarms on real pairs
# above it about one in two is a contradiction, of those below one in fifteen (docs/quality.md).
LIKELY = 0.8
# Tolls of which one is so many times the other count other people.
FAR = 20
# Two claims as like as this are one text; a relative day in it is resolved from the days they were published on.
ONE_TEXT = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class _Clash:
    kind: ConflictKind
    left: Side
    right: Side
    sure: float = 1.0


def find_conflicts(story: Story, clusters: Sequence[Cluster], pairs: Sequence[AlikePair]) -> tuple[Conflict, ...]:
    """Find contradictions and revisions between articles, the surest first.

    Args:
        pairs: items of ``story`` that are alike in words (``claims.alike_items``).
    """
    found: list[_Clash] = []
    items = [i for i in story.items if i.claim.polarity == "+"]
    for a, b in _comparable(items):
        found.extend(_other_days(a, b))
    found.extend(_other_tolls(items, story))
    found.extend(_other_days_of_a_meeting(items, story))
    found.extend(_Clash(d.kind, d.left, d.right, d.sure) for d in find_differences(story, pairs))
    cluster_of = {item.order: c for c in clusters for item in c.items}
    conflicts = [c for group in _questions(found, clusters) if (c := _conflict(group, story, cluster_of))]
    return tuple(
        sorted(conflicts, key=lambda c: (c.relation == "possible", -sum(len(r.articles) for r in c.readings), c.id))
    )


def _comparable(items: Sequence[Item]) -> Iterable[tuple[Item, Item]]:
    """Pairs of different articles that share a deed and an actor or place: blocked, so linear in practice."""
    blocks: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        for deed in item.deed:
            for entity in item.actors | item.places:
                blocks[deed, entity].append(item)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        block = blocks[key]
        for at, a in enumerate(block):
            for b in block[at + 1 :]:
                if a.article != b.article and (a.order, b.order) not in seen:
                    seen.add((a.order, b.order))
                    yield a, b


def _other_days(a: Item, b: Item) -> Iterable[_Clash]:
    """One occasion on two days: the same kind of deed by the same actors, in the same town, in words enough alike."""
    if not a.when or not b.when or same_days(a.when, b.when) or not _datable(a, b):
        return
    if (a.spots and b.spots and not a.spots & b.spots) or of_others(a, b):
        return
    alike = similarity(a.bag, b.bag)
    shared = len(a.actors & b.actors)
    same_event = shared >= 2 or (shared and a.places & b.places)
    arrival = bool(shared and a.spots & b.spots and "travel" in a.deed & b.deed)
    if alike < ONE_TEXT and ((same_event and alike >= ALIKE) or arrival or _same_occasion(a, b)):
        yield _Clash("time", _told_time(a), _told_time(b))


def _other_tolls(items: Sequence[Item], story: Story) -> Iterable[_Clash]:
    """How many were killed, hurt, arrested or saved: a story is about one event, so its outlets count the same people
    even where they name nobody. An article that gives the other's count as well tells how the count grew."""
    tolls = find_tolls(items, story)
    days = sorted(d for a in story.articles if (d := story.published(a.id)))
    first = date.fromisoformat(days[0]) if days else None
    told: dict[str, list[Toll]] = defaultdict(list)
    for toll in tolls:
        told[toll.item.article].append(toll)
    for at, a in enumerate(tolls):
        for b in tolls[at + 1 :]:
            if a.item.article == b.item.article or a.kind != b.kind or not _one_fate(a, b):
                continue
            if not same_occasion(a, b, first) or not clash_of_people(a.number, b.number):
                continue
            if max(a.number.value, b.number.value) > FAR * min(a.number.value, b.number.value):
                continue  # one who died of old age, eighty in a flood
            grown = any(_told_too(b, other) for other in told[a.item.article] if other is not a)
            if not grown and not any(_told_too(a, other) for other in told[b.item.article] if other is not b):
                left, right = a.number, b.number
                yield _Clash("number", Side(a.item, amount(left), left.span), Side(b.item, amount(right), right.span))


def _one_fate(a: Toll, b: Toll) -> bool:
    return bool(a.item.deed & b.item.deed & TOLLS)


def _told_too(toll: Toll, other: Toll) -> bool:
    return _one_fate(toll, other) and toll.kind == other.kind and not clash_of_people(toll.number, other.number)


def _told_time(item: Item) -> Side:
    assert item.when is not None
    assert item.claim.when_span is not None
    return Side(item, item.when, item.claim.when_span)


def clash_of_people(a: Number, b: Number) -> bool:
    """Whether two counts of people exclude each other, by whatever noun they are counted."""
    return clash(a, replace(b, unit=a.unit))


def _other_days_of_a_meeting(items: Sequence[Item], story: Story) -> Iterable[_Clash]:
    """An earlier meeting in one town, on two days: no outlet reports a meeting there on both days, so it is one."""
    published = sorted(d for a in story.articles if (d := story.published(a.id)))
    if not published:
        return
    first = date.fromisoformat(published[0])
    past = [
        i
        for i in items
        if "meet" in i.deed
        and i.spots
        and i.claim.status == "happened"
        and i.when
        and precision(i.when) == "day"
        and (covered := interval(i.when))
        and 3 < (first - covered[0]).days <= 60
    ]
    days: dict[str, set[str | None]] = defaultdict(set)
    for item in past:
        days[item.article].add(item.when)
    for at, a in enumerate(past):
        for b in past[at + 1 :]:
            one = a.article != b.article and a.spots & b.spots and a.when != b.when and not of_others(a, b)
            if one and b.when not in days[a.article] and a.when not in days[b.article]:
                yield _Clash("time", _told_time(a), _told_time(b))


def _datable(a: Item, b: Item) -> bool:
    """Both speak of an occasion, and of occasions near enough in time to be one: not last year's and this year's."""
    if not (a.deed & b.deed & _EVENTFUL):
        return False
    left, right = interval(a.when or ""), interval(b.when or "")
    if left is None or right is None:
        return False
    apart = max(left[0], right[0]) - min(left[1], right[1])
    return apart.days <= 45


def _same_occasion(a: Item, b: Item) -> bool:
    """An event noun with the same town names one occasion even in few words, if their sentences share another name
    and the two do not name different actors only."""
    if not (a.spots & b.spots) or not (a.claim.nominal and b.claim.nominal):
        return False
    if a.actors and b.actors and not a.actors & b.actors:
        return False
    return bool((a.around & b.around) - a.places - b.places)


def _questions(found: Sequence[_Clash], clusters: Sequence[Cluster]) -> list[list[_Clash]]:
    """Clashes about one question together: those that share a claim cluster on one side, of the same kind and unit."""
    cluster_of = {item.order: n for n, c in enumerate(clusters) for item in c.items}
    parent: dict[tuple[str, int, str], tuple[str, int, str]] = {}

    def find(key: tuple[str, int, str]) -> tuple[str, int, str]:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    def key_of(clash_: _Clash, answer: Side) -> tuple[str, int, str]:
        unit = _unit(answer) if clash_.kind == "number" else ""
        return (clash_.kind, cluster_of[answer.item.order], unit)

    for each in found:
        left, right = find(key_of(each, each.left)), find(key_of(each, each.right))
        parent[max(left, right)] = min(left, right)
    groups: dict[tuple[str, int, str], list[_Clash]] = defaultdict(list)
    for each in found:
        groups[find(key_of(each, each.left))].append(each)
    return [groups[key] for key in sorted(groups)]


def _conflict(group: Sequence[_Clash], story: Story, cluster_of: Mapping[int, Cluster]) -> Conflict | None:
    kind = group[0].kind
    answers = {(x.item.order, x.span): x for c in group for x in (c.left, c.right)}
    for answer in list(answers.values()):
        for mate in _mates(answer, kind, cluster_of[answer.item.order]):
            answers.setdefault((mate.item.order, mate.span), mate)
    same = _SAME.get(kind, _same_value)
    # What agrees with every other answer ("more than 270") takes no side.
    ordered = [x for _, x in sorted(answers.items()) if not all(same(x, y) for y in answers.values())]
    readings = _counted(ordered) if kind == "number" else _parted(ordered, same)
    if len(readings) < 2:
        return None
    if kind == "time" and any(_outlets(a) & _outlets(b) for a, b in itertools.combinations(readings, 2)):
        return None  # an article that gives both days tells of two occasions
    told = tuple(
        sorted(
            (
                Reading(
                    value=_value(r, kind),
                    articles=tuple(sorted({x.item.article for x in r})),
                    evidence=tuple(sorted({x.item.claim.span for x in r})),
                )
                for r in readings
            ),
            key=lambda r: (-len(r.articles), r.value),
        )
    )
    return Conflict(
        id=evidence_id("x", (s for r in told for s in r.evidence), kind),
        kind=kind,
        relation="possible" if max(c.sure for c in group) < LIKELY else _relation(readings, kind, story),
        question=question(kind, [x.item for x in ordered], [x.span for x in ordered], story),
        readings=told,
    )


def _parted(answers: Sequence[Side], same: Callable[[Side, Side], bool]) -> list[list[Side]]:
    """The answers in readings: those of one agree with each other."""
    readings: list[list[Side]] = []
    for answer in answers:
        home = next((r for r in readings if all(same(answer, other) for other in r)), None)
        if home is None:
            readings.append([answer])
        else:
            home.append(answer)
    return readings


def _counted(answers: Sequence[Side]) -> list[list[Side]]:
    """Counts in readings, one for each value; "at least 60" stands with the one value that it allows, and with none
    where it allows several."""
    readings: dict[float, list[Side]] = defaultdict(list)
    vague = []
    for answer in answers:
        number = _number(answer)
        if number.mod:
            vague.append(answer)
        else:
            readings[number.value].append(answer)
    exact = dict(readings)
    for answer in vague:
        allowed = [value for value, own in exact.items() if allows(_number(answer), _number(own[0]))]
        if len(allowed) < 2:
            readings[allowed[0] if allowed else _number(answer).value].append(answer)
    return [*readings.values()]


def _number(answer: Side) -> Number:
    return next(n for n in answer.item.claim.numbers if n.span == answer.span)


def _outlets(reading: Sequence[Side]) -> set[str]:
    return {answer.item.article for answer in reading}


def _mates(answer: Side, kind: ConflictKind, cluster: Cluster) -> Iterable[Side]:
    """What the other members of the claim's group answer: they are of one voice with it."""
    for item in cluster.items:
        if item is answer.item:
            continue
        if kind == "time" and item.when and item.claim.when_span:
            yield Side(item, item.when, item.claim.when_span)
        elif kind == "number":
            unit = _unit(answer)
            mates = (Side(item, amount(n), n.span) for n in item.claim.numbers if n.mod != "out of")
            yield from (mate for mate in mates if _unit(mate) == unit)


def _same_time(a: Side, b: Side) -> bool:
    return one_day(a.value, b.value)


def _same_number(a: Side, b: Side) -> bool:
    return not clash_of_people(_number(a), _number(b))


def _same_value(a: Side, b: Side) -> bool:
    return a.value == b.value


_SAME: dict[ConflictKind, Callable[[Side, Side], bool]] = {"time": _same_time, "number": _same_number}


def _unit(answer: Side) -> str:
    unit = _number(answer).unit
    return "people" if unit in people() else unit


def _value(reading: Sequence[Side], kind: ConflictKind) -> str:
    if kind == "time":
        # The day: hours part no readings, and not all of them need name one, nor the week.
        known = {x.value.partition("T")[0] for x in reading if interval(x.value)}
        if known:
            return min(known, key=lambda v: (-len(v), v))
        day = weekday(reading[0].value)
        return calendar.day_name[day - 1] if day else reading[0].value
    # What most articles write; of numbers one without "about".
    articles = Counter(value for value, _ in {(x.value, x.item.article) for x in reading})
    vague = {x.value for x in reading if kind == "number" and _number(x).mod}
    return min(articles, key=lambda v: (v in vague, -articles[v], len(v), v))


def _relation(readings: Sequence[Sequence[Side]], kind: ConflictKind, story: Story) -> ConflictRelation:
    """A revision when all of one reading's articles are older than all of the other's, else a contradiction.

    The day of what is over is not revised, only corrected; a plan and a count are.
    """
    if kind == "time" and all(any(x.item.claim.status == "happened" for x in r) for r in readings):
        return "contradiction"
    days = [[story.published(x.item.article) for x in r] for r in readings]
    if any(day is None for r in days for day in r):
        return "contradiction"
    known = sorted([min(d for d in r if d), max(d for d in r if d)] for r in days)
    apart = all(earlier[1] < later[0] for earlier, later in itertools.pairwise(known))
    return "revision" if apart else "contradiction"

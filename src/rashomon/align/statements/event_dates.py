"""What the articles of a story tell each other of the days of events that they measure time from.

"She resigned two days after the summit in Oslo": another article dates that summit. And the other way round: "the visit
comes two months after a summit in Oslo ended in failure" tells about when that summit ended.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.align.matching.claims import EMPTY_DEEDS
from rashomon.align.statements.prepare import Item, Story, deed_classes, is_wide
from rashomon.model.marks import Claim, Timex
from rashomon.model.measure import Measure, measure_of
from rashomon.model.spans import Span
from rashomon.model.story import Entity
from rashomon.model.timevalue import interval, same_days

# How many distances of one article are looked at: people write a handful, lists any number.
MOST_OF_ONE = 40
# Deeds that one person does so often that his name alone does not tell which of them is meant.
_OFTEN = frozenset({"meet", "travel", "leave", "return"})
# A name behind one of these says where an event was.
_AT = re.compile(r"\b(?:in|at|near|to|outside|off)\s+(?:the\s+)?(?:\w+\s+)?$")
# Where what follows an event's noun begins.
_LINK = re.compile(r"\b(?:of|in|at|on|near|between|with|for|about|against|over|by|to|from|outside|off)\b")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Event:
    """An event as an article names it where it measures from it: the deed, who took part, where."""

    span: Span
    deed: frozenset[str]
    people: frozenset[str]
    others: frozenset[str]
    places: frozenset[str]
    spots: frozenset[str]
    lands: frozenset[str]


def with_event_dates(story: Story) -> Story:
    """Measure times from the days that any article of the story gives the events they are measured from.

    A claim told at such a distance gets its time. A claim about the event itself, where its article does not date it,
    gets the days that it lies among (``Item.about``); they serve for comparing only.

    An event is known again by its deed and by everyone, and the place, that the article names with it; a town lies in
    its country. Where such events have several dates, none is taken.
    """
    known = {e.id: e for e in story.index.entities}
    dated: dict[str, list[Item]] = defaultdict(list)
    of_article: dict[str, list[Item]] = defaultdict(list)
    for item in story.items:
        of_article[item.article].append(item)
        if item.when and item.claim.polarity == "+" and item.claim.status not in {"possible", "denied"}:
            for deed in item.deed - EMPTY_DEEDS:
                dated[deed].append(item)
    timexes: dict[str, dict[Span, Timex]] = {}
    changed: dict[int, Item] = {}
    for article, items in of_article.items():
        points = timexes.setdefault(article, {})
        told_at = [t for t in story.marks[article].timexes if t.anchor == "event" and t.anchor_span][:MOST_OF_ONE]
        for timex in told_at:
            measure = measure_of(timex.expr)
            if measure is None or timex.anchor_span is None:
                continue
            event = _event(story, timex.anchor_span, items, known)
            day = story.published(article)
            base = measure.rounded(day) if measure.now and day else _time_told(timex, event, items)
            about = measure.event_from(base) if base else None
            source = _dating(event, timex, dated, measure, about)
            point = measure.point_from(source.when) if source and source.when else None
            if source and point and _had_come(point, timex, items, day):
                points[timex.span] = replace(timex, point=point, anchor="timex", anchor_span=source.claim.when_span)
                about = source.when
            own = _telling(event, timex, items, story.texts[article]) if about else None
            if own and about:
                changed[own.order] = replace(own, about=measure.around(about))
        for item in items:
            pointing = points.get(item.claim.when_span) if item.claim.when_span else None
            if pointing:
                changed[item.order] = item.measured(pointing)
    return story.updated(changed, timexes)


def _event(story: Story, span: Span, items: Iterable[Item], known: Mapping[str, Entity]) -> _Event:
    text = span.cut(story.texts[span.article_id])
    spans = story.index.in_article.get(span.article_id, ())
    people, others, places = set(), set(), set()
    for mention in spans[bisect_left(spans, Span(span.article_id, span.start, span.start + 1)) :]:
        if mention.start >= span.end:
            break
        entity = known[story.index.of[mention]]
        if entity.kind == "PERSON":
            people.add(entity.id)
        elif entity.place and _AT.search(text, 0, max(0, mention.start - span.start)):
            places.add(entity.id)
        else:
            others.add(entity.id)
    spots = {each for each in places if not is_wide(known[each])}
    lands = {place.country for each in places if (place := known[each].place) and place.country}
    deeds = [item.deed for item in items if span.covers(item.claim.predicate_span)]
    deed = deeds[0] if deeds else _deed_of(text)
    return _Event(span, deed - EMPTY_DEEDS, *map(frozenset, (people, others, places, spots, lands)))


def _deed_of(phrase: str) -> frozenset[str]:
    """The classes of the noun that a phrase is built around, itself among them: "his first summit with Ruiz"."""
    words = _WORD.findall(_LINK.split(phrase.lower(), maxsplit=1)[0])
    for word in words[-1:]:
        singular = word.removesuffix("s")
        return frozenset({word, singular}) | deed_classes().get(word, deed_classes().get(singular, frozenset()))
    return frozenset()


def _time_told(timex: Timex, event: _Event, items: Iterable[Item]) -> str | None:
    """When that was which lies at the distance, in the clause's own words: "arrived on Wednesday, a day before …"."""
    holders = [i for i in items if i.claim.span.covers(timex.span)]
    inner = min(holders, key=lambda i: (i.claim.span.end - i.claim.span.start, i.order), default=None)
    if inner is None or event.span.covers(inner.claim.predicate_span):
        return None
    return inner.when


def _dating(
    event: _Event, timex: Timex, dated: Mapping[str, Sequence[Item]], measure: Measure, about: str | None
) -> Item | None:
    """The claim that tells the event's day most precisely; None where none does, or where several days are told.

    Args:
        dated: the claims with a time, by deed.
        about: when the event was, as far as its own article tells.
    """
    found = {i.order: i for deed in event.deed for i in dated.get(deed, ()) if _is_of(i, event)}
    told = [i for i in found.values() if not i.sentence.covers(timex.span)]
    if about:
        # A count in round figures: what fits it as it stands is meant, else what fits it but for the rounding.
        close = [i for i in told if same_days(i.when or "", about)]
        told = close or [i for i in told if _overlap(i.when, measure, about)]
    best = min(told, key=lambda i: (-len(i.when or ""), i.order), default=None)
    return best if best and all(same_days(i.when or "", best.when or "") for i in told) else None


def _overlap(when: str | None, measure: Measure, about: str) -> bool:
    days, room = interval(when or ""), measure.around(about)
    return bool(days and room and days[0] <= room[1] and room[0] <= days[1])


def _is_of(item: Item, event: _Event) -> bool:
    """Whether a claim may tell of the event: everyone, and the place, named with the event stand by the claim too."""
    here = item.actors | item.around
    if event.places:
        same_land = bool(event.lands & item.lands) and not (event.spots and item.spots)
        if not event.places & item.places and not same_land:
            return False
        return event.people <= here
    if event.people:
        often = len(event.people) == 1 and not event.others & here and event.deed & _OFTEN
        return event.people <= here and not often
    return bool(event.others) and event.others <= here


def _had_come(point: str, timex: Timex, items: Iterable[Item], published: str | None) -> bool:
    """Whether what is told as done at the distance had come to pass when the article was published."""
    days = interval(point)
    if not days or not published or days[0].isoformat() <= published:
        return True
    return not any(i.claim.when_span == timex.span and i.claim.status == "happened" for i in items)


def _telling(event: _Event, timex: Timex, items: Iterable[Item], text: str) -> Item | None:
    """The undated claim that tells the event itself: "two months after [the summit in Oslo ended in failure]".

    Claims inside it ("after the mayor said that [the bridge had failed]") are of other times.
    """
    own = [i for i in items if _tells(i.claim, event, timex, text)]
    widest = max(own, key=lambda i: (i.claim.span.end - i.claim.span.start, -i.order), default=None)
    return widest if widest and widest.claim.when_span is None else None


def _tells(claim: Claim, event: _Event, timex: Timex, text: str) -> bool:
    if event.span.covers(claim.predicate_span):
        return claim.attributed_to is None or not event.span.covers(claim.attributed_to)
    begins = timex.span.start <= claim.span.start <= event.span.start
    between = claim.predicate_span.start - event.span.end
    return begins and between >= 0 and "," not in text[event.span.end : claim.predicate_span.start]

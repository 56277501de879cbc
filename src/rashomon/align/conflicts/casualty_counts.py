"""Do two counts count the same? What is counted, and on which occasion.

A story's articles count the dead of their own event, of last year's, and of all years together, and they count the
tourists among them. Only counts of one kind, on one occasion, can contradict each other.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rashomon.align.statements.prepare import Item, Story
from rashomon.model.lists import data_lines
from rashomon.model.marks import Number, Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import compatible, interval, precision, same_days

# Deeds whose numbers count the people of the one event that a story is about.
TOLLS = frozenset({"die", "injure", "arrest", "rescue"})
# Nouns that count all who came to harm; any other ("tourist", "child") may count some of them.
_ALL = frozenset({"people", "person", "passenger", "victim", "those", "casualty"})
# Of these deeds the agent is counted: the dead die; the injured are injured by somebody.
_SUFFERED = frozenset({"die", "perish", "be"})
_DEGREES = frozenset({"seriously", "critically", "severely", "serious", "critical", "severe", "gravely", "grave",
                      "life-threatening", "lightly", "slightly", "minor", "slight", "badly"})  # fmt: skip
_NUMERAL = re.compile(
    r"[\d.,]+|of|the|and|a|dozens?|hundreds?|thousands?|millions?|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty-?)?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
)
# Sentences at the top of an article speak of its event unless they name another time.
_LEAD = 5
# Days before the first article by which another time is another occasion.
_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of people whom something befell, with what tells the occasion.

    ``dates``: the time values in its sentence, or, where it has none, in the sentences before it in its paragraph;
    ``names``: the entities in those sentences that are no states, regions or agencies; ``things``: those of them that
    are no places and not in the gazetteer, such as a ship or a culprit; ``lead``: near the top.
    """

    item: Item
    number: Number
    kind: tuple[str, ...]
    dates: tuple[str, ...]
    names: frozenset[str]
    things: frozenset[str]
    lead: bool


@functools.cache
def people() -> frozenset[str]:
    """Nouns that count people."""
    return frozenset(data_lines("rashomon.align", "people.txt"))


def find_tolls(items: Sequence[Item], story: Story) -> list[Toll]:
    """The counts of people killed, hurt, arrested or saved, where the number counts those whom it befell."""
    places = {e.id for e in story.index.entities if (e.known or "").partition(":")[0] in {"state", "region"}}
    media = {e.id for e in story.index.entities if (e.known or "").partition(":")[0] in {"agency", "outlet"}}
    things = {e.id for e in story.index.entities if e.kind != "PLACE" and not e.known}
    found = []
    for item in items:
        if not item.deed & TOLLS or item.claim.status not in {"happened", "ongoing"}:
            continue
        for number in item.claim.numbers:
            if number.unit not in people() or number.mod in {"out of", "another"} or not _befell(item, number):
                continue
            sentences = _window(item, story)
            times = _times(item.article, sentences[-1:], story) or _times(item.article, sentences, story)
            if any(_spans_years(t) for t in times):
                continue
            named = {
                entity
                for span in story.index.in_article.get(item.article, ())
                if any(s.covers(span) for s in sentences) and (entity := story.index.of[span]) not in places | media
            }
            kind = counted(number, story.texts[item.article])
            if "injure" in item.deed:
                kind += tuple(sorted(_DEGREES & set(item.text.lower().split())))
            dates = (item.when,) if item.when else tuple(t.value for t in times if interval(t.value))
            lead = _place(item, story) < _LEAD
            found.append(Toll(item, number, kind, dates, frozenset(named), frozenset(named & things), lead))
    return found


def counted(number: Number, text: str) -> tuple[str, ...]:
    """What a number counts, in lower-case words: ("women", "passengers"); () for people without distinction."""
    if number.unit in _ALL:
        words = number.span.cut(text).lower().split()[:-1]
        narrow = [w for w in words if not _NUMERAL.fullmatch(w)]
        return (*narrow, number.unit) if narrow else ()
    return (number.unit,)


def same_occasion(a: Toll, b: Toll, first_day: date | None) -> bool:
    """Whether two tolls are counted on one occasion: a common day, or a common name and no sign of different days.

    Args:
        first_day: when the story's first article was published; None where none is dated.
    """
    if a.item.when and b.item.when and not same_days(a.item.when, b.item.when):
        return False
    days = [(x, y) for x in a.dates for y in b.dates if _near(x, y)]
    if a.dates and b.dates and not days:
        return False
    earlier = [[d for d in t.dates if _past(d, first_day)] for t in (a, b)]
    if any(earlier) and not any(x in earlier[0] or y in earlier[1] for x, y in days):
        # One of them tells of an earlier day, the other of none: two names, or a ship's in the clause, make it one.
        thing = a.things & b.things & (a.item.named | b.item.named)
        return not (a.dates and b.dates) and (len(a.names & b.names) > 1 or bool(thing))
    if a.item.spots and b.item.spots and not a.item.spots & b.item.spots:
        return False
    return bool(days or a.names & b.names or (a.lead and b.lead))


def _befell(item: Item, number: Number) -> bool:
    claim = item.claim
    roles = (*claim.who, *claim.whom) if claim.predicate.split(" ")[0] in _SUFFERED else claim.whom
    return any(span.overlaps(number.span) for span in roles)


def _window(item: Item, story: Story) -> tuple[Span, ...]:
    """The item's sentence, last, after the sentence before it in its paragraph."""
    at = _place(item, story)
    own = story.marks[item.article].sentences
    if at >= len(own):
        return (item.sentence,)
    before = own[at - 1 : at] if at and own[at - 1].paragraph == own[at].paragraph else ()
    return (*(s.span for s in before), own[at].span)


def _place(item: Item, story: Story) -> int:
    starts = [s.span.start for s in story.marks[item.article].sentences]
    return max(bisect_right(starts, item.claim.span.start) - 1, 0)


def _times(article: str, sentences: Sequence[Span], story: Story) -> list[Timex]:
    return [t for t in story.marks[article].timexes if any(s.covers(t.span) for s in sentences)]


def _spans_years(timex: Timex) -> bool:
    """ "in the past seven years", "every year": a count of many occasions."""
    long = not timex.value.startswith("PT") and timex.value.endswith(("Y", "M", "DE"))
    return (timex.type == "DURATION" and long) or timex.type == "SET"


def _near(a: str, b: str) -> bool:
    return compatible(a, b) and "year" not in {precision(a), precision(b)}


def _past(value: str, first_day: date | None) -> bool:
    covered = interval(value)
    return bool(covered and first_day and covered[1] < first_day - timedelta(days=_BEFORE))

"""The same statement in two articles but for one thing: a number, a day, a place, somebody's name, or a "not".

Conflicts of every kind are looked for between counterparts: two clauses of which each is the likest that the other
article has. What they differ in is a difference of accounts only if neither article gives the other's answer: an
article with both numbers, both towns or both names tells of two things. Nor if they differ in two things at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.align.claims import clash, of_others
from rashomon.align.entities import EntityIndex
from rashomon.align.names import fold
from rashomon.align.prepare import Item, Story, is_wide, told_classes
from rashomon.align.questions import amount
from rashomon.align.similarity import Bag, bag, load_lexicon, similarity
from rashomon.align.tolls import counted
from rashomon.model.marks import Number
from rashomon.model.spans import Span
from rashomon.model.story import ConflictKind
from rashomon.model.timevalue import interval, precision, same_days

AlikePair = tuple[int, int, float]
# Likeness from which two clauses are looked at, and from which the sentences around them are of one matter. Read off
# changes planted in some 250 real pairs, and off all alarms on 150 untouched ones (docs/quality.md): below these,
# alarms grow faster than what is found. A change of name or place takes rare words away, so less is asked there.
LEAST: dict[ConflictKind, float] = {"number": 0.25, "time": 0.33, "place": 0.2, "identity": 0.25, "polarity": 0.25}
LEAST_SENTENCE: dict[ConflictKind, float] = {
    "number": 0.35, "time": 0.35, "place": 0.2, "identity": 0.3, "polarity": 0.35,
}  # fmt: skip
# Where a day is only near the clause, and the verbs are two, the clauses must be so alike.
SURELY_ONE = 0.4
# Days between two answers to one question; more are two occasions.
NEAR = 10
_ON = len(" on ")
# Shares by which large numbers differ when one of them is rounded.
ROUNDED, LARGE = 0.01, 1000
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
# What has not been done "yet" or "since" may have been done before, or be done by the time that the other tells of.
_SO_FAR = re.compile(r"\b(?:yet|since|so far|still|until|before|any ?more|longer)\b")
_AGED = re.compile(r"year[- ]olds?\b|, \d\d,")
_OF_TODAY = re.compile(r"\b(?:to-?day|tonight|this|yesterday|tomorrow|last night)\b")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One article's answer: the claim, the value as people read it, and the words."""

    item: Item
    value: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Two counterparts and the one thing in which they differ."""

    kind: ConflictKind
    left: Side
    right: Side
    alike: float
    sentences: float


def find_differences(story: Story, pairs: Sequence[AlikePair]) -> Iterator[Difference]:
    """What counterparts of different articles differ in.

    Args:
        pairs: positions of items in the story, and how alike they are in words (``similarity.similar_pairs``).
    """
    told = _Told(story)
    bags: dict[Span, Bag] = {}
    lexicon = load_lexicon()
    seen: set[tuple[ConflictKind, Span, Span]] = set()
    for i, j, alike in counterparts(story.items, pairs):
        a, b = story.items[i], story.items[j]
        found = [(k, x, y) for k, x, y in _differences(a, b, alike, told) if alike >= LEAST[k]]
        if not found:
            continue
        for item in (a, b):
            if item.sentence not in bags:
                bags[item.sentence] = bag(item.sentence.cut(story.texts[item.article]), lexicon)
        whole = similarity(bags[a.sentence], bags[b.sentence])
        for kind, left, right in found:
            key = (kind, left.span, right.span)
            if whole >= LEAST_SENTENCE[kind] and key not in seen:
                seen.add(key)
                yield Difference(kind, left, right, alike, whole)


def counterparts(items: Sequence[Item], pairs: Iterable[AlikePair]) -> list[AlikePair]:
    """Pairs of items whose sentences are counterparts: each has the likest clause to the other that its article has.

    Returns:
        Those of most likeness first.
    """
    least = min(LEAST.values())
    between = [(i, j, s) for i, j, s in pairs if s >= least and items[i].article != items[j].article]
    best: dict[tuple[Span, str], float] = defaultdict(float)
    whole: dict[tuple[Span, Span], float] = defaultdict(float)
    for i, j, alike in between:
        a, b = items[i], items[j]
        whole[a.sentence, b.sentence] = max(whole[a.sentence, b.sentence], alike)
        for one, other in ((a, b), (b, a)):
            key = (one.sentence, other.article)
            best[key] = max(best[key], alike)
    found = []
    for i, j, alike in between:
        a, b = items[i], items[j]
        most = whole[a.sentence, b.sentence]
        if most >= best[a.sentence, b.article] and most >= best[b.sentence, a.article]:
            found.append((i, j, alike))
    return sorted(found, key=lambda p: (-p[2], p[0], p[1]))


class _Told:
    """What each article says anywhere, to ask whether it gives the other's answer too."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.index: EntityIndex = story.index
        self.names = {e.id: e.name for e in story.index.entities}
        self.words = {e.id: frozenset(w for n in e.names for w in fold(n.text)) for e in story.index.entities}
        self.kinds = {e.id: e.kind for e in story.index.entities}
        self.entities = {a: frozenset(story.index.of[s] for s in spans) for a, spans in story.index.in_article.items()}
        self.counts: dict[str, set[tuple[float, str]]] = defaultdict(set)
        self.days: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.wide = {e.id for e in story.index.entities if is_wide(e)}
        self.lower = {a: t.lower() for a, t in story.texts.items()}
        for item in story.items:
            for number in item.claim.numbers:
                self.counts[item.article].add((number.value, number.unit))
            if item.when:
                self.days[item.article, item.claim.predicate.split(" ")[0]].append(item.when)

    def day(self, item: Item) -> Side | None:
        """The day of an item: its own, else the only one in its clause, else the only one in its sentence."""
        if item.when and item.claim.when_span:
            return Side(item, item.when, item.claim.when_span) if precision(item.when) in {"day", "time"} else None
        cues = [q.cue.end for q in self.story.marks[item.article].quotations if q.cue]
        for span in (item.claim.span, item.sentence):
            days = [t for t in self.story.marks[item.article].timexes if span.covers(t.span) and interval(t.value)]
            if days:
                if any(0 <= days[0].span.start - cue <= _ON for cue in cues):
                    return None  # the day of saying so
                one = len(days) == 1 and precision(days[0].value) in {"day", "time"}
                return Side(item, days[0].value, days[0].span) if one else None
        return None

    def names_kind(self, span: Span, kind: str) -> bool:
        """Whether the words at a span name an entity of this kind by name: no pronoun, no "the former swimmer"."""
        entity = self.index.of[span]
        words = fold(span.cut(self.story.texts[span.article_id]))
        return self.kinds[entity] == kind and bool(self.words[entity].intersection(words))

    def has(self, article: str, entity: str) -> bool:
        """Whether an article names an entity, or somebody or something with a word of its name."""
        if entity in self.entities.get(article, ()):
            return True
        text = self.lower[article]
        return fold(self.names[entity])[-1:] == () or fold(self.names[entity])[-1] in text


def _differences(a: Item, b: Item, alike: float, told: "_Told") -> Iterator[tuple[ConflictKind, Side, Side]]:
    deeds = [i.deed & told_classes() for i in (a, b)]
    if all(deeds) and not deeds[0] & deeds[1]:
        return  # "met", "left": two deeds
    left, right = told.day(a), told.day(b)
    apart = left is not None and right is not None and not same_days(left.value, right.value)
    if a.claim.polarity != b.claim.polarity:
        if not apart and _one_deed(a, b):
            yield "polarity", _side(a), _side(b)
        return
    others = of_others(a, b)
    if not others and not (a.spots and b.spots and not a.spots & b.spots):
        counts = list(_numbers(a, b, told))
        if not apart:
            yield from counts
        # Two days are told of many things: the sentences must have a name in common, if both have names.
        if left and right and apart and not counts and not (a.around and b.around and not a.around & b.around):
            own = left.span == a.claim.when_span and right.span == b.claim.when_span
            if (own or _one_verb(a, b) or alike >= SURELY_ONE) and _two_days(left, right, told):
                yield "time", left, right
    if apart or any(clash(x, y) for x in a.claim.numbers for y in b.claim.numbers):
        return  # other towns or people, and other counts or days: two events
    if not others and (place := _other_entity((a, a.claim.where), (b, b.claim.where), "PLACE", told)):
        yield "place", *place
    if any(_AGED.search(i.text) for i in (a, b)):
        return  # two witnesses, two victims
    for mine, theirs in ((a.claim.who, b.claim.who), (a.claim.whom, b.claim.whom)):
        if who := _other_entity((a, mine), (b, theirs), "PERSON", told):
            yield "identity", *who


def _one_deed(a: Item, b: Item) -> bool:
    """Whether one of two claims denies what the other affirms: the same verb of the same people, at the same time."""
    if of_others(a, b) or (a.people and b.people and not a.people & b.people) or a.background != b.background:
        return False
    status = {a.claim.status, b.claim.status}
    if "possible" in status or len({s in {"happened", "ongoing"} for s in status}) > 1:
        return False
    denial = a if a.claim.polarity == "-" else b
    return _one_verb(a, b) and not _SO_FAR.search(denial.text)


def _side(item: Item) -> Side:
    return Side(item, "yes" if item.claim.polarity == "+" else "no", item.claim.predicate_span)


def _one_verb(a: Item, b: Item) -> bool:
    return a.claim.predicate.split(" ")[0] == b.claim.predicate.split(" ")[0]


def _numbers(a: Item, b: Item, told: "_Told") -> Iterator[tuple[ConflictKind, Side, Side]]:
    """Of each unit the one number of each claim that the other article does not give."""
    for unit in sorted({n.unit for n in a.claim.numbers} & {n.unit for n in b.claim.numbers} - {""}):
        if "old" in unit.split() and not a.people & b.people:
            continue  # the ages of two people
        strange = [
            [
                n
                for n in item.claim.numbers
                if n.unit == unit and n.mod != "another" and (n.value, unit) not in told.counts[other.article]
            ]
            for item, other in ((a, b), (b, a))
        ]
        if not len(strange[0]) == len(strange[1]) == 1:
            continue
        x, y = strange[0][0], strange[1][0]
        texts = told.story.texts
        if not clash(x, y) or counted(x, texts[a.article]) != counted(y, texts[b.article]) or _rounded(x, y):
            continue
        yield "number", Side(a, amount(x), x.span), Side(b, amount(y), y.span)


def _rounded(a: Number, b: Number) -> bool:
    most = max(a.value, b.value)
    return most >= LARGE and abs(a.value - b.value) < ROUNDED * most


def _two_days(left: Side, right: Side, told: "_Told") -> bool:
    """Whether two days exclude each other: near, not one word read from two days of publication, told for the deed."""
    first, second = interval(left.value), interval(right.value)
    if not first or not second or abs((first[0] - second[0]).days) > NEAR:
        return False
    words = [s.span.cut(told.story.texts[s.item.article]).lower() for s in (left, right)]
    weekdays = [_WEEKDAY.search(w) for w in words]
    if words[0] == words[1] or (weekdays[0] and weekdays[1] and weekdays[0][0] == weekdays[1][0]):
        return False
    if abs((first[0] - second[0]).days) == 1 and any(_OF_TODAY.search(w) for w in words):
        return False  # an article is written the night before its day of publication
    for one, other in ((left, right), (right, left)):
        days = told.days[one.item.article, one.item.claim.predicate.split(" ")[0]]
        if any(same_days(d, other.value) for d in days):
            return False
    return True


def _other_entity(
    one: tuple[Item, Sequence[Span]], other: tuple[Item, Sequence[Span]], kind: str, told: "_Told"
) -> tuple[Side, Side] | None:
    """In a role of each claim the one named entity of a kind that the other article does not know, if there is one."""
    found = []
    for spans, article in ((one[1], other[0].article), (other[1], one[0].article)):
        named = {told.index.of[s]: s for s in spans if s in told.index.of and told.names_kind(s, kind)}
        strange = [(e, s) for e, s in named.items() if not told.has(article, e)]
        if len(strange) != 1:
            return None
        found.append(strange[0])
    (x, x_span), (y, y_span) = found
    if told.words[x] & told.words[y] or (kind == "PLACE" and (x in told.wide) != (y in told.wide)):
        return None
    return Side(one[0], told.names[x], x_span), Side(other[0], told.names[y], y_span)

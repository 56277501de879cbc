"""The same statement in two articles but for one thing: a number, a day, a place, somebody's name, or a "not".

Conflicts of every kind are looked for between counterparts: two clauses of which each is the likest that the other
article has. What they differ in is a difference of accounts only if neither article gives the other's answer: an
article with both numbers, both towns or both names tells of two things. Nor if they differ in two things at once.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rashomon.align.conflicts.counterparts import LEAST, AlikePair, counterparts
from rashomon.align.conflicts.ordinals import Ordinals, other_ordinals, read_ordinals
from rashomon.align.conflicts.questions import amount
from rashomon.align.conflicts.same_statement import Compared, Couple, Side, clauses_alike, one_role, one_statement
from rashomon.align.coreference.entities import EntityIndex
from rashomon.align.coreference.names import fold
from rashomon.align.matching.claims import clash, of_others
from rashomon.align.statements.prepare import Item, Story, is_wide, told_classes
from rashomon.model.marks import Number, Timex
from rashomon.model.spans import Span
from rashomon.model.story import ConflictKind
from rashomon.model.timevalue import interval, one_day, weekday

T = TypeVar("T")
"""An answer of a sentence."""

# How surely two clauses must be one statement but for the value; read off the curve of what is found against what
# untouched pairs raise (docs/quality.md).
SURE = 0.4
# Answers of one kind in one sentence from which they are a list, and none is held against the other's.
MANY = 3
# Days between two answers to one question; more are two occasions.
NEAR = 10
_AGED = re.compile(r"year[- ]olds?\b|, \d\d,")
_ON = len(" on ")
# Shares by which large numbers differ when one of them is rounded.
ROUNDED, LARGE = 0.01, 1000
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
# What has not been done "yet" or "since" may have been done before, or be done by the time that the other tells of;
# "not only" and "not surprised" affirm, "any other" and "not directly" deny a part, "as long as" denies nothing.
_NO_DENIAL = re.compile(
    r"\b(?:yet|since|so far|still|until|before|any ?more|longer|(?:not|n['’]t) (?:the )?(?:only|just|merely|likely|"
    r"necessarily|always|directly|all|every|surpris\w+)|likely not|any other|if|unless|as long as|whether|almost|"
    r"nearly)\b"
)
# Affirmed and yet a denial.
_NEGATIVE = re.compile(
    r"\b(?:not|neither|nor|no|never|zero|hardly|unaware|unable|without|fail\w*|refus\w+|den(?:y|ied|ies)\w*)\b|n['’]t\b"
)
# Who is some of many.
_SOME = re.compile(r"(?:some|many|most|few|several|half|others?)\b", re.I)
_COUNTED = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|\d+)\b", re.I)
# One of several, who are not all named.
_AMONG = re.compile(r"\b(?:among|such as|includ\w+|like)\b")
# Words of a name; the letters of "N.J." are none.
_LETTERS = re.compile(r"\w{2,}")
# Characters before a clause in which its conjunction stands.
_BEFORE = 12
# What is measured hour by hour is no question with one answer: a storm's place, a count that goes on.
_BY_THE_HOUR = re.compile(r"\bas of\b|\bby (?:late|early|noon|midnight)\b|\d ?[ap]\.?m\b", re.I)
_WHERE, _ACTS = ("where",), ("who", "whom")
_DONE = frozenset({"happened", "ongoing"})
_NO_COUNT = frozenset({"another", "out of"})
_OF_TODAY = re.compile(r"\b(?:to-?day|tonight|this|yesterday|tomorrow|last night)\b")


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Two counterparts, the one thing in which they differ, and what tells whether they are one statement."""

    kind: ConflictKind
    left: Side
    right: Side
    features: tuple[float, ...]

    @property
    def sure(self) -> float:
        """How likely the two make one statement but for the value, 0 to 1."""
        return one_statement(self.kind, self.features)


def find_differences(story: Story, pairs: Sequence[AlikePair]) -> list[Difference]:
    """What counterparts of different articles differ in, where they surely make one statement.

    Of several that two sentences differ in alike, say two days of each, the surest.

    Args:
        pairs: positions of items in the story, and how alike they are in words (``similarity.similar_pairs``).
    """
    best: dict[tuple[Span, Span, ConflictKind], Difference] = {}
    for found in all_differences(story, pairs):
        key = (found.left.item.sentence, found.right.item.sentence, found.kind)
        if found.sure >= SURE and (key not in best or found.sure > best[key].sure):
            best[key] = found
    return [*best.values()]


def all_differences(story: Story, pairs: Sequence[AlikePair]) -> Iterator[Difference]:
    """What counterparts of different articles differ in, however sure, each pair of values once."""
    told = _Told(story)
    compared = Compared(story)
    of_sentence: dict[Span, list[Item]] = defaultdict(list)
    for item in story.items:
        of_sentence[item.sentence].append(item)
    read: dict[Span, _Sentence] = {}
    couples: list[Couple] = []
    for one, other, alike, lead in counterparts(story.items, pairs, compared):
        for span in (one, other):
            if span not in read:
                read[span] = told.read(span, of_sentence[span])
        own = [d for d in _differences(read[one], read[other], told) if not _two_events(*d)]
        kinds = Counter(kind for kind, _, _ in own)
        couples += [Couple(kind, left, right, alike, lead, kinds[kind]) for kind, left, right in own]
    near = [(c, alike) for c, alike in zip(couples, clauses_alike(couples), strict=True) if alike >= LEAST]
    for (couple, _), features in zip(near, compared.features(near), strict=True):
        yield Difference(couple.kind, couple.left, couple.right, features)


def _two_events(kind: ConflictKind, left: Side, right: Side) -> bool:
    """Whether two clauses differ in more than one thing: other people or places, other days or counts, another deed."""
    a, b = left.item, right.item
    deeds = [i.deed & told_classes() for i in (a, b)]
    if all(deeds) and not deeds[0] & deeds[1]:
        return True  # "met", "left"
    if kind != "identity" and of_others(a, b):
        return True
    if kind == "place" and a.background != b.background:
        return True
    # A street, and the town that the other sentence names beside it.
    if kind != "place" and a.spots and b.spots and not (a.spots & b.around or b.spots & a.around):
        return True
    if kind != "number" and _other_counts(a.claim.numbers, b.claim.numbers):
        return True
    if kind != "time" and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        return True
    # Two witnesses, two victims.
    return kind in {"identity", "number"} and any(_AGED.search(i.text) for i in (a, b)) and not a.people & b.people


def _other_counts(one: Sequence[Number], other: Sequence[Number]) -> bool:
    """Whether two clauses count something otherwise, and nothing of that unit alike."""
    units = {x.unit for x in one for y in other if clash(x, y)}
    return any(all(x.value != y.value for x in one for y in other if x.unit == y.unit == unit) for unit in units)


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    """What a sentence gives in answer to anything.

    Attributes:
        items: its clauses.
        denied: whether one of them, a verb's, is denied.
        numbers: what it counts, with the shortest clause that holds it.
        days: the days that it names, but not the day of saying so.
        ordinals: which of several it speaks of.
        named: the places and the persons that it names by name.
    """

    items: Sequence[Item]
    denied: bool
    numbers: Sequence[tuple[Item, Number]]
    days: Sequence[Timex]
    ordinals: Ordinals
    named: Mapping[str, Sequence[tuple[str, Span]]]

    @property
    def article(self) -> str:
        """The article it stands in."""
        return self.items[0].article


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
        self.texts = {a: frozenset(_LETTERS.findall(t.lower())) for a, t in story.texts.items()}
        self.last = {e: (_LETTERS.findall(name.lower()) or [""])[-1] for e, name in self.names.items()}
        for item in story.items:
            for number in item.claim.numbers:
                self.counts[item.article].add((number.value, number.unit))
            if item.when:
                self.days[item.article, item.claim.predicate.split(" ")[0]].append(item.when)

    def read(self, sentence: Span, items: Sequence[Item]) -> _Sentence:
        """A sentence with what it answers.

        Args:
            items: its clauses, one or more.
        """
        numbers: dict[Span, tuple[Item, Number]] = {}
        for item in sorted(items, key=lambda i: len(i.text)):
            for n in item.claim.numbers:
                if n.unit and n.mod not in _NO_COUNT:
                    numbers.setdefault(n.span, (item, n))
        mentions = self._mentions(sentence)
        return _Sentence(
            items=items,
            denied=any(i.claim.polarity == "-" and not i.claim.nominal for i in items),
            numbers=tuple(numbers.values()),
            days=self._days(sentence),
            ordinals=read_ordinals(sentence, self.story),
            named={
                sort: [(e, s) for s, e in mentions if self.kinds[e] == sort and self.by_name(s)]
                for sort in ("PLACE", "PERSON")
            },
        )

    def _days(self, sentence: Span) -> list[Timex]:
        marks = self.story.marks[sentence.article_id]
        cues = [q.cue.end for q in marks.quotations if q.cue]
        return [
            t
            for t in marks.timexes
            if sentence.covers(t.span)
            and t.type in {"DATE", "TIME"}  # "every Monday" is a set
            and weekday(t.value)
            and not any(0 <= t.span.start - cue <= _ON for cue in cues)
        ]

    def _mentions(self, sentence: Span) -> list[tuple[Span, str]]:
        """The mentions in a sentence and their entities."""
        spans = self.index.in_article.get(sentence.article_id, ())
        at = bisect_left(spans, sentence.start, key=lambda s: s.start)
        inside = itertools.takewhile(lambda s: s.start < sentence.end, itertools.islice(spans, at, None))
        return [(s, self.index.of[s]) for s in inside if s.end <= sentence.end]

    def by_name(self, span: Span) -> bool:
        """Whether the words of a mention name its entity: no pronoun, no "the former swimmer"."""
        words = fold(span.cut(self.story.texts[span.article_id]))
        return bool(self.words[self.index.of[span]].intersection(words))

    def has(self, article: str, entity: str) -> bool:
        """Whether an article names an entity, or somebody or something with a word of its name."""
        return entity in self.entities.get(article, ()) or self.last[entity] in self.texts[article]


def _differences(mine: _Sentence, theirs: _Sentence, told: _Told) -> Iterator[tuple[ConflictKind, Side, Side]]:
    """What two sentences differ in."""
    denials = [*_denials(mine, theirs, told)] if mine.denied or theirs.denied else []
    yield from denials
    if denials:
        return
    if mine.numbers and theirs.numbers:
        yield from _numbers(mine, theirs, told)
    if mine.days and theirs.days:
        yield from _days(mine, theirs, told)
    if mine.ordinals and theirs.ordinals:
        yield from (
            ("ordinal", *sides)
            for sides in other_ordinals((mine.ordinals, mine.items), (theirs.ordinals, theirs.items), told.story)
        )
    yield from _others(mine, theirs, "PLACE", "place", told)
    yield from _others(mine, theirs, "PERSON", "identity", told)


def _denials(mine: _Sentence, theirs: _Sentence, told: _Told) -> Iterator[tuple[ConflictKind, Side, Side]]:
    """Clauses of one verb of which one denies what the other affirms."""
    for a, b in itertools.product(mine.items, theirs.items):
        if a.claim.polarity == b.claim.polarity or a.claim.nominal or b.claim.nominal:
            continue
        verbs = [i.claim.predicate.split(" ")[0] for i in (a, b)]
        status = {a.claim.status, b.claim.status}
        # "Could" and "did not" are no two answers, nor are "has" and "will not".
        if verbs[0] != verbs[1] or "possible" in status or len({s in _DONE for s in status}) > 1:
            continue
        denial, other = (a, b) if a.claim.polarity == "-" else (b, a)
        start = max(denial.sentence.start, denial.claim.span.start - _BEFORE)
        text = told.story.texts[denial.article][start : denial.claim.span.end]
        if not _of_some(a, b) and not _NO_DENIAL.search(text) and not _NEGATIVE.search(other.text):
            yield "polarity", _answer(a), _answer(b)


def _of_some(a: Item, b: Item) -> bool:
    """Whether two clauses speak of parts of something: sixteen states do not, some states do."""
    return any(map(_SOME.match, (a.text, b.text))) and all(
        _SOME.match(i.text) or _COUNTED.match(i.text) for i in (a, b)
    )


def _answer(item: Item) -> Side:
    return Side(item, "yes" if item.claim.polarity == "+" else "no", item.claim.predicate_span)


def _numbers(mine: _Sentence, theirs: _Sentence, told: _Told) -> Iterator[tuple[ConflictKind, Side, Side]]:
    """Of each unit the numbers of each sentence that the other article does not give."""
    strange: list[dict[str, list[tuple[Item, Number]]]] = []
    for own, other in ((mine, theirs), (theirs, mine)):
        found: dict[str, list[tuple[Item, Number]]] = defaultdict(list)
        for item, n in own.numbers:
            agreed = any(n.unit == m.unit and not clash(n, m) for _, m in other.numbers)
            if not agreed and (n.value, n.unit) not in told.counts[other.article]:
                found[n.unit].append((item, n))
        strange.append(found)
    for unit in sorted(strange[0].keys() & strange[1].keys()):
        for (a, x), (b, y) in _crossed(strange[0][unit], strange[1][unit]):
            if clash(x, y) and not _rounded(x, y) and not _passing((a, b), told):
                yield "number", Side(a, amount(x), x.span), Side(b, amount(y), y.span)


def _crossed(mine: Sequence[T], theirs: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Every answer of one sentence with every one of the other, unless one of them lists many."""
    if max(len(mine), len(theirs)) <= MANY:
        yield from itertools.product(mine, theirs)


def _passing(items: Iterable[Item], told: _Told) -> bool:
    """Whether one of some clauses tells how things stand at an hour."""
    return any(_BY_THE_HOUR.search(i.sentence.cut(told.story.texts[i.article])) for i in items)


def _rounded(a: Number, b: Number) -> bool:
    most = max(a.value, b.value)
    return most >= LARGE and abs(a.value - b.value) < ROUNDED * most


def _days(mine: _Sentence, theirs: _Sentence, told: _Told) -> Iterator[tuple[ConflictKind, Side, Side]]:
    """The days of each sentence that the other sentence does not name."""
    days = (mine.days, theirs.days)
    strange = [
        [t for t in own if not any(one_day(t.value, o.value) for o in other)] for own, other in (days, days[::-1])
    ]
    sides = [
        [Side(_holder(own.items, t.span), t.value, t.span) for t in found]
        for own, found in zip((mine, theirs), strange, strict=True)
    ]
    for left, right in _crossed(*sides):
        if _two_days(left, right, told) and not (left.item.claim.numbers and _passing((left.item, right.item), told)):
            yield "time", left, right


def _holder(items: Sequence[Item], span: Span) -> Item:
    """Of the clauses of a sentence the one that a value belongs to: dated by it, or the shortest around it."""
    return min(items, key=lambda i: (i.claim.when_span != span, not i.claim.span.covers(span), len(i.text)))


def _two_days(left: Side, right: Side, told: _Told) -> bool:
    """Whether two days exclude each other: near, not one word read from two days of publication, told for the deed."""
    first, second = interval(left.value), interval(right.value)
    if first and second and abs((first[0] - second[0]).days) > NEAR:
        return False
    words = [s.span.cut(told.story.texts[s.item.article]).lower() for s in (left, right)]
    weekdays = [_WEEKDAY.search(w) for w in words]
    if words[0] == words[1] or (weekdays[0] and weekdays[1] and weekdays[0][0] == weekdays[1][0]):
        return False
    if first and second and abs((first[0] - second[0]).days) == 1 and any(_OF_TODAY.search(w) for w in words):
        return False  # an article is written the night before its day of publication
    for one, other in ((left, right), (right, left)):
        stages = (one.item.claim.status, other.item.claim.status)
        if first and second and stages == ("planned", "happened") and one.value > other.value:
            return False  # what was done on Monday, and will be done on Wednesday
        days = told.days[one.item.article, one.item.claim.predicate.split(" ")[0]]
        if any(one_day(d, other.value) for d in days):
            return False
    return True


def _plays(item: Item, span: Span, roles: Sequence[str]) -> bool:
    return any(s.overlaps(span) for role in roles for s in getattr(item.claim, role))


def _others(
    mine: _Sentence, theirs: _Sentence, sort: str, kind: ConflictKind, told: _Told
) -> Iterator[tuple[ConflictKind, Side, Side]]:
    """The named entities of a sort in each sentence that the other article does not know; of several those that play a
    role in what happens."""
    if not mine.named[sort] or not theirs.named[sort]:
        return
    sides: list[list[tuple[str, Side]]] = []
    for own, other in ((mine, theirs), (theirs, mine)):
        strange = {e: s for e, s in reversed(own.named[sort]) if not told.has(other.article, e)}
        if len(strange) > 1:
            roles = _WHERE if sort == "PLACE" else _ACTS
            strange = {e: s for e, s in strange.items() if any(_plays(i, s, roles) for i in own.items)} or strange
        sides.append([(e, Side(_holder(own.items, s), told.names[e], s)) for e, s in strange.items()])
    texts = [s.items[0].sentence.cut(told.story.texts[s.article]) for s in (mine, theirs)]
    if sort == "PERSON" and all(len(s.named[sort]) > 1 for s in (mine, theirs)) and all(map(_AMONG.search, texts)):
        return
    for (x, left), (y, right) in _crossed(*sides):
        if told.words[x] & told.words[y] or (sort == "PLACE" and (x in told.wide) != (y in told.wide)):
            continue
        if one_role(left, right, told.story.texts):
            yield kind, left, right

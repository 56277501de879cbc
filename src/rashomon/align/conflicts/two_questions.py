"""What rules out that two answers answer one question, whatever the learned decision says of them.

Accounts that differ in two things at once, tell of two kinds of deed, or of which one denies what the other affirms,
are of two occasions; and where both articles give both answers, they tell of two things.
"""

import re
from collections.abc import Iterable

from rashomon.align.conflicts.answers import Answer, AnswerKind, Read, Reader
from rashomon.align.conflicts.casualty_counts import TOLLS
from rashomon.align.conflicts.value_features import NUMBERS, Told
from rashomon.align.conflicts.value_pairs import ValuePair, same
from rashomon.align.statements.prepare import Item, told_classes
from rashomon.model.timevalue import distance

# Kinds of answers that place an occasion: "body" for persons here.
_PLACED: frozenset[AnswerKind] = frozenset({"place", "day", "body"})
# ... and a count; its days are held against each other by whole sentences.
_WHOSE: frozenset[AnswerKind] = frozenset({"place", "body"})
_DONE = frozenset({"happened", "ongoing"})
# What is measured hour by hour; one of several, who are not all named.
_BY_THE_HOUR = re.compile(r"\bas of\b|\bby (?:late|early|noon|midnight)\b|\d ?[ap]\.?m\b", re.I)
_AMONG = re.compile(r"\b(?:among|such as|includ\w+|like)\b")
# Days between two days of one occasion, at most.
LONG_APART = 45


def two_questions(p: ValuePair, reader: Reader, told: Told) -> bool:
    """Whether two answers surely answer two questions."""
    a, b = reader.read(p.i), reader.read(p.j)
    placed = p.kind in _PLACED
    has_y, has_x = a.sentence.article in told.having(p.kind, p.y), b.sentence.article in told.having(p.kind, p.x)
    if placed and (has_x or has_y):
        return True
    if p.kind == "day" and (distance(p.x.text, p.y.text) or 0) > LONG_APART:
        return True
    texts = a.sentence.text, b.sentence.text
    if p.kind in NUMBERS and any(_BY_THE_HOUR.search(text) for text in texts):
        return True
    if p.kind == "body" and any(_AMONG.search(text) for text in texts):
        return True
    mine, yours = a.clause_of(p.x), b.clause_of(p.y)
    if mine is None or yours is None or p.kind == "word":
        return False
    if p.kind == "age":
        return _apart("body", a, mine, b, yours)
    return _other_deed(p, mine, yours) or _otherwise(p, a, mine, b, yours)


def _other_deed(p: ValuePair, mine: Item, yours: Item) -> bool:
    """Whether two clauses tell of two kinds of deed; of a day, also of a plan and of what was done or denied."""
    placed = p.kind in _PLACED
    deeds = [i.deed & (told_classes() if placed else TOLLS) for i in (mine, yours)]
    if all(deeds) and deeds[0].isdisjoint(deeds[1]):
        return True
    if p.kind == "day" and (mine.claim.status in _DONE) != (yours.claim.status in _DONE):
        return True
    return placed and mine.claim.polarity != yours.claim.polarity


def _otherwise(p: ValuePair, a: Read, mine: Item, b: Read, yours: Item) -> bool:
    """Whether two clauses differ in another thing too."""
    placed = p.kind in _PLACED
    if _counted_otherwise(a, mine, b, yours) if placed else _other_occasion(a, b):
        return True
    return any(_apart(kind, a, mine, b, yours) for kind in sorted((_PLACED if placed else _WHOSE) - {p.kind}))


def _other_occasion(a: Read, b: Read) -> bool:
    """Whether two sentences name days, and none in common: counts of two days differ."""
    return bool(a.times and b.times) and not any(same("day", x, y) for x in a.times for y in b.times)


def _counted_otherwise(a: Read, mine: Item, b: Read, yours: Item) -> bool:
    """Whether two clauses count the same things and give different counts, and none in common."""
    xs, ys = ([n for n in r.numbers if c.claim.span.covers(r.span_of(n))] for r, c in ((a, mine), (b, yours)))
    alike = [(x, y) for x in xs for y in ys if x.kind == y.kind and x.noun == y.noun]
    return bool(alike) and not any(same(x.kind, x, y) for x, y in alike)


def _apart(kind: AnswerKind, a: Read, mine: Item, b: Read, yours: Item) -> bool:
    """Whether two clauses give different answers of a kind and none in common; of persons, whether each names one that
    the other does not."""
    xs, ys = _inside(kind, a, mine), _inside(kind, b, yours)
    if kind == "body":
        xs, ys = [x for x in xs if x.kind == "person"], [y for y in ys if y.kind == "person"]
        named, others = {x.text for x in xs}, {y.text for y in ys}
        return bool(named - others and others - named)
    return bool(xs and ys) and not any(same(kind, x, y) for x in xs for y in ys)


def _inside(kind: AnswerKind, read: Read, clause: Item) -> list[Answer]:
    answers: Iterable[Answer] = read.times if kind == "day" else read.named
    kinds = {"body", "person"} if kind == "body" else {kind}
    return [z for z in answers if z.kind in kinds and clause.claim.span.covers(read.span_of(z))]

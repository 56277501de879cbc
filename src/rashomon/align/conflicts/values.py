"""Answers that exclude each other in sentences that likely state one fact: numbers, days, places, names and words.

What could be a difference is drawn from pairs of sentences (``value_pairs``), and a learned decision says how likely
both answer one question (``value_decision``). It judges the conflicts that rules over claims have found as well.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rashomon.align.conflicts.answers import Answer, AnswerKind, Read, Reader
from rashomon.align.conflicts.two_questions import two_questions
from rashomon.align.conflicts.value_decision import load_decision
from rashomon.align.conflicts.value_features import KIND_OF, NUMBERS, Told, same_words, value_features
from rashomon.align.conflicts.value_pairs import ValuePair, draw_pairs, exclude_each_other
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.statements.prepare import Story
from rashomon.align.statements.stems import stop_words
from rashomon.model.ids import evidence_id
from rashomon.model.spans import Span
from rashomon.model.story import Conflict, ConflictKind, ConflictRelation, Reading

# Likelihood from which a difference is called a contradiction, and from which a possible one, by kind: read off
# predictions for stories left out (docs/quality.md, Conflicts). Of names none was right often enough below.
ASSERTED: Mapping[AnswerKind, float] = {
    **dict.fromkeys(NUMBERS, 0.50), "day": 0.60, "year": 0.60, "place": 0.70, "body": 0.70, "word": 0.40,
}  # fmt: skip
POSSIBLE: Mapping[AnswerKind, float] = {
    **dict.fromkeys(NUMBERS, 0.42), "day": 0.58, "year": 0.58, "place": 0.60, "body": 0.60, "word": 0.35,
}  # fmt: skip
# Words in a row that are the same on both sides of another word, and on either, from which two quotations are one.
ONE_QUOTATION, EITHER_SIDE = 5, 2
_SIGNS = frozenset("$£€¥")
# What is shown behind a number: an age in full, a percent sign, else one word, with its hyphens.
_BEHIND = re.compile(r"[- ]years?[- ]old\b|%| ?-?[^\W\d_][\w’'-]*")
# Words of a clause from which a question is asked with the words nearest to the answer alone.
_LONG = 160


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    read: Read
    answer: Answer

    @property
    def span(self) -> Span:
        return self.read.span_of(self.answer)

    @property
    def evidence(self) -> Span:
        """The clause that gives it; the sentence where no clause was marked."""
        clause = self.read.clause_of(self.answer)
        return clause.claim.span if clause else self.read.sentence.span

    @property
    def article(self) -> str:
        return self.read.sentence.article

    @property
    def key(self) -> str:
        """What tells it from other answers."""
        a = self.answer
        if a.kind in NUMBERS:
            return f"{a.value:020.4f}"
        return a.text.partition("T")[0] if a.kind in {"day", "year"} else a.text

    @property
    def shown(self) -> str:
        """The answer as its article prints it; a number with the words that it is measured in."""
        text = self.read.sentence.text
        words = text[self.answer.start : self.answer.end]
        if self.answer.kind not in NUMBERS:
            return words
        sign = text[self.answer.start - 1 : self.answer.start] if self.answer.start else ""
        behind = _BEHIND.match(text, self.answer.end)
        tail = behind[0] if behind and behind[0].strip(" -%").lower() not in stop_words() else ""
        return f"{sign if sign in _SIGNS else ''}{words}{tail}"


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    pair: ValuePair
    likely: float
    left: _Side
    right: _Side

    @property
    def one_quotation(self) -> bool:
        """Whether two words stand in the same place of the same quoted words."""
        a, b, x, y = self.left.read, self.right.read, self.pair.x, self.pair.y
        if self.pair.kind != "word" or not (a.in_quotation(x.start) and b.in_quotation(y.start)):
            return False
        runs = same_words(a, b, x.first, y.first, -1), same_words(a, b, x.last - 1, y.last - 1, 1)
        return sum(runs) >= ONE_QUOTATION and min(runs) >= EITHER_SIDE


def find_value_conflicts(story: Story, judged: JudgedPairs, raised: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts of a story: contradictions and revisions first, then what is only possible.

    Args:
        raised: conflicts that rules over claims have found; those that the decision does not bear out become possible.
    """
    reader = Reader(story)
    pairs = [*draw_pairs(judged, reader)]
    likely = load_decision().likelihoods(value_features(story, judged, reader, pairs, raised)).tolist()
    found = [
        _Found(p, q, _Side(reader.read(p.i), p.x), _Side(reader.read(p.j), p.y))
        for p, q in zip(pairs, likely, strict=True)
    ]
    kept = [_judged(c, found) for c in raised]
    told = Told(story, reader)
    likely_ones = [
        f
        for f in found
        if f.one_quotation
        or (f.likely >= POSSIBLE[f.pair.kind] and _tells(f) and not two_questions(f.pair, reader, told))
    ]
    whole = [*kept, *unasked([_conflict(group, story) for group in _questions(likely_ones)], kept)]
    return tuple(
        sorted(whole, key=lambda c: (c.relation == "possible", -sum(len(r.articles) for r in c.readings), c.id))
    )


def _judged(conflict: Conflict, found: Sequence[_Found]) -> Conflict:
    """A rule's conflict as sure as the decision finds its readings.

    Where no pair of its sentences was alike enough to be judged, a day stays as sure as the rule says, and a number is
    possible: what counts other things is told in other words.
    """
    judged = [f for f in found if KIND_OF[f.pair.kind] == conflict.kind and _between(f, conflict)]
    if conflict.kind not in {"number", "time", "identity", "place"}:
        return conflict
    if not judged:
        return replace(conflict, relation="possible") if conflict.kind == "number" else conflict
    best = max(judged, key=lambda f: (f.likely, f.left.span, f.right.span))
    if best.likely < ASSERTED[best.pair.kind]:
        return replace(conflict, relation="possible")
    return replace(conflict, relation="contradiction") if conflict.relation == "possible" else conflict


def _between(found: _Found, conflict: Conflict) -> bool:
    """Whether two answers stand in two readings of a conflict."""
    held = [
        {n for n, r in enumerate(conflict.readings) if any(s.overlaps(side.span) for s in r.evidence)}
        for side in (found.left, found.right)
    ]
    return bool(held[0] and held[1]) and len(held[0] | held[1]) > 1


def contested_items(story: Story, conflicts: Sequence[Conflict]) -> frozenset[int]:
    """The orders of the claims that are a reading of a conflict which is more than possible."""
    spans = {s for c in conflicts if c.relation != "possible" for r in c.readings for s in r.evidence}
    return frozenset(i.order for i in story.items if i.claim.span in spans)


def unasked(found: Sequence[Conflict], others: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Those of ``found`` about which no other conflict of the kind has words of two of their articles already."""
    kept = []
    for conflict in found:
        spans = [s for r in conflict.readings for s in r.evidence]
        asked = any(
            len({e.article_id for r in o.readings for e in r.evidence if any(e.overlaps(s) for s in spans)}) > 1
            for o in others
            if o.kind == conflict.kind
        )
        if not asked:
            kept.append(conflict)
    return tuple(kept)


def _questions(found: Sequence[_Found]) -> list[list[_Found]]:
    """Differences about one question together: of one kind, with an answer's place, or both answers, in common."""
    parent = list(range(len(found)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    first: dict[tuple[object, ...], int] = {}
    for at, each in enumerate(found):
        kind = each.pair.kind
        keys = (
            (kind, each.left.span), (kind, each.right.span), (kind, frozenset({each.left.key, each.right.key})),
        )  # fmt: skip
        for key in keys:
            other = first.setdefault(key, at)
            parent[max(root(at), root(other))] = min(root(at), root(other))
    groups: dict[int, list[_Found]] = defaultdict(list)
    for at, each in enumerate(found):
        groups[root(at)].append(each)
    return [groups[key] for key in sorted(groups)]


def _conflict(group: Sequence[_Found], story: Story) -> Conflict:
    sides = {s.span: s for f in group for s in (f.left, f.right)}
    by_key: dict[str, list[_Side]] = defaultdict(list)
    for _, side in sorted(sides.items()):
        by_key[side.key].append(side)
    readings = [
        Reading(
            value=_value(own),
            articles=tuple(sorted({s.article for s in own})),
            evidence=tuple(sorted({s.evidence for s in own})),
        )
        for _, own in sorted(by_key.items())
    ]
    best = max(group, key=lambda f: (f.one_quotation, f.likely, f.left.span, f.right.span))
    kind = _kind(best)
    relation: ConflictRelation = "possible"
    if best.one_quotation or best.likely >= ASSERTED[best.pair.kind]:
        relation = "revision" if _is_revised(best, story) else "contradiction"
    return Conflict(
        id=evidence_id("x", (s for r in readings for s in r.evidence), kind),
        kind=kind,
        relation=relation,
        question=_question(best),
        readings=tuple(sorted(readings, key=lambda r: (-len(r.articles), r.value))),
    )


def _value(sides: Sequence[_Side]) -> str:
    """What most articles print."""
    counts = Counter(s.shown for s in sides)
    return min(counts, key=lambda v: (-counts[v], len(v), v))


def _tells(found: _Found) -> bool:
    """Whether two answers are more than two words for one thing, as far as is known: of plain words only those that
    exclude each other, and other words in what both quote."""
    if found.pair.kind != "word":
        return True
    return exclude_each_other(found.pair.x.text, found.pair.y.text) or _kind(found) == "wording"


def _kind(found: _Found) -> ConflictKind:
    if found.pair.kind == "word":
        quoted = all(s.read.in_quotation(s.answer.start) for s in (found.left, found.right))
        return "wording" if quoted else "thing"
    return KIND_OF[found.pair.kind]


def _is_revised(found: _Found, story: Story) -> bool:
    """A count that is higher in the later article: it went on."""
    if found.pair.kind != "count":
        return False
    days = [story.published(s.article) for s in (found.left, found.right)]
    if not days[0] or not days[1] or days[0] == days[1]:
        return False
    later = date.fromisoformat(days[0]) > date.fromisoformat(days[1])
    return (found.pair.x.value > found.pair.y.value) == later


_ASKED: Mapping[str, str] = {
    "count": "How many?", "money": "How much?", "percent": "How many percent?", "age": "How old?",
    "measure": "How much?", "year": "In which year?", "day": "When?", "place": "Where?", "body": "Who?",
    "person": "Who?", "wording": "In which words?", "thing": "What?",
}  # fmt: skip


def _question(found: _Found) -> str:
    """The question in words, with a gap where the answer stands in the shorter of the two clauses."""
    kind = _kind(found)
    asked = _ASKED[kind if kind in {"wording", "thing"} else found.pair.kind]
    clauses = [_clause(side) for side in (found.left, found.right)]
    return f"{asked} “{min(clauses, key=lambda c: (len(c), c))}”"


def _clause(side: _Side) -> str:
    """The clause of an answer with a gap in its place; of a long one what stands near it."""
    sentence, answer = side.read.sentence, side.answer
    item = side.read.clause_of(answer)
    start, end = 0, len(sentence.text)
    if item is not None:
        start, end = item.claim.span.start - sentence.span.start, item.claim.span.end - sentence.span.start
        start, end = max(0, start), min(len(sentence.text), end)
    before, after = sentence.text[start : answer.start], sentence.text[answer.end : end]
    if len(before) > _LONG // 2:
        before = "… " + before[-_LONG // 2 :].split(" ", 1)[-1]
    if len(after) > _LONG // 2:
        after = after[: _LONG // 2].rsplit(" ", 1)[0] + " …"
    return " ".join(f"{before}…{after}".split())

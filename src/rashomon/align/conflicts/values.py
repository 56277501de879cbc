"""Numbers that exclude each other in sentences that state one fact.

The decision that puts sentences together (``matching.decision``) says how likely two sentences state one fact; where
they do, and count the same things otherwise, their articles contradict each other. Not where either article has the
other's value too: then both speak of two things.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.align.conflicts.casualty_counts import people
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.statements.prepare import Story
from rashomon.align.statements.quantities import Quantity
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.stems import stem, stop_words
from rashomon.model.ids import evidence_id
from rashomon.model.spans import Span
from rashomon.model.story import Conflict, Reading

# Likelihood of one fact from which a difference is told. Read off the six differences that the stories learned on
# raise: the only one above .9 was right, and none of the five below. Too few for more than a guess.
ONE_QUESTION = 0.90
# The share by which two values differ that may be one, rounded; and how many times the other one it may be: beyond,
# they count other things.
ROUNDED, FAR = 0.05, 4.0
# Words before a number that leave room for another one, in code points.
_BEFORE = 24
_VAGUE = (
    "more than", "over", "at least", "nearly", "almost", "about", "around", "some", "up to", "less than", "fewer than",
    "approximately", "roughly", "under", "between", "as many as", "an estimated", "first", "another", "other", "only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    sentence: StatedSentence
    quantity: Quantity

    @property
    def span(self) -> Span:
        """Where the value stands."""
        start = self.sentence.span.start
        return Span(self.sentence.article, start + self.quantity.start, start + self.quantity.end)

    @property
    def value(self) -> str:
        """The value as its article prints it, with the word behind it."""
        text = self.sentence.text
        words = text[self.quantity.end :].replace("-", " ").split()[:1]
        noun = words[0].strip(',.;:)”"') if words and words[0][:1].isalpha() else ""
        shown = text[self.quantity.start : self.quantity.end]
        return f"{shown} {noun}".strip()


def find_value_conflicts(story: Story, judged: JudgedPairs) -> list[Conflict]:
    """Numbers that exclude each other in sentences that likely state one fact, the likeliest first."""
    held = _held(story.sentences)
    best: dict[tuple[str, str, str, frozenset[float]], tuple[float, _Side, _Side]] = {}
    for (i, j), p in zip(judged.pairs.tolist(), judged.likely.tolist(), strict=True):
        if p < ONE_QUESTION:
            continue
        a, b = story.sentences[i], story.sentences[j]
        for left, right in _clashes(a, b, held):
            key = (a.article, b.article, left.quantity.noun, frozenset({left.quantity.value, right.quantity.value}))
            if key not in best or p > best[key][0]:
                best[key] = (p, left, right)
    ranked = sorted(best.values(), key=lambda f: (-f[0], f[1].span, f[2].span))
    return _joined(ranked)


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


def _held(sentences: Iterable[StatedSentence]) -> dict[str, set[tuple[float, str]]]:
    """By article every number that stands in it."""
    held: dict[str, set[tuple[float, str]]] = defaultdict(set)
    for each in sentences:
        held[each.article].update((q.value, q.unit) for q in each.quantities)
    return held


def _clashes(
    a: StatedSentence, b: StatedSentence, held: dict[str, set[tuple[float, str]]]
) -> Iterable[tuple[_Side, _Side]]:
    for x in a.quantities:
        for y in b.quantities:
            if x.unit != y.unit or x.value == y.value or not _one_thing(x, y):
                continue
            if (x.value, x.unit) in held[b.article] or (y.value, y.unit) in held[a.article]:
                continue
            low, high = sorted((x.value, y.value))
            if low <= 0 or high / low > FAR or (high - low <= ROUNDED * high and high >= 100):
                continue
            if _is_vague(a.text, x) or _is_vague(b.text, y):
                continue
            yield _Side(a, x), _Side(b, y)


# Ages, spans of time and hours: of different people and occasions far more often than of one.
_MEASURED = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "p", "a", "pm", "am", "old"})


@functools.cache
def _people() -> frozenset[str]:
    """Stems of the nouns that count people."""
    return frozenset(stem(noun) for noun in people())


def _one_thing(x: Quantity, y: Quantity) -> bool:
    """Whether two quantities may count one thing: the same noun, or people by whatever noun.

    Sums of money and percentages name no noun by which they could be held together.
    """
    counted = bool(x.noun and y.noun) and not {x.noun, y.noun} & (stop_words() | _MEASURED)
    return x.unit == "count" and counted and (x.noun == y.noun or {x.noun, y.noun} <= _people())


def _is_vague(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - _BEFORE) : quantity.start].lower().rstrip(" $£€¥")
    return before.endswith(_VAGUE)


def _joined(ranked: Sequence[tuple[float, _Side, _Side]]) -> list[Conflict]:
    """Differences about one thing as one conflict: those that have a value's place in common."""
    groups: list[list[_Side]] = []
    for _, left, right in ranked:
        for sides in groups:
            if any(s.span in (left.span, right.span) for s in sides):
                sides.extend(s for s in (left, right) if s.span not in {k.span for k in sides})
                break
        else:
            groups.append([left, right])
    return [_conflict(sides) for sides in groups]


def _conflict(sides: Sequence[_Side]) -> Conflict:
    by_value: dict[float, list[_Side]] = defaultdict(list)
    for side in sides:
        by_value[side.quantity.value].append(side)
    readings = [
        Reading(
            value=own[0].value,
            articles=tuple(sorted({s.sentence.article for s in own})),
            evidence=tuple(sorted({s.sentence.span for s in own})),
        )
        for _, own in sorted(by_value.items())
    ]
    shortest = min(sides, key=lambda s: (len(s.sentence.text), s.span))
    text, quantity = shortest.sentence.text, shortest.quantity
    return Conflict(
        id=evidence_id("x", (s for r in readings for s in r.evidence), "number"),
        kind="number",
        relation="contradiction",
        question=f"How many? “{text[: quantity.start]}…{text[quantity.end :]}”",
        readings=tuple(sorted(readings, key=lambda r: (-len(r.articles), r.value))),
    )

"""Do two clauses that differ in one value make one statement? A learned decision.

Two clauses alike in words may tell of one event or of two; likeness cannot say. What tells is what is left of them
when the value is taken out: the verb, the names, the words around the value, and what each has that the other's article
does not know. ``data/statement_weights.tsv`` holds a logistic regression over these for each kind of conflict, made by
``scripts/fit_conflicts.py`` from changes planted into pairs of real articles and from what the same pairs raise
unchanged.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from rashomon.align.conflicts.casualty_counts import counted
from rashomon.align.matching.candidate_pairs import likenesses
from rashomon.align.statements.prepare import Item, Story, told_classes
from rashomon.align.statements.similarity import Bag, Doubles, Ints, bag, load_lexicon
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.lists import data_lines
from rashomon.model.spans import Span
from rashomon.model.story import ConflictKind
from rashomon.model.timevalue import same_days

# What is asked of a pair, in the order of the weights: shares and yes or no, from 0 to 1 or nearly so.
FEATURES = (
    "clauses", "sentences", "clauses but for the value", "sentences but for the value", "beside the value",
    "same verb", "one kind of deed", "names shared", "names apart", "one status", "both background or neither",
    "one voice", "lead over the next best", "words in a row", "one role", "in the clause",
    "words unknown to the other article", "one thing counted", "day known to the other article", "one actor",
    "two actors", "after the verb", "only couple", "who alike", "whom alike",
)  # fmt: skip
# Words to either side of a value that are compared, and names from which more tell no more.
BESIDE, MANY = 4, 3
_FULL = 8
# A lead beyond this tells no more: short articles have no next best.
_LEAD = 0.2
# Characters before a value in which the word before it stands.
_WORD = 30


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One article's answer: the claim, the value as people read it, and the words."""

    item: Item
    value: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Couple:
    """Two answers of counterparts.

    Attributes:
        sentences: how alike their sentences are, 0 to 1.
        lead: by how much more these are like each other than either is like another of the other's article.
        rivals: how many couples of this kind the two sentences make.
    """

    kind: ConflictKind
    left: Side
    right: Side
    sentences: float
    lead: float
    rivals: int = 1


def one_role(left: Side, right: Side, texts: Mapping[str, str]) -> float:
    """How surely two values play one role: half for one argument of their clauses, half for one word before them."""
    held = [
        {role for role in ("who", "whom", "where") for s in getattr(side.item.claim, role) if s.overlaps(side.span)}
        for side in (left, right)
    ]
    before = [words(texts[s.item.article][max(0, s.span.start - _WORD) : s.span.start])[-1:] for s in (left, right)]
    return float(bool(held[0] & held[1])) / 2 + float(before[0] == before[1]) / 2


class Compared:
    """Features of pairs of clauses of one story; remembers what it has made ready."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._lexicon = load_lexicon()
        self._bags: dict[tuple[Span, tuple[Span, ...]], Bag] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._ends: dict[tuple[Span, Span], tuple[Bag, Bag]] = {}
        self._behind: dict[int, Bag] = {}
        self._parts: dict[tuple[int, str], Bag] = {}
        self._told = {a: frozenset(story.index.of[s] for s in spans) for a, spans in story.index.in_article.items()}

    def all_sentences(self, spans: Sequence[Span], pairs: Ints) -> Doubles:
        """How alike sentences are in words, 0 to 1.

        Args:
            pairs: positions in ``spans``, shape (n, 2).

        Returns:
            Shape (n,), in the order of ``pairs``.
        """
        return likenesses([self._bag(s) for s in spans], pairs)

    def features(self, alike_couples: Sequence[tuple[Couple, float]]) -> list[tuple[float, ...]]:
        """The features of each couple, given with ``clauses_alike`` of it, in the order of ``FEATURES``."""
        couples = [couple for couple, _ in alike_couples]
        frames = [self._frames(c) for c in couples]
        beside = [[self._next_to(side) for side in (c.left, c.right)] for c in couples]
        alike = zip(
            [clauses for _, clauses in alike_couples],
            _all_alike(frames),
            _all_alike([self._around(c) for c in couples]),
            _all_alike([(one[0], other[0]) for one, other in beside]),
            _all_alike([(one[1], other[1]) for one, other in beside]),
            _all_alike([(self._after(c.left.item), self._after(c.right.item)) for c in couples]),
            self._parts_alike(couples, "who"),
            self._parts_alike(couples, "whom"),
            strict=True,
        )
        return [self._features(c, own, *found) for c, own, found in zip(couples, frames, alike, strict=True)]

    def _features(
        self,
        couple: Couple,
        frames: tuple[Bag, Bag],
        clauses: float,
        framed: float,
        around: float,
        before: float,
        behind: float,
        after: float,
        who: float,
        whom: float,
    ) -> tuple[float, ...]:
        sides = (couple.left, couple.right)
        a, b = couple.left.item, couple.right.item
        verbs = [i.claim.predicate.split(" ")[0] for i in (a, b)]
        names = [self._named(s) for s in sides]
        unknown = [len(n - self._told.get(o.article, frozenset())) for n, o in zip(names, (b, a), strict=True)]
        actors = [self._story.index.ids(i.claim.who) for i in (a, b)]
        return (
            clauses,
            couple.sentences,
            framed,
            around,
            (before + behind) / 2,
            float(verbs[0] == verbs[1] and a.claim.nominal == b.claim.nominal),
            float(bool(a.deed & b.deed & told_classes())),
            min(len(names[0] & names[1]), MANY) / MANY,
            min(sum(unknown), MANY) / MANY,
            float(a.claim.status == b.claim.status),
            float(a.background == b.background),
            float(a.voiced == b.voiced),
            0.5 + 2 * max(min(couple.lead, _LEAD), -_LEAD),
            self._in_a_row(a.sentence, b.sentence),
            one_role(*sides, self._story.texts),
            sum(s.item.claim.span.covers(s.span) for s in sides) / 2,
            (self._strange(frames[0], b.article) + self._strange(frames[1], a.article)) / 2,
            self._one_count(*sides) if couple.kind == "number" else 0.0,
            self._known_day(*sides) if couple.kind == "time" else 0.0,
            float(bool(actors[0] & actors[1])),
            float(couple.kind != "identity" and all(actors) and not actors[0] & actors[1]),
            after,
            1 / couple.rivals,
            who,
            whom,
        )

    def _parts_alike(self, couples: Sequence[Couple], part: Literal["who", "whom"]) -> list[float]:
        """How alike the words for those who act, or are acted upon, are in two clauses; a half where one names none."""
        bags = [[self._part(side.item, part) for side in (c.left, c.right)] for c in couples]
        alike = _all_alike([(one, other) for one, other in bags])
        return [a if one.stems and other.stems else 0.5 for a, (one, other) in zip(alike, bags, strict=True)]

    def _part(self, item: Item, part: Literal["who", "whom"]) -> Bag:
        key = (item.order, part)
        if key not in self._parts:
            text = self._story.texts[item.article]
            self._parts[key] = bag(" ".join(s.cut(text) for s in getattr(item.claim, part)), self._lexicon)
        return self._parts[key]

    def _frames(self, couple: Couple) -> tuple[Bag, Bag]:
        """The clauses without their values; a denial has none that could be left out."""
        left, right = (
            self._bag(s.item.claim.span, *(() if couple.kind == "polarity" else (s.span,)))
            for s in (couple.left, couple.right)
        )
        return left, right

    def _around(self, couple: Couple) -> tuple[Bag, Bag]:
        """The sentences without their values."""
        left, right = (
            self._bag(s.item.sentence, *(() if couple.kind == "polarity" else (s.span,)))
            for s in (couple.left, couple.right)
        )
        return left, right

    def _one_count(self, left: Side, right: Side) -> float:
        """Whether two numbers count the same things, as far as the words beside them tell."""
        kinds = [
            counted(next(n for n in s.item.claim.numbers if n.span == s.span), self._story.texts[s.item.article])
            for s in (left, right)
        ]
        return float(kinds[0] == kinds[1])

    def _known_day(self, left: Side, right: Side) -> float:
        """The share of the two articles that name the other's day somewhere."""
        return (
            sum(
                any(same_days(t.value, b.value) for t in self._story.marks[a.item.article].timexes)
                for a, b in ((left, right), (right, left))
            )
            / 2
        )

    def _bag(self, span: Span, *without: Span) -> Bag:
        key = (span, without)
        if key not in self._bags:
            text = self._story.texts[span.article_id]
            pieces, at = [], span.start
            for gap in sorted(without):
                if span.covers(gap):
                    pieces.append(text[at : gap.start])
                    at = gap.end
            self._bags[key] = bag(" ".join([*pieces, text[at : span.end]]), self._lexicon)
        return self._bags[key]

    def _next_to(self, side: Side) -> tuple[Bag, Bag]:
        """The few words before a value, and the few after it."""
        key = (side.item.sentence, side.span)
        if key not in self._ends:
            text, sentence = self._story.texts[side.item.article], side.item.sentence
            before = words(text[sentence.start : side.span.start])[-BESIDE:]
            after = words(text[side.span.end : sentence.end])[:BESIDE]
            self._ends[key] = (bag(before, self._lexicon), bag(after, self._lexicon))
        return self._ends[key]

    def _after(self, item: Item) -> Bag:
        """The words of a clause behind its verb."""
        if item.order not in self._behind:
            text = self._story.texts[item.article][item.claim.predicate_span.end : item.claim.span.end]
            self._behind[item.order] = bag(text, self._lexicon)
        return self._behind[item.order]

    def _named(self, side: Side) -> frozenset[str]:
        own = self._story.index.of.get(side.span)
        return side.item.around - {own} if own else side.item.around

    def _in_a_row(self, one: Span, other: Span) -> float:
        """The longest run of words that stand in both sentences, eight or more being all."""
        few, many = (words(s.cut(self._story.texts[s.article_id])) for s in (one, other))
        row = [0] * (len(many) + 1)
        best = 0
        for word in few:
            new = [0] * (len(many) + 1)
            for at, other_word in enumerate(many):
                if word == other_word:
                    new[at + 1] = row[at] + 1
                    best = max(best, new[at + 1])
            row = new
        return min(best, _FULL) / _FULL

    def _strange(self, frame: Bag, article: str) -> float:
        """The share of a clause's telling words that the other article has nowhere."""
        if article not in self._stems:
            self._stems[article] = frozenset(map(stem, words(self._story.texts[article])))
        telling = [s for s in frame.stems if s not in stop_words()]
        return sum(s not in self._stems[article] for s in telling) / max(1, len(telling))


def clauses_alike(couples: Sequence[Couple]) -> list[float]:
    """How alike the two clauses of each couple are in words, 0 to 1."""
    return _all_alike([(c.left.item.bag, c.right.item.bag) for c in couples])


def _all_alike(pairs: Sequence[tuple[Bag, Bag]]) -> list[float]:
    """``similarity`` of each of many pairs of bags that are weighed alike."""
    bags = {id(b): b for pair in pairs for b in pair}
    number = {key: n for n, key in enumerate(bags)}
    places = np.array([(number[id(a)], number[id(b)]) for a, b in pairs], np.int64).reshape(-1, 2)
    found: list[float] = likenesses(tuple(bags.values()), places).tolist()
    return found


@cache
def _weights() -> Mapping[str, tuple[float, ...]]:
    """Kind of conflict to its weights: the bias, then one for each of ``FEATURES``."""
    rows = [line.split("\t") for line in data_lines("rashomon.align", "statement_weights.tsv")]
    return {kind: tuple(map(float, values)) for kind, *values in rows}


def one_statement(kind: str, features: tuple[float, ...]) -> float:
    """How likely two clauses make one statement, but for a value of this kind: 0 to 1."""
    # No ordinals were planted to learn from; they are numbers.
    bias, *weights = _weights()["number" if kind == "ordinal" else kind]
    return 1 / (1 + math.exp(-bias - sum(w * x for w, x in zip(weights, features, strict=True))))

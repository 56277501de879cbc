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

from rashomon.align.neighbours import likenesses
from rashomon.align.prepare import Item, Story, told_classes
from rashomon.align.similarity import Bag, Doubles, Ints, bag, load_lexicon, similarity
from rashomon.align.stems import stem, stop_words, words
from rashomon.align.tolls import counted
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
    "two actors", "after the verb",
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
        self._told = {a: frozenset(story.index.of[s] for s in spans) for a, spans in story.index.in_article.items()}

    def sentences(self, one: Span, other: Span) -> float:
        """How alike two sentences are in words, 0 to 1."""
        return similarity(self._bag(one), self._bag(other))

    def all_sentences(self, spans: Sequence[Span], pairs: Ints) -> Doubles:
        """``sentences`` of many pairs at once.

        Args:
            pairs: positions in ``spans``, shape (n, 2).

        Returns:
            Shape (n,), in the order of ``pairs``.
        """
        return likenesses([self._bag(s) for s in spans], pairs)

    def features(self, kind: ConflictKind, left: Side, right: Side, lead: float) -> tuple[float, ...]:
        """The features of two clauses that differ in a value, in the order of ``FEATURES``.

        Args:
            lead: by how much more their sentences are like each other than either is like another of the other's
                article.
        """
        a, b = left.item, right.item
        sides = (left, right)
        denied = kind == "polarity"
        verbs = [i.claim.predicate.split(" ")[0] for i in (a, b)]
        frames = [self._bag(s.item.claim.span, *(() if denied else (s.span,))) for s in sides]
        around = [self._bag(s.item.sentence, *(() if denied else (s.span,))) for s in sides]
        names = [self._named(s) for s in sides]
        unknown = [len(n - self._told.get(o.article, frozenset())) for n, o in zip(names, (b, a), strict=True)]
        actors = [self._story.index.ids(i.claim.who) for i in (a, b)]
        return (
            similarity(a.bag, b.bag),
            self.sentences(a.sentence, b.sentence),
            similarity(*frames),
            similarity(*around),
            self._beside(left, right),
            float(verbs[0] == verbs[1] and a.claim.nominal == b.claim.nominal),
            float(bool(a.deed & b.deed & told_classes())),
            min(len(names[0] & names[1]), MANY) / MANY,
            min(sum(unknown), MANY) / MANY,
            float(a.claim.status == b.claim.status),
            float(a.background == b.background),
            float(a.voiced == b.voiced),
            0.5 + 2 * max(min(lead, _LEAD), -_LEAD),
            self._in_a_row(a.sentence, b.sentence),
            one_role(left, right, self._story.texts),
            sum(s.item.claim.span.covers(s.span) for s in sides) / 2,
            (self._strange(frames[0], b.article) + self._strange(frames[1], a.article)) / 2,
            self._one_count(left, right) if kind == "number" else 0.0,
            self._known_day(left, right) if kind == "time" else 0.0,
            float(bool(actors[0] & actors[1])),
            float(kind != "identity" and all(actors) and not actors[0] & actors[1]),
            similarity(self._after(a), self._after(b)),
        )

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

    def _beside(self, left: Side, right: Side) -> float:
        """How alike the few words before the values are, and the few after them."""
        sides = []
        for side in (left, right):
            text, sentence = self._story.texts[side.item.article], side.item.sentence
            before = words(text[sentence.start : side.span.start])[-BESIDE:]
            after = words(text[side.span.end : sentence.end])[:BESIDE]
            sides.append((before, after))
        alike = (similarity(bag(x, self._lexicon), bag(y, self._lexicon)) for x, y in zip(*sides, strict=True))
        return sum(alike) / 2

    def _after(self, item: Item) -> Bag:
        """The words of a clause behind its verb."""
        return bag(self._story.texts[item.article][item.claim.predicate_span.end : item.claim.span.end], self._lexicon)

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

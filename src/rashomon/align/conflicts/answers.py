"""The answers that a sentence gives: numbers, ages, sums, days, names and words, each with where it stands."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.quantities import Quantity
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import load_lexicon
from rashomon.align.statements.stems import placed_words, stem, stop_words
from rashomon.model.marks import Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import interval, precision, weekday

AnswerKind = Literal["count", "money", "percent", "age", "measure", "year", "day", "person", "body", "place", "word"]
# Prepositions before a place where something happens, and how many words before it.
_LOCATING = frozenset(
    {
        "in", "at", "near", "outside", "inside", "off", "around", "of", "to", "from", "through", "into", "toward",
        "towards", "across", "on", "along", "over",
    }
)  # fmt: skip
_NEAR_BY = 3
Floats = NDArray[np.float32]

_SPANS_OF_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "decade", "century"})
_LENGTHS = frozenset(
    map(
        stem,
        [
            "foot",
            "feet",
            "ft",
            "mile",
            "miles",
            "mi",
            "yard",
            "yards",
            "inch",
            "inches",
            "metre",
            "metres",
            "meter",
            "meters",
            "m",
            "km",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
            "mph",
            "kph",
            "ton",
            "tons",
            "tonne",
            "tonnes",
            "pound",
            "pounds",
            "lb",
            "lbs",
            "kg",
            "acre",
            "acres",
            "degree",
            "degrees",
            "magnitude",
        ],
    )
)
_AGED = re.compile(r"[- ]?years?[- ]olds?\b", re.I)
# Stop words that change what a quotation says.
_TELLING = frozenset(
    {"never", "not", "always", "all", "no", "every", "none", "must", "should", "may", "might", "will", "can", "soon"}
)
_FIRST_PERSON = re.compile(r"\b(?:I|We|we|my|My|our|Our)\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
# "About" as shares of a number, and of one below ``_FEW``.
_ABOUT, _ABOUT_FEW, _FEW = (0.97, 1.03), (0.9, 1.1), 100
# Words before a number that leave room for others: how much lower and higher than it the number may be, as shares.
_MODS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("more than", "over", "at least", "no fewer than", "no less than", "upwards of"), (1.0, 1e9)),
    **dict.fromkeys(("up to", "less than", "fewer than", "under", "as many as", "no more than"), (0.0, 1.0)),
    **dict.fromkeys(("nearly", "almost", "close to", "just under", "just shy of"), (0.92, 1.0)),
    **dict.fromkeys(("about", "around", "some", "approximately", "roughly", "an estimated", "estimated"), _ABOUT),
}
_OTHERS = (
    "another",
    "other",
    "first",
    "an additional",
    "additional",
    "next",
    "last",
    "further",
    "only",
    "between",
    "by",
)
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a sentence.

    Attributes:
        start, end: code points in the sentence's text; ``first``, ``last``: its words, the last one exclusive.
        value: of a number; ``text``: what tells two answers apart otherwise (a TIMEX3 value, an entity, a stem).
        low, high: between what a number may be, as its words say; ``open``: it counts others or a part.
        noun: the stem of what is counted.
    """

    kind: AnswerKind
    start: int
    end: int
    first: int
    last: int
    value: float = 0.0
    text: str = ""
    low: float = 0.0
    high: float = 0.0
    open: bool = False
    noun: str = ""


class Read:
    """One sentence read for its answers, with its words as vectors."""

    def __init__(self, sentence: StatedSentence, reader: "Reader") -> None:
        self.sentence = sentence
        self._reader = reader
        placed = placed_words(sentence.text)
        self.starts = [s for _, s, _ in placed]
        self.ends = [e for _, _, e in placed]
        self.words = [w for w, _, _ in placed]
        self.stems = [stem(w) for w in self.words]
        lexicon = load_lexicon()
        unseen = len(lexicon.rows)
        rows = np.array([lexicon.rows.get(s, unseen) for s in self.stems], np.int64)
        self.weights = lexicon.weights[rows].astype(np.float32) / 256
        at = np.minimum(rows, len(lexicon.vectors) - 1)
        self.vectors: Floats = lexicon.vectors[at].astype(np.float32) * lexicon.shrink[at][:, None]
        self.names = self._names()
        ids = [reader.number(n or s) for n, s in zip(self.names, self.stems, strict=True)]
        self.ids = np.array(ids, np.int64)
        self.stop = np.array([w in stop_words() for w in self.words], np.bool_)

    def _names(self) -> list[str]:
        """For each word the entity whose name it is part of, or nothing."""
        found = [""] * len(self.words)
        for span, entity in self._reader.mentions(self.sentence):
            first, last = self.range(span.start - self.sentence.span.start, span.end - self.sentence.span.start)
            for at in range(first, last):
                found[at] = entity
        return found

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The words between two code points of the text."""
        first = bisect_left(self.ends, start + 1)
        return first, max(first, bisect_left(self.starts, end))

    @cached_property
    def numbers(self) -> tuple[Answer, ...]:
        """What it counts and measures."""
        return tuple(self._number(q) for q in self.sentence.quantities if not self._in_time(q) and not self._glued(q))

    def _glued(self, quantity: Quantity) -> bool:
        """Whether a number is a part of a name or an address: "B-52", "10th", "9/11", "2fx"."""
        text = self.sentence.text
        before, after = text[max(0, quantity.start - 2) : quantity.start], text[quantity.end : quantity.end + 2]
        ordinal = _ORDINAL.match(text, quantity.end)
        glued = before[-1:].isalnum() or before[-1:] in {"/", "_", "#", "@"} or after[:1] in {"/", "_"}
        return glued or bool(ordinal) or (before[-1:] == "-" and before[:1].isalpha())

    def _in_time(self, quantity: Quantity) -> bool:
        start = self.sentence.span.start
        return any(
            t.type in {"DATE", "TIME"} and t.span.start - start < quantity.end and t.span.end - start > quantity.start
            for t in self._reader.timexes(self.sentence)
        )

    def _number(self, quantity: Quantity) -> Answer:
        text = self.sentence.text
        kind: AnswerKind = "count"
        noun = quantity.noun
        rest = text[quantity.end : quantity.end + 14]
        before = text[max(0, quantity.start - _BEFORE) : quantity.start].lower().rstrip(" $£€¥(")
        if quantity.unit == "money":
            kind = "money"
        elif quantity.unit in {"percent", "part"}:
            kind = "percent"
        elif (
            _AGED.match(rest)
            or (noun in {"year", "old"} and _AGED.search(rest))
            or self._after_a_name(quantity, rest)
            or before.endswith((" age", " aged", "ages"))
        ):
            kind = "age"
        elif noun in _SPANS_OF_TIME or noun in _LENGTHS:
            kind = "measure"
        low, high = next((share for words, share in _MODS.items() if before.endswith(words)), (1.0, 1.0))
        if low == _ABOUT[0] and quantity.value < _FEW:
            low, high = _ABOUT_FEW
        first, last = self.range(quantity.start, quantity.end)
        value = quantity.value * (100 if quantity.unit == "part" else 1)
        return Answer(
            kind, quantity.start, quantity.end, first, last, value=value, low=low * value, high=high * value,
            open=before.endswith(_OTHERS), noun=noun,
        )  # fmt: skip

    def _after_a_name(self, quantity: Quantity, rest: str) -> bool:
        """ "Vera Lund, 41, said": an age."""
        first, last = self.range(quantity.start, quantity.end)
        named = first > 0 and bool(self.names[first - 1]) and last == first + 1
        ends = rest[:1] in {",", ".", ")"} or not rest
        return (
            named and ends and 5 <= quantity.value <= 105 and self.sentence.text[: quantity.start].rstrip()[-1:] in ",("
        )

    @cached_property
    def times(self) -> tuple[Answer, ...]:
        """Its days and years."""
        found = []
        for timex in self._reader.timexes(self.sentence):
            if timex.type not in {"DATE", "TIME"} or not (interval(timex.value) or weekday(timex.value)):
                continue
            at = timex.span.start - self.sentence.span.start
            spoken = self.is_quoted(at) or _FIRST_PERSON.search(self.sentence.text)
            if (timex.anchor == "published" and spoken) or "@" in self.sentence.text[max(0, at - _BEFORE) : at]:
                continue  # "yesterday" is the day before whatever day it was said on; a tweet's day is of no event
            start = timex.span.start - self.sentence.span.start
            end = timex.span.end - self.sentence.span.start
            kind: AnswerKind = "year" if precision(timex.value) == "year" else "day"
            first, last = self.range(start, end)
            found.append(Answer(kind, start, end, first, last, text=timex.value))
        return tuple(found)

    def is_quoted(self, at: int) -> bool:
        """Whether a code point of the text stands between quotation marks."""
        before = self.sentence.text[:at]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def in_quotation(self, at: int) -> bool:
        """Whether a code point stands in a quotation, that may have begun in a sentence before."""
        after = self.sentence.text[at:]
        closes = after.find("”")
        return self.is_quoted(at) or (closes >= 0 and "“" not in after[:closes])

    @cached_property
    def named(self) -> tuple[Answer, ...]:
        """Persons, bodies and places that it names."""
        found = []
        for span, entity in self._reader.mentions(self.sentence):
            kind = self._reader.kind_of.get(entity)
            if kind is None or not self._reader.by_name(span):
                continue
            start, end = span.start - self.sentence.span.start, span.end - self.sentence.span.start
            first, last = self.range(start, end)
            # A place that nothing happens at ("as Oslo watched") answers no "where".
            if first < last and (kind != "place" or _LOCATING & set(self.words[max(0, first - _NEAR_BY) : first])):
                found.append(Answer(kind, start, end, first, last, text=entity))
        return tuple(found)

    @cached_property
    def plain(self) -> tuple[Answer, ...]:
        """Its words that say something and are no names, numbers or times."""
        taken = {at for a in (*self.numbers, *self.times) for at in range(a.first, a.last)}
        return tuple(
            Answer("word", self.starts[at], self.ends[at], at, at + 1, text=self.stems[at])
            for at in range(len(self.words))
            if (not self.stop[at] or self.words[at] in _TELLING) and not self.names[at] and at not in taken
            and self.words[at].isalpha()
            and len(self.words[at]) > 1 and not self.sentence.text[self.starts[at]].isupper()
            and self.sentence.text[self.starts[at] - 1 : self.starts[at]] != "["
        )  # fmt: skip

    @cached_property
    def clauses(self) -> Sequence[Item]:
        """The claims in it, the shortest first."""
        return sorted(
            self._reader.items.get(self.sentence.span, ()),
            key=lambda i: (i.claim.span.end - i.claim.span.start, i.order),
        )

    def clause_of(self, answer: Answer) -> Item | None:
        """The shortest claim that holds an answer."""
        start = self.sentence.span.start
        return next(
            (
                i
                for i in self.clauses
                if i.claim.span.start <= start + answer.start and i.claim.span.end >= start + answer.end
            ),
            None,
        )

    def span_of(self, answer: Answer) -> Span:
        """Where an answer stands in its article."""
        start = self.sentence.span.start
        return Span(self.sentence.article, start + answer.start, start + answer.end)


class Reader:
    """A story's sentences, each read once and only if asked for."""

    def __init__(self, story: Story) -> None:
        self.story = story
        kinds: dict[str, AnswerKind] = {"PERSON": "person", "ORG": "body", "PLACE": "place"}
        self.kind_of = {e.id: kinds[e.kind] for e in story.index.entities if e.kind in kinds}
        self._by_name = {m.span for own in story.marks.values() for m in own.mentions if m.form == "name"}
        self.items: dict[Span, list[Item]] = defaultdict(list)
        for item in (*story.items, *story.spoken):
            self.items[item.sentence].append(item)
        self._read: dict[int, Read] = {}
        self._ids: dict[str, int] = {}
        self._times = {a: sorted(own.timexes, key=lambda t: t.span) for a, own in story.marks.items()}
        self._time_starts = {a: [t.span.start for t in own] for a, own in self._times.items()}
        self._mention_starts = {a: [m.start for m in own] for a, own in story.index.in_article.items()}

    def read(self, at: int) -> Read:
        """The sentence at a position of the story's."""
        if at not in self._read:
            self._read[at] = Read(self.story.sentences[at], self)
        return self._read[at]

    def by_name(self, span: Span) -> bool:
        """Whether a mention is a name."""
        return span in self._by_name

    def number(self, key: str) -> int:
        """A number for a word or an entity, the same throughout the story."""
        return self._ids.setdefault(key, len(self._ids))

    def timexes(self, sentence: StatedSentence) -> Sequence[Timex]:
        """The time expressions in a sentence, in order."""
        starts = self._time_starts[sentence.article]
        left, right = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        return self._times[sentence.article][left:right]

    def mentions(self, sentence: StatedSentence) -> Sequence[tuple[Span, str]]:
        """The mentions in a sentence with their entities, in order."""
        starts = self._mention_starts.get(sentence.article, [])
        left, right = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        spans = self.story.index.in_article.get(sentence.article, ())[left:right]
        return [(s, self.story.index.of[s]) for s in spans]

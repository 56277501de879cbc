"""Two answers that may be answers to one question: drawn from sentences that likely state one fact.

Of two sentences, those answers of one kind are held together of which each stands in words most like those around the
other; what the sentences have in common is no difference.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

import numpy as np

from rashomon.align.conflicts.answers import Answer, AnswerKind, Floats, Read, Reader
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.statements.stems import stem, stop_words
from rashomon.model.lists import data_lines
from rashomon.model.timevalue import compatible, interval, one_day, precision

# Likelihood of one fact from which two sentences are looked at.
LOOK = 0.25
# How fast words count for less the farther they stand from an answer, and from where its counterpart's words stand.
NEAR, REACH = 3.0, 8.0
# Words in another place count for nothing below this share of like words around them.
LEAST_AROUND = 0.30
# ... where the words are known to exclude each other.
LEAST_EXCLUDING = 0.15
# Likeness of letters from which two names are one, spelt otherwise.
ONE_NAME = 0.7
# Whole numbers below this are not rounded.
ROUND_FROM = 100
# Answers of one kind in a sentence from which it is a table.
MANY = 12
# Places of answers in sentences whose weights are kept ready.
_PLACES = 8192


class Aligned:
    """Two sentences laid side by side, word against word."""

    def __init__(self, a: Read, b: Read) -> None:
        self.a, self.b = a, b
        table = np.maximum(a.vectors @ b.vectors.T, 0)
        table[np.equal.outer(a.ids, b.ids)] = 1.0
        self.table: Floats = table.astype(np.float32)

    def around(self, x: Answer, y: Answer, near: float = NEAR, reach: float = REACH) -> float:
        """How much of the words around each answer stand around the other, 0 to 1."""
        forth = self._covered(self.a, self.b, x, y, self.table, near, reach)
        back = self._covered(self.b, self.a, y, x, self.table.T, near, reach)
        return 2 * forth * back / (forth + back) if forth + back > 0 else 0.0

    @staticmethod
    def _covered(a: Read, b: Read, x: Answer, y: Answer, table: Floats, near: float, reach: float) -> float:
        own = a.weights * _decay(len(a.words), x.first, x.last, near)
        total = float(own.sum())
        if total <= 0:
            return 0.0
        best = (table * _decay(len(b.words), y.first, y.last, reach)[None, :]).max(axis=1)
        return float((own * best).sum()) / total

    @cached_property
    def rest(self) -> tuple[Floats, Floats]:
        """For each word of either sentence the likest word of the other."""
        return self.table.max(axis=1), self.table.max(axis=0)

    def covered(self, x: Answer, y: Answer) -> tuple[float, float]:
        """How much of either sentence the other holds, both answers left out."""
        table = self.table.copy()
        table[x.first : x.last, :] = 0
        table[:, y.first : y.last] = 0
        found = []
        for read, answer, best in ((self.a, x, table.max(axis=1)), (self.b, y, table.max(axis=0))):
            weights = read.weights.copy()
            weights[answer.first : answer.last] = 0
            found.append(float((weights * best).sum() / max(1e-6, float(weights.sum()))))
        return found[0], found[1]


@lru_cache(_PLACES)
def _decay(length: int, first: int, last: int, reach: float) -> Floats:
    """For each word how much its nearness to an answer counts; 0 inside the answer."""
    at = np.arange(length)
    apart = np.where(at < first, first - at, at - last + 1).astype(np.float32)
    found = np.exp(-(apart - 1) / reach).astype(np.float32)
    found[first:last] = 0
    found.flags.writeable = False
    return np.asarray(found)


@dataclass(frozen=True, slots=True, eq=False)
class ValuePair:
    """Two answers held together.

    Attributes:
        kind: of both; "body" also for a person and a body.
        i, j: the sentences' positions in the story; ``row``: of the pair in the judged ones.
        around: how much of the words around each stand around the other.
    """

    kind: AnswerKind
    i: int
    j: int
    row: int
    x: Answer
    y: Answer
    around: float
    aligned: Aligned


def draw_pairs(judged: JudgedPairs, reader: Reader) -> Iterator[ValuePair]:
    """All pairs of answers of likely pairs of sentences that exclude each other."""
    for row in np.flatnonzero(judged.likely >= LOOK).tolist():
        i, j = judged.pairs[row].tolist()
        yield from pairs_of(i, j, row, reader.read(i), reader.read(j))


def pairs_of(i: int, j: int, row: int, a: Read, b: Read) -> Iterator[ValuePair]:
    """The pairs of answers of two sentences."""
    if a.sentence.tokens == b.sentence.tokens:
        return
    aligned = Aligned(a, b)
    for kind, xs, ys in _answers(a, b):
        if not xs or not ys or len(xs) > MANY or len(ys) > MANY:
            continue
        for x, y, around in _matched(aligned, xs, ys):
            if excludes(kind, x, y) and not _alike_in_print(kind, a, x, b, y):
                yield ValuePair(kind, i, j, row, x, y, around, aligned)
    for x, y, around in _other_words(aligned):
        yield ValuePair("word", i, j, row, x, y, around, aligned)


def _answers(a: Read, b: Read) -> Iterator[tuple[AnswerKind, list[Answer], list[Answer]]]:
    """By kind the answers of both sentences that the other has not."""
    groups: dict[AnswerKind, tuple[list[Answer], list[Answer]]] = defaultdict(lambda: ([], []))
    for side, read in enumerate((a, b)):
        for answer in (*read.numbers, *read.times):
            groups[answer.kind][side].append(answer)
    for kind in sorted(groups):
        xs, ys = groups[kind]
        yield (
            kind,
            [x for x in xs if not any(same(kind, x, y) for y in ys)],
            [y for y in ys if not any(same(kind, x, y) for x in xs)],
        )
    held = [set(read.names) for read in (a, b)]
    xs = [x for x in _once(a.named) if x.text not in held[1]]
    ys = [y for y in _once(b.named) if y.text not in held[0]]
    place = [[n for n in own if n.kind == "place"] for own in (xs, ys)]
    actors = [[n for n in own if n.kind != "place"] for own in (xs, ys)]
    yield "place", place[0], place[1]
    yield "body", actors[0], actors[1]


def _once(named: Sequence[Answer]) -> list[Answer]:
    """The first mention of each."""
    found: dict[str, Answer] = {}
    for each in named:
        found.setdefault(each.text, each)
    return [*found.values()]


def same(kind: AnswerKind, x: Answer, y: Answer) -> bool:
    """Whether two answers are one, or the finer and the coarser form of one."""
    if kind == "day":
        return one_day(x.text, y.text) or compatible(x.text, y.text)
    if kind == "year":
        return x.text == y.text
    if kind in {"person", "body", "place", "word"}:
        return x.text == y.text
    return x.value == y.value


def excludes(kind: AnswerKind, x: Answer, y: Answer) -> bool:
    """Whether two answers exclude each other: "more than 20" allows 22."""
    if kind == "measure" and x.noun != y.noun:
        return False
    if kind in {"day", "year"}:
        if same(kind, x, y):
            return False
        coarse = {precision(x.text), precision(y.text)} & {"decade", "century"}
        return not coarse or not (interval(x.text) and interval(y.text))
    if kind in {"person", "body", "place", "word"}:
        return x.text != y.text
    if min(x.value, y.value) < 0 or x.value == y.value:
        return False
    return (x.high < y.low or y.high < x.low) and not _rounded(x.value, y.value)


def _rounded(x: float, y: float) -> bool:
    """Whether one of two large or broken numbers is the other one rounded: "22 trillion" and 22.012, not 20 and 23."""
    if max(x, y) < ROUND_FROM and x == int(x) and y == int(y):
        return False
    few, many = sorted((x, y), key=significant_digits)
    return float(f"{many:.{significant_digits(few) - 1}e}") == few


def significant_digits(value: float) -> int:
    """How many digits of a number say something, one at least."""
    return max(1, len(f"{value:.4f}".rstrip("0").rstrip(".").replace(".", "").strip("0")))


def _alike_in_print(kind: AnswerKind, a: Read, x: Answer, b: Read, y: Answer) -> bool:
    """Whether two answers may be one by their words: a longer and a shorter name, "Friday" printed by both."""
    if kind == "day":
        return a.words[x.first : x.last] == b.words[y.first : y.last]
    if kind in {"person", "body", "place"}:
        left, right = (
            {w for w in read.words[z.first : z.last] if w not in stop_words()} for read, z in ((a, x), (b, y))
        )
        initials = {"".join(w[0] for w in read.words[z.first : z.last]) for read, z in ((a, x), (b, y))}
        spelt = any(SequenceMatcher(None, v, w).ratio() >= ONE_NAME for v in left for w in right)
        return bool(left & right) or bool(initials & (left | right)) or spelt
    return False


def _matched(aligned: Aligned, xs: Sequence[Answer], ys: Sequence[Answer]) -> Iterator[tuple[Answer, Answer, float]]:
    """Those of which each stands in words most like those around the other."""
    score = np.array([[aligned.around(x, y) for y in ys] for x in xs])
    for at, x in enumerate(xs):
        best = int(score[at].argmax())
        if int(score[:, best].argmax()) == at:
            yield x, ys[best], float(score[at, best])


def _other_words(aligned: Aligned) -> Iterator[tuple[Answer, Answer, float]]:
    """Words that stand in the same place of two sentences and that the other has not: those known to exclude each
    other, and any within quotation marks."""
    a, b = aligned.a, aligned.b
    held = [set(a.stems), set(b.stems)]
    spelt = [{_spelt(w) for w in own} for own in held]
    xs = [x for x in a.plain if x.text not in held[1] and _spelt(x.text) not in spelt[1]]
    ys = [y for y in b.plain if y.text not in held[0] and _spelt(y.text) not in spelt[0]]
    quoted = [{z.first for z in zs if read.in_quotation(z.start)} for read, zs in ((a, xs), (b, ys))]
    found = []
    for x in xs:
        for y in ys:
            excluding = exclude_each_other(x.text, y.text)
            if not excluding and not (x.first in quoted[0] and y.first in quoted[1]):
                continue
            near = _beside(aligned, x, y)
            if near >= 1 or excluding:
                around = aligned.around(x, y)
                if around >= (LEAST_EXCLUDING if excluding else LEAST_AROUND):
                    found.append((near + around + excluding, x, y, around))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, x, y, around in sorted(found, key=lambda f: (-f[0], f[1].first, f[2].first)):
        if x.first not in taken[0] and y.first not in taken[1]:
            taken[0].add(x.first)
            taken[1].add(y.first)
            yield x, y, around


@lru_cache(_PLACES)
def _spelt(word: str) -> str:
    """A word in one spelling, whichever side of the Atlantic it was printed on."""
    return word.replace("is", "iz").replace("ys", "yz").replace("our", "or").replace("ogue", "og").replace("re", "er")


def exclude_each_other(one: str, other: str) -> bool:
    """Whether two stems are known to be different answers to one question: "car" and "truck"."""
    lines = _exclusive()
    if one not in lines or other not in lines:
        return False
    return any(n in lines[other] and lines[other][n] != place for n, place in lines[one].items())


@cache
def _exclusive() -> dict[str, dict[int, int]]:
    """Stem to its lines in the table of excluding words, and to its place in each."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for line, text in enumerate(data_lines("rashomon.align", "exclusive.tsv")):
        for place, words in enumerate(text.split("\t")):
            for word in words.split("/"):
                found[stem(word)][line] = place
    return dict(found)


def _beside(aligned: Aligned, x: Answer, y: Answer) -> float:
    """How like the words right before two answers, and right behind them, are: 0 to 2; an end is like an end."""
    return before_and_behind(aligned, x, y)[0] + before_and_behind(aligned, x, y)[1]


def before_and_behind(aligned: Aligned, x: Answer, y: Answer) -> tuple[float, float]:
    """How like the words right before two answers are, and those right behind them; an end is like an end."""
    table = aligned.table
    rows, columns = table.shape
    before = float(table[x.first - 1, y.first - 1]) if x.first and y.first else 0.5 * (not x.first and not y.first)
    behind = (
        float(table[x.last, y.last])
        if x.last < rows and y.last < columns
        else 0.5 * (x.last >= rows and y.last >= columns)
    )
    return before, behind

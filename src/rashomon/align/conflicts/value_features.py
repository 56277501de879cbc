"""What tells whether two answers answer one question: features of ``value_decision``."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rashomon.align.conflicts.answers import Answer, AnswerKind, Floats, Read, Reader
from rashomon.align.conflicts.value_pairs import (
    ValuePair,
    before_and_behind,
    exclude_each_other,
    same,
    significant_digits,
)
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.similarity import load_lexicon
from rashomon.align.statements.stems import stem
from rashomon.model.spans import Span
from rashomon.model.story import Conflict, ConflictKind
from rashomon.model.timevalue import distance, precision

Features = NDArray[np.float64]
KINDS: tuple[AnswerKind, ...] = (
    "count", "money", "percent", "age", "measure", "year", "day", "place", "body", "word",
)  # fmt: skip
OF_SENTENCES = (
    "likely", "likeness", "share of the best at most", "share of the best at least", "covered at most",
    "covered at least", "shorter", "other answers shared", "other differences", "one negates", "one speaker",
    "two speakers", "share of names", "other days", "numbers of both",
)  # fmt: skip
OF_CONTEXT = (
    "around", "close around", "before", "behind", "run before", "run behind", "lead over rivals", "one predicate",
    "predicates alike", "cosine of predicates",
    "predicates apart",
    "one role", "actors shared", "actors apart", "both quoted", "one quoted", "old rules",
)  # fmt: skip
OF_VALUES = (
    "one noun", "nouns alike", "log of ratio", "near", "log of value", "small", "significant digits", "vague", "open",
    "days apart", "one precision", "both days", "words alike", "rarer word", "less rare word", "one ending",
    "words exclude",
)  # fmt: skip
OF_STORY = (
    "other article has it", "both articles have both", "articles with one", "articles with other", "later has more",
    "days between articles", "mentions", "fewer mentions",
    "pairs with both", "best likely of them", "best around of them",
)  # fmt: skip
FEATURES = (*KINDS, *OF_SENTENCES, *OF_CONTEXT, *OF_VALUES, *OF_STORY)
# Kinds of answers that are numbers.
NUMBERS: frozenset[AnswerKind] = frozenset({"count", "money", "percent", "age", "measure"})
# The kind of conflict that two answers make.
KIND_OF: Mapping[AnswerKind, ConflictKind] = {
    **dict.fromkeys(("count", "money", "percent", "age", "measure"), "number"),
    **dict.fromkeys(("year", "day"), "time"),
    **dict.fromkeys(("person", "body"), "identity"),
    "place": "place",
    "word": "identity",
}
# Cosine below which two predicates tell two kinds of deed.
UNLIKE = 0.3
# Words right beside two answers: how fast they count for less the farther they stand.
CLOSE = (1.2, 3.0)
_UNITS = frozenset({"year", "old", "percent", "percentage", "of", "the", "people", "more", "other"})
_NAMES = frozenset({"person", "body", "place"})


class Told:
    """What is asked of a story as a whole: which article gives which answer, and how often."""

    def __init__(self, story: Story, reader: Reader) -> None:
        self.story = story
        self.articles: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.mentions: Counter[str] = Counter()
        self._stems: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in story.sentences:
            for q in sentence.quantities:
                self.articles["number", str(q.value * (100 if q.unit == "part" else 1))].add(sentence.article)
            for t in reader.timexes(sentence):
                self.articles["time", t.value.partition("T")[0]].add(sentence.article)
            for token in sentence.content:
                self.articles["word", token].add(sentence.article)
                self.mentions[token] += 1
            for entity in sentence.entities:
                self.articles["name", entity].add(sentence.article)
                self.mentions[entity] += 1
        days = {a.id: story.published(a.id) for a in story.articles}
        self.published = {a: date.fromisoformat(d) if d else None for a, d in days.items()}

    def having(self, kind: AnswerKind, answer: Answer) -> set[str]:
        """The articles that give an answer somewhere."""
        if kind in NUMBERS:
            return self.articles.get(("number", str(answer.value)), set())
        if kind in {"year", "day"}:
            return self.articles.get(("time", answer.text.partition("T")[0]), set())
        return self.articles.get(("word" if kind == "word" else "name", answer.text), set())


def value_features(
    story: Story, judged: JudgedPairs, reader: Reader, pairs: Sequence[ValuePair], raised: Sequence[Conflict]
) -> Features:
    """Features of pairs of answers, shape (n, len(FEATURES)).

    Args:
        pairs: all of the story: rivals are sought among them.
        raised: conflicts that rules over claims have found.
    """
    by_rule = _by_rule(raised)
    told = Told(story, reader)
    best = _best(story, judged)
    lead = _leads(story, pairs)
    alike = _with_both(judged, pairs)
    differing = Counter((p.i, p.j) for p in pairs if p.kind != "word")
    rows = [
        (
            *(float(p.kind == kind) for kind in KINDS),
            *_of_sentences(story, judged, reader, p, best, differing),
            *_of_context(reader, p, lead[at], _raised(by_rule, reader, p)),
            *_of_values(p),
            *_of_story(told, story, p),
            *alike[_both(p)],
        )
        for at, p in enumerate(pairs)
    ]
    return np.array(rows, np.float64).reshape(-1, len(FEATURES))


def _by_rule(raised: Sequence[Conflict]) -> Mapping[str, Sequence[tuple[float, Sequence[Sequence[Span]]]]]:
    """Conflicts of rules by the article of their evidence: how sure, and the evidence of each reading."""
    found: dict[str, list[tuple[float, Sequence[Sequence[Span]]]]] = defaultdict(list)
    for conflict in raised:
        readings = [r.evidence for r in conflict.readings]
        told = (0.5 if conflict.relation == "possible" else 1.0, readings)
        for article in sorted({s.article_id for own in readings for s in own}):
            found[f"{conflict.kind} {article}"].append(told)
    return found


def _raised(
    by_rule: Mapping[str, Sequence[tuple[float, Sequence[Sequence[Span]]]]], reader: Reader, p: ValuePair
) -> float:
    """How sure rules are that the clauses of two answers conflict in this kind of thing."""
    left, right = reader.read(p.i).span_of(p.x), reader.read(p.j).span_of(p.y)
    kind = KIND_OF[p.kind]
    best = 0.0
    for sure, readings in by_rule.get(f"{kind} {left.article_id}", ()):
        mine = {n for n, own in enumerate(readings) if any(s.overlaps(left) for s in own)}
        yours = {n for n, own in enumerate(readings) if any(s.overlaps(right) for s in own)}
        if mine and yours and len(mine | yours) > 1:
            best = max(best, sure)
    return best


def _best(story: Story, judged: JudgedPairs) -> Mapping[tuple[int, str], float]:
    """For each sentence and other article the likelihood of its likeliest pair."""
    found: dict[tuple[int, str], float] = defaultdict(float)
    for (i, j), p in zip(judged.pairs.tolist(), judged.likely.tolist(), strict=True):
        for one, other in ((i, j), (j, i)):
            key = (one, story.sentences[other].article)
            found[key] = max(found[key], p)
    return found


def _both(p: ValuePair) -> tuple[AnswerKind, frozenset[str]]:
    """Two answers, wherever they are held together."""
    shown = (f"{z.value:.4f}" if p.kind in NUMBERS else z.text.partition("T")[0] for z in (p.x, p.y))
    return p.kind, frozenset(shown)


def _with_both(
    judged: JudgedPairs, pairs: Sequence[ValuePair]
) -> Mapping[tuple[AnswerKind, frozenset[str]], tuple[float, float, float]]:
    """By two answers: how often they are held together, in the likeliest sentences, in the likest words."""
    found: dict[tuple[AnswerKind, frozenset[str]], tuple[float, float, float]] = {}
    for p in pairs:
        count, likely, around = found.get(_both(p), (0.0, 0.0, 0.0))
        found[_both(p)] = (count + 1, max(likely, float(judged.likely[p.row])), max(around, p.around))
    return {key: (math.log(count), likely, around) for key, (count, likely, around) in found.items()}


def _leads(story: Story, pairs: Sequence[ValuePair]) -> list[float]:
    """By how much more the words around two answers are alike than around either and another one of the same kind."""
    around: dict[tuple[AnswerKind, int, int, str], list[tuple[float, int]]] = defaultdict(list)
    keys = []
    for at, p in enumerate(pairs):
        own = (
            (p.kind, p.i, p.x.start, story.sentences[p.j].article),
            (p.kind, p.j, p.y.start, story.sentences[p.i].article),
        )
        keys.append(own)
        for key in own:
            around[key].append((p.around, at))
    return [
        p.around - max((value for key in own for value, other in around[key] if other != at), default=0.0)
        for at, (p, own) in enumerate(zip(pairs, keys, strict=True))
    ]


def _of_sentences(
    story: Story,
    judged: JudgedPairs,
    reader: Reader,
    p: ValuePair,
    best: Mapping[tuple[int, str], float],
    differing: Counter[tuple[int, int]],
) -> tuple[float, ...]:
    a, b = reader.read(p.i), reader.read(p.j)
    likely = float(judged.likely[p.row])
    shares = sorted(
        likely / max(1e-6, best[one, story.sentences[other].article]) for one, other in ((p.i, p.j), (p.j, p.i))
    )
    covered = sorted(p.aligned.covered(p.x, p.y))
    shared = sum(any(same(x.kind, x, y) and x.kind == y.kind for y in b.numbers) for x in a.numbers)
    shared += sum(any(same("day", x, y) for y in b.times) for x in a.times)
    shared += len({n for n in a.names if n} & set(b.names))
    speakers = a.sentence.speakers, b.sentence.speakers
    return (
        likely, float(judged.alike[p.row]), shares[1], shares[0], covered[1], covered[0],
        math.log(min(len(a.words), len(b.words))), shared, differing[p.i, p.j], a.sentence.denied != b.sentence.denied,
        bool(speakers[0] & speakers[1]), bool(speakers[0] and speakers[1]) and not speakers[0] & speakers[1],
        len(a.sentence.entities & b.sentence.entities) / max(1, min(len(x.sentence.entities) for x in (a, b))),
        p.kind != "day" and bool(a.times and b.times) and not any(same("day", x, y) for x in a.times for y in b.times),
        math.log1p(len(a.numbers)) + math.log1p(len(b.numbers)),
    )  # fmt: skip


def _of_context(reader: Reader, p: ValuePair, lead: float, raised: float) -> tuple[float, ...]:
    a, b = reader.read(p.i), reader.read(p.j)
    before, behind = before_and_behind(p.aligned, p.x, p.y)
    mine, yours = a.clause_of(p.x), b.clause_of(p.y)
    predicates = _predicates(mine, yours)
    roles = [_role(read, answer, item) for read, answer, item in ((a, p.x, mine), (b, p.y, yours))]
    quoted = [read.is_quoted(answer.start) for read, answer in ((a, p.x), (b, p.y))]
    return (
        p.around, p.aligned.around(p.x, p.y, *CLOSE), before, behind,
        same_words(a, b, p.x.first, p.y.first, -1), same_words(a, b, p.x.last - 1, p.y.last - 1, 1), lead,
        *predicates, bool(roles[0]) and roles[0] == roles[1],
        bool(mine and yours and (mine.named & yours.named)),
        bool(mine and yours and mine.named and yours.named and not mine.named & yours.named),
        all(quoted), quoted[0] != quoted[1], raised,
    )  # fmt: skip


def same_words(a: Read, b: Read, at: int, other: int, step: int) -> float:
    """How many words in a row are the same from the answers on; at most eight."""
    count = 0
    while count < 8:
        at, other = at + step, other + step
        if not (0 <= at < len(a.ids) and 0 <= other < len(b.ids)) or a.ids[at] != b.ids[other]:
            break
        count += 1
    return float(count)


def _predicates(a: Item | None, b: Item | None) -> tuple[float, float, float, float]:
    """Whether the governing predicates are one, whether they are of one kind of deed, how alike they are in meaning,
    and whether they are known and of two kinds."""
    if a is None or b is None:
        return 0.0, 0.0, 0.0, 0.0
    one, deed = a.claim.predicate == b.claim.predicate, bool(a.deed & b.deed)
    cosine = float(_direction(a.claim.predicate) @ _direction(b.claim.predicate))
    return float(one), float(deed), cosine, float(not one and not deed and cosine < UNLIKE)


@lru_cache(maxsize=1 << 12)
def _direction(predicate: str) -> Floats:
    """The direction of meaning of a predicate's first word that is no form of "be", zero for an unknown one."""
    lexicon = load_lexicon()
    word = next((w for w in predicate.split(" ") if w != "be"), "")
    row = min(lexicon.rows.get(stem(word), len(lexicon.rows)), len(lexicon.vectors) - 1)
    return np.asarray(lexicon.vectors[row].astype(np.float32) * lexicon.shrink[row], np.float32)


def _role(read: Read, answer: Answer, item: Item | None) -> str:
    """The role in its clause that an answer has."""
    if item is None:
        return ""
    span = read.span_of(answer)
    claim = item.claim
    for role, spans in (("who", claim.who), ("whom", claim.whom), ("where", claim.where)):
        if any(s.overlaps(span) for s in spans):
            return role
    if claim.when_span and claim.when_span.overlaps(span):
        return "when"
    return "predicate" if claim.predicate_span.overlaps(span) else ""


def _of_values(p: ValuePair) -> tuple[float, ...]:
    x, y = p.x, p.y
    a, b = p.aligned.a, p.aligned.b
    nouns = (0.0, 0.0)
    size = (0.0,) * 7
    if p.kind in NUMBERS:
        nouns = (float(bool(x.noun) and x.noun == y.noun), _noun_alike(p))
        low, high = sorted((abs(x.value), abs(y.value)))
        size = (
            math.log(max(high, 0.01) / max(low, 0.01)), (high - low) / max(high, 0.01) <= 0.1, math.log10(1 + high),
            high <= 12, min(significant_digits(x.value), significant_digits(y.value)),
            x.low != x.high or y.low != y.high,
            x.open or y.open,
        )  # fmt: skip
    elif p.kind == "year" and x.text[:4].isdecimal() and y.text[:4].isdecimal():
        size = (abs(int(x.text[:4]) - int(y.text[:4])), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    days = (0.0, 0.0, 0.0)
    if p.kind == "day":
        apart = distance(x.text, y.text)
        levels = precision(x.text), precision(y.text)
        days = (
            math.log1p(apart) if apart is not None else -1.0,
            float(levels[0] == levels[1]),
            float(all(level in {"day", "time"} for level in levels)),
        )
    words = (0.0,) * 5
    if p.kind == "word":
        rare = sorted((float(a.weights[x.first]), float(b.weights[y.first])))
        alike = float(np.maximum(a.vectors[x.first] @ b.vectors[y.first], 0))
        words = (
            alike,
            rare[1],
            rare[0],
            float(_ending(a.words[x.first]) == _ending(b.words[y.first])),
            float(exclude_each_other(x.text, y.text)),
        )
    return (*nouns, *size, *days, *words)


def _noun_alike(p: ValuePair) -> float:
    """How alike the words behind two numbers are, of the next three."""
    left, right = _skipping(p.aligned.a, p.x.last), _skipping(p.aligned.b, p.y.last)
    table = p.aligned.table[left : left + 3, right : right + 3]
    return float(table.max()) if table.size else 0.0


def _skipping(read: Read, at: int) -> int:
    """The first word from ``at`` on that is none of "year old percent"."""
    while at < len(read.words) and read.stems[at] in _UNITS:
        at += 1
    return at


def _ending(word: str) -> str:
    for ending in ("ing", "ed", "ly", "ion", "s"):
        if word.endswith(ending):
            return ending
    return ""


def _of_story(told: Told, story: Story, p: ValuePair) -> tuple[float, ...]:
    left, right = story.sentences[p.i].article, story.sentences[p.j].article
    has_x, has_y = told.having(p.kind, p.x), told.having(p.kind, p.y)
    across = (right in has_x) + (left in has_y)
    few, many = sorted((len(has_x), len(has_y)))
    days = told.published[left], told.published[right]
    later, gap = 0.0, 0.0
    if days[0] and days[1]:
        gap = min(abs((days[0] - days[1]).days), 10)
        if p.kind in NUMBERS and gap:
            later = 1.0 if (p.x.value > p.y.value) == (days[0] > days[1]) else -1.0
    mentions = (0.0, 0.0)
    if p.kind in _NAMES or p.kind == "word":
        counts = sorted((told.mentions[p.x.text], told.mentions[p.y.text]))
        mentions = (math.log1p(counts[1]), math.log1p(counts[0]))
    return (across, across == 2, many, few, later, gap, *mentions)

"""The words that set outlets apart where they tell the same.

What sets outlets apart is looked for only where they can be compared: in sentences that have a counterpart in another
article, in the outlet's own voice. How surely a word is one side's is its log-odds with an informative Dirichlet
prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words"), the prior being the story's words and those of news at large.
In a story most words are used once, where counts tell little: there it weighs whether the counterpart has another
word in its stead, and how loaded the word is.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from rashomon.align.statements.prepare import Story
from rashomon.align.statements.similarity import Floats, load_lexicon
from rashomon.align.statements.stems import placed_words, stem, stop_words
from rashomon.model.lists import data_lines
from rashomon.model.spans import Span
from rashomon.model.story import Contrast, WordingChoice

# Contrasts that are kept of a story.
MOST = 10
# Likeness of two clauses from which their sentences are counterparts.
COUNTERPARTS = 0.25
# Articles that a clause is compared with, in a story of many: the likest.
COMPARED = 4
# Words before and behind one that are its surroundings, stop words not counted.
AROUND = 3
# Cosine from which two words with a common word around them stand for each other: in general, of one ending, and right
# beside the same word. "Reductions" is near to "cutting", but seldom in its place.
STANDS_FOR, STANDS_ALIKE, STANDS_BESIDE = 0.6, 0.5, 0.38
# Words that the prior counts for: about those of one article.
PRIOR = 500
# What a word weighs beside its log-odds: how loaded it is, in deviations; for a word in its stead, by their cosine; for
# what stands around it being told by the other as well.
COLOUR, ANSWERED, SURROUNDED = 1.0, 2.0, 0.5
# A word that nothing answers must be so surely one side's, or so loaded, and something around it be told by others.
SURELY, LOADED = 1.96, 1.2
# What a word gains that tells how something was said: "complained", "vowed".
CUE = 0.6
# Below this a contrast is not worth a reader's time.
LEAST = 2.2
# Rank among the words of news, by frequency, from which a word can be as loaded as its meaning: "win" and "face" say
# little wherever they stand.
RARE = 2000
# Letters that words of one family have in common: "alleg|ed", "alleg|ation".
FAMILY = 5
# Numbers in disguise.
_COUNTS = frozenset({"once", "twice", "half", "double"})
_ENDINGS = ("ing", "ed", "ly", "s")
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that says something: ``at`` its place among those of its sentence, ``own`` whether it is in the outlet's
    own voice and may set it apart, ``verb`` whether it stands in a clause's predicate, ``ending`` its
    inflection, ``cue`` whether it tells how something was said."""

    stem: str
    span: Span
    at: int
    own: bool
    verb: bool
    ending: str
    cue: bool

    @property
    def family(self) -> str:
        return self.stem[:FAMILY]


@dataclass(frozen=True)
class _Sentence:
    """The words of a sentence, stop words left out, and the families of all of them."""

    span: Span
    words: tuple[_Word, ...]
    families: frozenset[str]

    @cached_property
    def near(self) -> tuple[dict[str, int], ...]:
        """For each word the families around it, by how far behind it they stand."""
        own = [w.family for w in self.words]
        return tuple(
            {own[k]: k - at for k in range(max(0, at - AROUND), min(len(own), at + AROUND + 1)) if k != at}
            for at in range(len(own))
        )

    def around(self, word: _Word) -> dict[str, int]:
        """The families around one of the words."""
        return self.near[word.at]


Beside = Mapping[Span, Mapping[str, Sequence[Span]]]


def find_contrasts(story: Story, pairs: Iterable[tuple[int, int, float]]) -> tuple[Contrast, ...]:
    """The words that most set the outlets of a story apart, most telling first, at most ``MOST``.

    Args:
        pairs: what ``claims.alike_items`` gives.
    """
    beside = _counterparts(story, pairs)
    if not beside:
        return ()
    told = _Told(story)
    found: list[Contrast] = []
    chosen: list[Contrast] = []
    for most, key in sorted(((told.most(key), key) for key in told.stems()), key=lambda m: (-m[0], m[1])):
        if most < LEAST or (len(chosen) == MOST and round(most, 3) < chosen[-1].weight):
            break  # nothing that is left can be among the most telling
        contrast = told.contrast(key, beside)
        if contrast:
            found.append(contrast)
            chosen = _most_telling(found)
    return tuple(chosen)


def _most_telling(found: Iterable[Contrast]) -> list[Contrast]:
    """At most ``MOST`` contrasts, the most telling first, no two of which show the same words."""
    chosen: list[Contrast] = []
    taken: set[Span] = set()
    for contrast in sorted(found, key=lambda c: (-c.weight, c.choice.evidence)):
        spans = {*contrast.choice.evidence, *(s for choice in contrast.instead for s in choice.evidence)}
        if len(chosen) < MOST and not spans & taken:
            chosen.append(contrast)
            taken |= spans
    return chosen


def _counterparts(story: Story, pairs: Iterable[tuple[int, int, float]]) -> Beside:
    """For each sentence that has any, its counterparts in each other article: the likest one of each of its clauses."""
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for i, j, alike in pairs:
        a, b = story.items[i], story.items[j]
        if a.article != b.article and alike >= COUNTERPARTS:
            for one, other in ((a, b), (b, a)):
                key = (one.order, other.article)
                best[key] = min(best.get(key, (0.0, 0)), (-alike, other.order))
    likest: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (order, _), rival in best.items():
        likest[order].append(rival)
    found: dict[Span, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for order, rivals in sorted(likest.items()):
        for _, other_order in sorted(rivals)[:COMPARED]:
            other = story.items[other_order]
            own = found[story.items[order].sentence][other.article]
            if other.sentence not in own:
                own.append(other.sentence)
    return found


class _Told:
    """The words of a story's articles, counted."""

    def __init__(self, story: Story) -> None:
        self._texts = story.texts
        self._sentences: dict[Span, _Sentence] = {}
        self._places: dict[str, list[tuple[_Word, _Sentence]]] = defaultdict(list)
        self._uses: dict[str, Counter[str]] = defaultdict(Counter)
        self._sizes: Counter[str] = Counter()
        for article in story.articles:
            marks = story.marks[article.id]
            sentences = [s.span for s in marks.sentences]
            shut = _shut(article.text, story, article.id)
            verbs = sorted({c.predicate_span for c in marks.claims if not c.nominal})
            cues = sorted({q.cue for q in marks.quotations if q.cue})
            for sentence in sentences:
                if sentence not in story.furniture[article.id]:
                    self._read(sentence, verbs, cues, shut)
        self._pool = sum(self._sizes.values())

    def _read(self, sentence: Span, verbs: Sequence[Span], cues: Sequence[Span], shut: Sequence[Span]) -> None:
        article, text = sentence.article_id, self._texts[sentence.article_id]
        families: set[str] = set()
        found: list[_Word] = []
        for word, start, end in placed_words(sentence.cut(text)):
            span = Span(article, sentence.start + start, sentence.start + end)
            key = stem(word)
            families.add(key[:FAMILY])
            if word in stop_words() or word in _COUNTS:
                continue
            # What is written large inside a sentence is a name, marked as one or not.
            large = start > 0 and text[span.start].isupper()
            own = word.isalpha() and len(word) > 2 and not large and not _within(span, shut)
            ending = next((e for e in _ENDINGS if word.endswith(e)), "")
            found.append(_Word(key, span, len(found), own, _within(span, verbs), ending, _within(span, cues)))
        ready = _Sentence(sentence, tuple(found), frozenset(families))
        self._sentences[sentence] = ready
        for each in filter(lambda w: w.own, found):
            self._uses[each.stem][article] += 1
            self._sizes[article] += 1
            self._places[each.stem].append((each, ready))

    def stems(self) -> list[str]:
        """The stems of all words that may set an outlet apart, in order."""
        return sorted(self._places)

    def words(self) -> list[_Word]:
        """All words that may set an outlet apart."""
        return [w for own in self._places.values() for w, _ in own]

    def most(self, key: str) -> float:
        """What the contrast of a stem weighs at most."""
        surely = max(self._odds(key, article) for article in self._uses[key])
        return surely + ANSWERED + COLOUR * max(0.0, self._loaded(key) - plainest())

    def contrast(self, key: str, beside: Beside) -> Contrast | None:
        """The contrast that a stem makes, if it makes one."""
        odds = {article: self._odds(key, article) for article in self._uses[key]}
        users = {article for article, z in odds.items() if z > 0}
        evidence: list[Span] = []
        answered: set[Span] = set()
        others: dict[str, tuple[int, Span]] = {}
        answers: dict[str, set[Span]] = defaultdict(set)
        for word, sentence in self._places[key]:
            if word.span.article_id not in users or sentence.span not in beside:
                continue
            evidence.append(word.span)
            for article, spans in beside[sentence.span].items():
                theirs = [self._sentences[s] for s in spans if s in self._sentences]
                if article in users or any(word.family in t.families for t in theirs):
                    continue
                for other in theirs:
                    shared = len(sentence.around(word).keys() & other.families)
                    others[article] = max(others.get(article, (-1, other.span)), (shared, other.span))
                    answer = _answer(word, sentence, other)
                    # An outlet that has both words for it does not choose between them.
                    if answer and self._odds(answer.stem, word.span.article_id) <= 0:
                        answers[answer.stem].add(answer.span)
                        answered.add(word.span)
        if not others:
            return None
        weight = _weight(
            key, self._loaded(key), max(odds.values()), answers, max(shared for shared, _ in others.values())
        )
        if weight < LEAST:
            return None
        instead = [self._choice(tuple(sorted(spans))) for spans in answers.values()]
        return Contrast(
            choice=self._choice(tuple(sorted(answered or evidence))),
            instead=tuple(sorted(instead, key=lambda c: (-len(c.articles), -c.count, c.text))),
            beside=tuple(sorted(span for shared, span in others.values() if shared or answers)),
            weight=round(weight, 3),
        )

    def _loaded(self, key: str) -> float:
        return colour(key) + (CUE if any(w.cue for w, _ in self._places[key]) else 0.0)

    def _odds(self, key: str, article: str) -> float:
        """z-score of the log-odds of a stem in one article against the others (the paper's equations 15, 20, 22)."""
        uses, size = self._uses[key], self._sizes[article]
        whole, pool = uses.total(), self._pool
        prior = PRIOR * (0.5 * whole / pool + 0.5 * _news(key))
        here, there = uses[article] + prior, whole - uses[article] + prior
        delta = math.log(here / (size + PRIOR - here)) - math.log(there / (pool - size + PRIOR - there))
        return delta / math.sqrt(1 / here + 1 / there)

    def _choice(self, evidence: tuple[Span, ...]) -> WordingChoice:
        forms = Counter(s.cut(self._texts[s.article_id]).lower() for s in evidence)
        return WordingChoice(
            text=min(forms, key=lambda f: (-forms[f], f)),
            articles=tuple(sorted({s.article_id for s in evidence})),
            count=len(evidence),
            evidence=evidence,
        )


def _weight(key: str, loaded: float, surely: float, answers: Iterable[str], shared: int) -> float:
    """How telling a contrast is, 0 where nothing makes it one."""
    best = max((ANSWERED * _alike(key, a) + COLOUR * max(0.0, loaded - colour(a)) for a in answers), default=0.0)
    if best:
        return surely + best
    if not shared or (surely < SURELY and loaded < LOADED):
        return 0.0
    return surely + SURROUNDED + COLOUR * max(0.0, loaded)


def _answer(word: _Word, sentence: _Sentence, other: _Sentence) -> _Word | None:
    """The word of the other sentence that stands in a word's stead: near in meaning and among the same words, or right
    beside the same word."""
    around = sentence.around(word)
    if around.keys().isdisjoint(other.families):
        return None
    best: tuple[float, _Word] | None = None
    for rival in other.words:
        if not rival.own or rival.family in sentence.families:
            continue
        if rival.verb != word.verb and rival.ending != word.ending:
            continue  # the ending tells a verb where its clause was not understood
        theirs = other.around(rival)
        common = around.keys() & theirs.keys()
        if not common:
            continue
        alike = _alike(word.stem, rival.stem)
        close = any(around[family] == theirs[family] and abs(around[family]) == 1 for family in common)
        least = STANDS_BESIDE if close else STANDS_ALIKE if word.ending == rival.ending else STANDS_FOR
        if alike >= least and (best is None or alike > best[0]):
            best = (alike, rival)
    return best[1] if best else None


def _shut(text: str, story: Story, article: str) -> list[Span]:
    """What is not in the outlet's own voice, or is no choice of words: quoted speech, names, times and numbers."""
    marks = story.marks[article]
    named = [m for m in marks.mentions if m.form == "name"]
    spans = [span for m in named for span in (m.span, m.role) if span]
    spans += [t.span for t in marks.timexes]
    spans += [n.span for claim in marks.claims for n in claim.numbers]
    spans += [part for q in marks.quotations if q.kind != "indirect" for part in q.content]
    spans += [Span(article, m.start(), m.end()) for m in _QUOTED.finditer(text)]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(article, merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _within(span: Span, shut: Sequence[Span]) -> bool:
    at = bisect_left(shut, span.end, key=lambda s: s.start) - 1
    return at >= 0 and shut[at].end > span.start


@cache
def _sentences() -> float:
    """How many words a sentence of news has, of those with a row."""
    return float(np.exp(-load_lexicon().idf[:-1]).sum())


def _news(key: str) -> float:
    """The share that a stem has of the words of news, as sentences count it."""
    lexicon = load_lexicon()
    return math.exp(-lexicon.idf[lexicon.rows.get(key, len(lexicon.rows))]) / _sentences()


@lru_cache(maxsize=1 << 16)
def _vector(key: str) -> Floats:
    """The direction of a stem, of length 1; zero where it has none."""
    lexicon = load_lexicon()
    row = min(lexicon.rows.get(key, len(lexicon.vectors) - 1), len(lexicon.vectors) - 1)
    found: Floats = lexicon.vectors[row] * lexicon.shrink[row]
    return found


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> float:
    """Cosine of two stems."""
    return float(_vector(one) @ _vector(other))


@cache
def _axis() -> tuple[Floats, float, float]:
    """The direction from plain words to loaded ones, and the mean and deviation of all words along it."""
    ends: dict[str, Floats] = {}
    for line in data_lines("rashomon.align", "colour.tsv"):
        name, own = line.split("\t")
        mean = np.mean([_vector(stem(word)) for word in own.split()], axis=0)
        ends[name] = ends.get(name, np.zeros_like(mean)) + mean / np.linalg.norm(mean)
    axis = ends["loaded"] / np.linalg.norm(ends["loaded"]) - ends["plain"] / np.linalg.norm(ends["plain"])
    lexicon = load_lexicon()
    along = (lexicon.vectors[:-1] @ axis) * lexicon.shrink[:-1]
    return axis, float(along.mean()), float(along.std())


@cache
def colour(key: str) -> float:
    """How loaded a stem is: deviations from the mean of all words towards "scathing" and "regime", 0 for the mean, and
    nearer to it for frequent words."""
    axis, mean, deviation = _axis()
    found = _vector(key)
    rarity = min(1.0, load_lexicon().rows.get(key, RARE) / RARE)
    return round(rarity * (float(found @ axis) - mean) / deviation, 3) if found.any() else 0.0


@cache
def plainest() -> float:
    """The colour that no word is below."""
    axis, mean, deviation = _axis()
    lexicon = load_lexicon()
    return float(((lexicon.vectors @ axis) * lexicon.shrink - mean).min() / deviation) - 0.01

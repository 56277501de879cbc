"""Do two tellings tell one deed? A learned decision over words, deed, roles, names, times and numbers.

A telling is a claim, or any word that tells a deed with what its sentence says of it. The same verb in two articles of
one story mostly tells one deed, the rarer the verb the surer; other words tell it where their vectors are near and
those who take part are the same. Weights are learned on labelled events across articles (``scripts/fit_pairs.py``): for
"claim" from pairs of claims of two articles, for "event" from every two words of a story.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rashomon.align.statements.prepare import Story, deed_classes
from rashomon.align.statements.similarity import Bag, coverage, load_lexicon, similarity
from rashomon.align.statements.stems import stem, stop_words, words

# Words that tell no deed alone: verbs that need an object to say what was done, verbs of saying, pronouns.
EMPTY = frozenset(
    {
        "be", "have", "do", "make", "take", "get", "give", "go", "say", "tell", "report", "add", "ask", "see",
        "become", "include", "it", "that", "this", "which", "what",
    }
)  # fmt: skip
# Endings that turn a verb into the noun of its deed.
_ENDINGS = ("ation", "ition", "ion", "ment", "er", "al", "ee", "ing")
_ROOT, _SHORTEST = 6, 4
# Names in common from which more tell no more.
_MANY = 3


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One telling of a deed.

    Attributes:
        article: where it stands; ``sentence`` too: any keys.
        lemma: the word of the deed.
        bag: its words, weighed within the story.
        who: stems of those who act; ``whom`` of the others who take part.
        names: whoever is named; any keys.
        days: TIMEX3 values of its days; ``numbers``: values with their units.
        negated: whether it is denied; ``nominal``: whether a noun tells it.
    """

    article: str
    sentence: Hashable
    lemma: str
    bag: Bag
    who: frozenset[str] = frozenset()
    whom: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    numbers: frozenset[tuple[float, str]] = frozenset()
    negated: bool = False
    nominal: bool = False


def tellings_of(story: Story) -> list[Telling]:
    """The claims of a story as tellings, in order."""
    return [
        Telling(
            article=item.article,
            sentence=item.sentence,
            lemma=item.claim.predicate.removeprefix("be ").split(" ")[0],
            bag=item.bag,
            who=content(w for span in item.claim.who for w in words(span.cut(story.texts[item.article]))),
            whom=content(w for span in item.claim.whom for w in words(span.cut(story.texts[item.article]))),
            names=item.named,
            days=frozenset({item.when[:10]} if item.when else ()),
            numbers=frozenset((n.value, n.unit) for n in item.claim.numbers),
            negated=item.claim.polarity == "-",
            nominal=item.claim.nominal,
        )
        for item in story.items
    ]


def content(given: Iterable[str]) -> frozenset[str]:
    """Stems of those lower-case words that say something."""
    return frozenset(stem(word) for word in given if word not in stop_words())


class Tellings:
    """The tellings of one story, made ready for comparing."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.all = tuple(tellings)
        lexicon = load_lexicon()
        self._roots = [root(t.lemma) for t in self.all]
        counts = Counter(self._roots)
        self._counts = [math.log(counts[r]) for r in self._roots]
        self._vectors = [vector(t.lemma) for t in self.all]
        self._rare = [float(lexicon.idf[lexicon.rows.get(stem(t.lemma), len(lexicon.rows))]) for t in self.all]
        self._classes = [deed_classes().get(t.lemma, frozenset()) for t in self.all]
        self._telling = [frozenset(t.bag.stems) - _stop_stems() for t in self.all]

    def one_role(self, i: int, j: int) -> bool:
        """Whether words for who did it, or for whom or what it was done to, are in both."""
        a, b = self.all[i], self.all[j]
        return not (a.who.isdisjoint(b.who) and a.whom.isdisjoint(b.whom))

    def near(self, i: int, j: int) -> float:
        """How near the words of two deeds are: 1 for one root, else the cosine of their vectors, 0 at least."""
        if self._roots[i] == self._roots[j]:
            return 1.0
        a, b = self._vectors[i], self._vectors[j]
        return 0.0 if a is None or b is None else max(0.0, float(a @ b))

    def features(self, i: int, j: int, alike: float | None = None) -> dict[str, float]:
        """What is asked of two tellings: yes or no, shares, logarithms of counts.

        Args:
            alike: the similarity of their words, where it is known already.
        """
        a, b = self.all[i], self.all[j]
        alike = similarity(a.bag, b.bag) if alike is None else alike
        one = self._roots[i] == self._roots[j]
        near = 0.0 if one else self.near(i, j)
        kinds = self._classes[i] & self._classes[j]
        roles = bool(a.who & b.who) + bool(a.whom & b.whom)
        covers = (coverage(a.bag, b.bag), coverage(b.bag, a.bag))
        shared = len(self._telling[i] & self._telling[j])
        found = {
            "one root": one,
            "one root, rarity": one * (self._rare[i] + self._rare[j]) / 2,
            "one root, times told": one * (self._counts[i] + self._counts[j]),
            "one root, alike": one * alike,
            "one root, empty": one and a.lemma in EMPTY,
            "empty": a.lemma in EMPTY or b.lemma in EMPTY,
            "near": near,
            "near squared": near * near,
            "near, alike": near * alike,
            "near, roles": near * roles,
            "one kind": bool(kinds) and not one,
            "one kind, roles": (bool(kinds) and not one) * roles,
            "two kinds": bool(self._classes[i] and self._classes[j]) and not kinds,
            "each tells the other too": not one and self._tells(i, j) + self._tells(j, i),
            "alike": alike,
            "covered at most": max(covers),
            "covered at least": min(covers),
            "words shared": min(shared, 6),
            "who": bool(a.who & b.who),
            "whom": bool(a.whom & b.whom),
            "other who": bool(a.who and b.who) and not a.who & b.who,
            "other whom": bool(a.whom and b.whom) and not a.whom & b.whom,
            "roles crossed": bool(a.who & b.whom) + bool(a.whom & b.who),
            "names shared": min(len(a.names & b.names), _MANY),
            "names apart": bool(a.names and b.names) and not a.names & b.names,
            "one day": bool(a.days & b.days),
            "two days": bool(a.days and b.days) and not a.days & b.days,
            "number shared": bool(a.numbers & b.numbers),
            "numbers apart": bool({u for _, u in a.numbers} & {u for _, u in b.numbers}) and not a.numbers & b.numbers,
            "one negated": a.negated != b.negated,
            "one nominal": a.nominal != b.nominal,
            "both nominal": a.nominal and b.nominal,
            "one article": a.article == b.article,
            "one article, one root": a.article == b.article and one,
            "one sentence": a.sentence == b.sentence,
            "one sentence, one root": a.sentence == b.sentence and one,
        }
        return {name: float(value) for name, value in found.items()}

    def _tells(self, i: int, j: int) -> bool:
        """Whether the word of one deed stands in the other's words too: then it is likely a deed beside it."""
        return stem(self.all[i].lemma) in self._telling[j]


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(map(stem, stop_words()))


def root(lemma: str) -> str:
    """The beginning that a verb and the noun of its deed have in common.

    >>> root("negotiate"), root("negotiation")
    ('negoti', 'negoti')
    """
    word = stem(lemma)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:_ROOT]


def vector(word: str) -> NDArray[np.float32] | None:
    """The direction of a word's meaning, of length 1, shape (axes,); None for a word without one."""
    lexicon = load_lexicon()
    row = lexicon.rows.get(stem(word))
    if row is None or row >= len(lexicon.vectors) - 1:
        return None
    found: NDArray[np.float32] = lexicon.vectors[row].astype(np.float32) * lexicon.shrink[row]
    return found

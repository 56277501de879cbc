"""Does one statement bear on another: does it speak of the same, does it weaken it? Learned decisions.

Likeness alone says little of either. What tells beside it: how tightly the whole story's statements hang together, how
near each is to all the others, and whether each is the other's likest; of what weakens: names, "not" or "but" on one
side, two speakers, good words against bad ones. Three decisions are learned on ClaimDiff (``scripts/fit_pairs.py``):
"related" and "weakens" for two statements that somebody put side by side, "counterpart" for any two of two articles.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lab.event_mentions import vector
from lab.pair_weights import likelihood, load_weights
from rashomon.align.statements.similarity import Bag, coverage, load_lexicon, similarity
from rashomon.align.statements.stems import stop_words, words
from rashomon.model.lists import data_lines

Floats = NDArray[np.float64]
Relation = Literal["related", "weakens", "counterpart"]
# How steeply a statement's likeness is shared out among those of the other article: the best of ClaimDiff's grid,
# where 10 to 18 differ by .002.
STEEP = 12.0
_DENIALS = frozenset(["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"])
_TURNS = frozenset(
    ["but", "however", "although", "though", "despite", "while", "whereas", "yet", "instead", "rather", "still"]
)


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence or clause of one article.

    Attributes:
        article: where it stands, any key.
        bag: its words, weighed within the story.
        names: whoever is named in it; ``speakers``: whoever's word it is; any keys.
    """

    article: str
    text: str
    bag: Bag
    names: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


class Statements:
    """The statements of one story, made ready for comparing: every one is held against every other."""

    def __init__(self, given: Sequence[Statement]) -> None:
        self.all = tuple(given)
        size = len(self.all)
        self._articles = np.array([s.article for s in self.all])
        self._alike = np.zeros((size, size))
        for i in range(size):
            for j in range(i):
                self._alike[i, j] = self._alike[j, i] = similarity(self.all[i].bag, self.all[j].bag)
        others = self._articles[:, None] != self._articles
        self._central = (self._alike * others).sum(axis=1) / np.maximum(1, others.sum(axis=1))
        self._tight = float(self._alike.sum() / max(1, size * (size - 1)))
        self._shares = _shared_out(self._alike, self._articles)
        self._words = [_Words(s) for s in self.all]

    def features(self, i: int, j: int) -> dict[str, float]:
        """What is asked of two statements of different articles; the order of the two does not matter."""
        a, b, x, y = self.all[i], self.all[j], self._words[i], self._words[j]
        alike = float(self._alike[i, j])
        ways = (coverage(a.bag, b.bag), coverage(b.bag, a.bag))
        rarity = [r for s, r in x.rarity.items() if s in y.rarity]
        better = [
            float(np.sum((self._alike[one] > alike) & (self._articles == self._articles[other])))
            for one, other in ((i, j), (j, i))
        ]
        found = {
            "alike": alike,
            "aligned": 2 * ways[0] * ways[1] / max(1e-9, sum(ways)),
            "covered at most": max(ways),
            "rarest shared": max(rarity, default=0.0),
            "story, tight": self._tight,
            "story, size": math.log(len(self.all)),
            "central at least": min(self._central[i], self._central[j]),
            "shared out": self._shares[i, j] + self._shares[j, i],
            "likelier ones": math.log(1 + better[0]) + math.log(1 + better[1]),
            "one profile": self._profile(i, j),
            "length at least": math.log(max(1, min(x.length, y.length))),
            "length at most": math.log(max(1, x.length, y.length)),
            "numbers on one side": bool(x.numbers - y.numbers) + bool(y.numbers - x.numbers),
            "names": len(a.names) + len(b.names),
            "one denies": x.denies != y.denies,
            "one turns": x.turns != y.turns,
            "worst": min(x.valence, y.valence),
            "good against bad": abs(x.valence - y.valence),
            "two speakers": bool(a.speakers and b.speakers) and not a.speakers & b.speakers,
        }
        return {name: float(value) for name, value in found.items()}

    def likelihood(self, decision: Relation, i: int, j: int) -> float:
        """How likely "related", "weakens" or "counterpart" is right of two statements, 0 to 1."""
        return likelihood(load_weights(decision), self.features(i, j))

    def _profile(self, i: int, j: int) -> float:
        """Correlation of the two's likeness with all third statements."""
        third = np.ones(len(self.all), bool)
        third[[i, j]] = False
        if not third.any():
            return 0.0
        a, b = (self._alike[k, third] - self._alike[k, third].mean() for k in (i, j))
        return float(a @ b / max(1e-9, np.sqrt((a @ a) * (b @ b))))


def _shared_out(alike: Floats, articles: NDArray[np.str_]) -> Floats:
    """Log of the share of each statement (row) that each one of another article (column) gets of its likeness."""
    out = np.zeros_like(alike)
    raised = np.exp(STEEP * alike)
    for article in np.unique(articles):
        of = articles == article
        out[:, of] = np.log(raised[:, of] / raised[:, of].sum(axis=1, keepdims=True))
    return out


class _Words:
    """What is read off one statement's words."""

    def __init__(self, statement: Statement) -> None:
        cut = words(statement.text)
        lexicon = load_lexicon()
        self.length = len(cut)
        self.numbers = frozenset(w for w in cut if w[0].isdigit())
        self.rarity = {
            s: float(lexicon.idf[lexicon.rows.get(s, len(lexicon.rows))])
            for s in statement.bag.stems
            if s not in stop_words()
        }
        self.denies = any(w in _DENIALS or w.endswith("n't") for w in cut)
        self.turns = any(w in _TURNS for w in cut)
        self.valence = _valence(statement.bag)


@cache
def _axis() -> NDArray[np.float32]:
    """The direction from bad to good, of length 1."""
    ends = []
    for line in data_lines("lab", "valence.tsv"):
        known = [v for word in line.split("\t")[1].split() if (v := vector(word)) is not None]
        mean = np.sum(known, axis=0)
        ends.append(mean / np.linalg.norm(mean))
    found: NDArray[np.float32] = ends[0] - ends[1]
    return found / np.float32(np.linalg.norm(found))


def _valence(bag: Bag) -> float:
    """Mean place of the words with a vector on the axis from bad (below 0) to good, by weight."""
    weights = bag.weights * (bag.shrink > 0)
    places = (bag.rows @ _axis()) * bag.shrink
    return round(float((places * weights).sum() / max(1, weights.sum())), 6)

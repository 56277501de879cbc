"""Which words of a story tell one deed: "foiled", "thwarts" and "foiling" of one raid.

Inside one story a word mostly tells one deed of its kind, whoever tells it. Verbs of saying, and verbs that say nothing
alone ("make", "take"), tell another deed in every article. Words of different classes of deed (``predicates.tsv``:
to arrive, to leave) never meet, however near their vectors: what is opposite stands in the same surroundings.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.align.prepare import deed_classes
from rashomon.align.similarity import load_lexicon
from rashomon.align.stems import stem

Deed = tuple[str, ...]
# Lowest cosine of two words' vectors at which they may tell one deed of a story: the best of ECB+'s training topics,
# where .60 to .70 differ by a tenth of a point (the development topics would have .58).
SAME_DEED_WORD = 0.63
# Words that tell a deed of their own in every article.
_OWN = frozenset(
    [
        "be",
        "have",
        "do",
        "make",
        "take",
        "get",
        "give",
        "go",
        "say",
        "tell",
        "report",
        "add",
        "ask",
        "it",
        "that",
        "this",
        "which",
        "what",
    ]
)
# Endings that turn a verb into the noun of its deed.
_ENDINGS = ("ation", "ition", "ion", "ment", "er", "al", "ee", "ing")
_ROOT, _SHORTEST = 6, 4


def deeds_of(told: Sequence[tuple[str, str]]) -> list[Deed]:
    """Which deed each word tells.

    Args:
        told: article id and lemma of each deed's word, of one story.

    Returns:
        A key for each; equal keys are one deed.
    """
    counts: Counter[str] = Counter()
    lemmas: dict[str, Counter[str]] = defaultdict(Counter)
    for _, lemma in told:
        counts[_root(lemma)] += 1
        lemmas[_root(lemma)][lemma] += 1
    leads: list[tuple[str, frozenset[str], NDArray[np.float32] | None]] = []
    lead_of: dict[str, str] = {}
    for root in sorted(counts, key=lambda r: (-counts[r], r)):
        lemma = min(lemmas[root], key=lambda w: (-lemmas[root][w], w))
        classes, vector = deed_classes().get(lemma, frozenset()), _vector(lemma)
        best, home = 0.0, root
        for name, others, other in leads:
            opposed = classes and others and not classes & others
            alike = float(vector @ other) if vector is not None and other is not None and not opposed else 0.0
            if alike >= SAME_DEED_WORD and alike > best:
                best, home = alike, name
        lead_of[root] = home
        if home == root:
            leads.append((root, classes, vector))
    return [(article, lemma) if lemma in _OWN else (lead_of[_root(lemma)],) for article, lemma in told]


def _root(lemma: str) -> str:
    """The beginning that a verb and the noun of its deed have in common."""
    word = stem(lemma)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:_ROOT]


def _vector(word: str) -> NDArray[np.float32] | None:
    lexicon = load_lexicon()
    row = lexicon.rows.get(stem(word))
    if row is None or row >= len(lexicon.vectors) - 1:
        return None
    vector: NDArray[np.float32] = lexicon.vectors[row].astype(np.float32) * lexicon.shrink[row]
    return vector

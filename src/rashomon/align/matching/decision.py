"""The learned decision: how likely two sentences of different articles state one fact.

Boosted trees over ``features``, kept as plain arrays and run by numpy; ``scripts/fit_facts.py`` makes them from stories
labelled by readers, and docs/quality.md says how far the likelihood can be taken at its word.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.align.matching.candidate_pairs import near_pairs
from rashomon.align.matching.features import FEATURES, Features, longest_run, pair_features
from rashomon.align.statements.sentences import StatedSentence, content_stems
from rashomon.align.statements.similarity import Doubles
from rashomon.align.statements.stems import words
from rashomon.model.spans import Span

PATH = Path(__file__).parents[1] / "data" / "one_fact.npz"
# Pairs of sentences below this likeness in words are not looked at: on the learning half it loses one in sixteen of the
# pairs of grade 2.
LOOK = 0.10
_PLAIN = re.compile(r"(?<!\w)[^\W_A-Z][\w'’]*")
# Fewer sentences than this in all articles of a story are notes.
NOTES = 30
_SAYING = frozenset({"say", "tell", "add", "ask", "report", "accord"})
# Rows that are judged at once: some 20 MB.
_ROWS = 2048
# After how many trees a row is asked no more, and below which log odds: on the learning half none of the pairs that are
# left here would reach a likelihood of .2.
FIRST_TREES, UNLIKELY = 40, -3.0
# Words in a row, and their share of the shorter sentence, from which one is the other's copy.
COPIED, COPIED_SHARE = 8, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Boosted trees, one a row: arrays of shape (trees, nodes).

    At a node stand the feature that is asked and its threshold, the nodes to the left (values up to the threshold) and
    to the right, whether it is a leaf, and what a leaf adds to the log odds.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    leaf: NDArray[np.bool_]
    value: NDArray[np.float64]
    base: float

    def likelihoods(self, features: Features) -> Doubles:
        """For each row of ``features`` how likely, 0 to 1, to six digits.

        Rows that the first trees take for unlikely are asked no more: they keep what these say.
        """
        walk = _Walk(self)
        odds = [walk.odds(features[start : start + _ROWS]) for start in range(0, len(features), _ROWS)]
        whole = np.concatenate(odds) if odds else np.zeros(0)
        return np.asarray(np.round(1 / (1 + np.exp(-whole)), 6))


class _Walk:
    """Trees laid out to be walked by many rows at once: all nodes in one row, a leaf its own child."""

    def __init__(self, trees: Trees) -> None:
        count, size = trees.feature.shape
        own = np.arange(count * size).reshape(count, size)
        start = own[:, :1]
        self._feature = trees.feature.astype(np.int32).ravel()
        self._threshold = np.where(trees.leaf, np.inf, trees.threshold).ravel()
        left, right = (np.where(trees.leaf, own, start + side) for side in (trees.left, trees.right))
        self._child = np.stack([left, right], axis=-1).astype(np.int32).ravel()
        self._value = trees.value.ravel()
        self._roots = start.ravel().astype(np.int32)
        self._base = trees.base

    def odds(self, features: Features) -> Doubles:
        """The log odds of some rows."""
        found = self._base + self._sum(features, self._roots[:FIRST_TREES])
        rows = np.flatnonzero(found >= UNLIKELY)
        found[rows] += self._sum(features[rows], self._roots[FIRST_TREES:])
        return np.asarray(found)

    def _sum(self, features: Features, roots: NDArray[np.int32]) -> Doubles:
        """What some trees add, all of them walked at once, one level a step."""
        flat, start = features.ravel(), np.arange(len(features), dtype=np.int32)[None, :] * features.shape[1]
        at = np.broadcast_to(roots[:, None], (len(roots), len(features)))
        while True:
            right = flat[start + self._feature[at]] > self._threshold[at]
            below = self._child[2 * at + right]
            if np.array_equal(below, at):
                return np.asarray(self._value[at].sum(axis=0))
            at = below


def save_trees(path: Path, trees: Trees, told: Mapping[str, Any]) -> None:
    """Write trees, with what they were made from."""
    names = ("feature", "threshold", "left", "right", "leaf", "value")
    arrays = {name: getattr(trees, name) for name in names}
    about = np.frombuffer(json.dumps(told, default=list).encode(), np.uint8)
    np.savez_compressed(path, about=about, base=np.array(trees.base), **arrays)


@cache
def load_trees() -> Trees:
    """The trees that come with the package; once per process.

    Raises:
        ValueError: they ask for other features than the package has.
    """
    data = np.load(BytesIO(files("rashomon.align").joinpath("data", PATH.name).read_bytes()), allow_pickle=False)
    told = json.loads(data["about"].tobytes())
    if tuple(told["features"]) != FEATURES:
        raise ValueError(f"{PATH.name} was made for other features: run scripts/fit_facts.py")
    return Trees(
        feature=data["feature"],
        threshold=data["threshold"],
        left=data["left"],
        right=data["right"],
        leaf=data["leaf"],
        value=data["value"],
        base=float(data["base"]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPairs:
    """Candidate pairs of a story's sentences: positions, shape (n, 2), the first the lower; how alike they are in
    words, and how likely they state one fact, shape (n,)."""

    pairs: NDArray[np.int64]
    alike: Doubles
    likely: Doubles


def judge_pairs(sentences: Sequence[StatedSentence]) -> JudgedPairs:
    """Judge all pairs of sentences of different articles that are at all alike.

    Sentences that copy each other surely state one fact. In a long story each sentence is compared with a bounded
    number of others (``candidate_pairs``).
    """
    near = near_pairs([s.bag for s in sentences], floor=LOOK)
    found = [(i, j, alike) for i, j, alike in near if sentences[i].article != sentences[j].article]
    pairs = np.array([(i, j) for i, j, _ in found], np.int64).reshape(-1, 2)
    alike = np.array([a for _, _, a in found], np.float64)
    if not len(pairs):
        return JudgedPairs(pairs, alike, alike)
    features = pair_features(sentences, pairs)
    likely = load_trees().likelihoods(features)
    # One name in common, and no other word, is no fact; of two or more a verb in other words may tell one. In notes,
    # where few words stand against each other, nor is a name with its office: in longer texts that is called a fact.
    notes = len(sentences) < NOTES
    plain = [_plain_words(s.plain if notes else s.text) for s in sentences]
    named = [s.others if notes else s.entities for s in sentences]
    bare = [plain[i].isdisjoint(plain[j]) and len(named[i] & named[j]) < 2 for i, j in pairs.tolist()]
    likely[np.array(bare, np.bool_)] = 0.0
    lengths = np.array([len(s.tokens) for s in sentences])[pairs]
    run = features[:, FEATURES.index("longest run")]
    copies = (run >= np.maximum(COPIED, lengths.min(axis=1) * COPIED_SHARE)) | (run == lengths.max(axis=1))
    likely[copies] = 1.0
    return JudgedPairs(pairs, alike, likely)


def _plain_words(text: str) -> frozenset[str]:
    """Stems of a text's words that say something and are neither names nor words of saying; numbers too."""
    return content_stems(words(" ".join(_PLAIN.findall(text)))) - _SAYING


def stated_elsewhere(sentences: Sequence[StatedSentence], judged: JudgedPairs) -> dict[Span, float]:
    """By sentence how likely the likeliest sentence of another article states a fact of it."""
    found: dict[Span, float] = {}
    for pair, p in zip(judged.pairs.tolist(), judged.likely.tolist(), strict=True):
        for at in pair:
            span = sentences[at].span
            found[span] = max(found.get(span, 0.0), p)
    return found


def is_copy(one: StatedSentence, other: StatedSentence) -> bool:
    """Whether two sentences are one text for the most part."""
    few = min(len(one.tokens), len(other.tokens))
    if not few:
        return False
    return one.tokens == other.tokens or longest_run(one.tokens, other.tokens) >= max(COPIED, few * COPIED_SHARE)

"""Learn decisions about pairs, and judge each pair by what was learned without its topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lab.pair_weights import BIAS, Weights, likelihood

Floats = NDArray[np.float64]
FOLDS = 5
# Weight of the ridge where every pair counts 1 and every feature has spread 1: 20 to 100 differ by .002 on ClaimDiff.
RIDGE = 50.0
_DEED = (
    "one root", "one root, rarity", "one root, times told", "one root, alike", "empty", "near", "near squared",
    "near, alike", "near, roles", "one kind", "one kind, roles", "two kinds", "each tells the other too", "alike",
    "covered at most", "covered at least", "words shared", "who", "whom", "other who", "other whom", "names shared",
    "names apart", "one negated", "one nominal", "both nominal",
)  # fmt: skip
# What each decision asks.
FEATURES: dict[str, tuple[str, ...]] = {
    "event": (
        *_DEED, "one root, empty", "roles crossed", "one day", "two days", "one article", "one article, one root",
        "one sentence", "one sentence, one root",
    ),
    "claim": (*_DEED, "number shared", "numbers apart"),
    "related": (
        "aligned", "covered at most", "story, tight", "story, size", "central at least", "length at most",
        "length at least", "numbers on one side", "one profile", "worst",
    ),
    "weakens": (
        "alike", "aligned", "names", "one denies", "one turns", "worst", "good against bad", "two speakers",
        "rarest shared", "length at most", "story, size",
    ),
    "counterpart": (
        "alike", "shared out", "likelier ones", "one profile", "story, size", "story, tight", "numbers on one side",
        "rarest shared",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Examples:
    """Pairs to learn from: features, whether the decision is right, topic, and how much each counts (1 on average)."""

    rows: Sequence[Mapping[str, float]]
    labels: Sequence[bool]
    topics: Sequence[str]
    counts: Sequence[float] | None = None


def fit(examples: Examples, decision: str, inside: NDArray[np.bool_] | None = None) -> Weights:
    """A logistic regression with a ridge on features brought to spread 1; the weights are for features as they come.

    Args:
        inside: the examples to learn from, all of them without it.
    """
    names = FEATURES[decision]
    x = np.array([[row[name] for name in names] for row in examples.rows], np.float64)
    y = np.asarray(examples.labels, np.float64)
    counts = np.ones(len(y)) if examples.counts is None else np.asarray(examples.counts, np.float64)
    if inside is not None:
        x, y, counts = x[inside], y[inside], counts[inside]
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1
    z = (x - mean) / spread

    def loss(w: Floats) -> tuple[float, Floats]:
        odds = z @ w[:-1] + w[-1]
        off = counts * (1 / (1 + np.exp(-odds)) - y)
        value = (counts * (np.logaddexp(0, odds) - y * odds)).sum() + RIDGE / 2 * (w[:-1] ** 2).sum()
        return float(value), np.append(z.T @ off + RIDGE * w[:-1], off.sum())

    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    weights = w[:-1] / spread
    return {BIAS: float(w[-1] - weights @ mean), **dict(zip(names, weights.tolist(), strict=True))}


def folds(topics: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each row: topics in the order of the alphabet are dealt out in turn."""
    place = {topic: number % FOLDS for number, topic in enumerate(sorted(set(topics)))}
    return np.array([place[topic] for topic in topics])


def out_of_fold(examples: Examples, decision: str) -> Floats:
    """The likelihood of each pair by weights that were learned without its fold."""
    fold = folds(examples.topics)
    found = np.zeros(len(fold))
    for held in range(FOLDS):
        weights = fit(examples, decision, fold != held)
        for i in np.flatnonzero(fold == held).tolist():
            found[i] = likelihood(weights, examples.rows[i])
    return found

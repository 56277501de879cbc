"""Fit the weights of src/rashomon/group/stories.py on both story sets together, and print them.

    RASHOMON_BENCH=../shared/bench python scripts/fit_stories.py

Every article is put into its gold story in date order; each pair that grouping would look at on the way is one
example. Logistic regression with a light ridge; nothing is fitted per set.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from rashomon.group.stories import Grouper
from rashomon.model.story import Assignment, Fingerprint

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from stories import stream

RIDGE = 1e-3


class Watching(Grouper):
    """A grouper that notes every pair it compares."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[float, ...]] = []
        self.labels: list[bool] = []

    def watch(self, fp: Fingerprint, gold: str) -> None:
        """Note the pairs of one newcomer, and which are of its gold story."""
        entry = self._entry(fp)
        standings = {s.story: s for s in self._standings(entry)}
        for story, pairs in self._near(entry).items():
            for pair, other in pairs:
                around = (standings[story].around + other.surroundings) / 2
                self.rows.append((*pair.features(), around, 1.0))
                self.labels.append(story == gold)


def main() -> None:
    grouper = Watching()
    for _, gold, fp in stream():
        grouper.watch(fp, gold)
        grouper.restore(fp, Assignment(fp.article_id, gold))
    x, y = np.array(grouper.rows), np.array(grouper.labels, dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ weights
        gradient = x.T @ (1 / (1 + np.exp(-z)) - y) + 2 * RIDGE * weights
        return float((np.logaddexp(0, z) - y * z).sum() + RIDGE * weights @ weights), gradient

    result = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    names = ["COSINE", "HEADLINES", "HEADLINE_IN_LEAD", "SHARED_PASSAGES", "GAP", "UNDATED", "SURROUNDINGS", "BIAS"]
    print(f"{len(y)} pairs, {int(y.sum())} of one story, loss {result.fun:.0f}")
    for name, weight in zip(names, result.x, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()

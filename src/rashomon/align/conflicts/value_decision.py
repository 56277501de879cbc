"""The learned decision: how likely two answers that exclude each other answer one question.

Boosted trees and a logistic regression over ``value_features``, kept as plain arrays and run by numpy; their log odds
are averaged. ``scripts/fit_values.py`` makes them; docs/quality.md says what they reach on stories left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.align.conflicts.value_features import FEATURES, Features
from rashomon.align.matching.decision import Trees
from rashomon.align.statements.similarity import Doubles

PATH = Path(__file__).parents[1] / "data" / "one_question.npz"
_OF_TREES = ("feature", "threshold", "left", "right", "leaf", "value")


@dataclass(frozen=True, slots=True, eq=False)
class ValueDecision:
    """Trees, and a regression: ``mean`` and ``scale`` of each feature, ``weights``, and the constant ``bias``."""

    trees: Trees
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def likelihoods(self, features: Features) -> Doubles:
        """For each row of ``features`` how likely, 0 to 1, to six digits."""
        if not len(features):
            return np.zeros(0)
        grown = np.clip(self.trees.likelihoods(features.astype(np.float32)), 1e-6, 1 - 1e-6)
        # Summed feature by feature, in order, so that a row comes out the same whatever rows stand beside it.
        odds = np.full(len(features), self.bias)
        for column in range(features.shape[1]):
            odds += (features[:, column] - self.mean[column]) / self.scale[column] * self.weights[column]
        both = (np.log(grown / (1 - grown)) + odds) / 2
        return np.asarray(np.round(1 / (1 + np.exp(-both)), 6))


def save_decision(path: Path, decision: ValueDecision, told: Mapping[str, Any]) -> None:
    """Write a decision, with what it was made from."""
    arrays = {name: getattr(decision.trees, name) for name in _OF_TREES}
    np.savez_compressed(
        path,
        about=np.frombuffer(json.dumps(told, default=list).encode(), np.uint8),
        base=np.array(decision.trees.base),
        mean=decision.mean,
        scale=decision.scale,
        weights=decision.weights,
        bias=np.array(decision.bias),
        **arrays,
    )


@cache
def load_decision() -> ValueDecision:
    """The decision that comes with the package; once per process.

    Raises:
        ValueError: it asks for other features than the package has.
    """
    data = np.load(BytesIO(files("rashomon.align").joinpath("data", PATH.name).read_bytes()), allow_pickle=False)
    if tuple(json.loads(data["about"].tobytes())["features"]) != FEATURES:
        raise ValueError(f"{PATH.name} was made for other features: run scripts/fit_values.py")
    trees = Trees(**{name: data[name] for name in _OF_TREES}, base=float(data["base"]))
    return ValueDecision(trees, data["mean"], data["scale"], data["weights"], float(data["bias"]))

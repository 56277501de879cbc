"""Learned decisions about pairs: logistic regressions whose weights are a table that people can read.

``data/pair_weights.tsv`` has a line for each decision and feature; ``scripts/fit_pairs.py`` makes it.
"""

import math
from collections.abc import Mapping
from functools import cache

from rashomon.model.lists import data_lines

BIAS = "bias"
Weights = Mapping[str, float]


def likelihood(weights: Weights, features: Mapping[str, float]) -> float:
    """How likely a decision is right, 0 to 1.

    Args:
        weights: by feature, among them that of ``BIAS``; of features without a weight nothing is asked.

    >>> likelihood({"bias": 1.0, "same": -1.0}, {"same": 1.0, "else": 3.0})
    0.5
    """
    odds = sum(weight * features.get(name, 0.0) for name, weight in weights.items() if name != BIAS) + weights[BIAS]
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def load_weights(decision: str) -> Weights:
    """The weights of one decision.

    Raises:
        KeyError: nothing of that name was learned.
    """
    rows = [line.split("\t") for line in data_lines("lab", "pair_weights.tsv")]
    found = {feature: float(weight) for name, feature, weight in rows if name == decision}
    if not found:
        raise KeyError(decision)
    return found

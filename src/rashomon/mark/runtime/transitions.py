"""The scorer that the dependency parser and the entity recogniser have in common."""

import numpy as np

from rashomon.mark.runtime.arithmetic import maxout
from rashomon.mark.runtime.columns import Floats
from rashomon.mark.runtime.weights import TransitionWeights


class Scorer:
    """Scores moves from a state's features: a few tokens, such as the one on top of the stack.

    What a token adds as a certain feature does not depend on the state, so it is computed for all tokens at once.
    """

    def __init__(self, weights: TransitionWeights) -> None:
        self._weights = weights
        self.features, self.pieces = weights.missing.shape
        self.hidden = weights.scores.weight.shape[0]

    def parts(self, vectors: Floats) -> Floats:
        """What each token adds as each feature.

        Args:
            vectors: (tokens, width) in context.

        Returns:
            (tokens + 1, features, pieces): the last row stands for a missing token.
        """
        weights = self._weights
        narrow = vectors @ weights.narrow.weight
        narrow += weights.narrow.bias
        parts = np.empty((len(vectors) + 1, self.features * self.pieces), np.float32)
        np.dot(narrow, weights.features, out=parts[:-1])
        parts[-1] = weights.missing.reshape(-1)
        return parts.reshape(-1, self.features, self.pieces)

    def hidden_of(self, total: Floats) -> Floats:
        """The hidden layer, (states, hidden), of the summed features, (states, pieces), which are changed."""
        total += self._weights.bias
        return maxout(total, self.hidden)

"""The few steps of arithmetic that several parts share."""

import numpy as np

from rashomon.mark.runtime.columns import Flags, Floats, Places

# thinc.layers.layernorm adds this to the variance.
EPSILON = np.float32(1e-8)
# Scores nearer to each other than this are a tie. Sums in another order move a score by less than 1e-5 (150 articles,
# each paragraph parsed alone and with its neighbours); of 288,000 moves of the parser six were nearer than 1e-4.
TIE = np.float32(1e-4)


def maxout(pieces: Floats, width: int) -> Floats:
    """The largest of the pieces that stand side by side: (rows, pieces * width) to (rows, width)."""
    highest = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
    for start in range(2 * width, pieces.shape[1], width):
        np.maximum(highest, pieces[:, start : start + width], out=highest)
    return highest


def maxout_normalised(pieces: Floats, gain: Floats, shift: Floats) -> Floats:
    """Maxout, then each row brought to mean 0 and variance 1, scaled by ``gain`` and moved by ``shift``."""
    rows = maxout(pieces, gain.size)
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows)
    spread /= np.float32(gain.size)
    spread += EPSILON
    np.sqrt(spread, out=spread)
    rows /= spread[:, None]
    rows *= gain
    rows += shift
    return rows


def tied(scores: Floats, best: Places) -> Flags:
    """(rows,) whether any other score is as good as the ``best`` one, up to rounding.

    Args:
        scores: (rows, classes); the best ones are blotted out.
        best: (rows,) the class of the largest score of each row.
    """
    rows = np.arange(len(scores))
    lead = scores[rows, best]
    scores[rows, best] = -np.inf
    lead -= scores.max(axis=1)
    nearer: Flags = lead < TIE
    return nearer

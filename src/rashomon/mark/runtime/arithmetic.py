"""The few steps of arithmetic that several parts share."""

import numpy as np

from rashomon.mark.runtime.columns import Floats

# thinc.layers.layernorm adds this to the variance.
EPSILON = np.float32(1e-8)


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

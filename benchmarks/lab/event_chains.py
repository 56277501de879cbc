"""Which words of a story tell one deed: "foiled", "thwarts" and "foiling" of one raid.

Every two words of a story are judged by what was learned (``tellings``), and joined while the mean of all judgements
between two groups is high enough. Verbs that say nothing alone ("make", "say") tell another deed in every article,
unless what they go with speaks for one.
"""

from collections.abc import Sequence

import numpy as np

from lab.event_mentions import Telling, Tellings
from lab.pair_weights import likelihood, load_weights

# Mean likelihood from which two groups are one deed: the best of ECB+'s training topics, each judged by weights that
# have not seen it (scripts/fit_pairs.py), where .35 to .5 differ by a third of a point.
ONE_DEED = 0.45


def deeds_of(told: Sequence[Telling]) -> list[int]:
    """Which deed each word tells, of one story: a number for each; equal numbers are one deed."""
    tellings, weights = Tellings(told), load_weights("event")
    likely = np.zeros((len(told), len(told)))
    for i in range(len(told)):
        for j in range(i):
            likely[i, j] = likely[j, i] = likelihood(weights, tellings.features(i, j))
    return joined(likely, ONE_DEED)


def joined(likely: np.ndarray, least: float) -> list[int]:
    """Join what is likeliest one first, by the mean over all pairs of two groups, while that is at least ``least``.

    Args:
        likely: symmetric, shape (n, n).

    Returns:
        For each of the n the number of the first of its group.
    """
    home = list(range(len(likely)))
    if len(likely) < 2:
        return home
    means, sizes = likely.astype(np.float64), np.ones(len(likely))
    np.fill_diagonal(means, -1)
    while True:
        a, b = sorted(divmod(int(means.argmax()), len(means)))
        if means[a, b] < least:
            return home
        # The mean over pairs of a joined group is that of its parts, by their sizes (average linkage).
        means[a] = (sizes[a] * means[a] + sizes[b] * means[b]) / (sizes[a] + sizes[b])
        means[:, a], means[b], means[:, b], means[a, a] = means[a], -1, -1, -1
        sizes[a] += sizes[b]
        home = [a if each == b else each for each in home]

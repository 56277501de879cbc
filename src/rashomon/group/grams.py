"""Which word 6-grams stand for a text: winnowing, so that no passage two texts share goes unseen.

Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD 2003): of every
window of consecutive grams the one with the smallest hash is taken. Two texts that share a whole window therefore take
the same gram from it, wherever it stands in either of them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import U64, distinct, mixed, polynomials
from rashomon.group.texts import Words

# Short enough to fit between two edits. Of 400 planted copies with a word in ten changed (benchmarks/reuse.py) runs of
# 8 words find 91 %, of 6 words 96 %, of 5 words 97 %, but those bring three times as many candidates.
GRAM = 6
# With 16 grams a window, 21 words in common (GRAM + WINDOW - 1) are found with certainty, at two grams for every 17
# words of text. Smaller windows cost in proportion and find one more copy in a hundred.
WINDOW = 16
# A gram with fewer words outside quotation marks says that two outlets heard the same speech.
OWN = 3

_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The grams that stand for a text: ``hashes``, sorted, taken from ``all``, the grams of its words in order."""

    hashes: U64
    all: U64

    def places(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Where the selected grams begin: numbers of words, in order, and for each the number of its hash."""
        if not len(self.hashes):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        near = np.minimum(self.hashes.searchsorted(self.all), len(self.hashes) - 1)
        places = np.flatnonzero(self.hashes[near] == self.all)
        return places, near[places]


def select(words: Words) -> Grams:
    """The grams that stand for a text: of each window the one with the smallest hash, those of quoted speech aside."""
    if len(words) < GRAM:
        return Grams(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint64))
    grams = mixed(polynomials(words.hashes, GRAM))
    spoken = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(words.quoted, out=spoken[1:])
    grams[spoken[GRAM:] - spoken[:-GRAM] > GRAM - OWN] = _NONE
    # The smallest of 2, 4, 8 grams, then of a whole window, which two overlapping runs make up.
    least, span = grams, 1
    while span < WINDOW and len(least) > span:
        step = min(span, WINDOW - span)
        least, span = np.minimum(least[:-step], least[step:]), span + step
    return Grams(distinct(least[least != _NONE]), grams)

"""Which word 6-grams stand for a text: winnowing, so that no passage two texts share goes unseen.

Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD 2003): of every
window of consecutive grams the one with the smallest hash is taken. Two texts that share a whole window therefore take
the same gram from it, wherever it stands in either of them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import U64, changing, distinct, mixed, polynomials
from rashomon.group.texts import Flags, Words

# Short enough to fit between two edits. Of 400 planted copies with a word in ten changed (benchmarks/reuse.py) runs of
# 8 words find 91 %, of 6 words 96 %, of 5 words 97 %, but those bring three times as many candidates.
GRAM = 6
# With 16 grams a window, 21 words in common (GRAM + WINDOW - 1) are found with certainty, at two grams for every 17
# words of text. Smaller windows cost in proportion and find one more copy in a hundred.
WINDOW = 16
# A gram with fewer words outside quotation marks says that two outlets heard the same speech. Of speech only every so
# many grams is taken: enough to know who printed the same one at length.
OWN = 3
SPEECH_WINDOW = 48

_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The grams that stand for a text: ``hashes``, sorted, taken from ``all``, the grams of its words in order.

    ``spoken`` tells which of them are the speech of others.
    """

    hashes: U64
    spoken: Flags
    all: U64

    def places(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Where the selected grams begin: numbers of words, in order, and for each the number of its hash."""
        if not len(self.hashes):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        near = np.minimum(self.hashes.searchsorted(self.all), len(self.hashes) - 1)
        places = np.flatnonzero(self.hashes[near] == self.all)
        return places, near[places]


def select(words: Words) -> Grams:
    """The grams that stand for a text: of each window the one with the smallest hash; fewer of quoted speech."""
    if len(words) < GRAM:
        return Grams(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.uint64))
    grams = mixed(polynomials(words.hashes, GRAM))
    quoted = words.quoted
    if not quoted.any():
        hashes = distinct(_least(grams, WINDOW))
        return Grams(hashes, np.zeros(len(hashes), dtype=np.bool_), grams)
    spoken = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(quoted, out=spoken[1:])
    speech = spoken[GRAM:] - spoken[:-GRAM] > GRAM - OWN
    own = distinct(_least(np.where(speech, _NONE, grams), WINDOW))
    said = _least(np.where(speech, grams, _NONE), SPEECH_WINDOW)
    hashes = distinct(np.concatenate([own, said]))
    if hashes[-1] == _NONE:
        hashes = hashes[:-1]
    near = np.minimum(own.searchsorted(hashes), len(own) - 1)
    return Grams(hashes, own[near] != hashes, grams)


def _least(grams: U64, window: int) -> U64:
    """The smallest of each window: of 2, 4, 8 grams, then of a whole window, which two overlapping runs make up."""
    least, span = grams, 1
    while span < window and len(least) > span:
        step = min(span, window - span)
        least, span = np.minimum(least[:-step], least[step:]), span + step
    return changing(least)

"""What every runtime gives: the tokens of some texts and their annotation, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

# The columns of ``Parsed.layers``, by spaCy's attribute ids.
LAYERS: tuple[int, ...] = (TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of several texts, one text behind the other.

    Attributes:
        lengths: (texts,) tokens of each text.
        orth: (tokens,) spaCy's key of each token's string.
        spaces: (tokens,) whether one space follows.
        layers: (tokens, ``LAYERS``) keys as spaCy keeps them; a head is its offset from the token, as uint64.
    """

    lengths: Places
    orth: Keys
    spaces: Flags
    layers: Keys


def doc_of(vocab: Vocab, orth: Keys, spaces: Flags | None, attributes: Sequence[int], values: Keys) -> Doc:
    """A Doc of these strings, which the vocabulary knows, with (tokens, attributes) values."""
    words: list[Any] = orth.tolist()  # spaCy takes keys for strings, and is spared to hash them
    doc = Doc(vocab, words=words, spaces=None if spaces is None else spaces.tolist())
    if words:
        doc.from_array(list(attributes), values)  # type: ignore[arg-type]  # its stub omits uint64
    return doc


def joined(parts: Sequence[Parsed]) -> Parsed:
    """The texts of all parts behind one another; at least one part."""
    return Parsed(
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.orth for part in parts]),
        np.concatenate([part.spaces for part in parts]),
        np.concatenate([part.layers for part in parts]),
    )


class Runtime(Protocol):
    """Parses texts with the weights of one spaCy pipeline.

    Attributes:
        name: "fast" or "stock".
        reason: why it is not the fast one although that was wanted.
    """

    name: str
    reason: str | None

    def parse(self, texts: Sequence[str]) -> Parsed:
        """Parse the texts, each by itself: the same texts give the same columns, whatever was parsed before."""
        ...

"""One outlet's form of a quotation against the fullest one, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A comparison costs the product of the lengths; nobody reads a diff of more words than this.
LONGEST = 400
# Below this share of common words a diff is confetti, and "in other words" says more. Chosen by reading the bundled
# story's quotations: paraphrases share at most a third of their words, clipped ones nearly all.
ALIKE = 0.45


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a variant: the same as the fullest form, different from it, or a place where words are left out."""

    kind: Literal["same", "different", "gap"]
    text: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A variant's pieces, and in a few words how it relates to the fullest form."""

    pieces: tuple[Piece, ...]
    relation: str


def compare(full: str, variant: str, kind: str) -> Compared:
    """How ``variant`` differs from ``full``; ``kind`` is the variant's kind of quotation.

    >>> compare("We came so that she is answered soon.", "she is answered", "mixed").relation
    'clipped: 3 of 8 words'
    """
    a, b = list(_WORD.finditer(full)), list(_WORD.finditer(variant))
    paraphrased = "paraphrased" if kind == "indirect" else "in other words"
    if not a or not b or len(a) > LONGEST or len(b) > LONGEST:
        return Compared((Piece("same", variant),), paraphrased)
    matcher = SequenceMatcher(None, [w[0].casefold() for w in a], [w[0].casefold() for w in b], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same == len(a) == len(b):
        return Compared((Piece("same", variant),), "in full")
    if same / len(b) < ALIKE:
        return Compared((Piece("same", variant),), paraphrased)
    relation = f"clipped: {same} of {len(a)} words" if same == len(b) else "worded differently"
    pieces: list[Piece] = []
    at = 0
    for op, a1, a2, b1, b2 in matcher.get_opcodes():
        if op == "delete" or (op == "replace" and a2 - a1 > b2 - b1 + 2):
            pieces.append(Piece("gap", full[a[a1].start() : a[a2 - 1].end()], a2 - a1))
        if b2 > b1:
            end = len(variant) if b2 == len(b) else b[b2].start()
            start = 0 if b1 == 0 else at
            pieces.append(Piece("same" if op == "equal" else "different", variant[start:end]))
            at = end
    return Compared(tuple(pieces), relation)

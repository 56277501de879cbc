"""Whom somebody cites in turn: "Yonhap, citing an analysis of photos"."""

from collections.abc import Iterator

from rashomon.mark.tree import Tree

_CUES = frozenset(["citing", "quoting"])
# Tokens between a medium and its "citing": "InterPressNews reported late on Thursday evening, citing". Of 40 real ones
# read, one was further away, and that one belonged to somebody else.
_FAR = 9


def citings(tree: Tree) -> list[tuple[int, int]]:
    """Each "citing" or "quoting" of a text with the noun that is cited, as tokens, in order."""
    return list(_citings(tree))


def _citings(tree: Tree) -> Iterator[tuple[int, int]]:
    for cue, word in enumerate(tree.lower):
        if word in _CUES:
            noun = tree.child(cue, "dobj", "pobj")
            if noun is not None and noun > cue and tree.pos[noun] in ("NOUN", "PROPN", "PRON"):
                yield cue, noun


def cites(tree: Tree, anchor: int, cue: int) -> bool:
    """Whether the "citing" at ``cue`` is that of the name or verb at ``anchor``: near behind it, with no subject and at
    most one verb between them, or before it in the same clause ("Citing officials, the agency said")."""
    if tree.sentence[anchor] != tree.sentence[cue]:
        return False
    if cue < anchor:
        return cue == tree.sentence[cue] and (tree.head[cue] == anchor or tree.head[anchor] == tree.head[cue])
    between = range(anchor + 1, cue)
    return (
        cue - anchor <= _FAR
        and not any(tree.dep[place] in ("nsubj", "nsubjpass") for place in between)
        and sum(tree.pos[place] == "VERB" for place in between) <= 1
    )

"""Capitals and seats of government: where they act, and where they are only the town that something happens in."""

import functools

from rashomon.mark.drafts import Found, Reading
from rashomon.mark.gazetteer import rows
from rashomon.mark.pronouns import acting_verbs
from rashomon.mark.tree import Tree

_SUBJECT = ("nsubj", "nsubjpass")


@functools.cache
def _nouns(group: str) -> frozenset[str]:
    """Words of ``state_nouns.tsv`` by what they tell of a capital beside them."""
    return frozenset(row[0] for row in rows("state_nouns.tsv") if row[1] == group)


def stand_for_states(reading: Reading, found: list[Found], dateline: tuple[int, int]) -> None:
    """Tell capitals and seats that act from those where something happens.

    Args:
        reading: the article.
        found: its names; capitals and seats among them get their kind, ``known`` and ``place``.
        dateline: characters of the dateline, whose city never acts.
    """
    ruling: dict[int, bool] = {}
    tree = reading.tree
    for name in found:
        if name.entry is None or name.entry.kind not in ("capital", "seat"):
            continue
        written = dateline[0] <= name.start < dateline[1]
        acts = not written and _acts(tree, name, ruling)
        ruling[name.last - 1] = acts
        if acts:
            name.kind, name.known, name.place, name.metonym = "ORG", name.entry.id, None, True
        else:
            name.kind, name.known = "PLACE", None


def _acts(tree: Tree, name: Found, ruling: dict[int, bool]) -> bool:
    lower, dep, heads = tree.lower, tree.dep, tree.head
    at = name.last - 1
    seat = name.entry is not None and name.entry.kind == "seat"
    if name.last < len(tree) - 1 and tree.text[name.last] == "-":
        return lower[name.last + 1] not in ("based", "born", "area", "bound")
    while dep[at] == "conj" and heads[at] < at:
        if heads[at] in ruling:
            return ruling[heads[at]]
        at = heads[at]
    head = heads[at]
    for child in tree.children[at]:
        # "Hill City, which sees a threat in it": the clause behind the name says what it does.
        if dep[child] == "relcl":
            subject = tree.child(child, "nsubj")
            if subject is not None and lower[subject] in ("which", "who", "that") and _deed(tree, child):
                return True
    if dep[at] in _SUBJECT:
        return seat or (_deed(tree, head) if dep[at] == "nsubj" else tree.lemma[head].lower() in acting_verbs())
    if dep[at] == "poss":
        return lower[head] not in _nouns("town")
    if dep[at] == "pobj" and lower[head] in ("by", "with", "against", "toward", "towards"):
        return True
    if dep[at] == "pobj":
        noun = heads[head]
        if lower[head] == "between":
            return lower[noun] in _nouns("talks") or tree.pos[noun] == "VERB"
        if lower[head] == "from" and lower[noun] in _nouns("envoys"):
            return True
        if lower[head] in ("to", "from", "on", "for", "of"):
            return lower[noun] in _nouns("sent") or (seat and lower[head] in ("of", "for", "on"))
        return False
    if dep[at] in ("compound", "nmod", "amod"):
        return seat or lower[head] in _nouns("rule")
    if dep[at] in ("dobj", "iobj", "dative"):
        return tree.lemma[head].lower() in acting_verbs("suffer") or _kept_from(tree, head)
    return seat


def _deed(tree: Tree, verb: int) -> bool:
    """Whether ``verb``, said of a capital, is what a government does: by the verb itself, or by what it takes.

    A town sees rain, hosts games and has parks; but whoever else does something to something, or is ready to, wills it.
    """
    lemma = tree.lemma[verb].lower()
    if lemma in acting_verbs():
        return True
    # "was ready to sign": the parser hangs what it is ready for on the adjective.
    states = [child for child in tree.children[verb] if tree.dep[child] == "acomp"]
    if any(tree.lower[child] in _nouns("state of mind") for child in states):
        return True
    if tree.pos[verb] != "VERB" or lemma in acting_verbs("town"):
        return False
    return tree.child(verb, "dobj", "ccomp", "xcomp", "dative") is not None


def _kept_from(tree: Tree, verb: int) -> bool:
    """ "Keep the capital from doing it": what it is kept from is a deed."""
    return any(tree.lower[child] == "from" and tree.child(child, "pcomp") is not None for child in tree.children[verb])

"""Who does nothing of what a verb says, and what there is none of: "nobody", "refused to", "a lack of proof"."""

from rashomon.mark.claims.surroundings import Surroundings
from rashomon.mark.claims.words import refuting

_SUBJECTS = ("nsubj", "nsubjpass")
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "few"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_REFUSALS = frozenset({"refuse", "decline", "fail", "unable", "neglect", "cease", "stop", "unwilling", "struggle"})


def negated(context: Surroundings, verb: int) -> bool:
    """Whether somebody, or nobody, does what ``verb`` says: "not", "nobody", "no official", "refused to"."""
    tree, below = context.tree, context.below
    no = bool(below(verb, "neg"))
    for label in _SUBJECTS:
        for subject in below(verb, label):
            no ^= tree.lower[subject] in _NOBODY or is_none(context, subject)
    no ^= any(tree.lower[c] in refuting("scant") for c in below(verb, "advmod"))
    no ^= by_no_means(context, verb)
    above = tree.head[verb]
    if tree.dep[verb] in {"xcomp", "pcomp"}:
        no ^= tree.lemma[above].lower() in _REFUSALS or tree.lower[above] == "without"
        no ^= tree.dep[verb] == "xcomp" and tree.lemma[above] == "remain"  # "remains to be proven"
        no ^= tree.lemma[above] in {"have", "be", "remain"} and any(
            tree.lower[c] == "yet" for c in below(above, "advmod")
        )
        if tree.dep[verb] == "xcomp" and tree.pos[above] in {*_CLAUSAL, "ADJ"}:
            no ^= bool(below(above, "neg")) or (tree.pos[above] == "ADJ" and bool(below(tree.head[above], "neg")))
            no ^= any(tree.lower[s] in _NOBODY or is_none(context, s) for s in below(above, "nsubj"))
    return no


def by_no_means(context: Surroundings, verb: int) -> bool:
    """ "by no means", "in no way", "at no time"."""
    return any(
        context.tree.lower[noun] in {"means", "way", "time", "circumstances", "point", "stage", "sense", "account"}
        and any(context.tree.lower[c] == "no" for c in context.below(noun, "det"))
        for noun in context.objects_of(verb, "by", "in", "at", "under", "on")
    )


def is_none(context: Surroundings, noun: int) -> bool:
    """Whether ``noun`` stands under "no", "little", "not a"."""
    tree = context.tree
    return any(
        tree.lower[c] in refuting("scant")
        for label in ("det", "amod", "neg", "preconj", "advmod", "nummod")
        for c in context.below(noun, label)
    )


def is_lacking(context: Surroundings, noun: int) -> bool:
    """ "no evidence", "did not find evidence", "a lack of evidence", "without proof"."""
    tree = context.tree
    if is_none(context, noun):
        return True
    above = tree.head[noun]
    if tree.dep[noun] == "pobj":
        if tree.lower[above] == "without":
            return True
        return tree.lemma[tree.head[above]].lower() in refuting("absence") or (
            tree.lower[above] == "of" and tree.pos[tree.head[above]] == "NOUN" and is_lacking(context, tree.head[above])
        )
    return tree.pos[above] in _CLAUSAL and tree.dep[noun] in {"dobj", "attr", "nsubj"} and negated(context, above)


def is_one_of_none(context: Surroundings, verb: int) -> bool:
    """ "neither wrote nor called", "did not flee, nor did she resign": the second is denied as the first is."""
    tree, below = context.tree, context.below
    if any(tree.lower[c] in {"nor", "neither"} for label in ("cc", "preconj") for c in below(verb, label) if c < verb):
        return not below(verb, "neg")
    carriers = [*below(verb, "aux"), *below(verb, "auxpass")]
    if carriers and carriers[0] > 0 and tree.lower[carriers[0] - 1] in {"nor", "neither"} and not below(verb, "neg"):
        return True  # "and neither did Ruiz resign"
    subjects = [subject for label in _SUBJECTS for subject in below(verb, label)]
    hardly = {"hardly", "barely", "scarcely"}
    denied = any(tree.lower[s] == "neither" for s in subjects)
    denied |= any(tree.lower[c - 1] != "or" for s in subjects for c in below(s, "neg"))
    denied |= any(tree.lower[c] in hardly for s in subjects for c in below(s, "advmod"))
    if denied or by_no_means(context, verb):
        return not below(verb, "neg")  # "Not a single miner was hurt"
    above = tree.head[verb]
    if tree.dep[verb] == "ccomp" and tree.lemma[above] == "be" and not context.has_subject(above):
        return by_no_means(context, above)
    if tree.dep[verb] == "acl" and tree.tag[verb] == "VBN" and tree.dep[above] in {"ROOT", "attr"}:
        return is_none(context, tree.head[verb])  # "No one hurt in mine fire"
    if tree.dep[verb] != "conj":
        return False
    joined = [c for c in below(tree.head[verb], "cc") if c < verb]
    return bool(joined) and tree.lower[joined[-1]] == "nor"

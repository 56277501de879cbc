"""Statements that a governor refutes, doubts or conditions: "it is not true that …", "found no proof that …"."""

from collections.abc import Sequence

from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.words import refuting
from rashomon.model.marks import Status

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "few"})
_PREDICATES = ("acomp", "attr", "oprd")
_CLAUSAL = frozenset({"VERB", "AUX"})
# Where a clause hangs that is what a noun or verb says, and not what it is like.
_RELATIVE = ("nsubj", "nsubjpass", "dobj", "pobj")
# What the verb above a noun makes of it.
_LINKS = frozenset({"prep", "pobj", "dobj", "conj", "attr", "oprd", "appos"})
_REFUSALS = frozenset({"refuse", "decline", "fail", "unable", "neglect", "cease", "stop", "unwilling", "struggle"})


def refuted_or_open(context: Surroundings, verb: int) -> Status | None:
    """ "denied" or "possible" where the words above the clause of ``verb`` make it so, None where they leave it.

    Climbs from the clause to what governs it, past words that only pass it on ("posts say that …"). Words that take
    it for granted ("know", "the fact that") end the climb.
    """
    if _own_doubt(context, verb):
        return "possible"
    tree = context.tree
    told = False
    for _ in range(FAR):
        above, label = tree.head[verb], tree.dep[verb]
        if label == "conj" and tree.pos[above] in _CLAUSAL:
            if _goes_on(context, verb):
                verb = above
                continue
            return None
        if label in {"acl", "relcl", "ccomp"} and tree.pos[above] in {"NOUN", "PROPN", "ADJ"} and tree.lemma[above]:
            return _by_noun(context, verb, above) if tree.pos[above] != "ADJ" else _by_predicate(context, above)
        if label in {"csubj", "csubjpass"}:
            return _said_of(context, above)
        if label not in {"ccomp", "xcomp", "advcl", "pcomp"} or (label == "advcl" and not _extraposed(context, verb)):
            return None
        if tree.pos[above] not in _CLAUSAL:
            return None
        effect = _by_verb(context, above, label)
        if effect:
            return "possible" if told else effect
        lemma = tree.lemma[above].lower()
        if label == "ccomp" and lemma not in refuting("say"):
            return None
        told = told or label == "ccomp"
        if _relative_subject(context, above):
            return _by_noun(context, above, tree.head[above], relative=True)
        if told and tree.dep[above] == "xcomp":
            return _by_saying(context, above)
        verb = above
    return None


def _own_doubt(context: Surroundings, verb: int) -> bool:
    """ "allegedly stole", "left, if the reports are true"."""
    tree, below = context.tree, context.below
    if any(tree.lower[c] in refuting("maybe") for c in below(verb, "advmod")):
        return True
    for clause in below(verb, "advcl"):
        if any(tree.lower[c] == "if" for c in below(clause, "mark")):
            said = {tree.lower[clause], *(tree.lower[c] for label in _PREDICATES for c in below(clause, label))}
            believed = tree.lower[clause] in {"believed", "confirmed", "proven", "proved", "verified"}
            if believed or said & refuting("true"):
                return True
    return False


def _goes_on(context: Surroundings, verb: int) -> bool:
    """Whether a clause joined to another stands under the same governor: "denied that he lied and cheated"."""
    tree = context.tree
    if any(tree.lower[c] in {"but", "yet"} for c in context.below(tree.head[verb], "cc")):
        return False
    return not context.has_subject(verb) or bool(context.below(verb, "mark"))


def _extraposed(context: Surroundings, verb: int) -> bool:
    tree = context.tree
    return any(tree.lower[c] == "that" for c in context.below(verb, "mark"))


def _relative_subject(context: Surroundings, verb: int) -> bool:
    """ "a post that said", "a video claiming", "a story in which": the verb passes on what its noun says."""
    tree = context.tree
    return tree.dep[verb] in {"relcl", "acl"} and tree.pos[tree.head[verb]] in {"NOUN", "PROPN"}


def negated(context: Surroundings, verb: int) -> bool:
    """Whether somebody, or nobody, does what ``verb`` says: "not", "nobody", "no official", "refused to"."""
    tree, below = context.tree, context.below
    no = bool(below(verb, "neg"))
    for label in _SUBJECTS[:2]:
        for subject in below(verb, label):
            no ^= tree.lower[subject] in _NOBODY or _none(context, subject)
    no ^= any(tree.lower[c] in refuting("scant") for c in below(verb, "advmod"))
    above = tree.head[verb]
    if tree.dep[verb] in {"xcomp", "pcomp"}:
        no ^= tree.lemma[above].lower() in _REFUSALS or tree.lower[above] == "without"
        if tree.dep[verb] == "xcomp" and tree.pos[above] in {*_CLAUSAL, "ADJ"}:
            no ^= bool(below(above, "neg")) or (tree.pos[above] == "ADJ" and bool(below(tree.head[above], "neg")))
            no ^= any(tree.lower[s] in _NOBODY or _none(context, s) for s in below(above, "nsubj"))
    return no


def _none(context: Surroundings, noun: int) -> bool:
    tree = context.tree
    return any(
        tree.lower[c] in refuting("scant")
        for label in ("det", "amod", "neg", "preconj")
        for c in context.below(noun, label)
    )


def _words_of(context: Surroundings, verb: int) -> Sequence[int]:
    """What is said of the subject of ``verb``: its predicate words and those joined to them."""
    found = [c for label in _PREDICATES for c in context.below(verb, label)]
    found += [c for at in list(found) for c in context.below(at, "conj")]
    return found


def _by_verb(context: Surroundings, verb: int, label: str) -> Status | None:
    """What ``verb`` makes of the clause that hangs on it."""
    tree, below = context.tree, context.below
    lemma = tree.lemma[verb].lower()
    no = negated(context, verb)
    if label == "xcomp":
        hearsay = lemma in refuting("hearsay") and below(verb, "auxpass")
        return "possible" if hearsay else None
    if label == "pcomp":
        return None
    if any(tree.lower[c] in refuting("falsely") for c in below(verb, "advmod")):
        return None if no else "denied"
    for subject in (*below(verb, "nsubj"), *below(verb, "nsubjpass")):
        if tree.lemma[subject].lower() in refuting("false") or _modifiers(context, subject) & refuting("false"):
            return "denied"
    if lemma in {"be", "seem", "appear", "prove", "remain", "become"} and _words_of(context, verb):
        return _said_of(context, verb)
    if lemma in refuting("refute"):
        return None if no else "denied"
    if lemma in refuting("doubt"):
        return None if no and lemma in {"doubt", "question", "dispute"} else "possible"
    if no and lemma in refuting("belief") | refuting("say"):
        return "possible"
    if lemma in refuting("hearsay") and below(verb, "auxpass"):
        return "possible"
    conditioned = any(tree.lower[c] in {"if", "unless", "whether"} for c in below(verb, "mark"))
    if lemma in refuting("belief") | refuting("say") and conditioned:
        return "possible"
    return None


def _modifiers(context: Surroundings, noun: int) -> set[str]:
    tree = context.tree
    return {tree.lower[c] for label in ("amod", "compound", "acl", "nmod") for c in context.below(noun, label)}


def _said_of(context: Surroundings, verb: int, *, of_speech: bool = False) -> Status | None:
    """What "is true", "would be a lie", "has been debunked" makes of its subject."""
    tree, below = context.tree, context.below
    no = negated(context, verb) if not of_speech else bool(below(verb, "neg"))
    auxiliaries = {tree.lower[c] for c in below(verb, "aux")}
    conditioned = any(tree.lower[c] in {"if", "unless", "whether"} for c in below(verb, "mark"))
    said = _words_of(context, verb)
    words = {tree.lower[c] for c in said} | {tree.lemma[c].lower() for c in said}
    lacking = any(_none(context, c) for c in said)
    if said:
        for inner in said:
            if tree.lemma[inner].lower() in {"piece", "bit", "case", "matter", "product", "work"}:
                words |= {tree.lemma[c].lower() for c in context.objects_of(inner, "of")}
    words |= {tree.lower[c] for link in below(verb, "prep") for c in below(link, "amod")}
    if words & (refuting("false") | (refuting("wrong") if of_speech else frozenset())):
        return None if no or lacking else "denied"
    if words & refuting("true") and no:
        return "denied"
    if words & refuting("unsure"):
        return None if lacking else "possible"
    if words & refuting("sure") and no:
        return "possible"
    if words and (conditioned or "would" in auxiliaries):
        return "possible"
    lemma = tree.lemma[verb].lower()
    if not words or lemma != "be":
        if lemma in refuting("refute"):
            return None if no else "denied"
        if lemma in refuting("doubt"):
            return "possible"
        if no and lemma in refuting("belief"):
            return "possible"
    return None


def _by_predicate(context: Surroundings, adjective: int) -> Status | None:
    """ "is sure that", "are false", where the parser hangs the clause on the adjective."""
    tree = context.tree
    verb = tree.head[adjective]
    if tree.dep[adjective] in _PREDICATES and tree.pos[verb] in _CLAUSAL:
        return _said_of(context, verb)
    return None


def _by_saying(context: Surroundings, verb: int) -> Status | None:
    """ "It is wrong to say that …", "it would be false to claim that …"."""
    tree = context.tree
    above = tree.head[verb]
    above = tree.head[above] if tree.pos[above] == "ADJ" else above
    return _said_of(context, above, of_speech=True) if tree.lemma[above] == "be" else None


def _by_noun(context: Surroundings, clause: int, noun: int, *, relative: bool = False) -> Status | None:
    """What becomes of the statement that hangs on ``noun``: "the claim that …", "no proof that …"."""
    tree, below = context.tree, context.below
    if not relative and _is_relative(context, clause):
        return None
    lemma = tree.lemma[noun].lower()
    if lemma == "time" and tree.pos[tree.head[noun]] in _CLAUSAL:
        return "possible" if any(tree.lower[c] == "would" for c in below(tree.head[noun], "aux")) else None
    if lemma in {"doubt", "question", "secret", "denying"} and _none(context, noun):
        return None
    about = _modifiers(context, noun)
    if lemma in refuting("evidence") and _lacking(context, noun):
        return "denied"
    if lemma not in refuting("speech") | refuting("rumour") | refuting("false"):
        return None
    if about & refuting("false"):
        return "denied"
    effect = _above_noun(context, noun)
    if effect:
        return effect
    if lemma in refuting("false"):
        return None if _lacking(context, noun) else "denied"
    if lemma in refuting("rumour") or about & refuting("unsure"):
        return "possible"
    return None


def _is_relative(context: Surroundings, clause: int) -> bool:
    """ "the report that named him": the clause tells which report, not what it says."""
    tree = context.tree
    if tree.dep[clause] not in {"relcl", "acl"}:
        return False
    for label in _RELATIVE:
        if any(tree.tag[c] in {"WDT", "WP"} or tree.lower[c] == "that" for c in context.below(clause, label)):
            return True
    return not any(tree.lower[c] == "that" for c in context.tree.children[clause]) and tree.dep[clause] == "relcl"


def _lacking(context: Surroundings, noun: int) -> bool:
    """ "no evidence", "did not find evidence", "a lack of evidence", "without proof"."""
    tree = context.tree
    if _none(context, noun):
        return True
    above = tree.head[noun]
    if tree.dep[noun] == "pobj":
        if tree.lower[above] == "without":
            return True
        return tree.lemma[tree.head[above]].lower() in refuting("absence")
    return tree.pos[above] in _CLAUSAL and tree.dep[noun] in {"dobj", "attr", "nsubj"} and negated(context, above)


def _above_noun(context: Surroundings, noun: int) -> Status | None:
    """What the verb or noun above a noun of speech says of it."""
    tree = context.tree
    at = noun
    for _ in range(FAR):
        above, label = tree.head[at], tree.dep[at]
        if label in _SUBJECTS and tree.pos[above] in _CLAUSAL:
            active = label == "nsubj" and tree.lemma[above] != "be" and not _words_of(context, above)
            return _active(context, above) if active else _said_of(context, above, of_speech=True)
        if tree.pos[above] in _CLAUSAL:
            return _object_of(context, above) if label in {"dobj", "prep", "nsubj", "ccomp"} else None
        if label not in _LINKS:
            return None
        word = tree.lower[above]
        if tree.lemma[above].lower() in refuting("evidence") and _lacking(context, above):
            return "denied"
        if word in refuting("contrary"):
            return "denied"
        if word in refuting("despite"):
            return "possible"
        if tree.lemma[above].lower() in {"denial", "rejection", "dismissal", "rebuttal"}:
            return "denied"
        at = above
    return None


def _active(context: Surroundings, verb: int) -> Status | None:
    """A small clause: "called claims that he stole false"."""
    tree = context.tree
    above = tree.head[verb]
    if tree.dep[verb] == "ccomp" and tree.lemma[above].lower() in refuting("naming"):
        return "denied" if tree.lower[verb] in refuting("false") else None
    return None


def _object_of(context: Surroundings, verb: int) -> Status | None:
    tree, below = context.tree, context.below
    lemma = tree.lemma[verb].lower()
    no = negated(context, verb)
    if lemma in refuting("refute"):
        return "possible" if no else "denied"
    if lemma in refuting("doubt"):
        return "possible"
    if no and lemma in refuting("belief"):
        return "possible"
    if lemma in refuting("naming"):
        words = {tree.lower[c] for label in (*_PREDICATES, "ccomp") for c in below(verb, label)}
        for link in below(verb, "prep"):
            words |= {tree.lower[c] for c in tree.children[link]}
        if words & (refuting("false") | refuting("wrong")):
            return "denied"
    return None


def is_one_of_none(context: Surroundings, verb: int) -> bool:
    """ "neither wrote nor called", "did not flee, nor did she resign": the second is denied as the first is."""
    tree, below = context.tree, context.below
    if any(tree.lower[c] in {"nor", "neither"} for label in ("cc", "preconj") for c in below(verb, label) if c < verb):
        return not below(verb, "neg")
    if tree.dep[verb] != "conj":
        return False
    joined = [c for c in below(tree.head[verb], "cc") if c < verb]
    return bool(joined) and tree.lower[joined[-1]] == "nor"

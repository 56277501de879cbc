"""What a verb, noun or predicate word makes of the statement that hangs on it: refuted, open, or nothing."""

from collections.abc import Sequence

from rashomon.mark.claims.negation import is_lacking, is_none, negated
from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.words import refuting
from rashomon.model.marks import Status

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_PREDICATES = ("acomp", "attr", "oprd")
_CLAUSAL = frozenset({"VERB", "AUX"})
# Where a clause hangs that is what a noun or verb says, and not what it is like.
_RELATIVE = ("nsubj", "nsubjpass", "dobj", "pobj")
# What the verb above a noun makes of it.
_LINKS = frozenset({"prep", "pobj", "dobj", "conj", "attr", "oprd", "appos"})


def _words_of(context: Surroundings, verb: int) -> Sequence[int]:
    """What is said of the subject of ``verb``: its predicate words and those joined to them."""
    tree = context.tree
    found = [c for label in _PREDICATES for c in context.below(verb, label)]
    for inner in context.below(verb, "xcomp"):  # "turned out to be false"
        found += [c for label in _PREDICATES for c in context.below(inner, label)]
    if not found and tree.lemma[verb] == "be":
        # "isn't true Banto left": the parser hangs "true" on the name.
        beside = verb + 1 + len([c for c in context.below(verb, "neg") if c == verb + 1])
        found += [c for c in range(beside, min(beside + 1, len(tree))) if tree.dep[c] == "amod"]
    found += [c for at in list(found) for c in context.below(at, "conj")]
    return found


def refutes(context: Surroundings, verb: int) -> bool:
    """ "rejected", "ruled out", "cast doubt on"."""
    tree = context.tree
    lemma = tree.lemma[verb].lower()
    return lemma in refuting("refute") or any(
        f"{lemma}_{tree.lower[c]}" in refuting("phrase") for c in tree.children[verb]
    )


def _is_far(context: Surroundings, verb: int) -> bool:
    """ "is far from true"."""
    return any(context.tree.lower[c] == "far" for c in context.below(verb, "advmod"))


def modifiers(context: Surroundings, noun: int) -> set[str]:
    """The words that stand by ``noun``: "fake", "unconfirmed"."""
    tree = context.tree
    found = [c for label in ("amod", "compound", "acl", "nmod") for c in context.below(noun, label)]
    found += [
        w
        for c in context.below(noun, "acl")
        for label in _PREDICATES[:3]
        for w in context.below(c, label)
        if w == c + 1
    ]
    return {tree.lower[c] for c in found}


def by_verb(context: Surroundings, verb: int, label: str) -> Status | None:
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
        if tree.lemma[subject].lower() in refuting("false") or modifiers(context, subject) & refuting("false"):
            return "denied"
        if tree.lemma[subject].lower() in refuting("evidence") and is_none(context, subject):
            return "denied"
        if tree.lemma[subject].lower() in refuting("refute") and lemma in refuting("speech"):
            return "denied"  # a headline's "Ruiz rejects claim he left", with "rejects" taken for a noun
        doubtful = refuting("rumour") if label == "ccomp" else frozenset[str]()
        if tree.lemma[subject].lower() in doubtful or modifiers(context, subject) & refuting("unsure"):
            return "possible"
    if lemma in {"be", "seem", "appear", "prove", "remain", "become"} and (
        _words_of(context, verb) or _is_far(context, verb)
    ):
        return said_of(context, verb)
    if lemma in refuting("proviso") and not context.has_subject(verb):
        return "possible"
    if any(tree.lemma[c] in refuting("evidence") for c in context.objects_of(verb, "without")):
        return "possible"
    if lemma in refuting("naming") and {tree.lower[c] for c in _words_of(context, verb)} & refuting("false"):
        return None if no else "denied"
    if refutes(context, verb):
        return None if no else "denied"
    if lemma in refuting("doubt"):
        return None if no and lemma in {"doubt", "question", "dispute"} else "possible"
    if no and lemma in refuting("belief") | refuting("say"):
        return "possible"
    if lemma in refuting("hearsay") and below(verb, "auxpass"):
        return "possible"
    conditioned = any(tree.lower[c] in {"if", "unless", "whether"} for c in below(verb, "mark"))
    if conditioned and lemma not in refuting("fact"):
        return "possible"
    return None


def said_of(context: Surroundings, verb: int, *, of_speech: bool = False) -> Status | None:
    """What "is true", "would be a lie", "has been debunked" makes of its subject."""
    tree, below = context.tree, context.below
    no = negated(context, verb) if not of_speech else bool(below(verb, "neg"))
    auxiliaries = {tree.lower[c] for c in below(verb, "aux")}
    conditioned = any(tree.lower[c] in {"if", "unless", "whether"} for c in below(verb, "mark"))
    said = _words_of(context, verb)
    words = {tree.lower[c] for c in said} | {tree.lemma[c].lower() for c in said}
    lacking = any(is_none(context, c) for c in said)
    if said:
        for inner in said:
            if tree.lemma[inner].lower() in {"piece", "bit", "case", "matter", "product", "work"}:
                words |= {tree.lemma[c].lower() for c in context.objects_of(inner, "of")}
    words |= {tree.lower[c] for link in below(verb, "prep") for c in below(link, "amod")}
    for adverb in below(verb, "advmod"):
        if tree.lower[adverb] == "far":  # "is far from true"
            no = True
            words.update(tree.lower[c] for link in below(adverb, "prep") for c in tree.children[link])
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
        if refutes(context, verb):
            return None if no else "denied"
        if lemma in refuting("doubt"):
            return "possible"
        if no and lemma in refuting("belief"):
            return "possible"
    return None


def by_predicate(context: Surroundings, adjective: int) -> Status | None:
    """ "is sure that", "are false", where the parser hangs the clause on the adjective."""
    tree, below = context.tree, context.below
    verb = tree.head[adjective]
    if tree.dep[adjective] in _PREDICATES and tree.pos[verb] in _CLAUSAL:
        rumour = any(tree.lemma[c].lower() in refuting("rumour") for c in below(verb, "nsubj"))
        return said_of(context, verb) or ("possible" if rumour else None)
    if tree.dep[adjective] == "ccomp" and tree.lower[adjective] in refuting("false"):
        return None if below(verb, "neg") else "denied"  # "considers it false that"
    return None


def by_saying(context: Surroundings, verb: int) -> Status | None:
    """ "It is wrong to say that …", "it would be false to claim that …"."""
    tree = context.tree
    above = tree.head[verb]
    if tree.dep[verb] == "pcomp":
        above = tree.head[above]
        if tree.lemma[above] in {"apologise", "apologize"}:
            return "denied"
        short = tree.lemma[above] in {"stop", "fall", "refrain", "avoid", "shy"}
        return "possible" if short or refutes(context, above) else None
    adjective = tree.lower[above] if tree.pos[above] == "ADJ" else ""
    above = tree.head[above] if adjective else above
    words = {adjective, *(tree.lower[c] for c in _words_of(context, above))}
    if words & refuting("hasty") or refutes(context, above):
        return "possible"
    return said_of(context, above, of_speech=True) if tree.lemma[above] == "be" else None


def by_noun(context: Surroundings, clause: int, noun: int, *, relative: bool = False) -> Status | None:
    """What becomes of the statement that hangs on ``noun``: "the claim that …", "no proof that …"."""
    tree, below = context.tree, context.below
    if not relative and _is_relative(context, clause):
        return None
    lemma = tree.lemma[noun].lower()
    if lemma == "time" and tree.pos[tree.head[noun]] in _CLAUSAL:
        return "possible" if any(tree.lower[c] == "would" for c in below(tree.head[noun], "aux")) else None
    if tree.dep[noun] == "attr" and lemma in refuting("true") | refuting("sure"):
        return said_of(context, tree.head[noun])  # "it is not the case that"
    if relative and tree.lower[noun] in {"nothing", "little"}:
        return "denied"
    if lemma in {"doubt", "question", "secret", "denying"} and is_none(context, noun):
        return None
    about = modifiers(context, noun)
    if lemma in refuting("evidence") and is_lacking(context, noun):
        return "denied"
    if lemma not in refuting("speech") | refuting("rumour") | refuting("false"):
        return "possible" if relative and _above_noun(context, noun) else None
    if about & refuting("false"):
        return "denied"
    if lemma not in refuting("false") and is_lacking(context, noun):
        return "possible"
    effect = _above_noun(context, noun)
    if effect:
        return effect
    if lemma in refuting("false"):
        return None if is_lacking(context, noun) else "denied"
    if (lemma in refuting("rumour") and not below(noun, "poss")) or about & refuting("unsure"):
        return "possible"
    return None


def _is_relative(context: Surroundings, clause: int) -> bool:
    """ "the report that named him": the clause tells which report, not what it says."""
    tree = context.tree
    if tree.dep[clause] not in {"relcl", "acl"}:
        return False
    # The tagger tells "a rumour that ships sank" where the parser takes "that" for what was sunk.
    open_noun = tree.lemma[tree.head[clause]] in refuting("rumour") - {"claim"}
    if open_noun and any(tree.lower[c] == "that" and tree.tag[c] == "IN" for c in tree.children[clause]):
        return False
    for label in _RELATIVE:
        if any(tree.tag[c] in {"WDT", "WP"} or tree.lower[c] == "that" for c in context.below(clause, label)):
            return True
    if tree.dep[clause] == "acl" or any(tree.lower[c] == "that" for c in tree.children[clause]):
        return False
    # "no proof Ruiz fled", "claims Ruiz was hurt" say what it is; "claims Ruiz made" does not.
    told = any(context.below(clause, label) for label in ("dobj", "acomp", "attr", "nsubjpass"))
    return not told and tree.lemma[tree.head[clause]].lower() not in refuting("evidence")


def _above_noun(context: Surroundings, noun: int) -> Status | None:
    """What the verb or noun above a noun of speech says of it."""
    tree = context.tree
    at = noun
    for _ in range(FAR):
        above, label = tree.head[at], tree.dep[at]
        if label in _SUBJECTS and tree.pos[above] in _CLAUSAL:
            active = label == "nsubj" and tree.lemma[above] != "be" and not _words_of(context, above)
            return _active(context, above) if active else said_of(context, above, of_speech=True)
        if tree.pos[above] in _CLAUSAL:
            return _object_of(context, at, above) if label in {"dobj", "prep", "nsubj", "ccomp"} else None
        if label not in _LINKS:
            return None
        word = tree.lower[above]
        if tree.lemma[above].lower() in refuting("evidence") and is_lacking(context, above):
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
    """ "lacks evidence", "has no basis", and small clauses: "called claims that he stole false"."""
    tree = context.tree
    if tree.lemma[verb] == "lie":
        return "denied"
    if tree.lemma[verb] in refuting("held"):
        for thing in context.below(verb, "dobj"):
            if tree.lemma[thing] in refuting("evidence") and (tree.lemma[verb] == "lack" or is_lacking(context, thing)):
                return "denied"
    above = tree.head[verb]
    if tree.dep[verb] == "ccomp" and tree.lemma[above].lower() in refuting("naming"):
        return "denied" if tree.lower[verb] in refuting("false") else None
    return None


def _object_of(context: Surroundings, noun: int, verb: int) -> Status | None:
    tree, below = context.tree, context.below
    lemma = tree.lemma[verb].lower()
    no = negated(context, verb)
    if refutes(context, verb):
        return "possible" if no else "denied"
    if lemma in refuting("doubt"):
        return "possible"
    if no and lemma in refuting("belief"):
        return "possible"
    if lemma in refuting("naming"):
        words = {tree.lower[c] for label in (*_PREDICATES, "ccomp") for c in below(verb, label)}
        for link in below(verb, "prep"):
            words |= {tree.lower[c] for c in tree.children[link]}
        # "called claims that he stole coins a lie": the parser often leaves "a lie" inside the clause.
        words.update(tree.lower[max(noun + 1, tree.high[noun] - 1) : tree.high[noun] + 1])
        if words & (refuting("false") | refuting("wrong")):
            return "denied"
    return None

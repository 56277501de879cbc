"""Statements that a governor refutes, doubts or conditions: "it is not true that …", "found no proof that …"."""

from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.verdicts import by_noun, by_predicate, by_saying, by_verb, modifiers, refutes, said_of
from rashomon.mark.claims.words import refuting
from rashomon.model.marks import Status

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_PREDICATES = ("acomp", "attr", "oprd")
_CLAUSAL = frozenset({"VERB", "AUX"})


def refuted_or_open(context: Surroundings, verb: int) -> Status | None:
    """ "denied" or "possible" where the words above the clause of ``verb`` make it so, None where they leave it.

    Climbs from the clause to what governs it, past words that only pass it on ("posts say that …"). Words that take
    it for granted ("know", "the fact that") end the climb.
    """
    if _own_doubt(context, verb):
        return "possible"
    tree = context.tree
    if any(tree.lower[c] in refuting("false") and tree.text[c + 1 : c + 2] == [":"] for c in tree.children[verb]):
        return "denied"  # "False: 12 died in the fire"
    beside = _beside(context, verb)
    if beside:
        return beside
    told = False
    for _ in range(FAR):
        above, label = tree.head[verb], tree.dep[verb]
        if label == "conj" and tree.pos[above] in _CLAUSAL:
            if _goes_on(context, verb):
                verb = above
                continue
            return None
        if label in {"acl", "relcl", "ccomp"} and (
            tree.pos[above] in {"NOUN", "PROPN", "ADJ"} or tree.dep[above] in _SUBJECTS
        ):
            return by_noun(context, verb, above) if tree.pos[above] != "ADJ" else by_predicate(context, above)
        if label in {"csubj", "csubjpass"}:
            return said_of(context, above)
        if label not in {"ccomp", "xcomp", "advcl", "pcomp"} or (label == "advcl" and not _extraposed(context, verb)):
            return None
        if tree.pos[above] not in _CLAUSAL:
            return None
        effect = by_verb(context, above, label)
        if effect:
            return "possible" if told else effect
        lemma = tree.lemma[above].lower()
        aimed = any(tree.lower[c] == "to" for c in context.below(above, "aux"))
        passes = refuting("say") | (refuting("belief") if aimed or _relative_subject(context, above) else frozenset())
        if label == "ccomp" and lemma not in passes:
            return None
        beside = _false_beside(context, verb, above)
        if beside:
            return beside
        told = told or label == "ccomp"
        if _relative_subject(context, above):
            return by_noun(context, above, tree.head[above], relative=True)
        if told and tree.dep[above] == "advcl" and tree.pos[tree.head[above]] != "ADJ":
            over = tree.head[above]
            when = any(tree.lower[c] == "when" for c in context.below(above, "advmod"))
            lied = tree.lemma[over] == "lie" or said_of(context, over, of_speech=True) == "denied"
            return "denied" if when and lied else None
        if told and tree.dep[above] in {"xcomp", "pcomp", "advcl"}:
            return by_saying(context, above)
        verb = above
    return None


def _false_beside(context: Surroundings, clause: int, verb: int) -> Status | None:
    """ "Posts saying that he left were false": the parser may hang "were false" on "saying"."""
    tree = context.tree
    bare = not context.has_subject(verb) and tree.lemma[verb] in refuting("speech")
    if bare and tree.tag[verb] == "VBZ":
        verb = tree.head[verb]  # "said claims he left were false", with "claims" taken for a verb
    elif tree.tag[verb] != "VBG" or context.below(verb, "aux"):
        return None
    later = [c for c in context.below(verb, "ccomp") if c > clause and not context.has_subject(c)]
    return said_of(context, later[0], of_speech=True) if later else None


def _beside(context: Surroundings, verb: int) -> Status | None:
    """ "left, it was falsely claimed", "left, according to a false report", "left, a claim that Ruiz denied"."""
    tree, below = context.tree, context.below
    for aside in below(verb, "parataxis"):
        if any(tree.lower[c] in refuting("falsely") for c in below(aside, "advmod")):
            return "denied"
    for link in below(verb, "prep"):
        if tree.lower[link] == "according":
            about = {w for noun in context.objects_of(link, "to") for w in modifiers(context, noun)}
            if about & refuting("false"):
                return "denied"
            if about & refuting("unsure"):
                return "possible"
    for noun in range(verb + 1, tree.high[verb] + 1):
        named = tree.dep[noun] == "appos" and tree.lemma[noun] in refuting("speech")
        if named and any(refutes(context, c) for c in below(noun, "relcl")):
            return "possible"
    return None


def _own_doubt(context: Surroundings, verb: int) -> bool:
    """ "allegedly stole", "left, if the reports are true"."""
    tree, below = context.tree, context.below
    if any(tree.lower[c] in refuting("maybe") for c in below(verb, "advmod")):
        return True
    if [tree.lower[c] for c in below(verb, "mark")][-2:] == ["as", "though"]:
        return True
    subject = context.own_subject(verb)
    if tree.dep[verb] == "advcl" and subject is not None and not below(verb, "mark"):
        first = min(*below(verb, "aux"), verb, len(tree))
        if first < subject and tree.lower[first] in {"had", "should", "were"}:
            return True  # "Had Ruiz left, …"
    for clause in below(verb, "advcl"):
        if any(tree.lower[c] == "if" for c in below(clause, "mark")):
            said = {tree.lower[clause], *(tree.lower[c] for label in _PREDICATES for c in below(clause, label))}
            said.update(tree.lower[c] for c in below(clause, "xcomp"))
            if said & {"believed", "confirmed", "proven", "proved", "verified", "trusted"} or said & refuting("true"):
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
    return tree.dep[verb] in {"relcl", "acl"} and tree.pos[tree.head[verb]] in {"NOUN", "PROPN", "PRON"}

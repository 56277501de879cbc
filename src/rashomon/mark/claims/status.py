"""Did it happen, is it going on, is it planned, possible or denied? Read off tense, modals and governing verbs."""

from rashomon.mark.claims.negation import is_one_of_none
from rashomon.mark.claims.refuting import refuted_or_open
from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.words import governors, table, word_list
from rashomon.model.marks import Polarity, Status

_AUXILIARIES = table("auxiliaries")
_GOVERNORS = governors()
_NEGATIVES = word_list("negatives")
_NOBODY = frozenset({"nothing", "nobody", "none"})
CONDITIONAL = frozenset({"if", "unless", "whether"})
# The third is what the lemmatizer makes of "hopes".
_BEFORE_CLAUSES = frozenset({"deny", "hope", "hop", "expect", "wish"})
# Verbs before a clause with a bare infinitive.
_BARE = frozenset({"let", "help", "make", "have"})
_GOVERNED = frozenset({"xcomp", "ccomp", "advcl", "acl"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})


def status_of(context: Surroundings, verb: int, *, headline: bool = False) -> Status:
    """The status of the clause that ``verb`` heads.

    Args:
        context: the article.
        verb: a verb or a copula.
        headline: whether it stands in a headline, where the present tense tells the past.
    """
    for _ in range(FAR):
        status, verb = _status_or_governor(context, verb, headline)
        if status:
            return status
    return "ongoing"


def _status_or_governor(context: Surroundings, verb: int, headline: bool) -> tuple[Status | None, int]:
    """The status of a clause, or None and the verb that has the same one."""
    tree, below = context.tree, context.below
    dep, lemma, tag = tree.dep[verb], tree.lemma[verb], tree.tag[verb]
    carriers = [*below(verb, "aux"), *below(verb, "auxpass")]
    auxiliaries = {tree.lower[c] for c in carriers}
    above = tree.head[verb]
    refuted = refuted_or_open(context, verb)
    if refuted:
        return refuted, verb
    shared = dep == "conj" and not context.has_subject(verb)  # "if he signed and paid"
    if any(tree.lower[c] in CONDITIONAL for c in below(above if shared else verb, "mark")):
        return "possible", verb
    effects = {_AUXILIARIES.get(word) for word in auxiliaries}
    if "planned" in effects or ("would" in auxiliaries and _past_future(context, verb)):
        return "planned", verb
    if "possible" in effects:
        return "possible", verb
    if lemma == "be" and any(_GOVERNORS.get(tree.lemma[c]) == "planned" for c in below(verb, "acomp")):
        return "planned", verb  # "is due in Oslo on Friday"
    if _GOVERNORS.get(lemma) == "planned" and below(verb, "auxpass") and context.objects_of(verb, "for"):
        return "planned", verb  # "is scheduled for Friday"
    effect = governing_effect(context, verb)
    if effect == "planned" or (headline and "to" in auxiliaries and dep == "ROOT"):
        return "planned", verb
    if effect == "possible":
        return "possible", verb
    if effect == "denied" and not context.below(above, "neg"):
        return "denied", verb
    if effect in {"not", "same"} and dep in {"xcomp", "ccomp"} and "have" not in auxiliaries:
        # "failed to sign", "managed to reach": over or not yet as the governing verb is.
        governor = above if tree.pos[above] in _CLAUSAL else tree.head[above]
        return None, governor
    if "to" in auxiliaries and dep in {"advcl", "acl", "relcl", "xcomp"} and effect is None:
        # "travels to Oslo to sign the treaty": an aim, not yet a deed; "it would be wrong to sign": not even that.
        doubtful = any(_AUXILIARIES.get(tree.lower[c]) == "possible" for c in below(above, "aux"))
        return "possible" if doubtful and dep == "advcl" else "planned", verb
    shares = tag in {"VB", "VBP"} or (tag in {"VBG", "VBN"} and not context.has_subject(verb))
    if dep == "conj" and shares and auxiliaries <= {"to"} and tree.pos[above] in _CLAUSAL:
        return None, above  # "will sign and publish"
    finite = min((c for c in carriers if tree.tag[c] in _FINITE), default=verb)
    if tree.tag[finite] in {"VBD", "VBN"}:
        return "happened", verb
    if headline:
        return "happened", verb
    if finite != verb and tree.lemma[finite] == "have":
        return "ongoing" if tag == "VBG" else "happened", verb  # "has been working since May"
    return "ongoing", verb


def _past_future(context: Surroundings, verb: int) -> bool:
    """Whether "would" is the past's "will": "said that it would sail", "predictions that it would sail"."""
    tree = context.tree
    above = tree.head[verb]
    if any(
        tree.lower[mark] == "if" for clause in context.below(verb, "advcl") for mark in context.below(clause, "mark")
    ):
        return False
    if tree.dep[verb] == "ccomp":
        return tree.tag[above] in {"VBD", "VBN"} and tree.lemma[above].lower() not in word_list("mental_verbs")
    return tree.dep[verb] == "acl" and tree.pos[above] == "NOUN"


def governing_effect(context: Surroundings, verb: int) -> str | None:
    """What the word above ``verb`` makes of it ("planned", "possible", "denied", "not", "same"), None if nothing."""
    tree = context.tree
    dep = tree.dep[verb]
    if dep not in _GOVERNED:
        return None
    above = tree.head[verb]
    governor = tree.lemma[above]
    infinitive = is_infinitive(context, verb)
    if dep in {"advcl", "acl"} and not infinitive:
        return None
    if dep == "ccomp" and not infinitive and governor not in _BEFORE_CLAUSES:
        return None  # "wants Norway to sign" governs; "agreed that it rained" does not
    if governor == "be" and dep == "xcomp":
        return "planned"  # "are to sign"
    if governor == "go" and tree.tag[above] != "VBG":
        return None
    if tree.pos[above] == "NOUN" and dep == "acl":
        # "plans to open", "efforts to persuade", "a decision to leave"
        return "planned" if _GOVERNORS.get(governor) == "planned" else "possible"
    return _GOVERNORS.get(governor)


def is_infinitive(context: Surroundings, verb: int) -> bool:
    """Whether ``verb`` is one, with "to" or, as in "lets Norway keep its ships", without."""
    tree = context.tree
    auxiliaries = context.below(verb, "aux")
    if tree.dep[verb] == "ccomp" and tree.tag[verb] == "VB" and not auxiliaries:
        return tree.lemma[tree.head[verb]] in _BARE
    return any(tree.lower[c] == "to" for c in auxiliaries)


def polarity_of(context: Surroundings, verb: int) -> Polarity:
    """Whether the clause affirms ("+") or negates ("-")."""
    tree, below = context.tree, context.below
    negated = any(tree.lower[c - 1] != "or" for c in below(verb, "neg"))  # not "whether or not he left"
    for label in ("nsubj", "nsubjpass", "dobj", "attr"):
        for child in below(verb, label):
            denied = tree.lower[child] in _NOBODY
            negated ^= denied or any(tree.lower[c] in _NEGATIVES for c in below(child, "det"))
    if any(tree.lower[child] in _NEGATIVES for child in below(verb, "advmod")):
        negated = True
    if tree.dep[verb] == "xcomp" and below(tree.head[verb], "neg"):
        negated = not negated
    if governing_effect(context, verb) == "not":
        negated = not negated
    if is_one_of_none(context, verb):
        negated = True
    return "-" if negated else "+"

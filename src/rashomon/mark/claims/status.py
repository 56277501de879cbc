"""Did it happen, is it going on, is it planned, possible or denied? Read off tense, modals and governing verbs."""

from spacy.tokens import Token

from rashomon.mark.claims.words import governors
from rashomon.model.marks import Polarity, Status

_POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "would", "ought"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NEGATIVE = frozenset({"no", "never", "without", "neither", "nor", "hardly", "barely"})
_CONDITIONAL = frozenset({"if", "unless", "whether"})
# The third is what the lemmatizer makes of "hopes".
_BEFORE_CLAUSES = frozenset({"deny", "hope", "hop", "expect", "wish"})
_GOVERNED = frozenset({"xcomp", "ccomp", "advcl", "acl"})


def status_of(verb: Token, *, headline: bool = False) -> Status:
    """The status of the clause that ``verb`` heads.

    Args:
        verb: a verb (or a copula) of a parsed Doc.
        headline: whether it stands in a headline, where the present tense tells the past.
    """
    auxiliaries = [child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONAL for child in verb.children):
        return "possible"
    if any(word in _FUTURE for word in auxiliaries) or ("would" in auxiliaries and verb.dep_ == "ccomp"):
        return "planned"  # "said that it would sail" is the past's "will"
    if any(word in _POSSIBLE for word in auxiliaries):
        return "possible"
    if verb.lemma_ == "be" and any(c.dep_ == "acomp" and governors().get(c.lemma_) == "planned" for c in verb.children):
        return "planned"  # "is due in Oslo on Friday"
    effect = governing_effect(verb)
    if effect == "planned" or (headline and "to" in auxiliaries and verb.dep_ == "ROOT"):
        return "planned"
    if effect == "possible":
        return "possible"
    if effect == "denied":
        return "denied"
    if effect in {"not", "same"} and verb.dep_ == "xcomp" and "have" not in auxiliaries:
        # "failed to sign", "managed to reach": over or not yet as the governing verb is.
        above = verb.head
        return status_of(above if above.pos_ in {"VERB", "AUX"} else above.head, headline=headline)
    if "to" in auxiliaries and verb.dep_ in {"advcl", "acl", "relcl", "xcomp"} and effect is None:
        # "travels to Oslo to sign the treaty": an aim, not yet a deed.
        return "planned"
    if verb.dep_ == "conj" and not auxiliaries and verb.tag_ in {"VB", "VBP"} and verb.head.pos_ in {"VERB", "AUX"}:
        return status_of(verb.head, headline=headline)
    finite = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBZ", "VBP", "VBD"}), verb)
    if finite.tag_ in {"VBD", "VBN"}:
        return "happened"
    if headline:
        return "happened"
    if finite != verb and finite.lemma_ == "have":
        return "happened"
    return "ongoing"


def governing_effect(verb: Token) -> str | None:
    """What the word above ``verb`` makes of it ("planned", "possible", "denied", "not", "same"), None if nothing."""
    if verb.dep_ not in _GOVERNED:
        return None
    above = verb.head
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    if verb.dep_ == "ccomp" and above.lemma_ == "let" and verb.tag_ == "VB":
        infinitive = True  # "lets Norway keep its ships"
    if verb.dep_ in {"advcl", "acl"} and not infinitive:
        return None
    if verb.dep_ == "ccomp" and not infinitive and above.lemma_ not in _BEFORE_CLAUSES:
        return None  # "wants Norway to sign" governs; "agreed that it rained" does not
    if above.lemma_ == "be" and verb.dep_ == "xcomp":
        return "planned"  # "are to sign"
    if above.lemma_ == "go" and above.tag_ != "VBG":
        return None
    if above.pos_ == "NOUN" and verb.dep_ == "acl":
        # "plans to open", "efforts to persuade", "a decision to leave"
        return "planned" if governors().get(above.lemma_) == "planned" else "possible"
    return governors().get(above.lemma_)


def polarity_of(verb: Token) -> Polarity:
    """Whether the clause affirms ("+") or negates ("-")."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}:
            first = next((t for t in child.children if t.dep_ == "det" and t.lower_ in _NEGATIVE), None)
            negated ^= first is not None or child.lower_ in {"nothing", "nobody", "none"}
        elif child.dep_ == "advmod" and child.lower_ in _NEGATIVE:
            negated = True
    if verb.dep_ == "xcomp" and any(child.dep_ == "neg" for child in verb.head.children):
        negated = not negated
    if governing_effect(verb) == "not":
        negated = not negated
    return "-" if negated else "+"

"""Does a time lie behind or ahead? What the verb that governs it, or its preposition, says."""

import functools
from importlib import resources

from spacy.tokens import Doc, Token

_AHEAD_PREPOSITIONS = frozenset({"by", "until", "till"})
_BEHIND_PREPOSITIONS = frozenset({"since"})
_PAST_AUXILIARIES = frozenset({"had", "has", "have", "was", "were", "did", "'ve", "’ve", "been"})


# Whatever their tense, these point ahead ("scheduled a vote Thursday", "planned for Friday").
_FIXED = frozenset({"schedule", "plan", "slate", "expect", "await", "anticipate", "postpone", "due"})


@functools.cache
def _plans() -> frozenset[str]:
    text = resources.files(__package__).joinpath("data", "plans.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def direction(doc: Doc, first: int, last: int) -> str:
    """``past``, ``future``, ``present`` (a verb in the present) or ``near`` (no verb says) for tokens first..last."""
    inside = range(first, last + 1)
    token = doc[first]
    for _ in range(len(inside)):
        if token.head.i not in inside or token.head.i == token.i:
            break
        token = token.head
    ahead = False
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") and token.i not in inside:
            found = of_verb(token)
            return "future" if ahead and found != "past" else found
        if token.dep_ == "prep" or token.pos_ == "ADP":
            lower = token.lower_
            if lower in _AHEAD_PREPOSITIONS:
                ahead = True
            if lower in _BEHIND_PREPOSITIONS:
                return "past"
        elif token.i not in inside and token.lower_ in _plans() and token.pos_ == "ADJ":
            return "future"
        if token.head.i == token.i:
            break
        token = token.head
    return "future" if ahead else "near"


def of_verb(verb: Token) -> str:
    """The direction that one verb gives to a time that it governs."""
    for _ in range(6):
        tag = verb.tag_
        helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
        if any(child.tag_ == "MD" for child in helpers) or tag == "MD":
            if any(child.lower_ == "have" for child in helpers) and any(
                child.lower_ in ("would", "could", "should", "might", "may", "must") for child in helpers
            ):
                return "past"
            return "future"
        plan = verb.lemma_.lower() in _plans()
        if verb.lemma_.lower() in _FIXED and not any(child.lower_ in ("had", "been") for child in helpers):
            return "future"
        if tag == "VBN":
            return (
                "present"
                if any(child.lower_ in ("is", "are", "'s", "’s") for child in helpers if child.dep_ == "auxpass")
                and not any(child.lower_ in _PAST_AUXILIARIES for child in helpers)
                else "past"
            )
        if tag == "VBD" or any(child.lower_ in _PAST_AUXILIARIES for child in helpers):
            return "past"
        if tag in ("VBZ", "VBP"):
            return "future" if plan else "present"
        if any(child.lower_ in ("is", "are", "am", "'s", "'re", "’s", "’re") for child in helpers):
            return "future"
        if tag == "VB":
            head = verb.head
            if head.i == verb.i:
                return "near"
            if head.lemma_.lower() in _plans() or head.pos_ in ("NOUN", "ADJ", "PROPN"):
                return "future"
            below = of_verb(head) if head.pos_ in ("VERB", "AUX") else "near"
            return "past" if below == "past" else "future"
        if verb.head.i == verb.i or tag not in ("VBG", "VB"):
            return "near"
        verb = verb.head
        while verb.pos_ not in ("VERB", "AUX"):
            if verb.head.i == verb.i:
                return "near"
            verb = verb.head
    return "near"

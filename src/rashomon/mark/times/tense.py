"""Does a time lie behind or ahead? What the verb that governs it, or its preposition, says."""

import functools

from spacy.tokens import Doc, Token

from rashomon.model.lists import data_lines

# How far up a chain of verbs or words to look; longer ones are parse errors.
_DEPTH = 6
_AHEAD_PREPOSITIONS = frozenset({"by", "until", "till"})
_UNTIL = frozenset({"until", "till"})
_WILL = frozenset({"will", "shall", "'ll", "’ll"})
_MODALS = _WILL | {"would", "could", "should", "might", "may", "must", "can", "wo", "ca", "'d", "’d"}
_IS = frozenset({"is", "are", "am", "'s", "'re", "’s", "’re"})
_BEHIND_PREPOSITIONS = frozenset({"since"})
_PAST_AUXILIARIES = frozenset({"had", "has", "have", "was", "were", "did", "'ve", "’ve", "been"})


# Whatever their tense, these point ahead ("scheduled a vote Thursday", "planned for Friday").
_FIXED = frozenset({"schedule", "plan", "slate", "expect", "await", "anticipate", "postpone", "due"})
# What one is made for an event that has not begun.
_INVITED = frozenset({"invite", "summon", "shortlist", "ready", "rehearse", "prepare"})


@functools.cache
def _plans() -> frozenset[str]:
    return frozenset(data_lines("rashomon.mark.times", "plans.txt"))


def direction(doc: Doc, first: int, last: int) -> str:
    """``past``, ``future``, ``present`` (a verb in the present) or ``near`` (no verb says) for tokens first..last."""
    inside = range(first, last + 1)
    token = doc[first]
    for _ in range(len(inside)):
        if token.head.i not in inside or token.head.i == token.i:
            break
        token = token.head
    if token.dep_ == "poss" and _foreseen(token.head):
        return "future"
    ahead = until = False
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") and token.i not in inside:
            found = of_verb(token)
            if until and not any(child.lower_ == "had" for child in token.children):
                return "future"  # "extended the deadline until Tuesday"
            return "future" if ahead and found != "past" else found
        if token.dep_ == "prep" or token.pos_ == "ADP":
            lower = token.lower_
            if lower == "ahead" or (lower == "of" and token.i and token.nbor(-1).lower_ == "ahead"):
                return "future"
            ahead = ahead or lower in _AHEAD_PREPOSITIONS
            until = until or lower in _UNTIL
            if lower in _BEHIND_PREPOSITIONS:
                return "past"
        elif (token.lower_ == "ahead" and token.i not in inside) or (
            token.i not in inside and token.lower_ in _plans() and token.pos_ == "ADJ"
        ):
            return "future"
        if token.head.i == token.i:
            break
        token = token.head
    return "future" if ahead else "near"


def _foreseen(event: Token) -> bool:
    """Whether what a day owns is still to come: "has been invited to Thursday's talks", "Thursday's vote, if any"."""
    if event.dep_ == "pobj" and event.head.lower_ in ("to", "for"):
        verb = event.head.head
        helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
        # "Was invited to Monday's talks" tells of Monday; "has been invited" tells of what the guest can still do.
        past = verb.tag_ == "VBD" or bool(helpers & {"had", "was", "were", "did"})
        if verb.lemma_.lower() in _INVITED and not past:
            return True
    behind = [token.lower_ for token in event.doc[event.i + 1 : event.i + 5] if not token.is_punct]
    return behind[:2] in (["should", "there"], ["should", "it"], ["if", "there"], ["if", "any"], ["if", "it"])


def of_verb(verb: Token) -> str:
    """The direction that one verb gives to a time that it governs."""
    for _ in range(_DEPTH):
        tag, lemma = verb.tag_, verb.lemma_.lower()
        helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
        if tag == "MD" or helpers & _MODALS:
            return "past" if "have" in helpers and not helpers & _WILL else "future"
        if lemma in _FIXED and "had" not in helpers:
            return "future"
        if tag == "VBN":
            return "present" if helpers & _IS and not helpers & _PAST_AUXILIARIES else "past"
        if tag == "VBD" or helpers & _PAST_AUXILIARIES:
            return "past"
        if tag in ("VBZ", "VBP"):
            return "future" if lemma in _plans() else "present"
        if helpers & _IS:
            return "future"
        if tag == "VB":
            return _of_infinitive(verb)
        head = _governor(verb)
        if tag != "VBG" or head is None:
            return "near"
        verb = head
    return "near"


def _of_infinitive(verb: Token) -> str:
    """ "Plans to meet Monday" lies ahead; "managed to meet Monday" and "had been due to expire Friday" do not."""
    head = verb.head
    if head.i == verb.i:
        return "near"
    if head.pos_ in ("VERB", "AUX") and head.lemma_.lower() not in _plans():
        return "past" if of_verb(head) == "past" else "future"
    upper = head if head.pos_ in ("VERB", "AUX") else _governor(head)
    if upper is not None and any(child.lower_ == "had" and child.dep_ == "aux" for child in upper.children):
        return "past"
    return "future"


def _governor(token: Token) -> Token | None:
    """The nearest verb above a token, or None."""
    for _ in range(_DEPTH * 2):
        if token.head.i == token.i:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None

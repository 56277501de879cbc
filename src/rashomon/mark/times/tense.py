"""Does a time lie behind or ahead? What the verb that governs it, or its preposition, says."""

import functools
from collections import defaultdict

from rashomon.mark.times.appointed import appointed
from rashomon.mark.times.lexicon import rows, word_list
from rashomon.mark.tree import Tree

# How far up a chain of verbs or words to look; longer ones are parse errors.
_DEPTH = 6
_VERBAL = frozenset(("VERB", "AUX"))


@functools.cache
def _words(kind: str) -> frozenset[str]:
    """The words of one class of tense.tsv."""
    return _classes()[kind]


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, word in rows("tense.tsv"):
        found[kind].add(word)
    return {kind: frozenset(words) for kind, words in found.items()}


def direction(tree: Tree, first: int, last: int) -> str:
    """``past``, ``future``, ``present`` (a verb in the present) or ``near`` (no verb says) for tokens first..last."""
    heads, lower, pos = tree.head, tree.lower, tree.pos
    at = first
    for _ in range(last - first + 1):
        above = heads[at]
        if above == at or not first <= above <= last:
            break
        at = above
    plans = word_list("plans.txt")
    owned = heads[at]
    if tree.dep[at] == "poss" and _foreseen(tree, owned):
        return "future"
    if tree.dep[at] in ("poss", "compound", "nmod") and _told(tree, owned):
        return "past"
    if appointed(tree, at, first, last):
        return "future"
    if _behind_event(tree, at):
        return "past"
    ahead = until = through = False
    for _ in range(12):
        inside = first <= at <= last
        if pos[at] in _VERBAL and not inside:
            found = of_verb(tree, at)
            if until and not any(lower[child] == "had" for child in tree.children[at]):
                return "future"  # "extended the deadline until Tuesday"
            if through and found != "future":
                return "near"  # "sales through September", "a loan through January"
            return "future" if ahead and found != "past" else found
        word = lower[at]
        if tree.dep[at] == "prep" or pos[at] == "ADP":
            if word == "ahead" or (word == "of" and at and lower[at - 1] == "ahead"):
                return "future"
            ahead = ahead or word in _words("ahead")
            until = until or word in _words("until")
            through = through or word == "through"
            if word in _words("behind"):
                return "past"
        elif not inside and (word == "ahead" or (word in plans and pos[at] == "ADJ")):
            return "future"
        if heads[at] == at:
            break
        at = heads[at]
    return "future" if ahead else "near"


def _foreseen(tree: Tree, event: int) -> bool:
    """Whether what a day owns is still to come: "has been invited to Thursday's talks", "Thursday's vote, if any"."""
    above = tree.head[event]
    if tree.dep[event] == "pobj" and tree.lower[above] in ("to", "for"):
        verb = tree.head[above]
        helpers = _helpers(tree, verb)
        # "Was invited to Monday's talks" tells of Monday; "has been invited" tells of what the guest can still do.
        past = tree.tag[verb] == "VBD" or bool(helpers & _words("finished"))
        if tree.lemma[verb].lower() in _words("invited") and not past:
            return True
    behind = [tree.lower[at] for at in range(event + 1, min(event + 5, len(tree))) if tree.pos[at] != "PUNCT"]
    return " ".join(behind[:2]) in _words("doubted")


def _told(tree: Tree, event: int) -> bool:
    """Whether what a day owns is of a kind that nobody can name before it happened: "Friday's crash"."""
    above = tree.head[event]
    before = tree.lower[above] if tree.dep[event] == "pobj" else ""
    awaited = before in _words("heading") or (before == "of" and tree.lower[above - 1 if above else 0] == "ahead")
    return tree.lemma[event].lower() in _words("done") and not awaited


def _behind_event(tree: Tree, at: int) -> bool:
    """Whether a day is that of something done that a verb looks back on: "is ill after a crash on Monday"."""
    prep = tree.head[at]
    event = tree.head[prep] if tree.dep[at] == "pobj" and tree.lower[prep] in ("on", "in") else prep
    if tree.dep[event] != "pobj" or tree.lemma[event].lower() not in _words("done"):
        return False
    return tree.lower[tree.head[event]] in _words("looking back")


def _helpers(tree: Tree, verb: int) -> set[str]:
    """The auxiliaries of a verb."""
    return {tree.lower[child] for child in tree.children[verb] if tree.dep[child] in ("aux", "auxpass")}


def _negated(tree: Tree, verb: int) -> bool:
    """Whether a verb is denied: "could not", "neither he nor she could", "nobody could"."""
    for child in tree.children[verb]:
        if tree.dep[child] == "neg" or tree.lower[child] in _words("nobody"):
            return True
        if tree.dep[child] in ("nsubj", "nsubjpass") and any(
            tree.lower[below] in _words("nobody") for below in tree.children[child]
        ):
            return True
    return False


def of_verb(tree: Tree, verb: int) -> str:
    """The direction that one verb gives to a time that it governs."""
    plans = word_list("plans.txt")
    for _ in range(_DEPTH):
        tag, lemma = tree.tag[verb], tree.lemma[verb].lower()
        helpers = _helpers(tree, verb)
        if "could" in helpers and _negated(tree, verb):
            return "past"  # "could not be reached on Friday"
        if tag == "MD" or helpers & _words("modal"):
            return "past" if "have" in helpers and not helpers & _words("will") else "future"
        if lemma in _words("fixed") and "had" not in helpers:
            return "future"
        if tag == "VBN":
            return "present" if helpers & _words("is") and not helpers & _words("past") else "past"
        if tag == "VBD" or helpers & _words("past"):
            return "past"
        if tag in ("VBZ", "VBP"):
            return "future" if lemma in plans else "present"
        if helpers & _words("is"):
            return "future"
        if tag == "VB":
            return _of_infinitive(tree, verb)
        head = _governor(tree, verb)
        if tag != "VBG" or head is None:
            return "near"
        verb = head
    return "near"


def _of_infinitive(tree: Tree, verb: int) -> str:
    """ "Plans to meet Monday" lies ahead; "managed to meet Monday" and "had been due to expire Friday" do not."""
    head = tree.head[verb]
    if head == verb:
        return "near"
    verbal = tree.pos[head] in _VERBAL
    if verbal and tree.lemma[head].lower() not in word_list("plans.txt"):
        return "past" if of_verb(tree, head) == "past" else "future"
    upper = head if verbal else _governor(tree, head)
    if upper is not None and any(
        tree.lower[child] == "had" and tree.dep[child] == "aux" for child in tree.children[upper]
    ):
        return "past"
    return "future"


def _governor(tree: Tree, token: int) -> int | None:
    """The nearest verb above a token, or None."""
    for _ in range(_DEPTH * 2):
        if tree.head[token] == token:
            return None
        token = tree.head[token]
        if tree.pos[token] in _VERBAL:
            return token
    return None

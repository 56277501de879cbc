"""Appointments: what is said in the present or the past of a time that lies ahead ("is set for Tuesday")."""

import functools
from collections import defaultdict

from rashomon.mark.times.lexicon import rows
from rashomon.mark.tree import Tree
from rashomon.model.lists import data_lines

_PRESENT = frozenset(("VBZ", "VBP"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))
# What beside a "be" says something else of its subject than when: "the mood is grim on Monday".
_SAYS_MORE = frozenset(("acomp", "attr", "advmod", "oprd"))


@functools.cache
def _words(kind: str) -> frozenset[str]:
    """The words of one class of appointed.tsv."""
    return _classes()[kind]


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, word in rows("appointed.tsv"):
        found[kind].add(word)
    return defaultdict(frozenset, {kind: frozenset(words) for kind, words in found.items()})


@functools.cache
def _events() -> frozenset[str]:
    return frozenset(data_lines("rashomon.mark.claims", "event_nouns.txt"))


def appointed(tree: Tree, top: int, first: int, last: int) -> bool:
    """Whether the time of tokens first..last, of which ``top`` is the head, is one that something is appointed for."""
    above = tree.head[top]
    if above == top or tree.dep[top] == "poss":
        return False
    if tree.dep[top] in ("dobj", "oprd") and tree.lemma[above].lower() in _words("appoint"):
        return True  # "set Monday as the deadline"
    if tree.dep[top] == "pobj" and tree.lower[above] in ("for", "to"):
        return _aimed(tree, above)
    if tree.dep[top] == "pobj":
        if tree.lower[above] not in ("on", "in", "at", "from"):
            return False
        verb = tree.head[above]
    else:
        verb = above
    if tree.pos[verb] not in ("VERB", "AUX") or tree.tag[verb] not in _PRESENT:
        return False
    if any(tree.dep[child] in ("aux", "auxpass") for child in tree.children[verb]):
        return False
    if tree.lemma[verb] == "be":
        return _only_when(tree, verb, first, last)
    return _timetabled(tree, verb)


def _aimed(tree: Tree, prep: int) -> bool:
    """Whether "for Tuesday" or "to Tuesday" is what somebody appoints or moves: "called a strike for Monday"."""
    at = tree.head[prep]
    to = tree.lower[prep] == "to"
    if not to and tree.pos[at] in ("NOUN", "PROPN") and tree.lemma[at].lower() in _events():
        return True
    for _ in range(3):
        if tree.pos[at] in ("VERB", "AUX", "ADJ"):
            break
        at = tree.head[at]
    if any(tree.lower[child] == "had" for child in tree.children[at]):
        return False
    known = _words("move") if to else _words("move") | _words("appoint")
    return tree.lemma[at].lower() in known or tree.lower[at] in known


def _only_when(tree: Tree, verb: int, first: int, last: int) -> bool:
    """Whether a "be" says of its subject only when it is: "the vote is on Monday", "the deadline is Friday"."""
    subject = tree.child(verb, *_SUBJECTS)
    if subject is None or tree.pos[subject] == "PRON":
        expletive = subject is not None and tree.dep[subject] == "expl"
        what = tree.child(verb, "attr")
        return expletive and what is not None and tree.lemma[what].lower() in _events()
    if any(tree.dep[child] in _SAYS_MORE and not first <= child <= last for child in tree.children[verb]):
        return False
    # A person is somewhere on a day; what only is on a day is an event.
    return tree.ent[subject] not in ("PERSON", "NORP") and not any(
        tree.dep[child] == "prep" and not tree.low[child] <= first <= tree.high[child] and child > verb
        for child in tree.children[verb]
    )


def _timetabled(tree: Tree, verb: int) -> bool:
    """Whether a present tense stands for the future, as in timetables: "schools reopen", "the deal takes effect"."""
    lemma = tree.lemma[verb].lower()
    if lemma in _words("timetable"):
        return True
    for child in tree.children[verb]:
        if child < verb:
            continue
        pair = f"{lemma} {tree.lower[child]}"
        if pair in _words("timetable"):
            return True
        below = tree.child(child, "pobj") if tree.dep[child] == "prep" else None
        if below is not None and f"{pair} {tree.lower[below]}" in _words("timetable"):
            return True
    return False

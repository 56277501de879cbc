"""People who are named for a month or a weekday: "Mr. August", "Tessa May", "Sunday Adeleke", then "Sunday said"."""

import functools

from rashomon.mark.drafts import TITLES
from rashomon.mark.gazetteer import first_names, fold
from rashomon.mark.times.lexicon import rows
from rashomon.mark.tree import Tree

_BARE = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "agent"))


@functools.cache
def _words(kind: str) -> frozenset[str]:
    """The words of one class of people.tsv."""
    return frozenset(word for group, word in rows("people.tsv") if group == kind)


@functools.cache
def _calendar() -> dict[str, bool]:
    """The months and weekdays; whether it is a weekday."""
    kinds = ("weekday!", "month!", "may!")
    return {word: kind == "weekday!" for kind, word, _ in rows("words.tsv") if kind in kinds}


def people(tree: Tree) -> list[tuple[int, int]]:
    """Half-open token ranges of the names of people that hold the name of a month or a weekday, without titles."""
    places = [at for at, word in enumerate(tree.lower) if word in _calendar() and tree.text[at].istitle()]
    found = {at: span for at in places if (span := _evident(tree, at))}
    known = {tree.lower[at] for at in found}
    for at in places:
        if at not in found and tree.lower[at] in known and _bare(tree, at):
            found[at] = (at, at + 1)
    return [found[at] for at in sorted(found)]


def _evident(tree: Tree, at: int) -> tuple[int, int] | None:
    """The name around a month or weekday that a title, a first name or a family name shows to be a person's."""
    before = tree.lower[at - 1] if at else ""
    last = at + 1
    surname = last < len(tree) and _is_surname(tree, last)
    if last < len(tree) and tree.text[last][0].isdigit():
        return None
    title = TITLES.get(before, TITLES.get(before.rstrip("."), ("",)))[0] if before else ""
    if title == "honorific" and tree.text[at - 1].istitle():
        return at, last + surname
    weekday = _calendar()[tree.lower[at]]
    if at and tree.text[at - 1].istitle() and fold(tree.text[at - 1]) in first_names() and before not in _calendar():
        subject = tree.dep[at] in ("nsubj", "nsubjpass") and tree.head[at] > at
        if tree.sentence[at] == tree.sentence[at - 1] and (subject or not weekday):
            return at - 1, last
    elif at and not weekday and _is_first_name(tree, at - 1):
        return at - 1, last
    if surname and before not in _words("before a time"):
        return at, last + 1
    return None


def _is_first_name(tree: Tree, at: int) -> bool:
    """Whether an unknown word before a month is its bearer's first name: the two are what a verb tells of."""
    last = at + 1
    named = tree.tag[at] == "NNP" and tree.text[at].istitle() and tree.text[at].isalpha()
    subject = tree.dep[last] in ("nsubj", "nsubjpass") and tree.head[last] > last
    alone = tree.dep[at] == "compound" and tree.head[at] == last and (at == 0 or tree.tag[at - 1] != "NNP")
    no_other = tree.ent[at] in ("", "PERSON", "PRODUCT") and tree.lower[at] not in _calendar().keys() | TITLES.keys()
    return named and subject and alone and no_other


def _is_surname(tree: Tree, at: int) -> bool:
    """Whether the word behind a month or weekday is its bearer's family name: no body, no place, no other time."""
    word = tree.text[at]
    if tree.tag[at] != "NNP" or not word.istitle() or not word.isalpha() or tree.lower[at] in _calendar():
        return False
    alone = at + 1 >= len(tree) or not (tree.tag[at + 1] in ("NNP", "NNPS") and tree.text[at + 1].istitle())
    if (
        not alone
        or tree.dep[at - 1] != "compound"
        or tree.head[at - 1] != at
        or tree.lower[at] in _words("no family name")
    ):
        return False
    subject = tree.dep[at] in ("nsubj", "nsubjpass", "appos", "conj")
    return tree.ent[at] in ("", "PERSON") or (tree.ent[at] == "GPE" and subject)


def _bare(tree: Tree, at: int) -> bool:
    """Whether a name that is a person's elsewhere can be his here: "Sunday said", "critics of May", not "in May"."""
    before, after = tree.lower[at - 1] if at else "", tree.lower[at + 1] if at + 1 < len(tree) else ""
    if before in _words("before a time") or after[:1].isdigit():
        return False
    if tree.dep[at] == "poss" or after in ("'s", "’s"):
        return not _calendar()[tree.lower[at]]
    verb = tree.head[at]
    # "Friday died in hospital": parsers take him for the day, and leave the verb without a subject.
    lacking = verb == at + 1 and tree.child(verb, "nsubj", "nsubjpass") is None and tree.sentence[at] == at
    return tree.dep[at] in _BARE or lacking

"""What the parse says against taking words for a time: names, amounts, adjectives."""

from collections.abc import Callable

from rashomon.mark.times.lexicon import word_list
from rashomon.mark.tree import Tree


def _is_name(tree: Tree, low: int, high: int, _word: str) -> bool:
    """A month's name that is not a person, a verb or part of a longer name."""
    at = high - 1 if tree.text[high] == "." and high > low else high
    if tree.tag[at] in _VERBS or tree.ent[at] in ("PERSON", "ORG", "FAC", "WORK_OF_ART"):
        return False
    after = at + 1 if at + 1 < len(tree) else None
    if after is not None and at == low and tree.lemma[after].lower() in word_list("followers.txt"):
        return False
    if (
        tree.lower[at] in ("march", "may")
        and high == low
        and after is not None
        and tree.lower[after] in ("for", "of", "on", "through")
    ):
        return at > 0 and tree.pos[at - 1] == "ADP"
    if at and tree.pos[at - 1] == "PROPN" and tree.ent[at - 1] not in ("DATE", ""):
        return False
    return not (
        after is not None
        and tree.tag[after] == "NNP"
        and tree.dep[at] == "compound"
        and tree.ent[after] not in ("DATE", "EVENT")
    )


_VERBS = frozenset(("MD", "VB", "VBP", "VBZ", "VBD"))
# Before a bare number these make it a year.
_OF_YEARS = frozenset(("in", "since", "of", "by", "until"))


def _is_year(tree: Tree, low: int, high: int, _word: str) -> bool:
    before = tree.lower[low - 1] if low else ""
    if before and (before in "$£€#" or before in word_list("amounts.txt")):
        return False
    after = high + 1 if high + 1 < len(tree) else None
    if after is not None:
        if before in ("a", "an", "his", "her", "their") and tree.tag[after] == "NNP":
            return False  # "his 1999 Toyota"
        if tree.text[after] in ("%", "percent", "-", "million", "billion"):
            return False
    # "2019 or later": the year itself is what the parse tells about.
    at = next((place for place in range(low, high) if tree.text[place].isdigit()), high)
    head, entity = tree.head[at], tree.ent[at]
    if tree.dep[at] == "nummod" and head > high and tree.tag[head] in ("NNS", "NNPS") and entity != "DATE":
        return False
    if tree.text[at] < "1800" or tree.text[at] > "2060":
        return before in _OF_YEARS and entity == "DATE"
    return entity in ("DATE", "") or before in _OF_YEARS


def _is_season(tree: Tree, low: int, high: int, _word: str) -> bool:
    if tree.tag[high] not in ("NN", "NNP"):
        return False
    if high + 1 < len(tree) and tree.lower[high + 1] in ("in", "of", "from"):
        return False  # "the fall in prices", "the spring of hope"
    return (
        high > low
        or tree.lower[high] in ("summer", "winter", "autumn")
        or tree.lower[max(low - 1, 0)] in ("in", "this")
    )


def _is_noun(tree: Tree, _low: int, high: int, _word: str) -> bool:
    return tree.pos[high] in ("NOUN", "PROPN") and tree.dep[high] not in ("compound", "amod", "nmod")


def _is_common(tree: Tree, low: int, _high: int, word: str) -> bool:
    return not word[0].isupper() or tree.sentence[low] == low or not tree.text[low - 1][-1].isalnum()


def _is_modifier(tree: Tree, low: int, high: int, word: str) -> bool:
    """ "Daily" the adjective or adverb, not the newspaper."""
    named = high + 1 < len(tree) and tree.pos[high + 1] == "PROPN"
    return tree.tag[low] in ("JJ", "RB") and not named and not word[0].isupper()


def _is_bare(tree: Tree, low: int, high: int, _word: str) -> bool:
    """ "Q3" the quarter, not the car: no name before it or behind."""
    named = high + 1 < len(tree) and tree.pos[high + 1] == "PROPN"
    return not named and (low == tree.sentence[low] or tree.pos[low - 1] != "PROPN")


def _is_alone(tree: Tree, _low: int, high: int, _word: str) -> bool:
    """ "He came the night before": no event and no clause follows that the night is before."""
    if tree.dep[high] == "mark" or any(child > high and tree.dep[child] in _OBJECTS for child in tree.children[high]):
        return False
    after = high + 1
    return after >= len(tree) or tree.pos[after] in _CLOSING or not tree.text[after][0].isalnum()


_OBJECTS = frozenset(("pobj", "pcomp"))
_CLOSING = frozenset(("ADP", "CCONJ", "SCONJ", "SPACE", "PART", "AUX", "VERB"))
CHECKS: dict[str, Callable[[Tree, int, int, str], bool]] = {
    "name": _is_name,
    "year": _is_year,
    "season": _is_season,
    "noun": _is_noun,
    "common": _is_common,
    "modifier": _is_modifier,
    "alone": _is_alone,
    "bare": _is_bare,
}

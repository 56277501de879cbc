"""Find the time expressions of one article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from rashomon.mark.times.grammar import compiled
from rashomon.mark.times.lexicon import read_words, word_list
from rashomon.mark.times.phrase import Phrase
from rashomon.mark.times.readings import READINGS
from rashomon.mark.times.resolve import resolve
from rashomon.mark.times.tense import direction
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Timex
from rashomon.model.spans import Span

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_times(article: Article, tree: Tree) -> tuple[Timex, ...]:
    """Find the time expressions (TIMEX3) of one article.

    Their values are what the words alone say; ``resolve`` gives them the publication day. What only looks like a time
    ("may", "March on", "a second man", "the Times") is left out.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``; looked at for candidates only.

    Returns:
        Times in order of the text, none overlapping another.
    """
    text = article.text
    words, row = read_words(text)
    begin, pattern, names = compiled()
    starts = tree.start
    found: list[Timex] = []
    at = 0
    while candidate := begin.search(row, at):
        first = candidate.start()
        match = pattern.match(row, first)
        if match is None or match.lastindex is None:
            at = first + 1
            continue
        end = match.end()
        reading = READINGS[names[match.lastindex - 1]](Phrase(words, first, end - 1, text))
        if reading is None:
            at = first + 1
            continue
        start, stop = words[reading.first].start, words[reading.last].end
        low = bisect_right(starts, start) - 1
        high = bisect_left(starts, stop) - 1
        if reading.needs and not _CHECKS[reading.needs](tree, low, high, words[reading.first].text):
            at = first + 1
            continue
        expr = reading.expr
        if expr.startswith("weekday:") and "/" not in expr and _apposed(found, start, stop, text):
            expr = f"{expr[:10]}named{expr.partition('+')[1]}{expr.partition('+')[2]}"
        if "?" in expr:
            expr = expr.replace("?", direction(tree, low, high))
        found.append(Timex(Span(article.id, start, stop), reading.type, "", reading.mod, expr))
        at = max(reading.last + 1, first + 1)
    return resolve(found, None, text)


# What stands between a date and the weekday that it was: "on July 12, a Saturday", "July 12 (Saturday)".
_BETWEEN = re.compile(r"\s?(?:,|\(|--|[–—])\s?(?:(?:it|that|which) (?:was|is|will be) )?(?:an? )?")


def _apposed(found: list[Timex], start: int, stop: int, text: str) -> bool:
    """Whether a weekday only tells which day of the week the date just before it is."""
    if not found or (not found[-1].expr.startswith("month-day:") and not _DAY.fullmatch(found[-1].expr)):
        return False
    return _BETWEEN.fullmatch(text, found[-1].span.end, start) is not None and text[stop : stop + 2] not in ("'s", "’s")


def _is_name(tree: Tree, low: int, high: int, _word: str) -> bool:
    """A month's name that is not a person, a verb or part of a longer name."""
    at = high - 1 if tree.text[high] == "." and high > low else high
    if tree.tag[at] in _VERBS or tree.ent[at] in ("PERSON", "ORG", "FAC", "WORK_OF_ART"):
        return False
    after = at + 1 if at + 1 < len(tree) else None
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
    head, entity = tree.head[high], tree.ent[high]
    if tree.dep[high] == "nummod" and head > high and tree.tag[head] in ("NNS", "NNPS") and entity != "DATE":
        return False
    if tree.text[high] < "1800" or tree.text[high] > "2060":
        return before in _OF_YEARS and entity == "DATE"
    return entity in ("DATE", "") or before in _OF_YEARS


def _is_season(tree: Tree, low: int, high: int, _word: str) -> bool:
    if tree.tag[high] not in ("NN", "NNP"):
        return False
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


def _is_alone(tree: Tree, _low: int, high: int, _word: str) -> bool:
    """ "He came the night before": no event and no clause follows that the night is before."""
    if tree.dep[high] == "mark" or any(child > high and tree.dep[child] in _OBJECTS for child in tree.children[high]):
        return False
    after = high + 1
    return after >= len(tree) or tree.pos[after] in _CLOSING or not tree.text[after][0].isalnum()


_OBJECTS = frozenset(("pobj", "pcomp"))
_CLOSING = frozenset(("ADP", "CCONJ", "SCONJ", "SPACE", "PART", "AUX", "VERB"))
_CHECKS: dict[str, Callable[[Tree, int, int, str], bool]] = {
    "name": _is_name,
    "year": _is_year,
    "season": _is_season,
    "noun": _is_noun,
    "common": _is_common,
    "modifier": _is_modifier,
    "alone": _is_alone,
}

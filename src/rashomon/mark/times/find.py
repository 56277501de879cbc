"""Find the time expressions of one article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from spacy.tokens import Doc, Token

from rashomon.mark.times.grammar import compiled
from rashomon.mark.times.lexicon import read_words
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
    parse, starts = tree.doc, tree.start
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
        if reading.needs and not _CHECKS[reading.needs](parse, low, high, words[reading.first].text):
            at = first + 1
            continue
        expr = reading.expr
        if expr.startswith("weekday:") and "/" not in expr and _apposed(found, start, stop, text):
            expr = f"{expr[:10]}named{expr.partition('+')[1]}{expr.partition('+')[2]}"
        if "?" in expr:
            expr = expr.replace("?", direction(parse, low, high))
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


def _is_name(parse: Doc, low: int, high: int, _word: str) -> bool:
    """A month's name that is not a person, a verb or part of a longer name."""
    token = parse[high]
    if token.text == "." and high > low:
        token = parse[high - 1]
    if token.tag_ in ("MD", "VB", "VBP", "VBZ", "VBD") or token.ent_type_ in ("PERSON", "ORG", "FAC", "WORK_OF_ART"):
        return False
    after = parse[token.i + 1] if token.i + 1 < len(parse) else None
    before = parse[token.i - 1] if token.i else None
    if (
        token.lower_ in ("march", "may")
        and high == low
        and after is not None
        and after.lower_ in ("for", "of", "on", "through")
    ):
        return before is not None and before.pos_ == "ADP"
    if before is not None and before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", ""):
        return False
    return not (
        after is not None
        and after.tag_ == "NNP"
        and token.dep_ == "compound"
        and after.ent_type_ not in ("DATE", "EVENT")
    )


def _is_year(parse: Doc, low: int, high: int, _word: str) -> bool:
    token: Token = parse[high]
    before = parse[low - 1] if low else None
    if before is not None and (
        before.text in "$£€#" or before.lower_ in ("no.", "page", "flight", "than", "about", "nearly", "over")
    ):
        return False
    after = parse[high + 1] if high + 1 < len(parse) else None
    if (
        before is not None
        and before.lower_ in ("a", "an", "his", "her", "their")
        and after is not None
        and after.tag_ == "NNP"
    ):
        return False  # "his 1999 Toyota"
    if after is not None and (after.text in ("%", "percent", "-", "million", "billion")):
        return False
    if (
        token.dep_ == "nummod"
        and token.head.i > token.i
        and token.head.tag_ in ("NNS", "NNPS")
        and token.ent_type_ != "DATE"
    ):
        return False
    if token.text < "1800" or token.text > "2060":
        return (
            before is not None and before.lower_ in ("in", "since", "of", "by", "until") and token.ent_type_ == "DATE"
        )
    return token.ent_type_ in ("DATE", "") or (
        before is not None and before.lower_ in ("in", "since", "of", "by", "until")
    )


def _is_season(parse: Doc, low: int, high: int, _word: str) -> bool:
    token = parse[high]
    if token.tag_ not in ("NN", "NNP"):
        return False
    return (
        high > low or token.lower_ in ("summer", "winter", "autumn") or parse[max(low - 1, 0)].lower_ in ("in", "this")
    )


def _is_noun(parse: Doc, _low: int, high: int, _word: str) -> bool:
    token = parse[high]
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod", "nmod")


def _is_common(parse: Doc, low: int, _high: int, word: str) -> bool:
    return (
        not word[0].isupper()
        or parse[low].is_sent_start is True
        or parse[max(low - 1, 0)].text in ("“", '"', "``", "-", "—")
    )


def _is_modifier(parse: Doc, low: int, high: int, word: str) -> bool:
    """ "Daily" the adjective or adverb, not the newspaper."""
    after = parse[high + 1] if high + 1 < len(parse) else None
    return (
        parse[low].tag_ in ("JJ", "RB") and not (after is not None and after.pos_ == "PROPN") and not word[0].isupper()
    )


def _is_alone(parse: Doc, _low: int, high: int, _word: str) -> bool:
    """ "He came the night before": no event and no clause follows that the night is before."""
    token = parse[high]
    if token.dep_ == "mark" or any(child.i > high and child.dep_ in _OBJECTS for child in token.children):
        return False
    after = parse[high + 1] if high + 1 < len(parse) else None
    return after is None or after.is_punct or after.pos_ in ("ADP", "CCONJ", "SCONJ", "SPACE", "PART", "AUX", "VERB")


_OBJECTS = frozenset(("pobj", "pcomp"))
_CHECKS: dict[str, Callable[[Doc, int, int, str], bool]] = {
    "name": _is_name,
    "year": _is_year,
    "season": _is_season,
    "noun": _is_noun,
    "common": _is_common,
    "modifier": _is_modifier,
    "alone": _is_alone,
}

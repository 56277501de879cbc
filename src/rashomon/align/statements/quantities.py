"""Quantities of a sentence, read from its words alone: for comparing sentences in which no claim was marked.

>>> [(q.value, q.unit, q.noun) for q in read_quantities("Some 1,200 people fled; a third of $3.5 billion is lost")]
[(1200.0, 'count', 'peopl'), (0.3333, 'part', ''), (3500000000.0, 'money', '')]
"""

import functools
import re
from dataclasses import dataclass

from rashomon.align.statements.stems import stem
from rashomon.model.lists import data_lines

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|[$£€¥%]|[-–]")
_CURRENCY = frozenset("$£€¥")
_MONEY = frozenset({"dollar", "euro", "pound", "yen", "yuan", "rupee", "rouble", "ruble", "won", "cent", "penny"})
_PERCENT = frozenset({"%", "percent", "pct", "percentage"})
_SCALE_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "may",
    ]
)
_NO_NOUN = frozenset({"of", "or", "and", "to", "in", "on", "at", "for", "the", "per", "as", "with"})
_ONE_WORD_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: its ``value``, the kind of its ``unit`` (count, money, percent, part, rank) and the stem of the
    counted ``noun``; ``start`` and ``end`` are code points in the text that was read."""

    start: int
    end: int
    value: float
    unit: str
    noun: str


@functools.cache
def _numerals() -> dict[str, dict[str, float]]:
    """Kind (small, scale, part, rank) to word to value."""
    table: dict[str, dict[str, float]] = {}
    for line in data_lines("rashomon.align", "numerals.tsv"):
        kind, word, value = line.split("\t")
        table.setdefault(kind, {})[word] = float(value)
    return table


def read_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order; days of the month, years and "one" without a scale are none."""
    tokens = [(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        stop, value = _part_at(tokens, at)
        if stop > at:
            found.append(_quantity(tokens, at, stop, value, "part"))
            at = stop
            continue
        stop, value = _number_at(tokens, at)
        if stop == at:
            at += 1
            continue
        before = tokens[at - 1][0] if at else ""
        after = tokens[stop][0] if stop < len(tokens) else ""
        if not _is_date(tokens[at][0], before, after, stop - at, value):
            unit = "money" if before in _CURRENCY else "percent" if after in _PERCENT else "count"
            if after and stem(after) in _MONEY:
                unit = "money"
            found.append(_quantity(tokens, at, stop, value, unit))
        at = stop
    return found


def _number_at(tokens: list[tuple[str, int, int]], at: int) -> tuple[int, float]:
    """Where the cardinal that begins at a token ends, and its value; ``at`` itself where none does."""
    small, scale = _numerals()["small"], _numerals()["scale"]
    total = current = 0.0
    stop = at
    while stop < len(tokens):
        word = tokens[stop][0]
        if word[0].isdecimal():
            if stop > at:
                break
            current = float(word.replace(",", ""))
        elif word in small and (stop == at or not tokens[stop - 1][0][0].isdecimal()):
            current += small[word]
        elif stop > at and (word in scale or (word in _SCALE_LETTERS and tokens[stop - 1][0][0].isdecimal())):
            factor = scale.get(word) or _SCALE_LETTERS[word]
            current = (current or 1.0) * factor
            if factor >= 1e3:
                total, current = total + current, 0.0
        elif stop > at and word in {"-", "–", "and"} and stop + 1 < len(tokens) and tokens[stop + 1][0] in small:
            if word != "and" and small[tokens[stop + 1][0]] >= 10:
                break
            if word == "and" and not (total or current >= 100):
                break
        else:
            break
        stop += 1
    if stop == at or (stop == at + 1 and tokens[at][0] == "one"):
        return at, 0.0
    return stop, round(total + current, 4)


def _part_at(tokens: list[tuple[str, int, int]], at: int) -> tuple[int, float]:
    """ "A third", "two thirds", "half", "a quarter of a million"."""
    parts, scale = _numerals()["part"], _numerals()["scale"]
    small = _numerals()["small"].get(tokens[at][0], 0.0)
    several = 1 < small < 10 and at + 1 < len(tokens) and tokens[at + 1][0] in parts
    start = at + 1 if several or tokens[at][0] in {"a", "an", "one"} else at
    if start >= len(tokens) or tokens[start][0] not in parts:
        return at, 0.0
    value, stop = parts[tokens[start][0]] * (small if several else 1.0), start + 1
    of, a, million = ([t[0] for t in tokens[stop : stop + 3]] + ["", "", ""])[:3]
    if (of, a) == ("of", "a") and million in scale:
        return stop + 3, value * scale[million]
    if start == at and value != 0.5:
        return at, 0.0
    return stop, value


def _is_date(word: str, before: str, after: str, length: int, value: float) -> bool:
    if length > 1 or not word[0].isdecimal():
        return False
    if _ONE_WORD_YEAR.fullmatch(word) and before not in _CURRENCY:
        return True
    return value <= 31 and (before in _MONTHS or after in _MONTHS)


def _quantity(tokens: list[tuple[str, int, int]], at: int, stop: int, value: float, unit: str) -> Quantity:
    rest = [t[0] for t in tokens[stop : stop + 3] if t[0] not in _PERCENT and t[0] not in {"-", "–"}]
    noun = stem(rest[0]) if rest and rest[0][0].isalpha() and unit not in {"money"} else ""
    unit = "count" if value > 1 and unit == "part" else unit
    noun = "" if noun in _NO_NOUN else noun
    return Quantity(tokens[at][1], tokens[stop - 1][2], round(value, 4), unit, noun)

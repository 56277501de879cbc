"""The words of time, and a text as the row of their classes.

Each word, number and punctuation mark of the text becomes one character that names its class ("D" a weekday, "M" a
month, "." a full stop, "w" any other word). The grammar is then a regular expression over that short row, which is far
quicker than one over the text, and far easier to read.
"""

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple, overload

from rashomon.model.lists import data_lines


def rows(name: str) -> list[list[str]]:
    """The fields of each line of a table in ``data``, comments left out."""
    return [line.split("\t") for line in data_lines("rashomon.mark.times", name)]


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list in ``data``."""
    return frozenset(data_lines("rashomon.mark.times", name))


# What the shape of a word tells without a list.
_SHAPES = [
    "day-number",
    "year-number",
    "integer",
    "decimal",
    "ordinal-number",
    "decade-number",
    "ampm",
    "iso",
    "fraction",
    "holiday",
]
# Each class has one character, far from all that texts are written in; the grammar knows classes by name only.
CLASS_CHARACTERS = {
    name: chr(0xE000 + index)
    for index, name in enumerate(dict.fromkeys([row[0].rstrip("!") for row in rows("words.tsv")] + _SHAPES))
}

# What a token can be by its shape; the first that fits counts.
_PATTERNS = {
    "long": r"[^\W\d_]{3,}",  # no other shape begins with three letters, so most words end their search here
    "iso": r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\d)",
    "ordinal": r"\d+(?:st|nd|rd|th)\b",
    "decade": r"['’]?\d*0(?:'|’)?s\b",
    "decimal": r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+",
    "fraction": r"[½¼¾]",
    "number": r"\d+",
    "ampm": r"\b[aApP]\.\s?[mM]\b\.?|(?<![^\W\d_])[aApP][mM]\b",
    "era": r"\b[AB]\.\s?[CD]\.(?:\s?E\.)?|\bC\.\s?E\.",
    "clock": r"o['’]clock\b",
    "word": r"[^\W\d_]+",
    "gap": r"\n\s*\n|(?<=[.!?:;”\"’)])\s*\n",
    "mark": r"[^\s\w]|_",
}
_TOKEN = re.compile("|".join(_PATTERNS.values()))
_SHAPE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_MARKS = {"-": "-", "–": "-", "‑": "-", "'": "'", "’": "'", ",": ",", ".": ".", ":": ":", "/": "/", "(": "(", ")": ")"}


class Word(NamedTuple):
    """One word or number of the text: half-open range in code points, the class's character, and the class's value."""

    start: int
    end: int
    text: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: dict[str, tuple[str, str]]
    capitals: dict[str, tuple[str, str]]


@functools.cache
def _lexicon() -> _Lexicon:
    words: dict[str, tuple[str, str]] = {}
    capitals: dict[str, tuple[str, str]] = {}
    for line in rows("words.tsv"):
        kind, word, value = line
        (capitals if kind.endswith("!") else words)[word] = (CLASS_CHARACTERS[kind.rstrip("!")], value)
    for name, _key, _rule in rows("holidays.tsv"):
        first = name.partition(" ")[0].partition("'")[0]
        capitals.setdefault(first, (CLASS_CHARACTERS["holiday"], first))
    return _Lexicon(words, capitals)


class _Kinds(dict[str, str]):
    """The class of each token seen so far: most tokens of a text were met before."""

    def __missing__(self, token: str) -> str:
        kind = _class_of(token)[0]
        if len(self) > MOST_KNOWN:
            self.clear()
        if len(token) <= LONGEST_KNOWN:
            self[token] = kind
        return kind


# How many tokens to remember the class of; some megabytes.
MOST_KNOWN = 50_000
LONGEST_KNOWN = 40
# Digits, commas and points of the longest number that is read as one ("1,000,000,000 years"), or of an ISO time.
LONGEST_NUMBER = 20
_kinds = _Kinds()


class Words:
    """The words of a text in order, made when they are asked for: few are part of a time."""

    def __init__(self, text: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(text)
        self._starts: list[int] = []
        self._made: dict[int, Word] = {}
        self.row = "".join(map(_kinds.__getitem__, self._tokens))
        at, find = 0, text.find
        for token in self._tokens:  # only white space lies between two of them
            at = find(token, at)
            self._starts.append(at)
            at += len(token)

    def __len__(self) -> int:
        return len(self._tokens)

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> list[Word]: ...
    def __getitem__(self, place: int | slice) -> Word | list[Word]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        place = place if place >= 0 else place + len(self)
        word = self._made.get(place)
        if word is None:
            token, start = self._tokens[place], self._starts[place]
            word = self._made[place] = Word(start, start + len(token), token, *_class_of(token))
        return word


def read_words(text: str) -> tuple[Words, str]:
    """The words of ``text`` and the row of their classes, one character for each word."""
    words = Words(text)
    return words, words.row


def _class_of(token: str) -> tuple[str, str]:
    """The class character and the value of one token."""
    lexicon, of = _lexicon(), CLASS_CHARACTERS
    match = _SHAPE.fullmatch(token)
    shape = match.lastgroup if match else "gap"
    if shape in ("word", "long"):
        lower = token.lower()
        known = lexicon.words.get(lower)
        if known is None and token[0].isupper():
            known = lexicon.capitals.get(lower)
        return known or ("w", token)
    if len(token) > LONGEST_NUMBER and token[0].isdigit():
        return "w", token  # no count and no date, and costly to compute with
    if shape == "mark":
        return _MARKS.get(token, "~"), token
    if shape == "number":
        return of[_number_class(token)], token
    if shape == "gap":
        return "~", token
    if shape == "ordinal":
        return of["ordinal-number"], token[:-2]
    if shape == "era":
        return of["bc" if token[0] == "B" else "ad"], token
    if shape == "ampm":
        return of["ampm"], token[0].lower()
    return of[_SHAPED.get(shape or "", "decimal")], token


_SHAPED = {"decade": "decade-number", "clock": "clock", "iso": "iso", "fraction": "fraction"}


def _number_class(digits: str) -> str:
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        return "day-number"
    if len(digits) == 4 and "1200" <= digits <= "2100":
        return "year-number"
    return "integer"

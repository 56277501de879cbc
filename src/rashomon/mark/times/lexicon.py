"""The words of time, and a text as the row of their classes.

Each word, number and punctuation mark of the text becomes one character that names its class ("D" a weekday, "M" a
month, "." a full stop, "w" any other word). The grammar is then a regular expression over that short row, which is far
quicker than one over the text, and far easier to read.
"""

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from rashomon.model.lists import data_lines


def rows(name: str) -> list[list[str]]:
    """The fields of each line of a table in ``data``, comments left out."""
    return [line.split("\t") for line in data_lines("rashomon.mark.times", name)]


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

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\d))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<decade>['’]?\d*0(?:'|’)?s\b)"
    r"|(?P<decimal>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)"
    r"|(?P<fraction>[½¼¾])"
    r"|(?P<number>\d+(?=[ap]m\b)|\d+)"
    r"|(?P<ampm>\b[aApP]\.\s?[mM]\b\.?|(?<![^\W\d_])[aApP][mM]\b)"
    r"|(?P<clock>o['’]clock\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<gap>\n\s*\n|(?<=[.!?:;”\"’)])\s*\n)"
    r"|(?P<mark>[^\s\w]|_)"
)
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


def read_words(text: str) -> tuple[list[Word], str]:
    """The words of ``text`` and the row of their classes, one character for each word."""
    lexicon = _lexicon()
    ordinary, capitals, of = lexicon.words, lexicon.capitals, CLASS_CHARACTERS
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        token, shape = match.group(), match.lastgroup
        value = token
        if shape == "word":
            lower = token.lower()
            known = ordinary.get(lower)
            if known is None and token[0].isupper():
                known = capitals.get(lower)
            kind, value = known or ("w", token)
        elif shape == "mark":
            kind = _MARKS.get(token, "~")
        elif shape == "number":
            kind = of[_number_class(token)]
        elif shape == "gap":
            kind = "~"
        elif shape == "ordinal":
            kind, value = of["ordinal-number"], token[:-2]
        elif shape == "decade":
            kind = of["decade-number"]
        elif shape == "ampm":
            kind, value = of["ampm"], token[0].lower()
        elif shape == "clock":
            kind = of["clock"]
        else:
            kind = of["iso" if shape == "iso" else "fraction" if shape == "fraction" else "decimal"]
        words.append(Word(match.start(), match.end(), token, kind, value))
    return words, "".join([word.kind for word in words])


def _number_class(digits: str) -> str:
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        return "day-number"
    if len(digits) == 4 and "1200" <= digits <= "2100":
        return "year-number"
    return "integer"

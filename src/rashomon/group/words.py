"""Words, their stems, and how common each stem is in news."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rashomon.model.lists import data_lines

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLITICS = ("s", "t", "re", "ve", "ll", "d", "m")


def words_of(text: str) -> list[str]:
    """Lower-case words in order, without punctuation, hyphens or apostrophes.

    >>> words_of("The mayor’s well-known plan: 2 bridges!")
    ['the', "mayor's", 'well', 'known', 'plan', '2', 'bridges']
    """
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case word: plural, -ed, -ing and a final e taken off, nothing cleverer.

    Grouping compares hundreds of words a text, so a wrong stem costs nothing, while one form fewer makes texts
    comparable.

    >>> stem("raids"), stem("raided"), stem("raiding"), stem("mayor's")
    ('raid', 'raid', 'raid', 'mayor')
    """
    head, _, tail = word.partition("'")
    # "o'brien" keeps its name, "mayor's" and "don't" lose their ending.
    word = head if tail in _CLITICS else head + tail
    if len(word) <= 4:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of ``articles`` news articles each stem occurs."""

    articles: int
    counts: Mapping[str, int]


@cache
def background() -> Background:
    """The table that comes with the package (scripts/count_words.py makes it)."""
    articles = 0
    counts: dict[str, int] = {}
    for line in data_lines("rashomon.group", "words.tsv"):
        count, stems = line.split("\t")
        if stems == "*":
            articles = int(count)
        else:
            counts.update(dict.fromkeys(stems.split(" "), int(count)))
    return Background(articles, counts)


def rarity(count: int, articles: int) -> float:
    """Inverse document frequency (natural log) of a stem in ``count`` of ``articles`` articles."""
    return math.log((articles + 1) / (count + 1))

"""The word lists that claims are read with, loaded once."""

import functools
import unicodedata

from rashomon.model.lists import data_lines

_PACKAGE = "rashomon.mark.claims"


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The lemmas in ``data/name.txt``."""
    return frozenset(data_lines(_PACKAGE, f"{name}.txt"))


@functools.cache
def table(name: str) -> dict[str, str]:
    """The words in ``data/name.tsv``, each to what stands behind it."""
    return {key: value for key, value, *_ in (line.split("\t") for line in data_lines(_PACKAGE, f"{name}.tsv"))}


@functools.cache
def numerals() -> dict[str, dict[str, float]]:
    """Number words by kind: ``small`` ("twelve"), ``tens``, ``scale`` ("million"), ``part`` ("third") and ``top``."""
    found: dict[str, dict[str, float]] = {}
    for line in data_lines(_PACKAGE, "numerals.tsv"):
        kind, word, value = line.split("\t")
        found.setdefault(kind, {})[word] = float(value)
    return found


@functools.cache
def refuting(kind: str) -> frozenset[str]:
    """The lemmas in ``data/refuting.tsv`` of one class."""
    lines = (line.split("\t") for line in data_lines(_PACKAGE, "refuting.tsv"))
    return frozenset(word for group, word in lines if group == kind)


def governors() -> dict[str, str]:
    """Lemma of a verb or adjective to what it makes of the clause it governs."""
    return table("governors")


@functools.lru_cache(maxsize=4096)
def is_punctuation(word: str) -> bool:
    """Whether all of ``word`` is punctuation, as Unicode has it: "$" and "+" are not."""
    return all(unicodedata.category(c).startswith("P") for c in word)


@functools.lru_cache(maxsize=4096)
def is_blank(word: str) -> bool:
    """Whether ``word`` is punctuation or white space."""
    return word.isspace() or is_punctuation(word)

"""The word lists that reported speech is read with, loaded once."""

import functools
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = (files("rashomon.mark.quotes") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The words in ``data/name.txt``."""
    return frozenset(_lines(f"{name}.txt"))


@functools.cache
def frames() -> dict[tuple[str, str], frozenset[str]]:
    """Part of speech and lemma of a cue to the complements that make it one: a clause, an infinitive, ``for``, …."""
    rows = (line.split("\t") for line in _lines("frames.tsv"))
    return {(pos, lemma): frozenset(names.split()) for pos, lemma, names in rows}


@functools.cache
def cue_weights() -> dict[str, float]:
    """The cue model's weight of each feature, and its ``bias``."""
    return {name: float(weight) for name, weight in (line.split("\t") for line in _lines("cue_weights.tsv"))}

"""The word lists that reported speech is read with, loaded once."""

import functools

from rashomon.model.lists import data_lines


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The words in ``data/name.txt``."""
    return frozenset(data_lines("rashomon.mark.quotes", f"{name}.txt"))


@functools.cache
def frames() -> dict[tuple[str, str], frozenset[str]]:
    """Part of speech and lemma of a cue to the complements that make it one: a clause, an infinitive, ``for``, …."""
    rows = (line.split("\t") for line in data_lines("rashomon.mark.quotes", "frames.tsv"))
    return {(pos, lemma): frozenset(names.split()) for pos, lemma, names in rows}

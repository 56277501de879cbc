"""The word lists that claims are read with, loaded once."""

import functools

from rashomon.model.lists import data_lines


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The lemmas in ``data/name.txt``."""
    return frozenset(data_lines("rashomon.mark.claims", f"{name}.txt"))


@functools.cache
def governors() -> dict[str, str]:
    """Lemma of a verb or adjective to what it makes of the clause it governs."""
    return dict(line.split("\t") for line in data_lines("rashomon.mark.claims", "governors.tsv"))

"""The word lists that claims are read with, loaded once."""

import functools
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = (files("rashomon.mark.claims") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The lemmas in ``data/name.txt``."""
    return frozenset(_lines(f"{name}.txt"))


@functools.cache
def governors() -> dict[str, str]:
    """Lemma of a verb or adjective to what it makes of the clause it governs."""
    return dict(line.split("\t") for line in _lines("governors.tsv"))

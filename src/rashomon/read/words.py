"""The word lists of this room."""

import functools
from importlib import resources


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The lines of ``data/name``, without comments."""
    text = (resources.files("rashomon.read") / "data" / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))

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


@functools.cache
def cues() -> dict[str, dict[str, frozenset[str]]]:
    """Lemma and part of speech of whatever may be a cue to its frames: chosen by hand, or with a weight.

    ``+`` stands among the frames where some of them are two complements together (``object+as``).
    """
    found = {cue: set(names) for cue, names in frames().items()}
    for trait in weights("reports"):
        if trait.startswith("cue "):
            _, pos, rest = trait.split(" ", 2)
            lemma, _, frame = rest.rpartition(" ")
            first, _, second = frame.partition("+")
            chosen = frames().get((pos, lemma), frozenset())
            if second in chosen and first not in chosen:
                continue  # what stands in front is whom it was said to: "told reporters that …"
            found.setdefault((pos, lemma), set()).update([frame, "+"] if second else [frame])
    shelves: dict[str, dict[str, frozenset[str]]] = {"accord": {}, "according": {}, "According": {}}
    for (pos, lemma), names in found.items():
        shelves.setdefault(lemma, {})[pos] = frozenset(names)
    return shelves


@functools.cache
def weights(name: str) -> dict[str, float]:
    """What ``data/name.tsv`` gives each trait: a logistic regression's weights, the intercept as ``bias``."""
    rows = (line.rsplit("\t", 1) for line in data_lines("rashomon.mark.quotes", f"{name}.tsv"))
    return {trait: float(weight) for trait, weight in rows}

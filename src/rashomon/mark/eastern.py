"""Names of China, Korea and Vietnam, whose family name stands first: "Xi Jinping", "Choe Son-hui"."""

import functools
import re

from rashomon.mark.gazetteer import rows

# A given name as Korean ("Son-hui") or as Chinese ("Jinping", "Chao") is written: whole syllables.
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng|n)?"
_GIVEN = re.compile(
    rf" (?:(?P<joined>[A-Z][a-z]{{1,6}}-[A-Za-z][a-z]{{1,6}})|(?P<syllables>(?=[A-Z])(?i:{_SYLLABLE}){{1,3}}))(?![\w-])"
)


@functools.cache
def family_first() -> dict[str, bool]:
    """Family names that stand first, and whether each is nothing else (no common word, no Western name)."""
    return {row[0].rstrip("?"): not row[0].endswith("?") for row in rows("family_first.txt")}


def eastern_end(text: str, start: int, end: int) -> int:
    """Where the name ends whose family name is ``[start, end)`` of ``text``; ``end`` where no such given name follows.

    >>> eastern_end("Choe Son-hui spoke.", 0, 4), eastern_end("Wang Chao spoke.", 0, 4), eastern_end("Li Spoke.", 0, 2)
    (12, 4, 2)
    """
    only = family_first().get(text[start:end])
    given = _GIVEN.match(text, end) if only is not None else None
    return given.end() if given and (given["joined"] or only) else end


def is_eastern(name: str) -> bool:
    """Whether ``name`` as a whole is such a name with two syllables joined: nothing else is written so.

    >>> is_eastern("Choe Son-hui"), is_eastern("Park Row")
    (True, False)
    """
    family = name.partition(" ")[0]
    given = _GIVEN.match(name, len(family)) if family in family_first() else None
    return bool(given and given["joined"] and given.end() == len(name))

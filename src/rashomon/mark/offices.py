"""The bearer behind a long office: "Secretary of State for Health Ann Roe", "the minister for Sport, Ann Roe,".

The parser takes what an office is for and the name behind it as one name, of a body as often as not.
"""

import functools

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.gazetteer import Gazetteer, first_names, fold, rows, words_of

_JOINTS = frozenset(("of", "for", "and", "the", "&", "on", "at"))
# Words between an office and its bearer, and in a bearer's name.
_LONGEST, _NAME = 12, 3
_PARTICLES = frozenset(("de", "van", "von", "al", "bin", "da", "del", "der"))
_MEMBERS = frozenset(("member", "mp", "md", "counsel"))


@functools.cache
def _departments() -> frozenset[str]:
    return frozenset(words_of("department_words.txt"))


@functools.cache
def _offices_of(what: str) -> frozenset[str]:
    return frozenset(row[0] for row in rows("office_words.tsv") if row[1] == what)


def with_bearers(reading: Reading, kept: list[Found], lists: Gazetteer) -> list[Found]:
    """``kept`` with the bearers of long offices as persons, and what they are at the head of as bodies and places."""
    tree = reading.tree
    offices = [at for at in reading.titled if TITLES.get(tree.lower[at], ("",))[0] == "office"]
    offices += [at for at, word in enumerate(tree.lower) if word in _MEMBERS]
    out = kept
    for at in sorted(offices):
        bearer = _bearer(reading, at, lists)
        if bearer is None:
            continue
        start, end = tree.start[bearer[0]], tree.end[bearer[1] - 1]
        over = [found for found in out if found.start < end and start < found.end]
        if any((found.start, found.end, found.kind) == (start, end, "PERSON") for found in over):
            continue
        out = [found for found in out if found not in over]
        out.append(reading.found(start, end, "PERSON", "PERSON"))
    for found in out:
        _owned(reading, found)
    return sorted(out, key=lambda found: found.start)


def _bearer(reading: Reading, office: int, lists: Gazetteer) -> tuple[int, int] | None:
    """Half-open tokens of the name behind what the office at ``office`` is for."""
    tree = reading.tree
    at = office + 1
    if at >= len(tree) or tree.lower[at] not in ("of", "for"):
        return None
    while at < len(tree) and at - office <= _LONGEST and (tree.lower[at] in _JOINTS or _capital(reading, at)):
        at += 1
        comma = at + 1 < len(tree) and tree.text[at] == "," and _capital(reading, at + 1)
        # "for Digital, Culture, Media and Sport": a list goes on where the next word is a department's.
        if comma and tree.text[at + 1] in _departments():
            at += 1
    stop = at
    apposed = at < len(tree) and tree.text[at] == ","
    if apposed and not _names(reading, office + 2, stop, lists):
        first = at + 1
        while first < len(tree) and TITLES.get(tree.lower[first], ("",))[0] == "honorific":
            first += 1
        stop = first
        while stop < len(tree) and stop - first < _NAME and _capital(reading, stop):
            stop += 1
        closed = stop < len(tree) and tree.text[stop] in (",", ".")
        known = fold(tree.text[first]) in first_names() if first < len(tree) else False
        name = reading.plain[tree.start[first] : tree.end[stop - 1]] if stop > first else ""
        named = stop - first >= 2 and closed and (known or not lists.cities.knows(name))
        return (first, stop) if named and not lists.scan(name) else None
    return _names(reading, office + 2, stop, lists)


def _names(reading: Reading, first: int, stop: int, lists: Gazetteer) -> tuple[int, int] | None:
    """The name at the end of the run of capitals ``[first, stop)``, behind a word of it that is a department's."""
    tree = reading.tree
    begin = stop
    while (
        begin > first and stop - begin < _NAME and tree.lower[begin - 1] not in _JOINTS and tree.text[begin - 1] != ","
    ):
        if tree.text[begin - 1] in _departments():
            break
        begin -= 1
    # "for Orsk Ann Roe": a known first name begins a person's.
    given = next((at for at in range(begin, stop - 1) if fold(tree.text[at]) in first_names()), None)
    begin = begin if given is None else given
    behind = stop < len(tree) and (tree.tag[stop][:2] in ("VB", "MD") or tree.text[stop] in (",", ".", "(", "'s", "’s"))
    if stop - begin < 2 or begin <= first - 1 or not behind or begin == first:
        return None
    name = reading.plain[tree.start[begin] : tree.end[stop - 1]]
    known = given is not None or tree.text[begin - 1] in _departments()
    return (begin, stop) if known and not lists.scan(name) and not lists.cities.knows(name) else None


def _capital(reading: Reading, at: int) -> bool:
    text = reading.tree.text[at]
    return (text[:1].isupper() and text.replace("-", "").isalpha()) or text in _PARTICLES


def _owned(reading: Reading, found: Found) -> None:
    """ "Chief executive of X", "the mayor of X": X is a firm, a town, whatever the parser takes it for."""
    tree = reading.tree
    if found.entry or found.first < 2 or tree.lower[found.first - 1] != "of":
        return
    office = tree.lower[found.first - 2]
    if found.kind in ("PERSON", "OTHER", "PLACE") and office in _offices_of("of a firm"):
        if found.kind != "PLACE" or " " in found.name:
            found.kind, found.label, found.place = "ORG", "ORG", None
    elif found.kind in ("PERSON", "ORG", "OTHER") and office in _offices_of("of a town") and " " not in found.name:
        found.kind, found.label = "PLACE", "GPE"

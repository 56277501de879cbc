"""Names that the parser missed, found again by what the article itself shows."""

import re
from collections import Counter

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.eastern import eastern_end, family_first
from rashomon.mark.gazetteer import first_names, fold
from rashomon.mark.settling import FIRMS
from rashomon.mark.tree import Tree
from rashomon.mark.trimming import trim
from rashomon.model.marks import MentionKind

_SPOT = re.compile(
    r"\b(?:[A-Z]\w+ ){1,3}(?:Islands?|River|Bay|Peninsula|Mountains?|Strait|Province|Oblast|Krai|County|Airport)\b"
)
# "Roe, 49, left": only persons have their age behind them.
_AGED = re.compile(r", [1-9]\d,(?! \d)")
_FIRM_NAME = re.compile(rf"\b(?:{'|'.join(sorted(FIRMS))}) ((?:[A-Z]\w+)(?: (?:& )?[A-Z]\w+)*)")


class _Cover:
    """Which characters names already take, and the names added to them."""

    def __init__(self, reading: Reading, kept: list[Found]) -> None:
        self.reading = reading
        self.added: list[Found] = []
        self.taken = bytearray(len(reading.text))
        for found in kept:
            self._take(found.start, found.end)

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def add(self, start: int, end: int, kind: MentionKind, label: str) -> Found | None:
        if start >= end or not self.free(start, end):
            return None
        found = self.reading.found(start, end, kind, label)
        self._take(start, end)
        self.added.append(found)
        return found


def missed_names(reading: Reading, kept: list[Found]) -> list[Found]:
    """Names beside those ``kept``; bodies and titled persons first, since their words may look like family names."""
    cover = _Cover(reading, kept)
    for match in _FIRM_NAME.finditer(reading.plain):
        cover.add(*match.span(1), "ORG", "firm")
    _eastern(reading, cover)
    _titled(reading, cover)
    for match in _AGED.finditer(reading.plain):
        last = reading.tree.before(match.start()) - 1
        first = last + 1
        while first > 0 and last - first < 3 and _namelike(reading.tree, first - 1):
            first -= 1
        if first <= last:
            cover.add(reading.tree.start[first], reading.tree.end[last], "PERSON", "PERSON")
    _apposed(reading, cover)
    for match in _SPOT.finditer(reading.plain):
        start, end = trim(reading.plain, *match.span())
        if " " in reading.plain[start:end]:
            cover.add(start, end, "PLACE", "LOC")
    _repeats(reading, [*kept, *cover.added], cover)
    _families(reading, [*kept, *cover.added], cover)
    return cover.added


def _titled(reading: Reading, cover: _Cover) -> None:
    """ "Spokesperson Ann Roe": two capitalised names behind a title."""
    tree = reading.tree
    for at in reading.titled:
        if at >= len(tree) - 2 or TITLES.get(tree.lower[at], ("kin",))[0] == "kin":
            continue
        last = at + 1
        while last < len(tree) and last - at < 4 and _namelike(tree, last):
            last += 1
        if last - at >= 3 and cover.free(tree.start[at], tree.start[at + 1]):
            cover.add(tree.start[at + 1], tree.end[last - 1], "PERSON", "PERSON")


def _apposed(reading: Reading, cover: _Cover) -> None:
    """ "The mayor, Ann Roe, said" and "Ann Roe, mayor of the town": two capitalised names beside title and comma."""
    tree = reading.tree
    for title in reading.titled:
        if TITLES.get(tree.lower[title], ("",))[0] != "office":
            continue
        if tree.text[title + 1 : title + 2] == [","]:
            last = first = title + 2
            while last < len(tree) and last - first < 4 and _namelike(tree, last):
                last += 1
            if last - first >= 2 and tree.text[last : last + 1] in ([","], ["."]):
                cover.add(tree.start[first], tree.end[last - 1], "PERSON", "PERSON")
        elif tree.lower[title + 1 : title + 2] == ["of"]:
            comma = next((at for at in range(title - 1, max(0, title - 4), -1) if tree.text[at] == ","), 0)
            first = comma
            while first > 0 and comma - first < 4 and _namelike(tree, first - 1):
                first -= 1
            # What stands before may be a list ("in Roe Harbour, Mayor of ..."): a known first name must begin it.
            if comma - first >= 2 and fold(tree.text[first]) in first_names():
                cover.add(tree.start[first], tree.end[comma - 1], "PERSON", "PERSON")


def _namelike(tree: Tree, at: int) -> bool:
    return (
        at < len(tree)
        and tree.pos[at] == "PROPN"
        and tree.text[at].istitle()
        and tree.lower[at] not in TITLES
        and tree.ent[at] != "DATE"
    )


def _repeats(reading: Reading, kept: list[Found], cover: _Cover) -> None:
    """Names of several words that the parser saw in one place and missed in another."""
    first: dict[str, Found] = {}
    for found in kept:
        if " " in found.name and not found.entry and found.kind != "GROUP":
            first.setdefault(found.name, found)
            if found.kind == "PERSON":
                first.setdefault(found.name.upper(), found)
    for name, found in first.items():
        at = reading.plain.find(name)
        while at >= 0:
            end = at + len(name)
            if not reading.plain[at - 1 : at].isalnum() and not reading.plain[end : end + 1].isalnum():
                again = cover.add(at, end, found.kind, "repeat")
                if again is not None:
                    again.place = found.place
            at = reading.plain.find(name, end)


def _families(reading: Reading, kept: list[Found], cover: _Cover) -> None:
    """Family names of persons named in full that the parser did not see as names."""
    wanted = {
        fold(word): word
        for found in kept
        if found.kind == "PERSON" and " " in found.name
        for word in (found.name.split()[0], found.name.split()[-1])
        if len(word) > 1
    }
    tree = reading.tree
    for name in _alone(reading, kept, cover):
        wanted.setdefault(fold(name), name)
    spelled = {word for word in wanted.values() if word[0].isupper() and word.casefold() not in TITLES}
    for at in [place for place in reading.proper if tree.text[place] in spelled]:
        first = at
        while first and _given_name(tree, cover, first - 1, at):
            first -= 1
        cover.add(tree.start[first], tree.end[at], "PERSON", "family")


def _alone(reading: Reading, kept: list[Found], cover: _Cover) -> set[str]:
    """Single names that the parser takes for persons' more often than it misses them, and never sees as bodies."""
    tree = reading.tree
    named = Counter(f.name for f in kept if f.label == f.kind == "PERSON" and _single(f.name))
    other = {f.name for f in kept if f.kind != "PERSON"}
    missed = Counter(
        tree.text[at] for at in reading.proper if tree.text[at] in named and cover.free(tree.start[at], tree.end[at])
    )
    return {name for name, count in named.items() if count >= missed[name] > 0 and name not in other}


def _single(name: str) -> bool:
    # A plural is a people, a team or a family.
    return len(name) > 2 and name.isalpha() and name.istitle() and not name.endswith("s")


def _eastern(reading: Reading, cover: _Cover) -> None:
    """ "Xi Jinping", "Choe Son-hui": a family name of East Asia, and a given name in the spelling of its language."""
    tree = reading.tree
    families = family_first()
    for at in [place for place in reading.proper if tree.text[place] in families]:
        end = eastern_end(reading.plain, tree.start[at], tree.end[at])
        if end > tree.end[at] and tree.pos[at + 1] == "PROPN":
            cover.add(tree.start[at], end, "PERSON", "PERSON")


def _given_name(tree: Tree, cover: _Cover, at: int, family: int) -> bool:
    """Another bearer of the family name is not its first one: the given name before it belongs to the name."""
    inside = tree.dep[at] == "compound" and tree.head[at] == family
    return inside and _namelike(tree, at) and cover.free(tree.start[at], tree.end[at])

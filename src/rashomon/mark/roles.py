"""What a person is said to be: the title before the name, or the apposition after it."""

import re

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.gazetteer import gazetteer

# An apposition longer than this many words is a sentence of its own in disguise.
_LONGEST = 26
_CLOSING = frozenset((*',.;:()[]—–“”"!?', "--"))
# Half a title that the parser takes for a body: "US National Security" (adviser), (Secretary of) "State".
_FRAGMENT = re.compile(
    r"(?:^|\s)(?:National Security|State|Defen[cs]e|Foreign|Foreign Affairs|Prime|Homeland|Cabinet)$"
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LEFT = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))


def find_roles(reading: Reading, found: list[Found]) -> list[Found]:
    """Set ``role`` (characters) and ``gender`` of the persons among ``found``; drop what is a piece of a role."""
    inner = {f.last - 1: f.first for f in found if f.entry is not None and f.last - f.first > 1}
    persons = {index for person in found if person.kind == "PERSON" for index in range(person.first, person.last)}
    for person in found:
        if person.kind != "PERSON" or person.form != "name":
            continue
        role = _before(reading, person, persons, inner)
        honorific = role is not None and _kind_of(reading, role) == "honorific"
        if role is None or honorific:
            role = _after(reading, person, persons) or role
        person.role = role
        person.gender = _gender(reading, person) or person.gender
    return [whole for f in found for whole in _whole(reading, f)]


def _whole(reading: Reading, body: Found) -> list[Found]:
    """The mention, or what half a title leaves of it: the state that it begins with, or nothing."""
    if body.kind != "ORG" or body.entry or not _FRAGMENT.search(body.name) or not _titled(reading, body):
        return [body]
    owner = gazetteer().scan(reading.text[body.start : body.end])
    if not owner or owner[0].start or owner[0].entry.kind not in ("state", "demonym"):
        return []
    entry = owner[0].entry
    left = reading.found(body.start, body.start + owner[0].end, "PLACE" if entry.kind == "state" else "GROUP")
    left.entry, left.known, left.place = entry, entry.id, entry.place
    return [left]


def _titled(reading: Reading, body: Found) -> bool:
    """Whether a title follows the name, or the name completes one ("Secretary of State")."""
    before = reading.tree.lower[body.first - 1] if body.first else ""
    return before == "of" or (body.last < len(reading.tree) and title_at(reading, body.last) is not None)


def title_at(reading: Reading, index: int) -> tuple[str, str] | None:
    """(honorific | office | kin, gender) of the title word at token ``index``, or None."""
    lower = reading.tree.lower[index]
    return TITLES.get(lower) or TITLES.get(lower.rstrip("s")) if lower[:1].isalpha() else None


def role_words(reading: Reading, role: tuple[int, int]) -> list[str]:
    """The words of a role, lower case."""
    return reading.plain[role[0] : role[1]].casefold().replace(",", " ").split()


def _kind_of(reading: Reading, role: tuple[int, int]) -> str:
    kinds = [TITLES[word][0] for word in role_words(reading, role) if word in TITLES]
    return "office" if "office" in kinds else kinds[0] if kinds else ""


def _before(reading: Reading, person: Found, persons: set[int], inner: dict[int, int]) -> tuple[int, int] | None:
    tree = reading.tree
    head = person.first - 1
    if head < 0:
        return None
    comma = tree.text[head] == ","
    if comma:
        # "a Kremlin aide, Yuri N., said": the name is the apposition, and ends with a comma too.
        after = tree.text[person.last] if person.last < len(tree) else "."
        if after not in (",", ".") or head == 0:
            return None
        head -= 1
    title = title_at(reading, head) if head not in persons else None
    if title is None and not comma:
        named = _office_of(reading, person, persons)
        if named is None:
            return None
        head_end, head = person.first - 1, named
        end = tree.end[head_end]
    elif title is None or (comma and title[0] == "honorific"):
        return None
    else:
        end = tree.end[head]
    first = head
    while first > 0 and first - 1 not in persons and head - first < 10:
        if first - 1 in inner:
            first = inner[first - 1]
            continue
        text, tag = tree.text[first - 1], tree.tag[first - 1]
        compound = text in ("-", "'s", "’s", "&", "/") or (text == "and" and title_at(reading, first - 2) is not None)
        if first < 2 and compound:
            break
        if not compound and (tree.pos[first - 1] not in _LEFT or tag in ("PRP$", "VBN") or text in _CLOSING):
            break
        if tag.startswith("VB") or text in ("said", "told"):
            break
        if text in ("'s", "’s") and first - 2 in persons:
            break
        first -= 1
    while first < head and tree.text[first] in ("-", "'s", "’s", "&", "and", "/"):
        first += 1
    return tree.start[first], end


def _office_of(reading: Reading, person: Found, persons: set[int]) -> int | None:
    """Token of the office in "Secretary of State Ann Example": capitals between "of" and the name."""
    words = reading.tree.text
    at = person.first - 1
    seen = 0
    while at > 0 and seen < 6 and at not in persons:
        text = words[at]
        if text.lower() in ("of", "for"):
            title = title_at(reading, at - 1)
            return at - 1 if title and title[0] == "office" and seen and words[at - 1][0].isupper() else None
        if not text[0].isupper() and text.lower() not in ("and", "the"):
            return None
        at -= 1
        seen += 1
    return None


def _after(reading: Reading, person: Found, persons: set[int]) -> tuple[int, int] | None:
    tree = reading.tree
    at = person.last
    if at >= len(tree) or tree.text[at] != ",":
        return None
    at += 1
    if at < len(tree) and tree.tag[at] in ("DT", "PRP$"):
        at += 1
    if at >= len(tree) or tree.lower[at] in ("who", "whose", "which", "whom", "and", "but", "as", "or"):
        return None
    stop, titled = at, False
    while stop < len(tree) and stop - at < _LONGEST:
        text, tag = tree.text[stop], tree.tag[stop]
        if text in _CLOSING or text.isspace():
            break
        if tag in _FINITE or tree.lower[stop] in ("who", "whose", "which"):
            return None
        if not titled and stop - at < 9:
            title = title_at(reading, stop)
            if tag[:1] == "N" and title is not None and title[0] != "honorific":
                titled = stop not in persons
        if not titled and stop in persons:
            return None
        stop += 1
    if not titled or stop >= len(tree) or stop - at >= _LONGEST:
        return None
    return tree.start[at], tree.end[stop - 1]


def _gender(reading: Reading, person: Found) -> str:
    if person.role is None:
        return ""
    for word in role_words(reading, person.role):
        if word in TITLES and TITLES[word][1]:
            # "father of Ann": the word says what the bearer of the role is, and nothing after it counts.
            return TITLES[word][1]
    return ""

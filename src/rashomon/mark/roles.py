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
    before = reading.tokens[body.first - 1].lower_ if body.first else ""
    return before == "of" or (body.last < len(reading.tokens) and title_at(reading, body.last) is not None)


def title_at(reading: Reading, index: int) -> tuple[str, str] | None:
    """(honorific | office | kin, gender) of the title word at token ``index``, or None."""
    lower = reading.tokens[index].lower_
    return TITLES.get(lower) or TITLES.get(lower.rstrip("s")) if lower[:1].isalpha() else None


def role_words(reading: Reading, role: tuple[int, int]) -> list[str]:
    """The words of a role, lower case."""
    return reading.plain[role[0] : role[1]].casefold().replace(",", " ").split()


def _kind_of(reading: Reading, role: tuple[int, int]) -> str:
    kinds = [TITLES[word][0] for word in role_words(reading, role) if word in TITLES]
    return "office" if "office" in kinds else kinds[0] if kinds else ""


def _before(reading: Reading, person: Found, persons: set[int], inner: dict[int, int]) -> tuple[int, int] | None:
    tokens = reading.tokens
    head = person.first - 1
    if head < 0:
        return None
    comma = tokens[head].text == ","
    if comma:
        # "a Kremlin aide, Yuri N., said": the name is the apposition, and ends with a comma too.
        after = tokens[person.last].text if person.last < len(tokens) else "."
        if after not in (",", ".") or head == 0:
            return None
        head -= 1
    title = title_at(reading, head) if head not in persons else None
    if title is None and not comma:
        named = _office_of(reading, person, persons)
        if named is None:
            return None
        head_end, head = person.first - 1, named
        end = tokens[head_end].idx + len(tokens[head_end].text)
    elif title is None or (comma and title[0] == "honorific"):
        return None
    else:
        end = tokens[head].idx + len(tokens[head].text)
    first = head
    while first > 0 and first - 1 not in persons and head - first < 10:
        if first - 1 in inner:
            first = inner[first - 1]
            continue
        word = tokens[first - 1]
        text = word.text
        compound = text in ("-", "'s", "’s", "&", "/") or (text == "and" and title_at(reading, first - 2) is not None)
        if first < 2 and compound:
            break
        if not compound and (word.pos_ not in _LEFT or word.tag_ in ("PRP$", "VBN") or text in _CLOSING):
            break
        if word.tag_.startswith("VB") or text in ("said", "told"):
            break
        if text in ("'s", "’s") and first - 2 in persons:
            break
        first -= 1
    while first < head and tokens[first].text in ("-", "'s", "’s", "&", "and", "/"):
        first += 1
    return tokens[first].idx, end


def _office_of(reading: Reading, person: Found, persons: set[int]) -> int | None:
    """Token of the office in "Secretary of State Ann Example": capitals between "of" and the name."""
    tokens = reading.tokens
    at = person.first - 1
    seen = 0
    while at > 0 and seen < 6 and at not in persons:
        text = tokens[at].text
        if text.lower() in ("of", "for"):
            title = title_at(reading, at - 1)
            return at - 1 if title and title[0] == "office" and seen and tokens[at - 1].text[0].isupper() else None
        if not text[0].isupper() and text.lower() not in ("and", "the"):
            return None
        at -= 1
        seen += 1
    return None


def _after(reading: Reading, person: Found, persons: set[int]) -> tuple[int, int] | None:
    tokens = reading.tokens
    at = person.last
    if at >= len(tokens) or tokens[at].text != ",":
        return None
    at += 1
    if at < len(tokens) and tokens[at].tag_ in ("DT", "PRP$"):
        at += 1
    if at >= len(tokens) or tokens[at].lower_ in ("who", "whose", "which", "whom", "and", "but", "as", "or"):
        return None
    stop, titled = at, False
    while stop < len(tokens) and stop - at < _LONGEST:
        token = tokens[stop]
        if token.text in _CLOSING or token.is_space:
            break
        if token.tag_ in _FINITE or (token.lower_ in ("who", "whose", "which")):
            return None
        if not titled and stop - at < 9:
            title = title_at(reading, stop)
            if token.tag_[0] == "N" and title is not None and title[0] != "honorific":
                titled = stop not in persons
        if not titled and stop in persons:
            return None
        stop += 1
    if not titled or stop >= len(tokens) or stop - at >= _LONGEST:
        return None
    last = tokens[stop - 1]
    return tokens[at].idx, last.idx + len(last.text)


def _gender(reading: Reading, person: Found) -> str:
    if person.role is None:
        return ""
    for word in role_words(reading, person.role):
        if word in TITLES and TITLES[word][1]:
            # "father of Ann": the word says what the bearer of the role is, and nothing after it counts.
            return TITLES[word][1]
    return ""

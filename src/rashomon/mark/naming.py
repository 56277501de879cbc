"""Which stretches of a text are names, and of what: the parser's guesses, overruled by the gazetteer."""

import re
from bisect import bisect_left, bisect_right

from rashomon.mark.degrees import without_degrees
from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.gazetteer import Gazetteer, Hit, fold, rows, words_of
from rashomon.mark.missed import missed_names
from rashomon.mark.offices import with_bearers
from rashomon.mark.settling import PLACE_LABELS, settle_kinds
from rashomon.mark.times.people import people
from rashomon.mark.trimming import trim
from rashomon.model.marks import MentionKind

_KINDS: dict[str, MentionKind] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "GROUP",
}
_LIST_KINDS: dict[str, MentionKind] = {
    "state": "PLACE",
    "region": "PLACE",
    "capital": "PLACE",
    "demonym": "GROUP",
    "seat": "ORG",
    "agency": "ORG",
    "outlet": "ORG",
    "organisation": "ORG",
}
_OFFICE = re.compile(
    r"^(?:Foreign|Defen[cs]e|Interior|Health|Finance|Education|Justice|Supreme|Constitutional|Central|Air|"
    r"Unification|Emergency|Energy|Trade|Commerce|Ministry|Embassy|Parliament|Army|Navy|Coast|Football)\b.*"
    r"(?:Ministry|Embassy|Parliament|Army|Navy|Forces?|Bank|Court|Guard|Association)$"
)
_NEWSPAPER = re.compile(r"\s+(?:newspaper|magazine|daily|weekly|tabloid|newscast|broadcaster|news agency|reported)\b")
# What follows is no part of a person's name: "Ann Roe of Harbourtown", "Ann Roe/Pool".
_NO_PERSON = re.compile(r"\s*(?:/| (?:of|and|in|at|for|via|with|on|from) )")
# What stands before a person's name and is no part of it.
_NO_PART = TITLES.keys() | set(words_of("openers.txt"))
# What before a body's name makes it the name of another.
_MAKES_ANOTHER = frozenset(row[0] for row in rows("name_words.tsv") if row[1] == "another body")
_NO_NAMES = frozenset(words_of("no_names.txt"))
_CURRENCIES = ("$", "€", "£", "¥")
_NOT_A_NAME = re.compile(r"^(?:US|AU|NZ|CA|HK)D$|^(?:[\W\d_]+|[a-z][a-z '-]*)$|@|www\.|https?:|^\d+\S*$")


def names_in(reading: Reading, lists: Gazetteer) -> list[Found]:
    """All names of the article in order, none overlapping, each with kind, known id and place."""
    hits = lists.scan(reading.text)
    entities = _entities(reading)
    labels = {index: label for _, _, label, first, last in entities for index in range(first, last)}
    starts = [entity[0] for entity in entities]
    kept: list[Found] = []
    for at, hit in enumerate(hits):
        # Entities do not overlap each other: only the one that begins last before the hit's end can hold it.
        around = bisect_left(starts, hit.end) - 1
        if around >= 0 and _swallows(reading, at, entities[around], hits):
            continue
        if reading.plain[hit.end : hit.end + 1] in _CURRENCIES:
            continue  # "US$100"
        first = reading.token_at(hit.start)
        if not hit.entry.sure and not _evident(reading, hit, labels.get(first, "")):
            continue
        found = reading.found(hit.start, hit.end, _LIST_KINDS[hit.entry.kind], labels.get(first, ""))
        found.entry, found.known, found.place = hit.entry, hit.entry.id, hit.entry.place
        if hit.entry.kind == "capital":
            found.known = None
        kept.append(found)
    listed, ends = [found.start for found in kept], [found.end for found in kept]
    for start, end, label, _, _ in entities:
        near = kept[bisect_right(ends, start) : bisect_left(listed, end)]
        for piece in _uncovered(start, end, near):
            left, right = trim(reading.plain, *piece)
            left = _past_titles(reading, left, right) if label == "PERSON" else left
            if left < right and not _noise(reading, left, right):
                kept.append(reading.found(left, right, _KINDS[label], label))
    for low, high in people(reading.tree):  # "Sunday Adeleke", whom parsers take for a day
        left, right = reading.tree.start[low], reading.tree.end[high - 1]
        kept = [found for found in kept if found.end <= left or right <= found.start]
        kept.append(reading.found(left, right, "PERSON", "PERSON"))
    kept.sort(key=lambda found: found.start)
    _cut_headlines(reading, kept)
    single = {fold(word) for found in kept if found.kind == "PERSON" for word in found.name.split()}
    kept = [piece for found in kept for piece in _couple(reading, found, single)]
    kept = without_degrees(reading, with_bearers(reading, kept, lists))
    settle_kinds(reading, kept, lists)
    kept += missed_names(reading, kept)
    kept.sort(key=lambda found: found.start)
    return _join_offices(reading, without_degrees(reading, kept))


def _cut_headlines(reading: Reading, kept: list[Found]) -> None:
    """A person named in full elsewhere, without the headline's words behind: "Ann Roe Wins", "ANN ROE WINS AGAIN"."""
    persons = {found.name.casefold() for found in kept if found.kind == "PERSON" and found.name.count(" ") == 1}
    for at, found in enumerate(kept):
        words = found.name.split()
        if found.entry or len(words) < 3 or " ".join(words[:2]).casefold() not in persons:
            continue
        if found.name.isupper() or words[2].lower() in reading.words or reading.tree.tag[found.first + 2][:2] == "VB":
            end = found.start + len(words[0]) + 1 + len(words[1])
            kept[at] = reading.found(found.start, end, "PERSON", "PERSON")


def _noise(reading: Reading, start: int, end: int) -> bool:
    """No name: symbols, addresses, and a plain word that has its capital from the beginning of a sentence."""
    name = reading.plain[start:end]
    if _NOT_A_NAME.search(name) or name in _NO_NAMES:
        return True
    opens = (
        start == 0 or reading.text[start - 1] == "\n" or reading.plain[max(0, start - 2) : start] in (". ", "? ", "! ")
    )
    return opens and name.isalpha() and name.lower() in reading.words


def _entities(reading: Reading) -> list[tuple[int, int, str, int, int]]:
    out: list[tuple[int, int, str, int, int]] = []
    tree = reading.tree
    for first, last, label in tree.ents:
        if label not in _KINDS:
            continue
        start, end = trim(reading.plain, tree.start[first], tree.end[last - 1])
        if label in ("PERSON", "GPE", "LOC"):
            end = _with_hyphens(reading.plain, start, end)
        if label == "PERSON":
            beyond = _NO_PERSON.search(reading.plain, start, end)
            end = beyond.start() if beyond else _extended(reading, end)
            start = _past_titles(reading, start, end)
        if out and start < out[-1][1]:
            continue
        if start < end:
            out.append((start, end, label, first, last))
    return out


def _extended(reading: Reading, end: int) -> int:
    """A person's name runs on over the capitalised words that the parser left out ("Denis Roe" + "Nguessa")."""
    tree = reading.tree
    at = tree.before(end)
    while at < len(tree) and reading.plain[end : end + 1] == " " and tree.start[at] == end + 1:
        word = tree.text[at]
        known = tree.pos[at] == "PROPN" and tree.ent[at] in ("", "PERSON") and word.casefold() not in TITLES
        if not known or not word.istitle() or not word.isalpha() or len(word) < 3:
            break
        end, at = tree.end[at], at + 1
    return end


def _with_hyphens(text: str, start: int, end: int) -> int:
    """Names run on after the hyphen that the parser stops at ("Kim Jong" + "-un", "Mazar" + "-e-Sharif")."""
    tail = re.match(r"-[a-z]{1,3}-[A-Z]\w+", text[end:])
    if tail:
        return end + tail.end()
    if " " in text[start:end]:
        tail = re.match(r"-[^\W\d_]+", text[end:])
        if tail and text[end + 1].islower():
            return end + tail.end()
    return end


def _past_titles(reading: Reading, start: int, end: int) -> int:
    """Where the bare name begins in "President Putin", "Kremlin spokesman Dmitry Peskov" or "Later Putin"."""
    at = start
    for word in re.finditer(r"\S+", reading.plain[start:end]):
        if word.group().casefold() in _NO_PART and start + word.end() < end:
            at = start + word.end()
    while at < end and reading.plain[at] in " ,":
        at += 1
    return at


def _swallows(reading: Reading, at: int, entity: tuple[int, int, str, int, int], hits: list[Hit]) -> bool:
    """Whether the parser's name is longer and better than the list's: "Paris Hilton", "Bank of China"."""
    start, end, label, _, _ = entity
    hit = hits[at]
    if (start, end) == (hit.start, hit.end) or start > hit.start or end < hit.end:
        return False
    rest = f"{reading.plain[start : hit.start]} {reading.plain[hit.end : end]}"
    for other in (*hits[max(0, at - 4) : at], *hits[at + 1 : at + 5]):
        if start <= other.start and other.end <= end:
            rest = rest.replace(other.entry.name, " ", 1)
    if not re.search(r"\b[^\W\d_a-z]", rest):
        return False
    after = reading.plain[hit.end : hit.end + 2]
    if hit.end < end and (after == "'s" or after[:1] == "/"):
        return False
    if label == "PERSON":
        return hit.entry.kind not in ("agency", "outlet") or hit.end < end
    if hit.entry.kind in ("agency", "outlet", "organisation") and hit.end == end:
        # "National" + "Security Council" is another body; "Pakistani" + "Taliban", "Chief" + "Senate" are not.
        return hit.entry.kind == "organisation" and label == "ORG" and rest.strip() in _MAKES_ANOTHER
    if label == "ORG":
        return True
    return label in PLACE_LABELS and hit.entry.kind != "demonym"


def _evident(reading: Reading, hit: Hit, label: str) -> bool:
    """Whether a name that is a common word or a person's too is meant here."""
    before = reading.plain[max(0, hit.start - 4) : hit.start].casefold()
    if hit.entry.kind == "outlet":
        if _NEWSPAPER.match(reading.plain, hit.end):
            return True
        return label in ("ORG", "WORK_OF_ART") and before == "the " and hit.entry.name != hit.entry.name.casefold()
    if hit.entry.kind in ("agency", "organisation"):
        return label == "ORG"
    if hit.entry.kind == "demonym":
        return label in ("NORP", "GPE")
    follows = re.match(r" [A-Z][a-z]", reading.plain[hit.end : hit.end + 3])
    preposition = re.search(r"\b(?:in|to|from|of|near|with|between|against) $", reading.plain[: hit.start][-9:])
    return label in ("GPE", "LOC") or (label != "PERSON" and bool(preposition) and not follows)


def _uncovered(start: int, end: int, kept: list[Found]) -> list[tuple[int, int]]:
    """What remains of ``[start, end)`` outside the names already kept."""
    pieces = [(start, end)]
    for found in kept:
        if found.start < end and start < found.end:
            pieces = [
                piece
                for a, b in pieces
                for piece in ((a, min(b, found.start)), (max(a, found.end), b))
                if piece[0] < piece[1]
            ]
    return pieces


def _couple(reading: Reading, found: Found, single: set[str]) -> list[Found]:
    """ "Roe-Doe summit": two persons, where both names are names of persons elsewhere."""
    left, dash, right = found.name.partition("-")
    if not dash or found.entry or " " in found.name or "-" in right:
        return [found]
    if not {fold(left), fold(right)} <= single:
        return [found]
    middle = found.start + len(left)
    return [
        reading.found(found.start, middle, "PERSON", "PERSON"),
        reading.found(middle + 1, found.end, "PERSON", "PERSON"),
    ]


def _join_offices(reading: Reading, kept: list[Found]) -> list[Found]:
    """ "Chinese" + "Foreign Ministry" are one body."""
    out: list[Found] = []
    for found in kept:
        last = out[-1] if out else None
        if (
            last
            and found.kind == "ORG"
            and not found.entry
            and last.entry
            and last.entry.kind in ("demonym", "state")
            and reading.plain[last.end : found.start] == " "
            and _OFFICE.match(found.name)
        ):
            out[-1] = reading.found(last.start, found.end, "ORG", "ORG")
        elif not last or found.start >= last.end:
            out.append(found)
    return out

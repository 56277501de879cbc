"""Which stretches of a text are names, and of what: the parser's guesses, overruled by the gazetteer."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.gazetteer import Cities, Gazetteer, Hit, fold, words_of
from rashomon.model.marks import MentionKind, Place

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
_PLACE_LABELS = {"GPE", "LOC", "FAC"}
# A body, whatever the parser takes it for, by its last or first word.
_BODY = re.compile(
    r"(?:^|\s)(?:University|College|Institute|Academy|Ministry|Hospital|Council|Commission|Committee|Agency|Bank|"
    r"Department|Party|Corporation|Company|Court|Parliament|Association|Federation|Police|Army|Navy|Foundation)\b"
)
_OFFICE = re.compile(
    r"^(?:Foreign|Defen[cs]e|Interior|Health|Finance|Education|Justice|Supreme|Constitutional|Central|Air|"
    r"Unification|Emergency|Energy|Trade|Commerce|Ministry|Embassy|Parliament|Army|Navy|Coast|Football)\b.*"
    r"(?:Ministry|Embassy|Parliament|Army|Navy|Forces?|Bank|Court|Guard|Association)$"
)
# What stands before a place's name ("the port of X", "X station" from the other side).
_PLACE_NOUNS = frozenset(words_of("place_nouns.txt"))
_PLACE_PREPOSITIONS = {"in", "near", "at", "outside", "around", "to", "from", "inside", "into", "via", "toward"}
_TRIM_FRONT = re.compile(r"^(?:[\W_]+|(?:the|The|THE|a|A|an|An|this|its|his|her|their|our|former|ex)\s+)+")
_TRIM_BACK = re.compile(r"(?:'s|'|[\s\-–—.,;:!?\"”“)\]}(\[{/&*]+)+$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Jr|Sr|Inc|Co|Ltd|Corp|St)\.$")
_NEWSPAPER = re.compile(r"\s+(?:newspaper|magazine|daily|weekly|tabloid|newscast|broadcaster|news agency|reported)\b")
_NOT_A_NAME = re.compile(r"^(?:[\W\d_]+|[a-z][a-z '-]*)$|@|www\.|https?:|^\d+\S*$")
# "the law firm X", "president at X", "chief executive of X": X is a body.
_FIRMS = frozenset(words_of("body_nouns.txt"))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without articles before it, and possessives and punctuation round it."""
    front = _TRIM_FRONT.match(text[start:end])
    if front:
        start += front.end()
    while start < end:
        body = text[start:end]
        back = _TRIM_BACK.search(body)
        if not back or (_ABBREVIATION.search(body) and not body.endswith("'s")):
            break
        end = start + back.start()
    return start, end


def names_in(reading: Reading, lists: Gazetteer) -> list[Found]:
    """All names of the article in order, none overlapping, each with kind, known id and place."""
    hits = lists.scan(reading.text)
    entities = _entities(reading)
    labels = {index: label for _, _, label, first, last in entities for index in range(first, last)}
    kept: list[Found] = []
    for hit in hits:
        start, end = hit.start, hit.end
        around = [e for e in entities if e[0] < end and start < e[1]]
        if any(_swallows(reading, hit, entity, hits) for entity in around):
            continue
        first = reading.token_at(start)
        if not hit.entry.sure and not _evident(reading, hit, labels.get(first, "")):
            continue
        found = reading.found(start, end, _LIST_KINDS[hit.entry.kind], labels.get(first, ""))
        found.entry, found.known, found.place = hit.entry, hit.entry.id, hit.entry.place
        if hit.entry.kind == "capital":
            found.known = None
        kept.append(found)
    for start, end, label, _, _ in entities:
        for piece in _uncovered(start, end, kept):
            left, right = trim(reading.plain, *piece)
            left = _past_titles(reading, left, right) if label == "PERSON" else left
            if left < right and not _NOT_A_NAME.match(reading.plain[left:right]):
                kept.append(reading.found(left, right, _KINDS[label], label))
    kept.sort(key=lambda found: found.start)
    kept = [piece for found in kept for piece in _couple(reading, found, kept)]
    _settle_kinds(reading, kept, lists)
    kept += _missed_families(reading, kept)
    kept += _missed_repeats(reading, kept)
    kept += _missed_bodies(reading, kept)
    kept.sort(key=lambda found: found.start)
    return _join_offices(reading, kept)


def _entities(reading: Reading) -> list[tuple[int, int, str, int, int]]:
    out: list[tuple[int, int, str, int, int]] = []
    for entity in reading.doc.ents:
        if entity.label_ not in _KINDS:
            continue
        start, end = trim(reading.plain, entity.start_char, entity.end_char)
        if entity.label_ in ("PERSON", "GPE", "LOC"):
            end = _with_hyphens(reading.plain, start, end)
        if entity.label_ == "PERSON":
            end = _extended(reading, end)
            start = _past_titles(reading, start, end)
        if out and start < out[-1][1]:
            continue
        if start < end:
            out.append((start, end, entity.label_, entity.start, entity.end))
    return out


def _extended(reading: Reading, end: int) -> int:
    """A person's name runs on over the capitalised words that the parser left out ("Denis Roe" + "Nguessa")."""
    tokens = reading.tokens
    at = bisect_left(reading.starts, end)
    while at < len(tokens) and reading.plain[end : end + 1] == " " and tokens[at].idx == end + 1:
        token = tokens[at]
        word = token.text
        known = token.pos_ == "PROPN" and token.ent_type_ in ("", "PERSON") and word.casefold() not in TITLES
        if not known or not word.istitle() or not word.isalpha() or len(word) < 3:
            break
        end, at = token.idx + len(word), at + 1
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
    """Where the bare name begins in "President Putin" or "Kremlin spokesman Dmitry Peskov"."""
    at = start
    for word in re.finditer(r"\S+", reading.plain[start:end]):
        if word.group().casefold() in TITLES and start + word.end() < end:
            at = start + word.end()
    while at < end and reading.plain[at] in " ,":
        at += 1
    return at


def _swallows(reading: Reading, hit: Hit, entity: tuple[int, int, str, int, int], hits: list[Hit]) -> bool:
    """Whether the parser's name is longer and better than the list's: "Paris Hilton", "Bank of China"."""
    start, end, label, _, _ = entity
    if (start, end) == (hit.start, hit.end) or start > hit.start or end < hit.end:
        return False
    rest = f"{reading.plain[start : hit.start]} {reading.plain[hit.end : end]}"
    others = [other for other in hits if start <= other.start and other.end <= end and other is not hit]
    for other in others:
        rest = rest.replace(other.entry.name, " ", 1)
    if not re.search(r"\b[^\W\d_a-z]", rest):
        return False
    after = reading.plain[hit.end : hit.end + 2]
    if hit.end < end and (after == "'s" or after[:1] == "/"):
        return False
    if label == "PERSON":
        return hit.entry.kind not in ("agency", "outlet") or hit.end < end
    if hit.entry.kind in ("agency", "outlet", "organisation") and hit.end == end:
        return False
    if label == "ORG":
        return True
    return label in _PLACE_LABELS and hit.entry.kind != "demonym"


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


def _uncovered(start: int, end: int, kept: Iterable[Found]) -> list[tuple[int, int]]:
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


def families(kept: Iterable[Found]) -> Counter[str]:
    """Folded first and last parts of the full names of persons: what a later short name can be."""
    parts: Counter[str] = Counter()
    for found in kept:
        if found.kind == "PERSON" and found.form == "name" and len(found.name.split()) > 1:
            words = fold(found.name).split()
            if len(set(words)) == 1:
                continue
            parts.update({words[0], words[-1], fold(found.name.split()[-1])})
    return parts


def _couple(reading: Reading, found: Found, kept: list[Found]) -> list[Found]:
    """ "Roe-Doe summit": two persons, where both names are names of persons elsewhere."""
    left, dash, right = found.name.partition("-")
    if not dash or found.entry or " " in found.name or "-" in right:
        return [found]
    single = {fold(word) for other in kept if other.kind == "PERSON" for word in other.name.split()}
    if not {fold(left), fold(right)} <= single:
        return [found]
    middle = found.start + len(left)
    return [
        reading.found(found.start, middle, "PERSON", "PERSON"),
        reading.found(middle + 1, found.end, "PERSON", "PERSON"),
    ]


def _body_by_context(reading: Reading, found: Found) -> bool:
    """Whether the words before the name say that it is a body's."""
    if found.kind == "GROUP" or found.first < 2:
        return False
    tokens = reading.tokens
    before, noun = tokens[found.first - 1], tokens[found.first - 2]
    if before.lower_ in _FIRMS and before.tag_ == "NN":
        return True
    title = TITLES.get(noun.lower_)
    return before.lower_ == "at" and title is not None and title[0] == "office" and found.kind == "PERSON"


def _placed_by_context(reading: Reading, found: Found, cities: Cities) -> bool:
    """Whether the words around say that the name is a place's."""
    tokens = reading.tokens
    before = tokens[found.first - 1].lower_ if found.first else ""
    noun = tokens[found.first - 2].lower_ if found.first > 1 else ""
    after = [token.lower_ for token in tokens[found.last : found.last + 2]]
    if before in ("of", "at") and noun in _PLACE_NOUNS:
        return True
    if after and (after[0] in _PLACE_NOUNS or after in (["train", "station"], ["railway", "station"])):
        return before in ("in", "at", "near", "the", "from", "to", "'s", "’s")
    if before not in _PLACE_PREPOSITIONS or (after and after[0] in ("'s", "’s")):
        return False
    return found.label in _PLACE_LABELS or (cities.knows(found.name) and before not in ("to", "from"))


def _settle_kinds(reading: Reading, kept: list[Found], lists: Gazetteer) -> None:
    """Overrule the parser's kinds by the gazetteer and by the rest of the article."""
    known_families = families(kept)
    placed: set[str] = set()
    placed_surely: set[str] = set()
    bodies = {fold(found.name) for found in kept if not found.entry and _body_by_context(reading, found)}
    teams = {found.name.split()[-1] for found in kept if found.kind == "ORG" and " " in found.name}
    for found in kept:
        if found.entry and found.entry.kind == "demonym" and found.name.endswith("s") and found.name in teams:
            found.kind, found.entry, found.known, found.place = "ORG", None, None, None
        if found.entry or fold(found.name) in known_families:
            continue
        if found.kind == "PLACE" or _placed_by_context(reading, found, lists.cities):
            placed.add(fold(found.name))
        if found.first and reading.tokens[found.first - 1].lower_ in _PLACE_PREPOSITIONS and found.kind == "PLACE":
            placed_surely.add(fold(found.name))
    called = Counter(fold(found.name) for found in kept if found.label == "PERSON" and " " not in found.name)
    others = Counter(fold(found.name) for found in kept if found.label in ("ORG", "GPE") and " " not in found.name)
    countries = Counter(found.known[6:] for found in kept if found.known and found.known.startswith("state:"))
    for found in kept:
        if found.entry:
            continue
        key = fold(found.name)
        if key in bodies and (key not in known_families or " " in found.name):
            found.kind, found.place = "ORG", None
            continue
        if (key in known_families and " " not in found.name) or (key not in placed and called[key] > others[key] > 0):
            found.kind = "PERSON"
        elif _BODY.search(found.name):
            found.kind = "ORG"
        elif key in placed and found.kind in ("PERSON", "ORG", "GROUP", "PLACE"):
            found.kind = "PLACE"
            found.place = _nearest(reading, found, lists, countries)


def _nearest(reading: Reading, found: Found, lists: Gazetteer, countries: Counter[str]) -> Place | None:
    """Which of the towns of this name: the one whose country is named beside it, or in the article, or the largest."""
    places = lists.cities.find(found.name)
    if not places:
        return None
    beside = reading.plain[found.end : found.end + 40]
    comma = re.match(r", ([A-Z][\w.' -]*?)(?=,| [-–—(]|\.|;|$)", beside)
    if comma:
        wanted = lists.country(comma.group(1))
        there = [place for place in places if place.country == wanted]
        if there:
            return there[0]
    # The first is the largest; a smaller namesake wins only if its country is what the article is about.
    main = countries.most_common(1)[0][0] if countries else ""
    local = [place for place in places if place.country == main]
    if local and countries[main] >= 3 and countries[places[0].country] == 0:
        return local[0]
    return places[0]


def _missed_families(reading: Reading, kept: list[Found]) -> list[Found]:
    """Family names of persons named in full that the parser did not see as names."""
    wanted = {
        fold(word): word
        for found in kept
        if found.kind == "PERSON" and " " in found.name
        for word in (found.name.split()[0], found.name.split()[-1])
        if len(word) > 1
    }
    covered = {index for found in kept for index in range(found.first, found.last)}
    out = []
    for index, token in enumerate(reading.tokens):
        text = token.text
        if index in covered or not text[:1].isupper() or wanted.get(fold(text)) != text:
            continue
        if token.pos_ != "PROPN" or text.casefold() in TITLES:
            continue
        found = reading.found(token.idx, token.idx + len(text), "PERSON", "family")
        out.append(found)
    return out


_WATERS = re.compile(
    r"\b(?:[A-Z]\w+ ){1,3}(?:Islands?|River|Bay|Peninsula|Mountains?|Strait|Province|Oblast|Krai|County|Airport)\b"
)
_FIRM_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_FIRMS))}) ((?:[A-Z]\w+)(?: (?:& )?[A-Z]\w+)*)")


def _free(kept: list[Found], start: int, end: int) -> bool:
    return not any(found.start < end and start < found.end for found in kept)


def _missed_repeats(reading: Reading, kept: list[Found]) -> list[Found]:
    """Names of several words that the parser saw in one place and missed in another."""
    first: dict[str, Found] = {}
    for found in kept:
        if " " in found.name and not found.entry and found.kind != "GROUP":
            first.setdefault(found.name, found)
    out: list[Found] = []
    for name, found in first.items():
        at = reading.plain.find(name)
        while at >= 0:
            end = at + len(name)
            whole = not reading.plain[at - 1 : at].isalnum() and not reading.plain[end : end + 1].isalnum()
            if whole and _free(kept, at, end) and _free(out, at, end):
                again = reading.found(at, end, found.kind, "repeat")
                again.place = found.place
                out.append(again)
            at = reading.plain.find(name, end)
    return out


def _missed_bodies(reading: Reading, kept: list[Found]) -> list[Found]:
    """ "The law firm Roe Doe", "Norland Island": what the words themselves call a body or a place."""
    out: list[Found] = []
    for match in _FIRM_NAME.finditer(reading.plain):
        if _free(kept, *match.span(1)):
            out.append(reading.found(*match.span(1), "ORG", "firm"))
    for match in _WATERS.finditer(reading.plain):
        start, end = trim(reading.plain, *match.span())
        if start < end and " " in reading.plain[start:end] and _free(kept, start, end) and _free(out, start, end):
            out.append(reading.found(start, end, "PLACE", "LOC"))
    return out


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

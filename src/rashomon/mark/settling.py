"""What kind of thing a name names, and which town: the parser's guess against the words around and the rest."""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.eastern import is_eastern
from rashomon.mark.gazetteer import Cities, Gazetteer, first_names, fold, rows, words_of
from rashomon.model.marks import Place

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


@functools.cache
def _name_words(group: str) -> str:
    """Words of ``name_words.tsv`` as alternatives of a pattern."""
    return "|".join(re.escape(row[0]) for row in rows("name_words.tsv") if row[1] == group)


# A body, whatever the parser takes it for, by one of its words; by its last word; places and events likewise.
_BODY = re.compile(rf"(?:^|\s)(?:{_name_words('body')})\b|\s(?:{_name_words('body at the end')})$")
_SPOT = re.compile(rf"\s(?:{_name_words('place at the end')})$")
_EVENT = re.compile(rf"\s(?:{_name_words('event at the end')})$")
# What stands before a place's name ("the port of X", "X station" from the other side).
_PLACE_NOUNS = frozenset(words_of("place_nouns.txt"))
_PLACE_PREPOSITIONS = {"in", "near", "at", "outside", "around", "to", "from", "inside", "into", "via", "toward"}
# "the law firm X", "president at X", "chief executive of X": X is a body.
FIRMS = frozenset(words_of("body_nouns.txt"))
# "X pipeline": no person has one to his name alone.
_THINGS = frozenset(words_of("thing_nouns.txt"))
# "X CEO", "X shares": only firms have them.
_OFFICERS = frozenset(words_of("firm_nouns.txt"))


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


def _person_elsewhere(found: Found, persons: set[str]) -> bool:
    """Whether a name of two words or more is a person's: tagged so elsewhere, or with a first name in front."""
    words = found.name.split()
    if not 2 <= len(words) <= 3 or _BODY.search(found.name) or _SPOT.search(found.name):
        return False
    telling = fold(words[0]) in first_names() and found.label in ("ORG", "GPE") and all(w.istitle() for w in words)
    return found.name in persons or telling


def _body_by_context(reading: Reading, found: Found) -> bool:
    """Whether the words before the name say that it is a body's."""
    if found.kind == "GROUP" or found.entry:
        return False
    tree = reading.tree
    if found.last < len(tree) and tree.lower[found.last] in _OFFICERS and tree.tag[found.last][:2] == "NN":
        # "Ann Roe shares a moment": the parser takes a headline's verb for a noun.
        return " " not in found.name or fold(found.name.split()[0]) not in first_names()
    if found.first < 2:
        return False
    before = tree.lower[found.first - 1]
    if before in FIRMS and tree.tag[found.first - 1] == "NN":
        return True
    title = TITLES.get(tree.lower[found.first - 2])
    return before == "at" and title is not None and title[0] == "office" and found.kind == "PERSON"


def _placed_by_context(reading: Reading, found: Found, cities: Cities) -> bool:
    """Whether the words around say that the name is a place's."""
    lower = reading.tree.lower
    before = lower[found.first - 1] if found.first else ""
    noun = lower[found.first - 2] if found.first > 1 else ""
    after = lower[found.last : found.last + 2]
    if before in ("of", "at") and noun in _PLACE_NOUNS:
        return True
    if after and (after[0] in _PLACE_NOUNS or after in (["train", "station"], ["railway", "station"])):
        return before in ("in", "at", "near", "the", "from", "to", "'s", "’s")
    if before == "of" and found.first > 3 and lower[found.first - 2] == "," and lower[found.first - 3].isdigit():
        return cities.knows(found.name)  # "Ann Roe, 23, of X"
    if before not in _PLACE_PREPOSITIONS or (after and after[0] in ("'s", "’s")):
        return False
    return found.label in PLACE_LABELS or (cities.knows(found.name) and before not in ("to", "from"))


def _free_things(reading: Reading, kept: list[Found]) -> None:
    """What the parser takes for a person although it bears an article is none: "the Harbour Star struck a pier"."""
    persons = [found for found in kept if found.kind == "PERSON" and not found.entry]
    articled = Counter(fold(found.name) for found in persons if _bears_article(reading, found))
    total = Counter(fold(found.name) for found in persons)
    for found in persons:
        key = fold(found.name)
        if articled[key] * 2 > total[key]:
            found.kind, found.label = "OTHER", ""


def _bears_article(reading: Reading, found: Found) -> bool:
    """Whether "the" belongs to the name itself, not to a noun behind it ("the Roe family") nor to a clause."""
    tree = reading.tree
    article = tree.text[found.first - 1] if found.first else ""
    if article.lower() != "the" or (" " not in found.name and found.name.endswith("s")):
        return False
    if article != "the" and " " not in found.name:
        return False
    after = found.last
    if after >= len(tree) or tree.dep[after - 1] in ("compound", "amod", "nmod"):
        return False
    return tree.pos[after] not in ("NOUN", "PROPN") and tree.lower[after] not in ("-", "of", "who", "whom", "whose")


def _addressed(reading: Reading, found: Found) -> bool:
    """Whether a single name has a title before it, in capitals: "President Roe", "Mr. Roe"."""
    if found.entry or found.kind == "GROUP" or " " in found.name or not found.first:
        return False
    before = reading.tree.text[found.first - 1]
    return before.istitle() and TITLES.get(before.casefold(), ("",))[0] in ("honorific", "office")


def _things(reading: Reading, kept: list[Found], known_families: Counter[str]) -> set[str]:
    """Folded names that the parser takes for persons' and the noun behind for a thing's: "the Lorun XL pipeline"."""
    tree = reading.tree
    named = [
        fold(found.name).split()
        for found in kept
        if found.kind == "PERSON"
        and not found.entry
        and found.last < len(tree)
        and tree.lower[found.last] in _THINGS
        and known_families[fold(found.name.split()[-1])] <= 1
        and fold(found.name.split()[0]) not in first_names()
    ]
    return {" ".join(words) for words in named} | {words[0] for words in named}


def settle_kinds(reading: Reading, kept: list[Found], lists: Gazetteer) -> None:
    """Overrule the parser's kinds by the gazetteer and by the rest of the article."""
    for found in kept:
        if found.entry is None and is_eastern(found.name):
            found.kind, found.place = "PERSON", None
    _free_things(reading, kept)
    _name_towns(reading, kept, lists)
    known_families = families(kept)
    persons = {found.name for found in kept if found.kind == "PERSON" and " " in found.name}
    placed: set[str] = set()
    things = _things(reading, kept, known_families)
    addressed = {fold(found.name) for found in kept if _addressed(reading, found)}
    bodies = {fold(found.name) for found in kept if not found.entry and _body_by_context(reading, found)}
    teams = {found.name.split()[-1] for found in kept if found.kind == "ORG" and " " in found.name}
    for found in kept:
        if found.entry and found.entry.kind == "demonym" and found.name.endswith("s") and found.name in teams:
            found.kind, found.entry, found.known, found.place = "ORG", None, None, None
        if found.entry or fold(found.name) in known_families:
            continue
        if found.kind == "PLACE" or _placed_by_context(reading, found, lists.cities):
            placed.add(fold(found.name))
    called = Counter(fold(found.name) for found in kept if found.label == "PERSON" and " " not in found.name)
    others = Counter(fold(found.name) for found in kept if found.label in ("ORG", "GPE") and " " not in found.name)
    countries = Counter(found.known[6:] for found in kept if found.known and found.known.startswith("state:"))
    for found in kept:
        if found.entry:
            continue
        key = fold(found.name)
        if key in addressed and found.kind != "GROUP":
            found.kind, found.place = "PERSON", None
            continue
        if key in things:
            found.kind, found.label, found.place = "OTHER", "", None
            continue
        if key in bodies and (key not in known_families or " " in found.name):
            found.kind, found.place = "ORG", None
            continue
        if (key in known_families and " " not in found.name) or (key not in placed and called[key] > others[key] > 0):
            found.kind = "PERSON"
        elif found.kind in ("ORG", "PLACE") and not found.place and _person_elsewhere(found, persons):
            found.kind, found.place = "PERSON", None
        elif _BODY.search(found.name):
            found.kind = "ORG"
        elif _SPOT.search(found.name):
            found.kind = "PLACE"
        elif found.kind == "ORG" and _EVENT.search(found.name):
            found.kind = "OTHER"
        elif key in placed and found.kind in ("PERSON", "ORG", "GROUP", "PLACE"):
            found.kind = "PLACE"
            found.place = _nearest(reading, found, lists, countries) or found.place


def _name_towns(reading: Reading, kept: list[Found], lists: Gazetteer) -> None:
    """ "Lebanon, Ohio" is a town, and no state; so is "Lima, Ohio", and no capital."""
    for town, region in itertools.pairwise(kept):
        entry, around = town.entry, region.entry
        if entry is None or around is None or entry.kind not in ("state", "capital") or around.kind != "region":
            continue
        inside = around.place is not None and around.country and around.country != entry.country
        if not inside or reading.plain[town.end : region.start] != ", ":
            continue
        # "in Mexico, Maine and Texas": a list of places, as is one that began before.
        if re.match(r",? (?:and|or) (?:the )?[A-Z]", reading.plain[region.end : region.end + 12]):
            continue
        if re.search(r"[A-Z]\w+, $", reading.plain[max(0, town.start - 30) : town.start]):
            continue
        local = [place for place in lists.cities.find(town.name) if place.country == around.country]
        town.entry, town.known, town.label = None, None, "GPE"
        town.place = local[0] if local else around.place


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

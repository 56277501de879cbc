"""Words that stand for someone named elsewhere: family names, "the North", pronouns, "the Norlandic leader".

Everything here prefers silence: a mention whose evidence is not good keeps no antecedent.
"""

import re
from bisect import bisect_right
from collections import defaultdict

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.gazetteer import first_names, fold, gazetteer, rows
from rashomon.mark.namesakes import Namesakes, Person
from rashomon.mark.pronouns import resolve_pronouns
from rashomon.mark.roles import role_words, title_at
from rashomon.mark.tree import Tree

_COMPASS = re.compile(r"\b[Tt]he (North|South)\b(?!-|\s+[A-Z])")
# How old someone is says which of two presidents is meant, but a role never says it.
_OLDEST = 130
_AGED = re.compile(r", (\d{1,3})\b(?=[,.)])")
_AGE = re.compile(r"\b(\d{1,3})-year-old\b")
# Offices whose bearer news also calls "leader".
_LEADING = frozenset(row[0] for row in rows("office_words.tsv") if row[1] == "leader")
# Those at the head of a state rather than of a ministry.
_HEADS = frozenset(row[0] for row in rows("office_words.tsv") if row[1] == "head")
# Those whose bearers go by one name.
_CROWNED = frozenset(row[0] for row in rows("office_words.tsv") if row[1] == "crowned")
# Offices and callings that ships, inns and papers are named after.
_BYNAMES = frozenset(row[0] for row in rows("office_words.tsv") if row[1] == "byname")


def refer(reading: Reading, found: list[Found]) -> list[Found]:
    """``found`` with antecedents set, and with the pronouns and descriptions that stand for names."""
    found = _with_halves(reading, found)
    people = _people(reading, found)
    _family_names(reading, found, people)
    nominals = _nominals(reading, found, people)
    everything = sorted([*found, *nominals], key=lambda f: (f.start, -f.end))
    return [*everything, *resolve_pronouns(reading, everything)]


def _with_halves(reading: Reading, found: list[Found]) -> list[Found]:
    """ "The North" and "the South" as the states of that name, where both the words and the article say so."""
    named = {f.known for f in found}
    if "state:KP" not in named:
        return found
    out = list(found)
    for match in _COMPASS.finditer(reading.plain):
        code = "KP" if match[1] == "North" else "KR"
        # A country's own south is not a state: the article must be about Korea, and name that very half.
        if f"state:{code}" not in named:
            continue
        start, end = match.span(1)
        over = [f for f in out if f.start < end and start < f.end]
        if any(f.entry is not None or (f.start, f.end) != (start, end) for f in over):
            continue
        out = [f for f in out if f not in over]
        half = reading.found(start, end, "PLACE")
        half.known, half.place = f"state:{code}", gazetteer().states[code]
        out.append(half)
    return sorted(out, key=lambda f: f.start)


def _parts(name: str) -> tuple[str, ...]:
    """The folded parts of a person's name without middle initials."""
    words = fold(name).split()
    kept = [word for word in words if not (len(word.rstrip(".")) == 1 and word is not words[0])]
    return tuple(word for word in kept if word.rstrip(".") not in ("jr", "sr", "ii", "iii")) or tuple(words)


def _people(reading: Reading, found: list[Found]) -> dict[tuple[str, ...], Person]:
    """Persons named in full, by their name's parts; the roles of all mentions gathered."""
    people: dict[tuple[str, ...], Person] = {}
    genders = first_names()
    full = {part for f in found if f.kind == "PERSON" and " " in f.name for part in _parts(f.name)}
    for mention in found:
        if mention.kind != "PERSON":
            continue
        key = _parts(mention.name)
        if (" " not in mention.name or len(key) < 2) and not _of_one_name(reading, mention, full):
            continue
        person = people.setdefault(key, Person(key))
        person.full.append(mention)
        if not person.gender:
            person.gender = mention.gender or genders.get(key[0], "")
        if mention.role:
            words = role_words(reading, mention.role)
            kinds = {TITLES[word][0] for word in words if word in TITLES}
            person.kin |= kinds == {"kin"} and len(person.full) == 1
            _gather(reading, person, mention.role)
        age = _AGED.match(reading.plain, mention.end)
        if age:
            person.words.add(age[1])
    return people


def _of_one_name(reading: Reading, mention: Found, full: set[str]) -> bool:
    """Whether a person needs no other name: "Queen Ada", where nobody's full name holds hers."""
    if mention.role is None or " " in mention.name or _parts(mention.name)[0] in full:
        return False
    return any(word in _CROWNED for word in role_words(reading, mention.role))


def _gather(reading: Reading, person: Person, role: tuple[int, int]) -> None:
    person.offices.update(word for word in role_words(reading, role) if TITLES.get(word, ("",))[0] == "office")
    person.words.update(re.findall(r"\w{2,}", fold(reading.text[role[0] : role[1]])))
    person.states.update(_states(reading.text[role[0] : role[1]]))


def _states(text: str) -> set[str]:
    kinds = ("state", "demonym", "capital", "seat")
    return {hit.entry.id for hit in gazetteer().scan(text) if hit.entry.kind in kinds}


def _family_names(reading: Reading, found: list[Found], people: dict[tuple[str, ...], Person]) -> None:
    """Tie short names to the person in full: the bearer who is spoken of there, never the father named once."""
    by_part: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for person in people.values():
        for part in dict.fromkeys((person.key[-1], person.key[0])):
            by_part[part].append((0 if part == person.key[-1] else 1, person))
    namesakes = Namesakes(reading)
    for mention in found:
        if mention.kind != "PERSON" or mention.form != "name":
            continue
        key = _parts(mention.name)
        if key in people:
            mention.gender = mention.gender or people[key].gender
            longer = [p for k, p in people.items() if len(k) > len(key) and (k[0], k[-1]) == (key[0], key[-1])]
            if len(key) == 2 and len(longer) == 1 and longer[0].full[0].start < mention.start:
                mention.antecedent = longer[0].full[0]
            continue
        candidates = [
            (place, person)
            for place, person in by_part.get(key[-1] if len(key) == 1 else "", ())
            if not (mention.gender and person.gender and mention.gender != person.gender)
        ]
        if not candidates:
            candidates = [(0, p) for p in people.values() if len(key) > 1 and p.key[-len(key) :] == key]
        if not candidates:
            continue
        person = namesakes.choose(mention, candidates)
        person.short += 1
        mention.antecedent = _latest(person, mention.start) or person.full[0]
        mention.gender = mention.gender or person.gender


def _nominals(reading: Reading, found: list[Found], people: dict[tuple[str, ...], Person]) -> list[Found]:
    """ "The Norlandic leader", "the president": definite descriptions by office, resolved where one person fits."""
    for mention in found:
        if mention.role and mention.antecedent:
            person = people.get(_parts(mention.antecedent.name))
            if person:
                _gather(reading, person, mention.role)
    named = {f.last - 1: f for f in found if f.kind == "PERSON" and f.form == "name"}
    taken = [(f.start, f.end) for f in found]
    roles = [f.role for f in found if f.role]
    starts = [start for start, _ in taken]
    owners = {f.last - 1: f.first for f in found if f.known and f.known.startswith("state:")}
    out = []
    tree = reading.tree
    for index in reading.titled:
        if tree.tag[index] not in ("NN", "NNP"):
            continue
        title = title_at(reading, index)
        if title is None or title[0] != "office" or (tree.lower[index] == "head" and not _heads(tree, index)):
            continue
        start, end = tree.start[index], tree.end[index]
        at = bisect_right(starts, start) - 1
        if (at >= 0 and taken[at][1] > start) or any(a <= start < b for a, b in roles):
            continue
        first = _definite(tree, index, owners)
        if first is None:
            continue
        if _is_byname(tree, first, index):
            out.append(reading.found(tree.start[first + 1], end, "OTHER"))
            continue
        nominal = reading.found(tree.start[first], end, "PERSON")
        nominal.form = "nominal"
        nominal.name = nominal.name.removeprefix("the ").removeprefix("The ")
        nominal.gender = title[1]
        nominal.antecedent = _bearer(reading, nominal, tree.lower[index], people) or _subject_before(
            reading, nominal, tree.lower[index], people, named
        )
        # "The six-term senator" may be news to the reader: where it cannot be tied it is no name for anybody.
        if nominal.antecedent or "NUM" not in tree.pos[first:index]:
            out.append(nominal)
    return out


def _is_byname(tree: Tree, first: int, head: int) -> bool:
    """Whether "the Harbour Queen" is a name, of a ship or an inn: capitals throughout, and no country's queen."""
    words = tree.text[first + 1 : head + 1]
    title = tree.lower[head] in _BYNAMES and all(word.istitle() for word in words)
    return title and len(words) > 1 and words[-2] != "Crown" and not _states(" ".join(words))


def _heads(tree: Tree, index: int) -> bool:
    """Whether "head" is someone's office: "the head of the agency", not a part of the body."""
    return index + 1 < len(tree) and tree.lower[index + 1] == "of"


def _definite(tree: Tree, head: int, owners: dict[int, int]) -> int | None:
    """Token of the "the" that opens the noun phrase ending at ``head``; None for an indefinite or a longer one."""
    text, pos = tree.text, tree.pos
    if head + 1 < len(tree) and pos[head + 1] in ("NOUN", "PROPN") and tree.dep[head + 1] != "appos":
        return None
    at = head - 1
    if at > 0 and text[at] in ("'s", "’s") and (at - 1) in owners:
        return owners[at - 1]
    inner = ("ADJ", "NOUN", "PROPN", "NUM")
    while at >= 0 and head - at < 7 and (pos[at] in inner or text[at] in ("-", "'s", "’s")):
        at -= 1
    return at if at >= 0 and tree.lower[at] == "the" else None


def _bearer(reading: Reading, nominal: Found, office: str, people: dict[tuple[str, ...], Person]) -> Found | None:
    states = _states(reading.text[nominal.start : nominal.end])
    words = set(nominal.name.casefold().split())
    wanted = _LEADING if office == "leader" else frozenset((office,))
    fitting = [
        person
        for person in people.values()
        if person.offices & wanted
        and (not states or states & person.states)
        and not ("vice" in words) ^ ("vice" in person.offices)
        and not (nominal.gender and person.gender and nominal.gender != person.gender)
    ]
    if office == "leader" and len(fitting) > 1:
        # The head of a state rather than its ministers.
        fitting = [person for person in fitting if person.offices & _HEADS]
    if "former" in words or "deputy" in words or "other" in words or len(fitting) != 1:
        return None
    age = _AGE.search(nominal.name)
    if (
        age
        and any(word.isdigit() and int(word) < _OLDEST for word in fitting[0].words)
        and age[1] not in fitting[0].words
    ):
        return None
    if not _modifiers(nominal) <= fitting[0].words or (not states and _another(reading, office)):
        return None
    return _latest(fitting[0], nominal.start)


def _subject_before(
    reading: Reading, nominal: Found, office: str, people: dict[tuple[str, ...], Person], named: dict[int, Found]
) -> Found | None:
    """ "Roe waved. The Norlandic leader then left": the subject of the sentence before, of whom no office is told.

    Only where the description names a state, and nobody in the article is said to hold that office there.
    """
    tree = reading.tree
    states = _states(reading.text[nominal.start : nominal.end])
    if office not in _LEADING or not states or tree.sentence[nominal.first] == 0:
        return None
    wanted = _HEADS if office == "leader" else {office}
    if any(person.offices & wanted and (states & person.states or not person.states) for person in people.values()):
        return None
    last = tree.sentence[nominal.first] - 1
    if "\n" in reading.text[tree.start[tree.sentence[last]] : nominal.start]:
        return None
    subject = next(
        (at for at in range(tree.sentence[last], last + 1) if tree.dep[at] == "nsubj" and _main(tree, at)), None
    )
    name = named.get(subject) if subject is not None else None
    full = name.antecedent or name if name is not None else None
    person = people.get(_parts(full.name)) if full is not None else None
    return full if person is not None and not person.offices else None


def _main(tree: Tree, subject: int) -> bool:
    return tree.dep[tree.head[subject]] == "ROOT"


def _latest(person: Person, char: int) -> Found | None:
    """The full name last written before ``char``, in capitals throughout only where it is written no other way."""
    earlier = [full for full in person.full if full.start < char]
    return max(earlier, key=lambda full: (not full.name.isupper(), full.start), default=None)


def _modifiers(nominal: Found) -> set[str]:
    """Folded words of the description but its head and the states in it: what the bearer's role must say too."""
    rest = nominal.name
    for hit in reversed(gazetteer().scan(rest)):
        if hit.entry.kind in ("state", "demonym", "capital", "seat"):
            rest = rest[: hit.start] + rest[hit.end :]
    return set(re.findall(r"\w{2,}", fold(_AGE.sub(" ", rest)))[:-1])


def _another(reading: Reading, office: str) -> bool:
    """Whether the article brings up a nameless bearer of the office: "a police spokesman said"."""
    nameless = rf"\b(?:an?|another|one)\s+(?:[\w'-]+\s+){{0,4}}{re.escape(office)}\b"
    return re.search(nameless, reading.plain, re.IGNORECASE) is not None

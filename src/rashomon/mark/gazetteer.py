"""The world's states, cities, agencies and outlets by the names that news uses for them.

Two ways in, since two kinds of evidence are needed. Names of the *lists* (states and what goes with them, regions,
agencies, outlets, organisations) are found anywhere by ``Gazetteer.scan``, the longest first, so that "Republic of
Korea" can never be cut out of "Democratic People's Republic of Korea". Cities and provinces are only *looked up*: a
town somewhere is called Trump, so that a name alone proves nothing.
"""

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from rashomon.model.lists import data_lines
from rashomon.model.marks import Place

EntryKind = Literal["state", "demonym", "capital", "seat", "region", "agency", "outlet", "organisation"]

# Curly apostrophes and every kind of white space as their plain form, one character for one, so that offsets stay.
_PLAIN = (("’", "'"), ("‘", "'"), ("\n", " "), ("\t", " "), ("\r", " "), ("\u00a0", " "), ("\u202f", " "))
_WORD = re.compile(r"\w+")
# Shortest list name that is also looked for in capitals throughout: shorter ones are words or other acronyms then.
_SHORTEST_SHOUTED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing. ``sure`` is false where the name is a common word or a person's name too."""

    name: str
    kind: EntryKind
    id: str
    canonical: str
    country: str
    place: Place | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An ``entry`` whose name stands at ``[start, end)`` of the text."""

    start: int
    end: int
    entry: Entry


def plain(text: str) -> str:
    """``text`` with plain apostrophes and blanks, of the same length.

    >>> plain("Côte d’Ivoire")
    "Côte d'Ivoire"
    """
    for fancy, simple in _PLAIN:
        text = text.replace(fancy, simple)
    return text


def fold(name: str) -> str:
    """The key under which spellings of one name meet: no accents, no case, hyphens as blanks.

    >>> fold("São Paulo"), fold("Kim Jong-Un")
    ('sao paulo', 'kim jong un')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return name.casefold().replace("-", " ").replace("’", "'")


def rows(name: str, package: str = "rashomon.mark") -> Iterator[list[str]]:
    """The lines of one of our tables, split at tabs, without the comment that heads it."""
    for line in data_lines(package, name):
        yield line.split("\t")


def words_of(name: str) -> tuple[str, ...]:
    """The lines of one of our plain word lists."""
    return tuple(row[0] for row in rows(name))


class Cities:
    """Cities and provinces by name; parsed only when one is asked for."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}
        text = resources.files("rashomon.mark").joinpath("data", "cities.tsv").read_text(encoding="utf-8")
        lines = self._lines
        for line in text.splitlines()[1:]:
            name = line[: line.index("\t")]
            key = name.casefold() if name.isascii() else fold(name)
            if "-" in key:
                key = key.replace("-", " ")
            # Two spellings of one key are rare: the later ones join the first, the sort by people comes on reading.
            lines[key] = f"{lines[key]}\n{line}" if key in lines else line
        self._others = {fold(other): (fold(name), country) for other, name, country in rows("city_names.tsv")}
        self._provinces: dict[str, list[Place]] = defaultdict(list)
        for name, country, lat, lon in rows("provinces.tsv"):
            self._provinces[fold(name)].append(Place(name, country, float(lat), float(lon)))

    def find(self, name: str) -> tuple[Place, ...]:
        """Every city called ``name``, the most populous first; then provinces of that name."""
        key = fold(name)
        found: list[tuple[int, Place]] = []
        for spelling, only in ((key, None), self._others.get(key, ("", None))):
            for line in self._lines.get(spelling, "").split("\n"):
                shown, _, places = line.partition("\t")
                for place in places.split(";") if places else ():
                    country, lat, lon, people = place.split(",")
                    if only in (None, country):
                        shown_as = shown if only is None else name
                        found.append((int(people), Place(shown_as, country, float(lat), float(lon))))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return (*(place for _, place in found), *self._provinces.get(key, ()))

    def province(self, name: str) -> str | None:
        """Country of the first province of this name, or None."""
        provinces = self._provinces.get(fold(name))
        return provinces[0].country if provinces else None

    def knows(self, name: str) -> bool:
        """Whether some city or province has this name."""
        key = fold(name)
        return key in self._lines or key in self._others or key in self._provinces


class Gazetteer:
    """The lists, indexed by first word."""

    def __init__(self) -> None:
        self.cities = Cities()
        self.states: dict[str, Place] = {}
        self._index: dict[str, list[Entry]] = defaultdict(list)
        self._read_states()
        self._read_regions()
        self._read_bodies(rows("organisations.tsv"), "organisation", "org")
        self._read_bodies(rows("outlets.tsv", "rashomon.model"), "outlet", "outlet")
        self._read_bodies(rows("agencies.tsv", "rashomon.model"), "agency", "agency")
        for entries in self._index.values():
            entries.sort(key=lambda entry: (-len(entry.name), not entry.sure))

    def _add(self, name: str, kind: EntryKind, key: str, canonical: str, country: str, place: Place | None) -> None:
        sure = not name.endswith("?")
        name = plain(name.rstrip("?"))
        shouted = name.upper()
        for form in (name, shouted) if len(name) >= _SHORTEST_SHOUTED and shouted != name else (name,):
            first = _WORD.search(form)
            if first:
                self._index[first.group()].append(Entry(form, kind, key, canonical, country, place, sure))

    def _read_states(self) -> None:
        for code, name, lat, lon, capitals, others, adjectives, seats in rows("states.tsv"):
            shown, key = name.rstrip("?"), f"state:{code}"
            self.states[code] = here = Place(shown, code, float(lat), float(lon))
            for other in (name, *others.split("|")):
                self._add(other, "state", key, shown, code, here)
            named = [capital.rstrip("?") for capital in capitals.split("|") if capital]
            town = next((p for c in named for p in self.cities.find(c) if p.country == code), here)
            for capital in capitals.split("|"):
                spelled = capital.rstrip("?")
                at = Place(spelled, code, town.lat, town.lon)
                self._add(capital, "capital", key, spelled, code, at)
            for adjective in adjectives.split("|"):
                self._add(adjective, "demonym", key, shown, code, here)
                bare = adjective.rstrip("?")
                if bare.endswith(("an", "i", "ese", "ian")) and not bare.endswith("ese"):
                    self._add(f"{bare}s{adjective[len(bare) :]}", "demonym", key, shown, code, here)
            for seat in seats.split("|"):
                self._add(seat, "seat", key, seat.rstrip("?"), code, Place(seat, code, town.lat, town.lon))

    def _read_regions(self) -> None:
        for name, country, lat, lon, others in rows("regions.tsv"):
            shown = name.rstrip("?")
            place = Place(shown, country, float(lat), float(lon))
            for other in (name, *others.split("|")):
                self._add(other, "region", f"region:{fold(shown).replace(' ', '-')}", shown, country, place)

    def _read_bodies(self, table: Iterable[list[str]], kind: EntryKind, prefix: str) -> None:
        for key, name, country, others in table:
            for other in (name, *others.split("|")):
                self._add(other, kind, f"{prefix}:{key}", name.rstrip("?"), country, None)

    def scan(self, text: str) -> list[Hit]:
        """Names of the lists in ``text``, in order, none inside another; the longest at each place."""
        body = plain(text)
        hits: list[Hit] = []
        after = 0
        for start, word in self._beginnings(body):
            if start < after:
                continue
            for entry in self._index[word]:
                end = start + len(entry.name)
                if body.startswith(entry.name, start) and (end == len(body) or not body[end].isalnum()):
                    hits.append(Hit(start, end, entry))
                    after = end
                    break
        return hits

    def _beginnings(self, body: str) -> list[tuple[int, str]]:
        """Where a first word of some name stands in ``body``, in order: few of a text's words are one."""
        spots = []
        for word in self._index.keys() & set(_WORD.findall(body)):
            at = body.find(word)
            while at >= 0:
                end = at + len(word)
                if not body[end : end + 1].isalnum() and not body[at - 1 : at].isalnum():
                    spots.append((at, word))
                at = body.find(word, end)
        return sorted(spots)

    def country(self, name: str) -> str | None:
        """Country of the state, region or province called ``name``, or None.

        >>> gazetteer().country("South Korea"), gazetteer().country("Calif.")
        ('KR', 'US')
        """
        entry = self.named(name)
        return (entry.country or None) if entry else self.cities.province(name)

    def named(self, name: str) -> Entry | None:
        """The list entry that is called exactly ``name``, or None.

        >>> gazetteer().named("Republic of Korea").id, gazetteer().named("DPRK").canonical
        ('state:KR', 'North Korea')
        """
        name = plain(name)
        first = _WORD.search(name)
        entries = self._index.get(first.group(), ()) if first else ()
        return next((entry for entry in entries if entry.name == name), None)


@functools.cache
def first_names() -> dict[str, str]:
    """Folded first name -> "m" or "f", the gender that it mostly tells."""
    return {fold(row[0]): row[1] for row in rows("first_names.tsv")}


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once a process (about a tenth of a second)."""
    return Gazetteer()

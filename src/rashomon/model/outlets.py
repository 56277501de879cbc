"""Which labels and addresses are one outlet's: `www.x.com`, "X", "X News", its desk and its feed.

Two that cannot be told apart count as one: a publisher that is counted twice corroborates itself, which is worse than
two small papers of one name that are counted once.
"""

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from rashomon.model.lists import data_lines

_HERE = "rashomon.model"
# An address in place of a name: "reuters.com", "https://www.reuters.com/world".
_ADDRESS = re.compile(r"(?:https?:)?(?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?/*(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
# The address that an archive's address holds.
_KEPT = re.compile(r"(?:https?:/+|/[cv]/s/|/[cvs]/)((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
# Second-level domains under which the countries' registries sell names: "co.uk", "com.au".
_SHELVES = frozenset(("co", "com", "net", "org", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "go", "in", "nom"))
_COUNTRYLESS = 3
# What parts a name from a slogan, a section or a note: "Reuters - World News", "The Guardian | World", "CNN (RSS)".
_PARTS = re.compile(r"\s+[-–—|/>»·:]+\s+|\s*[|>»:]+\s+|\s*\([^()]*\)\s*|\s+via\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w.'&]+")
# The same words where nothing parts them from a name: "kestrelnews", "kestrelonline".
_TAIL = re.compile(r"(?<=\w{3})(?:newsagency|newsonline|newswire|news|online)$")
# Words that make a name of a place or a firm, and none of an outlet by themselves: they need what stands before them.
_BARE = frozenset(("the", "and", "of", "daily", "times", "post", "herald", "radio", "tv", "press", "media", "magazine"))


@dataclass(frozen=True, slots=True)
class Outlet:
    """A listed outlet or agency: ``id`` as the marks' ``known``; ``owner`` is empty where it is not known."""

    id: str
    name: str
    country: str
    owner: str = ""


def outlet_keys(name: str | None, url: str | None = None) -> tuple[str, ...]:
    """The keys of whoever publishes under this label at this address, in order; two that share one are one outlet.

    A listed outlet has one key, its id. Another has its name's and its address's. Nothing is known of an article with
    neither, which has none.

    >>> outlet_keys("Reuters - World News") == outlet_keys("reuters.com") == outlet_keys(None, "https://uk.reuters.com/a")
    True
    >>> outlet_keys("Harbour Post", "https://www.harbourpost.example/1"), outlet_keys("Harbour Post News")
    (('harbourpost',), ('harbourpost',))
    """
    label = (name or "").strip()
    if label and _ADDRESS.fullmatch(label) and _listed(label) is None:
        label, url = "", url if url and _host(url) == _host(label) else label
    host = _host(url) if url else ""
    there = _at_host(host) if host else None
    if not label:
        return (there,) if there else ()
    own = _key(label)
    if own is None:
        return (there,) if there else (_squeezed(label) or label.casefold(),)
    shared = host and _room(host)[0] == "copies"
    if ":" in own:
        # "The Star" at thestar.com.my; not "Reuters" on a page of somebody who prints it.
        namesake = there and not shared and ":" in there and _bare(label) in _squeezed(_site(host))
        return (there,) if there and namesake else (own,)
    return (own,) if not there or shared or there == own else (own, there)


def outlet_at(url: str | None) -> str | None:
    """What to call the outlet that publishes at an address: its listed name, else the host without "www".

    >>> outlet_at("https://www.nytimes.com/2024/x.html"), outlet_at("https://m.harbourpost.example/1")
    ('New York Times', 'harbourpost.example')
    """
    host = _host(url) if url else ""
    key = _at_host(host) if host else None
    if key is None:
        return None
    site = _site(host)
    listed = _table().outlets.get(key)
    if listed and (site in _table().hosts or host in _table().hosts or _is_at_home(host, listed)):
        return listed.name
    kind, suffix = _room(host)
    if kind == "rooms":
        return f"{site}.{suffix}"
    return suffix or ".".join(_domain(host))


def same_outlet(known: str) -> str:
    """The id under which a listed outlet publishes: "outlet:sunday-times" is "outlet:the-times"."""
    return _table().one_with.get(known, known)


class Outlets:
    """Publishers by key, of a set of articles: what shares a key with something that shares one with it is one."""

    def __init__(self, keys: Iterable[tuple[str, ...]]) -> None:
        self._home: dict[str, str] = {}
        for each in keys:
            for other in each[1:]:
                a, b = sorted((self._find(each[0]), self._find(other)), key=lambda key: (":" not in key, key))
                self._home[b] = a

    def of(self, keys: tuple[str, ...]) -> str | None:
        """One key for the outlet with ``keys``; None where there are none."""
        return self._find(keys[0]) if keys else None

    def _find(self, key: str) -> str:
        while key in self._home and self._home[key] != key:
            key = self._home[key]
        return key


def _fold(text: str) -> str:
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold().replace("’", "'")


def _squeezed(text: str) -> str:
    """The letters and digits of a name, without "the" in front."""
    letters = "".join(re.findall(r"[^\W_]+", re.sub(r"^the\s+", "", _fold(text).replace("&", " and "))))
    return re.sub(r"^the(?=\w{4})", "", letters)


def _key(label: str) -> str | None:
    """A listed outlet's id, or the name without what tells its desk; None where the label is nothing but that."""
    return next((_listed(form) or _bare(form) for form in _forms(label)), None)


@functools.lru_cache(maxsize=4096)
def _forms_of(label: str) -> tuple[str, ...]:
    parts = [part for part in _PARTS.split(re.sub(r"^@|^(?:staff|by|source)[:,]?\s+", "", label, flags=re.I)) if part]
    told = [part for part in parts if _telling(part)]
    return tuple(dict.fromkeys([*(part for part in told if _listed(part)), *told]))


def _forms(label: str) -> tuple[str, ...]:
    """The pieces of a label that may name the outlet, the whole first, those that a list knows before others."""
    if _listed(label):
        return (label,)
    return _forms_of(label)


def _telling(part: str) -> bool:
    words = [word.strip(".'") for word in _WORD.findall(_fold(part))]
    return any(word and word not in _desks() and word not in _BARE for word in words)


def _bare(label: str) -> str:
    return _TAIL.sub("", _squeezed(" ".join(_without_desk(label))))


def _without_desk(label: str) -> list[str]:
    """The words of a name without those at its end that tell a desk, as long as some name is left."""
    words = label.split()
    while len(words) > 1 and _fold(words[-1]).strip(".,'") in _desks() and _telling(" ".join(words[:-1])):
        words.pop()
    return words


def _listed(label: str) -> str | None:
    """The id of the outlet that is called so, with or without the words of its desk, or None."""
    names = _table().names
    words = label.split()
    short = _without_desk(label)
    for count in range(len(words), len(short) - 1, -1):
        form = _squeezed(" ".join(words[:count]))
        for known in (form, re.sub(r"(?:com|org|net)$", "", form) if "." in words[count - 1] else form):
            if known in names:
                return names[known]
    return None


def _host(url: str) -> str:
    """The host of an address, without "www" and what phones get; that of the page which an archive's address keeps."""
    url = url.strip()
    match = _HOST.match(url)
    host = match[1].casefold().rstrip(".") if match else ""
    if (
        "." not in host
        or not re.fullmatch(r"[\w.-]*[^\W\d_][\w.-]*", host)
        or (":" not in url[:12] and url.startswith((".", "/")))
    ):
        return ""
    kind, _ = _room(host)
    if kind == "archive":
        kept = _KEPT.search(unquote(url[match.end() :] if match else ""))
        host = kept[1].casefold() if kept else host
    return re.sub(r"^(?:www\d*|m|mobile|amp|wap)\.(?=[^.]+\.)", "", host)


def _room(host: str) -> tuple[str, str]:
    """What a shared host is to those who publish there, and the host; empty for an outlet's own."""
    labels = host.split(".")
    for at in range(len(labels)):
        suffix = ".".join(labels[at:])
        if suffix in _shared() and suffix not in _table().hosts:
            kind = _shared()[suffix]
            return (kind, suffix) if kind != "rooms" or at else ("copies", suffix)
    return "", ""


def _domain(host: str) -> list[str]:
    """The labels of the name that was bought: "bbc.co.uk" of "news.bbc.co.uk"."""
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) < _COUNTRYLESS and labels[-2] in _SHELVES
    return labels[-3 if deep else -2 :]


def _site(host: str) -> str:
    """The one label of a host that names who publishes."""
    kind, suffix = _room(host)
    if kind == "rooms":
        return host.removesuffix("." + suffix).split(".")[-1]
    return _domain(host)[0]


def _at_host(host: str) -> str:
    """The key of whoever publishes at a host."""
    hosts = _table().hosts
    labels = host.split(".")
    for at in range(len(labels) - 1):
        if ".".join(labels[at:]) in hosts:
            return hosts[".".join(labels[at:])]
    kind, suffix = _room(host)
    if kind in ("copies", "archive"):
        return suffix
    site = _site(host)
    return _listed(site) or _bare(site) or host


def _is_at_home(host: str, listed: Outlet) -> bool:
    """Whether an outlet's name at a host is its own: not "The Standard" of Nairobi in Hong Kong."""
    last = host.rpartition(".")[2].upper().replace("UK", "GB")
    return len(last) >= _COUNTRYLESS or last == listed.country or last in ("TV", "IO", "CO", "FM", "ME")


@dataclass(frozen=True, slots=True)
class _Table:
    outlets: dict[str, Outlet]
    names: dict[str, str]
    hosts: dict[str, str]
    one_with: dict[str, str]


@functools.cache
def _table() -> _Table:
    """The lists, read once a process: outlets by id, their ids by squeezed name and by host."""
    outlets: dict[str, Outlet] = {}
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for key, name, country, others in _rows():
        outlets[key] = Outlet(key, name.rstrip("?"), country)
        for label in (name, *others):
            names[_squeezed(label.rstrip("?"))].setdefault(key)
    hosts: dict[str, str] = {}
    one_with: dict[str, str] = {}
    for line in data_lines(_HERE, "publishers.tsv"):
        key, at, labels, owner, one = line.split("\t")
        outlets[key] = Outlet(key, outlets[key].name, outlets[key].country, owner)
        if one:
            one_with[key] = one
        for label in labels.split("|"):
            names[_squeezed(label)].setdefault(key)
        for host in at.split("|"):
            if host:
                hosts.setdefault(host, one or key)
    names.pop("", None)
    # Of two of one name the first listed has it: agencies before outlets.
    chosen = {name: next(iter(keys)) for name, keys in names.items()}
    return _Table(outlets, {name: one_with.get(key, key) for name, key in chosen.items()}, hosts, one_with)


def _rows() -> Iterator[tuple[str, str, str, list[str]]]:
    for kind, table in (("agency", "agencies.tsv"), ("outlet", "outlets.tsv")):
        for line in data_lines(_HERE, table):
            key, name, country, others = line.split("\t")
            yield f"{kind}:{key}", name, country, [other for other in others.split("|") if other]


@functools.cache
def _desks() -> frozenset[str]:
    return frozenset(data_lines(_HERE, "desk_words.txt"))


@functools.cache
def _shared() -> dict[str, str]:
    rows = (line.partition("\t") for line in data_lines(_HERE, "shared_hosts.tsv"))
    return {host: kind for host, _, kind in rows}

"""Authors, outlets and titles as pages give them, without what is none."""

import re
from urllib.parse import urlsplit

from rashomon.read.ldjson import folded
from rashomon.read.words import word_list

_ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S+\.\S+|\b[\w-]+\.(?:com|org|net|example|co\.uk|news)\b", re.I)
_BY = re.compile(
    r"^(?:(?:written|words|story|report(?:ed|ing)?|posted|analysis|opinion|review|photos|text)\s+)?by[\s:]+", re.I
)
_DEGREE = re.compile(r"[,;]\s*\(?(?=[A-Z])(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?Sc|B\.?A|B\.?Sc|M\.?B\.?A|J\.?D"
                     r"|R\.?N|R\.?D|M\.?P\.?H"
                     r"|Ed\.?D|Psy\.?D|D\.?Phil|LL\.?[BMD]|D\.?O|M\.?S|B\.?S|Esq|Jr|Sr|OBE|CBE|MBE|FRS|CFA|CPA|DDS|DVM"
                     r"|LCSW|RDN|MFA|MPA|MPP)\.?\)?(?![a-z])")  # fmt: skip
_PARTS = re.compile(r"\s*[;|•·]\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+")
_SEPARATOR = re.compile(r"\s+[|\-–—:·»•›]+\s+|\s*[|»]\s*|\s+::\s+")
_UNDERSCORE = re.compile(r"(?<=\w)_+(?=\w)")
_HELD = "\ufffc"

# A section's name or a slogan's part that is set off behind a title has at most this many words.
_SECTION_WORDS = 4


def authors_of(written: list[str], outlets: tuple[str, ...]) -> tuple[str, ...]:
    """The people and agencies that the author fields name, each once; outlets, houses and addresses are none.

    >>> authors_of(["By Ada Aas, PhD and Bela Berg, Harbour Post", "ada-aas"], ("Harbour Post",))
    ('Ada Aas, PhD', 'Bela Berg')
    """
    found: dict[str, str] = {}
    for value in written:
        plain = _ADDRESS.sub(" ; ", _BY.sub("", " ".join(value.split())))
        # A degree belongs to the name before it, whatever the comma says.
        degrees = [degree[0] for degree in _DEGREE.finditer(plain)]
        held = _DEGREE.sub(_HELD, plain)
        for part in _PARTS.split(held):
            name = _BY.sub("", part).strip(' ,;:()[]<>"')
            bare = name.replace(_HELD, "").strip()
            while _HELD in name:
                name = name.replace(_HELD, degrees.pop(0), 1) if degrees else name.replace(_HELD, "")
            key = folded(bare)
            if key and (key not in found or found[key].islower()) and _is_author(bare, outlets):
                found[key] = name
    return tuple(name for key, name in found.items() if not _is_slug(name, found, key))


def _is_author(name: str, outlets: tuple[str, ...]) -> bool:
    words = re.findall(r"[^\W\d_]+", name.lower())
    if not words or len(words) > 8 or " ".join(words) in word_list("no_authors.txt"):
        return False
    if is_agency(name):
        return True
    key = folded(name).removeprefix("the")
    if any(name.lower().startswith(f"{outlet.lower()} ") for outlet in outlets if len(outlet) > 2):
        return False  # a desk or an office of the outlet's
    if any(key == folded(outlet).removeprefix("the") for outlet in outlets if outlet):
        return False
    return words[-1] not in word_list("house_words.txt")


def is_agency(name: str) -> bool:
    """Whether an author is a news agency: no person, but it says where the article comes from."""
    return folded(name).removeprefix("the") in {folded(one) for one in word_list("agency_names.txt")}


def _is_slug(name: str, found: dict[str, str], key: str) -> bool:
    """Whether a name is another's address ("ada-aas", "aaas" is not told)."""
    return name.islower() and " " not in name and (len(found) > 1 or "-" in name or "_" in name or not key.isalpha())


def outlet_of(publisher: str | None, site: str | None, hosts: tuple[str | None, ...]) -> str | None:
    """The outlet's name: the publisher's of the JSON-LD before the site's, each without slogan and underscores.

    >>> outlet_of(None, "WXYZ | News, Weather, Sports", ()), outlet_of(None, "The_Harbour_Post", ())
    ('WXYZ', 'The Harbour Post')
    """
    named = [_without_slogan(name) for name in (site, publisher) if name and "://" not in name]
    names = [name for name in named if name]
    if len(names) == 2:
        # A publishing house is no outlet where the site has a name of its own.
        site_name, publisher_name = names
        last = publisher_name.lower().split()[-1].strip(".,")
        houses = last in word_list("house_words.txt") - word_list("outlet_ends.txt")
        return site_name if houses or folded(site_name) == folded(publisher_name) else publisher_name
    return names[0] if names else next((host for host in hosts if host), None)


def _without_slogan(name: str) -> str | None:
    name = " ".join(_UNDERSCORE.sub(" ", name).split()).strip("@ ")
    parts = [part for piece in _SEPARATOR.split(name) for part in _after_colon(piece) if part]
    if not parts:
        return None
    kept = [part for part in parts if not _is_slogan(part)] or parts
    return kept[0]


def _after_colon(piece: str) -> list[str]:
    name, _, rest = piece.partition(": ")
    return [name, rest] if rest and _is_slogan(rest) else [piece]


def _is_slogan(part: str) -> bool:
    words = re.findall(r"[^\W_]+", part.lower())
    slogan = word_list("slogan_words.txt")
    return "," in part or len(words) > 5 or sum(word in slogan for word in words) * 2 > len(words) > 1


def host_of(url: str | None) -> str | None:
    """The host of an address without "www.", or None."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None  # not an address at all
    return host.removeprefix("www.") if host else None


def bare_title(title: str | None, names: tuple[str | None, ...], headlines: tuple[str | None, ...]) -> str | None:
    """The title without the outlet, section and city that pages put before or after it.

    What stands behind the last separator is cut where it is a name of the site or its host; then a section before it.
    Where the page gives the same headline elsewhere without an ending, that is the title.
    """
    if not title:
        return next((headline for headline in headlines if headline), None)
    for headline in headlines:
        if headline and headline != title and len(headline) >= 15 and title.startswith(headline):
            ending = title[len(headline) :]
            if _SEPARATOR.match(ending) or re.match(r"\s*[|\-–—]", ending):
                return headline
    keys = {folded(name).removeprefix("the") for name in names if name}
    keys |= {key.removeprefix("www") for key in keys}
    cuts = list(_SEPARATOR.finditer(title))
    cut = False
    while cuts:
        ending = title[cuts[-1].end() :]
        set_off = "|" in cuts[-1][0] and len(ending.split()) <= _SECTION_WORDS // 2
        if not _names_site(ending, keys) and not (cut and (set_off or _is_section(ending))):
            break
        title, cut = title[: cuts[-1].start()].rstrip(), True
        cuts = list(_SEPARATOR.finditer(title))
    if cuts and _names_site(title[: cuts[0].start()], keys) and title[cuts[0].end() :].strip():
        title = title[cuts[0].end() :]
    return title


def _names_site(words: str, keys: set[str]) -> bool:
    key = folded(_ADDRESS.sub(lambda m: m[0].rsplit(".", 1)[0], words)).removeprefix("www").removeprefix("the")
    whole = folded(words).removeprefix("the").removeprefix("www")
    if not key and not whole:
        return False
    return bool(keys & {key, whole}) or any(re.sub(r"(?:com|org|net|example|couk)$", "", one) == key for one in keys)


def _is_section(words: str) -> bool:
    """Whether the words before a site's name are a section or a city: "National", "Orsk News", "World"."""
    parts = words.split()
    listed = word_list("sections.txt")
    if len(parts) > _SECTION_WORDS:
        return False
    if all(part.lower().strip(",&") in listed or part == "&" for part in parts):
        return True
    return len(parts) > 1 and parts[-1].lower() in listed and all(part[:1].isupper() for part in parts)

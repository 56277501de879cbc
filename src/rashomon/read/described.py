"""What a page says about its article: title, outlet, address, authors and day."""

import logging
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from rashomon.read.bylines import authors_of, bare_title, host_of, is_agency, outlet_of
from rashomon.read.ldjson import Node, article_node, kinds, text_of
from rashomon.read.pagedays import published_of

# What these two have to say about a page is said by a Failure; they must not write to the terminal themselves.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# No clock: the date finder would else refuse whatever lies after today. No search through the whole page either, since
# a date guessed from a sidebar is worse than none: ``mark`` looks for one in the article's own words.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author", "citation_author")
# What only repeats an author's name, often as an address.
_SECOND_AUTHORS = ("parsely-author",)
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title", "twitter:site")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of its article; ``window`` is its titles as they stand, ``node`` its article in JSON-LD."""

    title: str | None
    outlet: str | None
    url: str | None
    authors: tuple[str, ...]
    published: str | None
    window: str
    node: Node


def describe(tree: HtmlElement) -> Said:
    """What the page says of its own article: in JSON-LD, else in its head, else in what is seen."""
    meta = _meta(tree)
    seen = next((" ".join(h.text_content().split()) for h in tree.iter("h1") if h.text_content().strip()), None)
    window = next((" ".join(t.text_content().split()) for t in tree.iter("title") if t.text_content().strip()), None)
    titles = (*meta.get("og:title", ()), seen or "", window or "")
    node = article_node(tree, titles)
    found = extract_metadata(deepcopy(tree), date_config={"max_date": "2199-12-31", "extensive_search": False})
    url = found.url
    publisher = text_of(node.get("publisher"))
    site = next((one for name in _SITES[:3] for one in meta.get(name, ())), None)
    sitename = site or found.sitename
    outlet = outlet_of(publisher, sitename, (host_of(sitename), host_of(url)))
    headline = text_of(node.get("headline"))
    title = bare_title(found.title, (outlet, sitename, publisher, host_of(url)), (headline, seen))
    authors = _authors(node, meta, found.author, (outlet, sitename, publisher))
    published = published_of(tree, node, url, dict(_DATES))
    return Said(title, outlet, url, authors, published, seen or window or title or "", node)


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        for name in {element.get("property"), element.get("name")} - {None}:
            if content := " ".join((element.get("content") or "").split()):
                found.setdefault(name.lower(), []).append(content)
    return found


def _authors(
    node: Node, meta: dict[str, list[str]], guessed: str | None, outlets: tuple[str | None, ...]
) -> tuple[str, ...]:
    """The authors in JSON-LD that are persons, else those of the head, else those that are seen."""
    names = tuple(name for name in outlets if name)
    value = node.get("author") or node.get("creator")
    people = []
    for one in value if isinstance(value, list) else [value]:
        name = text_of(one)
        # An agency says where the article comes from; other bodies are no authors.
        if name and (not isinstance(one, dict) or "Organization" not in " ".join(kinds(one)) or is_agency(name)):
            people.append(name)
    for written in (
        people,
        [one for name in _AUTHORS for one in meta.get(name, ())],
        [one for name in _SECOND_AUTHORS for one in meta.get(name, ())],
    ):
        if authors := authors_of(written, names):
            return authors
    if people or any(not one.startswith(("http:", "https:")) for name in _AUTHORS for one in meta.get(name, ())):
        return ()
    return authors_of((guessed or "").split("; "), names)

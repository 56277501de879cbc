"""What a page says about its own article in JSON-LD: one node, whatever else the page describes."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report(?:age)?|OpinionNewsArticle|Posting)$")
# Under these names stand other articles, or parts of this one.
_OTHERS = {"itemListElement", "hasPart", "liveBlogUpdate", "relatedLink", "mentions", "citation", "comment", "isPartOf",
           "isBasedOn", "subjectOf", "blogPost", "review"}  # fmt: skip
_MOST_NODES = 2000
_CONTROL = re.compile(r"[\x00-\x1f]")

Node = dict[str, Any]


def article_node(tree: HtmlElement, titles: tuple[str, ...]) -> Node:
    """The node of the page's own article; empty where the page has none.

    Pages describe the articles that they link to as well: the one whose headline is among ``titles`` is their own, else
    the first that is dated.
    """
    nodes = [node for node in _nodes(tree) if any(_ARTICLE.search(kind) for kind in kinds(node))]
    known = {folded(title) for title in titles if title}
    for node in nodes:
        headline = folded(text_of(node.get("headline")) or text_of(node.get("name")) or "")
        if headline and any(headline in title or title in headline for title in known if title):
            return node
    live = [node for node in nodes if "LiveBlogPosting" in kinds(node)]
    dated = [node for node in nodes if node.get("datePublished")]
    return next(iter([*live, *dated]), {})


def kinds(node: Node) -> tuple[str, ...]:
    """The types of a node, without the vocabulary's address."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(one.rsplit("/", 1)[-1] for one in values if isinstance(one, str))


def text_of(value: object) -> str | None:
    """The words of a value or of the first of several, entities resolved."""
    if isinstance(value, list):
        value = next((one for one in value if one), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def folded(name: str) -> str:
    """Letters and digits only, in lower case: how names are compared."""
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """Every node in every script, parents before children, references to other nodes resolved."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            whole = json.loads(_CONTROL.sub(" ", raw))
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [whole]
        while waiting and len(found) < _MOST_NODES:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value
            elif isinstance(value, dict):
                if "@type" in value:
                    found.append(value)
                waiting[:0] = [
                    part for name, part in value.items() if isinstance(part, dict | list) and name not in _OTHERS
                ]
    by_id = {node["@id"]: node for node in found if isinstance(node.get("@id"), str) and len(node) > 2}
    for node in found:
        yield {name: _resolved(value, by_id) for name, value in node.items()}


def _resolved(value: object, by_id: dict[str, Node]) -> object:
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return by_id.get(value["@id"], value)
    return value

"""The article's text on a page, a paragraph a line."""

import re
from copy import deepcopy
from typing import Any

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from rashomon.read.ldjson import folded
from rashomon.read.markup import separate, without_players
from rashomon.read.words import word_list

# "full again.The dam": a paragraph's end that lost its break. Three letters or digits before it are no initial and no
# short form; what follows is a word and not a domain's end.
_JOINT = re.compile(
    r"(?<=[a-z0-9)]{3})([.!?][”\"’]?)(?=(?:[“\"‘]?[A-Z][a-z]+|[“\"‘]?[AI])[ ,’'])(?!(?:Com|Net|Org|Co)\b)"
)
_ANNOUNCES = {"upnext", "nowplaying", "nextvideo", "nextup", "watchnext", "comingupnext", "playingnext"}
_CLOCK = re.compile(r"^\W*\d{1,2}:\d\d\b")
_WORDS = re.compile(r"[a-z0-9]+")

# A second look is taken where the page's own paragraphs hold this many times what was found; shorter ones are captions.
_SHORT = 1.3
_PARAGRAPH = 40
_ASIDE = re.compile(
    r"\b(?:aside|sidebar|related|recommend\w*|teasers?|most-?(?:read|popular)|trending|comments?|footer|promo\w*|more-\w+"
    r"|newsletter|subscri\w+|disclaimer|copyright|author-?bio|bio|nav|menu|cookie\w*|consent|modal|popup|share|social"
    r"|caption|gallery|advert\w*|ad|card|signup|sign-up|login|paywall-message|read-more|readmore)\b",
    re.I,
)
_NOT_BODY = {"aside", "nav", "footer", "form", "figure", "figcaption", "table", "header", "li", "button", "noscript"}


def body_of(tree: HtmlElement) -> str:
    """The text of the article; empty where the page has none."""
    page = deepcopy(tree)
    without_players(page)
    separate(page)
    found: Any = bare_extraction(deepcopy(page), fast=True, include_comments=False, with_metadata=False)
    text = (found.text or "") if found is not None else ""
    text = _whole(page, text)
    lines = [_JOINT.sub(r"\1 ", line) for line in text.split("\n")]
    # "Up next" alone in a line announces the line after it.
    after = {n + 1 for n, line in enumerate(lines) if folded(line) in _ANNOUNCES}
    return "\n".join(line for n, line in enumerate(lines) if not is_player_line(line) and n not in after)


def is_player_line(line: str) -> bool:
    """Whether a line is a video player's: its controls, what it plays next, a bare length."""
    words = " ".join(_WORDS.findall(line.lower()))
    if not words:
        return False
    padded = f" {words} "
    if any(padded.startswith(f" {phrase} ") and len(line) < 200 for phrase in word_list("player_starts.txt")):
        return True
    found = [phrase for phrase in word_list("player.txt") if f" {phrase} " in padded]
    covered = sum(len(phrase.split()) for phrase in found)
    return covered * 3 >= len(words.split()) or len(found) > 2 or (bool(found) and _CLOCK.match(line) is not None)


def _whole(page: HtmlElement, text: str) -> str:
    """The text, or the paragraphs of the page's article where the extractor took only one of its containers."""
    known = folded(text)
    all_: list[tuple[HtmlElement, str]] = []
    for element in page.iter("p"):
        words = " ".join(element.text_content().split())
        if words and is_body(element):
            all_.append((element, words))
    found = [(element, words) for element, words in all_ if folded(words) in known and len(words) >= _PARAGRAPH]
    if len(found) < 2:
        return text
    container = _container(found[0][0], [element for element, _ in found])
    kind = container.get("class")
    article = container if container.tag in ("article", "main") else None
    while article is None and container.getparent() is not None and container.tag != "body":
        # Chunks of one body are alike: the same tag and class, beside each other or each in a wrapper.
        twins = [one for one in page.iter(container.tag) if kind and one.get("class") == kind and one is not container]
        if twins:
            article = _container(container, [container, *twins])
            break
        container = container.getparent()
        kind = container.get("class")
        article = container if container.tag in ("article", "main") else None
    if article is None or article.tag in ("body", "html"):
        return text
    inside = [(e, words) for e, words in all_ if any(one is article for one in e.iterancestors())]
    long_ = sum(len(words) for _, words in inside if len(words) >= _PARAGRAPH)
    if long_ < _SHORT * sum(len(words) for _, words in found):
        return text
    more = [words for _, words in inside]
    # What stands before the first paragraph and is no paragraph (a heading) is kept.
    first = next((n for n, line in enumerate(text.split("\n")) if folded(line) == folded(more[0])), 0)
    return "\n".join([*text.split("\n")[:first], *more])


def _container(element: HtmlElement, others: list[HtmlElement]) -> HtmlElement:
    """The smallest element that holds all."""
    for parent in element.iterancestors():
        held = set(parent.iter())
        if all(other in held for other in others):
            return parent
    return element


def is_body(element: HtmlElement, within: HtmlElement | None = None) -> bool:
    """Whether a paragraph belongs to an article: neither links nor in a sidebar, up to the element ``within``."""
    words = len(element.text_content())
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if words == 0 or linked * 2 > words:
        return False
    for parent in (element, *element.iterancestors()):
        if parent is within:
            return True
        if parent.tag in _NOT_BODY and not (within is not None and parent.tag == "li"):
            return False
        if parent.tag in ("body", "html", "article", "main"):
            return bool(parent.tag != "html")
        if _ASIDE.search(f"{parent.get('class', '')} {parent.get('id', '')}"):
            return False
    return True

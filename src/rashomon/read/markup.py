"""Markup made ready for the extractor: paragraphs that only a break parts, and players that are no text."""

import re
from itertools import pairwise

from lxml.html import HtmlElement
from lxml.html.builder import P

_PLAYER = re.compile(
    r"(?:^|[\s_-])(?:video-?js|vjs|jw-?player"
    r"|(?:video|audio|media|html5|brightcove|kaltura|podcast)[-_]?player\w*"
    r"|player(?:[-_](?:wrapper|container|controls|ui|box))?|playlist|up-?next|upnext|now-?playing|nowplaying"
    r"|video-?(?:controls|playlist|carousel))(?=$|[\s_]|-)",
    re.I,
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_SILENT = ("script", "style", "template")
# More than this much text of its own: a container of an article that was given a player's name.
_PLAYER_TEXT = 1500


def without_players(page: HtmlElement) -> None:
    """Take video and audio players, and the lists of what they play next, out of a page; scripts too."""
    for element in list(page.iter(*_SILENT)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(page.iter("div", "section", "figure", "aside", "ul", "ol", "p", "span", "video", "audio")):
        if element.getparent() is None or element.tag in ("body", "html"):
            continue
        named = _PLAYER.search(f"{element.get('class', '')} {element.get('id', '')}")
        if element.tag not in ("video", "audio") and not named:
            continue
        long_ = sum(len(p.text_content()) for p in element.iter("p") if len(p.text_content()) > 120)
        if long_ <= _PLAYER_TEXT // 5 and next(element.iter("h1"), None) is None:
            element.drop_tree()


def separate(page: HtmlElement) -> None:
    """Give text that stands loose in a block, parted by line breaks or empty blocks, a paragraph for each part."""
    for element in list(page.iter("div", "section", "article", "main", "p", "td", "blockquote")):
        breaks = [child for child in element if _is_break(child)]
        if not breaks:
            continue
        if element.tag == "p":
            _part_paragraph(element)
        elif (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            _part_block(element)


def _is_break(child: HtmlElement) -> bool:
    if not isinstance(child.tag, str):
        return False
    if child.tag == "br":
        return True
    empty = not child.text_content().strip() and next(child.iter("img"), None) is None
    named = child.tag == "span" and re.search(r"(?:^|[\s_-])(?:br|break|newline)(?:$|[\s_-])", child.get("class") or "")
    return empty and (child.tag in ("div", "p", "hr") or bool(named))


def _part_block(element: HtmlElement) -> None:
    """Rebuild a block: every run of text and inline elements between blocks and breaks becomes a paragraph."""
    parts: list[HtmlElement] = []
    run = P()
    run.text = element.text

    def close() -> None:
        nonlocal run
        if run.text_content().strip():
            parts.append(run)
        run = P()

    for child in list(element):
        tail, child.tail = child.tail, None
        element.remove(child)
        if _is_break(child) or child.tag in _BLOCKS:
            close()
            if not _is_break(child):
                parts.append(child)
            run.text = tail
        else:
            run.append(child)
            child.tail = tail
    close()
    element.text = None
    for part in parts:
        element.append(part)


def _part_paragraph(element: HtmlElement) -> None:
    """Two breaks in a paragraph make two paragraphs; one stays a line end."""
    parent = element.getparent()
    if parent is None:
        return
    children = list(element)
    double = any(a.tag == "br" and b.tag == "br" and not (a.tail or "").strip() for a, b in pairwise(children))
    if not double and not any(child.tag != "br" and _is_break(child) for child in children):
        return
    _part_block(element)
    at, tail = parent.index(element), element.tail
    parts = list(element)
    for offset, part in enumerate(parts):
        parent.insert(at + offset, part)
    element.tail = None
    parent.remove(element)
    if parts and (tail or "").strip():
        parts[-1].tail = tail

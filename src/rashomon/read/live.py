"""Live pages: each post with its own heading, day and hour."""

import re
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement
from lxml.html.builder import DIV

from rashomon.read.body import is_body, is_player_line
from rashomon.read.dates import normalise_date
from rashomon.read.ldjson import Node, folded, kinds, text_of
from rashomon.read.markup import separate, without_players
from rashomon.read.pagedays import beside, local

_LIVE_TITLE = re.compile(
    r"\blive\s*(?:[:|\-–—]|blog|updates?|coverage|reporting|ticker|feed)|^live\b|[-–—:|]\s*live$|\bas it happened\b"
    r"|\bminute by minute\b|\brolling (?:coverage|updates)\b",
    re.I,
)
_LIVE_ADDRESS = re.compile(r"/live(?:blog)?(?:[/-]|$)|live-?(?:blog|updates|coverage)", re.I)
_STAMP = re.compile(r"(?:^|[\s_-])(?:time|date|timestamp|published|posted)(?:$|[\s_-])", re.I)
_HOUR = re.compile(r"\b(\d{1,2})[:.](\d\d)(?:\s*([ap])\.?m\b)?", re.I)
_FEWEST_WORDS = 4
# Looking for the ends of posts is quadratic in them.
_MOST_POSTS = 1000


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a live page; ``published`` may be None."""

    title: str | None
    text: str
    published: str | None
    anchor: str | None


def posts_of(tree: HtmlElement, node: Node, title: str | None, url: str | None) -> list[Post]:
    """The posts of a live page in its order; none where the page is no live page, or has fewer than two of them."""
    says = "LiveBlogPosting" in kinds(node)
    if not (says or _LIVE_TITLE.search(title or "") or _LIVE_ADDRESS.search(url or "")):
        return []
    declared = _declared(node)
    page = deepcopy(tree)
    without_players(page)
    separate(page)
    days = {text_of(node.get(name)) for name in ("datePublished", "dateModified", "coverageEndTime")} - {None}
    only = {day[:10] for day in map(normalise_date, days) if day}
    seen = _seen(page, {folded(post.title or ""): post.published for post in declared}, only)
    return seen if len(seen) >= max(2, min(2, len(declared))) else declared if len(declared) > 1 else []


def _declared(node: Node) -> list[Post]:
    """The posts that JSON-LD holds."""
    value = node.get("liveBlogUpdate")
    posts = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            body = one.get("articleBody") or one.get("text") or one.get("description")
            lines = re.sub(r"<(?:br|/p|/div|/li)[^>]*>", "\n", body) if isinstance(body, str) else ""
            paragraphs = [text_of(re.sub(r"<[^>]+>", "", line)) for line in lines.split("\n")]
            text = "\n".join(line for line in paragraphs if line)
            if len(text.split()) >= _FEWEST_WORDS:
                day = normalise_date(text_of(one.get("datePublished")))
                posts.append(Post(text_of(one.get("headline")) or text_of(one.get("name")), text, day, None))
    return posts


def _seen(page: HtmlElement, declared: dict[str, str | None], days: set[str]) -> list[Post]:
    """The posts that stand on the page: the largest set of neighbours that each have a time of their own."""
    stamps = [e for e in page.iter("time") if not _in_list_beside(e)]
    if len(stamps) < 2:
        stamps = [
            e
            for e in page.iter("span", "div", "p", "small", "h3", "h4")
            if _STAMP.search(f"{e.get('class', '')} {e.get('itemprop', '')}")
            and len(" ".join(e.text_content().split())) < 60
            and _HOUR.search(e.text_content())
            and not _in_list_beside(e)
        ]
    stamps = stamps[:_MOST_POSTS]
    _gather(stamps)
    count: dict[HtmlElement, int] = {}
    for stamp in stamps:
        for parent in stamp.iterancestors():
            count[parent] = count.get(parent, 0) + 1
    groups: dict[HtmlElement, list[tuple[HtmlElement, HtmlElement]]] = {}
    for stamp in stamps:
        post = stamp
        # A post may hold a second time, of its last change; it ends where other posts begin.
        while (parent := post.getparent()) is not None and (
            count[parent] == 1 or (count[parent] == 2 and _holds_one(parent, stamps))
        ):
            post = parent
        if parent is not None and all(known is not post for known, _ in groups.get(parent, [])):
            groups.setdefault(parent, []).append((post, stamp))
    best: list[Post] = []
    for pairs in groups.values():
        posts = [_post(post, stamp, declared, days) for post, stamp in pairs]
        whole = [post for post in posts if post is not None]
        if sum(len(post.text) for post in whole) > sum(len(post.text) for post in best):
            best = whole
    return best


def _gather(stamps: list[HtmlElement]) -> None:
    """Put posts that only follow each other, heading, time and paragraphs in one element, in an element each."""
    parent = stamps[0].getparent() if stamps else None
    flat = [stamp for stamp in stamps if stamp.getparent() is parent]
    if parent is None or len(flat) < 2 or len(flat) < len(stamps):
        return
    children = list(parent)
    starts = []
    for stamp in flat:
        at = children.index(stamp)
        heads = at > 0 and children[at - 1].tag in ("h2", "h3", "h4", "h5")
        starts.append(at - 1 if heads else at)
    for start, end in pairwise([*starts, len(children)]):
        post = DIV()
        parent.insert(parent.index(children[start]), post)
        for child in children[start:end]:
            post.append(child)


def _in_list_beside(element: HtmlElement) -> bool:
    # Posts may be items of a list: only what stands in a sidebar is left out.
    return beside(element, lists=False)


def _holds_one(parent: HtmlElement, stamps: list[HtmlElement]) -> bool:
    """Whether all times in an element stand in one line of it, with no paragraph between them."""
    inner = [stamp for stamp in stamps if parent in stamp.iterancestors()]
    if len(inner) > 2:
        return False
    passed = 0
    for element in parent.iter():
        if element in inner:
            passed += 1
        elif 0 < passed < len(inner) and element.tag in ("p", "h1", "h2", "h3", "h4"):
            return False
    return True


def _post(element: HtmlElement, stamp: HtmlElement, declared: dict[str, str | None], days: set[str]) -> Post | None:
    heading = next((h for h in element.iter("h1", "h2", "h3", "h4", "h5") if h.text_content().strip()), None)
    while heading is not None and (stamp is heading or stamp in heading.iterdescendants()):
        heading = next((h for h in element.iter("h1", "h2", "h3", "h4", "h5") if stamp not in h.iter()), None)
    title = " ".join(heading.text_content().split()) if heading is not None else None
    lines = []
    for block in element.iter("p", "li", "blockquote", "h2", "h3", "h4", "h5"):
        inner = next(block.iter("p"), None) if block.tag != "p" else None
        if (
            block is heading
            or block is stamp
            or inner is not None
            or stamp in block.iter()
            or not is_body(block, element)
        ):
            continue
        words = " ".join(block.text_content().split())
        if words and not is_player_line(words):
            lines.append(words)
    if not lines:
        rest = deepcopy(element)
        for one in list(rest.iter("time", "h1", "h2", "h3", "h4", "h5", "figure", "script", "style", "button")):
            if one is not rest:
                one.drop_tree()
        lines = [" ".join(rest.text_content().split())]
    text = "\n".join(line for line in lines if line)
    if len(text.split()) < _FEWEST_WORDS:
        return None
    moment = declared.get(folded(title or "")) if title else None
    return Post(title, text, _moment(stamp, days) or moment, element.get("id"))


def _moment(stamp: HtmlElement, days: set[str]) -> str | None:
    """When a post is of: as its element declares it, else as it is printed, on the page's day where it has one only."""
    words = " ".join(stamp.text_content().split())
    printed = normalise_date(words)
    for name in ("datetime", "content", "data-datetime", "data-time", "data-timestamp", "data-published"):
        value = stamp.get(name)
        if value and (moment := normalise_date(int(value) if value.isdigit() and len(value) > 8 else value)):
            return local(moment, [], [(printed[:10], False)] if printed else [])
    day = printed[:10] if printed else next(iter(days)) if len(days) == 1 else None
    hour = _HOUR.search(words)
    if day is None or hour is None:
        return day
    hours = int(hour[1]) % 12 + (12 if hour[3].lower() == "p" else 0) if hour[3] else int(hour[1])
    return normalise_date(f"{day}T{hours:02}:{hour[2]}:00") or day

"""The day on which a page says that its article was published: what it declares, in its own local time."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from rashomon.read.dates import normalise_date
from rashomon.read.ldjson import Node, text_of

# In this order; what was created or changed is none of them.
_PROPERTIES = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "rnews:datepublished", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "cxenseparse:recs:publishtime", "publication_date", "publication-date",
    "publish-date", "publish_date", "publishdate", "published_time", "pubdate", "originalpublicationdate",
    "article.published", "date_published", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_ASIDE = re.compile(
    r"\b(?:aside|sidebar|related|recommend|teasers?|most-?read|trending|comments?|footer|promo|more-)", re.I
)
_DATED = re.compile(r"date|time|publish|posted|byline|meta|stamp", re.I)
_SAYS = re.compile(
    r"\b(?:written|(?:first )?published|posted|issued|released?|entered|input|created on)\b\s*:?\s*(?:on\s+|at\s+)?"
    r"(?P<date>[^/|•·]{6,40})",
    re.I,
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|changed|last)\b", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
# One moment that is written in two time zones; seconds are sometimes lost, and pages built a little later.
_SAME = timedelta(minutes=15)
_LONGEST = 120
# The article's own time is among the first; each is looked at with all that it stands in.
_MOST_TIMES = 200


def published_of(tree: HtmlElement, node: Node, url: str | None, config: dict[str, Any]) -> str | None:
    """The day, or None. ``config`` is the date finder's, which is asked last and without lists and sidebars."""
    declared = [normalise_date(text_of(node.get("datePublished"))), *_declared(tree)]
    times = [e for e in islice(tree.iter("time"), _MOST_TIMES) if not beside(e)]
    stamped = [normalise_date(e.get("datetime")) for e in times if not _is_change(e)]
    moments = [moment for moment in declared + stamped if moment]
    printed = _printed(tree)
    if moments:
        return local(moments[0], moments[1:], printed)[:10]
    said = next((day for day, says in printed if says), None)
    if said:
        return said
    address = _IN_ADDRESS.search(url or "")
    if address and (day := normalise_date("-".join(part.zfill(2) for part in address.groups()))):
        return day[:10]
    return normalise_date(find_date(_pruned(tree), url=url, **config))


def _declared(tree: HtmlElement) -> list[str | None]:
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            if name and element.get("content"):
                values.setdefault(name.lower(), element.get("content"))
    return [normalise_date(values.get(name)) for name in _PROPERTIES]


def beside(element: HtmlElement, *, lists: bool = True) -> bool:
    """Whether an element stands in a list, a sidebar or a comment rather than in the article."""
    for parent in (element, *element.iterancestors()):
        if parent.tag in ("aside", "nav", "footer", "blockquote") or (lists and parent.tag == "li"):
            return True
        if parent.tag not in ("body", "html", "article", "main") and _ASIDE.search(
            f"{parent.get('class', '')} {parent.get('id', '')}"
        ):
            return True
    return False


def _is_change(element: HtmlElement) -> bool:
    words = f"{element.get('class', '')} {element.get('itemprop', '')} {_before(element)} {element.text or ''}"
    return _CHANGED.search(words) is not None or "dateModified" in words


def _before(element: HtmlElement) -> str:
    """The words right before an element within its parent."""
    previous = element.getprevious()
    before = (
        previous.tail if previous is not None else element.getparent().text if element.getparent() is not None else ""
    )
    return (before or "")[-40:]


def _printed(tree: HtmlElement) -> list[tuple[str, bool]]:
    """Days that stand in short date lines of the article, and whether the line says that it was published then."""
    found = []
    looked = 0
    for element in tree.iter("time", "p", "span", "div", "small", "em", "dd"):
        if looked >= _MOST_TIMES:
            break
        if element.tag != "time" and not _DATED.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        looked += 1
        if len(element) > 10 or beside(element):
            continue
        words = " ".join(element.text_content().split())
        if not 6 <= len(words) <= _LONGEST:
            continue
        says = _SAYS.search(words)
        if (says is None and _CHANGED.search(words)) or (element.tag == "time" and _is_change(element)):
            continue
        day = _first_day(says["date"] if says else words)
        if day:
            found.append((day, says is not None))
    return found


def _first_day(words: str) -> str | None:
    """The first full date in a few words."""
    found = re.search(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", words)
    day = normalise_date(found[0] if found else words)
    return day[:10] if day else None


def local(moment: str, others: list[str], printed: list[tuple[str, bool]]) -> str:
    """The same moment as the page's own clock has it, where it is given in UTC."""
    if not moment.endswith("Z"):
        return moment
    when = datetime.fromisoformat(moment)
    for other in others:
        if len(other) > 19 and not other.endswith("Z") and abs(datetime.fromisoformat(other) - when) <= _SAME:
            return other
    utc = when.astimezone(UTC).date()
    days = [day for day, _ in printed]
    if utc.isoformat() in days or not days:
        return moment
    # No clock is more than 14 hours from UTC: the day before or after, as the hour allows.
    day = days[0]
    earliest, latest = (when - timedelta(hours=12)).date(), (when + timedelta(hours=14)).date()
    return day if earliest <= date.fromisoformat(day) <= latest else moment


def _pruned(tree: HtmlElement) -> HtmlElement:
    """The page without what stands beside its article, and without dates of making and changing."""
    page = deepcopy(tree)
    for element in list(page.iter("aside", "nav", "footer", "ul", "ol", "meta", "time", "p", "div", "span")):
        parent = element.getparent()
        if parent is None:
            continue
        name = f"{element.get('property', '')} {element.get('name', '')}"
        bad = re.search(r"creat|modif|updat", name, re.I) if element.tag == "meta" else beside(element)
        if element.tag in ("ul", "ol") or bad:
            element.drop_tree()
    return page

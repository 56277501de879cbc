"""Web pages: the article's text and what the page says about it. Nothing is fetched."""

import logging
import re
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from trafilatura import bare_extraction, load_html

from rashomon.model.article import Article, Failure
from rashomon.read.dates import normalise_date
from rashomon.read.decode import declared_encoding, decode
from rashomon.read.limits import Limits
from rashomon.read.text import admit, failure, text_article

# A tag this long is an inlined picture or an attack: checking its attributes is quadratic in the parser below.
_LONG_TAG = re.compile(r"<(/?[a-zA-Z][\w:-]{0,40})[^<>]{10000,}>")
_TAG = re.compile(rb"<[a-zA-Z!/?]")
_TITLE_END = re.compile(r"\s+[|\-–—:·]\s+([^|–—·]{2,60})$")

# What these two have to say about a page is said by a Failure; they must not write to the terminal themselves.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# No clock: the date finder would else refuse whatever lies after today. No search through the whole page either, since
# a date guessed from a sidebar is worse than none: ``mark`` looks for one in the article's own words.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


def read_html(ref: str, stream: BinaryIO, limits: Limits) -> Article | Failure:
    """One web page as one article; markup that cannot be read costs this page only."""
    data = stream.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        return failure(ref, f"the page is too large (at most {limits.page_bytes // 1_000_000} MB are read)")
    if not _TAG.search(data):
        return text_article(ref, data, limits)
    page = _LONG_TAG.sub(r"<\1>", decode(data, declared_encoding(data)).replace("\0", "\ufffd"))
    try:
        tree = load_html(page)
        if tree is None:
            return failure(ref, "no web page could be made of it; is it HTML?")
        elements = sum(1 for _ in tree.iter())
        if elements > limits.page_elements:
            return failure(
                ref, f"the page is too tangled ({elements:,} elements, at most {limits.page_elements:,} are read)"
            )
        found: Any = bare_extraction(
            tree, fast=True, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
        )
    except Exception as error:
        # Whatever a page makes the extractor trip over, the pages after it are still to be read.
        return failure(ref, f"the page could not be read ({type(error).__name__}: {error})")
    if found is None or not found.text:
        return failure(ref, "no article text was found on the page")
    named = found.sitename if found.sitename and "://" not in found.sitename else None
    outlet = named or _host(found.sitename) or _host(found.url)
    return admit(
        ref,
        found.text,
        limits=limits,
        title=_bare_title(found.title, outlet),
        outlet=outlet,
        url=found.url,
        authors=tuple(found.author.split("; ")) if found.author else (),
        published=normalise_date(found.date),
        published_from="page",
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None  # not an address at all
    return host.removeprefix("www.") if host else None


def _bare_title(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name that pages put after it."""
    end = _TITLE_END.search(title) if title else None
    if not title or not end or not outlet or _folded(end[1]) != _folded(outlet):
        return title
    return title[: end.start()]


def _folded(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())

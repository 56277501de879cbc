"""Web pages: the article's text and what the page says about it. Nothing is fetched."""

import re
from typing import BinaryIO

from trafilatura import load_html

from rashomon.model.article import Article, Failure
from rashomon.read.blocked import is_blocked
from rashomon.read.body import body_of
from rashomon.read.decode import declared_encoding, decode
from rashomon.read.described import describe
from rashomon.read.limits import Limits
from rashomon.read.live import posts_of
from rashomon.read.text import admit, failure, text_article

# A tag this long is an inlined picture or an attack: checking its attributes is quadratic in the parser below.
_LONG_TAG = re.compile(r"<(/?[a-zA-Z][\w:-]{0,40})[^<>]{10000,}>")
_TAG = re.compile(r"<[a-zA-Z!/?]")


def read_html(ref: str, stream: BinaryIO, limits: Limits) -> list[Article | Failure]:
    """One web page as one article, a live page as one for each post; what cannot be read costs this page only."""
    data = stream.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        return [failure(ref, f"the page is too large (at most {limits.page_bytes // 1_000_000} MB are read)")]
    whole = decode(data, declared_encoding(data))
    if not _TAG.search(whole):
        return [text_article(ref, data, limits)]
    page = _LONG_TAG.sub(r"<\1>", whole.replace("\0", "\ufffd"))
    try:
        tree = load_html(page)
        if tree is None:
            return [failure(ref, "no web page could be made of it; is it HTML?")]
        elements = sum(1 for _ in tree.iter())
        if elements > limits.page_elements:
            return [
                failure(
                    ref, f"the page is too tangled ({elements:,} elements, at most {limits.page_elements:,} are read)"
                )
            ]
        said = describe(tree)
        posts = posts_of(tree, said.node, said.window, said.url)
        text = "" if posts else body_of(tree)
    except Exception as error:
        # Whatever a page makes the extractor trip over, the pages after it are still to be read.
        return [failure(ref, f"the page could not be read ({type(error).__name__}: {error})")]
    if posts:
        return [
            admit(
                f"{ref}:{number}",
                post.text,
                limits=limits,
                title=post.title or said.title,
                outlet=said.outlet,
                url=f"{said.url}#{post.anchor}" if said.url and post.anchor else said.url,
                authors=said.authors,
                published=post.published,
                published_from="page",
            )
            for number, post in enumerate(posts, start=1)
        ]
    if not text:
        return [failure(ref, "no article text was found on the page")]
    if is_blocked(said.title, text):
        return [failure(ref, "no article is on the page: it checks the visitor, or says that it cannot be shown")]
    article = admit(
        ref,
        text,
        limits=limits,
        title=said.title,
        outlet=said.outlet,
        url=said.url,
        authors=said.authors,
        published=said.published,
        published_from="page",
    )
    return [article]

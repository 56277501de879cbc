"""The article's text on a page, a paragraph a line."""

from copy import deepcopy
from typing import Any

from lxml.html import HtmlElement
from trafilatura import bare_extraction


def body_of(tree: HtmlElement) -> str:
    """The text of the article; empty where the page has none."""
    found: Any = bare_extraction(deepcopy(tree), fast=True, include_comments=False, with_metadata=False)
    return (found.text or "") if found is not None else ""

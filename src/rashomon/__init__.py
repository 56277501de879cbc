"""Rashomon: many accounts, one event.

The public names, nothing else. Each is imported when it is first asked for, so ``import rashomon`` costs nothing.

>>> article = article_of("harbour.txt", text="“The ferry sails on Monday,” the minister said.")
>>> [quotation.content_text(article.text) for quotation in annotate(article).quotations]
['The ferry sails on Monday,']
"""

import importlib
from typing import TYPE_CHECKING, Any

from rashomon.model.version import VERSION

if TYPE_CHECKING:
    from rashomon.mark.annotate import annotate
    from rashomon.model.article import Article, Failure, article_of
    from rashomon.model.contract import dossier_json, dumps, marks_json, schema
    from rashomon.model.dossier import Dossier
    from rashomon.model.marks import Marks
    from rashomon.model.spans import Span
    from rashomon.run.grouping import group_articles
    from rashomon.run.local import local_engine
    from rashomon.run.pipeline import mark_articles, tell_articles
    from rashomon.run.reading import read_articles
    from rashomon.show.report import render_html, render_markdown
    from rashomon.store import open_store

__version__ = VERSION

__all__ = [
    "Article",
    "Dossier",
    "Failure",
    "Marks",
    "Span",
    "__version__",
    "annotate",
    "article_of",
    "dossier_json",
    "dumps",
    "group_articles",
    "local_engine",
    "mark_articles",
    "marks_json",
    "open_store",
    "read_articles",
    "render_html",
    "render_markdown",
    "schema",
    "tell_articles",
]

_HOMES = {
    "annotate": "mark.annotate",
    "Article": "model.article",
    "Failure": "model.article",
    "article_of": "model.article",
    "dossier_json": "model.contract",
    "dumps": "model.contract",
    "marks_json": "model.contract",
    "schema": "model.contract",
    "Dossier": "model.dossier",
    "Marks": "model.marks",
    "Span": "model.spans",
    "local_engine": "run.local",
    "group_articles": "run.grouping",
    "mark_articles": "run.pipeline",
    "read_articles": "run.reading",
    "tell_articles": "run.pipeline",
    "render_html": "show.report",
    "render_markdown": "show.report",
    "open_store": "store",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'rashomon' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"rashomon.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

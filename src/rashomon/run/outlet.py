"""What to call the outlet of an article."""

from pathlib import PurePath

from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.outlets import outlet_at
from rashomon.model.spans import Span


def outlet_of(article: Article, marks: Marks) -> tuple[str, str, tuple[Span, ...]]:
    """Its name, how it is known ("metadata", "text", "url", "file"), and the words that show it, where words do."""
    if article.outlet:
        return article.outlet, "metadata", ()
    if marks.outlet:
        return marks.outlet.name, "text", marks.outlet.evidence
    address = outlet_at(article.url)
    if address:
        return address, "url", ()
    return PurePath(article.ref).stem or article.ref, "file", ()

"""Credits that stand in an article's author field only: "By AP", "Reuters Staff", "Ann Lee, Associated Press"."""

import re

from rashomon.mark.credits.publisher import Publisher
from rashomon.mark.credits.relation import PICTURE_DESKS
from rashomon.mark.gazetteer import gazetteer
from rashomon.model.article import Article
from rashomon.model.marks import Credit

_BETWEEN = re.compile(r"\s*[,;|/&]\s*|\s+(?:and|AND)\s+")
# "By the", "Ann Lee of the", "Special to the"; behind the name what its staff is called.
_LEFT = re.compile(
    r"(?:(?:by|from|via|source:?|special to)\s+)?"
    r"(?:[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,4}\s+(?:of|for|at|with|-|–|—)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"(?:['’]s?)?(?:\s+(?:staff|writers?|news|wires?|agency|services?|contributors?|reports?|reporters?|correspondents?"
    r"|editors?))*\W*",
    re.IGNORECASE,
)
# Entries and characters of the author field that are read: a hostile field costs no more.
_MOST, _LONGEST = 20, 200


def field_credits(article: Article, publisher: Publisher) -> list[Credit]:
    """The agencies and other outlets that the author field names, each once, in its order; they have no span.

    An agency there is a wire credit, as in a dateline; an outlet other than the one that publishes, a reprint.
    """
    found: dict[str, Credit] = {}
    for entry in article.authors[:_MOST]:
        for piece in _BETWEEN.split(entry[:_LONGEST]):
            credit = _read(piece, publisher)
            if credit is not None and credit.known is not None:
                found.setdefault(credit.known, credit)
    return list(found.values())


def _read(piece: str, publisher: Publisher) -> Credit | None:
    for hit in gazetteer().scan(piece):
        entry = hit.entry
        if entry.kind not in ("agency", "outlet") or not entry.sure or entry.id in PICTURE_DESKS:
            continue
        if not (_LEFT.fullmatch(piece[: hit.start]) and _RIGHT.fullmatch(piece[hit.end :])):
            continue
        name = re.sub(r"^(?i:the)\s+", "", piece[hit.start : hit.end])
        if entry.kind == "agency":
            return Credit(None, name, "wire", entry.id, field="authors")
        if publisher.name and not publisher.is_called(name, entry.id):
            return Credit(None, name, "reprint", entry.id, field="authors")
    return None

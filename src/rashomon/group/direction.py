"""Which of two articles with the same words had them first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rashomon.model.article import Article
from rashomon.model.marks import Credit, Marks
from rashomon.model.spans import Span

Why = Literal["credit", "dateline", "published", "unknown"]

# A dateline's agency stands in one of the first lines, with a dash after its bracket: "ORREVIK (Polarpress) - ".
_DATELINE = re.compile(r"[^\w\n]{0,3}\s?[-–—]")
_TOP = 400


@dataclass(frozen=True, slots=True)
class Print:
    """What tells where an article's words come from: who published it, when, and whom it credits."""

    article_id: str
    outlet: str | None
    published: str | None
    credits: tuple[Credit, ...]
    datelines: tuple[Credit, ...]


def print_of(article: Article, marks: Marks) -> Print:
    """The article's outlet, time and credits, those of pictures aside."""
    credits = tuple(c for c in marks.credits if c.relation in ("wire", "reprint", "cites"))
    hint = marks.outlet.name if marks.outlet else None
    return Print(
        article_id=article.id,
        outlet=article.outlet or hint,
        published=article.published or marks.published,
        credits=credits,
        datelines=tuple(c for c in credits if _is_dateline(c, article.text)),
    )


def direction(earlier: Print, later: Print, here: Sequence[Span], there: Sequence[Span]) -> tuple[bool, Why]:
    """Whether the words went from ``earlier`` (the one read first) to ``later``, and what tells so.

    A dateline or a credit for the whole article or for a passage's words that names the other's outlet comes first, the
    times of publication next: different days, or different times of one day in one zone.

    Args:
        earlier: the article that was read first.
        later: the other one.
        here: the passages in the later one.
        there: the passages in the earlier one.

    Returns:
        (True, "unknown") where nothing tells.
    """
    forth, back = _credits(later, earlier, here), _credits(earlier, later, there)
    if bool(forth) != bool(back):
        return (True, forth) if forth else (False, back or "unknown")
    order = first_published(earlier.published, later.published)
    return (True, "unknown") if order is None else (order, "published")


def first_published(left: str | None, right: str | None) -> bool | None:
    """Whether ``left`` is the earlier of two ISO times of publication; None where they do not tell.

    Two days tell; two times of one day only if both have one, and in the same zone.

    >>> first_published("2024-05-06", "2024-05-07T09:30:00Z"), first_published("2024-05-06", "2024-05-06T09:30:00Z")
    (True, None)
    """
    if left is None or right is None:
        return None
    width = 10 if len(left) != len(right) or left[19:] != right[19:] else None
    one, other = left[:width], right[:width]
    return None if one == other else one < other


def outlet_key(name: str | None) -> str:
    """An outlet's name as it is compared: lower case, without "the"; empty where there is none.

    >>> outlet_key("The Nordpost")
    'nordpost'
    """
    return " ".join((name or "").casefold().replace("’", "'").split()).removeprefix("the ")


def _credits(one: Print, other: Print, passages: Sequence[Span]) -> Why | None:
    """Whether ``one`` credits the outlet of ``other`` for the passages, and how."""
    if not other.outlet or outlet_key(one.outlet) == outlet_key(other.outlet):
        return None
    found = [c for c in one.credits if _names(c, other.outlet) and _covers(c, passages)]
    if not found:
        return None
    return "dateline" if any(c in one.datelines for c in found) else "credit"


def _names(credit: Credit, outlet: str) -> bool:
    """Whether a credit means this outlet: by its name as written, or by the known agency's."""
    key = outlet_key(outlet)
    known = (credit.known or "").partition(":")[2].replace("-", " ")
    return bool(key) and key in (outlet_key(credit.name), known)


def _covers(credit: Credit, passages: Sequence[Span]) -> bool:
    if credit.scope is None:
        return credit.relation != "cites"
    return any(credit.scope.overlaps(passage) for passage in passages)


def _is_dateline(credit: Credit, text: str) -> bool:
    span = credit.span
    return (
        span is not None
        and credit.relation == "wire"
        and span.start < _TOP
        and _DATELINE.match(text, span.end) is not None
    )

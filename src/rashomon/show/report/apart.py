"""What sets outlets apart, ready to print: the words of one side, and what others share and one lacks."""

from collections.abc import Iterable, Sequence

from rashomon.model.spans import Span
from rashomon.model.story import Carried, ClaimGroup, Contrast, WordingChoice
from rashomon.show.report.marked import Excerpt, excerpt
from rashomon.show.report.register import Register
from rashomon.show.report.view import ContrastView, MissingView, QuotedWords, ReadingView
from rashomon.show.report.words import plain

# Excerpts shown of one side of a contrast; all of its words are in the evidence.
_EXCERPTS = 2


def contrast(book: Register, found: Contrast) -> ContrastView | None:
    """A contrast with the words in their sentences; where no word answers, the sentences of the others in its stead."""
    spans = [span for choice in (found.choice, *found.instead) for span in choice.evidence]
    line = book.line("V", found.choice.text, spans if found.instead else [*spans, *found.beside])
    if not line:
        return None
    side = _side(book, found.choice)
    instead = tuple(filter(None, (_side(book, choice) for choice in found.instead)))
    beside = () if instead else tuple(QuotedWords(book.cite(s), _whole(book, s)) for s in book.proven(found.beside))
    return ContrastView(line, side, instead, beside[:1]) if side else None


def _side(book: Register, choice: WordingChoice) -> ReadingView | None:
    spans = book.proven(choice.evidence)
    if not spans:
        return None
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.article_id, span)
    words = tuple(QuotedWords(book.cite(s), excerpt_of(book, s)) for s in first.values())
    return ReadingView(choice.text, book.data(spans), book.cites(spans), words[:_EXCERPTS])


def excerpt_of(book: Register, span: Span) -> Excerpt:
    """The words of a span in their sentence."""
    return excerpt(book.articles[span.article_id].article.text, span.start, span.end)


def _whole(book: Register, span: Span) -> Excerpt:
    return Excerpt(book.text(span), "", "", cut_before=False, cut_after=False)


def missing(
    book: Register, outlets: Sequence[str], claims: Sequence[ClaimGroup], carried: Iterable[Carried]
) -> tuple[MissingView, ...]:
    """For each outlet that lacks any: the lines that two other outlets or more carry, and nothing like it was found.

    The denominator is what those others share, not all that is told: what one other says may be that one's alone.
    """
    by_outlet: dict[str, list[Carried]] = {}
    for each in carried:
        if each.article in book.articles:
            by_outlet.setdefault(book.articles[each.article].outlet, []).append(each)
    views = []
    for outlet, own in by_outlet.items():
        expected = {id_ for each in own for id_ in (*each.carries, *each.unclear, *each.missing)}
        found = {id_ for each in own for id_ in (*each.carries, *each.unclear)}
        shared = [g for g in claims if g.id in expected and len({*book.outlets(g.articles)} - {outlet}) > 1]
        lines = tuple(
            (book.labels[g.id], g.id, plain(g.text)) for g in shared if g.id not in found and g.id in book.labels
        )
        if lines:
            views.append(MissingView(outlet, book.keys[own[0].article], lines, len(shared)))
    return tuple(sorted(views, key=lambda v: outlets.index(v.outlet)))

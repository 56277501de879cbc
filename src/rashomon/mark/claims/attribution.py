"""Whose word a clause is: the quotation that it stands in."""

from collections.abc import Sequence

from rashomon.mark.claims.surroundings import SHORTEST, Surroundings
from rashomon.model.marks import Credit, Quotation
from rashomon.model.spans import Span

# Share of a clause, in tenths, that a quotation has to cover to be where it stands: the ends of both are blurred.
_COVERED = 7


class Voices:
    """Who speaks around one sentence: its quotations, and the media it cites."""

    def __init__(self, text: str, quotations: Sequence[Quotation], cited: Sequence[Credit]) -> None:
        self.text = text
        self.quotations = quotations
        self._cited = cited

    def of(self, span: Span, owner: Span | None = None) -> tuple[Span | None, bool]:
        """Whose word a clause is, and whether all of it stands in quotation marks.

        The speaker is that of the innermost quotation that covers most of it, else ``owner``, whose words the clause
        is called ("her claim that …"), else the medium that is cited beside it ("…, Reuters reported"). A clause that
        holds the cue itself ("is expected to meet") is not inside what the cue reports.
        """
        best: Quotation | None = None
        for quotation in self.quotations:
            if not quotation.voiced or (quotation.cue and span.covers(quotation.cue)):
                continue
            covered = 0
            for part in quotation.content:
                covered += max(0, min(span.end, part.end) - max(span.start, part.start))
            inner = best is None or _length(quotation) < _length(best)
            if inner and covered * 10 >= _COVERED * (span.end - span.start):
                best = quotation
        if best is None:
            return owner or self._cited_beside(span), False
        quoted = best.kind == "direct" or (best.kind == "mixed" and self._marked(best, span))
        return best.speaker, quoted

    def _cited_beside(self, span: Span) -> Span | None:
        for credit in self._cited:
            if credit.scope and credit.scope.covers(span) and credit.span and not span.overlaps(credit.span):
                return credit.span
        return None

    def _marked(self, quotation: Quotation, span: Span) -> bool:
        """Whether the clause stands between the quotation marks of partly quoted speech."""
        before = self.text[max(0, quotation.content[0].start - 1) : span.start]
        after = self.text[span.end : quotation.content[-1].end + 2]
        if before.count("“") > before.count("”"):
            return "“" not in self.text[span.start : span.end] and "”" in after
        return before.count('"') % 2 == 1 and '"' in after and '"' not in self.text[span.start : span.end]


def _length(quotation: Quotation) -> int:
    return quotation.content[-1].end - quotation.content[0].start


def without_report(context: Surroundings, begin: int, stop: int, quotations: Sequence[Quotation]) -> tuple[int, int]:
    """The clause without what stands before reported speech: a parse may hang "told the Post that …" on the Post."""
    tree = context.tree
    for quotation in quotations:
        if quotation.kind != "indirect" or quotation.cue is None:
            continue
        start = quotation.content[0].start
        first, last = tree.start[begin], tree.start[stop - 1]
        if quotation.cue.start < first < start < last <= quotation.content[-1].end:
            inner = tree.before(start)
            return (inner + 1 if stop - inner > SHORTEST and tree.lower[inner] == "that" else inner), stop
    return begin, stop

"""Whose word a clause is: the quotation that it stands in."""

from collections.abc import Sequence

from rashomon.mark.claims.surroundings import SHORTEST, Surroundings
from rashomon.model.marks import Quotation
from rashomon.model.spans import Span

# Share of a clause, in tenths, that a quotation has to cover to be where it stands: the ends of both are blurred.
_COVERED = 7


def attribution(span: Span, quotations: Sequence[Quotation]) -> tuple[Span | None, bool]:
    """Whose word the clause is, and whether it is quoted directly.

    The speaker is that of the innermost quotation that covers most of it. A clause that holds the cue itself ("is
    expected to meet") is not inside what the cue reports.
    """
    best: Quotation | None = None
    for quotation in quotations:
        if not quotation.voiced or (quotation.cue and span.covers(quotation.cue)):
            continue
        covered = 0
        for part in quotation.content:
            covered += max(0, min(span.end, part.end) - max(span.start, part.start))
        if covered * 10 >= _COVERED * (span.end - span.start) and (best is None or _length(quotation) < _length(best)):
            best = quotation
    if best is None:
        return None, False
    return best.speaker, best.kind == "direct"


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

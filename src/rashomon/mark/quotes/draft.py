"""A quotation while it is being put together."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.model.marks import ChainLink, QuotationKind
from rashomon.model.spans import Span


@dataclass(slots=True)
class Draft:
    """What will become one ``Quotation``: ``content`` in half-open characters, ``verb`` the cue's token, if it has one.

    ``voiced`` tells that the cue tells of words, not of a thought.
    """

    content: list[tuple[int, int]]
    kind: QuotationKind
    cue: Span | None = None
    verb: int | None = None
    speaker: Span | None = None
    speaker_token: int | None = None
    chain: list[ChainLink] = field(default_factory=list)
    paragraph: int = 0
    runs_on: bool = False
    closed_at: int = 0
    voiced: bool = True

    @property
    def start(self) -> int:
        """The first character of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """The end of the content."""
        return self.content[-1][1]


# Quotations before and after a place among which those around it are looked for: people nest three or four, so more
# would only let a hostile page cost the square of its quotations.
NEAR = 12


class Row:
    """An article's quotations in order of their first character, asked for those near a place."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = sorted(drafts, key=lambda draft: (draft.start, -draft.end))
        self._starts = [draft.start for draft in self._drafts]

    def near(self, at: int) -> Sequence[Draft]:
        """The quotations that begin nearest to the character ``at``, in order."""
        place = bisect_right(self._starts, at)
        return self._drafts[max(0, place - NEAR) : place + NEAR]

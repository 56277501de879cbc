"""A quotation while it is being put together."""

from dataclasses import dataclass, field

from rashomon.model.marks import ChainLink, QuotationKind
from rashomon.model.spans import Span


@dataclass(slots=True)
class Draft:
    """What will become one ``Quotation``: ``content`` in half-open characters, ``verb`` the cue's token, if it has one.

    ``window`` is the tokens beside direct speech in which its cue was found.
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

    @property
    def start(self) -> int:
        """The first character of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """The end of the content."""
        return self.content[-1][1]

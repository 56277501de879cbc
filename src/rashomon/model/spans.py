"""The one currency of the system: a stretch of one article's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of code points in one article's text.

    >>> Span("a_1", 4, 9).cut("The flood rose.")
    'flood'
    """

    article_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span must satisfy 0 <= start < end, got [{self.start}, {self.end})")

    def cut(self, text: str) -> str:
        """The words of ``text`` that the span covers.

        Raises:
            ValueError: the span reaches past the end of ``text``: it belongs to another text.
        """
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) reaches past a text of {len(text)} characters")
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether both cover at least one common character of the same article.

        >>> Span("a_1", 0, 4).overlaps(Span("a_1", 3, 9))
        True
        """
        return self.article_id == other.article_id and self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.article_id == other.article_id and self.start <= other.start and other.end <= self.end

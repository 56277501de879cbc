"""How much of one input is read at most: one hostile file must not take the memory or the hour of all others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one input.

    ``text_chars``: code points of one article's text (the parser refuses more). ``page_bytes`` and ``page_elements``:
    of one HTML page; extraction is quadratic in the elements at its worst, 20,000 take three seconds, and news pages
    have a few thousand. ``json_bytes``: of one JSON file that is not JSON Lines, the only kind held whole.
    ``skip_bytes``: how far a line over the limit is followed to find its end before the rest of its file is given up.
    """

    text_chars: int = 1_000_000
    page_bytes: int = 10_000_000
    page_elements: int = 20_000
    json_bytes: int = 50_000_000
    skip_bytes: int = 1_000_000_000

    @property
    def text_bytes(self) -> int:
        """Bytes that a text of ``text_chars`` may take in any encoding that is read (four a character, and a BOM)."""
        return 4 * self.text_chars + 4

    @property
    def line_bytes(self) -> int:
        """Bytes that a JSON row may take: its text, escaped at worst as six bytes a character, and as much besides."""
        return 12 * self.text_chars

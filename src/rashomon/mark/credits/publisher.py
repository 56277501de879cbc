"""The outlet that publishes an article, as its own text calls it."""

import functools
import re
from collections.abc import Iterable, Iterator

from rashomon.mark.gazetteer import fold, gazetteer
from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import OutletHint
from rashomon.model.outlets import outlet_at, outlet_keys, same_outlet

# What an outlet calls itself without its name: "this newspaper"; the first letter is left out for a fast search.
_THIS = re.compile(
    r"his (?:newspaper|paper|news ?site|website|magazine|news organi[sz]ation|network|news agency|reporter)(?!\w)"
)


_NOTE = re.compile(r"^(?i:the)\s+|\s*\([^()]*\)|\s+(?:[Oo]nline|Web)\b|\s+[-–—]\s+\w+$")


@functools.cache
def outlet_words() -> tuple[str, ...]:
    """The words that outlets' names end in."""
    return tuple(data_lines("rashomon.mark", "outlet_words.txt"))


class Publisher:
    """Who publishes: by metadata or by the text, None where neither tells."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        # A collection's own note is no part of the name: "CNN (Web News)", "Fox Online News".
        bare = _NOTE.sub("", name).strip() if name else ""
        entry = gazetteer().named(bare) or gazetteer().named(f"The {bare}") if bare else None
        listed = entry is not None and entry.kind in ("agency", "outlet")
        # "Reuters - World News" and "apnews.com" are listed as well, though no text calls them so.
        self.known = entry.id if entry and listed else next((k for k in outlet_keys(name) if ":" in k), None)
        self._squeezed = "".join(re.findall(r"\w+", fold(bare)))
        words = bare.split()
        self._short = words[-1] if len(words) > 1 and words[-1] in outlet_words() else None
        self._bare = bare if len(bare) > 1 else None

    @classmethod
    def of(cls, article: Article, hint: OutletHint | None = None) -> "Publisher":
        """The publisher of ``article`` by its metadata, else by its text, else by its address."""
        return cls(article.outlet or (hint.name if hint else None) or outlet_at(article.url))

    def is_called(self, name: str, known: str | None) -> bool:
        """Whether a name, with the gazetteer's id of it, is this outlet's; a site's address tells its name."""
        if known is not None and self.known is not None:
            return same_outlet(known) == same_outlet(self.known)
        squeezed = "".join(re.findall(r"\w+", fold(name)))
        return bool(self._squeezed) and len(squeezed) > 2 and (squeezed in self._squeezed or self._squeezed in squeezed)

    def mentions(self, text: str) -> list[tuple[int, int]]:
        """Half-open characters where the text names this outlet, also as "the Observer" and "this newspaper"."""
        found = [(m.start() - 1, m.end()) for m in _THIS.finditer(text) if m.start() and text[m.start() - 1] in "Tt"]
        found += occurrences(text, [self._bare] if self._bare else [])
        for start, end in occurrences(text, [self._short] if self._short else []):
            # "The Observer" is this outlet; "the Kestrel Observer" and "the Observer Building" are something else.
            if text[max(0, start - 4) : start].lower() == "the " and not re.match(r" ?[A-Z&]", text[end : end + 2]):
                found.append((start, end))
        return sorted(found)


def occurrences(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Half-open characters of each of some words in ``text``, word by word: faster than one pattern."""
    for word in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
                yield start, end
            start = text.find(word, end)

"""A mention in the making, and the article as its rules read it."""

from bisect import bisect_right
from dataclasses import dataclass, field

from rashomon.mark.gazetteer import Entry, plain, rows
from rashomon.mark.tree import Tree
from rashomon.model.marks import MentionForm, MentionKind, Place


def titles() -> dict[str, tuple[str, str]]:
    """Lower-case title word -> (honorific | office | kin, gender or "")."""
    return {row[0].casefold(): (row[1], row[2] if len(row) > 2 else "") for row in rows("titles.tsv")}


TITLES = titles()


@dataclass(slots=True, eq=False)
class Found:
    """A mention in the making; ``first`` and ``last`` are its half-open token range."""

    start: int
    end: int
    first: int
    last: int
    kind: MentionKind
    name: str
    label: str = ""
    entry: Entry | None = None
    known: str | None = None
    place: Place | None = None
    form: MentionForm = "name"
    role: tuple[int, int] | None = None
    antecedent: "Found | None" = None
    metonym: bool = False
    gender: str = ""


@dataclass(slots=True)
class Reading:
    """One article's text and parse, with what several rules look up again and again."""

    text: str
    tree: Tree
    plain: str = field(init=False)
    # The tokens that are title words, also in the plural; those that the parser takes for proper nouns.
    titled: list[int] = field(init=False)
    proper: list[int] = field(init=False)
    # The words as they are written.
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = plain(self.text)
        words = {word for word in set(self.tree.lower) if word in TITLES or word.rstrip("s") in TITLES}
        self.titled = [place for place, word in enumerate(self.tree.lower) if word in words]
        self.words = frozenset(self.tree.text)
        self.proper = [place for place, pos in enumerate(self.tree.pos) if pos == "PROPN"]

    def token_at(self, char: int) -> int:
        """Index of the token that covers the character ``char``."""
        return max(0, bisect_right(self.tree.start, char) - 1)

    def found(self, start: int, end: int, kind: MentionKind, label: str = "") -> Found:
        """A mention of the characters ``[start, end)``."""
        first, last = self.token_at(start), self.tree.before(end)
        name = " ".join(self.plain[start:end].replace("\u00ad", "").split())
        return Found(start, end, first, last, kind, name, label)

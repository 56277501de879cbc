"""Which of several bearers a family name alone stands for: the one that the text is speaking of just there."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rashomon.mark.drafts import TITLES, Found, Reading
from rashomon.mark.language import paragraphs
from rashomon.mark.roles import role_words, title_at
from rashomon.mark.tree import Tree

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
# A clause of this kind carries the sentence on; relative and adverbial clauses are asides.
_MAIN = frozenset(("conj", "parataxis"))
# Where a description stands beside somebody whom it does not describe: "shares the minister's surname".
_ASIDE = frozenset(("poss", "pobj", "dobj"))
_DEPTH = 8


@dataclass(slots=True)
class Person:
    """One person of the article: the mentions in full, and what is said of him or her."""

    key: tuple[str, ...]
    full: list[Found] = field(default_factory=list)
    short: int = 0
    kin: bool = False
    gender: str = ""
    offices: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


class Namesakes:
    """Chooses among bearers of one name, in order of the text: what was chosen before counts."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.paragraph_starts = [start for start, _ in paragraphs(reading.text)]
        self.spoken_of: dict[str, tuple[Person, int]] = {}

    def choose(self, mention: Found, candidates: Sequence[tuple[int, Person]]) -> Person:
        """Whom the short name ``mention`` means; candidates are (0 family name or 1 first name, person), one or more.

        A title beside the name decides, then "the other". Else the name stays with the one whom it last stood for,
        until its paragraph makes another the subject of a main clause; a first use goes to the latest such subject of
        its paragraph or the one before, or else to whom the article names most.
        """
        at = mention.start
        tiers = [(person.kin, person.full[0].start > at, place) for place, person in candidates]
        fitting = [person for tier, (_, person) in zip(tiers, candidates, strict=True) if tier == min(tiers)]
        spoken, since = self.spoken_of.get(mention.name, (None, 0))
        chosen = self._by_title(mention, fitting) or self._by_other(at, fitting, spoken, since)
        if chosen is None and len(fitting) > 1:
            held = spoken if spoken in fitting else None
            start = max(self._paragraph(at, 0 if held else 1), since)
            chosen = self._subject_between(start, mention, fitting, reported=held is None) or held
        chosen = chosen or min(fitting, key=lambda person: _less_named(person, at))
        self.spoken_of[mention.name] = (chosen, at)
        return chosen

    def _paragraph(self, char: int, back: int) -> int:
        """Where the paragraph of ``char`` begins, or one ``back`` before it."""
        number = bisect_right(self.paragraph_starts, char) - 1 - back
        return self.paragraph_starts[number] if number >= 0 else 0

    def _by_title(self, mention: Found, fitting: Sequence[Person]) -> Person | None:
        """ "Captain Roe": the one who is a captain elsewhere."""
        if mention.role is None:
            return None
        words = {word for word in role_words(self.reading, mention.role) if TITLES.get(word, ("",))[0] == "office"}
        holding = [person for person in fitting if person.offices & words]
        return holding[0] if len(holding) == 1 else None

    def _by_other(self, at: int, fitting: Sequence[Person], spoken: Person | None, since: int) -> Person | None:
        """ "The other Roe": not the one spoken of last."""
        if len(fitting) != 2 or not self.reading.plain[max(0, at - 10) : at].casefold().endswith("the other "):
            return None

        def last(person: Person) -> int:
            named = max((full.start for full in person.full if full.start < at), default=-1)
            return max(named, since) if person is spoken else named

        return min(fitting, key=last)

    def _subject_between(
        self, start: int, mention: Found, fitting: Sequence[Person], *, reported: bool
    ) -> Person | None:
        """The latest of ``fitting`` who is the subject of a main clause from ``start`` to the mention."""
        tree = self.reading.tree
        heads = {full.last - 1: person for person in fitting for full in person.full}
        for index in range(mention.first - 1, self.reading.token_at(start) - 1, -1):
            person = heads.get(index)
            if person is not None and _leads(tree, index, reported=reported):
                return person
            if person is None and tree.dep[index] in _SUBJECT and _leads(tree, index, reported=reported):
                described = self._described(index, fitting)
                if described is not None:
                    return described
        return None

    def _described(self, index: int, fitting: Sequence[Person]) -> Person | None:
        """Whom "the minister" means: the one who is called so, or the one left when others are told apart from him."""
        tree = self.reading.tree
        title = title_at(self.reading, index)
        if title is None or title[0] != "office" or not any(tree.lower[c] == "the" for c in tree.children[index]):
            return None
        office = tree.lower[index]
        holding = [person for person in fitting if office in person.offices]
        if not holding:
            holding = [person for person in fitting if not person.offices and not self._beside(person, office)]
        return holding[0] if len(holding) == 1 else None

    def _beside(self, person: Person, office: str) -> bool:
        """Whether a sentence names ``person`` and speaks of the bearer of ``office`` as somebody else."""
        tree = self.reading.tree
        return any(
            tree.lower[at] == office and tree.dep[at] in _ASIDE and not _within(tree.start[at], full.role)
            for full in person.full
            for at in range(tree.sentence[full.last - 1], tree.stop[full.last - 1])
        )


def _within(char: int, role: tuple[int, int] | None) -> bool:
    return role is not None and role[0] <= char < role[1]


def _less_named(person: Person, at: int) -> tuple[int, int]:
    """Of two who are named as often, and of whom neither is spoken of all along, the one named last comes first."""
    latest = max((full.start for full in person.full if full.start < at), default=-person.full[0].start)
    return -len(person.full) - (person.short > 1), -latest


def _leads(tree: Tree, at: int, *, reported: bool) -> bool:
    """Whether a name is the subject of its sentence: "the ship's master, Ann Roe, gathered them".

    ``reported`` counts what somebody says of the name too ("the agency reported that Ann Roe was ill").
    """
    if tree.dep[at] == "appos":
        at = tree.head[at]
    if tree.dep[at] not in _SUBJECT:
        return False
    return any(tree.dep[verb] == "ROOT" for verb in _upwards(tree, tree.head[at], reported))


def _upwards(tree: Tree, verb: int, reported: bool) -> Iterator[int]:
    for _ in range(_DEPTH):
        yield verb
        if tree.dep[verb] not in _MAIN and not (reported and tree.dep[verb] == "ccomp"):
            return
        verb = tree.head[verb]

"""When do two names name one body? Legal forms, initials, states in front, and names cut short.

A short name is tied to a longer one by what articles do: they tell the whole name, then go on with a part of it
("Northrop Grumman … Northrop"). Nobody calls one body by two names in one sentence: "Apple showed the Apple TV" speaks
against it. Where a story has two that begin alike ("Apple Computer", "Apple Corps"), each article decides for itself,
and an article that has both leaves the short name to itself.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rashomon.align.coreference.names import fold, initials_of
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks, Mention

Words = tuple[str, ...]
# A whole name is told this often at least, and the short one so many times more often at most: "Mac News" once beside
# "Mac", "DNC Server" twice beside forty of "DNC" are other things. No real pair of MEANTIME and NewsWCL50 lies beyond.
FEWEST_WHOLE, MOST_SHORT = 2, 8
_LITTLE = frozenset({"and", "the"})


@functools.cache
def _legal_forms() -> frozenset[str]:
    return frozenset(data_lines("rashomon.align", "legal_forms.txt"))


@functools.cache
def _alike() -> frozenset[str]:
    """Parts of names that many bodies have: alone they name none of them."""
    return frozenset(data_lines("rashomon.align", "common_parts.txt"))


@functools.lru_cache(maxsize=65536)
def body_words(name: str) -> Words:
    """The telling words of a body's, place's or thing's name: initials in one, no "and", no legal form at the end.

    >>> body_words("Birch & Sons Inc.") == body_words("Birch and Sons"), body_words("the F.B.I.")
    (True, ('fbi',))
    >>> body_words("Nordic Herring Co. Ltd.")
    ('nordic', 'herring')
    """
    words: list[str] = []
    initials = False
    for word in fold(name):
        if len(word) == 1 and word.isalpha() and initials:
            words[-1] += word
        elif word not in _LITTLE:
            words.append(word)
        initials = len(word) == 1 and word.isalpha()
    while len(words) > 1 and words[-1] in _legal_forms():
        words.pop()
    return tuple(words)


class Bodies:
    """The names of a story's organisations, and for each short one the whole one that an article means by it.

    Args:
        marks: of each article, in order.
    """

    def __init__(self, marks: Iterable[Marks]) -> None:
        self._states: dict[Words, str] = {}
        self._known: dict[Words, str] = {}
        self._here: dict[str, set[Words]] = {}
        marks = list(marks)
        for own in marks:
            for m in _named(own):
                if m.known and m.known.startswith("state:"):
                    self._states.setdefault(body_words(m.name), m.known)
                elif m.known:
                    self._known.setdefault(body_words(m.name), m.known)
        bodies = {own.article_id: [m for m in _named(own) if _is_body(m)] for own in marks}
        self._here = {a: {self.words(m.name) for m in own} for a, own in bodies.items()}
        self._times = Counter(self.words(m.name) for own in bodies.values() for m in own)
        self._acronyms = self._spelled_out({m.name for own in bodies.values() for m in own})
        self._whole: dict[str, dict[Words, Words]] = {}
        votes: dict[Words, Counter[Words]] = defaultdict(Counter)
        for own in marks:
            apart = self._together(own, bodies[own.article_id])
            whole = self._wholes(own, bodies[own.article_id], apart)
            self._whole[own.article_id] = whole
            for short, long in whole.items():
                votes[short][long] += 1
            for short, long in apart:
                votes[short][long] -= 1
        # Elsewhere the short name means what it means in the articles that tell the whole one, where these agree.
        self._usual: dict[Words, Words] = {}
        for short, longs in votes.items():
            likely = [long for long, count in longs.items() if count > 0]
            if len(likely) == 1:
                self._usual[short] = likely[0]
        for short, long in self._usual.items():
            if short in self._known:
                self._known.setdefault(long, self._known[short])

    def known(self, name: str) -> str | None:
        """The gazetteer's id of a body that other mentions of the story bear under this very name ("F.B.I.")."""
        return self._known.get(body_words(name))

    def words(self, name: str) -> Words:
        """The telling words of a name, a state in front of it under its id ("U.S. Air Force")."""
        words = body_words(name)
        for count in range(min(4, len(words) - 1), 0, -1):
            state = self._states.get(words[:count])
            if state:
                return (state, *words[count:])
        return words

    def whole(self, name: str, article: str) -> Words:
        """The words of the whole name that ``article`` means by ``name``."""
        words = self.words(name)
        words = self._acronyms.get(words, words)
        here = self._whole.get(article, {})
        if words in here:
            return here[words]
        rivals = {w for w in self._here.get(article, ()) if _shortens(words, w)}
        usual = self._usual.get(words)
        return usual if usual and rivals <= {usual} else words

    def _together(self, marks: Marks, bodies: Sequence[Mention]) -> set[tuple[Words, Words]]:
        """Short and longer names that stand in one sentence, each for itself."""
        found = set()
        for sentence in marks.sentences:
            names = {self.words(m.name) for m in bodies if sentence.span.covers(m.span)}
            found |= {(a, b) for a in names for b in names if _shortens(a, b)}
        return found

    def _wholes(self, marks: Marks, bodies: Sequence[Mention], apart: set[tuple[Words, Words]]) -> dict[Words, Words]:
        first: dict[Words, int] = {}
        headline = marks.sentences[0].span.end if marks.sentences else 0
        for m in bodies:
            first.setdefault(self.words(m.name), m.span.start)
        found = {}
        for short, at in first.items():
            longer = [long for long in first if _shortens(short, long)]
            if len(longer) != 1 or (short, longer[0]) in apart:
                continue
            often = self._times[longer[0]]
            if often < FEWEST_WHOLE or self._times[short] > MOST_SHORT * often:
                continue
            if first[longer[0]] < at or at < headline:
                found[short] = longer[0]
        return found

    def _spelled_out(self, names: set[str]) -> dict[Words, Words]:
        """Three initials or more: the story's only organisation whose words begin with them."""
        begun: dict[str, set[Words]] = defaultdict(set)
        for name in names:
            for letters in initials_of(name):
                begun[letters].add(self.words(name))
        for whole in self._times:
            if whole and whole[0].startswith("state:"):
                begun[_initials(whole)].add(whole)
        found: dict[Words, Words] = {}
        for short in sorted(names):
            words = body_words(short)
            if len(words) != 1 or not 3 <= len(words[0]) <= 8 or not short.replace(".", "").isupper():
                continue
            full = set(begun[words[0]])
            full.discard(words)  # "D.N.C." is "DNC" written otherwise
            if len(full) == 1:
                found[words] = full.pop()
        return found


def _named(marks: Marks) -> Iterator[Mention]:
    return (m for m in marks.mentions if m.form == "name")


def _is_body(mention: Mention) -> bool:
    return mention.kind == "ORG" and not (mention.known or "").startswith(("state:", "region:"))


def _initials(words: Words) -> str:
    code = words[0].removeprefix("state:").lower()
    return code + "".join(w[0] for w in words[1:])


def _shortens(short: Words, long: Words) -> bool:
    """ "Northrop" of "Northrop Grumman", "Air Force" of the US one; not "Boeing" of its "Commercial Airplanes"."""
    if len(long) != len(short) + 1 or (set(short) <= _alike() and not long[0].startswith("state:")):
        return False
    return long[:-1] == short or (long[0].startswith("state:") and long[1:] == short)

"""Make changes of one fact in real articles: a number, a day, a place, a name or a not, in one article of a pair.

A fact is planted only where something that is not ours says that both articles make the statement: two sentences whose
cosine in plain TF-IDF (scikit-learn, over the sentences of both articles) is between ALIKE and COPIED, and that print
the same number, day, place, name or verb. An outlet that has it otherwise has it so throughout, so the change is made
wherever the value stands in its article; values that stand in more than two places are left alone.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from rashomon.model.marks import Mention
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked

PlantKind = Literal["number", "time", "place", "identity", "polarity"]
KINDS: tuple[PlantKind, ...] = ("number", "time", "place", "identity", "polarity")
# Cosines of TF-IDF between which two sentences are taken to make one statement in words of their own.
ALIKE, COPIED = 0.45, 0.97
# A value that stands in more places of its article is its topic.
PLACES = 2
# Sentences of fewer words are headings and buttons.
SHORTEST = 7

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATE = re.compile(r"((?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? )(\d{1,2})\b")
_CITIES = ("Dayton", "Fresno", "Tampa", "Tulsa", "Omaha", "Leeds", "Lyon", "Turin", "Bremen", "Izmir", "Kano", "Lima")
_STATES = ("Portugal", "Norway", "Kenya", "Bolivia", "Jordan", "Malaysia", "Latvia", "Chile", "Morocco", "Nepal")
_REGIONS = ("Oregon", "Kansas", "Nebraska", "Vermont", "Idaho", "Delaware", "Montana", "Iowa")
_PEOPLE = ("Peter Callow", "Ruth Hanley", "Martin Oakes", "Laura Benning", "Simon Farrow", "Ellen Marsh", "Paul Quist")
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COUNT = re.compile(rf"(?<![\w.,:/-])(\d[\d,]*(?:\.\d+)?|{'|'.join(_WORDS)}) (?=([a-z]{{3,}}))", re.I)
_DAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)}|{_DATE.pattern})\b")
_VERB = re.compile(r"\b(is|are|was|were|will|has|have|had|can|could|should) (?!not\b|n.t\b|been\b)[a-z]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATION = re.compile(r"\b(?:not|no|never|nor|without)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True)
class Plant:
    """One change, yet to be made.

    Attributes:
        text: the changed article's new text.
        places: where in it the new words stand; those that stand in the shared statement first.
        other: the same statement in the other article.
        alike: how alike the two sentences were before.
    """

    kind: PlantKind
    text: str
    title: str | None
    places: tuple[tuple[int, int], ...]
    other: Span
    alike: float
    was: str
    now: str


def plants(one: Marked, other: Marked, chance: random.Random) -> dict[PlantKind, list[Plant]]:
    """All changes that can be planted into ``one``, by kind."""
    found: dict[PlantKind, list[Plant]] = {}
    for mine, theirs, alike in shared_statements(one, other):
        for kind, span, now in _changes(one, other, mine, theirs, chance):
            plant = _plant(kind, one, mine, theirs, span, now, alike)
            own = found.setdefault(kind, [])
            if plant and plant.places[0] not in {p.places[0] for p in own}:
                own.append(plant)
    return found


def shared_statements(one: Marked, other: Marked) -> Iterator[tuple[Span, Span, float]]:
    """Sentences of both articles that plain TF-IDF takes for one statement, each of ``one`` with its likest."""
    spans = [[s.span for s in m.marks.sentences if _is_told(s.span, m)] for m in (one, other)]
    if not all(spans):
        return
    texts = [s.cut(m.article.text) for own, m in zip(spans, (one, other), strict=True) for s in own]
    weights = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    cosines = np.asarray((weights[: len(spans[0])] @ weights[len(spans[0]) :].T).todense())
    for i, j in enumerate(cosines.argmax(axis=1).tolist()):
        if ALIKE <= cosines[i, j] <= COPIED:
            yield spans[0][i], spans[1][j], float(cosines[i, j])


def _is_told(sentence: Span, marked: Marked) -> bool:
    """Whether a sentence tells something in the outlet's own voice: it is long enough and no direct speech."""
    if len(sentence.cut(marked.article.text).split()) < SHORTEST:
        return False
    speech = [p for q in marked.marks.quotations if q.kind != "indirect" for p in q.content]
    quoted = sum(min(p.end, sentence.end) - max(p.start, sentence.start) for p in speech if p.overlaps(sentence))
    return quoted * 3 < sentence.end - sentence.start


def _changes(
    one: Marked, other: Marked, mine: Span, theirs: Span, chance: random.Random
) -> Iterator[tuple[PlantKind, Span, str]]:
    both = one.article.text + other.article.text
    left, right = mine.cut(one.article.text), theirs.cut(other.article.text)
    counted = {(m[1].lower(), m[2]) for m in _COUNT.finditer(right)}
    for match in _COUNT.finditer(left):
        same = (match[1].lower(), match[2]) in counted and not _YEAR.fullmatch(match[1])
        if same and (new := _other_number(match[1], both, chance)):
            yield "number", _within(mine, match.start(1), match.end(1)), new
    days = {m[0] for m in _DAY.finditer(right)}
    for match in _DAY.finditer(left):
        if match[0] in days and (new := another_day(match[0], chance)):
            yield "time", _within(mine, match.start(), match.end()), new
    for mention in _named_in_both(one, other, mine, theirs):
        if mention.kind == "PLACE" and mention.place:
            yield "place", mention.span, another_place(mention, both, chance)
        if mention.kind == "PERSON" and " " in mention.name and mention.name.replace(" ", "").isalpha():
            yield "identity", mention.span, chance.choice([n for n in _PEOPLE if n not in both])
    if not _NEGATION.search(left + right):
        verbs = {m[0] for m in _VERB.finditer(right)}
        for match in _VERB.finditer(left):
            if match[0] in verbs:
                yield "polarity", _within(mine, match.start(1), match.end(1)), f"{match[1]} not"


def _within(sentence: Span, start: int, end: int) -> Span:
    return Span(sentence.article_id, sentence.start + start, sentence.start + end)


def _named_in_both(one: Marked, other: Marked, mine: Span, theirs: Span) -> Iterator[Mention]:
    """The names in one sentence that the other prints too: of a person at least the family name."""
    right = theirs.cut(other.article.text)
    for mention in one.marks.mentions:
        if mention.form == "name" and mine.covers(mention.span):
            sought = mention.name.split()[-1] if mention.kind == "PERSON" else mention.name
            if re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", right):
                yield mention


def _other_number(words: str, both: str, chance: random.Random) -> str | None:
    for _ in range(5):
        factor = chance.choice((0.5, 0.6, 1.4, 1.6, 2.0))
        if _FIGURE.fullmatch(words):
            old = float(words.replace(",", ""))
            decimals = len(words.partition(".")[2])
            value = round(old * factor, decimals)
            new = f"{value:,.{decimals}f}" if "," in words else f"{value:.{decimals}f}"
            if abs(value - old) >= 0.2 * old and value > 1 and new not in both:
                return new
            continue
        place = _WORDS.index(words.lower()) + chance.choice((-4, -3, -2, 2, 3, 4, 5))
        if 0 <= place < len(_WORDS):
            return _WORDS[place].capitalize() if words[0].isupper() else _WORDS[place]
    return None


def another_place(mention: Mention, both: str, chance: random.Random) -> str:
    """A place of the same sort that neither article names."""
    sort = (mention.known or "").partition(":")[0]
    pool = {"state": _STATES, "region": _REGIONS}.get(sort, _CITIES)
    return chance.choice([name for name in pool if name not in both])


def days(one: Marked, sentence: Span) -> list[Span]:
    """The weekdays and dates that a sentence prints."""
    return [_within(sentence, m.start(), m.end()) for m in _DAY.finditer(sentence.cut(one.article.text))]


def another_day(words: str, chance: random.Random) -> str | None:
    """Another weekday, or another day of the month, in the form of the old one; None where none comes to mind."""
    day = next((d for d in _WEEKDAYS if re.search(rf"\b{d}\b", words)), None)
    if day:
        return re.sub(day, _WEEKDAYS[(_WEEKDAYS.index(day) + chance.choice((2, 3, 4, 5))) % 7], words)
    match = _DATE.search(words)
    if not match:
        return None
    other = int(match[2]) + chance.choice((-5, -4, -3, -2, 2, 3, 4, 5))
    return _DATE.sub(rf"\g<1>{other}", words, count=1) if 1 <= other <= 28 else None


def _plant(kind: PlantKind, one: Marked, mine: Span, theirs: Span, span: Span, now: str, alike: float) -> Plant | None:
    """The change made wherever the value stands; None where it stands in too many places."""
    text, title = one.article.text, one.article.title
    was = span.cut(text)
    if kind == "polarity":
        edits = [(span.start, span.end, now)]
    else:
        edits = [(m.start(), m.end(), now) for m in re.finditer(rf"(?<!\w){re.escape(was)}(?!\w)", text)]
        if kind == "identity":
            family, new = was.split()[-1], now.rsplit(maxsplit=1)[-1]
            taken = [range(a, b) for a, b, _ in edits]
            edits += [
                (m.start(), m.end(), new)
                for m in re.finditer(rf"(?<!\w){re.escape(family)}(?!\w)", text)
                if not any(m.start() in r for r in taken)
            ]
        if title:
            title = re.sub(rf"(?<!\w){re.escape(was)}(?!\w)", now, title)
        if kind == "time":  # "Monday" in "Monday night", too
            day = next((d for d in _WEEKDAYS if d in was), None)
            new = next((d for d in _WEEKDAYS if d in now), "")
            if day:
                edits = [(m.start(), m.end(), new) for m in re.finditer(day, text)]
    if not edits or len(edits) > PLACES:
        return None
    parts, places, at, moved = [], [], 0, 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        places.append((mine.start <= start < mine.end, start + moved, start + moved + len(new)))
        moved += len(new) - (end - start)
        at = end
    where = tuple((a, b) for _, a, b in sorted(places, key=lambda p: (not p[0], p[1])))
    return Plant(kind, "".join([*parts, text[at:]]), title, where, theirs, alike, was, now)

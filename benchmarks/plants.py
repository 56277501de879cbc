"""Make changes of one fact in real articles: a number, a day, a place, a name or a not, in one article of a pair.

A fact is planted only into a statement that both articles make: two sentences, each the likest to the other of all in
the two articles, alike in words, that give the same number, day, place or name, or tell the same deed. This is judged
without the room that is measured here, but for its likeness of words. An outlet that has it otherwise has it so
throughout, so the change is made wherever the value stands in its article; values that stand in many places are left
alone.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rashomon.align.statements.similarity import bag, load_lexicon, similar_pairs, similarity
from rashomon.model.marks import Claim, Mention, Number
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked

PlantKind = Literal["number", "time", "place", "identity", "polarity"]
KINDS: tuple[PlantKind, ...] = ("number", "time", "place", "identity", "polarity")
# Two sentences at least so alike, on a scale of 0 to 1, say the same to a reader who sees both, in nine of ten pairs.
ALIKE = 0.42
# ... and two of their clauses at least so alike, with one verb or without, are the same clause.
ALIKE_CLAIMS, ALIKE_OTHERWISE = 0.3, 0.5
# A value that stands in more places of its article is its topic.
PLACES = 5
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
_BE = re.compile(r"(?:is|are|was|were|will|would|has|have|had|can|could|should)\b")


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
    """Sentences that both articles have, in words of their own or not: each the likest to the other, and alike."""
    lexicon = load_lexicon()
    spans = [[s.span for s in m.marks.sentences if _is_told(s.span, m)] for m in (one, other)]
    bags = [[bag(s.cut(m.article.text), lexicon) for s in own] for own, m in zip(spans, (one, other), strict=True)]
    first = len(bags[0])
    best: dict[int, tuple[float, int]] = {}
    for i, j, alike in similar_pairs([*bags[0], *bags[1]], floor=ALIKE):
        if i < first <= j:
            best[i] = max(best.get(i, (0.0, 0)), (alike, -j))
            best[j] = max(best.get(j, (0.0, 0)), (alike, -i))
    for i in sorted(n for n in best if n < first):
        alike, j = best[i][0], -best[i][1]
        if -best[j][1] == i:
            yield spans[0][i], spans[1][j - first], alike


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
    for claim, twin in _twins(one, other, mine, theirs):
        for number in claim.numbers:
            same = any((n.value, n.unit, n.mod) == (number.value, number.unit, None) for n in twin.numbers)
            if (
                same
                and number.unit
                and number.mod is None
                and (new := _other_number(number, one.article.text, both, chance))
            ):
                yield "number", number.span, new
        days = {t.value[:10] for t in other.marks.timexes if twin.span.covers(t.span) and len(t.value) >= 10}
        for timex in one.marks.timexes:
            known = claim.span.covers(timex.span) and timex.value[:10] in days
            if known and (new := _other_day(timex.span.cut(one.article.text), chance)):
                yield "time", timex.span, new
        for mention, same_role in _named_in_both(one, other, claim, twin):
            if mention.kind == "PLACE" and mention.place and same_role == "where":
                sort = (mention.known or "").partition(":")[0]
                pool = {"state": _STATES, "region": _REGIONS}.get(sort, _CITIES)
                yield "place", mention.span, chance.choice([n for n in pool if n not in both])
            full = " " in mention.name and mention.name.replace(" ", "").isalpha()
            if full and mention.kind == "PERSON" and same_role != "where":
                yield "identity", mention.span, chance.choice([n for n in _PEOPLE if n not in both])
        one_verb = claim.predicate.split(" ")[0] == twin.predicate.split(" ")[0]
        affirmed = claim.polarity == twin.polarity == "+" and claim.status == twin.status == "happened"
        if one_verb and affirmed and (new := _negated(claim, one.article.text)):
            yield "polarity", claim.predicate_span, new


def _twins(one: Marked, other: Marked, mine: Span, theirs: Span) -> Iterator[tuple[Claim, Claim]]:
    """Claims of two sentences with words in common, more where the verb is not, and none in direct speech."""
    lexicon = load_lexicon()
    own, their = (
        [c for c in m.marks.claims if s.covers(c.span) and not c.quoted] for m, s in ((one, mine), (other, theirs))
    )
    for claim in own:
        for twin in their:
            one_verb = claim.predicate.split(" ")[0] == twin.predicate.split(" ")[0] and claim.nominal == twin.nominal
            texts = (claim.span.cut(one.article.text), twin.span.cut(other.article.text))
            alike = similarity(*(bag(t, lexicon) for t in texts))
            if alike >= (ALIKE_CLAIMS if one_verb else ALIKE_OTHERWISE):
                yield claim, twin


def _named_in_both(one: Marked, other: Marked, claim: Claim, twin: Claim) -> Iterator[tuple[Mention, str]]:
    """Names that stand in the same role of two claims, and the role."""
    for role in ("who", "whom", "where"):
        named = [
            [m for m in marked.marks.mentions if m.form == "name" and any(s.overlaps(m.span) for s in spans)]
            for marked, spans in ((one, getattr(claim, role)), (other, getattr(twin, role)))
        ]
        for mention in named[0]:
            if any(_same_name(mention, m) for m in named[1]):
                yield mention, role


def _same_name(a: Mention, b: Mention) -> bool:
    return a.known == b.known if a.known or b.known else a.name.split()[-1] == b.name.split()[-1]


def _other_number(number: Number, text: str, both: str, chance: random.Random) -> str | None:
    words = number.span.cut(text)
    for _ in range(5):
        factor = chance.choice((0.5, 0.6, 1.4, 1.6, 2.0))
        match = _FIGURE.search(words)
        if match:
            old = float(match.group().replace(",", ""))
            decimals = len(match.group().partition(".")[2])
            value = round(old * factor, decimals)
            if number.unit == "percent" and value > 99:
                continue
            new = f"{value:,.{decimals}f}" if "," in match.group() else f"{value:.{decimals}f}"
            if abs(value - old) >= 0.2 * old and value > 1 and new not in both:
                return words[: match.start()] + new + words[match.end() :]
            continue
        found = next((w for w in _WORDS if re.search(rf"\b{w}\b", words, re.I)), None)
        if found is None:
            return None
        place = _WORDS.index(found) + chance.choice((-4, -3, -2, 2, 3, 4, 5))
        if 0 <= place < len(_WORDS):
            new = _WORDS[place].capitalize() if words[0].isupper() else _WORDS[place]
            return re.sub(rf"\b{found}\b", new, words, flags=re.I)
    return None


def _other_day(words: str, chance: random.Random) -> str | None:
    day = next((d for d in _WEEKDAYS if re.search(rf"\b{d}\b", words)), None)
    if day:
        return re.sub(day, _WEEKDAYS[(_WEEKDAYS.index(day) + chance.choice((2, 3, 4, 5))) % 7], words)
    match = _DATE.search(words)
    if not match:
        return None
    other = int(match[2]) + chance.choice((-5, -4, -3, -2, 2, 3, 4, 5))
    return _DATE.sub(rf"\g<1>{other}", words, count=1) if 1 <= other <= 28 else None


def _negated(claim: Claim, text: str) -> str | None:
    """The verb with a "not"; None where that would not read as English."""
    words = claim.predicate_span.cut(text)
    before = text[max(0, claim.predicate_span.start - 12) : claim.predicate_span.start].split()
    helper, _, rest = words.partition(" ")
    if _BE.fullmatch(helper):
        return f"{helper} not {rest}".rstrip()
    if before and _BE.fullmatch(before[-1]):
        return f"not {words}"
    acts = any(0 < claim.predicate_span.start - s.end <= 1 for s in claim.who)
    if acts and not rest and not words.endswith(("s", "ing")):
        return f"did not {claim.predicate.split(' ')[0]}"
    return None


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

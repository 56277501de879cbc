"""How many statements that only one article makes come out as corroborated by another that says nearly the same.

    python benchmarks/distortions.py     # RASHOMON_BENCH, default ../shared/bench

One statement of an article is bent so that the other article does not make it: who did it and to whom it was done are
swapped, another name is put in, what may be is told as done, a condition is cut off, another day and town are put in.
Both articles made the statement before, as far as plain TF-IDF can tell (``plants``). *Corroborated*: a claim has
origins of both articles, and is shown in the bent words, or in the other article's with what was bent in them, as a
statement that the bent one makes too. *Apart* is 1 less their share,
"unseen" of the stories that only check (``real_pairs``).
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planted import interval
from plants import another_day, another_place, days, plants, shared_statements
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Claim
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked
from real_pairs import CACHE, Marker, Pair, aligned, pairs

# Where old words stand, and the new ones.
Edit = tuple[int, int, str]

SEED, OF_A_KIND = 9, 25
_MAY = re.compile(
    r"\b(?:(?:may|might|could) (?P<have>have)|(?:may|might|will) (?!(?:have|be|not|or|well|also|never)\b|[a-z]+ly\b)"
    r"(?P<verb>[a-z]{3,})|(?P<plan>plan|hope|want|intend|are expected|(?:plan|hope|want|intend)s|is expected) to)\b"
)
# Before "plans to" that is the verb.
_PLANNER = re.compile(r"\b(?:[A-Z][\w.]+|he|she|it|they|who|which|that|also|still|now) $")
_CONDITION = re.compile(r",? (?:if|unless|provided that|on condition that) [^,.;“”\"]{8,}(?=[.;])")
_CONDITION_FIRST = re.compile(r"(?:If|Unless) [^,.;“”\"]{8,}, (?:then )?([a-z])")
_LOST = {
    "may": r"\b(?:may|might|could|will|would|plan\w*|hop\w+|want\w*|intend\w*|expect\w*|set) ",
    "condition": r"\b(?:[Ii]f|[Uu]nless|provided|[Oo]n condition|when|should)\b",
}
# Before "if" that asks instead of setting a condition, or belongs to another word.
_NO_CONDITION = re.compile(
    r"\b(?:as|even|what|only|say)$|\b(?:ask|know|wonder|see|sure|unclear|decid|determin|question)\w*(?: \w+){0,3}$"
)
# Whoever does one of these to another, the other does it too.
_MUTUAL = {
    "agree", "be", "date", "debate", "discuss", "divorce", "face", "fight", "join", "marry", "meet", "negotiate",
    "oppose", "play", "resemble", "sit", "speak", "talk",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bent:
    """One article with a bent statement.

    Attributes:
        text: the new text; ``start``, ``end``: the words in it that the other article does not have.
        was: the sentence before.
        lost: what a line of the other article matches that says what the bent one no longer does.
    """

    kind: str
    pair: Pair
    text: str
    start: int
    end: int
    was: str
    lost: str

    @property
    def article(self) -> Article:
        """The bent article."""
        old = self.pair.members[0].article
        return article_of(old.ref, text=self.text, title=old.title, outlet=old.outlet, published=old.published)


def measure() -> dict[str, float]:
    """The share of bent statements that are not corroborated: of all, and of each kind."""
    return _figures(outcomes())


def outcomes() -> list[tuple[Bent, bool]]:
    """Bent statements, and whether the other article is an origin of them too."""
    chance = random.Random(SEED)
    by_kind: dict[str, list[Bent]] = defaultdict(list)
    # Either article of a pair may be the one that is bent.
    whole = [Pair(p.story, members, p.seen) for p in pairs() for members in (p.members, p.members[::-1])]
    chance.shuffle(whole)
    for pair in whole:
        for bent in _bent(pair, chance):
            if len(by_kind[bent.kind]) < OF_A_KIND:
                by_kind[bent.kind].append(bent)
    with Marker(CACHE) as marker:
        return [(b, _is_corroborated(b, marker)) for kind in sorted(by_kind) for b in by_kind[kind]]


def _is_corroborated(bent: Bent, marker: Marker) -> bool:
    new, other = marker.mark(bent.article), bent.pair.members[1]
    words = Span(new.article.id, bent.start, bent.end)
    both = {new.article.id, other.article.id}
    return any(
        both <= {a for o in g.origins for a in o.articles} and _differs(bent, g.evidence, words, other.article)
        for g in aligned((new, other)).claims
    )


def _differs(bent: Bent, evidence: Sequence[Span], words: Span, other: Article) -> bool:
    """Whether what is shown, ``evidence[0]``, is stated by one of the two articles alone: it is the bent words, or the
    other article's for them and holds what was bent. A line without it may well be stated by both."""
    if evidence[0].article_id != other.id:
        return evidence[0].overlaps(words)
    held = re.search(bent.lost, evidence[0].cut(other.text), re.S) is not None
    return held and any(span.overlaps(words) for span in evidence)


def _bent(pair: Pair, chance: random.Random) -> Iterator[Bent]:
    """At most one bent statement of each kind."""
    one, other = pair.members
    seen: set[str] = set()
    for mine, theirs, _ in shared_statements(one, other):
        for kind, edits in (*_bendings(one, mine), *_other_event(one, other, mine, theirs, chance)):
            if kind not in seen:
                seen.add(kind)
                yield _made(kind, pair, mine, edits)
    found = plants(one, other, chance)
    for plant in found.get("identity", [])[:1]:
        start, end = plant.places[0]
        yield Bent("name", pair, plant.text, start, end, plant.was, _lost("name", [plant.was]))


def _bendings(one: Marked, sentence: Span) -> Iterator[tuple[str, list[Edit]]]:
    """Kind, and where the words stand with what stands there instead."""
    text, at = sentence.cut(one.article.text), sentence.start
    for match in _MAY.finditer(text):
        if not match["plan"] or _PLANNER.search(text[: match.start()]):
            yield "may", [(at + match.start(), at + match.end(), _done(match))]
    for match in _CONDITION.finditer(text):
        if not _NO_CONDITION.search(text[: match.start()].rstrip(", ")):
            yield "condition", [(at + match.start(), at + match.end(), "")]
    if (first := _CONDITION_FIRST.match(text)) is not None:
        yield "condition", [(at, at + first.end(), first[1].upper())]
    for claim in one.marks.claims:
        if sentence.covers(claim.span) and claim.predicate not in _MUTUAL and not claim.nominal:
            for left, right in _able_to_swap(one, claim):
                names = [span.cut(one.article.text) for span in (left, right)]
                yield "swapped", [(left.start, left.end, names[1]), (right.start, right.end, names[0])]


def _done(match: re.Match[str]) -> str:
    """What may be, as done; in the words' own number."""
    if match["have"]:
        return "had"
    if match["verb"]:
        return f"did {match['verb']}"
    return "has begun to" if match["plan"].endswith("s") or match["plan"].startswith("is") else "have begun to"


def _able_to_swap(one: Marked, claim: Claim) -> Iterator[tuple[Span, Span]]:
    """The name of who does something and the first name after it, where both can act and neither is part of another."""
    text = one.article.text
    names = [m for m in one.marks.mentions if m.form == "name" and claim.span.covers(m.span)]
    names = [m for m in names if not re.match(r"['’]|-| [A-Z]", text[m.span.end : m.span.end + 2])]
    for who in (m for m in names if m.span in claim.who and m.span.end < claim.predicate_span.start):
        behind = sorted(m.span for m in names if m.kind == who.kind and m.span.start > claim.predicate_span.end)
        if who.kind != "PLACE" and behind and who.span.cut(text) not in behind[0].cut(text):
            between = text[who.span.end : behind[0].start]
            if not re.search(r"[,–—(“\"]|--|\b(?:who|by|and|with)\b", between):
                yield who.span, behind[0]


def _other_event(
    one: Marked, other: Marked, mine: Span, theirs: Span, chance: random.Random
) -> Iterator[tuple[str, list[Edit]]]:
    """The same on another day in another town, where the other article's statement has one of the two."""
    right, both = theirs.cut(other.article.text), one.article.text + other.article.text
    places = [
        m
        for m in one.marks.mentions
        if m.form == "name" and m.kind == "PLACE" and m.place and mine.covers(m.span) and _is_where(one, m.span)
    ]
    for when in days(one, mine):
        was = when.cut(one.article.text)
        for where in places:
            now = another_day(was, chance)
            if now and not where.span.overlaps(when) and (was in right or where.name in right):
                yield (
                    "other event",
                    [
                        (when.start, when.end, now),
                        (where.span.start, where.span.end, another_place(where, both, chance)),
                    ],
                )
                return


def _is_where(one: Marked, place: Span) -> bool:
    """Whether a place tells where: it is no part of somebody's title."""
    return (
        re.search(r"\b(?:in|at|near|outside|to|from) $", one.article.text[max(0, place.start - 9) : place.start])
        is not None
    )


def _made(kind: str, pair: Pair, sentence: Span, edits: Sequence[tuple[int, int, str]]) -> Bent:
    text = pair.members[0].article.text
    was = sentence.cut(text) if sentence.article_id == pair.members[0].article.id else ""
    old = [text[start:end] for start, end, _ in edits]
    lost = _lost(kind, old)
    first = min(start for start, _, _ in edits)
    last = max(end for _, end, _ in edits)
    for start, end, now in sorted(edits, reverse=True):
        text = text[:start] + now + text[end:]
        last += len(now) - (end - start)
    # Where words were cut off, the words before them tell that they are missing.
    return Bent(kind, pair, text, first if last > first else max(0, first - 8), last, was, lost)


def _lost(kind: str, old: Sequence[str]) -> str:
    """What tells that a line holds what was bent: a modal, a condition, a name, a day, both names swapped."""
    if kind in _LOST:
        return _LOST[kind]
    ends = [rf"\b{re.escape(words.split()[-1])}\b" for words in old]
    return "".join(f"(?=.*{end})" for end in ends) if kind == "swapped" else "|".join(ends)


def _figures(found: Sequence[tuple[Bent, bool]]) -> dict[str, float]:
    figures = {"apart": _apart(found), "unseen apart": _apart([(b, held) for b, held in found if not b.pair.seen])}
    for kind in sorted({b.kind for b, _ in found}):
        figures[f"{kind} apart"] = _apart([(b, held) for b, held in found if b.kind == kind])
    return figures


def _apart(found: Sequence[tuple[Bent, bool]]) -> float:
    return 1 - sum(held for _, held in found) / max(1, len(found))


def main() -> int:
    found = outcomes()
    for name, value in _figures(found).items():
        print(f"{name:28} {value:.3f}")
    for name, own in (("all", found), ("unseen", [(b, h) for b, h in found if not b.pair.seen])):
        low, high = interval([float(held) for _, held in own], [b.pair.story for b, _ in own])
        print(f"{name}: {len(own)} statements, {dict(Counter(b.kind for b, _ in own))}")
        print(f"corroborated {1 - _apart(own):.3f}, nine of ten draws between {low:.3f} and {high:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many statements that only one article makes come out as corroborated by another that says nearly the same.

    python benchmarks/distortions.py     # RASHOMON_BENCH, default ../shared/bench

One statement of an article is bent so that the other article does not make it: who did it and to whom it was done are
swapped, another name is put in, what may be is told as done, a condition is cut off, another day and town are put in.
Both articles made the statement before, as far as plain TF-IDF can tell (``plants``). *Corroborated*: a claim that is
shown in the bent words, or has them among its evidence, has origins of both articles. *Apart* is 1 less their share.
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planted import interval
from plants import plants, shared_statements
from rashomon.model.article import Article, article_of
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked
from real_pairs import CACHE, Marker, Pair, aligned, pairs

SEED, OF_A_KIND = 9, 40
_MAY = re.compile(r"\b(?:may|might|could) (have\b)|\b(plans?|hopes?|wants?|intends?|is expected|are expected) to\b")
_DID = {"have": "did indeed have", "plan": "have begun to", "plans": "has begun to", "hope": "have begun to",
        "hopes": "has begun to", "want": "have begun to", "wants": "has begun to", "intend": "have begun to",
        "intends": "has begun to", "is expected": "is known to", "are expected": "are known to"}  # fmt: skip
_CONDITION = re.compile(r",? (?:if|unless|provided that|on condition that) [^,.;“”\"]{8,}(?=[.;])")


@dataclass(frozen=True, slots=True)
class Bent:
    """One article with a bent statement.

    Attributes:
        text: the new text; ``start``, ``end``: the words in it that the other article does not have.
        was: the sentence before.
    """

    kind: str
    pair: Pair
    text: str
    start: int
    end: int
    was: str

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
    whole = list(pairs())
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
        any(e.overlaps(words) for e in g.evidence) and both <= {a for o in g.origins for a in o.articles}
        for g in aligned((new, other)).claims
    )


def _bent(pair: Pair, chance: random.Random) -> Iterator[Bent]:
    """At most one bent statement of each kind."""
    one, other = pair.members
    seen: set[str] = set()
    for mine, _, _ in shared_statements(one, other):
        for kind, start, end, now in _bendings(one, mine):
            if kind not in seen:
                seen.add(kind)
                yield _made(kind, pair, mine, [(start, end, now)])
    found = plants(one, other, chance)
    for plant in found.get("identity", [])[:1]:
        start, end = plant.places[0]
        yield Bent("name", pair, plant.text, start, end, plant.was)
    for day in found.get("time", []):
        for place in found.get("place", []):
            if day.other == place.other:
                edits = [(*_old(one, day.was, day.other, day.places[0][0]), day.now)]
                edits.append((*_old(one, place.was, place.other, place.places[0][0]), place.now))
                yield _made("other event", pair, day.other, edits)
                return


def _old(one: Marked, was: str, _: Span, start: int) -> tuple[int, int]:
    """Where the words stood before the plant: the place nearest to where the new ones stand."""
    found = [m.start() for m in re.finditer(re.escape(was), one.article.text)]
    at = min(found, key=lambda s: abs(s - start))
    return at, at + len(was)


def _bendings(one: Marked, sentence: Span) -> Iterator[tuple[str, int, int, str]]:
    """Kind, where the words stand, and what stands there instead."""
    text = sentence.cut(one.article.text)
    if match := _MAY.search(text):
        yield "may", sentence.start + match.start(), sentence.start + match.end(), _DID[match[1] or match[2]]
    if match := _CONDITION.search(text):
        yield "condition", sentence.start + match.start(), sentence.start + match.end(), ""
    for claim in one.marks.claims:
        if not sentence.covers(claim.span) or len(claim.who) != 1 or len(claim.whom) != 1 or claim.nominal:
            continue
        sides = sorted((claim.who[0], claim.whom[0]))
        named = [any(m.form == "name" and m.span == s for m in one.marks.mentions) for s in sides]
        passive = re.search(r"\bby\b", claim.span.cut(one.article.text))
        if all(named) and sides[0].end < claim.predicate_span.start < sides[1].start and not passive:
            left, right = (s.cut(one.article.text) for s in sides)
            between = one.article.text[sides[0].end : sides[1].start]
            yield "swapped", sides[0].start, sides[1].end, f"{right}{between}{left}"


def _made(kind: str, pair: Pair, sentence: Span, edits: Sequence[tuple[int, int, str]]) -> Bent:
    text = pair.members[0].article.text
    was = sentence.cut(text) if sentence.article_id == pair.members[0].article.id else ""
    first = min(start for start, _, _ in edits)
    last = max(end for _, end, _ in edits)
    for start, end, now in sorted(edits, reverse=True):
        text = text[:start] + now + text[end:]
        last += len(now) - (end - start)
    # Where words were cut off, the words before them tell that they are missing.
    return Bent(kind, pair, text, first if last > first else max(0, first - 8), last, was)


def _figures(found: Sequence[tuple[Bent, bool]]) -> dict[str, float]:
    figures = {"apart": 1 - sum(held for _, held in found) / max(1, len(found))}
    for kind in sorted({b.kind for b, _ in found}):
        own = [held for b, held in found if b.kind == kind]
        figures[f"{kind} apart"] = 1 - sum(own) / len(own)
    return figures


def main() -> int:
    found = outcomes()
    for name, value in _figures(found).items():
        print(f"{name:28} {value:.3f}")
    low, high = interval([float(held) for _, held in found])
    print(f"{len(found)} statements, {dict(Counter(b.kind for b, _ in found))}")
    print(f"corroborated, nine of ten draws: between {low:.3f} and {high:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many planted conflicts are found between two articles of one story, and how quiet untouched pairs stay.

    python benchmarks/planted.py     # RASHOMON_BENCH, default ../shared/bench

``plants`` tells what is changed, and by what it is judged that both articles make the statement: nothing of ours. Of
the pairs of outlets into which something can be planted half are changed, half are left as they are. *Found*: a
conflict holds the changed words in one reading and the other article in another; *asserted*: it is not called
possible. *Right kind*: of those found. *Quiet pairs*: 1 less the conflicts that are asserted of an untouched pair, on
average; nothing says that those are wrong, real outlets do contradict each other. "unseen" figures are of stories of
odd number, which nobody looks at while making rules.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plants import KINDS, Plant, PlantKind, plants
from rashomon.model.article import Article, article_of
from rashomon.model.spans import Span
from rashomon.model.story import Conflict
from real_pairs import CACHE, Marker, Pair, aligned, pairs

SEED = 6
OF_A_KIND, UNTOUCHED = 40, 150
# Draws of the bootstrap, and the share of them that an interval holds.
DRAWS, INSIDE = 500, 0.9


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plant and the conflicts that touch it."""

    plant: Plant
    pair: Pair
    raised: tuple[Conflict, ...]

    @property
    def right(self) -> bool:
        """Whether a conflict of the planted kind was raised; a person and a body are one kind here."""
        return any(c.kind == self.plant.kind for c in self.raised)

    @property
    def asserted(self) -> bool:
        """Whether a conflict that is not only possible was raised."""
        return any(c.relation != "possible" for c in self.raised)


def measure() -> dict[str, float]:
    """All figures, as shares."""
    figures = _figures(*outcomes())
    return {name: value for name, value in figures.items() if not name.startswith("n ")}


def outcomes() -> tuple[list[Outcome], list[tuple[Pair, int]]]:
    """What is raised about each plant, and how many conflicts are asserted of each untouched pair."""
    chance = random.Random(SEED)
    able = [(p, plants(*p.members, chance)) for p in pairs()]
    able = [(p, own) for p, own in able if any(own.values())]
    chance.shuffle(able)
    half = len(able) // 2
    with Marker(CACHE) as marker:
        found = [_outcome(plant, pair, marker) for plant, pair in _chosen(able[:half], chance)]
    quiet = [p for p, _ in able[half : half + UNTOUCHED]]
    return found, [(p, sum(c.relation != "possible" for c in aligned(p.members).conflicts)) for p in quiet]


def _chosen(
    able: Sequence[tuple[Pair, dict[PlantKind, list[Plant]]]], chance: random.Random
) -> list[tuple[Plant, Pair]]:
    """So many plants of each kind, as far as they reach, one of a kind in a pair."""
    by_kind: dict[PlantKind, list[tuple[Plant, Pair]]] = defaultdict(list)
    for pair, own in able:
        for kind, some in own.items():
            if some and len(by_kind[kind]) < OF_A_KIND:
                by_kind[kind].append((chance.choice(some), pair))
    return [each for kind in KINDS for each in by_kind[kind]]


def _outcome(plant: Plant, pair: Pair, marker: Marker) -> Outcome:
    """Plant, align, look."""
    old, other = pair.members
    new = marker.mark(changed(plant, old.article))
    spots = [Span(new.article.id, a, b) for a, b in plant.places]
    touching = [c for c in aligned((new, other)).conflicts if _touches(c, spots, other.article.id)]
    return Outcome(plant, pair, tuple(touching))


def changed(plant: Plant, article: Article) -> Article:
    """The article with the change made."""
    return article_of(
        article.ref, text=plant.text, title=plant.title, outlet=article.outlet, published=article.published
    )


def _touches(conflict: Conflict, spots: Iterable[Span], other: str) -> bool:
    here = [any(e.overlaps(s) for e in r.evidence for s in spots) for r in conflict.readings]
    return any(
        mine and any(other in r.articles for r in conflict.readings if r is not reading)
        for mine, reading in zip(here, conflict.readings, strict=True)
    )


def _figures(found: Sequence[Outcome], quiet: Sequence[tuple[Pair, int]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, half in (("", False), ("unseen ", True)):
        own = [o for o in found if not (half and o.pair.seen)]
        raised = [o for o in own if o.raised]
        alarms = [n for p, n in quiet if not (half and p.seen)]
        figures |= {
            f"{name}found": len(raised) / max(1, len(own)),
            f"{name}asserted": sum(o.asserted for o in own) / max(1, len(own)),
            f"{name}right kind": sum(o.right for o in raised) / max(1, len(raised)),
            f"{name}quiet pairs": 1 - sum(alarms) / max(1, len(alarms)),
            f"n {name}": float(len(own)),
        }
    for kind in KINDS:
        planted = [o for o in found if o.plant.kind == kind]
        figures[f"{kind} found"] = sum(bool(o.raised) for o in planted) / max(1, len(planted))
    return figures


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Between what the mean lies in nine of ten bootstrap draws."""
    chance = random.Random(SEED)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(DRAWS))
    edge = int(DRAWS * (1 - INSIDE) / 2)
    return means[edge], means[-edge - 1]


def main() -> int:
    found, quiet = outcomes()
    for name, value in _figures(found, quiet).items():
        print(f"{name:28} {value:.3f}")
    for name, values in {
        "found": [float(bool(o.raised)) for o in found],
        "asserted": [float(o.asserted) for o in found],
        "alarms": [float(n) for _, n in quiet],
    }.items():
        low, high = interval(values)
        print(f"{name}: n {len(values)}, nine of ten draws between {low:.3f} and {high:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many planted conflicts are found between two articles of one story, and how quiet untouched pairs stay.

    python benchmarks/planted.py     # RASHOMON_BENCH, default ../shared/bench

``plants`` tells what is changed, and by what it is judged that both articles make the statement: nothing of ours. Of
the pairs of outlets into which something can be planted half are changed, half are left as they are; pairs of the
stories that only check (``real_pairs``, "unseen") are few, so each is measured changed and as it is. *Found*: a
conflict holds the changed words in one reading and the other article in another; *asserted*: it is not called
possible. *Right kind*: of those found. *Quiet pairs*: 1 less the conflicts that are asserted of an untouched pair, on
average; nothing says that those are wrong, real outlets do contradict each other. As many plants of a kind are drawn
from the unseen stories as from the others, where they reach.
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
# A pair, and what can be planted into its first article.
Planted = tuple[Pair, dict[PlantKind, list[Plant]]]
# Plants of a kind and untouched pairs, of each half of the stories.
OF_A_KIND, UNTOUCHED = 14, 60
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
    found: list[Outcome] = []
    quiet: list[Pair] = []
    with Marker(CACHE) as marker:
        for seen in (True, False):
            part = [(p, own) for p, own in able if p.seen == seen]
            chance.shuffle(part)
            half = len(part) // 2 if seen else 0
            touched = part[:half] if seen else [*part, *_turned(part, chance)]
            found += [_outcome(plant, pair, marker) for plant, pair in chosen(touched, chance)]
            quiet += [p for p, _ in part[half : half + UNTOUCHED]]
    return found, [(p, sum(c.relation != "possible" for c in aligned(p.members).conflicts)) for p in quiet]


def _turned(part: Sequence[Planted], chance: random.Random) -> list[Planted]:
    """What can be planted into the other article of each pair."""
    turned = [Pair(p.story, (p.members[1], p.members[0]), p.seen) for p, _ in part]
    return [(p, plants(*p.members, chance)) for p in turned]


def chosen(able: Sequence[Planted], chance: random.Random) -> list[tuple[Plant, Pair]]:
    """``OF_A_KIND`` plants of each kind, as far as they reach: one of a kind in a pair, then a second."""
    by_kind: dict[PlantKind, list[tuple[Plant, Pair]]] = defaultdict(list)
    drawn = [(pair, kind, chance.sample(own, min(2, len(own)))) for pair, each in able for kind, own in each.items()]
    for turn in (0, 1):
        for pair, kind, some in drawn:
            if len(some) > turn and len(by_kind[kind]) < OF_A_KIND:
                by_kind[kind].append((some[turn], pair))
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
            f"n {name}plants": float(len(own)),
        }
    for kind in KINDS:
        planted = [o for o in found if o.plant.kind == kind]
        figures[f"{kind} found"] = sum(bool(o.raised) for o in planted) / max(1, len(planted))
    return figures


def interval(values: Sequence[float], stories: Sequence[str]) -> tuple[float, float]:
    """Between what the mean lies in nine of ten bootstrap draws of whole stories: plants in one story are no strangers.

    Args:
        stories: the story of each value.
    """
    by_story: dict[str, list[float]] = defaultdict(list)
    for value, story in zip(values, stories, strict=True):
        by_story[story].append(value)
    chance, own = random.Random(SEED), [by_story[story] for story in sorted(by_story)]
    means = []
    for _ in range(DRAWS):
        drawn = [value for some in chance.choices(own, k=len(own)) for value in some]
        means.append(sum(drawn) / len(drawn))
    edge = int(DRAWS * (1 - INSIDE) / 2)
    return sorted(means)[edge], sorted(means)[-edge - 1]


def main() -> int:
    found, quiet = outcomes()
    for name, value in _figures(found, quiet).items():
        print(f"{name:28} {value:.3f}")
    for half in ("", "unseen "):
        own = [o for o in found if not (half and o.pair.seen)]
        left = [(p, n) for p, n in quiet if not (half and p.seen)]
        told = [o.pair.story for o in own]
        _print(f"{half}found", [float(bool(o.raised)) for o in own], told)
        _print(f"{half}asserted", [float(o.asserted) for o in own], told)
        _print(f"{half}right kind", [float(o.right) for o in own if o.raised], [o.pair.story for o in own if o.raised])
        _print(f"{half}alarms", [float(n) for _, n in left], [p.story for p, _ in left])
    return 0


def _print(name: str, values: Sequence[float], stories: Sequence[str]) -> None:
    low, high = interval(values, stories)
    print(
        f"{name}: {sum(values) / len(values):.3f}, n {len(values)} in {len(set(stories))} stories, "
        f"nine of ten draws between {low:.3f} and {high:.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())

"""How often the count of origins is right, for texts printed by three outlets and for independent pairs.

    python benchmarks/origins.py     # RASHOMON_BENCH, default ../shared/bench

``printed`` tells how origins are counted.
"""

import random
import sys
from collections.abc import Iterable, Sequence

import printed
from real_pairs import CACHE, Marker, Pair, pairs

SEED = 6
PRINTED = 40
INDEPENDENT = 700


def measure() -> dict[str, float]:
    """The share of claims with the right count of origins."""
    return origins(pairs())


def origins(whole: Sequence[Pair]) -> dict[str, float]:
    """See ``measure``."""
    chance = random.Random(SEED)
    firsts = {p.members[0].article.id: p.members[0].article for p in whole}
    texts = chance.sample([a for a in firsts.values() if 250 <= len(a.text.split()) <= 900], PRINTED)
    figures = {}
    with Marker(CACHE) as marker:
        for kept in (True, False):
            prints = [printed.three_prints(text, kept=kept, chance=chance) for text in texts]
            counts = [printed.count_of_prints([marker.mark(a) for a in three]) for three in prints]
            figures[f"credit {'kept' if kept else 'stripped'}"] = _share(counts)
    apart = [p.members for p in chance.sample(list(whole), INDEPENDENT) if printed.is_independent(p.members)]
    figures["independent"] = _share([printed.count_of_pair(members) for members in apart])
    return figures


def _share(counts: Iterable[tuple[int, int]]) -> float:
    right, whole = map(sum, zip(*counts, strict=True))
    return right / max(1, whole)


def main() -> int:
    for name, value in measure().items():
        print(f"{name:28} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

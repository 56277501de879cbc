"""Measure which sentences count as saying the same: ClaimDiff's pairs, and the same claims as a grid.

    python benchmarks/claims.py            # reads $RASHOMON_BENCH/claims, default ../shared/bench

*related AUC*: pairs labelled strengthens or weakens against pairs labelled neither. *weakens AUC*: how well a score
finds the weakening ones; near .5 for any similarity, which is blind to conflict. *grid AP*: every claim of one
article against every claim of the other on the same topic; a pair is right when it is labelled related. Labels of the
grid are incomplete, so its figure compares methods and says nothing by itself. *learned*:
``lab.statement_relations``, in five folds by topic. *groups*: claims of two articles whose predicates are labelled
events of ECB+'s development topics, those in one claim group against those in one chain. A chain is wider than a
claim (denials, plans), so recall cannot be 1.
"""

import argparse
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from claimdiff import ClaimDiff, Pairs, grid, is_related
from ecb_pairs import ClaimPairs
from entities import ecb_events, stories_of
from pairs import out_of_fold
from rashomon.align.statements.similarity import (
    Bag,
    aligned,
    bag,
    coverage,
    dice,
    load_lexicon,
    similar_pairs,
    similarity,
    weigh_in_story,
)

Score = Callable[[Bag, Bag], float]


def auc(labels: ArrayLike, scores: ArrayLike) -> float:
    """Chance that a right pair scores above a wrong one; ties count half."""
    right = np.asarray(labels, bool)
    _, place, counts = np.unique(np.asarray(scores), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    hits = int(right.sum())
    return float((ranks[right].sum() - hits * (hits + 1) / 2) / (hits * (len(right) - hits)))


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """Mean precision at each right pair; tied pairs come in together, so their order cannot help."""
    right = np.asarray(labels, bool)
    values, place = np.unique(-np.asarray(scores, np.float64), return_inverse=True)
    hits = np.cumsum(np.bincount(place, weights=right, minlength=len(values)))
    taken = np.cumsum(np.bincount(place, minlength=len(values)))
    return float((np.diff(hits, prepend=0) * hits / taken).sum() / right.sum())


def by_story(pairs: list[dict[str, Any]], bags: dict[str, Bag]) -> dict[str, Bag]:
    """The claims weighed within their story; in the rare case of a claim in two stories, the later one counts."""
    stories: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        stories[pair["topic"], pair["date"]] |= {pair["claim_a"], pair["claim_b"]}
    weighed: dict[str, Bag] = {}
    for claims in stories.values():
        texts = sorted(claims)
        weighed.update(zip(texts, weigh_in_story([bags[text] for text in texts]), strict=True))
    return weighed


def both_ways(a: Bag, b: Bag) -> float:
    return max(coverage(a, b), coverage(b, a))


def measure() -> dict[str, float]:
    """The gate's figures: ``similarity`` of claims weighed within their story."""
    source = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench")) / "claims" / "claimdiff_train.jsonl"
    pairs = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    lexicon = load_lexicon()
    texts = sorted({pair[side] for pair in pairs for side in ("claim_a", "claim_b")})
    weighed = by_story(pairs, {text: bag(text, lexicon) for text in texts})
    related = [is_related(pair) for pair in pairs]
    cells, right = grid(pairs)
    return {
        "related AUC": auc(related, [similarity(weighed[p["claim_a"]], weighed[p["claim_b"]]) for p in pairs]),
        "grid AP": average_precision(right, [similarity(weighed[one], weighed[other]) for _, one, other in cells]),
        **learned(pairs),
        **grouped(),
    }


def grouped() -> dict[str, float]:
    """How right and how complete the claim groups are about the labelled events of ECB+'s development topics."""
    claims = ClaimPairs(stories_of(list(ecb_events("dev"))).values())
    precision, recall = claims.figures(claims.grouped)
    return {"groups precision": precision, "groups recall": recall}


def learned(pairs: Pairs) -> dict[str, float]:
    """What the learned decisions reach, each story judged by weights from the four fifths of topics without its own."""
    sets = ClaimDiff(pairs).sets()
    found = {name: out_of_fold(examples, name) for name, examples in sets.items()}
    return {
        "learned related AUC": auc(sets["related"].labels, found["related"]),
        "learned weakens AUC": auc(sets["weakens"].labels, found["weakens"]),
        "learned grid AP": average_precision(sets["counterpart"].labels, found["counterpart"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--bench", type=Path, default=Path(os.environ.get("RASHOMON_BENCH", "../shared/bench")))
    source = parser.parse_args().bench / "claims" / "claimdiff_train.jsonl"
    pairs = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]

    start = time.perf_counter()
    lexicon = load_lexicon()
    print(f"load {1000 * (time.perf_counter() - start):.0f} ms, {len(lexicon.rows):,} stems")
    texts = sorted({pair[side] for pair in pairs for side in ("claim_a", "claim_b")})
    start = time.perf_counter()
    bags = {text: bag(text, lexicon) for text in texts}
    print(f"bag {len(texts) / (time.perf_counter() - start):,.0f} sentences/s")

    cells, right = grid(pairs)
    related = [is_related(pair) for pair in pairs]
    weakens = [bool(pair["weakens"]) for pair in pairs]
    print(f"{len(pairs):,} pairs, {np.mean(related):.1%} related; grid of {len(cells):,}, {np.mean(right):.1%} right\n")
    print(f"{'method':<12}{'related AUC':>12}{'weakens AUC':>12}{'grid AP':>9}")
    methods: list[tuple[str, Score, dict[str, Bag]]] = [
        ("dice", dice, bags),
        ("aligned", aligned, bags),
        ("coverage", both_ways, bags),
        ("similarity", similarity, bags),
        ("  in story", similarity, by_story(pairs, bags)),
    ]
    for name, score, made in methods:
        scores = [score(made[pair["claim_a"]], made[pair["claim_b"]]) for pair in pairs]
        spread = [score(made[one], made[other]) for _, one, other in cells]
        print(
            f"{name:<12}{auc(related, scores):>12.3f}{auc(weakens, scores):>12.3f}"
            f"{average_precision(right, spread):>9.3f}"
        )

    print("\nby weights learned on four fifths of the topics, on the other fifth:")
    for name, value in learned(pairs).items():
        print(f"{name:<24}{value:.3f}")
    print("claims of two articles about labelled events, put into one group:")
    for name, value in grouped().items():
        print(f"{name:<24}{value:.3f}")

    start = time.perf_counter()
    for _, one, other in cells:
        similarity(bags[one], bags[other])
    print(f"\none pair at a time {len(cells) / (time.perf_counter() - start):,.0f} pairs/s")
    many = [bags[text] for text in texts[:2000]]
    start = time.perf_counter()
    found = similar_pairs(many, floor=0.5)
    spent = time.perf_counter() - start
    print(
        f"similar_pairs of {len(many):,} sentences {spent:.2f} s, "
        f"{len(many) * (len(many) - 1) / 2 / spent:,.0f} pairs/s, {len(found)} at .5 or more"
    )


if __name__ == "__main__":
    main()

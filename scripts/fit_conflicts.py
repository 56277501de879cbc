"""Fit when two clauses make one statement (src/rashomon/align/data/statement_weights.tsv).

    RASHOMON_BENCH=../shared/bench python scripts/fit_conflicts.py

One fact is changed in one article of a pair (``benchmarks/plants.py``); the difference that this makes between the
two is an example of one statement. All that the same pairs differ in unchanged are examples of two: some of them are
true contradictions, too few to matter. Logistic regression with a light ridge on the
stories of one half; those that only check (``real_pairs``) are left to ``benchmarks/planted.py``. Four minutes.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import planted
import real_pairs
from plants import KINDS, Plant, plants
from rashomon.align.conflicts.differences import Difference, all_differences
from rashomon.align.conflicts.same_statement import FEATURES
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.matching.claims import alike_items
from rashomon.align.statements.event_dates import with_event_dates
from rashomon.align.statements.prepare import prepare
from rashomon.model.spans import Span
from rashomon.run.grouping import Marked

# A light ridge, and how much cheaper a weight of all kinds is than the deviation of one.
RIDGE, OWN = 0.15, 0.4
OF_A_PAIR = 3
SEED = 11
Examples = dict[str, list[tuple[tuple[float, ...], bool]]]


def differences(members: tuple[Marked, Marked]) -> Iterator[Difference]:
    """All that two articles differ in, however unsure."""
    articles = [m.article for m in members]
    marks = {m.article.id: m.marks for m in members}
    story = with_event_dates(prepare(articles, marks, merge_entities(articles, marks)))
    return all_differences(story, alike_items(story))


def examples() -> Examples:
    """For each kind of conflict features and whether they are of one statement."""
    found: Examples = defaultdict(list)
    chance = random.Random(SEED)
    with real_pairs.Marker(real_pairs.CACHE) as marker:
        for number, pair in enumerate(pairs := [p for p in real_pairs.pairs() if p.seen]):
            for d in differences(pair.members):
                found[d.kind].append((d.features, False))
            for kind, own in plants(*pair.members, chance).items():
                for plant in chance.sample(own, min(len(own), OF_A_PAIR)):
                    changed = marker.mark(planted.changed(plant, pair.members[0].article))
                    for d in differences((changed, pair.members[1])):
                        if d.kind == kind and _is_planted(d, plant, changed.article.id):
                            found[kind].append((d.features, True))
            if number % 100 == 0:
                print(f"{number} of {len(pairs)} pairs", file=sys.stderr)
    return found


def _is_planted(difference: Difference, plant: Plant, article: str) -> bool:
    """Whether a difference is the one that was planted, against the same statement in the other article."""
    sides = (difference.left, difference.right)
    mine, theirs = sides if difference.left.item.article == article else sides[::-1]
    return plant.other.covers(theirs.span) and any(mine.span.overlaps(Span(article, a, b)) for a, b in plant.places)


def fit(found: Examples) -> dict[str, np.ndarray]:
    """For each kind the bias and the weights under which the labels are most likely.

    A kind's weights are those of all kinds and its own deviation from them, which costs more: some have few examples.
    """
    x = np.concatenate([[features for features, _ in found[kind]] for kind in KINDS])
    y = np.array([label for kind in KINDS for _, label in found[kind]], float)
    of_kind = np.repeat(np.eye(len(KINDS)), [len(found[kind]) for kind in KINDS], axis=0)
    own = (of_kind[:, :, None] * x[:, None, :] * OWN).reshape(len(x), -1)
    z = np.column_stack([of_kind, x, own])
    free = len(KINDS)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds, ridge = z @ w, np.append(np.zeros(free), w[free:])
        gradient = z.T @ (1 / (1 + np.exp(-odds)) - y) + 2 * RIDGE * ridge
        return float((np.logaddexp(0, odds) - y * odds).sum() + RIDGE * ridge @ ridge), gradient

    w = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    shared, deviations = w[free : free + x.shape[1]], w[free + x.shape[1] :].reshape(free, -1)
    return {kind: np.append(w[n], shared + OWN * deviations[n]) for n, kind in enumerate(KINDS)}


def main() -> None:
    if not real_pairs.BENCH.is_dir():
        raise SystemExit(f"no labelled sets at {real_pairs.BENCH}: set RASHOMON_BENCH")
    found = examples()
    head = (
        "# How surely two clauses that differ in one value make one statement: for each kind of conflict a bias, then\n"
        "# the weights of align.conflicts.same_statement.FEATURES. Fitted by scripts/fit_conflicts.py. Apache-2.0.\n"
    )
    lines = []
    for kind, weights in fit(found).items():
        lines.append("\t".join([kind, *(f"{w:.3f}" for w in weights)]))
        most = sorted(zip(weights[1:], FEATURES, strict=True), key=lambda p: -abs(p[0]))[:6]
        labels = [label for _, label in found[kind]]
        print(kind, len(labels), sum(labels), "; ".join(f"{name} {w:.1f}" for w, name in most))
    path = Path(str(files("rashomon.align") / "data" / "statement_weights.tsv"))
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {path}")


if __name__ == "__main__":
    main()

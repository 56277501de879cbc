"""Fit how pairs of articles are judged (src/rashomon/group/data/story_curves.tsv) on both story sets together.

    RASHOMON_BENCH=../shared/bench python scripts/fit_stories.py [--check]

Every article is put into its gold story in date order, the undated between them at random places (fixed seed); each
pair that grouping would look at on the way is one example. So are the pairs of labelled articles in a stream of the
whole scale corpus. Logistic regression with a light ridge over curves that only rise; nothing is fitted per set. With
--check nothing is written: five times the curves are fitted without a fifth of the stories, and every article is judged
by curves that have not seen its story (the whole corpus is left out there).
"""

import random
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from rashomon.group.likeness import KNOTS, Curves, rises
from rashomon.group.stories import Grouper
from rashomon.model.story import Fingerprint, Placement

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from stories import BENCH, SETS, corpus, figures, mixed, prints, told

RIDGE = 1.0
FOLDS = 5
Item = tuple[str, Fingerprint]


class Watching(Grouper):
    """A grouper that is told each article's story, and notes every pair that it would have judged."""

    def watch(self, fp: Fingerprint, story: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Features of the newcomer's pairs, whether each is of one story, the other's story and its number."""
        self._make_room()
        entry = self._entry(fp)
        compared = self._window.compare(entry, self._window.candidates(entry.body))
        self._open(fp, entry, story, None)
        return compared.features, compared.stories == story, compared.stories, self._window.numbers(compared.rows)


class Judged(Grouper):
    """A grouper that judges each article, and settles each story by its first, with the curves of its fold."""

    def __init__(self, judges: list[Curves], folds: list[int]) -> None:
        super().__init__(curves=judges[0])
        self._judges, self._folds = judges, folds

    def add(self, fp: Fingerprint) -> Placement:
        """Where an article belongs."""
        self._curves = self._judges[self._folds[self._window.count]]
        return super().add(fp)

    def _rivals(self, number: int) -> dict[tuple[int, int], float]:
        self._curves = self._judges[self._folds[number]]
        return super()._rivals(number)


def examples(items: list[Item]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and both sides' stories of all pairs."""
    grouper = Watching(curves=Curves(0.0, ((0.0, 0.0),) * len(KNOTS)))
    numbers = {gold: number for number, gold in enumerate(sorted({gold for gold, _ in items}))}
    found = [(*grouper.watch(fp, numbers[gold]), numbers[gold]) for gold, fp in items]
    return (
        np.concatenate([x for x, *_ in found]).astype(float),
        np.concatenate([y for _, y, *_ in found]).astype(float),
        np.concatenate([other for _, _, other, _, _ in found]),
        np.concatenate([np.full(len(x), own) for x, _, _, _, own in found]),
    )


def hidden_examples() -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of the pairs of labelled articles in a stream of the whole scale corpus, a much denser field.

    Its other articles stand in the stories that grouping tells with the curves as they are: as neighbours they need be
    right only mostly.
    """
    items = corpus()
    stories = told(fp for *_, fp in items)
    home: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, gold, _), story in zip(items, stories, strict=True):
        if gold:
            home[story][gold] += 1
    names = [gold or (home[story].most_common(1)[0][0] if story in home else story)
             for (_, gold, _), story in zip(items, stories, strict=True)]  # fmt: skip
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    grouper = Watching(curves=Curves(0.0, ((0.0, 0.0),) * len(KNOTS)))
    labelled = np.array([gold is not None for _, gold, _ in items])
    found_x, found_y = [], []
    for (_, gold, fp), name in zip(items, names, strict=True):
        x, y, _, others = grouper.watch(fp, numbers[name])
        if gold:
            found_x.append(x[labelled[others]])
            found_y.append(y[labelled[others]])
    return np.concatenate(found_x).astype(float), np.concatenate(found_y).astype(float)


def fit(x: np.ndarray, y: np.ndarray) -> Curves:
    """The curves under which the labels are most likely, none of which falls anywhere."""
    z = np.column_stack([rises(x), np.ones(len(x))])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = z @ w
        ridge = np.append(w[:-1], 0)
        gradient = z.T @ (1 / (1 + np.exp(-odds)) - y) + 2 * RIDGE * ridge
        return float((np.logaddexp(0, odds) - y * odds).sum() + RIDGE * ridge @ ridge), gradient

    bounds = [(0, None)] * (z.shape[1] - 1) + [(None, None)]
    start = np.zeros(z.shape[1])
    w = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 3000}).x
    ends = np.cumsum([len(knots) - 1 for knots in KNOTS.values()])
    steps = np.split(w[:-1], ends[:-1])
    return Curves(float(w[-1]), tuple((0.0, *np.cumsum(step).tolist()) for step in steps))


def write(curves: Curves) -> None:
    lines = [f"bias\t{curves.bias:.4f}"]
    lines += [
        "\t".join([name, *(f"{h:.4f}" for h in heights)]) for name, heights in zip(KNOTS, curves.heights, strict=True)
    ]
    head = (
        "# How pairs of articles are judged: log odds of one story, by the height of each curve at each of its knots\n"
        "# (rashomon.group.likeness). Fitted by scripts/fit_stories.py on two sets of hand-made stories. Apache-2.0.\n"
    )
    path = Path(str(files("rashomon.group") / "data" / "story_curves.tsv"))
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {path}")


def main() -> None:
    if not BENCH.is_dir():
        raise SystemExit(f"no labelled sets at {BENCH}: set RASHOMON_BENCH")
    sys.path.insert(0, str(BENCH))
    sets = {name: mixed(prints(name)) for name in SETS}
    pairs = [(*examples(items), name) for name, items in sets.items()]
    if "--check" not in sys.argv[1:]:
        dense = hidden_examples()
        x, y = (np.concatenate([part, *(pair[place] for pair in pairs)]) for place, part in enumerate(dense))
        write(fit(x, y))
        return
    chance = random.Random(1)
    fold = {name: [chance.randrange(FOLDS) for _ in range(len(items))] for name, items in sets.items()}
    judges = []
    for left_out in range(FOLDS):
        kept = [
            (x[keep], y[keep])
            for x, y, other, own, name in pairs
            for keep in [(np.array(fold[name])[own] != left_out) & (np.array(fold[name])[other] != left_out)]
        ]
        judges.append(fit(np.concatenate([x for x, _ in kept]), np.concatenate([y for _, y in kept])))
    for name, items in sets.items():
        numbers = {gold: number for number, gold in enumerate(sorted({gold for gold, _ in items}))}
        grouper = Judged(judges, [fold[name][numbers[gold]] for gold, _ in items])
        placed = [grouper.add(fp).assignment.story_id for _, fp in items]
        grouper.settle()
        told = [grouper.current(story) for story in placed]
        print(name, {k: [round(v, 4) for v in f] for k, f in figures([gold for gold, _ in items], told).items()})


if __name__ == "__main__":
    main()

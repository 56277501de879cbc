"""Learn whether two sentences of different articles state one fact, from stories that readers labelled.

    RASHOMON_BENCH=../shared/bench python scripts/fit_facts.py          # fit and write
    RASHOMON_BENCH=../shared/bench python scripts/fit_facts.py --check  # only what it reaches on unseen stories

Learned on the learning half of the shared set and on the stories labelled by this project's readers; the checking half
is never read here. Boosted trees of a dozen leaves; a pair of grade 1 counts half; copied sentences are left out, since
to recognise them is another skill. Thresholds are read off predictions made for stories left out in turn.
"""

import argparse
import hashlib
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from fact_stories import FactStory, own_stories, sentences_of_label, shared_stories  # noqa: E402
from rashomon.align.matching.candidate_pairs import near_pairs  # noqa: E402
from rashomon.align.matching.decision import LOOK, PATH, Trees, is_copy, save_trees  # noqa: E402
from rashomon.align.matching.features import FEATURES, Features, pair_features  # noqa: E402
from rashomon.align.statements.prepare import prepare_story  # noqa: E402
from rashomon.align.statements.sentences import StatedSentence  # noqa: E402
from rashomon.align.statements.similarity import bag, load_lexicon, weigh_in_story  # noqa: E402

ROUNDS, RATE, LEAVES, FEWEST, PENALTY = 160, 0.06, 12, 40, 5.0
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Learned:
    """The candidate pairs of one story: features, and the grade that readers gave (0: no common fact)."""

    name: str
    features: Features
    grade: np.ndarray
    copy: np.ndarray
    lost: int
    """Labelled pairs of grade 2 that are no candidates."""


def learned(story: FactStory, *, short: bool = False) -> Learned:
    """A labelled story as the decision sees it; ``short``: a few sentences in a row of each article, as in notes and
    small tests, where nothing has rivals."""
    sentences = prepare_story(story.articles, story.marks).sentences
    if short:
        sentences = _shortened(sentences, story.name)
    candidates = [
        (i, j)
        for i, j, _ in near_pairs([s.bag for s in sentences], floor=LOOK)
        if sentences[i].article != sentences[j].article
    ]
    pairs = np.array(candidates, np.int64).reshape(-1, 2)
    grades: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
    for fact in story.label["facts"]:
        members = sorted(tuple(m) for m in fact["members"])
        for at, a in enumerate(members):
            for b in members[at + 1 :]:
                if a[0] != b[0]:
                    grades[a, b] = max(grades.get((a, b), 0), fact["grade"])
    place = sentences_of_label(story, [s.span for s in sentences])
    grade = [
        max((grades.get((min(p, q), max(p, q)), 0) for p in place[i] for q in place[j]), default=0)
        for i, j in candidates
    ]
    copies = [is_copy(sentences[i], sentences[j]) for i, j in candidates]
    lost = 0 if short else sum(g == 2 for g in grades.values()) - sum(g == 2 for g in grade)
    features = pair_features(sentences, pairs) if len(pairs) else np.zeros((0, len(FEATURES)), np.float32)
    return Learned(story.name, features, np.array(grade), np.array(copies, np.bool_), lost)


def _shortened(sentences: Sequence[StatedSentence], seed: str) -> tuple[StatedSentence, ...]:
    """One to four sentences in a row of each article, their words weighed as if there were no more."""
    rng = random.Random(seed)
    kept: list[StatedSentence] = []
    for article in dict.fromkeys(s.article for s in sentences):
        own = [s for s in sentences if s.article == article]
        count = rng.randint(1, 4)
        start = rng.randrange(max(1, min(len(own), 8) - count + 1))
        cut = own[start : start + count]
        kept += [replace(s, place=at, bag=bag(s.text, load_lexicon())) for at, s in enumerate(cut)]
    weighed = weigh_in_story([s.bag for s in kept])
    return tuple(replace(s, bag=new) for s, new in zip(kept, weighed, strict=True))


def fitted(stories: Sequence[Learned]) -> HistGradientBoostingClassifier:
    """The trees learned on some stories."""
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        l2_regularization=PENALTY,
        early_stopping=False,
        random_state=0,
    )
    grade = np.concatenate([s.grade[~s.copy] for s in stories])
    weight = np.where(grade == 1, 0.5, 1.0)
    return model.fit(np.vstack([s.features[~s.copy] for s in stories]), grade > 0, sample_weight=weight)


def unseen(stories: Sequence[Learned]) -> list[np.ndarray]:
    """For each story what trees that were learned on others say of its pairs."""
    order = np.random.RandomState(0).permutation(len(stories))
    found: dict[int, np.ndarray] = {}
    for fold in np.array_split(order, FOLDS):
        model = fitted([s for k, s in enumerate(stories) if k not in fold])
        for k in fold:
            found[int(k)] = model.predict_proba(stories[k].features)[:, 1]
    return [found[k] for k in range(len(stories))]


def table(stories: Sequence[Learned], likely: Sequence[np.ndarray]) -> None:
    """Print precision and recall by threshold, and how far likelihoods can be taken at their word."""
    grade = np.concatenate([s.grade[~s.copy] for s in stories])
    p = np.concatenate([own[~s.copy] for s, own in zip(stories, likely, strict=True)])
    whole = (grade == 2).sum() + sum(s.lost for s in stories)
    print(f"{len(stories)} stories, {len(grade)} candidate pairs, {whole} of grade 2")
    for least in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        kept = p >= least
        right, found = (grade[kept] > 0).mean(), (grade[kept] == 2).sum() / whole
        print(f"  from {least:.2f}: right {right:.3f}, of grade 2 found {found:.3f}")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(f"  said {p[inside].mean():.2f}, true {(grade[inside] > 0).mean():.2f} ({inside.sum()} pairs)")


def arrays(model: HistGradientBoostingClassifier) -> Trees:
    """The trees as plain arrays; every tree has as many places as the largest."""
    trees = [predictors[0].nodes for predictors in model._predictors]
    size = max(len(nodes) for nodes in trees)
    shape = (len(trees), size)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float64), np.zeros(shape, np.float64)
    leaf = np.ones(shape, np.bool_)
    for row, nodes in enumerate(trees):
        count = len(nodes)
        feature[row, :count], left[row, :count], right[row, :count] = (
            nodes["feature_idx"],
            nodes["left"],
            nodes["right"],
        )
        threshold[row, :count], value[row, :count] = nodes["num_threshold"], nodes["value"]
        leaf[row, :count] = nodes["is_leaf"]
    return Trees(feature, threshold, left, right, leaf, value, float(model._baseline_prediction.ravel()[0]))


def main() -> None:
    """Fit, say what it reaches on stories left out, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    labelled = [*shared_stories("learn"), *own_stories()]
    stories = [learned(s) for s in labelled]
    if given.check:
        table(stories, unseen(stories))
        return
    short = [learned(s, short=True) for s in labelled]
    digest = hashlib.sha256(repr([s.label["facts"] for s in labelled]).encode()).hexdigest()[:12]
    told = {
        "features": FEATURES,
        "learned on": f"{len(stories)} stories labelled sentence by sentence, sha256 {digest}",
        "made": date.today().isoformat(),
    }
    model = fitted([*stories, *short])
    save_trees(PATH, arrays(model), told)
    print(f"wrote {PATH}")


if __name__ == "__main__":
    main()

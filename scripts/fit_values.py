"""Learn whether two answers that exclude each other answer one question, from conflicts that readers labelled.

    RASHOMON_BENCH=../shared/bench python scripts/fit_values.py          # fit and write
    RASHOMON_BENCH=../shared/bench python scripts/fit_values.py --check  # only what it reaches on stories left out

Three kinds of examples, none of the checking half: the answers of labelled stories that may be in conflict, held
against the conflicts labelled there, with the likelihoods of one fact from trees that have not seen the story; pairs of
answers of other stories that were read one by one (``benchmarks/labels/values``); and answers changed on purpose in
these (``plant_values``). Boosted trees and a logistic regression, their log odds averaged.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

import fit_facts  # noqa: E402
from fact_stories import (  # noqa: E402
    FactStory,
    _marks,
    _rows,
    bench,
    own_stories,
    sentences_of_label,
    shared_stories,
)
from plant_values import plants  # noqa: E402
from rashomon.align.conflicts.answers import Answer, Read, Reader  # noqa: E402
from rashomon.align.conflicts.find import find_conflicts  # noqa: E402
from rashomon.align.conflicts.value_decision import PATH, ValueDecision, save_decision  # noqa: E402
from rashomon.align.conflicts.value_features import FEATURES, NUMBERS, Features, value_features  # noqa: E402
from rashomon.align.conflicts.value_pairs import ValuePair, draw_pairs  # noqa: E402
from rashomon.align.coreference.entities import merge_entities  # noqa: E402
from rashomon.align.matching.claims import alike_items  # noqa: E402
from rashomon.align.matching.decision import JudgedPairs, judge_pairs  # noqa: E402
from rashomon.align.matching.wording import cluster_statements  # noqa: E402
from rashomon.align.statements.event_dates import with_event_dates  # noqa: E402
from rashomon.align.statements.prepare import Story, prepare  # noqa: E402
from rashomon.align.statements.quantities import read_quantities  # noqa: E402
from rashomon.align.statements.stems import placed_words, stem  # noqa: E402
from rashomon.mark.annotate import annotate  # noqa: E402
from rashomon.mark.language import load_pipeline  # noqa: E402
from rashomon.model.article import Article  # noqa: E402
from rashomon.model.marks import Marks  # noqa: E402
from rashomon.model.spans import Span  # noqa: E402

READ = ROOT / "benchmarks" / "labels" / "values" / "allsides.jsonl"
ROUNDS, RATE, LEAVES, FEWEST, PENALTY, SHARE = 120, 0.06, 8, 10, 10.0, 0.5
# Strength of the regression's prior.
PRIOR = 0.05
# What an example weighs: a labelled conflict, any other pair of a labelled story, one that nobody read, a planted one.
CONFLICT, OTHER, UNREAD, PLANTED = 4.0, 1.0, 0.5, 0.3
# ... a planted day: it is often one of two steps, so it tells less.
PLANTED_DAY = 0.1
FOLDS, SEEDS = 6, 3
# Changes a story, and stories in which any are made: each costs a second.
PLANTS_A_STORY, PLANTED_IN = 3, 150
# Verdicts.
YES, NO, UNCLEAR, NOT_READ = 1, 0, -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The pairs of answers of one story: features, shape (n, features), and the verdict on each."""

    story: str
    pairs: Sequence[ValuePair]
    features: Features
    verdict: np.ndarray


def prepared(articles: Sequence[Article], marks: Mapping[str, Marks]) -> Story:
    """A story as ``align`` sees it."""
    return with_event_dates(prepare(articles, marks, merge_entities(articles, marks)))


def drawn(story: Story, judged: JudgedPairs) -> tuple[list[ValuePair], Features]:
    """The pairs of answers of a story and their features."""
    raised = find_conflicts(story, cluster_statements(story, judged), alike_items(story))
    reader = Reader(story)
    pairs = [*draw_pairs(judged, reader)]
    return pairs, value_features(story, judged, reader, pairs, raised)


def labelled(stories: Sequence[FactStory]) -> Iterator[tuple[FactStory, Examples]]:
    """Examples of stories in which every fact was labelled."""
    learned = [fit_facts.learned(s) for s in stories]
    for own, likely in zip(stories, fit_facts.unseen(learned), strict=True):
        story = prepared(own.articles, own.marks)
        judged = judge_pairs(story.sentences)
        surely = (judged.likely == 0) | (judged.likely == 1)
        judged = JudgedPairs(judged.pairs, judged.alike, np.where(surely, judged.likely, np.round(likely, 6)))
        pairs, features = drawn(story, judged)
        place = sentences_of_label(own, [s.span for s in story.sentences])
        verdict = np.array([_verdict(own, p, place) for p in pairs], np.int64)
        yield own, Examples(own.name, pairs, features, verdict)


def _verdict(own: FactStory, p: ValuePair, place: Sequence[set[tuple[int, int]]]) -> int:
    """Whether the label of a conflict gives both answers; unclear where it holds both sentences and gives others."""
    found = NO
    for fact in own.label["facts"]:
        members = {tuple(m) for m in fact["members"]}
        if fact.get("conflict") and place[p.i] & members and place[p.j] & members:
            if _gives(fact["conflict"], p.x, p.aligned.a) and _gives(fact["conflict"], p.y, p.aligned.b):
                return YES
            found = UNCLEAR if p.kind != "word" else found
    return found


def _gives(label: str, answer: Answer, read: Read) -> bool:
    text = re.sub(r"\bA\d(\.\d+)?\b|\b\d(?:(?:, | and )\d)*:", "", label)
    if answer.kind in NUMBERS:
        share = {"part": 100}
        told = [q.value * share.get(q.unit, 1) for q in read_quantities(text)]
        return any(abs(v - answer.value) < 1e-6 for v in told) or str(int(answer.value)) in re.findall(r"\d+", text)
    said = {stem(w) for w, _, _ in placed_words(text)}
    own = [stem(w) for w, _, _ in placed_words(read.sentence.text[answer.start : answer.end])]
    return any(w in said for w in own if w not in {"the", "a", "on", "of", "in", "late", "earli", "earlier", "this"})


def read_stories() -> Iterator[tuple[str, Story, JudgedPairs, list[dict[str, Any]]]]:
    """The stories of which single pairs were read, with the verdicts."""
    verdicts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in READ.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        verdicts[row["story"]].append(row)
    members: dict[str, list[str]] = defaultdict(list)
    with gzip.open(bench() / "stories" / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            members[row["story_id"]].append(row["id"])
    for name in sorted(verdicts):
        articles = [_rows("allsides")[ref] for ref in members[name]]
        story = prepared(articles, {a.id: _marks(a) for a in articles})
        yield name, story, judge_pairs(story.sentences), verdicts[name]


def examples_read(name: str, story: Story, judged: JudgedPairs, rows: Sequence[Mapping[str, Any]]) -> Examples:
    """Examples of a story of which single pairs were read; the same answers elsewhere in it share the verdict "no"."""
    pairs, features = drawn(story, judged)
    ids = {a.ref: a.id for a in story.articles}
    verdict = np.full(len(pairs), NOT_READ)
    known = {"yes": YES, "no": NO, "open": UNCLEAR}
    of_values: dict[tuple[str, frozenset[str]], int] = {}
    for row in rows:
        spans = [Span(ids[ref], start, end) for ref, start, end in row["sides"]]
        for at, p in enumerate(pairs):
            own = (p.aligned.a.span_of(p.x), p.aligned.b.span_of(p.y))
            if p.kind == row["kind"] and all(any(s.overlaps(o) for s in spans) for o in own):
                verdict[at] = known[row["verdict"]]
                of_values[_printed(p)] = verdict[at]
    for at, p in enumerate(pairs):
        if verdict[at] == NOT_READ and _printed(p) in of_values:
            verdict[at] = NO if of_values[_printed(p)] == NO else UNCLEAR
    return Examples(name, pairs, features, verdict)


def _printed(p: ValuePair) -> tuple[str, frozenset[str]]:
    left = p.aligned.a.sentence.text[p.x.start : p.x.end].lower()
    right = p.aligned.b.sentence.text[p.y.start : p.y.end].lower()
    return p.kind, frozenset({left, right})


def planted(
    story: Story, judged: JudgedPairs, names: Mapping[str, Sequence[str]], rng: random.Random
) -> Iterator[np.ndarray]:
    """The features of answers that were changed on purpose."""
    kinds: Counter[str] = Counter()
    for plant in plants(story, judged, Reader(story), names, rng):
        number = plant.kind in NUMBERS
        if sum(kinds.values()) >= PLANTS_A_STORY:
            return
        if kinds[plant.kind] >= (2 if number else 1) or (not number and rng.random() < 0.55):
            continue
        kinds[plant.kind] += 1
        made = plant.article
        articles = [made if a.ref == made.ref else a for a in story.articles]
        marks = {a.id: annotate(a, load_pipeline()) if a is made else story.marks[a.id] for a in articles}
        changed = prepared(articles, marks)
        pairs, features = drawn(changed, judge_pairs(changed.sentences))
        spot = Span(made.id, plant.start, plant.end)
        for p, row in zip(pairs, features, strict=True):
            sides = ((p.aligned.a, p.x, p.aligned.b), (p.aligned.b, p.y, p.aligned.a))
            if p.kind != "word" and any(
                r.sentence.article == made.id and r.span_of(z).overlaps(spot) and o.sentence.span == plant.other
                for r, z, o in sides
            ):
                yield row


def stacked(examples: Sequence[Examples], plants_: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, whether it is a conflict, and weights."""
    kept = [(e.features[e.verdict != UNCLEAR], e.verdict[e.verdict != UNCLEAR]) for e in examples]
    verdict = np.concatenate([v for _, v in kept])
    weight = np.select([verdict == YES, verdict == NO], [CONFLICT, OTHER], UNREAD)
    days = plants_[:, FEATURES.index("day")] > 0
    return (
        np.vstack([*(f for f, _ in kept), plants_]),
        np.concatenate([verdict == YES, np.ones(len(plants_), np.bool_)]),
        np.concatenate([weight, np.where(days, PLANTED_DAY, PLANTED)]),
    )


def fitted(examples: Sequence[Examples], plants_: np.ndarray) -> ValueDecision:
    """The decision learned on some stories."""
    features, conflict, weight = stacked(examples, plants_)
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=FEWEST,
        l2_regularization=PENALTY, max_features=SHARE, early_stopping=False, random_state=0,
    ).fit(features, conflict, sample_weight=weight)  # fmt: skip
    scaler = StandardScaler().fit(features)
    line = LogisticRegression(C=PRIOR, max_iter=3000).fit(scaler.transform(features), conflict, sample_weight=weight)
    return ValueDecision(fit_facts.arrays(model), scaler.mean_, scaler.scale_, line.coef_[0], float(line.intercept_[0]))


def left_out(examples: Sequence[Examples], others: Sequence[Examples], plants_: np.ndarray) -> list[np.ndarray]:
    """For each labelled story what is predicted by a decision that has not seen it."""
    order = np.random.RandomState(1).permutation(len(examples))
    found: dict[int, np.ndarray] = {}
    for fold in np.array_split(order, FOLDS):
        model = fitted([*(e for k, e in enumerate(examples) if k not in fold), *others], plants_)
        found.update((int(k), model.likelihoods(examples[k].features)) for k in fold)
    return [found[k] for k in range(len(examples))]


def table(stories: Sequence[FactStory], examples: Sequence[Examples], likely: Sequence[np.ndarray]) -> None:
    """Print what is asserted, right and found by threshold: each two answers of a story count once."""
    print("likely  asserted  right  share  found of")
    for least in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2):
        asserted = right = found = gold = 0
        for own, e, p in zip(stories, examples, likely, strict=True):
            place = sentences_of_label(own, [q.aligned.a.sentence.span for q in e.pairs])
            other = sentences_of_label(own, [q.aligned.b.sentence.span for q in e.pairs])
            conflicts = [{tuple(m) for m in f["members"]} for f in own.label["facts"] if f.get("conflict")]
            told: dict[tuple[str, frozenset[str]], set[int]] = defaultdict(set)
            for at in np.flatnonzero(p >= least).tolist():
                told[_printed(e.pairs[at])] |= {
                    n for n, members in enumerate(conflicts) if place[at] & members and other[at] & members
                }
            asserted, right = asserted + len(told), right + sum(bool(own) for own in told.values())
            found, gold = found + len(set().union(*told.values())), gold + len(conflicts)
        print(f"{least:>6}{asserted:>10}{right:>7}{right / max(1, asserted):>7.2f}{found:>7} {gold}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    stories = [*shared_stories("learn"), *own_stories()]
    ours = [e for _, e in labelled(stories)]
    have = {s.name.removeprefix("allsides_") for s in stories}
    rest = [r for r in read_stories() if r[0] not in have]
    names: dict[str, set[str]] = defaultdict(set)
    for _, story, _, _ in rest:
        for entity in story.index.entities:
            kind = {"PERSON": "person", "ORG": "body", "PLACE": "place"}.get(entity.kind)
            if kind and len(entity.name.split()) <= 3:
                names[kind].add(entity.name)
    by_kind = {kind: sorted(own) for kind, own in names.items()}
    rng = random.Random(13)
    rows = [row for _, story, judged, _ in rest[:PLANTED_IN] for row in planted(story, judged, by_kind, rng)]
    plants_ = np.array(rows, np.float64).reshape(-1, len(FEATURES))
    others = [examples_read(*r) for r in rest]
    yes = sum(int((e.verdict == YES).sum()) for e in (*ours, *others))
    print(f"{len(ours)} labelled stories, {len(others)} read in part, {yes} pairs in conflict, {len(plants_)} planted")
    table(stories, ours, left_out(ours, others, plants_))
    if given.check:
        return
    every = hashlib.sha256(b"".join(e.features.astype(np.float32).tobytes() for e in (*ours, *others)))
    told = {
        "made_by": "scripts/fit_values.py", "date": date.today().isoformat(), "features": FEATURES,
        "stories": [s.name for s in stories], "read": len(others), "planted": len(plants_), "pairs in conflict": yes,
        "training_sha256": every.hexdigest(),
    }  # fmt: skip
    save_decision(PATH, fitted([*ours, *others], plants_), told)
    print(f"written: {PATH}")


if __name__ == "__main__":
    main()

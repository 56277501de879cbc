"""Learn the decisions about pairs: benchmarks/lab/data/pair_weights.tsv.

    RASHOMON_BENCH=../shared/bench python scripts/fit_pairs.py

"event" and "claim" are learned on the training topics of ECB+: every two labelled words of a story that our own
grouping finds, and every two claims of two articles whose predicates are labelled words. "related", "weakens" and
"counterpart" are learned on ClaimDiff. ``benchmarks/pairs.py`` has the method and what each decision asks;
benchmarks/claims.py measures. Prints what the thresholds of ``lab.event_chains`` and ``align.claims`` were chosen from:
every fifth of the topics judged by weights learned on the others. Takes about six minutes, mostly to mark.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from claimdiff import ClaimDiff
from ecb_pairs import ClaimPairs, EventPairs
from entities import BENCH, ecb_events, stories_of
from pairs import FEATURES, Examples, Floats, fit, out_of_fold

PATH = Path(__file__).parents[1] / "benchmarks/lab/data/pair_weights.tsv"
HEAD = """\
# Decision, feature, weight: log odds of what lab.pair_weights decides about two claims, words or statements.
# Learned by scripts/fit_pairs.py on the training parts of ECB+ (event, claim) and ClaimDiff. Apache-2.0.
"""


def main() -> None:
    sys.path.insert(0, str(BENCH))
    lines = (BENCH / "claims/claimdiff_train.jsonl").read_text(encoding="utf-8").splitlines()
    sets = ClaimDiff([json.loads(line) for line in lines]).sets()
    stories = stories_of(list(ecb_events("train")))
    events, claims = EventPairs(stories.values()), ClaimPairs(stories.values())
    sets |= {"event": events.examples, "claim": claims.examples}
    show_events(events, out_of_fold(events.examples, "event"))
    show_claims(claims, out_of_fold(claims.examples, "claim"))
    write(sets)


def write(sets: dict[str, Examples]) -> None:
    rows = [
        f"{decision}\t{feature}\t{weight:.4f}\n"
        for decision in FEATURES
        for feature, weight in fit(sets[decision], decision).items()
    ]
    PATH.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"written: {PATH}")


def show_events(events: EventPairs, likely: Floats) -> None:
    import score

    for least in np.arange(0.2, 0.51, 0.05):
        print(f"events joined from {least:.2f}: CoNLL {score.conll(*events.joined(likely, least))['conll']:.4f}")


def show_claims(claims: ClaimPairs, likely: Floats) -> None:
    for least in np.arange(0.5, 0.96, 0.05):
        precision, recall = claims.figures(likely >= least)
        print(f"compatible claims from {least:.2f}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()

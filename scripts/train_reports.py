"""Train what decides which reports are reports and where they end, on the training part of the labelled quotations.

    RASHOMON_BENCH=../shared/bench python scripts/train_reports.py

Writes src/rashomon/mark/quotes/data/edges.tsv and reports.tsv: two logistic regressions with a ridge, over the traits
that quotes/edges.py and quotes/reports.py name. Prints the figures of a cross-validation over articles, from which
LIKELY in quotes/find.py was chosen. Takes about ten minutes, nearly all of it for the parse.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rashomon.mark.language import load_pipeline, paragraphs, parse
from rashomon.mark.quotes import edges, find, indirect, words
from rashomon.mark.quotes.direct import find_direct
from rashomon.mark.quotes.marks import Quoted, pair_marks
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.tree import Tree

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from quotes import gold_of, rows

DATA = Path(__file__).parents[1] / "src/rashomon/mark/quotes/data"
# Weight of the ridge, and how often a trait must be seen: cross-validated, flat around these.
RIDGE, OFTEN = 5.0, 8
# A frame of a cue becomes a candidate at all when it was right this often, in this share of its places.
TIMES, SHARE = 3, 0.2
FOLDS = 3
# The referee's least overlap of what counts as the same; characters between the starts of content and gold.
SAME, NEAR = 0.5, 40
ORIGIN = "Trained by scripts/train_reports.py on the training part of the labelled quotations (Apache-2.0)."
Range = tuple[int, int]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """One article, parsed; ``gold`` is each attribution's span, kind and cues."""

    text: str
    tree: SpeechTree
    pairs: list[Quoted]
    gold: list[tuple[Range, str, list[Range]]]


@dataclass(frozen=True)
class Example:
    """One candidate: the article's number, its cue, its span, whether it is in the gold, its traits."""

    article: int
    cue: int
    span: Range
    marked: bool
    right: bool
    traits: list[str]


def read_all(part: str) -> list[Read]:
    nlp = load_pipeline()
    found = []
    for row in rows(part, None):
        text = row["text"]
        gold = [(one["span"], one["kind"], one["cues"]) for one in gold_of(row)]
        found.append(Read(text, SpeechTree(Tree(parse(text, nlp))), pair_marks(text, paragraphs(text)), gold))
    return found


def overlap(a: Range, b: Range) -> float:
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (a[1] - a[0] + b[1] - b[0] - shared)


def every_frame(reads: Sequence[Read]) -> list[str]:
    """Each cue with each frame that it is ever seen with."""
    seen: Counter[str] = Counter()
    for read in reads:
        tree = read.tree
        for head, pos in enumerate(tree.pos):
            if pos in indirect.HEADS:
                names = [frame for frame, _ in indirect.complements(tree, head)]
                pairs = [f"{a}+{b}" for a, b in pairwise(names)]
                seen.update(f"cue {pos} {tree.lemma[head]} {frame}" for frame in (*names, *pairs))
    return [name for name, count in seen.items() if count >= TIMES]


def write(name: str, found: dict[str, float], origin: str) -> None:
    """Write a table of weights and let the rules see it."""
    lines = [f"{trait}\t{weight:.3g}\n" for trait, weight in sorted(found.items()) if trait.isprintable()]
    (DATA / f"{name}.tsv").write_text(f"# {origin}\n" + "".join(lines), encoding="utf-8")
    words.weights.cache_clear()
    words.cues.cache_clear()


def fit(traits: Sequence[list[str]], labels: Floats, importance: Floats, known: Sequence[str]) -> dict[str, float]:
    """Logistic regression with a ridge, to its minimum."""
    column = {name: place for place, name in enumerate(known)}
    where = [sorted({column[name] for name in names if name in column}) for names in traits]
    pointers = np.cumsum([0, *(len(places) for places in where)])
    flat = np.concatenate([np.array(places, dtype=np.int64) for places in where])
    x = csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(traits), len(known)))
    xt = x.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = x @ weights[:-1] + weights[-1]
        off = importance * (1 / (1 + np.exp(-z)) - labels)
        value = (importance * (np.logaddexp(0, z) - labels * z)).sum() + RIDGE / 2 * (weights[:-1] ** 2).sum()
        return float(value), np.append(xt @ off + RIDGE * weights[:-1], off.sum())

    result = minimize(loss, np.zeros(len(known) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    found = dict(zip(known, result.x[:-1].tolist(), strict=True))
    return {**{name: weight for name, weight in found.items() if abs(weight) > 0.01}, "bias": float(result.x[-1])}


def often(traits: Iterable[list[str]]) -> list[str]:
    seen = Counter(name for names in traits for name in set(names))
    return sorted(name for name, count in seen.items() if count >= OFTEN)


def train_edges(reads: Sequence[Read]) -> dict[str, float]:
    """From every candidate at a gold cue that some choice of its end would make right: which ends beat the parser's."""
    traits: list[list[str]] = []
    labels: list[bool] = []
    importance: list[float] = []
    for read in reads:
        tree, tops = read.tree, [pair for pair in read.pairs if pair.depth == 0]
        starts = [pair.start for pair in tops]
        gold = [(span, cues) for span, kind, cues in read.gold if kind != "direct"]
        for one in indirect.options(tree):
            first, last = one.content[-1]
            at = tree.start[one.cue]
            near = [s for s, cues in gold if abs(s[0] - tree.start[first]) < NEAR and any(a <= at < b for a, b in cues)]
            if len(one.content) > 1 or first <= one.cue or not near:
                continue

            def fits(end: int, first: int = first, near: Sequence[Range] = near) -> float:
                wide = indirect.widen([(tree.start[first], tree.end[end - 1])], tops, starts)  # noqa: B023
                return max(overlap(span, wide[0]) for span in near)

            uncut = fits(last)
            choices = [(end, place, fits(end)) for end, place in edges.ends(tree, one.cue, first, last)]
            if max([uncut, *(fitting for _, _, fitting in choices)]) < SAME:
                continue
            for end, place, fitting in choices:
                traits.append(edges.traits(tree, one.cue, one.frame, first, last, end, place))
                labels.append(fitting > uncut)
                importance.append(min(1.0, 2 * abs(fitting - uncut)) + 0.05)
    return fit(traits, np.array(labels, dtype=float), np.array(importance), often(traits))


def examples(reads: Sequence[Read]) -> list[Example]:
    """Every candidate; right are those that fit a gold content, of these those at its cue, where there is one."""
    found = []
    for number, read in enumerate(reads):
        direct = find_direct(read.text, read.tree, read.pairs, paragraphs(read.text), "a")
        possible = find.Candidates(read.tree, read.pairs, direct)
        own = [mended for each in possible if (mended := possible.mended(each))]
        spans = [(each.content[0][0], each.content[-1][1]) for each in own]
        right: set[int] = set()
        for span, kind, cues in read.gold:
            if kind != "direct":
                fitting = [i for i, one in enumerate(spans) if overlap(span, one) >= SAME]
                places = [(i, read.tree.start[own[i].found.cue]) for i in fitting]
                right.update([i for i, at in places if any(a <= at < b for a, b in cues)] or fitting)
        for i, each in enumerate(own):
            found.append(Example(number, each.found.cue, spans[i], each.marked, i in right, each.traits))
    return found


def worthy(found: Sequence[Example]) -> set[str]:
    """The cues and frames that are right often enough to be looked at."""
    seen = Counter(one.traits[0] for one in found)
    right = Counter(one.traits[0] for one in found if one.right)
    return {name for name, count in seen.items() if right[name] >= TIMES and right[name] >= SHARE * count}


def figures(found: Sequence[Example], scores: Floats, least: float, reads: Sequence[Read], kind: str) -> list[float]:
    """Precision, recall and F1 of one kind, of each cue the likeliest."""
    taken: dict[int, list[Example]] = defaultdict(list)
    for place in np.argsort(-scores):
        one = found[place]
        if scores[place] >= least and not any(
            (o.cue == one.cue and o.span[0] < one.span[1] and one.span[0] < o.span[1])
            or overlap(o.span, one.span) > find.ALIKE
            for o in taken[one.article]
        ):
            taken[one.article].append(one)
    right = given = 0
    wanted = sum(k == kind for read in reads for _, k, _ in read.gold)
    for number, ones in taken.items():
        left = [span for span, k, _ in reads[number].gold if k == kind]
        for one in ones:
            if one.marked is (kind == "mixed"):
                given += 1
                best = max(left, key=lambda span: overlap(span, one.span), default=None)
                if best and overlap(best, one.span) >= SAME:
                    left.remove(best)
                    right += 1
    precision, recall = right / max(1, given), right / max(1, wanted)
    return [precision, recall, 2 * precision * recall / max(1e-9, precision + recall)]


def main() -> None:
    train(read_all("train"))


def train(reads: Sequence[Read]) -> None:
    write("edges", {"bias": -99.0}, ORIGIN)
    write("reports", {**dict.fromkeys(every_frame(reads), 0.0), "bias": 0.0}, ORIGIN)
    write("edges", train_edges(reads), ORIGIN)
    found = examples(reads)
    kept = worthy(found)
    chosen = {f"cue {pos} {lemma} {f}" for (pos, lemma), frames in words.frames().items() for f in frames}
    found = [one for one in found if one.traits[0] in kept | chosen]
    traits, labels = [one.traits for one in found], np.array([one.right for one in found], dtype=float)
    known, even = often(traits), np.ones(len(found))
    print(f"{len(found)} candidates, {int(labels.sum())} of them right, {len(known)} traits")
    fold = np.array([one.article % FOLDS for one in found])
    scores = np.zeros(len(found))
    for held in range(FOLDS):
        inside = np.flatnonzero(fold != held)
        weights = fit([traits[i] for i in inside], labels[inside], even[inside], known)
        for i in np.flatnonzero(fold == held):
            scores[i] = weights["bias"] + sum(weights.get(name, 0.0) for name in set(traits[i]))
    for least in np.arange(-1.0, 0.41, 0.2):
        shown = [f"{x:.3f}" for kind in ("indirect", "mixed") for x in figures(found, scores, least, reads, kind)]
        print(f"{least:5.1f}", *shown)
    weights = fit(traits, labels, even, known)
    write("reports", {**dict.fromkeys(kept, 0.0), **weights}, ORIGIN)


if __name__ == "__main__":
    main()

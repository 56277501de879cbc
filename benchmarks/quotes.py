"""Quotations and credits against the referee: ``python benchmarks/quotes.py [--part dev|train] [--json] [--frames]``.

Gold is each article's first annotator. A gold attribution is direct when its content stands in quotation marks (all
but a fifth of its letters), indirect when it holds none, else mixed; an attribution's span is that of all its pieces.
The folder of labelled sets is RASHOMON_BENCH (default ../shared/bench). ``--frames`` prints how often each cue word
with each kind of complement was right, from which data/frames.tsv was chosen.
"""

import argparse
import gzip
import importlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from spacy.language import Language

from rashomon.mark.credits import find_credits
from rashomon.mark.language import load_pipeline, paragraphs, parse
from rashomon.mark.quotes import find_quotations
from rashomon.mark.quotes.indirect import complements, content_of, speaker_of, widen
from rashomon.mark.quotes.marks import pair_marks
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Quotation

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
KINDS = ("direct", "indirect", "mixed")
WIRES = {
    "agency:associated-press": "ap",
    "agency:reuters": "reuters",
    "agency:agence-france-presse": "afp",
    "agency:united-press-international": "upi",
}
Row = dict[str, Any]
Pair = tuple[tuple[int, int], tuple[int, int] | None]


def rows(part: str, limit: int | None) -> list[Row]:
    with gzip.open(BENCH / "quotes" / f"polnear_{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def kind_of(content: str) -> str:
    content = content.replace("''", '"').strip(" ,.;:")
    if not any(mark in content for mark in '“”„"«»'):
        return "indirect"
    depth = outside = letters = 0
    for char in content:
        if char in "“„«":
            depth += 1
        elif char in "”»":
            depth = max(0, depth - 1)
        elif char == '"':
            depth = 0 if depth else 1
        elif char.isalpha():
            letters += 1
            outside += depth == 0
    return "direct" if content[0] in '“”„"«»' and outside <= letters / 5 else "mixed"


def gold_of(row: Row) -> list[dict[str, Any]]:
    found = []
    for one in next(iter(row["attributions"].values()), []):
        pieces = sorted(tuple(span) for content in one["contents"] for span in content["spans"])
        sources = sorted(tuple(span) for source in one["sources"] for span in source["spans"])
        if pieces:
            words = " ".join(row["text"][start:end] for start, end in pieces)
            found.append(
                {
                    "pieces": pieces,
                    "span": (pieces[0][0], pieces[-1][1]),
                    "source": (sources[0][0], sources[-1][1]) if sources else None,
                    "kind": kind_of(words),
                }
            )
    return found


def figures_of(part: str, limit: int | None, nlp: Language) -> dict[str, Any]:
    sys.path.insert(0, str(BENCH))
    score = importlib.import_module("score")
    gold_chars, found_chars = [], []
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wire: Counter[str] = Counter()
    shift = words = 0
    seconds = 0.0
    for row in rows(part, limit):
        article = article_of(row["id"], text=row["text"], authors=tuple(filter(None, [row["author"]])))
        tree = Tree(parse(article.text, nlp))
        begun = time.perf_counter()
        found = find_quotations(article, tree, ())
        seconds += time.perf_counter() - begun
        words += sum(token.is_alpha for token in tree.doc)
        gold = gold_of(row)
        gold_chars += [(start + shift, end + shift) for one in gold for start, end in one["pieces"]]
        found_chars += [(span.start + shift, span.end + shift) for one in found for span in one.content]
        shift += len(article.text) + 1
        for kind in (*KINDS, "all"):
            wanted: list[Pair] = [(one["span"], one["source"]) for one in gold if kind in (one["kind"], "all")]
            given = [_pair(one) for one in found if kind in (one.kind, "all")]
            counts[kind].update(score.attribution(wanted, given))
        label = (row["wire"] or "None").lower()
        right = set() if label in ("none", "na") else {label}
        named = {WIRES.get(c.known or "", c.name) for c in find_credits(article, tree, ()) if c.relation == "wire"}
        wire.update(tp=len(right & named), gold=len(right), pred=len(named))
    figures: dict[str, Any] = {
        "content": dict(zip(("p", "r", "f"), score.chars(gold_chars, found_chars), strict=True)),
        "wire": {"p": wire["tp"] / max(wire["pred"], 1), "r": wire["tp"] / max(wire["gold"], 1)},
        "microseconds_a_word": seconds / max(words, 1) * 1e6,
    }
    for kind, count in counts.items():
        p, r = count["tp"] / max(count["pred"], 1), count["tp"] / max(count["gold"], 1)
        speaker = count["src_ok"] / max(count["src_n"], 1)
        figures[kind] = {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0, "speaker": speaker}
    return figures


def measure() -> dict[str, float]:
    """The gate's figures, on the development part."""
    found = figures_of("dev", None, load_pipeline())
    return {f"{name} {key}": value for name in ("content", *KINDS, "wire") for key, value in found[name].items()}


def _pair(found: Quotation) -> Pair:
    speaker = (found.speaker.start, found.speaker.end) if found.speaker else None
    return (found.span.start, found.span.end), speaker


def frames(part: str, limit: int | None, nlp: Language) -> None:
    """Print part of speech, lemma, frame, times right, times seen, of every possible cue seen three times."""
    seen: Counter[tuple[str, str, str]] = Counter()
    right: Counter[tuple[str, str, str]] = Counter()
    for row in rows(part, limit):
        tree = SpeechTree(Tree(parse(row["text"], nlp)))
        pairs = [pair for pair in pair_marks(row["text"], paragraphs(row["text"])) if pair.depth == 0]
        gold = [one["span"] for one in gold_of(row) if one["kind"] != "direct"]
        for head, pos in enumerate(tree.pos):
            if pos not in ("VERB", "NOUN", "ADJ") or any(p.start <= tree.start[head] < p.end for p in pairs):
                continue
            for frame, complement in complements(tree, head):
                pieces = content_of(tree, head, complement, frame, speaker_of(tree, head, complement))
                if pieces:
                    spans = widen([(tree.start[a], tree.end[b - 1]) for a, b in pieces], pairs)
                    key = (pos, tree.lemma[head], frame)
                    seen[key] += 1
                    right[key] += any(_same(span, (spans[0][0], spans[-1][1])) for span in gold)
    for key, count in sorted(seen.items(), key=lambda item: (-right[item[0]], item[0])):
        if count > 2 and right[key] > 1:
            print(*key, right[key], count, sep="\t")


def _same(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared * 2 >= max(a[1], b[1]) - min(a[0], b[0])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=("dev", "train"), default="dev")
    options.add_argument("--limit", type=int)
    options.add_argument("--json", action="store_true")
    options.add_argument("--frames", action="store_true")
    chosen = options.parse_args()
    if not (BENCH / "score.py").exists():
        sys.exit(f"no referee at {BENCH / 'score.py'}: set RASHOMON_BENCH to the folder of labelled sets")
    nlp = load_pipeline()
    if chosen.frames:
        frames("train", chosen.limit, nlp)
        return
    figures = figures_of(chosen.part, chosen.limit, nlp)
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return
    for name, values in figures.items():
        shown = values if isinstance(values, dict) else {"": values}
        print(f"{name:20}", "  ".join(f"{key} {value:.3f}" for key, value in shown.items()))


if __name__ == "__main__":
    main()

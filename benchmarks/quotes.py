"""Quotations and credits against the referee: ``python benchmarks/quotes.py [--part dev|train] [--json]``.

Gold is each article's first annotator. A gold attribution is direct when its content stands in quotation marks (all
but a fifth of its letters), indirect when it holds none, else mixed; an attribution's span is that of all its pieces.
The folder of labelled sets is RASHOMON_BENCH (default ../shared/bench).
"""

import argparse
import gzip
import importlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from rashomon.mark.credits import find_credits
from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.quotes import find_quotations
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
MARKS = "“”„\"«»'"
Row = dict[str, Any]
Pair = tuple[tuple[int, int], tuple[int, int] | None]


def rows(part: str, limit: int | None) -> list[Row]:
    with gzip.open(BENCH / "quotes" / f"polnear_{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def kind_of(text: str, pieces: Sequence[tuple[int, int]]) -> str:
    """Direct, indirect or mixed, by the share of the pieces' letters that stand in quotation marks.

    A mark that is repeated where a paragraph begins closes nothing, and marks that the annotator left just outside a
    piece on both its sides belong to it.
    """
    inside = letters = depth = 0
    seen = False
    for start, stop in pieces:
        end = start + len(text[start:stop].rstrip())
        first, last = start, end
        while first and text[first - 1] in MARKS:
            first -= 1
        while last < len(text) and text[last] in MARKS:
            last += 1
        if text[first] not in MARKS or text[last - 1] not in MARKS:
            first, last = start, end
        for at in range(first, last):
            char = text[at]
            if char == "'" and text[at : at + 2] == "''":
                char = '"'
            if char in '“„«”»"':
                seen = True
                opens = at == 0 or text[at - 1].isspace()
                if char in "“„«" or (char == '"' and (opens or not depth)):
                    depth = 1 if text[:at].rstrip(" ").endswith("\n") else depth + 1
                else:
                    depth = max(0, depth - 1)
            elif char.isalpha():
                letters += 1
                inside += depth > 0
    if not seen:
        return "indirect"
    return "direct" if inside >= letters * 4 / 5 else "mixed"


def gold_of(row: Row) -> list[dict[str, Any]]:
    found = []
    for one in next(iter(row["attributions"].values()), []):
        pieces = sorted(tuple(span) for content in one["contents"] for span in content["spans"])
        sources = sorted(tuple(span) for source in one["sources"] for span in source["spans"])
        if pieces:
            found.append(
                {
                    "pieces": pieces,
                    "span": (pieces[0][0], pieces[-1][1]),
                    "source": (sources[0][0], sources[-1][1]) if sources else None,
                    "kind": kind_of(row["text"], pieces),
                    "cues": [tuple(span) for cue in one["cues"] for span in cue["spans"]],
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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=("dev", "train"), default="dev")
    options.add_argument("--limit", type=int)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if not (BENCH / "score.py").exists():
        sys.exit(f"no referee at {BENCH / 'score.py'}: set RASHOMON_BENCH to the folder of labelled sets")
    nlp = load_pipeline()
    figures = figures_of(chosen.part, chosen.limit, nlp)
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return
    for name, values in figures.items():
        shown = values if isinstance(values, dict) else {"": values}
        print(f"{name:20}", "  ".join(f"{key} {value:.3f}" for key, value in shown.items()))


if __name__ == "__main__":
    main()

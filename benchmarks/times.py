"""Time expressions against TimeBank, AQUAINT and MEANTIME: the referee's figures, and the errors themselves.

python benchmarks/times.py                 figures
python benchmarks/times.py --errors value  what is wrong: missed, extra, span or value
"""

import argparse
import gzip
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.times import find_times, infer_published, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
# MEANTIME annotates the title, the date line and the first sentences.
MEANTIME_SENTENCES = 5
Gold = list[tuple[int, int, str, str]]


def rows(name: str) -> list[dict[str, Any]]:
    """The articles of one set, each with ``timexes``."""
    path = BENCH / ("coref/meantime_apple_airbus.jsonl.gz" if name == "meantime" else f"times/{name}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    if name == "meantime":
        for article in articles:
            article["timexes"] = _from_tokens(article)
            article["text"] = _annotated_part(article)
    return articles


def _from_tokens(article: dict[str, Any]) -> list[dict[str, Any]]:
    """MEANTIME marks tokens; its text is its tokens, in order."""
    spans: list[tuple[int, int] | None] = []
    at = 0
    for token in article["tokens"]:
        start = article["text"].find(token, at)
        if start < 0 or start > at + 40:
            spans.append(None)
            continue
        spans.append((start, start + len(token)))
        at = start + len(token)
    found = []
    for mention in article["mentions"]:
        if mention["tag"] != "TIMEX3" or not mention["tokens"]:
            continue
        pieces = [span for index in mention["tokens"] if (span := spans[index])]
        if pieces:
            start, end = min(a for a, _ in pieces), max(b for _, b in pieces)
            found.append({"start": start, "end": end, "type": mention["type"], "value": mention["value"]})
    return sorted(found, key=lambda one: (one["start"], one["end"]))


def _annotated_part(article: dict[str, Any]) -> str:
    """The text up to the end of the last sentence that bears marks."""
    at = 0
    for token, sentence in zip(article["tokens"], article["sent_of_token"], strict=True):
        start = article["text"].find(token, at)
        if sentence > MEANTIME_SENTENCES:
            return str(article["text"][:at])
        if 0 <= start <= at + 40:
            at = start + len(token)
    return str(article["text"])


def measure() -> dict[str, float]:
    """The gate's figures: TimeBank and AQUAINT together, and MEANTIME."""
    import score

    nlp = load_pipeline()
    figures: dict[str, float] = {}
    for title, names in {"newswire": ("timebank", "aquaint"), "meantime": ("meantime",)}.items():
        gold: dict[str, Gold] = {}
        found: dict[str, Gold] = {}
        for key, row in ((f"{name}/{row['id']}", row) for name in names for row in rows(name)):
            article = article_of(row["id"], text=row["text"], published=row["dct"])
            times = resolve(find_times(article, Tree(parse(article.text, nlp))), article.day, article.text)
            gold[key] = [(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]
            found[key] = [(t.span.start, t.span.end, t.type, t.value) for t in times]
        figures |= {f"{title} {name}": value for name, value in score.timex(gold, found).items() if "F1" in name}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=["missed", "extra", "span", "value"])
    parser.add_argument("--sets", nargs="+", default=["timebank", "aquaint", "meantime"])
    options = parser.parse_args()
    sys.path.insert(0, str(BENCH))
    import score

    nlp = load_pipeline()
    every_gold: dict[str, Gold] = {}
    every_found: dict[str, Gold] = {}
    words = seconds = 0.0
    days: Counter[str] = Counter()
    for name in options.sets:
        gold: dict[str, Gold] = {}
        found: dict[str, Gold] = {}
        for row in rows(name):
            article = article_of(row["id"], text=row["text"], published=row["dct"])
            tree = Tree(parse(article.text, nlp))
            begun = time.perf_counter()
            times = resolve(find_times(article, tree), article.day, article.text)
            seconds += time.perf_counter() - begun
            words += len(article.text.split())
            inferred, _ = infer_published(article, times)
            days["none" if inferred is None else "right" if inferred == article.day else "wrong"] += 1
            key = f"{name}/{row['id']}"
            gold[key] = [(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]
            found[key] = [(t.span.start, t.span.end, t.type, t.value) for t in times]
            if options.errors:
                exprs = {(t.span.start, t.span.end): t.expr for t in times}
                _show(options.errors, row["text"], row["dct"], gold[key], found[key], exprs)
        figures: dict[str, float] = score.timex(gold, found)
        print(name, {key: round(value, 3) for key, value in figures.items()})
        print(name, "publication day inferred", dict(sorted(days.items())))
        days.clear()
        if name != "meantime":
            every_gold |= gold
            every_found |= found
    if every_gold:
        print("timebank+aquaint", {key: round(value, 3) for key, value in score.timex(every_gold, every_found).items()})
    print(f"{seconds / max(words, 1) * 1e6:.1f} microseconds a word")


def _show(kind: str, text: str, day: str, gold: Gold, found: Gold, exprs: dict[tuple[int, int], str]) -> None:
    def around(start: int, end: int) -> str:
        return f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")

    for start, end, type_, value in gold:
        match = next((f for f in found if f[:2] == (start, end)), None) or next(
            (f for f in found if f[0] < end and start < f[1]), None
        )
        if match is None:
            if kind == "missed":
                print(f"{type_} {value} | {around(start, end)}")
        elif kind == "span" and match[:2] != (start, end):
            print(f"found [{text[match[0] : match[1]]}] | {around(start, end)}")
        elif kind == "value" and match[3] != value:
            print(f"gold {value} found {match[3]} ({exprs[match[:2]]}) day {day} | {around(start, end)}")
    if kind == "extra":
        for start, end, type_, value in found:
            if not any(g[0] < end and start < g[1] for g in gold):
                print(f"{type_} {value} | {around(start, end)}")


if __name__ == "__main__":
    main()

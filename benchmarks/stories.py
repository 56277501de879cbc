"""How well articles are put into stories: B-cubed and pairwise F1 of both sets, and recall of near-copies.

    RASHOMON_BENCH=../shared/bench python benchmarks/stories.py [--scale]

Both sets run as one stream in date order (undated articles last), with empty marks: no names, no days.
"""

import gzip
import json
import os
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rashomon.group import Grouper, fingerprint
from rashomon.group.duplicates import overlap
from rashomon.group.index import SHINGLE_PROBES
from rashomon.model.article import article_of
from rashomon.model.marks import Marks
from rashomon.model.story import Fingerprint

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
SETS = {"news_cluster": "stories/news_cluster.jsonl", "allsides": "stories/allsides.jsonl.gz"}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def day(value: str | None) -> str | None:
    """ISO day of the date forms that the sets use: 2018-05-07T…, 8/29/18."""
    if not value:
        return None
    if match := re.match(r"\d{4}-\d\d-\d\d", value):
        return match.group()
    if match := re.fullmatch(r"(\d+)/(\d+)/(\d+)", value.strip()):
        month, of_month, year = (int(g) for g in match.groups())
        return f"{year + 2000 if year < 100 else year}-{month:02}-{of_month:02}"
    return None


def print_of(row: dict[str, Any]) -> Fingerprint:
    title, published = row["title"] or None, day(row["date"])
    article = article_of(row["id"], text=row["text"], title=title, url=row["id"], published=published)
    return fingerprint(article, Marks(article.id, "0"))


def stream() -> list[tuple[str, str, Fingerprint]]:
    """Set, gold story and fingerprint of every article of both sets, in date order."""
    found = [(name, f"{name}:{r['story_id']}", print_of(r)) for name, file in SETS.items() for r in rows(BENCH / file)]
    return sorted(found, key=lambda item: item[2].published or "9999")


def measure() -> dict[str, dict[str, tuple[float, float, float]]]:
    """P, R and F1 by set and metric."""
    import score

    grouper = Grouper()
    items = [(name, gold, grouper.add(fp)) for name, gold, fp in stream()]
    figures = {}
    for wanted in SETS:
        gold = [g for name, g, _ in items if name == wanted]
        told = [grouper.current(a).story_id for name, _, a in items if name == wanted]
        figures[wanted] = {"bcubed": score.bcubed(gold, told), "pairwise": score.pairwise(gold, told)}
    return figures


def scale() -> dict[str, float]:
    """Speed and memory over the unlabelled articles, recall of the near-copies among them."""
    started = time.perf_counter()
    prints = {r["id"]: print_of(r) for path in sorted((BENCH / "scale").glob("part-*.gz")) for r in rows(path)}
    printed = time.perf_counter()
    ordered = sorted(prints.items(), key=lambda item: item[1].published or "9999")
    grouper = Grouper()
    grouped = time.perf_counter()
    story: dict[str, str] = {}
    for count, (key, fp) in enumerate(ordered, start=1):
        story[key] = grouper.add(fp).story_id
        if count % 3000 == 0:
            print(f"  {count} articles, {count / (time.perf_counter() - grouped):.0f} a second")
    done = time.perf_counter()
    silver = rows(BENCH / "scale" / "reuse_pairs_silver.jsonl")
    pairs = [(r["a"], r["b"]) for r in silver if {r["a"], r["b"]} <= story.keys()]
    seen = sum(overlap(prints[a].shingles, prints[b].shingles).shared > 0 for a, b in pairs)
    probes = {key: set(fp.shingles[:SHINGLE_PROBES]) for key, fp in prints.items()}
    indexed = sum(not probes[a].isdisjoint(probes[b]) for a, b in pairs)
    together = sum(story[a] == story[b] for a, b in pairs)
    return {
        "articles": len(story),
        "stories": len(set(story.values())),
        "fingerprints_per_second": round(len(prints) / (printed - started)),
        "grouped_per_second": round(len(story) / (done - grouped)),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "reuse_pairs": len(pairs),
        "reuse_seen": round(seen / len(pairs), 4),
        "reuse_found_by_index": round(indexed / len(pairs), 4),
        "reuse_same_story": round(together / len(pairs), 4),
    }


def main() -> None:
    if not BENCH.is_dir():
        raise SystemExit(f"no labelled sets at {BENCH}: set RASHOMON_BENCH")
    sys.path.insert(0, str(BENCH))
    for name, metrics in measure().items():
        for metric, (p, r, f1) in metrics.items():
            print(f"{name:13} {metric:9} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")
    if "--scale" in sys.argv[1:]:
        print(json.dumps(scale(), indent=1))


if __name__ == "__main__":
    main()

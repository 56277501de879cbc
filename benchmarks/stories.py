"""How well articles are put into stories: B-cubed and pairwise F1 of both sets.

    RASHOMON_BENCH=../shared/bench python benchmarks/stories.py

Each set is a stream of its own in date order, undated articles between the others at random places (fixed seed), with
empty marks: no names, no days. "other order" is B-cubed of the same articles in another, random, order against the
first ("any order": against the gold). "hidden allsides": the labelled articles in a stream of the whole scale corpus.
"""

import gzip
import json
import os
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rashomon.group import Grouper, fingerprint
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


def prints(name: str) -> list[tuple[str, Fingerprint]]:
    """Gold story and fingerprint of every article of a set, in date order, undated articles last."""
    found = [(str(r["story_id"]), print_of(r)) for r in rows(BENCH / SETS[name])]
    return sorted(found, key=lambda item: item[1].published or "9999")


def mixed(items: list[tuple[str, Fingerprint]], seed: int = 1) -> list[tuple[str, Fingerprint]]:
    """Dated articles in order, undated ones between them at random places."""
    chance = random.Random(seed)
    dated = [item for item in items if item[1].published]
    undated = [item for item in items if not item[1].published]
    chance.shuffle(undated)
    for item in undated:
        dated.insert(chance.randint(0, len(dated)), item)
    return dated


def told(items: Iterable[Fingerprint]) -> list[str]:
    """The stories of a stream as they are in the end."""
    grouper = Grouper()
    placed = []
    ended: dict[str, str] = {}
    for fp in items:
        placement = grouper.add(fp)
        placed.append(placement.assignment.story_id)
        ended |= {merge.story_id: merge.into for merge in placement.merges}
    ended |= {merge.story_id: merge.into for merge in grouper.settle()}

    def current(story: str) -> str:
        while story in ended:
            story = ended[story]
        return story

    return [current(story) for story in placed]


def figures(gold: Sequence[str], found: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 by metric."""
    import score

    return {"bcubed": score.bcubed(gold, found), "pairwise": score.pairwise(gold, found)}


def measure() -> dict[str, Any]:
    """P, R and F1 by set and metric; B-cubed between orders of arrival; the labelled articles hidden in the corpus."""
    found: dict[str, Any] = {}
    for name in SETS:
        items = mixed(prints(name))
        gold = [story for story, _ in items]
        first = told(fp for _, fp in items)
        found[name] = figures(gold, first)
        shuffled = list(range(len(items)))
        random.Random(2).shuffle(shuffled)
        again = told(items[place][1] for place in shuffled)
        found[name]["other order"] = figures([first[place] for place in shuffled], again)["bcubed"]
        found[name]["any order"] = figures([gold[place] for place in shuffled], again)["bcubed"]
    found["hidden allsides"] = hidden()
    return found


def corpus() -> list[tuple[str, str | None, Fingerprint]]:
    """Id, gold story (where it has one) and fingerprint of all articles of the scale corpus and of allsides, mixed."""
    gold = {r["id"]: str(r["story_id"]) for r in rows(BENCH / SETS["allsides"])}
    stream = {r["id"]: r for path in sorted((BENCH / "scale").glob("part-*.gz")) for r in rows(path)}
    stream |= {r["id"]: r for r in rows(BENCH / SETS["allsides"])}
    found = sorted(((key, print_of(r)) for key, r in stream.items()), key=lambda item: item[1].published or "9999")
    return [(key, gold.get(key), fp) for key, fp in mixed(found)]


def hidden() -> dict[str, tuple[float, float, float]]:
    """The articles of allsides among the whole scale corpus, in date order, undated ones in between."""
    items = corpus()
    stories = told(fp for *_, fp in items)
    labelled = [(gold, story) for (_, gold, _), story in zip(items, stories, strict=True) if gold]
    return figures([g for g, _ in labelled], [s for _, s in labelled])


def main() -> None:
    if not BENCH.is_dir():
        raise SystemExit(f"no labelled sets at {BENCH}: set RASHOMON_BENCH")
    sys.path.insert(0, str(BENCH))
    for name, metrics in measure().items():
        for metric, (p, r, f1) in metrics.items():
            print(f"{name:16} {metric:12} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()

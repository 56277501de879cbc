"""How long it takes to align and tell a story, and in what memory, from 5 to 500 articles: a part of ``speed.py``.

    RASHOMON_BENCH=../shared/bench python benchmarks/align_speed.py [-o out/align.json] [--sizes 5 50 500]

The story is one running affair of the scale corpus: the articles that name one man most often in the half year of his
hearing, or without a date. Nobody would have grouped all of them as one event, so it is a hard case: the same names and
words everywhere. The shorter stories are parts of the longer ones, drawn at random.

Each size is told in a process of its own with one thread, from marks made before: ``run.pipeline.tell_members``, which
is everything between marks and a dossier (dates from siblings, copied passages, align, tell). Seconds are of the
processor; the peak memory is the whole process's, with its articles, marks and word table.
"""

import argparse
import json
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rashomon.run.threads import one_blas_thread

one_blas_thread()  # heard only before numpy is imported

from peak import measured  # noqa: E402
from rashomon.align.statements.similarity import load_lexicon  # noqa: E402
from rashomon.mark.language import load_pipeline  # noqa: E402
from rashomon.model.article import Article, article_of  # noqa: E402
from rashomon.run.grouping import Marked  # noqa: E402
from rashomon.run.pipeline import mark_one, tell_members  # noqa: E402
from stories import BENCH, day, rows  # noqa: E402
from story_speed import exponent  # noqa: E402

AFFAIR, FIRST, LAST = "Kavanaugh", "2018-07", "2018-12"
SIZES = (5, 20, 50, 100, 200, 500)
SEED = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("out/align.json"))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ARTICLES")
    parser.add_argument("--tell", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    figures = told(options.tell) if options.tell else measure_aligning(options.sizes)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if not options.tell:
        print(json.dumps(figures, indent=2))


def measure_aligning(sizes: Sequence[int] = SIZES) -> dict[str, Any] | None:
    """Seconds and megabytes of each size, and the slopes of their growth; None where there are no labelled sets."""
    if not (BENCH / "score.py").is_file():
        print(f"align: not measured, there are no labelled sets at {BENCH}: set RASHOMON_BENCH", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as folder:
        members = list(marked(affair(max(sizes))))
        found = []
        for size in sorted(sizes):
            print(f"align: {size} articles", file=sys.stderr, flush=True)
            story, output = Path(folder, "story"), Path(folder, "figures.json")
            story.write_bytes(pickle.dumps(members[:size]))
            command = [sys.executable, __file__, "--tell", str(story), "-o", str(output)]
            peak = measured(command)["peak_megabytes"]
            found.append({**json.loads(output.read_text(encoding="utf-8")), "peak_megabytes": peak})
    return {
        "sizes": found,
        "growth_exponent": exponent(found),
        "growth_exponent_from_100": exponent([each for each in found if each["articles"] >= 100]),
    }


def affair(most: int) -> list[Article]:
    """So many articles on the affair, in random order."""
    found = []
    for path in sorted((BENCH / "scale").glob("part-*.jsonl.gz")):
        for row in rows(path):
            published = day(row["date"])
            if not published or FIRST <= published[:7] <= LAST:
                found.append((-row["text"].count(AFFAIR), row["id"], row, published))
    chosen = [(row, published) for _, _, row, published in sorted(found, key=lambda f: f[:2])[:most]]
    random.Random(SEED).shuffle(chosen)
    return [
        article_of(
            row["id"],
            text=row["text"],
            title=row["title"] or None,
            outlet=row["outlet"],
            url=row["url"] or None,
            published=published,
        )
        for row, published in chosen
    ]


def marked(articles: Sequence[Article]) -> Iterator[Marked]:
    """The articles with their marks."""
    load_pipeline()
    for article in articles:
        found = mark_one(article)
        if isinstance(found, Marked):
            yield found


def told(path: Path) -> dict[str, Any]:
    """Seconds to tell the story of a file, and how much was found in it."""
    members: list[Marked] = pickle.loads(path.read_bytes())
    load_lexicon()
    begun = time.process_time()
    alignment = tell_members("s_affair", members).account.alignment
    seconds = time.process_time() - begun
    return {
        "articles": len(members),
        "words": sum(len(m.article.text.split()) for m in members),
        "seconds": round(seconds, 2),
        "entities": len(alignment.entities),
        "claims": sum(len(m.marks.claims) for m in members),
        "claim_groups": len(alignment.claims),
        "conflicts": len(alignment.conflicts),
        "quotations": len(alignment.quotations),
    }


if __name__ == "__main__":
    main()

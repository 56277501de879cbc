"""How fast, and how much memory: written as JSON, so that runs can be compared.

    python benchmarks/speed.py [-o out/speed.json] [--articles FILE.jsonl[.gz]] [--limit 200]

Marking is measured against the bare spaCy pipeline over the same paragraphs in the same run, turn by turn, since a
machine's speed drifts. ``rashomon tell`` is measured as a person runs it, in a process of its own. Without --articles
the bundled story is used; a few hundred real articles give steadier figures.
"""

import argparse
import itertools
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.resources import as_file, files
from pathlib import Path

from rashomon.mark.annotate import annotate
from rashomon.mark.language import load_pipeline, paragraphs
from rashomon.mark.runtime.stock import BATCH
from rashomon.model.article import Article
from rashomon.model.version import VERSION
from rashomon.run.reading import read_articles

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("out/speed.json"))
    parser.add_argument("--articles", type=Path, help="JSON Lines, also gzipped, with a text on each line")
    parser.add_argument("--limit", type=int, default=200)
    options = parser.parse_args()
    with as_file(files("rashomon.show.demo") / "story.jsonl") as story:
        figures = {
            "rashomon": VERSION,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cores": os.cpu_count(),
            "mark": measure_marking(_articles(options.articles or story, options.limit)),
            "tell": measure_telling(str(story)),
        }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))
    print(f"written: {options.output}", file=sys.stderr)


def measure_marking(articles: list[Article]) -> dict[str, float]:
    """Articles and words a second on one core, whole marking and parse alone; seconds are the median of the rounds."""
    nlp = load_pipeline()
    annotate(articles[0], nlp)  # word lists are read once a process
    words = sum(len(article.text.split()) for article in articles)
    parse_times, mark_times = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for article in articles:
            pieces = [article.text[a:b] for a, b in paragraphs(article.text)]
            for _doc in nlp.pipe(pieces, batch_size=BATCH):
                pass
        parse_times.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        for article in articles:
            annotate(article, nlp)
        mark_times.append(time.perf_counter() - begun)
    bare, whole = statistics.median(parse_times), statistics.median(mark_times)
    return {
        "articles": len(articles),
        "words": words,
        "articles_per_second": round(len(articles) / whole, 1),
        "words_per_second": round(words / whole),
        "bare_pipeline_articles_per_second": round(len(articles) / bare, 1),
        "bare_pipeline_words_per_second": round(words / bare),
        "microseconds_a_word_on_top": round((whole - bare) / words * 1e6, 1),
    }


def measure_telling(story: str) -> dict[str, float]:
    """Seconds and peak memory of ``rashomon tell`` on one core, imports and model loading included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "rashomon", "tell", story, "--workers", "1", "-o", f"{folder}/story.html"]
        begun = time.perf_counter()
        child = os.posix_spawn(sys.executable, command, os.environ)
        _, status, usage = os.wait4(child, 0)  # the usage of this child alone
        seconds = time.perf_counter() - begun
        if status:
            raise SystemExit(f"rashomon tell failed with status {os.waitstatus_to_exitcode(status)}")
        size = Path(folder, "story.html").stat().st_size
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return {"seconds": round(seconds, 2), "peak_megabytes": round(kilobytes / 1024), "report_kilobytes": size // 1024}


def _articles(path: Path, limit: int) -> list[Article]:
    found = (item for item in read_articles([str(path)]) if isinstance(item, Article))
    return list(itertools.islice(found, limit))


if __name__ == "__main__":
    main()

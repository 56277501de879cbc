"""How fast, and how much memory: written as JSON, so that runs can be compared.

    python benchmarks/speed.py [-o out/speed.json] [--articles FILE.jsonl[.gz]] [--limit 300] [--workers 2]
    python benchmarks/speed.py --corpus ../shared/bench/scale [--workers 2] [-o out/corpus.json]
    python benchmarks/speed.py --stories {short,long} [--marks FILE.jsonl[.gz]]

The first measures on one core: the fast runtime against spaCy in several batch sizes, turn by turn in one run, since a
machine's speed drifts; marking as a whole, and each of its stages; ``rashomon tell`` as a person runs it, in a process
of its own; and with --workers, how much faster several workers are than one. Without --articles the bundled story is
used; a few hundred real articles give steadier figures. Workers want a quiet machine: ``--only workers --workers 2``
measures nothing else. The second marks a whole corpus, which takes a while, and reports the memory of each worker every
3,000 articles. With --stories grouping is measured too, by ``story_speed.py`` over the labelled sets ($RASHOMON_BENCH):
in a few minutes, or at length in about an hour, beside how others do it; and in a few minutes aligning, by
``align_speed.py``.
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
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from rashomon.run.threads import one_blas_thread

one_blas_thread()  # heard only before numpy is imported

from align_speed import measure_aligning  # noqa: E402
from parse_speed import measure_corpus, measure_parsing, measure_stages, measure_workers  # noqa: E402
from peak import measured  # noqa: E402
from rashomon.mark.annotate import annotate  # noqa: E402
from rashomon.mark.language import load_pipeline, provenance  # noqa: E402
from rashomon.model.article import Article  # noqa: E402
from rashomon.model.version import VERSION  # noqa: E402
from rashomon.run.reading import read_articles  # noqa: E402
from story_speed import measure_stories  # noqa: E402

ROUNDS = 3
PARTS = ("parse", "mark", "microseconds_a_word", "tell", "workers", "stories", "align")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("out/speed.json"))
    parser.add_argument("--articles", type=Path, help="JSON Lines, also gzipped, with a text on each line")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure only these")
    parser.add_argument("--workers", type=int, default=1, help="also measure so many workers against one")
    parser.add_argument(
        "--stories", choices=("short", "long"), help="also measure grouping and aligning; if long, grouping alone"
    )
    parser.add_argument("--marks", type=Path, help="marks for --stories, see story_speed.py")
    parser.add_argument("--corpus", type=Path, help="measure nothing else: mark this folder of JSON Lines")
    options = parser.parse_args()
    if "workers" in options.only and options.only != PARTS and options.workers < 2:
        parser.error("--only workers needs --workers 2 or more")
    if options.corpus:
        paths = sorted(map(str, options.corpus.glob("part-*.jsonl*")))
        _write({**_machine(), "corpus": measure_corpus(read_articles(paths), options.workers)}, options.output)
        return
    if options.stories == "long":
        _write({**_machine(), "stories": measure_stories(long=True, marks=options.marks)}, options.output)
        return
    with as_file(files("rashomon.show.demo") / "story.jsonl") as story:
        articles = _articles(options.articles or story, options.limit)
        parts: dict[str, Callable[[], Any]] = {
            "parse": lambda: measure_parsing(articles),
            "mark": lambda: measure_marking(articles),
            "microseconds_a_word": lambda: measure_stages(articles),
            "tell": lambda: measure_telling(str(story)),
        }
        if options.workers > 1:
            parts["workers"] = lambda: measure_workers(articles, options.workers)
        if options.stories:
            parts["stories"] = lambda: measure_stories(long=False, marks=options.marks)
            parts["align"] = measure_aligning
        figures = {**_machine(), **{name: measure() for name, measure in parts.items() if name in options.only}}
    _write(figures, options.output)


def _machine() -> dict[str, Any]:
    return {
        "rashomon": VERSION,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _write(figures: dict[str, Any], output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))
    print(f"written: {output}", file=sys.stderr)


def measure_marking(articles: list[Article]) -> dict[str, Any]:
    """Articles and words a second on one core, parse and all marks; the median of the rounds."""
    nlp = load_pipeline()
    words = sum(len(article.text.split()) for article in articles)
    passes = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for article in articles:
            annotate(article, nlp)
        passes.append(time.process_time() - begun)
    seconds = statistics.median(passes)
    return {
        "articles": len(articles),
        "words": words,
        "runtime": provenance(nlp),
        "articles_per_second": round(len(articles) / seconds, 1),
        "words_per_second": round(words / seconds),
    }


def measure_telling(story: str) -> dict[str, float]:
    """Seconds and peak memory of ``rashomon tell`` on one core, imports and model loading included."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "story.html")
        figures = measured([sys.executable, "-m", "rashomon", "tell", story, "--workers", "1", "-o", str(report)])
        return {**figures, "report_kilobytes": report.stat().st_size // 1024}


def _articles(path: Path, limit: int) -> list[Article]:
    found = (item for item in read_articles([str(path)]) if isinstance(item, Article))
    return list(itertools.islice(found, limit))


if __name__ == "__main__":
    main()

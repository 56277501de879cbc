"""The parse's part of ``speed.py``: runtimes against each other, workers against one, and a whole corpus."""

import itertools
import math
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import spacy

from rashomon.mark import annotate as annotating
from rashomon.mark.language import DEFAULT_PIPELINE, load_pipeline, paragraphs, runtime_of
from rashomon.mark.runtime import fast
from rashomon.mark.runtime.fast import FastRuntime
from rashomon.mark.runtime.stock import BATCH, StockRuntime
from rashomon.model.article import Article, Failure
from rashomon.run.local import local_engine
from rashomon.run.pipeline import mark_one

# Passes over the articles, the first of them cold; two are enough where one takes minutes.
ROUNDS, ROUNDS_OF_MANY, MANY = 3, 2, 100
# Articles that each variant parses before the next one has its turn: a machine's speed drifts.
TURN = 20
# Articles of each worker before the clock of a scaling run starts: by then all have loaded their models.
WARMING = 64
# Words of such a run, about half a minute with one worker.
SCALING_WORDS = 400_000
REPORT_EVERY = 3000

Variant = Callable[[Sequence[list[str]]], object]


def measure_parsing(articles: list[Article]) -> dict[str, Any]:
    """Words a second of processor time on one core, and ratios to stock, of each way to parse the same paragraphs.

    "cold" is the first pass over the articles, with empty caches, of each; "warm" is the median of the later ones.
    """
    texts = [[article.text[a:b] for a, b in paragraphs(article.text)] for article in articles]
    whole = [[article.text] for article in articles]
    words = sum(len(article.text.split()) for article in articles)
    # A pipeline for each, since spaCy remembers words too: with one for all, only the first would ever be cold.
    stock = {f"stock, whole articles, batch {size}": (_stream(_pipeline(), size), whole) for size in (32, 64, 256)}
    stock |= {f"stock, paragraphs, batch {size}": (_stream(_pipeline(), size), texts) for size in (32, 128, 256)}
    seam = f"stock, as the seam runs it (an article's paragraphs, batch {BATCH})"
    stock[seam] = (_each(StockRuntime(_pipeline())), texts)
    variants: dict[str, tuple[Variant, list[list[str]]]] = {**stock, "fast": (_each(FastRuntime(_pipeline())), texts)}
    passes: dict[str, list[float]] = {name: [] for name in variants}
    order = list(variants)
    for _ in range(ROUNDS_OF_MANY if len(articles) >= MANY else ROUNDS):
        seconds = dict.fromkeys(variants, 0.0)
        for begin in range(0, len(articles), TURN):
            order = order[1:] + order[:1]
            for name in order:
                run, inputs = variants[name]
                begun = time.process_time()
                run(inputs[begin : begin + TURN])
                seconds[name] += time.process_time() - begun
        for name, spent in seconds.items():
            passes[name].append(spent)
    warm = {name: statistics.median(found[1:]) for name, found in passes.items()}
    best = min(stock, key=warm.__getitem__)
    usual = "stock, whole articles, batch 256"
    return {
        "articles": len(articles),
        "words": words,
        "words_per_second": {name: round(words / spent) for name, spent in warm.items()},
        "best_stock": best,
        "cold": {
            "words_per_second": round(words / passes["fast"][0]),
            "times_stock_256": round(passes[usual][0] / passes["fast"][0], 2),
            "times_best_stock": round(passes[best][0] / passes["fast"][0], 2),
        },
        "warm": {
            "words_per_second": round(words / warm["fast"]),
            "times_stock_256": round(warm[usual] / warm["fast"], 2),
            "times_best_stock": round(warm[best] / warm["fast"], 2),
        },
    }


def _pipeline() -> Any:
    return spacy.load(DEFAULT_PIPELINE)


def _stream(nlp: Any, batch: int) -> Variant:
    """Spacy over all texts of many articles in one stream."""
    return lambda inputs: list(nlp.pipe(itertools.chain.from_iterable(inputs), batch_size=batch))


def _each(runtime: FastRuntime | StockRuntime) -> Variant:
    """A runtime over one article after another."""
    return lambda inputs: [runtime.parse(texts) for texts in inputs]


def measure_stages(articles: list[Article]) -> dict[str, float]:
    """Microseconds of processor time a word of each stage of marking, on one core with warm caches."""
    words = sum(len(article.text.split()) for article in articles)
    nlp = load_pipeline(runtime="fast")
    runtime: Any = runtime_of(nlp)
    for article in articles:
        annotating.annotate(article, nlp)
    spent: defaultdict[str, float] = defaultdict(float)
    marks = [name for name in vars(annotating) if name.startswith(("find_", "infer_", "resolve", "lead_in"))]
    restore = [
        *(_timed(annotating, name, name, spent) for name in ("parse", "Tree", "_sentences", *marks)),
        _timed(runtime, "_tokens", "parse: tokens", spent),
        _timed(runtime._words, "rows", "parse: word vectors", spent),
        _timed(fast, "encode", "parse: vectors in context", spent),
        _timed(runtime, "_heads", "parse: heads", spent),
        _timed(runtime, "_rules", "parse: rules and lemmas", spent),
        _timed(runtime, "_entities", "parse: entities", spent),
    ]
    begun = time.process_time()
    for article in articles:
        annotating.annotate(article, nlp)
    spent["all"] = time.process_time() - begun
    for undo in restore:
        undo()
    return {name: round(seconds / words * 1e6, 2) for name, seconds in spent.items()}


def _timed(owner: Any, name: str, shown: str, spent: defaultdict[str, float]) -> Callable[[], None]:
    """Count the processor time of ``owner.name``; call the result to stop counting."""
    real = getattr(owner, name)

    def measured(*args: Any, **options: Any) -> Any:
        begun = time.process_time()
        try:
            return real(*args, **options)
        finally:
            spent[shown] += time.process_time() - begun

    setattr(owner, name, measured)
    return lambda: setattr(owner, name, real)


def measure_workers(articles: list[Article], workers: int) -> dict[str, Any]:
    """Words a second of marking with one worker and with ``workers``, wall-clock, loading left out.

    The articles are repeated until there are ``SCALING_WORDS``, whatever their number.
    """
    words = sum(len(article.text.split()) for article in articles)
    repeats = math.ceil(SCALING_WORDS / words)
    best: dict[int, float] = {}
    for count in (1, workers, 1, workers):
        stream = itertools.islice(itertools.cycle(articles), WARMING * count + repeats * len(articles))
        done = list(local_engine(count).map(_timed_mark, stream, lost=_lost_mark))
        best[count] = max(best.get(count, 0.0), rate(done, count))
    return {
        "workers": workers,
        "articles": len(articles),
        "times_each_article": repeats,
        "words": repeats * words,
        "words_per_second_with_one": round(best[1]),
        "words_per_second": round(best[workers]),
        "times_one": round(best[workers] / best[1], 2),
    }


@dataclass(frozen=True, slots=True)
class Done:
    """One article marked: by which process, when on the machine's clock, and how many words it has."""

    process: int
    at: float
    words: int


def rate(done: Sequence[Done], workers: int) -> float:
    """Words a second while all workers were at work and warm.

    An engine runs ahead of whoever takes its results, so the time of taking them says little: what counts is when an
    article was done where it was done. The clock runs from the moment at which the last worker has done its first
    ``WARMING`` articles to the moment at which the first one has nothing left.

    Raises:
        ValueError: a worker did not get that many, or they never worked at the same time.
    """
    times: defaultdict[int, list[float]] = defaultdict(list)
    for item in done:
        times[item.process].append(item.at)
    if len(times) != workers or min(map(len, times.values())) <= WARMING:
        raise ValueError(
            f"{workers} workers were to have more than {WARMING} articles each, got {len(times)} with "
            f"{sorted(map(len, times.values()))}"
        )
    begun = max(sorted(each)[WARMING - 1] for each in times.values())
    ended = min(max(each) for each in times.values())
    if ended <= begun:
        raise ValueError("the workers were never warm at the same time: take more articles")
    return sum(item.words for item in done if begun < item.at <= ended) / (ended - begun)


def _timed_mark(article: Article) -> Done:
    failed = isinstance(mark_one(article), Failure)
    # One clock for all processes of a machine, where time.perf_counter need not be.
    return Done(os.getpid(), time.monotonic(), 0 if failed else len(article.text.split()))


def _lost_mark(article: Article) -> Done:
    raise SystemExit(f"a worker died of {article.ref}")


def measure_corpus(items: Iterable[Article | Failure], workers: int) -> dict[str, Any]:
    """Mark a whole corpus: wall-clock time, and the resident memory of each worker every ``REPORT_EVERY`` articles."""
    begun = time.perf_counter()
    words = failures = count = 0
    resident: dict[int, int] = {}
    reports: list[dict[str, Any]] = []
    peak = 0
    for count, (size, pid, megabytes) in enumerate(
        local_engine(workers).map(_words_marked, items, lost=_lost), start=1
    ):
        words += max(size, 0)
        failures += size < 0
        resident[pid] = megabytes
        peak = max(peak, megabytes)
        if count % REPORT_EVERY == 0:
            reports.append(
                {
                    "articles": count,
                    "seconds": round(time.perf_counter() - begun),
                    "resident_megabytes": sorted(found for process, found in resident.items() if process),
                }
            )
            print(reports[-1], flush=True)
    seconds = time.perf_counter() - begun
    return {
        "articles": count,
        "failures": failures,
        "words": words,
        "workers": workers,
        "minutes": round(seconds / 60, 2),
        "words_per_second": round(words / seconds),
        "words_per_second_a_worker": round(words / seconds / workers),
        "resident_megabytes": reports,
        "peak_resident_megabytes": peak,
    }


def _words_marked(item: Article | Failure) -> tuple[int, int, int]:
    """Mark one article: its words (-1 where that failed), the process and its resident megabytes."""
    if isinstance(item, Failure) or isinstance(mark_one(item), Failure):
        return -1, os.getpid(), _resident()
    return len(item.text.split()), os.getpid(), _resident()


def _lost(item: Article | Failure) -> tuple[int, int, int]:  # noqa: ARG001
    return -1, 0, 0


def _resident() -> int:
    """Resident memory of this process in megabytes; 0 where there is no /proc."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except OSError:
        return 0

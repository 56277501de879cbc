"""Is the fast runtime's parse spaCy's? Every token of a sample of the scale corpus is compared, in every column.

    python benchmarks/runtime.py [--articles 3000] [--workers 2]

The sample is the first articles of each part of the corpus. "identical" is the share of articles whose parse is the
same in tokens, tag, part of speech, morphology, lemma, head (and with it sentence starts), label, entity type and
boundary, where spaCy parses as the seam would have it: an article's paragraphs in batches of 32. "identical in other
batches" compares a tenth of the sample with spaCy in batches of 8 and of 256 paragraphs of many articles.
"""

import argparse
import functools
import gzip
import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from rashomon.mark.language import load_pipeline, paragraphs, runtime_of
from rashomon.mark.runtime.columns import Parsed
from rashomon.mark.runtime.stock import StockRuntime
from rashomon.run.threads import one_blas_thread

ARTICLES = 3000
CHUNK = 10
OTHER_BATCHES = (8, 256)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--workers", type=int, default=None)
    options = parser.parse_args()
    print(json.dumps(measure(options.articles, options.workers), indent=2))


def measure(articles: int = ARTICLES, workers: int | None = None) -> dict[str, float]:
    """Shares of articles with the same parse."""
    one_blas_thread()
    count = workers or len(os.sched_getaffinity(0))
    chunks = list(_chunks(articles))
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        same = list(pool.map(_same, chunks))
        same_in_other_batches = list(pool.map(_same_in_other_batches, chunks[:: len(chunks) // 30 or 1]))
    return {
        "identical": sum(itertools.chain.from_iterable(same)) / sum(map(len, same)),
        "identical in other batches": sum(same_in_other_batches) / len(same_in_other_batches),
    }


def _chunks(articles: int) -> Iterator[list[str]]:
    """Texts, some at a time, as many of each part of the corpus."""
    folder = Path(os.environ.get("RASHOMON_BENCH") or Path(__file__).parent / "../../shared/bench") / "scale"
    parts = sorted(folder.glob("part-*.jsonl.gz"))
    if not parts:
        raise FileNotFoundError(f"there is no scale corpus in {folder}")
    for part in parts:
        with gzip.open(part, "rt", encoding="utf-8") as lines:
            texts = (json.loads(line)["text"] for line in itertools.islice(lines, -(-articles // len(parts))))
            while chunk := list(itertools.islice(texts, CHUNK)):
                yield chunk


@functools.cache
def _stock(batch: int) -> StockRuntime:
    return StockRuntime(load_pipeline(runtime="stock"), batch=batch)


def _same(texts: list[str]) -> list[bool]:
    """For each article whether both runtimes parse it alike; where they do not, standard error says where."""
    fast, stock = runtime_of(load_pipeline(runtime="fast")), runtime_of(load_pipeline(runtime="stock"))
    found = []
    for text in texts:
        pieces = _pieces(text)
        one, other = fast.parse(pieces), stock.parse(pieces)
        found.append(_equal(one, other))
        if not found[-1]:
            print(f"differs: {text[:60]!r}: {_differences(one, other)}", file=sys.stderr)
    return found


def _same_in_other_batches(texts: list[str]) -> bool:
    """Whether the paragraphs of several articles, in one stream, are parsed alike whatever the batches."""
    pieces = [piece for text in texts for piece in _pieces(text)]
    fast = runtime_of(load_pipeline(runtime="fast")).parse(pieces)
    return all(_equal(fast, _stock(batch).parse(pieces)) for batch in OTHER_BATCHES)


def _pieces(text: str) -> list[str]:
    return [text[a:b] for a, b in paragraphs(text)]


def _equal(one: Parsed, other: Parsed) -> bool:
    columns: Sequence[str] = ("lengths", "orth", "spaces", "layers")
    return all(np.array_equal(getattr(one, column), getattr(other, column)) for column in columns)


def _differences(one: Parsed, other: Parsed) -> str:
    if one.layers.shape != other.layers.shape:
        return "other tokens"
    return f"{(one.layers != other.layers).sum(axis=0).tolist()} of {len(one.layers)} tokens, by column"


if __name__ == "__main__":
    main()

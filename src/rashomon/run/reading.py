"""Paths in, articles out, each once. Apart from the rest, so that reading loads no parser."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from rashomon.model.article import Article, Failure
from rashomon.read import read_paths

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, how many are done, and of how many (None: not known yet)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """A ``Progress`` that shows nothing."""


def read_articles(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> Iterator[Article | Failure]:
    """Articles in the order of ``paths``, each only once; what cannot be read comes as a failure in its place."""
    seen: set[str] = set()
    for count, item in enumerate(read_paths(paths, stdin=stdin), start=1):
        progress("read", count, None)
        if isinstance(item, Article):
            if item.id in seen:
                continue
            seen.add(item.id)
        yield item

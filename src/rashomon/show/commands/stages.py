"""``read``, ``mark`` and ``group``: one stage each, JSON Lines on standard output."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import typer

from rashomon.show.errors import EXIT_CODES, CommandError, exit_code
from rashomon.show.options import Paths, Pipeline, Quiet, RuntimeChoice, RuntimeOption, Workers, pipeline_name
from rashomon.show.output import write_line
from rashomon.show.progress import Progress

if TYPE_CHECKING:
    from rashomon.model.article import Article, Failure
    from rashomon.run.pipeline import Marked


def read(paths: Paths, quiet: Quiet = False) -> None:
    """Print the articles that these files hold, one JSON line each; rashomon reads such lines too."""
    from rashomon.read import write_article
    from rashomon.run.reading import read_articles

    with _Tally(quiet) as tally:
        for article in tally.kept(read_articles(paths, stdin=sys.stdin.buffer, progress=tally.progress)):
            write_line(write_article(article))
    tally.end()


def mark(
    paths: Paths,
    workers: Workers = None,
    pipeline: Pipeline = None,
    runtime: RuntimeOption = RuntimeChoice.auto,
    quiet: Quiet = False,
) -> None:
    """Print who, where, when, who said what and what is claimed, one JSON line for each article.

    Offsets are half-open ranges of code points in the text exactly as it was given.
    """
    from rashomon.model.contract import marks_json
    from rashomon.run.local import local_engine
    from rashomon.run.pipeline import mark_articles
    from rashomon.run.reading import read_articles

    name = pipeline_name(pipeline, runtime)
    with _Tally(quiet) as tally:
        items = read_articles(paths, stdin=sys.stdin.buffer)
        for marked in tally.kept(
            mark_articles(items, local_engine(workers), pipeline=name, runtime=runtime.value, progress=tally.progress)
        ):
            write_line(marks_json(marked.article, marked.marks))
    tally.end()


def group(
    paths: Paths,
    workers: Workers = None,
    pipeline: Pipeline = None,
    runtime: RuntimeOption = RuntimeChoice.auto,
    quiet: Quiet = False,
) -> None:
    """Print which story each article belongs to and which earlier one it repeats, one JSON line each.

    The lines come at the end: a late article can join two stories into one.
    """
    from rashomon.model.contract import assignment_json
    from rashomon.run.local import local_engine
    from rashomon.run.pipeline import group_articles, mark_articles
    from rashomon.run.reading import read_articles

    name = pipeline_name(pipeline, runtime)
    arrived: list[Article] = []

    def arriving(marked: Iterable["Marked"]) -> Iterator["Marked"]:
        for item in marked:
            arrived.append(replace(item.article, text=""))  # its name is all we still need
            yield item

    with _Tally(quiet) as tally:
        items = read_articles(paths, stdin=sys.stdin.buffer)
        marked = mark_articles(
            items, local_engine(workers), pipeline=name, runtime=runtime.value, progress=tally.progress
        )
        assignments = group_articles(arriving(tally.kept(marked)))
        ref_of = {article.id: article.ref for article in arrived}
        for article, assignment in zip(arrived, assignments, strict=True):
            write_line(assignment_json(article, assignment, ref_of))
    tally.end()


T = TypeVar("T")


class _Tally(Progress):
    """Counts what came through and tells what did not, as it happens."""

    def __init__(self, quiet: bool) -> None:
        # Lines that scroll by are progress enough, and a live line between them would tear both.
        super().__init__(quiet=quiet or sys.stdout.isatty())
        self.done = 0
        self.left_out = 0
        self.progress = self

    def kept(self, items: "Iterable[T | Failure]") -> Iterator[T]:
        from rashomon.model.article import Failure

        for item in items:
            if isinstance(item, Failure):
                self.left_out += 1
                self.failed(item)
            else:
                self.done += 1
                yield item

    def end(self) -> None:
        if not self.done:
            raise CommandError("nothing could be read: every input was left out")
        raise typer.Exit(exit_code(self.done, self.left_out))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command, example in (
        (read, "Example: rashomon read pages/ > articles.jsonl"),
        (mark, "Example: rashomon mark articles.jsonl | head -n 1"),
        (group, "Example: rashomon group articles.jsonl > stories.jsonl"),
    ):
        app.command(epilog=f"{example}\n\n{EXIT_CODES}", no_args_is_help=True)(command)

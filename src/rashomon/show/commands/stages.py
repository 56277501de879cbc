"""``read`` and ``mark``: one stage each, JSON Lines on standard output."""

import sys

import typer

from rashomon.show.counted import Counted
from rashomon.show.errors import EXIT_CODES
from rashomon.show.options import Paths, Pipeline, Quiet, RuntimeChoice, RuntimeOption, Workers, pipeline_name
from rashomon.show.output import write_line


def read(paths: Paths, quiet: Quiet = False) -> None:
    """Print the articles that these files hold, one JSON line each; rashomon reads such lines too."""
    from rashomon.read import write_article
    from rashomon.run.reading import read_articles

    with Counted(quiet) as tally:
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
    with Counted(quiet) as tally:
        items = read_articles(paths, stdin=sys.stdin.buffer)
        for marked in tally.kept(
            mark_articles(items, local_engine(workers), pipeline=name, runtime=runtime.value, progress=tally.progress)
        ):
            write_line(marks_json(marked.article, marked.marks))
    tally.end()


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command, example in (
        (read, "Example: rashomon read pages/ > articles.jsonl"),
        (mark, "Example: rashomon mark articles.jsonl | head -n 1"),
    ):
        app.command(epilog=f"{example}\n\n{EXIT_CODES}", no_args_is_help=True)(command)

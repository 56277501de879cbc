"""``group``: which story each article belongs to, as a stream of JSON Lines."""

import functools
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from rashomon.show.counted import Counted
from rashomon.show.errors import EXIT_CODES
from rashomon.show.opening import store_at
from rashomon.show.options import Paths, Pipeline, Quiet, RuntimeChoice, RuntimeOption, Workers, pipeline_name
from rashomon.show.output import check_writable, write_line, write_whole

if TYPE_CHECKING:
    from rashomon.model.story import Outline
    from rashomon.run.lines import Line


def group(
    paths: Paths,
    *,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            metavar="FILE",
            help="Keep everything in this store as it comes, so that the same command goes on where it was stopped; "
            "add then only has to tell.",
            show_default=False,
        ),
    ] = None,
    stories: Annotated[
        Path | None,
        typer.Option(
            "--stories",
            metavar="FILE",
            help="At the end, write one JSON line for each story here: title, when, where, articles, outlets, related "
            "stories. With --store, for each in the store.",
            show_default=False,
        ),
    ] = None,
    workers: Workers = None,
    pipeline: Pipeline = None,
    runtime: RuntimeOption = RuntimeChoice.auto,
    quiet: Quiet = False,
) -> None:
    """Print which story each article belongs to and what of it stood elsewhere before, one JSON line each.

    A late article can make one story of two, so a line waits for 4,096 more articles or the end. Where a story changes
    after that, the lines of its articles are printed again: the last line of an article counts.
    """
    if stories:
        check_writable(stories)
    name = pipeline_name(pipeline, runtime)
    with Counted(quiet) as counted:
        run = functools.partial(_in_store, store) if store else _in_memory
        work = functools.partial(run, paths, workers, name, runtime, counted)
        if stories:
            write_whole(stories, work)
        else:
            work(None)
    counted.end()


def _in_memory(
    paths: list[str], workers: int | None, pipeline: str, runtime: RuntimeChoice, counted: Counted, file: TextIO | None
) -> None:
    from rashomon.run.glimpse import Outlines
    from rashomon.run.grouping import group_stream
    from rashomon.run.lines import KEPT, settled
    from rashomon.run.local import local_engine
    from rashomon.run.pipeline import mark_articles
    from rashomon.run.reading import read_articles

    items = read_articles(paths, stdin=sys.stdin.buffer)
    marked = mark_articles(
        items, local_engine(workers), pipeline=pipeline, runtime=runtime.value, progress=counted.progress
    )
    stream = group_stream(counted.kept(marked))
    if not file:
        _print(settled(stream))
        return
    outlines = Outlines(KEPT)
    _print(settled(outlines.watching(stream, lambda outline: _write(file, outline))))
    for outline in outlines.rest():
        _write(file, outline)


def _in_store(
    store: Path,
    paths: list[str],
    workers: int | None,
    pipeline: str,
    runtime: RuntimeChoice,
    counted: Counted,
    file: TextIO | None,
) -> None:
    from rashomon.run.glimpse import stored_outlines
    from rashomon.run.intake import Intake
    from rashomon.run.lines import settled, stored_lines
    from rashomon.run.local import local_engine

    with store_at(store, create=True) as opened:
        intake = Intake(
            opened,
            local_engine(workers),
            pipeline=pipeline,
            runtime=runtime.value,
            progress=counted.progress,
            report=counted.left,
        )
        stream = intake.take(paths, stdin=sys.stdin.buffer, recall=True)
        _print(settled(stream, ref_of=opened.refs, recall=functools.partial(stored_lines, opened)))
        counted.done = intake.tally.new + intake.tally.known
        if file:
            for outline in stored_outlines(opened):
                _write(file, outline)


def _print(lines: "Iterable[Line]") -> None:
    from rashomon.model.contract import group_json

    for line in lines:
        write_line(group_json(line.ref, line.article_id, line.story, line.duplicate_of, line.reuses))


def _write(file: TextIO, outline: "Outline") -> None:
    from rashomon.model.contract import dumps, outline_json

    file.write(dumps(outline_json(outline)) + "\n")


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(epilog=f"Example: rashomon group articles.jsonl > stories.jsonl\n\n{EXIT_CODES}", no_args_is_help=True)(
        group
    )

"""``tell`` and ``demo``: the main job, in one go."""

import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.show.errors import EXIT_CODES, CommandError, exit_code
from rashomon.show.options import (
    FormatOption,
    Output,
    Paths,
    Pipeline,
    Quiet,
    RuntimeChoice,
    RuntimeOption,
    Workers,
    pipeline_name,
)
from rashomon.show.output import Format, destination, write_dossier
from rashomon.show.progress import Progress

if TYPE_CHECKING:
    from rashomon.model.dossier import Dossier

# Articles below which a person likely has one story in mind.
FEW_ARTICLES = 50
OneStory = Annotated[
    bool, typer.Option("--one-story", help="Take all articles for reports of one event, whatever they share.")
]
TELL_EXAMPLE = "Example: rashomon tell news/*.txt -o story.html"
DEMO_EXAMPLE = "Example: rashomon demo"


def tell(
    paths: Paths,
    *,
    output: Output = None,
    form: FormatOption = None,
    workers: Workers = None,
    pipeline: Pipeline = None,
    runtime: RuntimeOption = RuntimeChoice.auto,
    one_story: OneStory = False,
    quiet: Quiet = False,
) -> None:
    """Tell what these articles report, every line with the words that prove it.

    Without -o a short account is printed; the whole of it is in the file that -o names.
    """
    place, shape = destination(output, form)
    with Progress(quiet=quiet) as progress:
        dossier = _tell(paths, workers, pipeline, runtime, progress, one_story=one_story)
        for failure in dossier.failures:
            progress.failed(failure)
    _refuse_nothing(dossier)
    _say_split(dossier)
    if place is None or shape is None:
        show_summary(dossier)
        if sys.stdout.isatty():  # a person; a script that wants more knows how to ask
            print("\nAdd -o story.html for the whole account, with all its evidence.")
    else:
        write_dossier(dossier, place, shape)
        say_where(place)
    raise typer.Exit(exit_code(len(dossier.articles), dossier.failures))


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the report.")] = Path(
        "demo/story.html"
    ),
    quiet: Quiet = False,
) -> None:
    """Tell the bundled story: nine invented articles, written to be as tricky as real news."""
    if output.parent != Path() and not output.parent.exists():
        try:
            output.parent.mkdir(parents=True)
        except OSError as error:
            raise CommandError(f"cannot make the folder {output.parent}: {error.strerror or error}") from error
    place, shape = destination(str(output), None)
    with (
        as_file(files("rashomon.show.demo") / "story.jsonl") as story,
        Progress(quiet=quiet) as progress,
    ):
        dossier = _tell([str(story)], 1, None, RuntimeChoice.auto, progress)
        for failure in dossier.failures:
            progress.failed(failure)
    _refuse_nothing(dossier)
    write_dossier(dossier, place or str(output), shape or Format.html)
    show_summary(dossier)
    print(f"\nThe whole story, with all its evidence: {output.resolve()}")
    raise typer.Exit(exit_code(len(dossier.articles), dossier.failures))


def show_summary(dossier: "Dossier") -> None:
    """Print the short account on standard output."""
    from rashomon.show.report import render_terminal_summary

    text = render_terminal_summary(dossier)
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def say_where(place: str) -> None:
    """Say where a file went, to a person only: scripts know what they asked for."""
    if place != "-" and sys.stderr.isatty():
        print(f"written: {place}", file=sys.stderr)


def _refuse_nothing(dossier: "Dossier") -> None:
    if not dossier.articles:
        raise CommandError("nothing could be told: every input was left out")


def _say_split(dossier: "Dossier") -> None:
    """Say to a person that a few articles were taken for several stories, and how to overrule it."""
    stories = len(dossier.stories)
    if stories > 1 and len(dossier.articles) < FEW_ARTICLES and sys.stderr.isatty():
        print(
            f"{len(dossier.articles)} articles make {stories} stories: they share fewer than two statements. "
            "If they report one event, add --one-story.",
            file=sys.stderr,
        )


def _tell(
    paths: list[str],
    workers: int | None,
    pipeline: str | None,
    runtime: RuntimeChoice,
    progress: Progress,
    *,
    one_story: bool = False,
) -> "Dossier":
    from rashomon.run.local import local_engine
    from rashomon.run.pipeline import tell_articles
    from rashomon.run.reading import read_articles

    name = pipeline_name(pipeline, runtime)
    items = read_articles(paths, stdin=sys.stdin.buffer, progress=progress)
    engine = local_engine(workers)
    return tell_articles(items, engine, pipeline=name, runtime=runtime.value, progress=progress, one_story=one_story)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(epilog=f"{TELL_EXAMPLE}\n\n{EXIT_CODES}", no_args_is_help=True)(tell)


def register_demo(app: typer.Typer) -> None:
    """Add ``demo``, which stands last in the help."""
    app.command(epilog=f"{DEMO_EXAMPLE}\n\n{EXIT_CODES}")(demo)

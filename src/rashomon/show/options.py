"""Options that several commands share."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rashomon.show.errors import CommandError
from rashomon.show.output import Format


class RuntimeChoice(StrEnum):
    """The names of ``rashomon.mark.runtime.RuntimeName``."""

    auto = "auto"
    fast = "fast"
    stock = "stock"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Text files, HTML pages, JSON Lines, folders of them, patterns such as 'news/*.txt'; - is standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write it here, as the ending says: .html, .json or .md; - is standard output.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="Write this, whatever the file is called.", show_default=False),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", "-w", min=1, metavar="N", help="Processes to use (default: as many as cores).", show_default=False
    ),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        "--pipeline", metavar="NAME", help="Another installed English spaCy pipeline to parse with.", show_default=False
    ),
]
RuntimeOption = Annotated[
    RuntimeChoice,
    typer.Option(
        "--runtime",
        help="What runs the pipeline: fast is our own code, which gives exactly what stock, spaCy itself, gives; auto "
        "takes it where it knows the pipeline.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress; failures are still told.")]
StorePath = Annotated[
    Path | None,
    typer.Option(
        "--store",
        envvar="RASHOMON_STORE",
        metavar="FILE",
        help="The store to use (default: one in your data folder); add makes it.",
        show_default=False,
    ),
]


def pipeline_name(asked: str | None, runtime: RuntimeChoice) -> str:
    """The pipeline to parse with, loaded, so that a wrong name is told before any work.

    Where spaCy has to run it although the fast runtime would have been welcome, one line says so.

    Raises:
        CommandError: it is not installed, or cannot do what the marks need or what ``runtime`` insists on.
    """
    from rashomon.mark.language import DEFAULT_PIPELINE, MissingPipelineError, load_pipeline, runtime_of
    from rashomon.mark.runtime import UnfamiliarPipelineError

    name = asked or DEFAULT_PIPELINE
    try:
        nlp = load_pipeline(name, runtime.value)
    except MissingPipelineError as error:
        raise CommandError(str(error)) from error
    except UnfamiliarPipelineError as error:
        raise CommandError(f"the fast runtime cannot run {name!r}: {error}; leave --runtime out") from error
    if reason := runtime_of(nlp).reason:
        print(f"rashomon: {name} is run by spaCy itself, which is slower: {reason}", file=sys.stderr)
    return name

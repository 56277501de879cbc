"""The command ``rashomon``: puts the commands together, and turns what goes wrong into a line and an exit code.

Nothing heavy is imported here: each command imports what it needs when it runs.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
import typer.core

from rashomon.model.version import VERSION
from rashomon.run.threads import one_blas_thread
from rashomon.show.commands import grouping, stages, storing, telling
from rashomon.show.errors import BROKEN_PIPE, EXIT_CODES, INTERNAL, REFUSED, CommandError
from rashomon.show.output import utf8_streams


class _Commands(typer.core.TyperGroup):
    """The group of all commands, in the order of the work."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except CommandError as error:
            print(f"rashomon: {error}", file=sys.stderr)
            raise typer.Exit(REFUSED) from error
        except BrokenPipeError as error:
            # The reader of our output has seen enough (``| head``). Python flushes once more at exit: to nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from error
        except Exception as error:
            if ctx.params.get("debug") or _is_exit(error):
                raise
            print(f"rashomon: this is a bug: {type(error).__name__}: {error}", file=sys.stderr)
            print("rashomon: 'rashomon --debug ...' shows where it happened", file=sys.stderr)
            raise typer.Exit(INTERNAL) from error
        return result


def _is_exit(error: Exception) -> bool:
    # Typer's own ways of ending (Exit, Abort, usage errors): of click's classes or of its own copy of them.
    return type(error).__module__.partition(".")[0] in ("click", "typer")


app = typer.Typer(
    cls=_Commands,
    help="Reads what many outlets published about one event and tells one account of it, "
    "every line tied to the words that prove it.",
    epilog=f"Example: rashomon tell news/*.txt -o story.html\n\n{EXIT_CODES}",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"rashomon {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="On a bug, show where it happened; stands before the command.")
    ] = False,
) -> None:
    pass


telling.register(app)
stages.register(app)
grouping.register(app)
storing.register(app)
telling.register_demo(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: without the program's name; None takes those of the process.
    """
    one_blas_thread()
    utf8_streams()
    try:
        app(None if arguments is None else list(arguments), prog_name="rashomon")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(main())

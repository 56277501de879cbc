"""How far a command that prints lines has come, and how it ends."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import typer

from rashomon.show.errors import CommandError, exit_code
from rashomon.show.progress import Progress

if TYPE_CHECKING:
    from rashomon.model.article import Failure

T = TypeVar("T")


class Counted(Progress):
    """Counts what came through and tells what did not, as it happens."""

    def __init__(self, quiet: bool) -> None:
        # Lines that scroll by are progress enough, and a live line between them would tear both.
        super().__init__(quiet=quiet or sys.stdout.isatty())
        self.done = 0
        self.left_out = 0
        self.progress = self

    def left(self, failure: "Failure") -> None:
        """Count a failure and tell it."""
        self.left_out += 1
        self.failed(failure)

    def kept(self, items: "Iterable[T | Failure]") -> Iterator[T]:
        """What did not fail."""
        from rashomon.model.article import Failure

        for item in items:
            if isinstance(item, Failure):
                self.left(item)
            else:
                self.done += 1
                yield item

    def end(self) -> None:
        """End the command with the exit code that says how it went."""
        if not self.done:
            raise CommandError("nothing could be read: every input was left out")
        raise typer.Exit(exit_code(self.done, self.left_out))

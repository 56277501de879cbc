"""What a person sees while a command works: nothing for a second, then one live line on standard error."""

import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

    from rashomon.model.article import Failure

# Anything quicker needs no progress: a line that flashes up and goes is only unrest.
PATIENCE = 1.0  # seconds

DOING = {
    "read": "reading",
    "mark": "marking",
    "group": "grouping",
    "align": "aligning",
    "tell": "telling",
    "store": "storing",
}


class Progress:
    """A ``rashomon.run.pipeline.Progress`` for a terminal; quiet where standard error is none, or is not wanted.

    Failures are told through it too (``failed``), so that they do not tear the live line.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._state: tuple[str, int, int | None] = ("", 0, None)
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._live: Live | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        if self._wanted:
            self._timer = threading.Timer(PATIENCE, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wanted = False
        if self._timer:
            self._timer.cancel()
        with self._lock:
            if self._live:
                self._live.stop()
                self._live = None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """See ``rashomon.run.pipeline.Progress``."""
        self._state = (stage, done, total)

    def failed(self, failure: "Failure") -> None:
        """Tell one failure: one line on standard error, whatever its text holds."""
        self.say(f"rashomon: {failure.stage}: {one_line(failure.ref)}: {one_line(failure.error)}")

    def say(self, line: str) -> None:
        """Write one line to standard error, above the live line if there is one."""
        with self._lock:
            if self._live:
                self._live.console.print(line, markup=False, highlight=False, soft_wrap=True)
                return
        print(line, file=sys.stderr)

    def _show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        with self._lock:
            if not self._wanted:
                return
            console = Console(stderr=True)
            self._live = Live(get_renderable=self._line, console=console, transient=True, refresh_per_second=8)
            self._live.start()

    def _line(self) -> "Text":
        from rich.text import Text

        stage, done, total = self._state
        seconds = int(time.monotonic() - self._began)
        if not stage or not done:
            counted = ""
        elif total is None:
            counted = f" {done:,}"
        else:
            counted = f" {done:,} of {total:,}"
        return Text(f"{DOING.get(stage, 'starting')}{counted}  ({seconds} s)", style="dim")


def one_line(text: str) -> str:
    r"""``text`` without line breaks or other control characters, which could rewrite a terminal.

    >>> one_line("a\nb\x1b[2J")
    'a b [2J'
    """
    return "".join(c if c.isprintable() else " " for c in text)

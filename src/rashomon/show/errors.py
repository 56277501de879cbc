"""How a command ends: its exit codes, and the one error that is the caller's to mend."""

from collections.abc import Sequence

OK, LEFT_OUT, REFUSED = 0, 1, 2
INTERNAL = 70  # "internal software error" of sysexits.h
BROKEN_PIPE = 141  # what a shell reports of a program that wrote to a closed pipe

EXIT_CODES = (
    "Exit code: 0 all fine; 1 something was left out, each named on standard error; "
    "2 wrong usage, or nothing could be read."
)


class CommandError(Exception):
    """The command cannot do what was asked; the message says what, where, and what to do about it."""


def exit_code(done: int, failures: Sequence[object] | int) -> int:
    """The code of a command that brought ``done`` articles through and left ``failures`` out.

    >>> exit_code(3, 0), exit_code(3, 1), exit_code(0, 2)
    (0, 1, 2)
    """
    left_out = failures if isinstance(failures, int) else len(failures)
    if not done:
        return REFUSED
    return LEFT_OUT if left_out else OK

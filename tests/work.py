"""Work for engines: worker processes import this module, and should not import a whole test with it."""

import os

DEADLY = 13


def double(number: int) -> int:
    return 2 * number


def die_on_thirteen(number: int) -> int:
    if number == DEADLY:
        os._exit(9)
    return number


def process(_: int) -> int:
    return os.getpid()


def lost(number: int) -> int:
    return -number

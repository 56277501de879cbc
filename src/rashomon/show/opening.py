"""The store that a command works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rashomon.show.errors import CommandError

if TYPE_CHECKING:
    from rashomon.store import Store


@contextmanager
def store_at(path: Path | None, *, create: bool = False) -> "Iterator[Store]":
    """The store at ``path``, or the user's own; whatever it fails in, then or later, is told in one line.

    Raises:
        CommandError: there is none and it is not to be made, or it failed.
    """
    from rashomon.store import StoreError, default_path, open_store

    place = path or default_path()
    if not create and not place.exists():
        raise CommandError(f"there is no store at {place}: rashomon add PATH... makes one")
    if path and not path.parent.is_dir():
        raise CommandError(f"cannot make the store {path}: there is no folder {path.parent}; make it first")
    try:
        with open_store(place) as opened:
            yield opened
    except StoreError as error:
        raise CommandError(str(error)) from error

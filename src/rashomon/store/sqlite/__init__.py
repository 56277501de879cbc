"""The default store: one SQLite file (docs/adr/0004-sqlite.md)."""

import sqlite3
from pathlib import Path

from platformdirs import user_data_path

from rashomon.store.base import StoreError
from rashomon.store.schema import prepare
from rashomon.store.sqlite.accounts import Accounts
from rashomon.store.sqlite.articles import Articles
from rashomon.store.sqlite.grouping import Grouping

# How long a writer waits for another process to commit. A batch takes well under a second.
BUSY_SECONDS = 30


class SqliteStore(Articles, Grouping, Accounts):
    """A ``Store`` (see there for what each method promises) in one SQLite file. For one thread at a time."""


def default_path() -> Path:
    """Where the store lives unless told otherwise: the platform's folder for a user's data."""
    return Path(user_data_path("rashomon", appauthor=False)) / "store.sqlite"


def open_store(path: Path) -> SqliteStore:
    """Open the store at ``path``; made, with its folder, where there is none, and brought up to date where it is older.

    Raises:
        StoreError: the file is no Rashomon store, a newer Rashomon made it, or it cannot be opened or written.
    """
    connection: sqlite3.Connection | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        prepare(connection, path)
    except (OSError, sqlite3.Error, StoreError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, StoreError):
            raise
        if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
            raise StoreError(f"{path} is not a Rashomon store; name another file") from error
        raise StoreError(f"the store {path} cannot be opened: {error}; can its folder be written to?") from error
    return SqliteStore(connection, path)

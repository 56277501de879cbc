"""The SQLite file itself: whose it is, its settings, and its migrations."""

import functools
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from rashomon.store.base import StoreError

# "RSHM" in the file's header: tells a store from any other database.
APPLICATION_ID = 0x5253484D


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set the connection up, and bring its file to the newest schema in one transaction.

    Raises:
        StoreError: another program or a newer Rashomon made the file; nothing is changed.
        sqlite3.Error: the file cannot be read or written.
    """
    _check_kind(connection, path)
    # A write-ahead log lets others read while one writes. FULL, because a commit must outlive a power cut too, not only
    # a killed process; commits are batches, so the wait for the disk is paid a few times, not once an article.
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if _version(connection) == len(_migrations()):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _check_kind(connection, path)
        # Read again inside the transaction: another process may have been faster.
        for number, script in enumerate(_migrations()[_version(connection) :], start=_version(connection) + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    # One statement, so that another process that is just making the store is seen before or after, not in between.
    found, tables = connection.execute(
        "SELECT application_id, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id"
    ).fetchone()
    if found != APPLICATION_ID and tables:
        raise StoreError(f"{path} is a database, but not a Rashomon store; name another file")
    if _version(connection) > len(_migrations()):
        raise StoreError(f"{path} was written by a newer Rashomon; install that version, or name another file")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@functools.cache
def _migrations() -> tuple[str, ...]:
    folder = resources.files("rashomon.store") / "migrations"
    return tuple(f.read_text() for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".sql"))


def _statements(script: str) -> Iterator[str]:
    """Statement by statement: ``executescript`` would commit the transaction that it must run in."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""

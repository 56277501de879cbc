"""One connection to the file: transactions, errors that name the store, and how values are packed."""

import functools
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from rashomon.store.base import StoreError

# zlib's fastest level packs marks six-fold; its best a tenth tighter at five times the time.
LEVEL = 1
# Rows that are read at a time by what gives all of them.
PAGE = 200
# Half a surrogate pair is no character, but a text made in memory can hold one, and must come back as it was.
_HALVES = "surrogatepass"
# Above every seq.
_ALL = (1 << 63) - 1

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound="Connection")


def pack_text(text: str) -> bytes:
    """Any text, compressed."""
    return zlib.compress(text.encode("utf-8", _HALVES), LEVEL)


def unpack_text(body: bytes) -> str:
    """The text that ``pack_text`` packed."""
    return zlib.decompress(body).decode("utf-8", _HALVES)


def pack(plain: Any) -> bytes:
    """A plain JSON value, compressed."""
    return pack_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))


def unpack(body: bytes) -> Any:
    """The value that ``pack`` packed."""
    return json.loads(unpack_text(body))


def told(method: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
    """Turn what SQLite or a damaged row raises into a ``StoreError`` that names the store."""

    @functools.wraps(method)
    def wrapped(self: C, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.errors():
            return method(self, *args, **kwargs)

    return wrapped


class Connection:
    """What every part of the store stands on. For one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self.path = path

    def close(self) -> None:  # noqa: D102
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn errors of SQLite and damaged rows into ``StoreError``."""
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise StoreError(
                f"{self.path}: refused, it names an article or story that is not kept ({error})"
            ) from error
        except (sqlite3.Error, zlib.error, ValueError) as error:
            raise StoreError(f"{self.path}: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[None]:  # noqa: D102
        # An inner transaction that fails takes back its own writes only; the outermost commits.
        begin, end, undo = (
            ("SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner")
            if self._db.in_transaction
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        with self.errors():
            self._db.execute(begin)
        try:
            yield
            with self.errors():
                self._db.execute(end)
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self._db.in_transaction:
                self._db.execute(undo)
            raise

    def _limit(self, before: str | None) -> int:
        """The seq below which all came before an article; above all there are for None."""
        return self._seq(before) if before else _ALL

    def _seq(self, article_id: str) -> int:
        row = self._db.execute("SELECT seq FROM articles WHERE id = ?", (article_id,)).fetchone()
        return int(row[0]) if row else _ALL

    def _as_of(self, story_id: str, limit: int) -> str:
        """The id that a story went by when only articles below this seq had arrived."""
        while row := self._db.execute(
            "SELECT f.new FROM forwards f JOIN articles a ON a.id = f.article_id WHERE f.old = ? AND a.seq < ?",
            (story_id, limit),
        ).fetchone():
            (story_id,) = row
        return story_id

    def _column(self, sql: str, *values: str) -> list[str]:
        return [row[0] for row in self._db.execute(sql, values)]

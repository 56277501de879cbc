"""The default store: one SQLite file (docs/adr/0004-sqlite.md)."""

import functools
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from platformdirs import user_data_path

from rashomon.model.article import Article, Failure
from rashomon.model.codec import decode, encode
from rashomon.model.ids import content_id
from rashomon.model.marks import Marks
from rashomon.model.story import Assignment, Fingerprint
from rashomon.store.base import StoreError, StoryRow
from rashomon.store.schema import prepare

# How long a writer waits for another process to commit. A batch takes well under a second.
BUSY_SECONDS = 30
# zlib's fastest level packs marks six-fold; its best a tenth tighter at five times the time.
_LEVEL = 1
_PAGE = 200

P = ParamSpec("P")
R = TypeVar("R")


def default_path() -> Path:
    """Where the store lives unless told otherwise: the platform's folder for a user's data."""
    return Path(user_data_path("rashomon", appauthor=False)) / "store.sqlite"


def open_store(path: Path) -> "SqliteStore":
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


def _pack(plain: Any) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", _HALVES), _LEVEL)


def _unpack(body: bytes) -> Any:
    return json.loads(zlib.decompress(body).decode("utf-8", _HALVES))


# Half a surrogate pair is no character, but a text made in memory can hold one, and must come back as it was.
_HALVES = "surrogatepass"


def _told(
    method: Callable[Concatenate["SqliteStore", P], R],
) -> Callable[Concatenate["SqliteStore", P], R]:
    """Turn what SQLite or a damaged row raises into a ``StoreError`` that names the store."""

    @functools.wraps(method)
    def wrapped(self: "SqliteStore", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._errors():
            return method(self, *args, **kwargs)

    return wrapped


class SqliteStore:
    """A ``Store`` (see there for what each method promises) in one SQLite file. For one thread at a time."""

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
    def _errors(self) -> Iterator[None]:
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
        with self._errors():
            self._db.execute(begin)
        try:
            yield
            with self._errors():
                self._db.execute(end)
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self._db.in_transaction:
                self._db.execute(undo)
            raise

    @_told
    def add_article(self, article: Article) -> bool:  # noqa: D102
        done = self._db.execute(
            "INSERT INTO articles (id, ref, title, outlet, url, authors, published, published_from, language, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (
                article.id,
                article.ref,
                article.title,
                article.outlet,
                article.url,
                json.dumps(article.authors),
                article.published,
                article.published_from,
                article.language,
                zlib.compress(article.text.encode("utf-8", _HALVES), _LEVEL),
            ),
        )
        return done.rowcount == 1

    @_told
    def has(self, article_id: str) -> bool:  # noqa: D102
        return self._db.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone() is not None

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:  # noqa: D102
        wanted = None if ids is None else json.dumps(list(ids))
        after = 0
        while page := self._article_page(wanted, after):
            yield from (article for _, article in page)
            after = page[-1][0]

    @_told
    def _article_page(self, wanted: str | None, after: int) -> list[tuple[int, Article]]:
        # Page by page and not by an open cursor: the caller may write between two articles.
        which = "" if wanted is None else " AND id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(
            "SELECT seq, id, ref, text, title, outlet, url, authors, published, published_from, language FROM articles"
            f" WHERE seq > ?{which} ORDER BY seq LIMIT {_PAGE}",
            (after,) if wanted is None else (after, wanted),
        )
        return [(seq, _article(row)) for seq, *row in rows]

    @_told
    def put_marks(self, marks: Marks) -> None:  # noqa: D102
        self._db.execute(
            "REPLACE INTO marks (article_id, version, published, outlet, body) VALUES (?, ?, ?, ?, ?)",
            (
                marks.article_id,
                marks.version,
                marks.published,
                marks.outlet.name if marks.outlet else None,
                _pack(encode(marks)),
            ),
        )

    @_told
    def marks(self, article_ids: Iterable[str]) -> dict[str, Marks]:  # noqa: D102
        rows = self._db.execute(
            "SELECT article_id, body FROM marks WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(article_ids)),),
        )
        return {article_id: decode(Marks, _unpack(body)) for article_id, body in rows}

    @_told
    def stale_marks(self, version: str) -> list[str]:  # noqa: D102
        return self._column(
            "SELECT a.id FROM articles a LEFT JOIN marks m ON m.article_id = a.id"
            " WHERE m.version IS NOT ? ORDER BY a.seq",
            version,
        )

    @_told
    def put_fingerprint(self, fingerprint: Fingerprint) -> None:  # noqa: D102
        self._db.execute(
            "REPLACE INTO fingerprints (article_id, body) VALUES (?, ?)",
            (fingerprint.article_id, _pack({f.name: getattr(fingerprint, f.name) for f in fields(Fingerprint)})),
        )

    def fingerprints(self) -> Iterator[Fingerprint]:  # noqa: D102
        after = 0
        while page := self._fingerprint_page(after):
            yield from (fingerprint for _, fingerprint in page)
            after = page[-1][0]

    @_told
    def _fingerprint_page(self, after: int) -> list[tuple[int, Fingerprint]]:
        rows = self._db.execute(
            "SELECT a.seq, f.body FROM articles a JOIN fingerprints f ON f.article_id = a.id"
            f" WHERE a.seq > ? ORDER BY a.seq LIMIT {_PAGE}",
            (after,),
        )
        return [(seq, _fingerprint(_unpack(body))) for seq, body in rows]

    @_told
    def put_assignment(self, assignment: Assignment, version: str) -> None:  # noqa: D102
        with self.transaction():
            before = self._column("SELECT story_id FROM assignments WHERE article_id = ?", assignment.article_id)
            self._db.execute("INSERT OR IGNORE INTO stories (id) VALUES (?)", (assignment.story_id,))
            self._db.execute(
                "REPLACE INTO assignments (article_id, story_id, duplicate_of, version) VALUES (?, ?, ?, ?)",
                (assignment.article_id, assignment.story_id, assignment.duplicate_of, version),
            )
            for story_id in before:
                self._drop_if_empty(story_id)

    @_told
    def assignments(self) -> list[Assignment]:  # noqa: D102
        rows = self._db.execute(
            "SELECT s.article_id, s.story_id, s.duplicate_of FROM assignments s"
            " JOIN articles a ON a.id = s.article_id ORDER BY a.seq"
        )
        return [Assignment(*row) for row in rows]

    @_told
    def move_story(self, old: str, new: str) -> None:  # noqa: D102
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO stories (id) VALUES (?)", (new,))
            self._db.execute("UPDATE assignments SET story_id = ? WHERE story_id = ?", (new, old))
            for story_id in (old, new):
                self._drop_if_empty(story_id)

    def _drop_if_empty(self, story_id: str) -> None:
        self._db.execute(
            "DELETE FROM stories WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM assignments WHERE story_id = ?1)",
            (story_id,),
        )

    @_told
    def members(self, story_id: str) -> list[str]:  # noqa: D102
        return self._column(
            "SELECT a.id FROM articles a JOIN assignments s ON s.article_id = a.id WHERE s.story_id = ? ORDER BY a.seq",
            story_id,
        )

    @_told
    def forget_stories(self) -> None:  # noqa: D102
        with self.transaction():
            for table in ("accounts", "assignments", "stories", "fingerprints"):
                self._db.execute(f"DELETE FROM {table}")

    @_told
    def dirty_stories(self, key: str) -> list[str]:  # noqa: D102
        members: dict[str, list[str]] = {}
        for story_id, article_id in self._db.execute(
            "SELECT t.id, s.article_id FROM stories t JOIN assignments s ON s.story_id = t.id ORDER BY t.seq"
        ):
            members.setdefault(story_id, []).append(article_id)
        told = dict(self._db.execute("SELECT story_id, members FROM accounts WHERE key = ?", (key,)).fetchall())
        return [story_id for story_id, ids in members.items() if told.get(story_id) != _digest(ids)]

    @_told
    def put_account(  # noqa: D102
        self,
        story_id: str,
        key: str,
        body: str,
        *,
        articles: Iterable[str] | None = None,
        title: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> None:
        told_of = self.members(story_id) if articles is None else articles
        packed = zlib.compress(body.encode("utf-8", _HALVES), _LEVEL)
        self._db.execute(
            'REPLACE INTO accounts (story_id, key, members, title, start, "end", body) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (story_id, key, _digest(told_of), title, start, end, packed),
        )

    @_told
    def account(self, story_id: str) -> str | None:  # noqa: D102
        row = self._db.execute("SELECT body FROM accounts WHERE story_id = ?", (story_id,)).fetchone()
        return zlib.decompress(row[0]).decode("utf-8", _HALVES) if row else None

    @_told
    def stories(self) -> list[StoryRow]:  # noqa: D102
        rows = self._db.execute(
            'SELECT t.id, c.title, c.start, c."end", a.title, coalesce(a.published, m.published),'
            " coalesce(a.outlet, m.outlet) FROM stories t JOIN assignments s ON s.story_id = t.id"
            " JOIN articles a ON a.id = s.article_id LEFT JOIN marks m ON m.article_id = a.id"
            " LEFT JOIN accounts c ON c.story_id = t.id ORDER BY t.seq, a.seq"
        )
        found: dict[str, list[tuple[Any, ...]]] = {}
        for story_id, *row in rows:
            found.setdefault(story_id, []).append(tuple(row))
        return [_story_row(story_id, members) for story_id, members in found.items()]

    @_told
    def add_failure(self, failure: Failure) -> None:  # noqa: D102
        self._db.execute(
            "INSERT OR IGNORE INTO failures (ref, stage, error) VALUES (?, ?, ?)",
            (failure.ref, failure.stage, failure.error),
        )

    @_told
    def forget_failures(self, refs: Iterable[str]) -> None:  # noqa: D102
        self._db.execute(
            "DELETE FROM failures WHERE ref IN (SELECT value FROM json_each(?))", (json.dumps(list(refs)),)
        )

    @_told
    def failures(self) -> list[Failure]:  # noqa: D102
        return [Failure(*row) for row in self._db.execute("SELECT ref, stage, error FROM failures ORDER BY seq")]

    @_told
    def record_stages(self, versions: Mapping[str, str]) -> None:  # noqa: D102
        with self.transaction():
            self._db.executemany("REPLACE INTO stages (stage, version) VALUES (?, ?)", sorted(versions.items()))

    @_told
    def stages(self) -> dict[str, str]:  # noqa: D102
        return dict(self._db.execute("SELECT stage, version FROM stages ORDER BY stage").fetchall())

    def _column(self, sql: str, *values: str) -> list[str]:
        return [row[0] for row in self._db.execute(sql, values)]


def _fingerprint(plain: dict[str, Any]) -> Fingerprint:
    # Every fingerprint is read whenever a store is opened to add to it, and the codec would take four times as long
    # for what is only lists of scalars and of pairs.
    def tupled(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return tuple(map(tuple, value)) if value and isinstance(value[0], list) else tuple(value)

    try:
        return Fingerprint(**{name: tupled(value) for name, value in plain.items()})
    except TypeError as error:
        raise ValueError(f"not a stored Fingerprint: {error}") from error


def _article(row: list[Any]) -> Article:
    article_id, ref, text, title, outlet, url, authors, published, published_from, language = row
    return Article(
        id=article_id,
        ref=ref,
        text=zlib.decompress(text).decode("utf-8", _HALVES),
        title=title,
        outlet=outlet,
        url=url,
        authors=tuple(json.loads(authors)),
        published=published,
        published_from=published_from,
        language=language,
    )


def _story_row(story_id: str, members: list[tuple[Any, ...]]) -> StoryRow:
    told_title, told_start, told_end = members[0][:3]
    days = sorted(published[:10] for *_, published, _ in members if published)
    return StoryRow(
        id=story_id,
        title=told_title or next((title for _, _, _, title, _, _ in members if title), None),
        start=told_start or (days[0] if days else None),
        end=told_end or (days[-1] if days else None),
        articles=len(members),
        outlets=tuple(sorted({outlet for *_, outlet in members if outlet})),
    )


def _digest(article_ids: Iterable[str]) -> str:
    return content_id("m", *sorted(article_ids))

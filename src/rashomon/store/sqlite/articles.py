"""Articles, their marks, and what could not become one."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from rashomon.model.article import Article, Failure
from rashomon.model.codec import decode, encode
from rashomon.model.marks import Marks
from rashomon.store.sqlite.connection import PAGE, Connection, pack, pack_text, told, unpack, unpack_text


class Articles(Connection):
    """The part of a ``Store`` that keeps articles, marks, failures and stage versions."""

    @told
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
                pack_text(article.text),
            ),
        )
        return done.rowcount == 1

    @told
    def has(self, article_id: str) -> bool:  # noqa: D102
        return self._db.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone() is not None

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:  # noqa: D102
        wanted = None if ids is None else json.dumps(list(ids))
        after = 0
        while page := self._article_page(wanted, after):
            yield from (article for _, article in page)
            after = page[-1][0]

    @told
    def _article_page(self, wanted: str | None, after: int) -> list[tuple[int, Article]]:
        # Page by page and not by an open cursor: the caller may write between two articles.
        which = "" if wanted is None else " AND id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(
            "SELECT seq, id, ref, text, title, outlet, url, authors, published, published_from, language FROM articles"
            f" WHERE seq > ?{which} ORDER BY seq LIMIT {PAGE}",
            (after,) if wanted is None else (after, wanted),
        )
        return [(seq, _article(row)) for seq, *row in rows]

    @told
    def refs(self, article_ids: Iterable[str]) -> dict[str, str]:  # noqa: D102
        rows = self._db.execute(
            "SELECT id, ref FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(article_ids)),),
        )
        return dict(rows.fetchall())

    @told
    def arrival(self, article_id: str) -> int | None:  # noqa: D102
        row = self._db.execute("SELECT seq FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    @told
    def latest(self, most: int) -> list[str]:  # noqa: D102
        return self._column("SELECT id FROM articles ORDER BY seq DESC LIMIT ?", str(most))[::-1]

    @told
    def put_marks(self, marks: Marks) -> None:  # noqa: D102
        self._db.execute(
            "REPLACE INTO marks (article_id, version, published, outlet, body) VALUES (?, ?, ?, ?, ?)",
            (
                marks.article_id,
                marks.version,
                marks.published,
                marks.outlet.name if marks.outlet else None,
                pack(encode(marks)),
            ),
        )

    @told
    def marks(self, article_ids: Iterable[str], only: Collection[str] | None = None) -> dict[str, Marks]:  # noqa: D102
        rows = self._db.execute(
            "SELECT article_id, body FROM marks WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(article_ids)),),
        )
        wanted = None if only is None else {"article_id", "version", *only}
        return {article_id: decode(Marks, _part(unpack(body), wanted)) for article_id, body in rows}

    @told
    def stale_marks(self, version: str) -> list[str]:  # noqa: D102
        return self._column(
            "SELECT a.id FROM articles a LEFT JOIN marks m ON m.article_id = a.id"
            " WHERE m.version IS NOT ? ORDER BY a.seq",
            version,
        )

    @told
    def add_failure(self, failure: Failure) -> None:  # noqa: D102
        self._db.execute(
            "INSERT OR IGNORE INTO failures (ref, stage, error) VALUES (?, ?, ?)",
            (failure.ref, failure.stage, failure.error),
        )

    @told
    def forget_failures(self, refs: Iterable[str]) -> None:  # noqa: D102
        self._db.execute(
            "DELETE FROM failures WHERE ref IN (SELECT value FROM json_each(?))", (json.dumps(list(refs)),)
        )

    @told
    def failures(self) -> list[Failure]:  # noqa: D102
        return [Failure(*row) for row in self._db.execute("SELECT ref, stage, error FROM failures ORDER BY seq")]

    @told
    def record_stages(self, versions: Mapping[str, str]) -> None:  # noqa: D102
        with self.transaction():
            self._db.executemany("REPLACE INTO stages (stage, version) VALUES (?, ?)", sorted(versions.items()))

    @told
    def stages(self) -> dict[str, str]:  # noqa: D102
        return dict(self._db.execute("SELECT stage, version FROM stages ORDER BY stage").fetchall())


def _part(plain: dict[str, Any], wanted: Collection[str] | None) -> dict[str, Any]:
    return plain if wanted is None else {name: value for name, value in plain.items() if name in wanted}


def _article(row: list[Any]) -> Article:
    article_id, ref, text, title, outlet, url, authors, published, published_from, language = row
    return Article(
        id=article_id,
        ref=ref,
        text=unpack_text(text),
        title=title,
        outlet=outlet,
        url=url,
        authors=tuple(json.loads(authors)),
        published=published,
        published_from=published_from,
        language=language,
    )

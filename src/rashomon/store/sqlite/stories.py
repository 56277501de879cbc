"""Which articles are one story, what it was called before, and which stories are of one affair."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rashomon.model.story import Assignment, Merge, Relation
from rashomon.store.base import StoryRow
from rashomon.store.sqlite.connection import Connection, told


class Stories(Connection):
    """The part of a ``Store`` that keeps stories and how they hang together."""

    @told
    def put_assignment(self, assignment: Assignment, version: str) -> None:  # noqa: D102
        with self.transaction():
            before = self._column("SELECT story_id FROM assignments WHERE article_id = ?", assignment.article_id)
            self._db.execute("INSERT OR IGNORE INTO stories (id) VALUES (?)", (assignment.story_id,))
            self._db.execute(
                "REPLACE INTO assignments (article_id, story_id, duplicate_of, version, placed) VALUES (?, ?, ?, ?, ?)",
                (assignment.article_id, assignment.story_id, assignment.duplicate_of, version, assignment.story_id),
            )
            for story_id in before:
                self._drop_if_empty(story_id)

    @told
    def assignments(self) -> list[Assignment]:  # noqa: D102
        rows = self._db.execute(
            "SELECT s.article_id, s.story_id, s.duplicate_of FROM assignments s"
            " JOIN articles a ON a.id = s.article_id ORDER BY a.seq"
        )
        return [Assignment(*row) for row in rows]

    @told
    def assigned(self, article_ids: Iterable[str], *, upto: str | None) -> dict[str, Assignment]:  # noqa: D102
        limit = self._seq(upto) + 1 if upto else 0
        rows = self._db.execute(
            "SELECT article_id, placed, duplicate_of FROM assignments"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(article_ids)),),
        ).fetchall()
        return {id_: Assignment(id_, self._as_of(placed, limit), original) for id_, placed, original in rows}

    @told
    def merges(self, after: str | None, upto: str | None) -> list[Merge]:  # noqa: D102
        first = self._seq(after) if after else 0
        last = self._seq(upto) if upto else self._limit(None)
        rows = self._db.execute(
            "SELECT f.old, f.new, f.article_id FROM articles a JOIN forwards f ON f.article_id = a.id"
            " WHERE a.seq > ? AND a.seq <= ? ORDER BY f.seq",
            (first, last),
        )
        return [Merge(*row) for row in rows]

    @told
    def merges_by(self, article_id: str) -> list[Merge]:  # noqa: D102
        rows = self._db.execute(
            "SELECT old, new, article_id FROM forwards WHERE article_id = ? ORDER BY seq", (article_id,)
        )
        return [Merge(*row) for row in rows]

    @told
    def put_merge(self, merge: Merge) -> None:  # noqa: D102
        old, new = merge.story_id, merge.into
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO stories (id) VALUES (?)", (new,))
            self._db.execute("UPDATE assignments SET story_id = ? WHERE story_id = ?", (new, old))
            related = self.relations(old)
            self._db.execute(
                "INSERT INTO forwards (old, new, article_id) VALUES (?, ?, ?)", (old, new, merge.article_id)
            )
            for story_id in (old, new):
                self._drop_if_empty(story_id)
            for relation in related:
                self.put_relation(relation)

    @told
    def put_former(self, former: Mapping[str, str]) -> None:  # noqa: D102
        with self.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO forwards (old, new) SELECT ?1, ?2 WHERE ?1 <> ?2"
                " AND NOT EXISTS (SELECT 1 FROM stories WHERE id = ?1)",
                sorted(former.items()),
            )

    @told
    def former(self) -> dict[str, str]:  # noqa: D102
        direct = dict(self._db.execute("SELECT old, new FROM forwards ORDER BY seq").fetchall())
        return {old: _end(direct, old) for old in direct}

    @told
    def find_stories(self, beginning: str) -> list[str]:  # noqa: D102
        # Not LIKE: its wildcards may stand in what a person types.
        ids = self._column(
            "SELECT id FROM stories WHERE substr(id, 1, length(?1)) = ?1"
            " UNION SELECT old FROM forwards WHERE substr(old, 1, length(?1)) = ?1",
            beginning,
        )
        return sorted({found for story_id in ids if (found := self._current(story_id))})

    def _current(self, story_id: str) -> str | None:
        """The story that goes on under this or another id; None where there is none."""
        seen = {story_id}
        while rows := self._column("SELECT new FROM forwards WHERE old = ?", story_id):
            (story_id,) = rows
            if story_id in seen:
                return None
            seen.add(story_id)
        return next(iter(self._column("SELECT id FROM stories WHERE id = ?", story_id)), None)

    @told
    def put_relation(self, relation: Relation) -> None:  # noqa: D102
        ends = [self._current(relation.story_id) or relation.story_id, self._current(relation.other) or relation.other]
        if ends[0] == ends[1]:
            return
        one, other = sorted(ends)
        known = self._db.execute(
            "SELECT names FROM relations WHERE story_id = ? AND other = ?", (one, other)
        ).fetchone()
        names = sorted({*relation.names, *(json.loads(known[0]) if known else ())})
        self._db.execute(
            "REPLACE INTO relations (story_id, other, names) VALUES (?, ?, ?)",
            (one, other, json.dumps(names, ensure_ascii=False)),
        )

    @told
    def relations(self, story_id: str | None = None) -> list[Relation]:  # noqa: D102
        which = "" if story_id is None else " WHERE story_id = ?1 UNION ALL SELECT * FROM relations WHERE other = ?1"
        rows = self._db.execute(
            f"SELECT * FROM (SELECT * FROM relations{which}) ORDER BY story_id, other",
            () if story_id is None else (story_id,),
        )
        return [Relation(one, other, tuple(json.loads(names))) for one, other, names in rows]

    def _drop_if_empty(self, story_id: str) -> None:
        self._db.execute(
            "DELETE FROM stories WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM assignments WHERE story_id = ?1)",
            (story_id,),
        )

    @told
    def members(self, story_id: str) -> list[str]:  # noqa: D102
        return self._column(
            "SELECT a.id FROM articles a JOIN assignments s ON s.article_id = a.id WHERE s.story_id = ? ORDER BY a.seq",
            story_id,
        )

    @told
    def forget_stories(self) -> None:  # noqa: D102
        with self.transaction():
            for table in (
                "accounts",
                "relations",
                "reuses",
                "checkpoints",
                "assignments",
                "stories",
                "forwards",
                "fingerprints",
                "telling",
            ):
                self._db.execute(f"DELETE FROM {table}")

    @told
    def stories(self, ids: Iterable[str] | None = None) -> list[StoryRow]:  # noqa: D102
        which = "" if ids is None else " WHERE t.id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(
            'SELECT t.id, c.title, c.start, c."end", a.title, coalesce(a.published, m.published),'
            " coalesce(a.outlet, m.outlet) FROM stories t JOIN assignments s ON s.story_id = t.id"
            " JOIN articles a ON a.id = s.article_id LEFT JOIN marks m ON m.article_id = a.id"
            f" LEFT JOIN accounts c ON c.story_id = t.id{which} ORDER BY t.seq, a.seq",
            () if ids is None else (json.dumps(list(ids)),),
        )
        found: dict[str, list[tuple[Any, ...]]] = {}
        for story_id, *row in rows:
            found.setdefault(story_id, []).append(tuple(row))
        return [_story_row(story_id, members) for story_id, members in found.items()]


def _end(direct: Mapping[str, str], old: str) -> str:
    while old in direct:
        old = direct[old]
    return old


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

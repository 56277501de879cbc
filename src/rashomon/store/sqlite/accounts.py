"""Stories as they were told, and which must be told anew."""

from collections.abc import Iterable

from rashomon.model.ids import content_id
from rashomon.store.sqlite.connection import pack_text, told, unpack_text
from rashomon.store.sqlite.stories import Stories


class Accounts(Stories):
    """The part of a ``Store`` that keeps accounts."""

    @told
    def dirty_stories(self, key: str) -> list[str]:  # noqa: D102
        members: dict[str, list[str]] = {}
        for story_id, article_id in self._db.execute(
            "SELECT t.id, s.article_id FROM stories t JOIN assignments s ON s.story_id = t.id ORDER BY t.seq"
        ):
            members.setdefault(story_id, []).append(article_id)
        told_of = dict(self._db.execute("SELECT story_id, members FROM accounts WHERE key = ?", (key,)).fetchall())
        return [story_id for story_id, ids in members.items() if told_of.get(story_id) != _digest(ids)]

    @told
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
        self._db.execute(
            'REPLACE INTO accounts (story_id, key, members, title, start, "end", body) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (story_id, key, _digest(told_of), title, start, end, pack_text(body)),
        )

    @told
    def account(self, story_id: str) -> str | None:  # noqa: D102
        row = self._db.execute("SELECT body FROM accounts WHERE story_id = ?", (story_id,)).fetchone()
        return unpack_text(row[0]) if row else None


def _digest(article_ids: Iterable[str]) -> str:
    return content_id("m", *sorted(article_ids))

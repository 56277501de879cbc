"""What grouping needs to go on where it was: fingerprints, how late articles find old ones, and the grouper's state."""

import json
from collections.abc import Iterable, Iterator, Sequence

from rashomon.model.codec import decode, encode
from rashomon.model.story import Assignment, Fingerprint, Reuse
from rashomon.store.base import Checkpoint
from rashomon.store.sqlite.connection import PAGE, Connection, pack, told, unpack
from rashomon.store.sqlite.prints import pack_print, unpack_print


class Grouping(Connection):
    """The part of a ``Store`` that only grouping reads."""

    @told
    def put_fingerprint(self, fingerprint: Fingerprint, telling: Sequence[str] = ()) -> None:  # noqa: D102
        day = (fingerprint.published or "")[:10]
        with self.transaction():
            before = self._db.execute(
                "SELECT f.telling, f.day, a.seq FROM fingerprints f JOIN articles a ON a.id = f.article_id"
                " WHERE f.article_id = ?",
                (fingerprint.article_id,),
            ).fetchone()
            if before:
                stems, old_day, seq = before
                rows = [(stem, old_day, seq) for stem in json.loads(stems)]
                self._db.executemany("DELETE FROM telling WHERE stem = ? AND day = ? AND seq = ?", rows)
            self._db.execute(
                "REPLACE INTO fingerprints (article_id, body, day, telling) VALUES (?, ?, ?, ?)",
                (fingerprint.article_id, pack_print(fingerprint), day, json.dumps(list(telling))),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO telling (stem, day, seq) SELECT ?, ?, seq FROM articles WHERE id = ?",
                [(stem, day, fingerprint.article_id) for stem in telling],
            )

    def fingerprints(self, after: str | None = None) -> Iterator[Fingerprint]:  # noqa: D102
        with self.errors():
            seq = self._seq(after) if after else 0
        while page := self._fingerprint_page(seq):
            yield from (fingerprint for _, fingerprint in page)
            seq = page[-1][0]

    @told
    def _fingerprint_page(self, after: int) -> list[tuple[int, Fingerprint]]:
        rows = self._db.execute(
            "SELECT a.seq, f.body FROM articles a JOIN fingerprints f ON f.article_id = a.id"
            f" WHERE a.seq > ? ORDER BY a.seq LIMIT {PAGE}",
            (after,),
        )
        return [(seq, unpack_print(body)) for seq, body in rows]

    @told
    def near(  # noqa: D102
        self, stems: Sequence[str], first: str | None, last: str | None, most: int, *, before: str | None = None
    ) -> list[tuple[Fingerprint, Assignment]]:
        limit = self._limit(before)
        days = "" if first is None and last is None else " AND day BETWEEN ? AND ?"
        # Each stem is one range of the table's own order, so a question costs what its stems' articles of those days
        # are, not what the archive is.
        found = self._db.execute(
            f"SELECT seq, count(*) AS shared FROM telling WHERE stem IN (SELECT value FROM json_each(?)){days}"
            " AND seq < ? GROUP BY seq ORDER BY shared DESC, seq DESC LIMIT ?",
            (json.dumps(list(stems)), *((first or "0", last or "9999") if days else ()), limit, most),
        )
        return self._grouped([seq for seq, _ in found], limit)

    @told
    def grouped(self, story_id: str, *, before: str | None = None) -> list[tuple[Fingerprint, Assignment]]:  # noqa: D102
        limit = self._limit(before)
        # The parts of a story are the ids merged into it, and what had been merged into those.
        found = self._db.execute(
            "WITH RECURSIVE part (id) AS (VALUES (?1) UNION SELECT f.old FROM part JOIN forwards f ON f.new = part.id"
            " JOIN articles b ON b.id = f.article_id WHERE b.seq < ?2)"
            " SELECT a.seq FROM part JOIN assignments s ON s.placed = part.id JOIN articles a ON a.id = s.article_id"
            " WHERE a.seq < ?2 ORDER BY a.seq",
            (story_id, limit),
        )
        return self._grouped([seq for (seq,) in found], limit)

    def _grouped(self, seqs: Sequence[int], limit: int) -> list[tuple[Fingerprint, Assignment]]:
        rows = self._db.execute(
            "SELECT a.seq, f.body, s.article_id, s.placed, s.duplicate_of FROM articles a"
            " JOIN fingerprints f ON f.article_id = a.id JOIN assignments s ON s.article_id = a.id"
            " WHERE a.seq IN (SELECT value FROM json_each(?))",
            (json.dumps(list(seqs)),),
        )
        by_seq = {seq: (body, row) for seq, body, *row in rows}
        return [
            (unpack_print(body), Assignment(article_id, self._as_of(placed, limit), duplicate_of))
            for seq in seqs
            if seq in by_seq
            for body, (article_id, placed, duplicate_of) in [by_seq[seq]]
        ]

    @told
    def put_reuses(self, article_id: str, reuses: Iterable[Reuse]) -> None:  # noqa: D102
        plain = [encode(reuse) for reuse in reuses]
        if plain:
            self._db.execute("REPLACE INTO reuses (article_id, body) VALUES (?, ?)", (article_id, pack(plain)))
        else:
            self._db.execute("DELETE FROM reuses WHERE article_id = ?", (article_id,))

    @told
    def reuses(self, article_ids: Iterable[str]) -> dict[str, tuple[Reuse, ...]]:  # noqa: D102
        rows = self._db.execute(
            "SELECT article_id, body FROM reuses WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(article_ids)),),
        )
        return {article_id: tuple(decode(Reuse, plain) for plain in unpack(body)) for article_id, body in rows}

    @told
    def put_checkpoint(self, checkpoint: Checkpoint) -> None:  # noqa: D102
        self._db.execute(
            "REPLACE INTO checkpoints (id, version, article_id, body) VALUES (1, ?, ?, ?)",
            (checkpoint.version, checkpoint.article_id, checkpoint.state),
        )

    @told
    def checkpoint(self) -> Checkpoint | None:  # noqa: D102
        row = self._db.execute("SELECT version, article_id, body FROM checkpoints").fetchone()
        return Checkpoint(*row) if row else None

    @told
    def uncovered(self) -> int:  # noqa: D102
        row = self._db.execute(
            "SELECT count(*) FROM articles WHERE seq > coalesce("
            "(SELECT a.seq FROM checkpoints c JOIN articles a ON a.id = c.article_id), 0)"
        ).fetchone()
        return int(row[0])

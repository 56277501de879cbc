"""Pairs of real articles of one gold story, by different outlets, with their marks: what is planted into.

Half of the stories, those of odd number by name, are there only to check. Of these the ones that something was learned
from since, because readers labelled facts or conflicts in them, count to the other half.

Marks are kept in ``out/planted.db`` as long as nothing in ``mark`` changes its version.
"""

import itertools
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import stories
from fact_stories import OWN, halves
from rashomon.mark.annotate import VERSION, annotate
from rashomon.mark.language import load_pipeline, provenance
from rashomon.model.article import Article, article_of
from rashomon.model.codec import decode, encode
from rashomon.model.marks import Marks
from rashomon.model.story import Alignment
from rashomon.run.grouping import Marked
from rashomon.run.pipeline import tell_members

BENCH = stories.BENCH
VALUES = OWN.parent / "values" / "allsides.jsonl"
CACHE = Path(__file__).parent.parent / "out" / "planted.db"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles of one story. ``seen``: whether anything was learned from it, or rules made looking at it."""

    story: str
    members: tuple[Marked, Marked]
    seen: bool


@cache
def pairs() -> tuple[Pair, ...]:
    """Two articles of different outlets of one story: all pairs of allsides, eight of every story of news_cluster."""
    found, learned = [], learned_from()
    with Marker(CACHE) as marker:
        for name, per_story in (("allsides", 3), ("news_cluster", 8)):
            rows = defaultdict(list)
            for row in stories.rows(BENCH / stories.SETS[name]):
                rows[str(row["story_id"])].append(row)
            for number, (story, own) in enumerate(sorted(rows.items())):
                articles = [_article(row) for row in own]
                for one, other in list(itertools.combinations(articles, 2))[:per_story]:
                    if one.outlet != other.outlet:
                        seen = number % 2 == 0 or f"{name}_{story}" in learned
                        found.append(Pair(story, (marker.mark(one), marker.mark(other)), seen))
    return tuple(found)


def learned_from() -> frozenset[str]:
    """Set and name of the stories whose labels the decisions on facts and values are fitted on."""
    rows = map(json.loads, VALUES.read_text(encoding="utf-8").splitlines())
    read = {f"allsides_{row['story']}" for row in rows}
    labelled = {path.stem for path in OWN.glob("*.json")}
    return frozenset(read | labelled | {name for name, half in halves().items() if half == "learn"})


def aligned(members: Sequence[Marked]) -> Alignment:
    """What the pipeline makes of a story of these articles."""
    return tell_members("s_planted", list(members)).account.alignment


class Marker:
    """Marks articles, and remembers the marks in a file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS marks (id TEXT PRIMARY KEY, version TEXT, body BLOB)")
        self._nlp = load_pipeline()
        self._version = f"{VERSION} {provenance(self._nlp)}"

    def __enter__(self) -> "Marker":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.commit()
        self._db.close()

    def mark(self, article: Article) -> Marked:
        """The marks of an article, made now or before."""
        asked = (article.id, self._version)
        row = self._db.execute("SELECT body FROM marks WHERE id = ? AND version = ?", asked).fetchone()
        if row:
            return Marked(article, decode(Marks, json.loads(zlib.decompress(row[0]))))
        marks = annotate(article, self._nlp)
        body = zlib.compress(json.dumps(encode(marks)).encode())
        self._db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (*asked, body))
        self._db.commit()  # at once: another benchmark may be marking too
        return Marked(article, marks)


def _article(row: dict[str, str]) -> Article:
    return article_of(
        row["id"],
        text=row["text"],
        title=row["title"] or None,
        outlet=row["outlet"],
        published=stories.day(row["date"]),
    )

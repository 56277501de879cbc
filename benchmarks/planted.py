"""How many planted conflicts are found between two articles of one story, and how quiet untouched pairs stay.

    python benchmarks/planted.py     # RASHOMON_BENCH, default ../shared/bench

Pairs are two articles of one gold story of allsides and news_cluster. ``plants`` tells what is changed, and how it is
judged that both make the statement. *Found*: a conflict with the changed words in the evidence of one reading and the
other article in another reading. *Kind*: of those, how many are of the planted kind. *Quiet*: 1 less the conflicts that
an untouched pair raises on average; nothing says that those are wrong, real outlets do contradict each other.

``printed`` tells how origins are counted. Rules were made looking at the stories of
even number; "unseen" figures are of the odd ones.
"""

import itertools
import json
import random
import sqlite3
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import printed
import stories
from plants import KINDS, Plant, PlantKind, plants
from rashomon.mark.annotate import VERSION, annotate
from rashomon.mark.language import load_pipeline, provenance
from rashomon.model.article import Article, article_of
from rashomon.model.codec import decode, encode
from rashomon.model.marks import Marks
from rashomon.model.spans import Span
from rashomon.model.story import Alignment, Conflict
from rashomon.run.grouping import Marked
from rashomon.run.pipeline import tell_members

SEED = 6
OF_A_KIND, OF_A_PAIR = 100, 2
UNTOUCHED = 300
PRINTED = 40
INDEPENDENT = 700
BENCH = stories.BENCH
# Marks of real articles are kept here, as long as nothing in ``mark`` changes its version.
CACHE = Path(__file__).parent.parent / "out" / "planted.db"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles of one story. ``seen``: whether rules were made looking at it."""

    story: str
    members: tuple[Marked, Marked]
    seen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plant and the conflicts that touch it."""

    plant: Plant
    pair: Pair
    raised: tuple[Conflict, ...]

    @property
    def right(self) -> bool:
        """Whether a conflict of the planted kind was raised."""
        return any(c.kind == self.plant.kind for c in self.raised)


def measure() -> dict[str, float]:
    """All figures, as shares."""
    whole = pairs()
    with Marker(CACHE) as marker:
        outcomes = [outcome(plant, pair, marker) for plant, pair in choose(whole)]
    quiet = untouched(whole)
    figures = origins(whole)
    alarms = [len(aligned(p.members).conflicts) for p in quiet]
    figures |= _figures("", outcomes, alarms)
    unseen = [n for n, p in zip(alarms, quiet, strict=True) if not p.seen]
    return figures | _figures("unseen ", [o for o in outcomes if not o.pair.seen], unseen)


def untouched(whole: Sequence[Pair]) -> list[Pair]:
    """The pairs on which alarms are counted: so many, drawn at random."""
    return random.Random(SEED).sample(list(whole), UNTOUCHED)


def origins(whole: Sequence[Pair]) -> dict[str, float]:
    """How often the count of origins is right, for texts printed by three outlets and for independent pairs."""
    chance = random.Random(SEED)
    firsts = {p.members[0].article.id: p.members[0].article for p in whole}
    texts = chance.sample([a for a in firsts.values() if 250 <= len(a.text.split()) <= 900], PRINTED)
    figures = {}
    with Marker(CACHE) as marker:
        for kept in (True, False):
            prints = [printed.three_prints(text, kept=kept, chance=chance) for text in texts]
            counts = [printed.count_of_prints([marker.mark(a) for a in three]) for three in prints]
            figures[f"origins, credit {'kept' if kept else 'stripped'}"] = _share(counts)
    apart = [p.members for p in chance.sample(list(whole), INDEPENDENT) if printed.is_independent(p.members)]
    figures["origins, independent"] = _share([printed.count_of_pair(members) for members in apart])
    return figures


def _share(counts: Iterable[tuple[int, int]]) -> float:
    right, whole = map(sum, zip(*counts, strict=True))
    return right / max(1, whole)


def _figures(name: str, outcomes: Sequence[Outcome], alarms: Sequence[int]) -> dict[str, float]:
    found = [o for o in outcomes if o.raised]
    figures = {
        f"{name}found": len(found) / len(outcomes),
        f"{name}right kind": sum(o.right for o in found) / max(1, len(found)),
        f"{name}quiet pairs": 1 - sum(alarms) / len(alarms),
    }
    for kind in KINDS if not name else ():
        own = [o for o in outcomes if o.plant.kind == kind]
        figures[f"{kind} found"] = sum(bool(o.raised) for o in own) / len(own)
    return figures


@cache
def pairs() -> tuple[Pair, ...]:
    """Two articles of different outlets of one story: all pairs of allsides, eight of every story of news_cluster."""
    found = []
    with Marker(CACHE) as marker:
        for name, per_story in (("allsides", 3), ("news_cluster", 8)):
            rows = defaultdict(list)
            for row in stories.rows(BENCH / stories.SETS[name]):
                rows[str(row["story_id"])].append(row)
            for number, (story, own) in enumerate(sorted(rows.items())):
                articles = [_article(row) for row in own]
                for one, other in list(itertools.combinations(articles, 2))[:per_story]:
                    if one.outlet != other.outlet:
                        found.append(Pair(story, (marker.mark(one), marker.mark(other)), number % 2 == 0))
    return tuple(found)


def choose(whole: Sequence[Pair]) -> list[tuple[Plant, Pair]]:
    """So many plants of each kind, as far as they reach, and not many of one pair."""
    chance = random.Random(SEED)
    able: dict[PlantKind, list[tuple[Plant, Pair]]] = defaultdict(list)
    for pair in whole:
        for kind, own in plants(*pair.members, chance).items():
            able[kind] += [(p, pair) for p in chance.sample(own, min(len(own), OF_A_PAIR))]
    chosen = []
    for kind in KINDS:
        chance.shuffle(able[kind])
        chosen += able[kind][:OF_A_KIND]
    return chosen


def outcome(plant: Plant, pair: Pair, marker: "Marker") -> Outcome:
    """Plant, align, look."""
    old, other = pair.members
    new = marker.mark(changed(plant, old.article))
    spots = [Span(new.article.id, a, b) for a, b in plant.places]
    touching = [c for c in aligned((new, other)).conflicts if _touches(c, spots, other.article.id)]
    return Outcome(plant, pair, tuple(touching))


def changed(plant: Plant, article: Article) -> Article:
    """The article with the change made."""
    return article_of(
        article.ref, text=plant.text, title=plant.title, outlet=article.outlet, published=article.published
    )


def _touches(conflict: Conflict, spots: Iterable[Span], other: str) -> bool:
    here = [any(e.overlaps(s) for e in r.evidence for s in spots) for r in conflict.readings]
    return any(
        mine and any(other in r.articles for r in conflict.readings if r is not reading)
        for mine, reading in zip(here, conflict.readings, strict=True)
    )


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
        return Marked(article, marks)


def _article(row: dict[str, str]) -> Article:
    return article_of(
        row["id"],
        text=row["text"],
        title=row["title"] or None,
        outlet=row["outlet"],
        published=stories.day(row["date"]),
    )


def main() -> int:
    for name, value in measure().items():
        print(f"{name:28} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

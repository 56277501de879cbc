"""The articles that grouping is measured on, put on disk, so that no process has to hold more of them than it wants."""

import gzip
import json
import pickle
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rashomon.group import fingerprint
from rashomon.model.article import article_of
from rashomon.model.codec import decode
from rashomon.model.marks import Marks
from rashomon.model.story import Fingerprint
from stories import BENCH, SETS, day, rows


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the files that ``prepare`` writes: where it is in them, and what is known of it."""

    print_at: int
    text_at: int
    published: str | None
    labelled: str | None  # the set that it belongs to
    story: str | None
    scale: bool  # whether it is in the scale corpus, as most labelled ones are too


def prepare(folder: Path, marks_file: Path | None) -> dict[str, Any]:
    """Write fingerprints, texts and their index: the labelled articles, then the scale corpus, each article once."""
    marks = _marks(marks_file) if marks_file else {}
    entries: dict[str, Entry] = {}
    seconds, marked = 0.0, 0
    with (folder / "prints").open("wb") as prints, (folder / "texts").open("wb") as texts:
        for name, row in _rows():
            if known := entries.get(row["id"]):
                entries[row["id"]] = replace(known, scale=known.scale or not name)
                continue
            article = article_of(
                row["id"],
                text=row["text"],
                title=row["title"] or None,
                url=row["url"] or row["id"],
                published=day(row["date"]),
            )
            found = marks.get(row["id"])
            marked += found is not None
            of_it = decode(Marks, json.loads(zlib.decompress(found))) if found else Marks(article.id, "0")
            begun = time.process_time()
            fp = fingerprint(article, of_it)
            seconds += time.process_time() - begun
            story = f"{name}:{row['story_id']}" if name else None
            entries[row["id"]] = Entry(prints.tell(), texts.tell(), fp.published, name, story, not name)
            pickle.dump(fp, prints)
            pickle.dump(f"{row['title'] or ''}\n{row['text']}", texts)
    (folder / "index").write_bytes(pickle.dumps(list(entries.values())))
    return {"articles": len(entries), "with_marks": marked, "articles_per_second": round(len(entries) / seconds)}


def _rows() -> Iterator[tuple[str | None, dict[str, Any]]]:
    for name, file in SETS.items():
        yield from ((name, row) for row in rows(BENCH / file))
    for path in sorted((BENCH / "scale").glob("part-*.gz")):
        yield from ((None, row) for row in rows(path))


def _marks(path: Path) -> dict[str, bytes]:
    """The marks of each ref, still as JSON, and packed: unpacked they would be gigabytes."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return {row["ref"]: zlib.compress(json.dumps(row["marks"]).encode(), 1) for row in map(json.loads, lines)}


def choose(folder: Path, articles: int, *, labelled: bool) -> list[Entry]:
    """So many articles in date order, undated ones last: every k-th of the scale corpus.

    With ``labelled`` all labelled ones are among them, and every k-th of the others.
    """
    entries: list[Entry] = pickle.loads((folder / "index").read_bytes())
    ours = [entry for entry in entries if labelled and entry.labelled]
    others = sorted((e for e in entries if (not e.labelled if labelled else e.scale)), key=_order)
    wanted = min(articles - len(ours), len(others))
    picked = [others[place * len(others) // wanted] for place in range(wanted)]
    return sorted([*ours, *picked], key=_order)


def _order(entry: Entry) -> tuple[str, int]:
    return entry.published or "9999", entry.print_at


def read_prints(folder: Path, entries: Sequence[Entry]) -> Iterator[Fingerprint]:
    """Their fingerprints, one in memory at a time."""
    with (folder / "prints").open("rb") as prints:
        for entry in entries:
            prints.seek(entry.print_at)
            yield pickle.load(prints)


def read_texts(folder: Path, entries: Sequence[Entry]) -> Iterator[str]:
    """Their headlines and texts, one in memory at a time."""
    with (folder / "texts").open("rb") as texts:
        for entry in entries:
            texts.seek(entry.text_at)
            yield pickle.load(texts)

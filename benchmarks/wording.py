"""How much of what readers marked as loaded wording is among the contrasts of a story.

    python benchmarks/wording.py             figures; RASHOMON_BENCH, default ../shared/bench
    python benchmarks/wording.py --misses    spans that are not found, and what was printed in their stead

BASIL: one event as three outlets tell it, spans marked as biased by their wording ("lexical"). *Found*: a span that
shares a character with the words of a contrast, on either side of it. *Own voice*: the same of the spans that the set
does not give as quoted speech, which contrasts leave out on purpose. *Chance*: what as many words find that are drawn
from those that could have been chosen; *loaded*: what the words of the story's own voice find that lie
furthest on the axis of loaded words, compared or not.

The words of the axis and the weights were chosen looking at the stories of even number; "unseen" is of the odd ones.
"""

import argparse
import gzip
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rashomon.align.coreference.entities import merge_entities
from rashomon.align.statements.prepare import Story, prepare
from rashomon.align.views.contrasts import MOST, _Told, colour
from rashomon.model.article import article_of
from rashomon.model.spans import Span
from rashomon.model.story import Alignment
from rashomon.run.grouping import Marked
from rashomon.run.pipeline import tell_members
from real_pairs import CACHE, Marker

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))


@dataclass(frozen=True)
class Event:
    """One event: its articles, and the marked spans with whether they are quoted speech."""

    number: int
    members: tuple[Marked, ...]
    gold: tuple[tuple[Span, bool], ...]


@cache
def events() -> tuple[Event, ...]:
    """The events of the set in its order."""
    rows = defaultdict(list)
    with gzip.open(BENCH / "wording/basil_2010-14.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows[row["story_id"]].append(row)
    found = []
    with Marker(CACHE) as marker:
        for number, own in enumerate(rows.values()):
            members, gold = [], []
            for row in own:
                article = article_of(
                    row["id"], text=row["text"], title=row["title"], outlet=row["outlet"], published=row["date"]
                )
                starts = [*_starts(row)]
                members.append(marker.mark(article))
                for s in row["spans"]:
                    if s["bias"] == "lex" and s["id"] != "title":
                        at = starts[int(s["id"].removeprefix("p"))] + s["start"]
                        gold.append((Span(article.id, at, at + len(s["txt"])), s["quote"] == "yes"))
            found.append(Event(number, tuple(members), tuple(gold)))
    return tuple(found)


def _starts(row: dict[str, Any]) -> Iterator[int]:
    """Where each sentence begins in the text: paragraphs stand on lines of their own, sentences behind a space."""
    at = 0
    for sentence in (s for paragraph in row["paragraphs"] for s in paragraph):
        yield at
        at += len(sentence) + 1


def aligned(event: Event) -> Alignment:
    """The event as one story."""
    return tell_members("s_wording", event.members).account.alignment


def words_of(alignment: Alignment) -> list[Span]:
    """The words of a story's contrasts, on both sides."""
    return [
        span
        for contrast in alignment.contrasts[:MOST]
        for choice in (contrast.choice, *contrast.instead)
        for span in choice.evidence
    ]


def hit(gold: Span, spans: list[Span]) -> bool:
    """Whether a marked span shares a character with one of these."""
    return any(gold.overlaps(span) for span in spans)


def rivals(event: Event, count: int) -> tuple[list[Span], list[Span]]:
    """As many words of the outlets' own voices, drawn at random, and the most loaded ones."""
    told = _Told(prepared(event))
    words = sorted(told.words(), key=lambda w: w.span)
    drawn = random.Random(event.number).sample(words, min(count, len(words)))
    loaded = sorted(words, key=lambda w: (-colour(w.stem), w.span))[:count]
    return [w.span for w in drawn], [w.span for w in loaded]


def prepared(event: Event) -> Story:
    """The event as ``align`` reads it."""
    articles = [m.article for m in event.members]
    marks = {m.article.id: m.marks for m in event.members}
    return prepare(articles, marks, merge_entities(articles, marks))


def measure() -> dict[str, float]:
    """Shares of the marked spans."""
    tallies: dict[str, list[bool]] = defaultdict(list)
    sizes = []
    for event in events():
        alignment = aligned(event)
        ours = words_of(alignment)
        sizes.append(len(alignment.contrasts))
        drawn, loaded = rivals(event, len(ours))
        for gold, quoted in event.gold:
            tallies["found"].append(hit(gold, ours))
            if not quoted:
                tallies["found own voice"].append(hit(gold, ours))
                tallies["chance own voice"].append(hit(gold, drawn))
                tallies["loaded own voice"].append(hit(gold, loaded))
                tallies["unseen own voice" if event.number % 2 else "seen own voice"].append(hit(gold, ours))
    figures = {name: round(sum(t) / len(t), 3) for name, t in sorted(tallies.items())}
    return figures | {"contrasts a story": round(sum(sizes) / len(sizes), 2)}


def main() -> int:
    """Print the figures, or what is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--misses", action="store_true", help="of the stories of even number")
    if not parser.parse_args().misses:
        for name, value in measure().items():
            print(f"{name:<28}{value:.3f}")
        return 0
    for event in events()[::2]:
        texts = {m.article.id: m.article.text for m in event.members}
        alignment = aligned(event)
        ours = words_of(alignment)
        for c in alignment.contrasts:
            instead = ", ".join(f"{i.text} ({len(i.articles)})" for i in c.instead)
            print(f"  {event.number}: {c.weight:.1f} {c.choice.text} x{c.choice.count} | {instead}")
        for gold, quoted in event.gold:
            if not hit(gold, ours):
                print(f"{event.number}{' quoted' if quoted else ''} missed: {gold.cut(texts[gold.article_id])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

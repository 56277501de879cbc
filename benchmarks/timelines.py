"""Timelines of entities over thirty articles on Airbus and Boeing: dated events, and their order.

    python benchmarks/timelines.py              # RASHOMON_BENCH, default ../shared/bench
    python benchmarks/timelines.py --errors 40  # what is missing and what is wrong, by kind

The set (Wikinews on Airbus and Boeing, CC BY; SemEval 2015 task 4) gives for each of thirteen entities the events in
which it takes part, each with a date or a part of one; an event is the word that tells it, by article and sentence. All
articles are aligned as one story, and ``lab.entity_history`` is asked for each entity by the name in the set.

* ``dated``: the referee's ``dated_events`` over (entity, event, date), all entities together. Events that the set gives
  no year are on no timeline; what we date of them counts as wrong. A date is right if it is the set's to the letter.
* ``order``: temporal awareness after UzZaman and Allen (2011), as the task used it: the order of events, one with the
  next, and their dates. Precision is the share of the relations between neighbours on our timeline that follow from
  the set's, recall the other way round. This is our reading of the task's description, not its own program.
"""

import argparse
import itertools
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lab.entity_history import Happening, history_of
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.statements.event_dates import with_event_dates
from rashomon.align.statements.prepare import Story, prepare
from rashomon.mark.annotate import annotate
from rashomon.mark.language import load_pipeline
from rashomon.model.article import Article, article_of

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
# The set spells one name wrong.
SPELLING = {"United States Air Froce": "United States Air Force"}
NO_DATE = "XXXX-XX-XX"
_WORD = re.compile(r"[\w'’-]+")

Event = tuple[str, int, str]
"""Article, sentence, word."""


def measure() -> dict[str, Any]:
    """Precision, recall and F1 of dated events and of their order, over all timelines."""
    import score

    story, gold = aligned(), golden()
    ours = {name: predicted(story, name) for name in gold}
    dated = [{(n, e, d) for n, line in lines.items() for e, d in line.items() if d} for lines in (gold, ours)]
    return {"dated": score.dated_events(*dated), "order": order(gold, ours)}


def golden() -> dict[str, dict[Event, str]]:
    """For each entity its events with their dates, "" where the set gives none."""
    found: dict[str, dict[Event, str]] = defaultdict(dict)
    for row in _rows("timelines"):
        name = SPELLING.get(row["entity"], row["entity"])
        for entry in row["timeline"]:
            for event in entry["events"]:
                article, sentence, word = event.split("-", 2)
                date = "" if entry["date"] == NO_DATE else entry["date"].replace("-XX", "")
                found[name][article, int(sentence), _head(article, int(sentence), word)] = date
    return dict(found)


def predicted(story: Story, name: str) -> dict[Event, str]:
    """Our events of an entity, as the set writes them."""
    found: dict[Event, str] = {}
    for happening in history_of(story, name):
        event = _event(story, happening)
        if event:
            found.setdefault(event, happening.date[:10])
    return found


@cache
def aligned() -> Story:
    """All articles of the set as one story, made ready for comparing."""
    nlp = load_pipeline()
    articles = [_article(row) for row in _rows("documents")]
    marks = {a.id: annotate(a, nlp) for a in articles}
    return with_event_dates(prepare(articles, marks, merge_entities(articles, marks)))


def order(gold: Mapping[str, Mapping[Event, str]], ours: Mapping[str, Mapping[Event, str]]) -> tuple[float, ...]:
    """Precision, recall and F1 of the relations between events and dates; see the head of this file."""
    right = [0, 0]
    whole = [0, 0]
    for name in gold:
        told, found = _dated(gold[name]), _dated(ours[name])
        for at, (asked, by) in enumerate(((found, told), (told, found))):
            relations = list(_neighbours(asked))
            whole[at] += len(relations)
            right[at] += sum(_follows(relation, by) for relation in relations)
    p, r = (a / b if b else 0.0 for a, b in zip(right, whole, strict=True))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _dated(line: Mapping[Event, str]) -> dict[Event, str]:
    return {event: date for event, date in line.items() if date}


def _neighbours(line: Mapping[Event, str]) -> Iterator[tuple[Event, Event | str, int]]:
    """Each event at its date; of one date each event beside the next; of one date and the next a first event each."""
    by_date: dict[str, list[Event]] = defaultdict(list)
    for event, date in sorted(line.items()):
        by_date[date].append(event)
        yield event, date, 0
    before: list[Event] = []
    for date in sorted(by_date):
        own = by_date[date]
        yield from ((a, b, 0) for a, b in itertools.pairwise(own))
        if before:
            yield before[0], own[0], -1
        before = own


def _follows(relation: tuple[Event, Event | str, int], line: Mapping[Event, str]) -> bool:
    one, other, sign = relation
    if one not in line or (not isinstance(other, str) and other not in line):
        return False
    a, b = line[one], other if isinstance(other, str) else line[other]
    return (a > b) - (a < b) == sign


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    with (BENCH / f"timelines/{name}.jsonl").open(encoding="utf-8") as lines:
        return tuple(map(json.loads, lines))


def _article(row: Mapping[str, Any]) -> Article:
    """A headline, the day, and one paragraph: where others began is not in the set."""
    head, day, *rest = (s["text"] for s in row["sentences"])
    return article_of(row["id"], text="\n\n".join((head, day, " ".join(rest))), title=head, published=row["dct"])


@cache
def _places(article: str) -> tuple[tuple[int, int, int], ...]:
    """Start, end and number of each sentence of an article."""
    row = next(r for r in _rows("documents") if r["id"] == article)
    text, at, found = _article(row).text, 0, []
    for sentence in row["sentences"]:
        start = text.index(sentence["text"], at)
        at = start + len(sentence["text"])
        found.append((start, at, sentence["n"]))
    return tuple(found)


def _event(story: Story, happening: Happening) -> Event | None:
    article = next(a for a in story.articles if a.id == happening.span.article_id)
    words = _WORD.findall(happening.span.cut(article.text))
    numbers = [n for start, end, n in _places(article.ref) if start <= happening.span.start < end]
    return (article.ref, numbers[0], words[-1]) if words and numbers else None


def _head(article: str, sentence: int, word: str) -> str:
    """Of words that the set joins ("take_away", "job_cuts") the verb, which comes first, or the noun, which is last.

    Told from our own claims' words in that sentence; where they have neither, it does not matter.
    """
    parts = word.split("_")
    ours = {e[2] for e in _words() if e[:2] == (article, sentence)}
    return next((p for p in (parts[-1], *parts) if p in ours), word)


@cache
def _words() -> frozenset[Event]:
    """All words that our marks have for an event, whoever takes part."""
    story = aligned()
    spans = [
        span
        for marks in story.marks.values()
        for span in (*(c.predicate_span for c in marks.claims), *(q.cue for q in marks.quotations if q.cue))
    ]
    return frozenset(event for span in spans if (event := _event(story, Happening("", span))))


def _errors(most: int) -> None:
    story, gold = aligned(), golden()
    kinds: dict[str, list[str]] = defaultdict(list)
    marked = _words()
    for name, line in gold.items():
        ours = predicted(story, name)
        for event, date in line.items():
            where = f"{name}: {event} {date}"
            if event not in ours and date:
                kinds["missing, entity" if event in marked else "missing, event"].append(where)
            elif event in ours and ours[event] != date:
                had = ("day" if date else "none") + (" for " + ("day" if ours[event] else "none"))
                kinds[f"date: {had}"].append(f"{where} ours {ours[event]}")
        known = {e for other in gold.values() for e in other}
        for event, date in ours.items():
            if event not in line and date:
                kinds["strange, of others" if event in known else "strange"].append(f"{name}: {event} {date}")
    for kind, found in sorted(kinds.items(), key=lambda k: -len(k[1])):
        print(f"== {kind}: {len(found)}")
        print("\n".join(found[:most]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--errors", type=int, metavar="N", help="show so many of each kind of error")
    options = parser.parse_args()
    if options.errors:
        _errors(options.errors)
    for name, figures in measure().items():
        print(f"{name:8}" + " ".join(f"{value:.3f}" for value in figures))


if __name__ == "__main__":
    sys.path.insert(0, str(BENCH))
    main()

"""The stories whose shared facts readers have labelled: their articles, marks and facts, and which half is which.

Half of the stories, every other one by name, are there to learn and to choose on; the other half only checks.
"""

import functools
import gzip
import json
import os
import pickle
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rashomon import article_of
from rashomon.mark.annotate import VERSION, annotate
from rashomon.mark.language import load_pipeline
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.spans import Span

Half = Literal["learn", "check"]
# Labelled by this project's own readers on stories of the public sets: spans and grades, none of their text.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OWN = Path(__file__).parent / "labels" / "facts"


@dataclass(frozen=True, slots=True)
class FactStory:
    """One labelled story.

    Attributes:
        name: its file's name without the ending.
        label: what the referee reads: articles with ``text`` and ``sentences``, and ``facts``.
        articles: in the order of the label; ``marks`` by article id.
    """

    name: str
    label: Mapping[str, Any]
    articles: tuple[Article, ...]
    marks: Mapping[str, Marks]


def bench() -> Path:
    """The folder of the labelled sets."""
    return Path(os.environ.get("RASHOMON_BENCH") or Path(__file__).parent.parent / "../shared/bench").resolve()


def halves() -> dict[str, Half]:
    """Which half each story of the shared set is in: every other one by name."""
    names = sorted(p.stem for p in (bench() / "facts").glob("*.json") if not p.stem.endswith(".second"))
    return {name: "learn" if at % 2 == 0 else "check" for at, name in enumerate(names)}


def shared_stories(half: Half | None = None) -> list[FactStory]:
    """The stories of the shared set, by name; those of one half where it is given."""
    return [_story(bench() / "facts" / f"{n}.json") for n, own in halves().items() if half in (None, own)]


def own_stories() -> list[FactStory]:
    """The stories that this project's readers have labelled, all of them to learn on."""
    return [_story(path) for path in sorted(OWN.glob("*.json"))]


def _story(path: Path) -> FactStory:
    label = json.loads(path.read_text(encoding="utf-8"))
    articles = tuple(_article(label["set"], each["id"]) for each in label["articles"])
    for each, article in zip(label["articles"], articles, strict=True):
        each["text"] = article.text
    return FactStory(path.stem, label, articles, {a.id: _marks(a) for a in articles})


def _article(collection: str, ref: str) -> Article:
    if collection == "seeds":
        return article_of(ref, text=(bench().parent / "seeds" / ref).read_text(encoding="utf-8"))
    return _rows(collection)[ref]


@functools.cache
def _rows(collection: str) -> Mapping[str, Article]:
    folder = bench() / "stories"
    path = {"allsides": folder / "allsides.jsonl.gz", "news_cluster": folder / "news_cluster.jsonl"}[collection]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return {row["id"]: _read(row) for row in map(json.loads, lines)}


def _read(row: Mapping[str, Any]) -> Article:
    return article_of(
        row["id"],
        text=row["text"],
        title=row.get("title") or None,
        outlet=row.get("outlet") or None,
        published=day[0] if (day := _DAY.match(row.get("date") or "")) else None,
        url=row.get("url") or None,
    )


def _marks(article: Article) -> Marks:
    """The marks of an article, kept between runs in the folder that RASHOMON_MARKS names, if it does."""
    folder = os.environ.get("RASHOMON_MARKS")
    path = Path(folder) / f"{article.id}-{VERSION}.pickle" if folder else None
    if path and path.exists():
        kept: Marks = pickle.loads(path.read_bytes())
        return kept
    marks = annotate(article, load_pipeline())
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(marks))
    return marks


def evidence_by_article(story: FactStory, spans: Iterable[Span]) -> list[tuple[int, int, int]]:
    """Spans as the referee wants them: article number, start, end."""
    number = {a.id: at for at, a in enumerate(story.articles)}
    return [(number[s.article_id], s.start, s.end) for s in spans]


def sentences_of_label(story: FactStory, spans: Iterable[Span]) -> list[set[tuple[int, int]]]:
    """For each span the sentences of the label, as article and sentence number, with which it shares half of the
    shorter: labels and marks may cut a text differently."""
    number = {a.id: at for at, a in enumerate(story.articles)}
    found = []
    for span in spans:
        article = number[span.article_id]
        cuts = enumerate(story.label["articles"][article]["sentences"])
        shared = [(at, min(span.end, end) - max(span.start, start), end - start) for at, (start, end) in cuts]
        length = span.end - span.start
        found.append({(article, at) for at, common, size in shared if common > 0 and 2 * common >= min(length, size)})
    return found

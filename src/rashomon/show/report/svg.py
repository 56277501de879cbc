"""Where things stand in the drawings: plain geometry, drawn by the templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2

from rashomon.show.report.dates import days, short_day, short_month
from rashomon.show.report.view import ArticleView, LinkView, TimelineView
from rashomon.show.report.words import shorten

_LETTER = 7.6  # pixels, the width of an average letter of a label
LANES = ("past", "ongoing", "planned")
# Days; what lasts longer (a year, a decade) is drawn where it begins, or it would be all there is to see.
WIDEST = 92
# A drawing past this many articles is a hairball; the list beneath it says the same.
MOST_DRAWN = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A labelled point of the lineage; ``href`` is the id of an article on the page, or None."""

    x: float
    y: float
    label: str
    full: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn link: an SVG path, its style, and the line that proves it."""

    path: str
    kind: str
    undirected: bool
    width: float
    line_id: str
    text: str


@dataclass(frozen=True, slots=True)
class LineageDrawing:
    """Sources on the left, articles on the right, copied passages as arcs beyond them."""

    width: int
    height: int
    sources: tuple[Node, ...]
    articles: tuple[Node, ...]
    edges: tuple[Edge, ...]
    leaders: tuple[tuple[float, float, float], ...]
    left_out: int


def lineage(links: Sequence[LinkView], articles: Sequence[ArticleView]) -> LineageDrawing | None:
    """The drawing of a story's lineage, or None where there is nothing to draw."""
    linked = {key for link in links for key in (link.target_key, link.source_key) if key}
    shown = [article for article in articles if article.key in linked or len(articles) <= MOST_DRAWN][:MOST_DRAWN]
    if not links or not shown:
        return None
    row, top = 34.0, 30.0
    many = len({link.source for link in links if not link.source_key})
    # Few articles that name many sources stand further apart, so that the lines do not run in one bundle.
    step = row * max(1.0, min(2.5, many / len(shown)))
    place = {article.key: top + number * step for number, article in enumerate(shown)}
    targets: dict[str, list[float]] = {}
    for link in links:
        if not link.source_key and link.target_key in place:
            targets.setdefault(link.source, []).append(place[link.target_key])
    names = sorted(targets, key=lambda name: (sum(targets[name]) / len(targets[name]), name))[:MOST_DRAWN]
    height = top + max(len(shown) * step, len(names) * row)
    left = _spread([sum(targets[name]) / len(targets[name]) for name in names], row, top, height - row + 10)
    where = dict(zip(names, left, strict=True))
    # As narrow as the names allow, for the sake of phones.
    x_source = 16 + _LETTER * max((len(shorten(name, 24)) for name in names), default=0)
    x_article = max(x_source + 150, 170)
    x_arc = x_article + 26 + _LETTER * max(len(shorten(article.short, 30)) for article in shown)
    edges = []
    for link in links:
        if link.target_key not in place:
            continue
        y = place[link.target_key]
        if link.source_key in place:
            start = place[link.source_key]
            bulge = 24 + 8 * abs(start - y) / row
            path = f"M{x_arc:g} {start:g}C{x_arc + bulge:g} {start:g} {x_arc + bulge:g} {y:g} {x_arc:g} {y:g}"
        elif link.source in where:
            start = where[link.source]
            middle = (x_source + x_article) / 2
            path = f"M{x_source + 8:g} {start:g}C{middle:g} {start:g} {middle:g} {y:g} {x_article - 10:g} {y:g}"
        else:
            continue
        width = 1.25 if not link.words else min(5.0, 1 + log2(1 + link.words) / 2)
        edges.append(Edge(path, link.kind, link.undirected, round(width, 2), link.line.id, link.line.text))
    arcs = {key for link in links if link.source_key in place for key in (link.source_key, link.target_key)}
    leaders = tuple(
        (x_article + 18 + _LETTER * len(shorten(a.short, 30)), x_arc, place[a.key]) for a in shown if a.key in arcs
    )
    bulge = max(
        (
            24 + 8 * abs(place[link.source_key] - place[link.target_key]) / row
            for link in links
            if link.source_key in place and link.target_key in place
        ),
        default=0.0,
    )
    return LineageDrawing(
        round(x_arc + bulge + 30),
        round(height),
        tuple(Node(x_source, where[name], shorten(name, 24), name, None) for name in names),
        tuple(Node(x_article, place[a.key], shorten(a.short, 30), a.title or a.outlet, a.key) for a in shown),
        tuple(edges),
        leaders,
        len(articles) - len(shown),
    )


def _spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones (sorted), at least ``gap`` apart, inside ``[low, high]`` where there is room."""
    placed: list[float] = []
    for want in wanted:
        placed.append(max(want, placed[-1] + gap) if placed else max(want, low))
    over = placed[-1] - high if placed else 0.0
    if over > 0:
        placed[-1] -= over
        for i in range(len(placed) - 2, -1, -1):
            placed[i] = min(placed[i], placed[i + 1] - gap)
    return placed


@dataclass(frozen=True, slots=True)
class Dot:
    """One entry on the axis: a dot, or a bar from ``x`` to ``x2`` where its date is wider than a day."""

    x: float
    x2: float
    y: float
    status: str
    line_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day named on the axis."""

    x: float
    label: str
    year: str | None


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """Three lanes over one axis; ``band`` is when the articles were published."""

    width: int
    height: int
    lanes: tuple[tuple[float, str], ...]
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    band: tuple[float, float] | None
    axis: float


def timeline(entries: Sequence[TimelineView], published: Iterable[str]) -> TimelineDrawing | None:
    """The drawing of dated entries, or None where fewer than two days are known.

    The axis keeps the order of the days and shortens what lies between them: a gap of ``n`` days is drawn
    ``log2(1 + n)`` wide, so that 2011 and last Tuesday fit on one sheet.
    """
    dated = []
    for entry in entries:
        if found := days(entry.value):
            first, last = found
            dated.append((entry, (first, last if (last - first).days <= WIDEST else first)))
    printed = sorted({day for when in published if (found := days(when)) for day in found})
    marks = sorted({day for _, found in dated for day in found} | set(printed))
    if not dated or len(marks) < 2:
        return None
    left, right, stack = 100.0, 1010.0, 13.0
    position = _axis(marks, left, right)
    used = [status for status in LANES if any(entry.status == status for entry, _ in dated)]
    dots: list[Dot] = []
    lanes: list[tuple[float, str]] = []
    y = 26.0
    for status in used:
        rows: list[float] = []
        lane = y
        for entry, (first, last) in dated:
            if entry.status == status:
                x, x2 = position[first], position[last]
                number = next((i for i, free in enumerate(rows) if x >= free), len(rows))
                rows[number : number + 1] = [x2 + 14]
                dots.append(Dot(x, x2, lane + number * stack, status, entry.line.id, entry.line.text))
        lanes.append((lane, status))
        y += max(1, len(rows)) * stack + 20
    band = (position[printed[0]] - 7, position[printed[-1]] + 7) if printed else None
    starts = sorted({first for _, (first, _) in dated} | set(printed[:1]))
    return TimelineDrawing(1040, round(y + 34), tuple(lanes), tuple(dots), _ticks(starts, position), band, y)


def _axis(marks: Sequence[date], left: float, right: float) -> dict[date, float]:
    at = [0.0]
    for before, after in pairwise(marks):
        at.append(at[-1] + log2(1 + (after - before).days))
    return {day: round(left + (right - left) * x / at[-1], 1) for day, x in zip(marks, at, strict=True)}


def _ticks(starts: Sequence[date], position: dict[date, float]) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    year = None
    for day in starts:
        if ticks and position[day] - ticks[-1].x < 50:
            continue
        label = (
            str(day.year) if (day.month, day.day) == (1, 1) else short_month(day) if day.day == 1 else short_day(day)
        )
        shown = None if label == str(day.year) or day.year == year else str(day.year)
        ticks.append(Tick(position[day], label, shown))
        year = day.year
    return tuple(ticks)

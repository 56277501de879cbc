"""The day on which an article without metadata was published, as far as its own words show it."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.mark.times.lexicon import word_list
from rashomon.model.article import Article
from rashomon.model.marks import Timex
from rashomon.model.spans import Span

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_WEEKDAY = re.compile(r"weekday:(\d):(\w+)")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# A post, a letter or an outlet's citation that is dated below: "— Name (@name) May 1, 2021", "[Paper, 1/15/10]".
_SIGNED = re.compile(r"\s*(?:[—–\[]|-[^\S\n]?[A-Z]|--)")
_DATELINE_END = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?(?:--|[-–—]|\()")

# What a date can be: the page's own, or that of a picture or of an event told with its weekday.
OWN_DATE, EVENT_DATE = 2, 1

# A line of its own that holds a date and at most this many other letters ("Vienna bureau, ") is a page's date line.
DATE_LINE_LETTERS = 30
# How far from its start an article may name its own day in a dateline, in code points.
DATELINE_REACH = 120
# A page's own date stands among this many lines from its start or its end.
EDGE_LINES = 4
# How often the text must tell of a picture's weekday. Of 950 dated articles whose dates were hidden, ten had a picture
# and told of its weekday once: four were published that day. A single mention counts only for a picture at the page's
# edge, where no other weekday is told as past and one of the next days as ahead.
ENOUGH_WEEKDAYS = 2
# A line that says when it was published says so in its first words: later ones are an embedded post's.
ANNOUNCING_WORDS = 3
# How much of a line to look at on each side of a date, in code points: more than a date line or a caption has.
LINE_REACH = 300
# With this many different full dates a text is a chronicle or a gallery: no picture in it dates the article.
TOO_MANY_DATES = 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    strength: int
    day: datetime.date
    span: Span
    tops: bool


def infer_published(article: Article, timexes: Sequence[Timex]) -> tuple[str | None, tuple[Span, ...]]:
    """The publication day that the article's own words show.

    A full date counts in a line that says "Updated" or "Published", in a date line or dateline, in a photo caption, or
    in the text together with its right weekday. A date of the past ("on May 8, 1945") never does, nor one ahead.

    Args:
        article: an article without a date of its own.
        timexes: what ``find_times`` found in it.

    Returns:
        The day as ``YYYY-MM-DD`` and the spans that show it, or None and no span where the evidence is weak.
    """
    text = article.text
    named, ahead = _named_weekdays(timexes)
    head, tail = _edges(text)
    candidates = []
    for timex in timexes:
        day = _full_date(timex.expr)
        if day is None:
            continue
        at_edge = timex.span.start < head or timex.span.start >= tail
        strength = _strength(text, timex, day, at_edge=at_edge)
        if strength:
            candidates.append(_Candidate(strength, day, timex.span, at_edge and _captioned(text, timex)))
    latest_year = max((int(t.expr[:4]) for t in timexes if _is_past_year(t, text)), default=0)
    candidates = [one for one in candidates if one.strength == OWN_DATE or one.day.year >= latest_year]
    if not candidates:
        return None, ()
    strongest = max(one.strength for one in candidates)
    equals = [one for one in candidates if one.strength == strongest]
    best = equals[0] if strongest == OWN_DATE else max(equals, key=lambda one: (one.day, one.span))
    day = best.day
    dates = {_full_date(timex.expr) for timex in timexes} - {None}
    if best.strength < OWN_DATE and (len(dates) >= TOO_MANY_DATES or not _agrees(best, named, ahead)):
        return None, ()
    spans = sorted({one.span for one in candidates if one.day == best.day})
    return day.isoformat(), tuple(spans)


def _full_date(expr: str) -> datetime.date | None:
    match = _DAY.match(expr)
    if match is None:
        return None
    try:
        return datetime.date.fromisoformat(match.group())
    except ValueError:
        return None


def _is_past_year(timex: Timex, text: str) -> bool:
    """Whether a time names its year and is not ahead in wording ("by 2030")."""
    if not _YEAR.match(timex.expr) or timex.type == "SET" or len(timex.expr) < 4:
        return False
    before = text[max(0, timex.span.start - 14) : timex.span.start].lower()
    return re.search(r"\b(?:by|until|till|for|through|to|than|the)\s*$", before) is None and timex.expr[:4] < "2100"


def _named_weekdays(timexes: Sequence[Timex]) -> tuple[Counter[int], frozenset[int]]:
    """How often the text tells of each weekday as past; the weekdays that it tells as ahead."""
    named: Counter[int] = Counter()
    ahead: set[int] = set()
    for timex in timexes:
        match = _WEEKDAY.match(timex.expr)
        if match and match[2] in ("past", "near", "present"):
            named[int(match[1])] += 1
        elif match and match[2] in ("future", "after"):
            ahead.add(int(match[1]))
    return named, frozenset(ahead)


def _strength(text: str, timex: Timex, day: datetime.date, *, at_edge: bool) -> int:
    """What a date is worth; 0 where it says nothing of the page."""
    start, end = timex.span.start, timex.span.end
    line_start = text.rfind("\n", max(0, start - LINE_REACH), start) + 1 or max(0, start - LINE_REACH)
    line_end = text.find("\n", end, end + LINE_REACH)
    line = text[line_start : line_end if line_end >= 0 else end + LINE_REACH]
    if _SIGNED.match(line):
        return 0
    words = {word.lower() for word in _WORD.findall(line)}
    letters = sum(map(len, _WORD.findall(line))) - sum(map(len, _WORD.findall(text[start:end])))
    before = text[line_start:start]
    opening = {word.lower() for word in _WORD.findall(line)[:ANNOUNCING_WORDS]}
    announced = opening & word_list("published.txt") and line.rstrip()[-1:] != ":"
    short = letters <= DATE_LINE_LETTERS and line.rstrip()[-1:] not in ".?!:" and "on" not in words
    if at_edge and (short or (announced and len(line) <= 100 and len(words) <= 12)):
        return OWN_DATE
    if start - (len(text) - len(text.lstrip())) <= DATELINE_REACH and _is_dateline(before, text[end : end + 50]):
        return OWN_DATE
    captions = word_list("captions.txt")
    if words & {word[1:] for word in captions if word[0] == "!"}:
        return 0
    if _captioned(text, timex):
        return EVENT_DATE
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    written = {word.lower() for word in _WORD.findall(text[max(line_start, start - 14) : end])}
    weekday = names[day.isoweekday() - 1]
    return EVENT_DATE if weekday in written and not re.search(r"\b(?:for|until|till|by)\s+\w*,?\s*$", before) else 0


def _captioned(text: str, timex: Timex) -> bool:
    """Whether the words around a date on its line are a photo caption's."""
    start, end = timex.span.start, timex.span.end
    line_start = text.rfind("\n", 0, start) + 1
    near = _WORD.findall(text[max(line_start, start - 250) : end + 60])
    return not {word.lower() for word in near}.isdisjoint(word_list("captions.txt"))


def _edges(text: str) -> tuple[int, int]:
    """The end of the text's first lines and the start of its last ones, blank ones not counted."""
    ends = [line.end() for line in _LINE.finditer(text)]
    starts = [line.start() for line in _LINE.finditer(text)]
    if len(ends) <= EDGE_LINES:
        return len(text), 0
    return ends[EDGE_LINES - 1], starts[-EDGE_LINES]


def _is_dateline(before: str, after: str) -> bool:
    """Whether a date stands between the place and the dash of a dateline ("HARBOUR CITY, May 2, 2021 (Agency) --")."""
    if _DATELINE_END.match(after) is None:
        return False
    words = _WORD.findall(before)
    return all(word[0].isupper() for word in words) and len(words) <= 8 and (bool(words) or after.lstrip()[:1] == "(")


def _agrees(best: _Candidate, named: Counter[int], ahead: frozenset[int]) -> bool:
    """Whether the events of the text are the candidate day's: it is told of most, and no later day as often."""
    weekday = best.day.isoweekday()
    next_days = [(weekday + on - 1) % 7 + 1 for on in (1, 2, 3)]
    if named[weekday] >= ENOUGH_WEEKDAYS:
        return named[weekday] == max(named.values()) and sum(named[one] for one in next_days) < named[weekday]
    # A weekday that lies ahead is not the day of writing itself, which would be "today".
    return best.tops and set(named) == {weekday} and weekday not in ahead and not ahead.isdisjoint(next_days)

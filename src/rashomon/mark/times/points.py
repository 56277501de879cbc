"""The time that a measured distance points at: "two months after the summit in February", "three days later"."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from rashomon.mark.times.days import first_day, shifted, week_value
from rashomon.model.marks import Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import precision

_REFERENCE = re.compile(r"ref:P(T?)(\d+)([YMWDH]):(after|before)(?:@(\d+)-(\d+)(?:=(\d+))?)?")
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
# How precise a time must be for a distance in each unit to be measured from it.
_PRECISE = {
    "D": ("day", "time"),
    "W": ("day", "time", "week"),
    "M": ("day", "time", "week", "month"),
    "Y": ("day", "time", "week", "month", "season", "quarter", "half", "year", "weekend"),
}
# How far back "three days later" may look for the day it counts from, in code points: about two sentences.
REACH = 300


def with_points(timexes: Sequence[Timex]) -> list[Timex]:
    """Give measured distances the time they point at, where what they are measured from has a date.

    Args:
        timexes: the times of one article in order, values set.

    Returns:
        The same times; those of the form ``ref:`` with ``point``, ``anchor`` and ``anchor_span`` set.
    """
    starts = {timex.span.start: timex for timex in timexes}
    return [
        _pointing(timex, number, timexes, starts) if timex.expr.startswith("ref:") else timex
        for number, timex in enumerate(timexes)
    ]


def _pointing(timex: Timex, number: int, timexes: Sequence[Timex], starts: dict[int, Timex]) -> Timex:
    match = _REFERENCE.fullmatch(timex.expr)
    if match is None:
        return timex
    event, end, dated = match.groups()[4:]
    start = starts.get(int(dated)) if dated else None if event else _told_before(timexes, number)
    if start is not None:
        return replace(timex, point=point_from(timex, start.value), anchor="timex", anchor_span=start.span)
    if event:
        return replace(timex, anchor="event", anchor_span=Span(timex.span.article_id, int(event), int(end)))
    return timex


def point_from(timex: Timex, value: str) -> str | None:
    """The time that ``timex`` points at when the event it is measured from was at ``value``; None where it tells none.

    For a timex whose anchor is "event": the article does not date the event itself, another one may.
    """
    match = _REFERENCE.fullmatch(timex.expr)
    if match is None:
        return None
    return _moved(value, int(match[2]) * (1 if match[4] == "after" else -1), match[1] + match[3])


def _told_before(timexes: Sequence[Timex], number: int) -> Timex | None:
    """The date named last before "three days later"."""
    for place in range(number - 1, -1, -1):
        earlier = timexes[place]
        if timexes[number].span.start - earlier.span.end > REACH:
            return None
        if earlier.type in ("DATE", "TIME") and precision(earlier.value) != "none":
            return earlier
    return None


def _moved(value: str, count: int, unit: str) -> str | None:
    if unit in ("TH", "TM"):
        if not _CLOCK.match(value):
            return None
        step = datetime.timedelta(hours=count) if unit == "TH" else datetime.timedelta(minutes=count)
        try:
            return (datetime.datetime.fromisoformat(value[:16]) + step).isoformat(timespec="minutes")
        except (OverflowError, ValueError):  # "24:00"
            return None
    day = first_day(value) if precision(value) in _PRECISE.get(unit, ()) else None
    if day is None:
        return None
    try:
        point = shifted(week_value(day) if unit == "W" else day.isoformat(), count, unit)
    except (OverflowError, ValueError):  # the calendar has the years 1 to 9999
        return None
    return None if precision(point) == "none" else point

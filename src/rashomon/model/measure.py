"""Measured distances: "two months after the summit in February", and the times at both of their ends."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rashomon.model.marks import Timex
from rashomon.model.timevalue import first_day, interval, precision, shifted, week_value

_REFERENCE = re.compile(r"ref:P(T?)(\d+)([YMWDH]):(after|before)(?:@(\d+)-(\d+)(?:=(\d+))?(;now)?)?")
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
# How precise a time must be for a distance in each unit to be measured from it.
_PRECISE = {
    "D": ("day", "time"),
    "W": ("day", "time", "week"),
    "M": ("day", "time", "week", "month"),
    "Y": ("day", "time", "week", "month", "season", "quarter", "half", "year", "weekend"),
}
# Days that a rounded count may be off: one of its unit, for writers round up and down and count both ends or one.
_ROUNDING = {"D": 1, "W": 7, "M": 31, "Y": 366}


@dataclass(frozen=True, slots=True)
class Measure:
    """A distance between something told and an event, as ``Timex.expr`` holds it.

    Attributes:
        count, unit: so many "Y", "M", "W", "D", "TH" or "TM"; a negative count leads to before the event.
        event: where the event is named, as code points; None where it is the time named before.
        dated: where the time begins that dates the event.
        now: whether the article tells it as of its own day: "the visit comes two months after …".
    """

    count: int
    unit: str
    event: tuple[int, int] | None
    dated: int | None
    now: bool

    def point_from(self, value: str) -> str | None:
        """Where the distance leads when the event was at ``value``; None where that is not precise enough.

        >>> measure_of("ref:P2M:after").point_from("2019-02-28")
        '2019-04'
        """
        return _moved(value, self.count, self.unit)

    def event_from(self, point: str) -> str | None:
        """When the event was, about, if what lies at the distance from it was at ``point``.

        >>> measure_of("ref:P2M:after").event_from("2019-04-24"), measure_of("ref:P1D:before").event_from("2019-04-24")
        ('2019-02', '2019-04-25')
        """
        return _moved(point, -self.count, self.unit)

    def rounded(self, value: str) -> str | None:
        """A time no more precisely than the distance's unit tells it.

        >>> measure_of("ref:P2M:after").rounded("2019-04-24")
        '2019-04'
        """
        return _moved(value, 0, self.unit)

    def around(self, value: str) -> tuple[date, date] | None:
        """The first and the last day that ``value``, found by this measure, may mean: one of its unit more each way.

        >>> [str(day) for day in measure_of("ref:P2M:after").around("2019-04")]
        ['2019-03-01', '2019-05-31']
        """
        covered = interval(value)
        if covered is None:
            return None
        room = timedelta(days=_ROUNDING.get(self.unit, 1))
        try:
            return covered[0] - room, covered[1] + room
        except OverflowError:  # the calendar has the years 1 to 9999
            return covered


def measure_of(expr: str) -> Measure | None:
    """The distance that a normal form (``Timex.expr``) tells; None where it tells another kind of time."""
    match = _REFERENCE.fullmatch(expr)
    if match is None:
        return None
    clock, count, unit, way, start, end, dated, now = match.groups()
    return Measure(
        count=int(count) if way == "after" else -int(count),
        unit=clock + unit,
        event=(int(start), int(end)) if start else None,
        dated=int(dated) if dated else None,
        now=bool(now),
    )


def point_from(timex: Timex, value: str) -> str | None:
    """The time that ``timex`` points at when the event it is measured from was at ``value``; None where it tells none.

    For a timex whose anchor is "event": the article does not date the event itself, another one may.
    """
    measure = measure_of(timex.expr)
    return measure.point_from(value) if measure else None


def _moved(value: str, count: int, unit: str) -> str | None:
    if unit in ("TH", "TM"):
        if not _CLOCK.match(value):
            return None
        step = timedelta(hours=count) if unit == "TH" else timedelta(minutes=count)
        try:
            return (datetime.fromisoformat(value[:16]) + step).isoformat(timespec="minutes")
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

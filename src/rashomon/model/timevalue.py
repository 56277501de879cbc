"""TIMEX3 values as days of the calendar: what they cover, how precise they are, and whether two can mean one time."""

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d{2})(?:-(?P<part>WE|[1-7]))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<clock>T.*)?)?))?"
)
_DECADE = re.compile(r"(\d{3})X?")
_CENTURY = re.compile(r"(\d{2})(?:XX)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def interval(value: str) -> tuple[date, date] | None:
    """The first and the last day that the value of a DATE or TIME covers; None for all other values.

    A week runs from Monday to Sunday; spring, summer, autumn and winter begin with March, June, September and December.

    >>> [str(day) for day in interval("2019-W17")]
    ['2019-04-22', '2019-04-28']
    >>> [str(day) for day in interval("2019-04-24TAF")]
    ['2019-04-24', '2019-04-24']
    >>> [str(day) for day in interval("198X")]
    ['1980-01-01', '1989-12-31']
    >>> interval("P2M") is None and interval("XXXX-WXX-3") is None and interval("2019-02-30") is None
    True
    """
    match = _VALUE.fullmatch(value)
    try:
        if match:
            return _days(match)
        for pattern, years in ((_DECADE, 10), (_CENTURY, 100)):
            found = pattern.fullmatch(value)
            if found:
                first = int(found[1]) * years
                return date(max(first, 1), 1, 1), date(first + years - 1, 12, 31)
    except ValueError:
        return None
    return None


def _days(match: re.Match[str]) -> tuple[date, date]:
    year = int(match["year"])
    if match["week"]:
        week = int(match["week"])
        if match["part"] == "WE":
            return date.fromisocalendar(year, week, 6), date.fromisocalendar(year, week, 7)
        if match["part"]:
            day = date.fromisocalendar(year, week, int(match["part"]))
            return day, day
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    if match["quarter"]:
        return _months(year, int(match["quarter"]) * 3 - 2, 3)
    if match["half"]:
        return _months(year, int(match["half"]) * 6 - 5, 6)
    if match["season"]:
        return _months(year, SEASON_STARTS[match["season"]], 3)
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def precision(value: str) -> str:
    """How finely a value names a time.

    One of "time", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", and
    "none" for what names no time of the calendar (durations, sets, references, unresolved values).

    >>> [precision(value) for value in ("2019-04-24", "2019-04-24TAF", "2019-W17", "2019-Q2", "P2M")]
    ['day', 'time', 'week', 'quarter', 'none']
    """
    if interval(value) is None:
        return "none"
    match = _VALUE.fullmatch(value)
    if match is None:
        return "decade" if _DECADE.fullmatch(value) else "century"
    if match["part"]:
        return "weekend" if match["part"] == "WE" else "day"
    if match["clock"]:
        return "time"
    named = ("week", "day", "month", "quarter", "half", "season")
    return next((name for name in named if match[name]), "year")


def compatible(a: str, b: str) -> bool:
    """Whether two values can mean the same time: one lies wholly inside the other.

    Times of one day are compatible unless their hours differ: "the morning" and "the afternoon", "9:00" and "10:00".
    Values that name no time of the calendar are compatible only with themselves.

    >>> compatible("2019-04", "2019-04-24"), compatible("2019-04-24", "2019-04-25"), compatible("P2M", "P3M")
    (True, False, False)
    >>> compatible("2019-04-24T09:00", "2019-04-24TMO"), compatible("2019-04-24T09:00", "2019-04-24T10:00")
    (True, False)
    >>> compatible("2019-04-24TMO", "2019-04-24TAF"), compatible("2019-04-24TEV", "2019-04-24TNI")
    (False, True)
    """
    if a == b:
        return True
    first, second = interval(a), interval(b)
    if first is None or second is None:
        return False
    if precision(a) == precision(b) == "time" and first == second:
        left, right = (_hours(value.partition("T")[2]) for value in (a, b))
        return left is None or right is None or (left[0] <= right[1] and right[0] <= left[1])
    return (first[0] <= second[0] and second[1] <= first[1]) or (second[0] <= first[0] and first[1] <= second[1])


def same_days(a: str, b: str) -> bool:
    """Whether two values can mean the same days, whatever their hours: two clocks do not contradict each other.

    >>> same_days("2025-09-18T11:40", "2025-09-18T12:40"), same_days("2025-09-18T11:40", "2025-09-19")
    (True, False)
    """
    return compatible(a.partition("T")[0], b.partition("T")[0])


_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])(?:T.*)?")


def weekday(value: str) -> int | None:
    """The weekday of a value that names one day, Monday being 1: also of a "Monday" whose week is not known.

    >>> weekday("2019-04-24TAF"), weekday("XXXX-WXX-3"), weekday("2019-04")
    (3, 3, None)
    """
    unknown = _WEEKDAY.fullmatch(value)
    if unknown:
        return int(unknown[1])
    days = interval(value)
    return days[0].isoweekday() if days and days[0] == days[1] else None


def one_day(a: str, b: str) -> bool:
    """Whether two values can mean the same day; where the week of one is not known, by their weekdays.

    >>> one_day("XXXX-WXX-3", "2019-04-24"), one_day("XXXX-WXX-3", "2019-04-26"), one_day("2019-04-24", "2019-04-17")
    (True, False, False)
    """
    if interval(a) and interval(b):
        return same_days(a, b)
    first, second = weekday(a), weekday(b)
    return first is None or second is None or first == second


# First and last hour of a part of the day, with room for what people call so.
_PARTS = {"MO": (4, 11.99), "MI": (11, 13), "AF": (12, 18), "EV": (17, 23), "NI": (18, 30), "DT": (6, 20)}


def _hours(clock: str) -> tuple[float, float] | None:
    if clock[:2] in _PARTS:
        return _PARTS[clock[:2]]
    found = re.match(r"(\d\d)(?::(\d\d))?", clock)
    if not found:
        return None
    hour = int(found[1]) + int(found[2] or 0) / 60
    return (hour, hour) if found[2] else (hour, hour + 1)


def distance(a: str, b: str) -> int | None:
    """Days between the two times, 0 where they overlap; None where one names no time of the calendar.

    >>> distance("2019-04-24", "2019-04-26"), distance("2019-04", "2019-04-26"), distance("P1D", "2019")
    (2, 0, None)
    """
    first, second = interval(a), interval(b)
    if first is None or second is None:
        return None
    gap = max(second[0] - first[1], first[0] - second[1], timedelta(0))
    return gap.days


def add_months(day: date, months: int) -> date:
    """The same day of a month ``months`` later, or that month's last day.

    >>> str(add_months(date(2020, 1, 31), 1))
    '2020-02-29'
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day as a TIMEX3 value.

    >>> week_value(date(2019, 4, 24))
    '2019-W17'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shifted(value: str, count: int, unit: str) -> str:
    """``value`` moved by ``count`` units, no more precise than the unit allows.

    >>> shifted("2019-02-28", 2, "M"), shifted("2019-Q3", -1, "Y"), shifted("2019-04-24", 3, "D")
    ('2019-04', '2018-Q3', '2019-04-27')
    """
    day = first_day(value)
    if day is None:
        return value
    if unit in "DW":
        moved = day + timedelta(days=count * (7 if unit == "W" else 1))
        return moved.isoformat() if unit == "D" or len(value) == 10 else week_value(moved)
    if unit == "Y":
        quarter, year = _QUARTER.match(value), day.year + count
        if not MINYEAR <= year <= MAXYEAR:
            raise OverflowError(f"the calendar has no year {year}")
        return f"{year:04d}-Q{quarter[2]}" if quarter else f"{year:04d}"
    moved = add_months(day.replace(day=1), count * (3 if unit == "Q" else 1))
    return f"{moved.year:04d}-Q{(moved.month + 2) // 3}" if unit == "Q" else f"{moved.year:04d}-{moved.month:02d}"


def first_day(value: str) -> date | None:
    """The first day that the value of a date covers, or None where it names no full year."""
    match = re.match(r"(\d{4})(?:-(?:W(\d{2})|Q(\d)|H(\d)|(SP|SU|FA|WI)|(\d{2})(?:-(\d{2}))?))?", value)
    if match is None:
        return None
    year, week, quarter, half, season, month, day = match.groups()
    if week:
        return date.fromisocalendar(int(year), int(week), 1)
    number = (
        int(quarter) * 3 - 2
        if quarter
        else int(half) * 6 - 5
        if half
        else SEASON_STARTS[season]
        if season
        else int(month or 1)
    )
    return date(int(year), number, int(day or 1))

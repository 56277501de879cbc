"""TIMEX3 values as a person reads them, and as days on a line."""

import re
from datetime import date, timedelta

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PARTS = {
    "MO": "morning",
    "MI": "midday",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
    "DT": "daytime",
}
_BEGINS = {"MO": "06:00", "DT": "09:00", "MI": "12:00", "AF": "13:00", "EV": "18:00", "NI": "21:00"}
_SEASONS = {"SP": ("spring", 3), "SU": ("summer", 6), "FA": ("autumn", 9), "AU": ("autumn", 9), "WI": ("winter", 12)}
_REFS = {"PRESENT_REF": "now", "PAST_REF": "earlier", "FUTURE_REF": "later"}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|AU|WI)$")
_QUARTER = re.compile(r"(\d{4})-([QH])(\d)$")
_YEAR = re.compile(r"(\d{4})$")
_DECADE = re.compile(r"(\d{3})X?$")
_CENTURY = re.compile(r"(\d{2})(?:XX)?$")
_CLOCK = re.compile(r"(\d\d:\d\d)")


def spoken(value: str | None) -> str:
    """A TIMEX3 value in plain words; what is not known to this function comes back as it is.

    >>> spoken("2025-09-16TEV"), spoken("2025-W37"), spoken("2025-10")
    ('16 September 2025, evening', 'week of 8 September 2025', 'October 2025')
    """
    if not value:
        return "no date"
    if value in _REFS:
        return _REFS[value]
    try:
        return _spoken(value)
    except (ValueError, IndexError):
        return value


def _spoken(value: str) -> str:
    if found := _DAY.match(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return _long(day) + _time_of_day(found[4])
    if found := _MONTH.match(value):
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return f"weekend of {_long(monday + timedelta(5))}" if found[3] else f"week of {_long(monday)}"
    if found := _SEASON.match(value):
        return f"{_SEASONS[found[2]][0]} {found[1]}"
    if found := _QUARTER.match(value):
        return f"{'quarter' if found[2] == 'Q' else 'half'} {found[3]} of {found[1]}"
    if found := _DECADE.match(value):
        return f"{found[1]}0s"
    if "XX" in value:
        return "no fixed date"
    return value


def _time_of_day(part: str | None) -> str:
    if not part:
        return ""
    if part in _PARTS:
        return f", {_PARTS[part]}"
    clock = _CLOCK.match(part)
    return f", {clock[1]}" if clock else ""


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day for an axis.

    >>> short_day(date(2025, 9, 3))
    '3 Sep'
    """
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def short_month(day: date) -> str:
    """A month for an axis."""
    return _MONTHS[day.month - 1][:3]


def days(value: str | None) -> tuple[date, date] | None:
    """First and last day that a TIMEX3 value covers, or None where it names no stretch of the calendar.

    >>> days("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    try:
        return _days(value or "")
    except (ValueError, OverflowError):
        return None


def _days(value: str) -> tuple[date, date] | None:
    if found := _DAY.match(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _MONTH.match(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return (monday + timedelta(5) if found[3] else monday), monday + timedelta(6)
    if found := _SEASON.match(value):
        return _months(int(found[1]), _SEASONS[found[2]][1], 3)
    if found := _QUARTER.match(value):
        length = 3 if found[2] == "Q" else 6
        return _months(int(found[1]), (int(found[3]) - 1) * length + 1, length)
    if found := _YEAR.match(value):
        return _months(int(found[1]), 1, 12)
    if found := _DECADE.match(value):
        return date(int(found[1]) * 10, 1, 1), date(int(found[1]) * 10 + 9, 12, 31)
    if found := _CENTURY.match(value):
        return date(int(found[1]) * 100, 1, 1), date(int(found[1]) * 100 + 99, 12, 31)
    return None


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    last = month + length - 1
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(1)


def within_day(value: str) -> str:
    """Where in its day a value falls, for sorting: a clock time, or when a part of the day begins.

    >>> within_day("2025-09-16TEV"), within_day("2025-09-16T11:40"), within_day("2025-09-16")
    ('18:00', '11:40', '00:00')
    """
    part = value.partition("T")[2]
    clock = _CLOCK.match(part)
    return clock[1] if clock else _BEGINS.get(part, "00:00")


def stretch(first: str | None, last: str | None) -> str:
    """From one day to another, said once where they share a month or a year.

    >>> stretch("2025-09-16", "2025-09-19"), stretch("2025-07-12", "2025-09-19")
    ('16–19 September 2025', '12 July – 19 September 2025')
    """
    from_, to = days(first), days(last)
    if not from_ or not to or first == last:
        known = first or last
        return spoken(known) if known else ""
    one, two = from_[0], to[1]
    if len(first or "") < 10 or len(last or "") < 10:
        return f"{spoken(first)} – {spoken(last)}"
    if one == two:
        return _long(one)
    if (one.year, one.month) == (two.year, two.month):
        return f"{one.day}–{_long(two)}"
    if one.year == two.year:
        return f"{one.day} {_MONTHS[one.month - 1]} – {_long(two)}"
    return f"{_long(one)} – {_long(two)}"

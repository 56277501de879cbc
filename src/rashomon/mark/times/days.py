"""Calendar arithmetic that time expressions need, and the days of holidays."""

import calendar
import datetime
import functools
import re

from rashomon.mark.times.lexicon import rows
from rashomon.model.timevalue import shifted, week_value

# A step: so many days, weeks, months, quarters or years.
SHIFT = re.compile(r"([+-]?\d+)([DWMQY])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@functools.cache
def _holidays() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    names = {name: (key, rule) for name, key, rule in rows("holidays.tsv")}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = "|".join(re.escape(name).replace("'", "['’]").replace(r"\ ", r"\.?\s") for name in longest_first)
    return re.compile(rf"(?:{pattern})\b", re.IGNORECASE), names


@functools.cache
def _rules() -> dict[str, str]:
    return {key: rule for _, key, rule in rows("holidays.tsv")}


def holiday_at(text: str, start: int) -> tuple[str, int] | None:
    """The key of the holiday that the text names from ``start`` on, and where its name ends.

    >>> holiday_at("On New Year’s Eve they left.", 3)
    ('new-year-eve', 17)
    """
    pattern, names = _holidays()
    match = pattern.match(text, start)
    if match is None:
        return None
    name = re.sub(r"\.?\s", " ", match.group().lower().replace("’", "'"))
    return names[name][0], match.end()


def holiday_on(key: str, year: int) -> datetime.date:
    """The day of the holiday ``key`` in ``year``.

    >>> str(holiday_on("thanksgiving", 1999)), str(holiday_on("easter", 2019))
    ('1999-11-25', '2019-04-21')
    """
    rule = _rules()[key]
    if rule.startswith("easter"):
        return _easter(year) + datetime.timedelta(days=int(rule[6:]))
    if rule == "tue-after-first-mon-11":
        return _nth_weekday(year, 11, 1, 1) + datetime.timedelta(days=1)
    month, rest = rule.split("-", 1)
    if rest.startswith("w"):
        weekday, nth = rest[1:].split("#")
        return _nth_weekday(year, int(month), int(weekday), int(nth))
    return datetime.date(year, int(month), int(rest))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date:
    days = _weekdays_of(year, month, weekday)
    return days[nth - 1 if nth > 0 else nth]


def nth_of_month(value: str, part: str) -> str:
    """The weekday, weekend or day (``D``) that ``part`` counts in the month ``value``; the month if it has too few.

    >>> nth_of_month("2021-06", "2#1"), nth_of_month("2021-06", "WE#-1"), nth_of_month("2021-06", "5#5")
    ('2021-06-01', '2021-W25-WE', '2021-06')
    """
    day, nth = part.split("#")
    if day == "D":
        length = calendar.monthrange(int(value[:4]), int(value[5:7]))[1]
        return f"{value[:7]}-{min(int(nth), length) if int(nth) > 0 else length + 1 + int(nth):02d}"
    days = _weekdays_of(int(value[:4]), int(value[5:7]), 6 if day == "WE" else int(day))
    if int(nth) > len(days):
        return value
    found = days[int(nth) - 1 if int(nth) > 0 else int(nth)]
    return f"{week_value(found)}-WE" if day == "WE" else found.isoformat()


def _weekdays_of(year: int, month: int, weekday: int) -> list[datetime.date]:
    length = calendar.monthrange(year, month)[1]
    days = [datetime.date(year, month, day) for day in range(1, length + 1)]
    return [day for day in days if day.isoweekday() == weekday]


def _easter(year: int) -> datetime.date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return datetime.date(year, f // 31, f % 31 + 1)


def within(value: str, part: str) -> str:
    """``part`` of, or a step away from, the time ``value``.

    >>> within("2018", "Q3"), within("2019-W17", "3"), within("2019-04-24", "-1D"), within("2019-04-24", "week")
    ('2018-Q3', '2019-04-24', '2019-04-23', '2019-W17')
    """
    if part == "week" and _DAY.match(value):
        return week_value(datetime.date.fromisoformat(value[:10]))
    if "#" in part:
        return nth_of_month(value, part)
    step = SHIFT.fullmatch(part)
    if step and part[0] in "+-":
        return shifted(value, int(step[1]), step[2])
    if "-W" in value and part.isdigit():
        year, week = value.split("-W")
        if week.isdigit():
            return datetime.date.fromisocalendar(int(year), int(week), int(part)).isoformat()
        return f"{value}-{part}"
    return f"{value[:4]}-{part}"

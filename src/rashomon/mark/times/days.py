"""Calendar arithmetic that time expressions need, and the days of holidays."""

import calendar
import datetime
import functools
import re

from rashomon.mark.times.lexicon import rows

# A step: so many days, weeks, months, quarters or years.
SHIFT = re.compile(r"([+-]?\d+)([DWMQY])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


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
    """The day, or the weekend, that ``part`` counts in the month ``value``; the month where it has too few of them.

    >>> nth_of_month("2021-06", "2#1"), nth_of_month("2021-06", "WE#-1"), nth_of_month("2021-06", "5#5")
    ('2021-06-01', '2021-W25-WE', '2021-06')
    """
    day, nth = part.split("#")
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


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of a month ``months`` later, or that month's last day.

    >>> str(add_months(datetime.date(2020, 1, 31), 1))
    '2020-02-29'
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def week_value(day: datetime.date) -> str:
    """The ISO week of a day as a TIMEX3 value.

    >>> week_value(datetime.date(2019, 4, 24))
    '2019-W17'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


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


def shifted(value: str, count: int, unit: str) -> str:
    """``value`` moved by ``count`` units, no more precise than the unit allows.

    >>> shifted("2019-02-28", 2, "M"), shifted("2019-Q3", -1, "Y"), shifted("2019-04-24", 3, "D")
    ('2019-04', '2018-Q3', '2019-04-27')
    """
    day = first_day(value)
    if day is None:
        return value
    if unit in "DW":
        moved = day + datetime.timedelta(days=count * (7 if unit == "W" else 1))
        return moved.isoformat() if unit == "D" or len(value) == 10 else week_value(moved)
    if unit == "Y":
        quarter, year = _QUARTER.match(value), day.year + count
        if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
            raise OverflowError(f"the calendar has no year {year}")
        return f"{year:04d}-Q{quarter[2]}" if quarter else f"{year:04d}"
    moved = add_months(day.replace(day=1), count * (3 if unit == "Q" else 1))
    return f"{moved.year:04d}-Q{(moved.month + 2) // 3}" if unit == "Q" else f"{moved.year:04d}-{moved.month:02d}"


def first_day(value: str) -> datetime.date | None:
    """The first day that the value of a date covers, or None where it names no full year."""
    match = re.match(r"(\d{4})(?:-(?:W(\d{2})|Q(\d)|H(\d)|(SP|SU|FA|WI)|(\d{2})(?:-(\d{2}))?))?", value)
    if match is None:
        return None
    year, week, quarter, half, season, month, day = match.groups()
    if week:
        return datetime.date.fromisocalendar(int(year), int(week), 1)
    number = (
        int(quarter) * 3 - 2
        if quarter
        else int(half) * 6 - 5
        if half
        else SEASON_STARTS[season]
        if season
        else int(month or 1)
    )
    return datetime.date(int(year), number, int(day or 1))

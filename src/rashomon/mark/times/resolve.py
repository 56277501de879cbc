"""From normal form to TIMEX3 value, against a publication day: without the text's parse, so it can be done again."""

import dataclasses
import datetime
import re
from collections.abc import Callable, Sequence

from rashomon.mark.times.days import SHIFT, holiday_on, within
from rashomon.mark.times.expr import without_day
from rashomon.mark.times.points import with_points
from rashomon.model.marks import Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import SEASON_STARTS, add_months, first_day, shifted, week_value

_LITERAL = re.compile(r"[0-9A-Z]")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Months that companies report on besides quarters: "the first nine months", compared with those of the year before.
_REPORTED = ("P6M", "P9M")
_ZONE = re.compile(r"[+-]\d\d$")

# How much nearer the day must be on the side that the verb's tense speaks against to be taken all the same
# ("set a Nov. 16 meeting", said on November 1): chosen on TimeBank and AQUAINT together, flat between 3 and 6.
TENSE_WEIGHT = 4


@dataclasses.dataclass(frozen=True, slots=True)
class _Mention:
    """A time named before, as a reference for what follows."""

    value: str
    span: Span
    plain: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    value: str
    anchor: str = "published"
    span: Span | None = None


def resolve(timexes: Sequence[Timex], published: str | None, text: str) -> tuple[Timex, ...]:
    """Give every time its value.

    Args:
        timexes: what ``find_times`` found in one article, in order of the text; values that they hold are replaced.
        published: the publication day, ``YYYY-MM-DD`` (what follows the day is ignored), or None. Without it relative
            times keep what the words alone say ("XXXX-WXX-3") and have the anchor "unknown".
        text: the article's text.

    Returns:
        The same times in the same order, ``value``, ``anchor`` and ``anchor_span`` set.
    """
    del text  # all that the words say is in ``expr``; the argument keeps the seam open for readings that need them
    day = datetime.date.fromisoformat(published[:10]) if published else None
    history: list[_Mention] = []
    solved: list[Timex] = []
    for timex in timexes:
        try:
            found = _value(timex.expr or timex.value, day, history)
        except OverflowError:  # the calendar has the years 1 to 9999: a day at its edge resolves nothing beyond it
            found = _value(timex.expr or timex.value, None, history)
        solved.append(
            dataclasses.replace(
                timex,
                value=found.value,
                anchor=found.anchor,  # type: ignore[arg-type]
                anchor_span=found.span,
                point=None,
            )
        )
        if timex.type == "DURATION" and found.value in _REPORTED:
            history.append(_Mention(found.value, timex.span, plain=True))
        elif timex.type in ("DATE", "TIME") and found.value[:1].isdigit():
            # "The quarter" is the one reported on, not the year-ago one that it was just compared with.
            plain = not timex.expr.startswith(("like:", "then:", "year-ago:")) and not _ahead(timex.expr, found, day)
            history.append(_Mention(found.value, timex.span, plain))
    return tuple(with_points(solved))


def _ahead(expr: str, found: _Found, day: datetime.date | None) -> bool:
    """Whether a quarter is only foreseen: nobody reports on it yet."""
    quarter = expr.startswith(("quarter-of:", "quarter:", "year:")) and _QUARTER.match(found.value)
    start = first_day(found.value) if quarter else None
    return start is not None and day is not None and add_months(start, 3) > day and not expr.endswith(":past")


def _value(expr: str, day: datetime.date | None, history: list[_Mention]) -> _Found:
    if _LITERAL.match(expr):
        return _Found(expr, "words")
    if expr.startswith("ref:"):
        return _Found(expr.split(":")[1], "words")
    head, _, time = expr.partition("+T")
    # TIMEX3 writes the hour as the text has it; only UTC is part of a value, other zones stay in ``expr``.
    time = _ZONE.sub("", time)
    base, *parts = head.split("/")
    if base.endswith("+"):
        base = base[:-1]
    found = _point(base, day, history)
    if found.anchor == "unknown":
        value = without_day(base, parts)
        return _Found(value + (f"T{time}" if time else ""), "unknown")
    value = found.value
    for part in parts:
        value = within(value, part)
    if time:
        value = f"{value[:10]}T{time}"
    return _Found(value, found.anchor, found.span)


def _point(base: str, day: datetime.date | None, history: list[_Mention]) -> _Found:
    name, *args = base.split(":")
    if name in ("same", "then", "then-weekday", "like", "year-ago"):
        found = _from_history(name, args, day, history)
        if found:
            return found
    if name == "weekday" and args[1] == "named":
        dated = next((m for m in reversed(history) if _DAY.match(m.value)), None)
        if dated and datetime.date.fromisoformat(dated.value[:10]).isoweekday() == int(args[0]):
            return _Found(dated.value[:10], "timex", dated.span)
    if name == "holiday" and args[1].isdigit():
        return _Found(holiday_on(args[0], int(args[1])).isoformat(), "words")
    if day is None:
        return _Found("", "unknown")
    return _Found(_POINTS[name](args, day))


def _from_history(name: str, args: list[str], day: datetime.date | None, history: list[_Mention]) -> _Found | None:
    """What refers to a time named before; None where none was."""
    period = next((m for m in reversed(history) if m.plain and (_QUARTER.match(m.value) or m.value in _REPORTED)), None)
    if period and day and period.value in _REPORTED and args in (["-1"], ["-1Y"]):
        return _Found(f"{day.year - 1:04d}", "timex", period.span)
    quarter = next((m for m in reversed(history) if m.plain and _QUARTER.match(m.value)), None)
    if name in ("like", "year-ago"):
        amount = args[0]
        if quarter is None:
            return None if not amount.isdigit() else _Found(amount, "words")
        if amount.isdigit():
            return _Found(f"{amount}{quarter.value[4:7]}", "timex", quarter.span)
        return _Found(shifted(quarter.value, -1, "Y"), "timex", quarter.span)
    if name == "then-weekday":
        dated = next((m for m in reversed(history) if _DAY.match(m.value)), None)
        if dated is None:
            return None
        day = datetime.date.fromisoformat(dated.value[:10])
        return _Found(_weekday([args[0], args[1]], day), "timex", dated.span)
    if name == "then":
        step = SHIFT.fullmatch(args[0])
        assert step is not None
        if quarter and step[2] == "Y":
            return _Found(shifted(quarter.value, int(step[1]), "Y"), "timex", quarter.span)
        least = {"D": 10, "W": 10, "M": 7, "Q": 7, "Y": 4}[step[2]]
        named = next((m for m in reversed(history) if len(m.value) >= least), None)
        return _Found(shifted(named.value, int(step[1]), step[2]), "timex", named.span) if named else None
    if args[0] == "quarter":
        return _Found(quarter.value, "timex", quarter.span) if quarter else None
    least, cut = {
        "day": (10, 10),
        "week": (8, 8),
        "month": (7, 7),
        "year": (4, 4),
        "decade": (4, 3),
        "century": (4, 2),
    }[args[0]]
    pattern = (
        _DAY if args[0] == "day" else re.compile(r"\d{4}-\d{2}(?!\d)") if args[0] == "month" else re.compile(r"\d{4}")
    )
    named = next((m for m in reversed(history) if pattern.match(m.value)), None)
    if named is None:
        return None
    if args[0] == "week":
        start = first_day(named.value)
        return _Found(week_value(start), "timex", named.span) if start else None
    return _Found(named.value[:cut], "timex", named.span)


def _side(direction: str, behind: datetime.date, ahead: datetime.date, day: datetime.date) -> datetime.date:
    """The nearer of two days, with the tense's side preferred."""
    past, future = (day - behind).days, (ahead - day).days
    if direction in ("past", "present"):
        past /= TENSE_WEIGHT  # type: ignore[assignment]
    elif direction == "future":
        future /= TENSE_WEIGHT  # type: ignore[assignment]
    return behind if past <= future else ahead


def _weekday(args: list[str], day: datetime.date) -> str:
    number, direction = int(args[0]), args[1]
    since = (day.isoweekday() - number) % 7
    if direction == "before":
        return (day - datetime.timedelta(days=since or 7)).isoformat()
    if direction == "after":
        return (day + datetime.timedelta(days=7 - since)).isoformat()
    if direction == "future":
        return (day + datetime.timedelta(days=-since % 7)).isoformat()
    if direction == "this":
        return (day + datetime.timedelta(days=number - day.isoweekday())).isoformat()
    return (day - datetime.timedelta(days=since)).isoformat()


def _month_of(args: list[str], day: datetime.date) -> str:
    month, direction = int(args[0]), args[1]
    year = day.year
    if direction == "before":
        year -= month >= day.month
    elif direction == "after":
        year += month <= day.month
    elif direction != "this":
        back, on = (day.month - month) % 12, (month - day.month) % 12
        past = back * (1 if direction == "future" else TENSE_WEIGHT**-1 if direction in ("past", "present") else 1)
        future = on / TENSE_WEIGHT if direction == "future" else on
        if back and past <= future:
            year -= month > day.month
        else:
            year += month < day.month
    return f"{year:04d}-{month:02d}"


def _month_day(args: list[str], day: datetime.date) -> str:
    month, number = (int(piece) for piece in args[0].split("-"))
    days = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            days.append(datetime.date(year, month, number))
        except ValueError:  # 29 February, or a slip of the pen
            continue
    behind = [one for one in days if one <= day]
    ahead = [one for one in days if one >= day]
    if not behind or not ahead:
        return days[0].isoformat() if days else f"{day.year:04d}-{args[0]}"
    return _side(args[1], behind[-1], ahead[0], day).isoformat()


def _season(args: list[str], day: datetime.date) -> str:
    name, direction = args
    start = SEASON_STARTS[name]
    begun = day.month >= start
    year = day.year if begun else day.year - 1
    running = 0 <= (day.month - start) % 12 < 3
    if direction == "before" and running:
        year -= 1
    elif direction == "after" or (direction == "future" and not running):
        year += 1
    elif direction == "this":
        year = day.year
    elif direction in ("near", "present") and not running and (day.month - start) % 12 > 8:
        year += 1
    return f"{year:04d}-{name}"


def _part_of_year(letter: str, count: int) -> Callable[[list[str], datetime.date], str]:
    def part(args: list[str], day: datetime.date) -> str:
        number, direction = int(args[0]), args[1]
        now = (day.month - 1) * count // 12 + 1
        year = day.year - (number > now and direction != "future")
        # What is over for less than a quarter is what "will be reported".
        if direction == "future" and number < now - 1:
            year += 1
        return f"{year:04d}-{letter}{number}"

    return part


def _holiday(args: list[str], day: datetime.date) -> str:
    key, direction = args
    days = [holiday_on(key, year) for year in (day.year - 1, day.year, day.year + 1)]
    strict = direction in ("before", "after")
    behind = [one for one in days if (one < day if strict else one <= day)]
    ahead = [one for one in days if (one > day if strict else one >= day)]
    if direction == "before":
        return behind[-1].isoformat()
    if direction == "after":
        return ahead[0].isoformat()
    return _side(direction, behind[-1], ahead[0], day).isoformat()


def _weekend_of(args: list[str], day: datetime.date) -> str:
    if args[0] == "future":
        return f"{week_value(day)}-WE"
    return f"{week_value(day - datetime.timedelta(days=5))}-WE"


def _week(args: list[str], day: datetime.date) -> str:
    return week_value(day + datetime.timedelta(weeks=int(args[0])))


def _month(args: list[str], day: datetime.date) -> str:
    return add_months(day.replace(day=1), int(args[0])).isoformat()[:7]


def _quarter(args: list[str], day: datetime.date) -> str:
    return shifted(f"{day.year:04d}-Q{(day.month + 2) // 3}-"[:7], int(args[0]), "Q")


def _same(args: list[str], day: datetime.date) -> str:
    """Without an earlier mention: the publication day's own unit, for a quarter the last one that is over."""
    unit = args[0]
    if unit == "quarter":
        return _quarter(["-1"], day)
    return _POINTS[unit](["0"], day)


def _moved(args: list[str], day: datetime.date) -> str:
    step = SHIFT.fullmatch(args[0])
    assert step is not None
    count, unit = int(step[1]), step[2]
    if unit == "W":
        return week_value(day + datetime.timedelta(weeks=count))
    return shifted(day.isoformat(), count, unit)


_POINTS: dict[str, Callable[[list[str], datetime.date], str]] = {
    "day": lambda args, day: (day + datetime.timedelta(days=int(args[0]))).isoformat(),
    "week": _week,
    "weekend": lambda args, day: f"{_week(args, day)}-WE",
    "month": _month,
    "quarter": _quarter,
    "year": lambda args, day: f"{day.year + int(args[0]):04d}",
    "decade": lambda args, day: f"{day.year // 10 + int(args[0]):03d}",
    "century": lambda args, day: f"{day.year // 100 + int(args[0]):02d}",
    "weekday": _weekday,
    "then-weekday": _weekday,
    "month-of": _month_of,
    "month-day": _month_day,
    "season": _season,
    "quarter-of": _part_of_year("Q", 4),
    "half-of": _part_of_year("H", 2),
    "holiday": _holiday,
    "weekend-of": _weekend_of,
    "same": _same,
    "shift": _moved,
    "then": _moved,
    "year-ago": _moved,
    "like": lambda _, day: f"{day.year - 1:04d}",
}

"""Publication dates as outlets write them, to ISO 8601; what is ambiguous is no date."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b", re.I)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})\b", re.I
)
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_RFC = re.compile(r"(?:[a-z]{3,9},? )?\d{1,2} [a-z]{3} \d{4} \d{1,2}:\d\d(?::\d\d)?(?: [+-]\d{4}| [a-z]{1,4})?", re.I)
_COMPACT = re.compile(r"\d{8}(?:T\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?")
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_LOOSE_ISO = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")

# Newspapers print since the 1600s; an epoch of 0 or a year of 9999 is a database's way of saying "none".
_YEARS = range(1600, 2200)
# Seconds since 1970 between 1973 and 2100: smaller numbers are years or row numbers.
_EPOCH_SECONDS = range(100_000_000, 4_102_444_800)


def normalise_date(value: object) -> str | None:
    """``value`` as ``YYYY-MM-DD`` or ``YYYY-MM-DDThh:mm:ss`` with its offset from UTC if it had one; None if unusable.

    The day stays the one that was written: nothing is moved to another time zone. A midnight without an offset is
    how programs write a bare day, and counts as one. Days like 04/05/2019, which two continents read as two dates,
    are unusable.

    >>> normalise_date("20190424T101500Z"), normalise_date("24-Apr-2019"), normalise_date("1556100900")
    ('2019-04-24T10:15:00Z', '2019-04-24', '2019-04-24T10:15:00Z')
    >>> normalise_date("Apr 24, 2019"), normalise_date("2019-04-24 10:00:00"), normalise_date("04/05/2019")
    ('2019-04-24', '2019-04-24T10:00:00', None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    if not isinstance(value, str) or len(value) > 100:
        return None
    words = " ".join(value.split())
    if _EPOCH.fullmatch(words):
        return _epoch(float(words))
    return _iso(words) or _rfc(words) or _named(words) or _numbered(words)


def _epoch(value: float) -> str | None:
    seconds = value / 1000 if value > _EPOCH_SECONDS.stop else value
    if not _EPOCH_SECONDS.start <= seconds < _EPOCH_SECONDS.stop:
        return None
    return _written(datetime.fromtimestamp(int(seconds), UTC))


def _iso(words: str) -> str | None:
    # A zone's name after the time says no more than the day needs; an offset is kept.
    plain = re.sub(r"\s+(?:UTC|GMT)$", "+00:00", words)
    plain = re.sub(r"(:\d\d(?:\.\d+)?)\s+([+-]\d\d)", r"\1\2", plain)
    if not _ISO_DAY.match(plain) and not _COMPACT.fullmatch(plain):
        return None
    try:
        return _written(datetime.fromisoformat(plain))
    except ValueError:
        return _day(*plain[:10].split("-")) if "-" in plain else None


def _rfc(words: str) -> str | None:
    if not _RFC.fullmatch(words):
        return None  # the standard library's parser guesses at what it does not know
    try:
        return _written(parsedate_to_datetime(words))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _named(words: str) -> str | None:
    found = _MONTH_FIRST.search(words) or _DAY_FIRST.search(words)
    month = _MONTHS.get(found["month"].lower()) if found else None
    return _day(found["year"], month, found["day"]) if found and month else None


def _numbered(words: str) -> str | None:
    if loose := _LOOSE_ISO.match(words):
        return _day(*loose.groups())
    if not (found := _SLASHES.match(words)):
        return None
    first, second, year = (int(part) for part in found.groups())
    if first > 12 >= second or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return whole.isoformat() if whole.year in _YEARS else None


def _written(moment: datetime) -> str | None:
    if moment.year not in _YEARS:
        return None
    if moment.tzinfo is None and not (moment.hour or moment.minute or moment.second):
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")

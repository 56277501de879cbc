"""What the weeks, days and months of a longer time mean: "the last week of June" (see ``readings``)."""

from rashomon.mark.times.days import within
from rashomon.mark.times.lexicon import CLASS_CHARACTERS
from rashomon.mark.times.phrase import Phrase, Reading, duration

_LAST = ("last", "final")
_DAY_PARTS = ("D", "W")


def nth_unit(phrase: Phrase) -> Reading | None:
    """ "the last week of June", "the first day of the year", "the final quarter of 2019"."""
    words = phrase.words[phrase.first : phrase.last + 1]
    at = next(index for index, word in enumerate(words) if word.text.lower() == "of")
    inner, behind = words[at - 1], words[at + 1 :]
    count = words[at - 2]
    # "Last week of June" without an article is the week before this one as often as not.
    last = count.kind in (CLASS_CHARACTERS[kind] for kind in _LAST)
    if last and count.text.lower() not in ("last", "final"):
        return None
    nth = -1 if last else int(count.value)
    if behind[0].kind in (CLASS_CHARACTERS["every"], CLASS_CHARACTERS["each"]):
        return phrase.reading("SET", f"P1{behind[-1].value}") if behind[-1].value in "WMQY" else None
    base, outer = _whole(Phrase(phrase.words, phrase.first + at + 1, phrase.last, phrase.text))
    if base is None:
        return _alone(phrase, at)
    many = inner.kind == CLASS_CHARACTERS["units"]
    if many:
        edge = "START" if nth == 1 else "END" if nth == -1 else None
        whole = base if inner.value in ("D", "W", "M") and edge and (outer == "M" or inner.value != "D") else None
        return phrase.reading("DATE", whole, edge) if whole else None
    part = _part(inner.value, nth, outer)
    if part is None:
        return _alone(phrase, at)
    if base[0].isdigit():
        value = base
        for piece in part.split("/"):
            value = within(value, piece)
        return phrase.reading("DATE", value)
    return phrase.reading("DATE", f"{base}/{part}")


def _whole(phrase: Phrase) -> tuple[str | None, str]:
    """The longer time as a normal form, and its unit: "June", "the year", "2019", "August last year"."""
    month, year, unit = phrase.one("month", "may", "month-short"), phrase.one("year-number"), phrase.one("unit")
    step = phrase.one("this", "next", "last", "the", "that")
    if month:
        number = f"{int(month.value):02d}"
        if year:
            return f"{year.text}-{number}", "M"
        if unit:
            return (f"year:{step.value}/{number}", "M") if step and unit.value == "Y" else (None, "")
        return f"month-of:{int(month.value)}:?", "M"
    if year:
        return year.text, "Y"
    if unit is None or step is None or unit.value not in "MY":
        return None, ""
    name = {"M": "month", "Y": "year"}[unit.value]
    return (f"same:{name}" if step.text.lower() == "that" else f"{name}:{step.value}"), unit.value


def _part(unit: str, nth: int, outer: str) -> str | None:
    """The n-th day, week, month or quarter of a month or year; a week is of the month or year of its Thursday."""
    edge = "12" if nth == -1 else "01"
    if unit == "M" and outer == "Y":
        return f"{12 if nth == -1 else nth:02d}" if nth <= 12 else None
    if unit == "Q" and outer == "Y":
        return f"Q{4 if nth == -1 else nth}" if nth <= 4 else None
    if unit not in _DAY_PARTS or (outer == "Y" and nth not in (1, -1)):
        return None
    part = f"D#{nth}" if unit == "D" else f"4#{nth}/week"
    return f"{edge}/{part}" if outer == "Y" else part if nth <= (31 if unit == "D" else 5) else None


def _alone(phrase: Phrase, at: int) -> Reading | None:
    """The shorter time alone, which is no day of writing's: "the last month of the decade"."""
    unit = phrase.words[phrase.first + at - 1]
    if unit.value not in ("D", "W", "M", "Y", "Q"):
        return None
    return Reading(phrase.first, phrase.first + at - 1, "DURATION", duration(1, unit.value))


def unit_of(phrase: Phrase) -> Reading | None:
    """ "the last week" of a campaign, of his life: a length, not the week before the day of writing."""
    unit = phrase.one("unit")
    if unit is None or unit.value not in ("D", "W", "M", "Y"):
        return None
    return phrase.reading("DURATION", duration(1, unit.value))

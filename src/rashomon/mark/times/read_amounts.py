"""What durations, sets and vague references mean (see ``readings``)."""

from rashomon.mark.times.lexicon import CLASS_CHARACTERS
from rashomon.mark.times.modifiers import of_point
from rashomon.mark.times.phrase import (
    NUMERALS,
    Phrase,
    Reading,
    about_of,
    duration,
)


def weekdays(phrase: Phrase) -> Reading | None:
    """ "Mondays", "Tuesday nights"."""
    day = phrase.one("weekdays", "weekday", "weekday-short")
    part = phrase.one("dayparts", "daypart")
    assert day is not None
    return phrase.reading("SET", f"XXXX-WXX-{day.value}{part.value if part else ''}")


def every(phrase: Phrase) -> Reading | None:
    """ "every other week", "each July"."""
    day = phrase.one("weekday", "weekday-short")
    if day:
        return weekdays(phrase)
    month_word = phrase.one("month", "may", "month-short")
    if month_word:
        return phrase.reading("SET", f"XXXX-{int(month_word.value):02d}")
    season_word = phrase.one("season", "fall")
    if season_word:
        return phrase.reading("SET", f"XXXX-{season_word.value}")
    part = phrase.one("daypart")
    if part:
        return phrase.reading("SET", f"XXXX-XX-XX{part.value}")
    if phrase.one("weekend"):
        return phrase.reading("SET", "XXXX-WXX-WE")
    unit = phrase.one("unit", "units", "quarter", "second")
    assert unit is not None
    if unit.kind == CLASS_CHARACTERS["second"]:
        return None
    count = phrase.count() if not phrase.one("other") else 2
    return phrase.reading("SET", duration(count, unit.value))


def amount_in(phrase: Phrase) -> Reading | None:
    """ "the past 13 months", "the first nine months"."""
    unit = phrase.one("units", "unit", "quarter", "second")
    assert unit is not None
    if unit.kind == CLASS_CHARACTERS["second"]:
        return None
    mod = about_of(phrase)
    few = phrase.one("few")
    if few and few.text.lower() == "couple":
        mod = mod or "APPROX"
    code = unit.value
    return phrase.reading("DURATION", duration(phrase.count(), code), mod)


def recent(phrase: Phrase) -> Reading | None:
    """ "recent years", "coming weeks"."""
    unit = phrase.one("units")
    assert unit is not None
    if phrase.one("these") and unit.value == "D":
        return phrase.reading("DATE", "PRESENT_REF")
    return phrase.reading("DURATION", duration(None, unit.value))


def these_days(phrase: Phrase) -> Reading | None:
    """ "these days"."""
    return phrase.reading("DATE", "PRESENT_REF") if phrase.lower() == "these days" else None


# Years in a decade, a century and a millennium.
_YEARS = {"E": 10, "C": 100, "L": 1000}
_AGO_STEP = {"ago": -1, "earlier": -1, "later": 1, "from": 1}


def ago(phrase: Phrase) -> Reading | None:
    """ "two weeks ago", "a year earlier", "three days later"."""
    unit = phrase.one("units", "unit", "quarter", "second")
    assert unit is not None
    count = phrase.count() if not phrase.row.startswith(unit.kind) else None
    code = unit.value
    mod = about_of(phrase)
    word = next(kind for kind in _AGO_STEP if phrase.one(kind))
    step = _AGO_STEP[word]
    if unit.kind == CLASS_CHARACTERS["second"] or code in ("TS",):
        return None
    if word == "later":
        last = (
            next(i for i in range(phrase.first, phrase.last + 1) if phrase.words[i].kind == CLASS_CHARACTERS["later"])
            - 1
        )
        return Reading(phrase.first, last, "DURATION", f"ref:{duration(count, code)}:after", mod)
    if word == "earlier" and code != "Y":
        return phrase.reading("DURATION", f"ref:{duration(count, code)}:before", mod)
    if count is None or code[0] == "T" or (word in ("earlier", "later") and code == "TM"):
        return phrase.reading(
            "DATE" if count is None else "DURATION", _REFS[step] if count is None else duration(count, code), mod
        )
    if code in _YEARS:
        count, code = count * _YEARS[code], "Y"
    if code == "2W":
        count, code = count * 2, "W"
    if count != int(count):
        if code != "Y":
            return phrase.reading("DURATION", duration(count, code), mod)
        count, code = count * 12, "M"
    base = "then" if word in ("earlier", "later") else "shift"
    if word == "ago" and count == 1 and code == "Y" and mod is None:
        base = "year-ago"
    return phrase.reading("DATE", f"{base}:{int(step * count):+d}{code}", of_point(mod, step))


_REFS = {-1: "PAST_REF", 1: "FUTURE_REF"}


def halved(phrase: Phrase) -> Reading | None:
    """ "half an hour"."""
    unit = phrase.one("unit")
    assert unit is not None
    return phrase.reading("DURATION", duration(0.5, unit.value) if unit.value not in "DWM" else f"P0.5{unit.value}")


def amount(phrase: Phrase) -> Reading | None:
    """ "more than four hours", "a five-year plan", "a month or two"."""
    unit = phrase.one("units", "unit", "quarter", "second")
    assert unit is not None
    following, previous = phrase.after(), phrase.before()
    row_after = [word.kind for word in phrase.words[phrase.last + 1 : phrase.last + 3]]
    if CLASS_CHARACTERS["old"] in row_after and (row_after[0] in ("-", CLASS_CHARACTERS["old"])):
        return None
    if unit.kind in (CLASS_CHARACTERS["second"], CLASS_CHARACTERS["quarter"]) or phrase.starts_capital(unit):
        return None
    if unit.value == "Q" and not phrase.one("few"):
        return None
    numerals = phrase.all(*NUMERALS, "half", "to", "or")
    singular = unit.kind == CLASS_CHARACTERS["unit"]
    count = phrase.count()
    hyphen = "-" in phrase.row or (following is not None and following.kind == "-")
    if singular and numerals and count not in (None, 1.0) and not hyphen and not phrase.one("number"):
        return None
    if phrase.one("few") and singular and not phrase.one("half"):
        return None
    few = phrase.one("few")
    mod = about_of(phrase)
    if few and few.text.lower() == "couple":
        mod = mod or "APPROX"
    value = duration(count, unit.value)
    rate = previous is not None and (
        previous.kind in (CLASS_CHARACTERS[k] for k in ("integer", "decimal", "day-number", "year-number"))
        or previous.text.lower() in ("million", "billion", "times", "twice", "once")
    )
    if rate and phrase.one("a") and not numerals:
        return phrase.reading("SET", value)
    if following is not None and following.kind == CLASS_CHARACTERS["before"]:
        word = "after" if following.text.lower() == "after" else "before"
        return phrase.reading("DURATION", f"ref:{value}:{word}", mod)
    return phrase.reading("DURATION", value, mod)


def vague(phrase: Phrase) -> Reading | None:
    """ "for years", "decades-long"."""
    unit = phrase.one("units", "unit")
    assert unit is not None
    if phrase.one("long"):
        if unit.kind == CLASS_CHARACTERS["unit"]:
            return phrase.reading("DURATION", duration(1, unit.value))
        return phrase.reading("DURATION", duration(None, unit.value))
    previous = phrase.before()
    if previous is None or previous.text.lower() not in (
        "for",
        "in",
        "within",
        "over",
        "took",
        "take",
        "taken",
        "last",
    ):
        return None
    return phrase.reading("DURATION", duration(None, unit.value))


def every_time(phrase: Phrase) -> Reading | None:
    """ "daily", "annually"."""
    word = phrase.words[phrase.first]
    if word.text.lower() in ("annual", "quarterly"):
        return None
    return phrase.reading("SET", word.value, None, "modifier")


def now(phrase: Phrase) -> Reading | None:
    """ "now", "currently", "its current owner"."""
    return phrase.reading("DATE", "PRESENT_REF")


def past(phrase: Phrase) -> Reading | None:
    """ "recently", "the past"."""
    if phrase.one("past-ref"):
        following = phrase.after()
        if following is not None and following.kind == "-":
            return None
        return phrase.reading("DATE", "PAST_REF") if "recently" in phrase.lower() else None
    if phrase.lower() != "the past":
        return None
    following = phrase.after()
    return phrase.reading("DATE", "PAST_REF", None, "noun" if following and following.kind == "w" else "")


def future(phrase: Phrase) -> Reading | None:
    """ "the near future"."""
    if phrase.one("term") and not phrase.one("near"):
        return None
    if phrase.one("near") and phrase.one("near").value == "long":  # type: ignore[union-attr]
        return None
    following = phrase.after()
    if following is not None and (following.kind in (CLASS_CHARACTERS["of"], "'")):
        return None
    return phrase.reading("DATE", "FUTURE_REF", None, "noun")

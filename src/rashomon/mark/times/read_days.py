"""What days and hours mean: words in, type, normal form and modifier out (see ``readings``)."""

from rashomon.mark.times.days import holiday_at, nth_of_month
from rashomon.mark.times.lexicon import CLASS_CHARACTERS, Word
from rashomon.mark.times.phrase import (
    Phrase,
    Reading,
    about_of,
    direction_of,
    duration,
    edge_of,
    month_day,
    step_of,
    year_of,
)


def iso(phrase: Phrase) -> Reading | None:
    """ "2019-04-24"."""
    value = phrase.words[phrase.first].text
    return phrase.reading("TIME" if "T" in value else "DATE", value)


_PM = {"TAF": "p", "TEV": "p", "TNI": "p", "TMO": "a"}


def clock(phrase: Phrase) -> Reading | None:
    """ "4 a.m. EDT Thursday", "noon", "18:00 UTC"."""
    numbers = phrase.all("day-number", "integer", "number")
    whole = phrase.words[phrase.first + (phrase.one("about", "nearly") is not None)]
    military = _four_digits(phrase, whole)
    if military == "":
        return None
    ampm, noon, part = phrase.one("ampm"), phrase.one("noon"), phrase.one("daypart")
    words = phrase.words[phrase.first : phrase.last + 1]
    month = phrase.one("month", "may", "month-short")
    if military:
        half = ampm.value if ampm else None
        hour = int(military[:2]) % 12 + (12 if half == "p" else 0) if half else int(military[:2])
        time = f"T{hour:02d}:{military[2:]}"
    elif noon:
        previous = phrase.before()
        if previous and previous.text.lower() == "high":
            return None
        time = noon.value
        if noon.text.lower() == "midnight" and month is None and not phrase.one("weekday", "today"):
            time = "T24:00"
    else:
        hour = int(numbers[0].value)
        minute = None
        at = next(index for index, word in enumerate(words) if word is numbers[0])
        if at + 2 < len(words) and words[at + 1].kind in ":." and words[at + 2] in numbers:
            if len(words[at + 2].text) != 2 or words[at + 1].start != words[at].end:
                return None
            minute = int(words[at + 2].text)
            following = phrase.after()
            if following and following.kind == ":" and following.start == words[-1].end:
                return None
        half = ampm.value if ampm else _PM.get(part.value) if part else None
        if hour > 24 or (minute or 0) > 59 or (half and hour > 12):
            return None
        if minute is None and not (ampm or part or phrase.one("clock")):
            return None
        if half == "p" and hour < 12:
            hour += 12
        elif half == "a" and hour == 12:
            hour = 0
        time = f"T{hour:02d}:{minute or 0:02d}"
    zone = phrase.one("zone")
    offset = _offset(words, zone) if zone else None
    if zone and offset:
        time += offset
    elif zone:
        time += "Z" if zone.value == "Z0" else f"{int(zone.value[1:]):+03d}" if zone.value[1:] else ""
    today = phrase.one("today")
    day = _named_day(phrase)
    if day:
        pass
    elif today:
        day = f"day:{today.value}"
    elif month:
        tail = [word for word in words if word.start > month.start]
        number = next(word for word in tail if word.kind == CLASS_CHARACTERS["day-number"])
        year = phrase.one("year-number")
        day = month_day(int(month.value), int(number.text), year.text if year else None)
    else:
        day = _day_behind_place(phrase) or "same:day"
    return phrase.reading("TIME", f"{day}+{time}", about_of(phrase))


def _four_digits(phrase: Phrase, word: Word) -> str | None:
    """The four digits of "1800 GMT" and "18.00 GMT"; "" if they are no hour, None if the hour has another form."""
    if word.kind not in (CLASS_CHARACTERS[kind] for kind in ("year-number", "integer", "decimal")):
        return None
    if phrase.text[word.end : word.end + 1] == ":" or (word.kind == CLASS_CHARACTERS["integer"] and len(word.text) < 4):
        return None
    zone = phrase.one("zone")
    digits = word.text.replace(".", "") if word.text.count(".") == 1 else word.text
    digits = digits.zfill(4) if "." in word.text and len(word.text.partition(".")[2]) == 2 else digits
    if len(digits) != 4 or not digits.isdigit() or (zone and not zone.text.isupper()):
        return ""
    over = int(digits[:2]) > (12 if phrase.one("ampm") else 24) or int(digits[2:]) > 59
    return "" if over else digits


def _offset(words: list[Word], zone: Word) -> str | None:
    """ "GMT +8" as "+08"; None where no number of hours follows the zone."""
    at = words.index(zone)
    tail = words[at + 1 : at + 3]
    if len(tail) < 2 or tail[0].text not in ("+", "-", "–") or tail[1].start != tail[0].end or int(tail[1].value) > 14:
        return None
    return f"{'+' if tail[0].text == '+' else '-'}{int(tail[1].value):02d}"


def _day_behind_place(phrase: Phrase) -> str | None:
    """ "At 12:40 p.m. in Harbour City on Thursday": the day of a clock, with a place between."""
    behind = phrase.words[phrase.last + 1 : phrase.last + 7]
    if not behind or behind[0].text.lower() not in ("in", "at", "local"):
        return None
    for at, word in enumerate(behind[1:], 1):
        if word.kind == CLASS_CHARACTERS["weekday"] and at > 1:
            return f"weekday:{word.value}:?" if behind[at - 1].text.lower() == "on" else None
        if word.text.lower() not in ("on", "time") and not word.text[0].isupper():
            return None
    return None


def _named_day(phrase: Phrase) -> str | None:
    word = phrase.one("weekday", "weekday-short")
    return f"weekday:{word.value}:?" if word else None


def date(phrase: Phrase) -> Reading | None:
    """ "Wednesday, April 24, 2019", "the 3rd of May"."""
    month = phrase.one("month", "may", "month-short")
    number = phrase.one("day-number", "ordinal-number", "ordinal", "second")
    if month is None or number is None or not 1 <= int(number.value) <= 31:
        return None
    year = phrase.one("year-number")
    following = phrase.after()
    last = phrase.last
    of_year = _year_behind(phrase)
    if of_year:
        return phrase.reading("DATE", f"{of_year}/{int(month.value):02d}-{int(number.value):02d}")
    if phrase.one("unit"):  # "March 5 last week": the day alone
        last = max(at for at in range(phrase.first, phrase.last) if phrase.words[at] in (month, number))
    if year and following and following.kind == "-" and following.start == year.end and year.text > "2000":
        year = None
    return Reading(
        phrase.first, last, "DATE", month_day(int(month.value), int(number.value), year.text if year else None)
    )


def _year_behind(phrase: Phrase) -> str | None:
    """ "last year", "of that year", "the following year" behind a day or a month, as a normal form."""
    unit = phrase.one("unit")
    if unit is None or unit.value != "Y":
        return None
    if phrase.one("following"):
        return "same:year/+1Y"
    if phrase.one("that", "latest"):
        return "same:year"
    word = phrase.words[phrase.last - 1]
    return f"year:{word.value}" if word.value in ("-1", "0", "1") else None


def first_day(phrase: Phrase) -> Reading | None:
    """ "24" in "24 and 25 April 2019"."""
    first, *behind = phrase.words[phrase.first : phrase.first + 7]
    month = next(word for word in behind if word.kind in _MONTHS)
    tail = [word for word in behind if word.start > month.start and word.kind not in ".,"]
    year = tail[0].text if tail and tail[0].kind == CLASS_CHARACTERS["year-number"] else None
    if int(first.value) >= int(behind[1].value):
        return None
    return phrase.reading("DATE", month_day(int(month.value), int(first.value), year))


_MONTHS = frozenset(CLASS_CHARACTERS[kind] for kind in ("month", "may", "month-short"))


def month(phrase: Phrase) -> Reading | None:
    """ "early October", "May 2008", "July last year"."""
    word = phrase.one("month", "may", "month-short")
    assert word is not None
    number = f"{int(word.value):02d}"
    year = year_of(phrase)
    unit = phrase.one("unit")
    needs = "name" if not (year or unit) else ""
    if phrase.one("number") and not year:
        return None
    if year:
        expr = f"{year}-{number}"
    elif unit:
        of_year = _year_behind(phrase)
        if of_year is None:
            return None
        expr = f"{of_year}/{number}"
    else:
        if word.kind == CLASS_CHARACTERS["month-short"] and "." not in phrase.row:
            return None
        following = phrase.after()
        last = phrase.last
        if following and following.kind == "'" and following.start == word.end:
            pass
        return Reading(phrase.first, last, "DATE", f"month-of:{int(word.value)}:?", edge_of(phrase), needs)
    return phrase.reading("DATE", expr, edge_of(phrase), needs)


def relative_month(phrase: Phrase) -> Reading | None:
    """ "last June", "this September"."""
    word = phrase.one("month", "may", "month-short")
    assert word is not None
    direction = direction_of(phrase)
    if phrase.one("this"):
        past, coming = phrase.one("last"), phrase.one("coming")
        direction = "past" if past else "after" if coming else "this"
    return phrase.reading("DATE", f"month-of:{int(word.value)}:{direction}", edge_of(phrase), "name")


def shifted_day(phrase: Phrase) -> Reading | None:
    """ "the day before yesterday"."""
    unit, word = phrase.one("unit"), phrase.one("before")
    if unit is None or word is None or unit.value not in "DW":
        return None
    step = (1 if word.text.lower() == "after" else -1) * (7 if unit.value == "W" else 1)
    today = phrase.one("today")
    if today:
        return phrase.reading("DATE", f"day:{int(today.value) + step}")
    return phrase.reading("DATE", f"{_weekday_expr(phrase)}/{step:+d}D")


def _weekday_expr(phrase: Phrase) -> str:
    day = phrase.one("weekday", "weekday-short")
    assert day is not None
    if phrase.one("next") and not phrase.one("this"):
        return f"week:1/{day.value}"
    return f"weekday:{day.value}:{direction_of(phrase)}"


def weekday(phrase: Phrase) -> Reading | None:
    """ "late Wednesday afternoon", "Monday of last week"."""
    day = phrase.one("weekday", "weekday-short")
    assert day is not None
    unit = phrase.one("unit")
    if day.kind == CLASS_CHARACTERS["weekday-short"] and "." not in phrase.row:
        return None
    part = phrase.one("daypart", "noon")
    if unit:
        if unit.value != "W":
            return None
        expr = f"week:{step_of(phrase)}/{day.value}"
    elif phrase.one("following") or phrase.one("prior") or (phrase.one("last") and "previous" in phrase.lower()):
        expr = f"then-weekday:{day.value}:{'after' if phrase.one('following') else 'before'}"
    else:
        expr = _weekday_expr(phrase)
    if part:
        return phrase.reading("TIME", f"{expr}+{part.value}", edge_of(phrase))
    return phrase.reading("DATE", expr, edge_of(phrase))


def week_of(phrase: Phrase) -> Reading | None:
    """ "the week of March 6"."""
    unit, month_word, day = phrase.one("unit"), phrase.one("month", "may", "month-short"), phrase.one("day-number")
    if unit is None or month_word is None or day is None or unit.value != "W":
        return None
    return phrase.reading("DATE", f"{month_day(int(month_word.value), int(day.text), None)}/week")


def nth_day(phrase: Phrase) -> Reading | None:
    """ "the first Friday of October", "the last weekend of the month", "the first Monday of every month"."""
    words = phrase.words[phrase.first : phrase.last + 1]
    at = next(index for index, word in enumerate(words) if word.text.lower() in ("of", "in"))
    count = next(word for word in words if word.kind in map(CLASS_CHARACTERS.__getitem__, _COUNTS))
    nth = -1 if count.kind == CLASS_CHARACTERS["last"] else int(count.value)
    day, unit = phrase.one("weekday", "weekday-short"), phrase.one("unit")
    articled = words[0].text.lower() == "the"
    counted = at - 1 if count.kind != CLASS_CHARACTERS["last"] else int(articled)
    if not 1 <= abs(nth) <= 5 or (unit is not None and unit.value != "M") or (nth == -1 and not articled):
        # "Last Friday of all months", "the first Friday of the year": the day alone is all that is understood.
        last = phrase.first + at - 1
        return weekday(Phrase(phrase.words, phrase.first + counted, last, phrase.text)) if day else None
    if phrase.one("every", "each"):
        return phrase.reading("SET", "P1M")
    part = f"{day.value if day else 'WE'}#{nth}"
    named, year = phrase.one("month", "may", "month-short"), phrase.one("year-number")
    if named and year:
        return phrase.reading("DATE", nth_of_month(f"{year.text}-{int(named.value):02d}", part))
    if named:
        return phrase.reading("DATE", f"month-of:{int(named.value)}:?/{part}")
    return phrase.reading("DATE", f"month:{words[-2].value}/{part}")


_COUNTS = ("ordinal", "ordinal-number", "second", "last")


def counted_from(phrase: Phrase) -> Reading | None:
    """ "a fortnight from today", "two weeks from Friday"; "closed for two weeks from Friday" is as long as it says."""
    unit, count = phrase.one("units", "unit", "quarter", "second"), phrase.count()
    assert unit is not None
    at = next(index for index in range(phrase.first, phrase.last) if phrase.words[index].text.lower() == "from")
    before, after = phrase.before(), phrase.after()
    lasting = before is not None and before.text.lower() in ("for", "of", "last", "lasts", "lasting", "run", "runs")
    ends = after is not None and after.text.lower() in ("to", "until", "till", "through")
    code = unit.value
    if unit.kind in (CLASS_CHARACTERS["quarter"], CLASS_CHARACTERS["second"]) or code not in _FROM_STEPS:
        code = ""
    if lasting or ends or not code or count is None or count != int(count):
        if unit.kind in (CLASS_CHARACTERS["quarter"], CLASS_CHARACTERS["second"]):
            return None
        return Reading(phrase.first, at - 1, "DURATION", duration(count, unit.value), about_of(phrase))
    many, letter = _FROM_STEPS[code]
    step = f"+{int(count) * many}{letter}"
    today = phrase.one("today")
    if today:
        return phrase.reading("DATE", f"day:{today.value}/{step}", about_of(phrase))
    day = phrase.one("weekday", "weekday-short")
    assert day is not None
    # What is counted from a bare weekday lies ahead, whatever the verb's tense.
    start = f"week:1/{day.value}" if phrase.one("next") else f"weekday:{day.value}:future"
    return phrase.reading("DATE", f"{start}/{step}", about_of(phrase))


_FROM_STEPS = {"D": (1, "D"), "W": (1, "W"), "2W": (2, "W"), "M": (1, "M"), "Y": (1, "Y")}


def night_before(phrase: Phrase) -> Reading | None:
    """ "the night before", "the day after", with nothing behind that says before what."""
    part, unit, word = phrase.one("daypart"), phrase.one("unit"), phrase.one("before")
    assert word is not None
    if unit is not None and unit.value != "D":
        return None
    step = 1 if word.text.lower() == "after" else -1
    return phrase.reading(
        "TIME" if part else "DATE", f"same:day/{step:+d}D" + (f"+{part.value}" if part else ""), None, "alone"
    )


def today(phrase: Phrase) -> Reading | None:
    """ "earlier today", "yesterday evening"."""
    word, part = phrase.one("today"), phrase.one("daypart", "noon")
    assert word is not None
    mod = edge_of(phrase)
    if part:
        return phrase.reading("TIME", f"day:{word.value}+{part.value}", mod)
    return phrase.reading("DATE", f"day:{word.value}", mod, "common" if word is phrase.words[phrase.first] else "")


def daypart(phrase: Phrase) -> Reading | None:
    """ "this morning", "last night", "the next morning"."""
    part = phrase.one("daypart")
    assert part is not None
    mod = edge_of(phrase)
    if phrase.one("next", "following"):
        return phrase.reading("TIME", f"same:day/+1D+{part.value}", mod)
    if phrase.one("that", "prior"):
        return phrase.reading("TIME", f"same:day+{part.value}", mod)
    word = phrase.one("last", "this")
    assert word is not None
    return phrase.reading("TIME", f"day:{word.value}+{part.value}", mod)


def bare_daypart(phrase: Phrase) -> Reading | None:
    """ "mid-afternoon", "early evening", "in the morning": of the day named before, or of writing."""
    part, after = phrase.one("daypart"), phrase.after()
    assert part is not None
    if part.value == "TNI" or (after is not None and after.kind == "-"):
        return None
    return phrase.reading("TIME", f"same:day+{part.value}", edge_of(phrase))


def tonight(phrase: Phrase) -> Reading | None:
    """ "tonight", "overnight"."""
    return phrase.reading("TIME", "day:0+TNI", edge_of(phrase))


def holiday(phrase: Phrase) -> Reading | None:
    """ "last Thanksgiving", "Christmas 1998"."""
    word = phrase.one("holiday")
    assert word is not None
    found = holiday_at(phrase.text, word.start)
    if found is None:
        return None
    key, end = found
    direction = direction_of(phrase)
    last = phrase.last
    while last + 1 < len(phrase.words) and phrase.words[last + 1].end <= end:
        last += 1
    tail = phrase.words[last + 1 : last + 3]
    if tail and tail[0].kind == CLASS_CHARACTERS["year-number"]:
        return Reading(phrase.first, last + 1, "DATE", f"holiday:{key}:{tail[0].text}")
    return Reading(phrase.first, last, "DATE", f"holiday:{key}:{direction}")

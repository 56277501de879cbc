"""What the words of a time expression mean: words in, type, normal form and modifier out.

One function for each rule of the grammar, under the rule's name. A function gives None when the words only look like a
time ("3:2" the score). ``?`` in a normal form stands for the direction that the sentence decides (see ``tense``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from rashomon.mark.times.days import holiday_at
from rashomon.mark.times.lexicon import CLASS_CHARACTERS, Word
from rashomon.model.marks import TimexType


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading; ``first`` and ``last`` are numbers of words, ``last`` included. ``needs`` names a check of the parse."""

    first: int
    last: int
    type: TimexType
    expr: str
    mod: str | None = None
    needs: str = ""
    end: int | None = None


class Phrase:
    """The words of one match, asked by class."""

    def __init__(self, words: list[Word], first: int, last: int, text: str) -> None:
        self.words, self.first, self.last, self.text = words, first, last, text
        self.row = "".join([word.kind for word in words[first : last + 1]])

    def one(self, *kinds: str) -> Word | None:
        """The first word of any of these classes."""
        for word in self.words[self.first : self.last + 1]:
            if any(word.kind == CLASS_CHARACTERS[kind] for kind in kinds):
                return word
        return None

    def all(self, *kinds: str) -> list[Word]:
        """All words of any of these classes, in order."""
        wanted = {CLASS_CHARACTERS[kind] for kind in kinds}
        return [word for word in self.words[self.first : self.last + 1] if word.kind in wanted]

    def before(self) -> Word | None:
        """The word before the phrase."""
        return self.words[self.first - 1] if self.first else None

    def after(self) -> Word | None:
        """The word after the phrase."""
        return self.words[self.last + 1] if self.last + 1 < len(self.words) else None

    def count(self) -> float | None:
        """The number that the phrase counts; None when it is vague."""
        return count_of(self.words[self.first : self.last + 1])

    def starts_capital(self, word: Word) -> bool:
        """Whether a word is written as in a name or title: a capital first letter in the middle of a phrase."""
        return word.text[:1].isupper() and not word.text.isupper() and word is not self.words[self.first]

    def lower(self) -> str:
        """The phrase's words in lower case, one space between."""
        return " ".join([word.text.lower() for word in self.words[self.first : self.last + 1]])

    def reading(self, type_: TimexType, expr: str, mod: str | None = None, needs: str = "") -> Reading:
        """A reading that covers the whole phrase."""
        return Reading(self.first, self.last, type_, expr, mod, needs)


_NUMERALS = ("day-number", "integer", "year-number", "decimal", "number", "hundred", "few", "fraction")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_EDGES = ("early", "late", "edge", "earlier", "later")
_SCALE = {"W": 7, "2W": 14}


def edge_of(phrase: Phrase) -> str | None:
    """START, MID or END for "early", "the middle of" and the like."""
    word = phrase.one("early", "late", "edge", "ends", "earlier", "later")
    if word is None:
        return None
    return {"-1": "START", "1": "END"}.get(word.value, word.value)


def about_of(phrase: Phrase) -> str | None:
    """The modifier of a quantity: APPROX, LESS_THAN, EQUAL_OR_MORE…"""
    for word in phrase.all("about", "nearly", "over", "more", "less", "least", "most", "up", "within", "so"):
        return word.value
    return None


def count_of(words: list[Word]) -> float | None:
    """The number that the words say; None when it is vague ("several").

    >>> from rashomon.mark.times.lexicon import read_words
    >>> count_of(read_words("two and a half")[0]), count_of(read_words("twenty-six")[0])
    (2.5, 26.0)
    """
    total = 0.0
    for index, word in enumerate(words):
        if word.kind == CLASS_CHARACTERS["few"]:
            if word.value == "X":
                return None
            total += float(word.value)
        elif word.kind in (CLASS_CHARACTERS["number"], CLASS_CHARACTERS["hundred"]):
            value = float(word.value)
            total = max(total, 1) * value if value >= 100 else total + value
        elif word.kind in (CLASS_CHARACTERS[k] for k in ("day-number", "integer", "year-number", "decimal")):
            if index + 2 < len(words) and words[index + 1].kind == "/":
                return total + float(word.text.replace(",", "")) / float(words[index + 2].text)
            if index and words[index - 1].kind == "/":
                continue
            total += float(word.text.replace(",", ""))
        elif word.kind == CLASS_CHARACTERS["fraction"]:
            total += _FRACTIONS[word.text]
        elif word.kind == CLASS_CHARACTERS["half"]:
            total = (total or 1.0) + 0.5
        elif total and word.kind in (CLASS_CHARACTERS["to"], CLASS_CHARACTERS["or"]):
            break
    return total or 1.0


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a quantity of time.

    >>> duration(2.5, "Y"), duration(None, "W"), duration(5.5, "TH"), duration(2, "E")
    ('P2Y6M', 'PXW', 'PT5H30M', 'P20Y')
    """
    scale = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "2W": (2, "W")}.get(unit)
    if scale:
        if count is None:
            return f"PX{unit}" if unit != "E" else "PXY"
        count, unit = count * scale[0], scale[1]
    clock, code = ("T", unit[1]) if unit[0] == "T" else ("", unit)
    if count is None:
        return f"P{clock}X{code}"
    whole, rest = int(count), count - int(count)
    finer = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S")}.get(code) if rest else None
    if not rest:
        return f"P{clock}{whole}{code}"
    if finer is None or (code == "M" and not clock):
        return f"P{clock}{count:g}{code}"
    part = round(rest * finer[0])
    return f"P{clock}{whole or ''}{code if whole else ''}{part}{finer[1]}"


def year_of(phrase: Phrase) -> str | None:
    """The year that the phrase names, in digits or words."""
    word = phrase.one("year-number")
    if word:
        return word.text
    numbers = phrase.all("number")
    if len(numbers) >= 2:
        first, rest = int(numbers[0].value), sum(int(word.value) for word in numbers[1:])
        if first in (18, 19, 20) and 10 <= rest <= 99:
            return f"{first}{rest:02d}"
        if first == 2 and numbers[1].value == "1000" and (len(numbers) > 2 or phrase.one("unit")):
            return str(2000 + rest - 1000)
        if first == 2 and rest == 1000:
            return "2000"
    return None


def step_of(phrase: Phrase) -> int | None:
    """-1, 0 or 1 for last, this, next and their like."""
    word = phrase.one("last", "prior", "next", "coming", "following")
    if word:
        return int(word.value)
    return 0 if phrase.one("this", "current", "that", "the", "these") else None


def _direction(phrase: Phrase) -> str:
    if phrase.one("this") and phrase.one("coming"):
        return "after"
    word = phrase.one("last", "prior", "next", "coming", "following")
    if word:
        return "before" if word.value == "-1" else "after"
    return "this" if phrase.one("this") else "?"


def iso(phrase: Phrase) -> Reading | None:
    value = phrase.words[phrase.first].text
    return phrase.reading("TIME" if "T" in value else "DATE", value)


def numeric(phrase: Phrase) -> Reading | None:
    words = phrase.words[phrase.first : phrase.last + 1]
    if words[-1].end - words[0].start != sum(len(word.text) for word in words):
        return None
    first, second, year = int(words[0].text), int(words[2].text), words[4].text
    if len(year) not in (2, 4):
        return None
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    month, day = (first, second) if first <= 12 else (second, first)
    if month > 12:
        return None
    return phrase.reading("DATE", f"{number:04d}-{month:02d}-{day:02d}")


_PM = {"TAF": "p", "TEV": "p", "TNI": "p", "TMO": "a"}


def clock(phrase: Phrase) -> Reading | None:
    numbers = phrase.all("day-number", "integer", "number")
    ampm, noon, part = phrase.one("ampm"), phrase.one("noon"), phrase.one("daypart")
    words = phrase.words[phrase.first : phrase.last + 1]
    month = phrase.one("month", "may", "month-short")
    if noon:
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
    if zone:
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
        day = _month_day(int(month.value), int(number.text), year.text if year else None)
    else:
        day = "same:day"
    return phrase.reading("TIME", f"{day}+{time}", about_of(phrase))


def _named_day(phrase: Phrase) -> str | None:
    word = phrase.one("weekday", "weekday-short")
    return f"weekday:{word.value}:?" if word else None


def _month_day(month: int, day: int, year: str | None) -> str:
    return f"{year}-{month:02d}-{day:02d}" if year else f"month-day:{month:02d}-{day:02d}:?"


def date(phrase: Phrase) -> Reading | None:
    month = phrase.one("month", "may", "month-short")
    number = phrase.one("day-number", "ordinal-number", "ordinal", "second")
    if month is None or number is None or not 1 <= int(number.value) <= 31:
        return None
    year = phrase.one("year-number")
    following = phrase.after()
    last = phrase.last
    if year and following and following.kind == "-" and following.start == year.end and year.text > "2000":
        year = None
    return Reading(
        phrase.first, last, "DATE", _month_day(int(month.value), int(number.value), year.text if year else None)
    )


def month(phrase: Phrase) -> Reading | None:
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
        if unit.value != "Y":
            return None
        expr = f"year:{step_of(phrase)}/{number}"
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
    word = phrase.one("month", "may", "month-short")
    assert word is not None
    direction = _direction(phrase)
    if phrase.one("this"):
        past, coming = phrase.one("last"), phrase.one("coming")
        direction = "past" if past else "after" if coming else "this"
    return phrase.reading("DATE", f"month-of:{int(word.value)}:{direction}", edge_of(phrase), "name")


def shifted_day(phrase: Phrase) -> Reading | None:
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
    return f"weekday:{day.value}:{_direction(phrase)}"


def weekdays(phrase: Phrase) -> Reading | None:
    day = phrase.one("weekdays", "weekday", "weekday-short")
    part = phrase.one("dayparts", "daypart")
    assert day is not None
    return phrase.reading("SET", f"XXXX-WXX-{day.value}{part.value if part else ''}")


def every(phrase: Phrase) -> Reading | None:
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


def week_of(phrase: Phrase) -> Reading | None:
    unit, month_word, day = phrase.one("unit"), phrase.one("month", "may", "month-short"), phrase.one("day-number")
    if unit is None or month_word is None or day is None or unit.value != "W":
        return None
    return phrase.reading("DATE", f"{_month_day(int(month_word.value), int(day.text), None)}/week")


def weekday(phrase: Phrase) -> Reading | None:
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


def today(phrase: Phrase) -> Reading | None:
    word, part = phrase.one("today"), phrase.one("daypart", "noon")
    assert word is not None
    mod = edge_of(phrase)
    if part:
        return phrase.reading("TIME", f"day:{word.value}+{part.value}", mod)
    return phrase.reading("DATE", f"day:{word.value}", mod, "common" if word is phrase.words[phrase.first] else "")


def daypart(phrase: Phrase) -> Reading | None:
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


def tonight(phrase: Phrase) -> Reading | None:
    return phrase.reading("TIME", "day:0+TNI", edge_of(phrase))


def _yearish(phrase: Phrase) -> str | None:
    """The year that a quarter or half belongs to, as an expression; None where the words name none."""
    year = phrase.one("year-number")
    if year:
        return year.text
    unit = phrase.one("unit")
    if unit is None or unit.value != "Y":
        return None
    if phrase.one("ago", "earlier"):
        return "year:-1"
    return f"year:{step_of(phrase) or 0}"


def half(phrase: Phrase) -> Reading | None:
    number = phrase.one("ordinal", "ordinal-number", "second")
    which = number.value if number else "2" if phrase.one("last") else "1"
    if which not in "12":
        return None
    decade_word = phrase.one("decade-number")
    if decade_word:
        return phrase.reading("DATE", _decade_value(decade_word.text) or "", "START" if which == "1" else "END")
    year = _yearish(phrase)
    if year is None:
        return phrase.reading("DATE", f"half-of:{which}:?") if not phrase.one("unit") else None
    return phrase.reading("DATE", f"{year}/H{which}" if ":" in year else f"{year}-H{which}")


def quarter(phrase: Phrase) -> Reading | None:
    number = phrase.one("ordinal", "ordinal-number", "second")
    assert number is not None
    if number.value not in "1234":
        return None
    unit = phrase.one("unit")
    if unit is not None and unit.value != "Y":
        return None
    year = _yearish(phrase)
    if year is None:
        # "the third-quarter loss" names the loss, "the third quarter" the time.
        first = phrase.first + (phrase.words[phrase.first].kind == CLASS_CHARACTERS["the"] and "-" in phrase.row)
        return Reading(first, phrase.last, "DATE", f"quarter-of:{number.value}:?")
    return phrase.reading("DATE", f"{year}/Q{number.value}" if ":" in year else f"{year}-Q{number.value}")


def like_period(phrase: Phrase) -> Reading | None:
    year = phrase.one("year-number")
    if year:
        return phrase.reading("DATE", f"like:{year.text}")
    unit = phrase.one("unit")
    if unit is None or unit.value != "Y":
        return None
    plural = phrase.one("units")
    if plural:
        return phrase.reading("DURATION", duration(phrase.count(), plural.value))
    first = phrase.first
    if not phrase.one("quarter", "period") and phrase.words[first].kind == CLASS_CHARACTERS["the"]:
        first += 1
    return Reading(first, phrase.last, "DATE", "like:-1")


def same_period(phrase: Phrase) -> Reading | None:
    if phrase.one("current") or phrase.one("this"):
        return phrase.reading("DATE", "quarter:0")
    return phrase.reading("DATE", "same:quarter")


def amount_in(phrase: Phrase) -> Reading | None:
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
    unit = phrase.one("units")
    assert unit is not None
    if phrase.one("these") and unit.value == "D":
        return phrase.reading("DATE", "PRESENT_REF")
    return phrase.reading("DURATION", duration(None, unit.value))


def these_days(phrase: Phrase) -> Reading | None:
    return phrase.reading("DATE", "PRESENT_REF") if phrase.lower() == "these days" else None


_UNIT_NAMES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}


def relative(phrase: Phrase) -> Reading | None:
    unit = phrase.one("unit", "quarter")
    season_word, weekend = phrase.one("season", "fall"), phrase.one("weekend")
    if unit and phrase.starts_capital(unit) and phrase.words[phrase.first].text[0].isupper():
        return None
    step = step_of(phrase)
    mod = edge_of(phrase) or about_of(phrase)
    if phrase.one("this") and phrase.one("last", "coming"):
        step = 0 if season_word and phrase.one("last") else step
    if season_word:
        direction = {-1: "before", 0: "this", 1: "after"}[step or 0]
        if phrase.one("this") and phrase.one("last"):
            direction = "past"
        if phrase.one("following", "that"):
            return phrase.reading("DATE", f"same:year/{season_word.value}", mod)
        return phrase.reading("DATE", f"season:{season_word.value}:{direction}", mod)
    if weekend:
        return phrase.reading("DATE", f"weekend:{step}", mod)
    if unit is None or unit.kind == CLASS_CHARACTERS["second"] or unit.value not in _UNIT_NAMES:
        return None
    name = _UNIT_NAMES[unit.value]
    if phrase.one("following"):
        return phrase.reading("DATE", f"same:{name}/+1{unit.value}", mod)
    if phrase.one("that"):
        return phrase.reading("DATE", f"same:{name}", mod)
    if phrase.one("prior") or "previous" in phrase.lower():
        return phrase.reading("DATE", f"same:{name}/-1{unit.value}", mod)
    if name == "day":
        return phrase.reading("DATE", f"day:{step}", mod) if step else None
    if name == "century" and step == 0:
        return phrase.reading("DATE", "century:0", mod)
    past = phrase.one("last")
    if past and past.text.lower() == "past" and name != "year":
        return phrase.reading("DURATION", duration(1, unit.value), about_of(phrase))
    if past and name == "decade":
        return phrase.reading("DURATION", "P10Y")
    return phrase.reading("DATE", f"{name}:{step}", mod)


def end_of(phrase: Phrase) -> Reading | None:
    unit, edge = phrase.one("unit", "quarter"), phrase.one("edge")
    if unit is None or edge is None or unit.value not in "DWMQY":
        return None
    if "of" not in phrase.lower().split() and (unit.value != "Y" or edge.value != "END"):
        return None
    name = _UNIT_NAMES[unit.value]
    if name == "day":
        return None
    return phrase.reading("DATE", f"{name}:0", edge.value)


def earlier_in(phrase: Phrase) -> Reading | None:
    unit = phrase.one("unit")
    assert unit is not None
    if unit.value not in "DWMY":
        return None
    name = _UNIT_NAMES[unit.value]
    if phrase.one("that"):
        return phrase.reading("DATE", f"same:{name}", edge_of(phrase))
    return phrase.reading("DATE", f"{name}:0", edge_of(phrase))


def season(phrase: Phrase) -> Reading | None:
    word = phrase.one("season", "fall")
    assert word is not None
    year, unit = year_of(phrase), phrase.one("unit")
    mod = edge_of(phrase)
    if phrase.one("number") and not year:
        return None
    if year:
        return phrase.reading("DATE", f"{year}-{word.value}", mod)
    if unit:
        return phrase.reading("DATE", f"year:{step_of(phrase)}/{word.value}", mod) if unit.value == "Y" else None
    return phrase.reading("DATE", f"season:{word.value}:?", mod, "season")


def century(phrase: Phrase) -> Reading | None:
    unit, number = phrase.one("unit"), phrase.one("ordinal", "ordinal-number", "second")
    assert unit is not None
    assert number is not None
    if unit.value != "C":
        return None
    return phrase.reading("DATE", f"{int(number.value) - 1:02d}", edge_of(phrase))


def _decade_value(word: str) -> str | None:
    digits = "".join(char for char in word if char.isdigit())
    if len(digits) == 4 and digits[3] == "0" and "1200" <= digits <= "2090":
        return f"{digits[:2]}XX"[:2] if digits[2:] == "00" and digits != "2000" else digits[:3]
    if len(digits) == 2 and digits[1] == "0" and word[0] in "'’":
        return f"{'20' if digits < '20' else '19'}{digits[0]}"
    return None


def decade(phrase: Phrase) -> Reading | None:
    word = phrase.one("decade-number")
    if word:
        value = _decade_value(word.text)
        if value is None and len(word.text) == 3 and word.text[1] == "0" and phrase.one("the"):
            value = f"19{word.text[0]}"
        return phrase.reading("DATE", value, edge_of(phrase)) if value else None
    spelled = phrase.one("decades")
    assert spelled is not None
    return phrase.reading("DATE", f"19{spelled.value}", edge_of(phrase))


_AGO_STEP = {"ago": -1, "earlier": -1, "later": 1, "from": 1}


def ago(phrase: Phrase) -> Reading | None:
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
        last = next(i for i in range(phrase.first, phrase.last + 1) if phrase.words[i].kind == CLASS_CHARACTERS["later"]) - 1
        return Reading(phrase.first, last, "DURATION", f"ref:{duration(count, code)}:after", mod)
    if word == "earlier" and code != "Y":
        return phrase.reading("DURATION", f"ref:{duration(count, code)}:before", mod)
    if count is None or code[0] == "T" or (word in ("earlier", "later") and code == "TM"):
        return phrase.reading(
            "DATE" if count is None else "DURATION", _REFS[step] if count is None else duration(count, code), mod
        )
    if code in "EC":
        count, code = count * (10 if code == "E" else 100), "Y"
    if code == "2W":
        count, code = count * 2, "W"
    if count != int(count):
        if code != "Y":
            return phrase.reading("DURATION", duration(count, code), mod)
        count, code = count * 12, "M"
    base = "then" if word in ("earlier", "later") else "shift"
    if word == "ago" and count == 1 and code == "Y" and mod is None:
        base = "year-ago"
    return phrase.reading("DATE", f"{base}:{int(step * count):+d}{code}", mod)


_REFS = {-1: "PAST_REF", 1: "FUTURE_REF"}


def halved(phrase: Phrase) -> Reading | None:
    unit = phrase.one("unit")
    assert unit is not None
    return phrase.reading("DURATION", duration(0.5, unit.value) if unit.value not in "DWM" else f"P0.5{unit.value}")


def amount(phrase: Phrase) -> Reading | None:
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
    numerals = phrase.all(*_NUMERALS, "half", "to", "or")
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


def fiscal_year(phrase: Phrase) -> Reading | None:
    year = phrase.one("year-number")
    assert year is not None
    return phrase.reading("DATE", year.text, edge_of(phrase))


def the_unit(phrase: Phrase) -> Reading | None:
    unit = phrase.one("unit", "weekend")
    assert unit is not None
    if unit.value == "WE":
        return phrase.reading("DATE", "weekend-of:?")
    if unit.value == "Y":
        following = phrase.after()
        if following and following.text.lower() in ("ended", "ending"):
            return phrase.reading("DURATION", "P1Y")
        return phrase.reading("DATE", "year:0")
    if unit.value == "W":
        return phrase.reading("DATE", "week:0")
    return None


def holiday(phrase: Phrase) -> Reading | None:
    word = phrase.one("holiday")
    assert word is not None
    found = holiday_at(phrase.text, word.start)
    if found is None:
        return None
    key, end = found
    direction = _direction(phrase)
    last = phrase.last
    while last + 1 < len(phrase.words) and phrase.words[last + 1].end <= end:
        last += 1
    tail = phrase.words[last + 1 : last + 3]
    if tail and tail[0].kind == CLASS_CHARACTERS["year-number"]:
        return Reading(phrase.first, last + 1, "DATE", f"holiday:{key}:{tail[0].text}")
    return Reading(phrase.first, last, "DATE", f"holiday:{key}:{direction}")


def year(phrase: Phrase) -> Reading | None:
    value = year_of(phrase)
    if value is None:
        return None
    mod = edge_of(phrase)
    if phrase.one("or"):
        mod = "ON_OR_AFTER"
    needs = "" if phrase.one("number") or phrase.one("unit") else "year"
    return phrase.reading("DATE", value, mod, needs)


def set_(phrase: Phrase) -> Reading | None:
    word = phrase.words[phrase.first]
    if word.text.lower() in ("annual", "quarterly"):
        return None
    return phrase.reading("SET", word.value, None, "modifier")


def now(phrase: Phrase) -> Reading | None:
    return phrase.reading("DATE", "PRESENT_REF")


def past(phrase: Phrase) -> Reading | None:
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
    if phrase.one("term") and not phrase.one("near"):
        return None
    if phrase.one("near") and phrase.one("near").value == "long":  # type: ignore[union-attr]
        return None
    following = phrase.after()
    if following is not None and (following.kind in (CLASS_CHARACTERS["of"], "'")):
        return None
    return phrase.reading("DATE", "FUTURE_REF", None, "noun")


READINGS: dict[str, Callable[[Phrase], Reading | None]] = {
    function.__name__.rstrip("_"): function
    for function in (
        iso, numeric, clock, date, month, relative_month, shifted_day, weekdays, every, week_of, weekday, today, daypart,
        tonight, half, quarter, like_period, same_period, amount_in, recent, these_days, relative, end_of, earlier_in,
        season, century, decade, ago, halved, amount, vague, fiscal_year, the_unit, holiday, year, set_, now, past, future,
    )
}  # fmt: skip

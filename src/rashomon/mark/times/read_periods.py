"""What weeks, months, quarters, seasons, years and centuries mean (see ``readings``)."""

from rashomon.mark.times.lexicon import CLASS_CHARACTERS
from rashomon.mark.times.phrase import (
    UNIT_NAMES,
    Phrase,
    Reading,
    about_of,
    duration,
    edge_of,
    step_of,
    year_of,
)


def _yearish(phrase: Phrase) -> str | None:
    """The year that a quarter or half belongs to, as an expression; None where the words name none."""
    year = phrase.one("year-number")
    if year:
        return year.text
    owner = phrase.one("decade-number")  # "2020's first quarter"
    if owner and len(owner.text) == 6:
        return owner.text[:4]
    unit = phrase.one("unit")
    if unit is None or unit.value != "Y":
        return None
    if phrase.one("ago", "earlier"):
        return "year:-1"
    return f"year:{step_of(phrase) or 0}"


def half(phrase: Phrase) -> Reading | None:
    """ "the second half of 2019"."""
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
    """ "the fiscal third quarter of 2019", "third-quarter"."""
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


def numbered(phrase: Phrase) -> Reading | None:
    """ "Q3 2020", "FY2021 Q1", "H1 2019", "2Q"."""
    letter, number, year = phrase.one("letter"), phrase.one("day-number"), phrase.one("year-number")
    assert letter is not None
    assert number is not None
    start, end = min(letter.start, number.start), max(letter.end, number.end)
    around = phrase.text[max(start - 1, 0) : start] + phrase.text[end : end + 1]
    if end - start != 2 or number.text > ("4" if letter.value == "Q" else "2") or any(map(str.isalnum, around)):
        return None  # "Q 3", "H1N1"
    if letter.value == "H" and year is None:
        return None
    part = f"{letter.value}{number.text}"
    if year:
        return phrase.reading("DATE", f"{year.text}-{part}")
    return Reading(phrase.first, phrase.first + 1, "DATE", f"quarter-of:{number.text}:?", None, "bare")


def like_period(phrase: Phrase) -> Reading | None:
    """ "the year-ago period", "the 1988 quarter"."""
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
    """ "the quarter", "the latest period"."""
    if phrase.one("current") or phrase.one("this"):
        return phrase.reading("DATE", "quarter:0")
    return phrase.reading("DATE", "same:quarter")


def relative(phrase: Phrase) -> Reading | None:
    """ "last week", "this coming fall", "the following year"."""
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
    if unit is None or unit.kind == CLASS_CHARACTERS["second"] or unit.value not in UNIT_NAMES:
        return None
    name = UNIT_NAMES[unit.value]
    if phrase.one("following"):
        return phrase.reading("DATE", f"same:{name}/+1{unit.value}", mod)
    if phrase.one("that"):
        return phrase.reading("DATE", f"same:{name}", mod)
    if phrase.one("prior") or "previous" in phrase.lower():
        return phrase.reading("DATE", f"same:{name}/-1{unit.value}", mod)
    if name == "day":
        if phrase.one("next") and phrase.one("the"):
            return phrase.reading("DATE", "same:day/+1D", mod)
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
    """ "the end of the month", "year-end"."""
    unit, edge = phrase.one("unit", "quarter"), phrase.one("edge")
    if unit is None or edge is None or unit.value not in "DWMQY":
        return None
    if "of" not in phrase.lower().split() and (unit.value != "Y" or edge.value != "END"):
        return None
    name = UNIT_NAMES[unit.value]
    if name == "day":
        return None
    return phrase.reading("DATE", f"{name}:0", edge.value)


def earlier_in(phrase: Phrase) -> Reading | None:
    """ "earlier in the year"."""
    unit = phrase.one("unit")
    assert unit is not None
    if unit.value not in "DWMY":
        return None
    name = UNIT_NAMES[unit.value]
    if phrase.one("that"):
        return phrase.reading("DATE", f"same:{name}", edge_of(phrase))
    return phrase.reading("DATE", f"{name}:0", edge_of(phrase))


def season(phrase: Phrase) -> Reading | None:
    """ "the winter of 1994", "summer"."""
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
    """ "the early 20th century"."""
    unit, number = phrase.one("unit"), phrase.one("ordinal", "ordinal-number", "second")
    assert unit is not None
    assert number is not None
    if unit.value != "C":
        return None
    return phrase.reading("DATE", f"{int(number.value) - 1:02d}", edge_of(phrase))


def _before_christ(phrase: Phrase) -> bool | None:
    """Whether the era named is the one before ours; None where the word is no era ("1999 BC Hydro", "an Ad 79")."""
    word = phrase.one("bc", "ad", "christ")
    if word is None:  # named behind the next number
        rest = phrase.words[phrase.last + 1 : phrase.last + 9]
        word = next(word for word in rest if word.kind in _ERAS)
    if word.kind != CLASS_CHARACTERS["christ"] and not word.text.replace(".", "").replace(" ", "").isupper():
        return None
    return word.kind != CLASS_CHARACTERS["ad"] and "after" not in phrase.lower()


_ERAS = frozenset(CLASS_CHARACTERS[kind] for kind in ("bc", "ad", "christ"))


def era_year(phrase: Phrase) -> Reading | None:
    """ "44 BC", "AD 79": the latter's name of the era is no part of it."""
    number = phrase.one("day-number", "integer", "year-number", "decimal")
    before, following = _before_christ(phrase), phrase.after()
    assert number is not None
    digits = number.text.replace(",", "")
    if before is None or not digits.isdigit() or not 1 <= int(digits) <= 9999:
        return None
    first_era = phrase.words[phrase.first].kind == CLASS_CHARACTERS["ad"]
    if not first_era and following and following.text[0].isupper() and "1700" < digits.zfill(4) < "2100":
        return None  # "in 1999 BC Hydro was sold"
    if not before and (int(digits) > 2100 or (following and following.text == "%")):
        return None
    first = phrase.first + 1 if first_era else phrase.first
    return Reading(first, phrase.last, "DATE", f"{'BC' if before else ''}{int(digits):04d}", about_of(phrase))


def era_century(phrase: Phrase) -> Reading | None:
    """ "the 5th century BC", "the third millennium B.C.", "the 600s BC"."""
    before, decade_word = _before_christ(phrase), phrase.one("decade-number")
    if before is None:
        return None
    era = "BC" if before else ""
    if decade_word:
        digits = "".join(char for char in decade_word.text if char.isdigit())
        value = digits[:-2].zfill(2) if digits.endswith("00") else digits[:-1].zfill(3)
        return phrase.reading("DATE", f"{era}{value}", edge_of(phrase))
    number = phrase.one("ordinal", "ordinal-number", "second")
    units = (word for word in phrase.words[phrase.first : phrase.last + 8] if word.value in ("C", "L"))
    unit = next(units, None)
    if number is None or unit is None:
        return None
    value = f"{int(number.value) - 1:02d}" if unit.value == "C" else f"{int(number.value) - 1}"
    return phrase.reading("DATE", f"{era}{value}", edge_of(phrase)) if unit.value == "C" or era else None


def _decade_value(word: str) -> str | None:
    digits = "".join(char for char in word if char.isdigit())
    if len(digits) == 4 and digits[3] == "0" and "1200" <= digits <= "2090":
        return f"{digits[:2]}XX"[:2] if digits[2:] == "00" and digits != "2000" else digits[:3]
    if len(digits) == 2 and digits[1] == "0" and word[0] in "'’":
        return f"{'20' if digits < '20' else '19'}{digits[0]}"
    return None


def decade(phrase: Phrase) -> Reading | None:
    """ "the late 1980s", "the nineties"."""
    word = phrase.one("decade-number")
    if word:
        value = _decade_value(word.text)
        if value is None and len(word.text) == 3 and word.text[1] == "0" and phrase.one("the"):
            value = f"19{word.text[0]}"
        return phrase.reading("DATE", value, edge_of(phrase)) if value else None
    spelled = phrase.one("decades")
    assert spelled is not None
    return phrase.reading("DATE", f"19{spelled.value}", edge_of(phrase))


def fiscal_year(phrase: Phrase) -> Reading | None:
    """ "fiscal 1989"."""
    year = phrase.one("year-number")
    assert year is not None
    return phrase.reading("DATE", year.text, edge_of(phrase))


def the_unit(phrase: Phrase) -> Reading | None:
    """ "the year", "the weekend"."""
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


def year(phrase: Phrase) -> Reading | None:
    """ "mid-1996", "nineteen ninety-one"."""
    value = year_of(phrase)
    if value is None:
        return None
    mod = edge_of(phrase)
    if phrase.one("or", "and"):
        mod = "ON_OR_BEFORE" if phrase.one("earlier", "before") else "ON_OR_AFTER"
    needs = "" if phrase.one("number") or phrase.one("unit") else "year"
    return phrase.reading("DATE", value, mod, needs)

"""The words of one candidate: what they count, where they point, how they round."""

from dataclasses import dataclass

from rashomon.mark.times.lexicon import CLASS_CHARACTERS, Word, Words
from rashomon.model.marks import TimexType


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading; ``first`` and ``last`` number words, ``last`` included; ``needs`` names a check of the parse."""

    first: int
    last: int
    type: TimexType
    expr: str
    mod: str | None = None
    needs: str = ""


NUMERALS = ("day-number", "integer", "year-number", "decimal", "number", "hundred", "few", "fraction")


# "A thousand thousand thousand years": what is larger is no time.
LARGEST = 1e9
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class Phrase:
    """The words of one match, asked by class."""

    def __init__(self, words: Words, first: int, last: int, text: str) -> None:
        self.words, self.first, self.last, self.text = words, first, last, text
        self.row = words.row[first : last + 1]

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


def count_of(words: list[Word]) -> float | None:
    """The number that the words say; None when it is vague ("several").

    >>> from rashomon.mark.times.lexicon import read_words
    >>> count_of(read_words("two and a half")[0][:]), count_of(read_words("twenty-six")[0][:])
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
    return min(total or 1.0, LARGEST)


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


def edge_of(phrase: Phrase) -> str | None:
    """START, MID or END for "early", "the middle of" and the like.

    "Earlier this month" gives none: it is before the day of writing, not at the month's start.
    """
    word = phrase.one("early", "late", "edge", "ends")
    return word.value if word else None


def about_of(phrase: Phrase) -> str | None:
    """The modifier of a quantity: APPROX, LESS_THAN, EQUAL_OR_MORE…"""
    for word in phrase.all("about", "nearly", "over", "more", "less", "least", "most", "up", "within", "so"):
        return word.value
    return None


def year_of(phrase: Phrase) -> str | None:
    """The year that the phrase names, in digits or words."""
    word = phrase.one("year-number")
    if word:
        return word.text
    numbers = phrase.all("number", "hundred")
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


def direction_of(phrase: Phrase) -> str:
    """The direction that the words give ("last", "next", "this"), or ``?`` where the sentence decides."""
    if phrase.one("this") and phrase.one("coming"):
        return "after"
    word = phrase.one("last", "prior", "next", "coming", "following")
    if word:
        return "before" if word.value == "-1" else "after"
    return "this" if phrase.one("this") else "?"


def month_day(month: int, day: int, year: str | None) -> str:
    """The normal form of a day of a month."""
    return f"{year}-{month:02d}-{day:02d}" if year else f"month-day:{month:02d}-{day:02d}:?"


UNIT_NAMES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}

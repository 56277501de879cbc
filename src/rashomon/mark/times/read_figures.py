"""What days written in figures and marks mean: "7/8/07", "21.03.2019", "19-Nov-12" (see ``readings``)."""

from rashomon.mark.times.lexicon import CLASS_CHARACTERS, Word
from rashomon.mark.times.phrase import Phrase, Reading


def numeric(phrase: Phrase) -> Reading | None:
    """ "7/8/07": month first, as the American press writes, unless it cannot be."""
    words = phrase.words[phrase.first : phrase.last + 1]
    if not _tight(words):
        return None
    if words[0].kind == CLASS_CHARACTERS["year-number"]:  # "2012/11/19"
        month, day = int(words[2].text), int(words[4].text)
        return phrase.reading("DATE", f"{words[0].text}-{month:02d}-{day:02d}") if month <= 12 else None
    first, second, year = int(words[0].text), int(words[2].text), words[4].text
    if len(year) not in (2, 4):
        return None
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    # With hyphens few write the month first.
    month, day = (first, second) if first <= 12 and (words[1].text == "/" or second > 12) else (second, first)
    if month > 12:
        return None
    return phrase.reading("DATE", f"{number:04d}-{month:02d}-{day:02d}")


def _tight(words: list[Word]) -> bool:
    """Whether no white space stands between the words."""
    return words[-1].end - words[0].start == sum(len(word.text) for word in words)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 50 else 1900)


# What stands before a day written "09.08.21", which may be the number of a version or a paragraph otherwise.
_BEFORE_DAYS = frozenset(("on", "of", "dated", "since", "until", "from", "by", "born", "died", "the", "("))


def dotted(phrase: Phrase) -> Reading | None:
    """ "7.11.1962", "21.03.2019": the day first, as all write who write dots."""
    words = phrase.words[phrase.first : phrase.last + 1]
    day, _, month = words[0].text.partition(".")
    around = phrase.text[max(words[0].start - 1, 0) : words[0].start] + phrase.text[words[-1].end : words[-1].end + 1]
    tail = phrase.text[words[-1].end : words[-1].end + 2]
    if not _tight(words) or "," in day or not 1 <= len(day) <= 2 or len(month) > 2 or tail[1:].isdigit():
        return None
    if any(char.isalnum() or char in "-/" for char in around):
        return None
    year, before = words[2].text, phrase.before()
    if len(year) != 4 and not (
        len(year) == len(day) == len(month) == 2 and before and before.text.lower() in _BEFORE_DAYS
    ):
        return None
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        return None
    return phrase.reading("DATE", f"{_full_year(year):04d}-{int(month):02d}-{int(day):02d}")


def spelled(phrase: Phrase) -> Reading | None:
    """ "19-Nov-12", "3-March-2014", "19/Nov/2012"."""
    words = phrase.words[phrase.first : phrase.last + 1]
    month, number, year = (
        phrase.one("month", "may", "month-short"),
        phrase.one("day-number", "ordinal-number"),
        words[4],
    )
    assert month is not None
    assert number is not None
    if not _tight(words) or words[1].kind != words[3].kind or len(year.text) not in (2, 4):
        return None
    if not 1 <= int(number.value) <= 31:
        return None
    return phrase.reading("DATE", f"{_full_year(year.text):04d}-{int(month.value):02d}-{int(number.value):02d}")

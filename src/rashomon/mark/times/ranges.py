"""Times that lean on the one just before them: the second day of a range, the weekday that a date was."""

import functools
import re
from dataclasses import replace

from rashomon.mark.times.grammar import expand
from rashomon.mark.times.lexicon import Words
from rashomon.mark.tree import Tree
from rashomon.model.marks import Timex
from rashomon.model.spans import Span

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH_DAY = re.compile(r"month-day:(\d{2})-(\d{2}):(\w+)")
# What stands between a date and the weekday that it was: "on July 12, a Saturday", "July 12 (Saturday)".
_BETWEEN = re.compile(r"\s?(?:,|\(|--|[–—])\s?(?:(?:it|that|which) (?:was|is|will be) )?(?:an? )?")
_TO = re.compile(r"\s(?:to|through|until|till)\s|\s?[-–]\s?")


def beside(expr: str, previous: Timex, start: int, stop: int, text: str) -> str:
    """The normal form of the weekday at ``text[start:stop]``, given the time before it.

    It is that time's own ("July 12, a Saturday"), the first such day after it ("from Monday to Friday"), or ``expr``.
    """
    base, plus, clock = expr.partition("+")
    if "/" in base:
        return expr
    dated = previous.expr.startswith("month-day:") or _DAY.fullmatch(previous.expr)
    if dated and _BETWEEN.fullmatch(text, previous.span.end, start) and text[stop : stop + 2] not in ("'s", "’s"):
        return f"{base[:10]}named{plus}{clock}"
    if previous.expr.startswith("weekday:") and _TO.fullmatch(text, previous.span.end, start):
        return f"then-{base[:10]}after{plus}{clock}"
    return expr


def same_week(previous: Timex, expr: str, start: int, text: str) -> Timex:
    """ "Monday" in "from Monday to Friday last week", given what follows it: of that week too."""
    week = re.match(r"week:-?\d+/", expr)
    if week and previous.expr.startswith("weekday:") and _TO.fullmatch(text, previous.span.end, start):
        return replace(previous, expr=f"{week[0]}{previous.expr[8]}")
    return previous


@functools.cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        expand(
            r"(?:<and|to|or>|-)(<day-number|ordinal-number>)(?:,?(<year-number>))?"
            r"(?![-/:.,]?<day-number|integer|decimal|number>|<ampm|unit|units|month|may|month-short|of|fraction>)"
        )
    )


def add_last_day(found: list[Timex], words: Words, at: int, tree: Tree) -> int:
    """Add the second day of "April 24 and 25" behind the first, the last of ``found``.

    Args:
        found: the times so far; a year behind the second day is the first one's too.
        words: the words of the text.
        at: the number of the word after the first day.
        tree: the parse, which tells "April 24 and 25" from "April 24 and 25 people".

    Returns:
        The number of the word to go on from.
    """
    match = _tail().match(words.row, at)
    first = found[-1]
    day = _MONTH_DAY.match(first.expr)
    if match is None or day is None:
        return at
    word = words[match.start(1)]
    number = int(word.value)
    place = tree.at(word.start)
    counts = place + 1 < len(tree) and tree.pos[place + 1] in ("NOUN", "PROPN", "ADJ", "NUM", "SYM")
    if not int(day[2]) < number <= 31 or (match[2] is None and counts):
        return at
    year = words[match.start(2)] if match[2] else None
    if year:
        found[-1] = replace(first, expr=f"{year.text}-{day[1]}-{day[2]}")
        expr = f"{year.text}-{day[1]}-{number:02d}"
    else:
        expr = f"month-day:{day[1]}-{number:02d}:{day[3]}"
    span = Span(first.span.article_id, word.start, (year or word).end)
    found.append(Timex(span, "DATE", "", None, expr))
    return match.end()

"""How the report phrases things: plain words, honest denominators, and no claim to know what is so."""

import re
from collections.abc import Sequence

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Replaced one for one, so that offsets into the shown text stay offsets into the article.
_BLANK = re.compile(r"[\r\x0b\x0c\x85]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEFT_OVER = re.compile(r"^[\s,;:–—-]*(?:that\s+(?=\w))?|[\s,;:–—-]+$")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""``text`` without what a page or a terminal cannot show, of the same length in code points.

    >>> clean("a\x00b\rc")
    'a\ufffdb c'
    """
    return _UNPRINTABLE.sub("\ufffd", _BLANK.sub(" ", text))


def one_line(text: str) -> str:
    """``text`` on one line, for a terminal: no control characters, nothing that turns the writing round.

    >>> one_line(" two\\n  lines ")
    'two lines'
    """
    return _DIRECTIONS.sub("", clean(_SPACES.sub(" ", text))).strip()


def plain(text: str) -> str:
    """A clause as a line of its own: without the "that" it hung on, or a dash or comma left over at either end.

    >>> plain("that the crew did nothing wrong,")
    'the crew did nothing wrong'
    """
    return _LEFT_OVER.sub("", text) or text


def shorten(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word with an ellipsis when it is longer than ``limit`` characters.

    >>> shorten("one two three", 9)
    'one two…'
    """
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:–—-") + "…"


def in_words(number: int) -> str:
    """Small numbers as a newspaper prints them.

    >>> in_words(5), in_words(40)
    ('five', '40')
    """
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "outlet"), counted(3, "outlet")
    ('one outlet', 'three outlets')
    """
    return f"{in_words(number)} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], limit: int = 4) -> str:
    """Names in a row; what is past ``limit`` is counted, not named.

    >>> listed(["A", "B", "C"]), listed(list("ABCDEF"), limit=3)
    ('A, B and C', 'A, B, C and three more')
    """
    if len(items) > limit:
        return ", ".join(items[:limit]) + f" and {in_words(len(items) - limit)} more"
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def short_outlet(name: str) -> str:
    """An outlet's name without its article, for narrow places.

    >>> short_outlet("The Calder Standard")
    'Calder Standard'
    """
    return name[4:] if name[:4].lower() == "the " and len(name) > 4 else name


def reach(outlets: int, of: int, origins: int, *, in_part: int = 0) -> str:
    """Who carries a line, over how many were read, and how many independent origins stand behind it.

    >>> reach(3, 5, 2)
    'reported by 3 of 5 outlets read · 2 independent origins'
    >>> reach(3, 5, 1)
    'reported by 3 of 5 outlets read · 1 origin'
    >>> reach(1, 5, 1, in_part=2)
    'reported by 1 of 5 outlets read, in part by 2 more · 1 origin'
    """
    behind = "1 origin" if origins == 1 else f"{origins} independent origins"
    more = f", in part by {in_part} more" if in_part > 0 else ""
    return f"reported by {outlets} of {of} outlets read{more} · {behind}"


def one_of(outlets: int) -> str:
    """The honest denominator of a line that one outlet alone carries.

    >>> one_of(5)
    'one of the five outlets read'
    """
    return "the only outlet read" if outlets == 1 else f"one of the {in_words(outlets)} outlets read"

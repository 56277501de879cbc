"""Quantities with unit and modifier: "at least 12 people", "$3.5 billion", "nearly half"."""

import re

from spacy.tokens import Token

from rashomon.model.marks import Number
from rashomon.model.spans import Span

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    w: 10 * i
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SMALL = {**{w: i for i, w in enumerate(_ONES)}, **_TENS, "half": 0.5, "quarter": 0.25, "dozen": 12, "dozens": 24}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "bn": 1e9,
    "m": 1e6,
    "k": 1e3,
}
_CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# What may stand before a number and change it; the longest first.
_MODIFIERS = (
    "at least", "at most", "more than", "less than", "fewer than", "as many as", "as much as", "up to", "no more than",
    "no fewer than", "no less than", "close to", "some", "about", "around", "approximately", "roughly", "nearly",
    "almost", "over", "under", "only", "just", "another", "exactly", "an estimated", "estimated", "almost",
)  # fmt: skip
_NOT_A_UNIT = frozenset({"year-old", "number", "page", "phase", "chapter", "article"})


def parse_number(words: str) -> float | None:
    """The value of a cardinal in digits or words, None where it is none.

    >>> parse_number("3.5 billion"), parse_number("twenty-one"), parse_number("1,200"), parse_number("the")
    (3500000000.0, 21.0, 1200.0, None)
    """
    total, current, seen = 0.0, 0.0, False
    for piece in re.split(r"[\s-]+", words.lower().strip()):
        if _DIGITS.fullmatch(piece):
            current += float(piece.replace(",", ""))
        elif piece in _SMALL:
            current += _SMALL[piece]
        elif piece in _SCALES:
            current = (current or 1.0) * _SCALES[piece]
            if _SCALES[piece] >= 1e3:
                total, current = total + current, 0.0
        elif piece == "and" and seen:
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def find_numbers(tokens: list[Token], article_id: str, taken: list[Span]) -> tuple[Number, ...]:
    """The quantities among ``tokens`` (one clause, in order), apart from those inside ``taken`` (time expressions)."""
    found = []
    position = 0
    while position < len(tokens):
        run = _run(tokens, position)
        if not run:
            position += 1
            continue
        position += len(run)
        number = _number(run, article_id)
        if number and not any(number.span.overlaps(t) for t in taken):
            found.append(number)
    return tuple(found)


def _run(tokens: list[Token], start: int) -> list[Token]:
    run: list[Token] = []
    for token in tokens[start:]:
        if run and token.i != run[-1].i + 1:
            break
        if (token.like_num and token.ent_type_ != "ORDINAL" and token.tag_ == "CD") or (
            run and token.lower_ in {"million", "billion", "trillion", "thousand", "hundred", "dozen"}
        ):
            run.append(token)
        else:
            break
    return run


def _number(run: list[Token], article_id: str) -> Number | None:
    first, last = run[0], run[-1]
    doc = first.doc
    value = parse_number(doc[first.i : last.i + 1].text)
    if value is None:
        return None
    before = doc[first.i - 1] if first.i else None
    start = first.idx
    unit = ""
    if before is not None and before.text in _CURRENCIES:
        unit, start = _CURRENCIES[before.text], before.idx
    head = last.head if last.dep_ == "nummod" and last.head.i > last.i else None
    end = last.idx + len(last)
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if not unit and after is not None and after.lower_ in {"%", "percent"}:
        unit, end = "percent", after.idx + len(after)
    elif not unit and after is not None and after.lower_ == "per" and doc[last.i + 2 : last.i + 3].text == "cent":
        unit, end = "percent", doc[last.i + 2].idx + 4
    elif not unit and head is not None and head.pos_ in {"NOUN", "PROPN"} and head.i - last.i <= 4:
        unit, end = head.lemma_.lower(), head.idx + len(head)
    if unit in _NOT_A_UNIT:
        return None
    whole = _whole(last)
    if not unit and whole is not None:
        unit = whole.head.lemma_.lower()
    lead = doc.text[max(0, start - 16) : start].lower().rstrip()
    if _is_whole(first):
        return Number(Span(article_id, start, end), value, unit, "out of")
    modifier = next((m for m in _MODIFIERS if lead == m or lead.endswith(" " + m)), None)
    return Number(Span(article_id, start, end), value, unit, modifier)


def _whole(number: Token) -> Token | None:
    """The 212 in "fourteen of the 212 people", seen from the fourteen."""
    for link in number.children:
        if link.dep_ == "prep" and link.lower_ == "of":
            for noun in link.children:
                if noun.dep_ == "pobj":
                    return next((c for c in noun.children if c.dep_ == "nummod"), None)
    return None


def _is_whole(number: Token) -> bool:
    """Whether a number is what another one is a part of."""
    noun = number.head
    return number.dep_ == "nummod" and noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.tag_ == "CD"

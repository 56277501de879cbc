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
_SMALL = {**{w: i for i, w in enumerate(_ONES)}, **_TENS, "half": 0.5, "quarter": 0.25}
_SCALES = {
    "dozen": 12.0,
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
_MONEY = {"dollar": "USD", "euro": "EUR", "yen": "JPY"}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALED = re.compile(rf"({_DIGITS.pattern})(bn|mn|m|k)")
_SHORT_SCALE = re.compile(r"(?<![bm])[mk]$")
_AGE = re.compile(r"-(year|month|week|day)s?-olds?\b")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_TOPS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
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
        elif scaled := _SCALED.fullmatch(piece):
            current += float(scaled[1].replace(",", "")) * _SCALES[scaled[2]]
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
    found = [share for at in range(len(tokens)) if (share := _share(tokens, at, article_id))]
    taken = [*taken, *(share.span for share in found)]
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
    return tuple(sorted(found, key=lambda n: n.span))


def _share(tokens: list[Token], at: int, article_id: str) -> Number | None:
    """A share in words, in percent and round: "nearly half of the ships", "two-thirds of its crew", "by a third"."""
    part = tokens[at]
    below = _PARTS.get(part.lower_.removesuffix("s"))
    if below is None or part.pos_ == "VERB":
        return None
    doc, first = part.doc, part.i
    if first and doc[first - 1].text == "-":
        first -= 1
    top = _TOPS.get(doc[first - 1].lower_) if first else None
    if top is None and below != 2:
        return None  # "the third of the ships"
    first = part.i if top is None else first - 1
    follows = doc[part.i + 1].lower_ if part.i + 1 < len(doc) else ""
    whole = follows == "of" or (below == 2 and follows in {"the", "its", "their", "his", "her"})
    if not whole and not (first and doc[first - 1].lower_ == "by"):
        return None
    start = doc[first].idx
    span = Span(article_id, start, part.idx + len(part))
    return Number(span, round(100 * (top or 1) / below, 2), "percent", _modifier(doc.text, start) or "about")


def _modifier(text: str, start: int) -> str | None:
    lead = text[max(0, start - 16) : start].lower().rstrip()
    return next((m for m in _MODIFIERS if lead == m or lead.endswith(" " + m)), None)


def _run(tokens: list[Token], start: int) -> list[Token]:
    run: list[Token] = []
    for token in tokens[start:]:
        if run and token.i != run[-1].i + 1:
            break
        counts = token.like_num and token.ent_type_ != "ORDINAL" and token.tag_ == "CD"
        if run and token.text == "-" and run[-1].lower_ in _TENS and not token.whitespace_:
            run.append(token)  # "twenty-one"
        elif counts or _SCALED.fullmatch(token.lower_) or (run and token.lower_ in _SCALES):
            run.append(token)
        else:
            break
    return run[:-1] if run and run[-1].text == "-" else run


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
    elif _SHORT_SCALE.search(last.lower_):
        return None  # "400m" are metres where no currency stands before them
    head = last.head if last.dep_ == "nummod" and last.head.i > last.i else None
    end = last.idx + len(last)
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if not unit and after is not None and after.lower_ in {"%", "percent"}:
        unit, end = "percent", after.idx + len(after)
    elif not unit and after is not None and after.lower_ == "per" and doc[last.i + 2 : last.i + 3].text == "cent":
        unit, end = "percent", doc[last.i + 2].idx + 4
    elif not unit and (age := _AGE.match(doc.text, end)):
        unit, end = f"{age[1]}s old", age.end()
    elif not unit and after is not None and after.lower_.removesuffix("s") in _MONEY:
        unit, end = _MONEY[after.lower_.removesuffix("s")], after.idx + len(after)
    elif not unit and head is not None and head.pos_ in {"NOUN", "PROPN"} and head.i - last.i <= 4:
        unit, end = head.lemma_.lower(), head.idx + len(head)
    if unit in _NOT_A_UNIT:
        return None
    whole = _whole(last)
    if not unit and whole is not None:
        unit = whole.head.lemma_.lower()
    if _is_whole(first):
        return Number(Span(article_id, start, end), value, unit, "out of")
    modifier = _modifier(doc.text, start) or _bound(first, last)
    return Number(Span(article_id, start, end), value, unit, modifier)


def _bound(first: Token, last: Token) -> str | None:
    """The ends of "between 20 and 30 fishermen" are bounds, no counts of their own."""
    doc = first.doc
    after = doc[last.i + 1 : last.i + 3]
    if first.i and doc[first.i - 1].lower_ == "between" and len(after) == 2 and after[0].lower_ == "and":
        return "at least" if after[1].tag_ == "CD" else None
    before = doc[max(0, first.i - 6) : first.i]
    if len(before) > 2 and before[-1].lower_ == "and" and before[-2].tag_ == "CD":
        return "up to" if any(t.lower_ == "between" for t in before) else None
    return None


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

"""Quantities with unit and modifier: "at least 12 people", "$3.5 billion", "nearly half"."""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.mark.claims.words import numerals, table, word_list
from rashomon.mark.tree import Tree
from rashomon.model.marks import Number
from rashomon.model.spans import Span

_SMALL = {**numerals()["small"], **numerals()["tens"], **numerals()["half"]}
_TENS = numerals()["tens"]
_SCALES = numerals()["scale"]
_PARTS = {word + ending: value for word, value in numerals()["part"].items() for ending in ("", "s")}
_TOPS = numerals()["top"]
_CURRENCIES = table("currencies")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALED = re.compile(rf"({_DIGITS.pattern})(bn|mn|m|k)")
_SHORT_SCALE = re.compile(r"(?<![bm])[mk]$")
_AGE = re.compile(r"-(year|month|week|day)s?-olds?\b")
# The longest first: "no more than" is not "more than".
_MODIFIERS = sorted(word_list("number_modifiers"), key=lambda m: (-len(m), m))
_LONGEST_MODIFIER = len(_MODIFIERS[0]) + 2


class Count(NamedTuple):
    """A quantity and the tokens that its figure is made of, half-open."""

    begin: int
    stop: int
    number: Number


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


def find_numbers(tree: Tree, text: str, article_id: str, taken: Sequence[Span]) -> list[Count]:
    """The quantities of ``text`` in order, apart from those inside ``taken`` (its time expressions, in order)."""
    found: list[Count] = []
    blocked = [(span.start, span.end) for span in taken]
    shares = [place for place, word in enumerate(tree.lower) if word in _PARTS]
    for place in shares:
        share = _share(tree, text, place, article_id)
        if share:
            found.append(share)
            blocked.append((share.number.span.start, share.number.span.end))
    blocked.sort()
    past, at = 0, 0
    for place, (tag, word) in enumerate(zip(tree.tag, tree.lower, strict=True)):
        if place < past or not (tag == "CD" or word[0].isdigit()):
            continue
        stop = _run(tree, place)
        if stop == place:
            continue
        past = stop
        number = _number(tree, text, place, stop - 1, article_id)
        if number is None:
            continue
        while at < len(blocked) and blocked[at][1] <= number.span.start:
            at += 1
        if at == len(blocked) or blocked[at][0] >= number.span.end:
            found.append(Count(place, stop, number))
    return sorted(found, key=lambda count: count.number.span)


def _share(tree: Tree, text: str, part: int, article_id: str) -> Count | None:
    """A share in words, in percent and round: "nearly half of the ships", "two-thirds of its crew", "by a third"."""
    below = _PARTS[tree.lower[part]]
    if tree.pos[part] == "VERB":
        return None
    first = part
    if first and tree.text[first - 1] == "-":
        first -= 1
    top = _TOPS.get(tree.lower[first - 1]) if first else None
    if top is None and below != 2:
        return None  # "the third of the ships"
    first = part if top is None else first - 1
    follows = tree.lower[part + 1] if part + 1 < len(tree) else ""
    whole = follows == "of" or (below == 2 and follows in {"the", "its", "their", "his", "her"})
    if not whole and not (first and tree.lower[first - 1] == "by"):
        return None
    span = Span(article_id, tree.start[first], tree.end[part])
    modifier = _modifier(text, span.start) or "about"
    return Count(part, part + 1, Number(span, round(100 * (top or 1) / below, 2), "percent", modifier))


def _modifier(text: str, start: int) -> str | None:
    lead = " " + text[max(0, start - _LONGEST_MODIFIER) : start].lower().rstrip()
    return next((m for m in _MODIFIERS if lead.endswith(" " + m)), None)


def _run(tree: Tree, start: int) -> int:
    """Where the words of one figure that begins at ``start`` end; ``start`` itself where none begins."""
    at = start
    while at < len(tree):
        word = tree.lower[at]
        counts = tree.tag[at] == "CD" and tree.ent[at] != "ORDINAL" and _like_number(word)
        if at > start and word == "-" and tree.lower[at - 1] in _TENS and tree.end[at] == tree.start[at + 1]:
            pass  # "twenty-one"
        elif not (counts or _SCALED.fullmatch(word) or (at > start and word in _SCALES)):
            break
        at += 1
    return at - 1 if at > start and tree.text[at - 1] == "-" else at


@functools.lru_cache(maxsize=4096)
def _like_number(word: str) -> bool:
    return parse_number(word) is not None


def _number(tree: Tree, text: str, first: int, last: int, article_id: str) -> Number | None:
    value = parse_number(text[tree.start[first] : tree.end[last]])
    if value is None or (value == 1 and text[tree.end[last] : tree.end[last] + 1] == "-"):
        return None  # the second: "a one-party state"
    lower, head = tree.lower, tree.head[last]
    before = tree.text[first - 1] if first else ""
    after = lower[last + 1] if last + 1 < len(tree) else ""
    start, end, unit = tree.start[first], tree.end[last], ""
    if before in _CURRENCIES:
        unit, start = _CURRENCIES[before], tree.start[first - 1]
    elif _SHORT_SCALE.search(lower[last]):
        return None  # "400m" are metres where no currency stands before them
    elif after in {"%", "percent"}:
        unit, end = "percent", tree.end[last + 1]
    elif after == "per" and lower[last + 2 : last + 3] == ["cent"]:
        unit, end = "percent", tree.end[last + 2]
    elif age := _AGE.match(text, end):
        unit, end = f"{age[1]}s old", age.end()
    elif after.removesuffix("s") in _CURRENCIES:
        unit, end = _CURRENCIES[after.removesuffix("s")], tree.end[last + 1]
    elif tree.dep[last] == "nummod" and last < head <= last + 4 and tree.pos[head] in {"NOUN", "PROPN"}:
        unit, end = tree.lemma[head].lower(), tree.end[head]
    if unit in word_list("no_units"):
        return None
    whole = _whole(tree, last)
    if not unit and whole is not None:
        unit = tree.lemma[tree.head[whole]].lower()
    if _is_whole(tree, first):
        return Number(Span(article_id, start, end), value, unit, "out of")
    modifier = _modifier(text, start) or _bound(tree, first, last)
    return Number(Span(article_id, start, end), value, unit, modifier)


def _bound(tree: Tree, first: int, last: int) -> str | None:
    """The ends of "between 20 and 30 fishermen" are bounds, no counts of their own."""
    lower, tag = tree.lower, tree.tag
    if first and lower[first - 1] == "between" and lower[last + 1 : last + 2] == ["and"] and last + 2 < len(tree):
        return "at least" if tag[last + 2] == "CD" else None
    if first > 2 and lower[first - 1] == "and" and tag[first - 2] == "CD":
        return "up to" if "between" in lower[max(0, first - 6) : first] else None
    return None


def _whole(tree: Tree, number: int) -> int | None:
    """The 212 in "fourteen of the 212 people", seen from the fourteen."""
    for link in tree.children[number]:
        if tree.dep[link] == "prep" and tree.lower[link] == "of":
            noun = tree.child(link, "pobj")
            if noun is not None:
                return tree.child(noun, "nummod")
    return None


def _is_whole(tree: Tree, number: int) -> bool:
    """Whether a number is what another one is a part of."""
    noun = tree.head[number]
    link = tree.head[noun]
    return (
        tree.dep[number] == "nummod"
        and tree.dep[noun] == "pobj"
        and tree.lower[link] == "of"
        and tree.tag[tree.head[link]] == "CD"
    )

"""Sentences that are no part of a report: captions of a gallery, share buttons, players, links to other articles.

A gallery beside a report on a crash may show a royal wedding; told as claims of the story, its captions are false.
"""

import functools
import re
from collections import Counter
from collections.abc import Sequence

from rashomon.model.lists import data_lines
from rashomon.model.spans import Span

# "4/34", "Hide Caption 4 of 25": a number out of a number, not "4 of 10 voters".
_COUNTER = re.compile(r"\b\d{1,3}/(\d{1,3})\b|(?:^|(?:[Cc]aption|[Pp]hoto|[Ii]mage|[Ss]lide) )\d{1,3} of (\d{1,3})\b")
# "By Ana Ruiz (Agency) Updated: 2016-07-15 06:50".
_STAMP = re.compile(r"\b(?:[Uu]pdated|[Pp]ublished|Posted):? +\d")
# As often must a gallery's counter, or the words at the head of its captions, come back in one article.
_OFTEN = 3
_HEAD = 6
_WORD = re.compile(r"\w+")


def furniture(text: str, sentences: Sequence[Span]) -> frozenset[Span]:
    """The sentences among ``sentences`` (of one article with this ``text``) that report nothing."""
    cuts = [s.cut(text) for s in sentences]
    words = [_WORD.findall(cut.lower()) for cut in cuts]
    counted = [{m[1] or m[2] for m in _COUNTER.finditer(cut)} for cut in cuts]
    totals = Counter(total for found in counted for total in found)
    heads = Counter(tuple(each[:_HEAD]) for each in words if len(each) >= _HEAD)
    return frozenset(
        span
        for span, cut, own, found in zip(sentences, cuts, words, counted, strict=True)
        if _STAMP.search(cut)
        or any(totals[total] >= _OFTEN for total in found)
        or heads[tuple(own[:_HEAD])] >= _OFTEN
        or any(f" {notice} " in f" {' '.join(own)} " for notice in _notices())
    )


@functools.cache
def _notices() -> tuple[str, ...]:
    return tuple(data_lines("rashomon.align", "furniture.txt"))

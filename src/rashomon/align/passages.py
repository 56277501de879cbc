"""Passages that two articles of a story have in common, word for word but for small edits.

An index of word 6-grams over the story finds where to look, so the time grows with the story's words and not with the
pairs of its articles; from each common 6-gram the passage grows both ways across small edits.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks
from rashomon.model.spans import Span

# Two writers hit upon the same six words ("the leader of the Social Democratic Party") often, upon twelve hardly ever.
ANCHOR = 6
SHORTEST = 12
# Words that an edit may put in, take out or exchange, on either side, and the words that must agree again after it.
EDIT = 6
RESUME = 3
# Of a passage's words this share is the same on both sides; less is two texts with a phrase in common.
SAME = 0.6
# Common words that stand outside quotation marks. What a man said is the same in every paper that heard him.
OWN = 8
# Words that more articles than this share are compared with the first of them only, or an agency's line in a hundred
# outlets would make five thousand pairs. All are still found, and all still hang together.
CROWD = 40

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A closing mark is looked for within a paragraph; in a long quotation each paragraph opens anew.
_QUOTED = re.compile(r"“[^”\n]*[”\n]|\"[^\"\n]*[\"\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one article that stand in another: ``left`` of the earlier in order, ``right`` of the later one."""

    left: Span
    right: Span
    words: int


@dataclass(frozen=True, slots=True)
class _Words:
    """An article's words in their plain form, where they stand, and which are quoted."""

    article_id: str
    plain: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    paragraphs: tuple[int, ...]

    def breaks(self, one: int, other: int) -> bool:
        """Whether two words stand in different paragraphs."""
        return self.paragraphs[one] != self.paragraphs[other]

    def span(self, first: int, last: int) -> Span:
        return Span(self.article_id, self.starts[first], self.ends[last])


def common_passages(articles: Sequence[Article], marks: Mapping[str, Marks]) -> tuple[Passage, ...]:
    """All passages that any two of ``articles`` share, in the order of the articles and of their text.

    Left out is what lies in quotation marks (two outlets that quote one speech have not copied each other) and what
    sites print under every article.
    """
    texts = [_words(article, marks.get(article.id)) for article in articles]
    anchors = _anchors(texts)
    found = []
    for (left, right), places in sorted(anchors.items()):
        found += _grow(texts[left], texts[right], places)
    return tuple(found)


def _anchors(texts: Sequence[_Words]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each pair of articles the word positions (left, right) where a common 6-gram begins."""
    where: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
    for number, text in enumerate(texts):
        for at in range(len(text.plain) - ANCHOR + 1):
            # The first place in each article will do: growing finds the rest of the passage around it.
            where[text.plain[at : at + ANCHOR]].setdefault(number, at)
    anchors: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for holders in where.values():
        order = sorted(holders)
        pairs = combinations(order, 2) if len(order) <= CROWD else ((order[0], other) for other in order[1:])
        for left, right in pairs:
            anchors[left, right].append((holders[left], holders[right]))
    return {pair: sorted(places) for pair, places in anchors.items()}


def _grow(left: _Words, right: _Words, places: Iterable[tuple[int, int]]) -> list[Passage]:
    passages: list[Passage] = []
    done: list[tuple[int, int, int, int]] = []
    for i, j in places:
        if any(a <= i < b and c <= j < d for a, b, c, d in done[-3:]):
            continue
        after = _follow(left.plain, right.plain, i, j, 1)
        before = _follow(left.plain, right.plain, i - 1, j - 1, -1)
        pairs = _trimmed([*reversed(before), *after], left, right)
        if len(pairs) < SHORTEST:
            continue
        (a, c), (b, d) = pairs[0], pairs[-1]
        done.append((a, b + 1, c, d + 1))
        own = sum(not left.quoted[p] and not right.quoted[q] for p, q in pairs)
        longer = max(b - a, d - c) + 1
        if own < OWN or len(pairs) < SAME * longer or _is_boilerplate(left.plain[a : b + 1]):
            continue
        passages.append(Passage(left.span(a, b), right.span(c, d), len(pairs)))
    return passages


def _trimmed(pairs: list[tuple[int, int]], left: _Words, right: _Words) -> list[tuple[int, int]]:
    """Without a word or two at an end that stand in another paragraph: they agree by chance."""
    first, last = 0, len(pairs)
    for cut in range(1, min(RESUME, len(pairs))):
        if left.breaks(pairs[cut - 1][0], pairs[cut][0]) or right.breaks(pairs[cut - 1][1], pairs[cut][1]):
            first = cut
        if left.breaks(pairs[-cut - 1][0], pairs[-cut][0]) or right.breaks(pairs[-cut - 1][1], pairs[-cut][1]):
            last = len(pairs) - cut
    return pairs[first:last]


def _follow(left: Sequence[str], right: Sequence[str], i: int, j: int, step: int) -> list[tuple[int, int]]:
    """Pairs of positions with the same word, from ``i`` and ``j`` on in one direction, across small edits."""
    pairs: list[tuple[int, int]] = []
    while True:
        while 0 <= i < len(left) and 0 <= j < len(right) and left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + step, j + step
        skip = _resumption(left, right, i, j, step)
        if skip is None:
            return pairs
        i, j = i + skip[0] * step, j + skip[1] * step


def _resumption(left: Sequence[str], right: Sequence[str], i: int, j: int, step: int) -> tuple[int, int] | None:
    """The smallest edit (words skipped on either side) after which both agree again."""
    for edit in range(1, 2 * EDIT + 1):
        for skip in range(max(0, edit - EDIT), min(edit, EDIT) + 1):
            p, q = i + skip * step, j + (edit - skip) * step
            ends = p + (RESUME - 1) * step, q + (RESUME - 1) * step
            if min(p, q, *ends) < 0 or max(p, ends[0]) >= len(left) or max(q, ends[1]) >= len(right):
                continue
            if all(left[p + n * step] == right[q + n * step] for n in range(RESUME)):
                return skip, edit - skip
    return None


def _words(article: Article, marks: Marks | None) -> _Words:
    found = list(_WORD.finditer(article.text))
    starts = tuple(m.start() for m in found)
    ends = tuple(m.end() for m in found)
    plain = tuple(m.group().lower().replace("’", "").replace("'", "") for m in found)
    areas = sorted(_quoted_areas(article, marks))
    quoted, paragraphs = [], []
    breaks = [m.start() for m in re.finditer("\n", article.text)]
    reach = at = 0
    for start in starts:
        while at < len(areas) and areas[at][0] <= start:
            reach = max(reach, areas[at][1])
            at += 1
        quoted.append(start < reach)
        paragraphs.append(bisect_left(breaks, start))
    return _Words(article.id, plain, starts, ends, tuple(quoted), tuple(paragraphs))


def _quoted_areas(article: Article, marks: Marks | None) -> Iterable[tuple[int, int]]:
    # Scare quotes aside, marks and what quotation marks show differ where a mark is left open: take both.
    for match in _QUOTED.finditer(article.text):
        yield match.span()
    for quotation in marks.quotations if marks else ():
        if quotation.kind == "direct":
            for part in quotation.content:
                yield part.start, part.end


@cache
def _notices() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data_lines('rashomon.align', 'boilerplate.txt'))})\b")


def _is_boilerplate(words: Sequence[str]) -> bool:
    return _notices().search(" ".join(words)) is not None

"""Passages that two articles have in common, word for word but for small edits.

An index of word 6-grams over several articles finds where to look, so the time grows with their words and not with the
pairs of articles; from each common 6-gram the passage grows both ways across small edits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from rashomon.group.grams import HashedWords, grams_of, hash_words
from rashomon.group.texts import Words, direct_speech, lay_out
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Passage

# Two writers hit upon the same six words ("the leader of the Social Democratic Party") often, upon twelve hardly ever.
ANCHOR = 6
SHORTEST = 12
# Words that an edit may put in, take out or exchange, on either side, and the words that must agree again after it.
EDIT = 6
RESUME = 3
# Of a passage's words this share is the same on both sides; less is two texts with a phrase in common.
SAME = 0.6
# Common words that stand outside quotation marks and notices. What a man said is the same in every paper that heard
# him, and what a site prints under every article is nobody's reporting.
OWN = 8
# Words that more articles than this share are compared with the first of them only, or an agency's line in a hundred
# outlets would make five thousand pairs. All are still found, and all still hang together.
CROWD = 40

Anchor = tuple[int, int]


def common_passages(articles: Sequence[Article], marks: Mapping[str, Marks]) -> tuple[Passage, ...]:
    """All passages that any two of ``articles`` share, in the order of the articles and of their text.

    Left out is what lies in quotation marks (two outlets that quote one speech have not copied each other) and what
    sites print under every article.
    """
    speech = [direct_speech(marks.get(a.id)) for a in articles]
    hashed = [hash_words(a.text, areas) for a, areas in zip(articles, speech, strict=True)]
    texts = [lay_out(a.id, a.text, areas) for a, areas in zip(articles, speech, strict=True)]
    found: list[Passage] = []
    for (left, right), places in sorted(anchors(hashed).items()):
        found += grow(texts[left], texts[right], places)
    return tuple(found)


def anchors(texts: Sequence[HashedWords]) -> dict[tuple[int, int], list[Anchor]]:
    """For each pair of texts (by their numbers) the places where a common 6-gram begins, in order.

    Of each text only the first place of a gram is taken: growing finds the rest of the passage around it.
    """
    grams = [grams_of(text, ANCHOR) for text in texts]
    every = np.concatenate([*grams, np.zeros(0, dtype=np.uint64)])
    number = np.repeat(np.arange(len(grams)), [len(each) for each in grams])
    place = np.concatenate([*(np.arange(len(each)) for each in grams), np.zeros(0, dtype=np.intp)])
    # Stable: the same gram's holders in order of the texts, and of each text the first place first.
    order = np.argsort(every, kind="stable")
    every, number, place = every[order], number[order], place[order]
    again = np.zeros(len(every), dtype=np.bool_)
    again[1:] = every[1:] == every[:-1]
    first = ~again
    first[1:] |= number[1:] != number[:-1]
    common = again & first  # a second text that holds the gram, or a third
    heads = np.maximum.accumulate(np.where(again, 0, np.arange(len(every))))
    found: dict[tuple[int, int], list[Anchor]] = defaultdict(list)
    holders: dict[int, list[tuple[int, int]]] = {}
    for at, head in zip(np.flatnonzero(common).tolist(), heads[common].tolist(), strict=True):
        earlier = holders.setdefault(head, [(int(number[head]), int(place[head]))])
        earlier.append((int(number[at]), int(place[at])))
    for held in holders.values():
        pairs = combinations(held, 2) if len(held) <= CROWD else ((held[0], other) for other in held[1:])
        for (left, here), (right, there) in pairs:
            found[left, right].append((here, there))
    return {pair: sorted(places) for pair, places in found.items()}


def grow(left: Words, right: Words, places: Iterable[Anchor]) -> list[Passage]:
    """The passages around the places where two texts have six words in common, in order of ``left``'s text."""
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
        longer = max(b - a, d - c) + 1
        own = sum(not left.quoted[p] and not right.quoted[q] and p not in left.notices for p, q in pairs)
        noticed = sum(p in left.notices for p, _ in pairs)
        if own < OWN or len(pairs) < SAME * longer or 2 * noticed > len(pairs):
            continue
        passages.append(Passage(left.span(a, b), right.span(c, d), len(pairs), own))
    return passages


def _trimmed(pairs: list[tuple[int, int]], left: Words, right: Words) -> list[tuple[int, int]]:
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

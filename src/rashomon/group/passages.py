"""Passages that two articles have in common, word for word but for small edits.

An index of word 6-grams over several articles finds where to look, so the time grows with their words and not with the
pairs of articles; from each common 6-gram the passage grows both ways across small edits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rashomon.group.letters import polynomials
from rashomon.group.texts import FEW as RESUME
from rashomon.group.texts import Flags, Packed, Words, direct_speech, lay_out
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Passage

# Two writers hit upon the same six words ("the leader of the Social Democratic Party") often, upon twelve hardly ever.
ANCHOR = 6
SHORTEST = 12
# Words that an edit may put in, take out or exchange, on either side; RESUME words must agree again after it.
EDIT = 6
# Of a passage's words this share is the same on both sides; less is two texts with a phrase in common.
SAME = 0.6
# Common words that stand outside quotation marks and notices. What a man said is the same in every paper that heard
# him, and what a site prints under every article is nobody's reporting.
OWN = 8
# Words that more articles than this share are compared with the first of them only, or an agency's line in a hundred
# outlets would make five thousand pairs. All are still found, and all still hang together.
CROWD = 40

_BITS = 16
_LAST = np.uint64((1 << _BITS) - 1)

Anchor = tuple[int, int]
Numbers = npt.NDArray[np.int64]


def common_passages(articles: Sequence[Article], marks: Mapping[str, Marks]) -> tuple[Passage, ...]:
    """All passages that any two of ``articles`` share, in the order of the articles and of their text.

    Left out is what lies in quotation marks (two outlets that quote one speech have not copied each other) and what
    sites print under every article.
    """
    texts = [lay_out(a.id, a.text, direct_speech(marks.get(a.id))) for a in articles]
    found: list[Passage] = []
    for (left, right), places in sorted(anchors(texts).items()):
        found += grow(texts[left], texts[right], places)
    return tuple(found)


def anchors(texts: Sequence[Words]) -> dict[tuple[int, int], list[Anchor]]:
    """For each pair of texts (by their numbers) the places where a common 6-gram begins, in order.

    Of each text only the first place of a gram is taken: growing finds the rest of the passage around it.
    """
    grams = [polynomials(text.hashes, ANCHOR) for text in texts]
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


class Reader:
    """Finds in many texts, all at once, the words that they have in common with one."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._grams, self._first = np.unique(polynomials(words.hashes, ANCHOR), return_index=True)
        # Most grams of other texts are told not to be in this one by their last bits.
        self._filter = np.zeros(1 << _BITS, dtype=np.bool_)
        self._filter[self._grams & _LAST] = True

    def read(self, texts: Sequence[Packed]) -> list[tuple[int, list[Anchor]]]:
        """For each text how many words of common 6-grams are nobody's speech in either, and where these grams begin.

        Of each side only the first place of a gram is taken, in order of the other text.
        """
        bounds = np.cumsum([0, *(len(text.hashes) for text in texts)])
        grams = polynomials(np.concatenate([text.hashes for text in texts]), ANCHOR)
        at = np.flatnonzero(self._filter[grams & _LAST])
        near = np.minimum(self._grams.searchsorted(grams[at]), len(self._grams) - 1)
        same = self._grams[near] == grams[at]
        at, near = at[same], near[same]
        which = bounds.searchsorted(at, "right") - 1
        whole = at + ANCHOR <= bounds[which + 1]
        at, near, which = at[whole], near[whole], which[whole]
        first = np.sort(np.unique(which * len(self._grams) + near, return_index=True)[1])
        at, which, there = at[first], which[first], self._first[near[first]]
        own = self._own(texts, bounds, at, there)
        ends = which.searchsorted(np.arange(len(texts) + 1))
        return [
            (int(own[a:b].sum()), list(zip((at[e:f] - a).tolist(), there[e:f].tolist(), strict=True)))
            for a, b, e, f in zip(bounds[:-1], bounds[1:], ends[:-1], ends[1:], strict=True)
        ]

    def _own(self, texts: Sequence[Packed], bounds: Numbers, here: Numbers, there: Numbers) -> Flags:
        """Which words of all ``texts`` are in a common gram, and nobody's speech."""
        own = np.zeros(bounds[-1], dtype=np.bool_)
        quoted, ours = np.concatenate([text.quoted for text in texts]), self._words.quoted
        for offset in range(ANCHOR):
            own[(here + offset)[~ours[there + offset]]] = True
        own[quoted] = False
        return own


def grow(left: Words, right: Words, places: Iterable[Anchor]) -> list[Passage]:
    """The passages around the places where two texts have six words in common, in order of ``left``'s text."""
    passages: list[Passage] = []
    done: list[tuple[int, int, int, int]] = []
    for i, j in places:
        if any(a <= i < b and c <= j < d for a, b, c, d in done[-3:]):
            continue
        after = _follow(left, right, i, j, 1)
        before = _follow(left, right, i - 1, j - 1, -1)
        pairs = _trimmed([*reversed(before), *after], left, right)
        if len(pairs) < SHORTEST:
            continue
        (a, c), (b, d) = pairs[0], pairs[-1]
        done.append((a, b + 1, c, d + 1))
        longer = max(b - a, d - c) + 1
        here, there = np.array(pairs).T
        noticed = left.notices[here]
        own = int(np.count_nonzero(~(left.quoted[here] | right.quoted[there] | noticed)))
        if own < OWN or len(pairs) < SAME * longer or 2 * int(np.count_nonzero(noticed)) > len(pairs):
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


def _follow(left: Words, right: Words, i: int, j: int, step: int) -> list[tuple[int, int]]:
    """Pairs of positions with the same word, from ``i`` and ``j`` on in one direction, across small edits."""
    one, other = left.numbers, right.numbers
    pairs: list[tuple[int, int]] = []
    while True:
        while 0 <= i < len(one) and 0 <= j < len(other) and one[i] == other[j]:
            pairs.append((i, j))
            i, j = i + step, j + step
        skip = _resumption(left.threes, right.threes, i, j, step)
        if skip is None:
            return pairs
        i, j = i + skip[0] * step, j + skip[1] * step


def _resumption(left: Sequence[int], right: Sequence[int], i: int, j: int, step: int) -> tuple[int, int] | None:
    """The smallest edit (words skipped on either side) after which both agree again, by the numbers of three words."""
    if step > 0:
        one, other = left[i : i + EDIT + 1], right[j : j + EDIT + 1]
    elif min(i, j) < RESUME - 1:
        return None
    else:
        # Three words that end at i are numbered by the first of them.
        i, j = i - RESUME + 1, j - RESUME + 1
        one, other = left[max(0, i - EDIT) : i + 1][::-1], right[max(0, j - EDIT) : j + 1][::-1]
    if set(one).isdisjoint(other):
        return None
    return min(
        ((p, q) for p, this in enumerate(one) for q, that in enumerate(other) if this == that and p + q),
        key=lambda skip: (sum(skip), skip[0]),
        default=None,
    )

"""Facts: groups of sentences of different articles that state the same, formed from judged pairs.

A sentence may state several facts, so it may stand in several groups. Every pair that is likely enough stands together
in some group; a group takes in a sentence only if that is likely to state the same as the others on the whole, so that
one wrong pair does not chain two facts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.statements.sentences import StatedSentence

# Likelihood from which two sentences are put together: where nine of ten pairs are right in stories that were left out
# (scripts/fit_facts.py --check).
ONE_FACT = 0.77
# The mean likelihood with a group's members from which a sentence joins them, and two groups are one; and the lowest of
# a single pair. Read off both halves of the labelled stories, so that their figures flatter a little.
JOINS, NOT_BELOW = 0.65, 0.45

Likely = Mapping[tuple[int, int], float]


def form_facts(sentences: Sequence[StatedSentence], judged: JudgedPairs) -> list[list[int]]:
    """Groups of two sentences or more, of two articles at least, the likeliest pairs first.

    Returns:
        Positions in ``sentences``, sorted within a group.
    """
    likely: dict[tuple[int, int], float] = {}
    sure: list[tuple[float, int, int]] = []
    for (i, j), p in zip(judged.pairs.tolist(), judged.likely.tolist(), strict=True):
        likely[i, j] = p
        if p >= ONE_FACT:
            sure.append((-p, i, j))
    groups: list[list[int]] = []
    of: dict[int, set[int]] = defaultdict(set)
    for _, i, j in sorted(sure):
        if of[i] & of[j]:
            continue
        home = _best_home(i, j, groups, of, sentences, likely)
        if home is None:
            home = len(groups)
            groups.append([])
        for each in (i, j):
            if each not in groups[home]:
                groups[home].append(each)
            of[each].add(home)
    return [sorted(group) for group in _merged(groups, sentences, likely)]


def _best_home(
    i: int,
    j: int,
    groups: Sequence[list[int]],
    of: Mapping[int, set[int]],
    sentences: Sequence[StatedSentence],
    likely: Likely,
) -> int | None:
    """The group of one of two sentences that the other fits best, if it fits any."""
    found = []
    for inside, new in ((i, j), (j, i)):
        for home in of[inside]:
            mean, least = _fit(new, groups[home], sentences, likely)
            if mean >= JOINS and least >= NOT_BELOW:
                found.append((-mean, home))
    return min(found)[1] if found else None


def _fit(new: int, group: Sequence[int], sentences: Sequence[StatedSentence], likely: Likely) -> tuple[float, float]:
    """How likely a sentence states the same as the members of other articles: the mean, and the least."""
    values = [
        likely.get((min(new, k), max(new, k)), 0.0) for k in group if sentences[k].article != sentences[new].article
    ]
    return (sum(values) / len(values), min(values)) if values else (0.0, 0.0)


def _merged(groups: Sequence[list[int]], sentences: Sequence[StatedSentence], likely: Likely) -> list[list[int]]:
    """Groups that have a sentence in common and fit each other whole, as one: one fact stands in one group."""
    kept: list[list[int]] = []
    for group in sorted(groups, key=lambda g: (-len(g), sorted(g))):
        own = set(group)
        home = next((k for k in kept if own & set(k) and _one(own - set(k), k, sentences, likely)), None)
        if home is None:
            kept.append(list(group))
        else:
            home.extend(sorted(own - set(home)))
    return kept


def _one(new: set[int], group: Sequence[int], sentences: Sequence[StatedSentence], likely: Likely) -> bool:
    fits = [_fit(each, group, sentences, likely) for each in sorted(new)]
    return all(mean >= JOINS and least >= NOT_BELOW for mean, least in fits)

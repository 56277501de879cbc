"""Pairs of labelled events of ECB+: of words, and of the claims whose predicates they are."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from entities import Labelled, event_tellings, event_words, is_empty
from lab.event_chains import joined
from lab.event_mentions import Tellings, tellings_of
from pairs import Examples
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.matching.claims import compatible_items
from rashomon.align.matching.decision import judge_pairs
from rashomon.align.matching.wording import cluster_statements
from rashomon.align.statements.prepare import Story, prepare

Chains = dict[Hashable, Hashable]


class EventPairs:
    """Every two labelled words of a story; ``examples`` counts a story by its words, not by its pairs."""

    def __init__(self, stories: Iterable[Sequence[Labelled]]) -> None:
        self._told = [
            [(row, mention, head) for row, mention, head in event_words(members) if not is_empty(row.tree, head)]
            for members in stories
        ]
        rows, labels, topics, counts = [], [], [], []
        for told in self._told:
            tellings = Tellings(event_tellings([(row, head) for row, _, head in told]))
            for i in range(len(told)):
                for j in range(i):
                    rows.append(tellings.features(i, j))
                    labels.append(told[i][1].chain == told[j][1].chain)
                    topics.append(told[i][0].event)
                    counts.append(1 / len(told))
        self.examples = Examples(rows, labels, topics, (np.array(counts) / np.mean(counts)).tolist())

    def joined(self, likely: NDArray[np.float64], least: float) -> tuple[Chains, Chains]:
        """Gold chains and ours, when pairs are as likely as given and are joined from ``least``."""
        gold: Chains = {}
        ours: Chains = {}
        at = 0
        for number, told in enumerate(self._told):
            square = np.zeros((len(told), len(told)))
            for i in range(len(told)):
                square[i, :i] = square[:i, i] = likely[at : at + i]
                at += i
            for (_, mention, _), home in zip(told, joined(square, least), strict=True):
                gold[mention.key], ours[mention.key] = mention.chain, (number, home)
        return gold, ours


class ClaimPairs:
    """Every two claims of two articles of a story whose predicates are labelled events."""

    def __init__(self, stories: Iterable[Sequence[Labelled]]) -> None:
        rows, labels, topics, able, grouped = [], [], [], [], []
        for members in stories:
            marks = {row.article.id: row.marks for row in members}
            articles = [row.article for row in members]
            story = prepare(articles, marks, merge_entities(articles, marks))
            chains = _chains(story, members)
            tellings = Tellings(tellings_of(story))
            home = _homes(story)
            for i in sorted(chains):
                for j in sorted(chains):
                    a, b = story.items[i], story.items[j]
                    if j < i and a.article != b.article:
                        rows.append(tellings.features(j, i))
                        labels.append(chains[i] == chains[j])
                        topics.append(members[0].event)
                        able.append(compatible_items(a, b))
                        grouped.append(home[i] == home[j])
        self.examples = Examples(rows, labels, topics)
        self._able, self.grouped = np.array(able), np.array(grouped)

    def figures(self, taken: NDArray[np.bool_]) -> tuple[float, float]:
        """Precision and recall of the pairs taken for one, of which those that exclude each other are left out."""
        right = np.array(self.examples.labels)
        taken = taken & self._able
        return float(right[taken].mean()) if taken.any() else 1.0, float(taken[right].mean())


def _homes(story: Story) -> dict[int, int]:
    """The number of the first fact that each item is in; a claim that says more also stands alone, after the facts."""
    clusters = cluster_statements(story, judge_pairs(story.sentences))
    found: dict[int, int] = {}
    for number, cluster in enumerate(clusters):
        for item in cluster.items:
            found.setdefault(item.order, number)
    return found


def _chains(story: Story, members: Sequence[Labelled]) -> dict[int, Hashable]:
    """The chain of each item whose predicate is a labelled event; of several the first, of a noun's claim the last."""
    heads: dict[tuple[str, int], Hashable] = {}
    for row, mention, head in event_words(members):
        heads[row.article.id, row.tree.start[head]] = mention.chain
    found = {}
    for item in story.items:
        span = item.claim.predicate_span
        hits = [heads[item.article, at] for at in range(span.start, span.end) if (item.article, at) in heads]
        if hits:
            found[item.order] = hits[-1 if item.claim.nominal else 0]
    return found

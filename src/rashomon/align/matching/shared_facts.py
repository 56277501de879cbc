"""How many facts any two articles share: for telling whether a handful of articles report one event."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rashomon.align.matching.decision import judge_pairs
from rashomon.align.matching.facts import ONE_FACT
from rashomon.align.statements.prepare import prepare_story
from rashomon.model.article import Article
from rashomon.model.marks import Marks


def shared_facts(articles: Sequence[Article], marks: Mapping[str, Marks]) -> Counter[tuple[str, str]]:
    """By two articles' ids, the smaller first, the pairs of their sentences that state one fact."""
    sentences = prepare_story(articles, marks).sentences
    judged = judge_pairs(sentences)
    found: Counter[tuple[str, str]] = Counter()
    for (i, j), p in zip(judged.pairs.tolist(), judged.likely.tolist(), strict=True):
        if p >= ONE_FACT:
            one, other = sorted((sentences[i].article, sentences[j].article))
            found[one, other] += 1
    return found

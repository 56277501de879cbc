"""Which words of a sentence state the fact that a group of sentences has in common.

A sentence may say more than the others do, so a group shows the clause of each sentence that is most like clauses of
the others; the whole sentence only where no clause of it was marked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from rashomon.align.matching.claims import Cluster, clash, compatible_items, of_others, stage
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.matching.facts import form_facts
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import coverages, similarity
from rashomon.model.marks import Claim
from rashomon.model.spans import Span

# Words from which a clause says enough to be held against another.
FEWEST = 3
# Likeness of two clauses from which other people in them, or a plan in one and a deed in the other, make them two
# facts, and the one from which another day or town does. In less alike ones such a difference is more often a detail
# that one of them has: with SAME_WORDS for all of them one in fifteen of the facts of the learning half is lost, and no
# more of the pairs are right.
SAME_WORDS, NEARLY_SAME_WORDS = 0.5, 0.8
DENIED = "-"
# Share of a claim's words that the other articles of its fact must hold for the claim to be told with that fact alone;
# else it says more, and stands by itself too.
ALL_SAID = 0.65
# Share of the best likeness from which a clause of a sentence may stand for it, if it says less beyond the others.
NEAR_BEST = 0.75


def cluster_statements(story: Story, judged: JudgedPairs) -> tuple[Cluster, ...]:
    """The facts of a story as clusters of statements, and every other claim as a cluster of its own."""
    of_sentence: dict[Span, list[Item]] = defaultdict(list)
    for item in (*story.items, *story.spoken):
        of_sentence[item.sentence].append(item)
    statements = _Statements(story, of_sentence)
    found = [
        chosen
        for group in form_facts(story.sentences, judged)
        for chosen in _compatible_parts(statements.of([at for at in group if statements.says_enough(at)]))
    ]
    unique = {frozenset(i.order for i in items): items for items in found}
    clusters = [Cluster(tuple(items)) for items in unique.values()]
    clusters.sort(key=lambda c: (-len(c.articles), -len(c.items), [i.order for i in c.items]))
    taken = {order for cluster in clusters for order, held in said_by_others(cluster).items() if held >= ALL_SAID}
    alone = [Cluster((item,)) for item in story.items if item.order not in taken]
    return (*clusters, *alone)


class _Statements:
    """The statements of a story's sentences, to choose from for each group of sentences."""

    def __init__(self, story: Story, of_sentence: Mapping[Span, Sequence[Item]]) -> None:
        self._story = story
        self._of_sentence = of_sentence
        self._next = len(story.items) + len(story.spoken)
        self._ready: dict[int, list[Item]] = {}

    def says_enough(self, at: int) -> bool:
        """Whether a sentence has a claim, or words enough to be one: "Very unfair!" states nothing alone."""
        sentence = self._story.sentences[at]
        return bool(self._of_sentence.get(sentence.span)) or len(sentence.content) >= FEWEST

    def of(self, group: Sequence[int]) -> list[Item]:
        """For each sentence of a group the statement in it that is most like statements of the others, in order."""
        candidates = [self._candidates(at) for at in group]
        alike: dict[tuple[int, int], float] = {}
        chosen = []
        for own, mine in enumerate(candidates):
            others = [c for at, c in enumerate(candidates) if at != own and c[0].article != mine[0].article]
            if not others:
                continue
            likeness = [
                sum(max(self._alike(item, each, alike) for each in theirs) for theirs in others) for item in mine
            ]
            near = [i for i, value in zip(mine, likeness, strict=True) if value >= NEAR_BEST * max(likeness)]
            chosen.append(self._least_of_its_own(near, others) if len(near) > 1 else near[0])
        return sorted(chosen, key=lambda i: (i.claim.span, i.order))

    def _least_of_its_own(self, items: Sequence[Item], others: Sequence[Sequence[Item]]) -> Item:
        """Of clauses that are about as like the others' the one that says least beyond them."""
        whole = [each.bag for theirs in others for each in theirs]
        held = coverages([i.bag for i in items], whole)
        ends = np.cumsum([len(theirs) for theirs in others])
        means = [sum(float(part.max()) for part in np.split(row, ends[:-1])) / len(others) for row in held]
        ranked = [(-round(mean, 6), i.claim.nominal, i.order, i) for mean, i in zip(means, items, strict=True)]
        return min(ranked, key=lambda r: r[:3])[3]

    def _alike(self, a: Item, b: Item, known: dict[tuple[int, int], float]) -> float:
        key = (min(a.order, b.order), max(a.order, b.order))
        if key not in known:
            known[key] = similarity(a.bag, b.bag)
        return known[key]

    def _candidates(self, at: int) -> list[Item]:
        if at not in self._ready:
            sentence = self._story.sentences[at]
            own = [i for i in self._of_sentence.get(sentence.span, ()) if len(i.bag.stems) >= FEWEST]
            if not own:
                own = [whole_sentence(sentence, self._story, self._next)]
                self._next += 1
            self._ready[at] = own
        return self._ready[at]


def whole_sentence(sentence: StatedSentence, story: Story, order: int) -> Item:
    """A sentence without a claim as a statement of its own: somebody's word where it stands in reported speech."""
    span = _trimmed(sentence, story)
    marks = story.marks[sentence.article]
    said = next((q for q in marks.quotations if q.speaker and any(p.overlaps(span) for p in q.content)), None)
    claim = Claim(
        span=span,
        predicate="",
        predicate_span=span,
        polarity="-" if sentence.denied else "+",
        attributed_to=said.speaker if said else None,
        quoted=bool(said and said.kind == "direct"),
    )
    text = span.cut(story.texts[sentence.article])
    speaker = story.index.at(said.speaker, story.texts[sentence.article]) if said and said.speaker else None
    none = frozenset[str]()
    return Item(
        claim=claim,
        article=sentence.article,
        order=order,
        text=text,
        bag=sentence.bag,
        rest=sentence.bag,
        background=False,
        actors=none,
        people=none,
        places=none,
        spots=none,
        lands=none,
        around=sentence.entities,
        named=sentence.named,
        deed=none,
        sentence=sentence.span,
        speaker=speaker,
        voiced=said is not None,
    )


def _trimmed(sentence: StatedSentence, story: Story) -> Span:
    """A sentence without the marks of a quotation that it begins or ends with."""
    text = story.texts[sentence.article]
    start, end = sentence.span.start, sentence.span.end
    while start < end - 1 and text[start] in "“”\"‘’'[( ":
        start += 1
    while end - 1 > start and text[end - 1] in "“”\"‘’')] ":
        end -= 1
    return Span(sentence.article, start, end)


def _exclude(a: Item, b: Item) -> bool:
    """Whether two statements exclude each other: one denied, other numbers; or much the same words but other people, or
    planned in one and done in the other; or nearly the same words but another day or town."""
    if DENIED in {a.claim.polarity, b.claim.polarity} and a.claim.polarity != b.claim.polarity:
        return True
    if (a.claim.status == "denied") != (b.claim.status == "denied"):
        return True
    if any(clash(x, y) for x in a.claim.numbers for y in b.claim.numbers):
        return True
    if compatible_items(a, b) and not of_others(a, b):
        return False
    alike = similarity(a.bag, b.bag)
    if of_others(a, b) or stage(a) != stage(b):
        return alike >= SAME_WORDS
    return alike >= NEARLY_SAME_WORDS


def _compatible_parts(items: Sequence[Item]) -> list[list[Item]]:
    """A group in parts of which no two statements exclude each other, those of two articles or more.

    A fact and its denial, two numbers, two days, a plan and its doing, "met Ruiz" and "met Vega" are two facts; what is
    in conflict stays apart, for ``conflicts`` to find.
    """
    parts: list[list[Item]] = []
    for item in sorted(items, key=lambda i: (i.claim.predicate == "", -len(i.text), i.order)):
        fitting = [p for p in parts if not any(_exclude(item, other) for other in p)]
        if fitting:
            max(fitting, key=len).append(item)
        else:
            parts.append([item])
    kept = [p for p in parts if len({i.article for i in p}) > 1]
    return [sorted(p, key=lambda i: (i.claim.span, i.order)) for p in kept]


def said_by_others(cluster: Cluster) -> dict[int, float]:
    """How much of each member's words the members of other articles hold, on average, by its number."""
    if len(cluster.articles) < 2:
        return {item.order: 0.0 for item in cluster.items}
    held = coverages([item.bag for item in cluster.items], [item.bag for item in cluster.items])
    found = {}
    for at, item in enumerate(cluster.items):
        best: dict[str, float] = {}
        for other, value in zip(cluster.items, held[at].tolist(), strict=True):
            if other.article != item.article:
                best[other.article] = max(best.get(other.article, 0.0), value)
        found[item.order] = sum(best.values()) / len(best)
    return found

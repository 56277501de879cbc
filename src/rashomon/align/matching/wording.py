"""Which words of a sentence state the fact that a group of sentences has in common.

A sentence may say more than the others do, so a group shows the clause of each sentence that is most like clauses of
the others; the whole sentence only where no clause of it was marked.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rashomon.align.matching.claims import Cluster
from rashomon.align.matching.decision import JudgedPairs
from rashomon.align.matching.facts import form_facts
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import similarity
from rashomon.model.marks import Claim
from rashomon.model.spans import Span

# Words from which a clause says enough to be held against another.
FEWEST = 3


def cluster_statements(story: Story, judged: JudgedPairs) -> tuple[Cluster, ...]:
    """The facts of a story as clusters of statements, and every other claim as a cluster of its own."""
    of_sentence: dict[Span, list[Item]] = defaultdict(list)
    for item in (*story.items, *story.spoken):
        of_sentence[item.sentence].append(item)
    statements = _Statements(story, of_sentence)
    found = [
        chosen for group in form_facts(story.sentences, judged) for chosen in _of_one_polarity(statements.of(group))
    ]
    unique = {frozenset(i.order for i in items): items for items in found}
    clusters = [Cluster(tuple(items)) for items in unique.values()]
    clusters.sort(key=lambda c: (-len(c.articles), -len(c.items), [i.order for i in c.items]))
    taken = {item.order for cluster in clusters for item in cluster.items}
    alone = [Cluster((item,)) for item in story.items if item.order not in taken]
    return (*clusters, *alone)


class _Statements:
    def __init__(self, story: Story, of_sentence: Mapping[Span, Sequence[Item]]) -> None:
        self._story = story
        self._of_sentence = of_sentence
        self._next = len(story.items) + len(story.spoken)
        self._ready: dict[int, list[Item]] = {}

    def of(self, group: Sequence[int]) -> list[Item]:
        """For each sentence of a group the statement in it that is most like statements of the others, in order."""
        candidates = [self._candidates(at) for at in group]
        alike: dict[tuple[int, int], float] = {}
        chosen = []
        for own, mine in enumerate(candidates):
            scores = []
            for item in mine:
                total = 0.0
                for other, theirs in enumerate(candidates):
                    if other != own and theirs[0].article != mine[0].article:
                        total += max(self._alike(item, each, alike) for each in theirs)
                scores.append((-round(total, 6), item.claim.nominal, item.order, item))
            chosen.append(min(scores, key=lambda s: s[:3])[3])
        return sorted(chosen, key=lambda i: (i.claim.span, i.order))

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


def _of_one_polarity(items: Sequence[Item]) -> list[list[Item]]:
    """A fact and its denial are two: those who state it, and those who deny it, each as a group.

    Claims of different certainty stay together; the least sure of the common ones gives the group its status.
    """
    sides: dict[bool, list[Item]] = defaultdict(list)
    for item in items:
        sides[item.claim.status == "denied" or item.claim.polarity == "-"].append(item)
    if len(sides) < 2:
        return [list(items)]
    counts = Counter({side: len({i.article for i in own}) for side, own in sides.items()})
    return [sides[side] for side, _ in counts.most_common() if len({i.article for i in sides[side]}) > 1]

"""Which claims each outlet carries: what only one says, and what is missing in one that others carry."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from itertools import combinations, combinations_with_replacement

import numpy as np

from rashomon.align.conflicts.casualty_counts import TOLLS
from rashomon.align.matching.candidate_pairs import NEAREST, WHOLE, StemIndex
from rashomon.align.matching.claims import Cluster, clash
from rashomon.align.statements.prepare import Item, Story
from rashomon.align.statements.similarity import Doubles, Ints, bag, coverages, load_lexicon, weigh_in_story
from rashomon.model.spans import Span
from rashomon.model.story import Carried, ClaimGroup, OnlyOne
from rashomon.model.timevalue import compatible

Pair = tuple[str, str]
# A claim whose words are found in one sentence of another article to this share is not said by one outlet alone,
# whatever clause it stands in there.
SAID_ELSEWHERE = 0.58
# Below this share nothing like a claim is in an article. Between the two it may have been told in other words: of the
# seeds' claims at .49 to .57 half had been.
NOT_FOUND = 0.45


# Likelihood that a sentence of another article states a fact of a sentence, from which no claim of it is one outlet's
# alone: more likely than not (the likelihood is calibrated: docs/quality.md).
MAYBE_STATED = 0.70


class Said:
    """The sentences of a story's articles, to ask how much of a claim any of them holds."""

    def __init__(self, story: Story) -> None:
        lexicon = load_lexicon()
        places = [(a.id, s.span) for a in story.articles for s in story.marks[a.id].sentences]
        self._articles = [article for article, _ in places]
        self._bags = weigh_in_story([bag(span.cut(story.texts[article]), lexicon) for article, span in places])
        self._filled = np.array([bool(b.stems) for b in self._bags], np.bool_)
        self._index = StemIndex(self._bags) if len(places) > WHOLE else None

    def shares(self, items: Sequence[Item]) -> list[dict[str, float]]:
        """How much of each claim's words one sentence of each article holds, at most; among those sentences that share
        most of its rare words, where the story is long, and nothing of articles without such a sentence."""
        if self._index is None:
            everywhere = np.arange(len(self._bags))
            rows = coverages([item.bag for item in items], self._bags)
            return [self._most(row, everywhere) for row in rows]
        found = []
        for item in items:
            near = self._index.nearest(item.bag, NEAREST, by="asked")
            near = near[self._filled[near]]
            found.append(self._most(self._index.coverages(item.bag, near), near) if len(near) else {})
        return found

    def _most(self, shares: Doubles, sentences: Ints) -> dict[str, float]:
        most: dict[str, float] = {}
        for share, k in zip(shares.tolist(), sentences.tolist(), strict=True):
            most[self._articles[k]] = max(most.get(self._articles[k], 0.0), share)
        return most


def only_one(
    story: Story,
    clusters: Sequence[Cluster],
    groups: Sequence[ClaimGroup],
    said: Said,
    stated_elsewhere: Mapping[Span, float],
) -> tuple[OnlyOne, ...]:
    """Claims that one article alone carries, the most telling first; none where the story has one article.

    A claim counts only when it holds a name (or agent, patient and day) and a time, number, place or second name, and
    no sentence of any other article says nearly the same: a claim that was merely not matched is not news that one
    outlet has alone.

    Args:
        stated_elsewhere: by sentence how likely a sentence of another article states a fact of it.
    """
    if len(story.articles) < 2:
        return ()
    item_of = {i.claim.span: i for c in clusters for i in c.items}
    candidates = []
    for group in groups:
        item = item_of[group.evidence[0]]
        telling = _is_dated(item, story) or item.claim.numbers or item.places or len(item.named) > 1
        # Somebody without a name who does something to something on a day is told apart as well.
        known = item.named or (item.when and item.claim.who and item.claim.whom)
        alone = len(group.articles) == 1 and group.standing != "contested" and item.claim.status != "possible"
        stated = stated_elsewhere.get(item.sentence, 0.0) >= MAYBE_STATED
        if alone and known and telling and not stated and not _has_twin(item, story):
            candidates.append((item, OnlyOne(group.id, item.article)))
    elsewhere = said.shares([item for item, _ in candidates])
    found = [
        (item, one)
        for (item, one), most in zip(candidates, elsewhere, strict=True)
        if all(share < SAID_ELSEWHERE for article, share in most.items() if article != item.article)
    ]
    # Of the clauses of one sentence the longest tells it best.
    longest: dict[Span, Item] = {}
    for item, _ in found:
        best = longest.setdefault(item.sentence, item)
        if len(item.text) > len(best.text):
            longest[item.sentence] = item
    return tuple(one for item, one in found if longest[item.sentence] is item)


def _is_dated(item: Item, story: Story) -> bool:
    """Whether a day is named in the claim, be it the day of something else in it."""
    timexes = story.marks[item.article].timexes
    return bool(item.when) or any(t.type in {"DATE", "TIME"} and item.claim.span.covers(t.span) for t in timexes)


def carried_by(
    story: Story, clusters: Sequence[Cluster], groups: Sequence[ClaimGroup], said: Said
) -> tuple[Carried, ...]:
    """For each article which of the claims that it could be expected to carry it carries, and which are missing in it.

    A claim that two others carry which were published later, or that is a plan, may just not have been news to it.
    """
    item_of = {i.claim.span: i for c in clusters for i in c.items}
    shared = [
        g for g in groups if len(g.articles) > 1 and g.standing != "contested" and g.status in {"happened", "ongoing"}
    ]
    # Of a claim's forms the one that an article comes nearest to: a long form has much that is nobody else's.
    forms = [(g.id, item_of[span]) for g in shared for span in g.evidence]
    nearest: dict[str, dict[str, float]] = {g.id: {} for g in shared}
    for (id_, _), most in zip(forms, said.shares([item for _, item in forms]), strict=True):
        for article, share in most.items():
            nearest[id_][article] = max(nearest[id_].get(article, 0.0), share)
    told = _named_together(story)
    found = []
    for article in (a.id for a in story.articles):
        comparable = [g for g in shared if _expected(g, article, story)]
        if not comparable:
            continue
        absent = [g for g in comparable if article not in g.articles]
        missing = {
            g.id
            for g in absent
            if nearest[g.id].get(article, 0.0) < NOT_FOUND
            and not any(_speaks_of(told[article], item_of[span]) for span in g.evidence)
        }
        found.append(
            Carried(
                article=article,
                carries=tuple(g.id for g in comparable if article in g.articles),
                unclear=tuple(g.id for g in absent if g.id not in missing),
                missing=tuple(g.id for g in absent if g.id in missing),
            )
        )
    return tuple(found)


def _named_together(story: Story) -> dict[str, set[Pair]]:
    """By article the entities that it names, each with itself, and those that a sentence of it names together."""
    found: dict[str, set[Pair]] = {}
    for article in story.articles:
        spans = story.index.in_article.get(article.id, ())
        starts = [span.start for span in spans]
        pairs: set[Pair] = set()
        for sentence in story.marks[article.id].sentences:
            inside = spans[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]
            named = sorted({story.index.of[span] for span in inside})
            pairs.update(combinations_with_replacement(named, 2))
        found[article.id] = pairs
    return found


def _speaks_of(together: Set[Pair], item: Item) -> bool:
    """Whether a sentence names two of those that a claim names, or the only one: it may be about the same. Of a claim
    that names nobody nothing can be said."""
    named = sorted(item.named)
    if len(named) < 2:
        return not named or (named[0], named[0]) in together
    return any(pair in together for pair in combinations(named, 2))


def _expected(group: ClaimGroup, article: str, story: Story) -> bool:
    """Whether two other articles carry a claim that were published no later, as far as is known."""
    day = story.published(article)
    earlier = [a for a in group.articles if a != article and not (day and (story.published(a) or day) > day)]
    return len(earlier) > 1


def _has_twin(item: Item, story: Story) -> bool:
    """Whether another article tells the same deed of a common actor, of one time and town, in whatever words."""
    for other in {o.order: o for actor in sorted(item.actors) for o in story.acted_by(actor)}.values():
        if other.article == item.article or not item.deed & other.deed:
            continue
        elsewhere = item.spots and other.spots and not item.spots & other.spots
        dated = item.when and other.when and item.when[:10] == other.when[:10]
        if not elsewhere and (dated or (item.spots & other.spots and not (item.when and other.when))):
            return True
    return bool(item.deed & TOLLS) and any(_same_toll(item, other) for other in story.items)


def _same_toll(item: Item, other: Item) -> bool:
    """Whether another article tells of people killed, hurt, taken or saved and nothing says that it is not these:
    most often they are the one event's, in whatever words."""
    if other.article == item.article or not item.deed & other.deed & TOLLS or item.background != other.background:
        return False
    apart = (item.spots and other.spots and not item.spots & other.spots) or (
        item.when and other.when and not compatible(item.when, other.when)
    )
    if apart or not (item.actors & other.actors or (item.claim.numbers and other.claim.numbers)):
        return False
    return not any(clash(x, y) for x in item.claim.numbers for y in other.claim.numbers)

"""Which articles report one event: one pass, in order of arrival."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.group.duplicates import is_duplicate, overlap_of
from rashomon.group.index import Entry, Index, day_number
from rashomon.group.vectors import BUCKETS, Rarities, Spread
from rashomon.model.ids import content_id
from rashomon.model.story import Assignment, Fingerprint

# Weights of the features of a pair of articles, as log odds of "one story": logistic regression over the pairs of
# both story sets together (scripts/fit_stories.py prints them). UNDATED alone is set by hand, at half of what the
# regression says: in those sets an undated article is rarely of the day, in a folder given by hand it mostly is, and
# the sets themselves come out better for it. Names are in no weight of their own: beside the words they told nothing.
COSINE = 13.3
HEADLINES = 2.7
HEADLINE_IN_LEAD = 3.4
SHARED_PASSAGES = 0.28
GAP = -1.3
UNDATED = -1.3
SURROUNDINGS = -21.5
BIAS = -1.3
# A newcomer joins the story with the best mean log odds if they reach this. Between -1 and -0.75 both sets, as one
# stream, come out alike: 0 leaves whole stories in pieces, further below -1 one country's politics run together. Within
# that band it is the value that keeps the bundled story whole and its stray article out in the orders of arrival tried.
JOIN = -0.9

# How near an article is to what surrounds it: the mean of its greatest cosines to NEIGHBOURS stories other than the
# one in question. In a dense field (all of a country's politics) events resemble each other, and a cosine of .3 means
# nothing; where nothing else is near, .2 is one event. While fewer stories are open USUAL stands for those missing:
# three in four articles of both sets stay below it, since a folder filled by hand is rarely about many things.
NEIGHBOURS = 10
USUAL = 0.15


@dataclass(frozen=True, slots=True)
class Pair:
    """What the decision rests on, for two articles."""

    cosine: float
    headlines: float
    headline_in_lead: float
    shared: float
    gap: float
    undated: bool

    def features(self) -> tuple[float, ...]:
        """In the order of the weights, without surroundings and bias."""
        return (self.cosine, self.headlines, self.headline_in_lead, self.shared, self.gap, float(self.undated))


_WEIGHTS = (COSINE, HEADLINES, HEADLINE_IN_LEAD, SHARED_PASSAGES, GAP, UNDATED)


@dataclass(slots=True)
class _Standing:
    """One story as a newcomer sees it: cosines to its best members, what surrounds it, log odds of joining."""

    story: str
    cosines: tuple[float, ...]
    around: float = 0.0
    odds: float = -math.inf


class Grouper:
    """Assigns each article to a story, in order of arrival, and never looks at the archive again.

    Args:
        window_days: publication days further apart than this are as far apart as any.
        open_articles: how many articles are compared with newcomers; stories without news for longest are closed
            first. This bounds memory (about 12 KB an article).
    """

    def __init__(self, *, window_days: int = 60, open_articles: int = 20_000) -> None:
        self._window = window_days
        self._rarities = Rarities(memory=open_articles)
        self._index = Index(open_articles)
        self._boards = tuple(np.zeros(BUCKETS, dtype=np.float32) for _ in range(3))

    def add(self, fp: Fingerprint) -> Assignment:
        """The story and, for a near-copy, the earlier article that ``fp`` repeats."""
        entry = self._entry(fp)
        standings = self._standings(entry)
        original = self._original(fp)
        if original is not None:
            entry.story, entry.original = original.story, original.original or original.article_id
        else:
            best = max(standings, key=lambda s: (s.odds, s.story), default=None)
            entry.story = best.story if best and best.odds > JOIN else content_id("s", fp.article_id)
        self._open(fp, entry, standings)
        return Assignment(fp.article_id, entry.story, entry.original)

    def restore(self, fp: Fingerprint, assignment: Assignment) -> None:
        """Take an article back as it was assigned, without deciding anew: for a store that is opened again.

        Articles are restored in the order in which they were added.
        """
        entry = self._entry(fp)
        entry.story, entry.original = self.current(assignment).story_id, assignment.duplicate_of
        self._open(fp, entry, self._standings(entry))

    @property
    def open_articles(self) -> int:
        """How many articles newcomers are compared with."""
        return len(self._index)

    def current(self, assignment: Assignment) -> Assignment:
        """The assignment as it stands now. Stories are never merged, so it stands as it was made."""
        return assignment

    def _open(self, fp: Fingerprint, entry: Entry, standings: Sequence[_Standing]) -> None:
        own = next((s for s in standings if s.story == entry.story), None)
        entry.surroundings = own.around if own else self._around(standings, entry.story)
        self._index.add(entry)
        self._rarities.learn(stem for stem, _ in fp.words)

    def _entry(self, fp: Fingerprint) -> Entry:
        return Entry(
            article_id=fp.article_id,
            story="",
            day=day_number(fp.published),
            days=frozenset(n for d in fp.dates if (n := day_number(d)) is not None),
            body=self._rarities.vector(fp.words),
            head=self._rarities.set_vector(fp.head),
            lead=self._rarities.set_vector(fp.lead),
            grams=np.array(fp.shingles, dtype=np.int64),
        )

    def _original(self, fp: Fingerprint) -> Entry | None:
        """The earliest open article of which ``fp`` is a near-copy."""
        return next((e for e in self._index.sharing(fp.shingles) if is_duplicate(fp.shingles, e.grams.tolist())), None)

    def _standings(self, entry: Entry) -> list[_Standing]:
        """How each story near the article stands, in no order that matters."""
        pairs = self._near(entry)
        standings = [_Standing(story, tuple(p.cosine for p, _ in members)) for story, members in pairs.items()]
        for standing in standings:
            standing.around = self._around(standings, standing.story)
            odds = [self._odds(pair, standing.around, other.surroundings) for pair, other in pairs[standing.story]]
            standing.odds = sum(odds) / len(odds)
        return standings

    def _near(self, entry: Entry) -> dict[str, list[tuple[Pair, Entry]]]:
        """The open articles that are most like the article, by story, compared with it."""
        pairs: dict[str, list[tuple[Pair, Entry]]] = defaultdict(list)
        body, head, lead = self._boards
        with (
            Spread(body, entry.body) as spread,
            Spread(head, entry.head) as heading,
            Spread(lead, entry.lead) as leading,
        ):
            for other in self._index.alike(entry.body):
                gap = self._gap(entry, other)
                pair = Pair(
                    cosine=spread.cosine(other.body),
                    headlines=heading.cosine(other.head),
                    headline_in_lead=max(heading.cosine(other.lead), leading.cosine(other.head)),
                    shared=math.log1p(overlap_of(entry.grams, other.grams).shared),
                    gap=math.log1p(min(gap, self._window)) if gap is not None else 0.0,
                    undated=gap is None,
                )
                pairs[other.story].append((pair, other))
        return pairs

    def _around(self, standings: Sequence[_Standing], story: str) -> float:
        """How near an article of ``story`` is to the articles of other stories."""
        nearest = sorted((max(s.cosines) for s in standings if s.story != story), reverse=True)
        others = self._index.stories - (self._index.members(story) > 0)
        unseen = max(0, NEIGHBOURS - others)
        return (sum(nearest[: NEIGHBOURS - unseen]) + USUAL * unseen) / NEIGHBOURS

    @staticmethod
    def _odds(pair: Pair, around: float, around_other: float) -> float:
        known = sum(w * x for w, x in zip(_WEIGHTS, pair.features(), strict=True))
        return known + SURROUNDINGS * (around + around_other) / 2 + BIAS

    @staticmethod
    def _gap(left: Entry, right: Entry) -> int | None:
        """Days between two articles; None where one has no date and its text names no day near the other's."""
        if left.day is not None and right.day is not None:
            return abs(left.day - right.day)
        near = _days_about(left) & _days_about(right)
        return 1 if near else None


def _days_about(entry: Entry) -> frozenset[int]:
    return frozenset((entry.day - 1, entry.day, entry.day + 1)) if entry.day is not None else entry.days

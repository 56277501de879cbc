"""What statements are compared by: whether two exclude each other, and which are worth comparing in words.

Statements that exclude each other are never one fact (``matching.wording``); what contradicts stays apart for
``conflicts`` to find.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.align.matching.candidate_pairs import near_pairs
from rashomon.align.statements.prepare import Item, Story
from rashomon.model.marks import Number, Status
from rashomon.model.timevalue import compatible

# Pairs below this likeness are never the same claim: on the related pairs of the claims set it loses fewer than one in
# ten, and it keeps the pairs to look at near linear in the story.
LOOK = 0.12
# Verbs that alone tell no deed.
EMPTY_DEEDS = frozenset({"be", "have", "do", "get", "make", "take", "become", "include", "see", "say"})
# What cannot be understood alone at the head of a clause.
OPAQUE = frozenset(
    {"he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "who", "which", "we", "i"}
)
# What a number "about" or "some" may differ by, as a share.
ROUND = 0.10
_AT_LEAST = frozenset({"at least", "more than", "over", "no fewer than", "no less than", "as many as"})
_AT_MOST = frozenset({"at most", "less than", "fewer than", "under", "up to", "no more than", "nearly", "almost"})
_ABOUT = frozenset({"about", "around", "some", "approximately", "roughly", "close to", "an estimated", "estimated"})
_STAGE: dict[Status, str] = {
    "happened": "done", "ongoing": "done", "planned": "open", "possible": "open", "denied": "denied",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """The items that make one claim, in order."""

    items: tuple[Item, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that carry it, sorted."""
        return tuple(sorted({i.article for i in self.items}))


def alike_items(story: Story) -> list[tuple[int, int, float]]:
    """Pairs of items, by their order, that may say the same, and how alike they are in words.

    In a long story each item is compared with a bounded number of others (``neighbours``).
    """
    return near_pairs([item.bag for item in story.items], floor=LOOK)


def without_echoes(clusters: Sequence[Cluster], contested: frozenset[int]) -> tuple[Cluster, ...]:
    """Leave out clusters whose every claim is a part of a claim of one other cluster: they say nothing more.

    "talks with Ruiz on Thursday" inside "she sits down for talks with Ruiz on Thursday". What is contested stays.
    """
    holders: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        for item in cluster.items:
            holders[item.article].append((item, number))
    kept = []
    for number, cluster in enumerate(clusters):
        outer = [
            {
                n
                for other, n in holders[i.article]
                if n != number and _part_of(i, other) and len(clusters[n].items) >= len(cluster.items)
            }
            for i in cluster.items
        ]
        echo = frozenset.intersection(*map(frozenset, outer))
        if not echo or any(i.order in contested for i in cluster.items):
            kept.append(cluster)
    return tuple(kept)


def _part_of(inner: Item, outer: Item) -> bool:
    if outer.claim.span == inner.claim.span or not outer.claim.span.covers(inner.claim.span):
        return False
    return inner.when is None or outer.when is not None


def of_others(a: Item, b: Item) -> bool:
    """ "Met Ruiz" and "met Vega": each claim has somebody in it of whom the other's sentence does not speak."""
    return bool(a.people - b.around and b.people - a.around)


def compatible_items(a: Item, b: Item) -> bool:
    """Whether nothing in two claims excludes that they are one: polarity, time, town, numbers, done or only planned.

    A plan does not attest its doing: they are two claims, joined on the timeline.
    """
    if a.claim.polarity != b.claim.polarity or stage(a) != stage(b):
        return False
    if a.when and b.when and not compatible(a.when, b.when):
        return False
    if (a.about or b.about) and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        return False
    if a.spots and b.spots and not a.spots & b.spots:
        return False
    return not any(clash(x, y) for x in a.claim.numbers for y in b.claim.numbers)


def stage(item: Item) -> str:
    """Whether a claim tells what is done, what is open or what is denied."""
    return _STAGE[item.claim.status]


def clash(a: Number, b: Number) -> bool:
    """Whether two numbers of one unit exclude each other: "14 injured" and "19 injured", not "about 30" and "31"."""
    if a.unit != b.unit or a.value == b.value or "out of" in {a.mod, b.mod}:
        return False
    low, high = sorted((a, b), key=lambda n: n.value)
    if (low.mod or "") in _AT_LEAST or (high.mod or "") in _AT_MOST:
        return False
    if {a.mod or "", b.mod or ""} & (_ABOUT | _AT_LEAST | _AT_MOST):
        return (high.value - low.value) > ROUND * high.value
    return True


def allows(vague: Number, exact: Number) -> bool:
    """Whether a count with "about", "at least" or "at most" leaves room for another one."""
    mod, value = vague.mod or "", exact.value
    if mod in _AT_LEAST:
        return value >= vague.value
    if mod in _AT_MOST:
        return value <= vague.value
    return abs(value - vague.value) <= ROUND * max(value, vague.value)

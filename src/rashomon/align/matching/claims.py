"""The same claim across articles, however worded.

Two claims are one when their words say nearly the same, or say much the same of the same deed by the same actors, or
when what was learned of tellings says so, and nothing in them is incompatible: time, number, polarity. Clustering never
joins what is incompatible, so what contradicts stays apart for ``conflicts`` to find.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.align.matching.candidate_pairs import near_pairs
from rashomon.align.matching.tellings import EMPTY, Tellings, tellings_of
from rashomon.align.matching.weights import likelihood, load_weights
from rashomon.align.statements.prepare import Item, Story, told_classes
from rashomon.align.statements.similarity import similarity
from rashomon.align.statements.stems import stop_words
from rashomon.model.marks import Number, Status
from rashomon.model.timevalue import compatible, precision

# Pairs below this likeness are never the same claim: on the related pairs of the claims set it loses fewer than one in
# ten, and it keeps the pairs to look at near linear in the story.
LOOK = 0.12
# Alike enough in words alone, and with a common deed and actor: read off the bundled story and real stories of five
# outlets, where the next lower tenth joins claims about different sides of one meeting.
SAME_WORDS, SAME_DEED, SAME_DEED_AND_TIME, SAME_VERB_AND_DAY = 0.62, 0.44, 0.30, 0.15
# Two clauses on one occasion (``_same_occasion``) need hardly a word in common.
SAME_OCCASION = 0.12
# ... without a common deed, the likeness that is enough alone, what the words beside the names must reach else, and how
# many of them there must be; and the words that something long ago and something undated must share. Read off the
# groups in sixty stories of real outlets.
SURE, SAME_REST, FEWEST_TELLING, MANY_IN_COMMON = 0.75, 0.50, 2, 5
# How near the words of two deeds must be for the learned decision to be asked, and how sure it must be: read off the
# precision of pairs of claims about labelled events (scripts/fit_pairs.py).
NEAR_DEED, ONE_CLAIM = 0.5, 0.8
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


def cluster_claims(story: Story, pairs: Iterable[tuple[int, int, float]]) -> tuple[Cluster, ...]:
    """Group the claims of a story: closest pairs first, and never two that are incompatible.

    Args:
        pairs: what ``alike_items`` gives.
    """
    items = story.items
    home = list(range(len(items)))
    members = {i: [i] for i in home}
    tellings = Tellings(tellings_of(story))
    scored = []
    for i, j, alike in pairs:
        score = same_claim(items[i], items[j], alike) or one_deed(items[i], items[j], alike, tellings)
        if score > 0:
            scored.append((-score, i, j))
    close = {(i, j): -s for s, i, j in scored}
    for _, i, j in sorted(scored):
        a, b = home[i], home[j]
        if a == b or not _joinable(members[a], members[b], items, close):
            continue
        keep, lose = min(a, b), max(a, b)
        members[keep] = sorted(members[keep] + members.pop(lose))
        for each in members[keep]:
            home[each] = keep
    return tuple(Cluster(tuple(items[i] for i in members[key])) for key in sorted(members))


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


def same_claim(a: Item, b: Item, alike: float) -> float:
    """How surely two claims are one: 0 when they are not, else above 0 and at most 2.

    Args:
        alike: their similarity in words, 0 to 1.
    """
    if not compatible_items(a, b):
        return 0.0
    if a.article == b.article and a.sentence == b.sentence:
        # A clause and the clause around it say different things of one sentence.
        return 0.0
    if of_others(a, b):
        return 0.0
    # A town and its country are one place told more or less closely.
    near = bool(a.lands & b.lands) and not (a.spots and b.spots)
    shared = len(a.actors & b.actors) + max(len(a.places & b.places), near)
    if alike >= SAME_WORDS and (not (a.named or b.named) or a.named & b.named) and _same_matter(a, b, alike):
        return alike + 0.1 * min(shared, 3)
    if a.deed & b.deed and a.actors & b.actors and shared >= 2:
        needed = SAME_DEED
        if a.when and b.when:
            surely = a.claim.predicate == b.claim.predicate or len(a.actors & b.actors) >= 2
            needed = SAME_VERB_AND_DAY if surely and a.when[:10] == b.when[:10] else SAME_DEED_AND_TIME
        elif a.days and b.days:
            needed = SAME_DEED_AND_TIME
        return alike + 0.1 * min(shared, 3) if alike >= needed else 0.0
    if alike >= SAME_OCCASION and _same_occasion(a, b):
        return alike + 0.1 * min(shared, 3)
    return 0.0


def one_deed(a: Item, b: Item, alike: float, tellings: Tellings) -> float:
    """How surely two claims of two articles are one by what was learned (``tellings``): 0 when not, else at most 1.

    It joins what ``same_claim`` finds too different in words: "was arrested", "police seized him". What was learned is
    whether two claims tell one event; that they say the same of it is asked by rule: of the same people and things,
    with the same numbers, at times that can be compared.
    """
    if a.article == b.article or not tellings.one_role(a.order, b.order):
        return 0.0  # nobody is known to take part in both: two deeds of one kind; asked first, as few pairs have it
    if tellings.near(a.order, b.order) < NEAR_DEED and not a.deed & b.deed & told_classes():
        return 0.0
    if not compatible_items(a, b) or of_others(a, b) or not _tellable(a, b):
        return 0.0
    asked = tellings.features(a.order, b.order, alike)
    if asked["names apart"]:
        return 0.0
    if asked["other who"] + asked["other whom"] and alike < SAME_DEED:
        return 0.0  # the same was done by others, or to others
    found = likelihood(load_weights("claim"), asked)
    return found if found >= ONE_CLAIM else 0.0


def _tellable(a: Item, b: Item) -> bool:
    """Whether two claims can be told apart where they differ: in deed, number and time.

    What somebody is, or says, is no deed that its verb tells. Of "fourteen of the 212" nobody knows which number it is
    about. A day that cannot be dated may be any.
    """
    if any(i.claim.predicate.startswith("be ") or i.claim.predicate in EMPTY for i in (a, b)):
        return False
    mine, theirs = ({n.value for n in i.claim.numbers} for i in (a, b))
    if (mine and theirs and not mine & theirs) or any(n.mod == "out of" for i in (a, b) for n in i.claim.numbers):
        return False
    dated = a.days is not None and b.days is not None
    return dated or not (a.claim.when and b.claim.when) or a.claim.when == b.claim.when


def of_others(a: Item, b: Item) -> bool:
    """ "Met Ruiz" and "met Vega": each claim has somebody in it of whom the other's sentence does not speak."""
    return bool(a.people - b.around and b.people - a.around)


def _same_occasion(a: Item, b: Item) -> bool:
    """Whether two claims of one day tell one kind of deed, and nobody in them speaks against one occasion.

    People meet several others in a day, so of meetings all actors must be the same; where one side names nobody, the
    town must be.
    """
    kinds = a.deed & b.deed & told_classes()
    if not kinds or not a.when or not b.when or a.when[:10] != b.when[:10] or precision(a.when[:10]) != "day":
        return False
    if a.actors and b.actors:
        return a.actors == b.actors if "meet" in kinds else a.actors <= b.actors or b.actors <= a.actors
    return bool(a.spots & b.spots)


def _same_matter(a: Item, b: Item, alike: float) -> bool:
    """Whether two claims alike in words are so for more than the names in them.

    A deed is shared, or the words beside the names are alike too. What is dated long ago is not what the other tells
    without a date, unless they have many words in common: undated, news speaks of now.
    """
    telling = [{s for s in i.rest.stems if s not in stop_words()} for i in (a, b)]
    whole = [{s for s in i.bag.stems if s not in stop_words()} for i in (a, b)]
    some = min(map(len, telling)) >= FEWEST_TELLING and min(map(len, whole)) > FEWEST_TELLING
    enough = some and (alike >= SURE or similarity(a.rest, b.rest) >= SAME_REST)
    if not enough and not (a.deed & b.deed) - EMPTY_DEEDS:
        return False
    if a.background != b.background and not (a.days and b.days):
        return len(whole[0] & whole[1]) >= MANY_IN_COMMON
    return True


def compatible_items(a: Item, b: Item) -> bool:
    """Whether nothing in two claims excludes that they are one: polarity, time, town, numbers, done or only planned.

    A plan does not attest its doing: they are two claims, joined on the timeline.
    """
    if a.claim.polarity != b.claim.polarity or _STAGE[a.claim.status] != _STAGE[b.claim.status]:
        return False
    if a.when and b.when and not compatible(a.when, b.when):
        return False
    if (a.about or b.about) and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        return False
    if a.spots and b.spots and not a.spots & b.spots:
        return False
    return not any(clash(x, y) for x in a.claim.numbers for y in b.claim.numbers)


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


def _joinable(left: list[int], right: list[int], items: Sequence[Item], close: dict[tuple[int, int], float]) -> bool:
    near = 0
    for i in left:
        for j in right:
            if not compatible_items(items[i], items[j]):
                return False
            if items[i].article == items[j].article and items[i].sentence == items[j].sentence:
                return False
            near += (min(i, j), max(i, j)) in close
    # Half of the pairs must themselves be alike: chains of neighbours drift from one claim to another.
    return near * 2 >= len(left) * len(right)

"""The same claim across articles, however worded, and how many independent origins stand behind it.

Two claims are one when their words say nearly the same, or say much the same of the same deed by the same actors, and
nothing in them is incompatible: time, number, polarity. Clustering never joins what is incompatible, so what
contradicts stays apart for ``conflicts`` to find.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rashomon.align.lineage import Roots
from rashomon.align.neighbours import near_pairs
from rashomon.align.prepare import Item, Story, told_classes
from rashomon.align.similarity import similarity
from rashomon.align.stems import stop_words, words
from rashomon.model.ids import evidence_id
from rashomon.model.marks import Number, Status
from rashomon.model.story import ClaimGroup, Derivation, Origin, Standing
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
# Verbs that alone tell no deed.
EMPTY_DEEDS = frozenset({"be", "have", "do", "get", "make", "take", "become", "include", "see", "say"})
# Share of words in common order, and the fewest of them, from which two clauses are one text: two writers who do not
# copy seldom agree on more than six words in a row.
SAME_TEXT, SAME_TEXT_WORDS = 0.85, 8
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
_HAPPENED_FIRST: dict[Status, int] = {"happened": 0, "ongoing": 1, "planned": 2, "possible": 3, "denied": 4}


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
    scored = []
    for i, j, alike in pairs:
        score = same_claim(items[i], items[j], alike)
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


def tell_groups(
    story: Story, clusters: Iterable[Cluster], derivations: Sequence[Derivation], contested: frozenset[int]
) -> tuple[ClaimGroup, ...]:
    """Clusters as claim groups with origins and standing, the best attested first.

    Args:
        contested: orders of the items that take part in a conflict.
    """
    sizes = Counter(e for item in story.items for e in item.named)
    echoes = support(story)
    roots = Roots(story.articles, story.marks, derivations)
    most = max(sizes.values(), default=1)
    groups = []
    for cluster in clusters:
        lead = best_worded(cluster)
        origins = find_origins(story, cluster, roots)
        evidence = (lead.claim.span, *(i.claim.span for i in cluster.items if i is not lead))
        standing: Standing = "corroborated" if len(origins) > 1 else "single-origin"
        if any(i.order in contested for i in cluster.items):
            standing = "contested"
        salience = max((sum(sizes[e] for e in i.actors | i.places) / most for i in cluster.items), default=0.0)
        backed = len(frozenset().union(*(echoes[i.order] for i in cluster.items)) - set(cluster.articles))
        telling = 0.5 * bool(lead.when) + 0.3 * bool(lead.claim.numbers) + 0.2 * bool(lead.places)
        groups.append(
            ClaimGroup(
                id=evidence_id("c", evidence),
                text=lead.text,
                standing=standing,
                origins=origins,
                articles=cluster.articles,
                status=min((i.claim.status for i in cluster.items), key=lambda s: _HAPPENED_FIRST[s]),
                evidence=evidence,
                when=lead.when
                or _finest(i.when for i in cluster.items)
                or _finest(i.claim.when for i in cluster.items if i.about),
                where=_where(cluster, story),
                entities=tuple(sorted(frozenset().union(*(i.named for i in cluster.items)))),
                speaker=_common_speaker(cluster),
                weight=round(
                    2.0 * (len(origins) - 1) + len(cluster.articles) + 0.5 * backed + min(salience, 2.0) + telling, 4
                ),
            )
        )
    return tuple(sorted(groups, key=lambda g: (-g.weight, g.evidence[0])))


def support(story: Story) -> list[frozenset[str]]:
    """For each item the other articles that tell a deed of its kind on its day: too different in words and actors to
    be one claim, but a sign of what a story is about."""
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    keys = [[(deed, i.when[:10]) for deed in i.deed & told_classes()] if i.when else [] for i in story.items]
    for item, own in zip(story.items, keys, strict=True):
        for key in own:
            carriers[key].add(item.article)
    return [
        frozenset().union(*(carriers[k] for k in own)) - {item.article}
        for item, own in zip(story.items, keys, strict=True)
    ]


def best_worded(cluster: Cluster) -> Item:
    """The member to show: it names its actor, can be read alone, says when, and is like the others."""

    def rank(item: Item) -> tuple[float, int, int]:
        first = item.text.split(" ", 1)[0].lower()
        opaque = first in OPAQUE
        length = len(item.text.split())
        score = 2.0 * bool(item.actors) - 2.0 * opaque + 0.5 * bool(item.when) + 0.5 * bool(item.claim.numbers)
        score -= 0.04 * max(0, length - 22) + 0.3 * max(0, 6 - length)
        score -= 0.5 * item.voiced
        return (-score, item.order, length)

    return min(cluster.items, key=rank)


def find_origins(story: Story, cluster: Cluster, roots: Roots) -> tuple[Origin, ...]:
    """The independent origins of a claim.

    What one speaker says is one origin however many print it, named ("Kim") or not ("police"); the rest is collapsed
    along the lineage. What an outlet prints in a speaker's very words is the speaker's, and so is what it says itself
    beside its own attribution; two outlets that print the same words had them from one hand.
    """
    said: dict[str, list[Item]] = defaultdict(list)
    unnamed: dict[str, list[Item]] = defaultdict(list)
    own: list[Item] = []
    for item in cluster.items:
        speaker = _speaker(item, story)
        (own if not speaker else said[speaker] if item.speaker else unnamed[speaker]).append(item)
    for speaker in sorted(unnamed, key=lambda s: (-len(_capitals(s)), s)):
        # "police", "his spokesman": most likely he who is named elsewhere, or the other unnamed.
        whose = next((k for k in sorted(said) if k not in unnamed or not _surely_two(k, speaker)), speaker)
        said[whose].extend(unnamed[speaker])
    parts: list[tuple[str, list[Item]]] = []
    for origin in roots.of([(i.article, i.claim.span) for i in own]) if own else ():
        parts.append((origin.root, [i for i in own if i.article in origin.articles]))
    for root, items in said.items():
        parts.append((root, items))
    joined: list[tuple[str, list[Item]]] = []
    for root, items in sorted(parts, key=lambda p: (p[0] in story.texts, -len({i.article for i in p[1]}), p[0])):
        # Speakers and agencies come first, so that an outlet's own words find whose they are.
        home = next((k for k in joined if k[0] == root or (root in story.texts and _one_hand(items, k[1]))), None)
        if home is None:
            joined.append((root, list(items)))
        else:
            home[1].extend(items)
    origins = [Origin(root, tuple(sorted({i.article for i in items}))) for root, items in joined]
    return tuple(sorted(origins, key=lambda o: (-len(o.articles), o.root)))


def _speaker(item: Item, story: Story) -> str | None:
    """Whose word an item is: an entity's name, or the words for somebody unnamed; None for a pronoun and for nobody."""
    if item.speaker is not None:
        return story.index.names[item.speaker]
    span = item.claim.attributed_to
    if span is None or any(c.touches(span) for c in story.marks[item.article].credits):
        return None  # "media reported": the lineage knows more of them
    words = span.cut(story.texts[item.article]).split()
    kept = [w for w in words if w.lower() not in {"the", "a", "an"}]
    return " ".join(kept) if kept and kept[0].lower() not in OPAQUE else None


def _capitals(speaker: str) -> frozenset[str]:
    return frozenset(w.lower() for w in speaker.split()[:-1] if w[0].isupper())


def _surely_two(a: str, b: str) -> bool:
    """Whether two unnamed speakers are told apart by names: "Kenyan police", "Ugandan police"."""
    left, right = _capitals(a), _capitals(b)
    return bool(left and right) and not left & right


def _one_hand(own: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether what an outlet says is what it, or somebody in nearly the same words, says among ``others``."""
    if {i.article for i in own} <= {i.article for i in others}:
        return True
    return any(_same_text(a.text, b.text) for a in own for b in others if a.article != b.article)


def _same_text(a: str, b: str) -> bool:
    left, right = words(a), words(b)
    if min(len(left), len(right)) < SAME_TEXT_WORDS:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= SAME_TEXT


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


def _finest(values: Iterable[str | None]) -> str | None:
    """The most precise of compatible time values, the commonest among equals."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-len(v), -counts[v], v)) if counts else None


def _where(cluster: Cluster, story: Story) -> str | None:
    names = story.index.names
    counts = Counter(p for item in cluster.items for p in item.places)
    return names[min(counts, key=lambda p: (-counts[p], names[p]))] if counts else None


def _common_speaker(cluster: Cluster) -> str | None:
    speakers = {i.speaker for i in cluster.items}
    return next(iter(speakers)) if len(speakers) == 1 else None

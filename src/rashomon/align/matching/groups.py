"""Clusters of claims as claim groups: best wording, independent origins and standing, and how much each weighs."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rashomon.align.coreference.entities import EntityIndex
from rashomon.align.matching.claims import OPAQUE, ROUND, Cluster, compatible_items, of_others
from rashomon.align.matching.features import longest_run
from rashomon.align.matching.wording import said_by_others
from rashomon.align.sources.lineage import Roots
from rashomon.align.statements.prepare import Item, Story, told_classes
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import coverage
from rashomon.align.statements.stems import words
from rashomon.model.ids import evidence_id
from rashomon.model.marks import Status
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup, Derivation, Origin, Standing

# Share of words in common order, and the fewest of them, from which two clauses are one text: two writers who do not
# copy seldom agree on more than six words in a row.
SAME_TEXT, SAME_TEXT_WORDS = 0.85, 8
# How many of those in a row are no names: any two writers list seven countries in the same order.
NOT_NAMES = 4
# The fewest words that are one text where both stand in one copied passage: the passage tells that one hand wrote them.
COPIED_WORDS = 3
# Share of a statement's words that a sentence must hold for its article to corroborate the statement; read off three
# stories of real outlets, not measured on labels yet (docs/quality.md).
STATES_IT = 0.60
# What it weighs in choosing the wording of a fact that the other articles say all of it: as much as four of the other
# signs together, for a line must not say what only one of its outlets states.
SHARED = 6.0
_HAPPENED_FIRST: dict[Status, int] = {"happened": 0, "ongoing": 1, "planned": 2, "possible": 3, "denied": 4}


@dataclass(frozen=True, slots=True)
class _Voice:
    """Members of a claim with one origin.

    Attributes:
        root: a speaker's words or name, an agency, or an article's id.
        spoken: whether it is a speaker's word; else the outlets' own voice.
    """

    root: str
    items: list[Item]
    spoken: bool

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(i.article for i in self.items)


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
    shown: set[int] = set()
    sentences = {s.span: s for s in story.sentences}
    for cluster in clusters:
        lead = best_worded(cluster, shown)
        shown.add(lead.order)
        origins = find_origins(story, _stating(lead, cluster, sentences, story.index), roots)
        evidence = (lead.claim.span, *(i.claim.span for i in cluster.items if i is not lead))
        standing: Standing = "corroborated" if len(origins) > 1 else "single-origin"
        if any(i.order in contested for i in cluster.items):
            standing = "contested"
        salience = max((sum(sizes[e] for e in i.actors | i.places) / most for i in cluster.items), default=0.0)
        own = [echoes[i.order] for i in cluster.items if i.order < len(echoes)]
        backed = len(frozenset().union(*own) - set(cluster.articles))
        telling = 0.5 * bool(lead.when) + 0.3 * bool(lead.claim.numbers) + 0.2 * bool(lead.places)
        groups.append(
            ClaimGroup(
                id=evidence_id("c", evidence),
                text=lead.text,
                standing=standing,
                origins=origins,
                articles=cluster.articles,
                status=_status(cluster),
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


def _stating(lead: Item, cluster: Cluster, sentences: Mapping[Span, StatedSentence], index: EntityIndex) -> Cluster:
    """The members whose sentences hold most words of the one that a fact is shown by, and all its names and numbers,
    and that name no other day, town or people: likely they state all of it.

    The others state something in common with it; they are evidence beside it and corroborate nothing.
    """
    return Cluster(tuple(i for i in cluster.items if i is lead or _states(i, lead, sentences.get(i.sentence), index)))


def _states(item: Item, lead: Item, sentence: StatedSentence | None, index: EntityIndex) -> bool:
    """Whether a member's sentence states all that ``lead`` does, as far as words, names, numbers and roles can tell."""
    if sentence is None or not compatible_items(lead, item) or of_others(lead, item):
        return False
    values = {q.value for q in sentence.quantities}
    counted = all(any(abs(n.value - v) <= ROUND * n.value for v in values) for n in lead.claim.numbers)
    mine, theirs = ((index.ids(i.claim.who), index.ids(i.claim.whom)) for i in (lead, item))
    # "Ruiz sacked Vega", "Ruiz was sacked": who acts in one is acted upon in the other, and no role is the same.
    alike = mine[0] & theirs[0] or mine[1] & theirs[1]
    turned = not alike and bool(mine[0] & theirs[1] or mine[1] & theirs[0])
    named = lead.named <= sentence.entities | item.around
    return counted and named and not turned and coverage(lead.bag, sentence.bag) >= STATES_IT


def _status(cluster: Cluster) -> Status:
    """The status that most articles give it; of several the least sure, so that a plan attests no deed."""
    articles = {s: len({i.article for i in cluster.items if i.claim.status == s}) for s in _HAPPENED_FIRST}
    return max(articles, key=lambda s: (articles[s], _HAPPENED_FIRST[s]))


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


def best_worded(cluster: Cluster, shown: Collection[int] = ()) -> Item:
    """The member to show: it says what the others say too, names its actor, can be read alone, says when.

    Args:
        shown: numbers of the items that other facts are shown by; another one is taken where there is one.
    """
    shared = said_by_others(cluster)

    def rank(item: Item) -> tuple[float, int, int]:
        first = item.text.split(" ", 1)[0].lower()
        opaque = first in OPAQUE
        length = len(item.text.split())
        score = 2.0 * bool(item.actors) - 2.0 * opaque + 0.5 * bool(item.when) + 0.5 * bool(item.claim.numbers)
        score -= 0.04 * max(0, length - 22) + 0.3 * max(0, 6 - length)
        score -= 0.5 * item.voiced + 1.0 * item.claim.quoted
        score += SHARED * shared[item.order] - SHARED * (item.order in shown)
        return (-score, item.order, length)

    status = _status(cluster)
    return min((i for i in cluster.items if i.claim.status == status), key=rank)


def find_origins(story: Story, cluster: Cluster, roots: Roots) -> tuple[Origin, ...]:
    """The independent origins of a claim.

    What one speaker says is one origin however many print it, named ("Kim") or not ("police"); the rest is collapsed
    along the lineage. What an outlet prints in a speaker's very words is the speaker's, and so is what it says itself
    beside its own attribution; two outlets that print the same words had them from one hand, whomever they name.
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
    voices = [_Voice(root, items, spoken=True) for root, items in said.items()]
    for origin in roots.of([(i.article, i.claim.span) for i in own]) if own else ():
        voices.append(_Voice(origin.root, [i for i in own if i.article in origin.articles], spoken=False))
    joined: list[_Voice] = []
    # Speakers come first, then agencies, so that an outlet's own words find whose they are.
    for voice in sorted(voices, key=lambda v: (not v.spoken, v.root in story.texts, -len(v.articles), v.root)):
        home = next((v for v in joined if v.root == voice.root or _one_hand(voice, v, story, roots)), None)
        if home is None:
            joined.append(_Voice(voice.root, list(voice.items), voice.spoken))
        else:
            home.items.extend(voice.items)
    origins = [Origin(v.root, tuple(sorted(v.articles))) for v in joined]
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


def _one_hand(voice: _Voice, home: _Voice, story: Story, roots: Roots) -> bool:
    """Whether what one voice says is what another says too, or somebody in nearly the same words.

    Who speaks is found in one print of a text and missed in the next, so words in common come before names. Two
    agencies are two whatever they print.
    """
    if not home.spoken and voice.root not in story.texts:
        return False
    if not voice.spoken and voice.articles <= home.articles:
        return True
    return any(
        _same_text(a.text, b.text) or _one_copy(a, b, roots)
        for a in voice.items
        for b in home.items
        if a.article != b.article
    )


def _one_copy(a: Item, b: Item, roots: Roots) -> bool:
    """Whether few words are one text: nearly all of the fewer in a row, in one passage that both articles print."""
    left, right = words(a.text), words(b.text)
    if longest_run(left, right) < max(COPIED_WORDS, SAME_TEXT * min(len(left), len(right))):
        return False
    return roots.is_copied((a.article, a.claim.span), (b.article, b.claim.span))


def _same_text(a: str, b: str) -> bool:
    left, right = words(a), words(b)
    if min(len(left), len(right)) < SAME_TEXT_WORDS:
        return False
    in_a_row = longest_run(left, right)
    if in_a_row >= SAME_TEXT_WORDS and 2 * in_a_row >= min(len(left), len(right)):
        return longest_run(_in_lower_case(a), _in_lower_case(b)) >= NOT_NAMES
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= SAME_TEXT


def _in_lower_case(text: str) -> list[str]:
    return words(" ".join(w for w in text.split() if not w[0].isupper()))


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

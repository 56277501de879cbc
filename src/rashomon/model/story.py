"""What ``group`` and ``align`` make of several articles on one event."""

from dataclasses import dataclass
from typing import Literal

from rashomon.model.marks import CreditField, MentionKind, Place, QuotationKind, Status
from rashomon.model.spans import Span

Standing = Literal["corroborated", "single-origin", "contested"]
ConflictKind = Literal["time", "number", "place", "identity", "polarity", "ordinal", "thing", "wording"]
ConflictRelation = Literal["contradiction", "revision", "possible"]
DerivationKind = Literal["copied", "credit", "cites"]
TimelineStatus = Literal["past", "ongoing", "planned"]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What ``group`` keeps of an article, enough to place later articles without reading it again.

    ``words`` are stems with their counts, ``names`` folded names with counts, ``dates`` the days (``YYYY-MM-DD``) or
    months that the text speaks of, ``shingles`` sorted 64-bit hashes of word 8-grams (or a sketch of them). ``head``
    are the stems of the headline (of the first line where there is none), ``lead`` those of how the text begins.
    """

    article_id: str
    published: str | None
    words: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, int], ...]
    dates: tuple[str, ...]
    shingles: tuple[int, ...]
    head: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which story an article belongs to, and which earlier article it repeats almost word for word."""

    article_id: str
    story_id: str
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories turned out to be one, by ``article_id``: ``story_id`` ends, ``into``, the older one, goes on."""

    story_id: str
    into: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Two stories of one running affair, not merged; ``story_id`` < ``other``. ``names`` are what both speak of."""

    story_id: str
    other: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """All that one more article changed: where it belongs, which stories became one, which are newly related."""

    assignment: Assignment
    merges: tuple[Merge, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A story at a glance, before it is told: articles' ids in order of arrival, days as ``YYYY-MM-DD``.

    ``related`` are the ids of stories of the same affair, ``merged_from`` those that the story had before; both sorted.
    """

    id: str
    title: str
    start: str | None
    end: str | None
    where: tuple[Place, ...]
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    related: tuple[str, ...] = ()
    merged_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one article that stand in another: ``left`` of the earlier in order, ``right`` of the later one.

    ``words`` are those that are the same on both sides; ``own`` those of them that are neither quoted speech nor a
    site's notice.
    """

    left: Span
    right: Span
    words: int
    own: int


@dataclass(frozen=True, slots=True)
class Reuse:
    """Passages that two articles have in common word for word: ``source`` came first, ``target`` printed it again.

    ``passages`` are pairs of spans, in the source and in the target, in order of the target's text. ``why`` says what
    tells the direction: a "credit" or "dateline" of the target that names the source's outlet or agency, or the times
    of publication; "unknown": nothing does, and source is only the one that was read first.
    """

    source: str
    target: str
    passages: tuple[tuple[Span, Span], ...]
    words: int
    why: Literal["credit", "dateline", "published", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class NameUse:
    """One name of an entity and the articles (ids, sorted) that use it; ``count`` over all of them."""

    text: str
    articles: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One someone or something across articles, with all its names and who uses which."""

    id: str
    name: str
    kind: MentionKind
    names: tuple[NameUse, ...]
    mentions: tuple[Span, ...]
    known: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """This article (``target``) has something from that article or agency (``source``).

    ``source`` is an article id, or a name with its known id ("agency:reuters") in ``source_known``. ``undirected``:
    copied words without a sign of who copied whom. ``field`` is "authors" where only the target's author field shows
    it: then, and only then, there is no evidence in the text (ADR 5).
    """

    source: str
    target: str
    kind: DerivationKind
    evidence: tuple[Span, ...]
    source_known: str | None = None
    undirected: bool = False
    field: CreditField = "text"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim independently comes from: ``root`` as a person reads it, and the articles behind it."""

    root: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The same claim across articles. ``text`` is the best attested wording, cut from ``evidence[0]``.

    ``origins`` are of those articles that state all of ``text``, as far as their words tell; the other ``articles``
    state something in common with it.
    """

    id: str
    text: str
    standing: Standing
    origins: tuple[Origin, ...]
    articles: tuple[str, ...]
    status: Status
    evidence: tuple[Span, ...]
    when: str | None = None
    where: str | None = None
    entities: tuple[str, ...] = ()
    speaker: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer to a conflict's question: the value, who gives it, the words."""

    value: str
    articles: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question, incompatible readings.

    Kind "thing": of what kind it was, a car or a truck; "wording": another word in one quotation. Relation "possible":
    the readings exclude each other, but whether they answer one question is not sure.
    """

    id: str
    kind: ConflictKind
    relation: ConflictRelation
    question: str
    readings: tuple[Reading, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated entry. ``date`` is a TIMEX3 value; ``precision`` one of time, day, week, month, season, year, decade."""

    date: str
    precision: str
    status: TimelineStatus
    text: str
    claims: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One form in which an outlet prints a quotation; ``evidence`` its pieces, ``speaker`` as the article names him."""

    text: str
    article: str
    kind: QuotationKind
    evidence: tuple[Span, ...]
    speaker: Span | None = None
    cue: Span | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotationGroup:
    """One utterance in all the forms it is printed in; the fullest leads."""

    id: str
    speaker: str | None
    speaker_name: str | None
    kind: QuotationKind
    text: str
    chain: tuple[str, ...]
    variants: tuple[Variant, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnlyOne:
    """A claim that one article alone carries."""

    claim: str
    article: str


@dataclass(frozen=True, slots=True)
class Carried:
    """How one article stands to the claims that it could be expected to carry: ids of claims, in their order.

    Those are what two other articles or more tell as done, published no later than it. ``missing``: nothing like it was
    found in the article; ``unclear``: a sentence of it may say so in other words.
    """

    article: str
    carries: tuple[str, ...]
    unclear: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingChoice:
    """One way of naming an entity: who uses it, how often, and the words."""

    text: str
    articles: tuple[str, ...]
    count: int
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How the outlets of a story name one entity differently."""

    entity: str
    choices: tuple[WordingChoice, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A word that sets some articles apart where others tell the same.

    ``instead`` are the words that stand in its stead elsewhere, none where nothing answers it word for word;
    ``beside`` the sentences of the others at that place, one an article. ``weight`` is how telling it is: above 0,
    comparable within one story only.
    """

    choice: WordingChoice
    instead: tuple[WordingChoice, ...]
    beside: tuple[Span, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a story's outlets share, where they differ, and where each had it from."""

    story_id: str
    articles: tuple[str, ...]
    entities: tuple[Entity, ...]
    derivations: tuple[Derivation, ...]
    claims: tuple[ClaimGroup, ...]
    conflicts: tuple[Conflict, ...]
    quotations: tuple[QuotationGroup, ...]
    timeline: tuple[TimelineEntry, ...]
    only_one: tuple[OnlyOne, ...]
    wording: tuple[Wording, ...]
    contrasts: tuple[Contrast, ...] = ()
    carried: tuple[Carried, ...] = ()

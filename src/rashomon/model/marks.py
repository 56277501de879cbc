"""What one article says, span by span: the output of the room ``mark``."""

from dataclasses import dataclass
from typing import Literal

from rashomon.model.article import DateSource
from rashomon.model.spans import Span

MentionKind = Literal["PERSON", "ORG", "PLACE", "GROUP", "OTHER"]
MentionForm = Literal["name", "nominal", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
QuotationKind = Literal["direct", "indirect", "mixed"]
CreditRelation = Literal["wire", "reprint", "cites", "photo", "own"]
CreditField = Literal["text", "authors"]
Status = Literal["happened", "ongoing", "planned", "possible", "denied"]
Polarity = Literal["+", "-"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``paragraph`` counts from 0."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place of the gazetteer: coordinates in degrees (WGS 84), ``country`` an ISO 3166-1 alpha-2 code."""

    name: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name someone or something.

    ``name`` is the bare name ("Kim Jong Un": no title, no article, no possessive). ``role`` is the title or
    apposition that goes with it. ``known`` is the gazetteer's id ("state:KP", "agency:reuters", "outlet:…").
    ``antecedent`` is the span of the mention that this one refers back to: the full name for a family name, the
    name for a pronoun; None where the evidence is not good. A metonym (a capital that stands for its government)
    has kind ORG and the state's ``known``.
    """

    span: Span
    kind: MentionKind
    name: str
    form: MentionForm = "name"
    role: Span | None = None
    known: str | None = None
    place: Place | None = None
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression (TIMEX3).

    ``value`` is the TIMEX3 value, resolved where an anchor is known, else as far as the words alone go
    ("XXXX-WXX-3"). ``expr`` is the anchor-free normal form from which ``value`` can be computed again when the
    publication date becomes known later; only ``mark.times`` and ``model.measure`` read it. ``anchor`` says what the
    value rests on: "words" (the expression is absolute), "published", "timex" (another expression, at
    ``anchor_span``), or "unknown" (relative, and nothing to resolve it against).

    A distance from an event ("two months after the summit in February", "three days later") is a DURATION, as TIMEX3
    wants it; ``point`` is the time it leads to ("2019-04"), None while that is not known. Its anchor is "timex" where
    the article dates the event (at ``anchor_span``), or "event" where it only names it there: another article of its
    story may date it (``align.events``).
    """

    span: Span
    type: TimexType
    value: str
    mod: str | None = None
    expr: str = ""
    anchor: Literal["words", "published", "timex", "event", "unknown"] = "words"
    anchor_span: Span | None = None
    point: str | None = None

    @property
    def time(self) -> str | None:
        """The value that says when a deed was done: the point of a distance, None while that is not known."""
        return self.point if self.type == "DURATION" else self.value


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step through which words came: who passed them on, as this article names them."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported speech. ``content`` has several spans where the cue or a paragraph break interrupts it.

    Content spans of direct speech do not include the quotation marks. ``speaker`` is as written ("he", "Kim", "the
    statement"); a pronoun is resolved through the mention at that span. ``chain`` runs from the speaker's side
    outwards to where this article has the words from. ``voiced`` is False where the cue tells a thought or a wish
    ("wants", "is happy to") and no utterance.
    """

    content: tuple[Span, ...]
    kind: QuotationKind
    cue: Span | None = None
    speaker: Span | None = None
    chain: tuple[ChainLink, ...] = ()
    voiced: bool = True

    @property
    def span(self) -> Span:
        """From the first to the last character of the content."""
        return Span(self.content[0].article_id, self.content[0].start, self.content[-1].end)

    def content_text(self, text: str) -> str:
        """The quoted words, several pieces joined by one space."""
        return " ".join(part.cut(text) for part in self.content)


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency, outlet or person that the article says it took something from.

    ``span`` is the name itself, or the line by which an agency's desk signs its texts off; ``scope`` the words it
    covers (a sentence, a caption), None for the whole article. ``field`` tells where the credit stands: in the text,
    or only in the article's author field, which no span can cut: then, and only then, ``span`` is None (ADR 5).
    Relation "own" is the outlet that publishes, naming its own work: "told this newspaper".
    """

    span: Span | None
    name: str
    relation: CreditRelation
    known: str | None = None
    scope: Span | None = None
    field: CreditField = "text"

    def __post_init__(self) -> None:
        if (self.span is None) != (self.field == "authors"):
            raise ValueError(f"a credit has a span, or else stands in the author field; {self.name!r} breaks that")

    def touches(self, span: Span) -> bool:
        """Whether the credit's own words share a character with ``span``."""
        return self.span is not None and self.span.overlaps(span)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: ``value`` in ``unit`` ("people", "percent", "USD"); ``mod`` as "at least", "about", "nearly"."""

    span: Span
    value: float
    unit: str
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement: one clause, who did what, when, where, how many.

    ``span`` is the clause, readable as one short sentence. ``who`` are agents, ``whom`` patients and other participants
    (active and passive alike), each the span of a noun phrase's name or head. ``lemmas`` are the content words in
    order, for comparing without a parse. ``when`` is a TIMEX3 value, found at ``when_span``; None there while that is a
    distance from an event whose day is not known. ``attributed_to`` is whose word it is, when it stands in reported
    speech; ``quoted`` tells direct speech. ``nominal``: an event that a noun names ("last month's summit in Hanoi"),
    its predicate that noun.
    """

    span: Span
    predicate: str
    predicate_span: Span
    who: tuple[Span, ...] = ()
    whom: tuple[Span, ...] = ()
    where: tuple[Span, ...] = ()
    when: str | None = None
    when_span: Span | None = None
    numbers: tuple[Number, ...] = ()
    polarity: Polarity = "+"
    status: Status = "happened"
    attributed_to: Span | None = None
    quoted: bool = False
    nominal: bool = False
    lemmas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """The main event of an article: who did what, when and where, each None where the text does not say.

    ``what`` is the predicate with its object; ``who`` the one who acts, or, where none is named, the one it is done to.
    ``when`` is a TIMEX3 value, found at ``when_span``; without a span it is the day of publication, for want of a
    better one. ``where`` is a place's name with the larger places that follow it ("Lund, Sweden").
    """

    what: Span
    who: Span | None = None
    when: str | None = None
    when_span: Span | None = None
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class OutletHint:
    """The outlet that publishes, inferred from the text, with the words that show it."""

    name: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """All that ``mark`` found in one article, each tuple in order of first character.

    ``published`` is the day (``YYYY-MM-DD``) that relative times were resolved against. ``labels`` are phrases without
    a name ("the airline"), each tied to a mention or to another label where its sentence tells whose it is.
    """

    article_id: str
    version: str
    published: str | None = None
    published_from: DateSource = "unknown"
    published_evidence: tuple[Span, ...] = ()
    outlet: OutletHint | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    labels: tuple[Mention, ...] = ()
    timexes: tuple[Timex, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    credits: tuple[Credit, ...] = ()
    claims: tuple[Claim, ...] = ()
    gist: Gist | None = None

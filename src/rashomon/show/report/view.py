"""What one page shows, ready to print: the records between a dossier and its HTML, Markdown or terminal form."""

from dataclasses import dataclass

from rashomon.model.article import Failure
from rashomon.model.spans import Span
from rashomon.show.report.diff import Compared
from rashomon.show.report.marked import Excerpt, Paragraph


@dataclass(frozen=True, slots=True)
class Cite:
    """An outlet named as the bearer of a line. ``anchor`` is the id of the first marked words in its article."""

    key: str
    outlet: str
    short: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account with the words that prove it (empty only where an author field does).

    ``id`` is unique on the page; ``label`` ("A3") ties the line to the margins of the articles, on paper too. ``data``
    lists the evidence for the page's script: ``article key:start:end``, in code points, separated by spaces.
    """

    id: str
    label: str
    text: str
    evidence: tuple[Span, ...]
    cites: tuple[Cite, ...]
    data: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """One independent origin and the outlets behind it; ``root`` is None where it is just the outlet itself."""

    root: str | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its reach. ``cells`` has, for each outlet read, the number of the origin it had it from, or None."""

    line: Line
    reach: str
    origins: tuple[OriginView, ...]
    tag: str | None
    said_by: str | None
    when: str | None
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words of one article as a conflict shows them."""

    cite: Cite
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One answer to a conflict's question."""

    value: str
    data: str
    cites: tuple[Cite, ...]
    words: tuple[QuotedWords, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One question and the answers side by side."""

    line: Line
    kind: str
    relation: str
    readings: tuple[ReadingView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A dated line; ``see`` are the labels and ids of the claims it tells."""

    line: Line
    when: str
    value: str
    status: str
    see: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VariantView:
    """One outlet's form of a quotation."""

    cite: Cite
    kind: str
    data: str
    compared: Compared
    chain: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One utterance, its fullest form first."""

    line: Line
    kind: str
    chain: str
    variants: tuple[VariantView, ...]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker and what outlets print of him or her; ``name`` is None where no outlet names one."""

    name: str | None
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class OnlyView:
    """What one outlet alone reports."""

    outlet: str
    key: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One name for an entity; ``cells`` counts its uses for each outlet where known: uses, or 0."""

    text: str
    count: int
    data: str
    cites: tuple[Cite, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordingView:
    """How outlets name one entity differently."""

    line: Line
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class ContrastView:
    """A word that sets outlets apart, the words in its stead, or else the others' sentences at that place."""

    line: Line
    side: ReadingView
    instead: tuple[ReadingView, ...]
    beside: tuple[QuotedWords, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """What an outlet lacks of the ``total`` lines that two others or more share: label, id and text of each."""

    outlet: str
    key: str
    lines: tuple[tuple[str, str, str], ...]
    total: int


@dataclass(frozen=True, slots=True)
class LinkView:
    """A line of the lineage, and what a drawing needs: from a source's name or an article's key to an article's key."""

    line: Line
    source: str
    source_key: str | None
    target_key: str
    kind: str
    undirected: bool
    words: int


@dataclass(frozen=True, slots=True)
class EntityView:
    """Someone or something with all its names: text, how many outlets use it, how often."""

    line: Line
    names: tuple[tuple[str, int, int], ...]
    place: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class EntityKind:
    """The entities of one kind under a heading."""

    heading: str
    entities: tuple[EntityView, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A line that says how something about an article is known, with the words."""

    text: str
    line: Line | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its marks; ``labels`` are ids and labels of the lines that each paragraph supports."""

    key: str
    id: str
    outlet: str
    short: str
    title: str | None
    url: str | None
    authors: str
    published: str
    notes: tuple[Note, ...]
    words: int
    paragraphs: tuple[Paragraph, ...]
    ref: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something that shows only between the accounts: a sentence, and the line that proves it."""

    head: str
    text: str
    line: Line


@dataclass(frozen=True, slots=True)
class AlsoView:
    """A related story; ``anchor`` is the id of its section, None where it is not on the page."""

    id: str
    title: str
    names: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story, section by section, in the order in which the report prints them."""

    id: str
    title: str
    when: str
    where: str
    outlets: tuple[str, ...]
    published: tuple[str, ...]
    reading: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    summary: tuple[Line, ...]
    agreed: tuple[ClaimView, ...]
    repeated: tuple[ClaimView, ...]
    partly: tuple[ClaimView, ...]
    contested: tuple[ClaimView, ...]
    conflicts: tuple[ConflictView, ...]
    timeline: tuple[TimelineView, ...]
    speakers: tuple[SpeakerView, ...]
    only: tuple[OnlyView, ...]
    other: tuple[ClaimView, ...]
    wording: tuple[WordingView, ...]
    lineage: tuple[LinkView, ...]
    entities: tuple[EntityKind, ...]
    articles: tuple[ArticleView, ...]
    labels: dict[str, str]
    skipped: int
    also: tuple[AlsoView, ...] = ()
    contrasts: tuple[ContrastView, ...] = ()
    missing: tuple[MissingView, ...] = ()

    @property
    def quotes(self) -> int:
        """How many utterances the story has."""
        return sum(len(speaker.quotes) for speaker in self.speakers)

    @property
    def shared(self) -> bool:
        """Whether two outlets or more report it."""
        return len(self.outlets) > 1

    @property
    def unique(self) -> int:
        """How many lines one outlet alone carries."""
        return sum(len(only.claims) for only in self.only)


@dataclass(frozen=True, slots=True)
class PageView:
    """All stories of a dossier, and what was left out of it."""

    stories: tuple[StoryView, ...]
    failures: tuple[Failure, ...]
    articles: int
    outlets: int
    skipped: int

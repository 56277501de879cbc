"""The whole account: what ``tell`` writes and ``show`` shows."""

from dataclasses import dataclass

from rashomon.model.article import Article, Failure
from rashomon.model.marks import Credit, Place
from rashomon.model.spans import Span
from rashomon.model.story import Alignment

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article as the dossier lists it.

    ``outlet`` is what to call it: metadata, else inferred from the text, else read off the address, else the file's
    name; ``outlet_from`` says which ("metadata", "text", "url", "file"). ``published_evidence`` are the words that
    show the date.
    """

    article: Article
    outlet: str
    outlet_from: str
    outlet_evidence: tuple[Span, ...]
    published: str | None
    published_from: str
    published_evidence: tuple[Span, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of the summary and the spans that prove it (never empty); ``claim`` is the group it tells."""

    text: str
    evidence: tuple[Span, ...]
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """Another story of the same affair: ``names`` are what both speak of, ``outlets`` who reports it, both sorted."""

    id: str
    title: str
    names: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryAccount:
    """One story told: its alignment with a title, when, where and a cited summary."""

    id: str
    title: str
    start: str | None
    end: str | None
    where: tuple[Place, ...]
    summary: tuple[SummarySentence, ...]
    alignment: Alignment
    related: tuple[RelatedStory, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All stories of one run, largest first, and what was left out."""

    articles: tuple[ToldArticle, ...]
    stories: tuple[StoryAccount, ...]
    failures: tuple[Failure, ...]

"""Invented articles marked and aligned, for tests that plant something and then look for it."""

from spacy.language import Language

from rashomon.align import align_story
from rashomon.group.passages import common_passages
from rashomon.mark.annotate import annotate
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Claim, Marks
from rashomon.model.spans import Span
from rashomon.model.story import Alignment

# A Wednesday.
DAY = "2026-03-11"


def claims_of(nlp: Language, text: str, published: str | None = DAY) -> tuple[Claim, ...]:
    """The claims of one text."""
    return annotate(article_of("t", text=text, published=published), nlp).claims


def outlet(name: str, text: str, published: str | None = DAY, title: str | None = None) -> Article:
    """An article of the outlet ``name``, which is its ref too."""
    return article_of(name, text=text, published=published, outlet=name, title=title)


class Aligned:
    """Some articles taken as one story, asked by outlet."""

    def __init__(self, nlp: Language, *articles: Article) -> None:
        self.articles = articles
        self.marks: dict[str, Marks] = {a.id: annotate(a, nlp) for a in articles}
        self.alignment: Alignment = align_story(
            "s_planted", articles, self.marks, common_passages(articles, self.marks)
        )
        self.ref = {a.id: a.ref for a in articles}
        self.text = {a.id: a.text for a in articles}

    def cut(self, span: Span) -> str:
        """The words at ``span``."""
        return span.cut(self.text[span.article_id])

    def refs(self, ids: tuple[str, ...]) -> set[str]:
        """The outlets of article ids."""
        return {self.ref[i] for i in ids}

    def claim(self, words: str) -> set[str]:
        """The outlets of the one claim group that has evidence with ``words`` in it; the shortest evidence counts."""
        best = min(
            ((len(self.cut(s)), g.id, g) for g in self.alignment.claims for s in g.evidence if words in self.cut(s)),
            key=lambda found: found[:2],
        )
        return self.refs(best[2].articles)

    def people(self) -> dict[str, set[str]]:
        """Name of each person to all names the story has for him or her."""
        return {e.name: {n.text for n in e.names} for e in self.alignment.entities if e.kind == "PERSON"}

    def conflicts(self, kind: str) -> list[dict[str, set[str]]]:
        """For each conflict of ``kind`` the outlets by reading."""
        return [
            {r.value: self.refs(r.articles) for r in c.readings} for c in self.alignment.conflicts if c.kind == kind
        ]

"""The book of lines: every line of the account enters here with its evidence, or is not printed."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rashomon.model.dossier import ToldArticle
from rashomon.model.spans import Span
from rashomon.show.report.marked import paragraphs_of
from rashomon.show.report.view import Cite, Line
from rashomon.show.report.words import short_outlet


class Register:
    """Gives lines their ids and labels, and remembers which words support which line.

    A line whose evidence is missing, blank, or reaches past its article's text is refused: ``line`` returns None
    and ``skipped`` counts it.
    """

    def __init__(self, articles: Sequence[ToldArticle], prefix: str, taken: set[str]) -> None:
        self.articles = {told.article.id: told for told in articles}
        self.keys = {told.article.id: f"{prefix}a{number}" for number, told in enumerate(articles, 1)}
        self._place = {id_: number for number, id_ in enumerate(self.keys)}
        self.labels: dict[str, str] = {}
        self.skipped = 0
        self._prefix = prefix
        self._taken = taken
        self._numbers: dict[str, int] = {}
        self._spans: dict[str, list[tuple[int, int, str]]] = {told.article.id: [] for told in articles}
        self._paragraphs = {told.article.id: paragraphs_of(told.article.text) for told in articles}
        self._ends = {id_: [end for _, end in found] for id_, found in self._paragraphs.items()}

    def proven(self, evidence: Iterable[Span]) -> tuple[Span, ...]:
        """The spans that cut words out of an article of this story, each once, in the given order."""
        kept: dict[Span, None] = {}
        for span in evidence:
            told = self.articles.get(span.article_id)
            if told and span.end <= len(told.article.text) and span.cut(told.article.text).strip():
                kept[span] = None
        return tuple(kept)

    def line(self, letter: str, text: str, evidence: Iterable[Span], wanted: str | None = None) -> Line | None:
        """Enter a line; None where nothing proves it. ``wanted`` is the id it gets if no other line has it."""
        spans = self.proven(evidence)
        if not spans:
            self.skipped += 1
            return None
        id_, label = self._entered(letter, wanted)
        for span in spans:
            self._spans[span.article_id].append((span.start, span.end, id_))
        return Line(id_, label, text, spans, self.cites(spans), self.data(spans))

    def line_of_field(self, letter: str, text: str, article_id: str) -> Line:
        """Enter a line that an article's author field shows, in place of words in its text; it leads to the article."""
        id_, label = self._entered(letter)
        key, outlet = self.keys[article_id], self.articles[article_id].outlet
        return Line(id_, label, text, (), (Cite(key, outlet, short_outlet(outlet), key),), "")

    def _entered(self, letter: str, wanted: str | None = None) -> tuple[str, str]:
        """A new line's id, unique on the page, and its label."""
        number = self._numbers[letter] = self._numbers.get(letter, 0) + 1
        label = f"{letter}{number}"
        id_ = wanted if wanted and wanted not in self._taken and wanted.isidentifier() else self._prefix + label
        self._taken.add(id_)
        self.labels[id_] = label
        return id_, label

    def cites(self, evidence: Iterable[Span]) -> tuple[Cite, ...]:
        """The articles that evidence stands in, each once, in the order in which the story lists them."""
        first: dict[str, Span] = {}
        for span in evidence:
            first.setdefault(span.article_id, span)
        return tuple(self.cite(first[id_]) for id_ in sorted(first, key=self._place.__getitem__))

    def cite(self, span: Span) -> Cite:
        """The article of one span, with the way to its words."""
        outlet = self.articles[span.article_id].outlet
        paragraphs = self._paragraphs[span.article_id]
        start = max(span.start, paragraphs[bisect_right(self._ends[span.article_id], span.start)][0])
        key = self.keys[span.article_id]
        return Cite(key, outlet, short_outlet(outlet), f"{key}-{start}")

    def data(self, evidence: Iterable[Span]) -> str:
        """Evidence for the page's script."""
        return " ".join(f"{self.keys[s.article_id]}:{s.start}:{s.end}" for s in evidence)

    def text(self, span: Span) -> str:
        """The words of a span."""
        return span.cut(self.articles[span.article_id].article.text)

    def spans(self, article_id: str) -> list[tuple[int, int, str]]:
        """Start, end and line of everything that is marked in one article."""
        return self._spans[article_id]

    def outlets(self, articles: Iterable[str]) -> tuple[str, ...]:
        """The outlets of some articles, each once, in the story's order."""
        known = sorted({id_ for id_ in articles if id_ in self._place}, key=self._place.__getitem__)
        return tuple(dict.fromkeys(self.articles[id_].outlet for id_ in known))

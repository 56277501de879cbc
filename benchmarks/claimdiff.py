"""ClaimDiff's pairs as statements of stories: what ``lab.statement_relations`` is asked, and what is right."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lab.statement_relations import Statement, Statements
from pairs import Examples
from rashomon.align.statements.similarity import bag, load_lexicon, weigh_in_story
from rashomon.mark.annotate import annotate
from rashomon.mark.language import load_pipeline
from rashomon.model.article import article_of
from rashomon.model.spans import Span

Pairs = list[dict[str, Any]]
Key = tuple[str, str]  # topic and day
Cell = tuple[Key, str, str]  # story and the two claims
Features = dict[str, float]


def is_related(pair: dict[str, Any]) -> bool:
    """Whether one claim is labelled to strengthen or to weaken the other."""
    return bool(pair["strengthens"] or pair["weakens"])


def grid(pairs: Pairs) -> tuple[list[Cell], list[bool]]:
    """All claims of one article against all of the other; right where a related pair is labelled, either way round."""
    stories: dict[tuple[str, ...], list[tuple[str, str, bool]]] = defaultdict(list)
    for pair in pairs:
        (one, one_claim), (other, other_claim) = sorted(
            [(pair["article_a"], pair["claim_a"]), (pair["article_b"], pair["claim_b"])]
        )
        stories[pair["topic"], pair["date"], one, other].append((one_claim, other_claim, is_related(pair)))
    cells: list[Cell] = []
    right: list[bool] = []
    for (topic, day, *_), rows in stories.items():
        found = {(one, other) for one, other, related in rows if related}
        for one in sorted({row[0] for row in rows}):
            for other in sorted({row[1] for row in rows}):
                cells.append(((topic, day), one, other))
                right.append((one, other) in found)
    return cells, right


class ClaimDiff:
    """Every story's statements, held against each other."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._place: dict[tuple[Key, str], int] = {}
        self._stories: dict[Key, Statements] = {}
        claims: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for pair in pairs:
            for side in ("a", "b"):
                claims[pair["topic"], pair["date"]][pair[f"article_{side}"]].add(pair[f"claim_{side}"])
        for key, articles in sorted(claims.items()):
            told = [s for title, texts in sorted(articles.items()) for s in _statements(title, sorted(texts), key[1])]
            weighed = weigh_in_story([bag(s.text, load_lexicon()) for s in told])
            self._place |= {(key, s.text): at for at, s in enumerate(told)}
            self._stories[key] = Statements([replace(s, bag=b) for s, b in zip(told, weighed, strict=True)])

    def sets(self) -> dict[str, Examples]:
        """What each decision is learned from and measured on."""
        asked: list[Cell] = [((p["topic"], p["date"]), p["claim_a"], p["claim_b"]) for p in self._pairs]
        cells, right = grid(self._pairs)
        rows, topics = [self.features(cell) for cell in asked], [cell[0][0] for cell in asked]
        return {
            "related": Examples(rows, [is_related(p) for p in self._pairs], topics),
            "weakens": Examples(rows, [bool(p["weakens"]) for p in self._pairs], topics),
            "counterpart": Examples([self.features(c) for c in cells], right, [c[0][0] for c in cells]),
        }

    def features(self, cell: Cell) -> Features:
        """What is asked of two claims of a story."""
        key, one, other = cell
        return self._stories[key].features(self._place[key, one], self._place[key, other])


def _statements(title: str, claims: list[str], day: str) -> Iterator[Statement]:
    """The claims of one article, marked as one text in which each is a paragraph."""
    article = article_of(title, title=title, text="\n\n".join(claims), published=day)
    marks = annotate(article, load_pipeline())
    start = 0
    for text in claims:
        span = Span(article.id, start, start + len(text))
        start = span.end + 2
        said = [q for q in marks.quotations if q.span.overlaps(span)]
        speakers = {q.speaker.cut(article.text).lower().split()[-1] for q in said if q.speaker}
        yield Statement(
            article=title,
            text=text,
            bag=bag("", load_lexicon()),
            names=frozenset(m.name.lower().split()[-1] for m in marks.mentions if span.covers(m.span)),
            speakers=frozenset(speakers - {"he", "she", "they", "it"}),
        )

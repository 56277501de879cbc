"""A story's title: the headline among its articles' that shares most with the others."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rashomon.model.dossier import ToldArticle
from rashomon.model.marks import Marks
from rashomon.model.story import Alignment


def story_title(alignment: Alignment, articles: Sequence[ToldArticle], marks: Mapping[str, Marks]) -> str:
    """The most central headline; without any, the best attested claim; without that, the first words of an article."""
    headlines = [h for told in articles if (h := headline(told, marks[told.article.id]))]
    if headlines:
        return max(headlines, key=lambda h: (_central(h, headlines), -abs(len(h.split()) - 9), h))
    if alignment.claims:
        return alignment.claims[0].text
    words = articles[0].article.text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


def headline(told: ToldArticle, marks: Marks) -> str | None:
    """The article's title; without metadata its first paragraph, where that reads like one: short, and no full stop."""
    if told.article.title:
        return " ".join(told.article.title.split())
    text = told.article.text
    first = [s.span for s in marks.sentences if s.paragraph == 0]
    if not first or all(s.paragraph == 0 for s in marks.sentences):
        return None
    line = " ".join(text[first[0].start : first[-1].end].split())
    if 3 <= len(line.split()) <= 18 and line[-1] not in '.!?:;”"’)':
        return line
    return None


def _central(line: str, others: Sequence[str]) -> float:
    words = Counter(w for o in others for w in {x.lower() for x in o.split() if len(x) > 3})
    own = {w.lower() for w in line.split() if len(w) > 3}
    return sum(words[w] for w in own) / (len(own) ** 0.5 or 1)

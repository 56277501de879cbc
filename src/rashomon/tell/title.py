"""A story's title: the headline among its articles' that shares most with the others."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rashomon.model.article import Article
from rashomon.model.dossier import ToldArticle
from rashomon.model.marks import Marks
from rashomon.model.story import Alignment


def story_title(alignment: Alignment, articles: Sequence[ToldArticle], marks: Mapping[str, Marks]) -> str:
    """The most central headline; without any, the best attested claim; without that, the first words of an article."""
    headlines = [h for told in articles if (h := headline(told.article, marks[told.article.id]))]
    if headlines:
        return most_central(headlines)
    if alignment.claims:
        return alignment.claims[0].text
    return first_words(articles[0].article)


def most_central(headlines: Sequence[str]) -> str:
    """The headline that shares most with the others."""
    words = Counter(w for h in headlines for w in {x.lower() for x in h.split() if len(x) > 3})
    return max(headlines, key=lambda h: (_central(h, words), -abs(len(h.split()) - 9), h))


def first_words(article: Article) -> str:
    """What stands for a title where there is nothing better."""
    words = article.text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


def headline(article: Article, marks: Marks) -> str | None:
    """The article's title; without metadata its first paragraph, where that reads like one: short, and no full stop."""
    if article.title:
        return " ".join(article.title.split())
    text = article.text
    first = [s.span for s in marks.sentences if s.paragraph == 0]
    if not first or all(s.paragraph == 0 for s in marks.sentences):
        return None
    line = " ".join(text[first[0].start : first[-1].end].split())
    if 3 <= len(line.split()) <= 18 and line[-1] not in '.!?:;”"’)':
        return line
    return None


def _central(line: str, words: Mapping[str, int]) -> float:
    own = {w.lower() for w in line.split() if len(w) > 3}
    return sum(words[w] for w in own) / (len(own) ** 0.5 or 1)

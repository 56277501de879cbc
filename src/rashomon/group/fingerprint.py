"""What grouping keeps of an article: its words, names, days, and a sketch of its word 8-grams."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np

from rashomon.group.letters import U32, distinct, mixed, polynomials
from rashomon.group.texts import Words, lay_out
from rashomon.group.words import WORD, stem, words_of
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Fingerprint

# News puts the event first; what follows the first several hundred words is background shared with other events.
BODY_WORDS = 600
# How the text begins, headline included: the part that says which event it is.
LEAD_WORDS = 120
# A headline's word counts as if the text had it twice more.
HEAD_WEIGHT = 2
# A first line of a text without a headline stands in for it; more than this is a paragraph.
HEAD_WORDS = 25

SHINGLE_WORDS = 8
# The smallest hashes of a text. 256 tell containment to about three hundredths, in 2 KB an article.
SKETCH = 256

_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_KNOWN = 200_000


class _Stems(dict[str, str]):
    """The stem of each word form met, made once; emptied when it has grown big."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _KNOWN:
            self.clear()
        return self.setdefault(word, "".join(map(stem, words_of(word)[:1])))


_STEMS = _Stems()


def fingerprint(article: Article, marks: Marks, words: Words | None = None) -> Fingerprint:
    """What ``group`` keeps of an article. Pure; works with empty marks too (then without names and days).

    ``words`` are those of its text, where the caller has them already.
    """
    words = words or lay_out(article.id, article.text)
    head = [stem(word) for word in words_of(article.title or _first_line(article.text))[:HEAD_WORDS]]
    end = int(words.ends[BODY_WORDS - 1]) if len(words) >= BODY_WORDS else len(article.text)
    body = list(map(_STEMS.__getitem__, WORD.findall(article.text, 0, end)[:BODY_WORDS]))
    counts = Counter(body)
    if article.title:
        for word in head:
            counts[word] += HEAD_WEIGHT
    names = Counter(_folded(m.name) for m in marks.mentions if m.form == "name" and m.kind != "OTHER")
    dates = {found.group() for t in marks.timexes if t.type in ("DATE", "TIME") and (found := _DAY.match(t.value))}
    return Fingerprint(
        article_id=article.id,
        published=marks.published or article.day,
        words=tuple(sorted(counts.items())),
        names=tuple(sorted(names.items())),
        dates=tuple(sorted(dates)),
        shingles=sketch(words.hashes),
        head=tuple(sorted(set(head))),
        lead=tuple(sorted({*head, *body[:LEAD_WORDS]})),
    )


def sketch(words: U32) -> tuple[int, ...]:
    """The ``SKETCH`` smallest hashes (63 bits, sorted) of the 8-grams of a text's words; all where there are fewer.

    Two sketches tell how much of one text stands in the other (``duplicates.overlap``). A text shorter than eight
    words is one gram. 63 bits, so that a database's signed integers hold them.
    """
    if not len(words):
        return ()
    grams = mixed(polynomials(words, min(SHINGLE_WORDS, len(words)))) >> np.uint64(1)
    return tuple(distinct(grams)[:SKETCH].tolist())


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """Lower-case letters without accents, words joined by one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(words_of(plain))


def _first_line(text: str) -> str:
    return text.lstrip()[:400].split("\n", 1)[0]

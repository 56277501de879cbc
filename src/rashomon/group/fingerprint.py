"""What grouping keeps of an article: its words, names, days, and a sketch of its word 8-grams."""

import hashlib
import re
import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rashomon.group.grams import mixed
from rashomon.group.words import stem, words_of
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
_U64 = npt.NDArray[np.uint64]


def fingerprint(article: Article, marks: Marks) -> Fingerprint:
    """What ``group`` keeps of an article. Pure; works with empty marks too (then without names and days)."""
    words = words_of(article.text)
    head = [stem(word) for word in words_of(article.title or _first_line(article.text))[:HEAD_WORDS]]
    body = [stem(word) for word in words[:BODY_WORDS]]
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
        shingles=sketch(words),
        head=tuple(sorted(set(head))),
        lead=tuple(sorted({*head, *body[:LEAD_WORDS]})),
    )


def sketch(words: list[str]) -> tuple[int, ...]:
    """The ``SKETCH`` smallest hashes (63 bits, sorted) of the text's 8-grams; all of them where there are fewer.

    Two sketches tell how much of one text stands in the other (``duplicates.overlap``). A text shorter than eight
    words is one gram. 63 bits, so that a database's signed integers hold them.
    """
    if not words:
        return ()
    hashes = np.array([_word_hash(word.replace("'", "")) for word in words], dtype=np.uint64)
    width = min(SHINGLE_WORDS, len(words))
    grams: _U64 = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for offset in range(width):
        # A polynomial in an odd base, modulo 2^64: the order of the words counts.
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : len(words) - width + 1 + offset]
    grams = np.unique(mixed(grams) >> np.uint64(1))
    return tuple(grams[:SKETCH].tolist())


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """Lower-case letters without accents, words joined by one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(words_of(plain))


def _first_line(text: str) -> str:
    return text.lstrip()[:400].split("\n", 1)[0]

"""Passages that an article has in common with earlier ones of a stream: copies, versions, embedded agency copy."""

import zlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rashomon.group.direction import Print, direction, outlet_key, print_of
from rashomon.group.grams import GRAM, Grams, HashedWords, Hashes, hash_words, select
from rashomon.group.passages import ANCHOR, SAME, Anchor, anchors, grow
from rashomon.group.reuse_index import Candidates, Flags, ReuseIndex
from rashomon.group.texts import Area, Words, direct_speech, lay_out
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Passage, Reuse

# One passage at least has so many common words outside quotation marks and notices. In a stream of thousands of
# articles shorter ones are phrases that all use (benchmarks/reuse.py, judged by eye).
LEAST = 20
# Between articles of one outlet all passages together have so many: less is a line on its columnist, a caption, or one
# sentence of background, not yet printed often enough to be known for that.
LEAST_AT_HOME = 60
# Candidates that are read again, those that share most first.
READ = 40


@dataclass(frozen=True, slots=True)
class _Kept:
    """An earlier article: what tells the direction, and its text, compressed."""

    print: Print
    text: bytes
    speech: tuple[Area, ...]
    hashes: Hashes
    quoted: npt.NDArray[np.uint8]

    def hashed(self) -> HashedWords:
        return HashedWords(self.hashes, np.unpackbits(self.quoted, count=len(self.hashes)).view(np.bool_))

    def unpacked(self) -> str:
        return zlib.decompress(self.text).decode("utf-8", "surrogatepass")


class ReuseFinder:
    """Tells for each article of a stream what it has in common, word for word, with the last ``articles`` before it.

    Exact copies, later versions, and articles that embed some paragraphs of another alike. No reuse is what lies in
    quotation marks, what notices say, and what one outlet prints in three unrelated articles or more (its standing
    background, its subscribe lines); of those the first two are not known yet to stand for good.

    Pure but for its memory: the same articles in the same order give the same answers on every machine.

    Args:
        articles: how many earlier articles an article is compared with; the oldest leave first. Takes about 8 KB each.
    """

    def __init__(self, *, articles: int = 30_000) -> None:
        self._index = ReuseIndex(articles=articles)
        self._kept: deque[_Kept] = deque(maxlen=articles)
        self._count = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def index_bytes(self) -> int:
        """Bytes of the index of grams: the same from the first article on."""
        return self._index.nbytes

    @property
    def text_bytes(self) -> int:
        """Bytes of the texts that are kept, compressed, and of their words' hashes."""
        return sum(len(kept.text) + kept.hashes.nbytes + kept.quoted.nbytes for kept in self._kept)

    def add(self, article: Article, marks: Marks) -> tuple[Reuse, ...]:
        """The reuses between an article and earlier ones, those with most words in common first; then it is kept."""
        speech = direct_speech(marks)
        hashed = hash_words(article.text, speech)
        grams = select(hashed)
        candidates = self._meet(grams, article, marks)
        found: list[Reuse] = []
        if len(candidates.articles):
            newcomer = _Newcomer(article, marks, hashed.short(), _Standing(grams, candidates))
            for column, number in enumerate(candidates.articles[:READ].tolist()):
                earlier = self._kept[number - (self._count - len(self._kept))]
                if (reuse := newcomer.reuse(earlier, column)) is not None:
                    found.append(reuse)
        self._keep(article, marks, speech, hashed)
        return tuple(sorted(found, key=lambda r: -r.words))

    def restore(self, article: Article, marks: Marks) -> None:
        """Take an earlier article back without telling what it shares: for a store that is opened again.

        The last ``articles`` articles are restored in the order in which they were added.
        """
        speech = direct_speech(marks)
        hashed = hash_words(article.text, speech)
        self._meet(select(hashed), article, marks)
        self._keep(article, marks, speech, hashed)

    def _meet(self, grams: Grams, article: Article, marks: Marks) -> Candidates:
        return self._index.add(grams.hashes, self._outlet(article, marks))

    @staticmethod
    def _outlet(article: Article, marks: Marks) -> int:
        name = article.outlet or (marks.outlet.name if marks.outlet else None)
        key = outlet_key(name)
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) + 1 if key else 0

    def _keep(self, article: Article, marks: Marks, speech: tuple[Area, ...], hashed: HashedWords) -> None:
        packed = zlib.compress(article.text.encode("utf-8", "surrogatepass"), 1)
        hashes, quoted = hashed.short().hashes, np.packbits(hashed.quoted)
        self._kept.append(_Kept(print_of(article, marks), packed, speech, hashes, quoted))
        self._count += 1


class _Standing:
    """Which passages of a newcomer its outlet prints again and again."""

    def __init__(self, grams: Grams, candidates: Candidates) -> None:
        self._places, self._grams = grams.places()
        self._standing: Flags = candidates.standing

    def holds(self, passage: Passage, words: Words, column: int) -> bool:
        """Whether most of the grams that stand for the passage stand in its outlet for good."""
        first, last = words.first_at(passage.right.start), words.first_at(passage.right.end) - GRAM
        begin, end = self._places.searchsorted(first), self._places.searchsorted(last, "right")
        grams = self._grams[begin:end]
        return 2 * int(self._standing[grams, column].sum()) > len(grams)


class _Newcomer:
    """An article while it is compared with earlier ones; laid out only once one of them shares enough with it."""

    def __init__(self, article: Article, marks: Marks, hashed: HashedWords, standing: _Standing) -> None:
        self._article = article
        self._marks = marks
        self._hashed = hashed
        self._standing = standing
        self._print = print_of(article, marks)

    @cached_property
    def _words(self) -> Words:
        return lay_out(self._article.id, self._article.text, direct_speech(self._marks))

    def reuse(self, earlier: _Kept, column: int) -> Reuse | None:
        """What it has in common with an earlier article, the candidate of this number; None if that is little."""
        home = bool(self._print.outlet) and outlet_key(self._print.outlet) == outlet_key(earlier.print.outlet)
        there = earlier.hashed()
        places = anchors([there, self._hashed]).get((0, 1), [])
        if _own_words(places, there, self._hashed) < SAME * (LEAST_AT_HOME if home else LEAST):
            return None
        words = lay_out(earlier.print.article_id, earlier.unpacked(), earlier.speech)
        passages = tuple(
            p for p in grow(words, self._words, places) if not self._standing.holds(p, self._words, column)
        )
        own = [p.own for p in passages]
        if not own or (sum(own) < LEAST_AT_HOME if home else max(own) < LEAST):
            return None
        return _reuse(earlier.print, self._print, passages)


def _own_words(places: Sequence[Anchor], left: HashedWords, right: HashedWords) -> int:
    """How many words of common 6-grams stand outside quotation marks on both sides."""
    if not places:
        return 0
    here, there = (np.array(side)[:, None] + np.arange(ANCHOR) for side in zip(*places, strict=True))
    return len(np.unique(here[~left.quoted[here] & ~right.quoted[there]]))


def _reuse(earlier: Print, later: Print, passages: tuple[Passage, ...]) -> Reuse:
    there, here = [p.left for p in passages], [p.right for p in passages]
    forth, why = direction(earlier, later, here, there)
    source, target = (earlier, later) if forth else (later, earlier)
    pairs = zip(there, here, strict=True) if forth else zip(here, there, strict=True)
    return Reuse(
        source=source.article_id,
        target=target.article_id,
        passages=tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0]))),
        words=sum(p.words for p in passages),
        why=why,
    )

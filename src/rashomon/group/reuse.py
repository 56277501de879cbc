"""Passages that an article has in common with earlier ones of a stream: copies, versions, embedded agency copy."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rashomon.group.direction import Print, direction, outlet_key, print_of
from rashomon.group.grams import GRAM, Grams, select
from rashomon.group.passages import SAME, Reader, grow
from rashomon.group.reuse_index import Candidates, ReuseIndex
from rashomon.group.texts import Packed, Words, direct_speech, lay_out
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

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An earlier article: what tells the direction, its outlet's number, and its words."""

    print: Print
    outlet: int
    words: Packed


class ReuseFinder:
    """Tells for each article of a stream what it has in common, word for word, with the last ``articles`` before it.

    Exact copies, later versions, and articles that embed some paragraphs of another alike. No reuse is what lies in
    quotation marks, what notices say, and what one outlet prints in three unrelated articles or more (its standing
    background, its subscribe lines); of those the first two are not known yet to stand for good.

    Pure but for its memory: the same articles in the same order give the same answers on every machine.

    Args:
        articles: how many earlier articles an article is compared with; the oldest leave first. Takes about 9 KB each.
    """

    def __init__(self, *, articles: int = 30_000) -> None:
        self._index = ReuseIndex(articles=articles)
        self._window = articles
        self._kept: list[_Kept] = []  # a ring: the oldest is replaced
        self._count = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def index_bytes(self) -> int:
        """Bytes of the index of grams: the same from the first article on."""
        return self._index.nbytes

    @property
    def text_bytes(self) -> int:
        """Bytes of the texts' words that are kept."""
        return sum(kept.words.nbytes for kept in self._kept)

    def add(self, article: Article, marks: Marks, words: Words | None = None) -> tuple[Reuse, ...]:
        """The reuses between an article and earlier ones, those with most words in common first; then it is kept.

        ``words`` are those of the article (``words_of_article``), where the caller has them already.
        """
        words = words or words_of_article(article, marks)
        kept = _Kept(print_of(article, marks), _outlet(article, marks), words.pack())
        grams = select(words)
        candidates = self._index.add(grams.hashes, kept.outlet, grams.spoken)
        found = self._read(_Newcomer(kept, words, grams, candidates)) if len(candidates.articles) else ()
        self._keep(kept)
        return found

    def restore(self, article: Article, marks: Marks) -> None:
        """Take an earlier article back without telling what it shares: for a store that is opened again.

        The last ``articles`` articles are restored in the order in which they were added.
        """
        words = words_of_article(article, marks)
        kept = _Kept(print_of(article, marks), _outlet(article, marks), words.pack())
        grams = select(words)
        self._index.add(grams.hashes, kept.outlet, grams.spoken)
        self._keep(kept)

    def _read(self, newcomer: "_Newcomer") -> tuple[Reuse, ...]:
        columns = newcomer.candidates.own.nonzero()[0][:READ].tolist()
        earlier = [self._kept[n % self._window] for n in newcomer.candidates.articles[columns].tolist()]
        return tuple(sorted(newcomer.reuses(earlier, columns), key=lambda r: -r.words))

    def _keep(self, kept: _Kept) -> None:
        if self._count < self._window:
            self._kept.append(kept)
        else:
            self._kept[self._count % self._window] = kept
        self._count += 1


class _Newcomer:
    """An article while it is compared with earlier ones."""

    def __init__(self, kept: _Kept, words: Words, grams: Grams, candidates: Candidates) -> None:
        self._kept = kept
        self._words = words
        self._grams = grams
        self.candidates = candidates

    def reuses(self, candidates: Sequence[_Kept], columns: Sequence[int]) -> Iterator[Reuse]:
        """What it has in common with candidates, the index's of these numbers, where that is not little."""
        if not candidates:
            return
        shared = Reader(self._words).read([kept.words for kept in candidates])
        for earlier, column, (own, places) in zip(candidates, columns, shared, strict=True):
            home = 0 < self._kept.outlet == earlier.outlet
            if own < SAME * (LEAST_AT_HOME if home else LEAST):
                continue
            passages = tuple(
                p for p in grow(earlier.words.unpack(), self._words, places) if not self._stands(p, column)
            )
            words = [p.own for p in passages]
            if passages and (sum(words) >= LEAST_AT_HOME if home else max(words) >= LEAST):
                yield _reuse(earlier.print, self._kept.print, passages)

    def _stands(self, passage: Passage, column: int) -> bool:
        """Whether most of the grams that stand for a passage stand in either outlet for good."""
        places, grams = self._places
        first, last = (self._words.first_at(place) for place in (passage.right.start, passage.right.end))
        begin, end = places.searchsorted(first), places.searchsorted(last - GRAM, "right")
        few = grams[begin:end][~self._grams.spoken[grams[begin:end]]]
        return bool(2 * self.candidates.standing(column)[few].sum() > len(few))

    @cached_property
    def _places(self) -> tuple[Places, Places]:
        return self._grams.places()


def words_of_article(article: Article, marks: Marks) -> Words:
    """The words of an article, those that its marks tell to be speech among them: made once, for all that compares."""
    return lay_out(article.id, article.text, direct_speech(marks))


def _outlet(article: Article, marks: Marks) -> int:
    """A number for the outlet; 0 where it is not known."""
    key = outlet_key(article.outlet or (marks.outlet.name if marks.outlet else None))
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) + 1 if key else 0


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

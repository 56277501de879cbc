"""How others find stories, for the comparison in ``story_speed.py``: whole collections at once, by scikit-learn.

- TF-IDF (words and pairs of words) and agglomerative clustering: average link, cosine distance, cut at the threshold
  that is best for both labelled sets together; with a window, articles further apart than that are as unlike as can be.
- BERTopic's way: document vectors, reduced, HDBSCAN. Without its transformer: a document's vector is the mean of our
  static word vectors, weighted by idf and count, and principal components take the place of UMAP. Its settings, too,
  are the best of a small grid for both labelled sets together. What HDBSCAN calls noise is a story of one article.

Thresholds and settings are chosen on the very articles that are scored, which favours the rivals.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, AgglomerativeClustering
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer

from rashomon.align.statements.similarity import load_lexicon
from rashomon.align.statements.stems import stem, words

T = TypeVar("T")
Labels = NDArray[np.int64]
Floats = NDArray[np.float32]
# How good the labels of the labelled articles are, by set; the rivals choose the setting with the best sum.
Judge = Callable[[Labels], dict[str, float]]

THRESHOLDS = np.arange(0.3, 0.99, 0.01)
# Settings of BERTopic's way: axes, min_samples of HDBSCAN, and how it selects clusters.
GRID = tuple(itertools.product((16, 32, 64, 100), (1, 2), ("eom", "leaf")))
BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles as the rivals take them: headline and text, and the day by number, -1 for none."""

    texts: Sequence[str]
    days: NDArray[np.int64]

    def first(self, count: int) -> "Texts":
        """The first so many."""
        return Texts(self.texts[:count], self.days[:count])


@dataclass(frozen=True, slots=True)
class Found:
    """The story of each article, and what it took.

    Attributes:
        labels: (articles,) numbers of stories.
        setting: the one that was chosen.
        own: for each set what the setting would reach that is best for it alone, over the labelled articles alone.
        vector_seconds: of the processor, for all articles.
        cluster_seconds: likewise.
    """

    labels: Labels
    setting: str
    own: dict[str, float]
    vector_seconds: float
    cluster_seconds: float


def agglomerative(articles: Texts, labelled: int, judge: Judge, *, window: int | None = None) -> Found:
    """TF-IDF and average link; the first ``labelled`` articles choose the threshold."""
    known = articles.first(labelled)
    tree = _tree(_distances(_tfidf(known.texts), known.days, window))
    threshold, own = _best([(cut, judge(_cut(*tree, cut))) for cut in THRESHOLDS.tolist()])
    begun = time.process_time()
    vectors = _tfidf(articles.texts)
    made = time.process_time()
    labels = _cut(*_tree(_distances(vectors, articles.days, window)), threshold)
    return Found(labels, f"distance {threshold:.2f}", own, made - begun, time.process_time() - made)


def bertopic(articles: Texts, labelled: int, judge: Judge) -> Found:
    """Mean word vectors, principal components, HDBSCAN; the first ``labelled`` articles choose the setting."""
    known = _means(articles.texts[:labelled])
    (axes, samples, select), own = _best([(setting, judge(_dense(known, *setting))) for setting in GRID])
    begun = time.process_time()
    vectors = _means(articles.texts)
    made = time.process_time()
    labels = _dense(vectors, axes, samples, select)
    return Found(labels, f"{axes} axes, min_samples {samples}, {select}", own, made - begun, time.process_time() - made)


def _best(tried: Sequence[tuple[T, dict[str, float]]]) -> tuple[T, dict[str, float]]:
    """The setting that is best for all sets together, and the best figure of each set for itself."""
    chosen, figures = max(tried, key=lambda each: sum(each[1].values()))
    return chosen, {name: max(found[name] for _, found in tried) for name in figures}


def _tfidf(texts: Sequence[str]) -> Any:
    """Unit vectors, one a row, sparse. Pairs of words lift the larger set by .02 and lower the smaller one by .01."""
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, stop_words="english", min_df=2, ngram_range=(1, 2), dtype=np.float32
    )
    return vectorizer.fit_transform(texts)


def _distances(vectors: Any, days: NDArray[np.int64], window: int | None) -> Floats:
    """(articles, articles) cosine distances, made some rows at a time."""
    found = np.empty((vectors.shape[0], vectors.shape[0]), np.float32)
    for begin in range(0, len(found), BLOCK):
        rows = slice(begin, begin + BLOCK)
        np.subtract(1, (vectors[rows] @ vectors.T).toarray(), out=found[rows])
        if window is not None:
            dated = (days[rows, None] >= 0) & (days >= 0)
            found[rows][dated & (np.abs(days[rows, None] - days) > window)] = 1
    return np.maximum(found, 0, out=found)


def _tree(distances: Floats) -> tuple[Labels, NDArray[np.float64]]:
    """All merges, nearest first: (merges, 2) what is merged, and (merges,) how far apart it was."""
    model = AgglomerativeClustering(n_clusters=None, distance_threshold=0, metric="precomputed", linkage="average")
    model.fit(distances)
    return model.children_, model.distances_


def _cut(children: Labels, distances: NDArray[np.float64], threshold: float) -> Labels:
    """The clusters that are left when nothing further apart than ``threshold`` is merged."""
    count = len(children) + 1
    top = np.arange(count + len(children))
    for merge in np.flatnonzero(distances <= threshold)[::-1].tolist():
        # From the last merge to the first, so that what a merge belongs to is known before its parts.
        top[children[merge]] = top[count + merge]
    return top[:count]


def _means(texts: Sequence[str]) -> Floats:
    """(texts, axes) unit vectors: means of the vectors of their stems."""
    lexicon = load_lexicon()
    unit: Floats = lexicon.vectors * lexicon.shrink[:, None]
    last = len(lexicon.vectors) - 1
    found = np.zeros((len(texts), unit.shape[1]), np.float32)
    for place, text in enumerate(texts):
        counts = Counter(map(stem, words(text)))
        rows = np.array([min(lexicon.rows.get(key, last), last) for key in counts], np.int64)
        if rows.size:
            found[place] = (lexicon.idf[rows] * np.array(list(counts.values()))) @ unit[rows]
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    found /= np.where(lengths > 0, lengths, np.float32(1))
    return found


def _dense(vectors: Floats, axes: int, samples: int, select: str) -> Labels:
    reduced = PCA(axes, random_state=0).fit_transform(vectors)
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    reduced /= np.where(lengths > 0, lengths, 1)
    labels = HDBSCAN(min_cluster_size=2, min_samples=samples, cluster_selection_method=select, copy=True).fit_predict(
        reduced
    )
    noise = np.flatnonzero(labels < 0)
    alone: Labels = labels.astype(np.int64)
    alone[noise] = labels.max() + 1 + np.arange(noise.size)
    return alone

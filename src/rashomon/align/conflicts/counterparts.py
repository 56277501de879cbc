"""Sentences of two articles that tell the same: each is the likest to the other that its article has."""

from collections.abc import Iterator, Sequence

import numpy as np

from rashomon.align.conflicts.same_statement import Compared
from rashomon.align.matching.candidate_pairs import WHOLE
from rashomon.align.statements.prepare import Item
from rashomon.align.statements.similarity import Doubles, Ints
from rashomon.model.spans import Span

AlikePair = tuple[int, int, float]
# Likeness of two clauses, and of two sentences, from which they are looked at; how many sentences of the other article
# are compared with one; and by how much another one may be more like.
LEAST, FEW, CLOSE = 0.2, 4, 0.05


def counterparts(
    items: Sequence[Item], pairs: Sequence[AlikePair], compared: Compared
) -> Iterator[tuple[Span, Span, float, float]]:
    """Sentences that are counterparts: each is the likest to the other that its article has, or hardly less like.

    Args:
        pairs: positions in ``items``, and how alike these are in words (``similarity.similar_pairs``).

    Yields:
        Both sentences; how alike they are in words; and by how much more than either is like the next of the other's
        article, less than 0 where another one is more like.
    """
    spans = sorted({i.sentence for i in items})
    articles = {a: n for n, a in enumerate(sorted({s.article_id for s in spans}))}
    number = {span: n for n, span in enumerate(spans)}
    article = np.array([articles[s.article_id] for s in spans], np.int64)
    # In a long story clauses below this are too many: on a hundred articles without them nothing is lost.
    couples, clauses = _couples(items, number, pairs, LEAST if len(items) > WHOLE else 0.0)
    if not len(couples):
        return
    alike = compared.all_sentences(spans, couples)
    # Both ways: a sentence, one of another article, and the article.
    one, other = np.concatenate([couples, couples[:, ::-1]]).T
    rivals = one * len(articles) + article[other]
    next_best = _next_best(rivals, other, np.tile(clauses, 2), np.tile(alike, 2)).reshape(2, -1).max(axis=0)
    for at in np.flatnonzero((alike >= LEAST) & (alike - next_best >= -CLOSE)).tolist():
        yield spans[couples[at, 0]], spans[couples[at, 1]], float(alike[at]), float(alike[at] - next_best[at])


def _couples(
    items: Sequence[Item], number: dict[Span, int], pairs: Sequence[AlikePair], least: float
) -> tuple[Ints, Doubles]:
    """Each two sentences of different articles with clauses that are alike, in order, shape (n, 2), and how alike their
    likest clauses are."""
    sentence = np.array([number[i.sentence] for i in items], np.int64)
    names = {a: n for n, a in enumerate({i.article for i in items})}
    article = np.array([names[i.article] for i in items], np.int64)
    table = np.array(pairs, np.float64).reshape(-1, 3)
    left, right = table[:, :2].T.astype(np.int64)
    kept = (table[:, 2] >= least) & (article[left] != article[right])
    coded = sentence[left[kept]] * len(number) + sentence[right[kept]]
    couples, place = np.unique(coded, return_inverse=True)
    alike = np.zeros(len(couples), np.float64)
    np.maximum.at(alike, place, table[kept, 2])
    return np.stack(np.divmod(couples, len(number)), axis=1), alike


def _next_best(rivals: Ints, other: Ints, clauses: Doubles, alike: Doubles) -> Doubles:
    """How alike to a sentence the likest of its rivals is, 0 without one.

    Args:
        rivals: what those have in common that contend for one place: the other sentence and the article.
        other: the sentences that contend; the ``FEW`` with the likest clauses are heard.
    """
    order = np.lexsort((other, -clauses, rivals))
    begins, place = _groups(rivals[order])
    heard = order[np.arange(len(order)) - begins[place] < FEW]
    heard = heard[np.lexsort((other[heard], -alike[heard], rivals[heard]))]
    names, first = np.unique(rivals[heard], return_index=True)
    second = np.minimum(first + 1, len(heard) - 1)
    likest = heard[first]
    runner_up = np.where(rivals[heard[second]] == names, alike[heard[second]], 0.0)
    runner_up[second == first] = 0.0
    own = np.searchsorted(names, rivals)
    return np.where(other[likest[own]] == other, runner_up[own], alike[likest[own]])


def _groups(ordered: Ints) -> tuple[Ints, Ints]:
    """Where each run of equal numbers begins, and for each place the number of its run."""
    new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    return np.flatnonzero(new), np.cumsum(new) - 1

"""The harness that measures grouping: which articles it takes, how it cuts the rivals' trees, what it writes down."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import AgglomerativeClustering

from story_articles import Entry, choose
from story_rivals import _cut, _tree
from story_speed import exponent
from story_tables import BEGIN, END, between


@given(st.integers(2, 25), st.integers(0, 2**32 - 1), st.floats(0.05, 1.0))
def test_a_tree_is_cut_as_the_library_cuts_it(size: int, seed: int, threshold: float) -> None:
    random = np.random.default_rng(seed).random((size, size), np.float32)
    apart = np.maximum(random, random.T)
    np.fill_diagonal(apart, 0)
    found = _cut(*_tree(apart), threshold)
    wanted = AgglomerativeClustering(
        n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
    ).fit_predict(apart)
    assert np.array_equal(found[:, None] == found, wanted[:, None] == wanted)


def entry(number: int, *, labelled: str | None = None, scale: bool = True) -> Entry:
    return Entry(number, number, f"2020-01-{number % 28 + 1:02}" if number % 5 else None, labelled, None, scale)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = [entry(n, labelled="one" if n < 20 else None, scale=n >= 10) for n in range(100)]
    (tmp_path / "index").write_bytes(pickle.dumps(entries))
    return tmp_path


@pytest.mark.parametrize("labelled", [True, False])
def test_articles_are_taken_evenly_in_date_order_and_each_once(folder: Path, labelled: bool) -> None:
    few, many = choose(folder, 40, labelled=labelled), choose(folder, 1000, labelled=labelled)
    assert len(few) == 40
    assert len(many) == (100 if labelled else 90)
    assert len(set(many)) == len(many)
    assert set(few) <= set(many)
    days = [each.published or "9999" for each in few]
    assert days == sorted(days)
    assert sum(each.labelled is not None for each in few) == (20 if labelled else 4)


def test_growth_is_the_slope_of_the_logarithms() -> None:
    figures = [{"articles": n, "seconds": 0.002 * n**1.2} for n in (3000, 10_000, 29_336)]
    assert exponent(figures) == pytest.approx(1.2, abs=0.001)
    assert exponent(figures[:1]) is None


def test_tables_are_put_between_their_marks_and_nowhere_else() -> None:
    assert between(f"A\n{BEGIN}\nold\n{END}\nB", "new") == f"A\n{BEGIN}\n\nnew\n\n{END}\nB"
    with pytest.raises(ValueError, match="once each"):
        between(f"A\n{END}\n{BEGIN}\n", "new")

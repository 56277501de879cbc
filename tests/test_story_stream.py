"""The invented stream that grouping is measured on: the same every time, bounded, and like what it is made of."""

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest

from rashomon.group import fingerprint
from rashomon.model.article import article_of
from rashomon.model.marks import Marks
from rashomon.model.story import Fingerprint
from story_stream import A_DAY, Material, stream

A_FEW = 800
VOCABULARY = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in ("rik", "tor", "nal", "sev", "pim", "gost")]


@pytest.fixture(scope="module")
def material() -> Material:
    random = np.random.default_rng(7)
    often = 1 / np.arange(1, len(VOCABULARY) + 1)
    prints = []
    for number in range(300):
        text = " ".join(random.choice(VOCABULARY, 200, p=often / often.sum()))
        article = article_of(str(number), text=text, title=text[:40], published="2021-03-04")
        prints.append(fingerprint(article, Marks(article.id, "0")))
    return Material(prints)


def some(material: Material, seed: int = 0) -> list[tuple[int, Fingerprint]]:
    return list(itertools.islice(stream(material, seed=seed, a_day=50), A_FEW))


def test_the_same_seed_gives_the_same_stream(material: Material) -> None:
    assert some(material) == some(material)
    assert some(material) != some(material, seed=1)


def test_fingerprints_are_of_the_form_that_real_ones_have(material: Material) -> None:
    found = some(material)
    assert len({fp.article_id for _, fp in found}) == A_FEW
    for _, fp in found:
        fields: tuple[tuple[Any, ...], ...] = (fp.words, fp.names, fp.dates, fp.shingles, fp.head, fp.lead)
        for field in fields:
            assert list(field) == sorted(set(field))
        assert {*fp.head, *fp.lead} <= {word for word, _ in fp.words} <= set(material.words)
        assert set(fp.head) <= set(fp.lead)
        assert all(count > 0 for _, count in fp.words)


def test_days_pass_and_stories_end(material: Material) -> None:
    found = some(material)
    days = [fp.published or "" for _, fp in found]
    assert days == sorted(days)
    assert len(set(days)) >= A_FEW // A_DAY + 5
    sizes = Counter(story for story, _ in found)
    assert 1 in sizes.values()
    assert max(sizes.values()) > 5

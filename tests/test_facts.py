"""Facts of several outlets: the decision, the groups formed from it, and what is shown of them."""

from dataclasses import dataclass

import numpy as np
import pytest
from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.matching import decision
from rashomon.align.matching.decision import JudgedPairs, load_trees
from rashomon.align.matching.facts import NOT_BELOW, ONE_FACT, form_facts
from rashomon.align.matching.features import FEATURES, _Runs, _Sets
from rashomon.align.statements.quantities import read_quantities

DAM = (
    "The dam above Orsk gave way on Sunday night, officials said. Eleven people drowned in the valley. "
    "Mayor Ana Ruiz asked the army for boats. The dam was built in 1964. Schools stay closed until Thursday."
)
TOWN = (
    "Eleven people were drowned when a dam burst above the town of Orsk on Sunday night. "
    "Boats of the army were asked for by the mayor, Ana Ruiz. A bakery gave bread to everybody who came. "
    "The wall had been standing since 1964. Rain is expected again on Friday."
)


@dataclass(frozen=True)
class _In:
    """A sentence of which grouping asks the article only."""

    article: str


def _judged(likely: dict[tuple[int, int], float]) -> JudgedPairs:
    pairs = np.array(sorted(likely), np.int64)
    values = np.array([likely[i, j] for i, j in sorted(likely)])
    return JudgedPairs(pairs, values, values)


def _groups(articles: str, likely: dict[tuple[int, int], float]) -> list[list[int]]:
    return form_facts([_In(a) for a in articles], _judged(likely))  # type: ignore[misc]


def test_pairs_that_all_fit_make_one_group() -> None:
    assert _groups("abc", {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.8}) == [[0, 1, 2]]


def test_one_sure_pair_does_not_chain_two_facts() -> None:
    found = _groups("abcd", {(0, 1): 0.95, (2, 3): 0.95, (1, 2): ONE_FACT, (0, 2): 0.1, (0, 3): 0.0, (1, 3): 0.1})
    assert sorted(found) == [[0, 1], [1, 2], [2, 3]]


def test_a_pair_below_the_threshold_makes_no_group() -> None:
    assert _groups("ab", {(0, 1): ONE_FACT - 0.01}) == []


def test_a_member_that_one_other_speaks_against_stays_out() -> None:
    found = _groups("abc", {(0, 1): 0.99, (0, 2): 0.99, (1, 2): NOT_BELOW - 0.1})
    assert [0, 1, 2] not in found
    assert sorted(found) == [[0, 1], [0, 2]]


def test_the_trees_give_likelihoods_whatever_they_are_asked() -> None:
    asked = np.random.RandomState(3).normal(0, 50, (300, len(FEATURES))).astype(np.float32)
    found = load_trees().likelihoods(asked)
    assert ((found >= 0) & (found <= 1)).all()
    assert found.std() > 0.01
    assert (found[:7] == load_trees().likelihoods(asked[:7])).all()


def test_what_two_outlets_state_in_their_own_words_is_one_fact(nlp: Language) -> None:
    story = Aligned(nlp, outlet("Harbour Post", DAM), outlet("Evening Star", TOWN))
    shared = [
        story.cut(g.evidence[0]) + story.cut(g.evidence[1]) for g in story.alignment.claims if len(g.articles) > 1
    ]
    assert any("Boats" in words and "asked the army" in words for words in shared)
    assert not any("bakery" in words or "Schools" in words or "Rain" in words for words in shared)


def test_what_one_outlet_alone_states_stays_its_own(nlp: Language) -> None:
    story = Aligned(nlp, outlet("Harbour Post", DAM), outlet("Evening Star", TOWN))
    for words in ("Rain", "Schools"):
        holders = [g for g in story.alignment.claims if any(words in story.cut(s) for s in g.evidence)]
        assert holders
        assert all(len(g.articles) == 1 for g in holders)


@pytest.mark.parametrize(
    ("text", "value", "unit", "noun"),
    [
        ("a quarter of a million voters", 250_000, "count", "voter"),
        ("two thirds of them", 0.6666, "part", ""),
        ("twenty-one dogs", 21, "count", "dog"),
        ("three hundred and five dogs", 305, "count", "dog"),
        ("$3.5bn", 3.5e9, "money", ""),
        ("1,200 boats", 1200, "count", "boat"),
        ("52.3 percent", 52.3, "percent", ""),
        ("a dozen boats", 12, "count", "boat"),
        ("one million boats", 1e6, "count", "boat"),
    ],
)
def test_quantities_are_read_from_words(text: str, value: float, unit: str, noun: str) -> None:
    (found,) = read_quantities(f"They saw {text}")
    assert found.value == pytest.approx(value)
    assert (found.unit, found.noun) == (unit, noun)


@pytest.mark.parametrize("text", ["on 24 April 2019", "in 1964", "one man", ""])
def test_days_years_and_a_bare_one_are_no_quantities(text: str) -> None:
    assert read_quantities(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The mayor of Manta, Ana Ruiz, said the town had lost neighbours.",
            "The mayor of Manta, Ana Ruiz, fired the starting gun.",
        ),
        ("Police chief Tomas Vega left early.", "Police chief Tomas Vega won a prize."),
    ],
)
def test_an_office_in_common_is_no_fact(nlp: Language, one: str, other: str) -> None:
    rest = ("A fire broke out in the port.", "Kiptoo ran the race in two hours.")
    story = Aligned(nlp, outlet("One", f"{rest[0]} {one}"), outlet("Two", f"{rest[1]} {other}"))
    assert not any(len(g.articles) > 1 for g in story.alignment.claims)


def test_a_run_of_words_ends_with_its_sentence() -> None:
    runs = _Runs([["the", "dam", "broke"], ["it", "broke"], ["the", "dam"], ["on", "monday"]])
    assert runs.longest(0, np.array([1, 2, 3])).tolist() == [1, 2, 0]


def test_things_in_common_are_counted_and_weighed() -> None:
    sets = _Sets([{"a", "b"}, {"b", "c"}, set(), {"a", "b", "d"}], {"a": 2.0, "b": 0.5, "c": 1.0, "d": 1.0})
    others = np.array([1, 2, 3])
    assert sets.shared(0, others).tolist() == [1, 0, 2]
    assert sets.weights(0, others).sum(axis=1).tolist() == [0.5, 0.0, 2.5]


def test_rows_that_the_first_trees_take_for_unlikely_stay_unlikely(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(3).normal(0, 1, (300, len(FEATURES))).astype(np.float32)
    quick = load_trees().likelihoods(rows)
    monkeypatch.setattr(decision, "UNLIKELY", -1e9)
    whole = load_trees().likelihoods(rows)
    assert (whole[quick != whole] < 0.3).all()
    assert (quick == whole).any()

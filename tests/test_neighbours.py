import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.align.coreference.names import name_keys, same_person
from rashomon.align.matching.candidate_pairs import NEAREST, WHOLE, StemIndex, likenesses, near_pairs
from rashomon.align.statements.similarity import (
    Bag,
    bag,
    coverage,
    load_lexicon,
    similar_pairs,
    similarity,
    weigh_in_story,
)

LEXICON = load_lexicon()
WORDS = [w for w in list(LEXICON.rows)[40:4000] if w.isalpha()]
FLOOR = 0.02


def invented(count: int, seed: int = 1) -> list[Bag]:
    """So many sentences of invented news, weighed as one story: a few words of all, and some rare ones."""
    chance = random.Random(seed)
    texts = [
        " ".join([*chance.choices(WORDS[:24], k=7), *chance.choices(WORDS, k=4), *chance.choices(NAMES, k=1)])
        for _ in range(count)
    ]
    return weigh_in_story([bag(text, LEXICON) for text in texts])


NAMES = [
    f"{a}{b}{c}" for a in ("Zyr", "Vol", "Mek", "Orv") for b in ("qat", "nim", "dus") for c in ("holm", "esk", "ip")
]
LONG = invented(WHOLE + 400)
INDEX = StemIndex(LONG)
PAIRS = near_pairs(LONG, floor=FLOOR)


def test_a_short_story_is_compared_whole() -> None:
    short = LONG[:60]
    assert near_pairs(short, floor=FLOOR) == similar_pairs(short, floor=FLOOR)


def test_of_a_long_story_a_bounded_number_of_pairs_is_compared_and_each_has_the_very_figure() -> None:
    every = set(similar_pairs(LONG, floor=FLOOR))
    assert set(PAIRS) <= every
    assert len(PAIRS) <= NEAREST * len(LONG) < len(every)
    assert sorted(PAIRS) == PAIRS


def test_of_a_long_story_the_most_alike_are_never_missed() -> None:
    every = similar_pairs(LONG, floor=FLOOR)
    best = sorted(every, key=lambda p: -p[2])[:300]
    assert set(best) <= set(PAIRS)


def test_the_same_sentence_told_anywhere_in_a_long_story_is_found() -> None:
    chance = random.Random(3)
    texts = [" ".join(b.stems) for b in invented(WHOLE, seed=4)]
    told = "the ferry to Orvan sank with nine sheep and a grand piano aboard"
    at = sorted(chance.sample(range(len(texts)), 5))
    for place in at:
        texts[place] = told
    pairs = near_pairs(weigh_in_story([bag(t, LEXICON) for t in [*texts, "more"]]), floor=FLOOR)
    assert {(i, j) for i, j, s in pairs if s == 1.0} == {(i, j) for i in at for j in at if i < j}


@given(st.integers(0, len(LONG) - 1), st.lists(st.integers(0, len(LONG) - 1), min_size=1, max_size=20, unique=True))
def test_one_against_many_gives_the_very_figures_of_one_against_one(one: int, others: list[int]) -> None:
    places = np.array(others)
    assert INDEX.similarities(LONG[one], places).tolist() == [similarity(LONG[one], LONG[o]) for o in others]
    assert INDEX.coverages(LONG[one], places).tolist() == [coverage(LONG[one], LONG[o]) for o in others]


def test_many_pairs_at_once_have_the_very_figures_in_the_order_asked_for() -> None:
    chance = random.Random(7)
    bags = [*LONG[:400], bag("", LEXICON)]
    pairs = [(chance.randrange(401), chance.randrange(401)) for _ in range(300)]
    pairs += [(7, other) for other in range(401)] + [(400, 3), (400, 400)]
    assert likenesses(bags, np.array(pairs)).tolist() == [similarity(bags[i], bags[j]) for i, j in pairs]
    assert likenesses(bags, np.zeros((0, 2), np.int64)).tolist() == []
    assert likenesses([bags[400]], np.array([[0, 0]])).tolist() == [0.0]


def test_the_nearest_are_those_that_share_most_and_of_equals_the_first() -> None:
    bags = weigh_in_story(
        [bag(t, LEXICON) for t in ("plum harvest", "plum", "quarry dust", "plum", "plum harvest fair")]
    )
    index = StemIndex(bags)
    asked = bags[0]
    assert index.nearest(asked, 2, by="asked").tolist() == [0, 4]
    assert index.nearest(bags[1], 2).tolist() == [1, 3]
    assert index.nearest(bags[1], 1).tolist() == [1]
    assert index.nearest(bags[2], 3).tolist() == [2]
    assert index.nearest(asked, 5).tolist() == [0, 1, 2, 3, 4]


def test_an_index_asked_again_answers_the_same() -> None:
    first = [INDEX.nearest(b, 9).tolist() for b in LONG[:50]]
    assert [INDEX.nearest(b, 9).tolist() for b in LONG[:50]] == first


@pytest.mark.parametrize("text", ["", "Xyzzyx", "…"])
def test_what_shares_no_word_has_no_neighbours(text: str) -> None:
    assert INDEX.nearest(bag(text, LEXICON), 5).tolist() == []


parts = st.sampled_from(
    ["Omar", "Oskar", "Haddad", "Haddad-Lopez", "Hadad", "von", "der", "Leyen", "J.", "Jr.", "Maria", "Mario"]
)


@given(st.lists(parts, min_size=2, max_size=4), st.lists(parts, min_size=2, max_size=4))
def test_names_of_one_person_have_a_key_in_common(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    if same_person(a, b):
        assert name_keys(a) & name_keys(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong Un", "Kim Jong-un"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Maria Lopez", "Maria Elena Lopez"),
        ("Maria Lopez", "Maria Lopez Ortiz"),
        ("Omar Haddad", "Sheikh Omar Haddad"),
        ("J. Haddad", "Jamal Haddad"),
        ("Haddad Omar", "Omar Haddad"),
        ("Mc Kay Ann", "McKay Ann"),
    ],
)
def test_name_keys_find_every_way_in_which_two_names_are_one(a: str, b: str) -> None:
    assert same_person(a, b)
    assert name_keys(a) & name_keys(b)

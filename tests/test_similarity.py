import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.align.statements.similarity import (
    Bag,
    aligned,
    bag,
    coverage,
    coverages,
    dice,
    load_lexicon,
    similar_pairs,
    similarity,
    weigh_in_story,
)
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.lists import data_lines

LEXICON = load_lexicon()

SENTENCES = [
    "The dam above Orvan gave way shortly before dawn, killing nine villagers.",
    "Nine people died when an Orvan dam burst early on Tuesday.",
    "Police arrested the mayor's brother over the failed dam, two newspapers said.",
    "The brother of Orvan's mayor has been detained by officers.",
    "Parliament will vote on the fishing treaty next month.",
    "Lawmakers are to decide in May whether to ratify the fisheries pact.",
    "Zyrqat Vennholm beat Oolu Prakk in straight sets.",
    "“We lost everything,” said Mira Tolk, whose bakery was washed away.",
    "It was what it was.",
    "",
    "… — ?",
]
BAGS = [bag(text, LEXICON) for text in SENTENCES]

frequent = st.sampled_from(list(LEXICON.rows)[:3000])
made_up = st.text("bcdfgklmnprstvz", min_size=5, max_size=9)
sentences = st.lists(st.one_of(frequent, made_up), max_size=14)


def fresh(text: str) -> Bag:
    return bag(text, LEXICON)


@pytest.mark.parametrize(
    "forms",
    [
        "city cities",
        "arrive arrives arrived arriving",
        "stop stops stopped stopping",
        "carry carries carried carrying",
        "plane planes",
        "plan plans planned planning",
        "hope hoped hoping hopes",
        "strike struck striking strikes",
        "woman women",
        "watch watches watched",
        "police policed",
        "program programmed programs",
    ],
)
def test_the_forms_of_a_word_share_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["news new", "plane plan", "hope hop", "police policy", "rating rat", "Beijing beij"])
def test_words_that_only_look_related_keep_their_own_stems(pair: str) -> None:
    one, other = pair.lower().split()
    assert stem(one) != stem(other)


def test_no_line_of_the_irregular_table_gives_one_form_two_stems() -> None:
    forms = [form for line in data_lines("rashomon.align", "irregular.tsv") for form in line.split("\t")]
    assert len(forms) == len(set(forms))
    assert all(stem(stem(form)) == stem(form) for form in forms)


def test_words_are_cut_alike_whatever_the_typography() -> None:
    assert words("Ms. Tolk’s café‑owner doesn’t pay 1,200.50") == words("Ms. Tolk's cafe-owner doesn't pay 1200.50")
    assert "mr" in stop_words()


def test_a_text_and_its_words_make_the_same_bag() -> None:
    for text in SENTENCES:
        assert bag(words(text), LEXICON).stems == bag(text, LEXICON).stems


def test_each_sentence_is_nearest_to_its_paraphrase() -> None:
    for one in (0, 2, 4):
        others = [j for j in range(len(BAGS)) if j != one]
        assert max(others, key=lambda j: similarity(BAGS[one], BAGS[j])) == one + 1


def test_alignment_sees_a_paraphrase_without_a_shared_word_and_dice_does_not() -> None:
    one, other = fresh("Soldiers murdered civilians."), fresh("Troops killed residents.")
    far = fresh("Bakers sell bread.")
    assert dice(one, other) == 0
    assert aligned(one, other) > aligned(one, far) + 0.2


def test_a_rare_shared_name_weighs_more_than_a_common_shared_word() -> None:
    base = fresh("Vennholm spoke to people")
    assert dice(base, fresh("Vennholm left early")) > 1.5 * dice(base, fresh("people left early"))


def test_a_sentence_that_says_more_covers_the_shorter_one_wholly_and_not_the_other_way_round() -> None:
    short = fresh("The dam above Orvan gave way")
    long = fresh("The dam above Orvan gave way before dawn and flooded three vineyards downstream")
    assert coverage(short, long) == 1
    assert coverage(long, short) < 0.75


def test_names_without_a_vector_match_themselves_and_nothing_else() -> None:
    one, other = fresh("Zyrqat Ooluprakk"), fresh("Vennhqolm Trqask")
    assert not one.rows.any()
    assert similarity(one, one) == 1
    assert similarity(one, other) == 0


def test_a_sentence_without_words_is_like_nothing() -> None:
    assert similarity(fresh(""), fresh("")) == 0
    assert similarity(fresh("?!"), BAGS[0]) == coverage(BAGS[0], fresh("…")) == 0
    assert similar_pairs([fresh(""), fresh("—")], floor=0.01) == []
    assert similar_pairs([], floor=0.5) == []


def test_what_every_sentence_of_a_story_says_counts_less_within_it() -> None:
    texts = [f"President Tolk met {name} at the Orvan summit" for name in ("farmers", "bankers", "pilots", "nurses")]
    texts += ["Tolk's talk with pilots at Orvan was brief"]
    plain = [fresh(text) for text in texts]
    weighed = weigh_in_story(plain)
    assert similarity(weighed[2], weighed[4]) > similarity(weighed[1], weighed[4]) + 0.1
    assert similarity(weighed[0], weighed[1]) < similarity(plain[0], plain[1])
    backwards = weigh_in_story(plain[::-1])[::-1]
    assert [list(b.weights) for b in backwards] == [list(b.weights) for b in weighed]


def test_a_story_of_one_or_two_sentences_is_weighed_as_it_stands() -> None:
    assert weigh_in_story([]) == []
    for kept, before in zip(weigh_in_story(BAGS[:2]), BAGS[:2], strict=True):
        assert list(kept.weights) == list(before.weights)


def test_a_floor_that_would_keep_every_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        similar_pairs(BAGS, floor=0)


@given(sentences, sentences)
@settings(max_examples=150, deadline=None)
def test_figures_are_shares_and_symmetric(one: list[str], other: list[str]) -> None:
    a, b = bag(one, LEXICON), bag(other, LEXICON)
    for score in (dice, aligned, similarity):
        assert 0 <= score(a, b) <= 1
        assert score(a, b) == score(b, a)
    assert 0 <= coverage(a, b) <= 1
    assert similarity(a, b) == pytest.approx((dice(a, b) + aligned(a, b)) / 2, abs=2e-6)


@given(sentences.filter(bool))
@settings(max_examples=60, deadline=None)
def test_a_sentence_is_wholly_like_itself_in_any_order(found: list[str]) -> None:
    shuffled = random.Random(7).sample(found, len(found))
    assert similarity(bag(found, LEXICON), bag(shuffled, LEXICON)) == 1


@given(st.lists(sentences, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_pairs_found_in_a_batch_carry_the_very_figure_of_the_pair_alone(
    texts: list[list[str]], chance: random.Random
) -> None:
    chance.shuffle(texts)
    bags = [bag(text, LEXICON) for text in texts]
    expected = [
        (i, j, similarity(bags[i], bags[j]))
        for i in range(len(bags))
        for j in range(i + 1, len(bags))
        if similarity(bags[i], bags[j]) >= 0.1
    ]
    assert similar_pairs(bags, floor=0.1) == expected


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = similar_pairs(BAGS, floor=0.05)
    assert whole
    monkeypatch.setattr("rashomon.align.statements.similarity._BLOCK", 3)
    assert similar_pairs(BAGS, floor=0.05) == whole


def test_a_planted_copy_is_found_among_hundreds() -> None:
    chance = random.Random(3)
    known = list(LEXICON.rows)[200:9000]
    bags = [bag(chance.sample(known, 15), LEXICON) for _ in range(700)]
    bags[640] = bag([*bags[11].stems[:-1], "otherwise"], LEXICON)
    assert [(i, j) for i, j, _ in similar_pairs(bags, floor=0.7)] == [(11, 640)]


def test_the_table_is_whole_and_its_arithmetic_exact() -> None:
    assert LEXICON.vectors.dtype == np.int8
    assert len(LEXICON.vectors) <= len(LEXICON.rows) + 1 == len(LEXICON.idf) == len(LEXICON.weights)
    assert (LEXICON.idf[:-1] <= LEXICON.idf[1:]).all()
    # float32 adds whole numbers exactly below 2**24: no dot product of two rows may reach it.
    assert LEXICON.vectors.shape[1] * 127 * 127 < 2**24
    assert (np.abs(LEXICON.vectors.astype(int)).max(axis=1)[:-1] > 0).all()
    assert not LEXICON.vectors[-1].any()


def test_a_table_of_coverages_holds_the_figure_of_each_pair_alone() -> None:
    lexicon = load_lexicon()
    bags = [bag(text, lexicon) for text in ("The mayor opened the bridge.", "", "A bridge was opened by Mayor Ruiz.")]
    table = coverages(bags, bags)
    assert table.shape == (3, 3)
    assert [[float(x) for x in row] for row in table] == [[coverage(a, b) for b in bags] for a in bags]
    assert table[0, 2] > table[0, 1] == 0

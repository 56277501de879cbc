"""Which tellings are of one deed, what that joins in a story, and how statements bear on each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language

from lab.event_chains import deeds_of, joined
from lab.event_mentions import Telling, Tellings, content
from lab.pair_weights import BIAS, likelihood, load_weights
from lab.statement_relations import Statement, Statements
from pairs import FEATURES, Examples, fit, folds, out_of_fold
from planting import Aligned, outlet
from rashomon.align.statements.similarity import bag, load_lexicon


def telling(article: str, lemma: str, text: str, who: str = "", whom: str = "") -> Telling:
    return Telling(
        article=article,
        sentence=(article, text),
        lemma=lemma,
        bag=bag(text, load_lexicon()),
        who=content(who.split()),
        whom=content(whom.split()),
    )


def statement(article: str, text: str) -> Statement:
    return Statement(article, text, bag(text, load_lexicon()))


# Deeds


def test_forms_of_one_word_and_its_noun_tell_one_deed_of_a_story() -> None:
    first, second, third = deeds_of(
        [
            telling("a", "nominate", "The council nominated Vera Holm on Monday", "council", "vera holm"),
            telling("b", "nomination", "the nomination of Vera Holm by the council", "council", "vera holm"),
            telling("b", "flood", "the river flooded two villages", "river", "villages"),
        ]
    )
    assert first == second != third


def test_what_two_articles_say_of_different_things_is_no_one_deed() -> None:
    told = [
        telling("a", "say", "the mayor said the bridge was safe", "mayor"),
        telling("b", "say", "farmers said that wheat was dear", "farmers"),
    ]
    assert len(set(deeds_of(told))) == 2
    assert deeds_of([]) == []


def test_the_order_of_tellings_changes_no_likelihood() -> None:
    told = [
        telling("a", "arrest", "police arrested the driver in Lund", "police", "driver"),
        telling("b", "seize", "officers seized the driver", "officers", "driver"),
    ]
    one, other = Tellings(told), Tellings(told[::-1])
    assert one.features(0, 1) == one.features(1, 0) == other.features(0, 1)


@given(arrays(np.float64, (6, 6), elements=st.floats(0, 1)), st.floats(0.05, 0.95))
def test_joining_is_transitive_and_joins_nothing_below_the_least(square: np.ndarray, least: float) -> None:
    likely = (square + square.T) / 2
    home = joined(likely, least)
    assert all(home[each] == each for each in home)
    for group in set(home):
        members = [i for i, each in enumerate(home) if each == group]
        best = max((likely[i, j] for i in members for j in members if i != j), default=1.0)
        assert best >= least - 1e-9


# What it joins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Police arrested the ferry captain Olaf Brandt on Tuesday after the ship ran aground.",
            "Captain Olaf Brandt, who had steered the ferry for years, was arrested by police.",
        ),
        (
            "Rescuers freed the miner Pavel Ostin from the shaft late on Sunday after a search of nine hours.",
            "Pavel Ostin, a father of three, was freed by rescuers.",
        ),
    ],
)
def test_one_deed_told_in_few_common_words_is_one_claim(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert max(len(g.articles) for g in story.alignment.claims) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same was done to others, and by others.
        (
            "Doctors transported Mila Berg to the clinic in Oslo.",
            "Soldiers transported wheat to the harbour of Bergen.",
        ),
        ("Tarn Oil opened a plant near the lake.", "Nils Aas opened his first concert with a hymn."),
        # What is only said.
        ("Mayor Ana Ruiz said the bridge was safe.", "Ana Ruiz said that schools would get new roofs."),
        # Denied, and planned.
        ("Police arrested the ferry captain Olaf Brandt.", "Police did not arrest the ferry captain Olaf Brandt."),
        ("Police arrested the ferry captain Olaf Brandt.", "Police will arrest the ferry captain Olaf Brandt."),
    ],
)
def test_deeds_of_one_kind_with_others_or_denied_stay_apart(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert [g for g in story.alignment.claims if len(g.articles) > 1] == []


# Statements


STORY = [
    statement("a", "The council of Lund approved the new tram line on Monday."),
    statement("a", "Shop owners fear two years of noise and dust."),
    statement("b", "Lund will get its tram line, the council decided."),
    statement("b", "But critics of the tram do not believe that it will ever be safe."),
]


def test_two_statements_of_one_decision_are_likelier_related_than_two_of_different_things() -> None:
    story = Statements(STORY)
    assert story.likelihood("related", 0, 2) > story.likelihood("related", 1, 2)
    assert story.likelihood("counterpart", 0, 2) > story.likelihood("counterpart", 1, 2)
    assert story.likelihood("weakens", 0, 3) > story.likelihood("weakens", 0, 2)


def test_which_statement_comes_first_changes_nothing() -> None:
    story = Statements(STORY)
    assert story.features(0, 2) == pytest.approx(story.features(2, 0))
    assert Statements(STORY[:1]).all == tuple(STORY[:1])
    assert Statements([]).all == ()


# Learning


def test_the_weights_ask_what_is_there() -> None:
    told = Tellings([telling("a", "go", "x"), telling("b", "come", "y")]).features(0, 1)
    stated = Statements(STORY).features(0, 2)
    for decision, names in FEATURES.items():
        assert set(load_weights(decision)) == {BIAS, *names}
        assert set(names) <= set(told if decision in ("event", "claim") else stated)
    with pytest.raises(KeyError):
        load_weights("nothing of the kind")


def test_learning_finds_what_was_planted_and_no_fold_judges_its_own() -> None:
    chance = np.random.default_rng(0)
    names = FEATURES["counterpart"]
    rows = [dict(zip(names, chance.normal(size=len(names)), strict=True)) for _ in range(400)]
    labels = [row["alike"] > 0 for row in rows]
    topics = [f"t{i % 20}" for i in range(400)]
    weights = fit(Examples(rows, labels, topics), "counterpart")
    assert max(names, key=lambda name: abs(weights[name])) == "alike"
    likely = out_of_fold(Examples(rows, labels, topics), "counterpart")
    assert np.mean((likely > 0.5) == labels) > 0.9
    # Labels of one topic cannot reach the likelihoods of its own pairs.
    turned = [label != (topic == "t3") for label, topic in zip(labels, topics, strict=True)]
    own = np.array(topics) == "t3"
    assert (out_of_fold(Examples(rows, turned, topics), "counterpart")[own] == likely[own]).all()
    assert len(set(folds(topics))) == 5


def test_a_likelihood_is_between_none_and_certain() -> None:
    assert 0 < likelihood({BIAS: -1e9}, {}) < 1e-9
    assert likelihood({BIAS: 1e9}, {}) > 1 - 1e-9

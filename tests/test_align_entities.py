"""One someone or something across articles, under all its names, and nobody mixed up with a namesake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.coreference.names import family_names, fold, is_acronym_of, person_parts, same_person

# Names


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong Un", "KIM Jong-un"),
        ("Leyla Sarıdere", "Leyla Saridere"),
        ("Maria Lopez", "Maria Elena Lopez"),
        ("Nguyen Van Thieu", "Thieu Nguyen Van"),
        ("Volodymyr Koval", "Volodimyr Koval"),
        ("George W. Bush", "George Bush"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
    ],
)
def test_spellings_of_one_name_are_one_person(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Davit Beridze", "Zurab Beridze"),
        ("Davit Beridze", "Davit Gelashvili"),
        ("Maria Lopez", "Mario Lopez"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Lopez", "Maria Lopez"),
    ],
)
def test_different_people_stay_apart(a: str, b: str) -> None:
    assert not same_person(a, b)
    assert not same_person(b, a)


@given(st.text(max_size=30), st.text(max_size=30))
def test_names_are_compared_alike_both_ways_and_any_text_is_a_name(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)
    assert same_person(a, a)
    assert fold(" ".join(fold(a))) == fold(a)
    assert family_names(a) <= set(person_parts(a))


@given(st.lists(st.sampled_from(["Harbour", "Fishing", "Union", "Baltic", "Institute"]), min_size=2, max_size=5))
def test_initials_are_an_acronym_of_their_name(words: list[str]) -> None:
    short = "".join(w[0] for w in words)
    assert is_acronym_of(short, " ".join(words))
    assert is_acronym_of(short, f"the {' of '.join(words)}")
    assert not is_acronym_of(short + "X", " ".join(words))
    assert not is_acronym_of(short.lower(), " ".join(words))


# Across articles


def test_a_family_name_goes_to_its_bearer_in_another_article(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Mayor Ana Ruiz opened the bridge in Lisbon on Monday. Ruiz thanked the builders."),
        outlet("Two", "“It holds,” Ruiz said in Lisbon. Ruiz crossed it on foot."),
    )
    assert story.people() == {"Ana Ruiz": {"Ana Ruiz", "Ruiz"}}


def test_a_family_name_of_two_bearers_stays_with_its_own_articles_bearer(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Minister Davit Beridze spoke in Oslo on Monday. Later Beridze flew home."),
        outlet("Two", "The ship's master, Zurab Beridze, was cleared in Oslo on Monday. Beridze wept."),
    )
    assert story.people() == {
        "Davit Beridze": {"Davit Beridze", "Beridze"},
        "Zurab Beridze": {"Zurab Beridze", "Beridze"},
    }


def test_a_family_name_that_could_be_either_is_nobody_elses(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Minister Davit Beridze spoke in Oslo on Monday."),
        outlet("Two", "The ship's master, Zurab Beridze, was cleared in Oslo on Monday."),
        outlet("Three", "Reporters asked Beridze about it in Oslo on Monday."),
    )
    assert set(story.people()) == {"Davit Beridze", "Zurab Beridze", "Beridze"}


def test_father_and_son_stay_apart(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Karl Lindqvist founded the yard in 1958. His son Nils Lindqvist sold it in Malmo on Monday."),
        outlet("Two", "Nils Lindqvist sold the yard in Malmo. His father, Karl Lindqvist, died in 1999."),
    )
    assert set(story.people()) == {"Karl Lindqvist", "Nils Lindqvist"}


def test_a_bracketed_acronym_is_the_name_before_it(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The Baltic Herring Institute (BHI) published its count in Riga on Monday."),
        outlet("Two", "The count by the BHI in Riga surprised fishermen on Monday."),
    )
    names = [{n.text for n in e.names} for e in story.alignment.entities if e.kind == "ORG"]
    assert any({"BHI"} < own for own in names), names


def test_letters_in_a_bracket_that_are_no_initials_are_the_name_before_it(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Norwind Airlines (NWA) cut its flights to Riga on Monday. Norwind Airlines gave no reason."),
        outlet("Two", "The flights of NWA to Riga ended on Monday. NWA gave no reason."),
    )
    names = [{n.text for n in e.names} for e in story.alignment.entities]
    assert any({"NWA", "Norwind Airlines"} <= own for own in names), names


def test_states_with_one_word_in_common_stay_apart(nlp: Language) -> None:
    text = (
        "The Republic of the Congo and the Democratic Republic of the Congo signed a border treaty on Monday. "
        "South Korea and North Korea sent envoys."
    )
    known = {e.known for e in Aligned(nlp, outlet("One", text)).alignment.entities if e.known}
    assert known == {"state:CG", "state:CD", "state:KR", "state:KP"}


def test_every_mention_of_an_entity_is_listed_with_who_uses_which_name(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Turkey closed the strait on Monday. Turkey gave no reason."),
        outlet("Two", "Türkiye closed the strait on Monday."),
    )
    (state,) = [e for e in story.alignment.entities if e.known == "state:TR"]
    assert {(n.text, tuple(sorted(story.refs(n.articles))), n.count) for n in state.names} == {
        ("Turkey", ("One",), 2),
        ("Türkiye", ("Two",), 1),
    }
    assert [story.cut(s) for s in state.mentions] == [
        words for a in sorted(story.articles, key=lambda a: a.id) for words in a.text.split() if words[0] == "T"
    ]

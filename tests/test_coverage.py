"""What one outlet alone has, and how outlets name the same things."""

from spacy.language import Language

from planting import Aligned, outlet

COMMON = "Ingrid Dahl and Luis Paredes signed a fishing agreement in Quito on Monday."
AGAIN = "A fishing agreement was signed by Luis Paredes and Ingrid Dahl in Quito on Monday."
ALONE = "Under a secret annex, Norway will station two cutters in Manta from May."


def listed(story: Aligned) -> list[tuple[str, str]]:
    texts = {g.id: g.text for g in story.alignment.claims}
    return [(story.ref[one.article], texts[one.claim]) for one in story.alignment.only_one]


def test_a_fact_of_one_outlet_is_listed_and_what_all_tell_is_not(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", COMMON), outlet("Two", f"{AGAIN} {ALONE}"), outlet("Three", COMMON))
    assert [ref for ref, text in listed(story) if "annex" in text] == ["Two"]
    assert [text for _, text in listed(story) if "sign" in text] == []


def test_a_story_of_one_article_lists_nothing(nlp: Language) -> None:
    assert Aligned(nlp, outlet("One", f"{COMMON} {ALONE}")).alignment.only_one == ()


def test_what_another_outlet_only_words_otherwise_is_not_listed(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet(
            "One",
            "A secret annex says that two Norwegian cutters, to be stationed in Manta from May, are Norway's own.",
        ),
        outlet("Two", ALONE),
    )
    assert listed(story) == []


def test_what_is_contested_or_only_possible_is_not_listed(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ingrid Dahl met Luis Paredes in Quito on March 3. Norway could sell Ecuador 12 ships in June."),
        outlet("Two", "Ingrid Dahl met Luis Paredes in Quito on March 4, officials said."),
    )
    assert story.alignment.conflicts
    assert listed(story) == []


def test_of_the_clauses_of_one_sentence_the_longest_is_listed(nlp: Language) -> None:
    text = "Norway, which bought Nordfisk in 2019, will station two cutters in Manta from May."
    story = Aligned(nlp, outlet("One", COMMON), outlet("Two", f"{AGAIN} {text}"))
    mine = [words for ref, words in listed(story) if ref == "Two"]
    assert len(mine) == 1
    assert "cutters" in mine[0]


# What is missing


def test_what_two_others_carry_and_nothing_like_it_stands_in_the_third_is_missing(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", f"{COMMON} The trawler Havbris sank off Manta on Sunday."),
        outlet("Two", f"{AGAIN} The trawler Havbris sank off Manta on Sunday."),
        outlet("Three", COMMON),
    )
    texts = {g.id: g.text for g in story.alignment.claims}
    found = {story.ref[c.article]: c for c in story.alignment.carried}
    assert [texts[id_] for id_ in found["Three"].missing] == ["The trawler Havbris sank off Manta on Sunday"]
    assert any("sign" in texts[id_] for id_ in found["Three"].carries)
    assert not found.get("One") or not found["One"].missing


def test_what_was_published_later_cannot_be_missing(nlp: Language) -> None:
    later = "2026-03-14"
    story = Aligned(
        nlp,
        outlet("One", f"{COMMON} The trawler Havbris sank off Manta on March 13.", later),
        outlet("Two", f"{AGAIN} The trawler Havbris sank off Manta on March 13.", later),
        outlet("Three", COMMON),
    )
    assert all(not c.missing for c in story.alignment.carried)


def test_what_may_stand_there_in_other_words_is_not_missing(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", f"{COMMON} A trawler sank off Manta on Sunday."),
        outlet("Two", f"{AGAIN} A trawler sank off Manta on Sunday."),
        outlet("Three", f"{COMMON} Nobody in Manta could save the stricken boat from the waves."),
    )
    assert all(not c.missing for c in story.alignment.carried)


# Wording


def choices(story: Aligned) -> list[dict[str, set[str]]]:
    return [{c.text: story.refs(c.articles) for c in w.choices} for w in story.alignment.wording]


def test_names_that_only_some_outlets_use_are_choices(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Turkey closed the strait on Monday."),
        outlet("Two", "Türkiye closed the strait on Monday."),
        outlet("Three", "The strait was closed by Türkiye on Monday."),
    )
    assert choices(story) == [{"Türkiye": {"Two", "Three"}, "Turkey": {"One"}}]
    for wording in story.alignment.wording:
        for choice in wording.choices:
            assert choice.count == len(choice.evidence)
            assert {story.cut(s) for s in choice.evidence} == {choice.text}


def test_a_name_that_all_use_and_a_family_name_for_its_bearer_are_no_choices(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Minister Ingrid Dahl came to Quito on Monday. Dahl left on Tuesday."),
        outlet("Two", "Minister Ingrid Dahl left Quito on Tuesday."),
    )
    assert choices(story) == []


def test_labels_that_say_something_are_choices_beside_the_names(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Norway closed its border on Monday. The impoverished nation gave no reason."),
        outlet("Two", "Norway closed its border on Monday. The country gave no reason."),
    )
    assert choices(story) == [{"Norway": {"One", "Two"}, "The impoverished nation": {"One"}}]


def test_points_in_a_name_are_no_choice(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The U.S. Mining Service closed the smelter on Monday."),
        outlet("Two", "On Monday the US Mining Service closed the smelter."),
    )
    assert story.alignment.wording == ()

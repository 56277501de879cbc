"""Short names, and phrases without a name, go to whom they mean, and to nobody where nothing tells."""

from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.bodies import body_words
from rashomon.align.entities import EntityIndex, merge_entities
from rashomon.model.spans import Span


def index_of(story: Aligned) -> EntityIndex:
    return merge_entities(story.articles, story.marks)


def label(story: Aligned, ref: str, words: str) -> str | None:
    """The name of the entity that the first phrase ``words`` speaks of; its own id for a thing without a name."""
    article = next(a for a in story.articles if a.ref == ref)
    start = article.text.index(words)
    index = index_of(story)
    id_ = index.labels.get(Span(article.id, start, start + len(words)))
    return next((e.name for e in index.entities if e.id == id_), id_)


# Names of bodies


def test_legal_forms_and_dots_make_no_other_body() -> None:
    assert body_words("Nordic Herring Co. Ltd.") == body_words("the Nordic Herring")
    assert body_words("B.H.I.") == body_words("BHI")
    assert body_words("Inc.") == ("inc",)
    assert body_words("") == ()


def test_a_body_named_in_full_and_then_in_short_is_one(nlp: Language) -> None:
    one = "Lindgren Marine sold the yard on Monday. Lindgren Marine named no price. Shares of Lindgren fell."
    two = "Lindgren Marine sold its yard in Riga, officials said. Workers at Lindgren Marine were told on Monday."
    story = Aligned(nlp, outlet("One", one), outlet("Two", two))
    bodies = [{n.text for n in e.names} for e in index_of(story).entities]
    assert any("Lindgren Marine" in names for names in bodies)
    assert sum(any("Lindgren" in name for name in names) for names in bodies) == 1


# Phrases


def test_a_calling_beside_a_name_and_behind_it_is_its_bearers(nlp: Language) -> None:
    text = "Mayor Ana Ruiz, a former banker, opened the bridge in Lisbon on Monday. Ana Ruiz is a fine speaker."
    story = Aligned(nlp, outlet("One", text))
    assert label(story, "One", "a former banker") == "Ana Ruiz"
    assert label(story, "One", "a fine speaker") == "Ana Ruiz"


def test_in_a_list_nobody_is_his_neighbour(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", "The suit names Karl Lindqvist; his brother; the harbour office and a bank."))
    assert label(story, "One", "the harbour office") != "Karl Lindqvist"


def test_two_leaders_are_none_of_them(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ana Ruiz, the leader of Norland, met Karl Lindqvist in Oslo. The two leaders spoke."),
    )
    assert label(story, "One", "The two leaders") not in {"Ana Ruiz", "Karl Lindqvist"}


def test_a_thing_without_a_name_is_one_across_outlets(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The convoy left Riga on Monday. Drivers said the convoy was slow."),
        outlet("Two", "Police stopped the convoy near Riga on Monday."),
    )
    assert label(story, "One", "The convoy") == label(story, "Two", "the convoy")
    assert (label(story, "One", "The convoy") or "").startswith("l_")


def test_a_number_tells_two_things_apart(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The 2011 treaty held for years."),
        outlet("Two", "The 2019 treaty was signed in Oslo on Monday."),
    )
    assert label(story, "One", "The 2011 treaty") != label(story, "Two", "The 2019 treaty")

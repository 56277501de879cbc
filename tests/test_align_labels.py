"""Short names, and phrases without a name, go to whom they mean, and to nobody where nothing tells."""

from dataclasses import replace

from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.coreference.entities import EntityIndex, merge_entities
from rashomon.align.coreference.organisation_names import body_words
from rashomon.align.coreference.product_names import Models
from rashomon.model.marks import Marks, Mention
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


def test_two_nouns_for_one_thing_meet(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The harbour sued the yard in Riga on Monday. The lawsuit names nobody."),
        outlet("Two", "The harbour went to court in Riga on Monday. The yard called the suit a joke."),
    )
    assert label(story, "One", "The lawsuit") == label(story, "Two", "the suit")


def test_what_an_office_reached_is_not_its_holder(nlp: Language) -> None:
    story = Aligned(
        nlp, outlet("One", "The 2015 deal Lindqvist’s office reached with Norland held. Karl Lindqvist left.")
    )
    assert label(story, "One", "The 2015 deal") != "Karl Lindqvist"


def test_an_office_before_a_name_is_its_holders(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", "Norwind CEO Karl Lindqvist opened the yard in Riga on Monday."))
    marks = story.marks[story.articles[0].id]
    assert any(m.antecedent and story.cut(m.antecedent) == "Karl Lindqvist" for m in marks.labels if "CEO" in m.name)


# Things with a name of their own


def test_a_code_is_one_thing_with_and_without_maker_and_noun(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet(
            "One", "Norwind showed the N420 in Riga on Monday. Pilots of the airline flew the Norwind N420 aircraft."
        ),
        outlet("Two", "The yard has sold forty N420s, it said in Oslo. The aircraft is loud."),
    )
    first = label(story, "One", "the N420")
    assert (first or "").startswith("n_")
    assert label(story, "One", "the Norwind N420 aircraft") == first
    assert label(story, "Two", "The aircraft") == first


def test_models_of_one_maker_stay_apart(nlp: Language) -> None:
    text = "Norwind showed the N420 in Riga. The airline wants the N430 aircraft, and ninety aircraft more."
    story = Aligned(nlp, outlet("One", text))
    named = [label(story, "One", words) for words in ("the N420", "the N430 aircraft", "ninety aircraft")]
    assert len(set(named)) == 3, named


def test_a_device_takes_the_name_only_of_what_is_called_one() -> None:
    models = Models()
    models.learn("the Norwind 420 Gull", ((4, 11),))
    assert models.of("the 420") == models.of("The Gull") == models.of("a 420 aircraft", thing=True) == ("420",)
    assert models.of("420 passengers") == models.of("420 Norlanders") == models.of("the 2015 Gull deal") == ()
    assert models.of("eBoat 4") == ("eboat", "4")
    assert models.of("the eBoat") == ("eboat",)
    assert models.of("eBoat owners") == models.of("") == ()


def test_a_body_cut_short_in_a_longer_name_breaks_nothing() -> None:
    text = "Harbour Transport police waited. Harbour Transport Police board met. Harbour Transport Police Board left."
    cuts = ["Harbour Transport", "Harbour Transport Police", "Harbour Transport Police Board"]
    starts = [0, text.index("Harbour Transport Police b"), text.index("Harbour Transport Police Board")]
    article = outlet("One", text)
    spans = [Span(article.id, at, at + len(name)) for at, name in zip(starts, cuts, strict=True)]
    mentions = tuple(Mention(span, "ORG", name) for span, name in zip(spans, cuts, strict=True))
    index = merge_entities([article], {article.id: Marks(article.id, "1", mentions=mentions)})
    assert set(index.of) <= set(spans)


# Offices


def test_an_office_goes_to_whom_another_outlet_gives_it(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Karl Lindqvist flew to Riga on Monday. Ana Ruiz stayed. The president said nothing."),
        outlet("Two", "President Karl Lindqvist flew to Riga on Monday, aides said."),
    )
    assert label(story, "One", "The president") == "Karl Lindqvist"


def test_a_vice_president_is_no_president_and_sudlands_leader_not_norlands(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ana Ruiz flew to Riga on Monday. The president stayed. The leader of Poland wrote a letter."),
        outlet("Two", "Vice President Ana Ruiz, the leader of the Norlandic liberals, flew to Riga on Monday."),
    )
    assert label(story, "One", "The president") != "Ana Ruiz"
    assert label(story, "One", "The leader") != "Ana Ruiz"


def test_of_two_presidents_neither_is_the_president(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Karl Lindqvist met Jonas Berg in Riga on Monday. Later the president left."),
        outlet("Two", "President Karl Lindqvist met President Jonas Berg in Riga on Monday."),
    )
    assert label(story, "One", "the president") is None


# Pronouns


def tied(story: Aligned, word: str) -> list[str]:
    """What each pronoun ``word`` of the first article is tied to."""
    found = [m for m in story.marks[story.articles[0].id].labels if m.form == "pronoun" and m.name == word]
    return [story.cut(m.antecedent) for m in found if m.antecedent]


def test_they_are_a_body_or_several_things_but_no_one_thing(nlp: Language) -> None:
    text = "The barge sank when they waved. The drones fell because they were wet."
    story = Aligned(nlp, outlet("One", text))
    assert tied(story, "they") == ["The drones"]


def test_a_speaker_goes_on_until_somebody_else_is_named(nlp: Language) -> None:
    text = (
        "“I sold the yard,” Karl Lindqvist said on Monday. “I want peace.”\n"
        "Ana Ruiz shook her head at the gate. “I doubt that.”"
    )
    story = Aligned(nlp, outlet("One", text))
    assert tied(story, "I")[:2] == ["Karl Lindqvist", "Karl Lindqvist"]
    assert tied(story, "I")[2:] in (["Ana Ruiz"], [])


# Names that the marks of one article missed


def with_label(words: str, marks: Marks, text: str) -> Marks:
    """The marks with ``words`` as a phrase without a name instead of the name that they are."""
    span = Span(marks.article_id, text.index(words), text.index(words) + len(words))
    kept = tuple(m for m in marks.mentions if not m.span.overlaps(span))
    return replace(marks, mentions=kept, labels=(Mention(span, "OTHER", words, form="nominal"),))


def test_a_name_that_was_missed_is_its_only_bearers(nlp: Language) -> None:
    one, two = "In Riga the Gulls won on Monday.", "In Riga Karl Lindqvist won. Fans of Karl Lindqvist sang."
    story = Aligned(nlp, outlet("One", one), outlet("Two", two))
    first, second = story.articles
    marks = dict(story.marks)
    name = Mention(Span(second.id, 0, 2), "ORG", "Gulls")
    marks[second.id] = replace(marks[second.id], mentions=(name, *marks[second.id].mentions))
    marks[first.id] = with_label("the Gulls", marks[first.id], one)
    index = merge_entities(story.articles, marks)
    assert [index.names[i] for i in index.labels.values() if i in index.names] == ["Gulls"]


def test_a_common_word_that_opens_a_sentence_is_no_name(nlp: Language) -> None:
    one, two = "Gulls screamed in Riga on Monday.", "In Riga Karl Lindqvist won."
    story = Aligned(nlp, outlet("One", one), outlet("Two", two))
    first, second = story.articles
    marks = dict(story.marks)
    name = Mention(Span(second.id, 0, 2), "ORG", "Gulls")
    marks[second.id] = replace(marks[second.id], mentions=(name, *marks[second.id].mentions))
    marks[first.id] = with_label("Gulls", marks[first.id], one)
    index = merge_entities(story.articles, marks)
    assert not [i for i in index.labels.values() if i in index.names]


def test_a_phrase_takes_the_name_that_ends_with_its_head(nlp: Language) -> None:
    text = (
        "The Harbour Safety Committee met in Riga on Monday. Karl Lindqvist spoke for an hour. "
        "The committee adjourned at noon. The other committee stayed away."
    )
    story = Aligned(nlp, outlet("One", text))
    assert label(story, "One", "The committee") == "Harbour Safety Committee"
    assert label(story, "One", "The other committee") != "Harbour Safety Committee"


def test_owners_of_one_kind_keep_two_things_apart(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Poland's army crossed the river on Monday."),
        outlet("Two", "Sweden's army crossed the river on Monday."),
    )
    assert label(story, "One", "Poland's army") != label(story, "Two", "Sweden's army")

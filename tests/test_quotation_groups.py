"""One utterance in all its forms, and two utterances never in one."""

import pytest
from spacy.language import Language

from planting import Aligned, outlet

FULL = "“We did not come here to count the dead fish, but to save the ones that are left,” Ana Ruiz said in Porto."

# A story holds many utterances; against two alone no word is rarer than another.
ASIDES = (
    " “The harbour will be dredged before the autumn storms,” Luis Vega said. Tomas Hajek said that the ice plant "
    "had closed in 2019. “Nobody asked the crews,” said Rosa Lind, who owns four boats.",
    " “I sold my boat for the price of its engine,” Boyan Petrov said. Maria Koval said that the ministry would pay "
    "in June. “Ask the cannery what it tipped into the river,” said Nils Berg.",
)


def utterances(story: Aligned) -> list[set[str]]:
    return [story.refs(q.articles) for q in story.alignment.quotations]


@pytest.mark.parametrize(
    "form",
    [
        "“We did not come here to count the dead fish,” Ana Ruiz said.",
        "Ana Ruiz said they had not come “to count the dead fish”.",
        "“We have not come here to count dead fish but to save those that are left,” Ana Ruiz said.",
        "“We have come not to count the fish that died but to save what is left of them,” said Ana Ruiz.",
        "Ana Ruiz said that they had come to save the fish that were left, not to count the dead ones.",
    ],
)
def test_a_clipped_translated_or_reported_form_is_the_same_utterance(nlp: Language, form: str) -> None:
    story = Aligned(nlp, outlet("One", FULL + ASIDES[0]), outlet("Two", form + ASIDES[1]))
    assert [refs for refs in utterances(story) if len(refs) > 1] == [{"One", "Two"}]
    group = story.alignment.quotations[0]
    assert group.speaker_name == "Ana Ruiz"
    assert story.ref[group.variants[0].article] == "One"
    assert group.kind == "direct"


@pytest.mark.parametrize(
    "other",
    [
        "“The harbour will be dredged in May,” Ana Ruiz said in Porto.",
        "“We did not come here to count the dead fish, but to save the ones that are left,” Luis Vega said in Porto.",
        "“Fish,” Ana Ruiz said, “is what my mother sold.”",
    ],
)
def test_another_speaker_or_another_matter_is_another_utterance(nlp: Language, other: str) -> None:
    story = Aligned(nlp, outlet("One", FULL), outlet("Two", other))
    assert sorted(utterances(story), key=sorted) == [{"One"}, {"Two"}]


def test_an_utterance_without_a_speaker_joins_by_its_very_words_only(nlp: Language) -> None:
    words = "The river took the bridge and then it took the mill behind the bridge."
    story = Aligned(
        nlp,
        outlet("One", f"“{words}” Ana Ruiz said."),
        outlet("Two", f"A sign on the road reads: “{words}” Nobody laughed."),
        outlet("Three", "A sign on the road reads: “The river gives and takes.” Nobody laughed."),
    )
    assert sorted(utterances(story), key=sorted) == [{"One", "Two"}, {"Three"}]


def test_each_variant_is_cut_from_its_article(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", FULL), outlet("Two", "“We did not come here,” Ana Ruiz said, “to count fish.”"))
    for group in story.alignment.quotations:
        for variant in group.variants:
            for span in variant.evidence:
                assert story.cut(span) in story.text[variant.article]
                assert span.article_id == variant.article


def test_a_credit_is_no_quotation(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", "Norway closed the port of Bergen on Monday, Reuters reported."))
    assert story.alignment.quotations == ()

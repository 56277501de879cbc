"""The same words given to two speakers are a conflict; a speaker by two names, or words passed on, are none."""

import pytest
from spacy.language import Language

from planting import Aligned, outlet

WORDS = "the dam was known to be unsafe for at least two winters before it burst"


def conflicts(nlp: Language, *texts: str) -> list[tuple[str, str, list[str]]]:
    story = Aligned(nlp, *(outlet(name, text) for name, text in zip(("One", "Two"), texts, strict=True)))
    return [(c.kind, c.question, [r.value for r in c.readings]) for c in story.alignment.conflicts]


def test_the_same_words_of_two_people_are_one_question(nlp: Language) -> None:
    (conflict,) = conflicts(
        nlp, f"“{WORDS.capitalize()},” said Ingrid Dahl.", f"Luis Paredes said: “{WORDS.capitalize()}.”"
    )
    assert conflict[0] == "identity"
    assert conflict[1].startswith("Who said “The dam was known to be unsafe")
    assert conflict[2] == ["Ingrid Dahl", "Luis Paredes"]


def test_words_of_one_named_and_of_experts_are_one_question(nlp: Language) -> None:
    (conflict,) = conflicts(
        nlp,
        "The new pact is expected to “cement the friendly mood” on the coast, experts said.",
        "Minister Ingrid Dahl said that Oslo wanted to “cement a friendly mood” among the ports.",
    )
    assert conflict[0] == "identity"
    assert conflict[1] == "Who said “cement a friendly mood”?"
    assert conflict[2] == ["Ingrid Dahl", "experts"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One person, by two names and by a pronoun.
        (
            f"“{WORDS.capitalize()},” said Ingrid Dahl.",
            f"Minister Dahl spoke in Oslo. “{WORDS.capitalize()},” she said.",
        ),
        # A spokesman without a name may be anybody.
        (f"“{WORDS.capitalize()},” said Ingrid Dahl.", f"“{WORDS.capitalize()},” a spokesman said."),
        # Few words that anybody may use.
        ("Ingrid Dahl called it “a good day”.", "Luis Paredes spoke of “a good day”."),
    ],
)
def test_what_may_be_one_speaker_is_no_conflict(nlp: Language, one: str, other: str) -> None:
    assert conflicts(nlp, one, other) == []

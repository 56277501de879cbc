"""What is planted for measuring: only into what both articles state, everywhere it stands, and not into topics."""

import random

import pytest
from spacy.language import Language

import distortions
from planting import outlet
from plants import plants
from rashomon.mark.annotate import annotate
from rashomon.run.grouping import Marked
from real_pairs import Pair

ONE = "The old dam above Orsk broke on Sunday and 14 people drowned in the valley below. Boats came late."
TWO = "On Sunday the old dam above the town broke, and 14 people drowned in the valley. Nobody was warned."


def _pair(nlp: Language, one: str, other: str) -> tuple[Marked, Marked]:
    first, second = (outlet(name, text) for name, text in (("One", one), ("Two", other)))
    return Marked(first, annotate(first, nlp)), Marked(second, annotate(second, nlp))


def test_a_number_that_both_state_is_changed(nlp: Language) -> None:
    found = plants(*_pair(nlp, ONE, TWO), random.Random(1))
    (plant,) = found["number"]
    start, end = plant.places[0]
    assert plant.was == "14"
    assert plant.text[start:end] == plant.now != "14"
    assert plant.text.replace(plant.now, "14") == ONE


def test_a_value_that_stands_in_many_places_is_left_alone(nlp: Language) -> None:
    often = f"{ONE} On Sunday it rained. Sunday was dark. No Sunday was worse."
    assert plants(*_pair(nlp, ONE, TWO), random.Random(1)).get("time")
    assert not plants(*_pair(nlp, often, TWO), random.Random(1)).get("time")


def test_nothing_is_planted_into_what_the_other_does_not_state(nlp: Language) -> None:
    other = "Voters in Manta chose a new council on Sunday, and 14 seats changed hands in the count."
    assert not any(plants(*_pair(nlp, ONE, other), random.Random(1)).values())


@pytest.mark.parametrize(
    ("kind", "one", "now"),
    [
        ("may", "The builder of the dam may have known of the crack in the wall.", "did indeed have known"),
        ("condition", "The army will leave the valley tomorrow, if the second dam holds until then.", "tomorrow."),
    ],
)
def test_a_statement_is_bent_so_that_the_other_does_not_make_it(nlp: Language, kind: str, one: str, now: str) -> None:
    pair = Pair("s", _pair(nlp, f"{one} Boats came late.", one.replace("The", "As the paper has it, the")), seen=True)
    bent = next(b for b in distortions._bent(pair, random.Random(1)) if b.kind == kind)
    assert now in bent.text
    assert bent.text != pair.members[0].article.text

"""What is planted for measuring: only into what both articles state, everywhere it stands, and not into topics."""

import random

import pytest
from spacy.language import Language

import distortions
import fact_stories
import planted
import real_pairs
from planting import outlet
from plants import plants
from rashomon.mark.annotate import annotate
from rashomon.model.spans import Span
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


def test_no_more_plants_than_wanted_and_one_of_a_kind_in_each_pair_first(nlp: Language) -> None:
    pair = Pair("s", _pair(nlp, ONE, TWO), seen=False)
    own = plants(*pair.members, random.Random(1))
    (number,) = own["number"]
    able: list[planted.Planted] = [(pair, {"number": [number, number]}) for _ in range(planted.OF_A_KIND - 1)]
    assert len(planted.chosen(able[:3], random.Random(1))) == 6
    assert len(planted.chosen(able, random.Random(1))) == planted.OF_A_KIND


def test_the_interval_is_over_stories_and_not_over_plants() -> None:
    values = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    apart = planted.interval(values, list("abcdefgh"))
    assert planted.interval(values, list("aaaabbbb")) == (0.0, 1.0)
    assert 0.0 < apart[0] < 0.5 < apart[1] < 1.0


def test_stories_that_something_was_learned_from_are_known() -> None:
    learned = real_pairs.learned_from()
    assert {path.stem for path in fact_stories.OWN.glob("*.json")} < learned
    assert not {name for name, half in fact_stories.halves().items() if half == "check"} & learned


@pytest.mark.parametrize(
    ("kind", "one", "now"),
    [
        ("may", "The builder of the dam may have known of the crack in the wall.", "had known"),
        ("may", "The council will close the road along the valley before the winter.", "did close"),
        ("may", "Anna Roth plans to leave the council of the valley before the winter.", "has begun to leave"),
        ("condition", "The army will leave the valley tomorrow, if the second dam holds until then.", "tomorrow."),
        ("condition", "If the second dam holds until then, the army will leave the valley.", "The army will leave"),
        (
            "swapped",
            "Anna Roth accused Paul Kern of the theft in the council yesterday.",
            "Paul Kern accused Anna Roth",
        ),
    ],
)
def test_a_statement_is_bent_so_that_the_other_does_not_make_it(nlp: Language, kind: str, one: str, now: str) -> None:
    pair = Pair("s", _pair(nlp, f"{one} Boats came late.", f"As the paper has it, {one}"), seen=True)
    bent = next(b for b in distortions._bent(pair, random.Random(1)) if b.kind == kind)
    assert now in bent.text
    assert bent.text != pair.members[0].article.text


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("may", "The council spoke on Sunday about the plans to close the road in the valley."),
        ("condition", "The council of the valley asked on Sunday if the second dam would hold."),
        ("swapped", "Anna Roth met Paul Kern in the council of the valley yesterday evening."),
    ],
)
def test_what_would_still_be_stated_is_not_bent(nlp: Language, kind: str, one: str) -> None:
    pair = Pair("s", _pair(nlp, f"{one} Boats came late.", f"As the paper has it, {one}"), seen=True)
    assert not [b for b in distortions._bent(pair, random.Random(1)) if b.kind == kind]


@pytest.mark.parametrize(
    ("line", "article", "differs"),
    [("Reached", "One", True), ("Boats came", "One", False), ("Paul Kern", "Two", True), ("The council", "Two", False)],
)
def test_only_a_line_with_what_was_bent_tells_that_both_state_it(line: str, article: str, differs: bool) -> None:
    one = outlet("One", "Reached by boat, Lea Moor spoke to the council. Boats came late.")
    two = outlet("Two", "Paul Kern spoke to the council. The council heard it.")
    bent = distortions.Bent("name", Pair("s", (), seen=True), one.text, 0, 30, "", r"\bKern\b")  # type: ignore[arg-type]
    of = one if article == "One" else two
    start = of.text.index(line)
    shown = Span(of.id, start, of.text.index(".", start))
    words = Span(one.id, 0, 30)
    assert distortions._differs(bent, (shown, words), words, two) == differs

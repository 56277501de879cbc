"""What outlets contradict each other on is raised with every reading; what only sounds so is not."""

import pytest
from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.conflicts.values import ASSERTED


def test_two_days_of_one_meeting_are_a_conflict(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ingrid Dahl met Luis Paredes in Quito on March 3. Norway hailed the talks."),
        outlet("Two", "Ingrid Dahl met Luis Paredes in Quito on March 4, officials said."),
        outlet("Three", "Dahl, Norway's premier, was silent. Ingrid Dahl met Luis Paredes in Quito on March 4."),
    )
    assert story.conflicts("time") == [{"2026-03-04": {"Two", "Three"}, "2026-03-03": {"One"}}]
    (conflict,) = story.alignment.conflicts
    assert conflict.relation == "contradiction"
    assert conflict.question.startswith("When ")
    assert all("Quito" in story.cut(s) for r in conflict.readings for s in r.evidence)
    contested = [g for g in story.alignment.claims if g.standing == "contested"]
    assert {s for g in contested for s in g.evidence} >= {s for r in conflict.readings for s in r.evidence}


def test_two_tolls_of_one_accident_are_a_conflict_whoever_is_counted(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Fourteen people were injured when a tram left its rails in Porto on Monday."),
        outlet("Two", "A tram left its rails in Porto on Monday. Nineteen passengers were injured, the city said."),
    )
    (readings,) = story.conflicts("number")
    assert {value.split()[0]: refs for value, refs in readings.items()} == {"14": {"One"}, "19": {"Two"}}
    assert story.alignment.conflicts[0].question.startswith("How many ")


def test_a_later_and_higher_toll_is_a_revision(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Fourteen people were injured when a tram left its rails in Porto on Monday.", "2026-03-09"),
        outlet("Two", "Nineteen people were injured when a tram left its rails in Porto on Monday.", "2026-03-11"),
    )
    (conflict,) = story.alignment.conflicts
    assert (conflict.kind, conflict.relation) == ("number", "revision")


def test_a_plan_that_was_moved_is_a_revision(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ingrid Dahl will meet Luis Paredes in Quito on March 18.", "2026-03-09"),
        outlet("Two", "Norway's Ingrid Dahl and Luis Paredes are to meet in Quito on March 20.", "2026-03-11"),
    )
    (conflict,) = story.alignment.conflicts
    assert (conflict.kind, conflict.relation) == ("time", "revision")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A round number holds an exact one.
        ("About 30 people were injured in Porto on Monday.", "In Porto 31 people were injured on Monday."),
        ("At least 14 people were injured in Porto on Monday.", "In Porto 19 people were injured on Monday."),
        # A part and its whole.
        ("Fourteen of the 212 people aboard were injured on Monday.", "On Monday 14 people were injured."),
        # Coarser and finer words for one time.
        (
            "Ingrid Dahl met Luis Paredes in Quito on Wednesday.",
            "Ingrid Dahl met Luis Paredes in Quito on Wednesday afternoon.",
        ),
        (
            "Ingrid Dahl met Luis Paredes in Quito in March.",
            "Ingrid Dahl met Luis Paredes in Quito on March 4.",
        ),
        ("Ingrid Dahl met Luis Paredes on Monday.", "Ingrid Dahl met Luis Paredes in Quito on March 9."),
        # Different meetings of the same two, in different towns or seasons.
        ("Ingrid Dahl met Luis Paredes in Quito on March 4.", "Ingrid Dahl met Luis Paredes in Oslo on March 6."),
        ("Ingrid Dahl met Luis Paredes in Quito on March 4.", "Ingrid Dahl met Luis Paredes in Quito last May."),
        # Different people met on different days.
        ("Ingrid Dahl met Luis Paredes in Quito on March 4.", "Ingrid Dahl met Rosa Vega in Quito on March 5."),
        # Different deeds.
        ("Ingrid Dahl met Luis Paredes in Quito on March 4.", "Ingrid Dahl left Quito on March 5."),
        # Denied, and said to have happened, on other days: no two answers to "when".
        ("Ingrid Dahl did not meet Luis Paredes on March 4.", "Ingrid Dahl met Luis Paredes in Quito on March 5."),
        # Counts of other things.
        ("Fourteen people were injured in Porto on Monday.", "In Porto 19 trams were damaged on Monday."),
        ("Fourteen people were injured in Porto on Monday.", "Two people were injured in Lisbon on Monday."),
        ("Fourteen people were injured in Porto on Monday.", "Two people were killed in Porto on Monday."),
    ],
)
def test_what_only_sounds_like_a_conflict_is_none(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert story.alignment.claims
    assert [(c.question, [r.value for r in c.readings]) for c in story.alignment.conflicts] == []


def test_a_morning_and_an_afternoon_on_two_clocks_are_no_conflict(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "It was Thursday morning in Lisbon when Ingrid Dahl signed the fishing agreement."),
        outlet("Two", "On Thursday afternoon, as Oslo watched, Ingrid Dahl signed the fishing agreement."),
    )
    assert story.alignment.conflicts == ()


def test_one_outlet_does_not_contradict_itself(nlp: Language) -> None:
    text = "Ingrid Dahl met Luis Paredes in Quito on March 3. Ingrid Dahl met Luis Paredes in Quito on March 4."
    assert Aligned(nlp, outlet("One", text)).alignment.conflicts == ()
    copy = Aligned(nlp, outlet("One", text), outlet("Two", text))
    assert copy.alignment.conflicts == ()


def test_what_may_be_two_things_is_only_possible_and_contests_nothing(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("The smelter in Oslo dismissed 340 workers.", "The smelter in Oslo dismissed 520 workers.")
    sure = Aligned(nlp, *map(outlet, ("One", "Two"), texts)).alignment
    monkeypatch.setattr("rashomon.align.conflicts.values.ASSERTED", dict.fromkeys(ASSERTED, 1.1))
    unsure = Aligned(nlp, *map(outlet, ("One", "Two"), texts)).alignment
    assert [c.relation for c in (*sure.conflicts, *unsure.conflicts)] == ["contradiction", "possible"]
    assert {g.standing for g in sure.claims} == {"contested"}
    assert {g.standing for g in unsure.claims} == {"single-origin"}


@pytest.mark.parametrize(
    ("one", "other", "kind", "values"),
    [
        (
            "The tanker spilled 700 tonnes of oil into the bay off Porto, the harbour master said.",
            "The tanker spilled 900 tonnes of oil into the bay off Porto, the harbour master said.",
            "number",
            {"700 tonnes", "900 tonnes"},
        ),
        (
            "A man drove a truck loaded with fertiliser through the gate of the Lund mill on Sunday.",
            "A man drove a car loaded with fertiliser through the gate of the Lund mill on Sunday.",
            "thing",
            {"truck", "car"},
        ),
        (
            "“Our harbour will never be ready for a ship of that size,” Mayor Ingrid Dahl told the council.",
            "“Our harbour will soon be ready for a ship of that size,” Mayor Ingrid Dahl told the council.",
            "wording",
            {"never", "soon"},
        ),
    ],
)
def test_each_answer_is_told_in_its_own_words(nlp: Language, one: str, other: str, kind: str, values: set[str]) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    found = [c for c in story.alignment.conflicts if c.kind == kind]
    assert [c.relation for c in found] == ["contradiction"]
    assert {r.value.removeprefix("about ") for r in found[0].readings} == values
    assert "…" in found[0].question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Rounded, or a floor that the other number stays above.
        ("The state's debt passed $22 trillion on Monday.", "The state's debt passed $22.01 trillion on Monday."),
        ("More than 20 boats sank off Porto on Monday.", "On Monday 22 boats sank off Porto."),
        # Two spellings, and two words that may name one thing.
        ("“We harmonised our rules last spring,” Vega said.", "“We harmonized our rules last spring,” Vega said."),
        ("The worst flood in a century hit Porto.", "The deadliest flood in a century hit Porto."),
        # A longer and a shorter name.
        ("Mayor Ingrid Dahl opened the Porto bridge on Monday.", "Mayor Dahl opened the Porto bridge on Monday."),
    ],
)
def test_other_words_for_one_answer_are_no_conflict(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert [(c.question, [r.value for r in c.readings]) for c in story.alignment.conflicts] == []

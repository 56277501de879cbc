"""One statement in two outlets that differ in one thing is a conflict of that kind; two statements are none."""

import pytest
from spacy.language import Language

from planting import Aligned, outlet

LEAD = "The harbour authority published its report on the collapse. "


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "place",
            "The stolen altarpiece was found in a warehouse in Trieste, the museum's director Ingrid Dahl said.",
            "Ingrid Dahl, the museum's director, said the stolen altarpiece was found in a warehouse in Marseille.",
        ),
        (
            "identity",
            "Luis Paredes resigned as head of the Orrevik smelter after the report on the burst dam.",
            "After the report on the burst dam, Tomas Lind resigned as head of the Orrevik smelter.",
        ),
        (
            "polarity",
            "Ingrid Dahl signed the fishing agreement with Ecuador in Oslo.",
            "Ingrid Dahl did not sign the fishing agreement with Ecuador in Oslo.",
        ),
        (
            "number",
            "The smelter in Oslo dismissed 340 workers after the dam burst.",
            "After the dam burst, the smelter in Oslo dismissed 520 workers.",
        ),
        # Of two days and two counts in a sentence the one that has a counterpart.
        (
            "time",
            "The smelter in Orrevik said on March 9 that its furnace had burst on March 3.",
            "The furnace of the smelter in Orrevik burst on March 6.",
        ),
        (
            "number",
            "The smelter in Orrevik dismissed 340 workers and kept 90 workers, Ingrid Dahl said.",
            "The smelter in Orrevik dismissed 410 workers, Ingrid Dahl said.",
        ),
    ],
)
def test_the_one_thing_in_which_two_outlets_differ_is_the_conflict(
    nlp: Language, kind: str, one: str, other: str
) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", LEAD + other))
    (conflict,) = story.alignment.conflicts
    assert conflict.kind == kind
    assert sorted(sorted(story.refs(r.articles)) for r in conflict.readings) == [["One"], ["Two"]]
    assert conflict.question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # What has not been done "yet" or "since" may have been done before.
        (
            "Ingrid Dahl visited the Orrevik smelter in 2011.",
            "Ingrid Dahl has not visited the Orrevik smelter since the dam burst.",
        ),
        # An article that names both towns tells of two places.
        (
            "The stolen altarpiece was found in a warehouse in Trieste.",
            "The stolen altarpiece was found in a warehouse in Marseille. It was stolen in Trieste.",
        ),
        # A person by two names, or by one part of them.
        (
            "Luis Paredes resigned as head of the Orrevik smelter.",
            "Luis Alberto Paredes resigned as head of the Orrevik smelter.",
        ),
        # Two deeds of one man.
        ("Luis Paredes came to Orrevik on March 9.", "Luis Paredes resigned in Orrevik on March 10."),
        # The ages of two people.
        (
            "Luis Paredes, a 48-year-old miner, was hurt in Orrevik.",
            "Rosa Vega, a 23-year-old miner, was hurt in Orrevik.",
        ),
        # Denied on a condition, or of another; not denied at all.
        (
            "Ingrid Dahl was in no hurry as long as the Orrevik smelter did not dismiss workers.",
            "The Orrevik smelter dismissed workers in Oslo.",
        ),
        ("Luis Paredes was not only hurt in Orrevik but robbed.", "Luis Paredes was hurt in Orrevik."),
        # Two towns of which one is no place of the deed.
        (
            "Ingrid Dahl signed the fishing agreement in Oslo.",
            "Ingrid Dahl signed the fishing agreement as Lima watched.",
        ),
        # What is measured by the hour.
        (
            "As of 11 p.m. the storm was 280 miles south of Orrevik.",
            "The storm was 340 miles south of Orrevik as of 2 p.m.",
        ),
        # What is done every week is no day.
        (
            "The council of Orrevik meets every Monday in the old smelter.",
            "The council of Orrevik meets on Friday in the old smelter.",
        ),
        # Who is one of several, not all of whom are named.
        (
            "The miners of Orrevik won support from singers such as Ingrid Dahl and Rosa Vega in March.",
            "The miners of Orrevik won support from singers such as Tomas Lind and Rosa Vega in March.",
        ),
        # Some do, some do not.
        (
            "Some towns recognise the miners' day of Orrevik as a holiday.",
            "Sixteen towns do not recognise the miners' day of Orrevik as a holiday.",
        ),
        # What agrees with one of the other's numbers is answered.
        (
            "The smelter exported $138 million of copper in March, $21 million of it to Norlandia.",
            "The smelter exported about $140 million of copper in March.",
        ),
        # Done on one day, and to be done again on a later one.
        (
            "The search of the smelter in Orrevik took place on March 9.",
            "The search of the smelter in Orrevik will take place on March 11.",
        ),
        # A round number and the number itself.
        ("The smelter lost 250,000 kroner in March.", "The smelter lost 250,001 kroner in March."),
    ],
)
def test_two_statements_that_sound_alike_are_no_conflict(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert story.alignment.claims
    assert [(c.kind, [r.value for r in c.readings]) for c in story.alignment.conflicts] == []


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        (
            "Luis Paredes resigned as head of the Orrevik smelter after the report on the burst dam.",
            "After the report on the burst dam, Tomas Lind resigned as head of the Orrevik smelter.",
            "Who resigned as head of the Orrevik smelter after the report on the burst dam?",
        ),
        (
            "The stolen altarpiece was found in a warehouse in Trieste on Monday.",
            "The stolen altarpiece was found in a warehouse in Marseille on Monday.",
            "Where? “The stolen altarpiece was found in a warehouse in … on Monday”",
        ),
        (
            "Ingrid Dahl signed the fishing agreement with Ecuador.",
            "Ingrid Dahl did not sign the fishing agreement with Ecuador.",
            "Yes or no? “Ingrid Dahl signed the fishing agreement with Ecuador”",
        ),
    ],
)
def test_the_question_is_asked_in_the_words_of_an_article(nlp: Language, one: str, other: str, asked: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", LEAD + other))
    assert [c.question for c in story.alignment.conflicts] == [asked]


def test_weekdays_tell_days_apart_where_no_article_has_a_date(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Luis Paredes, who died on Monday at the age of 94, is mourned in Orrevik.", published=None),
        outlet("Two", "In Orrevik they mourn Luis Paredes, who died on Friday at the age of 94.", published=None),
    )
    (conflict,) = story.alignment.conflicts
    assert sorted(r.value for r in conflict.readings) == ["Friday", "Monday"]


def test_a_number_that_agrees_with_both_sides_takes_no_side(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "The smelter in Oslo dismissed 340 workers after the dam burst."),
        outlet("Two", LEAD + "After the dam burst, the smelter in Oslo dismissed 520 workers."),
        outlet("Three", LEAD + "The smelter in Oslo dismissed more than 300 workers after the dam burst."),
    )
    (conflict,) = story.alignment.conflicts
    assert sorted(sorted(story.refs(r.articles)) for r in conflict.readings) == [["One"], ["Two"]]


def test_a_second_summit_and_a_third_are_one_question(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ingrid Dahl held her second summit with Luis Paredes in Oslo on Monday."),
        outlet("Two", LEAD + "On Monday in Oslo Ingrid Dahl held her third summit with Luis Paredes."),
    )
    (conflict,) = story.alignment.conflicts
    assert conflict.kind == "ordinal"
    assert {r.value for r in conflict.readings} == {"second", "third"}
    assert conflict.question == "Which? “On Monday in Oslo Ingrid Dahl held her … summit with Luis Paredes”"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "It is their first summit since 2011, Ingrid Dahl said in Oslo.",
            "It is their first summit, Ingrid Dahl said.",
        ),
        # An article that counts both tells of two occasions.
        (
            "Ingrid Dahl held her second summit with Luis Paredes in Oslo.",
            "Ingrid Dahl held her third summit with Luis Paredes in Oslo. Their second summit failed.",
        ),
    ],
)
def test_ordinals_that_agree_are_no_conflict(nlp: Language, one: str, other: str) -> None:
    assert Aligned(nlp, outlet("One", one), outlet("Two", other)).alignment.conflicts == ()


def test_each_count_is_a_reading_of_its_own_and_a_vague_one_joins_the_only_one_that_it_allows(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "84 people were killed when the dam in Orrevik burst on Monday."),
        outlet("Two", "60 people were killed when the dam in Orrevik burst on Monday."),
        outlet("Three", "At least 80 people were killed when the dam in Orrevik burst on Monday."),
        outlet("Four", "At least 50 people were killed when the dam in Orrevik burst on Monday."),
    )
    (conflict,) = story.alignment.conflicts
    readings = {r.value: story.refs(r.articles) for r in conflict.readings}
    assert readings == {"84 people": {"One", "Three"}, "60 people": {"Two"}}


def test_tolls_of_another_order_are_of_other_people(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "84 people were killed when the dam in Orrevik burst on Monday."),
        outlet("Two", "One person was killed in Orrevik on Monday."),
    )
    assert story.alignment.conflicts == ()

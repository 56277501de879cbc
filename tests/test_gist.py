"""The main event of an article: planted among other sentences, and told apart from background."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import DAY
from rashomon.mark.annotate import annotate, redate
from rashomon.model.article import article_of
from rashomon.model.spans import Span


@dataclass(frozen=True)
class Told:
    """A gist in words."""

    who: str | None
    what: str
    when: str | None
    where: str | None


def told(text: str, title: str | None = None, published: str | None = DAY) -> Told | None:
    gist = annotate(article_of("t", text=text, title=title, published=published)).gist
    if gist is None:
        return None

    def cut(span: Span | None) -> str | None:
        return span.cut(text) if span else None

    return Told(cut(gist.who), gist.what.cut(text), gist.when, cut(gist.where))


WHO = ["Marta Olsen", "Tomas Weil", "Ines Obrador", "Pavel Novak"]
WHAT = ["opened the bridge", "closed the harbour", "sold the ferry", "inspected the dam", "blamed the miners"]
WHEN = {"Monday": "2026-03-09", "Tuesday": "2026-03-10", "Sunday": "2026-03-08"}
WHERE = ["Bergen", "Quito", "Vladivostok", "Antwerp"]
_noun = st.sampled_from(["barn", "ladder", "orchard", "kettle", "meadow", "lantern", "bicycle"])
_verb = st.sampled_from(["stood", "lay", "hung", "rested"])
_prose = st.lists(st.builds(lambda a, v, b: f"The {a} {v} behind the {b}.", _noun, _verb, _noun), max_size=6).map(
    " ".join
)


@given(
    who=st.sampled_from(WHO),
    what=st.sampled_from(WHAT),
    day=st.sampled_from(sorted(WHEN)),
    where=st.sampled_from(WHERE),
    after=_prose,
)
def test_the_event_of_a_lead_is_found_before_any_prose(who: str, what: str, day: str, where: str, after: str) -> None:
    found = told(f"{who} {what} in {where} on {day}. {after}")
    assert found is not None
    assert found == Told(who, what, WHEN[day], where)


@given(
    who=st.sampled_from(WHO),
    what=st.sampled_from(WHAT),
    day=st.sampled_from(sorted(WHEN)),
    where=st.sampled_from(WHERE),
    before=_prose,
    after=_prose,
)
def test_a_headline_finds_its_event_between_other_sentences(
    who: str, what: str, day: str, where: str, before: str, after: str
) -> None:
    text = f"{before} {who} {what} in {where} on {day}. {after}".strip()
    found = told(text, title=f"{who.split()[1]} {what} in {where}")
    assert found is not None
    assert found == Told(who, what, WHEN[day], where)


@pytest.mark.parametrize("text", ["", " ", "…", "12 March 2026", "Fog, rain and wind.", "Where is the ferry?", "Oslo"])
def test_an_article_without_an_event_has_no_gist(text: str) -> None:
    assert told(text or " ") is None


def test_the_passive_gives_the_one_behind_by() -> None:
    found = told("The harbour was closed by Marta Olsen in Bergen on Monday.")
    assert found == Told("Marta Olsen", "was closed by Marta Olsen", "2026-03-09", "Bergen")


def test_a_passive_without_an_agent_gives_those_it_was_done_to() -> None:
    found = told("At least nine sailors were rescued off Bergen on Monday when a trawler sank.")
    assert found is not None
    assert found.who == "At least nine sailors"
    assert found.what.startswith("were rescued")


def test_a_pronoun_gives_the_name_that_it_stands_for() -> None:
    text = "Marta Olsen loves boats. She closed the harbour on Monday."
    found = told(text, title="Mayor closes harbour")
    assert found is not None
    assert found.who == "Marta Olsen"
    assert found.what.startswith("closed the harbour")


def test_speech_in_quotation_marks_is_no_event_beside_what_was_done() -> None:
    found = told("“The council lost the ferry years ago,” he said. Marta Olsen sold the ferry on Monday.", "Ferry sold")
    assert found is not None
    assert (found.who, found.what) == ("Marta Olsen", "sold the ferry")


def test_a_time_from_long_before_is_not_the_event_s() -> None:
    found = told("Marta Olsen closed the harbour. It was built in 1962. It was last closed on Monday.")
    assert found is not None
    assert found.when == "2026-03-09"


def test_without_any_time_the_day_of_publication_stands_in_and_has_no_words() -> None:
    text = "Marta Olsen closed the harbour."
    gist = annotate(article_of("t", text=text, published=DAY)).gist
    assert gist is not None
    assert (gist.when, gist.when_span) == (DAY, None)


def test_a_town_tells_more_than_its_country_and_the_larger_place_behind_it_goes_along() -> None:
    found = told("A blast shook Norway. It tore down a mill in Bergen, Norway, on Monday.", "Blast in Norway")
    assert found is not None
    assert found.where == "Bergen, Norway"


def test_without_another_place_the_dateline_s_counts() -> None:
    found = told("OSLO (Reuters) - Marta Olsen resigned after a long dispute with her party.")
    assert found is not None
    assert found.where == "OSLO"


def test_redating_moves_the_event_too(nlp: Language) -> None:
    for text, day in (("Marta Olsen closed the harbour on Monday.", "2026-03-02"), ("Rain hit Oslo.", "2026-03-05")):
        marks = annotate(article_of("t", text=text), nlp)
        again = redate(marks, text, "2026-03-05", "siblings").gist
        assert again is not None
        assert again.when == day


def test_a_sentence_without_end_costs_no_more_than_its_beginning(nlp: Language) -> None:
    text = "Marta Olsen closed the harbour on Monday " + "and sold the ferry and closed the mill " * 1500
    gist = annotate(article_of("t", text=text, published=DAY), nlp).gist
    assert gist is not None
    assert gist.what.end < 1000

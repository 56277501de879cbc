"""Days that one article gives an event from which another measures time, and what rounded distances leave alone."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.statements.event_dates import with_event_dates
from rashomon.align.statements.prepare import prepare
from rashomon.mark.annotate import annotate
from rashomon.model.story import ClaimGroup

SUMMIT = "Ingrid Dahl held a summit with Luis Paredes in Quito on March 12."
LATER = "Norway's fisheries minister Jonas Lie resigned two days after Ingrid Dahl's summit with Luis Paredes in Quito."


def told(story: Aligned, words: str) -> ClaimGroup:
    """The fact that is shown by a statement with these words in it."""
    return min((g for g in story.alignment.claims if words in g.text), key=lambda g: len(g.text))


@given(count=st.integers(2, 9), day=st.integers(10, 20), after=st.booleans())
def test_a_distance_from_an_event_leads_from_the_day_that_another_outlet_gives(
    nlp: Language, count: int, day: int, after: bool
) -> None:
    way = "after" if after else "before"
    story = Aligned(
        nlp,
        outlet(
            "One",
            f"Ecuador closed the port of Manta {count} days {way} Ingrid Dahl's summit with Luis Paredes.",
            "2026-04-02",
        ),
        outlet("Two", f"Ingrid Dahl held a summit with Luis Paredes in Quito on March {day}.", "2026-04-02"),
    )
    assert told(story, "closed the port").when == f"2026-03-{day + (count if after else -count):02d}"


def test_a_summit_in_a_country_is_the_one_in_its_town(nlp: Language) -> None:
    text = "Jonas Lie resigned two days after a summit in Ecuador."
    story = Aligned(nlp, outlet("One", text, "2026-03-16"), outlet("Two", SUMMIT, "2026-03-16"))
    assert told(story, "resigned").when == "2026-03-14"
    elsewhere = Aligned(
        nlp, outlet("One", text.replace("Ecuador", "Norway"), "2026-03-16"), outlet("Two", SUMMIT, "2026-03-16")
    )
    assert told(elsewhere, "resigned").when is None


def test_where_two_events_are_possible_none_is_taken(nlp: Language) -> None:
    other = outlet("Three", "Ingrid Dahl and Luis Paredes held a summit in Quito on March 3.", "2026-03-16")
    one, two = outlet("One", LATER, "2026-03-16"), outlet("Two", SUMMIT, "2026-03-16")
    assert told(Aligned(nlp, one, two), "resigned").when == "2026-03-14"
    assert told(Aligned(nlp, one, two, other), "resigned").when is None


def test_somebody_else_s_summit_dates_nothing(nlp: Language) -> None:
    other = SUMMIT.replace("Luis Paredes", "Elena Markova")
    story = Aligned(nlp, outlet("One", LATER, "2026-03-16"), outlet("Two", other, "2026-03-16"))
    assert told(story, "resigned").when is None


def test_what_is_told_as_done_is_not_dated_after_its_article(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", LATER, "2026-03-13"), outlet("Two", SUMMIT, "2026-03-13"))
    assert told(story, "resigned").when is None


ENDED = "Ingrid Dahl's second summit with Luis Paredes in Quito ended without any agreement {when}."
COMES = (
    "The visit comes two months after a summit in Ecuador between Ingrid Dahl and Luis Paredes ended in failure, "
    "leaving the fishermen of Manta without a treaty."
)


def test_an_undated_end_of_a_summit_is_the_one_that_a_round_count_leads_back_to(nlp: Language) -> None:
    one, two = outlet("One", COMES, "2026-03-16"), outlet("Two", ENDED.format(when="in January"), "2026-03-16")
    story = Aligned(nlp, one, two)
    assert story.claim("ended in failure") == {"One", "Two"}
    assert {g.when for g in story.alignment.claims if len(g.articles) == 2} == {"2026-01"}
    long_ago = Aligned(nlp, one, outlet("Two", ENDED.format(when="in June 2025"), "2026-03-16"))
    assert told(long_ago, "ended in failure").when != "2026-01"


def test_a_round_count_never_makes_a_conflict(nlp: Language) -> None:
    for day in ("on January 3", "on January 30", "on February 2", "on December 20"):
        story = Aligned(nlp, outlet("One", COMES, "2026-03-16"), outlet("Two", ENDED.format(when=day), "2026-03-16"))
        assert story.alignment.conflicts == ()
    counted = outlet(
        "One", "Ingrid Dahl met Luis Paredes in Quito two months after the January 20 storm.", "2026-04-10"
    )
    dated = outlet("Two", "Ingrid Dahl met Luis Paredes in Quito on April 2.", "2026-04-10")
    story = Aligned(nlp, counted, dated)
    assert story.alignment.conflicts == ()
    assert story.claim("two months after") == {"One", "Two"}


def test_a_clause_inside_the_event_s_is_of_another_time(nlp: Language) -> None:
    article = outlet(
        "One",
        "The visit comes two months after Ingrid Dahl told Luis Paredes in Quito that Norway had sold 12 trawlers.",
        "2026-03-16",
    )
    marks = {article.id: annotate(article, nlp)}
    story = with_event_dates(prepare([article], marks, merge_entities([article], marks)))
    assert [i.claim.predicate for i in story.items if i.about is not None] == []
    assert "sell" in {i.claim.predicate for i in story.items}

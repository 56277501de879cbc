"""All marks of one article at once, and the same marks resolved against another day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import DAY
from rashomon.mark.annotate import annotate, redate
from rashomon.model.article import article_of
from rashomon.model.marks import Marks

TEXT = (
    "Norway votes on Friday\n\nOSLO (Reuters) - Norway’s premier, Ingrid Dahl, met Luis Paredes of Ecuador on "
    "Wednesday. “We will sign by Friday,” she said.\n\nTwo months after the fire of May 3, 2025, Dahl had met Paredes "
    "in Quito. Last week he said that Ecuador wanted 40 ships."
)
UNDATED = article_of("t", text=TEXT)


def test_every_kind_of_mark_is_found_in_order_of_its_first_character(nlp: Language) -> None:
    marks = annotate(article_of("t", text=TEXT, published=DAY), nlp)
    kinds = (marks.sentences, marks.mentions, marks.timexes, marks.credits, marks.claims)
    for found in kinds:
        starts = [each.span.start for each in found if each.span]
        assert starts
        assert starts == sorted(starts)
    assert [q.content_text(TEXT) for q in marks.quotations if q.kind == "direct"] == ["We will sign by Friday,"]
    assert [s.paragraph for s in marks.sentences] == [0, 1, 1, 1, 2, 2]  # the dateline is read apart
    assert (marks.published, marks.published_from, marks.published_evidence) == (DAY, "metadata", ())


def test_an_article_with_a_name_gets_no_outlet_from_its_text(nlp: Language) -> None:
    text = "The minister told the Harbour Gazette on Monday that the pier was sold."
    assert annotate(article_of("t", text=text, outlet="Other Times", published=DAY), nlp).outlet is None


def test_the_same_article_gives_the_same_marks(nlp: Language) -> None:
    article = article_of("t", text=TEXT, published=DAY)
    first = annotate(article, nlp)
    annotate(article_of("u", text="Something else was read between, in Paris on Monday.", published=DAY), nlp)
    assert annotate(article, nlp) == first


def test_an_undated_article_keeps_its_relative_times_open(nlp: Language) -> None:
    marks = annotate(UNDATED, nlp)
    assert (marks.published, marks.published_from) == (None, "unknown")
    open_ones = {t.span.cut(TEXT): t.value for t in marks.timexes if t.anchor == "unknown"}
    assert {"Wednesday", "Last week"} <= set(open_ones)
    assert not any(value[:4].isdigit() for value in open_ones.values())
    assert "2025-05-03" in {t.value for t in marks.timexes}


@given(st.dates().map(str))
def test_redating_gives_what_marking_with_that_day_gives(day: str) -> None:
    again = redate(annotate(UNDATED), TEXT, day, "siblings")
    dated = annotate(article_of("t", text=TEXT, published=day))
    assert (again.published, again.published_from) == (day, "siblings")
    assert [(t.span.start, t.value, t.mod) for t in again.timexes] == [
        (t.span.start, t.value, t.mod) for t in dated.timexes
    ]
    assert [(c.span.start, c.when) for c in again.claims] == [(c.span.start, c.when) for c in dated.claims]


@given(st.dates().map(str), st.dates().map(str))
def test_redating_forgets_the_day_before(one: str, other: str) -> None:
    marks = annotate(UNDATED)
    assert redate(redate(marks, TEXT, one, "siblings"), TEXT, other, "siblings") == redate(
        marks, TEXT, other, "siblings"
    )


@pytest.mark.parametrize("text", [" ", "x", "\n\n\n", "…", "?!", "“", "12", "Wednesday"])
def test_next_to_nothing_has_next_to_no_marks_and_no_error(nlp: Language, text: str) -> None:
    marks = annotate(article_of("t", text=text, published=DAY), nlp)
    assert isinstance(marks, Marks)
    assert marks.claims == ()
    assert marks.quotations == ()

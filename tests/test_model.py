"""The records that travel: spans, ids and the inner form."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rashomon.model.article import Article, Failure, article_of
from rashomon.model.codec import decode, encode
from rashomon.model.ids import content_id, evidence_id
from rashomon.model.marks import Claim, Credit, Marks, Mention, Number, Place, Quotation, Timex
from rashomon.model.spans import Span
from rashomon.model.story import Conflict, Reading


@st.composite
def spans(draw: st.DrawFn, article: str | None = None) -> Span:
    start = draw(st.integers(0, 40))
    end = draw(st.integers(start + 1, 60))
    return Span(article or draw(st.sampled_from(["a_1", "a_2"])), start, end)


# Spans


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 3), (-3, -1), (0, 0)])
def test_a_span_covers_something_and_starts_in_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"got .{start}, {end}"):
        Span("a_1", start, end)


@given(st.text(min_size=1, max_size=60), spans("a_1"))
def test_a_cut_has_the_spans_length_or_is_refused(text: str, span: Span) -> None:
    if span.end <= len(text):
        assert len(span.cut(text)) == span.end - span.start
        assert text.startswith(span.cut(text), span.start)
    else:
        with pytest.raises(ValueError, match="reaches past"):
            span.cut(text)


@given(spans(), spans())
def test_overlap_is_mutual_and_covering_is_the_stronger(a: Span, b: Span) -> None:
    common = a.article_id == b.article_id and bool({*range(a.start, a.end)} & {*range(b.start, b.end)})
    assert a.overlaps(b) == b.overlaps(a) == common
    assert a.covers(a)
    if a.covers(b):
        assert a.overlaps(b)
        assert not b.covers(a) or a == b


@given(st.lists(spans(), max_size=8))
def test_spans_are_ordered_by_article_then_place(found: list[Span]) -> None:
    assert sorted(found) == sorted(found, key=lambda s: (s.article_id, s.start, s.end))


# Ids


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
@example(["a", "bc"], ["ab", "c"])
@example(["a"], ["a", ""])
@example(["\ud800"], ["?"])
def test_only_the_same_parts_give_the_same_id(one: list[str], other: list[str]) -> None:
    assert (content_id("a", *one) == content_id("a", *other)) == (one == other)


def test_an_id_is_the_same_on_every_machine() -> None:
    assert content_id("a", "The dam holds", "für immer") == "a_d8060feee87adb6d"
    assert content_id("a", "x") != content_id("b", "x")


@given(
    st.lists(spans(), min_size=1, max_size=6, unique=True).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s)))
)
def test_the_order_of_evidence_changes_no_id(orders: tuple[list[Span], list[Span]]) -> None:
    assert evidence_id("c", orders[0]) == evidence_id("c", orders[1])
    assert evidence_id("c", orders[0]) != evidence_id("c", orders[0], "number")


def test_the_callers_name_for_an_article_is_not_part_of_its_id() -> None:
    one, other = article_of("x.txt", text="The dam holds."), article_of("y.txt", text="The dam holds.")
    assert one.id == other.id
    told = {
        article_of("x.txt", text="The dam holds.").id,
        article_of("x.txt", text="The dam holds.", outlet="Courier").id,
        article_of("x.txt", text="The dam holds.", published="2026-03-11").id,
        article_of("x.txt", text="The dam holds.", title="Dam").id,
        article_of("x.txt", text="The dam holds.", url="https://courier.example/1").id,
        article_of("x.txt", text="The dam  holds.").id,
    }
    assert len(told) == 6


# The inner form

MARKS = Marks(
    "a_1",
    "1",
    published="2026-03-11",
    published_from="siblings",
    mentions=(
        Mention(Span("a_1", 0, 4), "PLACE", "Oslo", place=Place("Oslo", "NO", 59.9, 10.7)),
        Mention(Span("a_1", 9, 11), "PERSON", "he", "pronoun", antecedent=Span("a_1", 0, 4)),
    ),
    timexes=(Timex(Span("a_1", 5, 8), "SET", "XXXX-WXX-3", anchor="unknown"),),
    quotations=(Quotation((Span("a_1", 2, 3), Span("a_1", 5, 6)), "mixed", voiced=False),),
    credits=(Credit(Span("a_1", 1, 2), "Reuters", "wire"),),
    claims=(Claim(Span("a_1", 0, 9), "die", Span("a_1", 3, 4), numbers=(Number(Span("a_1", 5, 6), 2.5, "ton"),)),),
)
READINGS = (Reading("14", ("a_1",), (Span("a_1", 0, 1),)), Reading("19", ("a_2",), (Span("a_2", 0, 1),)))
CONFLICT = Conflict("x_1", "number", "revision", "How many?", READINGS, ("c_1", "c_2"))
ARTICLE = article_of("t", text="é\n\u2028👩‍🚒", authors=("A", "B"), published="2026-03-11T10:00:00Z")


@pytest.mark.parametrize(
    "record", [MARKS, CONFLICT, ARTICLE, Failure("a.txt", "read", "it is empty"), Marks("a_1", "1")]
)
def test_a_record_comes_back_as_it_went(record: object) -> None:
    assert decode(type(record), json.loads(json.dumps(encode(record)))) == record


def test_what_holds_its_default_is_not_written() -> None:
    assert encode(Marks("a_1", "1")) == {"article_id": "a_1", "version": "1"}


@pytest.mark.parametrize(
    "plain",
    [
        {"article_id": "a_1"},
        {"article_id": "a_1", "start": 0, "end": 1, "colour": "red"},
        {"article_id": "a_1", "start": "0", "end": 1},
        {"article_id": "a_1", "start": 3, "end": 1},
        [],
        7,
    ],
)
def test_what_is_no_span_is_refused_as_such(plain: object) -> None:
    with pytest.raises(ValueError, match=r"span|Span"):
        decode(Span, plain)


def test_a_damaged_inner_record_is_refused() -> None:
    plain = encode(MARKS)
    plain["claims"][0].pop("predicate")
    with pytest.raises(ValueError, match="Marks"):
        decode(Marks, plain)


def test_the_day_of_an_article_is_its_date_without_the_hour() -> None:
    assert ARTICLE.day == "2026-03-11"
    assert isinstance(decode(Article, encode(ARTICLE)), Article)
    assert article_of("t", text="x").day is None

"""What the commands print is what the published schemas say, and every span cuts the words that its record shows."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rashomon.mark.annotate import annotate
from rashomon.model.article import Article, Failure, article_of
from rashomon.model.codec import decode, encode
from rashomon.model.contract import dossier_json, dumps, group_json, marks_json, outline_json, schema
from rashomon.model.dossier import Dossier
from rashomon.model.marks import Marks
from rashomon.model.spans import Span
from rashomon.model.story import Reuse
from rashomon.read import write_article
from rashomon.read.language import count_words
from rashomon.read.text import whole_characters
from rashomon.run.glimpse import Outlines
from rashomon.run.grouping import Marked, group_stream
from rashomon.run.lines import settled
from rashomon.run.local import InProcess
from rashomon.run.pipeline import bind, mark_articles, tell_members
from rashomon.run.reading import read_articles
from walk import objects, records, spans

OUTPUTS = ("article", "marks", "group", "outline", "dossier")


def valid(name: str, plain: Any) -> None:
    errors = sorted(Draft202012Validator(schema(name)).iter_errors(json.loads(dumps(plain))), key=lambda e: e.json_path)
    assert not errors, "\n".join(f"{e.json_path}: {e.message[:200]}" for e in errors[:10])


@pytest.fixture(scope="module")
def marked(demo_path: str) -> list[Marked]:
    found = list(mark_articles(read_articles([demo_path]), InProcess()))
    return [item for item in found if isinstance(item, Marked)]


# The schemas


@pytest.mark.parametrize("name", OUTPUTS)
def test_each_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", OUTPUTS)
def test_fields_may_be_added_so_no_schema_forbids_more(name: str) -> None:
    assert not [o for o in objects(schema(name)) if o.get("additionalProperties") is False]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_field_that_a_schema_names_is_required(name: str) -> None:
    for described in objects(schema(name)):
        if described.get("type") == "object" and "properties" in described:
            assert sorted(described["required"]) == sorted(described["properties"])


def test_read_prints_what_its_schema_says(demo_path: str) -> None:
    for article in read_articles([demo_path]):
        assert isinstance(article, Article)
        valid("article", write_article(article))


def test_mark_prints_what_its_schema_says(marked: list[Marked]) -> None:
    assert marked
    for item in marked:
        valid("marks", marks_json(item.article, item.marks))


def test_group_prints_what_its_schema_says(marked: list[Marked]) -> None:
    outlines = Outlines()
    reuse = Reuse("a_1", "a_2", ((Span("a_1", 4, 9), Span("a_2", 0, 5)),), 1, "credit")
    for line in settled(outlines.watching(group_stream(marked), lambda _: None)):
        valid("group", group_json(line.ref, line.article_id, line.story, line.duplicate_of, [("a.txt", reuse)]))
    for outline in outlines.rest():
        valid("outline", outline_json(outline))


def test_tell_prints_what_its_schema_says(demo_dossier: Dossier) -> None:
    valid("dossier", dossier_json(demo_dossier))


def test_a_dossier_with_failures_and_no_story_is_valid_too() -> None:
    valid("dossier", dossier_json(bind([], [Failure("a.txt", "read", "the file is empty")])))


def described(name: str) -> set[str]:
    return {field for part in objects(schema(name)) for field in part.get("properties", {})}


def test_no_field_is_printed_that_the_schemas_do_not_describe(marked: list[Marked], demo_dossier: Dossier) -> None:
    lines = [marks_json(item.article, item.marks) for item in marked]
    assert {field for line in lines for plain in objects(line) for field in plain} <= described("marks")
    dossier = dossier_json(demo_dossier)
    for story in dossier["stories"]:
        story["coverage"]["matrix"] = None  # its fields are ids
    assert {field for plain in objects(dossier) for field in plain} <= described("dossier")


def test_evidence_may_not_be_empty(demo_dossier: Dossier) -> None:
    plain = dossier_json(demo_dossier)
    plain["stories"][0]["claims"][0]["evidence"] = []
    with pytest.raises(AssertionError, match="evidence"):
        valid("dossier", plain)


def test_a_dossier_names_no_id_that_it_does_not_hold(demo_dossier: Dossier) -> None:
    plain = dossier_json(demo_dossier)
    articles = {article["id"] for article in plain["articles"]}
    for story in plain["stories"]:
        claims = {claim["id"] for claim in story["claims"]}
        entities = {entity["id"] for entity in story["entities"]}
        assert set(story["articles"]) <= articles
        assert {c for entry in story["timeline"] for c in entry["claims"]} <= claims
        assert {c for conflict in story["conflicts"] for c in conflict["claims"]} <= claims
        assert {line["claim"] for line in story["summary"]} <= claims | {None}
        assert {only["claim"] for only in story["coverage"]["only_one"]} <= claims
        assert {e for claim in story["claims"] for e in claim["entities"]} <= entities
        assert {q["speaker"] for q in story["quotations"]} <= entities | {None}
        assert {w["entity"] for w in story["wording"]} <= entities
        assert {p["article"] for o in objects(story) for p in o.get("evidence", ())} <= set(story["articles"])


def test_ids_are_given_once(demo_dossier: Dossier) -> None:
    for story in dossier_json(demo_dossier)["stories"]:
        for kind in ("claims", "entities", "conflicts", "quotations"):
            ids = [item["id"] for item in story[kind]]
            assert len(ids) == len(set(ids)), kind


# Spans


def cuts_hold(article: Article, marks: Marks) -> None:
    """Every span of every record is the article's own and cuts something; JSON shows the very words at its offsets."""
    for span in spans(marks):
        assert span.article_id == article.id
        assert span.cut(article.text).strip(), span
    plain = marks_json(article, marks)
    for shown in objects(plain):
        if {"start", "end", "text"} <= shown.keys():
            assert article.text[shown["start"] : shown["end"]] == shown["text"]
    valid("marks", plain)


def test_every_span_of_the_demo_storys_marks_cuts_its_words(marked: list[Marked]) -> None:
    for item in marked:
        cuts_hold(item.article, item.marks)


def test_every_span_of_the_demo_dossier_cuts_its_words(demo_dossier: Dossier) -> None:
    texts = {told.article.id: told.article.text for told in demo_dossier.articles}
    found = list(spans(demo_dossier))
    assert found
    for span in found:
        assert span.cut(texts[span.article_id]).strip(), span
    shown = [o for o in objects(dossier_json(demo_dossier)) if {"article", "start", "end", "text"} <= o.keys()]
    assert shown
    for piece in shown:
        assert texts[piece["article"]][piece["start"] : piece["end"]] == piece["text"]


def test_every_record_of_the_dossier_that_has_evidence_has_some(demo_dossier: Dossier) -> None:
    proved = [r for r in records(demo_dossier) if "evidence" in getattr(type(r), "__slots__", ())]
    assert proved
    assert [r for r in proved if not r.evidence] == []


def test_a_claim_group_shows_the_words_of_its_first_evidence(demo_dossier: Dossier) -> None:
    texts = {told.article.id: told.article.text for told in demo_dossier.articles}
    for story in demo_dossier.stories:
        for claim in story.alignment.claims:
            first = claim.evidence[0]
            assert " ".join(claim.text.split()) in " ".join(texts[first.article_id].split()), claim


# What a page can hold at its worst: no word of these is from anywhere.
PIECES = (
    "“The dam holds,” ",
    "said Mayor Ana Ruiz",
    "\"It won't",
    "‘Never’",
    " -- ",
    "on Wednesday",
    ", two months after the fire",
    "(Reuters) - ",
    "\r\n",
    "\n\n",
    "\t",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "e\u0301",
    "👩‍🚒",
    "\x00",
    "\u2028",
    "\u202e",
    "\ud800",
    "Kim's",
    " 1,4000.00,3 ",
    "at least 12 people died",
    "according to the ministry",
    "北京。",
    ".",
    "...",
    "A" * 300,
    " he said. ",
    "The minister will not sign",
    "»",
    "''",
    "<b>&amp;",
    "in 19990",
    "September 31, 2025",
    "the day after the day after tomorrow",
)
HOSTILE = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=30)
    .map(lambda pieces: whole_characters("".join(pieces)))
    .filter(lambda text: count_words(text, 2) == 2)  # read lets nothing else pass
)


@given(text=HOSTILE, day=st.none() | st.dates().map(str))
@example(text="\n“", day=None)
@example(text="“" * 200 + "a" + "”" * 50, day="2025-02-28")
@example(text=" " * 50 + "He said. " * 3 + "\n" * 50, day="0001-01-01")
@example(text="Last week, a year ago, next Friday, in ten days.", day="9999-12-31")
def test_every_span_of_hostile_text_cuts_its_words(text: str, day: str | None) -> None:
    article = article_of("hostile", text=text, published=day)
    cuts_hold(article, annotate(article))


@given(texts=st.lists(HOSTILE, min_size=1, max_size=4, unique=True))
def test_hostile_texts_make_a_dossier_whose_every_span_cuts_its_words(texts: list[str]) -> None:
    articles = [article_of(f"{number}.txt", text=text) for number, text in enumerate(texts)]
    members = [Marked(article, annotate(article)) for article in articles]
    dossier = bind([tell_members("s_0000000000000000", members)], [])
    whole = {article.id: article.text for article in articles}
    for span in spans(dossier):
        assert span.cut(whole[span.article_id]).strip()
    valid("dossier", dossier_json(dossier))


# The inner form


def test_marks_survive_the_stores_form(marked: list[Marked]) -> None:
    for item in marked:
        assert decode(Marks, json.loads(json.dumps(encode(item.marks)))) == item.marks

"""The parts of the report: marks that overlap, excerpts, dates, compared quotations, drawings."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.dossier import Dossier
from rashomon.show.report import render_markdown
from rashomon.show.report.build import page
from rashomon.show.report.dates import days, spoken, stretch
from rashomon.show.report.diff import compare
from rashomon.show.report.marked import excerpt, mark
from rashomon.show.report.svg import lineage, timeline
from rashomon.show.report.words import one_line
from report_fixture import ALIGNMENT, FERRY, ONE

_TEXTS = st.text(st.sampled_from("ab .\n\r\t“é🛟"), min_size=1, max_size=60)


@given(text=_TEXTS, cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=12))
def test_segments_are_the_text_and_know_exactly_the_lines_that_cover_them(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    spans = [(a, min(a + n, len(text)), f"l{i}") for i, (a, n) in enumerate(cuts) if a < len(text)]
    covered = 0
    for paragraph in mark(text, spans):
        assert "".join(segment.text for segment in paragraph.segments) == text[paragraph.start : paragraph.end]
        for segment in paragraph.segments:
            assert segment.start < segment.end
            for at in range(segment.start, segment.end):
                assert set(segment.lines) == {line for start, end, line in spans if start <= at < end}
            covered += len(segment.text)
        assert set(paragraph.lines) == {line for segment in paragraph.segments for line in segment.lines}
    assert covered + sum(text.count(c) for c in "\r\n") >= len(text.strip())


@given(text=_TEXTS, start=st.integers(0, 59), length=st.integers(1, 60), room=st.integers(0, 30))
def test_an_excerpt_is_a_stretch_of_the_article_around_its_words(text: str, start: int, length: int, room: int) -> None:
    if start >= len(text):
        return
    found = excerpt(text, start, min(len(text), start + length), room=room)
    assert found.words == text[start : start + length]
    assert found.before + found.words + found.after in text
    assert len(found.before) <= room
    assert len(found.after) <= room


def test_spans_that_nest_and_overlap_are_cut_at_every_border() -> None:
    [paragraph] = mark("one two three four", [(0, 13, "outer"), (4, 7, "inner"), (8, 18, "across")])
    assert [(segment.text, segment.lines) for segment in paragraph.segments] == [
        ("one ", ("outer",)),
        ("two", ("outer", "inner")),
        (" ", ("outer",)),
        ("three", ("outer", "across")),
        (" four", ("across",)),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2025-09-18T11:40", "18 September 2025, 11:40"),
        ("2025-09-16TNI", "16 September 2025, night"),
        ("2025-W37-WE", "weekend of 13 September 2025"),
        ("2025-SU", "summer 2025"),
        ("2025-Q3", "quarter 3 of 2025"),
        ("2011", "2011"),
        ("201X", "2010s"),
        ("201", "2010s"),
        ("XXXX-WXX-3", "no fixed date"),
        ("FUTURE_REF", "later"),
        ("2025-02-30", "2025-02-30"),
        ("P2D", "P2D"),
        (None, "no date"),
    ],
)
def test_dates_are_spoken_plainly(value: str | None, said: str) -> None:
    assert spoken(value) == said


def test_a_stretch_of_days_says_the_month_once() -> None:
    assert stretch("2025-09-18", "2025-09-18") == "18 September 2025"
    assert stretch("2024-12-30", "2025-01-02") == "30 December 2024 – 2 January 2025"
    assert stretch(None, None) == ""
    assert days("2025-WI") is not None


@given(
    full=st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=1),
    said=st.lists(st.sampled_from(["a", "b", "c", "x"])),
)
def test_a_compared_variant_is_still_the_variant(full: list[str], said: list[str]) -> None:
    variant = ", ".join(said)
    found = compare(" ".join(full), variant, "direct")
    assert "".join(piece.text for piece in found.pieces if piece.kind != "gap") == variant


def test_what_is_clipped_and_what_is_different_are_told_apart() -> None:
    full = "the sea does not check passports, and neither will we"
    assert compare(full, full.upper(), "direct").relation == "in full"
    clipped = compare(full, "does not check passports", "mixed")
    assert clipped.relation == "clipped: 4 of 10 words"
    assert [(piece.kind, piece.left_out) for piece in clipped.pieces] == [("gap", 2), ("same", 0), ("gap", 4)]
    changed = compare(full, "the sea never does check passports", "direct")
    assert changed.relation == "worded differently"
    assert [piece.text.strip() for piece in changed.pieces if piece.kind == "different"] == ["never"]
    assert compare(full, "lifeboats ask nobody for papers", "direct").relation == "in other words"
    assert compare(full, "lifeboats ask nobody for papers", "indirect").relation == "paraphrased"


def test_the_drawings_keep_order_and_stay_on_their_sheet() -> None:
    story = page(ONE).stories[0]
    drawn = timeline(story.timeline, story.published)
    assert drawn is not None
    by_id = {dot.line_id: dot for dot in drawn.dots}
    dated = sorted((days(entry.value), by_id[entry.line.id].x) for entry in story.timeline if days(entry.value))
    assert [x for _, x in dated] == sorted(x for _, x in dated)
    assert all(0 <= dot.x <= dot.x2 <= drawn.width and 0 < dot.y < drawn.axis for dot in drawn.dots)
    assert {status for _, status in drawn.lanes} == {"past", "ongoing", "planned"}
    links = lineage(story.lineage, story.articles)
    assert links is not None
    assert len(links.edges) == len(story.lineage)
    assert all(0 < node.y < links.height for node in (*links.sources, *links.articles))
    assert timeline((), ("2025-01-01", "2025-01-02")) is None
    assert lineage((), story.articles) is None


def test_one_line_takes_out_what_turns_writing_round() -> None:
    assert one_line("a\u202eb\n\tc\x1b") == "ab c\ufffd"


def test_speakers_without_a_name_are_one_however_their_first_letter_is_written() -> None:
    last = ALIGNMENT.quotations[-1]
    others = [replace(last, id="q_1", speaker=None, speaker_name=name) for name in ("Experts", "experts")]
    alignment = replace(ALIGNMENT, quotations=(*ALIGNMENT.quotations[:-1], *others))
    text = render_markdown(Dossier(ONE.articles, (replace(FERRY, alignment=alignment),), ()))
    assert re.findall(r"^### (experts)$", text, re.M | re.I) == ["Experts"]

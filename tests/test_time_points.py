"""What a distance from an event leads to, and what its anchor is."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Timex
from rashomon.model.measure import point_from

Times = Callable[..., tuple[Timex, ...]]


@pytest.fixture(scope="session")
def times(nlp: Language) -> Times:
    def run(text: str, published: str | None = "2021-06-16") -> tuple[Timex, ...]:
        article = article_of("t", text=text)
        return resolve(find_times(article, Tree(parse(text, nlp))), published, text)

    return run


@pytest.mark.parametrize(
    ("text", "words", "point", "anchor"),
    [
        ("They met two months after the April 12 vote.", "two months", "2021-06", "April 12"),
        (
            "They met less than two months after talks in Tolm in February.",
            "less than two months",
            "2021-04",
            "February",
        ),
        ("He resigned three days after the vote. The vote was held on June 1.", "three days", "2021-06-04", "June 1"),
        ("She left two days after Christmas.", "two days", "2020-12-27", "Christmas"),
        ("They came a day before the June 20 summit.", "a day", "2021-06-19", "June 20"),
        ("The summit comes two months after the talks failed on May 3.", "two months", "2021-07", "May 3"),
        ("It began 30 minutes after the 6:40 p.m. Monday game.", "30 minutes", "2021-06-14T19:10", "6:40 p.m. Monday"),
        ("He left on May 3. Two weeks later she called.", "Two weeks", "2021-W20", "May 3"),
        (
            "It came two months after a summit in Tolm between Roe and Lund ended in failure. "
            "In his column Roe recalled the second summit with Lund in Tolm on Feb. 11.",
            "two months",
            "2021-04",
            "Feb. 11",
        ),
    ],
)
def test_a_distance_leads_from_the_day_of_its_event(
    times: Times, text: str, words: str, point: str, anchor: str
) -> None:
    timex = next(t for t in times(text) if t.span.cut(text) == words)
    assert (timex.type, timex.point, timex.anchor) == ("DURATION", point, "timex")
    assert timex.anchor_span is not None
    assert timex.anchor_span.cut(text) == anchor


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("It comes two months after a summit in Tolm.", "a summit in Tolm"),
        ("It comes two months after a summit in Tolm ended in failure.", "a summit in Tolm"),
        ("She quit a week after a gunman opened fire.", "a gunman opened fire"),
        ("It comes two months after a summit. The summit of 2019 failed.", "a summit"),
        (
            "It comes two months after the vote. The vote of May 3 failed, and the vote of June 4 was close.",
            "the vote",
        ),
    ],
)
def test_an_event_without_a_certain_day_is_named_and_leads_nowhere(times: Times, text: str, event: str) -> None:
    timex = next(t for t in times(text) if t.type == "DURATION")
    assert (timex.point, timex.anchor) == (None, "event")
    assert timex.anchor_span is not None
    assert timex.anchor_span.cut(text) == event


def test_the_day_of_an_event_may_come_from_elsewhere(times: Times) -> None:
    [timex] = times("It comes two months after a summit in Tolm.")
    assert point_from(timex, "2021-02-28") == point_from(timex, "2021-02") == "2021-04"
    assert point_from(timex, "2021") is None


def test_a_point_moves_with_the_publication_day(times: Times) -> None:
    text = "They met three days after Monday's vote."
    undated = times(text, None)
    assert [t.point for t in undated] == [None, None]
    assert resolve(undated, "2021-06-16", text) == times(text)
    assert times(text)[0].point == "2021-06-17"


def test_a_day_at_the_calendar_s_edge_leads_nowhere(times: Times) -> None:
    text = "They met 9000 years after the vote of May 3, 2020."
    assert [t.point for t in times(text) if t.type == "DURATION"] == [None]

"""Time expressions: what is taken, what is not, and what it is worth on a given day."""

import datetime
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Timex
from rashomon.model.timevalue import compatible, interval

Read = Callable[..., list[tuple[str, str]]]
WEDNESDAY = "2021-06-16"


@pytest.fixture(scope="session")
def times(nlp: Language) -> Callable[..., tuple[Timex, ...]]:
    def run(text: str, published: str | None = WEDNESDAY) -> tuple[Timex, ...]:
        article = article_of("t", text=text)
        return resolve(find_times(article, Tree(parse(text, nlp))), published, text)

    return run


@pytest.fixture(scope="session")
def read(times: Callable[..., tuple[Timex, ...]]) -> Read:
    def run(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str]]:
        return [(timex.span.cut(text), timex.value) for timex in times(text, published)]

    return run


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The ferry arrived Monday.", "Monday", "2021-06-14"),
        ("The ferry arrived on Wednesday.", "Wednesday", "2021-06-16"),
        ("The ferry arrived on Thursday.", "Thursday", "2021-06-10"),
        ("The two mayors will meet on Thursday.", "Thursday", "2021-06-17"),
        ("The two mayors are expected to meet on Monday.", "Monday", "2021-06-21"),
        ("The hearing is scheduled for Monday.", "Monday", "2021-06-21"),
        ("The dam was closed last Friday.", "last Friday", "2021-06-11"),
        ("The dam will be closed next Friday.", "next Friday", "2021-06-25"),
        ("She resigned yesterday.", "yesterday", "2021-06-15"),
        ("He leaves for home tomorrow.", "tomorrow", "2021-06-17"),
        ("The council voted last week.", "last week", "2021-W23"),
        ("The council voted last month.", "last month", "2021-05"),
        ("The council voted earlier this month.", "earlier this month", "2021-06"),
        ("They must decide before the end of the month.", "the end of the month", "2021-06"),
        ("The bridge was opened in February.", "February", "2021-02"),
        ("The bridge was opened in November.", "November", "2020-11"),
        ("The bridge will be opened in February.", "February", "2022-02"),
        ("The treaty was signed on March 3.", "March 3", "2021-03-03"),
        ("The treaty was signed on 3 March 1998.", "3 March 1998", "1998-03-03"),
        ("The treaty was signed on 2019-04-24.", "2019-04-24", "2019-04-24"),
        ("It was the first visit since 2011.", "2011", "2011"),
        ("The songs of the 1980s are back.", "the 1980s", "198"),
        ("The town was founded in the 19th century.", "the 19th century", "18"),
        ("He moved here two years ago.", "two years ago", "2019"),
        ("He moved here three days ago.", "three days ago", "2021-06-13"),
        ("Sales fell in the third quarter of 2018.", "the third quarter of 2018", "2018-Q3"),
        ("The lake froze last winter.", "last winter", "2020-WI"),
        ("The shop burned down on Christmas Eve.", "Christmas Eve", "2020-12-24"),
        ("The trains were late on Thanksgiving 1999.", "Thanksgiving 1999", "1999-11-25"),
        ("The siren wailed at 6:40 p.m. Monday.", "6:40 p.m. Monday", "2021-06-14T18:40"),
        ("The siren wailed at 9:30am on Monday.", "9:30am on Monday", "2021-06-14T09:30"),
        ("Ahead of Thursday's summit the gates were locked.", "Thursday", "2021-06-17"),
        ("She has been invited to Thursday's signing.", "Thursday", "2021-06-17"),
        ("She was invited to Thursday's signing and sang.", "Thursday", "2021-06-10"),
        ("He saw no reason to miss Thursday's signing, should there be one.", "Thursday", "2021-06-17"),
        ("Tickets went within an hour of Monday's ceremony.", "Monday", "2021-06-14"),
        ("It sank on May 1, a Saturday, off the cape.", "Saturday", "2021-05-01"),
        ("It sank on 2 May 2019 (a Thursday).", "Thursday", "2019-05-02"),
        ("It was 12:40 p.m. in Harbour City on Tuesday when she signed.", "12:40 p.m.", "2021-06-15T12:40"),
        ("They met on May 4, 2020. The next day it rained.", "The next day", "2020-05-05"),
        ("Sales rose in 2019's fourth quarter.", "2019's fourth quarter", "2019-Q4"),
        ("The fair will open on the first Friday of October.", "the first Friday of October", "2021-10-01"),
        ("Hotels are full for the last weekend of the month.", "the last weekend of the month", "2021-W25-WE"),
        ("The fair opens on the second Monday in May 2026.", "the second Monday in May 2026", "2026-05-11"),
        ("They gather on the first Monday of every month.", "the first Monday of every month", "P1M"),
        ("The first Monday of the year was cold.", "Monday", "2021-06-14"),
        ("The ship sails a fortnight from today.", "a fortnight from today", "2021-06-30"),
        ("The ship sails two weeks from Friday.", "two weeks from Friday", "2021-07-02"),
        ("The lock was closed for two weeks from Friday.", "two weeks", "P2W"),
        ("The law takes effect 30 days after the vote.", "30 days", "P30D"),
        ("She had landed the night before, with six aides.", "the night before", "2021-06-15TNI"),
        ("The hardest hour came late on Monday night.", "late on Monday night", "2021-06-14TNI"),
        ("The siren wailed at 18:00 UTC.", "18:00 UTC", "2021-06-16T18:00Z"),
        ("The train is due around late Wednesday afternoon.", "late Wednesday afternoon", "2021-06-16TAF"),
        ("He was there last night.", "last night", "2021-06-15TNI"),
        ("They have argued for years.", "years", "PXY"),
        ("She went there four times in the past 13 months.", "the past 13 months", "P13M"),
        ("A three-day strike began.", "three-day", "P3D"),
        ("It lasted two and a half hours.", "two and a half hours", "PT2H30M"),
        ("The market opens every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
        ("He gave the daily briefing.", "daily", "P1D"),
        ("The summit comes two months after the talks failed.", "two months", "P2M"),
        ("He could not be reached on Thursday.", "Thursday", "2021-06-10"),
        ("They look for ways to live with Thursday's ruling.", "Thursday", "2021-06-10"),
        ("They are braced for Thursday's ruling.", "Thursday", "2021-06-17"),
        ("She named a new board, effective Feb. 1.", "Feb. 1", "2022-02-01"),
        ("The bank gave him credit through August.", "August", "2021-08"),
        ("The bank gave him credit through May.", "May", "2021-05"),
        ("The mill burned in nineteen ninety-one.", "nineteen ninety-one", "1991"),
        ("All feared the year two thousand.", "the year two thousand", "2000"),
        ("``Today is a sad day,'' he said.", "Today", "2021-06-16"),
        ("The rain came by mid-afternoon.", "mid-afternoon", "2021-06-16TAF"),
        ("The shop was closed from Monday to Friday.", "Friday", "2021-06-18"),
        ("The shop was closed from Monday to Friday last week.", "Monday", "2021-06-07"),
        ("The fair opens on 24 and 25 April.", "24", "2021-04-24"),
        ("The fair opens on April 24 and 25.", "25", "2021-04-25"),
        ("Fiscal 2020 was good. FY2021 was bad.", "FY2021", "2021"),
        ("Sales fell in H1 2019.", "H1 2019", "2019-H1"),
    ],
)
def test_a_time_has_its_words_and_its_value(read: Read, text: str, words: str, value: str) -> None:
    assert (words, value) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "They may leave.",
        "Mrs. May answered the press.",
        "Soldiers march on the capital.",
        "He was the second man in line.",
        "She told the Times of it.",
        "The team won 3:2.",
        "A 34-year-old man was hurt.",
        "The hall seats 2000 people.",
        "It cost $1999.",
        "Iraq imports three-quarters of its food.",
        "The price may fall.",
        "He drove his 1999 Toyota.",
        "She had landed the night before the vote.",
        "The march of May supporters filled the square.",
        "The fall in prices hurt them.",
        "He drove the Audi Q3.",
        "She fell ill with H1N1.",
        "It was the third Q of the quiz.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(read: Read, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("words", "mod"), [("early this month", "START"), ("late this month", "END"), ("earlier this month", None)]
)
def test_only_early_and_late_tell_a_part_of_the_month(
    times: Callable[..., tuple[Timex, ...]], words: str, mod: str | None
) -> None:
    [timex] = times(f"The two crews trained together {words}.")
    assert (timex.value, timex.mod) == ("2021-06", mod)


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("He left more than two years ago.", "BEFORE"),
        ("He left less than two years ago.", "AFTER"),
        ("He left at least two years ago.", "ON_OR_BEFORE"),
        ("He stayed no more than three days.", "EQUAL_OR_LESS"),
        ("He stayed no less than three days.", "EQUAL_OR_MORE"),
        ("He must leave within a year.", "EQUAL_OR_LESS"),
        ("He left around May 1.", "APPROX"),
        ("He must leave no later than Friday.", "ON_OR_BEFORE"),
        ("They will sell it in 2025 or later.", "ON_OR_AFTER"),
        ("He was born in mid-1996.", "MID"),
    ],
)
def test_what_bounds_a_time_is_its_modifier(times: Callable[..., tuple[Timex, ...]], text: str, mod: str) -> None:
    [timex] = times(text)
    assert timex.mod == mod


def test_a_number_of_people_is_not_the_second_day_of_a_range(read: Read) -> None:
    assert read("On April 24 and 25 people died in Tolm.") == [("April 24", "2021-04-24")]


def test_a_quarter_that_is_only_foreseen_is_not_the_one_reported_on(read: Read) -> None:
    text = "Sales fell in the first quarter. It will take a charge in the fourth quarter. In the quarter it lost money."
    assert read(text)[-1] == ("the quarter", "2021-Q1")


def test_a_year_earlier_than_nine_months_is_a_year(read: Read) -> None:
    text = "Profit rose in the third quarter of 2020. For the first nine months it fell from a year earlier."
    assert read(text)[-1] == ("a year earlier", "2020")


def test_a_time_of_day_belongs_to_the_day_named_before_it(times: Callable[..., tuple[Timex, ...]]) -> None:
    text = "The mill burned down on May 4, 2020. The alarm was raised at 3 a.m. by a guard."
    day, hour = times(text)
    assert hour.value == "2020-05-04T03:00"
    assert (hour.anchor, hour.anchor_span) == ("timex", day.span)


def test_clocks_after_a_date_and_its_weekday_are_of_that_date(read: Read) -> None:
    text = "They had met on Monday. On May 1, a Saturday, Roe called at 6:05 a.m. The boat reached him at 6:52."
    assert read(text)[-2:] == [("6:05 a.m.", "2021-05-01T06:05"), ("6:52", "2021-05-01T06:52")]


def test_the_quarter_is_the_one_reported_on_not_the_one_it_is_compared_with(read: Read) -> None:
    text = "Profit rose in the third quarter of 2020 from a loss a year earlier. Costs fell in the quarter."
    assert read(text)[1:] == [("a year earlier", "2019-Q3"), ("the quarter", "2020-Q3")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Wednesday.", "XXXX-WXX-3"),
        ("He left in February.", "XXXX-02"),
        ("He left on March 3.", "XXXX-03-03"),
        ("He left last year.", "XXXX"),
        ("He left last week.", "XXXX-WXX"),
        ("He left on Wednesday evening.", "XXXX-WXX-3TEV"),
    ],
)
def test_without_a_publication_day_a_relative_time_stays_relative(
    times: Callable[..., tuple[Timex, ...]], text: str, value: str
) -> None:
    [timex] = times(text, None)
    assert (timex.value, timex.anchor) == (value, "unknown")


def test_dating_an_article_again_is_the_same_as_dating_it_once(times: Callable[..., tuple[Timex, ...]]) -> None:
    text = "On Wednesday he said two weeks ago, a year earlier, in May, and at 5 p.m. on 3 June 2018; the next morning."
    undated = times(text, None)
    assert resolve(resolve(undated, "1999-01-01", text), WEDNESDAY, text) == times(text, WEDNESDAY)


@given(day=st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2049, 12, 31)))
def test_a_planted_date_is_found_exactly(times: Callable[..., tuple[Timex, ...]], day) -> None:  # type: ignore[no-untyped-def]
    written = f"{day:%B} {day.day}, {day.year}"
    text = f"The old lighthouse was sold on {written}, the clerk recalled."
    assert [(t.span.cut(text), t.value, t.anchor) for t in times(text)] == [(written, day.isoformat(), "words")]


@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "on Monday",
                "may",
                "the",
                "2020",
                "12:",
                "half a",
                "years",
                "ago",
                "two and a",
                "½",
                "Feb. 30",
                "31/02/2020",
                "'90s",
                "a.m.",
                "nineteen",
                "New Year's",
                "of",
                "next",
                "February 29",
                "quarter",
                "\n\n",
                "24:61",
                "/",
                "-",
            ]
        ),
        max_size=9,
    ),
    published=st.sampled_from([None, "2020-02-29", "2021-12-31"]),
)
def test_any_heap_of_time_words_gives_spans_in_order_that_can_be_dated_again(
    times: Callable[..., tuple[Timex, ...]], pieces: list[str], published: str | None
) -> None:
    text = " ".join(pieces)
    found = times(text, published)
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(found))
    assert all(timex.value and timex.expr and timex.span.cut(text).strip() for timex in found)
    assert resolve(found, published, text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"He left {'9' * 400} days ago.",
        f"He left 1{',000' * 200} years ago.",
        f"At {'9' * 5000}:30 p.m. in the {'9' * 5000}th century.",
        f"He left {'thousand ' * 300}years ago.",
        "nineteen " * 2000,
    ],
)
def test_a_number_without_end_costs_no_more_than_itself(times: Callable[..., tuple[Timex, ...]], text: str) -> None:
    assert all(len(timex.value) < 30 for timex in times(text))


def test_values_compare_by_the_days_they_cover() -> None:
    assert compatible("2019", "2019-Q2")
    assert compatible("2019-W17", "2019-04-24TMO")
    assert not compatible("2019-W17", "2019-04-30")
    assert interval("2020-WI") == (interval("2020-12")[0], interval("2021-02")[1])  # type: ignore[index]

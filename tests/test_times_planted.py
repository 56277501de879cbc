"""Each kind of time expression, planted in random prose and looked for."""

import calendar
import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.mark.language import parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Timex

DAYS = st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2035, 12, 31))
NUMBERS = {2: "two", 3: "three", 5: "five", 8: "eight", 11: "11", 13: "13"}
SENTENCES = (
    "The mill of Tolm stands by the river.",
    "Mayor Ada Lund shook hands with the guests.",
    "Nobody in the hall spoke a word.",
    "The march of May supporters filled the square.",
    "Critics may march against the second plan.",
    "“We know what we owe to each other,” she said.",
    "Norra's envoy praised the treaty and its authors.",
    "The fall in prices has hurt the farms around Tolm.",
)
prose = st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join)
Find = Callable[[str, datetime.date, str], Timex]


@pytest.fixture(scope="session")
def found(nlp: Language) -> Callable[[str, datetime.date], dict[str, Timex]]:
    def run(text: str, day: datetime.date) -> dict[str, Timex]:
        article = article_of("t", text=text)
        times = resolve(find_times(article, Tree(parse(text, nlp))), day.isoformat(), text)
        return {timex.span.cut(text): timex for timex in times}

    return run


Found = Callable[[str, datetime.date], dict[str, Timex]]


def around(before: str, planted: str, after: str) -> str:
    return " ".join(piece for piece in (before, planted, after) if piece)


@given(before=prose, after=prose)
def test_prose_without_a_time_holds_none(found: Found, before: str, after: str) -> None:
    assert found(around(before, "The gate was shut.", after), datetime.date(2021, 6, 16)) == {}


@given(day=DAYS, number=st.integers(0, 6), ahead=st.booleans(), before=prose, after=prose)
def test_a_weekday_lies_behind_a_past_verb_and_ahead_of_a_plan(
    found: Found, day: datetime.date, number: int, ahead: bool, before: str, after: str
) -> None:
    name = calendar.day_name[number]
    verb = "is scheduled to arrive" if ahead else "arrived"
    timex = found(around(before, f"The ferry {verb} on {name}.", after), day)[name]
    gap = (number - day.weekday()) % 7 if ahead else -((day.weekday() - number) % 7)
    assert timex.value == (day + datetime.timedelta(days=gap)).isoformat()
    assert timex.anchor == "published"


@given(
    day=DAYS,
    number=st.integers(0, 6),
    part=st.sampled_from([("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI")]),
    edge=st.sampled_from([("early", "START"), ("late", "END"), (None, None)]),
    before=prose,
)
def test_a_part_of_a_weekday_is_a_time(
    found: Found,
    day: datetime.date,
    number: int,
    part: tuple[str, str],
    edge: tuple[str | None, str | None],
    before: str,
) -> None:
    words = " ".join(piece for piece in (edge[0], calendar.day_name[number], part[0]) if piece)
    timex = found(around(before, f"The ferry sank {words}.", ""), day)[words]
    on = day - datetime.timedelta(days=(day.weekday() - number) % 7)
    assert (timex.type, timex.value, timex.mod) == ("TIME", f"{on}{part[1]}", edge[1])


@given(
    day=DAYS,
    case=st.sampled_from(
        [
            ("It was closed {}.", "last month", -1, None),
            ("It was closed {}.", "earlier this month", 0, None),
            ("It was closed {}.", "late last month", -1, "END"),
            ("It must be closed before {}.", "the end of the month", 0, "END"),
            ("It will be closed {}.", "early next month", 1, "START"),
        ]
    ),
    before=prose,
    after=prose,
)
def test_a_month_near_the_day_of_writing(
    found: Found, day: datetime.date, case: tuple[str, str, int, str | None], before: str, after: str
) -> None:
    sentence, words, step, mod = case
    planted = sentence.format(words)
    timex = next(t for w, t in found(around(before, planted, after), day).items() if w.lower() == words)
    index = day.year * 12 + day.month - 1 + step
    assert (timex.value, timex.mod) == (f"{index // 12:04d}-{index % 12 + 1:02d}", mod)


@given(
    count=st.sampled_from(sorted(NUMBERS)),
    unit=st.sampled_from([("days", "D"), ("weeks", "W"), ("months", "M"), ("years", "Y")]),
    bound=st.sampled_from(
        [
            ("", None),
            ("more than ", "MORE_THAN"),
            ("less than ", "LESS_THAN"),
            ("about ", "APPROX"),
            ("at least ", "EQUAL_OR_MORE"),
            ("up to ", "EQUAL_OR_LESS"),
        ]
    ),
    before=prose,
)
def test_a_duration_has_its_length_and_its_bound(
    found: Found, count: int, unit: tuple[str, str], bound: tuple[str, str | None], before: str
) -> None:
    words = f"{bound[0]}{NUMBERS[count]} {unit[0]}"
    timex = found(around(before, f"The talks lasted {words}.", ""), datetime.date(2021, 6, 16))[words]
    assert (timex.type, timex.value, timex.mod) == ("DURATION", f"P{count}{unit[1]}", bound[1])


@given(count=st.sampled_from(sorted(NUMBERS)), before=prose, after=prose)
def test_the_past_months_are_a_duration(found: Found, count: int, before: str, after: str) -> None:
    words = f"the past {NUMBERS[count]} months"
    text = around(before, f"She went there four times in {words}.", after)
    assert found(text, datetime.date(2021, 6, 16))[words].value == f"P{count}M"


@given(
    year=st.integers(1900, 2030),
    frame=st.sampled_from(["It is the first since {}.", "The talks were last held in {}.", "It closed in {}."]),
    before=prose,
    after=prose,
)
def test_a_year_stands_for_itself(found: Found, year: int, frame: str, before: str, after: str) -> None:
    timex = found(around(before, frame.format(year), after), datetime.date(2021, 6, 16))[str(year)]
    assert (timex.value, timex.anchor) == (str(year), "words")


@given(
    year=st.integers(1990, 2030),
    number=st.integers(1, 4),
    form=st.sampled_from(
        [
            "Q{n} {y}",
            "{n}Q {y}",
            "{y} Q{n}",
            "the {o} quarter of {y}",
            "the {o} quarter of fiscal {y}",
            "{y}'s {o} quarter",
        ]
    ),
    before=prose,
)
def test_a_quarter_is_found_in_every_spelling(found: Found, year: int, number: int, form: str, before: str) -> None:
    ordinal = ("first", "second", "third", "fourth")[number - 1]
    words = form.format(n=number, y=year, o=ordinal)
    text = around(before, f"Sales fell in {words}.", "")
    assert found(text, datetime.date(2021, 6, 16))[words].value == f"{year}-Q{number}"


@given(
    year=st.integers(1950, 2030),
    season=st.sampled_from([("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("winter", "WI")]),
    before=prose,
)
def test_a_season_of_a_year(found: Found, year: int, season: tuple[str, str], before: str) -> None:
    words = f"the {season[0]} of {year}"
    text = around(before, f"The lake was full in {words}.", "")
    assert found(text, datetime.date(2021, 6, 16))[words].value == f"{year}-{season[1]}"


@given(decade=st.sampled_from([182, 191, 195, 198, 200, 201]), before=prose, after=prose)
def test_a_decade(found: Found, decade: int, before: str, after: str) -> None:
    text = around(before, f"The songs of the {decade}0s are back.", after)
    assert found(text, datetime.date(2021, 6, 16))[f"the {decade}0s"].value == str(decade)


@given(
    year=st.integers(1990, 2030),
    holiday=st.sampled_from([("Christmas Eve", "12-24"), ("Halloween", "10-31"), ("New Year's Day", "01-01")]),
    before=prose,
)
def test_a_holiday_of_a_year(found: Found, year: int, holiday: tuple[str, str], before: str) -> None:
    words = f"{holiday[0]} {year}"
    text = around(before, f"The bridge fell on {words}.", "")
    assert found(text, datetime.date(2021, 6, 16))[words].value == f"{year}-{holiday[1]}"


@given(
    hour=st.integers(13, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from([("UTC", "Z"), ("GMT", "Z"), ("EDT", ""), ("CET", ""), ("GMT +8", "")]),
    before=prose,
)
def test_a_clock_keeps_its_hour_and_only_utc_is_part_of_the_value(
    found: Found, hour: int, minute: int, zone: tuple[str, str], before: str
) -> None:
    words = f"{hour}:{minute:02d} {zone[0]}"
    text = around(before, f"The siren wailed at {words} near the dam.", "")
    assert found(text, datetime.date(2021, 6, 16))[words].value == f"2021-06-16T{hour}:{minute:02d}{zone[1]}"


@given(
    year=st.integers(1990, 2030),
    month=st.integers(1, 12),
    first=st.integers(1, 25),
    link=st.sampled_from([" and ", "-", " to "]),
    american=st.booleans(),
    before=prose,
)
def test_both_days_of_a_range_are_found(
    found: Found, year: int, month: int, first: int, link: str, american: bool, before: str
) -> None:
    name, last = calendar.month_name[month], first + 3
    planted = f"{name} {first}{link}{last}, {year}" if american else f"{first}{link}{last} {name} {year}"
    times = found(around(before, f"The fair was held on {planted}.", ""), datetime.date(2021, 6, 16))
    assert sorted(t.value for t in times.values()) == [f"{year}-{month:02d}-{d:02d}" for d in (first, last)]


@given(count=st.integers(2, 11), month=st.integers(1, 12), year=st.integers(1990, 2030), before=prose, after=prose)
def test_a_distance_from_a_dated_event_leads_to_a_month(
    found: Found, count: int, month: int, year: int, before: str, after: str
) -> None:
    dated = f"{calendar.month_name[month]} {year}"
    planted = f"The visit came {count} months after the talks in Tolm in {dated}."
    times = found(around(before, planted, after), datetime.date(2021, 6, 16))
    timex, event = times[f"{count} months"], times[dated]
    index = year * 12 + month - 1 + count
    assert (timex.type, timex.value) == ("DURATION", f"P{count}M")
    assert (timex.point, timex.anchor) == (f"{index // 12:04d}-{index % 12 + 1:02d}", "timex")
    assert timex.anchor_span == event.span


@pytest.mark.parametrize(
    "unit", ["minute", "hour", "day", "fortnight", "week", "month", "year", "decade", "century", "millennium"]
)
@pytest.mark.parametrize(
    "around", ["a {} ago", "a {} earlier", "a {} later", "in the past {}", "a {} from now", "the next {}"]
)
def test_no_unit_of_time_costs_an_article_its_marks(nlp: Language, unit: str, around: str) -> None:
    text = f"The gate of Tolm was built {around.format(unit)}. It fell on Monday."
    for published in (None, "2026-03-11"):
        article = article_of("t", text=text, published=published)
        assert "Monday" in [t.span.cut(text) for t in annotate(article, nlp).timexes]

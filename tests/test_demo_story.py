"""The bundled story holds what its answer key says; both agree with the calendar."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from difflib import SequenceMatcher
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest

DEMO = files("rashomon.show.demo")
STORY: dict[str, dict[str, Any]] = {
    article["id"]: article for article in map(json.loads, DEMO.joinpath("story.jsonl").read_text("utf-8").splitlines())
}
KEY: list[dict[str, Any]] = json.loads(DEMO.joinpath("key.json").read_text("utf-8"))
# The two articles without metadata, and the day that their own words and their siblings give them.
INFERRED = {"bosporus-ledger": date(2025, 9, 17), "tbilisi-sentinel": date(2025, 9, 19)}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def planted(kind: str) -> list[dict[str, Any]]:
    entries = [entry for entry in KEY if entry["kind"] == kind]
    assert entries, f"nothing of kind {kind} is in the key"
    return entries


def text_of(ref: str) -> str:
    text = STORY[ref]["text"]
    assert isinstance(text, str)
    return text


def day_of(ref: str) -> date:
    if ref in INFERRED:
        return INFERRED[ref]
    return date.fromisoformat(STORY[ref]["published"][:10])


def test_every_planted_wording_occurs_exactly_once_in_its_article() -> None:
    counts = {(ref, words): text_of(ref).count(words) for entry in KEY for ref, words in entry["words"].items()}
    assert {place: n for place, n in counts.items() if n != 1} == {}


def test_every_entry_of_the_key_names_the_articles_that_it_quotes() -> None:
    for entry in KEY:
        assert entry["articles"] == list(entry["words"]), entry["what"]
        assert entry["what"]


@pytest.mark.parametrize(
    ("kind", "articles"),
    [
        ("agency_line", 3),
        ("quotation_variant", 4),
        ("two_names", 4),
        ("same_family_name", 3),
        ("relative_date", 1),
        ("plan_done", 2),
        ("conflict_number", 2),
        ("conflict_time", 2),
        ("not_conflict", 2),
        ("only_one", 1),
        ("credit", 1),
        ("off_topic", 1),
    ],
)
def test_each_kind_of_difficulty_is_planted_in_enough_articles(kind: str, articles: int) -> None:
    assert max(len(entry["articles"]) for entry in planted(kind)) >= articles


def test_articles_are_as_long_as_news_and_live_at_reserved_addresses() -> None:
    assert len({article["url"] for article in STORY.values()}) == len(STORY) == 9
    for ref, article in STORY.items():
        assert 150 <= len(article["text"].split()) <= 350, ref
        assert article["title"]
        assert article["outlet"]
        assert (urlsplit(article["url"]).hostname or "").endswith(".example"), ref


def test_exactly_two_articles_lack_a_publication_date() -> None:
    assert {ref for ref, article in STORY.items() if "published" not in article} == set(INFERRED)


def test_a_passage_of_the_agency_stands_in_three_outlets_and_one_credits_nobody() -> None:
    (line,) = planted("agency_line")
    (silent,) = (ref for ref, how in line["credited"].items() if how == "no")
    assert line["origin"] not in text_of(silent)
    first, *others = (words.split() for words in line["words"].values())
    for other in others:
        same = SequenceMatcher(None, first, other, autojunk=False).get_matching_blocks()
        assert sum(block.size for block in same) >= 45
    assert line["words"][silent] in text_of(silent).split("\n")  # a whole paragraph


def test_both_readings_of_a_conflict_are_covered_and_no_outlet_prints_both() -> None:
    for entry in planted("conflict_number") + planted("conflict_time"):
        readers = Counter(ref for refs in entry["readings"].values() for ref in refs)
        assert len(entry["readings"]) == 2
        assert readers == Counter(entry["articles"])


def test_the_conflicting_numbers_are_no_revision_of_each_other() -> None:
    (entry,) = planted("conflict_number")
    days = [[day_of(ref) for ref in refs] for refs in entry["readings"].values()]
    assert all(min(mine) < max(theirs) for mine in days for theirs in days)


def test_what_is_planned_is_published_before_it_is_reported_done() -> None:
    for entry in planted("plan_done"):
        assert max(map(day_of, entry["planned"])) < min(map(day_of, entry["done"])), entry["what"]


def test_what_only_one_outlet_says_is_in_no_other_article() -> None:
    for entry in planted("only_one"):
        assert [ref for ref in STORY if entry["only_word"] in text_of(ref)] == entry["articles"]


def test_the_article_on_something_else_shares_names_with_the_story_but_not_its_ship() -> None:
    (entry,) = planted("off_topic")
    (stranger,) = entry["articles"]
    for name in ("Gurandze", "Trabzon", "Batumi", "Ankara", "Türkiye", "Georgia"):
        assert name in text_of(stranger)
    assert [ref for ref in STORY if "Medea Star" not in text_of(ref)] == ["tbilisi-sentinel", stranger]


def test_a_relative_date_with_a_weekday_falls_on_that_weekday_near_its_publication() -> None:
    checked = 0
    for entry in planted("relative_date"):
        (ref,) = entry["articles"]
        assert entry["timex"] in entry["words"][ref]
        weekday = next((name for name in WEEKDAYS if name in entry["timex"]), None)
        if weekday is None or "first" in entry["timex"]:  # counted from the month, not from the day of writing
            continue
        value = date.fromisoformat(entry["value"][:10])
        assert WEEKDAYS[value.weekday()] == weekday, entry
        assert abs(value - day_of(ref)) <= timedelta(days=8 if "next" not in entry["timex"] else 14), entry
        checked += 1
    assert checked >= 15


def test_the_fixed_points_of_the_story_agree_with_the_calendar() -> None:
    assert WEEKDAYS[date(2025, 7, 12).weekday()] == "Saturday"  # the collision: "July 12, a Saturday"
    assert day_of("costa-verde-observer") + timedelta(weeks=2) == date(2025, 10, 3)  # "a fortnight from today"
    october = [date(2025, 10, day) for day in range(1, 8)]
    assert next(day for day in october if day.weekday() == 4) == date(2025, 10, 3)  # "the first Friday of October"
    assert timedelta(weeks=9) < day_of("calder-standard") - date(2025, 7, 12) < timedelta(weeks=10)


def test_dates_in_the_key_that_name_a_day_of_a_month_have_that_day_as_value() -> None:
    checked = 0
    for entry in planted("relative_date"):
        month = next((n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}", entry["timex"])), None)
        day = re.search(r"\b\d{1,2}\b", entry["timex"])
        if month and day:
            assert entry["value"] == f"2025-{month:02}-{int(day[0]):02}"
            checked += 1
    assert checked >= 5


def test_house_styles_differ_in_quotation_marks_dashes_and_paragraphs() -> None:
    curly = {ref for ref in STORY if "“" in text_of(ref)}
    straight = {ref for ref in STORY if '"' in text_of(ref)}
    assert curly.isdisjoint(straight)
    assert len(curly) >= 3
    assert len(straight) >= 2
    assert any(re.search(r"“[^”]* — [^”]* — [^”]*”", text_of(ref)) for ref in STORY)
    blank_lines = {ref for ref in STORY if "\n\n" in text_of(ref)}
    assert 0 < len(blank_lines) < len(STORY)


def test_the_readme_names_every_article_and_every_kind() -> None:
    readme = DEMO.joinpath("README.md").read_text("utf-8")
    assert [ref for ref in STORY if f"`{ref}`" not in readme] == []
    assert [kind for kind in {entry["kind"] for entry in KEY} if f"**{kind}**" not in readme] == []

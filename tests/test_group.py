"""Which articles are one story, and which are the same text twice."""

import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from rashomon.group import Grouper, fingerprint
from rashomon.group.duplicates import is_duplicate, overlap
from rashomon.group.fingerprint import SKETCH, sketch
from rashomon.group.index import Index
from rashomon.group.words import background, stem, words_of
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Marks, Timex
from rashomon.model.spans import Span
from rashomon.model.story import Assignment, Fingerprint

BREACH = (
    "A breach in the Halvorsund dyke flooded the lower town on Tuesday, and four hundred people spent the night in the "
    "gymnasium of the seamen's school. Engineers say the sluice gates, last greased in spring, would not close when "
    "the storm surge came up the fjord. Mayor Solveig Tranberg has asked the army for pumps and sandbags."
)
PUMPS = (
    "Army pumps reached Halvorsund on Wednesday after the dyke broke and the lower town went under water. Solveig "
    "Tranberg, the mayor, thanked the soldiers while engineers worked on the jammed sluice gates. About four hundred "
    "people who fled the flood were still sleeping in the seamen's school."
)
ORCHESTRA = (
    "The town's chamber orchestra has named Benedikt Ask its new conductor. The cellist, who studied in Leipzig and "
    "led youth ensembles in Uppsala for a decade, will open the season with two symphonies by Nielsen and a concerto "
    "for nyckelharpa written for the occasion. The players voted after six concerts with rival candidates. "
    "Mayor Solveig Tranberg praised his ear for young musicians. Tickets for the opening night in Halvorsund's wooden "
    "church go on sale on Tuesday, and the orchestra promises free rehearsals for schools."
)


# Another storm, with other people and places in it: alike as two floods in one town are.
STORM = (
    "Cellars in the lower town of Halvorsund filled with sea water when a storm pushed the fjord over the quay. Forty "
    "families were taken to a hotel, and the ferry to Brennvik stays in port. The sluice gates held, engineers report."
)


def printed(text: str, *, published: str | None = None, title: str | None = None, ref: str = "r") -> Fingerprint:
    article = article_of(ref, text=text, title=title, published=published, url=ref)
    return fingerprint(article, Marks(article.id, "t"))


def bundled() -> list[Article]:
    lines = files("rashomon.show.demo").joinpath("story.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        article_of(
            r["id"],
            text=r["text"],
            title=r.get("title"),
            outlet=r.get("outlet"),
            published=r.get("published") or r.get("date"),
        )
        for r in rows
    ]


def told(prints: list[Fingerprint]) -> list[Assignment]:
    grouper = Grouper()
    return [grouper.add(fp) for fp in prints]


def test_the_next_days_report_joins_and_other_news_of_the_town_does_not() -> None:
    first, second, other = told(
        [
            printed(BREACH, published="2023-10-10", title="Dyke breach floods Halvorsund"),
            printed(PUMPS, published="2023-10-11", title="Pumps reach flooded Halvorsund after dyke breach"),
            printed(ORCHESTRA, published="2023-10-10", title="Cellist to lead chamber orchestra"),
        ]
    )
    assert first.story_id == second.story_id
    assert other.story_id != first.story_id


def test_articles_without_date_or_title_are_still_one_story() -> None:
    first, second, other = told([printed(BREACH), printed(PUMPS), printed(ORCHESTRA)])
    assert first.story_id == second.story_id != other.story_id


def test_words_that_make_a_story_on_one_day_make_two_when_months_lie_between() -> None:
    later = told([printed(BREACH, published="2021-10-10"), printed(STORM, published="2022-02-11")])
    sooner = told([printed(BREACH, published="2021-10-10"), printed(STORM, published="2021-10-10")])
    assert len({a.story_id for a in later}) == 2
    assert len({a.story_id for a in sooner}) == 1


def test_a_day_named_in_the_text_places_an_article_without_a_date() -> None:
    article = article_of("r", text=PUMPS)
    day = Timex(Span(article.id, 0, 4), "DATE", "2023-10-11")
    assert fingerprint(article, Marks(article.id, "t", timexes=(day,))).dates == ("2023-10-11",)


def test_the_bundled_story_is_one_story_and_its_stray_article_another() -> None:
    articles = bundled()
    grouper = Grouper()
    stories = [grouper.add(fingerprint(a, Marks(a.id, "t"))).story_id for a in articles]
    assert len(set(stories[:8])) == 1
    assert stories[8] != stories[0]


def test_a_story_keeps_its_id_when_articles_join() -> None:
    alone = told([printed(BREACH)])[0].story_id
    assert told([printed(BREACH), printed(PUMPS)])[1].story_id == alone


def test_a_copy_names_the_first_of_its_kind_and_shares_its_story() -> None:
    first, copy, again = told(
        [printed(BREACH, ref="a"), printed(BREACH, ref="b"), printed(BREACH.replace("sandbags", "sand"), ref="c")]
    )
    assert first.duplicate_of is None
    assert copy.duplicate_of == first.article_id == again.duplicate_of
    assert {first.story_id} == {copy.story_id, again.story_id}


def test_a_page_that_holds_a_whole_brief_is_no_copy_of_it() -> None:
    assert not is_duplicate(sketch(words_of(BREACH)), sketch(words_of(BREACH + ORCHESTRA + PUMPS)))


@given(length=st.integers(62, 250), seed=st.integers(0, 10_000), at=st.integers(0, 61))
def test_one_changed_word_leaves_a_copy(length: int, seed: int, at: int) -> None:
    text = [f"w{(seed + n * n) % 997}" for n in range(length)]
    changed = [*text[:at], "changed", *text[at + 1 :]]
    assert is_duplicate(sketch(text), sketch(changed))


def test_sketches_of_long_texts_tell_containment_closely() -> None:
    words = [f"w{n * n % 7919}x{n}" for n in range(4000)]
    half = overlap(sketch(words[:2000]), sketch(words))
    assert len(sketch(words)) == SKETCH
    assert abs(half.of_bigger - 0.5) < 0.1
    assert half.of_smaller > 0.95


def test_a_grouper_restored_from_its_assignments_goes_on_the_same_way() -> None:
    prints = [fingerprint(a, Marks(a.id, "t")) for a in bundled()]
    whole = told(prints)
    grouper = Grouper()
    for fp, assignment in zip(prints[:5], whole[:5], strict=True):
        grouper.restore(fp, assignment)
    assert [grouper.add(fp) for fp in prints[5:]] == whole[5:]


def test_memory_is_bounded_by_the_open_articles() -> None:
    grouper = Grouper(open_articles=20)
    stories = {
        grouper.add(printed(" ".join(f"v{number}x{k}" for k in range(60)), ref=str(number))).story_id
        for number in range(100)
    }
    assert len(stories) == 100
    assert grouper.open_articles == 20


def test_a_closed_story_is_forgotten_and_the_busy_one_stays() -> None:
    grouper = Grouper(open_articles=12)
    grouper.add(printed(ORCHESTRA, ref="o"))
    home = grouper.add(printed(BREACH, ref="b")).story_id
    for number in range(8):
        grouper.add(printed(" ".join(f"v{number}x{k}" for k in range(90)), ref=str(number)))
        joined = grouper.add(printed(f"{PUMPS} Update {number} at noon.", ref=f"p{number}"))
        assert joined.story_id == home
    renewed = grouper.add(printed(ORCHESTRA, ref="o2"))
    assert renewed.duplicate_of is None


def test_texts_of_no_or_one_word_get_stories_of_their_own() -> None:
    stories = [a.story_id for a in told([printed("", ref="1"), printed("Flood", ref="2"), printed("—", ref="3")])]
    assert len(set(stories)) == 3


def test_the_word_table_holds_what_every_article_says_and_what_few_say() -> None:
    table = background()
    assert table.articles > 10_000
    assert table.counts["the"] > 0.9 * table.articles
    assert table.counts[stem("earthquakes")] < 0.05 * table.articles


def test_an_index_finds_nothing_in_an_empty_house() -> None:
    assert Index(5).sharing((1, 2)) == []

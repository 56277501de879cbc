"""The account of a story: its title, its days and places, and a summary whose every sentence is cited."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import outlet
from rashomon.mark.annotate import annotate
from rashomon.model.article import Article
from rashomon.model.contract import dossier_json, dumps
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup
from rashomon.run.grouping import Marked
from rashomon.run.pipeline import Told, bind, related, tell_members
from rashomon.tell.near import NEAR_DAYS, event_day, is_background
from rashomon.tell.summary import LONGEST, MOST_SENTENCES, SHORTEST

ONE = outlet(
    "One",
    "Norway and Ecuador signed a fishing agreement in Quito on Monday after two years of talks. Ingrid Dahl, Norway's "
    "premier, called it a good day for cod. It costs nothing. The two countries broke off talks in Oslo in May 2021 "
    "over a trawler that Ecuador had seized. Norway will send two cutters to Manta in November.",
    "2026-03-10",
    title="Norway and Ecuador sign fishing agreement",
)
TWO = outlet(
    "Two",
    "On Monday Ingrid Dahl and Luis Paredes signed the fishing agreement between Norway and Ecuador in Quito. Paredes "
    "thanked the crews of Manta for their patience with both governments. He wept.",
    "2026-03-11",
    title="Fishing agreement: Paredes thanks the crews",
)
THREE = outlet(
    "Three", "What the fishing agreement means\n\nNorway signed it with Ecuador in Quito on Monday.", "2026-03-11"
)


def told(nlp: Language, *articles: Article) -> Told:
    return tell_members("s_planted", [Marked(a, annotate(a, nlp)) for a in articles])


def test_the_title_is_the_headline_that_shares_most_with_the_others(nlp: Language) -> None:
    assert told(nlp, ONE, TWO, THREE).account.title == ONE.title
    assert told(nlp, THREE).account.title == "What the fishing agreement means"


def test_without_any_headline_the_best_attested_claim_is_the_title(nlp: Language) -> None:
    story = told(nlp, outlet("Bare", "Norway signed a fishing agreement with Ecuador in Quito on Monday. Few noticed."))
    assert story.account.title == story.account.alignment.claims[0].text


def test_what_a_related_story_shares_is_written_as_the_story_writes_it(nlp: Language) -> None:
    story = told(nlp, ONE, TWO)
    (tied,) = related(story, [(told(nlp, THREE), ("norway", "quito", "nowhere"))]).account.related
    assert tied.names == ("Norway", "Quito", "nowhere")


def test_the_storys_days_are_those_that_claims_name_near_publication(nlp: Language) -> None:
    account = told(nlp, ONE, TWO, THREE).account
    assert (account.start, account.end) == ("2026-03-09", "2026-03-09")


def test_a_storys_place_is_where_its_news_happened_not_its_background(nlp: Language) -> None:
    where = told(nlp, ONE, TWO, THREE).account.where
    assert where[0].name == "Quito"
    assert where[0].country == "EC"
    assert "Oslo" not in [place.name for place in where]


def test_every_sentence_of_the_summary_is_printed_by_an_article_and_cited(nlp: Language) -> None:
    story = told(nlp, ONE, TWO, THREE)
    texts = {t.article.id: t.article.text for t in story.articles}
    summary = story.account.summary
    claims = {c.id: c for c in story.account.alignment.claims}
    assert 2 <= len(summary) <= MOST_SENTENCES
    for sentence in summary:
        assert sentence.evidence[0].cut(texts[sentence.evidence[0].article_id]) == sentence.text
        assert SHORTEST <= len(sentence.text.split()) <= LONGEST
        assert sentence.claim is not None
        assert any(s.overlaps(sentence.evidence[0]) for s in claims[sentence.claim].evidence)
        assert sentence.text.split()[0] not in {"He", "It", "She", "They"}


def test_the_summary_begins_with_the_news_and_says_nothing_twice(nlp: Language) -> None:
    summary = told(nlp, ONE, TWO, THREE).account.summary
    assert "signed" in summary[0].text
    assert len({s.article_id for s in summary[0].evidence}) >= 2
    assert len([s for s in summary if "signed" in s.text]) == 1


def test_the_summary_takes_the_sentence_that_says_it_before_one_that_mentions_it(nlp: Language) -> None:
    aside = "The fishing agreement that Norway and Ecuador signed in Quito on Monday has nine pages and no map at all."
    summary = told(nlp, outlet("Aside", aside, "2026-03-10"), ONE).account.summary
    assert summary[0].text.startswith("Norway and Ecuador signed")


def test_the_summary_states_no_count_that_most_outlets_give_otherwise(nlp: Language) -> None:
    def crash(name: str, dead: str) -> Article:
        text = (
            f"A bus left the road near Quito on Monday. {dead} people were killed in the crash, police in Quito said."
        )
        return outlet(name, text, "2026-03-10")

    story = told(nlp, crash("One", "Nine"), crash("Two", "Nine"), crash("Three", "Twelve"))
    (conflict,) = story.account.alignment.conflicts
    assert [r.value for r in conflict.readings] == ["9 people", "12 people"]
    assert not any("Twelve" in s.text for s in story.account.summary)


def test_a_story_without_any_claim_is_still_told(nlp: Language) -> None:
    story = told(nlp, outlet("Poem", "Roses grow where nobody looks, and nobody asks them why they bother.", None))
    assert story.account.summary == ()
    assert story.account.title
    assert (story.account.start, story.account.end) == (None, None)


def test_telling_twice_gives_the_same_bytes(nlp: Language) -> None:
    first, second = (dumps(dossier_json(bind([told(nlp, ONE, TWO, THREE)], []))) for _ in range(2))
    assert first == second


# Near and far


def dated(when: str | None) -> ClaimGroup:
    return ClaimGroup("c_1", "x", "single-origin", (), ("a_1",), "happened", (Span("a_1", 0, 1),), when=when)


DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(DAYS, st.integers(-60, 60))
def test_a_day_is_the_events_own_or_background_never_both(published: date, apart: int) -> None:
    day = date.fromordinal(published.toordinal() + apart)
    group = dated(day.isoformat())
    near = abs(apart) <= NEAR_DAYS
    assert (event_day(group, [published]) == day) is near
    assert is_background(group, [published]) is not near


def test_a_coarse_time_is_no_day_of_the_event_and_no_time_is_no_background() -> None:
    days = [date(2026, 3, 11)]
    assert event_day(dated("2026-03"), days) is None
    assert not is_background(dated("2026-03"), days)
    assert is_background(dated("2019"), days)
    assert event_day(dated(None), days) is None
    assert not is_background(dated(None), days)
    assert not is_background(dated("2019"), [])

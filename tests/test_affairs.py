"""Stories of one affair: related, told apart, and pointed at from each other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plain_grouper import PlainGrouper
from rashomon.model.article import Article, article_of
from rashomon.model.contract import dossier_json, dumps, schema
from rashomon.model.dossier import Dossier, RelatedStory
from rashomon.model.marks import Marks
from rashomon.model.story import Merge, Relation
from rashomon.run import archive
from rashomon.run.archive import stored_dossier
from rashomon.run.local import InProcess
from rashomon.run.pipeline import tell_articles
from rashomon.run.stories import Ties
from rashomon.show.report import render_html, render_markdown, render_terminal_summary
from rashomon.show.report.build import page
from rashomon.store import open_store
from report_fixture import FERRY, SEVERAL, TOLD


def tie(dossier: Dossier, other: str, title: str, outlets: tuple[str, ...], *names: str) -> Dossier:
    """The dossier with a story related to its first."""
    first, *rest = dossier.stories
    found = RelatedStory(other, title, names, outlets)
    return replace(dossier, stories=(replace(first, related=(*first.related, found)), *rest))


ON_PAGE = tie(
    SEVERAL, SEVERAL.stories[1].id, "Another <b>story</b>", ("Batumi Lantern", "Tarn Today"), "Davit Gurandze"
)
ONE = Dossier(TOLD[:8], (FERRY,), ())


def test_the_page_links_a_related_story_that_is_on_it() -> None:
    html = render_html(ON_PAGE)
    assert '<a href="#s2-story"><bdi>Another &lt;b&gt;story&lt;/b&gt;</bdi></a>' in html
    assert 'id="s2-story"' in html
    assert "(<bdi>Davit Gurandze</bdi>)" in html


def test_a_related_story_that_is_not_on_the_page_is_named_without_a_link() -> None:
    html = render_html(tie(ONE, "s_" + "7" * 16, "The barge’s owner in court", ("Tarn Today",)))
    assert "<bdi>The barge’s owner in court</bdi>." in html
    assert "Also running: The barge’s owner in court [s_77777777]" in " ".join(
        render_terminal_summary(tie(ONE, "s_" + "7" * 16, "The barge’s owner in court", ())).split()
    )


def test_without_related_stories_nothing_is_said() -> None:
    for text in (render_html(ONE), render_markdown(ONE), render_terminal_summary(ONE)):
        assert "Also running" not in text
        assert "related story" not in text


def test_an_outlet_with_an_article_in_a_related_story_does_not_look_silent() -> None:
    (shown, _) = page(ON_PAGE).stories
    assert shown.reading[-1] == "In a related story, and not counted here: Tarn Today."
    assert "In a related story, and not counted here: Tarn Today." in render_markdown(ON_PAGE)
    plain = dossier_json(ON_PAGE)["stories"][0]
    assert plain["coverage"]["elsewhere"] == [{"outlet": "Tarn Today", "story": SEVERAL.stories[1].id}]


def test_the_nearest_related_stories_come_first_and_few_are_shown() -> None:
    dossier = ONE
    for number in range(6):
        names = [f"Name {n}" for n in range(number)]
        dossier = tie(dossier, f"s_{number:016}", f"Story {number}", (f"Outlet {number}",), *names)
    (shown,) = page(dossier).stories
    assert [other.title for other in shown.also] == ["Story 5", "Story 4", "Story 3", "Story 2"]
    assert shown.also[0].names == "Name 0, Name 1, Name 2 and two more"
    assert shown.reading[-1].startswith("In six related stories, and not counted here: Outlet 0, Outlet 1")
    assert len(dossier_json(dossier)["stories"][0]["related"]) == 6


def test_ties_follow_merges() -> None:
    ties = Ties()
    ties.relate(Relation("s_1", "s_3", ("Belmont",)))
    ties.relate(Relation("s_2", "s_3", ("Ana Ruiz",)))
    ties.merge(Merge("s_2", "s_1", "a_1"))
    ties.merge(Merge("s_3", "s_0", "a_2"))
    assert ties.related("s_1") == {"s_0": ("Ana Ruiz", "Belmont")}
    assert ties.related("s_0") == {"s_1": ("Ana Ruiz", "Belmont")}
    assert (ties.former("s_1"), ties.former("s_0")) == (["s_2"], ["s_3"])
    ties.merge(Merge("s_1", "s_0", "a_3"))
    assert ties.related("s_0") == {}
    assert ties.former("s_0") == ["s_1", "s_2", "s_3"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Dossier, str]:
    """Two related stories, told in memory, and the same articles as a file."""

    def unmarked(article: Article, _: Any) -> Marks:
        return Marks(article.id, "1", article.day)

    monkeypatch.setattr("rashomon.run.grouping.Grouper", PlainGrouper)
    monkeypatch.setattr("rashomon.run.pipeline.annotate", unmarked)
    rows = [("Harbour Post", "The tag1 ferry"), ("Tarn Today", "A trial, tag2 and tie1"), ("Evening Star", "A tag1")]
    articles = [article_of(outlet, text=f"{text} again.", outlet=outlet, title=text) for outlet, text in rows]
    path = tmp_path / "news.jsonl"
    path.write_text(
        "".join(dumps({"id": a.ref, "outlet": a.outlet, "title": a.title, "text": a.text}) + "\n" for a in articles)
    )
    return tell_articles(articles), str(path)


def test_tell_says_what_is_related_and_by_whom(told: tuple[Dossier, str]) -> None:
    plain = dossier_json(told[0])
    Draft202012Validator(schema("dossier")).validate(plain)
    ferry, trial = plain["stories"]
    assert ferry["related"] == [
        {"id": trial["id"], "title": trial["title"], "names": ["Ana Ruiz"], "outlets": ["Tarn Today"]}
    ]
    assert trial["related"][0]["outlets"] == ["Evening Star", "Harbour Post"]


def test_a_stored_story_is_related_as_tell_says(told: tuple[Dossier, str], tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        archive.add(store, [told[1]], InProcess())
        for story in dossier_json(told[0])["stories"]:
            assert dossier_json(stored_dossier(store, story["id"]))["stories"][0] == story

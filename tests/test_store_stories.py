"""What every store keeps of stories that merge, are related and share passages, and of the grouper itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.article import Article
from rashomon.model.spans import Span
from rashomon.model.story import Assignment, Fingerprint, Merge, Relation, Reuse
from rashomon.store import Checkpoint, Store, StoreError
from test_store import STORES, assign, page


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


def fill(store: Store, *stories: str) -> list[Article]:
    """One article for each story named, in this order."""
    articles = [page(number) for number in range(len(stories))]
    for article, story in zip(articles, stories, strict=True):
        store.add_article(article)
        assign(store, article, story)
    return articles


def print_of(article: Article, published: str | None = None) -> Fingerprint:
    return Fingerprint(article.id, published, (), (), (), ())


# Merges


def test_an_old_id_leads_to_the_story_that_goes_on(store: Store) -> None:
    articles = fill(store, "s_1", "s_2", "s_3")
    store.put_merge(Merge("s_3", "s_2", articles[2].id))
    store.put_merge(Merge("s_2", "s_1", articles[2].id))
    assert store.members("s_1") == [a.id for a in articles]
    assert store.former() == {"s_3": "s_1", "s_2": "s_1"}
    assert store.find_stories("s_3") == ["s_1"]
    assert store.find_stories("s_") == ["s_1"]
    assert store.find_stories("s_%") == store.find_stories("s_4") == []


def test_stories_can_be_read_as_they_stood_once_an_article_had_come(store: Store) -> None:
    one, two, bridge, later = fill(store, "s_1", "s_2", "s_2", "s_1")
    first, second = Merge("s_2", "s_1", bridge.id), Merge("s_1", "s_0", later.id)
    store.put_merge(first)
    store.put_merge(second)

    def stories(upto: Article) -> list[str]:
        found = store.assigned([one.id, two.id, "a_none"], upto=upto.id)
        return [found[a.id].story_id for a in (one, two)]

    assert [stories(a) for a in (two, bridge, later)] == [["s_1", "s_2"], ["s_1", "s_1"], ["s_0", "s_0"]]
    assert store.assigned([bridge.id], upto=None)[bridge.id].story_id == "s_2"
    assert {a.story_id for a in store.assignments()} == {"s_0"}
    assert store.merges(None, None) == [first, second]
    assert store.merges(None, bridge.id) == store.merges(two.id, bridge.id) == [first]
    assert store.merges(bridge.id, None) == [second]
    assert store.merges(later.id, one.id) == []
    assert store.merges_by(bridge.id) == [first]


def test_ids_of_an_older_grouping_lead_to_stories_unless_they_are_stories(store: Store) -> None:
    (article,) = fill(store, "s_1")
    store.put_former({"s_old": "s_1", "s_1": "s_1"})
    assert store.find_stories("s_old") == ["s_1"]
    assert store.find_stories("s_1") == ["s_1"]
    assert store.merges(None, None) == []
    assert store.assigned([article.id], upto=article.id)[article.id].story_id == "s_1"


# Relations


def test_relations_follow_a_merge_and_gather_their_names(store: Store) -> None:
    articles = fill(store, "s_1", "s_2", "s_3")
    store.put_relation(Relation("s_1", "s_3", ("Ana Ruiz",)))
    store.put_relation(Relation("s_2", "s_3", ("Belmont",)))
    store.put_relation(Relation("s_1", "s_2", ("Ana Ruiz",)))
    store.put_merge(Merge("s_2", "s_1", articles[1].id))
    both = [Relation("s_1", "s_3", ("Ana Ruiz", "Belmont"))]
    assert store.relations() == store.relations("s_1") == store.relations("s_3") == both
    store.put_relation(Relation("s_2", "s_3", ("Tarn",)))
    assert store.relations("s_1")[0].names == ("Ana Ruiz", "Belmont", "Tarn")


def test_a_relation_to_no_story_is_refused(store: Store) -> None:
    fill(store, "s_1")
    with pytest.raises(StoreError, match="not kept"):
        store.put_relation(Relation("s_1", "s_none"))


# Late articles


def test_near_gives_those_first_that_share_most_telling_stems(store: Store) -> None:
    for article, stems in zip(
        fill(store, "s_1", "s_2", "s_3"), (["barg"], ["barg", "fog", "rize"], ["fog"]), strict=True
    ):
        store.put_fingerprint(print_of(article), stems)
    assert [a.story_id for _, a in store.near(["barg", "fog", "none"], None, None, 9)] == ["s_2", "s_3", "s_1"]
    assert [a.story_id for _, a in store.near(["barg", "fog"], None, None, 1)] == ["s_2"]
    assert store.near([], None, None, 9) == store.near(["none"], None, None, 9) == []


def test_near_keeps_to_the_days_asked_for(store: Store) -> None:
    days = ("2031-05-01", "2031-05-02T10:00:00Z", None)
    for article, day in zip(fill(store, "s_1", "s_2", "s_3"), days, strict=True):
        store.put_fingerprint(print_of(article, day), ["barg"])

    def found(first: str | None, last: str | None) -> set[str]:
        return {a.story_id for _, a in store.near(["barg"], first, last, 9)}

    assert found(None, None) == {"s_1", "s_2", "s_3"}
    assert found("2031-05-02", None) == found("2031-05-02", "2031-05-02") == {"s_2"}
    assert found(None, "2031-05-01") == {"s_1"}


def test_a_new_fingerprint_is_found_by_its_own_stems_only(store: Store) -> None:
    (article,) = fill(store, "s_1")
    store.put_fingerprint(print_of(article, "2031-05-01"), ["barg"])
    store.put_fingerprint(print_of(article, "2031-06-01"), ["fog"])
    assert store.near(["barg"], None, None, 9) == []
    assert store.near(["fog"], None, None, 9) == [(print_of(article, "2031-06-01"), Assignment(article.id, "s_1"))]


def test_a_store_can_be_asked_as_it_was_when_an_article_arrived(store: Store) -> None:
    one, two, bridge, last = articles = fill(store, "s_1", "s_2", "s_1", "s_1")
    for article in articles:
        store.put_fingerprint(print_of(article), ["barg"])
    store.put_merge(Merge("s_2", "s_1", bridge.id))

    def seen(before: str | None) -> list[tuple[str, str]]:
        return sorted((a.article_id, a.story_id) for _, a in store.near(["barg"], None, None, 9, before=before))

    assert seen(bridge.id) == sorted([(one.id, "s_1"), (two.id, "s_2")])
    assert seen(last.id) == sorted((a.id, "s_1") for a in (one, two, bridge))
    assert seen(None) == sorted((a.id, "s_1") for a in articles)
    assert [a.article_id for _, a in store.grouped("s_1", before=bridge.id)] == [one.id]
    assert [a.article_id for _, a in store.grouped("s_2", before=bridge.id)] == [two.id]
    assert [a.article_id for _, a in store.grouped("s_1", before=last.id)] == [one.id, two.id, bridge.id]
    assert [a.article_id for _, a in store.grouped("s_1")] == [a.id for a in articles]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_any_order_of_merges_can_be_seen_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]]
) -> None:
    """Eight stories, then one article after the other that merges two: asked later, each moment is as it was."""
    for opener in STORES.values():
        with opener(tmp_path_factory.mktemp("merges")) as store:
            articles = fill(store, *(f"s_{n}" for n in range(8)))
            for article in articles:
                store.put_fingerprint(print_of(article), ["barg"])
            moments = []
            for number, (left, right) in enumerate(pairs):
                now = {a.article_id: a.story_id for a in store.assignments()}
                arriving = page(100 + number)
                moments.append((arriving.id, now))
                into, ends = sorted((now[articles[left].id], now[articles[right].id]))
                store.add_article(arriving)
                store.put_fingerprint(print_of(arriving), ["barg"])
                assign(store, arriving, into)
                if into != ends:
                    store.put_merge(Merge(ends, into, arriving.id))
            for before, then in moments:
                near = store.near(["barg"], None, None, 99, before=before)
                assert {a.article_id: a.story_id for _, a in near} == then
                for story in set(then.values()):
                    members = [a.article_id for _, a in store.grouped(story, before=before)]
                    assert sorted(members) == sorted(a for a, s in then.items() if s == story)


# Reuse


def test_reuses_come_back_equal_and_newer_ones_replace_them(store: Store) -> None:
    one, two = fill(store, "s_1", "s_1")
    reuse = Reuse(one.id, two.id, ((Span(one.id, 4, 9), Span(two.id, 4, 9)),), 1, "credit")
    store.put_reuses(two.id, [reuse, reuse])
    store.put_reuses(two.id, [reuse])
    assert store.reuses([one.id, two.id]) == {two.id: (reuse,)}
    store.put_reuses(two.id, [])
    assert store.reuses([two.id]) == {}


# The grouper's state


def test_the_last_checkpoint_is_kept_and_what_came_after_it_can_be_read(store: Store) -> None:
    assert (store.checkpoint(), store.uncovered()) == (None, 0)
    articles = fill(store, "s_1", "s_1", "s_2")
    for article in articles:
        store.put_fingerprint(print_of(article))
    assert store.uncovered() == 3
    for article in articles[:2]:
        store.put_checkpoint(Checkpoint("1", article.id, b"\x00state"))
    assert store.checkpoint() == Checkpoint("1", articles[1].id, b"\x00state")
    assert store.uncovered() == 1
    assert [f.article_id for f in store.fingerprints(after=articles[1].id)] == [articles[2].id]
    assert store.refs([articles[0].id, "a_none"]) == {articles[0].id: "page-0"}
    assert store.arrival("a_none") is None
    assert (store.arrival(articles[0].id) or 0) < (store.arrival(articles[1].id) or 0)
    assert store.latest(2) == [articles[1].id, articles[2].id]


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.put_merge(Merge("s_2", "s_1", "a_none")),
        lambda store: store.put_reuses("a_none", [Reuse("a_x", "a_none", (), 1)]),
        lambda store: store.put_checkpoint(Checkpoint("1", "a_none", b"")),
    ],
)
def test_what_names_no_article_is_refused_and_changes_nothing(store: Store, write: Callable[[Store], None]) -> None:
    fill(store, "s_1", "s_2")
    with pytest.raises(StoreError, match="not kept"):
        write(store)
    assert [row.id for row in store.stories()] == ["s_1", "s_2"]


def test_forgotten_stories_leave_no_trace_of_grouping(store: Store) -> None:
    one, two = fill(store, "s_1", "s_2")
    store.put_fingerprint(print_of(one), ["barg"])
    store.put_relation(Relation("s_1", "s_2"))
    store.put_checkpoint(Checkpoint("1", two.id, b""))
    store.put_reuses(two.id, [Reuse(one.id, two.id, (), 1)])
    store.put_merge(Merge("s_2", "s_1", two.id))
    store.forget_stories()
    assert (store.relations(), store.former(), store.checkpoint(), store.reuses([two.id])) == ([], {}, None, {})
    assert store.near(["barg"], None, None, 9) == []

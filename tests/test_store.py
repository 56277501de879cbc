"""One suite for every store (``STORES``), and what only the SQLite file must do."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.article import Article, Failure, article_of
from rashomon.model.marks import Claim, Marks, Mention, OutletHint, Quotation, Sentence
from rashomon.model.spans import Span
from rashomon.model.story import Assignment, Fingerprint, Merge
from rashomon.store import Store, StoreError, StoryRow, default_path, open_store
from rashomon.store.schema import APPLICATION_ID

STORES: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: open_store(folder / "store.sqlite")}


@pytest.fixture(params=sorted(STORES))
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store each time it is called, as one process after the other would."""
    opener = STORES[request.param]
    return lambda: opener(tmp_path)


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Iterator[Store]:
    with reopen() as opened:
        yield opened


def page(number: int, **fields: str) -> Article:
    return article_of(f"page-{number}", text=f"The ferry left pier {number}.\r\nIt was late.", **fields)  # type: ignore[arg-type]


def marks_of(article: Article, version: str = "1") -> Marks:
    ferry = Span(article.id, 4, 9)
    return Marks(
        article_id=article.id,
        version=version,
        published="2031-05-06",
        published_from="text",
        published_evidence=(ferry,),
        outlet=OutletHint("Harbour Post", (ferry,)),
        sentences=(Sentence(Span(article.id, 0, 20), 0),),
        mentions=(Mention(ferry, "OTHER", "ferry", antecedent=ferry),),
        quotations=(Quotation((ferry,), "direct", cue=ferry),),
        claims=(Claim(ferry, "leave", ferry, who=(ferry,), lemmas=("ferry", "leave")),),
    )


def fingerprint_of(article: Article) -> Fingerprint:
    return Fingerprint(article.id, None, (("ferri", 2),), (("pier", 1),), ("2031-05",), (1, 2**64 - 1), head=("ferri",))


def assign(store: Store, article: Article, story: str, duplicate_of: str | None = None) -> None:
    store.put_assignment(Assignment(article.id, story, duplicate_of), "1")


# What every store must do


def test_articles_come_back_equal_and_in_order_of_arrival(store: Store) -> None:
    articles = [
        page(3, title="Ferry late", outlet="Harbour Post", url="https://post.example/3", published="2031-05-06T07:00Z"),
        page(1),
        article_of("ä/€.txt", text="“Half \ud83d of it” — and a \0 in it", authors=("A. Aas", "B; C, D")),
    ]  # fmt: skip
    assert [store.add_article(a) for a in articles] == [True, True, True]
    assert list(store.articles()) == articles
    assert [store.has(a.id) for a in articles] == [True, True, True]
    assert not store.has("a_none")


@given(
    text=st.text(st.characters(), min_size=1),
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_any_text_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, text: str, title: str | None) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    article = article_of("x", text=text, title=title)
    for opener in STORES.values():
        with opener(folder) as store:
            store.add_article(article)
            assert list(store.articles([article.id])) == [article]


def test_adding_an_article_twice_adds_nothing(store: Store) -> None:
    first = page(1)
    again = article_of("other-path", text=first.text)
    assert store.add_article(first)
    assert not store.add_article(again)
    assert list(store.articles()) == [first]


def test_articles_asked_for_by_id_come_in_order_of_arrival_without_the_unknown(store: Store) -> None:
    articles = [page(n) for n in range(5)]
    for article in articles:
        store.add_article(article)
    assert list(store.articles([articles[4].id, "a_none", articles[1].id])) == [articles[1], articles[4]]
    assert list(store.articles([])) == []


def test_articles_can_be_written_while_articles_are_read(store: Store) -> None:
    with store.transaction():
        for number in range(450):
            store.add_article(page(number))
    seen: list[str] = []
    for article in store.articles():
        if len(seen) % 100 == 0:
            store.put_marks(marks_of(article))
        seen.append(article.ref)
    assert seen == [f"page-{n}" for n in range(450)]


def test_marks_come_back_equal_and_newer_ones_replace_them(store: Store) -> None:
    article = page(1)
    store.add_article(article)
    store.put_marks(marks_of(article, "1"))
    store.put_marks(marks_of(article, "2"))
    assert store.marks([article.id, "a_none"]) == {article.id: marks_of(article, "2")}


def test_marks_that_miss_or_have_another_version_are_stale(store: Store) -> None:
    fresh, old, bare = page(1), page(2), page(3)
    for article in (fresh, old, bare):
        store.add_article(article)
    store.put_marks(marks_of(fresh, "2"))
    store.put_marks(marks_of(old, "1"))
    assert store.stale_marks("2") == [old.id, bare.id]


def test_fingerprints_and_assignments_come_in_order_of_their_articles_arrival(store: Store) -> None:
    articles = [page(n) for n in (3, 1, 2)]
    for article in articles:
        store.add_article(article)
    for article in reversed(articles):
        store.put_fingerprint(fingerprint_of(article))
    assign(store, articles[2], "s_2")
    assign(store, articles[0], "s_1")
    assign(store, articles[1], "s_1", duplicate_of=articles[0].id)
    assert list(store.fingerprints()) == [fingerprint_of(a) for a in articles]
    assert store.assignments() == [
        Assignment(articles[0].id, "s_1"),
        Assignment(articles[1].id, "s_1", articles[0].id),
        Assignment(articles[2].id, "s_2"),
    ]


def test_a_story_is_dirty_until_it_is_told_and_again_when_an_article_joins_it(store: Store) -> None:
    one, two, other = page(1), page(2), page(3)
    for article in (one, two, other):
        store.add_article(article)
    assign(store, one, "s_1")
    assign(store, other, "s_2")
    assert store.dirty_stories("v1") == ["s_1", "s_2"]
    store.put_account("s_1", "v1", "{}")
    store.put_account("s_2", "v1", "{}")
    assert store.dirty_stories("v1") == []
    assign(store, two, "s_1")
    assert store.dirty_stories("v1") == ["s_1"]


def test_every_story_is_dirty_under_another_key(store: Store) -> None:
    article = page(1)
    store.add_article(article)
    assign(store, article, "s_1")
    store.put_account("s_1", "v1", "{}")
    assert store.dirty_stories("v2") == ["s_1"]


def test_an_account_told_before_an_article_joined_leaves_its_story_dirty(store: Store) -> None:
    one, two = page(1), page(2)
    for article in (one, two):
        store.add_article(article)
    assign(store, one, "s_1")
    told_of = store.members("s_1")
    assign(store, two, "s_1")
    store.put_account("s_1", "v1", "{}", articles=told_of)
    assert store.dirty_stories("v1") == ["s_1"]
    store.put_account("s_1", "v1", "{}", articles=[two.id, one.id])
    assert store.dirty_stories("v1") == []


def test_an_account_comes_back_as_it_was_told_and_stays_until_told_anew(store: Store) -> None:
    one, two = page(1), page(2)
    for article in (one, two):
        store.add_article(article)
    assign(store, one, "s_1")
    assert store.account("s_1") is None
    store.put_account("s_1", "v1", '{"title": "“Ünë”"}')
    assign(store, two, "s_1")
    assert store.account("s_1") == '{"title": "“Ünë”"}'


def test_merged_stories_are_one_dirty_story(store: Store) -> None:
    articles = [page(n) for n in range(3)]
    for article, story in zip(articles, ("s_1", "s_2", "s_2"), strict=True):
        store.add_article(article)
        assign(store, article, story)
    for story in ("s_1", "s_2"):
        store.put_account(story, "v1", "{}")
    store.put_merge(Merge("s_2", "s_1", articles[2].id))
    assert store.members("s_1") == [a.id for a in articles]
    assert store.members("s_2") == []
    assert store.account("s_2") is None
    assert store.dirty_stories("v1") == ["s_1"]
    assert [row.id for row in store.stories()] == ["s_1"]


def test_a_story_that_loses_its_last_article_is_gone(store: Store) -> None:
    article = page(1)
    store.add_article(article)
    assign(store, article, "s_1")
    assign(store, article, "s_2")
    assert [row.id for row in store.stories()] == ["s_2"]


def test_stories_are_listed_with_title_days_and_outlets(store: Store) -> None:
    one = page(1, title="Ferry late", outlet="Morning Tide", published="2031-05-07T23:00:00-05:00")
    two, other = page(2), page(3)
    for article in (one, two, other):
        store.add_article(article)
    store.put_marks(marks_of(two))
    assign(store, other, "s_9")
    assign(store, one, "s_1")
    assign(store, two, "s_1")
    untold = StoryRow("s_1", "Ferry late", "2031-05-06", "2031-05-07", 2, ("Harbour Post", "Morning Tide"))
    assert store.stories() == [StoryRow("s_9", None, None, None, 1, ()), untold]
    store.put_account("s_1", "v1", "{}", title="A ferry is late", start="2031-05-05", end="2031-05-08")
    assert store.stories()[1] == StoryRow(
        "s_1", "A ferry is late", "2031-05-05", "2031-05-08", 2, ("Harbour Post", "Morning Tide")
    )


def test_forgotten_stories_leave_articles_and_marks(store: Store) -> None:
    article = page(1)
    store.add_article(article)
    store.put_marks(marks_of(article))
    store.put_fingerprint(fingerprint_of(article))
    assign(store, article, "s_1")
    store.put_account("s_1", "v1", "{}")
    store.forget_stories()
    assert (store.stories(), store.assignments(), list(store.fingerprints())) == ([], [], [])
    assert store.stale_marks("1") == []
    assert list(store.articles()) == [article]


def test_a_failure_is_kept_once_and_until_its_input_is_tried_again(store: Store) -> None:
    empty, torn = Failure("b.txt", "read", "the file is empty"), Failure("a.txt", "mark", "too much")
    for failure in (empty, torn, empty):
        store.add_failure(failure)
    assert store.failures() == [empty, torn]
    store.forget_failures(["b.txt", "c.txt"])
    assert store.failures() == [torn]


def test_the_latest_version_of_each_stage_is_recorded(store: Store) -> None:
    store.record_stages({"mark": "1", "group": "1"})
    store.record_stages({"mark": "2"})
    assert store.stages() == {"group": "1", "mark": "2"}


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    article = page(1)
    with pytest.raises(RuntimeError, match="power cut"), store.transaction():  # noqa: PT012
        store.add_article(article)
        assign(store, article, "s_1")
        raise RuntimeError("power cut")
    assert not store.has(article.id)
    assert store.stories() == []


def test_an_inner_transaction_that_fails_takes_back_its_own_writes_only(store: Store) -> None:
    kept, lost = page(1), page(2)
    with store.transaction():
        store.add_article(kept)
        with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
            store.add_article(lost)
            raise RuntimeError
    assert list(store.articles()) == [kept]


def test_what_was_written_is_there_when_the_store_is_opened_again(reopen: Callable[[], Store]) -> None:
    article = page(1)
    with reopen() as store:
        store.add_article(article)
        assign(store, article, "s_1")
    with reopen() as store:
        assert list(store.articles()) == [article]
        assert store.members("s_1") == [article.id]


def test_what_one_writes_the_other_reads_once_it_is_committed(reopen: Callable[[], Store]) -> None:
    with reopen() as writer, reopen() as reader:
        with writer.transaction():
            writer.add_article(page(1))
            assert list(reader.articles()) == []
        assert list(reader.articles()) == [page(1)]


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.put_marks(marks_of(page(9))),
        lambda store: store.put_fingerprint(fingerprint_of(page(9))),
        lambda store: assign(store, page(9), "s_1"),
        lambda store: store.put_account("s_none", "v1", "{}"),
    ],
)
def test_a_record_about_something_unknown_is_refused(store: Store, write: Callable[[Store], None]) -> None:
    with pytest.raises(StoreError, match="not kept"):
        write(store)
    assert (store.stories(), store.assignments()) == ([], [])


# What only the SQLite file must do


def test_several_may_make_the_same_store_at_the_same_time(tmp_path: Path) -> None:
    def add(number: int) -> bool:
        with open_store(tmp_path / "store.sqlite") as store:
            return store.add_article(page(number))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(add, range(24)))
    with open_store(tmp_path / "store.sqlite") as store:
        assert sorted(a.ref for a in store.articles()) == sorted(f"page-{n}" for n in range(24))


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "a" / "b" / "store.sqlite") as store:
        assert store.stories() == []


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but somebody's notes on ferries.\n" * 30)
    with pytest.raises(StoreError, match=r"notes.txt is not a Rashomon store"):
        open_store(path)
    assert path.read_text().startswith("Not a database")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE ferries (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a Rashomon store"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    open_store(path).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 9999")
    newer.commit()
    newer.close()
    with pytest.raises(StoreError, match="newer Rashomon"):
        open_store(path)
    again = sqlite3.connect(path)
    assert again.execute("PRAGMA user_version").fetchone() == (9999,)
    again.close()


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "file" / "store.sqlite")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path)


def test_a_damaged_row_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    article = page(1)
    with open_store(path) as store:
        store.add_article(article)
        store.put_marks(marks_of(article))
        store.put_fingerprint(fingerprint_of(article))
    torn = sqlite3.connect(path)
    torn.execute("UPDATE marks SET body = x'00'")
    torn.execute("UPDATE fingerprints SET body = ?", (b"\x1a\0\0\0" + zlib.compress(b'{"colour": "blue"}'),))
    torn.execute("UPDATE articles SET text = x'00'")
    torn.commit()
    torn.close()
    with open_store(path) as store:
        with pytest.raises(StoreError, match=r"store\.sqlite"):
            store.marks([article.id])
        with pytest.raises(StoreError, match=r"store\.sqlite"):
            list(store.articles())
        with pytest.raises(StoreError, match="not a stored Fingerprint"):
            list(store.fingerprints())


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    with open_store(path) as store:
        store.add_article(page(1))
    first = "CREATE TABLE made_first (x); CREATE TABLE articles (twice);"
    with monkeypatch.context() as patch:
        patch.setattr("rashomon.store.schema._migrations", lambda: ("", "", first))
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(path)
    with open_store(path) as store:
        assert list(store.articles()) == [page(1)]
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'made_first'").fetchone() == (0,)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    raw.close()


def test_the_default_place_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_path().name == "store.sqlite"
    assert "rashomon" in default_path().parent.as_posix().lower()


ADD_MANY = """
import sys
from pathlib import Path
from rashomon.model.article import article_of
from rashomon.model.story import Assignment
from rashomon.store import open_store

with open_store(Path(sys.argv[1])) as store:
    print("open", flush=True)
    for batch in range(60):
        with store.transaction():
            for number in range(batch * 10, batch * 10 + 10):
                article = article_of(f"page-{number}", text=f"The ferry left pier {number}. " * 40)
                store.add_article(article)
                store.put_assignment(Assignment(article.id, f"s_{number // 3}"), "1")
        print(batch, flush=True)
"""


def content(path: Path) -> tuple[list[Article], list[Assignment], list[StoryRow]]:
    with open_store(path) as store:
        return list(store.articles()), store.assignments(), store.stories()


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_a_run_killed_at_any_moment_and_run_again_leaves_the_same_store(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ADD_MANY]
    subprocess.run([*command, str(tmp_path / "calm.sqlite")], check=True, stdout=subprocess.DEVNULL)
    killed = tmp_path / "killed.sqlite"
    dice = random.Random(7)
    committed = -1
    ends = []
    for moment in (0.0, *(dice.uniform(0, 0.08) for _ in range(3))):
        run = subprocess.Popen([*command, str(killed)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        assert run.stdout.readline() == "open\n"
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        said = run.stdout.read().split()
        run.stdout.close()
        ends.append(run.wait())
        committed = max([committed, *map(int, said)])
        kept = content(killed)
        assert len(kept[0]) % 10 == 0
        assert len(kept[0]) >= 10 * (committed + 1)
        assert [a.article_id for a in kept[1]] == [a.id for a in kept[0]]
    assert -signal.SIGKILL in ends
    subprocess.run([*command, str(killed)], check=True, stdout=subprocess.DEVNULL)
    assert content(killed) == content(tmp_path / "calm.sqlite")

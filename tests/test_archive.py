"""The way over a store: nothing twice, nothing lost, and only what changed is told anew."""

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.model.article import Article, Failure
from rashomon.model.contract import dossier_json, dumps
from rashomon.model.marks import Marks
from rashomon.model.story import Merge
from rashomon.run import archive
from rashomon.run.archive import Added, stored_dossier
from rashomon.run.intake import versions
from rashomon.run.local import InProcess
from rashomon.run.pipeline import tell_articles
from rashomon.run.reading import read_articles
from rashomon.show.cli import main
from rashomon.store import Store, open_store

BRIDGE = (
    "Two people were hurt when the old bridge at Belmont gave way on Wednesday, Mayor Ana Ruiz said.\n"
    "“The bridge at Belmont will be closed until Monday,” Ruiz told reporters at the river.\n"
    "A lorry loaded with gravel had just driven onto the wooden bridge when a beam broke, and fell into the Tarn.\n",
    "Three people were hurt when the old Belmont bridge gave way on Wednesday, firefighters said.\n"
    "Mayor Ana Ruiz said the bridge at Belmont “will be closed until Monday”.\n"
    "The wooden bridge fell into the Tarn when a beam broke under a lorry that was loaded with gravel.\n",
)
OPERA = "The opera house of Oslo will show a new piece about whales on Saturday, its director Nils Berg said.\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def marks_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about what is kept: the same article need not be parsed for each of them."""
    monkeypatch.setattr("rashomon.run.pipeline.annotate", _annotate)


@functools.cache
def _annotate(article: Article, nlp: Language) -> Marks:
    return annotate(article, nlp)


@pytest.fixture
def news(tmp_path: Path) -> Callable[..., str]:
    """Write texts to a file of JSON Lines and give its path."""

    def write(*texts: str, name: str = "news.jsonl") -> str:
        rows = [
            {"id": f"{name}-{n}", "outlet": f"Outlet {name}-{n}", "published": "2025-03-06", "text": text}
            for n, text in enumerate(texts)
        ]
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


def add(store: Store, *paths: str, **options: Any) -> Added:
    return archive.add(store, paths, InProcess(), **options)


def contents(store: Store) -> dict[str, Any]:
    """All that a store holds, as plain comparable values."""
    ids = [article.id for article in store.articles()]
    stories = store.stories()
    return {
        "articles": list(store.articles()),
        "marks": store.marks(ids),
        "fingerprints": list(store.fingerprints()),
        "assignments": store.assignments(),
        "stories": stories,
        "accounts": {row.id: store.account(row.id) for row in stories},
        "failures": store.failures(),
        "stages": store.stages(),
    }


def test_the_same_articles_twice_add_nothing(store: Store, demo_path: str) -> None:
    first = add(store, demo_path)
    assert (first.new, first.known, first.failed) == (9, 0, 0)
    assert first.told
    before = contents(store)
    second = add(store, demo_path)
    assert second == Added(new=0, known=9, again=0, told=(), failed=0)
    assert contents(store) == before


def test_a_stored_story_is_told_as_tell_tells_it(store: Store, demo_path: str) -> None:
    add(store, demo_path)
    whole = dossier_json(tell_articles(read_articles([demo_path])))
    for story in whole["stories"]:
        stored = dossier_json(stored_dossier(store, story["id"]))
        assert dumps(stored["stories"][0]) == dumps(story)
        assert stored["articles"] == [a for a in whole["articles"] if a["id"] in story["articles"]]


def test_a_later_article_joins_its_story_and_only_that_one_is_told_anew(store: Store, news: Callable[..., str]) -> None:
    add(store, news(BRIDGE[0], OPERA))
    bridge, opera = (assignment.story_id for assignment in store.assignments())
    assert bridge != opera
    untouched = store.account(opera)
    later = add(store, news(BRIDGE[1], name="later.jsonl"))
    assert later.told == (bridge,)
    assert len(store.members(bridge)) == 2
    assert len(stored_dossier(store, bridge).articles) == 2
    assert store.account(opera) == untouched


def test_one_by_one_or_all_at_once_makes_the_same_store(tmp_path: Path, demo_path: str) -> None:
    lines = Path(demo_path).read_text(encoding="utf-8").splitlines()
    parts = []
    for number, line in enumerate(lines):
        parts.append(tmp_path / f"{number}.jsonl")
        parts[-1].write_text(line + "\n", encoding="utf-8")
    with open_store(tmp_path / "one") as one, open_store(tmp_path / "all") as whole:
        for part in parts:
            add(one, str(part))
        add(whole, demo_path)
        assert contents(one) == contents(whole)


@pytest.mark.parametrize(
    ("stage", "last"), [("mark", 1), ("mark", 2), ("mark", 5), ("mark", 8), ("tell", 0), ("tell", 1)]
)
def test_a_run_that_dies_is_taken_up_by_the_same_command(
    tmp_path: Path, demo_path: str, stage: str, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """Stands for a killed process: no handler of ours may catch it."""

    def killer(now: str, done: int, total: int | None) -> None:
        if now == stage and done > last:
            raise KilledError

    monkeypatch.setattr("rashomon.run.intake.TOGETHER", 2)
    with open_store(tmp_path / "whole") as whole:
        add(whole, demo_path)
        expected = contents(whole)
    with open_store(tmp_path / "killed") as store:
        with pytest.raises(KilledError):
            add(store, demo_path, progress=killer)
        kept = sum(1 for _ in store.articles())
        assert kept == (last // 2 * 2 if stage == "mark" else 9)
    with open_store(tmp_path / "killed") as store:
        assert contents(store) != expected
        assert add(store, demo_path).new == 9 - kept
        assert contents(store) == expected


def test_failures_are_kept_once_and_forgotten_when_the_input_comes_good(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    seen: list[Failure] = []
    for _ in range(2):
        assert add(store, str(path), report=seen.append).failed == 1
    assert [failure.ref for failure in store.failures()] == [str(path)]
    assert len(seen) == 2
    path.write_text(OPERA, encoding="utf-8")
    assert add(store, str(path)).new == 1
    assert store.failures() == []


# Versions


def test_a_new_version_of_mark_marks_everything_again(
    store: Store, demo_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(store, demo_path)
    monkeypatch.setattr("rashomon.mark.annotate.VERSION", "next")
    now = versions().mark
    assert len(store.stale_marks(now)) == 9
    again = add(store)
    assert again.again == 9
    assert again.told == first.told
    assert store.stale_marks(now) == []
    assert add(store) == Added(new=0, known=0, again=0, told=(), failed=0)


def test_a_new_version_of_group_groups_everything_anew(
    store: Store, demo_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(store, demo_path)
    before = store.assignments()
    # As if the older version had put all into one.
    store.put_merge(Merge(before[0].story_id, before[-1].story_id, before[-1].article_id))
    monkeypatch.setattr("rashomon.group.VERSION", "next")
    again = add(store)
    assert again.again == 0
    assert again.told == first.told
    assert store.assignments() == before
    assert store.stages()["group"] == "next"


@pytest.mark.parametrize("stage", ["align", "tell"])
def test_a_new_version_of_align_or_tell_only_tells_anew(
    store: Store, demo_path: str, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(store, demo_path)
    monkeypatch.setattr(f"rashomon.{stage}.VERSION", "next")
    assert add(store) == Added(new=0, known=0, again=0, told=first.told, failed=0)


def test_another_parser_is_another_version_of_mark() -> None:
    assert versions("one").mark != versions("two").mark


# The commands


def test_add_stories_and_show_work_together(tmp_path: Path, demo_path: str, capsys: Captured) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    assert main(["add", demo_path, *store]) == 0
    assert capsys.readouterr().out.startswith("9 new, 0 already there; ")
    assert main(["add", demo_path, *store]) == 0
    assert capsys.readouterr().out == "0 new, 9 already there\n"

    assert main(["stories", *store]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert main(["stories", "--json", *store]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(listed)
    assert sum(row["articles"] for row in rows) == 9

    wanted = rows[0]
    shown = []
    for asked in ("1", wanted["id"], wanted["id"][2:8]):
        assert main(["show", asked, "-o", "-", *store]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] == shown[2]
    assert [story["id"] for story in json.loads(shown[0])["stories"]] == [wanted["id"]]

    assert main(["show", "1", *store]) == 0
    assert wanted["title"] in " ".join(capsys.readouterr().out.split())
    assert main(["show", "1", "-o", str(tmp_path / "s.html"), *store]) == 0
    assert (tmp_path / "s.html").stat().st_size > 1000


def test_the_environment_names_the_store(
    tmp_path: Path, news: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("RASHOMON_STORE", str(tmp_path / "mine.sqlite"))
    assert main(["add", news(OPERA)]) == 0
    assert (tmp_path / "mine.sqlite").exists()


def test_add_says_by_exit_code_that_something_was_left_out(
    tmp_path: Path, news: Callable[..., str], capsys: Captured
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    missing = str(tmp_path / "missing.txt")
    assert main(["add", missing, *store]) == 2
    assert main(["add", news(OPERA), missing, *store]) == 1
    assert f"rashomon: read: {missing}: " in capsys.readouterr().err


@pytest.mark.parametrize("command", [["stories"], ["show", "1"]])
def test_a_store_that_is_not_there_is_told_and_not_made(tmp_path: Path, command: list[str], capsys: Captured) -> None:
    place = tmp_path / "none.sqlite"
    assert main([*command, "--store", str(place)]) == 2
    assert str(place) in capsys.readouterr().err
    assert not place.exists()


def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, capsys: Captured) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("My notes, and nothing else.\n" * 50, encoding="utf-8")
    before = place.read_bytes()
    assert main(["stories", "--store", str(place)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "not a Rashomon store" in line
    assert place.read_bytes() == before


@pytest.mark.parametrize("asked", ["99", "zz", "0", ""])
def test_a_story_that_is_not_there_is_told(
    tmp_path: Path, news: Callable[..., str], asked: str, capsys: Captured
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    main(["add", news(OPERA), *store])
    capsys.readouterr()
    assert main(["show", asked, *store]) == 2
    assert "there is no story" in capsys.readouterr().err

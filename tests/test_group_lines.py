"""``rashomon group``: a stream of lines, in memory and over a store, stopped and taken up again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain_grouper import PlainGrouper
from rashomon.model.article import Article, article_of
from rashomon.model.contract import schema
from rashomon.model.marks import Marks
from rashomon.model.story import Assignment, Merge
from rashomon.run.grouping import Event, Grouped
from rashomon.run.lines import Line, settled
from rashomon.show.cli import main
from rashomon.store import open_store

Captured = pytest.CaptureFixture[str]

# A stream in which stories merge


def stream_of(steps: list[tuple[int, int | None]]) -> tuple[list[Event], dict[str, str]]:
    """Articles and merges: each step puts an article into a story, then maybe merges that story with another.

    Also gives where each article is in the end, by ref.
    """
    stories: dict[int, str] = {}
    events: list[Event] = []
    placed: dict[str, str] = {}
    for number, (story, other) in enumerate(steps):
        article = article_of(f"r{number}", text=f"Page {number}.")
        stories.setdefault(story, f"s_{number:04}")
        events.append(Grouped(article, Assignment(article.id, stories[story])))
        placed[article.ref] = stories[story]
        if other in stories and stories[other] != stories[story]:
            into, ends = sorted((stories[story], stories[other]))
            events.append(Merge(ends, into, article.id))
            stories = {key: into if value == ends else value for key, value in stories.items()}
            placed = {ref: into if value == ends else value for ref, value in placed.items()}
    return events, placed


STEPS = st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=40)


@given(STEPS)
def test_a_short_stream_gets_one_line_an_article_in_order_with_its_final_story(
    steps: list[tuple[int, int | None]],
) -> None:
    events, placed = stream_of(steps)
    lines = [(line.ref, line.story) for line in settled(events, hold=40)]
    assert lines == [(ref, placed[ref]) for ref in (f"r{n}" for n in range(len(steps)))]


@given(STEPS, st.integers(0, 9))
def test_the_last_line_of_an_article_is_right_however_few_lines_are_held_back(
    steps: list[tuple[int, int | None]], hold: int
) -> None:
    events, placed = stream_of(steps)
    lines = [(line.ref, line.story) for line in settled(events, hold=hold)]
    assert dict(lines) == placed
    assert list(dict.fromkeys(ref for ref, _ in lines)) == [f"r{n}" for n in range(len(steps))]


def test_lines_come_while_the_stream_runs() -> None:
    events, _ = stream_of([(n, None) for n in range(20)])
    stream = iter(events)
    assert next(settled(stream, hold=3)).ref == "r0"
    assert len(list(stream)) == 16


def test_only_the_lines_of_stories_with_late_news_are_remembered() -> None:
    def forever() -> Iterator[Event]:
        for number in range(5_000):
            article = article_of(f"r{number}", text=f"Page {number}.")
            yield Grouped(article, Assignment(article.id, f"s_{number // 2}"))

    lines = settled(forever(), hold=4, kept=10)
    next(lines)
    state = lines.gi_frame.f_locals  # type: ignore[attr-defined]
    for _ in range(3_000):
        next(lines)
    assert len(state["waiting"]) <= 5
    lines_kept = sum(len(items) for items in state["stories"]._stories.values())
    assert lines_kept <= 11
    assert len(state["refs"]) <= 11


# The command, with stories that the texts name (see plain_grouper)


@pytest.fixture(autouse=True)
def stories_stand_in_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon.run.grouping.Grouper", PlainGrouper)
    monkeypatch.setattr("rashomon.run.pipeline.annotate", unmarked)
    monkeypatch.setattr("rashomon.run.intake.TOGETHER", 2)


def unmarked(article: Article, _: Any) -> Marks:
    return Marks(article.id, "1", article.day, "metadata" if article.published else "unknown")


@pytest.fixture
def news(tmp_path: Path) -> Callable[..., str]:
    def write(*texts: str, name: str = "news") -> str:
        rows = [
            {"id": f"{name}-{n}", "outlet": f"Outlet {n % 3}", "title": f"Page {n}", "text": f"{text} on page {n}."}
            for n, text in enumerate(texts)
        ]
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


def lines_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


BRIDGED = ("The tag1 ferry", "The tag2 bridge", "An opera, tag3, tie1", "The tag2 bridge again", "Both tag1 and tag2")


def test_a_merge_gives_all_articles_the_older_story(news: Callable[..., str], capsys: Captured) -> None:
    assert main(["group", news(*BRIDGED)]) == 0
    stories = [line["story"] for line in lines_of(capsys.readouterr().out)]
    assert stories[0] == stories[1] == stories[3] == stories[4] != stories[2]


@pytest.mark.parametrize("kept", [False, True])
def test_the_stories_file_tells_title_outlets_related_and_former_ids(
    news: Callable[..., str], tmp_path: Path, capsys: Captured, kept: bool
) -> None:
    target = tmp_path / "stories.jsonl"
    store = ["--store", str(tmp_path / "s.sqlite")] if kept else []
    assert main(["group", news(*BRIDGED), "--stories", str(target), *store]) == 0
    lines = lines_of(capsys.readouterr().out)
    ferry, opera = lines_of(target.read_text(encoding="utf-8"))
    assert (ferry["id"], opera["id"]) == (lines[0]["story"], lines[2]["story"])
    assert ferry["articles"] == [line["id"] for line in lines if line["story"] == ferry["id"]]
    assert (ferry["count"], ferry["outlets"]) == (4, ["Outlet 0", "Outlet 1"])
    assert (ferry["related"], opera["related"]) == ([opera["id"]], [ferry["id"]])
    assert len(ferry["merged_from"]) == 1
    assert opera["title"] == "Page 2"
    assert sorted(ferry) == sorted(schema("outline")["required"])


def test_a_store_gives_the_lines_that_memory_gives_and_the_same_again(
    news: Callable[..., str], tmp_path: Path, capsys: Captured
) -> None:
    path, store = news(*BRIDGED), ["--store", str(tmp_path / "s.sqlite")]
    outputs = []
    for more in ([], store, store):
        assert main(["group", path, *more]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]


def test_what_others_added_in_between_shows_in_the_lines(
    news: Callable[..., str], tmp_path: Path, capsys: Captured
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    path = news(*BRIDGED[:4])
    main(["group", path, *store])
    before = lines_of(capsys.readouterr().out)
    assert before[0]["story"] != before[1]["story"]
    main(["group", news(BRIDGED[4], name="bridge"), *store])
    capsys.readouterr()
    main(["group", path, *store])
    after = {line["ref"]: line["story"] for line in lines_of(capsys.readouterr().out)}
    assert after["news-0"] == after["news-1"] == before[0]["story"]


def passage(number: int) -> str:
    """A sentence of forty words, a different one for each number: every other word English, so that it is read."""
    dice = random.Random(number)
    english = ["the", "of", "and", "to", "in", "that", "was", "with", "for", "from", "were", "not", "they", "which"]
    made = ["".join(dice.choices("abdegiklmnoprstu", k=dice.randint(3, 9))) for _ in range(20)]
    return " ".join(f"{dice.choice(english)} {word}" for word in made) + "."


@pytest.mark.parametrize("kept", [False, True])
def test_a_line_says_where_its_words_stood_before(
    news: Callable[..., str], tmp_path: Path, capsys: Captured, kept: bool
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")] if kept else []
    texts = [f"The tag1 ferry. {passage(1)} It left", "An opera, tag3", f"In a tag2 harbour: {passage(1)} It sank"]
    assert main(["group", news(*texts), *store]) == 0
    first, _, last = lines_of(capsys.readouterr().out)
    assert first["reuses"] == []
    (reuse,) = last["reuses"]
    assert (reuse["of"], reuse["first"], reuse["why"]) == ("news-0", "there", "unknown")
    assert reuse["words"] >= 40
    rows = [json.loads(line)["text"] for line in Path(news(*texts)).read_text(encoding="utf-8").splitlines()]
    here, there = reuse["passages"][0]["here"], reuse["passages"][0]["there"]
    assert passage(1).rstrip(".") in rows[2][here[0] : here[1]]
    assert rows[2][here[0] : here[1]] == rows[0][there[0] : there[1]]


def test_a_story_closed_long_ago_is_printed_again_from_the_store_and_others_are_not(
    news: Callable[..., str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    main(["group", news("The tag8 quay", "The tag9 pier", "A tag8 and tag9", name="older"), *store])
    capsys.readouterr()
    assert settled.__kwdefaults__
    monkeypatch.setitem(settled.__kwdefaults__, "hold", 1)
    monkeypatch.setitem(settled.__kwdefaults__, "kept", 2)
    path = news(
        "The tag1 ferry", f"A tag2 bridge. {passage(1)}", *(f"Page tag{n}" for n in range(20, 30)), "tag1, tag2"
    )
    outputs = []
    for _ in range(2):
        assert main(["group", path, *store]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    lines = [(line["ref"], line["story"]) for line in lines_of(outputs[0])]
    refs = [ref for ref, _ in lines]
    assert refs == [*(f"news-{n}" for n in range(12)), "news-1", "news-12"]
    assert dict(lines)["news-1"] == dict(lines)["news-0"] == dict(lines)["news-12"]


def test_the_end_of_the_input_merges_what_is_still_young(
    news: Callable[..., str], tmp_path: Path, capsys: Captured
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    path = news("The tag1 ferry", "A young1 tag2 bridge")
    outputs = []
    for more in ([], store, store):
        assert main(["group", path, *more]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]
    one, two = (line["story"] for line in lines_of(outputs[0]))
    assert one == two
    # Opened again, all is as it was: a further article finds one story.
    main(["group", news("Both tag2 again", name="more"), *store])
    assert lines_of(capsys.readouterr().out)[0]["story"] == one


def test_add_after_group_only_has_to_tell(
    news: Callable[..., str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    path = news(*BRIDGED)
    main(["group", path, *store])
    capsys.readouterr()

    def never(*_: Any) -> Marks:
        raise AssertionError("marked again")

    monkeypatch.setattr("rashomon.run.pipeline.annotate", never)
    assert main(["add", path, *store]) == 0
    assert capsys.readouterr().out == "0 new, 5 already there; 2 stories told anew\n"


def test_show_finds_a_story_by_an_id_that_ended(news: Callable[..., str], tmp_path: Path, capsys: Captured) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    main(["add", news(*BRIDGED[:4]), *store])
    with open_store(tmp_path / "s.sqlite") as opened:
        old = opened.stories()[1].id
        assert len(opened.stories()) == 3
    main(["add", news(BRIDGED[4], name="bridge"), *store])
    capsys.readouterr()
    main(["stories", "--json", *store])
    ferry, opera = lines_of(capsys.readouterr().out)
    assert (ferry["merged_from"], ferry["related"], opera["related"]) == ([old], [opera["id"]], [ferry["id"]])
    shown = []
    for asked in ("1", old, old[2:9]):
        assert main(["show", asked, "-o", "-", *store]) == 0
        shown.append(json.loads(capsys.readouterr().out))
    assert shown[0] == shown[1] == shown[2]
    assert len(shown[0]["stories"][0]["articles"]) == 4


def test_a_new_version_of_group_keeps_old_ids_leading_somewhere(
    news: Callable[..., str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    main(["add", news(*BRIDGED), *store])
    with open_store(tmp_path / "s.sqlite") as opened:
        (old,) = opened.former()
        before = opened.assignments()

    class AllInOne(PlainGrouper):
        def add(self, fp: Any) -> Any:
            self._stories.setdefault("all", "s_" + "0" * 16)
            return super().add(fp.__class__(fp.article_id, fp.published, (("all", 1), ("tagall", 1)), (), (), ()))

    monkeypatch.setattr("rashomon.group.VERSION", "next")
    monkeypatch.setattr("rashomon.run.grouping.Grouper", AllInOne)
    assert main(["add", *store]) == 0
    with open_store(tmp_path / "s.sqlite") as opened:
        (row,) = opened.stories()
        for story in {old, *(a.story_id for a in before)}:
            assert opened.find_stories(story) == [row.id]


def test_a_store_grouped_otherwise_than_it_says_is_grouped_anew(
    news: Callable[..., str], tmp_path: Path, capsys: Captured
) -> None:
    store = ["--store", str(tmp_path / "s.sqlite")]
    path = news(*BRIDGED[:4])
    main(["group", path, *store])
    with open_store(tmp_path / "s.sqlite") as opened:
        right = opened.assignments()
        opened.put_merge(Merge(right[1].story_id, right[0].story_id, right[1].article_id))
        assert opened.assignments() != right
    capsys.readouterr()
    main(["group", path, *store])
    with open_store(tmp_path / "s.sqlite") as opened:
        assert opened.assignments() == right


def test_opening_a_store_places_only_what_came_after_the_last_checkpoint(
    news: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = []

    class Watched(PlainGrouper):
        def add(self, fp: Any) -> Any:
            placed.append(fp.article_id)
            return super().add(fp)

    monkeypatch.setattr("rashomon.run.grouping.Grouper", Watched)
    monkeypatch.setattr("rashomon.run.grouping.CHECKPOINT", 10)
    store = ["--store", str(tmp_path / "s.sqlite")]
    path = news(*(f"Page tag{n}" for n in range(24)))
    main(["group", path, *store])
    assert len(placed) == 24
    main(["group", path, *store])
    assert placed[24:] == placed[20:24]
    monkeypatch.setattr("rashomon.run.grouping.WORTH", 1)
    monkeypatch.setattr("rashomon.run.intake.WORTH", 1)
    main(["group", path, *store])
    main(["group", path, *store])
    assert len(placed) == 24 + 4 + 4


def test_a_closed_pipe_ends_it_and_leaves_no_half_of_the_stories_file(news: Callable[..., str], tmp_path: Path) -> None:
    path = news(*(f"Page tag{n}" for n in range(400)))
    command = [sys.executable, "-c", RUN, "group", path, "--stories", str(tmp_path / "stories.jsonl"), "--quiet"]
    done = subprocess.run(
        ["bash", "-c", '"$@" | head -n 1; exit ${PIPESTATUS[0]}', "bash", *command],
        check=False,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOLD": "3"},
    )
    assert (done.stderr, len(done.stdout.splitlines()), done.returncode) == (b"", 1, 141)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news.jsonl"]


# The command with the above in place, in a process of its own that can be killed.
RUN = f"""
import os, sys, time
sys.path.insert(0, {os.fspath(Path(__file__).parent)!r})
import rashomon.run.pipeline, rashomon.run.grouping, rashomon.run.intake, rashomon.run.lines
from plain_grouper import PlainGrouper
from rashomon.model.marks import Marks
rashomon.run.grouping.Grouper = PlainGrouper
rashomon.run.grouping.CHECKPOINT = 16
rashomon.run.intake.TOGETHER = 2
rashomon.run.lines.settled.__kwdefaults__["hold"] = int(os.environ["HOLD"])
def unmarked(article, _):
    time.sleep(float(os.environ.get("PAUSE", "0")))
    return Marks(article.id, "1", article.day)
rashomon.run.pipeline.annotate = unmarked
from rashomon.show.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("signalled", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_killed_goes_on_and_prints_what_an_undisturbed_one_does(
    news: Callable[..., str], tmp_path: Path, signalled: signal.Signals
) -> None:
    dice = random.Random(11)
    texts = []
    for _ in range(120):
        tags = [dice.randrange(40) for _ in range(3)]
        more = f"tie{tags[2]}, young{dice.randrange(40)}"
        texts.append(f"Page tag{tags[0]} and tag{tags[1]}, {more}. {passage(dice.randrange(60))}")
    path = news(*texts)
    environment = {**os.environ, "HOLD": "7", "PAUSE": "0.002"}
    slowly = environment | {"PAUSE": "0.05"}  # slow enough to be caught on a busy machine

    def command(name: str) -> list[str]:
        place = tmp_path / name
        return [
            *(sys.executable, "-c", RUN, "group", path, "--store", f"{place}.sqlite", "--stories", f"{place}.jsonl"),
            *("--workers", "1"),
        ]

    calm = subprocess.run(command("calm"), check=True, capture_output=True, env=environment, timeout=120)
    lines = lines_of(calm.stdout.decode())
    assert len(lines) > len(texts)  # some were printed again
    assert sum(bool(line["reuses"]) for line in lines) > 20
    partial = []
    for wait in (8, 30, 70, 120):
        run = subprocess.Popen(
            command("killed"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=slowly, text=True
        )
        until(run, lambda wait=wait: kept(tmp_path / "killed.sqlite") >= wait)  # type: ignore[misc]
        run.send_signal(signalled)
        run.communicate()
        partial.append(kept(tmp_path / "killed.sqlite"))
        if (tmp_path / "killed.jsonl").exists():  # whole, or not there at all
            assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "calm.jsonl").read_bytes()
    assert partial[0] < len(texts)
    again = subprocess.run(command("killed"), check=True, capture_output=True, env=environment, timeout=120)
    assert again.stdout == calm.stdout
    assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "calm.jsonl").read_bytes()
    with open_store(tmp_path / "calm.sqlite") as one, open_store(tmp_path / "killed.sqlite") as other:
        assert one.assignments() == other.assignments()
        assert one.relations() == other.relations()
        assert one.merges(None, None) == other.merges(None, None)
        assert (one.checkpoint() is None, other.checkpoint() is None) == (False, False)


def until(run: "subprocess.Popen[str]", true: Callable[[], bool]) -> None:
    """Wait until it is true, or the run has ended."""
    end = time.monotonic() + 60
    while not true() and run.poll() is None and time.monotonic() < end:
        time.sleep(0.005)


def kept(path: Path) -> int:
    if not path.exists():
        return 0
    with open_store(path) as store:
        return sum(1 for _ in store.articles())


def test_the_lines_of_an_empty_stream_are_none() -> None:
    assert list(settled([])) == []
    assert Line("a", "r", "s_1", None) == Line("a", "r", "s_1", None, given=True)

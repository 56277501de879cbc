"""The command line: what a person types and what comes back."""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import rashomon
from rashomon.model.version import VERSION
from rashomon.run.local import FEW
from rashomon.show.cli import main
from rashomon.show.output import write_whole

COMMANDS = ("tell", "read", "mark", "group", "add", "stories", "show", "demo")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Two accounts of one event, small enough to be quick."""
    path = tmp_path / "story.jsonl"
    rows = [
        {
            "id": "bell",
            "outlet": "The Belmont Bell",
            "published": "2025-03-05",
            "text": "Two people were hurt when the old bridge at Belmont gave way on Wednesday, Mayor Ana Ruiz said.\n"
            "“The bridge will be closed until Monday,” Ruiz told reporters.",
        },
        {
            "id": "tarn",
            "outlet": "Tarn Today",
            "published": "2025-03-05",
            "text": "Three people were hurt when the old bridge at Belmont gave way on Wednesday, firefighters said.\n"
            "Mayor Ana Ruiz said the bridge “will be closed until Monday”.",
        },
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments: str, **more: object) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "rashomon", *arguments],
        check=False,
        capture_output=True,
        env=environment,
        timeout=120,
        **more,
    )


# Help


def test_help_names_the_commands_in_the_order_of_the_work(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    listed = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out.partition("Commands:")[2], re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_commands_help_has_an_example_and_the_exit_codes(command: str, capsys: Captured) -> None:
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"Example: rashomon {command}" in out
    assert "Exit code: 0 all fine" in out


def test_the_version_is_the_packages(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"rashomon {VERSION}\n"


def test_help_loads_neither_parser_nor_numbers() -> None:
    code = "import sys; from rashomon.show.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stderr.split()
    assert not {b"spacy", b"numpy", b"rich", b"jinja2", b"sqlite3"} & set(loaded)


def test_the_library_is_imported_lazily_and_every_public_name_is_there() -> None:
    code = "import sys, rashomon; print(*(m for m in sys.modules if m.startswith('rashomon')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.split()
    assert sorted(loaded) == [b"rashomon", b"rashomon.model", b"rashomon.model.version"]
    for name in rashomon.__all__:
        assert getattr(rashomon, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rashomon.nothing


@pytest.mark.parametrize("arguments", [["tel"], ["tell"], ["tell", "x", "--workers", "0"], ["mark", "x", "--nothing"]])
def test_wrong_usage_is_exit_code_2_and_leaves_standard_output_empty(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert "Usage: rashomon" in out + err


# tell


def test_tell_without_a_file_prints_a_short_account(story: Path, capsys: Captured) -> None:
    assert main(["tell", str(story)]) == 0
    out, err = capsys.readouterr()
    assert "Belmont" in out
    assert err == ""


@pytest.mark.parametrize(
    ("name", "start"), [("s.html", "<!doctype html>"), ("s.htm", "<!doctype html>"), ("s.json", "{"), ("s.md", "# ")]
)
def test_the_files_ending_picks_the_format(
    story: Path, tmp_path: Path, name: str, start: str, capsys: Captured
) -> None:
    assert main(["tell", str(story), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start)
    assert capsys.readouterr().out == ""


def test_the_format_option_wins_over_the_ending(story: Path, tmp_path: Path) -> None:
    target = tmp_path / "dossier.txt"
    assert main(["tell", str(story), "-o", str(target), "--format", "json"]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == 1


def test_a_dash_or_a_format_alone_means_standard_output(story: Path, capsys: Captured) -> None:
    assert main(["tell", str(story), "-o", "-"]) == 0
    dashed = capsys.readouterr().out
    assert main(["tell", str(story), "--format", "json"]) == 0
    assert capsys.readouterr().out == dashed
    assert len(json.loads(dashed)["articles"]) == 2


def test_workers_change_nothing_about_the_output(tmp_path: Path, capsys: Captured) -> None:
    # More rows than the engine does in its own process, so that two workers really are two.
    rows = [{"id": str(n), "text": f"Mayor Ana Ruiz opened bridge {n} at Belmont on Monday."} for n in range(FEW + 12)]
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"id": "bad"}]), encoding="utf-8")
    outputs = []
    for workers in ("1", "2"):
        assert main(["mark", str(many), "--workers", workers]) == 1
        outputs.append(capsys.readouterr())
    assert [json.loads(line)["ref"] for line in outputs[0].out.splitlines()] == [row["id"] for row in rows]
    assert outputs[0].err.startswith("rashomon: read: bad: ")
    assert outputs[1] == outputs[0]


@pytest.mark.parametrize(
    ("target", "why"),
    [("no/such/folder/s.html", "there is no folder"), (".", "it is a folder"), ("s.pdf", "end it in .html")],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(
    story: Path, tmp_path: Path, target: str, why: str, capsys: Captured
) -> None:
    arguments = ["tell", str(story), "-o", str(tmp_path / target)]
    if target == ".":
        arguments += ["--format", "html"]
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("rashomon: cannot ")
    assert why in line
    assert sorted(p.name for p in tmp_path.iterdir()) == ["story.jsonl"]


def test_a_pipeline_that_is_not_installed_is_told_in_one_line(story: Path, capsys: Captured) -> None:
    assert main(["mark", str(story), "--pipeline", "en_core_web_huge"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "en_core_web_huge" in line


def test_standard_input_is_read_where_a_dash_stands(story: Path) -> None:
    done = run("read", "-", input=story.read_bytes())
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["bell", "tarn"]


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "café “é”.txt"
    path.write_text("The café at Belmont — closed — will open on Monday, Señora Peña said.", encoding="utf-8")
    done = run("read", str(path))
    assert done.returncode == 0
    assert "café at Belmont —" in json.loads(done.stdout.decode("utf-8"))["text"]


# The stages


def test_what_read_prints_is_read_again_as_the_same_articles(story: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["read", str(story)]) == 0
    first = capsys.readouterr().out
    again = tmp_path / "again.jsonl"
    again.write_text(first, encoding="utf-8")
    assert main(["read", str(again)]) == 0
    assert capsys.readouterr().out == first


def test_group_names_story_and_duplicate_by_the_callers_refs(story: Path, tmp_path: Path, capsys: Captured) -> None:
    rows = [json.loads(line) for line in story.read_text(encoding="utf-8").splitlines()]
    text = " ".join(row["text"] for row in rows)
    copies = tmp_path / "copies.jsonl"
    copies.write_text(
        "".join(json.dumps({"id": name, "outlet": name, "text": text}) + "\n" for name in ("first", "second")),
        encoding="utf-8",
    )
    assert main(["group", str(copies)]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["ref"], first["duplicate_of"]) == ("first", None)
    assert (second["ref"], second["duplicate_of"]) == ("second", "first")
    assert first["story"] == second["story"]


def test_a_closed_pipe_ends_the_command_without_a_word(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(json.dumps({"id": str(n), "text": f"Bridge {n} is open. " * 40}) + "\n" for n in range(900))
    )
    command = f"{sys.executable} -m rashomon read {many} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], check=False, capture_output=True, timeout=120
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode == 141


# Bugs


def test_a_bug_gives_a_short_line_and_says_how_to_see_more(
    story: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("rashomon.run.reading.read_articles", broken)
    assert main(["read", str(story)]) == 70
    err = capsys.readouterr().err
    assert "this is a bug: ZeroDivisionError: on purpose" in err
    assert "--debug" in err
    assert "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "read", str(story)])


# Files


def test_a_reader_of_the_report_never_sees_a_part_of_it(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    half, done = threading.Event(), threading.Event()

    def write(file):  # type: ignore[no-untyped-def]
        file.write("new " * 100_000)
        half.set()
        done.wait(10)

    writer = threading.Thread(target=write_whole, args=(target, write))
    writer.start()
    half.wait(10)
    assert target.read_text() == "old"
    done.set()
    writer.join()
    assert target.read_text() == "new " * 100_000
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_report_that_fails_half_way_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")

    def write(file):  # type: ignore[no-untyped-def]
        file.write("new")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write_whole(target, write)
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_link_stays_a_link_and_a_device_is_written_to(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, lambda file: file.write("new"))
    assert link.is_symlink()
    assert real.read_text() == "new"
    write_whole(Path(os.devnull), lambda file: file.write("new"))
    assert not Path(os.devnull).is_file()


# The demo


def test_demo_makes_its_folder_writes_the_report_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    out, err = capsys.readouterr()
    assert (tmp_path / "demo/story.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert str(tmp_path / "demo/story.html") in out
    assert "Trabzon" in out
    assert err == ""

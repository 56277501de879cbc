"""What cannot be read or marked costs only itself: one line, a place in the dossier, exit code 1."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.model.article import Article
from rashomon.model.contract import Json, schema
from rashomon.model.marks import Marks
from rashomon.show.cli import main

GOOD = (
    "The old bridge over the Tarn at Belmont was closed on Wednesday, March 5, 2025, Mayor Ana Ruiz said.\n"
    "“Nobody was hurt,” Ruiz told reporters. The bridge will open again on Monday.\n"
)
GERMAN = (
    "Die alte Brücke bei Belmont wurde am Mittwoch gesperrt, wie die Bürgermeisterin mitteilte. Verletzt wurde "
    "niemand. Die Stadt hofft, dass die Brücke am Montag wieder geöffnet werden kann, sagte ein Sprecher.\n"
)
Broken = Callable[[Path], Path]


def empty(folder: Path) -> Path:
    path = folder / "empty.txt"
    path.write_bytes(b"")
    return path


def binary(folder: Path) -> Path:
    path = folder / "photo.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return path


def long_line(folder: Path) -> Path:
    path = folder / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "long", "text": "')
        for _ in range(50):
            file.write(b"word " * 200_000)
        file.write(b'"}\n')
    return path


def vanished(folder: Path) -> Path:
    return folder / "vanished.txt"


def german(folder: Path) -> Path:
    path = folder / "zeitung.txt"
    path.write_text(GERMAN, encoding="utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def told(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> tuple[int, Json, list[str]]:
    """Exit code, dossier and the lines on standard error of ``rashomon tell ... -o -``."""
    code = main(["tell", *map(str, paths), "--workers", "1", "-o", "-"])
    out, err = capsys.readouterr()
    dossier: Json = json.loads(out)
    Draft202012Validator(schema("dossier")).validate(dossier)
    return code, dossier, err.splitlines()


@pytest.mark.parametrize(
    ("broken", "why"),
    [(empty, "empty"), (binary, "PNG"), (long_line, "too long"), (vanished, "no such file"), (german, "language")],
)
def test_what_cannot_be_read_costs_only_itself(
    broken: Broken, why: str, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = broken(tmp_path)
    code, dossier, lines = told([path, good], capsys)
    assert code == 1
    assert [article["ref"] for article in dossier["articles"]] == [str(good)]
    (failure,) = dossier["failures"]
    assert failure["stage"] == "read"
    assert failure["ref"].startswith(str(path))
    (line,) = lines
    assert line == f"rashomon: read: {failure['ref']}: {failure['error']}"
    assert why.lower() in line.lower()


@pytest.mark.parametrize("broken", [empty, binary, vanished, german])
def test_nothing_readable_at_all_is_an_error_of_its_own(
    broken: Broken, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("tell", "read", "mark", "group"):
        assert main([command, str(broken(tmp_path))]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[-1].endswith(": every input was left out")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("latin.txt", "The café at Belmont closed on Wednesday, Señora Peña said.\n".encode("latin-1")),
        ("word.txt", b"Bridge"),
        ("unclosed.txt", "Mayor Ana Ruiz said: “Nobody was hurt. The bridge will open on Monday.\n".encode()),
        ("windows.txt", "The “old” bridge was closed – for good.\r\nNobody was hurt.\r\n".encode("cp1252")),
    ],
)
def test_odd_but_readable_files_are_told(
    name: str, data: bytes, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code, dossier, _ = told([path, good], capsys)
    listed = {item["ref"] for item in (*dossier["articles"], *dossier["failures"])}
    assert listed == {str(path), str(good)}
    assert {article["ref"] for article in dossier["articles"]} >= {str(good)}
    assert code == (1 if dossier["failures"] else 0)
    if name != "word.txt":  # a text of one word may be refused, with its line, or told
        assert not dossier["failures"]


def test_an_unclosed_quotation_mark_costs_no_other_quotation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unclosed.txt"
    path.write_text(f"{GOOD}“It never ends, the mayor of Salles said on Thursday.\n", encoding="utf-8")
    assert main(["mark", str(path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    text = path.read_text(encoding="utf-8")
    contents = [text[a:b] for quotation in json.loads(line)["quotations"] for a, b in quotation["content"]]
    assert "Nobody was hurt," in contents


def test_all_at_once_each_has_its_line_and_the_rest_is_told(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [make(tmp_path) for make in (empty, binary, vanished, german)]
    code, dossier, lines = told([*paths, good], capsys)
    assert code == 1
    assert [failure["ref"] for failure in dossier["failures"]] == [str(path) for path in paths]
    assert len(lines) == len(paths)
    assert len(dossier["articles"]) == 1


def test_a_name_with_a_line_break_still_makes_one_line(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, lines = told([tmp_path / "two\nlines\x1b[31m.txt", good], capsys)
    (line,) = lines
    assert "\x1b" not in line


def test_an_article_that_breaks_a_stage_is_named_and_the_others_are_told(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def brittle(article: Article, nlp: Language) -> Marks:
        if "Salles" in article.text:
            raise RuntimeError("broke on purpose")
        return annotate(article, nlp)

    monkeypatch.setattr("rashomon.run.pipeline.annotate", brittle)
    bad = tmp_path / "bad.txt"
    bad.write_text("The mayor of Salles opened the new bridge on Thursday.\n", encoding="utf-8")
    code, dossier, lines = told([bad, good], capsys)
    assert code == 1
    assert [article["ref"] for article in dossier["articles"]] == [str(good)]
    assert lines == [f"rashomon: mark: {bad}: RuntimeError: broke on purpose"]
    assert dossier["failures"] == [{"ref": str(bad), "stage": "mark", "error": "RuntimeError: broke on purpose"}]

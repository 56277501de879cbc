"""Every command and every example that the docs show is run, in an empty folder with a few articles in it.

In a ``console`` block the lines after ``$ `` are commands. Those that begin with ``rashomon`` or ``python`` are run and
must succeed (1, something was left out, is success too); ``make WORD`` must be a word of the Makefile; what else one
is told to type is listed in ``NOT_RUN``. A ``python`` block is run as it stands, one of ``>>>`` lines as a doctest.
"""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rashomon.show.cli import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Needs a network, or changes the machine of whoever runs the tests.
NOT_RUN = ("git clone ", "cd ", "pip install ")


def blocks(kind: str) -> list[pytest.ParameterSet]:
    found_blocks = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            if found[1] == kind:
                line = text.count("\n", 0, found.start()) + 1
                found_blocks.append(pytest.param(found[2], id=f"{page.relative_to(ROOT)}:{line}"))
    return found_blocks


def commands(block: str) -> list[str]:
    joined = block.replace("\\\n", " ")
    return [line[2:].strip() for line in joined.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demo_path: str) -> Path:
    """What a reader has at hand: ``news/*.txt`` and ``articles.jsonl``."""
    place = tmp_path_factory.mktemp("reader")
    (place / "news").mkdir()
    shutil.copy(demo_path, place / "articles.jsonl")
    for line in Path(demo_path).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (place / "news" / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def at_home_in_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("RASHOMON_STORE", str(folder / "store.db"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("block", blocks("console"))
def test_the_docs_commands_run(block: str) -> None:
    typed = commands(block)
    assert typed, "a console block without a line that begins with '$ '"
    words = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for command in typed:
        if command.startswith("make"):
            assert set(command.split()[1:]) <= set(words), command
        elif not command.startswith(NOT_RUN):
            assert command.startswith(("rashomon ", "python ")), f"not run by any test: {command}"
            assert run(command) in (0, 1), command


def run(command: str) -> int:
    """As a shell would; what needs no shell runs in this process, which has the parser loaded."""
    if command.startswith("rashomon ") and not set("|<>&;$`") & set(command):
        return main(shlex.split(command)[1:])
    return subprocess.run(["bash", "-c", command], check=False, stdout=subprocess.DEVNULL, timeout=120).returncode


@pytest.mark.parametrize("block", blocks("python"))
def test_the_docs_examples_run(block: str) -> None:
    if ">>>" not in block:
        exec(compile(block, "example", "exec"), {"__name__": "example"})  # the docs' own words, run as a reader would
        return
    test = doctest.DocTestParser().get_doctest(block, {}, "example", None, 0)
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test)
    assert result.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_the_docs_link_to_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_there_is_a_page_to_read() -> None:
    assert ROOT / "README.md" in PAGES

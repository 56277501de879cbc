"""Where a command's result goes: standard output as UTF-8, or a file that is whole or not there at all."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rashomon.show.errors import CommandError

if TYPE_CHECKING:  # the records are not needed to show a help page
    from rashomon.model.contract import Json
    from rashomon.model.dossier import Dossier

STDOUT = "-"


class Format(StrEnum):
    """What a dossier can be written as."""

    html = "html"
    json = "json"
    md = "md"


_ENDINGS = {
    ".html": Format.html,
    ".htm": Format.html,
    ".json": Format.json,
    ".md": Format.md,
    ".markdown": Format.md,
}


def utf8_streams() -> None:
    """Make the standard streams UTF-8 whatever the locale; what UTF-8 cannot hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def write_line(plain: "Json") -> None:
    """One JSON line on standard output."""
    from rashomon.model.contract import dumps

    sys.stdout.write(dumps(plain) + "\n")


def destination(output: str | None, chosen: Format | None) -> tuple[str | None, Format | None]:
    """Where to write and as what, checked before the work begins.

    Args:
        output: what ``-o`` says: a path, "-" for standard output, or None.
        chosen: what ``--format`` says.

    Returns:
        (path or "-", format), or (None, None): the short account for a terminal.

    Raises:
        CommandError: the file's ending names no format, or the place cannot be written to.
    """
    if output is None:
        return (STDOUT, chosen) if chosen else (None, None)
    if output == STDOUT:
        return STDOUT, chosen or (Format.md if sys.stdout.isatty() else Format.json)
    form = chosen or _ENDINGS.get(Path(output).suffix.lower())
    if form is None:
        raise CommandError(f"cannot tell the format of {output!r}: end it in .html, .json or .md, or add --format")
    check_writable(Path(output))
    return output, form


def check_writable(path: Path) -> None:
    """Find out now, not after the work, that a file cannot be written.

    Raises:
        CommandError: it is a folder, its folder is missing, or we may not write there.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise CommandError(f"cannot write {path}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise CommandError(f"cannot write {path}: there is no folder {path.parent}; make it first")
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise CommandError(f"cannot write {path}: no permission")


def write_dossier(dossier: "Dossier", output: str, form: Format) -> None:
    """Write a dossier to a file or to standard output.

    Raises:
        CommandError: the file cannot be written; what stood there before still stands.
    """
    text = _render(dossier, form)
    if output == STDOUT:
        sys.stdout.write(text)
    else:
        write_whole(Path(output), lambda file: file.write(text))


def write_whole(path: Path, write: Callable[[TextIO], object]) -> None:
    """Write a file under another name and rename it, so that a reader sees the old one or the new one, never a part.

    What is not a plain file (``/dev/stdout``, a named pipe) is written to directly.

    Raises:
        CommandError: it cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    direct = target.exists() and not target.is_file()
    place = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with place.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            write(file)
        if not direct:
            if target.exists():
                place.chmod(target.stat().st_mode & 0o7777)
            place.replace(target)
    except BrokenPipeError:
        raise  # not ours: what ``write`` prints meanwhile has lost its reader
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if not direct:
            with suppress(OSError):
                place.unlink()


def _render(dossier: "Dossier", form: Format) -> str:
    if form is Format.json:
        from rashomon.model.contract import dossier_json, dumps

        return dumps(dossier_json(dossier), indent=1) + "\n"
    from rashomon.show.report import render_html, render_markdown

    text = render_html(dossier) if form is Format.html else render_markdown(dossier)
    return text.strip("\n") + "\n"

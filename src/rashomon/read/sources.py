"""Paths, folders, patterns and standard input, to articles: one input after the other, in a fixed order."""

import glob
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from rashomon.model.article import Article, Failure
from rashomon.read.decode import decode, marked_encoding
from rashomon.read.formats import GZIP, format_of, unreadable
from rashomon.read.jsonl import read_json, read_lines
from rashomon.read.limits import Limits
from rashomon.read.text import failure, read_text

STDIN = "-"
_HEAD = 8192


def read_paths(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, limits: Limits | None = None
) -> Iterator[Article | Failure]:
    """Every article that the paths hold, and a failure for each thing that is none.

    Holds one input at a time, however many there are. What an input costs, it costs alone: nothing but the caller
    stops the others from being read. The same article comes again if it is there again.

    Args:
        paths: files (plain text, HTML, JSON Lines, JSON; gzip of these), folders (all files below, hidden ones left
            out), patterns with ``*``, ``?``, ``[...]`` and ``**``, or "-" for standard input.
        stdin: the bytes that "-" stands for.
        limits: how much of one input is read at most.

    Returns:
        In the order of ``paths``, within a folder or pattern by name, within a file as they come. The ``ref`` of an
        article is its path as given, or the ``id`` of its JSON row, or path and line.
    """
    bounds = limits or Limits()
    for path in paths:
        if path == STDIN:
            yield from _read_stdin(stdin, bounds)
            continue
        for found in _expand(path):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _read_file(found, bounds)


def _expand(path: str) -> Iterator[str | Failure]:
    if os.path.isdir(path):
        yield from _below(path)
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield path
    else:
        # The shell hands a pattern on as it is where it is quoted, on Windows, or where nothing matches.
        matches = sorted(glob.iglob(path, recursive=True))
        if not matches:
            yield failure(_ref(path), "no file matches this pattern")
        for match in matches:
            # "**" names a folder and also what is in it: each file is read once.
            if not os.path.isdir(match):
                yield match
            elif "**" not in path:
                yield from _below(match)


def _below(folder: str) -> Iterator[str | Failure]:
    """The files of a folder and its folders, by name, hidden ones left out; links to folders are not followed."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted((e for e in listing if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        yield failure(_ref(folder), f"the folder cannot be opened: {_cause(error)}")
        return
    if not entries:
        yield failure(_ref(folder), "there is no file in the folder")
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif entry.is_file() or not os.path.exists(entry.path):  # one that is gone by now says so when it is opened
            yield entry.path
        elif not entry.is_dir():
            yield failure(_ref(entry.path), "neither a file nor a folder")  # to open a pipe would wait for ever


def _read_file(path: str, limits: Limits) -> Iterator[Article | Failure]:
    ref = _ref(path)
    if "\0" in path:
        yield failure(ref, "there is no such file: no path holds a zero byte")
        return
    try:
        with open(path, "rb") as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                yield failure(ref, "a device, not a file")
                return
            yield from _read_stream(ref, file, limits)
    except FileNotFoundError:
        yield failure(ref, "there is no such file; check the path (or it vanished before it was read)")
    except OSError as error:
        yield failure(ref, f"the file cannot be read: {_cause(error)}")


def _read_stdin(stdin: BinaryIO | None, limits: Limits) -> Iterator[Article | Failure]:
    if stdin is None:
        yield failure(STDIN, "standard input was asked for, and there is none")
        return
    try:
        yield from _read_stream(STDIN, stdin, limits)
    except OSError as error:
        yield failure(STDIN, f"standard input cannot be read: {_cause(error)}")


def _read_stream(ref: str, stream: BinaryIO, limits: Limits) -> Iterator[Article | Failure]:
    whole = _Rewound(stream)
    if not whole.head.startswith(GZIP):
        yield from _read_plain(ref, ref, whole, limits)
        return
    try:
        with gzip.GzipFile(fileobj=cast(BinaryIO, whole), mode="rb") as unpacked:
            yield from _read_plain(ref, ref.removesuffix(".gz"), _Rewound(cast(BinaryIO, unpacked)), limits)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield failure(ref, f"the compressed file is damaged: {error}")


def _read_plain(ref: str, name: str, stream: "_Rewound", limits: Limits) -> Iterator[Article | Failure]:
    if not stream.head:
        yield failure(ref, "standard input is empty" if ref == STDIN else "the file is empty")
        return
    if found := unreadable(stream.head):
        yield failure(ref, f"{found}, not an article; plain text, HTML and JSON Lines are read")
        return
    kind = format_of(stream.head, name)
    source = cast(BinaryIO, stream)
    if kind == "text":
        yield read_text(ref, source, limits)
    elif kind == "html":
        from rashomon.read.html import read_html  # a quarter of a second to load, and most runs meet no page

        yield from read_html(ref, source, limits)
    elif kind == "json":
        yield from read_json(ref, source, limits)
    elif _is_wide(stream.head):
        # Lines end in one byte only in UTF-8 and its kin: what some shells write in UTF-16 is turned over whole.
        data = stream.read(limits.json_bytes + 1)
        if len(data) > limits.json_bytes:
            yield failure(ref, f"JSON Lines in UTF-16 of over {limits.json_bytes // 1_000_000} MB; save it as UTF-8")
        else:
            yield from read_lines(ref, io.BytesIO(decode(data).encode("utf-8", "replace")), limits)
    else:
        yield from read_lines(ref, source, limits)


def _is_wide(head: bytes) -> bool:
    mark = marked_encoding(head)
    return mark is not None and mark[0] != "utf-8"


def _ref(path: str) -> str:
    # A file name is bytes on some systems; those that are no text are shown as replacement characters.
    return os.fsencode(path).decode("utf-8", "replace")


def _cause(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()


class _Rewound:
    """A stream whose first bytes have been looked at and still come first; pipes cannot be wound back."""

    def __init__(self, stream: BinaryIO) -> None:
        self.head = _read_up_to(stream, _HEAD)
        self._first = io.BytesIO(self.head)
        self._rest = stream

    def read(self, size: int) -> bytes:
        data = self._first.read(size)
        return data if len(data) == size else data + _read_up_to(self._rest, size - len(data))

    def readline(self, size: int) -> bytes:
        line = self._first.readline(size)
        if line.endswith(b"\n") or len(line) == size:
            return line
        return line + self._rest.readline(size - len(line))


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """``size`` bytes, fewer only at the end: an unbuffered pipe gives what it has just now."""
    pieces = []
    while size > 0 and (piece := stream.read(min(size, 1 << 20))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)

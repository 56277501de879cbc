"""What kind of file it is: told by its first bytes, with its name as a hint."""

import json
import re
from pathlib import PurePath
from typing import Literal

from rashomon.read.decode import decode, marked_encoding

Format = Literal["text", "html", "lines", "json"]

GZIP = b"\x1f\x8b"
_HTML_NAMES = {".html", ".htm", ".xhtml", ".shtml"}
_LINES_NAMES = {".jsonl", ".ndjson", ".jsonlines"}

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"WARC/", "a web archive (WARC)"),
    (GZIP, "a gzip file inside a gzip file"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def unreadable(head: bytes) -> str | None:
    """What the file is, in words, if it is no text of any kind; None if it may be."""
    for signature, words in _SIGNATURES:
        if head.startswith(signature):
            return words
    if marked_encoding(head):
        return None
    if b"\0" in head:
        return "binary data (it holds zero bytes; if it is UTF-16 text, save it as UTF-8)"
    # Text has none of these; a few slip in through broken exports, where they are no reason to refuse it.
    if len(_CONTROL.findall(head.decode("latin-1"))) > len(head) // 50:
        return "binary data"
    text = head.lstrip().lower()
    if text.startswith((b"<?xml", b"<rss", b"<feed")) and re.search(rb"<(?:rss|feed|rdf:rdf)\b", text):
        return "a feed (RSS or Atom)"
    if re.match(rb"from: <saved by|mime-version: .{0,200}multipart/related", text, re.S):
        return "a web archive (MHTML)"
    return None


def format_of(head: bytes, name: str) -> Format:
    """How to read a file that begins with ``head`` and is called ``name`` (without ``.gz``)."""
    ending = PurePath(name).suffix.lower()
    text = decode(head).lstrip()
    if re.match(r'\[\s*(?:\{\s*["}]|\])', text) or ending == ".json":
        return "json" if text[:1] != "{" or _is_one_object(text) else "lines"
    if ending in _LINES_NAMES:
        return "lines"
    if re.match(r'\{\s*["}]', text):
        return "json" if _is_one_object(text) else "lines"
    low = text[:8192].lower()
    if low.startswith(("<!doctype html", "<html", "<head", "<body")) or ending in _HTML_NAMES:
        return "html"
    return "html" if low.startswith(("<?xml", "<!--", "<!doctype")) and "<html" in low else "text"


def _is_one_object(text: str) -> bool:
    """Whether an object that opens at the start is written over several lines, rather than one row a line."""
    first, _, rest = text.partition("\n")
    if not rest or rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return True
    return False

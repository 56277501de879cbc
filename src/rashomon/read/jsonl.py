"""JSON Lines and JSON files of articles, as Rashomon and news-please write them; and articles back to such a line."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, get_args

from rashomon.model.article import Article, DateSource, Failure
from rashomon.read.dates import normalise_date
from rashomon.read.decode import decode
from rashomon.read.limits import Limits
from rashomon.read.text import admit, failure

_CHUNK = 1 << 20
_SPACE = b" \t\r\n\xef\xbb\xbf"


def write_article(article: Article) -> dict[str, Any]:
    """One line of ``rashomon read``: JSON values from which ``read_lines`` makes the same article again."""
    return {
        "id": article.ref,
        "article": article.id,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "published": article.published,
        "published_from": article.published_from,
        "url": article.url,
        "authors": list(article.authors),
        "language": article.language,
    }


def read_lines(path: str, stream: BinaryIO, limits: Limits) -> Iterator[Article | Failure]:
    """One article or failure for each line that is not blank; holds one line at a time."""
    number = 0
    empty = True
    while line := stream.readline(limits.line_bytes + 1):
        number += 1
        if len(line) > limits.line_bytes and not line.endswith(b"\n"):
            empty = False
            yield failure(
                f"{path}:{number}", f"the line is too long (over {limits.line_bytes // 1_000_000} MB); skipped"
            )
            if not _skip_line(stream, limits.skip_bytes):
                yield failure(path, f"line {number} does not end; whatever comes after it is not read")
                return
        elif line.strip(_SPACE):
            empty = False
            yield _read_row(path, number, line, limits)
    if empty:
        yield failure(path, "there is no line in it but blank ones")


def _skip_line(stream: BinaryIO, at_most: int) -> bool:
    """Read on to the end of the line or of the file; False if neither comes within ``at_most`` bytes."""
    for _ in range(at_most // _CHUNK + 1):
        piece = stream.readline(_CHUNK)
        if not piece or piece.endswith(b"\n"):
            return True
    return False


def _read_row(path: str, number: int, line: bytes, limits: Limits) -> Article | Failure:
    try:
        row = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        return failure(f"{path}:{number}", f"line {number} is not valid JSON ({_reason(error)})")
    return article_from(row, f"{path}:{number}", f"line {number} of {path}: ", limits)


def read_json(path: str, stream: BinaryIO, limits: Limits) -> Iterator[Article | Failure]:
    """The articles of a file that holds one JSON array, or one object; the one kind of file that is held whole."""
    data = stream.read(limits.json_bytes + 1)
    if len(data) > limits.json_bytes:
        yield failure(path, f"the JSON is over {limits.json_bytes // 1_000_000} MB; hand it over as JSON Lines")
        return
    try:
        whole = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        yield failure(path, f"not valid JSON ({_reason(error)})")
        return
    del data
    if isinstance(whole, list):
        if not whole:
            yield failure(path, "the JSON array is empty")
        for number, row in enumerate(whole, start=1):
            yield article_from(row, f"{path}:{number}", f"item {number} of {path}: ", limits)
    else:
        yield article_from(whole, path, "", limits)


def article_from(row: object, ref: str, where: str, limits: Limits) -> Article | Failure:
    """The article of one JSON object.

    Its ``id`` becomes the ref where it has one; a field of an unexpected type counts as missing, and only a missing
    text costs the article.
    """
    if not isinstance(row, dict):
        return failure(ref, f"{_kind(row)} where an object with a text should be")
    own = row.get("id")
    if isinstance(own, str | int) and not isinstance(own, bool) and str(own):
        ref = str(own)
    else:
        where = ""
    text = _string(row, "text") or _string(row, "maintext")
    if not text:
        return failure(ref, f'{where}no text: the row needs a field "text" (or "maintext") that is not empty')
    known_from = row.get("published_from")
    return admit(
        ref,
        text,
        limits=limits,
        where=where,
        title=_string(row, "title"),
        outlet=_string(row, "outlet") or _string(row, "source_domain"),
        url=_string(row, "url"),
        authors=_authors(row.get("authors")),
        published=_published(row),
        published_from=known_from if known_from in get_args(DateSource) else None,
    )


def _string(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _published(row: dict[str, Any]) -> str | None:
    # date_download is when a crawler came by: no date of the article.
    return next(filter(None, (normalise_date(row.get(name)) for name in ("published", "date", "date_publish"))), None)


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(re.split(r"\s*[;,]\s*|\s+and\s+", value.strip()))
    if not isinstance(value, list):
        return ()
    names = [item.get("name") if isinstance(item, dict) else item for item in value]
    return tuple(name for name in names if isinstance(name, str))


def _kind(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"{error.msg} at {line}column {error.colno}"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)

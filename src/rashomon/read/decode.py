"""Bytes to text without loss: UTF-8, else a byte order mark, else what the page declares, else Windows-1252."""

import codecs
import re

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A page's first tag in UTF-16 that has lost its mark: an ASCII character of two bytes, four times in a row.
_UNMARKED = (
    (re.compile(rb"(?:[\t\r\n ]\0)*<\0(?:[!-~]\0){3}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\r\n ])*\0<(?:\0[!-~]){3}"), "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,400}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{1,40})""", re.I
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+|\xc2[\xa0-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")

# Browsers read these labels as Windows-1252, because that is what pages that say so hold.
_REALLY_1252 = {"ascii", "iso8859-1"}


def marked_encoding(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark names, and the mark's length in bytes; 0 for a page in UTF-16 without it.

    >>> marked_encoding(b"\\xff\\xfeN\\x00")
    ('utf-16-le', 2)
    """
    marked = next(((name, len(mark)) for mark, name in _MARKS if head.startswith(mark)), None)
    return marked or next(((name, 0) for start, name in _UNMARKED if start.match(head)), None)


def declared_encoding(head: bytes) -> str | None:
    """The encoding that an HTML or XML page says it is in, if this Python can read it."""
    found = _DECLARED.search(head[:4096])
    if not found:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii"))
    except (LookupError, UnicodeError):
        return None
    if not codec._is_text_encoding or codec.name.startswith(("utf-16", "utf-32")):
        return None  # the declaration was read as ASCII, so it cannot be those
    return "windows-1252" if codec.name in _REALLY_1252 else codec.name


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, its byte order mark removed and every other character kept, line ends as they are.

    Never fails: any byte has a meaning in Windows-1252, as browsers read it.

    >>> decode(b"\\x93Caf\\xe9\\x94")
    '“Café”'
    """
    mark = marked_encoding(data)
    if mark:
        body = data[mark[1] :]
        try:
            return body.decode(mark[0])
        except UnicodeDecodeError:
            return _decode_damaged(body) if mark[0] == "utf-8" else body.decode(mark[0], "replace")
    for encoding in ("utf-8", declared):
        if encoding:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return _decode_damaged(data)


def _decode_damaged(data: bytes) -> str:
    """What is not UTF-8 throughout: UTF-8 with stray bytes in it, or Windows-1252."""
    whole = [match[0] for match in _MULTIBYTE.finditer(data)]
    stray = len(_HIGH.findall(data)) - sum(map(len, whole))
    # In Windows-1252 text a UTF-8 sequence comes about by chance only (É before a closing quote); in UTF-8 text a
    # stray byte is the exception. One in four is far from both.
    if len(whole) > 4 * stray:
        return data.decode("utf-8", _AS_1252)
    return data.decode("windows-1252", _AS_C1)


def _each_byte_as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", _AS_C1), error.end


def _each_byte_as_c1(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves open stand for the control characters of the same number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_AS_1252 = "rashomon.bytes-as-1252"
_AS_C1 = "rashomon.bytes-as-c1"
codecs.register_error(_AS_1252, _each_byte_as_1252)
codecs.register_error(_AS_C1, _each_byte_as_c1)

"""What every article must be, whatever it was read from; and plain text files."""

from typing import BinaryIO

from rashomon.model.article import Article, DateSource, Failure, article_of
from rashomon.read.decode import decode, marked_encoding
from rashomon.read.language import count_words, detect_language
from rashomon.read.limits import Limits

# One word is a file name, a caption or a slip, not an article.
FEWEST_WORDS = 2


def failure(ref: str, error: str) -> Failure:
    """A failure of this room, its message on one line and of bounded length."""
    line = " ".join(error.split())
    return Failure(whole_characters(ref), "read", line if len(line) <= 400 else line[:397] + "...")


def whole_characters(text: str) -> str:
    """``text`` with U+FFFD for every half of a surrogate pair, so that it can be written; no offset moves.

    JSON can hold such halves ("\\\\ud83d" where a tool cut an emoji in two); no encoding can.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)
    return text


def admit(
    ref: str,
    text: str,
    *,
    limits: Limits,
    where: str = "",
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | None = None,
    published_from: DateSource | None = None,
) -> Article | Failure:
    """The article, or why it cannot be one: too long, too little text, or not in English.

    ``where`` is put before the message where ``ref`` does not say it ("line 3 of a.jsonl: ").
    """
    if len(text) > limits.text_chars:
        return failure(ref, f"{where}{_too_long(limits, f'{len(text):,} characters')}")
    text = whole_characters(text)
    language = detect_language(text)
    if language != "en":
        return failure(ref, f"{where}the text is in a language that is not read ({language}); only English is")
    words = count_words(text, FEWEST_WORDS)
    if words < FEWEST_WORDS:
        found = "one word" if words else "no word"
        return failure(ref, f"{where}too little text: {found}; an article has {FEWEST_WORDS} words or more")
    return article_of(
        whole_characters(ref),
        text=text,
        title=_field(title),
        outlet=_field(outlet),
        url=_field(url),
        authors=tuple(name for author in authors if (name := _field(author))),
        published=published,
        published_from=published_from if published else None,
        language=language,
    )


def _field(value: str | None) -> str | None:
    return " ".join(whole_characters(value).split()) or None if value else None


def _too_long(limits: Limits, size: str) -> str:
    return f"the text is too long ({size}, at most {limits.text_chars:,} characters are read); cut it into articles"


def read_text(ref: str, stream: BinaryIO, limits: Limits) -> Article | Failure:
    """One plain text as one article, its text exactly as decoded."""
    data = stream.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        return failure(ref, _too_long(limits, f"more than {limits.text_bytes // 1_000_000} MB"))
    return text_article(ref, data, limits)


def text_article(ref: str, data: bytes, limits: Limits) -> Article | Failure:
    """One article of bytes that are wholly at hand."""
    if b"\0" in data and not marked_encoding(data):
        return failure(ref, "binary data (it holds zero bytes), not text; if it is UTF-16 text, save it as UTF-8")
    return admit(ref, decode(data), limits=limits)

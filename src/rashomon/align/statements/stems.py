"""Words of a sentence, and the stems under which their forms meet.

A light stemmer: it joins plurals, -ed and -ing forms and the irregular forms of common news verbs, and leaves
derivation ("attacker", "explosion") to the word vectors, which know that better than any suffix rule.
"""

import re
import unicodedata
from functools import cache, lru_cache

from rashomon.model.lists import data_lines

# In this order: abbreviations with dots, numbers with their separators, words with an inner apostrophe.
# Hyphenated words fall apart on purpose: outlets disagree about hyphens.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiouy]")
# One short syllable such as "hop": its -ing form doubles the consonant, so "hoping" must come from "hope".
_SHORT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


@cache
def stop_words() -> frozenset[str]:
    """Words that say little about what a sentence is about, lower-case and unstemmed."""
    return frozenset(data_lines("rashomon.align", "stopwords.txt"))


@cache
def _irregular() -> dict[str, str]:
    """Form to stem, for forms that suffix rules get wrong."""
    table: dict[str, str] = {}
    for line in data_lines("rashomon.align", "irregular.tsv"):
        stem, *forms = line.split("\t")
        table[stem] = stem
        table.update((form, stem) for form in forms)
    return table


def words(text: str) -> list[str]:
    """Cut a text into lower-case words and numbers, accents folded, possessive endings dropped.

    >>> words("The U.S. didn’t send José's 1,200 well-armed men.")
    ['the', 'u.s.', "didn't", 'send', 'jose', '1200', 'well', 'armed', 'men']
    """
    return [_fold(match) for match in _WORD.findall(text)]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The same words with their first character and the one behind their last; possessive endings stand inside.

    >>> placed_words("José's men")
    [('jose', 0, 6), ('men', 7, 10)]
    """
    return [(_fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        word = word.replace("’", "'")
    if word[0].isdigit():
        return word.replace(",", "")
    word = word.lower()
    return word[:-2] if word.endswith("'s") and len(word) > 3 else word


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give the stem under which the inflected forms of a lower-case English word meet.

    >>> [stem(w) for w in ("city", "cities", "plan", "planned", "planes", "said", "news", "u.s.")]
    ['city', 'city', 'plan', 'plan', 'plane', 'say', 'news', 'u.s.']
    """
    irregular = _irregular()
    if word in irregular:
        return irregular[word]
    if len(word) < 4 or not word.isalpha():
        return word
    base = _singular(word)
    if base in irregular:
        return irregular[base]
    for suffix in ("ing", "ed"):
        root = base[: -len(suffix)]
        if base.endswith(suffix) and len(root) > 2 and _VOWEL.search(root) and not base.endswith("eed"):
            return irregular.get(root) or irregular.get(root + "e") or _rebuilt(root)
    return _bare(base)


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _rebuilt(root: str) -> str:
    """What is left of "planned", "hoping", "carried", "arriving", brought to the stem of its base form."""
    if _SHORT.fullmatch(root):
        return root + "e"
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeiousl":
        return root[:-1]
    return root[:-1] + "y" if root.endswith("i") else _bare(root)


def _bare(base: str) -> str:
    """Drop a final e, except where "plane" would become "plan"."""
    if len(base) > 3 and base.endswith("e") and not base.endswith("ee") and not _SHORT.fullmatch(base[:-1]):
        return base[:-1]
    return base

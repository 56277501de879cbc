"""When do two names name one person, place or organisation? Rules over folded names, no lists of answers."""

import functools
import re
import unicodedata

from rapidfuzz.distance import JaroWinkler

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h", "’": "'"}
)
_NOT_A_WORD = re.compile(r"[^\w']+", re.UNICODE)
_PARTICLES = frozenset(
    ["al", "bin", "ibn", "de", "da", "del", "della", "der", "di", "dos", "du", "el", "la", "le", "van", "von", "y", "e"]
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LITTLE = frozenset({"of", "the", "and", "for", "on", "in", "de"})
_ARTICLES = frozenset({"the", "a", "an"})
# Two spellings of one foreign name in Latin letters ("Zelensky", "Zelenskyy"): chosen so that the closest pairs of
# different common names (Jong and Jung, Maria and Mario stay apart through the other parts) fall below it.
SAME_SPELLING = 0.92


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name, lower-case, without accents, hyphens, articles, initials' dots and possessives.

    >>> fold("Kim Jong-un") == fold("KIM Jong Un"), fold("Leyla Sarıdere’s")
    (True, ('leyla', 'saridere'))
    """
    text = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = [w[:-2] if w.endswith("'s") else w.strip("'") for w in _NOT_A_WORD.split(text)]
    kept = [w for w in words if w]
    while len(kept) > 1 and kept[0] in _ARTICLES:
        kept = kept[1:]
    return tuple(kept)


@functools.lru_cache(maxsize=65536)
def person_parts(name: str) -> tuple[str, ...]:
    """The telling words of a person's name: no middle initials, no "Jr.".

    >>> person_parts("George W. Bush Jr.")
    ('george', 'bush')
    """
    words = [w for w in fold(name) if w not in _SUFFIXES]
    middle_out = [w for i, w in enumerate(words) if len(w) > 1 or i in {0, len(words) - 1}]
    return tuple(middle_out)


@functools.lru_cache(maxsize=65536)
def generation(name: str) -> str:
    """ "jr" or the like at the end of a name, "" without: father and son are two.

    >>> generation("Omar Haddad Jr."), generation("Omar Haddad")
    ('jr', '')
    """
    words = fold(name)
    return words[-1] if len(words) > 2 and words[-1] in _SUFFIXES else ""


def same_person(a: str, b: str) -> bool:
    """Whether two full names (two words or more) can be one person's.

    One may hold more words than the other ("Maria Lopez", "Maria Elena Lopez"), and spellings may differ a little;
    the words that both have must agree, so that Kim Jong Un and Kim Jong Il, or father and son, stay apart.

    >>> same_person("Kim Jong Un", "Kim Jong-un"), same_person("Kim Jong Un", "Kim Jong Il")
    (True, False)
    >>> same_person("Omar Haddad", "Sheikh Omar Haddad"), same_person("bin Omar", "Salim bin Omar")
    (True, False)
    >>> same_person("Volodymyr Zelensky", "Volodymyr Zelenskyy"), same_person("Davit Beridze", "Zurab Beridze")
    (True, False)
    """
    left, right = person_parts(a), person_parts(b)
    if generation(a) != generation(b):
        return False
    if left == right:
        return True
    if "".join(left) == "".join(right):
        return True
    if len(left) < 2 or len(right) < 2:
        return False
    if len(left) == len(right):
        if sorted(left) == sorted(right):  # family name first or last
            return True
        return all(_same_word(x, y) for x, y in zip(left, right, strict=True))
    short, long = sorted((left, right), key=len)
    if len(short) != 2:
        return False
    # "Maria Lopez" in "Maria Elena Lopez"; behind a title that the parser took for a name, "Sheikh Omar Haddad"; before
    # a further family name, "Maria Lopez Ortiz". A particle and what follows it are no full name of their own.
    whole = short[0] not in _PARTICLES
    return (short[0] == long[0] and short[1] == long[-1]) or (whole and short in {long[-2:], long[:2]})


def name_keys(name: str) -> frozenset[tuple[str, ...]]:
    """What a full name is found again by: two names that are ``same_person``'s have one of these in common.

    >>> bool(name_keys("Omar Haddad") & name_keys("Sheikh Omar Haddad"))
    True
    """
    words = person_parts(name)
    first_letters = tuple(word[0] for word in words)
    pairs = {(words[0], words[-1]), words[:2], words[-2:]} if len(words) > 1 else set()
    return frozenset({*pairs, tuple(sorted(words)), ("".join(words),), first_letters})


def family_names(name: str) -> frozenset[str]:
    """The words of a full name by which its bearer may be called alone: the first and the last, and with particle.

    >>> sorted(family_names("Ursula von der Leyen"))
    ['leyen', 'ursula']
    """
    words = person_parts(name)
    return frozenset({words[0], words[-1]} - _PARTICLES) if words else frozenset()


def is_acronym_of(short: str, name: str) -> bool:
    """Whether ``short`` is made of the initials of ``name`` ("FEFU", "Far Eastern Federal University").

    >>> is_acronym_of("FEFU", "Far Eastern Federal University"), is_acronym_of("NATO", "North Sea Treaty")
    (True, False)
    """
    letters = "".join(fold(short))
    if not (short.isupper() and 2 <= len(letters) <= 8):
        return False
    return letters in initials_of(name)


def is_short_for(short: str, name: str) -> bool:
    """Whether the capitals of ``short`` stand in ``name`` in their order, the first at its beginning.

    For what a bracket behind the name says; more names than its own fit (Schwartz and Hearst, 2003).

    >>> is_short_for("NWA", "Norwind Airlines"), is_short_for("NWA", "Airlines of Norwind")
    (True, False)
    """
    if is_acronym_of(short, name):
        return True
    letters, rest = "".join(fold(short)), iter("".join(fold(name)))
    if not (short.isupper() and 2 <= len(letters) <= 8) or not fold(name):
        return False
    return fold(name)[0].startswith(letters[0]) and all(letter in rest for letter in letters)


def initials_of(name: str) -> tuple[str, str]:
    """The first letters of all words of a name, and of those that count.

    >>> initials_of("Institute of Herring")
    ('ioh', 'ih')
    """
    words = fold(name)
    return "".join(w[0] for w in words), "".join(w[0] for w in words if w not in _LITTLE)


def _other_gender(a: str, b: str) -> bool:
    """ "Maria" and "Mario", "Petrov" and "Petrova": one letter at the end, and two people."""
    return a + "a" == b or b + "a" == a or (a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"})


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if min(len(a), len(b)) < 4 or _other_gender(a, b):
        return False
    return a[0] == b[0] and JaroWinkler.similarity(a, b) >= SAME_SPELLING

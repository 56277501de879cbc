"""Names that stand in phrases without a name: "the N420", "a Norwind 420 aircraft", "the 420 Gull".

Products, ships and flights are called by a code, by a number behind a name, or by a word with a capital inside. The
marks know few of these. A maker's name in front of the number and a nickname behind it are left out. Other names the
marks know in one article and miss in the next.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

Key = tuple[str, ...]
Range = tuple[int, int]
_TOKEN = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
# A text without any of these holds no such name.
_HINT = re.compile(r"\d|[a-z][A-Z]")
# "N420", "F-35B"; "iPhone"; "420", "777-200LR"; "4", "3GS".
_CODE = re.compile(r"[A-Z]{1,4}-?\d\w*(?:-\d+\w*)?")
_INNER = re.compile(r"[a-z]{1,3}[A-Z]\w*")
_LONG = re.compile(r"(?!(?:1[89]|20)\d\ds?$)[1-9]\d{2}(?:-\d+\w*|\d)?s?")
_SHORT = re.compile(r"\d{1,2}[A-Z]{0,2}s?")
_CAPITAL = re.compile(r"[A-Z]\w*")
_NICK = re.compile(r"[A-Z][a-z]\w{2,}")
# The number of a name with a capital inside, which the parser leaves outside the phrase: no share and no sum.
_BEHIND = re.compile(r" \d{1,3}[A-Z]{0,2}s?(?![\w%]|[.,:]\d| (?:percent|per cent|[mb]illion)\b)")
_ENDS_INNER = re.compile(r"(?<!\w)[a-z]{1,3}[A-Z]\w*$")


def with_number(text: str, end: int) -> int:
    """Where a phrase that ends at ``end`` ends with the number of its name.

    >>> text = "the new eBoat 4 and the barge"
    >>> text[: with_number(text, 13)], with_number(text, 29)
    ('the new eBoat 4', 29)
    """
    number = _BEHIND.match(text, end)
    return number.end() if number and _ENDS_INNER.search(text, max(0, end - 30), end) else end


class Models:
    """The codes and numbers by which a story calls things, and the nicknames behind them."""

    def __init__(self) -> None:
        self._known: set[Key] = set()
        self._by_nick: dict[str, set[Key]] = defaultdict(set)

    def learn(self, text: str, named: Sequence[Range] = ()) -> None:
        """Take in a phrase or a name; ``named`` are the characters in it that name somebody."""
        model, nick, _ = _read(text, named)
        if model:
            self._known.add(model)
        if nick:
            self._by_nick[nick].add(model)

    def of(self, text: str, named: Sequence[Range] = (), *, thing: bool = False) -> Key:
        """What a phrase calls a thing by; empty for most phrases.

        Args:
            text: the phrase, to the end of its head.
            named: the characters in it that name somebody.
            thing: its head is a common noun for such things ("aircraft"); else the name must be the head itself.
        """
        model, _, rest = _read(text, named)
        if model:
            return model if thing or not rest else ()
        for word in reversed(_TOKEN.findall(text)[-2 if thing else -1 :]):
            one = _single(word)
            if (one,) in self._known and _LONG.fullmatch(word):
                return (one,)
            models = self._by_nick.get(one, set()) if word[:1].isupper() else set()
            if len(models) == 1:
                return next(iter(models))
        return ()


class StoryNames:
    """The names that the marks found in a story, for those that they missed elsewhere."""

    def __init__(self) -> None:
        self._bearers: dict[str, dict[Key, int]] = defaultdict(dict)
        self._in_article: dict[str, set[Key]] = defaultdict(set)

    def learn(self, name: str, key: Key, article_id: str) -> None:
        """Take in a name, whose it is, and where."""
        self._bearers[name][key] = self._bearers[name].get(key, 0) + 1
        self._in_article[article_id].add(key)

    def of_things(self) -> Iterator[tuple[str, Key]]:
        """The names of bodies and things as often as they were learned."""
        for name, keys in self._bearers.items():
            for key, count in keys.items():
                if key[0] in ("OTHER", "ORG"):
                    yield from [(name, key)] * count

    def bearer(self, text: str, article_id: str, *, opens: bool) -> Key | None:
        """Whose name a phrase is: its article's only bearer's, or else the story's.

        Args:
            text: the phrase.
            article_id: where it stands.
            opens: it is first in its sentence, so that one word alone may have its capital from that.
        """
        bare = text.removeprefix("the ").removeprefix("The ")
        keys = self._bearers.get(bare, {}).keys() if bare[:1].isupper() else ()
        here = keys & self._in_article[article_id] if keys else set()
        if not here and opens and " " not in text:
            return None
        return next(iter(here or keys)) if len(here or keys) == 1 else None


def _read(text: str, named: Sequence[Range]) -> tuple[Key, str, bool]:
    """The name in a phrase, the nickname behind it, and whether other words follow."""
    if not _HINT.search(text):
        return (), "", False
    found = list(_TOKEN.finditer(text))
    tokens = ["", *(m[0] for m in found), ""]
    for at, match in enumerate(found):
        before, token, after = tokens[at : at + 3]
        beside = at > 0 and not text[found[at - 1].end() : match.start()].strip(" ")
        of_name = beside and _is_in(found[at - 1], named)
        of_name = of_name or (beside and bool(_INNER.fullmatch(before) or (at > 1 and _CAPITAL.fullmatch(before))))
        # "420 Gull", not "420 Gulls" nor "420 Norlanders".
        nick = _NICK.fullmatch(after) and not _is_in(found[at + 1], named)
        model: Key = ()
        if _CODE.fullmatch(token) or (_LONG.fullmatch(token) and (of_name or (nick and after[-1] != "s"))):
            model = (_single(token),)
        elif _SHORT.fullmatch(token) and of_name:
            model = (_single(before), _single(token))
        elif _INNER.fullmatch(token) and not _SHORT.fullmatch(after):
            model = (_single(token),)
        if model:
            return model, _single(after) if nick else "", at + 1 + bool(nick) < len(found)
    return (), "", False


def _is_in(token: re.Match[str], named: Sequence[Range]) -> bool:
    return any(start <= token.start() < end for start, end in named)


def _single(word: str) -> str:
    """Lower case, and one of several: "420s", "eBoats"."""
    return word[:-1].lower() if word.endswith("s") and len(word) > 3 else word.lower()

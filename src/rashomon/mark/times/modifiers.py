"""What rounds a time or bounds it (TIMEX3 ``mod``), from the words of the expression and the few just before it."""

from rashomon.mark.times.phrase import Phrase

# A count's bound, once "ago" or "later" makes a point of it: more than two years ago is before the day two years ago.
_AGO = {
    "MORE_THAN": "BEFORE",
    "LESS_THAN": "AFTER",
    "EQUAL_OR_MORE": "ON_OR_BEFORE",
    "EQUAL_OR_LESS": "ON_OR_AFTER",
}
_LATER = {
    "MORE_THAN": "AFTER",
    "LESS_THAN": "BEFORE",
    "EQUAL_OR_MORE": "ON_OR_AFTER",
    "EQUAL_OR_LESS": "ON_OR_BEFORE",
}
_DENIED = {"MORE_THAN": "EQUAL_OR_LESS", "LESS_THAN": "EQUAL_OR_MORE"}


def of_point(mod: str | None, step: int) -> str | None:
    """The modifier of the point that lies so far back (``step`` below 0) or on, from that of the count.

    >>> of_point("MORE_THAN", -1), of_point("LESS_THAN", -1), of_point("LESS_THAN", 1), of_point("APPROX", 1)
    ('BEFORE', 'AFTER', 'BEFORE', 'APPROX')
    """
    return (_AGO if step < 0 else _LATER).get(mod or "", mod)


def with_context(phrase: Phrase, first: int, type_: str, mod: str | None) -> str | None:
    """``mod`` as the words before the reading change it: "no more than", "around May 1", "within a week".

    Args:
        phrase: the match the reading was made from.
        first: the number of the reading's first word.
        type_: the reading's TIMEX3 type.
        mod: what the expression itself says.
    """
    before = phrase.words[first - 1].text.lower() if first else ""
    if before in ("no", "not"):
        return _DENIED.get(mod or "", mod)
    if mod is not None:
        return mod
    if type_ == "DURATION":
        return "EQUAL_OR_LESS" if before == "within" else None
    if type_ in ("DATE", "TIME"):
        if before in ("around", "about", "circa", "approximately", "roughly"):
            return "APPROX"
        if before == "than" and first > 2 and phrase.words[first - 3].text.lower() in ("no", "not"):
            return {"later": "ON_OR_BEFORE", "earlier": "ON_OR_AFTER", "before": "ON_OR_AFTER"}.get(
                phrase.words[first - 2].text.lower()
            )
    return None

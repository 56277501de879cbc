"""Which of a clause's time expressions says when its deed was done."""

from collections.abc import Sequence

from spacy.tokens import Token

from rashomon.mark.claims.words import governors
from rashomon.model.marks import Timex


def governing_time(verb: Token, own: list[Token], timexes: Sequence[Timex]) -> Timex | None:
    """The date or time that says when ``verb`` happened: one that hangs on it, not on a noun far inside."""
    near: list[tuple[bool, int, Timex]] = []
    for timex in timexes:
        if timex.type not in {"DATE", "TIME"} or timex.value.endswith("_REF"):
            continue
        inside = [t for t in own if timex.span.start < t.idx + len(t) and t.idx < timex.span.end]
        if inside and _dates(_top(inside), verb):
            # "on an overnight run … on 12 July": a day tells more than a part of one.
            near.append((timex.anchor != "words" and timex.type == "TIME", abs(inside[0].i - verb.i), timex))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _top(tokens: list[Token]) -> Token:
    """The word of an expression on which the rest of it hangs."""
    numbers = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in numbers), tokens[-1])


def _dates(token: Token, verb: Token) -> bool:
    """Whether a time expression climbs to ``verb`` without passing a clause of its own or a noun that it dates."""
    current = token
    for _ in range(12):
        above = current.head
        if above == verb:
            direct = current == token.head and current.dep_ == "prep" and current.lower_ == "for"
            if direct and governors().get(verb.lemma_) != "planned":
                return False  # "printed posters for October", but "set for October"
            return current != token or current.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr"}
        if above == current:
            return False
        if above.pos_ in {"VERB", "AUX"}:
            return verb.dep_ == "xcomp" and verb.head == above
        if above.pos_ in {"NOUN", "PROPN"}:
            modifies = current.dep_ in {"amod", "compound", "nmod", "poss"} and above.ent_type_ not in {"DATE", "TIME"}
            aim = current.dep_ == "prep" and current.lower_ in {"for", "of", "about"}
            if modifies or aim or not _lets_through(above, verb):
                return False
        current = above
    return False


def _lets_through(noun: Token, verb: Token) -> bool:
    """Nouns a date is often hung on though it is the verb's: "sign the treaty on Friday", "met Ruiz on Monday",
    "at a campus on Thursday", and the date's own words ("Friday afternoon", "April 24")."""
    if noun.ent_type_ in {"DATE", "TIME", "PERSON", "GPE", "LOC", "FAC", "ORG"}:
        return True
    if noun.dep_ in {"dobj", "attr", "oprd"}:
        return noun.head == verb
    return (
        noun.dep_ == "pobj" and noun.head.dep_ == "prep" and (noun.head.head == verb or noun.head.head.pos_ != "NOUN")
    )

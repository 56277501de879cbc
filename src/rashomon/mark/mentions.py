"""Who and what an article names: persons, bodies, places, peoples, each at its words."""

import functools
import re

from spacy.tokens import Token

from rashomon.mark.datelines import dateline_city, find_outlet
from rashomon.mark.drafts import Found, Reading, reading_of
from rashomon.mark.gazetteer import first_names, fold, gazetteer, rows
from rashomon.mark.naming import names_in
from rashomon.mark.pronouns import acting_verbs
from rashomon.mark.referring import refer
from rashomon.mark.roles import find_roles
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention
from rashomon.model.spans import Span

__all__ = ["find_mentions", "find_outlet"]


@functools.cache
def _nouns(group: str) -> frozenset[str]:
    """Words of ``state_nouns.tsv`` by what they tell of a capital beside them."""
    return frozenset(row[0] for row in rows("state_nouns.tsv") if row[1] == group)


def find_mentions(article: Article, tree: Tree) -> tuple[Mention, ...]:
    """Find the persons, bodies, places and peoples that ``article`` names, and the pronouns that stand for them.

    A name that one rule cannot place costs that name, never the article.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``, entities set.

    Returns:
        Mentions in order of their first character, a longer one before those inside it ("the Norlandic leader" holds
        "Norlandic"); names never overlap names.
    """
    reading = reading_of(article.text, tree.doc)
    found = names_in(reading, gazetteer())
    start, city, end = dateline_city(article.text)
    found = _with_dateline(reading, found, start, city)
    found = _with_outlet(reading, found, article.outlet)
    _stand_for_states(reading, found, (start, end))
    found = find_roles(reading, found)
    found = refer(reading, found)
    found.sort(key=lambda f: (f.start, -f.end))
    return tuple(_record(article.id, f) for f in found)


def _record(article_id: str, found: Found) -> Mention:
    return Mention(
        span=Span(article_id, found.start, found.end),
        kind=found.kind,
        name=found.name,
        form=found.form,
        role=Span(article_id, *found.role) if found.role else None,
        known=found.known,
        place=found.place,
        antecedent=Span(article_id, found.antecedent.start, found.antecedent.end) if found.antecedent else None,
    )


def _with_dateline(reading: Reading, found: list[Found], start: int, end: int) -> list[Found]:
    """The dateline's city as one place, whatever the parser made of it."""
    over = [f for f in found if f.start < end and start < f.end]
    places = gazetteer().cities.find(reading.plain[start:end]) if end else ()
    if not places or any(f.entry is not None and f.entry.kind == "capital" for f in over):
        return found
    city = reading.found(start, end, "PLACE", "GPE")
    city.place = next((f.place for f in over if f.place is not None and f.end == end), places[0])
    return sorted([*(f for f in found if f not in over), city], key=lambda f: f.start)


def _with_outlet(reading: Reading, found: list[Found], outlet: str | None) -> list[Found]:
    """The article's own outlet as a body wherever it is named by two words or more, no place inside it."""
    name = " ".join((outlet or "").split()).removeprefix("The ")
    if " " not in name or fold(name.split()[0]) in first_names():  # a columnist's own pages
        return found
    named = []
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", reading.plain):
        over = [f for f in found if f.start < match.end() and match.start() < f.end]
        if any(f.kind == "ORG" and f.start <= match.start() and match.end() <= f.end for f in over):
            continue
        body = reading.found(*match.span(), "ORG")
        entry = gazetteer().named(name)
        body.known = entry.id if entry is not None and entry.kind in ("outlet", "agency") else None
        found = [f for f in found if f not in over]
        named.append(body)
    return sorted([*found, *named], key=lambda f: f.start)


def _stand_for_states(reading: Reading, found: list[Found], dateline: tuple[int, int]) -> None:
    """Tell capitals and seats that act from those where something happens."""
    ruling: dict[int, bool] = {}
    for name in found:
        if name.entry is None or name.entry.kind not in ("capital", "seat"):
            continue
        written = dateline[0] <= name.start < dateline[1]
        acts = not written and _acts(reading.tokens, name, ruling)
        ruling[name.last - 1] = acts
        if acts:
            name.kind, name.known, name.place, name.metonym = "ORG", name.entry.id, None, True
        else:
            name.kind, name.known = "PLACE", None


def _acts(tokens: list[Token], name: Found, ruling: dict[int, bool]) -> bool:
    token = tokens[name.last - 1]
    seat = name.entry is not None and name.entry.kind == "seat"
    if name.last < len(tokens) - 1 and tokens[name.last].text == "-":
        return tokens[name.last + 1].lower_ not in ("based", "born", "area", "bound")
    while token.dep_ == "conj" and token.head.i < token.i:
        if token.head.i in ruling:
            return ruling[token.head.i]
        token = token.head
    head = token.head
    for child in token.children:
        # "Hill City, which sees a threat in it": the clause behind the name says what it does.
        if child.dep_ == "relcl" and child.lemma_.lower() in acting_verbs():
            return any(word.dep_ == "nsubj" and word.lower_ in ("which", "who") for word in child.children)
    if token.dep_ in ("nsubj", "nsubjpass"):
        return head.lemma_.lower() in acting_verbs() or seat
    if token.dep_ == "poss":
        return head.lower_ not in _nouns("town")
    if token.dep_ == "pobj" and head.lower_ in ("by", "with", "against", "toward", "towards"):
        return True
    if token.dep_ == "pobj":
        noun = head.head
        if head.lower_ == "between":
            return noun.lower_ in _nouns("talks") or noun.pos_ == "VERB"
        if head.lower_ in ("to", "from", "on", "for", "of"):
            return noun.lower_ in _nouns("sent") or (seat and head.lower_ in ("of", "for", "on"))
        return False
    if token.dep_ in ("compound", "nmod", "amod"):
        return seat or head.lower_ in _nouns("rule")
    if token.dep_ in ("dobj", "iobj", "dative"):
        return head.lemma_.lower() in acting_verbs("suffer")
    return seat

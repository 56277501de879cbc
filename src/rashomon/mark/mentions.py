"""Who and what an article names: persons, bodies, places, peoples, each at its words."""

import re

from rashomon.mark.capitals import stand_for_states
from rashomon.mark.datelines import dateline_city, find_outlet
from rashomon.mark.drafts import Found, Reading
from rashomon.mark.gazetteer import first_names, fold, gazetteer
from rashomon.mark.naming import names_in
from rashomon.mark.referring import refer
from rashomon.mark.roles import find_roles
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention
from rashomon.model.spans import Span

__all__ = ["find_mentions", "find_outlet"]


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
    reading = Reading(article.text, tree)
    found = names_in(reading, gazetteer())
    start, city, end = dateline_city(article.text)
    found = _with_dateline(reading, found, start, city)
    found = _with_outlet(reading, found, article.outlet)
    stand_for_states(reading, found, (start, end))
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
    if name not in reading.plain:
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

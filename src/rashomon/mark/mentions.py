"""Who and what an article names: persons, bodies, places, peoples, each at its words."""

import functools
import re

from rashomon.mark.datelines import dateline_city, find_outlet
from rashomon.mark.drafts import Found, Reading
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
    reading = Reading(article.text, tree)
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


def _stand_for_states(reading: Reading, found: list[Found], dateline: tuple[int, int]) -> None:
    """Tell capitals and seats that act from those where something happens."""
    ruling: dict[int, bool] = {}
    tree = reading.tree
    for name in found:
        if name.entry is None or name.entry.kind not in ("capital", "seat"):
            continue
        written = dateline[0] <= name.start < dateline[1]
        acts = not written and _acts(tree, name, ruling)
        ruling[name.last - 1] = acts
        if acts:
            name.kind, name.known, name.place, name.metonym = "ORG", name.entry.id, None, True
        else:
            name.kind, name.known = "PLACE", None


def _acts(tree: Tree, name: Found, ruling: dict[int, bool]) -> bool:
    lower, dep, heads = tree.lower, tree.dep, tree.head
    at = name.last - 1
    seat = name.entry is not None and name.entry.kind == "seat"
    if name.last < len(tree) - 1 and tree.text[name.last] == "-":
        return lower[name.last + 1] not in ("based", "born", "area", "bound")
    while dep[at] == "conj" and heads[at] < at:
        if heads[at] in ruling:
            return ruling[heads[at]]
        at = heads[at]
    head = heads[at]
    for child in tree.children[at]:
        # "Hill City, which sees a threat in it": the clause behind the name says what it does.
        if dep[child] == "relcl" and tree.lemma[child].lower() in acting_verbs():
            return any(dep[word] == "nsubj" and lower[word] in ("which", "who") for word in tree.children[child])
    if dep[at] in ("nsubj", "nsubjpass"):
        return tree.lemma[head].lower() in acting_verbs() or seat
    if dep[at] == "poss":
        return lower[head] not in _nouns("town")
    if dep[at] == "pobj" and lower[head] in ("by", "with", "against", "toward", "towards"):
        return True
    if dep[at] == "pobj":
        noun = heads[head]
        if lower[head] == "between":
            return lower[noun] in _nouns("talks") or tree.pos[noun] == "VERB"
        if lower[head] in ("to", "from", "on", "for", "of"):
            return lower[noun] in _nouns("sent") or (seat and lower[head] in ("of", "for", "on"))
        return False
    if dep[at] in ("compound", "nmod", "amod"):
        return seat or lower[head] in _nouns("rule")
    if dep[at] in ("dobj", "iobj", "dative"):
        return tree.lemma[head].lower() in acting_verbs("suffer")
    return seat

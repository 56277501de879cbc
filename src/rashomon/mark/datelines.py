"""Where an article says it was written, and by whom: the dateline, and the outlet that shows in the text."""

import re
from collections import defaultdict

from rashomon.mark.gazetteer import gazetteer, plain
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention, OutletHint
from rashomon.model.spans import Span

# "SEOUL, South Korea (AP) -- ", "Moscow, March 3 (Interfax) - ", at the beginning of a paragraph.
_DATELINE = re.compile(
    r"(?P<city>[^\W\d_][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})"
    r"(?:, (?P<state>[A-Z][\w.'’ -]{1,30}?))?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: \((?P<wire>[^()\n]{2,40})\))?"
    r"\s*(?:--|[-–—―])\s"
)
# How far into the text a dateline may begin: behind a headline, a deck and a byline.
_PARAGRAPHS = 5
_PREFIX = re.compile(r"(?P<name>[^\W\d_][\w.&'’]*(?: [A-Z][\w.&'’]*){0,3})\s?(?P<mark>[-–—:])\s+(?=[A-Z“\"])")
_CITY_WIRE = re.compile(r"[A-Z][\w.'’ -]+?(?:, [\w.'’ -]+?)?\s\((?P<name>[^()\n]{2,40})\)\s*(?:--|[-–—])\s")
_TOLD = re.compile(r"\b(?:told|tells|interview (?:with|to)|speaking to|spoke to)\s+(?:the\s+|The\s+)?$")


def dateline_city(text: str) -> tuple[int, int, int]:
    """Characters ``[start, end)`` of the city in the dateline, and where the dateline ends; zeros if there is none."""
    body = plain(text)
    start = 0
    cities = gazetteer().cities
    for _ in range(_PARAGRAPHS):
        match = _DATELINE.match(body, start)
        if match and (match["city"].isupper() or cities.knows(match["city"]) or match["wire"]):
            state = match["state"]
            if cities.knows(match["city"]) and (state is None or gazetteer().country(state.strip()) or match["wire"]):
                return start, match.end("city"), match.end()
        following = re.compile(r"\n\s*").search(text, start)
        if not following:
            break
        start = following.end()
    return 0, 0, 0


def lead_in(text: str) -> tuple[int, int]:
    """Characters of what stands before the report itself: a dateline, or an outlet's name and a dash; zeros if nothing.

    >>> lead_in("OSLO (Reuters) - Rain fell."), lead_in("Rain fell.")
    ((0, 17), (0, 0))
    """
    start, _, end = dateline_city(text)
    if end:
        return start, end
    prefix = _PREFIX.match(text)
    return (0, prefix.end()) if prefix and prefix["mark"] != ":" else (0, 0)


def find_outlet(article: Article, tree: Tree, mentions: tuple[Mention, ...]) -> OutletHint | None:
    """The outlet that publishes ``article``, only where its own words show it; agencies never count.

    Two things show it: the outlet's name as a prefix of the whole text ("Example Post - ...", "CITY (Example Post) -"),
    or two different speakers who told it, as one house's reporters collect voices.
    """
    text = plain(article.text)
    begin = len(text) - len(text.lstrip())
    for pattern in (_CITY_WIRE, _PREFIX):
        match = pattern.match(text, begin)
        if match:
            entry = gazetteer().named(match["name"].strip())
            if entry is not None and entry.kind == "outlet" and (entry.sure or pattern is _CITY_WIRE):
                return OutletHint(entry.canonical, (Span(article.id, match.start("name"), match.end("name")),))
    speakers: dict[str, dict[int, Span]] = defaultdict(dict)
    for mention in mentions:
        if not (mention.known or "").startswith("outlet:"):
            continue
        start = mention.span.start
        told = _TOLD.search(text, max(0, start - 40), start)
        if told:
            speaker = _teller(tree, tree.at(told.start()))
            if speaker is not None:
                key = _who(mentions, speaker)
                speakers[mention.known or ""].setdefault(key, mention.span)
    shown = {known: spans for known, spans in speakers.items() if len(spans) > 1}
    if len(shown) != 1:
        return None
    ((known, spans),) = shown.items()
    name = next(m for m in mentions if m.known == known)
    entry = gazetteer().named(name.name)
    return OutletHint(entry.canonical if entry else name.name, tuple(sorted(spans.values())))


def _teller(tree: Tree, verb: int) -> int | None:
    """First character of the head of the subject of ``verb``."""
    subject = tree.child(verb, "nsubj", "nsubjpass")
    return None if subject is None else tree.start[subject]


def _who(mentions: tuple[Mention, ...], char: int) -> int:
    """One number for one speaker: where the name he is known by in full begins."""
    for mention in mentions:
        if mention.span.start <= char < mention.span.end:
            return (mention.antecedent or mention.span).start
    return char

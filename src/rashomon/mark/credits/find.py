"""Credits: from whom an article says it has something: byline, dateline, caption, "Reuters reported", the author field.

Names come from the mentions that the gazetteer knows, and from a second look at the lines where credits hide (ends of
the text, brackets, captions), which no sentence parser reads well. What stands around a name tells the relation.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rashomon.mark.citing import cites, citings
from rashomon.mark.credits.authors import field_credits
from rashomon.mark.credits.foot import foot_lines
from rashomon.mark.credits.names import Name, find_names
from rashomon.mark.credits.publisher import Publisher
from rashomon.mark.credits.relation import AROUND, Setting, relation_of
from rashomon.mark.gazetteer import rows
from rashomon.mark.language import paragraphs
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Credit, CreditRelation, Mention, OutletHint
from rashomon.model.spans import Span

_PRONOUN = re.compile(
    r"(?:It|The (?:news )?(?:agency|newspaper|paper|report|outlet|broadcaster|network|daily|website|magazine))\s+"
    r"(?:also |further |later |then )?(?:said|says|added|adds|noted|notes|reported|reports|quoted|cited|wrote|writes)\b"
)
# "Published from an agency's feed" is the agency's copy, not a reprint.
_FEED = re.compile(r"\b(?:feeds?|syndicat\w+|wires?)\b", re.IGNORECASE)
_PHRASE = frozenset(["of", "in", "at", "for", "from", "with", "close", "to", "on", "near", "inside"])
# Tokens of a cited source's words beyond its noun: "officials in the governor's office in Rize".
_LONGEST_PHRASE = 10


def find_credits(
    article: Article, tree: Tree, mentions: Sequence[Mention] = (), hint: OutletHint | None = None
) -> tuple[Credit, ...]:
    """Find whom the article credits: agencies, outlets, media without a name, and whom these cite.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``; its sentences are the scope of what is cited.
        mentions: the article's mentions; without any, the whole text is searched for known names.
        hint: the outlet as the text shows it, where the metadata have none.

    Returns:
        Credits in order of their first character, those of the author field (without a span) before them. One name
        credited in two sentences gives two credits, also where the second sentence says "it".
    """
    text = article.text
    publisher = Publisher.of(article, hint)
    ranges = paragraphs(text)
    starts = [begin for begin, _ in ranges]
    lines = foot_lines(text, ranges)
    names = find_names(text, ranges, mentions, publisher)
    sentences: _Sentences | None = None
    citing: list[tuple[int, int]] | None = None
    found: set[tuple[int, int, CreditRelation, str | None, tuple[int, int] | None]] = set()
    for name in names:
        slot = bisect_right(starts, name.start) - 1
        if slot < 0:
            continue
        relation = relation_of(_setting(text, ranges, slot, name, publisher))
        line = next((line for line in lines if line.start <= name.start < line.end), None)
        if line and (relation != "reprint" or _FEED.search(text, line.start, name.start)):
            continue  # the line says it, below
        if relation is None:
            continue
        scope: tuple[int, int] | None = None
        if relation == "photo":
            scope = ranges[slot]
        elif relation in ("cites", "own"):
            sentences = sentences or _Sentences(tree, text)
            place = sentences.at(name.start)
            scope = sentences.stripped(place) if place >= 0 else ranges[slot]
            if relation == "cites":
                for follower in sentences.followers(place, names):
                    found.add((name.start, name.end, "cites", name.known, follower))
                citing = citings(tree) if citing is None else citing
                for start, end in _cited(tree, citing, name):
                    if not any(start < other.end and other.start < end for other in names):
                        found.add((start, end, "cites", None, scope))
        found.add((name.start, name.end, relation, name.known, scope))
    again = [(start, end) for start, end, relation, _, _ in found if relation == "reprint"]
    for start, end, known in [name for line in lines for name in line.names]:
        agency = (known or "").startswith("agency:")
        told = any(a < end and start < b for a, b in again)
        if not told and (agency or not publisher.is_called(text[start:end], known)):
            found.add((start, end, "wire", known, None))
    credits = [
        Credit(
            span=Span(article.id, start, end),
            name=text[start:end],
            relation=relation,
            known=known,
            scope=Span(article.id, *scope) if scope else None,
        )
        for start, end, relation, known, scope in sorted(found, key=lambda c: (c[0], c[1], c[2], c[4] or (-1, -1)))
    ]
    whole = {credit.known for credit in credits if credit.relation in ("wire", "reprint")}
    credits += [credit for credit in _signed_off(article, ranges) if credit.known not in whole]
    return (*(c for c in field_credits(article, publisher) if c.known not in whole), *credits)


def _setting(text: str, ranges: Sequence[tuple[int, int]], slot: int, name: Name, publisher: Publisher) -> Setting:
    begin, end = ranges[slot]
    left = text[max(begin, name.start - AROUND) : name.start]
    # A pattern that begins at the paragraph's beginning must not begin at the cut.
    left = left if name.start - begin <= AROUND else f"…{left}"
    return Setting(
        left,
        text[name.end : min(end, name.end + AROUND)],
        name.known,
        name.own,
        publisher.name is not None,
        name.listed,
        slot,
        len(ranges),
    )


class _Sentences:
    """The characters of the sentences, asked for by place."""

    def __init__(self, tree: Tree, text: str) -> None:
        self._text = text
        self._bounds = [(tree.start[begin], tree.end[end - 1]) for begin, end in tree.sentences()]
        self._starts = [begin for begin, _ in self._bounds]

    def at(self, position: int) -> int:
        """The number of the sentence that holds a character; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def stripped(self, place: int) -> tuple[int, int]:
        """The characters of a sentence without the white space around it."""
        start, end = self._bounds[place]
        piece = self._text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

    def followers(self, place: int, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
        """The next sentences, as long as they begin with a pronoun that can only be the name's."""
        if place < 0 or place + 1 >= len(self._bounds):
            return
        if not _PRONOUN.match(self._text, *self.stripped(place + 1)):
            return
        begin, end = self._bounds[place]
        if len({name.known for name in names if begin <= name.start < end and name.known}) > 1:
            return
        for after in range(place + 1, len(self._bounds)):
            start, stop = self.stripped(after)
            if not _PRONOUN.match(self._text, start, stop):
                return
            yield start, stop


def _cited(tree: Tree, citing: Sequence[tuple[int, int]], name: Name) -> Iterator[tuple[int, int]]:
    """Whom a medium cites in its turn: "InterPressNews reported, citing a port official"."""
    anchor = tree.before(name.end) - 1
    at = bisect_right(citing, (anchor, len(tree)))
    for place, noun in citing[max(0, at - 1) : at + 1]:
        if cites(tree, anchor, place):
            first = max(tree.low[noun], place + 1)
            last = noun
            for child in tree.children[noun]:
                close = child == last + 1 and tree.dep[child] == "prep" and tree.lower[child] in _PHRASE
                if close and tree.high[child] - noun <= _LONGEST_PHRASE:
                    last = tree.high[child]
            stop = next((p for p in range(noun + 1, last + 1) if tree.tag[p] in (",", ".", ":", "WDT", "WP")), last + 1)
            yield tree.start[first], tree.end[stop - 1]


def _signed_off(article: Article, ranges: Sequence[tuple[int, int]]) -> Iterator[Credit]:
    """The agency whose desk signed the text off in its own way, at the foot, without naming it."""
    for begin, end in ranges[-3:]:
        for agency, name, pattern in _sign_offs():
            match = pattern.search(article.text, begin, end)
            if match:
                yield Credit(Span(article.id, *match.span()), name, "wire", f"agency:{agency}")
                return


@functools.cache
def _sign_offs() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((agency, name, re.compile(pattern)) for agency, name, pattern in rows("sign_offs.tsv"))

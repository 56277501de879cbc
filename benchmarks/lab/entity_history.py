"""What one entity does, says and has done to it in all articles, in order of time.

``timeline`` draws a story's dated claims as they are told; this asks for one entity, and gives a day to what is told
without one where the tense allows it. Nothing is merged: each telling is an event of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rashomon.align.coreference.names import fold
from rashomon.align.coreference.organisation_names import body_words
from rashomon.align.matching.claims import EMPTY_DEEDS
from rashomon.align.statements.prepare import Story
from rashomon.model.marks import Claim, Marks
from rashomon.model.spans import Span
from rashomon.model.timevalue import interval

# Sentences at the top of an article that tell its news, and days before publication that are still news.
LEAD, FRESH = 5, 7
# Of the verbs that tell no deed alone those whose object does: "made its first flight", not "had a first flight".
_LIGHT = frozenset({"make", "take"})
_NEXT_WORD = re.compile(r" [\w-]+")
_LAST_WORD = re.compile(r"[\w-]+$")


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One telling of one event.

    Attributes:
        date: TIMEX3 value of the day, month or year; "" where it is not known.
        span: the word that tells it: a verb, a noun, the cue of reported speech.
    """

    date: str
    span: Span


def history_of(story: Story, name: str) -> tuple[Happening, ...]:
    """All events of a story in which the bearer of ``name`` acts, speaks or is acted upon, undated ones first.

    What is told as done or said without a time was done on the day that its article tells of. Plans, possibilities,
    states and what stands in direct speech have no day but their own.

    Args:
        name: as articles may write it; empty for a name that nobody in the story bears.
    """
    named = _Named(story, name)
    found: dict[Span, str] = {}
    for article in story.articles:
        marks = story.marks[article.id]
        news = day_of_news(marks)
        for claim in marks.claims:
            word = _telling_word(claim, article.text)
            if word and any(named.at(role) for role in (*claim.who, *claim.whom)):
                found.setdefault(word, _date(claim, news))
        for quotation in marks.quotations:
            if quotation.cue and quotation.speaker and named.at(quotation.speaker):
                found.setdefault(quotation.cue, news)
    return tuple(sorted(Happening(day, span) for span, day in found.items()))


def day_of_news(marks: Marks) -> str:
    """The day that an article tells of, ``YYYY-MM-DD``; "" where that and the day of publication are unknown.

    It is the first of the days, not long before publication, that the first sentences name; else that of publication.
    """
    if not marks.published:
        return ""
    published = date.fromisoformat(marks.published[:10])
    top = marks.sentences[:LEAD]
    told = []
    for timex in marks.timexes:
        covered = interval(timex.value) if timex.type in {"DATE", "TIME"} else None
        single = covered and covered[0] == covered[1] and any(s.span.covers(timex.span) for s in top)
        if covered and single and 0 <= (published - covered[0]).days <= FRESH:
            told.append(covered[0])
    return min(told, default=published).isoformat()


def _telling_word(claim: Claim, text: str) -> Span | None:
    """The word that tells a claim's event: its verb, or the object of a light one; None for what merely is so."""
    lead = claim.predicate.split(" ")[0]
    if lead not in EMPTY_DEEDS:
        return claim.predicate_span
    for role in claim.whom if lead in _LIGHT else ():
        last = _LAST_WORD.search(role.cut(text))
        if last and last[0].islower():
            return Span(role.article_id, role.start + last.start(), role.end)
    return None


def _date(claim: Claim, news: str) -> str:
    if claim.when and interval(claim.when):
        return claim.when
    return news if claim.status == "happened" and not claim.quoted else ""


class _Named:
    """Which noun phrases of a story name the bearer of a name.

    A name that begins with another's ("Nordwind 380" of Nordwind's ship) may be a thing's that the marks do not know:
    what is its own in it ("380") names it, with or without its maker.
    """

    def __init__(self, story: Story, name: str) -> None:
        self._story = story
        words = body_words(name)
        known = {body_words(n.text): e.id for e in story.index.entities for n in e.names}
        self._ids = {e.id for e in story.index.entities if any(body_words(n.text) == words for n in e.names)}
        begun = max((count for count in range(1, len(words)) if words[:count] in known), default=None)
        self._own: Sequence[str] = words[begun:] if begun and not self._ids else ()

    def at(self, span: Span) -> bool:
        index, text = self._story.index, self._story.texts[span.article_id]
        found = index.at(span, text) or index.label_at(span.article_id, span.end)
        # The marks may end a phrase with the maker's name: "unveiled the [Nordwind] 380".
        behind = _NEXT_WORD.match(text, span.end)
        words = fold(text[span.start : behind.end() if behind else span.end])
        return found in self._ids or any(w in self._own or w.removesuffix("s") in self._own for w in words)

"""The sentences of a story made comparable: words, names, numbers, days, quoted words and events of each.

Every sentence that reports something is one, whether or not a claim was marked in it: matching begins with sentences.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.align.coreference.entities import EntityIndex
from rashomon.align.statements.quantities import Quantity, read_quantities
from rashomon.align.statements.similarity import Bag, bag, load_lexicon, weigh_in_story
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.spans import Span
from rashomon.model.timevalue import interval

# Words between marks that begin and end a quotation, where the marks of one kind stand in one sentence.
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]?|(?<!\w)[‘']([^‘’]{12,}?)[’'](?!\w)")
# Between an office and its holder's name: "the mayor [of Manta, ]Ana Ruiz".
_OF_WHAT = re.compile(r"(?: (?:of|for|in|at) [^,.;:\n]{1,40})?,? ")
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|nobody|none|den(?:y|ied|ies))\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class StatedSentence:
    """One sentence with what it is compared by.

    Attributes:
        span: the sentence; ``place``: its number in its article, from 0.
        text: its words as printed; ``tokens``: folded and lower-case, in order.
        bag: its stems, weighed within the story.
        content: stems of its words that are no stop words.
        entities: ids of those it speaks of, by name or by pronoun; ``named``: by name.
        quantities: what it counts; ``days``: the values of its dates.
        quoted: stems of content words between quotation marks; ``reported``: in reported speech of any kind;
            ``speakers``: ids of those who said it.
        events: stems of predicates of its claims, of nominal events too.
        denied: whether a word of it negates.
        plain: its text without the offices of those it names ("the mayor of Manta, Ana Ruiz, resigned"); ``others``:
            ids of those it speaks of elsewhere than in such an office.
    """

    article: str
    span: Span
    place: int
    text: str
    tokens: tuple[str, ...]
    bag: Bag
    content: frozenset[str]
    entities: frozenset[str]
    named: frozenset[str]
    quantities: tuple[Quantity, ...]
    days: frozenset[str]
    quoted: frozenset[str]
    reported: frozenset[str]
    speakers: frozenset[str]
    events: frozenset[str]
    denied: bool
    plain: str
    others: frozenset[str]


def stated_sentences(
    articles: Sequence[Article],
    marks: Mapping[str, Marks],
    index: EntityIndex,
    boilerplate: Mapping[str, frozenset[Span]],
) -> tuple[StatedSentence, ...]:
    """The sentences of a story's articles that report something, in order.

    Args:
        boilerplate: by article id the sentences that report nothing.
    """
    lexicon = load_lexicon()
    found: list[StatedSentence] = []
    for article in articles:
        own = marks[article.id]
        mentions = index.in_article.get(article.id, ())
        starts = [m.start for m in mentions]
        named = {m.span for m in own.mentions if m.form == "name"}
        offices = _offices(own, article.text)
        times = [t for t in own.timexes if t.type in {"DATE", "TIME"} and interval(t.value)]
        for place, each in enumerate(own.sentences):
            if each.span in boilerplate[article.id] or _is_credit(each.span, own):
                continue
            text = each.span.cut(article.text)
            inside = mentions[bisect_left(starts, each.span.start) : bisect_left(starts, each.span.end)]
            tokens = tuple(words(text))
            claims = [c for c in own.claims if each.span.covers(c.predicate_span)]
            reports = [q for q in own.quotations if any(part.overlaps(each.span) for part in q.content)]
            known = index.ids(m for m in inside if m in named)
            held = [o for o in offices if each.span.covers(o)]
            parts = [part for q in reports for part in q.content if part.overlaps(each.span)]
            reported = [_common(part, each.span).cut(article.text) for part in parts]
            found.append(
                StatedSentence(
                    article=article.id,
                    span=each.span,
                    place=place,
                    text=text,
                    tokens=tokens,
                    bag=bag(text, lexicon),
                    content=content_stems(tokens),
                    entities=index.ids(inside),
                    named=known,
                    quantities=tuple(read_quantities(text)),
                    days=frozenset(t.value for t in times if each.span.covers(t.span)),
                    quoted=content_stems(w for m in _QUOTED.finditer(text) for w in words(m[1] or m[2])),
                    reported=content_stems(w for part in reported for w in words(part)),
                    speakers=frozenset(
                        s for q in reports if q.speaker and (s := index.at(q.speaker, article.text)) is not None
                    ),
                    events=frozenset(stem(w) for c in claims for w in c.predicate.removeprefix("be ").split(" ")[:1]),
                    denied=bool(_NEGATION.search(text)),
                    plain=_without(text, each.span.start, held),
                    others=index.ids(m for m in inside if not any(o.covers(m) for o in held)),
                )
            )
    weighed = weigh_in_story([each.bag for each in found])
    return tuple(replace(each, bag=new) for each, new in zip(found, weighed, strict=True))


def _offices(marks: Marks, text: str) -> list[Span]:
    """Where the offices of those named stand: "the mayor of Manta, Ana Ruiz"."""
    people = [m for m in marks.mentions if m.kind == "PERSON"]
    starts = {m.span.start for m in people if m.form == "name"}
    before = [_office_before(m.span, starts, text) for m in people if m.form == "nominal"]
    return [*(m.role for m in people if m.role), *(span for span in before if span)]


def _office_before(nominal: Span, people: Container[int], text: str) -> Span | None:
    """The whole of "the mayor of Manta, " where a person's name comes next."""
    behind = _OF_WHAT.match(text, nominal.end)
    if behind and behind.end() in people:
        return Span(nominal.article_id, nominal.start, behind.end())
    return None


def _without(text: str, start: int, parts: Iterable[Span]) -> str:
    """A text, which begins at ``start`` of its article, with some parts of it left blank."""
    for part in parts:
        first, last = part.start - start, part.end - start
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def _is_credit(sentence: Span, marks: Marks) -> bool:
    """Whether a sentence only credits an agency for the whole article: "With material from ..."."""
    credits = any(c.scope is None and c.touches(sentence) for c in marks.credits)
    return credits and not any(sentence.covers(c.predicate_span) for c in marks.claims)


def content_stems(tokens: Iterable[str]) -> frozenset[str]:
    """Stems of the words that are no stop words."""
    return frozenset(stem(w) for w in tokens if w not in stop_words())


def _common(a: Span, b: Span) -> Span:
    return Span(a.article_id, max(a.start, b.start), min(a.end, b.end))

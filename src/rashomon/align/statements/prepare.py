"""A story's claims made ready for comparing: who takes part, what kind of deed, when, where, in what words."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rashomon.align.coreference.entities import EntityIndex, merge_entities
from rashomon.align.statements.boilerplate import furniture
from rashomon.align.statements.sentences import StatedSentence, stated_sentences
from rashomon.align.statements.similarity import Bag, bag, load_lexicon, weigh_in_story
from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import Claim, Marks, Timex
from rashomon.model.measure import measure_of
from rashomon.model.spans import Span
from rashomon.model.story import Entity
from rashomon.model.timevalue import interval

# Days before the story's first article from which a dated claim is background.
BACKGROUND = 30
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|I['’]m|I['’]ve)\b")


# Claims of one article that are held against others': a long article has some hundreds, and pairs grow with the square.
MOST_OF_ONE = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One claim of one article, with what it is compared by.

    Attributes:
        people: those of ``actors`` that are persons.
        actors: entities that act or are acted upon; ``places``: entities it happens at; both ids.
        spots: those of ``places`` that are no states or regions; ``lands``: the country codes of all of them.
        named: every entity whose name stands inside the claim; ``around``: inside its sentence.
        deed: classes of its predicate ("meet", "travel"), its own lemma among them.
        rest: its words without those names.
        background: whether it is dated well before the story's first article.
        sentence: the sentence it stands in.
        speaker: the entity whose word it is, ``voiced`` when it is somebody's word at all.
        about: the first and the last day it may be of, where only a distance from something else tells its time ("two
            months after the summit"): good for comparing, never for a conflict.
    """

    claim: Claim
    article: str
    order: int
    text: str
    bag: Bag
    rest: Bag
    background: bool
    actors: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    spots: frozenset[str]
    lands: frozenset[str]
    around: frozenset[str]
    named: frozenset[str]
    deed: frozenset[str]
    sentence: Span
    speaker: str | None
    voiced: bool
    about: tuple[date, date] | None = None

    @property
    def when(self) -> str | None:
        """The TIMEX3 value of its time, None where it tells none that an absolute day can be told from."""
        value = None if self.about else self.claim.when
        return value if value and not value.startswith(("X", "P", "T")) and not value.endswith("_REF") else None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that its time covers or may be among, where any is known."""
        return self.about or (interval(self.when) if self.when else None)

    def measured(self, timex: Timex) -> "Item":
        """The same at the time that ``timex``, a distance from something else, points at."""
        measure = measure_of(timex.expr)
        if measure is None or timex.point is None:
            return self
        return replace(self, claim=replace(self.claim, when=timex.point), about=measure.around(timex.point))


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A story's articles with all that later steps ask of them."""

    articles: Sequence[Article]
    marks: Mapping[str, Marks]
    texts: Mapping[str, str]
    index: EntityIndex
    items: tuple[Item, ...]
    by_actor: Mapping[str, Sequence[Item]]
    furniture: Mapping[str, frozenset[Span]]
    """By article the sentences that report nothing (``boilerplate.furniture``)."""
    sentences: tuple[StatedSentence, ...] = ()
    spoken: tuple[Item, ...] = ()
    """Claims inside direct speech: part of a fact that another article narrates, but never a claim by themselves.
    Their numbers (``order``) follow those of ``items``."""

    def acted_by(self, entity: str) -> Sequence[Item]:
        """The claims in which an entity takes part, in order."""
        return self.by_actor.get(entity, ())

    def updated(self, items: Mapping[int, Item], timexes: Mapping[str, Mapping[Span, Timex]]) -> "Story":
        """The same with some items (by order) and some times (by article and span) replaced."""
        marks = dict(self.marks)
        for article, told in timexes.items():
            if told:
                marks[article] = replace(
                    marks[article], timexes=tuple(told.get(t.span, t) for t in marks[article].timexes)
                )
        by_actor = {actor: [items.get(i.order, i) for i in own] for actor, own in self.by_actor.items()}
        return replace(self, marks=marks, items=tuple(items.get(i.order, i) for i in self.items), by_actor=by_actor)

    def published(self, article_id: str) -> str | None:
        """The publication day of an article, as far as known."""
        return self.marks[article_id].published


@functools.cache
def deed_classes() -> dict[str, frozenset[str]]:
    """Lemma of a verb or event noun to the classes of deed it belongs to."""
    classes: dict[str, set[str]] = {}
    for line in data_lines("rashomon.align", "predicates.tsv"):
        name, words = line.split("\t")
        for word in words.split():
            classes.setdefault(word, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in classes.items()}


@functools.cache
def told_classes() -> frozenset[str]:
    """The names of all classes of deed."""
    return frozenset(name for names in deed_classes().values() for name in names)


def is_wide(entity: Entity) -> bool:
    """Whether an entity is a state or a region: many occasions have room in it."""
    return (entity.known or "").startswith(("state:", "region:"))


def prepare_story(articles: Sequence[Article], marks: Mapping[str, Marks]) -> "Story":
    """The same, with the entities merged first."""
    return prepare(articles, marks, merge_entities(articles, marks))


def prepare(articles: Sequence[Article], marks: Mapping[str, Marks], index: EntityIndex) -> Story:
    """Make every claim that is not inside direct speech ready for comparing."""
    lexicon = load_lexicon()
    wide = {e.id for e in index.entities if is_wide(e)}
    lands = {e.id: e.place.country for e in index.entities if e.place and e.place.country}
    persons = frozenset(e.id for e in index.entities if e.kind == "PERSON")
    items: list[Item] = []
    spoken_items: list[Item] = []
    report_nothing: dict[str, frozenset[Span]] = {}
    days = sorted(day for a in articles if (day := marks[a.id].published))
    news = (date.fromisoformat(days[0]) - timedelta(days=BACKGROUND)) if days else None
    for article in articles:
        own = marks[article.id]
        named = [(m.span, index.of[m.span]) for m in own.mentions if m.span in index.of]
        sentences = [s.span for s in own.sentences]
        shut = report_nothing[article.id] = furniture(article.text, sentences)
        distances = {t.span: t for t in own.timexes if t.type == "DURATION" and t.point}
        for claim in own.claims[:MOST_OF_ONE]:
            sentence = next((s for s in sentences if s.start <= claim.span.start < s.end), claim.span)
            if sentence in shut:
                continue
            text = claim.span.cut(article.text)
            places = index.ids(claim.where)
            # Speech, whether or not its marks and its speaker were found.
            spoken = claim.quoted or bool(_FIRST_PERSON.search(text))
            item = Item(
                claim=claim,
                article=article.id,
                order=0,
                text=text,
                bag=bag(text, lexicon),
                rest=bag(_without(claim.span, [m.span for m in own.mentions if m.form == "name"], text), lexicon),
                background=_is_before(claim.when, news),
                actors=(actors := index.ids((*claim.who, *claim.whom))),
                people=actors & persons,
                places=places,
                spots=frozenset(p for p in places if p not in wide),
                named=frozenset(e for span, e in named if claim.span.covers(span)),
                lands=frozenset(lands[p] for p in places if p in lands),
                around=frozenset(e for span, e in named if sentence.covers(span)),
                deed=_deed(claim),
                sentence=sentence,
                speaker=index.at(claim.attributed_to, article.text) if claim.attributed_to else None,
                voiced=claim.attributed_to is not None,
            )
            told_at = distances.get(claim.when_span) if claim.when_span else None
            (spoken_items if spoken else items).append(item.measured(told_at) if told_at else item)
    items = [replace(item, order=at) for at, item in enumerate(items)]
    weighed = weigh_in_story([item.bag for item in items])
    rests = weigh_in_story([item.rest for item in items])
    ready = tuple(replace(item, bag=b, rest=r) for item, b, r in zip(items, weighed, rests, strict=True))
    by_actor: dict[str, list[Item]] = {}
    for item in ready:
        for actor in sorted(item.actors):
            by_actor.setdefault(actor, []).append(item)
    stated = stated_sentences(articles, marks, index, report_nothing)
    speech = tuple(replace(item, order=at) for at, item in enumerate(spoken_items, start=len(ready)))
    texts = {a.id: a.text for a in articles}
    return Story(articles, marks, texts, index, ready, by_actor, report_nothing, stated, speech)


def _without(span: Span, names: Sequence[Span], text: str) -> str:
    """The text of ``span`` with the names in it left out."""
    at, kept = 0, []
    for name in sorted(n for n in names if span.covers(n)):
        if name.start - span.start >= at:
            kept.append(text[at : name.start - span.start])
            at = name.end - span.start
    return " ".join([*kept, text[at:]])


def _is_before(when: str | None, day: date | None) -> bool:
    covered = interval(when) if when else None
    return bool(covered and day and covered[1] < day)


def _deed(claim: Claim) -> frozenset[str]:
    """Classes of every word of the predicate ("hold talks" is a meeting), and its main word itself."""
    words = claim.predicate.removeprefix("be ").split(" ")
    return frozenset({words[0]}).union(*(deed_classes().get(word, frozenset()) for word in words))

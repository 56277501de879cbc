"""Whose a phrase without a name is: "the airframer", "the yard's founder", "the caravan".

In this order: what its own sentence ties it to; the name that it is or holds ("the N420 aircraft"); the latest phrase
with the same head, or a noun for the same, in its article that nothing speaks against; the name that ends with its
head; for words like "company", "country" and "aircraft" the last of these that was named before it; whoever the story
ties such a phrase to, if that is one only. What is left is a thing without a name, one with all phrases of the story
that have its head and do not differ in what makes a difference: names and numbers. Offices are told elsewhere
(``offices``).
"""

import functools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.align.coreference.offices import office_holders
from rashomon.align.coreference.product_names import Models, StoryNames, with_number
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks, Mention
from rashomon.model.spans import Span

Key = tuple[str, ...]
_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "said"]
)
_ANOTHER = frozenset(["other", "another", "different", "similar"])
_OWNED = frozenset(["its", "his", "her", "their", "our", "my", "your"])
_NUMBER = re.compile(r"\d")
# Sentences looked back through for the body that "the company" is.
_BACK = 3


@functools.cache
def kinds_of_heads() -> dict[str, str]:
    """Stem of a head ("airline") to the kind of name that it stands for: ORG, STATE, PLACE, THING, RULE (a state)."""
    table = {}
    for line in data_lines("rashomon.align", "kinds.tsv"):
        kind, heads = line.split("\t")
        table.update({stem(head): kind for head in heads.split()})
    return table


@functools.cache
def _head_groups() -> dict[str, str]:
    """Stem of a head ("suit") to the first one of its group ("lawsuit"): what news calls by the one and the other."""
    groups = {}
    for line in data_lines("rashomon.align", "heads.tsv"):
        first, *others = map(stem, line.split())
        groups.update(dict.fromkeys(others, first))
    return groups


@dataclass(slots=True, eq=False)
class _Thing:
    """What phrases speak of: one with a name's key, or none."""

    key: Key | None = None
    names: set[Key] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    span: Span
    noun: str  # the stem of its head
    head: str  # that, or the noun that stands for its group
    plural: bool
    definite: bool
    owned: bool
    names: frozenset[Key]
    numbers: frozenset[str]
    modifiers: frozenset[str]
    another: bool  # it says that it is not the one told of before
    opens: bool  # it stands first in its sentence
    text: str  # with the number behind it that belongs to a name
    within: tuple[tuple[int, int], ...]  # characters of ``text`` that name somebody
    called: Key | None  # the name right before its head, inside it

    @property
    def is_thing(self) -> bool:
        """Whether the head is a noun for things that have names: an aircraft, a phone, a ship."""
        return kinds_of_heads().get(self.noun) == "THING"


def place_labels(
    articles: Sequence[Article], marks: Mapping[str, Marks], key_of: Mapping[Span, Key]
) -> dict[Span, Key]:
    """Whose each label of a story is.

    Args:
        articles: in order.
        marks: by article id.
        key_of: what each mention is.

    Returns:
        By the label's span: a key of ``key_of``, or one that begins with "label" for what has no name. Pronouns that
        belong to nothing are missing.
    """
    placing = _Placing(key_of)
    for article in articles:
        placing.tie(article, marks[article.id])
    placing.name()
    for article in articles:
        placing.place(marks[article.id])
    return office_holders(articles, marks, key_of) | placing.found()


class _Placing:
    def __init__(self, key_of: Mapping[Span, Key]) -> None:
        self._key_of = key_of
        self._things: dict[Span, _Thing] = {}
        self._named: dict[Key, _Thing] = {}
        self._by_head: dict[str, list[_Thing]] = defaultdict(list)
        self._phrases: dict[Span, _Phrase] = {}
        self._models, self._story_names = Models(), StoryNames()
        self._appositions: list[tuple[Span, Span]] = []
        self._named_within: set[Span] = set()

    def tie(self, article: Article, marks: Marks) -> None:
        """Give the labels that their own sentence ties to a name to that name."""
        names = {m.span: self._key_of[m.span] for m in marks.mentions if m.span in self._key_of}
        # "The Norlandic government": a people's name says which state.
        names |= {m.span: ("known", m.known) for m in marks.mentions if m.kind == "GROUP" and m.known}
        ordered = sorted(names)
        openings = {s.span.start for s in marks.sentences}
        for m in marks.mentions:
            key = self._key_of.get(m.span)
            if key and m.form == "name":
                self._story_names.learn(m.name, key, article.id)
                if key[0] in ("OTHER", "ORG"):
                    self._models.learn(m.name)
        for label in marks.labels:
            if label.form == "nominal":
                phrase = self._phrase(label, article.text, ordered, names, label.span.start in openings)
                self._phrases[label.span] = phrase
                self._models.learn(phrase.text, phrase.within)
                if label.antecedent:
                    self._appositions += [(label.span, label.antecedent), (label.antecedent, label.span)]
        after = {label.span: label.antecedent for label in marks.labels if label.antecedent}
        for label in marks.labels:
            span, seen = label.span, set()
            while span in after and span not in self._key_of and span not in seen:
                seen.add(span)
                span = after[span]
            if span in self._key_of:
                key = self._key_of[span]
                self._join(self._named.setdefault(key, _Thing(key)), label.span)

    def name(self) -> None:
        """Give the phrases that are or hold a name ("the N420") to who bears it, and what stands beside them too."""
        bearers: dict[Key, Counter[Key]] = defaultdict(Counter)
        for name, bearer in self._story_names.of_things():
            bearers[self._models.of(name)][bearer] += 1
        for span, phrase in self._phrases.items():
            if span in self._things:
                continue
            key = self._story_names.bearer(phrase.text, span.article_id, opens=phrase.opens)
            if key:
                self._join(self._named.setdefault(key, _Thing(key)), span)
                continue
            model = self._models.of(phrase.text, phrase.within, thing=phrase.is_thing)
            if model:
                key = bearers[model].most_common(1)[0][0] if bearers[model] else ("name", *model)
            elif phrase.is_thing and phrase.called and phrase.called[0] == "OTHER":
                key = phrase.called
            if key:
                self._join(self._named.setdefault(key, _Thing(key)), span)
                self._named_within.add(span)
        for one, other in self._appositions:
            if one in self._named_within and other not in self._things and other in self._phrases:
                self._join(self._things[one], other)

    def place(self, marks: Marks) -> None:
        """Find whose the other labels of one article are, in order."""
        latest: dict[str, list[Span]] = defaultdict(list)
        kinds, endings = self._of_kinds(marks), self._endings(marks)
        for label in marks.labels:
            phrase = self._phrases.get(label.span)
            if phrase is None:
                continue
            if label.span not in self._things:
                thing = None if phrase.another else self._like(phrase, latest[phrase.head])
                thing = thing or self._by_last_word(phrase, endings)
                if thing is None or (phrase.is_thing and not thing.key):
                    thing = self._by_kind(phrase, kinds, marks) or thing or self._elsewhere(phrase)
                self._join(thing or _Thing(), label.span)
            latest[phrase.head].append(label.span)
        for label in marks.labels:
            if label.antecedent in self._things and label.span not in self._things:
                self._join(self._things[label.antecedent], label.span)

    def found(self) -> dict[Span, Key]:
        """The key of each label; a thing without a name is called after its first phrase."""
        keys: dict[int, Key] = {}
        for thing in self._things.values():
            if id(thing) not in keys:
                first = thing.spans[0]
                keys[id(thing)] = thing.key or ("label", first.article_id, str(first.start), str(first.end))
        return {span: keys[id(thing)] for span, thing in self._things.items()}

    def _phrase(
        self, label: Mention, text: str, ordered: Sequence[Span], names: Mapping[Span, Key], opens: bool
    ) -> _Phrase:
        told = words(label.name)
        at = bisect_left(ordered, label.span)
        inside = [s for s in ordered[max(0, at - 1) : at + 6] if label.span.covers(s)]
        spelled = {w for s in inside for w in words(s.cut(text))}
        first = label.span.cut(text).split(" ", 1)[0].lower()
        head = told[-1] if told else label.name.lower()
        start, end = label.span.start, label.span.end
        beside = inside and " " not in text[inside[-1].end : end].strip()
        own = {w for w in told[:-1] if w not in stop_words() and w not in spelled}
        return _Phrase(
            span=label.span,
            noun=stem(head),
            head=_head_groups().get(stem(head), stem(head)),
            plural=head.endswith("s") and not head.endswith("ss"),
            definite=first in _DEFINITE or bool(inside and inside[0].start == label.span.start),
            owned=first in _OWNED,
            names=frozenset(names[s] for s in inside),
            numbers=frozenset(w for w in own if _NUMBER.search(w)),
            modifiers=frozenset(stem(w) for w in own if not _NUMBER.search(w)),
            another=not _ANOTHER.isdisjoint(told[:-1]),
            opens=opens,
            text=text[start : with_number(text, end)],
            within=tuple((s.start - start, s.end - start) for s in inside),
            called=names[inside[-1]] if beside else None,
        )

    def _join(self, thing: _Thing, span: Span) -> None:
        self._things[span] = thing
        thing.spans.append(span)
        phrase = self._phrases.get(span)
        if phrase:
            thing.names |= phrase.names
            thing.numbers |= phrase.numbers
            thing.heads.add(phrase.head)
            alike = self._by_head[phrase.head]
            if thing not in alike:
                alike.append(thing)

    def _like(self, phrase: _Phrase, latest: Sequence[Span]) -> _Thing | None:
        for span in reversed(latest):
            other, thing = self._phrases[span], self._things[span]
            # "Ninety aircraft" are not the one that has a name, and "an aircraft" may be another.
            loose = phrase.is_thing and (not phrase.definite or phrase.numbers)
            if _agree(phrase, other) and not (thing.key and (loose or other.plural != phrase.plural)):
                return thing
        return None

    def _elsewhere(self, phrase: _Phrase) -> _Thing | None:
        fitting = [t for t in self._by_head[phrase.head] if _fits(phrase, t)]
        named = [t for t in fitting if t.key and not phrase.plural]
        if len(named) == 1 and (phrase.names or phrase.modifiers) and phrase.definite:
            return named[0]
        nameless = [t for t in fitting if not t.key]
        nameless = nameless or [t for t in self._by_head[phrase.head] if not t.key and _may_be(phrase, t)]
        return max(nameless, key=lambda t: len(t.spans), default=None)

    def _of_kinds(self, marks: Marks) -> list[tuple[int, str, Key]]:
        """Where bodies, states and towns are named, in order."""
        found: list[tuple[int, str, Key]] = []
        for m in marks.mentions:
            key = self._key_of.get(m.span)
            if key is None or m.kind == "PERSON" or m.form == "nominal":
                continue
            state = key[0] == "known" and key[1].startswith("state:")
            outlet = key[0] == "known" and key[1].startswith(("outlet:", "agency:"))
            kind = "STATE" if state else m.kind if m.kind in ("ORG", "PLACE") and not outlet else ""
            if kind:
                found.append((m.span.start, kind, key))
            elif key[0] == "OTHER" and m.form == "name":
                found.append((m.span.start, "THING", key))
        for label in marks.labels:
            if label.span in self._named_within:
                found.append((label.span.start, "THING", self._things[label.span].key or ()))
        return sorted(found)

    def _endings(self, marks: Marks) -> dict[str, list[tuple[int, Key]]]:
        """Where names of bodies, places and things stand, by the last word of each."""
        found: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        for m in marks.mentions:
            key = self._key_of.get(m.span)
            if key and m.form == "name" and m.kind in ("ORG", "PLACE", "OTHER") and " " in m.name:
                found[stem(m.name.rsplit(" ", 1)[1].lower())].append((m.span.start, key))
        return found

    def _by_last_word(self, phrase: _Phrase, endings: Mapping[str, Sequence[tuple[int, Key]]]) -> _Thing | None:
        """ "The committee" after "the Harbour Safety Committee": the last one so named before it."""
        if (
            not phrase.definite
            or phrase.another
            or phrase.plural
            or phrase.owned
            or phrase.names
            or phrase.numbers
            or phrase.modifiers
        ):
            return None
        before = [key for start, key in endings.get(phrase.noun, ()) if start < phrase.span.start]
        return self._named.setdefault(before[-1], _Thing(before[-1])) if before else None

    def _by_kind(self, phrase: _Phrase, kinds: Sequence[tuple[int, str, Key]], marks: Marks) -> _Thing | None:
        kind = kinds_of_heads().get(phrase.noun)
        if kind is None or phrase.plural:
            return None
        if kind == "RULE":
            ruled = [key for key in phrase.names if key[0] == "known" and key[1].startswith("state:")]
            return self._named.setdefault(ruled[0], _Thing(ruled[0])) if len(phrase.names) == len(ruled) == 1 else None
        if not phrase.definite or phrase.another or phrase.owned or phrase.names:
            return None
        starts = [s.span.start for s in marks.sentences]
        at = bisect_left(starts, phrase.span.start + 1) - 1
        since = starts[max(0, at - _BACK)] if starts else 0
        for start, named, key in reversed(kinds):
            if named != kind or not since <= start < phrase.span.start:
                continue
            thing = self._named.setdefault(key, _Thing(key))
            if kind != "THING" or phrase.head in thing.heads:
                return thing
        return None


def _agree(a: _Phrase, b: _Phrase) -> bool:
    return _same(a.names, b.names) and _same(a.numbers, b.numbers) and _same(a.modifiers, b.modifiers)


def _fits(phrase: _Phrase, thing: _Thing) -> bool:
    # Other outlets use other modifiers for one thing: these speak against it inside one article only.
    return _same(phrase.names, thing.names) and _same(phrase.numbers, thing.numbers)


def _may_be(phrase: _Phrase, thing: _Thing) -> bool:
    # "Norland's army" and "the army of Sudland" are two; "Norland's plan" may be what others call "Ana Ruiz's plan".
    apart = {key[0] for key in phrase.names} & {key[0] for key in thing.names}
    return not apart and _same(phrase.numbers, thing.numbers)


def _same(a: frozenset[str] | frozenset[Key] | set[str] | set[Key], b: object) -> bool:
    """Whether two sets do not exclude each other: one is empty, or they share something."""
    return not a or not b or bool(a & b)  # type: ignore[operator]

"""Whose a phrase without a name is: "the airframer", "the yard's founder", "the caravan".

In this order: what its own sentence ties it to; the latest phrase with the same head in its article that nothing
speaks against; whoever the story ties such a phrase to, if that is one only; the last body or state named before it,
for words like "company" and "country". What is left is a thing without a name, one with all phrases of the story that
have its head and do not differ in what makes a difference: names, numbers and modifiers.
"""

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.align.stems import stem, stop_words, words
from rashomon.model.article import Article
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks, Mention
from rashomon.model.spans import Span

Key = tuple[str, ...]
_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "said"]
)
_OWNED = frozenset(["its", "his", "her", "their", "our", "my", "your"])
_NUMBER = re.compile(r"\d")
# Sentences looked back through for the body that "the company" is.
_BACK = 3


@functools.cache
def kinds_of_heads() -> dict[str, str]:
    """Stem of a head ("airline") to the kind of name that it stands for: ORG, STATE, PLACE, RULE (a government)."""
    table = {}
    for line in data_lines("rashomon.align", "kinds.tsv"):
        kind, heads = line.split("\t")
        table.update({stem(head): kind for head in heads.split()})
    return table


@dataclass(slots=True, eq=False)
class _Thing:
    """What phrases speak of: one with a name's key, or none."""

    key: Key | None = None
    names: set[Key] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    span: Span
    head: str
    plural: bool
    definite: bool
    owned: bool
    names: frozenset[Key]
    numbers: frozenset[str]
    modifiers: frozenset[str]


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
    for article in articles:
        placing.place(marks[article.id])
    return placing.found()


class _Placing:
    def __init__(self, key_of: Mapping[Span, Key]) -> None:
        self._key_of = key_of
        self._things: dict[Span, _Thing] = {}
        self._named: dict[Key, _Thing] = {}
        self._by_head: dict[str, list[_Thing]] = defaultdict(list)
        self._phrases: dict[Span, _Phrase] = {}

    def tie(self, article: Article, marks: Marks) -> None:
        """Give the labels that their own sentence ties to a name to that name."""
        names = {m.span: self._key_of[m.span] for m in marks.mentions if m.span in self._key_of}
        # "The Norlandic government": a people's name says which state.
        names |= {m.span: ("known", m.known) for m in marks.mentions if m.kind == "GROUP" and m.known}
        ordered = sorted(names)
        for label in marks.labels:
            if label.form == "nominal":
                self._phrases[label.span] = self._phrase(label, article.text, ordered, names)
        after = {label.span: label.antecedent for label in marks.labels if label.antecedent}
        for label in marks.labels:
            span, seen = label.span, set()
            while span in after and span not in self._key_of and span not in seen:
                seen.add(span)
                span = after[span]
            if span in self._key_of:
                key = self._key_of[span]
                self._join(self._named.setdefault(key, _Thing(key)), label.span)

    def place(self, marks: Marks) -> None:
        """Find whose the other labels of one article are, in order."""
        latest: dict[str, list[Span]] = defaultdict(list)
        kinds = self._of_kinds(marks)
        for label in marks.labels:
            phrase = self._phrases.get(label.span)
            if phrase is None:
                continue
            if label.span not in self._things:
                thing = self._like(phrase, latest[phrase.head]) or self._by_kind(phrase, kinds, marks)
                thing = thing or self._elsewhere(phrase)
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

    def _phrase(self, label: Mention, text: str, ordered: Sequence[Span], names: Mapping[Span, Key]) -> _Phrase:
        told = words(label.name)
        at = bisect_left(ordered, label.span)
        inside = [s for s in ordered[max(0, at - 1) : at + 6] if label.span.covers(s)]
        spelled = {w for s in inside for w in words(s.cut(text))}
        first = label.span.cut(text).split(" ", 1)[0].lower()
        head = told[-1] if told else label.name.lower()
        own = {w for w in told[:-1] if w not in stop_words() and w not in spelled}
        return _Phrase(
            span=label.span,
            head=stem(head),
            plural=head.endswith("s") and not head.endswith("ss"),
            definite=first in _DEFINITE or bool(inside and inside[0].start == label.span.start),
            owned=first in _OWNED,
            names=frozenset(names[s] for s in inside),
            numbers=frozenset(w for w in own if _NUMBER.search(w)),
            modifiers=frozenset(stem(w) for w in own if not _NUMBER.search(w)),
        )

    def _join(self, thing: _Thing, span: Span) -> None:
        self._things[span] = thing
        thing.spans.append(span)
        phrase = self._phrases.get(span)
        if phrase:
            thing.names |= phrase.names
            thing.numbers |= phrase.numbers
            alike = self._by_head[phrase.head]
            if thing not in alike:
                alike.append(thing)

    def _like(self, phrase: _Phrase, latest: Sequence[Span]) -> _Thing | None:
        for span in reversed(latest):
            other, thing = self._phrases[span], self._things[span]
            if _agree(phrase, other) and not (thing.key and other.plural != phrase.plural):
                return thing
        return None

    def _elsewhere(self, phrase: _Phrase) -> _Thing | None:
        fitting = [t for t in self._by_head[phrase.head] if _fits(phrase, t)]
        named = [t for t in fitting if t.key and not phrase.plural]
        if len(named) == 1 and (phrase.names or phrase.modifiers) and phrase.definite:
            return named[0]
        nameless = [t for t in fitting if not t.key]
        return max(nameless, key=lambda t: len(t.spans), default=None)

    def _of_kinds(self, marks: Marks) -> list[tuple[int, str, Key]]:
        """Where bodies, states and towns are named, in order."""
        found = []
        for m in marks.mentions:
            key = self._key_of.get(m.span)
            if key is None or m.kind == "PERSON" or m.form == "nominal":
                continue
            state = key[0] == "known" and key[1].startswith("state:")
            outlet = key[0] == "known" and key[1].startswith(("outlet:", "agency:"))
            kind = "STATE" if state else m.kind if m.kind in ("ORG", "PLACE") and not outlet else ""
            if kind:
                found.append((m.span.start, kind, key))
        return sorted(found)

    def _by_kind(self, phrase: _Phrase, kinds: Sequence[tuple[int, str, Key]], marks: Marks) -> _Thing | None:
        kind = kinds_of_heads().get(phrase.head)
        if kind is None or phrase.plural:
            return None
        if kind == "RULE":
            ruled = [key for key in phrase.names if key[0] == "known" and key[1].startswith("state:")]
            return self._named.setdefault(ruled[0], _Thing(ruled[0])) if len(phrase.names) == len(ruled) == 1 else None
        if not phrase.definite or phrase.owned or phrase.names:
            return None
        starts = [s.span.start for s in marks.sentences]
        at = bisect_left(starts, phrase.span.start + 1) - 1
        since = starts[max(0, at - _BACK)] if starts else 0
        for start, named, key in reversed(kinds):
            if named == kind and since <= start < phrase.span.start:
                return self._named.setdefault(key, _Thing(key))
        return None


def _agree(a: _Phrase, b: _Phrase) -> bool:
    return _same(a.names, b.names) and _same(a.numbers, b.numbers) and _same(a.modifiers, b.modifiers)


def _fits(phrase: _Phrase, thing: _Thing) -> bool:
    # Other outlets use other modifiers for one thing: these speak against it inside one article only.
    return _same(phrase.names, thing.names) and _same(phrase.numbers, thing.numbers)


def _same(a: frozenset[str] | frozenset[Key] | set[str] | set[Key], b: object) -> bool:
    """Whether two sets do not exclude each other: one is empty, or they share something."""
    return not a or not b or bool(a & b)  # type: ignore[operator]

"""A parse as plain lists: what the rules ask of it thousands of times, without a call into the parser's objects."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
from spacy.attrs import DEP, LEMMA, POS, TAG
from spacy.tokens import Doc

from rashomon.model.spans import Span

_NOUNS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
# Children that belong to the name or the short noun phrase that a speaker is called by.
_CORE = frozenset(["compound", "amod", "det", "poss", "nmod", "nummod", "case", "quantmod", "predet", "advmod", "neg"])
_OF = frozenset(["of", "for", "from", "in", "at", "with", "to", "on", "close", "inside", "by"])


class Tree:
    """The tokens of one text: ``text``, ``lemma``, ``dep``, ``pos``, ``tag``, ``head`` (index), ``start``, ``end``.

    ``sentence`` holds each token's first token of its sentence, ``stop`` the token after its sentence.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        columns = doc.to_array([LEMMA, DEP, POS, TAG])
        known = {key: strings[key] for key in np.unique(columns).tolist()}
        self.lemma, self.dep, self.pos, self.tag = ([known[key] for key in column] for column in columns.T.tolist())
        self.text: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.head: list[int] = []
        self.ent: list[str] = []
        at = 0
        size = len(doc)
        self.children: list[list[int]] = [[] for _ in range(size)]
        self.sentence = [0] * size
        self.stop = [size] * size
        begin = 0
        for place, token in enumerate(doc):
            word = token.text
            self.text.append(word)
            self.start.append(at)
            self.end.append(at + len(word))
            at += len(token.text_with_ws)
            head = token.head.i
            self.head.append(head)
            if head != place:
                self.children[head].append(place)
            if token.is_sent_start and place > begin:
                self._close(begin, place)
                begin = place
        if size:
            self._close(begin, size)
        self.low, self.high = self._edges(size)
        self.people = [(e.start, e.end) for e in doc.ents if e.label_ == "PERSON" and "\n" not in e.text]
        self._people_starts = [start for start, _ in self.people]

    def prefer(self, names: list[tuple[int, int]]) -> None:
        """Take these character ranges for names, before what the parser's entity recogniser found."""
        ranges = [(self.at(start), self.before(end)) for start, end in sorted(names)]
        taken = {place for begin, stop in ranges for place in range(begin, stop)}
        kept = [(b, s) for b, s in self.people if taken.isdisjoint(range(b, s))]
        self.people = sorted([r for r in ranges if r[0] < r[1]] + kept)
        self._people_starts = [start for start, _ in self.people]

    def _close(self, begin: int, stop: int) -> None:
        self.sentence[begin:stop] = [begin] * (stop - begin)
        self.stop[begin:stop] = [stop] * (stop - begin)

    def _edges(self, size: int) -> tuple[list[int], list[int]]:
        low, high = list(range(size)), list(range(size))
        for begin in sorted(set(self.sentence)):
            stop = self.stop[begin]
            order = self._bottom_up(begin, stop)
            for place in order:
                head = self.head[place]
                if head != place:
                    low[head] = min(low[head], low[place])
                    high[head] = max(high[head], high[place])
        return low, high

    def _bottom_up(self, begin: int, stop: int) -> list[int]:
        stack = [place for place in range(begin, stop) if self.head[place] == place]
        order: list[int] = []
        while stack:
            place = stack.pop()
            order.append(place)
            stack.extend(self.children[place])
        order.reverse()
        return order

    def at(self, position: int) -> int:
        """The first token that ends after ``position``."""
        return bisect_right(self.end, position)

    def before(self, position: int) -> int:
        """The number of tokens that start before ``position``."""
        return bisect_left(self.start, position)

    def child(self, place: int, *deps: str) -> int | None:
        """The first child of ``place`` with one of these labels."""
        return next((c for c in self.children[place] if self.dep[c] in deps), None)

    def subject(self, verb: int) -> int | None:
        """The subject of ``verb``, also the one that it shares with the verb that it is coordinated with or under."""
        for _ in range(4):
            own = [c for c in self.children[verb] if self.dep[c] in _SUBJECTS]
            if own:
                return own[0]
            if self.dep[verb] not in (
                "conj",
                "advcl",
                "xcomp",
                "acl",
                "pcomp",
                "prep",
                "dep",
                "ccomp",
                "aux",
                "auxpass",
            ):
                return None
            if self.dep[verb] == "acl" and self.tag[verb] in ("VBG", "VBN"):
                return self.head[verb]
            if self.dep[verb] == "ccomp" and self.tag[verb] in ("VBD", "VBZ", "VBP", "MD"):
                return None
            verb = self.head[verb]
            if self.pos[verb] in ("NOUN", "PROPN"):
                return verb
        return None

    def name_span(self, noun: int, article_id: str) -> Span:
        """The words a speaker is called by: a person's name, else the noun phrase without what trails behind it."""
        appositions = [c for c in self.children[noun] if self.dep[c] == "appos"]
        for place in (noun, *appositions):
            for begin, stop in self._person_at(place):
                return Span(article_id, self.start[begin], self.end[stop - 1])
        first, last = self._core(noun)
        if first > 1 and self.text[first - 1] == "," and self.text[min(last + 1, len(self.text) - 1)] == ",":
            # An apposition that the parser took for the subject: "Ann Lee, an aide, said".
            for begin, stop in self._person_at(first - 2):
                return Span(article_id, self.start[begin], self.end[stop - 1])
        return Span(article_id, self.start[first], self.end[last])

    def _person_at(self, place: int) -> Iterator[tuple[int, int]]:
        slot = bisect_right(self._people_starts, place) - 1
        if slot >= 0:
            begin, stop = self.people[slot]
            if begin <= place < stop and self.text[place] not in ("'s", "’s"):
                while stop - 1 > begin and self.text[stop - 1] in ("'s", "’s", "’", "'", ","):
                    stop -= 1
                yield begin, stop

    def _core(self, noun: int) -> tuple[int, int]:
        first = last = noun
        for c in self.children[noun]:
            if c < noun and self.dep[c] in _CORE:
                first = min(first, self.low[c])
            elif c > noun and self.dep[c] == "prep" and self.text[c] in _OF and c == last + 1:
                last = max(last, self._prep_end(c))
            elif c > noun and self.dep[c] == "case":
                continue
        while first < noun and self.text[first] in (",", '"', "“", "”", "'", "‘"):
            first += 1
        # A phrase never crosses a comma or a sentence end to its right.
        for place in range(noun + 1, last + 1):
            if self.text[place] in (",", ".", ";", ":", "—", "-", "--", "(") or self.pos[place] in ("VERB", "AUX"):
                last = place - 1
                break
        return first, last

    def _prep_end(self, prep: int) -> int:
        last = prep
        for c in self.children[prep]:
            if self.dep[c] == "pobj":
                last = max(last, c, *(self.high[k] for k in self.children[c] if self.dep[k] == "prep"), c)
        return last if last > prep else prep - 1

    def is_person(self, place: int) -> bool:
        """Whether the token is part of a person's name."""
        return next(self._person_at(place), None) is not None

    def is_nominal(self, place: int) -> bool:
        """Whether this can be the head of a speaker's name."""
        return self.pos[place] in _NOUNS

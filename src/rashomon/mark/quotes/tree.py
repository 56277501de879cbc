"""A parse with the people in it: how the rules for speech ask who someone is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rashomon.mark.drafts import TITLES
from rashomon.mark.quotes.words import word_list
from rashomon.mark.tree import Tree
from rashomon.model.spans import Span

_NOUNS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
# Children that belong to the name or the short noun phrase that a speaker is called by.
_CORE = frozenset(["compound", "amod", "det", "poss", "nmod", "nummod", "case", "quantmod", "predet", "advmod", "neg"])
_BEFORE_PARTICIPLES = frozenset(["when", "if", "once", "while", "whenever", "though", "although", "until", "unless"])
# Words between an office and its bearer at most.
_FAR = 14
_OF = frozenset(["of", "for", "from", "in", "at", "with", "to", "on", "close", "inside", "by"])


class SpeechTree(Tree):
    """A tree that knows which tokens name people, and finds subjects and the names of speakers."""

    def __init__(self, tree: Tree, names: Sequence[tuple[int, int]] = ()) -> None:
        """Take ``names``, character ranges, for people, before what the parser's entity recogniser found."""
        self.__dict__.update(vars(tree))
        ranges = [(self.at(start), self.before(end)) for start, end in sorted(names)]
        taken = {place for begin, stop in ranges for place in range(begin, stop)}
        people = [(b, s) for b, s, label in tree.ents if label == "PERSON" and "\n" not in tree.text[b:s]]
        kept = [(b, s) for b, s in people if taken.isdisjoint(range(b, s))]
        self.people = sorted([r for r in ranges if r[0] < r[1]] + kept)
        self._people_starts = [start for start, _ in self.people]

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

    def is_addressed(self, verb: int) -> bool:
        """Whether a verb of speech is a participle that tells of the one spoken to: "asked whether …, Roe laughed"."""
        if self.tag[verb] not in ("VBN", "VBD", "VB") or self.lemma[verb].lower() not in word_list("addressing_verbs"):
            return False
        children = self.children[verb]
        if any(self.dep[c] in ("aux", "auxpass") for c in children):
            return False
        subject = next((c for c in children if self.dep[c] in _SUBJECTS), None)
        if subject is not None and subject < verb:
            # No comma parts a subject from its verb: "Roe, asked whether …, laughed".
            return subject + 2 == verb and self.text[verb - 1] == "," and self.tag[verb] != "VB"
        if self.dep[verb] == "conj":
            return self.tag[verb] == "VBN" and self.is_addressed(self.head[verb])
        if any(self.dep[c] in ("dobj", "dative") and self.pos[c] == "PRON" and c == verb + 1 for c in children):
            return False
        if self.tag[verb] == "VBN" and self.dep[verb] in ("advcl", "acl"):
            return True
        before = verb - 1
        while before >= self.sentence[verb] and self.tag[before] == "RB":
            before -= 1
        return before < self.sentence[verb] or self.lower[before] in _BEFORE_PARTICIPLES

    def name_span(self, noun: int, article_id: str) -> Span:
        """The words a speaker is called by: a person's name, else the noun phrase without what trails behind it."""
        appositions = [c for c in self.children[noun] if self.dep[c] == "appos"]
        for place in (noun, *appositions):
            for begin, stop in self._person_at(place):
                return Span(article_id, self.start[begin], self.end[stop - 1])
        bearer = self._bearer(noun)
        if bearer is not None:
            return Span(article_id, self.start[bearer[0]], self.end[bearer[1] - 1])
        first, last = self._core(noun)
        if first > 1 and self.text[first - 1] == "," and self.text[min(last + 1, len(self.text) - 1)] == ",":
            # An apposition that the parser took for the subject: "Ann Lee, an aide, said".
            for begin, stop in self._person_at(first - 2):
                return Span(article_id, self.start[begin], self.end[stop - 1])
        return Span(article_id, self.start[first], self.end[last])

    def _bearer(self, noun: int) -> tuple[int, int] | None:
        """The person behind an office: "Minister for Trade Ann Roe", "the head of the yard, Ann Roe,"; tokens."""
        if TITLES.get(self.lower[noun], ("",))[0] != "office" and self.lower[noun] != "member":
            return None
        slot = bisect_right(self._people_starts, noun)
        for begin, stop in self.people[slot : slot + 3]:
            if begin - noun > _FAR or self.sentence[begin] != self.sentence[noun]:
                return None
            if not all(self._is_of_office(at) for at in range(noun + 1, begin)):
                return None
            place = begin
            while place - 1 > noun and TITLES.get(self.lower[place - 1], ("",))[0] == "honorific":
                place -= 1
            before, behind = place - 1, self.text[stop] if stop < len(self.text) else "."
            titled = TITLES.get(self.lower[before], ("",))[0] == "office"
            if self.text[before] == ",":
                inner = TITLES.get(self.lower[before - 1], ("",))[0] == "office" and before - 1 > noun
                linked = any(self.lower[at] in _OF for at in range(noun + 1, before))
                if behind in (",", ".", "”", '"') and not (inner and linked):
                    return begin, stop
            elif titled and before > noun:
                # "a spokesman for President Ann Roe" is not she; "Deputy Mayor and Treasurer Ann Roe" is.
                if not any(self.lower[at] in _OF for at in range(noun + 1, before)):
                    return begin, stop
            elif self.pos[before] in ("NOUN", "PROPN", "ADJ") and not self.is_person(before):
                return begin, stop
        return None

    def _is_of_office(self, at: int) -> bool:
        """Whether a word can stand between an office and its bearer."""
        if self.pos[at] in ("VERB", "AUX", "PRON", "SCONJ") or self.tag[at].startswith("V"):
            return False
        return self.text[at] not in (";", ":", ".", "—", "–", "“", "”", '"')

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

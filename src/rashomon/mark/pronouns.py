"""He, she, it and they: whom they stand for, where subject, number and quotation marks leave one answer."""

import functools
import re
from bisect import bisect_right

from spacy.tokens import Token

from rashomon.mark.drafts import Found, Reading
from rashomon.mark.gazetteer import rows

_PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_OTHERS = frozenset(("it", "its", "they", "their", "them"))
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_REASONS = frozenset(("for", "over", "about"))
# Sentences looked back through: further off, news repeats the name.
_BACK = 3
_QUOTED = re.compile(r"“[^“”]{1,2000}(?:”|$)|\"[^\"]{1,2000}(?:\"|$)")


@functools.cache
def acting_verbs(group: str = "") -> frozenset[str]:
    """Lemmas of what a government does; ``group`` "say": of saying and willing; "suffer": what is done to one."""
    wanted = (group,) if group else ("say", "act")
    return frozenset(row[0] for row in rows("acting_verbs.tsv") if row[1] in wanted)


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Characters between quotation marks, paragraph by paragraph: a mark left open ends with its paragraph."""
    out = []
    start = 0
    for line in text.split("\n"):
        out += [(start + m.start(), start + m.end()) for m in _QUOTED.finditer(line)]
        start += len(line) + 1
    return out


def resolve_pronouns(reading: Reading, found: list[Found]) -> list[Found]:
    """Pronouns of the third person as mentions; he and she always, the others where they are resolved."""
    resolver = _Resolver(reading, found)
    out = []
    for index, token in enumerate(reading.tokens):
        lower = token.lower_
        if lower in _PERSONAL:
            out.append(resolver.person(index, _PERSONAL[lower]))
        elif lower in _OTHERS:
            other = resolver.other(index)
            if other is not None:
                out.append(other)
    return out


class _Resolver:
    def __init__(self, reading: Reading, found: list[Found]) -> None:
        self.reading = reading
        self.quotes = quoted_ranges(reading.text)
        self.quote_starts = [start for start, _ in self.quotes]
        self.sentences = [(s.start, s.end) for s in reading.doc.sents if not s[0].is_space or len(s) > 1]
        self.sentence_starts = [start for start, _ in self.sentences]
        self.by_token: dict[int, Found] = {}
        for mention in found:
            for index in range(mention.first, mention.last):
                if mention.form == "name" or index not in self.by_token:
                    self.by_token[index] = mention

    def quote(self, char: int) -> int:
        """Number of the quotation around ``char``, -1 outside."""
        at = bisect_right(self.quote_starts, char) - 1
        return at if at >= 0 and char < self.quotes[at][1] else -1

    def person(self, index: int, gender: str) -> Found:
        token = self.reading.tokens[index]
        mention = self.reading.found(token.idx, token.idx + len(token.text), "PERSON")
        mention.form, mention.gender = "pronoun", gender
        mention.antecedent = self._whom(index, gender)
        if mention.antecedent is not None:
            self.by_token[index] = mention
        return mention

    def _whom(self, index: int, gender: str) -> Found | None:
        tokens, token = self.reading.tokens, self.reading.tokens[index]
        if token.lower_.endswith("self"):
            return self._self(token, gender)
        here = self.quote(token.idx)
        number = bisect_right(self.sentence_starts, index) - 1
        barred = self._barred(token)
        speaker = self._speaker(here) if here >= 0 else None
        # Quoted words whose speaker is not known may be about anybody: only those named inside count.
        inside = here >= 0 and speaker is None

        def fits(other: Found) -> bool:
            target = _root_of(other)
            same_side = self.quote(other.start) == here
            return (
                other.kind == "PERSON"
                and not (target.gender and target.gender != gender)
                and not (other.gender and other.gender != gender)
                and target is not barred
                and (here < 0 or target is not speaker)
                and (same_side or (here >= 0 and not inside))
            )

        for back in range(_BACK + 1):
            if number - back < 0:
                break
            start, end = self.sentences[number - back]
            end = min(end, index)
            heads = [i for i in range(start, end) if i in self.by_token and fits(self.by_token[i])]
            if not heads:
                continue
            targets = {id(_root_of(self.by_token[i])): self.by_token[i] for i in heads}
            if back == 0:
                governing = self._nearer(token, self._governor(token, heads), heads)
                if governing is not None:
                    return _full(self.by_token[governing])
            if len(targets) == 1:
                return _full(next(iter(targets.values())))
            subjects = self._subjects(heads, tokens)
            if subjects is not None:
                return _full(self.by_token[subjects])
            return None
        return None

    def _self(self, token: Token, gender: str) -> Found | None:
        """ "Ann Roe herself": the name just before, or the subject of the same verb."""
        before = self.by_token.get(token.i - 1)
        if before is None:
            subject = next((c for c in token.head.children if c.dep_ in _SUBJECT), None)
            before = self.by_token.get(subject.i) if subject is not None else None
        if before is None or before.kind != "PERSON" or _root_of(before).gender not in ("", gender):
            return None
        return _full(before)

    def _governor(self, token: Token, heads: list[int]) -> int | None:
        """The subject of the nearest clause above ``token`` that is a candidate."""
        wanted = set(heads)
        verb = token.head
        patient = self._blamed(token, wanted)
        if patient is not None:
            return patient
        own = token.dep_ in _SUBJECT
        while True:
            for child in verb.children:
                if own and verb.i == token.head.i:
                    continue
                if child.dep_ in _SUBJECT and child.i in wanted and child.i < token.i:
                    return child.i
                if child.dep_ in _SUBJECT and child.i < token.i:
                    inside = [i for i in wanted if child.left_edge.i <= i <= child.right_edge.i]
                    deps = {self.reading.tokens[i].dep_ for i in inside}
                    if inside and (deps & {"compound", "appos"} or (deps == {"poss"} and token.lower_ in _POSSESSIVE)):
                        return inside[-1]
            if verb.head.i == verb.i:
                return None
            verb = verb.head

    def _nearer(self, token: Token, governing: int | None, heads: list[int]) -> int | None:
        """In a relative clause, a subject between the governing one and the pronoun: the parser hung it too high."""
        if governing is None or token.head.dep_ not in ("relcl", "acl"):
            return governing
        between = [i for i in heads if governing < i < token.i and self.reading.tokens[i].dep_ in _SUBJECT]
        return between[-1] if between else governing

    def _blamed(self, token: Token, wanted: set[int]) -> int | None:
        """ "A slammed B for his words": the object, where a possessive hangs on "for" or "over"."""
        if token.lower_ not in _POSSESSIVE:
            return None
        above, reasoned = token.head, False
        while above.pos_ != "VERB" and above.head.i != above.i:
            reasoned = reasoned or (above.dep_ == "prep" and above.lower_ in _REASONS)
            above = above.head
        if not reasoned:
            return None
        return next((c.i for c in above.children if c.dep_ == "dobj" and c.i in wanted and c.i < token.i), None)

    def _subjects(self, heads: list[int], tokens: list[Token]) -> int | None:
        """The one subject among the candidates of an earlier sentence: that of the highest clause."""
        best: list[tuple[int, int]] = []
        for i in heads:
            if tokens[i].dep_ in _SUBJECT:
                depth = sum(1 for _ in tokens[i].ancestors)
                best.append((depth, i))
        if not best:
            return None
        best.sort()
        top = [i for depth, i in best if depth == best[0][0]]
        same = {id(_root_of(self.by_token[i])) for i in top}
        return top[-1] if len(same) == 1 else None

    def _barred(self, token: Token) -> Found | None:
        """ "X met him": the subject of the same verb is someone else."""
        if token.lower_ in _POSSESSIVE and token.dep_ == "poss":
            return None
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        for child in verb.children:
            if child.dep_ in _SUBJECT and child.i in self.by_token and child.i != token.i:
                return _root_of(self.by_token[child.i])
        return None

    def _speaker(self, quote: int) -> Found | None:
        """Whose words the quotation is: the subject of the verb of saying beside it."""
        start, end = self.quotes[quote]
        first, last = self.reading.token_at(start), self.reading.token_at(end - 1)
        number = bisect_right(self.sentence_starts, last) - 1
        if number < 0:
            return None
        sentence_end = max(self.sentences[number][1], min(last + 8, len(self.reading.tokens)))
        begin = self.sentences[bisect_right(self.sentence_starts, first) - 1][0]
        for i in [*range(last + 1, sentence_end), *range(begin, first)]:
            if i in self.by_token and self.by_token[i].kind == "PERSON":
                token = self.reading.tokens[i]
                if token.dep_ in _SUBJECT and token.head.lemma_.lower() in acting_verbs():
                    return _root_of(self.by_token[i])
        return None

    def other(self, index: int) -> Found | None:
        """It, its, they, their: the body or state that is the subject, in this sentence or the one before."""
        token = self.reading.tokens[index]
        lower = token.lower_
        # "It rained", "it is clear": only what a body does shows that it is one.
        says = token.dep_ in _SUBJECT and token.head.lemma_.lower() in acting_verbs("say")
        if lower in ("it", "they") and not says:
            return None
        kinds = ("ORG", "GROUP") if lower.startswith("the") else ("ORG", "PLACE")
        here = self.quote(token.idx)
        antecedent = None
        verb = token.head
        while antecedent is None:
            subject = next((c for c in verb.children if c.dep_ in _SUBJECT and c.i < index), None)
            if subject is not None and (verb.i != token.head.i or lower in ("its", "their")):
                antecedent = self._body(subject, kinds, here)
                if antecedent is None:
                    return None
            if verb.head.i == verb.i:
                break
            verb = verb.head
        number = bisect_right(self.sentence_starts, index) - 1
        if antecedent is None and number > 0 and lower in ("it", "they"):
            start, end = self.sentences[number - 1]
            root = self.reading.doc[start:end].root
            subject = next((c for c in root.children if c.dep_ in _SUBJECT), None)
            antecedent = self._body(subject, kinds, here) if subject is not None else None
        if antecedent is None:
            return None
        mention = self.reading.found(token.idx, token.idx + len(token.text), antecedent.kind)
        mention.form, mention.antecedent = "pronoun", _full(antecedent)
        self.by_token[index] = mention
        return mention

    def _body(self, subject: Token, kinds: tuple[str, ...], quote: int) -> Found | None:
        if any(child.dep_ == "conj" for child in subject.children):
            return None
        mention = self.by_token.get(subject.i)
        if mention is None or mention.kind not in kinds or self.quote(mention.start) != quote:
            return None
        if mention.kind == "PLACE" and not (mention.known or "").startswith("state:"):
            return None
        return mention


def _root_of(mention: Found) -> Found:
    """The last antecedent: one object for one person, as far as the article ties the mentions together."""
    seen = 0
    while mention.antecedent is not None and seen < 50:
        mention = mention.antecedent
        seen += 1
    return mention


def _full(mention: Found) -> Found:
    """The name that a pronoun is tied to: never another pronoun."""
    seen = 0
    while mention.form != "name" and mention.antecedent is not None and seen < 50:
        mention = mention.antecedent
        seen += 1
    return mention

"""He, she, it and they: whom they stand for, where subject, number and quotation marks leave one answer."""

import functools
import re
from bisect import bisect_right

from rashomon.mark.drafts import Found, Reading
from rashomon.mark.gazetteer import rows
from rashomon.mark.tree import Tree

_PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_OTHERS = frozenset(("it", "its", "they", "their", "them"))
_PRONOUNS = _OTHERS | _PERSONAL.keys()
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
# Verbs that share the subject of the one above them.
_SHARING = frozenset(("conj", "xcomp", "pcomp", "prep", "advcl"))
_REASONS = frozenset(("for", "over", "about"))
# "A promised B to do it", "A used B to do it": A does it. "It takes time", "it seems": it stands for nothing.
_SELF_BOUND, _IMPERSONAL = (
    frozenset(row[0] for row in rows("pronoun_verbs.tsv") if row[1] == group) for group in ("bound", "impersonal")
)
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
    lower = reading.tree.lower
    for index in [place for place, word in enumerate(lower) if word in _PRONOUNS]:
        gender = _PERSONAL.get(lower[index])
        if gender:
            out.append(resolver.person(index, gender))
        else:
            other = resolver.other(index)
            if other is not None:
                out.append(other)
    return out


def _sentences(tree: Tree) -> list[tuple[int, int]]:
    """Token ranges of the sentences, none of which is white space alone."""
    ranges = []
    start = 0
    while start < len(tree):
        stop = tree.stop[start]
        if stop - start > 1 or not tree.text[start].isspace():
            ranges.append((start, stop))
        start = stop
    return ranges


class _Resolver:
    def __init__(self, reading: Reading, found: list[Found]) -> None:
        self.reading = reading
        self.tree = reading.tree
        self.quotes = quoted_ranges(reading.text)
        self.quote_starts = [start for start, _ in self.quotes]
        self.sentences = _sentences(reading.tree)
        self.sentence_starts = [start for start, _ in self.sentences]
        self.by_token: dict[int, Found] = {}
        self.called: dict[str, str] = {}
        for mention in found:
            for index in range(mention.first, mention.last):
                if mention.form == "name" or index not in self.by_token:
                    self.by_token[index] = mention

    def quote(self, char: int) -> int:
        """Number of the quotation around ``char``, -1 outside."""
        at = bisect_right(self.quote_starts, char) - 1
        return at if at >= 0 and char < self.quotes[at][1] else -1

    def person(self, index: int, gender: str) -> Found:
        mention = self.reading.found(self.tree.start[index], self.tree.end[index], "PERSON")
        mention.form, mention.gender = "pronoun", gender
        mention.antecedent = self._whom(index, gender)
        if mention.antecedent is not None:
            self.by_token[index] = mention
            # Nobody is both he and she: who was called one of them once is not the other.
            self.called.setdefault(_root_of(mention.antecedent).name, gender)
        return mention

    def _gender(self, person: Found) -> str:
        """ "m" or "f", by title, first name, or the pronouns that stood for the person before; else empty."""
        root = _root_of(person)
        return root.gender or self.called.get(root.name, "")

    def _whom(self, index: int, gender: str) -> Found | None:
        if self.tree.lower[index].endswith("self"):
            return self._self(index, gender)
        here = self.quote(self.tree.start[index])
        number = bisect_right(self.sentence_starts, index) - 1
        barred = self._barred(index)
        speaker = self._speaker(here) if here >= 0 else None
        # Quoted words whose speaker is not known may be about anybody: only those named inside count.
        inside = here >= 0 and speaker is None

        def fits(other: Found) -> bool:
            target = _root_of(other)
            same_side = self.quote(other.start) == here
            return (
                other.kind == "PERSON"
                and self._gender(other) in ("", gender)
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
            # Who is known to be a woman is likelier "she" than somebody of whom nothing is known, but for "A promised B
            # to sell her own".
            if back or not self._self_bound(index):
                heads = [i for i in heads if self._gender(self.by_token[i]) == gender] or heads
            targets = {id(_root_of(self.by_token[i])): self.by_token[i] for i in heads}
            if back == 0:
                governing = self._nearer(index, self._governor(index, heads), heads)
                if governing is not None:
                    return _full(self.by_token[governing])
            if len(targets) == 1:
                return _full(next(iter(targets.values())))
            subjects = self._subjects(heads)
            if subjects is not None:
                return _full(self.by_token[subjects])
            return None
        return None

    def _self(self, index: int, gender: str) -> Found | None:
        """ "Ann Roe herself": the name just before, or the subject of the same verb."""
        before = self.by_token.get(index - 1)
        if before is None:
            subject = self._own_subject(self.tree.head[index])
            before = self._at(subject) if subject is not None else None
        if before is None or before.kind != "PERSON" or _root_of(before).gender not in ("", gender):
            return None
        return _full(before)

    def _own_subject(self, verb: int) -> int | None:
        """The subject of a verb, or of the one that it carries on: "Ann Roe is taking time and checking herself in"."""
        tree = self.tree
        subject = tree.child(verb, *_SUBJECT)
        while subject is None and tree.dep[verb] in _SHARING and tree.head[verb] != verb:
            verb = tree.head[verb]
            subject = tree.child(verb, *_SUBJECT)
        return subject

    def _at(self, place: int) -> Found | None:
        """The mention whose head is ``place``, or the name beside it: "the airline, Northair", "airline Northair"."""
        mention = self.by_token.get(place)
        if mention is None:
            beside = self.tree.child(place, "appos")
            mention = self.by_token.get(beside) if beside is not None else None
        return mention

    def _governor(self, index: int, heads: list[int]) -> int | None:
        """The subject of the nearest clause above the pronoun that is a candidate."""
        tree = self.tree
        wanted = set(heads)
        verb = tree.head[index]
        patient = self._blamed(index, wanted) or next((i for i in self._moved(index) if i in wanted), None)
        if patient is not None:
            return patient
        own = tree.dep[index] in _SUBJECT
        while True:
            for child in tree.children[verb]:
                if child >= index or tree.dep[child] not in _SUBJECT or (own and verb == tree.head[index]):
                    continue
                if child in wanted:
                    return child
                inside = [i for i in heads if tree.low[child] <= i <= tree.high[child]]
                deps = {tree.dep[i] for i in inside}
                owner = deps == {"poss"} and tree.lower[index] in _POSSESSIVE
                if inside and (deps & {"compound", "appos"} or owner):
                    return inside[-1]
            if tree.head[verb] == verb:
                return None
            verb = tree.head[verb]

    def _nearer(self, index: int, governing: int | None, heads: list[int]) -> int | None:
        """In a relative clause, a subject between the governing one and the pronoun: the parser hung it too high."""
        tree = self.tree
        if governing is None or tree.dep[tree.head[index]] not in ("relcl", "acl"):
            return governing
        between = [i for i in heads if governing < i < index and tree.dep[i] in _SUBJECT]
        return between[-1] if between else governing

    def _blamed(self, index: int, wanted: set[int]) -> int | None:
        """ "A slammed B for his words": the object, where a possessive hangs on "for" or "over"."""
        tree = self.tree
        if tree.lower[index] not in _POSSESSIVE:
            return None
        above, reasoned = tree.head[index], False
        while tree.pos[above] != "VERB" and tree.head[above] != above:
            reasoned = reasoned or (tree.dep[above] == "prep" and tree.lower[above] in _REASONS)
            above = tree.head[above]
        if not reasoned:
            return None
        return next((c for c in tree.children[above] if tree.dep[c] == "dobj" and c in wanted and c < index), None)

    def _moved(self, index: int) -> list[int]:
        """ "A forced B to lower his prices": the object, where the pronoun stands in what it is made to do."""
        tree = self.tree
        verb = tree.head[index]
        while tree.head[verb] != verb and tree.pos[verb] not in ("VERB", "AUX"):
            verb = tree.head[verb]
        above = tree.head[verb]
        made = tree.dep[verb] in ("xcomp", "ccomp") and any(tree.tag[child] == "TO" for child in tree.children[verb])
        if not made or tree.lemma[verb] == "be" or tree.lemma[above].lower() in _SELF_BOUND:
            return []
        moved = tree.child(above, "dobj") if tree.dep[verb] == "xcomp" else tree.child(verb, "nsubj")
        return [moved] if moved is not None and moved < min(verb, index) else []

    def _self_bound(self, index: int) -> bool:
        """Whether a pronoun stands in what somebody promised another to do himself."""
        tree = self.tree
        at = index
        for _ in range(4):
            if tree.head[at] == at:
                return False
            at = tree.head[at]
            if tree.dep[at] == "xcomp" and tree.lemma[tree.head[at]].lower() in _SELF_BOUND:
                return True
        return False

    def _subjects(self, heads: list[int]) -> int | None:
        """The one subject among the candidates of an earlier sentence: that of the highest clause."""
        best: list[tuple[int, int]] = []
        for i in heads:
            if self.tree.dep[i] in _SUBJECT:
                best.append((self._depth(i), i))
        if not best:
            return None
        best.sort()
        top = [i for depth, i in best if depth == best[0][0]]
        same = {id(_root_of(self.by_token[i])) for i in top}
        return top[-1] if len(same) == 1 else None

    def _depth(self, place: int) -> int:
        depth = 0
        while self.tree.head[place] != place:
            place, depth = self.tree.head[place], depth + 1
        return depth

    def _barred(self, index: int) -> Found | None:
        """ "X met him": the subject of the same verb is someone else."""
        tree = self.tree
        if tree.lower[index] in _POSSESSIVE and tree.dep[index] == "poss":
            return None
        verb = tree.head[index]
        while tree.pos[verb] not in ("VERB", "AUX") and tree.head[verb] != verb:
            verb = tree.head[verb]
        subject = tree.child(verb, *_SUBJECT)
        handed_on = tree.dep[verb] == "xcomp" and tree.child(tree.head[verb], "dobj", "prep") is not None
        if subject is None and tree.dep[index] in ("dobj", "iobj", "dative") and not handed_on:
            subject = self._own_subject(verb)  # "Roe met Doe and thanked him"
        if subject is not None and tree.dep[verb] == "relcl" and tree.lower[subject] in ("who", "that", "which"):
            subject = tree.head[verb]  # "the man who hit her"
        if subject is None or subject == index or subject not in self.by_token:
            return None
        return _root_of(self.by_token[subject])

    def _speaker(self, quote: int) -> Found | None:
        """Whose words the quotation is: the subject of the verb of saying beside it."""
        start, end = self.quotes[quote]
        first, last = self.reading.token_at(start), self.reading.token_at(end - 1)
        number = bisect_right(self.sentence_starts, last) - 1
        if number < 0:
            return None
        sentence_end = max(self.sentences[number][1], min(last + 8, len(self.tree)))
        begin = self.sentences[bisect_right(self.sentence_starts, first) - 1][0]
        for i in [*range(last + 1, sentence_end), *range(begin, first)]:
            if i in self.by_token and self.by_token[i].kind == "PERSON":
                verb = self.tree.head[i]
                if self.tree.dep[i] in _SUBJECT and self.tree.lemma[verb].lower() in acting_verbs():
                    return _root_of(self.by_token[i])
        return None

    def other(self, index: int) -> Found | None:
        """It, its, they, their: the body or state that is the subject, in this sentence or the one before."""
        tree = self.tree
        lower, own = tree.lower[index], tree.head[index]
        if lower == "them":
            return None
        # "It rained", "it is clear": only what a body does shows that it is one.
        says = tree.dep[index] in _SUBJECT and tree.lemma[own].lower() in acting_verbs("say")
        does = tree.dep[index] == "nsubj" and self._told(own) and tree.child(own, "dobj", "xcomp") is not None
        if lower in ("it", "they") and not says and not does:
            return None
        kinds = ("ORG", "GROUP") if lower.startswith("the") else ("ORG", "PLACE")
        here = self.quote(tree.start[index])
        # What another is made to do says nothing of its maker: "A forced B to lower its prices".
        moved = self._moved(index)
        antecedent = self._body(moved[0], kinds, here) if moved else None
        if moved and antecedent is None:
            return None
        verb = own
        while antecedent is None:
            subject = next((c for c in tree.children[verb] if tree.dep[c] in _SUBJECT and c < index), None)
            if subject is not None and (verb != own or lower in ("its", "their")):
                antecedent = self._body(subject, kinds, here)
                if antecedent is None:
                    return None
            if tree.head[verb] == verb:
                break
            verb = tree.head[verb]
        number = bisect_right(self.sentence_starts, index) - 1
        if antecedent is None and number > 0 and says:
            start, end = self.sentences[number - 1]
            root = next((i for i in range(start, end) if tree.head[i] == i), start)
            subject = tree.child(root, *_SUBJECT)
            antecedent = self._body(subject, kinds, here) if subject is not None else None
        if antecedent is None:
            return None
        mention = self.reading.found(tree.start[index], tree.end[index], antecedent.kind)
        mention.form, mention.antecedent = "pronoun", _full(antecedent)
        self.by_token[index] = mention
        return mention

    def _told(self, verb: int) -> bool:
        """Whether the clause of ``verb`` is what somebody says or does: "Northair said it will buy ten"."""
        tree = self.tree
        above = tree.head[verb]
        telling = tree.dep[verb] in ("ccomp", "advcl", "relcl", "conj") and above != verb
        return telling and tree.lemma[above].lower() in acting_verbs() and tree.lemma[verb].lower() not in _IMPERSONAL

    def _body(self, subject: int, kinds: tuple[str, ...], quote: int) -> Found | None:
        if self.tree.child(subject, "conj") is not None:
            return None
        mention = self._at(subject)
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

"""Phrases that say what somebody or something is, without a name: "the airline", "Norlandic shipbuilder", "the deal".

A label is tied to a name where the sentence itself says so: beside the name ("airframer Aerion", "Roe, the yard's
founder"), by "is" ("Aerion is the largest shipyard"), or in its role. A relative pronoun belongs to what it stands
behind, "I" in somebody's words to him. Which label of one article is the same thing as which of another is told later.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from rashomon.mark.tree import Tree
from rashomon.model.marks import Mention, Quotation, Timex
from rashomon.model.spans import Span

_RELATIVE = frozenset(("WDT", "WP", "WP$"))
_FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself"))
_FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
_THING = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_PRONOUNS = _THING | _THEY
_ONE = frozenset(("ORG", "OTHER", "PLACE"))
_SINGULAR, _PLURAL = frozenset(("NN", "NNP", "CD")), frozenset(("NNS", "NNPS"))
_LEFT = frozenset(
    ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "advmod", "punct", "predet", "case")
)
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "CD"))
_MARKS = frozenset((",", "(", "—", "–", "-", "--"))
# A name whatever it stands before: "N420 orders", "eBoat owners".
_CODE = re.compile(r"[A-Z]{1,4}-?\d\w*|[a-z]{1,3}[A-Z]\w+")
# A label longer than this is a description of its own.
_LONGEST = 12


def find_labels(
    article_id: str,
    tree: Tree,
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    quotations: Iterable[Quotation],
) -> tuple[Mention, ...]:
    """Find the phrases without a name in one article.

    Args:
        article_id: the spans' article.
        tree: its parse.
        mentions: named ones and pronouns, as found; what they cover is no label's head.
        timexes: times, which are no labels.
        quotations: with speakers, for the first person.

    Returns:
        Mentions of form "nominal" and kind "OTHER", or "pronoun" for relative and first-person ones, in order. A
        nominal's span begins with its first modifier and ends with its head; ``antecedent`` is the mention or label
        that it is tied to inside its sentence, None where nothing there says whose it is.
    """
    return _Labels(article_id, tree, mentions, timexes).all(quotations)


class _Labels:
    def __init__(self, article_id: str, tree: Tree, mentions: Sequence[Mention], timexes: Sequence[Timex]) -> None:
        self._id = article_id
        self._tree = tree
        self._of: dict[int, Mention] = {}  # token to the mention that it is in, the shortest
        for m in sorted(mentions, key=lambda m: m.span.start - m.span.end):
            for token in range(tree.at(m.span.start), tree.before(m.span.end)):
                self._of[token] = m
        self._times = {at for t in timexes for at in range(tree.at(t.span.start), tree.before(t.span.end))}
        self._spans: dict[int, Span] = {}
        self._roles = [(m.role, m) for m in mentions if m.role]
        self._holders = {self._role_head(m.role, before=m.role < m.span): m for m in mentions if m.role}

    def all(self, quotations: Iterable[Quotation]) -> tuple[Mention, ...]:
        tree = self._tree
        self._spans = {at: self._span(at) for at in range(len(tree)) if self._is_head(at)}
        found = [
            Mention(span, "OTHER", self._words(span, at), form="nominal", antecedent=self._tied(at))
            for at, span in self._spans.items()
        ]
        found += self._relatives()
        found += self._first_persons(quotations)
        found += self._things()
        return tuple(sorted(found, key=lambda m: (m.span, m.form)))

    def _is_head(self, at: int) -> bool:
        tree = self._tree
        if tree.tag[at] not in _NOUNS or at in self._of or at in self._times or not tree.text[at][-1:].isalnum():
            return False
        if tree.tag[at] == "CD" and tree.dep[at] in ("nummod", "compound", "quantmod"):
            return False
        # A part of a longer phrase names nothing of its own, but a calling or an office in front of a name does.
        apart = tree.dep[at] != "compound" or at in self._holders or self._beside_name(at) is not None
        return apart or _CODE.fullmatch(tree.text[at]) is not None

    def _beside_name(self, at: int) -> Mention | None:
        """The person or body in front of whose name the noun at ``at`` stands: "airframer Aerion"."""
        tree = self._tree
        mention = self._of.get(at + 1)
        if mention is None or mention.kind not in ("PERSON", "ORG") or mention.form != "name" or tree.tag[at] != "NN":
            return None
        return mention if tree.at(mention.span.start) == at + 1 and self._of.get(tree.head[at]) is mention else None

    def _span(self, at: int) -> Span:
        tree = self._tree
        first = at
        while first > 0 and at - first < _LONGEST and self._inside(first - 1, at):
            first -= 1
        while first < at and (tree.dep[first] == "punct" or tree.lower[first] in ("'s", "’s")):
            first += 1
        return Span(self._id, tree.start[first], tree.end[at])

    def _inside(self, token: int, head: int) -> bool:
        """Whether a token hangs, by modifiers alone, on ``head``, which is behind it."""
        tree = self._tree
        while token != head:
            above = tree.head[token]
            if tree.dep[token] not in _LEFT or above == token or above > head or tree.text[token] in (",", ";", "."):
                return False
            token = above
        return True

    def _words(self, span: Span, at: int) -> str:
        first = self._tree.at(span.start)
        words = self._tree.text[first : at + 1]
        if len(words) > 1 and self._tree.lower[first] in ("the", "a", "an"):
            words = words[1:]
        return " ".join(words)

    def _tied(self, at: int) -> Span | None:
        tree = self._tree
        beside = self._beside_name(at)
        if beside:
            return beside.span
        if at in self._holders:
            return self._holders[at].span
        if tree.dep[at] == "appos" and self._beside(tree.head[at], at):
            return self._at(tree.head[at])
        for child in tree.children[at]:
            if tree.dep[child] == "appos" and child in self._of and self._beside(at, child):
                return self._at(child)
        above = tree.head[at]
        if tree.dep[at] == "attr" and tree.lemma[above] == "be":
            subject = tree.child(above, "nsubj")
            denied = any(tree.dep[c] in ("neg", "aux") for c in tree.children[above])
            if subject is not None and not denied:
                return self._at(subject)
        return None

    def _beside(self, first: int, second: int) -> bool:
        """Whether nothing but a comma, a dash or a bracket lies between two phrases: in lists more does."""
        tree = self._tree
        begin = self._of[second].span if second in self._of else self._spans.get(second)
        until = tree.at(begin.start) if begin else second
        between = tree.text[first + 1 : until]
        last = tree.before(begin.end) if begin else second + 1
        if not between and last < len(tree) and tree.lower[last] in ("'s", "’s"):
            return False  # "the deal Roe's office reached"
        return len(between) <= 1 and all(mark in _MARKS for mark in between)

    def _role_head(self, role: Span, *, before: bool) -> int:
        """The token of the office: behind the words that say which, where it stands before the name."""
        tree = self._tree
        inside = range(tree.at(role.start), tree.before(role.end))
        tops = [t for t in inside if not inside.start <= tree.head[t] < inside.stop or tree.head[t] == t]
        nouns = [t for t in tops if tree.tag[t] in _NOUNS and t not in self._of]
        return nouns[-1] if before and nouns else tops[0] if tops else -1

    def _at(self, token: int) -> Span | None:
        """The mention or label at a token."""
        mention = self._of.get(token)
        if mention is not None:
            return mention.span if mention.form == "name" or mention.antecedent else None
        return self._spans.get(token)

    def _relatives(self) -> list[Mention]:
        tree = self._tree
        found = []
        for at in range(len(tree)):
            if tree.tag[at] not in _RELATIVE and not (tree.lower[at] == "that" and tree.dep[at].startswith("nsubj")):
                continue
            verb = at
            for _ in range(4):
                if tree.dep[verb] == "relcl" or tree.head[verb] == verb:
                    break
                verb = tree.head[verb]
            above = self._at(tree.head[verb]) if tree.dep[verb] == "relcl" and tree.head[verb] < at else None
            if above is not None:
                found.append(self._pronoun(at, above))
        return found

    def _first_persons(self, quotations: Iterable[Quotation]) -> list[Mention]:
        """ "I" in somebody's words is he; "we" is the body that speaks, or whose office the speaker holds."""
        tree = self._tree
        found: dict[Span, Mention] = {}
        for quotation, speaker in self._spoken(quotations):
            last = tree.before(speaker.end) - 1
            at = next((t for t in range(last, tree.at(speaker.start) - 1, -1) if self._at(t)), None)
            if at is None:
                continue
            body = self._body_of(at)
            for part in quotation.content:
                for token in range(tree.at(part.start), tree.before(part.end)):
                    word = tree.lower[token]
                    own = self._at(at) if word in _FIRST_PERSON else body if word in _FIRST_PLURAL else None
                    if own is not None and token not in self._of:
                        mention = self._pronoun(token, own)
                        found[mention.span] = mention
        return list(found.values())

    def _spoken(self, quotations: Iterable[Quotation]) -> Iterator[tuple[Quotation, Span]]:
        """What is quoted word by word, with whoever says it: where nobody else is named since, he goes on speaking."""
        names = sorted({m.span.start for m in self._of.values() if m.form == "name" and m.kind in ("PERSON", "ORG")})
        text = self._tree.doc.text
        speaker, until = None, 0
        for quotation in quotations:
            first = quotation.content[0].start
            # Some wires print `` for the opening mark.
            if quotation.kind == "indirect" and "``" not in text[max(0, first - 4) : first + 3]:
                continue
            if quotation.speaker is not None:
                speaker = quotation.speaker
            elif bisect_left(names, first) > bisect_left(names, until):
                speaker = None
            if speaker is not None:
                until = max(quotation.content[-1].end, speaker.end)
                yield quotation, speaker

    def _body_of(self, at: int) -> Span | None:
        mention = self._of.get(at)
        if mention is None or mention.kind != "PERSON":
            return mention.span if mention is not None and mention.kind == "ORG" else None
        for role, person in self._roles:
            if person is mention or (mention.antecedent and person.span == mention.antecedent):
                inside = [m for t, m in self._of.items() if m.kind == "ORG" and role.covers(m.span)]
                return inside[0].span if inside else None
        return None

    def _things(self) -> list[Mention]:
        """ "It" and "they" for things and bodies: the subject of the own clause, or of what stands before it."""
        tree = self._tree
        found = []
        for at in range(len(tree)):
            if tree.lower[at] not in _PRONOUNS or at in self._of or tree.dep[at] == "expl":
                continue
            above = self._subject_for(at)
            if above is not None:
                found.append(self._pronoun(at, above))
        return found

    def _subject_for(self, at: int) -> Span | None:
        tree = self._tree
        clause = tree.head[at]
        for _ in range(6):
            subject = tree.child(clause, "nsubj", "nsubjpass")
            own = tree.lower[at] in ("its", "their") or tree.dep[at] not in ("nsubj", "nsubjpass", "dobj")
            if subject is not None and subject < at and own and self._thing_at(subject, at):
                return self._at(subject)
            if tree.head[clause] == clause:
                break
            clause = tree.head[clause]
            own_clause = tree.child(clause, "nsubj", "nsubjpass")
            if own_clause is not None and own_clause < at and self._thing_at(own_clause, at):
                return self._at(own_clause)
        before = tree.sentence[at] - 1
        if before < 0:
            return None
        for token in range(tree.sentence[before], before + 1):
            if tree.dep[token] in ("nsubj", "nsubjpass") and tree.dep[tree.head[token]] == "ROOT":
                return self._at(token) if self._thing_at(token, at) else None
        return None

    def _thing_at(self, token: int, pronoun: int) -> bool:
        """Whether what stands there can be "it", one thing or body, or "they", several or a body; no person."""
        mention, many = self._of.get(token), self._tree.lower[pronoun] in _THEY
        if mention is not None:
            return mention.form == "name" and mention.kind in ("ORG", "GROUP") if many else mention.kind in _ONE
        return token in self._spans and self._tree.tag[token] in (_PLURAL if many else _SINGULAR)

    def _pronoun(self, at: int, antecedent: Span | None) -> Mention:
        span = Span(self._id, self._tree.start[at], self._tree.end[at])
        return Mention(span, "OTHER", self._tree.text[at], form="pronoun", antecedent=antecedent)

"""Who did what to whom, and where: the participants of a clause as spans of names or heads of noun phrases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.mark.claims.words import word_list
from rashomon.model.marks import Mention
from rashomon.model.spans import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "to", "into", "on", "near", "off", "outside", "inside", "across", "toward"}
)
# "two months after talks in Hanoi": the place of the talks, not of what comes after them.
_SET_IN_TIME = frozenset({"after", "before", "since", "until", "during", "from"})
_INNER = frozenset({"compound", "amod", "nummod", "nmod", "poss", "quantmod", "det", "punct", "case", "advmod"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of an article when its clauses are read: its mentions by character, for quick lookup."""

    article_id: str
    mentions: tuple[Mention, ...]
    by_start: dict[int, Mention]

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that covers ``token``, if one does."""
        return self.by_start.get(token.idx)


def surroundings(article_id: str, doc: Doc, mentions: Sequence[Mention]) -> Surroundings:
    """Index ``mentions`` by the start of each token that they cover."""
    starts: dict[int, Mention] = {}
    at = 0
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    for mention in ordered:
        while at < len(doc) and doc[at].idx + len(doc[at]) <= mention.span.start:
            at += 1
        look = at
        while look < len(doc) and doc[look].idx < mention.span.end:
            starts.setdefault(doc[look].idx, mention)
            look += 1
    return Surroundings(article_id, tuple(ordered), starts)


def subject_of(verb: Token) -> Token | None:
    """The subject of ``verb``: its own, else one it shares by coordination or control."""
    current = verb
    for _ in range(6):
        own = next((child for child in current.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
        if own is not None:
            return own
        if current.dep_ == "conj" and not any(c.dep_ == "cc" for c in current.head.children):
            return None  # coordination without "and" is most often a parse gone wrong
        if (current.dep_ == "conj" and current.head.pos_ in {"VERB", "AUX"}) or current.dep_ == "xcomp":
            passive_object = next((c for c in current.head.children if c.dep_ == "dobj"), None)
            if current.dep_ == "xcomp" and passive_object is not None:
                return passive_object
            current = current.head
        elif current.dep_ == "acomp":
            current = current.head
        elif current.dep_ in {"acl", "relcl"} and current.head.pos_ in {"NOUN", "PROPN"}:
            return current.head
        elif current.dep_ == "advcl" and current.tag_ in {"VBG", "VB", "VBN"}:
            current = current.head
        else:
            return None
    return None


def participants(head: Token, context: Surroundings) -> tuple[Span, ...]:
    """The participants that the noun phrase ``head`` names, coordinated ones one by one.

    Named ones come as their mention's span, others as the head noun with its modifiers. "The train of Kim Jong Un"
    gives the train and Kim Jong Un.
    """
    spans: dict[Span, None] = {}
    for each in _coordinated(head):
        mention = context.mention_at(each)
        spans[mention.span if mention else _core(each, context.article_id)] = None
        for child in each.children:
            inner = next((g for g in child.children if g.dep_ == "pobj"), None) if child.dep_ == "prep" else None
            named = context.mention_at(inner) if inner is not None and child.lower_ in {"of", "between"} else None
            if named and inner is not None:
                for other in _coordinated(inner):
                    deeper = context.mention_at(other)
                    if deeper:
                        spans[deeper.span] = None
            if child.dep_ == "poss" and (owner := context.mention_at(child)):
                spans[owner.span] = None
    return tuple(sorted(spans))


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in {"aux", *SUBJECTS} for c in verb.children):
        return verb.head.pos_ == "VERB" and _is_passive(verb.head)  # "was arrested and released"
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def agents_and_patients(verb: Token, context: Surroundings) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """``(who, whom)``: active and passive give the same roles; "with X" and "to X" take part as patients."""
    who: dict[Span, None] = {}
    whom: dict[Span, None] = {}
    subject = subject_of(verb)
    passive = _is_passive(verb)
    if subject is not None and subject.lower_ not in {"who", "which", "that", "whose"}:
        (whom if passive else who).update(dict.fromkeys(participants(subject, context)))
    elif subject is not None and verb.dep_ == "relcl":
        (whom if passive else who).update(dict.fromkeys(participants(verb.head, context)))
    for child in verb.children:
        if child.dep_ in _OBJECTS and child.ent_type_ not in {"DATE", "TIME"}:
            whom.update(dict.fromkeys(participants(child, context)))
        elif child.dep_ == "agent":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    who.update(dict.fromkeys(participants(inner, context)))
        elif child.dep_ == "prep" and child.lower_ in {"with", "against", "to", "between", "by", "for", "on", "of"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    named = [s for s in participants(inner, context) if _is_named_actor(s, context)]
                    whom.update(dict.fromkeys(named))
        if child.dep_ == "prep" and child.lower_ in {"for", "in", "to", "at"}:
            # "sits down for talks with Ruiz"
            for event in child.children:
                if event.dep_ == "pobj" and event.lemma_.lower() in word_list("event_nouns"):
                    for link in event.children:
                        if link.dep_ == "prep" and link.lower_ in {"with", "between"}:
                            inner_heads = (g for g in link.children if g.dep_ == "pobj")
                            spans = (s for g in inner_heads for s in participants(g, context))
                            whom.update(dict.fromkeys(s for s in spans if _is_named_actor(s, context)))
    for span in who:
        whom.pop(span, None)
    return tuple(sorted(who)), tuple(sorted(whom))


def places(tokens: Iterable[Token], context: Surroundings, head: Token) -> tuple[Span, ...]:
    """The named places that the clause or noun phrase made of ``tokens`` says it happens in, at or towards.

    ``head`` is its verb or noun.

    "in the port of Vladivostok" and "on a campus off Vladivostok" count, "sanctions on North Korea" does not.
    """
    found: dict[Span, None] = {}
    for token in tokens:
        mention = context.mention_at(token)
        if mention is None or mention.kind != "PLACE" or mention.form != "name":
            continue
        if token.i + 1 < len(token.doc) and context.by_start.get(token.nbor().idx) is mention:
            continue  # its last word is its head
        if _locates(token, context, head):
            found[mention.span] = None
    return tuple(sorted(found))


def _locates(token: Token, context: Surroundings, head: Token) -> bool:
    current = token
    for _ in range(12):
        if current.dep_ in {"npadvmod", "compound"} or (current.dep_ == "appos" and current.head.dep_ == "pobj"):
            current = current.head
            continue
        if current.dep_ != "pobj":
            return False
        preposition, noun = current.head, current.head.head
        if preposition.lower_ not in _PLACE_PREPOSITIONS | {"of"}:
            return False
        if noun.dep_ in {"pcomp", "prep"}:
            noun = noun.head
        if preposition.lower_ == "of" and noun.lemma_.lower() not in word_list("place_nouns"):
            return False
        if noun.pos_ in {"VERB", "AUX"}:
            return preposition.lower_ != "of"
        met = context.mention_at(noun)
        if met is not None and met.kind == "PERSON" and noun.dep_ == "dobj" and preposition.lower_ in {"in", "at"}:
            return True  # "met Ruiz in Quito": nobody is told apart by his town
        if noun == head:
            return preposition.lower_ != "of"
        if noun.lemma_.lower() in word_list("event_nouns") and preposition.lower_ != "of":
            return noun.head.lower_ not in _SET_IN_TIME
        if noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "ROOT"} or noun.head.lower_ in _SET_IN_TIME:
            return False
        current = noun
    return False


def _is_named_actor(span: Span, context: Surroundings) -> bool:
    mention = next((m for m in context.mentions if m.span == span), None)
    return mention is not None and mention.kind in {"PERSON", "ORG", "GROUP"}


def _coordinated(head: Token) -> list[Token]:
    chain: list[Token] = []
    queue = [head]
    while queue and len(chain) < 12:
        token = queue.pop(0)
        chain.append(token)
        queue.extend(c for c in token.children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "PRON", "NUM"})
    return chain


def _core(head: Token, article_id: str) -> Span:
    """The noun with the modifiers right before it, without a leading article."""
    first = head
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _INNER or child.dep_ == "det" or child.i < first.i - 3:
            break
        first = next(iter(child.subtree))
    if first.dep_ == "punct":
        first = head
    return Span(article_id, first.idx, head.idx + len(head))

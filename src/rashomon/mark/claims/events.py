"""Events that a noun phrase names: "last month's summit in Hanoi", "talks between the two leaders in February".

They carry the times and places on which outlets most often disagree, deep inside sentences about other things.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from rashomon.mark.claims.roles import Surroundings, participants, places
from rashomon.mark.claims.status import polarity_of, status_of
from rashomon.mark.claims.words import governors, word_list
from rashomon.model.marks import Claim, Quotation, Status, Timex
from rashomon.model.spans import Span

_LINKS = frozenset({"between", "with", "of", "by", "against", "among", "on", "in"})
_SET_IN_TIME = frozenset({"after", "before", "since", "until", "during", "following"})
_PAST_WORDS = frozenset({"last", "previous", "earlier", "past", "recent", "late"})
_AHEAD_WORDS = frozenset({"next", "upcoming", "planned", "forthcoming", "scheduled", "coming"})


def nominal_claims(
    parse: Doc,
    begin: int,
    end: int,
    context: Surroundings,
    timexes: Sequence[Timex],
    quotations: Sequence[Quotation],
    *,
    headline: bool,
) -> Iterator[Claim]:
    """The events that noun phrases of one sentence (tokens ``begin`` to ``end``) place in time.

    Only an event with a time, and with a place or a named participant, is a claim.
    """
    from rashomon.mark.claims.find import attribution, content_lemmas

    first, last = parse[begin].idx, parse[end - 1].idx + len(parse[end - 1])
    near = [t for t in timexes if t.type in {"DATE", "TIME"} and first <= t.span.start < last]
    if not near:
        return
    for noun in parse[begin:end]:
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in word_list("event_nouns"):
            continue
        if noun.dep_ in {"compound", "nmod"}:
            continue
        phrase = _phrase(noun)
        timex = _own_time(noun, phrase, near) or _time_of_occurrence(noun, near)
        if timex is None:
            continue
        who = _takers_part(noun, context)
        where = places(phrase, context, noun)
        if not who and not where:
            continue
        tokens = _readable(noun, phrase, timex)
        span = Span(context.article_id, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
        attributed_to, quoted = attribution(span, quotations)
        yield Claim(
            span=span,
            predicate=noun.lemma_.lower(),
            predicate_span=Span(context.article_id, noun.idx, noun.idx + len(noun)),
            who=who,
            where=where,
            when=timex.value,
            when_span=timex.span,
            polarity=polarity_of(noun.head) if noun.head.pos_ == "VERB" else "+",
            status=_status(noun, phrase, headline=headline),
            attributed_to=attributed_to,
            quoted=quoted,
            nominal=True,
            lemmas=content_lemmas(tokens),
        )


def _phrase(noun: Token) -> list[Token]:
    """The noun phrase without clauses that hang on it."""
    doc = noun.doc
    shut: set[int] = set()
    for child in noun.subtree:
        if child.head == noun and _says_when(child):
            continue
        if (child.dep_ in {"relcl", "acl", "appos"} and child != noun and noun.is_ancestor(child)) or (
            child.dep_ == "conj" and child.head == noun
        ):
            shut.update(t.i for t in child.subtree)
    inside = [t.i for t in noun.subtree if t.i not in shut]
    return [doc[i] for i in inside]


def _says_when(clause: Token) -> bool:
    """ "the summit, set to begin on Thursday", "talks held in May": a clause that only tells when the event is."""
    told = clause.lemma_ in word_list("occurrence_verbs") or governors().get(clause.lemma_) == "planned"
    return clause.dep_ == "acl" and clause.tag_ == "VBN" and told


def _own_time(noun: Token, phrase: list[Token], timexes: Sequence[Timex]) -> Timex | None:
    """A time inside the phrase that hangs on the event itself, not on another event inside it."""
    events = word_list("event_nouns")
    for timex in timexes:
        for token in phrase:
            if not token.idx <= timex.span.start < token.idx + len(token) + 1 or token == noun:
                continue
            current = token
            for _ in range(8):
                if current == noun:
                    return timex
                if current != token and current.pos_ == "NOUN" and current.lemma_ in events:
                    break
                if current.head == current:
                    break
                current = current.head
    return None


def _time_of_occurrence(noun: Token, timexes: Sequence[Timex]) -> Timex | None:
    """The time of "took place", "ended", "broke down" whose subject the event is."""
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"} or verb.lemma_ not in word_list("occurrence_verbs"):
        return None
    for timex in timexes:
        for child in verb.children:
            if child.dep_ in {"prep", "npadvmod", "advmod"}:
                start, stop = child.left_edge.idx, child.right_edge.idx + len(child.right_edge)
                if start <= timex.span.start and timex.span.end <= stop and not _other_event(child):
                    return timex
    return None


def _other_event(branch: Token) -> bool:
    return any(t.pos_ == "NOUN" and t.lemma_ in word_list("event_nouns") for t in branch.subtree)


def _takers_part(noun: Token, context: Surroundings) -> tuple[Span, ...]:
    found: dict[Span, None] = {}
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod"}:
            mention = context.mention_at(child)
            if mention and mention.kind != "PLACE":
                found[mention.span] = None
        elif child.dep_ == "prep" and child.lower_ in _LINKS - {"in", "on"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    for span in participants(inner, context):
                        if any(m.span == span for m in context.mentions):
                            found[span] = None
        elif child.dep_ == "prep":
            # "talks in Hanoi between Kim and Trump": the parser often hangs "between" on the place or the date.
            for inner in child.subtree:
                if inner.dep_ == "pobj" and inner.head.lower_ in {"between", "with"}:
                    for span in participants(inner, context):
                        if any(m.span == span for m in context.mentions):
                            found[span] = None
    return tuple(sorted(found))


def _readable(noun: Token, phrase: list[Token], timex: Timex) -> list[Token]:
    """The phrase as an unbroken run; with its verb where the time stands there."""
    doc = noun.doc
    inside = [t.i for t in phrase]
    verb = noun.head
    first, last = doc[min(inside)], doc[max(inside)]
    dated = first.idx <= timex.span.start and timex.span.end <= last.idx + len(last)
    told = verb.lemma_ in word_list("occurrence_verbs") or not dated
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ in {"VERB", "AUX"} and told:
        inside += [verb.i, *(c.i for c in verb.children if c.dep_ == "prt")]
        covered = doc[min(inside)].idx <= timex.span.start and timex.span.end <= doc[max(inside)].idx + len(
            doc[max(inside)]
        )
        if not covered:
            inside += [t.i for t in doc if timex.span.start <= t.idx < timex.span.end]
    begin, end = min(inside), max(inside) + 1
    before = doc[begin - 1] if begin else None
    dated = doc[begin].ent_type_ in {"DATE", "TIME"} and before is not None and before.lower_ in {"in", "on", "at"}
    if dated and before is not None and any(c.ent_type_ in {"DATE", "TIME"} for c in before.children):
        begin -= 1  # "In February, the second summit …"
    while begin < end - 1 and (doc[begin].is_punct or doc[begin].is_space):
        begin += 1
    while end - 1 > begin and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return list(doc[begin:end])


def _status(noun: Token, phrase: list[Token], *, headline: bool) -> Status:
    modifiers = {t.lower_ for t in phrase if t.head == noun or (t.head.head == noun and t.head.dep_ == "poss")}
    if any(t.head == noun and _says_when(t) and governors().get(t.lemma_) == "planned" for t in phrase):
        return "planned"
    if modifiers & _AHEAD_WORDS:
        return "planned"
    if modifiers & _PAST_WORDS:
        return "happened"
    verb = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ in {"VERB", "AUX"}:
        governed = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        status = status_of(governed if governed is not None else verb, headline=headline)
        return "happened" if status == "ongoing" else status
    above = noun
    while above.dep_ in {"pobj", "prep", "dobj", "conj"} and above.lower_ not in _SET_IN_TIME:
        above = above.head
    if above.pos_ == "VERB" and above != noun:
        # "will sit down for talks": what is planned of the verb is planned of its event.
        status = status_of(above, headline=headline)
        if status in {"planned", "possible"}:
            return status
    return "happened"

"""One claim a clause: its extent, roles, time, place, numbers, polarity, status and whose word it is."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from rashomon.mark.claims import events
from rashomon.mark.claims.numbers import find_numbers
from rashomon.mark.claims.roles import SUBJECTS, Surroundings, agents_and_patients, places, subject_of, surroundings
from rashomon.mark.claims.status import governing_effect, polarity_of, status_of
from rashomon.mark.claims.when import governing_time
from rashomon.mark.claims.words import governors, word_list
from rashomon.mark.quotes.words import word_list as quote_words
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Claim, Mention, Quotation, Timex
from rashomon.model.spans import Span

_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "acl", "xcomp"})
# Clauses that hang on another one and are told with it, unless they carry a subject of their own.
_DEPENDENT = frozenset({"advcl", "relcl", "acl"})
_LIGHT_VERBS = frozenset({"take", "hold", "have", "make", "give", "pay", "conduct", "stage"})
_LIGHT_NOUNS = frozenset({"part", "place"})
# Quotations that began before a sentence and may still run in it: as many as people nest, with room.
AROUND = 40
# Shorter is a fragment, longer is no longer one short sentence; in words.
SHORTEST, LONGEST = 3, 60


def find_claims(
    article: Article,
    tree: Tree,
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    quotations: Sequence[Quotation],
) -> tuple[Claim, ...]:
    """The checkable statements of an article, clause by clause, and the events that its noun phrases name.

    Questions, commands and fragments are left out, and so are clauses in which no name, number or time stands:
    nothing in them can be held against another outlet's words. A reporting clause ("he said") is no claim: its
    quotation is.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``.
        mentions, timexes, quotations: what the other marks found, in order.

    Returns:
        Claims in order of their first character; shorter ones first where two begin together.
    """
    parse = tree.doc
    context = surroundings(article.id, parse, mentions)
    cues = {at for q in quotations if q.cue for at in range(q.cue.start, q.cue.end)}
    times_from = [t.span.start for t in timexes]
    quoted_from = [q.span.start for q in quotations]
    found: dict[tuple[int, int], Claim] = {}
    for begin, end in tree.sentences():
        if _is_question_or_label(parse, begin, end):
            continue
        first, last = parse[begin].idx, parse[end - 1].idx + len(parse[end - 1])
        times = timexes[bisect_left(times_from, first) : bisect_left(times_from, last)]
        said = quotations[max(0, bisect_left(quoted_from, first) - AROUND) : bisect_left(quoted_from, last)]
        headline = parse[end - 1].text not in {".", "!", "”", '"', ")", "’"} and end - begin < 25
        for verb in _clause_verbs(parse, begin, end):
            if verb.idx in cues or _only_reports(verb):
                continue
            claim = _claim(article, verb, context, times, said, headline=headline)
            if claim:
                found.setdefault((claim.span.start, claim.span.end), claim)
        for claim in events.nominal_claims(parse, begin, end, context, times, said, headline=headline):
            found.setdefault((claim.span.start, claim.span.end), claim)
    return tuple(found[key] for key in sorted(found))


def _is_question_or_label(parse: Doc, begin: int, end: int) -> bool:
    if parse[end - 1].text in {"?", ":"} or end - begin < SHORTEST:
        return True
    # "What Kim wants from the meeting", "How the dam failed": a link to another article, not a statement.
    return parse[begin].tag_ in {"WP", "WRB"} and not parse[end - 1].is_punct


def _clause_verbs(parse: Doc, begin: int, end: int) -> Iterator[Token]:
    for token in parse[begin:end]:
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ not in _CLAUSES:
            continue
        if any(governing_effect(c) for c in _complements(token)):
            continue  # "is expected to meet", "is due to land": the meeting, the landing is the claim
        if token.dep_ == "xcomp" and not governing_effect(token):
            continue
        if token.dep_ in {"advcl", "acl"} and not _has_subject(token) and token.tag_ in {"VB", "VBG"}:
            continue  # "to lay a wreath", "leaving many behind": told with the clause they hang on
        if token.dep_ == "acl" and governors().get(token.lemma_) == "planned":
            continue  # "a meeting planned for May": whether it came about is told elsewhere
        yield token


def _complements(verb: Token) -> Iterator[Token]:
    """The infinitives that ``verb`` governs, itself or through an adjective ("is due to", "is ready to")."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"}:
            yield child
        elif child.dep_ == "acomp":
            yield from (c for c in child.children if c.dep_ == "xcomp" and c.pos_ in {"VERB", "AUX"})


def _only_reports(verb: Token) -> bool:
    """ "Reuters reported on Wednesday": a verb of speech without an object tells nothing by itself."""
    if {"auxpass", "prt"} <= {c.dep_ for c in verb.children}:
        return False  # "was put off" is not "put it"
    return verb.lemma_.lower() in quote_words("speech_verbs") and not any(
        c.dep_ in {"dobj", "attr"} for c in verb.children
    )


def _claim(
    article: Article,
    verb: Token,
    context: Surroundings,
    timexes: Sequence[Timex],
    quotations: Sequence[Quotation],
    *,
    headline: bool,
) -> Claim | None:
    tokens = extent(verb)
    if not tokens or not SHORTEST <= len(tokens) <= LONGEST:
        return None
    subject = subject_of(verb)
    if subject is None or (verb.dep_ in {"ROOT", "ccomp"} and verb.tag_ == "VB" and not _has_subject(verb)):
        return None
    tokens = _reported(tokens, quotations)
    span = Span(article.id, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    own = own_tokens(verb, tokens)
    who, whom = agents_and_patients(verb, context)
    timex = governing_time(verb, own, timexes)
    if timex is None and verb.dep_ == "conj" and not _has_subject(verb) and _of_one_time(verb):
        # "struck a barge on July 12 and waited 47 minutes": one subject, one time.
        timex = governing_time(verb.head, tokens, timexes)
    numbers = find_numbers(_counted_whole(verb, own), article.id, [t.span for t in timexes])
    where = places(own, context, verb)
    named = any(context.mention_at(token) for token in own)
    if not (named or numbers or timex) or (not who and not whom):
        return None
    if subject.lower_ in word_list("vague_nouns") and not (numbers or timex or where or len(whom) > 0):
        return None
    attributed_to, quoted = attribution(span, quotations)
    return Claim(
        span=span,
        predicate=_predicate(verb),
        predicate_span=Span(article.id, verb.idx, verb.idx + len(verb)),
        who=who,
        whom=whom,
        where=where,
        when=timex.value if timex else None,
        when_span=timex.span if timex else None,
        numbers=numbers,
        polarity=polarity_of(verb),
        status=status_of(verb, headline=headline),
        attributed_to=attributed_to,
        quoted=quoted,
        lemmas=content_lemmas(own),
    )


def _counted_whole(verb: Token, own: list[Token]) -> list[Token]:
    """The tokens of a clause without the indefinite noun it narrows: "21 girls taken by the gang are free" does not say
    that 21 were taken, "the 21 girls taken" does."""
    noun = verb.head
    if verb.dep_ not in {"relcl", "acl"} or any(c.lower_ in {"the", "all"} for c in noun.children):
        return own
    inside = {t.i for t in verb.subtree}
    outside = {t.i for t in noun.subtree} - inside
    return [t for t in own if t.i not in outside]


def _reported(tokens: list[Token], quotations: Sequence[Quotation]) -> list[Token]:
    """The clause without what stands before reported speech: a parse may hang "told the Post that …" on the Post."""
    for quotation in quotations:
        start = quotation.content[0].start
        if quotation.kind != "indirect" or quotation.cue is None:
            continue
        first, last = tokens[0].idx, tokens[-1].idx
        if quotation.cue.start < first < start < last <= quotation.span.end:
            inner = [t for t in tokens if t.idx >= start]
            return inner[1:] if len(inner) > SHORTEST and inner[0].lower_ == "that" else inner
    return tokens


def _of_one_time(verb: Token) -> bool:
    """Not "was to be held on Friday but was put off": what "but" joins, and a plan and a deed, are of two times."""
    return status_of(verb) == status_of(verb.head) and not any(
        c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.children
    )


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _predicate(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    if lemma in _LIGHT_VERBS:
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if thing is None and verb.dep_ in {"acl", "relcl"}:
            thing = _event_of(verb.head)
        if thing is not None and (thing.lemma_ in _LIGHT_NOUNS or thing.lemma_.lower() in word_list("event_nouns")):
            return f"{lemma} {thing.lemma_.lower()}"
    if lemma == "be":
        aim = _bare_aim(verb)
        if aim is not None:
            return aim.lemma_.lower()
        complement = next((c for c in verb.children if c.dep_ in {"attr", "acomp"}), None)
        return f"be {complement.lemma_.lower()}" if complement is not None else "be"
    return f"{lemma} {particle}" if particle else lemma


def _bare_aim(verb: Token) -> Token | None:
    """The verb that the parser took for a noun in "is due to land"."""
    for complement in verb.children:
        if complement.dep_ == "acomp" and governors().get(complement.lemma_) == "planned":
            for link in complement.children:
                if link.lower_ == "to" and link.dep_ in {"prep", "pcomp"}:
                    return next((c for c in link.children if c.tag_ == "NN" and c.i == link.i + 1), None)
    return None


def _event_of(noun: Token) -> Token:
    """The event in "a first round of talks": the talks."""
    inner = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj")
    return next((g for g in inner if g.lemma_.lower() in word_list("event_nouns")), noun)


def extent(verb: Token) -> list[Token]:
    """The tokens of the clause as one unbroken run, from its subject to its last word.

    A coordinated clause without a subject of its own begins at the subject it shares, so that it can be read alone;
    coordinated clauses that follow, and punctuation at the ends, are left out.
    """
    doc = verb.doc
    head = verb
    while (head.dep_ == "xcomp" and head.head.pos_ in {"VERB", "AUX", "ADJ"}) or head.dep_ == "acomp":
        head = head.head
    later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"} and c.i > verb.i]
    cut = min((min(t.i for t in c.subtree) for c in later), default=None)
    within = [t.i for t in head.subtree if cut is None or t.i < cut]
    if not within:
        return []
    begin, end = min(within), max(within) + 1
    if head.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in head.children):
        shared = subject_of(head)
        if shared is not None:
            begin = min(begin, *(t.i for t in shared.subtree))
    elif head.dep_ in {"relcl", "acl"}:
        begin = min(begin, *(t.i for t in head.head.subtree))
    elif head.dep_ == "advcl" and not any(c.dep_ in SUBJECTS for c in head.children) and head.i > head.head.i:
        begin = min(begin, head.head.left_edge.i)  # "it joined the talks, last held in 2009"
    if doc[begin].tag_ in {"WP", "WP$", "WDT"}:
        begin = _antecedent(doc, begin)
    begin, end = _without_attribution(head, begin, end)
    while begin < end and (doc[begin].is_punct or doc[begin].is_space or _leads_in(doc[begin], head)):
        if doc[begin].text in {"“", '"', "$", "(", "["} and doc[begin + 1 : end].text.count(_CLOSING[doc[begin].text]):
            break
        begin += 1
    while begin < end and (doc[end - 1].is_space or doc[end - 1].dep_ == "cc" or _loose_end(doc, begin, end)):
        end -= 1
    return list(doc[begin:end])


def _antecedent(doc: Doc, begin: int) -> int:
    """Where the noun phrase begins that a relative pronoun at ``begin`` refers to; ``begin`` if none stands before."""
    at = begin - 1
    while at > 0 and doc[at].is_punct:
        at -= 1
    return doc[at].left_edge.i if at >= 0 and doc[at].pos_ in {"NOUN", "PROPN"} else begin


_CLOSING = {"“": "”", '"': '"', "$": "", "(": ")", "[": "]"}


def _leads_in(token: Token, head: Token) -> bool:
    """Words that tie a clause to what stands before it: "and", "that", "when"."""
    if token.dep_ == "cc" or (token.dep_ == "mark" and token.head == head):
        return True  # not the "if" of a clause that stands before this one
    return (token.tag_ == "WRB" and token.head == head) or (token.lower_ == "that" and token.tag_ == "IN")


def _loose_end(doc: Doc, begin: int, end: int) -> bool:
    last = doc[end - 1]
    if not last.is_punct or last.text == "%":
        return False
    if last.text in {"”", '"', ")", "]"}:
        opening = {"”": "“", '"': '"', ")": "(", "]": "["}[last.text]
        return opening not in doc[begin : end - 1].text
    return True


def _without_attribution(head: Token, begin: int, end: int) -> tuple[int, int]:
    """Cut ", Reuters reported" and ", according to X" off the ends: they are the claim's credit, not its content."""
    for child in head.children:
        if child.dep_ in {"parataxis", "prep"} and (child.dep_ == "parataxis" or child.lower_ == "according"):
            inner = [t.i for t in child.subtree]
            if max(inner) + 1 >= end - 1:
                end = min(end, *inner)
            elif min(inner) <= begin + 1:
                begin = max(begin, max(inner) + 1)
    return begin, end


def own_tokens(verb: Token, tokens: list[Token]) -> list[Token]:
    """The tokens of the clause that are not inside a clause hanging on it with a subject of its own."""
    foreign: set[int] = set()
    for token in tokens:
        if token.dep_ in _DEPENDENT | {"ccomp"} and token != verb and _has_subject(token):
            if verb.is_ancestor(token):
                foreign.update(t.i for t in token.subtree)
        elif token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and token != verb and verb.is_ancestor(token):
            foreign.update(t.i for t in token.subtree)
    if verb.dep_ == "conj":
        shared = verb.head
        skip = {t.i for t in shared.subtree} - {t.i for t in verb.subtree}
        subject = subject_of(verb)
        keep = {t.i for t in subject.subtree} if subject is not None else set()
        foreign |= skip - keep
    return [t for t in tokens if t.i not in foreign]


def attribution(span: Span, quotations: Sequence[Quotation]) -> tuple[Span | None, bool]:
    """Whose word the clause is: the speaker of the innermost quotation that covers most of it.

    A clause that holds the cue itself ("is expected to meet") is not inside what the cue reports.
    """
    best: Quotation | None = None
    for quotation in quotations:
        if not quotation.voiced or (quotation.cue and span.covers(quotation.cue)):
            continue
        covered = sum(max(0, min(span.end, c.end) - max(span.start, c.start)) for c in quotation.content)
        if covered * 10 >= 7 * (span.end - span.start) and (
            best is None or quotation.span.end - quotation.span.start < best.span.end - best.span.start
        ):
            best = quotation
    if best is None:
        return None, False
    return best.speaker, best.kind == "direct"


def content_lemmas(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Lower-case lemmas of the words that carry content, in order."""
    return tuple(
        t.lemma_.lower()
        for t in tokens
        if not (t.is_punct or t.is_space)
        and (not t.is_stop or t.pos_ == "VERB")
        and t.pos_ not in {"AUX", "DET", "ADP"}
    )

"""One claim a clause: its extent, roles, time, place, numbers, polarity, status and whose word it is."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from rashomon.mark.claims import events
from rashomon.mark.claims.numbers import find_numbers
from rashomon.mark.claims.roles import SUBJECTS, Surroundings, agents_and_patients, places, subject_of, surroundings
from rashomon.mark.claims.status import governing_effect, polarity_of, status_of
from rashomon.mark.claims.words import word_list
from rashomon.mark.language import sentences
from rashomon.model.article import Article
from rashomon.model.marks import Claim, Mention, Quotation, Timex
from rashomon.model.spans import Span

_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "acl", "xcomp"})
# Clauses that hang on another one and are told with it, unless they carry a subject of their own.
_DEPENDENT = frozenset({"advcl", "relcl", "acl"})
# Shorter is a fragment, longer is no longer one short sentence; in words.
SHORTEST, LONGEST = 3, 60


def find_claims(
    article: Article,
    parse: Doc,
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
        parse: the parse of ``article.text``, sentences and dependencies set.
        mentions, timexes, quotations: what the other marks found, in order.

    Returns:
        Claims in order of their first character; shorter ones first where two begin together.
    """
    context = surroundings(article.id, parse, mentions)
    cues = {quotation.cue for quotation in quotations if quotation.cue}
    found: dict[tuple[int, int, str], Claim] = {}
    for begin, end in sentences(parse):
        if _is_question_or_label(parse, begin, end):
            continue
        headline = parse[end - 1].text not in {".", "!", "”", '"', ")", "’"} and end - begin < 25
        for verb in _clause_verbs(parse, begin, end):
            if any(cue.start <= verb.idx < cue.end for cue in cues) and not _tells_more(verb):
                continue
            claim = _claim(article, verb, context, timexes, quotations, headline=headline)
            if claim:
                found.setdefault((claim.span.start, claim.span.end, claim.predicate), claim)
        for claim in events.nominal_claims(parse, begin, end, context, timexes, quotations, headline=headline):
            found.setdefault((claim.span.start, claim.span.end, claim.predicate), claim)
    return tuple(found[key] for key in sorted(found))


def _is_question_or_label(parse: Doc, begin: int, end: int) -> bool:
    return parse[end - 1].text in {"?", ":"} or end - begin < SHORTEST


def _clause_verbs(parse: Doc, begin: int, end: int) -> Iterator[Token]:
    for token in parse[begin:end]:
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ not in _CLAUSES:
            continue
        governed = next((c for c in token.children if c.dep_ == "xcomp" and c.pos_ in {"VERB", "AUX"}), None)
        if governed is not None and governing_effect(governed):
            continue  # "is expected to meet": the meeting is the claim
        if token.dep_ == "xcomp" and not governing_effect(token):
            continue
        yield token


def _tells_more(verb: Token) -> bool:
    """Whether a cue tells a deed of its own besides reporting ("met reporters and said")."""
    return False if any(c.dep_ == "ccomp" for c in verb.children) else verb.lemma_ in {"meet", "speak", "visit"}


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
    span = Span(article.id, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    own = own_tokens(verb, tokens)
    who, whom = agents_and_patients(verb, context)
    timex = governing_time(verb, own, timexes)
    numbers = find_numbers(own, article.id, [t.span for t in timexes])
    where = places(own, context)
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


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _predicate(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    if lemma == "be":
        complement = next((c for c in verb.children if c.dep_ in {"attr", "acomp"}), None)
        return f"be {complement.lemma_.lower()}" if complement is not None else "be"
    return f"{lemma} {particle}" if particle else lemma


def extent(verb: Token) -> list[Token]:
    """The tokens of the clause as one unbroken run, from its subject to its last word.

    A coordinated clause without a subject of its own begins at the subject it shares, so that it can be read alone;
    coordinated clauses that follow, and punctuation at the ends, are left out.
    """
    doc = verb.doc
    head = verb
    while head.dep_ == "xcomp" and head.head.pos_ in {"VERB", "AUX", "ADJ"}:
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
    begin, end = _without_attribution(head, begin, end)
    while begin < end and (doc[begin].is_punct or doc[begin].is_space or doc[begin].dep_ in {"cc", "mark"}):
        if doc[begin].text in {"“", '"', "$", "(", "["} and doc[begin + 1 : end].text.count(_CLOSING[doc[begin].text]):
            break
        begin += 1
    while begin < end and (doc[end - 1].is_space or doc[end - 1].dep_ == "cc" or _loose_end(doc, begin, end)):
        end -= 1
    return list(doc[begin:end])


_CLOSING = {"“": "”", '"': '"', "$": "", "(": ")", "[": "]"}


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
        if token.dep_ in _DEPENDENT | {"ccomp"} and token is not verb and _has_subject(token):
            if verb.is_ancestor(token):
                foreign.update(t.i for t in token.subtree)
        elif token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and token is not verb and verb.is_ancestor(token):
            foreign.update(t.i for t in token.subtree)
    if verb.dep_ == "conj":
        shared = verb.head
        skip = {t.i for t in shared.subtree} - {t.i for t in verb.subtree}
        subject = subject_of(verb)
        keep = {t.i for t in subject.subtree} if subject is not None else set()
        foreign |= skip - keep
    return [t for t in tokens if t.i not in foreign]


def governing_time(verb: Token, own: list[Token], timexes: Sequence[Timex]) -> Timex | None:
    """The date or time that says when ``verb`` happened: one that hangs on it, not on a noun far inside."""
    best: tuple[int, int] | None = None
    chosen = None
    inside = {token.idx: token for token in own}
    for timex in timexes:
        if timex.type not in {"DATE", "TIME"}:
            continue
        token = inside.get(timex.span.start) or next(
            (t for t in own if t.idx < timex.span.end and t.idx + len(t) > timex.span.start), None
        )
        if token is None:
            continue
        depth = _nouns_between(token, verb)
        if depth is None:
            continue
        rank = (depth, abs(token.i - verb.i))
        if best is None or rank < best:
            best, chosen = rank, timex
    # A time two nouns deep ("the leader of the party founded in 1945") is not the verb's own.
    return chosen if best is not None and best[0] == 0 else None


def _nouns_between(token: Token, verb: Token) -> int | None:
    nouns = 0
    current = token
    for _ in range(12):
        if current.dep_ in {"pobj", "npadvmod", "advmod", "nmod", "compound", "nummod", "amod", "det", "tmod"} or (
            current is token
        ):
            above = current.head
        else:
            above = current.head
            if current.pos_ in {"NOUN", "PROPN"} and current.ent_type_ not in {"DATE", "TIME"}:
                nouns += 1
        if current is verb or above is verb:
            return nouns
        if current.dep_ == "prep" and above.pos_ in {"NOUN", "PROPN"} and above.ent_type_ not in {"DATE", "TIME"}:
            nouns += 1 if not _light(above, verb) else 0
        if current.dep_ in {"poss", "relcl", "acl", "appos"} or above.dep_ in {"relcl", "acl"}:
            nouns += 1
        if above is current:
            return None
        current = above
    return None


def _light(noun: Token, verb: Token) -> bool:
    """A preposition after an object is often the verb's own: "sign the treaty on Friday", "for talks on Thursday"."""
    return (noun.head is verb and noun.dep_ in {"dobj", "attr"}) or (noun.dep_ == "pobj" and noun.head.head is verb)


def attribution(span: Span, quotations: Sequence[Quotation]) -> tuple[Span | None, bool]:
    """Whose word the clause is: the speaker of the innermost quotation that covers most of it."""
    best: Quotation | None = None
    for quotation in quotations:
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

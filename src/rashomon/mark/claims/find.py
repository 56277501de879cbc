"""One claim a clause: its extent, roles, time, place, numbers, polarity, status and whose word it is."""

from bisect import bisect_left
from collections.abc import Sequence

from rashomon.mark.claims.attribution import Voices, without_report
from rashomon.mark.claims.clauses import clause_verbs, extent, own_tokens
from rashomon.mark.claims.events import nominal_claims
from rashomon.mark.claims.predicates import predicate_of
from rashomon.mark.claims.roles import agents_and_patients, places, subject_of
from rashomon.mark.claims.status import polarity_of, status_of
from rashomon.mark.claims.surroundings import LONGEST, SHORTEST, Surroundings
from rashomon.mark.claims.when import governing_time, measured_time
from rashomon.mark.claims.words import is_punctuation, word_list
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Claim, Credit, Mention, Number, Quotation, Timex

# Quotations that began before a sentence and may still run in it: as many as people nest, with room.
AROUND = 40
# Where somebody stands in a picture.
_SIDES = frozenset({"l", "r", "c", "left", "right", "center", "centre"})
# A line of fewer words without a full stop is a headline.
_HEADLINE = 25
_SENTENCE_ENDS = frozenset({".", "!", "”", '"', ")", "’"})


def find_claims(
    article: Article,
    tree: Tree,
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    quotations: Sequence[Quotation],
    credits: Sequence[Credit] = (),
) -> tuple[Claim, ...]:
    """The checkable statements of an article, clause by clause, and the events that its noun phrases name.

    Questions, commands and fragments are left out, and so are clauses in which no name, number or time stands:
    nothing in them can be held against another outlet's words. A reporting clause ("he said") is no claim: its
    quotation is.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``.
        mentions, timexes, quotations, credits: what the other marks found, in order.

    Returns:
        Claims in order of their first character; shorter ones first where two begin together.
    """
    context = Surroundings(article, tree, mentions, timexes)
    cues = {
        at
        for q in quotations
        if q.cue
        for at in range(tree.at(q.cue.start), tree.before(q.cue.end))
        if q.voiced or not _is_deed(tree, at, q)
    }
    quoted_from = [q.content[0].start for q in quotations]
    cited = [(c.scope.start, c) for c in credits if c.relation == "cites" and c.scope]
    cited.sort(key=lambda pair: pair[0])
    cited_from = [start for start, _ in cited]
    found: dict[tuple[int, int], Claim] = {}
    for begin, stop in tree.sentences():
        if _is_question_or_label(tree, begin, stop):
            continue
        earlier = max(0, bisect_left(quoted_from, tree.start[begin]) - AROUND)
        around = quotations[earlier : bisect_left(quoted_from, tree.end[stop - 1])]
        here = cited[bisect_left(cited_from, tree.start[begin]) : bisect_left(cited_from, tree.end[stop - 1])]
        running = [q for q in around if q.content[-1].end > tree.start[begin]]
        said = Voices(article.text, running, [credit for _, credit in here])
        headline = stop - begin < _HEADLINE and tree.text[stop - 1] not in _SENTENCE_ENDS
        headline = headline or "|" in tree.text[begin:stop] or _is_caption(tree, begin, stop)
        for verb in clause_verbs(context, begin, stop):
            if verb in cues:
                continue
            claim = _claim(context, verb, said, headline=headline)
            if claim:
                found.setdefault((claim.span.start, claim.span.end), claim)
        for claim in nominal_claims(context, begin, stop, said, headline=headline):
            found.setdefault((claim.span.start, claim.span.end), claim)
    return tuple(found[key] for key in sorted(found))


def _is_deed(tree: Tree, verb: int, quotation: Quotation) -> bool:
    """Whether an unspoken attitude is to a thing: "approved the budget" is done, "wants to leave" is not."""
    thing = tree.child(verb, "dobj")
    return thing is not None and any(c.start <= tree.start[thing] < c.end for c in quotation.content)


def _is_question_or_label(tree: Tree, begin: int, stop: int) -> bool:
    if tree.text[stop - 1] in {"?", ":"} or stop - begin < SHORTEST:
        return True
    # "What Kim wants from the meeting", "How the dam failed": a link to another article, not a statement.
    return tree.tag[begin] in {"WP", "WRB"} and not is_punctuation(tree.text[stop - 1])


def _is_caption(tree: Tree, begin: int, stop: int) -> bool:
    """ "FILE PHOTO: Ruiz (C) greets fishermen in Manta": its present tense tells the past, as a headline's does."""
    lead = " ".join(tree.lower[begin : min(stop, begin + 3)])
    words = tree.lower[begin:stop]
    sides = [words[at + 1] for at, word in enumerate(words[:-2]) if word == "(" and words[at + 2] == ")"]
    return not _SIDES.isdisjoint(sides) or lead.startswith(
        ("file photo", "file -", "file –", "photo :", "image :", "video :")
    )


def _claim(context: Surroundings, verb: int, voices: Voices, *, headline: bool) -> Claim | None:
    tree = context.tree
    if tree.dep[verb] in {"ROOT", "ccomp"} and tree.tag[verb] == "VB" and not context.has_subject(verb):
        return None
    subject = subject_of(context, verb)
    if subject is None:
        return None
    begin, stop = extent(context, verb)
    if not SHORTEST <= stop - begin <= LONGEST:
        return None
    begin, stop = without_report(context, begin, stop, voices.quotations)
    own = own_tokens(context, verb, begin, stop, subject)
    within = set(own)
    timex = governing_time(context, verb, begin, stop, within)
    if timex is None and tree.dep[verb] == "conj" and not context.has_subject(verb) and _of_one_time(context, verb):
        # "struck a barge on July 12 and waited 47 minutes": one subject, one time.
        timex = governing_time(context, tree.head[verb], begin, stop, range(begin, stop))
    timex = timex or measured_time(context, verb, begin, stop)
    numbers = _numbers(context, verb, begin, stop, within)
    if not (numbers or timex or any(context.mention_at[token] for token in own)):
        return None
    who, whom = agents_and_patients(context, verb, subject)
    if not who and not whom:
        return None
    where = places(context, own, verb)
    if tree.lower[subject] in word_list("vague_nouns") and not (numbers or timex or where or whom):
        return None
    span = context.span(begin, stop)
    attributed_to, quoted = voices.of(span, context.owner_of_words(verb))
    return Claim(
        span=span,
        predicate=predicate_of(context, verb),
        predicate_span=context.span(verb, verb + 1),
        who=who,
        whom=whom,
        where=where,
        when=timex.time if timex else None,
        when_span=timex.span if timex else None,
        numbers=numbers,
        polarity=polarity_of(context, verb),
        status=status_of(context, verb, headline=headline),
        attributed_to=attributed_to,
        quoted=quoted,
        lemmas=context.content_lemmas(own),
    )


def _numbers(context: Surroundings, verb: int, begin: int, stop: int, own: set[int]) -> tuple[Number, ...]:
    """The quantities of a clause, without those of the indefinite noun it narrows: "21 girls taken by the gang are
    free" does not say that 21 were taken, "the 21 girls taken" does."""
    tree = context.tree
    found = context.numbers_in(begin, stop)
    if found and tree.dep[verb] in {"relcl", "acl"}:
        noun = tree.head[verb]
        if not any(tree.lower[c] in {"the", "all"} for c in tree.children[noun]):
            own = own - set(range(tree.low[noun], tree.high[noun] + 1)).difference(
                range(tree.low[verb], tree.high[verb] + 1)
            )
    return tuple(count.number for count in found if own.issuperset(range(count.begin, count.stop)))


def _of_one_time(context: Surroundings, verb: int) -> bool:
    """Not "was to be held on Friday but was put off": what "but" joins, and a plan and a deed, are of two times."""
    above = context.tree.head[verb]
    return status_of(context, verb) == status_of(context, above) and not any(
        context.tree.lower[c] == "but" for c in context.below(above, "cc")
    )

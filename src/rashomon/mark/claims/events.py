"""Events that a noun phrase names: "last month's summit in Hanoi", "talks between the two leaders in February".

They carry the times and places on which outlets most often disagree, deep inside sentences about other things.
"""

from collections.abc import Iterator

from rashomon.mark.claims.attribution import Voices
from rashomon.mark.claims.roles import participants, places
from rashomon.mark.claims.status import polarity_of, status_of
from rashomon.mark.claims.surroundings import LONGEST, Surroundings
from rashomon.mark.claims.words import governors, is_blank, table, word_list
from rashomon.model.marks import Claim, Status, Timex
from rashomon.model.spans import Span

_LINKS = frozenset({"between", "with", "of", "by", "against", "among"})
_SET_IN_TIME = frozenset({"after", "before", "since", "until", "during", "following"})
_DATED = frozenset({"DATE", "TIME"})
_OCCURRENCE = word_list("occurrence_verbs")
_TIMES_OF_EVENTS = table("event_times")
# How many steps up a time inside a noun phrase is followed to the event.
_NEAR = 8


def nominal_claims(context: Surroundings, begin: int, stop: int, voices: Voices, *, headline: bool) -> Iterator[Claim]:
    """The events that noun phrases of one sentence (tokens ``begin`` to ``stop``) place in time.

    Only an event with a time, and with a place or a named participant, is a claim.
    """
    tree = context.tree
    near = [timex for _, _, timex in context.times_in(begin, stop)]
    if not near:
        return
    for noun in range(begin, stop):
        if tree.pos[noun] != "NOUN" or not context.event(noun) or tree.dep[noun] in {"compound", "nmod"}:
            continue
        if tree.high[noun] - tree.low[noun] >= LONGEST:
            continue
        phrase = _phrase(context, noun)
        timex = _own_time(context, noun, phrase) or _time_of_occurrence(context, noun)
        if timex is None:
            continue
        who = _takers_part(context, noun)
        where = places(context, phrase, noun)
        if not who and not where:
            continue
        first, last = _readable(context, noun, phrase, timex)
        span = context.span(first, last)
        attributed_to, quoted = voices.of(span)
        above = tree.head[noun]
        yield Claim(
            span=span,
            predicate=tree.lemma[noun].lower(),
            predicate_span=context.span(noun, noun + 1),
            who=who,
            where=where,
            when=timex.value,
            when_span=timex.span,
            polarity=polarity_of(context, above) if tree.pos[above] == "VERB" else "+",
            status=_status(context, noun, phrase, headline=headline),
            attributed_to=attributed_to,
            quoted=quoted,
            nominal=True,
            lemmas=context.content_lemmas(range(first, last)),
        )


def _phrase(context: Surroundings, noun: int) -> list[int]:
    """The noun phrase without clauses that hang on it."""
    tree = context.tree
    shut: set[int] = set()
    for token in range(tree.low[noun], tree.high[noun] + 1):
        label, direct = tree.dep[token], tree.head[token] == noun
        if token == noun or token in shut or (direct and _says_when(context, token)):
            continue
        if label in {"relcl", "acl", "appos"} or (label == "conj" and direct):
            shut.update(range(tree.low[token], tree.high[token] + 1))
    return [token for token in range(tree.low[noun], tree.high[noun] + 1) if token == noun or token not in shut]


def _says_when(context: Surroundings, clause: int) -> bool:
    """ "the summit, set to begin on Thursday", "talks held in May": a clause that only tells when the event is."""
    tree = context.tree
    if tree.dep[clause] != "acl" or tree.tag[clause] != "VBN":
        return False
    return tree.lemma[clause] in _OCCURRENCE or governors().get(tree.lemma[clause]) == "planned"


def _own_time(context: Surroundings, noun: int, phrase: list[int]) -> Timex | None:
    """A time inside the phrase that hangs on the event itself, not on another event inside it."""
    tree = context.tree
    inside = set(phrase)
    for begin, _, timex in context.times_in(phrase[0], phrase[-1] + 1):
        token = begin
        if token not in inside or token == noun:
            continue
        for _ in range(_NEAR):
            if token == noun:
                return timex
            if token != begin and tree.pos[token] == "NOUN" and context.event(token):
                break
            token = tree.head[token]
    return None


def _time_of_occurrence(context: Surroundings, noun: int) -> Timex | None:
    """The time of "took place", "ended", "broke down" whose subject the event is."""
    tree = context.tree
    verb = tree.head[noun]
    if tree.dep[noun] not in {"nsubj", "nsubjpass"} or tree.lemma[verb] not in _OCCURRENCE:
        return None
    found = []
    for label in ("prep", "npadvmod", "advmod"):
        for branch in context.below(verb, label):
            low, high = tree.low[branch], tree.high[branch]
            times = [(begin, t) for begin, last, t in context.times_in(low, high + 1) if last <= high + 1]
            if times and not any(tree.pos[t] == "NOUN" and context.event(t) for t in range(low, high + 1)):
                found.append(times[0])
    return min(found, key=lambda f: f[0])[1] if found else None


def _takers_part(context: Surroundings, noun: int) -> tuple[Span, ...]:
    tree, mention_at = context.tree, context.mention_at
    found: set[Span] = set()
    for label in ("poss", "compound", "amod"):
        for child in context.below(noun, label):
            mention = mention_at[child]
            if mention and mention.kind != "PLACE":
                found.add(mention.span)
    for link in context.below(noun, "prep"):
        if tree.lower[link] in _LINKS:
            inner = list(context.below(link, "pobj"))
        else:
            # "talks in Hanoi between Kim and Trump": the parser often hangs "between" on the place or the date.
            inner = [
                token
                for token in range(tree.low[link], tree.high[link] + 1)
                if tree.dep[token] == "pobj" and tree.lower[tree.head[token]] in {"between", "with"}
            ]
        for token in inner:
            found.update(span for span in participants(context, token) if span in context.named)
    return tuple(sorted(found))


def _readable(context: Surroundings, noun: int, phrase: list[int], timex: Timex) -> tuple[int, int]:
    """The phrase as an unbroken run, half-open; with its verb where the time stands there."""
    tree = context.tree
    start, end = timex.span.start, timex.span.end
    begin, stop = phrase[0], phrase[-1] + 1
    verb = tree.head[noun]
    dated = tree.start[begin] <= start and end <= tree.end[stop - 1]
    told = tree.lemma[verb] in _OCCURRENCE or not dated
    if tree.dep[noun] in {"nsubj", "nsubjpass"} and tree.pos[verb] in {"VERB", "AUX"} and told:
        inside = [begin, stop - 1, verb, *context.below(verb, "prt")]
        begin, stop = min(inside), max(inside) + 1
        if not (tree.start[begin] <= start and end <= tree.end[stop - 1]):
            begin, stop = min(begin, tree.at(start)), max(stop, tree.before(end))
    before = begin - 1
    introduced = begin > 0 and tree.ent[begin] in _DATED and tree.lower[before] in {"in", "on", "at"}
    if introduced and any(tree.ent[c] in _DATED for c in tree.children[before]):
        begin -= 1  # "In February, the second summit …"
    while begin < stop - 1 and is_blank(tree.text[begin]):
        begin += 1
    while stop - 1 > begin and is_blank(tree.text[stop - 1]):
        stop -= 1
    return begin, stop


def _status(context: Surroundings, noun: int, phrase: list[int], *, headline: bool) -> Status:
    tree = context.tree
    dep, pos, heads = tree.dep, tree.pos, tree.head
    for clause in context.below(noun, "acl"):
        if clause in phrase and _says_when(context, clause) and governors().get(tree.lemma[clause]) == "planned":
            return "planned"
    hung = (t for t in phrase if heads[t] == noun or (heads[heads[t]] == noun and dep[heads[t]] == "poss"))
    told = {_TIMES_OF_EVENTS.get(tree.lower[t]) for t in hung}
    if "planned" in told:
        return "planned"
    if "happened" in told:
        return "happened"
    verb = heads[noun]
    if dep[noun] in {"nsubj", "nsubjpass"} and pos[verb] in {"VERB", "AUX"}:
        governed = context.below(verb, "xcomp")
        status = status_of(context, governed[0] if governed else verb, headline=headline)
        return "happened" if status == "ongoing" else status
    above = noun
    while dep[above] in {"pobj", "prep", "dobj", "conj"} and tree.lower[above] not in _SET_IN_TIME:
        above = heads[above]
    if above != noun and pos[above] == "VERB":
        # "will sit down for talks": what is planned of the verb is planned of its event.
        status = status_of(context, above, headline=headline)
        if status in {"planned", "possible"}:
            return status
    return "happened"

"""The clauses of a sentence that can be claims, and where each begins and ends."""

from collections.abc import Iterator

from rashomon.mark.claims.roles import subject_of
from rashomon.mark.claims.status import CONDITIONAL, governing_effect, is_infinitive
from rashomon.mark.claims.surroundings import FAR, LONGEST, READABLE, Surroundings
from rashomon.mark.claims.words import governors, is_blank, is_punctuation, word_list
from rashomon.mark.quotes.words import word_list as quote_words

_CLAUSAL = frozenset({"VERB", "AUX"})
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "acl", "xcomp"})
# Clauses that hang on another one and are told with it, unless they carry a subject of their own.
_DEPENDENT = frozenset({"advcl", "relcl", "acl", "ccomp"})
_CLOSING = {"“": "”", '"': '"', "$": "", "(": ")", "[": "]"}
# What may hang on a verb without telling what is done.
_SLIGHT = frozenset({"nsubj", "neg", "advmod", "punct", "cc", "aux", "mark", "intj"})
_ASKING = frozenset({"WP", "WP$", "WDT", "WRB"})
_DASHES = frozenset({"--", "-", "–", "—", "---"})
_BREAKS = _DASHES | {"|", "•", ";", ":"}
# Words before the colon of a label ("FILE PHOTO:").
_LABEL = 4
_HANGING = frozenset({"advcl", "relcl", "acl", "parataxis"})
_OPENING = {"’": "‘", "'": "'", "”": "“", '"': '"', ")": "(", "]": "["}


def clause_verbs(context: Surroundings, begin: int, stop: int) -> Iterator[int]:
    """The verbs among the tokens ``begin`` to ``stop`` whose clauses tell something by themselves."""
    tree = context.tree
    pos, dep, tag = tree.pos, tree.dep, tree.tag
    for verb in range(begin, stop):
        if pos[verb] not in _CLAUSAL or dep[verb] not in _CLAUSES:
            continue
        if any(governing_effect(context, c) for c in _complements(context, verb)):
            continue  # "is expected to meet", "is due to land": the meeting, the landing is the claim
        label = dep[verb]
        if label == "xcomp" and not governing_effect(context, verb):
            continue
        if label in {"advcl", "acl", "relcl"} and tag[verb] in {"VB", "VBG"} and not context.has_subject(verb):
            continue  # "to lay a wreath", "leaving many behind", "ways to leave": told with what they hang on
        if label == "acl" and governors().get(tree.lemma[verb]) == "planned":
            continue  # "a meeting planned for May": whether it came about is told elsewhere
        if not _only_reports(context, verb) and not _only_asks(context, verb) and not _elliptic(context, verb):
            yield verb


def _complements(context: Surroundings, verb: int) -> Iterator[int]:
    """The infinitives that ``verb`` governs, itself or through an adjective ("is due to", "is ready to")."""
    for governor in (verb, *context.below(verb, "acomp")):
        yield from (c for c in context.below(governor, "xcomp") if context.tree.pos[c] in _CLAUSAL)
    yield from (c for c in context.below(verb, "ccomp") if context.tree.tag[c] == "VB" and is_infinitive(context, c))


def _only_asks(context: Surroundings, verb: int) -> bool:
    """ "what he did", "who won the vote": a clause that only names something, or asks for it."""
    tree = context.tree
    named = word_list("question_words")
    for head in {verb, context.governing(verb)}:
        if tree.dep[head] == "ROOT":
            continue
        for at in range(tree.low[head], min(head, tree.low[head] + FAR)):
            relative = tree.dep[head] != "ccomp" or tree.lower[at] == "that"
            asks = tree.lower[at] in named or (tree.tag[at] in _ASKING and not relative)
            if asks and tree.dep[at] != "mark":
                above = tree.head[at]
                if head in {above, tree.head[above], tree.head[tree.head[above]]} or above == verb:
                    return True
    return False


def _elliptic(context: Surroundings, verb: int) -> bool:
    """ "He never has.": an auxiliary whose verb is not told."""
    tree = context.tree
    return tree.lemma[verb] in {"have", "do"} and all(tree.dep[c] in _SLIGHT for c in tree.children[verb])


def _only_reports(context: Surroundings, verb: int) -> bool:
    """ "Reuters reported on Wednesday": a verb of speech without an object tells nothing by itself."""
    if context.tree.lemma[verb].lower() not in quote_words("speech_verbs"):
        return False
    below = context.below
    if below(verb, "auxpass") and below(verb, "prt"):
        return False  # "was put off" is not "put it"
    return not below(verb, "dobj") and not below(verb, "attr")


def extent(context: Surroundings, verb: int) -> tuple[int, int]:
    """The tokens of the clause as one unbroken run, half-open, from its subject to its last word; may be empty.

    A coordinated clause without a subject of its own begins at the subject it shares, so that it can be read alone;
    coordinated clauses that follow, and punctuation at the ends, are left out.
    """
    tree = context.tree
    pos, dep, low, heads = tree.pos, tree.dep, tree.low, tree.head
    head = context.governing(verb)
    begin, stop = low[head], tree.high[head] + 1
    for later in context.below(verb, "conj"):
        if later > verb and pos[later] in _CLAUSAL:
            stop = min(stop, low[later])
    if begin >= stop:
        return verb, verb
    label = dep[head]
    if label == "conj" and not context.has_subject(head):
        shared = subject_of(context, head)
        if shared is not None:
            begin = min(begin, low[shared])
        top = context.governing(heads[head])
        if top != heads[head]:  # "helped us find and catch them" begins with what helped
            begin = min(begin, low[heads[top]] if dep[top] in {"relcl", "acl"} else low[top])
    elif label in {"relcl", "acl"}:
        begin = min(begin, low[heads[head]])
    elif label == "advcl" and head > heads[head] and not context.has_subject(head):
        begin = min(begin, low[heads[head]])  # "it joined the talks, last held in 2009"
    if tree.tag[begin] in {"WP", "WP$", "WDT"}:
        begin = _antecedent(context, begin)
    begin, stop = _without_source(context, head, begin, stop)
    begin, stop = _without_neighbours(context, verb, begin, stop)
    if stop - begin > READABLE:
        stop = _shortened(context, verb, begin, stop)
    return _trimmed(context, head, begin, stop)


def _without_neighbours(context: Surroundings, verb: int, begin: int, stop: int) -> tuple[int, int]:
    """The run up to what ends a statement though the parse goes on: bars between links, semicolons, a label's colon,
    a dash with a clause behind it."""
    tree = context.tree
    if stop - begin > LONGEST:
        return begin, stop
    for at in range(begin, stop):
        mark = tree.text[at]
        if mark not in _BREAKS:
            continue
        if at < verb:
            labels = mark == ":" and at - begin <= _LABEL and context.own_subject(verb) not in range(begin, at)
            if labels or mark in {"|", "•"}:
                begin = at + 1
        elif mark in {"|", "•", ";"} or (mark in _DASHES and _aside(context, at, stop)):
            return begin, at
    return begin, stop


def _aside(context: Surroundings, dash: int, stop: int) -> bool:
    """Whether the dash is no hyphen and another clause follows, which is no condition of this one."""
    tree = context.tree
    if dash + 1 >= stop or (tree.text[dash] == "-" and tree.end[dash] == tree.start[dash + 1]):
        return False
    if tree.lower[dash + 1] in CONDITIONAL:
        return False
    return any(tree.tag[at] in {"VBD", "VBZ", "VBP", "MD"} for at in range(dash + 1, stop))


def _shortened(context: Surroundings, verb: int, begin: int, stop: int) -> int:
    """The end of a long run without the clauses that hang at its end: the last that leave it short, else all."""
    tree = context.tree
    ends = [
        tree.low[at]
        for at in range(verb + 1, stop)
        if tree.dep[at] in _HANGING
        and tree.low[at] > verb + 1
        and tree.high[at] >= stop - 2
        and not (tree.dep[at] == "acl" and tree.tag[at] == "VB")  # "a failure to agree" is one thing
    ]
    words = [at for at in range(begin, stop) if not is_blank(tree.text[at])]
    if len(words) <= READABLE:
        return stop
    return max((end for end in ends if end <= words[READABLE]), default=stop)


def _trimmed(context: Surroundings, head: int, begin: int, stop: int) -> tuple[int, int]:
    """The run without what ties it to its neighbours."""
    tree = context.tree
    for tie in context.below(head, "mark"):
        if begin < tie <= begin + 2 and all(tree.dep[at] == "advmod" for at in range(begin, tie)):
            begin = tie  # "partly because it rained", "even as it rained"
    while begin < stop and (is_blank(tree.text[begin]) or _leads_in(context, begin, head)):
        opening = tree.text[begin]
        if opening in _CLOSING and _CLOSING[opening] in context.words(begin + 1, stop):
            break
        begin += 1
    while begin < stop and (tree.dep[stop - 1] == "cc" or _loose_end(context, begin, stop)):
        stop -= 1
    following = tree.text[stop] if begin < stop < len(tree) else ""
    if following in {")", "”"} and context.words(begin, stop).count(_OPENING[following]) > context.words(
        begin, stop
    ).count(following):
        stop += 1
    return begin, stop


def _antecedent(context: Surroundings, begin: int) -> int:
    """Where the noun phrase begins that a relative pronoun at ``begin`` refers to; ``begin`` if none stands before."""
    tree = context.tree
    at = begin - 1
    while at > 0 and is_punctuation(tree.text[at]):
        at -= 1
    return tree.low[at] if at >= 0 and tree.pos[at] in {"NOUN", "PROPN"} else begin


def _leads_in(context: Surroundings, token: int, head: int) -> bool:
    """Words that tie a clause to what stands before it: "and", "that", "when", "meanwhile,"."""
    tree = context.tree
    label = tree.dep[token]
    if tree.lower[token] in CONDITIONAL:
        return False
    if label == "cc" or (label == "mark" and tree.head[token] == head):
        return True  # not the "if" of a clause that stands before this one
    if tree.lower[token] in word_list("connectives") and tree.text[token + 1 : token + 2] == [","]:
        return True  # "Meanwhile, it rained"
    tag = tree.tag[token]
    return (tag == "WRB" and tree.head[token] == head) or (tree.lower[token] == "that" and tag == "IN")


def _loose_end(context: Surroundings, begin: int, stop: int) -> bool:
    last = context.tree.text[stop - 1]
    if last in _OPENING:
        return _OPENING[last] not in context.words(begin, stop - 1)
    return is_blank(last) and last != "%"


def _without_source(context: Surroundings, head: int, begin: int, stop: int) -> tuple[int, int]:
    """Cut ", Reuters reported" and ", according to X" off the ends: they are the claim's credit, not its content."""
    tree = context.tree
    asides = [c for c in context.below(head, "prep") if tree.lower[c] == "according"]
    for child in sorted([*context.below(head, "parataxis"), *asides]):
        if tree.high[child] + 1 >= stop - 1:
            stop = min(stop, tree.low[child])
        elif tree.low[child] <= begin + 1:
            begin = max(begin, tree.high[child] + 1)
    return begin, stop


def own_tokens(context: Surroundings, verb: int, begin: int, stop: int, subject: int | None) -> list[int]:
    """The tokens of the clause that are not inside a clause hanging on it with a subject of its own."""
    tree = context.tree
    pos, dep, low, high = tree.pos, tree.dep, tree.low, tree.high
    foreign: set[int] = set()
    for token in range(max(begin, low[verb]), min(stop, high[verb] + 1)):
        label = dep[token]
        if token in foreign or low[token] <= verb <= high[token]:
            continue  # the second: "which you tried to get", where "which" hangs on the last verb
        if label == "conj":
            if pos[token] not in _CLAUSAL:
                continue
        elif label not in _DEPENDENT or not context.has_subject(token):
            continue
        foreign.update(range(max(begin, low[token]), min(stop, high[token] + 1)))
    if dep[verb] == "conj":
        shared = tree.head[verb]
        kept = range(low[subject], high[subject] + 1) if subject is not None else range(0)
        for token in range(max(begin, low[shared]), min(stop, high[shared] + 1)):
            if not low[verb] <= token <= high[verb] and token not in kept:
                foreign.add(token)
    return [token for token in range(begin, stop) if token not in foreign]

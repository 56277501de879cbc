"""An article's main event: who did what, when and where, chosen among the clauses of its first sentences.

After Giveme5W1H (Hamborg, Breitinger, Gipp 2019), which ranks candidates by position, frequency and kind; here the
headline's words weigh most, since headlines name the event.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rashomon.mark.datelines import dateline_city
from rashomon.mark.quotes.words import word_list
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Claim, Gist, Mention, Quotation, Timex
from rashomon.model.spans import Span
from rashomon.model.timevalue import distance, precision

# How many sentences are read for the event, its time and its place, and how many words of each at most.
SENTENCES, WORDS = 10, 100
# Longest answers, in words: what a person takes in at a glance.
LONGEST_WHAT, LONGEST_WHO = 14, 16
# What speaks for a clause, chosen together on half of the events of the labelled set (benchmarks/five_w.py, TUNED) by
# climbing from random starts over coarse grids. Half or twice of each changes at most six of 192 answers: the share
# of the headline's words, words that come again in the article, each sentence before it, being a main clause (not one
# that hangs on another).
TITLE, REPEATED, LATER, MAIN = 2.0, 1.0, 0.1, 0.1
# What speaks against it: that somebody only says something, that it tells how something is ("is the mayor"), that it
# may or will be (a headline with "will" outweighs it), a pronoun as subject, standing in a quotation.
SAID, STATE, MODAL, PRONOUN, QUOTED = 0.3, 0.3, 0.2, 0.6, 0.6
# A word that comes this often is what the article is about; a clause of fewer words than this is not all headline.
OFTEN, SHORT = 8, 4
# What speaks for a place, as points: something is said to be there; the headline has it; it is no country or region.
LOCATED, TITLED, TOWN = 1, 1, 2
# Days around the publication day on which an event is looked for when its clause names none: news is about these.
NEWS_DAYS = 7

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "attr", "acomp", "oprd")
_SIDE = frozenset({"advcl", "relcl", "acl"})
_ASIDES = frozenset({"ccomp", "parataxis", "cc", "mark", "appos"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nummod", "poss", "det"})
_LOOSE = frozenset({"PUNCT", "SPACE", "CCONJ", "SCONJ", "ADP", "DET"})
_JOINTS = frozenset({"ADP", "SCONJ", "CCONJ"})
_INNER_MARKS = frozenset("'\"“”‘’-")
_IN = frozenset({"in", "at", "on", "near", "outside", "inside", "across", "off", "to", "into", "from"})
# "before Friday": no time of the event.
_SET_OFF = frozenset({"after", "before", "since", "until", "till"})
_DASHES = frozenset({"--", "—", "–"})
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Event:
    """One clause that may be the main event: its verb, its subject, and the token ranges of subject and predicate."""

    verb: int
    subject: int
    who: tuple[int, int]
    what: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Topic:
    """What an article is about: the keys of its title's words, and how often each key comes in the text."""

    title: frozenset[str]
    counts: Mapping[str, int]


def find_gist(
    article: Article,
    tree: Tree,
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    quotations: Sequence[Quotation],
    claims: Sequence[Claim],
    published: str | None,
) -> Gist | None:
    """The main event of an article, or None where its first sentences tell none.

    Args:
        article: its title, or else its first sentence, tells what it is about; every span is of its text.
        tree: the parse of ``article.text``.
        mentions, timexes, quotations, claims: what the other marks found, in order; timexes resolved.
        published: the day that relative times were resolved against.
    """
    sentences = [(begin, min(end, begin + WORDS)) for begin, end in islice(tree.sentences(), SENTENCES)]
    if not sentences:
        return None
    last = tree.end[sentences[-1][1] - 1]
    spoken = [q.span for q in quotations if q.kind == "direct" and q.span.start < last]
    begin, end = sentences[0]
    topic = _topic(tree, article.title or article.text[tree.start[begin] : tree.end[end - 1]])
    ranked = []
    for number, (begin, end) in enumerate(sentences):
        if tree.text[end - 1] == "?":
            continue
        for event in _events(tree, begin, end, topic):
            at = tree.start[event.verb]
            penalty = LATER * number + (QUOTED if any(s.start <= at < s.end for s in spoken) else 0)
            ranked.append((_score(tree, event, topic) - penalty, -event.verb, event))
    if not ranked:
        return None
    event = max(ranked, key=lambda r: r[:2])[2]
    claim = next((c for c in claims if c.predicate_span.start == tree.start[event.verb]), None)
    when = _when(tree, event, [t for t in timexes if t.span.end <= last], claim, published)
    near = [m for m in mentions if m.span.end <= last]
    where = _where(article, tree, event, near, claim, topic)
    told = [span for span in (when.span if when else None, where) if span]
    return Gist(
        what=_span(article, tree, _without(tree, event, told)),
        who=_who(article, tree, event, near),
        when=when.value if when else published,
        when_span=when.span if when else None,
        where=where,
    )


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """The key under which the forms of one word meet, in headline and text alike: crude, since it only weighs."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)[:8]
    return word[:8]


def _topic(tree: Tree, title: str) -> _Topic:
    forms = Counter([word for word, pos in zip(tree.lower, tree.pos, strict=True) if pos in _CONTENT])
    counts: Counter[str] = Counter()
    for word, count in forms.items():
        counts[_key(word)] += count
    titled = {_key(word) for word in _WORD.findall(title.lower())}
    return _Topic(frozenset(titled & counts.keys()), counts)


def _events(tree: Tree, begin: int, end: int, topic: _Topic) -> Iterator[_Event]:
    """The clauses of one sentence that have a subject, their own or one they share."""
    for verb in range(begin, end):
        if tree.pos[verb] not in {"VERB", "AUX"}:
            continue
        subject = tree.child(verb, *_SUBJECTS)
        if subject is None and tree.dep[verb] == "conj":
            subject = tree.child(tree.head[verb], *_SUBJECTS)
        if subject is None or tree.tag[subject] in {"WDT", "WP"}:
            continue  # "the dam that burst": told with the clause that it hangs on
        what = _predicate(tree, verb, end, topic)
        if what[1] == verb + 1 and tree.lemma[verb] in word_list("speech_verbs"):
            continue  # "..., he said": what he said is the news
        yield _Event(verb, subject, _noun_phrase(tree, subject), what)


def _score(tree: Tree, event: _Event, topic: _Topic) -> float:
    """How likely ``event`` is the one that the article is about, as far as its words tell."""
    words = (i for begin, end in (event.who, event.what) for i in range(begin, end))
    keys = {_key(tree.lower[i]) for i in words if tree.pos[i] in _CONTENT}
    titled = keys & topic.title
    score = TITLE * 2 * len(titled) / (max(len(keys), SHORT) + len(topic.title))
    score += REPEATED * sum(min(topic.counts[key], OFTEN) for key in keys) / OFTEN / max(len(keys), 1)
    verb = event.verb
    if tree.dep[verb] == "ROOT":
        score += MAIN
    elif tree.dep[verb] in _SIDE:
        score -= MAIN
    if tree.lemma[verb] in word_list("speech_verbs") and _key(tree.lower[verb]) not in titled:
        score -= SAID
    if tree.lemma[verb] == "be":
        score -= STATE
    if any(tree.tag[c] == "MD" for c in tree.children[verb]):
        score -= MODAL
    return score - (PRONOUN if tree.pos[event.who[1] - 1] == "PRON" else 0)


def _noun_phrase(tree: Tree, head: int) -> tuple[int, int]:
    """The noun phrase of ``head`` without its article, up to the first clause or aside in it."""
    begin, end = max(tree.low[head], head - LONGEST_WHO), tree.high[head] + 1
    while begin < head and tree.pos[begin] in {"DET", "PUNCT", "SPACE"}:
        begin += 1
    listed = max((c for c in tree.children[head] if tree.dep[c] == "conj"), default=head)
    named = tree.pos[head] == "PROPN"
    stop = head + 1
    while stop < end and stop - begin < LONGEST_WHO:
        if stop > listed and (tree.pos[stop] == "PUNCT" or tree.dep[stop] in _SIDE | _ASIDES):
            break
        if _opens_clause(tree, stop, head) or (named and tree.pos[stop] == "ADP" and tree.lower[stop] != "of"):
            break  # a name takes no "in" or "on": the parse hung there what is the verb's
        stop += 1
    return begin, _trim(tree, head + 1, stop)


def _predicate(tree: Tree, verb: int, end: int, topic: _Topic) -> tuple[int, int]:
    """The verb with what belongs to it: auxiliaries before it, objects and complements behind it.

    A verb without an object takes the clause behind it along ("died when the dam burst"). One with an object takes what
    follows as far as the headline goes along with it.
    """
    begin = verb
    while begin > 0 and tree.head[begin - 1] == verb and tree.dep[begin - 1] in {"aux", "auxpass", "neg"}:
        begin -= 1
    end = min(end, tree.high[verb] + 1, begin + LONGEST_WHAT)
    longest = _clause_end(tree, verb, end, side=True)
    if longest == begin + LONGEST_WHAT:
        # Rather a few words less than half a phrase.
        joints = (i for i in range(longest - 1, verb + 2, -1) if tree.pos[i] in _JOINTS)
        longest = next(joints, longest)
    if tree.child(verb, *_OBJECTS) is None:
        return begin, _trim(tree, verb + 1, longest)
    stop = _clause_end(tree, verb, longest, side=False)
    titled = (i for i in range(longest - 1, stop, -1) if _key(tree.lower[i]) in topic.title)
    stop = next(titled, stop - 1) + 1
    while stop < longest and tree.dep[stop - 1] in _BEFORE_NOUN and tree.head[stop - 1] >= stop:
        stop += 1
    return begin, _trim(tree, verb + 1, stop)


def _clause_end(tree: Tree, verb: int, end: int, *, side: bool) -> int:
    """Where the predicate of ``verb`` ends; ``side``: whether a clause that hangs on it still belongs to it."""
    stop = verb + 1
    while stop < end:
        if tree.pos[stop] in {"PUNCT", "SPACE"} and tree.text[stop] not in _INNER_MARKS:
            break
        if tree.pos[stop] in {"VERB", "AUX"} and tree.dep[stop] == "conj":
            break
        if not side and (tree.tag[stop] in {"WDT", "WP", "WRB"} or _opens_clause(tree, stop, verb)):
            break
        stop += 1
    return stop


def _opens_clause(tree: Tree, place: int, head: int) -> bool:
    """Whether a side clause below ``head`` begins at ``place``."""
    current = place
    for _ in range(8):
        if current == head or tree.low[current] != place:
            return False
        if tree.dep[current] in _SIDE:
            return True
        current = tree.head[current]
    return False


def _trim(tree: Tree, begin: int, stop: int) -> int:
    """``stop`` without loose words before it: "and", "on", a mark left open."""
    while stop > begin and tree.pos[stop - 1] in _LOOSE:
        stop -= 1
    return stop


def _span(article: Article, tree: Tree, tokens: tuple[int, int]) -> Span:
    return Span(article.id, tree.start[tokens[0]], tree.end[tokens[1] - 1])


def _without(tree: Tree, event: _Event, told: list[Span]) -> tuple[int, int]:
    """The predicate without the time and place at its end, which are told apart."""
    begin, stop = event.what
    for _ in told:
        end = tree.end[stop - 1]
        cut = next((tree.at(s.start) for s in told if s.end == end and s.start > tree.start[event.verb]), stop)
        stop = _trim(tree, event.verb + 1, cut)
    return begin, stop


def _who(article: Article, tree: Tree, event: _Event, mentions: Sequence[Mention]) -> Span | None:
    """The one who acts, in the passive the one behind "by"; the name that a pronoun stands for."""
    passive = tree.child(event.verb, "nsubjpass") is not None
    agent = tree.child(event.verb, "agent") if passive else None
    by = tree.child(agent, "pobj") if agent is not None else None
    head, words = (event.subject, event.who) if by is None else (by, _noun_phrase(tree, by))
    at = tree.start[head]
    mention = next((m for m in mentions if m.span.start <= at < m.span.end), None)
    if tree.pos[head] == "PRON":
        return mention.antecedent if mention else None
    alone = tree.child(head, "conj") is None
    if alone and mention and mention.kind == "PERSON" and mention.form == "name":
        return mention.span
    return _span(article, tree, words)


def _when(
    tree: Tree, event: _Event, timexes: Sequence[Timex], claim: Claim | None, published: str | None
) -> Timex | None:
    """The event's own time, else the nearest recent one, of its own sentence first."""
    near: list[tuple[bool, bool, int, Timex]] = []
    for timex in timexes:
        exact = _is_exact(timex, published)
        at = tree.at(timex.span.start)
        if exact is None or tree.lower[tree.head[at]] in _SET_OFF or (at and tree.lower[at - 1] in _SET_OFF):
            continue
        if claim and timex.span == claim.when_span:
            return timex
        near.append((not exact, tree.sentence[at] != tree.sentence[event.verb], abs(at - event.verb), timex))
    return min(near, key=lambda n: n[:3])[3] if near else None


def _is_exact(timex: Timex, published: str | None) -> bool | None:
    """Whether ``timex`` names a day or an hour; None where it is no time that news of ``published`` would be about."""
    if timex.type not in {"DATE", "TIME"} or timex.value.endswith("_REF"):
        return None
    if published is None:
        return timex.anchor == "unknown" or precision(timex.value) in {"day", "time"}
    days, fine = distance(timex.value, published), precision(timex.value)
    if days is None or days > NEWS_DAYS or fine in {"year", "decade", "century"}:
        return None
    return fine in {"day", "time"}


def _where(
    article: Article,
    tree: Tree,
    event: _Event,
    mentions: Sequence[Mention],
    claim: Claim | None,
    topic: _Topic,
) -> Span | None:
    """The place with most points, of equal ones the event's own, then the nearest; without any the dateline's."""
    best: tuple[int, bool, int, Span] | None = None
    for mention in mentions:
        if mention.kind != "PLACE" or mention.form != "name":
            continue
        begin, head = tree.at(mention.span.start), tree.at(mention.span.end - 1)
        # A dateline behind a caption or a headline ends in a dash, too.
        located = _located(tree, head) or (head + 1 < len(tree) and tree.text[head + 1] in _DASHES)
        titled = any(_key(word) in topic.title for word in _WORD.findall(mention.name.lower()))
        if not titled and not located:
            continue  # "the Oslo firm", "the party's man for Bergen": named, but not as the place of anything
        broad = (mention.known or "").startswith(("state:", "region:"))
        points = LOCATED * located + TITLED * titled + TOWN * (not broad)
        own = claim is not None and mention.span in claim.where
        found = points, own, -abs(begin - event.verb), mention.span
        if best is None or found[:3] > best[:3]:
            best = found
    if best:
        return _whole_place(article, tree, best[3], mentions)
    start, end, _ = dateline_city(article.text)
    return Span(article.id, start, end) if end else None


def _located(tree: Tree, place: int) -> bool:
    """Whether something is said to be in, at or near ``place``, by itself or as "the city of ..."."""
    for _ in range(6):
        above, object_ = tree.head[place], tree.dep[place] == "pobj"
        if object_ and tree.lower[above] in _IN:
            return True
        if object_ and tree.lower[above] == "of":
            place = tree.head[above]
        elif tree.dep[place] in {"compound", "appos", "npadvmod"}:
            place = above
        else:
            return False
    return False


def _whole_place(article: Article, tree: Tree, span: Span, mentions: Sequence[Mention]) -> Span:
    """With the noun it stands before ("the Lund circuit"), or with the larger place behind it ("Lund, Sweden")."""
    size = len(tree)
    end = tree.at(span.end - 1) + 1
    while end < size and tree.dep[end - 1] == "compound" and tree.head[end - 1] >= end and tree.pos[end] != "PUNCT":
        end += 1
    look = end + 1
    if look < size and tree.text[end] == ",":
        look += tree.dep[look] in {"amod", "compound"} and look + 1 < size
        larger = next((m for m in mentions if m.span.start == tree.start[look] and m.kind == "PLACE"), None)
        if larger:
            return Span(article.id, span.start, larger.span.end)
    return Span(article.id, span.start, tree.end[end - 1])

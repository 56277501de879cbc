"""Who did what to whom, and where: the participants of a clause as spans of names or heads of noun phrases."""

from collections.abc import Iterable, Iterator

from rashomon.mark.claims.surroundings import FAR, LONGEST, Surroundings
from rashomon.mark.claims.words import word_list
from rashomon.model.spans import Span

_CLAUSAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OBJECTS = ("dobj", "dative", "attr", "oprd")
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_ACTORS = frozenset({"PERSON", "ORG", "GROUP"})
# Behind an object or what one is said to be: "reviews from the league", "a mentor to Ruiz".
_WITH_OBJECTS = ("to", "from", "with", "against")
_PLACE_PREPOSITIONS = word_list("place_prepositions")
_WITH = word_list("participant_prepositions")
# "opened a port in Manta": where the thing done is, it was done.
_IN_OBJECTS = frozenset({"in", "at", "near", "outside", "inside", "within", "across"})
_PLACE_NOUNS = word_list("place_nouns")
# "two months after talks in Hanoi": the place of the talks, not of what comes after them.
_SET_IN_TIME = frozenset({"after", "before", "since", "until", "during", "from"})
_INNER = frozenset({"compound", "amod", "nummod", "nmod", "poss", "quantmod", "punct", "case", "advmod"})


def subject_of(context: Surroundings, verb: int) -> int | None:
    """The subject of ``verb``: its own, else one it shares by coordination or control."""
    tree, below = context.tree, context.below
    current = verb
    for _ in range(6):
        own = context.own_subject(current)
        if own is not None:
            return own
        label, above = tree.dep[current], tree.head[current]
        if label == "conj" and not below(above, "cc"):
            return None  # coordination without "and" is most often a parse gone wrong
        if (label == "conj" and tree.pos[above] in _CLAUSAL) or label == "xcomp":
            controlled = below(above, "dobj") if label == "xcomp" else ()
            if label == "xcomp" and tree.lemma[above].lower() in word_list("calling_verbs"):
                controlled = controlled or list(context.objects_of(above, "on", "upon", "for", "to"))
            if controlled:
                return controlled[0]
            current = above
        elif label == "acomp":
            current = above
        elif label in {"acl", "relcl"} and tree.pos[above] in {"NOUN", "PROPN"}:
            return above
        elif label == "advcl" and tree.tag[current] in {"VBG", "VB", "VBN"}:
            current = above
        else:
            return None
    return None


def participants(context: Surroundings, head: int) -> tuple[Span, ...]:
    """The participants that the noun phrase ``head`` names, coordinated ones one by one.

    Named ones come as their mention's span, others as the head noun with its modifiers. "The train of Kim Jong Un"
    gives the train and Kim Jong Un.
    """
    mention_at = context.mention_at
    spans: set[Span] = set()
    referred = antecedent(context, head)
    if referred is None:
        return ()
    for each in _coordinated(context, referred):
        mention = mention_at[each]
        spans.add(mention.span if mention else _core(context, each))
        named = mention is not None and mention.kind in _ACTORS and mention.form == "name"
        for inner in context.objects_of(each, "of", "between"):
            if mention_at[inner]:
                owners = (m for other in _coordinated(context, inner) if (m := mention_at[other]))
                spans.update(m.span for m in owners if not (named and m.kind == "PLACE"))  # not "Ruiz of Quito"
        spans.update(m.span for owner in context.below(each, "poss") if (m := mention_at[owner]))
    return tuple(sorted(spans))


def antecedent(context: Surroundings, noun: int) -> int | None:
    """The noun that a relative pronoun stands for, any other word itself; None for a "what" that stands for nothing."""
    tree = context.tree
    if tree.tag[noun] not in _RELATIVE:
        return noun
    current = noun
    for _ in range(FAR):
        above = tree.head[current]
        if tree.dep[current] == "relcl":
            return above if tree.lower[noun] != "what" else None
        if above == current:
            return None
        current = above
    return None


def gap(context: Surroundings, verb: int) -> int | None:
    """The noun that is the missing object of a clause without a relative pronoun: "the bank he ran"."""
    tree, below = context.tree, context.below
    head = context.governing(verb)
    if tree.dep[head] != "relcl" or below(verb, "dobj") or below(verb, "ccomp"):
        return None
    if any(below(at, label) for at in (head, verb) for label in ("nsubjpass", "auxpass")):
        return None
    noun = tree.head[head]
    subject = context.own_subject(head)
    if subject is None or tree.tag[subject] in _RELATIVE or tree.lemma[noun].lower() in word_list("adverbial_nouns"):
        return None
    if tree.ent[noun] in {"DATE", "TIME"} or below(verb, "acomp") or below(verb, "attr"):
        return None
    inside = range(tree.low[head], tree.high[head] + 1)
    asked = any(tree.tag[at] in _RELATIVE or tree.tag[at] == "WRB" for at in inside if at < verb)
    stranded = any(not below(link, "pobj") and not below(link, "pcomp") for link in below(verb, "prep"))
    return None if asked or stranded else noun


def _is_passive(context: Surroundings, verb: int) -> bool:
    tree, below = context.tree, context.below
    if tree.lemma[verb] == "be":
        return False
    for _ in range(FAR):
        carriers = below(verb, "auxpass")
        if carriers and tree.lower[carriers[0]] in {"'s", "’s"} and (below(verb, "dobj") or below(verb, "ccomp")):
            return False  # "he's made it clear"
        if carriers or below(verb, "nsubjpass"):
            return True
        coordinated = tree.dep[verb] == "conj" and tree.tag[verb] == "VBN" and tree.pos[tree.head[verb]] == "VERB"
        if not coordinated or below(verb, "aux") or context.has_subject(verb):
            return tree.dep[verb] == "acl" and tree.tag[verb] == "VBN"
        verb = tree.head[verb]  # "was arrested and released"
    return False


def agents_and_patients(
    context: Surroundings, verb: int, subject: int | None
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """``(who, whom)``: active and passive give the same roles; "with X" and "to X" take part as patients."""
    tree, below = context.tree, context.below
    who: set[Span] = set()
    whom: set[Span] = set()
    if subject is not None:
        (whom if _is_passive(context, verb) else who).update(participants(context, subject))
    missing = gap(context, verb)
    if missing is not None:
        whom.update(participants(context, missing))
    for child in _objects(context, verb):
        if tree.ent[child] not in {"DATE", "TIME"} and not apart(context, verb, child):
            whom.update(participants(context, child))
            for inner in context.objects_of(child, *_WITH_OBJECTS):
                whom.update(_actors(context, inner))
    for child in below(verb, "agent"):
        for inner in below(child, "pobj"):
            who.update(participants(context, inner))
    for child in below(verb, "prep"):
        inner_nouns = below(child, "pobj")
        if tree.lower[child] in _WITH:
            for inner in inner_nouns:
                whom.update(_actors(context, inner))
        if tree.lower[child] in {"for", "in", "to", "at"}:
            for event in inner_nouns:
                if context.event(event):  # "sits down for talks with Ruiz"
                    for inner in context.objects_of(event, "with", "between"):
                        whom.update(_actors(context, inner))
    return tuple(sorted(who)), tuple(sorted(whom - who))


def _objects(context: Surroundings, verb: int) -> Iterator[int]:
    """What a verb is done to, what it makes of it, and to whom it is given."""
    tree, below = context.tree, context.below
    for label in _OBJECTS:
        for child in below(verb, label):
            if tree.pos[child] == "ADP":
                yield from below(child, "pobj")
            elif tree.pos[child] != "PUNCT":
                yield child
    for clause in below(verb, "ccomp"):
        if tree.pos[clause] in _NOMINAL and not below(clause, "cop"):  # "made fish a key issue"
            yield from (*below(clause, "nsubj"), clause)


def apart(context: Surroundings, verb: int, child: int) -> bool:
    """Whether a colon stands between ``verb`` and ``child``: an explanation, no participant."""
    return verb < child and child - verb < LONGEST and ":" in context.tree.text[verb:child]


def _actors(context: Surroundings, noun: int) -> Iterator[Span]:
    """Those of ``noun`` and what is coordinated with it that can act and have a name; not their owners."""
    referred = antecedent(context, noun)
    for each in _coordinated(context, referred) if referred is not None else ():
        mention = context.mention_at[each]
        if mention and mention.kind in _ACTORS:
            yield mention.span


def places(context: Surroundings, tokens: Iterable[int], head: int) -> tuple[Span, ...]:
    """The named places that the clause or noun phrase made of ``tokens`` says it happens in, at or towards.

    ``head`` is its verb or noun.

    "in the port of Vladivostok" and "on a campus off Vladivostok" count, "sanctions on North Korea" does not.
    """
    mention_at = context.mention_at
    found: set[Span] = set()
    for token in tokens:
        mention = mention_at[token]
        if mention is None or mention.kind != "PLACE" or mention.form != "name":
            continue
        if token + 1 < len(mention_at) and mention_at[token + 1] is mention:
            continue  # its last word is its head
        if _locates(context, token, head):
            found.add(mention.span)
    return tuple(sorted(found))


def _locates(context: Surroundings, token: int, head: int) -> bool:
    tree = context.tree
    dep, lower, heads = tree.dep, tree.lower, tree.head
    current = token
    for _ in range(FAR):
        label = dep[current]
        if label in {"npadvmod", "compound"} or (label == "appos" and dep[heads[current]] == "pobj"):
            current = heads[current]
            continue
        if label == "conj" and (other := context.mention_at[heads[current]]) is not None and other.kind == "PLACE":
            current = heads[current]  # "in Quito and Manta"
            continue
        if label != "pobj":
            return False
        preposition = lower[heads[current]]
        noun = heads[heads[current]]
        if preposition != "of" and preposition not in _PLACE_PREPOSITIONS:
            return False
        if dep[noun] in {"pcomp", "prep"}:
            noun = heads[noun]
        if preposition == "of" and tree.lemma[noun].lower() not in _PLACE_NOUNS:
            return False
        if tree.pos[noun] in _CLAUSAL:
            return preposition != "of"
        met = context.mention_at[noun]
        beside = dep[noun] == "dobj" or (dep[noun] == "pobj" and dep[heads[noun]] in {"agent", "prep"})
        if met is not None and met.kind == "PERSON" and beside and preposition in {"in", "at"}:
            return True  # "met Ruiz in Quito", "sold by Ruiz in Quito": nobody is told apart by his town
        if noun == head:
            return preposition != "of"
        if preposition != "of" and context.event(noun):
            return lower[heads[noun]] not in _SET_IN_TIME
        if dep[noun] == "dobj" and heads[noun] == head and preposition in _IN_OBJECTS:
            return tree.pos[noun] == "NOUN" and tree.lemma[head].lower() not in word_list("mental_verbs")
        if dep[noun] in {"dobj", "nsubj", "nsubjpass", "attr", "ROOT"} or lower[heads[noun]] in _SET_IN_TIME:
            return False
        current = noun
    return False


def _coordinated(context: Surroundings, head: int) -> list[int]:
    chain = [head]
    for token in chain:  # grows while it is read
        chain += [c for c in context.below(token, "conj") if context.tree.pos[c] in _NOMINAL][: FAR - len(chain)]
    return chain


def _core(context: Surroundings, head: int) -> Span:
    """The noun with the modifiers right before it, without a leading article."""
    tree = context.tree
    first = head
    for child in reversed(tree.children[head]):
        if child > head:
            continue
        if tree.dep[child] not in _INNER or child < first - 3:
            break
        first = min(tree.low[child], child)
    if tree.dep[first] == "punct":
        first = head
    return context.span(first, head + 1)

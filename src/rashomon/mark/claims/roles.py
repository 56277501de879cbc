"""Who did what to whom, and where: the participants of a clause as spans of names or heads of noun phrases."""

from collections.abc import Iterable, Iterator

from rashomon.mark.claims.surroundings import FAR, Surroundings
from rashomon.mark.claims.words import word_list
from rashomon.model.spans import Span

_CLAUSAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OBJECTS = ("dobj", "dative", "attr", "oprd")
_RELATIVE = frozenset({"who", "which", "that", "whose"})
_PLACE_PREPOSITIONS = word_list("place_prepositions")
_WITH = word_list("participant_prepositions")
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
    for each in _coordinated(context, head):
        mention = mention_at[each]
        spans.add(mention.span if mention else _core(context, each))
        for inner in context.objects_of(each, "of", "between"):
            if mention_at[inner]:
                spans.update(m.span for other in _coordinated(context, inner) if (m := mention_at[other]))
        spans.update(m.span for owner in context.below(each, "poss") if (m := mention_at[owner]))
    return tuple(sorted(spans))


def _is_passive(context: Surroundings, verb: int) -> bool:
    tree, below = context.tree, context.below
    for _ in range(FAR):
        if below(verb, "nsubjpass") or below(verb, "auxpass"):
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
    taking = whom if _is_passive(context, verb) else who
    if subject is not None and tree.lower[subject] not in _RELATIVE:
        taking.update(participants(context, subject))
    elif subject is not None and tree.dep[verb] == "relcl":
        taking.update(participants(context, tree.head[verb]))
    for label in _OBJECTS:
        for child in below(verb, label):
            if tree.ent[child] not in {"DATE", "TIME"}:
                whom.update(participants(context, child))
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


def _actors(context: Surroundings, noun: int) -> Iterator[Span]:
    """The participants in ``noun`` that can act and have a name."""
    return (span for span in participants(context, noun) if span in context.actors)


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
        if met is not None and met.kind == "PERSON" and dep[noun] == "dobj" and preposition in {"in", "at"}:
            return True  # "met Ruiz in Quito": nobody is told apart by his town
        if noun == head:
            return preposition != "of"
        if preposition != "of" and context.event(noun):
            return lower[heads[noun]] not in _SET_IN_TIME
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

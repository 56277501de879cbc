"""What a clause says of its subject, in one or two words: "put off", "take part", "be president"."""

from rashomon.mark.claims.surroundings import Surroundings
from rashomon.mark.claims.words import governors, word_list


def predicate_of(context: Surroundings, verb: int) -> str:
    """The lemma of ``verb`` with its particle, or with the noun or adjective that carries its meaning."""
    tree, below = context.tree, context.below
    lemma = tree.lemma[verb].lower()
    if lemma in word_list("light_verbs"):
        objects = below(verb, "dobj")
        thing = objects[0] if objects else None
        if thing is None and tree.dep[verb] in {"acl", "relcl"}:
            thing = _event_of(context, tree.head[verb])
        if thing is not None and (tree.lemma[thing] in word_list("light_nouns") or context.event(thing)):
            return f"{lemma} {tree.lemma[thing].lower()}"
    if lemma == "be":
        aim = _bare_aim(context, verb)
        if aim is not None:
            return tree.lemma[aim].lower()
        complements = sorted([*below(verb, "attr"), *below(verb, "acomp")])
        return f"be {tree.lemma[complements[0]].lower()}" if complements else "be"
    particles = below(verb, "prt")
    return f"{lemma} {tree.lower[particles[0]]}" if particles else lemma


def _bare_aim(context: Surroundings, verb: int) -> int | None:
    """The verb that the parser took for a noun in "is due to land"."""
    tree = context.tree
    for complement in context.below(verb, "acomp"):
        if governors().get(tree.lemma[complement]) == "planned":
            for link in (*context.below(complement, "prep"), *context.below(complement, "pcomp")):
                aim = link + 1
                if tree.lower[link] == "to" and aim in tree.children[link] and tree.tag[aim] == "NN":
                    return aim
    return None


def _event_of(context: Surroundings, noun: int) -> int:
    """The event in "a first round of talks": the talks."""
    return next((inner for inner in context.objects_of(noun, "of") if context.event(inner)), noun)

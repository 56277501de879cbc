"""What a clause says of its subject, in one or two words: "put off", "take part", "be president"."""

import re

from rashomon.mark.claims.roles import apart, gap
from rashomon.mark.claims.surroundings import Surroundings
from rashomon.mark.claims.words import governors, word_list

# One short syllable such as "hop": its forms are "hopping", "hopped" and "hops".
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxyszh]")


def predicate_of(context: Surroundings, verb: int) -> str:
    """The lemma of ``verb`` with its particle, or with the noun or adjective that carries its meaning."""
    tree = context.tree
    lemma = _lemma(tree.lemma[verb].lower(), tree.lower[verb])
    if lemma == "be":
        return " ".join(["be", *_being(context, verb)]) if (aim := _bare_aim(context, verb)) is None else aim
    particle = _particle(context, verb)
    if particle:
        return f"{lemma} {particle}"
    if lemma in word_list("light_verbs"):
        objects = context.below(verb, "dobj")
        thing = objects[0] if objects else gap(context, verb)
        if thing is None and tree.dep[verb] in {"acl", "relcl"}:
            thing = tree.head[verb]
        if thing is not None:
            thing = _event_of(context, thing)
            noun = tree.lemma[thing].lower()
            if noun in word_list("light_nouns") or context.event(thing):
                return f"{lemma} {noun}"
    if lemma in {"make", "keep"}:
        made = [c for label in ("acomp", "ccomp", "oprd") for c in context.below(verb, label) if tree.pos[c] == "ADJ"]
        carriers = context.below(verb, "auxpass")  # "he's made clear": the parser may hang "clear" on "'s"
        made += [c for carrier in carriers for c in context.below(carrier, "acomp")]
        if made:
            return f"{lemma} {tree.lemma[made[0]].lower()}"
    return lemma


def _lemma(lemma: str, form: str) -> str:
    """The parser's lemma, mended where the form shows that an "e" was lost: "hoping" is no form of "hop"."""
    lost = _SHORT.fullmatch(lemma) and form in {f"{lemma}ing", f"{lemma}ed", f"{lemma}es"}
    return f"{lemma}e" if lost else lemma


def _being(context: Surroundings, verb: int) -> list[str]:
    """What is said to be: a noun or an adjective, "in trouble", "ahead"; nothing before a place or a time."""
    tree, below = context.tree, context.below
    for child in sorted([*below(verb, "attr"), *below(verb, "acomp")]):
        if not apart(context, verb, child):
            return [tree.lemma[child].lower()]
    for link in below(verb, "prep"):
        for noun in below(link, "pobj"):
            # "in trouble", "at severe risk", but a place in "in the town", "near his house"
            owned = any(tree.dep[c] in {"det", "poss", "nummod", "compound"} for c in tree.children[noun])
            bare = tree.tag[noun] == "NN" and not owned and not context.mention_at[noun]
            if link > verb and bare and not tree.ent[noun]:
                return [tree.lower[link], tree.lemma[noun].lower()]
    adverbs = [c for label in ("advmod", "prt") for c in below(verb, label) if c > verb]
    return [tree.lower[c] for c in adverbs if tree.lower[c] in word_list("particles")][:1]


def _particle(context: Surroundings, verb: int) -> str | None:
    tree = context.tree
    for particle in context.below(verb, "prt"):
        if not (
            tree.lower[particle : particle + 2] == ["up", "to"] and tree.tag[particle + 2 : particle + 3] == ["CD"]
        ):
            return tree.lower[particle]  # "up to 12" is no "up"
    beside = verb + 1
    adverb = beside < len(tree) and tree.head[beside] == verb and tree.dep[beside] == "advmod"
    return tree.lower[beside] if adverb and tree.lower[beside] in word_list("particles") else None


def _bare_aim(context: Surroundings, verb: int) -> str | None:
    """The verb that the parser took for a noun in "is due to land"."""
    tree = context.tree
    for complement in context.below(verb, "acomp"):
        if governors().get(tree.lemma[complement]) == "planned":
            for link in (*context.below(complement, "prep"), *context.below(complement, "pcomp")):
                aim = link + 1
                if tree.lower[link] == "to" and aim in tree.children[link] and tree.tag[aim] == "NN":
                    return tree.lemma[aim].lower()
    return None


def _event_of(context: Surroundings, noun: int) -> int:
    """The event in "a first round of talks": the talks."""
    return next((inner for inner in context.objects_of(noun, "of") if context.event(inner)), noun)

"""The question that a conflict answers, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rashomon.align.statements.prepare import Item, Story
from rashomon.model.marks import Number
from rashomon.model.spans import Span
from rashomon.model.story import ConflictKind

_TO_PLACE = frozenset({"travel", "go", "come", "head", "fly", "return", "move"})


_WORDS: dict[ConflictKind, str] = {"place": "Where?", "identity": "Who?", "polarity": "Yes or no?", "ordinal": "Which?"}
# Units that are their own plural.
_SAME = frozenset({"people", "percent", "mph", "kph", "km", "kg", "cm", "mm"})
_ES = ("s", "x", "ch", "sh")


def question(kind: ConflictKind, items: Sequence[Item], answers: Sequence[Span], story: Story) -> str:
    """What the readings of a conflict disagree on.

    Args:
        items: the claims that answer it.
        answers: the words of each claim that are its answer.
    """
    if kind == "number":
        return _how_many(items, answers, story)
    if kind == "time":
        return _when(items, answers, story)
    # The shortest that stands for the matter asks best, with a gap where its answer stands.
    asked = [(i, a) for i, a in zip(items, answers, strict=True) if i.claim.polarity == "+"] or [
        *zip(items, answers, strict=True)
    ]
    item, answer = min(
        asked, key=lambda x: (kind == "identity" and x[1].start != x[0].claim.span.start, len(x[0].text), x[0].text)
    )
    if kind == "polarity" or not item.claim.span.covers(answer):
        return f"{_WORDS[kind]} “{item.text}”"
    text = story.texts[item.article]
    before, after = text[item.claim.span.start : answer.start], text[answer.end : item.claim.span.end]
    if kind == "identity" and not before:
        return f"Who{after}?"
    return f"{_WORDS[kind]} “{before}…{after}”"


def _when(items: Sequence[Item], answers: Sequence[Span], story: Story) -> str:
    names = story.index.names
    where = _named((i.spots or i.places for i in items), names)
    if all("meet" in i.deed for i in items):
        nouns = Counter(i.claim.predicate for i in items if i.claim.nominal)
        noun = min(nouns, key=lambda n: (-nouns[n], n)) if nouns else "meeting"
        actors = _named((i.actors for i in items if i.actors), names)
        about = f" in {where}" if where else f" of {actors}" if actors else ""
        return f"When {'were the talks' if noun == 'talk' else f'was the {noun}'}{about}?"
    verbs = Counter(i.claim.predicate for i in items if not i.claim.nominal) or Counter(
        i.claim.predicate for i in items
    )
    verb = min(verbs, key=lambda v: (-verbs[v], v))
    who = _named((i.actors for i in items), names)
    if all(i.claim.nominal for i in items):
        return f"When was the {verb}{f' in {where}' if where else f' of {who}' if who else ''}?"
    if not who or verb.startswith("be "):
        item, answer = min(zip(items, answers, strict=True), key=lambda x: len(x[0].text))
        text, span = story.texts[item.article], item.claim.span
        told = f"{text[span.start : answer.start]}…{text[answer.end : span.end]}" if span.covers(answer) else item.text
        return f"When? “{told}”"
    about = f" {'to' if verb.split(' ')[0] in _TO_PLACE else 'in'} {where}" if where else ""
    return f"When did {who} {verb}{about}?"


def _how_many(items: Sequence[Item], answers: Sequence[Span], story: Story) -> str:
    asked = [(i, n) for i in items for n in i.claim.numbers if n.span in set(answers)]
    item, number = min(asked, key=lambda x: (x[1].span.start != x[0].claim.span.start, len(x[0].text), x[0].order))
    answer = number.span
    text = story.texts[item.article]
    unit = plural(number.unit)
    if number.unit.endswith(" old"):
        return f"How old? “{text[item.claim.span.start : answer.start]}…{text[answer.end : item.claim.span.end]}”"
    if answer.start == item.claim.span.start and number.unit and item.claim.span.end > answer.end:
        return f"How many {unit}{text[answer.end : item.claim.span.end]}?"
    before = text[item.claim.span.start : answer.start].strip()
    after = text[answer.end : item.claim.span.end].strip()
    return f"How many {unit}? “{before} … {after}”".replace("“ ", "“").replace(" ”", "”")


def amount(number: Number) -> str:
    """A number as people read it: "about 1,200 people"."""
    value = f"{number.value:,.0f}" if number.value == int(number.value) else f"{number.value:,}"
    unit = number.unit if number.value == 1 else plural(number.unit)
    return " ".join(part for part in (number.mod, value, unit) if part)


def plural(unit: str) -> str:
    """The unit for "how many": as it stands where it is a code, a percentage or plural already.

    >>> plural("country"), plural("people"), plural("USD"), plural("year old"), plural("inch")
    ('countries', 'people', 'USD', 'years old', 'inches')
    """
    if unit.endswith(" old"):
        return f"{plural(unit.removesuffix(' old'))} old"
    if not unit or unit in _SAME or unit.isupper() or (unit.endswith("s") and not unit.endswith("ss")):
        return unit
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return unit[:-1] + "ies"
    return unit + ("es" if unit.endswith(_ES) else "s")


def _named(sets: Iterable[frozenset[str]], names: Mapping[str, str]) -> str:
    """The names of the entities that most of ``sets`` share, two at most."""
    counts = Counter(e for each in sets for e in each)
    if not counts:
        return ""
    most = max(counts.values())
    shared = sorted((names[e] for e, n in counts.items() if n == most), key=lambda n: (len(n), n))[:2]
    return " and ".join(shared)

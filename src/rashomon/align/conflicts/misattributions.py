"""The same words given to two speakers: who said it is then a question with two answers."""

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rashomon.align.coreference.names import fold
from rashomon.align.statements.prepare import Story
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.ids import evidence_id
from rashomon.model.spans import Span
from rashomon.model.story import Conflict, Entity, QuotationGroup, Reading, Variant

# Words in a row that two outlets do not both print of two speakers by accident, and how many of them must tell
# something; a shorter quotation must have all its telling words in common with the other, so many at least
# ("consolidate the positive trends", "consolidate a positive trend").
ROW, TELLING, FEWEST = 7, 4, 3
# Characters that are read at once, and those to either side of a quotation in which its speakers are named.
_TOGETHER, _BESIDE = 400, 300
_MARKED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
# Speakers without a name who cannot be one named person.
_SEVERAL = frozenset(
    {"experts", "analysts", "observers", "scholars", "economists", "witnesses", "residents", "critics"}
)


def find_misattributions(story: Story, groups: Sequence[QuotationGroup]) -> tuple[Conflict, ...]:
    """Words that different articles print in quotation marks and give to different people.

    Only where both are named at the quotation, no pronoun read wrongly, or one speaker is named and the others are
    several without a name ("experts"). Whoever passes the other's words on (a chain) does not contradict.

    Args:
        groups: all utterances of the story (``quotations.group_quotations``).
    """
    persons = {e.id: e for e in story.index.entities if e.kind == "PERSON"}
    # One form for each speaker is enough, and most rows have one speaker.
    rows: dict[tuple[str, ...], dict[str, Variant]] = defaultdict(dict)
    for variant in (v for group in groups for v in group.variants):
        keys = {key for piece in _pieces(variant) for key in _keys(piece)}
        speaker = (_named(variant, story, persons) or _several(variant, story)) if keys else None
        if speaker:
            for key in keys:
                rows[key].setdefault(speaker, variant)
    found: dict[str, Conflict] = {}
    for row in sorted(rows):
        for (speaker, one), (other_speaker, other) in itertools.combinations(rows[row].items(), 2):
            if one.article == other.article or (speaker not in persons and other_speaker not in persons):
                continue
            if fold(_speaker(one, story))[-1:] == fold(_speaker(other, story))[-1:]:
                continue  # one family name, be it one person or two
            if not any(_passed_on(a, b, story) or _names_near(a, b, story) for a, b in ((one, other), (other, one))):
                conflict = _conflict(one, other, story)
                found.setdefault(conflict.id, conflict)
    return tuple(found[key] for key in sorted(found))


def _pieces(variant: Variant) -> list[str]:
    """The words that a variant has in quotation marks."""
    if variant.kind == "indirect" or variant.speaker is None:
        return []
    return [variant.text] if variant.kind == "direct" else _MARKED.findall(variant.text)


def _keys(piece: str) -> set[tuple[str, ...]]:
    """By what quoted words are found again: their runs, and all their telling stems."""
    said = words(piece)
    rows = (tuple(said[at : at + ROW]) for at in range(len(said) - ROW + 1))
    keys = {row for row in rows if sum(word not in stop_words() for word in row) >= TELLING}
    telling = tuple(sorted({stem(word) for word in said if word not in stop_words()}))
    return keys | {("", *telling)} if len(telling) >= FEWEST else keys


def _named(variant: Variant, story: Story, persons: Mapping[str, Entity]) -> str | None:
    """The person whom an article names as the speaker, by name and at the quotation; his entity's id."""
    assert variant.speaker is not None
    person = persons.get(story.index.at(variant.speaker, story.texts[variant.article]) or "")
    written = set(fold(_speaker(variant, story)))
    named = person is not None and any(written & set(fold(name.text)[-1:]) for name in person.names)
    return person.id if person is not None and named else None


def _several(variant: Variant, story: Story) -> str | None:
    """The word for several people without a name who are given as the speakers."""
    return min(_SEVERAL & set(words(_speaker(variant, story))), default=None)


def _passed_on(variant: Variant, other: Variant, story: Story) -> bool:
    """Whether the one names the other's speaker among those through whom the words came."""
    names = {word for link in variant.chain for word in fold(link)[-1:]}
    return bool(names & set(fold(_speaker(other, story))))


def _names_near(variant: Variant, other: Variant, story: Story) -> bool:
    """Whether an article names the other's speaker beside the words: they spoke together, or the speaker is misread."""
    text = story.texts[variant.article]
    near = text[max(0, variant.evidence[0].start - _BESIDE) : variant.evidence[-1].end + _BESIDE]
    return bool(set(fold(near)) & set(fold(_speaker(other, story))[-1:]))


def _speaker(variant: Variant, story: Story) -> str:
    assert variant.speaker is not None
    return variant.speaker.cut(story.texts[variant.article])


def _conflict(one: Variant, other: Variant, story: Story) -> Conflict:
    pieces = [[(piece, _keys(piece)) for piece in _pieces(v)] for v in (one, other)]
    shared = [piece for (x, mine), (y, theirs) in itertools.product(*pieces) if mine & theirs for piece in (x, y)]
    said = min(shared, key=lambda piece: (len(piece), piece))
    readings = tuple(
        sorted(
            (Reading(value=_speaker(v, story), articles=(v.article,), evidence=_evidence(v)) for v in (one, other)),
            key=lambda r: r.value,
        )
    )
    return Conflict(
        id=evidence_id("x", sorted(s for r in readings for s in r.evidence), "identity"),
        kind="identity",
        relation="contradiction",
        question=f"Who said “{said.strip('“”,')}”?",
        readings=readings,
    )


def _evidence(variant: Variant) -> tuple[Span, ...]:
    """The words and their speaker, in one piece where they stand together."""
    assert variant.speaker is not None
    spans = sorted({*variant.evidence, variant.speaker})
    whole = Span(variant.article, spans[0].start, max(s.end for s in spans))
    return (whole,) if whole.end - whole.start <= _TOGETHER else tuple(spans)

"""Claims planted in random prose and looked for: each kind of status, role, number, time and place, in any company."""

import datetime
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import DAY, claims_of
from rashomon.model.marks import Claim

PEOPLE = ["Ingrid Dahl", "Luis Paredes", "Elena Markova", "Tomas Hajek", "Amina Yusuf", "Peter Novak"]
PLACES = ["Quito", "Varna", "Oslo", "Bergen", "Lisbon", "Nairobi"]
THINGS = ["the ferry", "the harbour bridge", "three trawlers", "the old customs house", "a fishing permit"]
BYSTANDERS = [
    "The rain had stopped by then.",
    "Nobody in the market seemed to mind.",
    "“We have seen worse,” a fishmonger said.",
    "It was, all in all, a quiet week.",
    "Gulls circled over the empty quay; a dog barked.",
    "The price of herring has been falling for years.",
]


class Verb(NamedTuple):
    base: str
    past: str
    participle: str
    third: str
    gerund: str


VERBS = [
    Verb("sell", "sold", "sold", "sells", "selling"),
    Verb("inspect", "inspected", "inspected", "inspects", "inspecting"),
    Verb("buy", "bought", "bought", "buys", "buying"),
    Verb("repair", "repaired", "repaired", "repairs", "repairing"),
    Verb("destroy", "destroyed", "destroyed", "destroys", "destroying"),
]
# How a clause tells what became of the deed: words before the object, status, polarity.
TELLINGS = [
    ("{past}", "happened", "+"),
    ("has {participle}", "happened", "+"),
    ("did not {base}", "happened", "-"),
    ("never {past}", "happened", "-"),
    ("has not {participle}", "happened", "-"),
    ("is {gerund}", "ongoing", "+"),
    ("has been {gerund}", "ongoing", "+"),
    ("will {base}", "planned", "+"),
    ("will not {base}", "planned", "-"),
    ("is to {base}", "planned", "+"),
    ("is expected to {base}", "planned", "+"),
    ("is scheduled to {base}", "planned", "+"),
    ("plans to {base}", "planned", "+"),
    ("agreed to {base}", "planned", "+"),
    ("may {base}", "possible", "+"),
    ("could {base}", "possible", "+"),
    ("might not {base}", "possible", "-"),
    ("wants to {base}", "possible", "+"),
    ("was ordered to {base}", "possible", "+"),
    ("is likely to {base}", "possible", "+"),
    ("failed to {base}", "happened", "-"),
    ("refused to {base}", "happened", "-"),
    ("managed to {base}", "happened", "+"),
    ("denied {gerund}", "denied", "+"),
]
MODIFIERS = ["at least", "about", "more than", "nearly", "up to", "fewer than", "some", "no more than"]
EVENTS = ["summit", "fire", "strike", "referendum", "shipwreck trial", "earthquake"]

people, places, things, verbs = (st.sampled_from(each) for each in (PEOPLE, PLACES, THINGS, VERBS))
around = st.lists(st.sampled_from(BYSTANDERS), max_size=1).map(" ".join)
days = st.dates(datetime.date(1950, 1, 1), datetime.date(2026, 3, 10))


def planted(nlp: Language, before: str, sentence: str, after: str, predicate: str) -> tuple[Claim, str]:
    """The one claim of the planted sentence with this predicate, and the text; fails if there is another number."""
    text = " ".join(filter(None, (before, sentence, after)))
    start = text.index(sentence)
    inside = [c for c in claims_of(nlp, text) if start <= c.span.start and c.span.end <= start + len(sentence)]
    found = [c for c in inside if c.predicate == predicate]
    assert len(found) == 1, [(c.predicate, c.span.cut(text)) for c in inside]
    return found[0], text


@given(before=around, who=people, telling=st.sampled_from(TELLINGS), verb=verbs, what=things, after=around)
def test_status_and_polarity_are_found_in_any_company(
    nlp: Language,
    before: str,
    who: str,
    telling: tuple[str, str, str],
    verb: Verb,
    what: str,
    after: str,
) -> None:
    told, status, polarity = telling
    sentence = f"{who} {told.format(**verb._asdict())} {what} in Bergen."
    claim, text = planted(nlp, before, sentence, after, verb.base)
    assert (claim.status, claim.polarity) == (status, polarity)
    assert [span.cut(text) for span in claim.who] == [who]
    assert claim.span.cut(text) == sentence.removesuffix(".")


@given(before=around, who=people, verb=verbs, what=things, place=places, after=around)
def test_active_and_passive_have_the_same_roles_in_any_company(
    nlp: Language, before: str, who: str, verb: Verb, what: str, place: str, after: str
) -> None:
    were = "were" if what.startswith("three") else "was"
    active = f"{who} {verb.past} {what} in {place} on Monday."
    passive = f"{what.capitalize()} {were} {verb.participle} by {who} in {place} on Monday."
    told = []
    for sentence in (active, passive):
        claim, text = planted(nlp, before, sentence, after, verb.base)
        roles = [[span.cut(text).lower() for span in spans] for spans in (claim.who, claim.whom, claim.where)]
        told.append((roles, claim.when, [n.value for n in claim.numbers], claim.status))
    assert told[0] == told[1]
    assert told[0][0][0] == [who.lower()]
    assert told[0][0][2] == [place.lower()]
    assert told[0][1] == "2026-03-09"


@given(before=around, mod=st.sampled_from(MODIFIERS), value=st.integers(2, 10**6), place=places, after=around)
def test_a_number_keeps_its_unit_and_modifier_in_any_company(
    nlp: Language, before: str, mod: str, value: int, place: str, after: str
) -> None:
    sentence = f"The storm damaged {mod} {value:,} houses in {place} on Monday."
    claim, _ = planted(nlp, before, sentence, after, "damage")
    assert [(n.value, n.unit, n.mod) for n in claim.numbers] == [(value, "house", mod)]


@given(before=around, who=people, whom=people, day=days, place=places, after=around)
def test_time_and_place_are_found_in_any_company(
    nlp: Language, before: str, who: str, whom: str, day: datetime.date, place: str, after: str
) -> None:
    sentence = f"{who} met {whom} in {place} on {day:%B} {day.day}, {day.year}."
    claim, text = planted(nlp, before, sentence, after, "meet")
    assert claim.when == day.isoformat()
    assert [span.cut(text) for span in claim.where] == [place]


@given(before=around, event=st.sampled_from(EVENTS), place=places, month=st.integers(1, 12), after=around)
def test_an_event_that_a_noun_names_is_found_in_any_company(
    nlp: Language, before: str, event: str, place: str, month: int, after: str
) -> None:
    name = datetime.date(2025, month, 1).strftime("%B")
    sentence = f"The report praised the crew for its part in the {name} 2024 {event} in {place}."
    text = " ".join(filter(None, (before, sentence, after)))
    (claim,) = [c for c in claims_of(nlp, text) if c.nominal]
    assert (claim.predicate, claim.when, claim.status) == (event.rsplit(maxsplit=1)[-1], f"2024-{month:02}", "happened")
    assert [span.cut(text) for span in claim.where] == [place]


@given(before=around, who=people, speaker=people, verb=verbs, what=things, after=around)
def test_a_planted_report_is_its_speakers_word(
    nlp: Language, before: str, who: str, speaker: str, verb: Verb, what: str, after: str
) -> None:
    sentence = f"{speaker} said on Monday that {who} had {verb.participle} {what}."
    claim, text = planted(nlp, before, sentence, after, verb.base)
    assert claim.attributed_to is not None
    assert claim.attributed_to.cut(text) == speaker
    assert claim.status == "happened"


@given(before=around, who=people, verb=verbs, what=things, place=places, after=around)
def test_a_medium_cited_beside_a_clause_is_whose_word_it_is(
    nlp: Language, before: str, who: str, verb: Verb, what: str, place: str, after: str
) -> None:
    sentence = f"{who} {verb.past} {what} in {place} on Monday, Reuters reported."
    claim, text = planted(nlp, before, sentence, after, verb.base)
    assert claim.attributed_to is not None
    assert claim.attributed_to.cut(text) == "Reuters"
    assert claim.span.cut(text) == sentence.removesuffix(", Reuters reported.")


@given(who=people, verb=verbs, asking=st.sampled_from(["what", "how", "why", "whatever"]))
def test_a_clause_that_only_asks_is_no_claim(nlp: Language, who: str, verb: Verb, asking: str) -> None:
    text = f"Nobody in the town of Bergen knew {asking} {who} {verb.past} on Monday."
    assert verb.base not in {c.predicate for c in claims_of(nlp, text, DAY)}

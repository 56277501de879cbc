"""Claims of one article: who did what to whom, where, when and how many, and whether it happened at all."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import claims_of
from rashomon.mark.claims import find_claims
from rashomon.mark.claims.numbers import parse_number
from rashomon.mark.language import parse
from rashomon.mark.quotes import find_quotations
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Claim
from rashomon.model.spans import Span


def the_claim(nlp: Language, text: str, predicate: str) -> Claim:
    found = [c for c in claims_of(nlp, text) if c.predicate == predicate and not c.nominal]
    assert len(found) == 1, [(c.predicate, c.span.cut(text)) for c in claims_of(nlp, text)]
    return found[0]


def cut(spans: tuple[Span, ...], text: str) -> list[str]:
    return [span.cut(text) for span in spans]


# Roles


@pytest.mark.parametrize(
    ("active", "passive", "predicate", "doer", "done_to"),
    [
        (
            "Divers rescued Elena Markova off Varna on Tuesday.",
            "Elena Markova was rescued by divers off Varna on Tuesday.",
            "rescue",
            "divers",
            "Elena Markova",
        ),
        (
            "Police arrested Tomas Hajek in Ostrava on Monday.",
            "Tomas Hajek has been arrested by police, it emerged in Ostrava on Monday.",
            "arrest",
            "police",
            "Tomas Hajek",
        ),
        (
            "Parliament approved the budget on Monday.",
            "The budget approved by parliament on Monday runs to 900 pages.",
            "approve",
            "parliament",
            "budget",
        ),
    ],
)
def test_active_and_passive_have_the_same_roles(
    nlp: Language, active: str, passive: str, predicate: str, doer: str, done_to: str
) -> None:
    for text in (active, passive):
        claim = the_claim(nlp, text, predicate)
        assert [w.lower() for w in cut(claim.who, text)] == [doer]
        assert done_to in " ".join(cut(claim.whom, text))


def test_a_coordinated_passive_has_a_patient_and_no_agent(nlp: Language) -> None:
    text = "Tomas Hajek was arrested on Monday and released on Tuesday."
    claim = the_claim(nlp, text, "release")
    assert (claim.who, cut(claim.whom, text)) == ((), ["Tomas Hajek"])
    assert claim.when == "2026-03-10"


def test_coordinated_actors_come_one_by_one(nlp: Language) -> None:
    text = "Ingrid Dahl and Luis Paredes signed the agreement in Quito on Friday."
    claim = the_claim(nlp, text, "sign")
    assert cut(claim.who, text) == ["Ingrid Dahl", "Luis Paredes"]
    assert cut(claim.where, text) == ["Quito"]


def test_a_relative_clause_has_the_noun_it_hangs_on_as_its_actor(nlp: Language) -> None:
    text = "Ingrid Dahl, who met Luis Paredes in Quito on Friday, flew home on Saturday."
    met = the_claim(nlp, text, "meet")
    assert (cut(met.who, text), cut(met.whom, text), met.when) == (["Ingrid Dahl"], ["Luis Paredes"], "2026-03-06")
    assert the_claim(nlp, text, "fly").when == "2026-03-07"


def test_the_place_of_a_meeting_is_found_behind_the_one_who_was_met(nlp: Language) -> None:
    text = "Ingrid Dahl will meet Luis Paredes in Quito on Friday."
    assert cut(the_claim(nlp, text, "meet").where, text) == ["Quito"]


def test_what_is_said_about_a_state_does_not_happen_in_it(nlp: Language) -> None:
    text = "The council voted on Monday for sanctions on Ecuador."
    assert [c.where for c in claims_of(nlp, text)] == [()] * len(claims_of(nlp, text))


# Status and polarity


@pytest.mark.parametrize(
    ("text", "predicate", "status", "polarity"),
    [
        ("Ecuador reopened the port of Manta on Friday.", "reopen", "happened", "+"),
        ("Ecuador has reopened the port of Manta.", "reopen", "happened", "+"),
        ("Ecuador has not reopened the port of Manta.", "reopen", "happened", "-"),
        ("Ecuador never reopened the port of Manta.", "reopen", "happened", "-"),
        ("No minister signed the treaty with Ecuador on Friday.", "sign", "happened", "-"),
        ("Ecuador is reopening the port of Manta this week.", "reopen", "ongoing", "+"),
        ("Ecuador will reopen the port of Manta on Friday.", "reopen", "planned", "+"),
        ("Ecuador will not reopen the port of Manta on Friday.", "reopen", "planned", "-"),
        ("Norway and Ecuador are to sign a fishing treaty on Friday.", "sign", "planned", "+"),
        ("Ecuador is expected to reopen the port of Manta on Friday.", "reopen", "planned", "+"),
        ("Ecuador is not expected to reopen the port of Manta on Friday.", "reopen", "planned", "-"),
        ("Ecuador plans to reopen the port of Manta on Friday.", "reopen", "planned", "+"),
        ("Ingrid Dahl is due to visit Manta on Friday.", "visit", "planned", "+"),
        ("Ingrid Dahl is due to land in Manta on Friday.", "land", "planned", "+"),
        ("Ingrid Dahl is due in Manta on Friday.", "be due", "planned", "+"),
        ("The signing is scheduled for Friday in Manta.", "schedule", "planned", "+"),
        ("The signing was slated for Friday in Manta.", "slate", "planned", "+"),
        ("The storm spared the port of Manta on Friday.", "spare", "happened", "+"),
        ("The ferry was hopping from Manta to Quito on Friday.", "hop", "happened", "+"),
        ("Ecuador agreed to reopen the port of Manta in May.", "reopen", "planned", "+"),
        ("Ingrid Dahl hopes to visit Manta in June.", "visit", "possible", "+"),
        ("Ecuador wants Norway to sign the treaty in May.", "sign", "possible", "+"),
        ("A secret annex lets Norway station two cutters in Manta.", "station", "possible", "+"),
        ("Ecuador could reopen the port of Manta in May.", "reopen", "possible", "+"),
        ("Ecuador may not reopen the port of Manta in May.", "reopen", "possible", "-"),
        ("Ecuador is likely to reopen the port of Manta in May.", "reopen", "possible", "+"),
        ("Norway failed to sign the treaty on Friday.", "sign", "happened", "-"),
        ("Norway was unable to sign the treaty on Friday.", "sign", "happened", "-"),
        ("Norway refused to sign the treaty on Friday.", "sign", "happened", "-"),
        ("Norway did not fail to sign the treaty on Friday.", "sign", "happened", "+"),
        ("Norway managed to sign the treaty on Friday.", "sign", "happened", "+"),
        ("Norway will fail to sign the treaty on Friday.", "sign", "planned", "-"),
        ("Ecuador is believed to have sold Norway the ships in January.", "sell", "happened", "+"),
        ("Ingrid Dahl denied taking money from Nordfisk in 2019.", "take", "denied", "+"),
        ("Nordfisk denied that it had paid Ingrid Dahl in 2019.", "pay", "denied", "+"),
        ("The minister said that Ecuador would reopen the port of Manta in May.", "reopen", "planned", "+"),
        ("The minister said that Ecuador had reopened the port of Manta in May.", "reopen", "happened", "+"),
        ("Dahl meets Paredes in Quito\n\nThe two spoke of fish on Monday.", "meet", "happened", "+"),
        ("Ingrid Dahl (C) opens the treaty hall in Quito, Ecuador.", "open", "happened", "+"),
        ("Ecuador to reopen port of Manta\n\nThe news came on Monday.", "reopen", "planned", "+"),
    ],
)
def test_status_and_polarity_are_read_off_tense_modals_and_governing_verbs(
    nlp: Language, text: str, predicate: str, status: str, polarity: str
) -> None:
    claim = the_claim(nlp, text, predicate)
    assert (claim.status, claim.polarity) == (status, polarity)


def test_what_ties_a_sentence_to_the_one_before_is_no_part_of_its_claim(nlp: Language) -> None:
    text = "Norway wavered. Meanwhile, Ecuador reopened the port of Manta on Friday."
    assert the_claim(nlp, text, "reopen").span.cut(text).startswith("Ecuador reopened")


def test_a_condition_stays_with_what_hangs_on_it(nlp: Language) -> None:
    for text in (
        "If Norway signs the treaty in April, Ecuador will reopen the port of Manta.",
        "Ecuador will reopen the port of Manta if Norway signs the treaty in April.",
    ):
        assert the_claim(nlp, text, "sign").status == "possible"
        assert "if norway" in the_claim(nlp, text, "reopen").span.cut(text).lower()


def test_questions_commands_and_links_are_no_claims(nlp: Language) -> None:
    for text in ("Will Ingrid Dahl meet Luis Paredes on Friday?", "Read more about Manta.", "What Ingrid Dahl wants"):
        assert claims_of(nlp, text) == ()


def test_the_time_of_one_clause_is_not_the_time_of_what_but_joins(nlp: Language) -> None:
    text = "The meeting was to have been held last Friday but was put off at Norway's request."
    assert the_claim(nlp, text, "hold").when == "2026-03-06"
    assert the_claim(nlp, text, "put off").when is None
    both = "The Elena struck a barge on Friday and waited 40 minutes for help from Varna."
    assert the_claim(nlp, both, "wait").when == "2026-03-06"


# Whose word


def test_a_clause_in_reported_speech_is_its_speakers_word(nlp: Language) -> None:
    text = "Luis Paredes said on Monday that Norway had lent Ecuador 40 ships."
    claim = the_claim(nlp, text, "lend")
    assert claim.attributed_to is not None
    assert (claim.attributed_to.cut(text), claim.quoted) == ("Luis Paredes", False)
    direct = "“Norway lent Ecuador 40 ships in January,” Luis Paredes said."
    assert the_claim(nlp, direct, "lend").quoted
    plain = "Norway lent Ecuador 40 ships in January."
    assert the_claim(nlp, plain, "lend").attributed_to is None


# Numbers


@pytest.mark.parametrize(
    ("text", "value", "unit", "mod"),
    [
        ("At least 12 people were hurt in Manta on Monday.", 12, "people", "at least"),
        ("As many as 1,300 fishermen gathered in Manta on Monday.", 1300, "fisherman", "as many as"),
        ("About 30 ships left Manta on Monday.", 30, "ship", "about"),
        ("Twenty-one ships left Manta on Monday.", 21, "ship", None),
        ("Two dozen ships left Manta on Monday.", 24, "ship", None),
        ("The port of Manta cost $3.5 billion in 2019.", 3.5e9, "USD", None),
        ("The bank lent Ecuador €2.4bn in January.", 2.4e9, "EUR", None),
        ("The bank lent Ecuador 2.4bn euros in January.", 2.4e9, "EUR", None),
        ("The bank lent Ecuador $300m in January.", 3e8, "USD", None),
        ("Prices in Ecuador rose by 7 per cent in January.", 7, "percent", None),
        ("Nearly half of the ships left Manta on Monday.", 50, "percent", "nearly"),
        ("Two-thirds of the crew left Manta on Monday.", 66.67, "percent", "about"),
        ("Exports of Ecuador fell by a quarter in January.", 25, "percent", "about"),
        ("A 47-year-old fisherman was hurt in Manta on Monday.", 47, "years old", None),
    ],
)
def test_a_quantity_has_value_unit_and_modifier(
    nlp: Language, text: str, value: float, unit: str, mod: str | None
) -> None:
    numbers = [n for c in claims_of(nlp, text) for n in c.numbers]
    assert [(n.value, n.unit, n.mod) for n in numbers] == [(value, unit, mod)]


def test_a_part_and_its_whole_are_told_apart(nlp: Language) -> None:
    text = "Fourteen of the 212 people aboard the Elena were injured on Monday."
    part, whole = the_claim(nlp, text, "injure").numbers
    assert (part.value, part.unit, part.mod) == (14, "people", None)
    assert (whole.value, whole.mod) == (212, "out of")


def test_the_ends_of_a_range_are_bounds(nlp: Language) -> None:
    text = "Between 20 and 30 fishermen were hurt in Manta on Monday."
    low, high = the_claim(nlp, text, "hurt").numbers
    assert [(low.value, low.mod), (high.value, high.mod)] == [(20, "at least"), (30, "up to")]


def test_what_is_part_of_a_date_or_a_length_is_no_quantity_of_its_own(nlp: Language) -> None:
    assert [c.numbers for c in claims_of(nlp, "Anna Berg came to Oslo on May 3, 2019.")] == [()]
    assert [c.numbers for c in claims_of(nlp, "Anna Berg ran 400m in Oslo on Friday.")] == [()]
    assert [c.numbers for c in claims_of(nlp, "The third of the ships left Manta on Monday.")] == [()]


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_are_read_with_and_without_commas(value: int) -> None:
    assert parse_number(f"{value}") == parse_number(f"{value:,}") == value


@given(st.integers(1, 12), st.sampled_from([("hundred", 100), ("thousand", 1000), ("million", 10**6), ("dozen", 12)]))
def test_words_and_digits_take_the_same_scales(small: int, scale: tuple[str, int]) -> None:
    assert parse_number(f"{ONES[small]} {scale[0]}") == parse_number(f"{small} {scale[0]}") == small * scale[1]


def test_what_is_no_number_is_none() -> None:
    assert [parse_number(words) for words in ("the", "", "1.2.3bn", "several hundred", "-")] == [None] * 5


# Events that nouns name


@pytest.mark.parametrize(
    ("text", "noun", "when", "status"),
    [
        ("Luis Paredes skipped last month's summit in Oslo.", "summit", "2026-02", "happened"),
        ("The treaty follows talks between Ingrid Dahl and Luis Paredes in February.", "talk", "2026-02", "happened"),
        ("Next month's summit in Oslo was cancelled.", "summit", "2026-04", "planned"),
        ("The summit in Oslo, set to begin on Thursday, is about fish.", "summit", "2026-03-12", "planned"),
        ("Norway still mourns the dead of the 2019 fire in Bergen.", "fire", "2019", "happened"),
    ],
)
def test_an_event_that_a_noun_places_in_time_is_a_claim(
    nlp: Language, text: str, noun: str, when: str, status: str
) -> None:
    (claim,) = [c for c in claims_of(nlp, text) if c.nominal]
    assert (claim.predicate, claim.when, claim.status) == (noun, when, status)


def test_an_event_without_a_time_of_its_own_is_none(nlp: Language) -> None:
    text = "Norway, which wants a summit in Oslo, closed its ports on Monday."
    assert [c for c in claims_of(nlp, text) if c.nominal] == []


# All of it


def test_every_claim_reads_from_its_subject_and_is_cut_from_the_text(nlp: Language) -> None:
    text = (
        "VARNA -- Divers rescued 14 people from the Elena on Tuesday, the coast guard said. And when the storm hit "
        "Varna on Monday, the ferry’s master, Boyan Petrov, (58) had 212 people aboard. “We prayed,” he said; he had "
        "left Varna on Sunday and hoped to reach Odesa by Tuesday."
    )
    claims = claims_of(nlp, text)
    assert len(claims) >= 3
    spans = [(c.span.start, c.span.end) for c in claims]
    assert spans == sorted(set(spans))
    for claim in claims:
        words = claim.span.cut(text)
        assert words == words.strip()
        assert words.split()[0].lower() not in {"and", "that", "but"}
        inner = (*claim.who, *claim.whom, *claim.where, *(n.span for n in claim.numbers))
        assert all(part.cut(text).strip() for part in inner)
        assert claim.predicate_span.cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ingrid Dahl " + "met Paredes and " * 800 + "left Manta on Friday.",
        "Talks in Manta " + "on Friday in Oslo " * 500 + "ended.",
        "“Norway lent Ecuador 40 ships,” Paredes said. " * 1000,
        "Ingrid Dahl wants " + "to try " * 800 + "to leave Manta.",
        "The talks of " + "the summit of " * 600 + "Manta in May ended in Oslo.",
        "Dahl sold " + "12 ships and 14 boats, " * 400 + "on Friday.",
    ],
)
def test_a_hostile_text_costs_only_a_little_more_a_word(nlp: Language, text: str) -> None:
    article = article_of("t", text=text, published="2026-03-11")
    tree = Tree(parse(text, nlp))
    timexes = resolve(find_times(article, tree), "2026-03-11", text)
    quotations = find_quotations(article, tree, ())
    begun = time.process_time()
    find_claims(article, tree, (), timexes, quotations)
    # Measured 2 to 25 µs a word; quadratic work costs some 200 here.
    assert time.process_time() - begun < 1e-4 * len(text.split())

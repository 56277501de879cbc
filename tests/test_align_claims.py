"""The same claim across outlets, its independent origins, and what keeps two claims apart."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.matching.claims import clash
from rashomon.model.article import Article
from rashomon.model.codec import encode
from rashomon.model.contract import dumps
from rashomon.model.marks import Number
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup

WIRE = (
    "A cargo ship with 31 sailors aboard ran onto a reef off the port of Manta on Monday after its rudder "
    "jammed in heavy seas."
)
COPIED = outlet("Courier", f"MANTA, Ecuador (Reuters) - {WIRE}\n\nEcuador closed the harbour on Tuesday.")
CREDITED = outlet("Dispatch", f"{WIRE[:-1]}, Reuters reported.\n\nNobody in the town had seen the like.")
SILENT = outlet("Ledger", f"The weather service had warned of gales.\n\n{WIRE}")
OWN = outlet(
    "Lantern", "On Monday a cargo ship carrying 31 sailors ran onto a reef off Manta, its rudder jammed by the sea."
)


def group_of(story: Aligned, words: str) -> ClaimGroup:
    return max(
        (g for g in story.alignment.claims if any(words in story.cut(s) for s in g.evidence)),
        key=lambda g: len(g.articles),
    )


def test_three_outlets_with_one_agency_line_are_one_origin(nlp: Language) -> None:
    story = Aligned(nlp, COPIED, CREDITED, SILENT)
    group = group_of(story, "ran onto a reef")
    assert story.refs(group.articles) == {"Courier", "Dispatch", "Ledger"}
    assert len(group.origins) == 1
    assert group.standing == "single-origin"


def test_an_outlet_that_saw_for_itself_is_a_second_origin(nlp: Language) -> None:
    story = Aligned(nlp, COPIED, CREDITED, OWN)
    group = group_of(story, "ran onto a reef")
    assert story.refs(group.articles) == {"Courier", "Dispatch", "Lantern"}
    assert group.standing == "corroborated"
    assert sorted(sorted(story.refs(o.articles)) for o in group.origins) == [["Courier", "Dispatch"], ["Lantern"]]


def test_what_one_speaker_says_is_one_origin_however_many_print_it(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Mayor Ana Ruiz said on Monday that the bridge in Lisbon would reopen in May."),
        outlet("Two", "The bridge in Lisbon would reopen in May, Ana Ruiz said."),
        outlet("Three", "Ana Ruiz told reporters that the Lisbon bridge would reopen in May."),
    )
    group = group_of(story, "would reopen in May")
    assert len(group.articles) >= 2
    assert [o.root for o in group.origins] == ["Ana Ruiz"]
    assert group.standing == "single-origin"


def test_words_that_one_print_gives_to_a_speaker_and_another_to_nobody_are_of_one_hand(nlp: Language) -> None:
    shut = "the harbour will stay shut until the last drop of oil is gone from the water"
    story = Aligned(
        nlp,
        outlet("One", f"MANTA, Ecuador (Reuters) - Mayor Ana Ruiz said {shut}."),
        outlet("Two", f"MANTA, Ecuador (Reuters) - T{shut[1:]}."),
    )
    group = group_of(story, "will stay shut")
    assert story.refs(group.articles) == {"One", "Two"}
    assert len(group.origins) == 1
    assert group.standing == "single-origin"


def test_one_list_of_names_in_one_order_is_no_text_in_common(nlp: Language) -> None:
    states = "Norway, Ecuador, Peru, Chile, Kenya, Latvia, Jordan, Nepal and Morocco"
    story = Aligned(
        nlp,
        outlet("One", f"Ministers of {states} signed the fishing treaty in Quito."),
        outlet("Two", f"The fishing treaty was signed in Quito by {states}."),
    )
    group = group_of(story, "Morocco")
    assert story.refs(group.articles) == {"One", "Two"}
    assert len(group.origins) == 2


def test_few_words_are_of_one_hand_only_where_they_were_copied(nlp: Language) -> None:
    copied = Aligned(
        nlp,
        outlet("One", f"{WIRE} Rescuers reached the ship at dawn, Ana Ruiz said."),
        outlet("Two", f"{WIRE} Rescuers reached the ship at dawn."),
    )
    apart = Aligned(
        nlp,
        outlet("One", "Rescuers reached the ship at dawn, Ana Ruiz said. Boats had looked for it all night."),
        outlet("Two", "Nobody knew of the reef, fishermen say. Rescuers reached the ship at dawn."),
    )
    for story, origins in ((copied, 1), (apart, 2)):
        group = group_of(story, "Rescuers reached")
        assert story.refs(group.articles) == {"One", "Two"}
        assert len(group.origins) == origins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Coastguards rescued Elena Markova off Varna on Tuesday.",
            "Elena Markova was rescued by coastguards off Varna on Tuesday.",
        ),
        (
            "Ingrid Dahl met Luis Paredes in Quito on Monday.",
            "Ecuador's Luis Paredes held talks with Ingrid Dahl in Quito on Monday.",
        ),
        (
            "Norway and Ecuador signed a fishing agreement in Quito on Monday.",
            "A fishing agreement between Ecuador and Norway was signed on Monday.",
        ),
    ],
)
def test_one_deed_in_other_words_is_one_claim(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert max(len(g.articles) for g in story.alignment.claims) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Affirmed and negated.
        ("Norway signed the fishing agreement on Monday.", "Norway did not sign the fishing agreement on Monday."),
        # Planned and done.
        ("Norway will sign the fishing agreement in Quito.", "Norway signed the fishing agreement in Quito."),
        # Who did it to whom else.
        ("Ingrid Dahl met Luis Paredes in Quito on Monday.", "Ingrid Dahl met Rosa Vega in Quito on Monday."),
        # Another town, another day, another count.
        ("Ingrid Dahl met Luis Paredes in Quito.", "Ingrid Dahl met Luis Paredes in Oslo."),
        ("Ingrid Dahl met Luis Paredes on Monday.", "Ingrid Dahl met Luis Paredes on Sunday."),
        ("Ecuador sold Norway 12 ships.", "Ecuador sold Norway 17 ships."),
    ],
)
def test_what_excludes_each_other_is_never_one_claim(nlp: Language, one: str, other: str) -> None:
    story = Aligned(nlp, outlet("One", one), outlet("Two", other))
    assert story.alignment.claims
    assert [g for g in story.alignment.claims if len(g.articles) > 1] == []


def test_the_order_of_articles_changes_no_group(nlp: Language) -> None:
    articles: list[Article] = [COPIED, CREDITED, SILENT, OWN]
    told = set()
    for order in itertools.islice(itertools.permutations(articles), 0, 24, 5):
        alignment = Aligned(nlp, *order).alignment
        groups = frozenset((frozenset(g.evidence), g.standing, g.origins) for g in alignment.claims)
        utterances = frozenset(frozenset(s for v in q.variants for s in v.evidence) for q in alignment.quotations)
        told.add((groups, utterances, frozenset(e.id for e in alignment.entities)))
    assert len(told) == 1


def test_the_same_articles_give_the_same_bytes(nlp: Language) -> None:
    first, second = (Aligned(nlp, COPIED, CREDITED, SILENT, OWN).alignment for _ in range(2))
    assert dumps(encode(first)) == dumps(encode(second))


# Numbers that exclude each other


def number(value: float, mod: str | None = None, unit: str = "people") -> Number:
    return Number(Span("a_1", 0, 1), value, unit, mod)


@pytest.mark.parametrize(
    ("a", "b", "clashes"),
    [
        (number(14), number(19), True),
        (number(14), number(14), False),
        (number(14), number(19, unit="percent"), False),
        (number(30, "about"), number(31), False),
        (number(30, "about"), number(45), True),
        (number(200, "more than"), number(212), False),
        (number(212), number(250, "more than"), True),
        (number(12, "at least"), number(40), False),
        (number(300, "up to"), number(120), False),
        (number(47), number(50, "nearly"), False),
        (number(12, "at least"), number(15, "at least"), False),
        (number(14), number(212, "out of"), False),
    ],
)
def test_numbers_exclude_each_other_only_where_no_modifier_lets_them_agree(a: Number, b: Number, clashes: bool) -> None:
    assert clash(a, b) is clashes


NUMBERS = st.builds(
    number, st.integers(0, 500).map(float), st.sampled_from([None, "about", "at least", "up to", "nearly", "out of"])
)


@given(NUMBERS, NUMBERS)
def test_a_clash_is_mutual_and_nothing_clashes_with_itself(a: Number, b: Number) -> None:
    assert clash(a, b) == clash(b, a)
    assert not clash(a, a)

"""Through whom words reached the article: chains of one, two and three links are planted and found in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.model.article import article_of

_speakers = st.sampled_from(["Ines Obrador", "A port official", "The harbour master", "Ferdinand Sole"])
_agencies = st.sampled_from(["Reuters", "Tass", "Xinhua", "Interfax", "AFP", "Yonhap"])
_clauses = st.sampled_from(
    [
        "the ferry had left the port",
        "nobody was hurt in the fire",
        "the dam would hold for another week",
        "two crews were still missing",
    ]
)
_sources = st.sampled_from(["a port official", "an analysis of photographs", "the governor's office", "two diplomats"])
_before = st.sampled_from(["", "Rain fell all night. ", "The talks were put off in March.\n"])
_after = st.sampled_from(["", " Buses ran late.", "\nThe mayor was away."])


def chains_of(nlp: Language, text: str, outlet: str | None = "Kestrel Courier") -> list[tuple[str | None, list[str]]]:
    """Speaker and chain of every quotation, in words."""
    found = annotate(article_of("t", text=text, outlet=outlet), nlp).quotations
    for quotation in found:
        assert all(link.span.cut(text) == link.name for link in quotation.chain)
    return [(q.speaker.cut(text) if q.speaker else None, [link.name for link in q.chain]) for q in found]


@given(_speakers, _agencies, _clauses, _before, _after, st.integers(0, 3))
def test_a_planted_link_is_found(
    nlp: Language, who: str, agency: str, clause: str, before: str, after: str, form: int
) -> None:
    said = [
        f"{who} said {clause}, according to {agency}.",
        f"{who} told {agency} that {clause}.",
        f"{who} said {clause}, {agency} reported on Monday.",
        f"{agency} reported that {who} said {clause}.",
    ][form]
    assert (who, [agency]) in chains_of(nlp, f"{before}{said}{after}")


@given(_agencies, _sources, _clauses, _before, _after, st.integers(0, 2))
def test_what_a_planted_medium_cites_is_found(
    nlp: Language, agency: str, source: str, clause: str, before: str, after: str, form: int
) -> None:
    said = [
        f"{clause.capitalize()}, {agency} reported on Thursday, citing {source}.",
        f"{agency}, citing {source}, said that {clause}.",
        f"{clause.capitalize()}, according to {agency}, citing {source}.",
    ][form]
    assert (agency, [source]) in chains_of(nlp, f"{before}{said}{after}")


@given(_speakers, _agencies, _clauses, _before, _after, st.integers(0, 2))
def test_two_planted_links_are_found_in_order(
    nlp: Language, who: str, agency: str, clause: str, before: str, after: str, form: int
) -> None:
    said, chain = [
        (f"{who} told state television that {clause}, {agency} reported.", ["state television", agency]),
        (f"{who} told {agency}, which the Herald quoted, that {clause}.", [agency, "the Herald"]),
        (f"{who} told the Valley Tribune that {clause}, according to {agency}.", ["the Valley Tribune", agency]),
    ][form]
    assert (who, chain) in chains_of(nlp, f"{before}{said}{after}")


@given(_speakers, _agencies, _sources, _clauses, _before, _after)
def test_three_planted_links_are_found_in_order(
    nlp: Language, who: str, agency: str, source: str, clause: str, before: str, after: str
) -> None:
    said = f"{who} told state television that {clause}, {agency} reported on Thursday, citing {source}."
    assert (who, ["state television", source, agency]) in chains_of(nlp, f"{before}{said}{after}")


@pytest.mark.parametrize(
    ("text", "speaker", "chain"),
    [
        (
            "Kim said the talks would go on, according to the Republic of Korea's Yonhap News Agency.",
            "Kim",
            ["Yonhap News Agency"],
        ),
        (
            "In an interview with Xinhua, Obrador said the dam would hold.",
            "Obrador",
            ["Xinhua"],
        ),
        ("“We will sign on Monday,” Obrador said on CNN.", "Obrador", ["CNN"]),
        (
            "Citing two diplomats, Interfax said the talks had been put off.",
            "Interfax",
            ["two diplomats"],
        ),
        (
            "“We will sign,” Obrador said, according to a transcript published by the Washington Post.",
            "Obrador",
            ["a transcript", "Washington Post"],
        ),
    ],
)
def test_a_chain_is_read_however_it_is_told(nlp: Language, text: str, speaker: str, chain: list[str]) -> None:
    assert (speaker, chain) in [
        (who, [name.removeprefix("the ") for name in links]) for who, links in chains_of(nlp, text)
    ]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Obrador told the Kestrel Courier that the dam would hold.", "Kestrel Courier"),
        ("Obrador told the Washington Post that the dam would hold.", None),
        ("Obrador said the crews should go, citing the storm.", "Kestrel Courier"),
        ("Obrador told her sister that the dam would hold.", "Kestrel Courier"),
        ("Obrador stood by her promise of higher dams, which cost a billion, according to the auditors.", "Kestrel"),
    ],
)
def test_the_own_outlet_a_reason_and_a_listener_are_no_links(nlp: Language, text: str, outlet: str | None) -> None:
    assert [chain for who, chain in chains_of(nlp, text, outlet) if who == "Obrador" and chain] == []


def test_a_source_cited_behind_according_to_is_no_part_of_what_was_said(nlp: Language) -> None:
    text = "Nine people were hurt, according to Anadolu, citing the governor's office in Rize."
    (quotation,) = annotate(article_of("t", text=text), nlp).quotations
    assert quotation.content_text(text) == "Nine people were hurt"

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.credits import find_credits
from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of

BODY = "The bridge over the Vell was shut on Monday after a night of rain.\nNobody was hurt, and buses ran late."


def _credits(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Name, relation, known and scope (in words) of every credit."""
    found = find_credits(article_of("t", text=text), Tree(parse(text, load_pipeline())), ())
    return [(c.name, c.relation, c.known, c.scope.cut(text) if c.scope else None) for c in found]


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        (f"MOSCOW (Reuters) - {BODY}", "Reuters", "agency:reuters"),
        (f"HILLTON, Ohio, Sept. 3 (UPI) — {BODY}", "UPI", "agency:united-press-international"),
        (f"Bridge shut\nNew York (AFP) – {BODY}", "AFP", "agency:agence-france-presse"),
        (f"BEIJING, April 24 (Xinhua) -- {BODY}", "Xinhua", "agency:xinhua"),
        (f"Bridge shut\nBy Ann Lee, Associated Press\n{BODY}", "Associated Press", "agency:associated-press"),
        (f"{BODY}\n(With input from Reuters)", "Reuters", "agency:reuters"),
        (f"{BODY}\n— Associated Press", "Associated Press", "agency:associated-press"),
        (f"{BODY}\nThe Associated Press contributed to this report.", "Associated Press", "agency:associated-press"),
    ],
)
def test_wire_copy_is_credited_for_the_whole_article(text: str, name: str, known: str) -> None:
    assert _credits(text) == [(name, "wire", known, None)]


@pytest.mark.parametrize(
    ("text", "name", "scope"),
    [
        ("The bridge was shut, Reuters reported. Rain fell.", "Reuters", "The bridge was shut, Reuters reported."),
        ("According to Tass, the bridge was shut. Rain fell.", "Tass", "According to Tass, the bridge was shut."),
        (
            "The bridge was shut, the ministry said, citing Interfax.",
            "Interfax",
            "The bridge was shut, the ministry said, citing Interfax.",
        ),
        (
            "The closure was first reported by the New York Times.",
            "New York Times",
            "The closure was first reported by the New York Times.",
        ),
        (
            "The bridge may open in May, Japanese media reported.",
            "Japanese media",
            "The bridge may open in May, Japanese media reported.",
        ),
    ],
)
def test_what_is_cited_is_credited_for_its_sentence(text: str, name: str, scope: str) -> None:
    assert [(n, r, s) for n, r, _, s in _credits(text)] == [(name, "cites", scope)]


def test_a_pronoun_goes_on_with_the_agency_s_report() -> None:
    text = "The bridge was shut, Reuters reported. It said that rain had undermined a pier. Buses ran late."
    assert [(n, s) for n, _, _, s in _credits(text)] == [
        ("Reuters", "The bridge was shut, Reuters reported."),
        ("Reuters", "It said that rain had undermined a pier."),
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "The bridge at dawn on Monday. /Reuters Photo",
        "The bridge at dawn on Monday. Photo: Reuters",
        "The bridge at dawn on Monday. (Ann Lee/Reuters)",
        "Ann Lee / Reuters.",
    ],
)
def test_a_caption_credits_its_picture_only(caption: str) -> None:
    text = f"The bridge was shut on Monday.\n{caption}\nNobody was hurt, and buses ran late all day long."
    assert _credits(text) == [("Reuters", "photo", "agency:reuters", caption)]


def test_a_reprint_names_where_it_first_appeared() -> None:
    text = f"{BODY}\nThis article originally appeared in The Washington Post."
    assert _credits(text) == [("Washington Post", "reprint", "outlet:washington-post", None)]


@pytest.mark.parametrize(
    "text",
    [
        "A new Reuters/Ipsos poll shows the bridge is popular.",
        "The mayor told the Global Times that the bridge was shut.",
        "The Reuters building was evacuated on Monday.",
        "The mayor dealt with reports of a flood at the Reuters building.",
    ],
)
def test_a_name_alone_credits_nobody(text: str) -> None:
    assert _credits(text) == []


_places = st.sampled_from(["PARIS", "Lima", "SAN JOSE, Calif.", "BEIRUT, Oct. 3", "Aug 27"])
_agencies = st.sampled_from(["AP", "Reuters", "AFP", "UPI", "Xinhua"])


@given(place=_places, agency=_agencies, dash=st.sampled_from(["-", "–", "—", "--"]), headline=st.booleans())
def test_a_planted_dateline_is_found(nlp: Language, place: str, agency: str, dash: str, headline: bool) -> None:
    text = f"{'Bridge shut' + chr(10) if headline else ''}{place} ({agency}) {dash} {BODY}"
    found = find_credits(article_of("t", text=text), Tree(parse(text, nlp)), ())
    assert [(c.name, c.relation, c.span.cut(text)) for c in found] == [(agency, "wire", agency)]

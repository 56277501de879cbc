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
    assert [(c.name, c.relation, c.span and c.span.cut(text)) for c in found] == [(agency, "wire", agency)]


def _of_field(*authors: str, outlet: str | None = None) -> list[tuple[str, str, str | None]]:
    article = article_of("t", text=BODY, authors=authors, outlet=outlet)
    found = find_credits(article, Tree(parse(BODY, load_pipeline())), ())
    assert all(c.span is None and c.field == "authors" and c.scope is None for c in found)
    return [(c.name, c.relation, c.known) for c in found]


@pytest.mark.parametrize(
    ("entry", "name", "known"),
    [
        ("By AP", "AP", "agency:associated-press"),
        ("AP", "AP", "agency:associated-press"),
        ("By THE ASSOCIATED PRESS", "ASSOCIATED PRESS", "agency:associated-press"),
        ("Reuters Staff", "Reuters", "agency:reuters"),
        ("Ann Lee, Associated Press", "Associated Press", "agency:associated-press"),
        ("Ann Lee of The Associated Press", "Associated Press", "agency:associated-press"),
        ("Ann Lee and Tom Okoro | AFP", "AFP", "agency:agence-france-presse"),
    ],
)
def test_an_agency_in_the_author_field_is_a_wire_credit_without_a_span(entry: str, name: str, known: str) -> None:
    assert _of_field(entry) == [(name, "wire", known)]


def test_two_agencies_in_the_author_field_are_two_credits() -> None:
    assert [name for name, _, _ in _of_field("AFP and Reuters", "AFP")] == ["AFP", "Reuters"]


@pytest.mark.parametrize("entry", ["Ann Lee", "", "Staff and agencies", "Getty Images", "Ap Novak", "Reuters Okonkwo"])
def test_people_and_picture_desks_in_the_author_field_are_no_credit(entry: str) -> None:
    assert _of_field(entry) == []


def test_an_outlet_in_the_author_field_is_a_reprint_only_in_another_outlet() -> None:
    assert _of_field("The Washington Post", outlet="Kestrel Courier") == [
        ("Washington Post", "reprint", "outlet:washington-post")
    ]
    assert _of_field("The Washington Post", outlet="Washington Post") == []
    assert _of_field("Ann Lee, Global Times", outlet="globaltimes.cn") == []
    assert _of_field("The Washington Post") == []


def test_what_the_text_credits_is_not_said_again_by_the_author_field() -> None:
    text = f"PARIS (AFP) - {BODY}"
    found = find_credits(article_of("t", text=text, authors=("AFP",)), Tree(parse(text, load_pipeline())), ())
    assert [(c.name, c.field) for c in found] == [("AFP", "text")]


def test_a_desk_s_own_way_of_signing_off_is_a_wire_credit() -> None:
    line = "Reporting by Ann Lee in Hillton; Additional reporting by Tom Okoro; Editing by Mary Sund"
    text = f"{BODY}\n({line})"
    (found,) = find_credits(article_of("t", text=text), Tree(parse(text, load_pipeline())), ())
    assert (found.name, found.relation, found.known) == ("Reuters", "wire", "agency:reuters")
    assert found.span is not None
    assert found.span.cut(text) == line


@pytest.mark.parametrize("line", ["(Reporting by Ann Lee.)", "Ann Lee did the reporting; the editing by Tom is fine."])
def test_other_words_on_reporting_and_editing_sign_nothing_off(line: str) -> None:
    assert _credits(f"{BODY}\n{line}") == []


def _by(outlet: str, text: str) -> list[tuple[str, str]]:
    found = find_credits(article_of("t", text=text, outlet=outlet), Tree(parse(text, load_pipeline())), ())
    return [(c.name, c.relation) for c in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor told the Kestrel Observer that the bridge was shut.", "Kestrel Observer"),
        ("The letter, of which the Observer has seen a copy, names nobody.", "Observer"),
        ("The mayor told this newspaper that the bridge was shut.", "this newspaper"),
        ("A draft obtained by the Kestrel Observer names nobody.", "Kestrel Observer"),
    ],
)
def test_an_outlet_that_names_itself_credits_its_own_work(text: str, name: str) -> None:
    assert _by("The Kestrel Observer", text) == [(name, "own")]


def test_another_outlet_that_was_told_something_is_cited_where_we_know_who_publishes() -> None:
    text = "The mayor told the Washington Post that the bridge was shut."
    assert _by("Kestrel Observer", text) == [("Washington Post", "cites")]
    assert _by("Washington Post", text) == [("Washington Post", "own")]
    assert _credits(text) == []


def test_what_a_person_cites_is_no_credit() -> None:
    text = "The mayor told the Washington Post that the bridge was safe, citing the conversion of its piers."
    assert _by("Kestrel Courier", text) == [("Washington Post", "cites")]


@pytest.mark.parametrize("outlet", ["Fox Online News", "Fox News (Web)", "Fox News - Politics"])
def test_a_collection_s_own_note_is_no_part_of_an_outlet_s_name(outlet: str) -> None:
    assert _by(outlet, "The mayor told Fox News that the bridge was shut.") == [("Fox News", "own")]


def test_whom_a_medium_cites_is_credited_too() -> None:
    text = "The bridge was shut, the agency Interfax reported, citing a port official in Hillton, after the rain."
    assert [(n, r) for n, r, _, _ in _credits(text)] == [("Interfax", "cites"), ("a port official in Hillton", "cites")]


@pytest.mark.parametrize(
    "text",
    [
        "Reuters shares fell on Monday after the bridge was shut.",
        "Thomson Reuters said its quarterly profit rose while the bridge was shut.",
        "According to AP exam scores, the pupils of Hillton know their bridges.",
        "Nine AP courses are taught at the school by the bridge.",
        "The mayor spoke of AP courses and, according to AP teachers, of bridges.",
        "According to the Guardian of the treasure, the bridge was shut.",
        "The Guardian of the treasure said that the bridge was shut.",
        "He told the Daily Mail building's porter about the bridge.",
        "The report was filed while the Reuters headquarters was shut.",
        "The letter was leaked to the media before the bridge was shut.",
        "The unending TV reports of bridges shutting down tired the mayor.",
        "The debate on the bridge was not aired on television.",
    ],
)
def test_what_only_bears_an_agency_s_or_outlet_s_name_is_no_credit(text: str) -> None:
    assert _credits(text) == []
    assert _by("Kestrel Observer", text) == []


_leads = {
    "wire": [
        "PARIS ({}) — {body}",
        "By Ann Lee, {}\n{body}",
        "{body}\n(With input from {})",
        "{body}\n{} contributed to this report.",
    ],
    "photo": [
        "{body}\nThe pier at dawn. /{} Photo\nBuses ran late.",
        "{body}\nThe pier at dawn. (Ann Lee/{})\nBuses ran late.",
    ],
    "reprint": ["{body}\nThis article originally appeared in {}.", "{body}\nReprinted with permission from {}."],
    "cites": [
        "{body}\nThe pier is safe, {} reported.",
        "{body}\nThe leak was first reported by {}.",
        "{body}\nThe pier is safe. (h/t {})",
    ],
}


@given(
    form=st.sampled_from([(relation, form) for relation, forms in _leads.items() for form in forms]),
    agency=st.sampled_from(["Reuters", "Xinhua", "AFP", "Interfax", "Associated Press"]),
    decoy=st.sampled_from(
        ["", "Reuters shares fell. ", "Nine AP courses are taught there. ", "The Guardian of the dam slept. "]
    ),
)
def test_every_planted_kind_of_credit_is_found_and_no_decoy(form: tuple[str, str], agency: str, decoy: str) -> None:
    relation, frame = form
    text = frame.format(agency, body=f"{BODY} {decoy}".strip())
    assert [(n, r) for n, r, _, _ in _credits(text)] == [(agency, relation)]

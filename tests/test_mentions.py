"""Names in one article: kinds, roles, who a short name or a pronoun stands for."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.mentions import find_mentions, find_outlet
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Mention, OutletHint

Marker = Callable[[str], list[Mention]]


@pytest.fixture(scope="session")
def mentions_in(nlp: Language) -> Marker:
    return lambda text: list(find_mentions(article_of("t", text=text), Tree(parse(text, nlp))))


@pytest.fixture(scope="session")
def outlet_of(nlp: Language) -> Callable[[str], OutletHint | None]:
    def find(text: str) -> OutletHint | None:
        article, tree = article_of("t", text=text), Tree(parse(text, nlp))
        return find_outlet(article, tree, find_mentions(article, tree))

    return find


def the(mentions: list[Mention], text: str, name: str, nth: int = 0) -> Mention:
    found = [m for m in mentions if m.span.cut(text) == name]
    assert len(found) > nth, f"{name!r} is not among {[m.span.cut(text) for m in mentions]}"
    return found[nth]


def refers(mentions: list[Mention], text: str, name: str, nth: int = 0) -> str | None:
    antecedent = the(mentions, text, name, nth).antecedent
    return antecedent.cut(text) if antecedent else None


def test_a_harbour_city_is_a_place_whatever_the_parser_calls_it(mentions_in: Marker) -> None:
    text = "The ferry reached the port of Vladivostok on Sunday. Crews in Vladivostok unloaded it."
    found = mentions_in(text)
    for nth in (0, 1):
        city = the(found, text, "Vladivostok", nth)
        assert (city.kind, city.place.country if city.place else None) == ("PLACE", "RU")


def test_a_village_no_gazetteer_knows_is_a_place_by_its_station(mentions_in: Marker) -> None:
    text = "The delegation got off at Qorvash train station. The settlement of Qorvash has one street."
    found = mentions_in(text)
    assert {m.kind for m in found if m.name == "Qorvash"} == {"PLACE"}


def test_a_person_is_never_a_town_of_the_same_name(mentions_in: Marker) -> None:
    text = "Senator Ellen Dallas thanked singer Paris Hilton in Austin. Dallas said nothing. Actors laughed at Dallas."
    found = mentions_in(text)
    assert {m.kind for m in found if m.name == "Dallas"} == {"PERSON"}
    assert the(found, text, "Paris Hilton").kind == "PERSON"
    assert the(found, text, "Austin").kind == "PLACE"


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("Pyongyang said on Friday that it would wait.", "ORG", "state:KP"),
        ("Envoys resumed talks between Pyongyang and Washington.", "ORG", "state:KP"),
        ("The pianist arrived in Pyongyang by train.", "PLACE", None),
        ("Pyongyang's missile programme worries its neighbours.", "ORG", "state:KP"),
        ("The pianist liked Pyongyang's streets and her hotel.", "PLACE", None),
        ("Pyongyang (Reuters) - A circus opened its doors on Friday.", "PLACE", None),
    ],
)
def test_a_capital_is_a_government_only_where_it_acts(mentions_in: Marker, text: str, kind: str, known: str) -> None:
    mention = the(mentions_in(text), text, "Pyongyang")
    assert (mention.kind, mention.known) == (kind, known)


def test_states_agencies_and_outlets_carry_their_id_under_every_name(mentions_in: Marker) -> None:
    text = "The DPRK invited the Republic of Korea, Tass News Agency reported, and Sputnik News agreed."
    found = mentions_in(text)
    assert [(m.name, m.kind, m.known) for m in found] == [
        ("DPRK", "PLACE", "state:KP"),
        ("Republic of Korea", "PLACE", "state:KR"),
        ("Tass News Agency", "ORG", "agency:tass"),
        ("Sputnik News", "ORG", "outlet:sputnik"),
    ]


def test_names_bear_no_article_title_or_possessive(mentions_in: Marker) -> None:
    text = "The Polytechnic University of Norland’s rector met President Anna Kowalska’s aide."
    found = mentions_in(text)
    assert all(not m.name.startswith("The ") and not m.name.endswith(("'s", "’s")) for m in found)
    assert the(found, text, "Anna Kowalska").kind == "PERSON"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Kremlin foreign policy aide, Pyotr Malinov, left early.", "Pyotr Malinov", "Kremlin foreign policy aide"),
        ("The bill reached French President Claire Dubois on Monday.", "Claire Dubois", "French President"),
        (
            "Tomas Berg, a research fellow at the Harbour Institute, told reporters so.",
            "Tomas Berg",
            "research fellow at the Harbour Institute",
        ),
        ("It annoyed U.S. Secretary of State Daniel Webb.", "Daniel Webb", "U.S. Secretary of State"),
    ],
)
def test_roles_are_found_before_and_after_the_name(mentions_in: Marker, text: str, name: str, role: str) -> None:
    mention = the(mentions_in(text), text, name)
    assert mention.role is not None
    assert mention.role.cut(text) == role


def test_a_family_name_stays_with_its_main_bearer_after_the_father_is_named(mentions_in: Marker) -> None:
    text = (
        "President Park Sung-min opened the bridge. Park waved. His father, Park Dae-jung, had begun it. "
        "Park then crossed the river."
    )
    found = mentions_in(text)
    short = [m for m in found if m.span.cut(text) == "Park"]
    assert len(short) == 2
    assert {m.antecedent.cut(text) for m in short if m.antecedent} == {"Park Sung-min"}


LEAD = "Transport Minister Ada Brandt reopened the lock on Monday.\n"
MASTER = "The barge's master, Otto Brandt, had waited there for hours.\n"


@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        # The one whom the text has just made its subject.
        (LEAD + MASTER + "On May 1, a Saturday, Brandt called for help.", ["Otto Brandt"]),
        (
            LEAD + "Brandt smiled.\n" + "Otto Brandt, the master, did not. Brandt is a shy man.",
            ["Ada Brandt", "Otto Brandt"],
        ),
        # One named in passing takes nothing over: a relative clause, a report, a possessive, a father.
        (LEAD + "Brandt then drove to the inn, where Otto Brandt sang. Brandt left early.", ["Ada Brandt"] * 2),
        (
            LEAD + "Brandt spoke. The agency, which said that Otto Brandt was ill, erred. Brandt laughed.",
            ["Ada Brandt"] * 2,
        ),
        (LEAD + "Brandt praised Otto Brandt's crew. Brandt laughed.", ["Ada Brandt"] * 2),
        (LEAD + "Brandt spoke. Her father, Emil Brandt, had built it. Brandt wept.", ["Ada Brandt"] * 2),
        # A paragraph on, the name is the first one's again.
        (LEAD + "Brandt spoke.\nOtto Brandt kept silent.\nBrandt left by train.", ["Ada Brandt"] * 2),
        # A title beside the name, "the other", and a description that is not the master's.
        (LEAD + MASTER + "Minister Brandt shook his hand.", ["Ada Brandt"]),
        (LEAD + MASTER + "The other Brandt shook his hand.", ["Ada Brandt"]),
        (
            "The pen was Ada Brandt's.\nOtto Brandt, who shares the minister's name, watched. Brandt cheered.\n"
            "In town the minister promised more boats. Later Brandt flew home.",
            ["Otto Brandt", "Ada Brandt"],
        ),
    ],
)
def test_a_family_name_alone_is_the_bearer_spoken_of_there(mentions_in: Marker, text: str, bearers: list[str]) -> None:
    short = [m for m in mentions_in(text) if m.span.cut(text) == "Brandt" and m.form == "name"]
    assert [m.antecedent.cut(text) if m.antecedent else None for m in short] == bearers


def test_pronouns_find_the_subject_and_a_quoted_he_is_not_the_speaker(mentions_in: Marker) -> None:
    text = "“Robert Hale lied because he was afraid,” Martin Voss said. Voss added that he had proof."
    found = mentions_in(text)
    assert refers(found, text, "he") == "Robert Hale"
    assert refers(found, text, "he", 1) == "Voss"
    assert refers(found, text, "Voss") == "Martin Voss"


def test_a_pronoun_never_contradicts_a_title(mentions_in: Marker) -> None:
    text = "Mrs. Linda Carver met Mr. Paul Denton. She thanked him."
    found = mentions_in(text)
    assert refers(found, text, "She") == "Linda Carver"
    assert refers(found, text, "him") == "Paul Denton"


def test_an_office_is_resolved_only_where_the_article_says_who_holds_it(mentions_in: Marker) -> None:
    text = "French President Claire Dubois spoke first. The French president smiled. The Polish president did not."
    found = mentions_in(text)
    assert refers(found, text, "The French president") == "Claire Dubois"
    assert refers(found, text, "The Polish president") is None


def test_the_north_is_a_state_only_where_the_article_is_about_it(mentions_in: Marker) -> None:
    about = "North Korea closed the road. A bus from the North turned back."
    assert the(mentions_in(about), about, "North").known == "state:KP"
    other = "Snow closed roads in Italy. A bus from the North turned back."
    assert all(m.known != "state:KP" for m in mentions_in(other))


def test_a_prefix_names_the_outlet_and_an_agency_never_does(outlet_of: Callable[[str], OutletHint | None]) -> None:
    hint = outlet_of("Alwaght- Farmers began the harvest on Monday.")
    assert hint is not None
    assert hint.name == "Alwaght"
    assert outlet_of("MOSCOW (Reuters) - Farmers began the harvest on Monday.") is None


def test_one_who_told_an_outlet_is_no_evidence_and_two_are(outlet_of: Callable[[str], OutletHint | None]) -> None:
    once = "Prices will rise, Jonas Ekman, an economist, told the Straits Times. "
    again = "Wages will not, Petra Lind, a union leader, told the Straits Times on Monday."
    assert outlet_of(once) is None
    assert outlet_of(once + "Prices fell later, Ekman told the Straits Times.") is None
    hint = outlet_of(once + again)
    assert hint is not None
    assert hint.name == "Straits Times"
    assert len(hint.evidence) == 2


@pytest.mark.parametrize("outlet", ["The Bosporus Sheet", "Bosporus Sheet"])
def test_an_articles_own_outlet_is_a_body_with_no_place_inside(nlp: Language, outlet: str) -> None:
    text = "Nets were torn, the skipper told the Bosporus Sheet. Tankers queue in the Bosporus."
    found = find_mentions(article_of("t", text=text, outlet=outlet), Tree(parse(text, nlp)))
    assert [(m.name, m.kind, m.known) for m in found if "Bosporus" in m.name] == [
        ("Bosporus Sheet", "ORG", None),
        ("Bosporus", "PLACE", "region:bosphorus"),
    ]


def test_an_outlet_that_bears_its_writers_name_leaves_the_writer_a_person(nlp: Language) -> None:
    text = "The mayor laughed, and Emma Thorne laughed with him."
    found = find_mentions(article_of("t", text=text, outlet="Emma Thorne"), Tree(parse(text, nlp)))
    assert the(list(found), text, "Emma Thorne").kind == "PERSON"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Medea Star, with 40 people aboard, struck a barge.", "Medea Star"),
        ("The deal is meant to bring the Medea Star back to sea.", "Medea Star"),
        ("Fog hid the Selma Dawson. The Selma Dawson, an old ferry, sank in an hour.", "Selma Dawson"),
        ("Crowds cheered as the Harbour Queen sailed in.", "Harbour Queen"),
    ],
)
def test_what_bears_an_article_is_no_person(mentions_in: Marker, text: str, name: str) -> None:
    assert all(m.kind != "PERSON" for m in mentions_in(text))
    assert the(mentions_in(text), text, name).kind in ("OTHER", "ORG")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Anna Kowalska trial opened, and the Anna Kowalska family wept.", "Anna Kowalska"),
        ("He was not the Robert Hale whom they knew. Robert Hale had laughed.", "Robert Hale"),
        ("The Rev. Martin Voss spoke.", "Martin Voss"),
    ],
)
def test_an_article_before_a_noun_or_a_title_leaves_a_person_a_person(
    mentions_in: Marker, text: str, name: str
) -> None:
    assert the(mentions_in(text), text, name).kind == "PERSON"


def test_a_queen_of_a_country_is_no_ship(mentions_in: Marker) -> None:
    text = "Crowds cheered as the Danish Queen sailed in. The Crown Prince waved."
    assert {m.name for m in mentions_in(text) if m.form == "nominal"} == {"Danish Queen", "Crown Prince"}


PIECES = ["Kim Jong-un ", "“", "”", "the North ", "he said ", "\n", "’s ", "U.S. ", "-", ", a ", "Dr. ", "Paris "]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
def test_no_text_breaks_the_stage_and_names_never_overlap(nlp: Language, text: str) -> None:
    found = find_mentions(article_of("t", text=text), Tree(parse(text, nlp)))
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    names = [m for m in found if m.form == "name"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(names))
    for mention in found:
        assert mention.span.cut(text).strip()
        assert mention.name
        assert mention.antecedent is None or mention.antecedent in {m.span for m in found}


def test_a_nameless_bearer_of_the_office_keeps_a_description_open(mentions_in: Marker) -> None:
    text = "The rebels' spokesman, Karim Haddad, spoke. A police spokesman denied it. The spokesman gave no figures."
    assert refers(mentions_in(text), text, "The spokesman") is None


def test_what_somebody_is_made_to_do_is_his_own(mentions_in: Marker) -> None:
    text = "Martin Voss forced Robert Hale to lower his prices. Voss promised Hale to lower his own."
    found = mentions_in(text)
    assert refers(found, text, "his") == "Robert Hale"
    assert refers(found, text, "his", 1) == "Voss"


def test_a_leader_of_whom_no_office_is_told_is_the_subject_before(mentions_in: Marker) -> None:
    text = "Kim Dae-sung spoke of peace. The North Korean leader was elected again this month."
    found = mentions_in(text)
    assert refers(found, text, "The North Korean leader") == "Kim Dae-sung"
    other = (
        "Ruler Park Min-ho slept. Kim Dae-sung spoke of peace. The North Korean leader was elected again this month."
    )
    assert refers(mentions_in(other), other, "The North Korean leader") is None


def test_whoever_is_called_mister_anywhere_is_a_person_everywhere(mentions_in: Marker) -> None:
    text = "Critics of Obama met in Chicago. Mr. Obama laughed. They came from Obama to Ohio, and Obama left."
    assert {m.kind for m in mentions_in(text) if m.name == "Obama"} == {"PERSON"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Obama has not decided about the Kelwood pipeline.", "Kelwood", "OTHER"),
        ("Prices fell when Harbour Lines shares rose.", "Harbour Lines", "ORG"),
        ("She was treated at the Anna Kowalska Clinic for a week.", "Anna Kowalska Clinic", "ORG"),
        ("He sat on the National Security Council for a year.", "National Security Council", "ORG"),
    ],
)
def test_the_words_of_a_name_and_those_beside_it_tell_its_kind(
    mentions_in: Marker, text: str, name: str, kind: str
) -> None:
    assert the(mentions_in(text), text, name).kind == kind


def test_a_price_in_dollars_names_no_state(mentions_in: Marker) -> None:
    text = "The yard paid US$40 million for two ships."
    assert [m.name for m in mentions_in(text)] == []


def test_whom_somebody_meets_and_thanks_is_another(mentions_in: Marker) -> None:
    text = "Martin Voss met Robert Hale and thanked him. Linda Carver, who met him later, smiled."
    found = mentions_in(text)
    assert refers(found, text, "him") == "Robert Hale"
    assert refers(found, text, "him", 1) != "Linda Carver"


def test_a_town_behind_an_age_is_a_place(mentions_in: Marker) -> None:
    text = "The boat belonged to Otto Brandt, 23, of Schenectady, who sold it."
    assert the(mentions_in(text), text, "Schenectady").kind == "PLACE"

"""Names, roles, datelines, pronouns and capitals planted in other prose, and then found."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.datelines import lead_in
from rashomon.mark.language import parse
from rashomon.mark.mentions import find_mentions
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Mention

# Sentences without a person, a place or a body: what is planted stands among them.
PROSE = (
    "The bridge stayed shut for most of the week. ",
    "Fares had risen twice since the spring. ",
    "Rain was expected before the evening. ",
    "Nobody was hurt, but two boats were lost. ",
    "The harvest came in late and was small. ",
)
prose = st.lists(st.sampled_from(PROSE), max_size=3).map("".join)

OFFICES = (
    "Transport Minister",
    "Foreign Minister",
    "President",
    "Prime Minister",
    "opposition leader",
    "Health Secretary",
)
STATES = ("French", "Norwegian", "Kenyan", "Peruvian", "Turkish")
WESTERN = ("Anna Kowalska", "Robert Hale", "Martin Voss", "Linda Carver", "Peter Lindqvist")
ACCENTED = ("José Núñez", "Łukasz Żółkiewski", "Zoë Müller", "Søren Bjørnstad", "Renée Gagné")
EASTERN = ("Kim Dae-sung", "Park Min-ho", "Choe Son-hui", "Li Jianming", "Zhang Wenhao", "Chon Hyun-joon", "Lü Chao")
CAPITALS = (("Ankara", "TR"), ("Tbilisi", "GE"), ("Seoul", "KR"), ("Oslo", "NO"), ("Nairobi", "KE"))
DEEDS = (
    "{} said it would wait until the autumn.",
    "{} will name an envoy within a month.",
    "{} was ready to sign if the lawyers agreed.",
    "Officials from {} met for an hour.",
    "{} has not ruled out a ban on imports.",
)
HAPPENINGS = (
    "The pianist arrived in {} by train.",
    "Snow fell on the roofs of {} all night.",
    "The choir flew to {} on Sunday.",
    "A fire broke out near {} on Sunday.",
)


@pytest.fixture(scope="session")
def marked(nlp: Language) -> Callable[[str], list[Mention]]:
    def mark(text: str) -> list[Mention]:
        tree = Tree(parse(text, nlp, lead=lead_in(text)))
        return list(find_mentions(article_of("t", text=text), tree))

    return mark


Marker = Callable[[str], list[Mention]]


def at(mentions: list[Mention], start: int) -> Mention:
    found = [m for m in mentions if m.span.start == start]
    assert found, f"nothing begins at {start}: {[(m.span.start, m.name) for m in mentions]}"
    return found[-1]


@settings(max_examples=40)
@given(prose, st.sampled_from(STATES), st.sampled_from(OFFICES), st.sampled_from(WESTERN), prose)
def test_a_title_before_a_name_is_its_role(
    marked: Marker, before: str, state: str, office: str, name: str, after: str
) -> None:
    text = f"{before}{state} {office} {name} opened the new lock on Monday. {after}"
    found = at(marked(text), text.index(name))
    assert (found.kind, found.name) == ("PERSON", name)
    assert found.role is not None
    assert found.role.cut(text) == f"{state} {office}"


@settings(max_examples=40)
@given(prose, st.sampled_from(["mayor", "president", "chairwoman", "coach"]), st.sampled_from(WESTERN), prose)
def test_a_name_between_commas_behind_its_office_is_found(
    marked: Marker, before: str, office: str, name: str, after: str
) -> None:
    text = f"{before}The {office}, {name}, said that the plan was dead. {after}"
    found = at(marked(text), text.index(name))
    assert (found.kind, found.name) == ("PERSON", name)
    assert found.role is not None
    assert found.role.cut(text) == office


@settings(max_examples=40)
@given(prose, st.sampled_from(ACCENTED), prose)
def test_a_name_with_accents_is_one_person_with_its_family_name(
    marked: Marker, before: str, name: str, after: str
) -> None:
    family = name.rsplit(maxsplit=1)[-1]
    text = f"{before}Transport Minister {name} opened the lock. {after}Later {family} left by train."
    mentions = marked(text)
    found = at(mentions, text.index(name))
    assert (found.kind, found.name) == ("PERSON", name)
    short = at(mentions, text.rindex(family))
    assert short.antecedent == found.span


@settings(max_examples=40)
@given(prose, st.sampled_from(WESTERN), prose)
def test_a_headline_in_capitals_names_the_same_person(marked: Marker, before: str, name: str, after: str) -> None:
    text = f"{name.upper()} RESIGNS\n{before}Mayor {name} left office on Monday. {after}"
    mentions = marked(text)
    assert [m.name for m in mentions if m.kind == "PERSON" and m.form == "name"] == [name.upper(), name]


@settings(max_examples=40)
@given(prose, st.sampled_from(EASTERN), prose)
def test_a_korean_or_chinese_family_name_stands_first(marked: Marker, before: str, name: str, after: str) -> None:
    family = name.split(maxsplit=1)[0]
    text = f"{before}The report was signed by {name} on Monday. {after}The engineer {family} said so on Friday."
    mentions = marked(text)
    found = at(mentions, text.index(name))
    assert (found.kind, found.name) == ("PERSON", name)
    assert at(mentions, text.rindex(family)).antecedent == found.span


@settings(max_examples=40)
@given(st.sampled_from(CAPITALS), st.sampled_from(["--", "—", "-"]), prose, st.sampled_from(DEEDS))
def test_a_datelines_city_is_a_place_and_later_a_government(
    marked: Marker, capital: tuple[str, str], dash: str, between: str, deed: str
) -> None:
    name, code = capital
    text = f"{name.upper()} (Example Wire) {dash} Fares rose on Monday. {between}{deed.format(name)}"
    mentions = marked(text)
    first, last = at(mentions, 0), at(mentions, text.rindex(name))
    assert (first.kind, first.place.country if first.place else None) == ("PLACE", code)
    assert (last.kind, last.known) == ("ORG", f"state:{code}")


@settings(max_examples=60)
@given(prose, st.sampled_from(CAPITALS), st.sampled_from(DEEDS), st.sampled_from(HAPPENINGS), prose)
def test_a_capital_is_a_government_where_it_acts_and_a_place_where_things_happen(
    marked: Marker, before: str, capital: tuple[str, str], deed: str, happening: str, after: str
) -> None:
    name, code = capital
    text = f"{before}{deed.format(name)} {after}{happening.format(name)}"
    mentions = marked(text)
    acts, town = at(mentions, text.index(name)), at(mentions, text.rindex(name))
    assert (acts.kind, acts.known, acts.place) == ("ORG", f"state:{code}", None)
    assert (town.kind, town.known) == ("PLACE", None)


@settings(max_examples=40)
@given(prose, st.sampled_from(WESTERN[:1] + WESTERN[3:4]), st.sampled_from(WESTERN[1:3] + WESTERN[4:]), prose)
def test_he_and_she_are_the_man_and_the_woman(marked: Marker, before: str, woman: str, man: str, after: str) -> None:
    text = f"{before}{woman} met {man} at the lock. She said that he had been late. {after}"
    mentions = marked(text)
    for pronoun, name in ((" She ", woman), (" he ", man)):
        antecedent = at(mentions, text.index(pronoun) + 1).antecedent
        assert antecedent is not None
        assert antecedent.cut(text) == name


@settings(max_examples=40)
@given(st.integers(20, 99), st.sampled_from(WESTERN), st.sampled_from(STATES), prose)
def test_the_aged_leader_is_the_one_president_of_the_article(
    marked: Marker, age: int, name: str, state: str, between: str
) -> None:
    text = f"{state} President {name} arrived on Monday. {between}The {age}-year-old leader wore a coat."
    found = at(marked(text), text.index(f"The {age}"))
    assert (found.kind, found.form) == ("PERSON", "nominal")
    assert found.antecedent is not None
    assert found.antecedent.cut(text) == name


@settings(max_examples=40)
@given(st.integers(20, 60), st.sampled_from(WESTERN), prose)
def test_an_age_that_is_somebody_elses_resolves_nothing(marked: Marker, age: int, name: str, between: str) -> None:
    text = f"French President {name}, {age}, arrived on Monday. {between}The {age + 3}-year-old president left."
    start = text.index(f"The {age + 3}")
    assert all(m.antecedent is None for m in marked(text) if m.span.start == start)


@settings(max_examples=40)
@given(st.sampled_from(["the Harbour Company", "Harbour Lines", "the Justice Ministry"]), prose)
def test_it_is_the_body_that_says_what_it_will_do(marked: Marker, body: str, before: str) -> None:
    text = f"{before}On Monday {body} said it will buy ten ships and sell its yard."
    mentions = marked(text)
    name = body.removeprefix("the ")
    for pronoun in (" it ", " its "):
        antecedent = at(mentions, text.index(pronoun, text.index(body)) + 1).antecedent
        assert antecedent is not None
        assert antecedent.cut(text) == name

"""Degrees are no names, nobody is both he and she, and a town is no country."""

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.mentions import find_mentions
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Mention


def _mentions(text: str, nlp: Language) -> tuple[Mention, ...]:
    return find_mentions(article_of("t", text=text), Tree(parse(text, nlp)))


@pytest.mark.parametrize(
    "degrees",
    [
        ", PhD", ", Ph.D.", " PhD", ", M.S., R.D.", ", MD, MPH", ", M.D.", ", MBA", ", M.B.A., C.P.A.", ", J.D.",
        ", LL.M.", ", O.B.E., M.P.", " OBE", " DBE", " MP", ", MBE, FRS", ", K.C.B.", ", Q.C.", ", R.N., B.S.N.",
        ", Esq.", ", S.J.",
        ", D.V.M.", ", PsyD, LCSW", " (PhD)", ", M.Ed.", ", M.P.H., Dr.P.H.",
    ],
)  # fmt: skip
def test_degrees_behind_a_name_are_no_names(degrees: str, nlp: Language) -> None:
    comma = "," if "," in degrees else ""
    text = f"The report was read by Martin Holt{degrees}{comma} and then by Anna Ask in Boston."
    assert [m.name for m in _mentions(text, nlp) if m.form == "name"] == ["Martin Holt", "Anna Ask", "Boston"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("She lives in Baltimore, MD, with her son.", ["Baltimore", "MD"]),
        ("He moved from Boston, MA, to Chicago.", ["Boston", "MA", "Chicago"]),
    ],
)
def test_a_state_behind_a_town_is_no_degree(text: str, places: list[str], nlp: Language) -> None:
    assert [m.name for m in _mentions(text, nlp) if m.kind == "PLACE"] == places


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Alex Holt met Anna Ask. She left. He stayed.", {"She": "Anna Ask", "He": "Alex Holt"}),
        ("Robin Holt met Maria Ask. She left. He stayed.", {"She": "Maria Ask", "He": "Robin Holt"}),
        ("Kim Holt called Peter Ask. He was out. She called again.", {"He": "Peter Ask", "She": "Kim Holt"}),
        ("Jamie Holt wrote to Ms Lena Ask. She replied.", {"She": "Lena Ask"}),
        ("Leslie Holt beat Mr Tor Ask. He wept.", {"He": "Tor Ask"}),
        ("Pat Holt closed the shop. She drove home. He was angry.", {"She": "Pat Holt", "He": None}),
    ],
)
def test_nobody_is_both_he_and_she(text: str, who: dict[str, str | None], nlp: Language) -> None:
    found = _mentions(text, nlp)
    told = {m.name: m.antecedent.cut(text) if m.antecedent else None for m in found if m.form == "pronoun"}
    assert told == who


@pytest.mark.parametrize("town", ["Lebanon, Ohio", "Peru, Indiana", "Mexico, Maine", "Cuba, Missouri", "Lima, Ohio"])
def test_a_town_that_is_called_as_a_country_is_none(town: str, nlp: Language) -> None:
    text = f"A fire broke out in {town}, on Monday."
    name = next(m for m in _mentions(text, nlp) if m.name == town.split(",", maxsplit=1)[0])
    assert (name.kind, name.known, name.place.country if name.place else None) == ("PLACE", None, "US")


def test_a_list_of_countries_stays_one(nlp: Language) -> None:
    found = _mentions("Floods hit Mexico, Texas and Arizona.", nlp)
    assert next(m for m in found if m.name == "Mexico").known == "state:MX"

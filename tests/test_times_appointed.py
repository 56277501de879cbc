"""Days that something is appointed for lie ahead, whatever the verb's tense; days of what is done lie behind."""

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of

THURSDAY = "2023-09-14"


def first_value(text: str, nlp: Language, published: str = THURSDAY) -> str:
    article = article_of("t", text=text)
    return resolve(find_times(article, Tree(parse(text, nlp))), published, text)[0].value


@pytest.mark.parametrize(
    "text",
    [
        "The appeal is set for Tuesday.",
        "A third round has been set for Tuesday.",
        "The inquest has been fixed for Tuesday.",
        "The debate is slated for Tuesday.",
        "The dockers called a walkout and a strike for Tuesday.",
        "The league rescheduled the match for Tuesday.",
        "The launch has been moved to Tuesday.",
        "The guild announced a rally for Tuesday.",
        "The mayor has arranged a meeting for Tuesday.",
        "The toll takes effect on Tuesday.",
        "The ban comes into force on Tuesday.",
        "The curfew enters into force Tuesday.",
        "The market reopens on Tuesday.",
        "The inquest begins Tuesday.",
        "The regatta opens on Tuesday in Lorrin.",
        "The lease expires on Tuesday.",
        "The burial takes place on Tuesday.",
        "Islanders go to the polls on Tuesday.",
        "The deadline for offers is Tuesday.",
        "The referendum is on Tuesday.",
        "The election is Tuesday.",
    ],
)
def test_an_appointed_day_lies_ahead(text: str, nlp: Language) -> None:
    assert first_value(text, nlp) == "2023-09-19"


@pytest.mark.parametrize(
    "text",
    [
        "The pier collapsed on Tuesday.",
        "He set fire to the barn on Tuesday.",
        "She set a record on Tuesday.",
        "The vote on Tuesday was close.",
        "The captain is recovering after a crash on Tuesday.",
        "The mood is grim after the attack on Tuesday.",
        "A witness says on Tuesday that the gate was open.",
        "The bus hits a wall on Tuesday.",
    ],
)
def test_a_day_of_what_is_done_lies_behind(text: str, nlp: Language) -> None:
    assert first_value(text, nlp) == "2023-09-12"

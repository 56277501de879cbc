"""People who bear the name of a month or a weekday are people; months and weekdays stay times."""

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mrs April resigned. April said the plan was dead.", []),
        ("Mr. August declined to comment.", []),
        ("Dr. Tuesday Lane said the child was well.", []),
        ("The keeper, Friday Obi, was hurt. Friday died in hospital.", []),
        ("Judge June Sund heard the case. June's clerk was there.", []),
        ("Tony March, a farmer, said March was his father's name.", []),
        ("Ms. April declined. The lease was signed in April.", ["April"]),
        ("On Monday Duval met Sund.", ["Monday"]),
        ("Duval resigned in May and left the isles in August.", ["May", "August"]),
        ("The ferry sank Sunday. Police said Monday that ten were saved.", ["Sunday", "Monday"]),
        ("Mayor Duval said Sunday the pier was safe.", ["Sunday"]),
    ],
)
def test_a_name_is_no_time(text: str, wanted: list[str], nlp: Language) -> None:
    found = find_times(article_of("t", text=text), Tree(parse(text, nlp)))
    assert [timex.span.cut(text) for timex in found] == wanted

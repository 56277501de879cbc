"""The publication day, inferred from an article's own words or not at all."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from rashomon.mark.language import parse
from rashomon.mark.times import find_times, infer_published
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of

Infer = Callable[[str], tuple[str | None, list[str]]]
BODY = "The mayor of Tolm arrived on Friday, aides said. Talks about the mill went on for hours on Friday."


@pytest.fixture(scope="session")
def infer(nlp: Language) -> Infer:
    def run(text: str) -> tuple[str | None, list[str]]:
        article = article_of("t", text=text)
        tree = Tree(parse(text, nlp))
        day, evidence = infer_published(article, find_times(article, tree))
        return day, [span.cut(text) for span in evidence]

    return run


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (f"Mill talks open\nMarch 5, 2021\n{BODY}", "March 5, 2021"),
        (f"Mill talks open\nBy Ada Lund, 5 March 2021\n{BODY}", "5 March 2021"),
        (f"Mill talks open\nUpdated at 10:40 on March 5, 2021\n{BODY}", "10:40 on March 5, 2021"),
        (f"{BODY}\nPublished: 2021-03-05", "2021-03-05"),
        (f"TOLM, March 5, 2021 (Norra) -- {BODY}", "March 5, 2021"),
        (
            f"{BODY}\nThe mayor shakes hands at the mill gate, Tolm, March 5, 2021. /Norra Photo\n{BODY}",
            "March 5, 2021",
        ),
        (
            "The mayor (L) waves at the mill gate, Tolm, March 5, 2021. /Norra Photo\n"
            "The mayor arrived on Friday, aides said. Talks about the mill are to end on Saturday morning.",
            "March 5, 2021",
        ),
        (f"{BODY} They had met on Friday, March 5, 2021, in the old mill by the river.", "Friday, March 5, 2021"),
    ],
)
def test_a_date_of_the_page_or_of_the_day_dates_the_article(infer: Infer, text: str, evidence: str) -> None:
    assert infer(text) == ("2021-03-05", [evidence])


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} The war had ended there on May 8, 1945, and the mill never recovered.",
        f"{BODY} The mill burned down on March 5, 2021, while its owner was abroad.",
        f"{BODY} The vote is planned for Friday, March 5, 2021, at the town hall.",
        f"{BODY}\nIn this file photo of March 5, 2021, the mayor is seen at the gate.\n{BODY}",
        f"{BODY} They had met on Tuesday, March 5, 2021, in the old mill.",
        f"{BODY} The photo of March 5, 1999 still hangs there, though the mill was sold in 2014.",
        "The mayor at the mill gate, Tolm, March 5, 2021. /Norra Photo\nShe came on Friday and left on Monday.",
        "The mayor at the mill gate, Tolm, March 5, 2021. /Norra Photo\nShe came on Friday. She will leave on Friday.",
        "The mayor at the mill gate, Tolm, March 5, 2021. Hide Caption 1 of 8 Photos\nShe came on Friday.",
        f"{BODY}\n— Ada Lund (@adalund) March 5, 2021",
        f"[Norra Times, 3/5/21]\n{BODY}",
        f"Can we have more? Posted by Ada Lund on Friday, March 5, 2021\n{BODY[:40]}",
        "The mayor at the mill gate, Tolm, March 5, 2021. /Norra Photo\nShe came on Friday and was tired.",
        "The mayor at the mill gate, Tolm, March 5, 2021. /Norra Photo\n"
        f"{BODY} He rested on Saturday; he left on Saturday.",
        "Where were you on March 5, 2021?\nAsk around in Tolm, and everyone can tell.",
    ],
)
def test_weak_evidence_dates_nothing(infer: Infer, text: str) -> None:
    assert infer(text) == (None, [])


def test_a_picture_of_another_weekday_than_the_events_dates_nothing(infer: Infer) -> None:
    assert infer(f"{BODY}\nThe mayor at the mill gate, Tolm, March 2, 2021. /Norra Photo\n{BODY}") == (None, [])

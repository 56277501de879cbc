"""Lines at the foot that credit agencies: whom they name is credited, and they are no claims."""

import pytest
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.mark.credits import foot_lines
from rashomon.mark.language import paragraphs
from rashomon.model.article import article_of

BODY = (
    "The ferry to Vell ran aground on Monday, the harbour office said.\n\n"
    "Captain Mia Holt left last. About 90 people swam."
)
LINES = [
    "Source: AFP",
    "Sources: AFP, dpa",
    "(With inputs from IANS)",
    "(With ANI inputs)",
    "(With inputs from agencies and PTI)",
    "With files from The Canadian Press",
    "With reporting by Reuters",
    "With material from Kyodo",
    "Material from AFP was used in this article.",
    "Some information from the Associated Press was used in this story.",
    "This report includes material from Reuters.",
    "jh/kl (dpa, Reuters)",
    "ab/cd (AFP, AP, epd)",
    "Copyright 2023 Agence France-Presse. All rights reserved. This material may not be rewritten without permission.",
    "© 2023 The Associated Press",
    "(c) 2023 dpa",
    "© Thomson Reuters 2023 All rights reserved.",
    "Additional reporting by AFP",
    "Additional reporting by Mia Holt and Reuters",
    "(AFP)",
    "Reuters/AFP",
    "— AP",
    "AFP contributed to this story.",
    "Associated Press reporters Mia Holt in Vell and Tor Ask in Lund contributed to this report.",
    "(This story has been published from a syndicated feed by ANI.)",
    "(Kestrel TV with AFP)",
    "with Reuters",
    "Compiled by Mia Holt from AFP dispatches.",
    "Based on reporting by AP and Reuters",
    "Translated from dpa by Mia Holt",
    "This article was supplied by AAP.",
    "Agencies: AFP, Reuters",
    "Text: dpa",
    "Parts of this report are from AFP.",
    "(Inputs from Kestrel News Agency)",
]
NONE = [
    "Reuters reported that the ferry leaks.",
    "The AP said that 40 people swam.",
    "Holt told AFP that she was cold.",
    "Holt, who once worked for Reuters, left early.",
    "The story was printed in The Guardian on Friday.",
    "(Photo: AP)",
    "Image: AFP via Getty Images",
    "Holt now works with the BBC.",
    "The information was false, Holt told AP.",
    "By Friday the water had gone.",
    "Source: Ministry of Fish",
    "Source: NATO.",
    "The Telegraph.",
    "Fox News reports:",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_at_the_foot_credits_whom_it_names_and_claims_nothing(line: str, nlp: Language) -> None:
    text = f"{BODY}\n\n{line}"
    marks = annotate(article_of("t", text=text, outlet="Kestrel Courier", published="2023-05-09"), nlp)
    wires = [credit for credit in marks.credits if credit.relation == "wire"]
    assert wires
    assert all(credit.span and credit.span.start > len(BODY) for credit in wires)
    assert not [claim for claim in marks.claims if claim.span.end > len(BODY)]
    assert marks.claims


@pytest.mark.parametrize("line", NONE)
@pytest.mark.parametrize("gap", ["\n\n", " "])
def test_what_reports_something_at_the_foot_is_no_credit_line(line: str, gap: str) -> None:
    text = f"{BODY}{gap}{line}"
    assert foot_lines(text, paragraphs(text)) == ()


@pytest.mark.parametrize(
    "line", ["(With inputs from PTI)", "jh/kl (dpa, AFP)", "AFP contributed to this story.", "Source: AFP", "(AP)"]
)
def test_a_credit_behind_the_last_sentence_is_found_there(line: str) -> None:
    text = f"{BODY} {line}"
    (found,) = foot_lines(text, paragraphs(text))
    assert text[found.start : found.end] == line


def test_the_outlets_own_copyright_line_credits_nobody(nlp: Language) -> None:
    text = f"{BODY}\n\n© 2023 Kestrel Courier. All rights reserved."
    assert annotate(article_of("t", text=text, outlet="Kestrel Courier"), nlp).credits == ()

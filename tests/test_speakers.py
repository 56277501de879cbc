"""Words in the right mouth: who is asked, whose office is named, what cannot speak, marks over paragraphs."""

import pytest
from spacy.language import Language

from rashomon.mark.annotate import annotate
from rashomon.model.article import article_of
from rashomon.model.marks import Marks

ASKED = [
    "Asked whether {} would sell the yard, Holt smiled.",
    "Asked if {} knew, Mayor Mia Holt declined to comment.",
    "When asked whether {} had paid, Holt said nothing.",
    "If asked whether {} will run, Holt always laughs.",
    "Told that {} had sunk, Mia Holt wept.",
    "Warned that {} would rise, Holt left.",
    "Informed that {} was dead, Holt collapsed.",
    "Reminded that {} had promised a vote, Holt left the room.",
    "Assured that {} was clean, Holt drank.",
    "Accused of hiding {}, Holt said the claim was false.",
    "Pressed on whether {} would close, Holt shrugged.",
    "Asked by reporters whether {} was over, Holt nodded.",
    "Asked on Monday whether {} was over, Holt nodded.",
    "Asked in an interview whether {} would rise, Chancellor Mia Holt said it would not.",
    "Asked why {} had failed, Holt blamed the weather.",
    "Asked how {} had died, Holt said it was the heat.",
    "Repeatedly asked whether {} would go, Holt laughed.",
    "Holt laughed when asked whether {} would go.",
    "Holt, asked whether {} would go, laughed.",
    "Holt, accused of selling {}, said it was a lie.",
    "Holt was asked if {} would go.",
    "Having been told that {} had gone, Holt wept.",
    "After being asked whether {} was paid, Holt walked out.",
    "Ordered to sell {}, Holt appealed.",
    "Asked “Will {} sink?”, Holt laughed.",
]
SAID = [
    "Holt asked whether the ferry was safe.",
    "Holt told reporters that the ferry would sail.",
    "Holt, asked about the ferry, said it was safe.",
    "Asked about the ferry, Holt said it was safe.",
    "Holt stood up, asked whether the ferry would sail and left.",
    "Holt has asked whether the ferry will sail.",
    "Holt walked in and told them the ferry would sail.",
    "Speaking on Monday, Holt warned that the ferry would sink.",
]
OFFICES = [
    "The acting CEO of Vellworks Marine, Dr Mia Holt, said the ferry was old.",
    "The chief executive of Vellworks, Ms Mia Holt, said the ferry was old.",
    "Former minister for Women and Sport Mia Holt said the plan was old.",
    "Deputy Prime Minister and Trade Secretary Mia Holt said the plan was old.",
    "Secretary of State for Energy Mia Holt said the plan was old.",
    "Shadow Secretary of State for Transport Mia Holt said the plan was old.",
    "The minister for Fish and Ferries, Mia Holt, said the plan was old.",
    "Director of Public Health Mia Holt said the water was bad.",
    "Vice President and General Counsel Mia Holt said the suit was weak.",
    "Chairman and Chief Executive Officer Mia Holt said sales fell.",
    "Minister for Foreign Affairs and Trade Mia Holt told reporters that talks had begun.",
    "The mayor of Vell, Mia Holt, said the road was shut.",
    "The union's general secretary, Mia Holt, said the strike would go on.",
    "Under-Secretary-General for Humanitarian Affairs Mia Holt said aid had run out.",
    "Commissioner for Trade and Economic Security Mia Holt said the deal was close.",
    "Member of Parliament for Vell Mia Holt said the road was shut.",
    "Leader of the Opposition Mia Holt said the vote was a farce.",
    "“The road is shut,” Secretary of State for Transport Mia Holt said.",
    "“The road is shut,” said the acting chief of Vell Power, Dr Mia Holt.",
    "The founder and chief executive of Vell Motors, Ms Mia Holt, said orders fell.",
    "Fire chief for the county Mia Holt said the blaze was out.",
    "Speaker of the House Mia Holt said the vote would be held.",
]
# Who speaks for somebody is not the one spoken for.
NOT_OFFICES = [
    "A spokesman for President Mia Holt said the road was shut.",
    "The lawyer for Mia Holt said she was innocent.",
    "The mayor of Vell and Mia Holt said the road was shut.",
    "The president told Mia Holt that the plan was old.",
    "The leader of the union, which Mia Holt founded, said the strike was over.",
    "The head of the Mia Holt Foundation said it would close.",
]
NO_SPEAKERS = [
    "News of the deal said that prices would fall.",
    "The withdrawal said “we are done” in Vell.",
    "The decision shows that the court is free.",
    "The vote signals that the party is split.",
    "The crisis warned that banks were weak.",
    "The move suggests that prices will fall.",
    "Photo by Mia Holt:\n\n“The roof is gone and we have no home.”",
    "Photo: Mia Holt: “The roof is gone and we have no home.”",
]


def _marks(text: str, nlp: Language) -> Marks:
    return annotate(article_of("t", text=text, outlet="Kestrel Courier", published="2024-05-08"), nlp)


def _speakers(text: str, nlp: Language) -> list[str | None]:
    return [q.speaker.cut(text) if q.speaker else None for q in _marks(text, nlp).quotations]


@pytest.mark.parametrize("form", ASKED)
def test_what_somebody_is_asked_or_told_is_not_his(form: str, nlp: Language) -> None:
    text = form.format("the old ferry")
    for quotation in _marks(text, nlp).quotations:
        if any("the old ferry" in part.cut(text) for part in quotation.content):
            assert quotation.speaker is None or "Holt" not in quotation.speaker.cut(text)


@pytest.mark.parametrize("text", SAID)
def test_what_somebody_asks_or_tells_is_his(text: str, nlp: Language) -> None:
    assert "Holt" in _speakers(text, nlp)


@pytest.mark.parametrize("text", OFFICES)
def test_the_bearer_of_an_office_is_the_speaker(text: str, nlp: Language) -> None:
    speakers = _speakers(text, nlp)
    assert speakers
    assert set(speakers) == {"Mia Holt"}
    assert ("Mia Holt", "PERSON") in {(m.name, m.kind) for m in _marks(text, nlp).mentions}


@pytest.mark.parametrize("text", NOT_OFFICES)
def test_whoever_speaks_for_somebody_is_another(text: str, nlp: Language) -> None:
    assert "Mia Holt" not in _speakers(text, nlp)


@pytest.mark.parametrize("text", NO_SPEAKERS)
def test_events_and_photographers_say_nothing(text: str, nlp: Language) -> None:
    assert set(_speakers(text, nlp)) <= {None}


@pytest.mark.parametrize(("opening", "closing", "inner"), [("‘", "’", "’"), ("'", "'", "'"), ("“", "”", "’")])
def test_speech_goes_on_over_paragraphs_in_any_marks(opening: str, closing: str, inner: str, nlp: Language) -> None:
    pieces = [
        "We count the boats each night,",
        "We have seen fewer and fewer of them.",
        f"It{inner}s the owners{inner} duty to mend them.",
        "I ask you all to help.",
    ]
    text = (
        f"{opening}{pieces[0]}{closing} Holt said. {opening}{pieces[1]}\n\n{opening}{pieces[2]}\n\n"
        f"{opening}{pieces[3]}{closing}\n\nAsk, a doctor, disagreed."
    )
    (quotation,) = _marks(text, nlp).quotations
    assert [part.cut(text) for part in quotation.content] == pieces
    assert quotation.speaker is not None
    assert quotation.speaker.cut(text) == "Holt"

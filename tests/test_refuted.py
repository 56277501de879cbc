"""Statements that somebody refutes, doubts or makes a condition of are not told as happened."""

import pytest
from spacy.language import Language

from planting import claims_of
from rashomon.model.marks import Claim

# {} is the statement; what becomes of it.
GOVERNED = [
    ("It is not true that {}.", "denied"),
    ("It is untrue that {}.", "denied"),
    ("It is a myth that {}, Orla Finch said.", "denied"),
    ("It is not the case that {}.", "denied"),
    ("It is far from true that {}.", "denied"),
    ("It would be wrong to say that {}.", "denied"),
    ("The claim that {} is false.", "denied"),
    ("The claim that {} has been debunked.", "denied"),
    ("The report that {} was retracted on Friday.", "denied"),
    ("Reports that {} turned out to be false.", "denied"),
    ("Orla Finch rejected claims that {}.", "denied"),
    ("Orla Finch dismissed as nonsense reports that {}.", "denied"),
    ("Orla Finch branded reports that {} false.", "denied"),
    ("Orla Finch ruled out that {}.", "denied"),
    ("Orla Finch called it untrue that {}.", "denied"),
    ("Orla Finch refuted a post that said {}.", "denied"),
    ("There is no evidence that {}.", "denied"),
    ("There isn't a shred of evidence that {}.", "denied"),
    ("The inquiry found no proof that {}.", "denied"),
    ("The inquiry found nothing to suggest that {}.", "denied"),
    ("Contrary to reports that {}, the quay was dry.", "denied"),
    ("Posts falsely claim that {}.", "denied"),
    ("A fake video showed that {}.", "denied"),
    ("Orla Finch was wrong when she said that {}.", "denied"),
    ("The paper apologised for reporting that {}.", "denied"),
    ("Nobody believes that {}.", "possible"),
    ("Hardly anyone believes that {}.", "possible"),
    ("Orla Finch doubts that {}.", "possible"),
    ("Orla Finch could not confirm that {}.", "possible"),
    ("Orla Finch refused to confirm that {}.", "possible"),
    ("The port has yet to confirm that {}.", "possible"),
    ("It is too early to say that {}.", "possible"),
    ("It is unlikely that {}.", "possible"),
    ("It is rumoured that {}.", "possible"),
    ("A rumour spread on Friday that {}.", "possible"),
    ("Unconfirmed reports said that {}.", "possible"),
    ("The port had received no reports that {}.", "possible"),
    ("If it turns out that {}, Orla Finch will resign.", "possible"),
    ("If it is true that {}, Orla Finch will resign.", "possible"),
    ("It looked as though {}.", "possible"),
    ("It would not be the first time that {}.", "possible"),
    ("If the reports are true, {}.", "possible"),
    ("Allegedly {}.", "possible"),
]

PLAIN = [
    "The port said that {}.",
    "It is true that {}.",
    "It is clear that {}.",
    "The fact that {} is not new.",
    "Orla Finch did not know that {}.",
    "Orla Finch confirmed that {}.",
    "There is evidence that {}.",
    "There is no doubt that {}.",
    "It is no secret that {}.",
    "Nobody doubts that {}.",
    "It is not false that {}.",
    "The news that {} shocked Pell.",
]


def the_loss(nlp: Language, text: str) -> Claim:
    return next(c for c in claims_of(nlp, text) if c.predicate == "lose" and not c.nominal)


@pytest.mark.parametrize(("frame", "status"), GOVERNED)
def test_a_statement_under_a_governor_that_refutes_or_doubts_did_not_happen(
    nlp: Language, frame: str, status: str
) -> None:
    claim = the_loss(nlp, frame.format("Pell lost 30 boats"))
    assert (claim.status, claim.polarity) == (status, "+")


@pytest.mark.parametrize("frame", PLAIN)
def test_what_is_taken_for_granted_or_confirmed_happened(nlp: Language, frame: str) -> None:
    claim = the_loss(nlp, frame.format("Pell lost 30 boats"))
    assert (claim.status, claim.polarity) == ("happened", "+")


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Nobody was hurt in Pell on Friday.", "hurt"),
        ("Not a single sailor was hurt in Pell.", "hurt"),
        ("Neither of the 2 sailors was hurt.", "hurt"),
        ("Hardly anyone was hurt in Pell on Friday.", "hurt"),
        ("There were no sailors hurt in Pell.", "hurt"),
        ("No one hurt in Pell quay fire", "hurt"),
        ("Finch did not leave Pell, nor did she resign on Friday.", "resign"),
        ("In no way did Finch pay 300 crowns.", "pay"),
    ],
)
def test_what_none_did_is_negated(nlp: Language, text: str, predicate: str) -> None:
    assert [c.polarity for c in claims_of(nlp, text) if c.predicate == predicate] == ["-"]


def test_whether_or_not_negates_nothing(nlp: Language) -> None:
    claim = the_loss(nlp, "It is unknown whether or not Pell lost 30 boats.")
    assert (claim.status, claim.polarity) == ("possible", "+")


def test_what_comes_after_but_stands_by_itself(nlp: Language) -> None:
    text = "It is not true that 30 sailors died, but Pell lost 4 boats."
    assert the_loss(nlp, text).status == "happened"

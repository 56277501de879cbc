"""The harness of judged claims, on invented articles: what a verdict means, and when a claim has changed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import judged
from judging import PARTS, enter, locate, reopen, same, show, value_of, values, verdict
from planting import claims_of
from rashomon.mark.annotate import annotate
from rashomon.model.article import article_of
from rashomon.model.marks import Claim

TEXT = "Divers rescued Elena Markova off Varna on Tuesday. The harbour master thanked the divers for it on Wednesday."
PLACE = (0, 7)


def judgement_of(claim: Claim) -> dict[str, Any]:
    parts = {part: {"open": [value]} for part, value in values(claim).items()}
    return {"n": 1, "file": PLACE[0], "line": PLACE[1], "id": "t", "parts": parts}


def rescue(nlp: Language, text: str = TEXT) -> Claim:
    return next(c for c in claims_of(nlp, text) if c.predicate == "rescue")


def judge(judgement: dict[str, Any], *lines: str) -> None:
    enter([judgement], lines, {PLACE: TEXT})


def test_a_bare_number_calls_every_open_part_right(nlp: Language) -> None:
    judgement = judgement_of(rescue(nlp))
    judge(judgement, "1")
    figures = judged.score([judgement], {PLACE: claims_of(nlp, TEXT)})
    assert figures == dict.fromkeys([*PARTS, "kept", "judged"], 1.0)


def test_only_the_named_parts_are_wrong_and_what_is_right_is_kept_for_later(nlp: Language) -> None:
    claim = rescue(nlp)
    judgement = judgement_of(claim)
    judge(judgement, "1 status - denied", "1 roles - who=Divers whom=Elena Markova|harbour master")
    figures = judged.score([judgement], {PLACE: (claim,)})
    assert {part for part in PARTS if figures[part] == 0} == {"status", "roles"}
    assert verdict("status", "denied", judgement["parts"]["status"]) is True
    master = TEXT.index("harbour master")
    assert judgement["parts"]["roles"]["right"][0]["whom"][1] == [master, master + len("harbour master")]


def test_a_claim_that_is_none_leaves_the_figures_when_it_is_gone(nlp: Language) -> None:
    claims = claims_of(nlp, TEXT)
    bogus, real = judgement_of(claims[-1]), judgement_of(rescue(nlp))
    judge(bogus, "1 none")
    judge(real, "1")
    assert judged.score([bogus, real], {PLACE: claims})["predicate"] == 0.5
    left = judged.score([bogus, real], {PLACE: claims[:-1]})
    assert left["predicate"] == left["kept"] == 1.0


def test_a_real_claim_that_is_gone_lowers_kept(nlp: Language) -> None:
    judgement = judgement_of(rescue(nlp))
    judge(judgement, "1")
    assert judged.score([judgement], {PLACE: ()})["kept"] == 0.0


def test_a_value_nobody_judged_is_wrong_until_it_is_reopened_and_judged(nlp: Language) -> None:
    claim = rescue(nlp)
    judgement = judgement_of(claim)
    judge(judgement, "1")
    judgement["parts"]["status"] = {"right": ["planned"]}
    figures = judged.score([judgement], {PLACE: (claim,)})
    assert figures["status"] == 0.0
    assert figures["judged"] == pytest.approx(7 / 8)
    reopen(judgement, claim)
    assert judgement["parts"]["status"] == {"right": ["planned"], "open": ["happened"]}
    assert "open" not in judgement["parts"]["roles"]
    judge(judgement, "1")
    assert judged.score([judgement], {PLACE: (claim,)})["status"] == 1.0


def test_the_claim_is_found_at_the_predicate_that_was_called_right(nlp: Language) -> None:
    first, second = rescue(nlp), next(c for c in claims_of(nlp, TEXT) if c.predicate == "thank")
    judgement = judgement_of(first)
    judge(judgement, "1 predicate - thanked=thank")
    assert judged.judged_claim(judgement, [second]) is second
    assert judged.score([judgement], {PLACE: (second,)})["predicate"] == 1.0


def test_a_judgement_holds_no_word_of_the_text(nlp: Language) -> None:
    judgement = judgement_of(rescue(nlp))
    judge(judgement, "1 readable - Divers … Tuesday", "1 attribution - whose=The harbour master quoted=no")
    kept = json.dumps(judgement)
    assert not [word for word in TEXT.strip(".").split() if len(word) > 3 and word.strip(".").lower() in kept.lower()]


def test_titles_and_possessives_make_no_other_participant_but_another_name_does() -> None:
    name = {"who": [[10, 20]], "whom": []}
    assert same("roles", name, {"who": [[4, 20]], "whom": []})
    assert same("roles", name, {"who": [[10, 22]], "whom": []})
    assert not same("roles", name, {"who": [], "whom": [[10, 20]]})
    assert not same("roles", name, {"who": [[10, 20], [30, 40]], "whom": []})
    assert not same("roles", name, {"who": [[10, 15]], "whom": []})


def test_whose_word_it_is_and_whether_it_is_quoted_must_both_agree() -> None:
    said = {"whose": [3, 9], "quoted": False}
    assert same("attribution", said, {"whose": [0, 9], "quoted": False})
    assert not same("attribution", said, {"whose": [3, 9], "quoted": True})
    assert not same("attribution", said, {"whose": None, "quoted": False})


def test_words_are_found_whole_and_nearest_to_the_claim() -> None:
    text = "his boat. This is history: his crew’s boat sank. Old boats."
    near = [text.index("his crew"), text.index(" sank")]
    assert locate("his", text, near) == [near[0], near[0] + 3]
    assert locate("boat", text, near)[0] == text.index("boat sank")
    assert locate("boat#2", text, near)[0] == text.index("boat.")
    assert locate("’s", text, near)[0] == text.index("’s")


@given(st.lists(st.sampled_from(["boat", "crew", "boats", "a boat"]), min_size=1, max_size=12), st.data())
def test_a_located_word_reads_as_it_was_asked_for(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    word = data.draw(st.sampled_from(words))
    start, end = locate(word, text, [0, len(text)])
    assert text[start:end] == word
    assert not text[end : end + 1].isalnum()


@pytest.mark.parametrize(
    "line",
    [
        "2",
        "1 mood - sad",
        "1 roles who=Divers",
        "1 roles - Divers",
        "1 place - Atlantis",
        "1 attribution - whose=Divers",
        "1 predicate - rescued",
        "1 readable - Divers",
    ],
)
def test_a_verdict_that_cannot_be_meant_is_refused(nlp: Language, line: str) -> None:
    with pytest.raises(ValueError, match=r"verdict|claim 1"):
        judge(judgement_of(rescue(nlp)), line)


def test_values_in_words_become_values_of_the_claim(nlp: Language) -> None:
    claim = rescue(nlp)
    near = values(claim)["readable"]
    for part, words in {
        "predicate": "rescued=rescue",
        "roles": "who=Divers whom=Elena Markova",
        "place": "Varna",
        "time": claim.when or "",
        "polarity": "+",
        "status": "happened",
        "attribution": "whose= quoted=no",
        "readable": "Divers … Tuesday",
    }.items():
        assert same(part, value_of(part, words, TEXT, near), values(claim)[part]), part


def test_a_claim_is_shown_with_its_verdicts(nlp: Language) -> None:
    article = article_of("t", text=TEXT, published="2026-03-11", outlet="Harbour News")
    claim = next(c for c in annotate(article, nlp).claims if c.predicate == "rescue")
    judgement = judgement_of(claim)
    judge(judgement, "1 place -")
    shown = show(judgement, article, claim)
    assert "WRONG  Varna" in shown
    assert shown.count("right") == len(PARTS) - 1


def test_a_changed_set_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "other", "text": TEXT, "title": "", "outlet": "Harbour News", "date": "2026-03-11"}
    monkeypatch.setattr(judged, "rows", lambda places: [(place, row) for place in places])
    with pytest.raises(ValueError, match="is not the article t"):
        judged.articles_of([{"file": 0, "line": 7, "id": "t"}])


def test_the_committed_judgements_are_whole() -> None:
    """A hundred a sample, ten articles an outlet; no part still open, none without a verdict."""
    samples = sorted(Path(judged.JUDGEMENTS).glob("claims-*.jsonl"))
    assert samples
    for path in samples:
        judgements = judged.read(path)
        assert len({j["id"] for j in judgements}) == len(judgements) == judged.OUTLETS * judged.EACH
        for judgement in judgements:
            assert set(judgement["parts"]) == set(PARTS)
            assert all(called and called.keys() <= {"right", "wrong"} for called in judgement["parts"].values())

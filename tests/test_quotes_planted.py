"""Quotations of every kind planted in invented prose, and looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.quotes import find_quotations
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Quotation


def _found(text: str) -> tuple[Quotation, ...]:
    return find_quotations(article_of("t", text=text), Tree(parse(text, load_pipeline())), ())


def _contents(text: str, kind: str) -> list[list[str]]:
    return [[c.cut(text) for c in q.content] for q in _found(text) if q.kind == kind]


def _speakers(text: str, words: str) -> list[str | None]:
    return [q.speaker.cut(text) if q.speaker else None for q in _found(text) if words in q.content_text(text)]


_noun = st.sampled_from(["river", "bridge", "valley", "market", "school", "harbour", "orchard", "station"])
_prose = st.lists(st.builds(lambda a, b: f"The {a} lay behind the {b}.", _noun, _noun), max_size=2).map(" ".join)
_saying = st.builds(lambda a, b: f"We saw the {a} and the {b} from the hill", _noun, _noun)
_name = st.sampled_from(["Ines Obrador", "Tomas Weil", "Ann Lee"])
_group = st.sampled_from(["experts", "both sides", "officials", "the statement", "the reports", "the two ministries"])


@given(pieces=st.lists(_saying, min_size=2, max_size=4), name=_name, after=_prose)
def test_speech_over_paragraphs_that_repeat_the_mark_is_one_quotation(pieces: list[str], name: str, after: str) -> None:
    text = "\n".join(f"“{piece}." for piece in pieces[:-1]) + f"\n“{pieces[-1]},” said {name}.\n{after}"
    expected = [f"{piece}." for piece in pieces[:-1]] + [f"{pieces[-1]},"]
    assert _contents(text, "direct") == [expected]
    assert _speakers(text, pieces[-1]) == [name]


@given(first=_saying, second=_saying, name=_name, before=_prose)
def test_speech_that_its_cue_interrupts_is_one_quotation(first: str, second: str, name: str, before: str) -> None:
    text = f"{before} “{first},” {name} said, “and we saw more: {second}.”".strip()
    assert _contents(text, "direct") == [[f"{first},", f"and we saw more: {second}."]]


@given(first=_saying, inner=_saying, name=_name)
def test_a_quotation_inside_another_does_not_end_it(first: str, inner: str, name: str) -> None:
    text = f"“{first}, and my father asked, ‘{inner}?’ every day,” said {name}."
    assert _contents(text, "direct") == [[f"{first}, and my father asked, ‘{inner}?’ every day,"]]


@given(said=_saying, name=_name, after=_prose)
def test_speech_without_its_opening_mark_begins_with_the_sentence(said: str, name: str, after: str) -> None:
    text = f"{said},” {name} said. {after}"
    assert [f"{said},"] in _contents(text, "direct")


@given(said=_saying, name=_name, before=_prose)
def test_a_forgotten_comma_does_not_hide_the_cue(said: str, name: str, before: str) -> None:
    text = f"{before}\n“{said}” {name} said on Friday.".strip()
    assert _contents(text, "direct") == [[said]]
    assert _speakers(text, said) == [name]


@given(question=_saying, answer=_saying, name=_name)
def test_an_answer_is_not_taken_for_the_cue_of_the_question(question: str, answer: str, name: str) -> None:
    text = f"{name} was asked, “{question}?” She answered, “{answer}.”"
    assert _contents(text, "direct") == [[f"{question}?"], [f"{answer}."]]


@given(said=_saying, group=_group)
def test_groups_and_documents_speak_too(said: str, group: str) -> None:
    assert _speakers(f"{group.capitalize()} said {said[0].lower()}{said[1:]}.", said[1:]) == [group.capitalize()]


@given(said=_saying, name=_name)
def test_who_stands_before_a_colon_is_the_speaker(said: str, name: str) -> None:
    text = f"{name} in the diary of that winter: “{said}.”"
    assert _contents(text, "direct") == [[f"{said}."]]
    assert [(speaker or "").startswith(name) for speaker in _speakers(text, said)] == [True]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Obrador called the plan “a gift to smugglers and thieves.”", "mixed"),
        ("Obrador said that “the dam will hold through the night and the day.”", "direct"),
        ("Obrador said that the dam would hold.", "indirect"),
    ],
)
def test_the_kind_is_the_share_of_the_letters_in_marks(text: str, kind: str) -> None:
    assert kind in [q.kind for q in _found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Her memoir, “Winter of the Orchards,” sold well in both towns.",
        "The so-called “harbour tax” was dropped in the spring.",
        "The band played “Rivers of Stone” until the lights went out.",
    ],
)
def test_titles_and_scare_quotes_are_nobodys_speech(text: str) -> None:
    assert _contents(text, "direct") == []

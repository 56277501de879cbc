from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.language import load_pipeline, paragraphs, parse
from rashomon.mark.quotes import find_quotations
from rashomon.mark.quotes.marks import pair_marks
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Mention, Quotation
from rashomon.model.spans import Span

Shown = tuple[str, str | None, str | None, list[str], list[str]]


@cache
def _found(text: str) -> tuple[Quotation, ...]:
    return find_quotations(article_of("t", text=text), Tree(parse(text, load_pipeline())), ())


def _cut(span: Span | None, text: str) -> str | None:
    return span.cut(text) if span else None


def _shown(text: str) -> list[Shown]:
    """Kind, speaker, cue, content, chain of every quotation, in words."""
    return [
        (q.kind, _cut(q.speaker, text), _cut(q.cue, text), [c.cut(text) for c in q.content], [c.name for c in q.chain])
        for q in _found(text)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "content"),
    [
        (
            "“The dam will hold through the night,” Tomas Weil, the mayor, said.",
            "direct",
            "Tomas Weil",
            ["The dam will hold through the night,"],
        ),
        (
            '"The dam will hold through the night," said Ines Obrador.',
            "direct",
            "Ines Obrador",
            ["The dam will hold through the night,"],
        ),
        (
            "‘The dam will hold through the night,’ she said on Friday.",
            "direct",
            "she",
            ["The dam will hold through the night,"],
        ),
        ("«The dam will hold through the night», she said.", "direct", "she", ["The dam will hold through the night"]),
        ("„The dam will hold through the night“, she said.", "direct", "she", ["The dam will hold through the night"]),
        (
            "''The dam will hold through the night,'' she said.",
            "direct",
            "she",
            ["The dam will hold through the night,"],
        ),
        (
            "\u2009\u2019The dam will hold through the night,” she said.",
            "direct",
            "she",
            ["The dam will hold through the night,"],
        ),
        (
            "Rain fell. The dam will hold through the night,” she said.",
            "direct",
            "she",
            ["The dam will hold through the night,"],
        ),
        (
            "She added: “The dam will hold through the night.”",
            "direct",
            "She",
            ["The dam will hold through the night."],
        ),
        (
            "“The dam,” she said, “will hold through the night.”",
            "direct",
            "she",
            ["The dam,", "will hold through the night."],
        ),
        (
            "“The dam will hold,” she said. “Nobody has to leave tonight.”",
            "direct",
            "she",
            ["The dam will hold,", "Nobody has to leave tonight."],
        ),
        (
            "“The dam will hold,\n“and nobody has to leave tonight,” she said.",
            "direct",
            "she",
            ["The dam will hold,", "and nobody has to leave tonight,"],
        ),
        ("“He told me ‘run for it,’ and I ran,” she said.", "direct", "she", ["He told me ‘run for it,’ and I ran,"]),
        (
            "Obrador said the visit had been “long and fruitful” for both towns.",
            "mixed",
            "Obrador",
            ["the visit had been “long and fruitful” for both towns"],
        ),
        (
            "The minister said that the bridge would open in May.",
            "indirect",
            "The minister",
            ["that the bridge would open in May"],
        ),
        (
            "The bridge will open in May, the minister said.",
            "indirect",
            "the minister",
            ["The bridge will open in May"],
        ),
        (
            "The bridge, the minister said, will open in May.",
            "indirect",
            "the minister",
            ["The bridge", "will open in May"],
        ),
        (
            "According to the harbour office, the bridge will open in May.",
            "indirect",
            "the harbour office",
            ["the bridge will open in May"],
        ),
        (
            "The bridge will open in May, according to the harbour office.",
            "indirect",
            "the harbour office",
            ["The bridge will open in May"],
        ),
        (
            "The statement said the bridge would open in May.",
            "indirect",
            "The statement",
            ["the bridge would open in May"],
        ),
    ],
)
def test_what_was_said_is_found_with_its_speaker(text: str, kind: str, speaker: str, content: list[str]) -> None:
    assert [(k, s, c) for k, s, _, c, _ in _shown(text) if c == content] == [(kind, speaker, content)], _shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "The “fruitless” meeting ended on Monday, and both teams went home.",
        "She read “A River Runs North” on the train and slept until noon.",
        'The board screwed a 6" plank to the wall and a 9" plank to the floor.',
        "The dogs' owners and the cats' owners met at the farmers' market.",
        "Rock 'n' roll was born in the '50s, long before the kids' clubs of today.",
    ],
)
def test_titles_and_words_held_at_arms_length_are_not_direct_speech(text: str) -> None:
    assert [q for q in _shown(text) if q[0] == "direct"] == []


@pytest.mark.parametrize(
    ("text", "speaker", "chain"),
    [
        ("“We will sign on Monday,” he was quoted by Reuters as saying.", "he", ["Reuters"]),
        ("“We will sign on Monday,” Obrador said, according to Tass.", "Obrador", ["Tass"]),
        (
            "Obrador told Russian state television she was ready to sign, Reuters reported.",
            "Obrador",
            ["Russian state television", "Reuters"],
        ),
        (
            "According to officials cited by the newspaper, the talks will resume in June.",
            "officials",
            ["the newspaper"],
        ),
        (
            "The agency, citing an analysis of photographs, said the ship had left port.",
            "The agency",
            ["an analysis of photographs"],
        ),
    ],
)
def test_the_chain_says_through_whom_the_words_came(nlp: Language, text: str, speaker: str, chain: list[str]) -> None:
    article = article_of("t", text=text)
    tree = Tree(parse(text, nlp))
    mentions = _agencies(article.id, text)
    found = find_quotations(article, tree, mentions)
    assert (speaker, chain) in [(_cut(q.speaker, text), [link.name for link in q.chain]) for q in found]


def _agencies(article_id: str, text: str) -> list[Mention]:
    return [
        Mention(Span(article_id, text.index(name), text.index(name) + len(name)), "ORG", name, known=known)
        for name, known in (("Reuters", "agency:reuters"), ("Tass", "agency:tass"))
        if name in text
    ]


def test_an_addressee_is_no_link_of_the_chain() -> None:
    text = "“We will sign on Monday,” Obrador told the Harbour Gazette."
    assert [(s, chain) for _, s, _, _, chain in _shown(text)] == [("Obrador", [])]


def test_the_speaker_of_the_next_paragraph_is_taken_from_its_neighbour() -> None:
    text = "“The dam will hold,” said Ines Obrador.\n“Nobody has to leave the valley tonight.”\nRain fell on."
    contents = [(q.speaker and q.speaker.cut(text), [c.cut(text) for c in q.content]) for q in _found(text)]
    said = [c for s, parts in contents if s == "Ines Obrador" for c in parts]
    assert "Nobody has to leave the valley tonight." in said


def test_a_second_cue_opens_a_second_quotation() -> None:
    text = "“The dam will hold,” Obrador said, adding, “Nobody has to leave the valley tonight.”"
    shown = [(cue, content) for _, _, cue, content, _ in _shown(text)]
    assert shown == [("said", ["The dam will hold,"]), ("adding", ["Nobody has to leave the valley tonight."])]


def test_a_coordinated_report_belongs_to_its_own_speaker() -> None:
    text = (
        "The mayor demanded that the road be closed, and Minister Ann Lee denounced the plan as “a gift to smugglers.”"
    )
    speakers = {content[0]: speaker for _, speaker, _, content, _ in _shown(text)}
    assert speakers["that the road be closed"] == "The mayor"
    assert any(speaker == "Ann Lee" and "gift" in content for content, speaker in speakers.items())


def test_an_unclosed_mark_costs_one_quotation_and_no_more() -> None:
    text = (
        "“We shall never know the reason, Obrador said on Monday.\n"
        "Snow lay on the pass.\n“The road stays shut until spring,” said Tomas Weil."
    )
    assert ("direct", "Tomas Weil", "said", ["The road stays shut until spring,"], []) in _shown(text)


def test_a_nested_report_comes_after_the_one_around_it() -> None:
    text = "The spokeswoman said that the minister had told the crowd that the road would reopen."
    spans = [q.span for q in _found(text)]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    assert any(a.covers(b) and a != b for a, b in pairwise(spans))


WORDS = ["river", "bridge", "night", "valley", "stone", "market", "winter", "paper", "school", "garden"]
_noun = st.sampled_from(WORDS)
_prose = st.lists(st.builds(lambda a, b: f"The {a} lay behind the {b}.", _noun, _noun), max_size=3).map(" ".join)
_said = st.builds(lambda a, b, c: f"We saw the {a} and the {b} near the {c}", _noun, _noun, _noun)
_marks = st.sampled_from([("“", "”"), ('"', '"'), ("«", "»"), ("''", "''")])
_cues = st.sampled_from(["she said.", "said Ines Obrador.", "Obrador told reporters.", "the mayor added on Friday."])


@given(before=_prose, said=_said, marks=_marks, cue=_cues, after=_prose)
def test_a_planted_quotation_is_found_exactly(
    before: str, said: str, marks: tuple[str, str], cue: str, after: str
) -> None:
    text = f"{before} {marks[0]}{said},{marks[1]} {cue} {after}".strip()
    found = [q for q in _found(text) if q.kind == "direct"]
    assert [q.content_text(text) for q in found] == [f"{said},"]
    assert found[0].speaker is not None


@given(st.text(alphabet="ab .,“”\"'‘’«»„\n", max_size=60))
def test_marks_in_any_mess_pair_without_overlap(text: str) -> None:
    ranges = paragraphs(text)
    pairs = pair_marks(text, ranges)
    assert all(p.start <= p.inner_start < p.inner_end <= p.end <= len(text) for p in pairs)
    for first in pairs:
        for second in pairs:
            apart = first.end <= second.start or second.end <= first.start
            inside = second.start >= first.start and second.end <= first.end
            around = first.start >= second.start and first.end <= second.end
            assert apart or inside or around


@given(
    st.lists(
        st.sampled_from(["“", "”", '"', "she", "said", "that", ",", ".", "\n", "Obrador", "the dam holds"]), max_size=20
    )
)
def test_every_span_of_any_mess_can_be_cut(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for quotation in _found(text):
        spans = [*quotation.content, *(s for s in (quotation.cue, quotation.speaker) if s)]
        assert all(span.cut(text).strip() for span in spans)
        assert all(link.span.cut(text) == link.name for link in quotation.chain)

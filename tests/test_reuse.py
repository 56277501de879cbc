"""What a stream's articles have in common with earlier ones: planted copies are found, notices and speech are not."""

import os
import re
import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.group.grams import GRAM, WINDOW, select
from rashomon.group.letters import word_hashes
from rashomon.group.passages import Reader, anchors, common_passages
from rashomon.group.reuse import ReuseFinder
from rashomon.group.reuse_index import HOLDERS, STANDING, ReuseIndex
from rashomon.group.texts import QUOTED, lay_out
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Credit, CreditRelation, Marks
from rashomon.model.spans import Span
from rashomon.model.story import Reuse

AGENCY = (
    "The ferry Brennvik II struck a rock off Halvorsund on Friday night and lost its rudder, the harbour office said, "
    "and a tug from the fishing fleet held it against the wind until the coastguard came.\n"
    "All ninety passengers were taken off over a ladder in two hours; a cook broke his wrist, and a dog that jumped "
    "overboard was found at dawn on a skerry a mile away.\n"
    "The company has ordered divers to look at the hull before the ferry is towed to the yard at Orrevik."
)
OTHER = (
    "Bakers of the upper valley want the old mill to grind again. Its wheel has stood still since the flood of 1911, "
    "and the parish would have to dig a new race through the vicar's garden.\n"
    "The vicar says he grows nothing there that he would miss, save some gooseberries of his grandmother's planting."
)
BACKGROUND = (
    "The Nordpost Fund has given spectacles, coats and school books to families of the seven parishes since its "
    "founders sold their printing works in 1954, and it is run by readers who meet each month in the old customs house "
    "and who draw neither wage nor allowance. Its accounts are laid open every spring, and whoever lives in one of the "
    "parishes may ask it for help without giving a reason."
)


def article(ref: str, text: str, outlet: str | None = None, published: str | None = None) -> Article:
    return article_of(ref, text=text, outlet=outlet, published=published)


def plain_marks(of: Article) -> Marks:
    return Marks(of.id, "t")


def stream(*articles: Article, window: int = 100) -> list[tuple[Reuse, ...]]:
    finder = ReuseFinder(articles=window)
    return [finder.add(a, plain_marks(a)) for a in articles]


def filler(seed: int, words: int = 120) -> str:
    """A text that has no two words in a row in common with one of another seed."""
    return " ".join(f"w{seed}x{n * n % 89}" for n in range(words)) + "."


def credited(of: Article, name: str, relation: CreditRelation, known: str | None = None) -> Marks:
    at = of.text.index(name)
    return Marks(of.id, "t", credits=(Credit(Span(of.id, at, at + len(name)), name, relation, known),))


def test_an_article_that_embeds_agency_copy_is_found_with_its_spans_on_both_sides() -> None:
    wire = article("w", f"{AGENCY}\n{OTHER}", "Polarpress")
    other = article("o", f"{filler(1)}\n{AGENCY}\n{filler(2)}", "Nordpost")
    (reuse,) = stream(wire, other)[1]
    (here_there,) = reuse.passages
    assert {s.cut({wire.id: wire.text, other.id: other.text}[s.article_id]) for s in here_there} == {AGENCY[:-1]}
    assert (reuse.source, reuse.target, reuse.why) == (wire.id, other.id, "unknown")
    assert reuse.passages[0][0].article_id == wire.id


def test_a_copy_with_light_edits_is_one_passage() -> None:
    edited = AGENCY.replace("Friday", "Friday the thirteenth").replace("a cook broke", "one cook broke")
    edited = edited.replace("the company has ordered", "its owner ordered").replace("at dawn ", "")
    first, second = article("a", f"{filler(1)}\n{AGENCY}", "A"), article("b", f"{edited}\n{filler(2)}", "B")
    (reuse,) = stream(first, second)[1]
    assert len(reuse.passages) == 1
    assert reuse.passages[0][1].cut(second.text) == edited[:-1]


def test_words_in_quotation_marks_are_nobodys_copy() -> None:
    speech = AGENCY.replace("\n", " ")
    first, second = article("a", f"{filler(1)} “{speech}”", "A"), article("b", f'{filler(2)} "{speech}" she said.', "B")
    assert stream(first, second)[1] == ()


def test_a_forgotten_quotation_mark_does_not_turn_the_page_inside_out() -> None:
    quoted = lay_out("a", 'The clerk was "not amused. He left the room. A "good" day ended.').quoted
    assert [i for i, q in enumerate(quoted) if not q] == [0, 1, 2, 10, 11, 12]


def test_an_embedded_post_is_its_writers_speech() -> None:
    text = "She was blunt.\nThe mill will grind again — Ilse Brandvold (@brandvold)\nNobody laughed."
    words = lay_out("a", text)
    own = [words.span(n, n).cut(text).lower() for n, quoted in enumerate(words.quoted) if not quoted]
    assert own == [
        "she", "was", "blunt", "nobody", "laughed",
    ]  # fmt: skip


def test_an_outlets_standing_paragraph_is_learnt_from_the_stream() -> None:
    many = [article(str(n), f"{filler(n)}\n{BACKGROUND}", "Nordpost") for n in range(8)]
    found = stream(*many)
    assert [len(f) for f in found[:2]] == [0, 1]  # its second appearance might be a copy as well
    assert not any(found[STANDING - 1 :])


def test_what_stands_in_one_outlet_for_good_is_no_copy_elsewhere_either() -> None:
    many = [article(str(n), f"{filler(n)}\n{BACKGROUND}", "Nordpost") for n in range(4)]
    assert stream(*many, article("g", f"{filler(9)}\n{BACKGROUND}", "Guest of the Nordpost"))[-1] == ()


def test_a_standing_paragraph_does_not_hide_a_copy_beside_it() -> None:
    many = [article(str(n), f"{filler(n)}\n{BACKGROUND}", "Nordpost") for n in range(4)]
    wire = article("w", AGENCY, "Polarpress")
    (reuse,) = stream(*many, wire, article("n", f"{AGENCY}\n{filler(9)}\n{BACKGROUND}", "Nordpost"))[-1]
    assert (reuse.source, len(reuse.passages)) == (wire.id, 1)


def test_an_updated_version_in_the_same_outlet_is_reuse_however_many_there_are() -> None:
    versions = [article(str(n), f"{AGENCY} {BACKGROUND} Update {n}, at noon.", "Nordpost") for n in range(6)]
    assert [len(f) for f in stream(*versions)] == [0, 1, 2, 3, 4, 5]


def test_a_sentence_in_common_is_reuse_between_outlets_but_not_within_one() -> None:
    line = AGENCY.split("\n", maxsplit=1)[0]
    texts = [f"{filler(n)}\n{line}" for n in range(2)]
    assert stream(article("a", texts[0], "A"), article("b", texts[1], "B"))[1]
    assert not stream(article("a", texts[0], "A"), article("b", texts[1], "A"))[1]


def test_a_dateline_names_the_source_though_it_was_read_last() -> None:
    late = article("l", f"HALVORSUND (Polarpress) — {AGENCY}", "Nordpost", "2024-05-06")
    wire = article("w", AGENCY, "Polarpress", "2024-05-07")
    finder = ReuseFinder(articles=9)
    finder.add(late, credited(late, "Polarpress", "wire"))
    (reuse,) = finder.add(wire, plain_marks(wire))
    assert (reuse.source, reuse.target, reuse.why) == (wire.id, late.id, "dateline")


def test_a_credit_by_the_agencys_known_id_tells_the_direction() -> None:
    wire, copy = article("w", AGENCY, "Polar Press"), article("c", f"{AGENCY}\nWith material from PP.", "Nordpost")
    finder = ReuseFinder(articles=9)
    finder.add(wire, plain_marks(wire))
    (reuse,) = finder.add(copy, credited(copy, "PP", "wire", "agency:polar-press"))
    assert (reuse.source, reuse.why) == (wire.id, "credit")


def test_times_tell_the_direction_where_no_credit_does() -> None:
    late, early = article("l", AGENCY, "A", "2024-05-07"), article("e", AGENCY, "B", "2024-05-06")
    (reuse,) = stream(late, early)[1]
    assert (reuse.source, reuse.target, reuse.why) == (early.id, late.id, "published")
    same_day = article("s", AGENCY, "C", "2024-05-06")
    assert stream(early, same_day)[1][0].why == "unknown"


def test_what_left_the_window_is_forgotten() -> None:
    fillers = [article(f"f{n}", filler(n), f"F{n}") for n in range(5)]
    wire, again = article("w", AGENCY, "A"), article("x", AGENCY, "B")
    assert stream(wire, *fillers[:3], again, window=4)[-1]
    assert stream(wire, *fillers[:4], again, window=4)[-1] == ()


def test_all_of_very_many_copies_are_found_and_what_left_the_window_takes_no_memory() -> None:
    copies = [article(str(n), AGENCY, f"Outlet {n}") for n in range(HOLDERS + 9)]
    finder = ReuseFinder(articles=50)
    before = finder.index_bytes
    found = [finder.add(a, plain_marks(a)) for a in copies]
    assert [len(f) for f in found] == list(range(len(copies)))
    for n in range(1_100):
        empty = article(f"e{n}", f"W{n}")
        assert not finder.add(empty, plain_marks(empty))
    assert finder.index_bytes == before
    assert len(finder) == 50


def test_who_printed_the_same_long_speech_is_a_candidate_but_no_reuse() -> None:
    speech = f"“{AGENCY} {OTHER} {BACKGROUND}”".replace("\n", " ")
    one, other = (lay_out(str(n), f"{filler(n)} {speech}") for n in range(2))
    index = ReuseIndex(articles=9)
    for words in (one, other):
        grams = select(words)
        found = index.add(grams.hashes, 0, grams.spoken)
    assert found.articles.tolist() == [0]
    assert found.shared[0] > 0 == found.own[0]


def test_a_finder_restored_from_its_articles_goes_on_the_same_way() -> None:
    articles = [
        article(str(n), f"{filler(n)}\n{(AGENCY, BACKGROUND, OTHER)[n % 3]}", f"Outlet {n % 2}") for n in range(12)
    ]
    whole = stream(*articles, window=8)
    finder = ReuseFinder(articles=8)
    for one in articles[:9]:
        finder.restore(one, plain_marks(one))
    assert [finder.add(one, plain_marks(one)) for one in articles[9:]] == whole[9:]


def test_texts_of_no_word_or_one_do_no_harm() -> None:
    assert stream(article("a", ""), article("b", "—"), article("c", "Ferry"), article("d", "Ferry")) == [()] * 4


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tests.test_reuse import *\n"
        "a = [article(str(n), f'{filler(n % 7)} {AGENCY} {BACKGROUND}', f'O{n % 3}') for n in range(9)]\n"
        "print(stream(*a))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


word = st.text("abcdefgh", min_size=3, max_size=6)
noise = st.lists(st.text("uvwxyz", min_size=3, max_size=6), min_size=0, max_size=60)
other_noise = st.lists(st.text("mnopqr", min_size=3, max_size=6), min_size=0, max_size=60)


@given(passage=st.lists(word, min_size=GRAM + WINDOW - 1, max_size=60, unique=True), around=st.tuples(*[noise] * 4))
def test_texts_with_a_whole_window_in_common_always_share_a_selected_gram(
    passage: list[str], around: tuple[list[str], ...]
) -> None:
    left, right = (select(lay_out("a", " ".join([*a, *passage, *b]))) for a, b in (around[:2], around[2:]))
    assert len(np.intersect1d(left.hashes, right.hashes))


@settings(max_examples=30, deadline=None)
@given(
    passage=st.lists(word, min_size=50, max_size=70, unique=True),
    before=noise,
    after=other_noise,
    at=st.integers(8, 20),
)
def test_a_planted_passage_is_found_across_an_edit(
    passage: list[str], before: list[str], after: list[str], at: int
) -> None:
    edited = [*passage[:at], "changed", *passage[at + 1 :]]
    source = article("s", " ".join([*passage, "Qq", *before]), "A")
    target = article("t", " ".join([*after, "Ww", *edited]), "B")
    (reuse,) = stream(source, target)[1]
    assert [s.cut(source.text) for s, _ in reuse.passages] == [" ".join(passage)]
    assert [t.cut(target.text) for _, t in reuse.passages] == [" ".join(edited)]


WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
letters = st.text("aBéΣß1x_ '’\"“”.\n\u0308\U0001d400\U0001f600\ud800", max_size=60)


@given(text=letters)
def test_words_are_runs_of_letters_with_apostrophes_between_them(text: str) -> None:
    words = lay_out("a", text)
    assert list(zip(words.starts, words.ends, strict=True)) == [m.span() for m in WORD.finditer(text)]
    assert words.numbers == [word_hashes(m.group())[0] for m in WORD.finditer(text)]


def test_case_and_apostrophes_make_no_other_word_but_each_letter_does() -> None:
    assert len(set(word_hashes("O’Brien OBRIEN o'brien obrien"))) == 1
    assert len(set(word_hashes("obrien obrine obrien1 obrie 1obrien o o1 1o"))) == 8


@given(text=letters, areas=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=2))
def test_a_word_is_speech_if_it_begins_in_an_area_and_packing_loses_nothing(
    text: str, areas: list[tuple[int, int]]
) -> None:
    areas = [(start, start + length) for start, length in areas]
    words = lay_out("a", text, areas)
    quoted = [*areas, *(m.span() for m in QUOTED.finditer(text))]
    assert words.quoted.tolist() == [any(a <= start < b for a, b in quoted) for start in words.starts.tolist()]
    again = words.pack().unpack()
    for part in ("hashes", "starts", "ends", "flags"):
        assert getattr(words, part).tolist() == getattr(again, part).tolist()


@given(texts=st.lists(st.lists(st.sampled_from("abcd"), max_size=30), min_size=1, max_size=5))
def test_reading_many_texts_at_once_finds_in_each_what_reading_it_alone_does(texts: list[list[str]]) -> None:
    newcomer, *others = [lay_out(str(n), " ".join(words)) for n, words in enumerate(texts)]
    read = Reader(newcomer).read([other.pack() for other in others]) if others else []
    assert [places for _, places in read] == [anchors([other, newcomer]).get((0, 1), []) for other in others]


def test_the_index_gives_those_that_share_most_first_and_counts_what_they_share() -> None:
    index = ReuseIndex(articles=10)
    grams = np.arange(1, 41, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    index.add(grams[:10], 1)
    index.add(grams[:30], 2)
    found = index.add(grams, 3)
    assert (found.articles.tolist(), found.shared.tolist(), found.own.tolist()) == ([1, 0], [30, 10], [30, 10])
    assert len(index) == 3


def test_a_long_passage_with_a_notice_in_it_is_still_a_passage() -> None:
    text = AGENCY.replace("\nThe company", " All rights reserved.\nThe company")
    one, two = article("a", text, "A"), article("b", text, "B")
    assert common_passages([one, two], {})

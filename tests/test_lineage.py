"""Who had what from whom: planted copies and credits must be found, and nothing else."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rashomon.align.sources import lineage
from rashomon.align.sources.lineage import collapse
from rashomon.group.passages import common_passages
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Credit, CreditRelation, Marks, OutletHint, Sentence
from rashomon.model.spans import Span
from rashomon.model.story import Derivation


def find_derivations(articles: Sequence[Article], marks: Mapping[str, Marks]) -> tuple[Derivation, ...]:
    """The lineage as the pipeline asks for it: with the passages that grouping finds."""
    return lineage.find_derivations(articles, marks, common_passages(articles, marks))


COPY = (
    "The dam above Orrevik burst shortly before dawn, sending a wall of water and birch trunks through the valley "
    "and cutting the only road to the smelter."
)
EDITED = COPY.replace("shortly before dawn", "just before dawn on Monday").replace("birch trunks", "tree trunks")
SPEECH = (
    "We shall not leave this valley, and whoever tells you that we have been paid to go away is lying to you and "
    "to himself"
)


def marked(
    article: Article,
    *credits: tuple[str, CreditRelation, str | None],
    known: str | None = None,
    hint: str | None = None,
) -> Marks:
    """Marks with one sentence per full stop, credits at the first place of each name, whole or over a sentence."""
    text, sentences, start = article.text, [], 0
    for end, char in enumerate(text, start=1):
        if char in ".\n" and text[start:end].strip():
            sentences.append(Sentence(Span(article.id, start + (text[start] == " "), end), 0))
            start = end
    found = []
    for name, relation, scope in credits:
        at = text.index(name)
        area = Span(article.id, text.index(scope), text.index(scope) + len(scope)) if scope else None
        found.append(Credit(Span(article.id, at, at + len(name)), name, relation, known, area))
    outlet = OutletHint(hint, (span_of(article, hint),)) if hint else None
    return Marks(article.id, "t", sentences=tuple(sentences), credits=tuple(found), outlet=outlet)


def span_of(article: Article, words: str) -> Span:
    at = article.text.index(words)
    return Span(article.id, at, at + len(words))


def copies(derivations: Sequence[Derivation]) -> list[Derivation]:
    return [d for d in derivations if d.kind == "copied"]


def story(*articles: Article) -> Mapping[str, Marks]:
    return {a.id: marked(a) for a in articles}


def test_an_edited_copy_is_found_with_its_words_on_both_sides() -> None:
    early = article_of("a", outlet="Nordpost", published="2024-05-06", text=f"Sirens woke us. {COPY} Nobody slept.")
    late = article_of("b", outlet="Valley Star", published="2024-05-07", text=f"It is gone. {EDITED} Help is far.")
    (edge,) = copies(find_derivations([late, early], story(early, late)))
    assert (edge.source, edge.target, edge.undirected) == (early.id, late.id, False)
    assert edge.evidence[0].cut(late.text) == EDITED.rstrip(".")
    assert edge.evidence[1].cut(early.text) == COPY.rstrip(".")


def test_two_outlets_that_quote_one_sentence_have_not_copied_each_other() -> None:
    one = article_of("a", text=f"The mayor spoke from a lorry. “{SPEECH},” she said, and the square went quiet.")
    two = article_of("b", text=f'Cheers met her answer. "{SPEECH}." Then Ilse Brandvold climbed down.')
    assert not find_derivations([one, two], story(one, two))


def test_copied_words_around_a_quotation_are_a_copy() -> None:
    line = f"Standing on a lorry in front of the burnt-out smelter, the mayor told them: “{SPEECH}.”"
    one = article_of("a", text=f"A crowd had come. {line} It rained.")
    two = article_of("b", text=f"Hundreds listened. {line} They cheered.")
    (edge,) = copies(find_derivations([one, two], story(one, two)))
    assert edge.undirected


def test_a_credit_on_one_side_makes_the_agency_the_source_of_both() -> None:
    agency = article_of("a", published="2024-05-06", text=f"ORREVIK (Polarpress) - {COPY} Rescuers came by boat.")
    silent = article_of("b", published="2024-05-05", text=f"Our valley weeps. {COPY} More tomorrow.")
    marks = {**story(silent), agency.id: marked(agency, ("Polarpress", "wire", None), known="agency:polarpress")}
    found = copies(find_derivations([agency, silent], marks))
    assert {(d.source, d.source_known, d.target) for d in found} == {
        ("Polarpress", "agency:polarpress", agency.id),
        ("Polarpress", "agency:polarpress", silent.id),
    }
    assert all(d.evidence[0].article_id == d.target and len(d.evidence) == 2 for d in found)


def test_same_day_without_credits_is_undirected_and_the_hour_tells_if_both_have_one() -> None:
    one = article_of("a", published="2024-05-06", text=f"First. {COPY}")
    two = article_of("b", published="2024-05-06", text=f"Second. {COPY}")
    assert copies(find_derivations([one, two], story(one, two)))[0].undirected
    one = article_of("a", published="2024-05-06T11:00:00Z", text=f"First. {COPY}")
    two = article_of("b", published="2024-05-06T09:30:00Z", text=f"Second. {COPY}")
    (edge,) = copies(find_derivations([one, two], story(one, two)))
    assert (edge.source, edge.target, edge.undirected) == (two.id, one.id, False)


def test_a_notice_under_every_article_is_no_copy() -> None:
    notice = "Sign up for our morning letter and get the news of the whole valley before your first cup of coffee."
    one = article_of("a", text=f"The dam burst.\n{notice}")
    two = article_of("b", text=f"A smelter burned.\n{notice}")
    assert not common_passages([one, two], {})


def test_an_outlet_does_not_copy_itself() -> None:
    one = article_of("a", outlet="Nordpost", text=f"First. {COPY}")
    two = article_of("b", outlet="nordpost", text=f"Update. {COPY}")
    assert not find_derivations([one, two], story(one, two))


def test_credits_become_edges_but_pictures_do_not() -> None:
    text = "The dam burst, Polarpress reported. A picture shows the valley. Photo: Nordbild. With input from Sudfax"
    article = article_of("a", text=text)
    credits: list[tuple[str, CreditRelation, str | None]] = [
        ("Polarpress", "cites", "The dam burst, Polarpress reported."),
        ("Nordbild", "photo", None),
        ("Sudfax", "wire", None),
    ]
    edges = find_derivations([article], {article.id: marked(article, *credits)})
    assert [(e.source, e.kind, e.evidence[0].cut(text)) for e in edges] == [
        ("Polarpress", "cites", "Polarpress"),
        ("Sudfax", "credit", "Sudfax"),
    ]


word = st.text("abcdefgh", min_size=3, max_size=6)


@given(
    passage=st.lists(word, min_size=14, max_size=40, unique=True),
    noise=st.lists(st.text("uvwxyz", min_size=3, max_size=6), min_size=24, max_size=60, unique=True),
    cut=st.integers(6, 18),
)
def test_a_planted_passage_is_found_exactly(passage: list[str], noise: list[str], cut: int) -> None:
    half = len(noise) // 2
    planted = " ".join(passage)
    left = article_of("l", text=" ".join([*noise[: cut % half], planted.upper(), *noise[cut % half : half]]))
    right = article_of("r", text=", ".join([*noise[half : half + cut % half], *passage, *noise[half + cut % half :]]))
    (found,) = common_passages([left, right], {})
    assert found.left.cut(left.text) == planted.upper()
    assert found.right.cut(right.text) == ", ".join(passage)
    assert found.words == len(passage)


DAM = "The dam burst at dawn"


def members(*articles: Article, words: str = DAM) -> list[tuple[str, Span]]:
    return [(a.id, span_of(a, words)) for a in articles]


def test_two_outlets_that_cite_one_agency_are_one_origin_and_a_third_is_another() -> None:
    one = article_of("a", text=f"{DAM}, Polarpress reported. It rained.")
    two = article_of("b", text=f"According to Polarpress, {DAM}.")
    own = article_of("c", text=f"{DAM}. I saw it from the bridge.")
    marks = {
        one.id: marked(one, ("Polarpress", "cites", f"{DAM}, Polarpress reported."), known="agency:p"),
        two.id: marked(two, ("Polarpress", "cites", f"According to Polarpress, {DAM}."), known="agency:p"),
        own.id: marked(own),
    }
    origins = collapse(members(one, two, own), [one, two, own], marks, ())
    assert [(o.root, o.articles) for o in origins] == [
        ("Polarpress", tuple(sorted([one.id, two.id]))),
        (own.id, (own.id,)),
    ]


def test_a_line_at_the_foot_covers_what_another_article_has_from_that_agency() -> None:
    cites = article_of("a", text=f"{DAM}, Polarpress reported. It rained.")
    foot = article_of("b", text=f"{DAM}. The smelter is closed. {'Nobody was hurt. ' * 9}(With input from Polarpress)")
    third = article_of("c", text="The smelter is closed. It rained.")
    marks = {
        cites.id: marked(cites, ("Polarpress", "cites", f"{DAM}, Polarpress reported."), known="agency:p"),
        foot.id: marked(foot, ("Polarpress", "wire", None), known="agency:p"),
        third.id: marked(third),
    }
    every = [cites, foot, third]
    assert [o.root for o in collapse(members(cites, foot), every, marks, ())] == ["Polarpress"]
    closed = collapse(members(foot, third, words="The smelter is closed"), every, marks, ())
    assert {o.root for o in closed} == {foot.id, third.id}


def test_a_dateline_covers_the_article_but_not_what_the_outlet_was_told_itself() -> None:
    line = "The engineer told the Valley Star that the gates were rusty."
    text = f"ORREVIK (Polarpress) - {DAM}. {line} {'It rained. ' * 20}"
    wire = article_of("a", outlet="Valley Star", text=text)
    dateline = marked(wire, ("Polarpress", "wire", None), known="agency:p")
    own = Credit(span_of(wire, "Valley Star"), "Valley Star", "own", scope=span_of(wire, line))
    marks = {wire.id: replace(dateline, credits=(*dateline.credits, own))}
    assert collapse(members(wire), [wire], marks, ())[0].root == "Polarpress"
    assert collapse(members(wire, words="the gates were rusty"), [wire], marks, ())[0].root == wire.id


def test_an_agency_in_the_author_field_is_the_origin_as_one_in_the_dateline_is() -> None:
    field = article_of("a", outlet="Valley Star", authors=("By Polarpress",), text=f"{DAM}. It rained.")
    dateline = article_of("b", outlet="Nordpost", text=f"ORREVIK (Polarpress) - {DAM}. It snowed.")
    marks = {
        field.id: replace(marked(field), credits=(Credit(None, "Polarpress", "wire", "agency:p", field="authors"),)),
        dateline.id: marked(dateline, ("Polarpress", "wire", None), known="agency:p"),
    }
    (origin,) = collapse(members(field, dateline), [field, dateline], marks, ())
    assert (origin.root, len(origin.articles)) == ("Polarpress", 2)
    edges = {e.target: e for e in find_derivations([field, dateline], marks)}
    assert (edges[field.id].source, edges[field.id].kind, edges[field.id].field) == ("Polarpress", "credit", "authors")
    assert edges[field.id].evidence == ()
    assert edges[dateline.id].field == "text"


def test_what_the_text_credits_comes_before_the_author_field() -> None:
    both = article_of("a", outlet="Valley Star", authors=("Sudfax",), text=f"ORREVIK (Polarpress) - {DAM}. It rained.")
    dateline = marked(both, ("Polarpress", "wire", None), known="agency:p")
    filled = Credit(None, "Sudfax", "wire", "agency:s", field="authors")
    marks = {both.id: replace(dateline, credits=(filled, *dateline.credits))}
    assert [o.root for o in collapse(members(both), [both], marks, ())] == ["Polarpress"]


def test_unnamed_officials_whom_local_media_cite_are_no_common_origin() -> None:
    line = f"{DAM}, local media reported, citing officials."
    one = article_of("a", outlet="Nordpost", text=line)
    marks = {one.id: marked(one, ("local media", "cites", line), ("officials", "cites", line))}
    assert [o.root for o in collapse(members(one), [one], marks, ())] == ["local media"]


def test_words_copied_from_one_another_are_one_origin_led_by_the_article_they_come_from() -> None:
    early = article_of("a", outlet="Nordpost", published="2024-05-06", text=f"Sirens. {COPY}")
    late = article_of("b", outlet="Valley Star", published="2024-05-07", text=f"Alas. {EDITED}")
    other = article_of("c", outlet="Sudfax Daily", published="2024-05-07", text="At dawn the dam burst, I saw it.")
    every = [early, late, other]
    marks = story(*every)
    claims = [*members(early, late, words="The dam above Orrevik burst"), *members(other, words="the dam burst")]
    origins = collapse(claims, every, marks, find_derivations(every, marks))
    assert [(o.root, len(o.articles)) for o in origins] == [(early.id, 2), (other.id, 1)]


def test_articles_of_one_outlet_are_one_origin() -> None:
    one = article_of("a", outlet="Nordpost", text=f"{DAM}. One.")
    two = article_of("b", outlet="Nordpost", text=f"{DAM}. Two.")
    assert len(collapse(members(one, two), [one, two], story(one, two), ())) == 1


def test_an_agencys_own_article_and_an_outlet_that_cites_it_are_one_origin() -> None:
    own = article_of("a", outlet="Polarpress", text=f"{DAM}. One.")
    two = article_of("b", outlet="Nordpost", text=f"{DAM}, Polarpress reported.")
    marks = {
        own.id: marked(own),
        two.id: marked(two, ("Polarpress", "cites", f"{DAM}, Polarpress reported."), known="agency:p"),
    }
    (origin,) = collapse(members(own, two), [own, two], marks, ())
    assert origin.root == "Polarpress"


def test_two_articles_that_credit_one_agency_at_their_foot_are_one_origin() -> None:
    ends = [("The road is shut", "Polarpress"), ("No bus runs", "Polarpress and Ostwire"), ("It is quiet", "Westnews")]
    texts = [f"{DAM}. {own}. It rained for a week and a day.\nWith inputs from {agencies}." for own, agencies in ends]
    articles = [article_of(str(n), outlet=f"Paper{n}", text=text) for n, text in enumerate(texts)]
    marks = {
        articles[0].id: marked(articles[0], ("Polarpress", "wire", None)),
        articles[1].id: marked(articles[1], ("Polarpress", "wire", None), ("Ostwire", "wire", None)),
        articles[2].id: marked(articles[2], ("Westnews", "wire", None)),
    }
    first, second = collapse(members(*articles), articles, marks, ())
    assert first.root == "Polarpress"
    assert len(first.articles) == 2
    assert second.articles == (articles[2].id,)


def test_an_agencys_own_article_and_one_with_its_credit_at_the_foot_are_one_origin() -> None:
    own = article_of("a", outlet="Polarpress", text=f"{DAM}. One. It rained for a week.")
    two = article_of("b", outlet="Nordpost", text=f"{DAM}. Two. It rained for a week and more.\nSource: Polarpress")
    marks = {own.id: marked(own), two.id: marked(two, ("Polarpress", "wire", None))}
    (origin,) = collapse(members(own, two), [own, two], marks, ())
    assert len(origin.articles) == 2


def test_a_publisher_under_two_labels_is_one_origin() -> None:
    labels = [
        ("Nordpost", None),
        ("www.nordpost.example", None),
        (None, "https://nordpost.example/2"),
        ("Nordpost News", None),
    ]
    articles = [article_of(str(n), outlet=o, url=u, text=f"{DAM}. {n}.") for n, (o, u) in enumerate(labels)]
    (origin,) = collapse(members(*articles), articles, {a.id: marked(a) for a in articles}, ())
    assert len(origin.articles) == len(labels)


def test_a_story_of_five_hundred_articles_takes_seconds() -> None:
    vocabulary = [f"w{n}" for n in range(4000)]
    articles = []
    for number in range(500):
        words = [vocabulary[(number * 7919 + k * k * 31 + k * 17) % 4000] for k in range(400)]
        articles.append(article_of(str(number), text=" ".join(words) + (f". {COPY}" if number % 5 == 0 else ".")))
    started = time.process_time()
    found = common_passages(articles, {})
    assert time.process_time() - started < 8
    texts = {a.id: a.text for a in articles}
    holders = {
        side.article_id for p in found for side in (p.left, p.right) if COPY[:-1] in side.cut(texts[side.article_id])
    }
    assert holders == {a.id for a in articles[::5]}

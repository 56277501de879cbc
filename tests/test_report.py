"""The report shows every line with its words, whatever the words are."""

import base64
import hashlib
import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rashomon.model.article import article_of
from rashomon.model.dossier import Dossier, StoryAccount, SummarySentence
from rashomon.model.spans import Span
from rashomon.model.story import (
    Alignment,
    ClaimGroup,
    Conflict,
    Entity,
    NameUse,
    OnlyOne,
    Origin,
    QuotationGroup,
    Reading,
    TimelineEntry,
    Variant,
    Wording,
    WordingChoice,
)
from rashomon.show.report import render_html, render_markdown, render_terminal_summary
from rashomon.show.report.build import page
from rashomon.show.report.words import clean
from report_fixture import ALIGNMENT, CLAIMS, FAILURES, FERRY, ONE, SEVERAL, TOLD, alone
from report_words import ARTICLES, told

VOID = {"meta", "link", "br", "rect", "circle", "path", "line", "input"}


class Reader(HTMLParser):
    """Reads a page as a browser would: what is open when, every id, every link, and the words of every article."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: dict[str, list[tuple[int, str]]] = {}
        self.text = ""
        self._open: list[str] = []
        self._article: str | None = None
        self._in_paragraph = False
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), f"an attribute twice in <{tag}>: {attrs}"
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.hrefs.append(str(found["href"]))
        if tag == "article" and "data-outlet" in found:
            self._article = str(found["id"])
            self.paragraphs[self._article] = []
        if tag == "p" and "data-o" in found and self._article:
            self._in_paragraph = True
            self.paragraphs[self._article].append((int(str(found["data-o"])), ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes something else"
        if tag == "p":
            self._in_paragraph = False
        if tag == "article":
            self._article = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            return
        self.text += data
        if self._in_paragraph and self._article:
            start, text = self.paragraphs[self._article][-1]
            self.paragraphs[self._article][-1] = (start, text + data)

    def lines(self) -> list[dict[str, str | None]]:
        """Attributes of everything that carries evidence."""
        return [attrs for _, attrs in self.tags if "data-ev" in attrs]

    def words(self, item: str) -> str:
        """What one piece of evidence ("a3:10:20") covers in the articles as the page prints them."""
        key, start, end = item.rsplit(":", 2)
        return "".join(
            text[max(0, int(start) - at) : max(0, int(end) - at)] for at, text in self.paragraphs[key]
        )  # fmt: skip


@pytest.fixture(scope="module")
def one() -> Reader:
    return Reader(render_html(ONE))


def test_every_line_carries_evidence_and_it_is_the_very_words(one: Reader) -> None:
    shown = page(ONE).stories[0]
    texts = {told_.article.id: told_.article.text for told_ in TOLD}
    keys = {article.key: article.id for article in shown.articles}
    checked = 0
    for attrs in one.lines():
        for item in str(attrs["data-ev"]).split():
            key, start, end = item.split(":")
            assert one.words(item) == texts[keys[key]][int(start) : int(end)].replace("\n", "")
            checked += 1
    assert checked > 150


def test_every_link_inside_the_page_leads_somewhere(one: Reader) -> None:
    inside = [href[1:] for href in one.hrefs if href.startswith("#")]
    assert len(inside) > 100
    assert set(inside) <= set(one.ids)
    assert len(one.ids) == len(set(one.ids))


def test_nothing_is_fetched(one: Reader) -> None:
    html = render_html(ONE)
    policy = next(attrs["content"] for tag, attrs in one.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'")
    for kind in ("style", "script"):
        inline = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.S)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in str(policy)
    assert not [attrs for _, attrs in one.tags if "src" in attrs or "style" in attrs or "srcset" in attrs]
    assert not [name for _, attrs in one.tags for name in attrs if name.startswith("on")]
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    outside = [href for href in one.hrefs if not href.startswith("#")]
    assert sorted(outside) == sorted(["data:,", *(str(article.url) for article in ARTICLES[:8])])


def test_the_page_reads_from_top_to_bottom_in_the_promised_order(one: Reader) -> None:
    headings = [
        FERRY.title,
        "What no single article tells",
        "What independent origins agree on",
        "Where accounts conflict",
        "What came before, what is planned",
        "Who said what",
        "What only one outlet says",
        "How each words it",
        "Where each got it",
        "People, places, organisations",
        "The articles",
        "How to read this",
    ]
    body = one.text[one.text.index("Skip to the account") :]
    found = [body.index(heading) for heading in headings]
    assert found == sorted(found)


def test_reach_is_told_over_the_outlets_that_were_read(one: Reader) -> None:
    assert "reported by 5 of 8 outlets read" in one.text
    assert "3 independent origins" in one.text
    assert "reported by 3 of 8 outlets read" in one.text
    assert "one of the eight outlets read" in one.text


@pytest.mark.parametrize("word", ["verified", "true", "truth", "fact", "facts", "proven", "confirmed"])
def test_the_report_never_says_what_is_so(word: str) -> None:
    texts = " ".join([*(told_.article.text for told_ in TOLD), *(str(a.title) for a in ARTICLES)]).casefold()
    assert not re.search(rf"\b{word}\b", texts), "choose articles without the word, or the test is blind"
    for rendered in (Reader(render_html(SEVERAL)).text, render_markdown(SEVERAL), render_terminal_summary(SEVERAL)):
        assert not re.search(rf"\b{word}\b", rendered.casefold())


def test_both_readings_of_a_conflict_stand_side_by_side_with_their_words(one: Reader) -> None:
    readings = [attrs["data-name"] for _, attrs in one.tags if attrs.get("class") == "reading"]
    assert readings == ["14", "19", "14 August 2025", "21 August 2025"]
    assert "Nineteen passengers and crew were injured" in one.text


def test_a_clipped_quotation_says_how_much_of_it_is_left(one: Reader) -> None:
    assert "clipped: 4 of 31 words" in one.text
    assert "through InterPressNews" in one.text


def test_a_line_without_words_to_prove_it_is_not_printed_but_counted() -> None:
    article = ARTICLES[0]
    unproven = [
        replace(CLAIMS[0], id="c_1", text="Pigeons were appointed", evidence=()),
        replace(CLAIMS[0], id="c_2", text="Badgers were consulted", evidence=(Span(article.id, 10**6, 10**6 + 9),)),
        replace(CLAIMS[0], id="c_3", text="Herons were informed", evidence=(Span("a_elsewhere", 0, 9),)),
    ]
    summary = (*FERRY.summary, SummarySentence("Geese were dismissed.", ()))
    account = replace(FERRY, summary=summary, alignment=replace(ALIGNMENT, claims=(*CLAIMS, *unproven)))
    dossier = Dossier(ONE.articles, (account,), ())
    assert page(dossier).skipped == page(ONE).skipped + 4
    for rendered in (render_html(dossier), render_markdown(dossier), render_terminal_summary(dossier)):
        assert not re.search("Pigeons|Badgers|Herons|Geese", rendered)
    assert "Four lines without words" in render_html(dossier)


def test_a_conflict_that_keeps_only_one_proven_reading_is_no_conflict() -> None:
    conflict = ALIGNMENT.conflicts[0]
    lame = replace(conflict, readings=(conflict.readings[0], replace(conflict.readings[1], evidence=())))
    account = replace(FERRY, alignment=replace(ALIGNMENT, conflicts=(lame,)))
    shown = page(Dossier(ONE.articles, (account,), ()))
    assert shown.stories[0].conflicts == ()
    assert "No conflicting readings were found among the eight outlets read." in render_html(
        Dossier(ONE.articles, (account,), ())
    )


def test_several_stories_stand_under_an_index_and_failures_are_told() -> None:
    reader = Reader(render_html(SEVERAL))
    assert {"s1-story", "s2-story"} <= set(reader.ids)
    assert {"#s1-story", "#s2-story"} <= set(reader.hrefs)
    assert {href[1:] for href in reader.hrefs if href.startswith("#")} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    for failure in FAILURES:
        assert failure.ref in reader.text
        assert failure.error in reader.text
    assert "The only outlet read on this event." in reader.text
    assert "No conflicting readings" in Reader(render_html(Dossier(TOLD, (alone(ARTICLES[8]), _two()), ()))).text


def _two() -> StoryAccount:
    shared = Alignment("s_2", ALIGNMENT.articles[:2], (), (), (), (), (), (), (), ())
    return StoryAccount("s_2", "Two outlets, nothing shared", None, None, (), (), shared)


def test_nothing_to_tell_is_said_plainly() -> None:
    nothing = Dossier((), (), FAILURES)
    assert "Nothing was read." in Reader(render_html(nothing)).text
    assert "empty.txt" in render_markdown(nothing)
    assert render_terminal_summary(nothing).startswith("No story to tell.")


HOSTILE = (
    "</script><script>alert(1)</script>\n<img src=x onerror=alert(2)> & \"quoted\" 'single' `tick`\n"
    "{{ 7*7 }} {% raw %}\n"
    "zero\x00byte \x1b[31mred\x1b[0m carriage\rreturn vertical\x0btab\n\u202eright to left שלום עולם مرحبا\u202c\n"
    "astral 🛟🛟 letters 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \ud800 lone\n" + "x" * 3000 + "\n-- > <!-- comment ]]> </style></title></textarea>\n"
)


def hostile_dossier(text: str = HOSTILE, spans: int = 12) -> Dossier:
    """Every field that an article can fill, filled with ``text``."""
    one = article_of(text, text=text, title=text, outlet=text, url="javascript:alert(3)", authors=(text,))
    two = article_of("2", text="Plain words about it.", outlet='The "Plain" <Paper>', published="2025-01-02")
    step = max(1, len(text) // spans)
    evidence = tuple(Span(one.id, i, min(len(text), i + step + 7)) for i in range(0, len(text) - 1, step))
    both = (*evidence, Span(two.id, 0, 5))
    ids = tuple(sorted((one.id, two.id)))
    origins = (Origin(text, (one.id,)), Origin("The Paper", (two.id,)))
    claims = (
        ClaimGroup("c_1", text, "corroborated", origins, ids, "planned", both, "2025-01-03", text, (), text, 1.0),
        ClaimGroup('c_2" onclick="x', text, "single-origin", origins[:1], (one.id,), "denied", evidence),
        ClaimGroup("c_3", text, "contested", origins, ids, "possible", both),
    )
    readings = (Reading(text, ids, evidence), Reading("no", ids, both[-1:]))
    variants = (Variant(text, one.id, "direct", evidence, chain=(text,)), Variant("Plain", two.id, "mixed", both[-1:]))
    shared = Alignment(
        "s_1",
        ids,
        (Entity("e_1", text, "PERSON", (NameUse(text, ids, 2), NameUse(text * 2, ids, 1)), both),),
        (),
        claims,
        (Conflict("k_1", "time", "contradiction", text, readings),),
        (
            QuotationGroup(
                "q_1",
                "e_1",
                text,
                "direct",
                text,
                (text,),
                variants,
                ids,
            ),
        ),
        (
            TimelineEntry("2025-01-02", "day", "past", text, ("c_1",), both),
            TimelineEntry(text, "day", "planned", text, (), both),
            TimelineEntry("2025-13-77", "day", "ongoing", text, (), both),
            TimelineEntry("2025-02", "month", "past", text, (), both),
        ),
        (OnlyOne('c_2" onclick="x', one.id), OnlyOne("c_missing", one.id)),
        (
            Wording(
                "e_1", (WordingChoice(text, ids, 2, evidence), WordingChoice("Plain", ids, 1, both[-1:]))
            ),
        ),
    )  # fmt: skip
    account = StoryAccount("s_1", text, "2025-01-02", text, (), (SummarySentence(text, both),), shared)
    return Dossier((told(one), told(two)), (account,), ())


def test_hostile_articles_are_only_text() -> None:
    html = render_html(hostile_dossier())
    html.encode("utf-8")
    reader = Reader(html)
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in reader.tags]
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert not [href for href in reader.hrefs if "javascript" in href]
    assert "\x00" not in html
    assert "\x1b" not in html
    assert "\r" not in html
    assert "{{ 7*7 }}" in reader.text


def test_hostile_text_keeps_its_offsets() -> None:
    dossier = hostile_dossier()
    reader = Reader(render_html(dossier))
    shown = page(dossier).stories[0]
    texts = {told_.article.id: told_.article.text for told_ in dossier.articles}
    keys = {article.key: article.id for article in shown.articles}
    items = [item for attrs in reader.lines() for item in str(attrs["data-ev"]).split()]
    assert len(items) > 50
    for item in items:
        key, start, end = item.split(":")
        expected = clean(re.sub(r"[\r\n]", "", texts[keys[key]][int(start) : int(end)]))
        assert reader.words(item).replace("\ufffd", "?") == expected.replace("\ufffd", "?")


def test_a_terminal_gets_no_control_characters() -> None:
    dossier = hostile_dossier()
    for rendered in (render_markdown(dossier), render_terminal_summary(dossier)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered)
        rendered.encode("utf-8")


def test_markdown_cites_every_line_and_every_footnote_is_there() -> None:
    text = render_markdown(ONE)
    cited = re.findall(r"\[\^(\d+)\](?!:)", text)
    notes = re.findall(r"^\[\^(\d+)\]: .+“.+”", text, re.M)
    assert len(cited) > 50
    assert sorted(cited) == sorted(set(notes))
    assert len(notes) == len(set(notes))
    assert "reported by 5 of 8 outlets read · 3 independent origins" in text
    assert max(map(len, text.splitlines())) < 2500


def test_the_terminal_summary_names_outlets_and_counts() -> None:
    text = render_terminal_summary(SEVERAL)
    assert text.startswith(FERRY.title)
    assert "16–19 September 2025 · Trabzon (TR) and Batumi (GE)" in text
    assert "[Costa Verde" in text
    assert "5 corroborated by independent origins · 1 contested · 2 conflicts · 5 told by one outlet only" in text
    assert "scans/page-04.bin: read: not text" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_the_same_dossier_gives_the_same_page() -> None:
    assert render_html(ONE) == render_html(ONE)


def big(count: int) -> Dossier:
    """One story of ``count`` articles that say much the same."""
    text = "\n".join(f"Sentence {i} of the report says that the harbour was closed." for i in range(40))
    articles = [article_of(str(i), text=text, outlet=f"Paper {i}", published="2025-03-04") for i in range(count)]
    ids = tuple(sorted(article.id for article in articles))
    claims = []
    for i in range(count):
        bearers = articles if i == 0 else articles[i % 7 :: 7]
        origins = tuple(Origin(a.outlet or "", (a.id,)) for a in bearers)
        at = i * 5 % 2000
        evidence = tuple(Span(a.id, at, at + 40) for a in bearers)
        claims.append(ClaimGroup(f"c_{i}", f"claim {i}", "corroborated", origins, ids, "happened", evidence))
    shared = Alignment("s_1", ids, (), (), tuple(claims), (), (), (), (), ())
    account = StoryAccount("s_1", "A big one", "2025-03-04", "2025-03-05", (), (), shared)
    return Dossier(tuple(told(article) for article in articles), (account,), ())


def test_a_claim_of_many_outlets_names_a_few_and_counts_the_rest() -> None:
    reader = Reader(render_html(big(60)))
    assert "reported by 60 of 60 outlets read" in reader.text
    chips = [attrs for tag, attrs in reader.tags if attrs.get("class") == "chip"]
    assert len(chips) < 60 * 20


def test_many_stories_render_in_a_time_that_grows_with_their_number() -> None:
    stories = tuple(
        replace(alone(ARTICLES[8], number), id=f"s_{number}") for number in range(150)
    )  # fmt: skip
    started = time.perf_counter()
    reader = Reader(render_html(Dossier(TOLD, stories, ())))
    assert time.perf_counter() - started < 20
    assert len(reader.ids) == len(set(reader.ids))
    assert "Show all 150 stories" in reader.text

"""What a page says about its article, as pages of many kinds say it: authors, outlet, title, day."""
# ruff: noqa: E501

import io
import json
from typing import Any

import pytest

from rashomon.model.article import Article, Failure
from rashomon.read import read_paths

BODY = """<p>The ferry to Ostermoor ran aground on Tuesday night, the harbour master said, and all forty came ashore.</p>
<p>“Nobody was hurt,” she told reporters at the quay. The café “Zur Möwe” took everybody in until the morning came.</p>
<p>It is the third time in as many years that a vessel of the line has struck the bank north of the harbour mouth.</p>
"""


def page(head: str = "", *, above: str = "", title: str = "Ferry aground off Ostermoor", **node: Any) -> Article:
    if node:
        node = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title.split(" | ", maxsplit=1)[0],
            **node,
        }
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    html = (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{above}{BODY}"
        "</article></body></html>"
    )
    (found,) = read_paths(["-"], stdin=io.BytesIO(html.encode()))
    assert isinstance(found, Article), found
    return found


def person(*names: str) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


SITE = '<meta property="og:site_name" content="Tidewater Post">'


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ada Aas", ("Ada Aas",)),
        ("By Ada Aas", ("Ada Aas",)),
        ("by Ada Aas and Bela Berg", ("Ada Aas", "Bela Berg")),
        ("Ada Aas, Bela Berg & Cid Cole", ("Ada Aas", "Bela Berg", "Cid Cole")),
        ("Ada Aas; Bela Berg", ("Ada Aas", "Bela Berg")),
        ("Ada Aas, MD", ("Ada Aas, MD",)),
        ("Ada Aas, M.D., Bela Berg, PhD", ("Ada Aas, M.D.", "Bela Berg, PhD")),
        ("Ada Aas, Jr.", ("Ada Aas, Jr.",)),
        ("Ada Aas, Tidewater Post", ("Ada Aas",)),
        ("Ada Aas | The Tidewater Post", ("Ada Aas",)),
        ("Tidewater Post", ()),
        ("The Tidewater Post https://www.tidewaterpost.example/", ()),
        ("Ada Aas https://tidewaterpost.example/staff/ada", ("Ada Aas",)),
        ("Ada Aas ada.aas@tidewater.example", ("Ada Aas",)),
        ("Lundgren Publishing Group", ()),
        ("Lundgren Media Ltd", ()),
        ("No Author", ()),
        ("Unknown", ()),
        ("admin", ()),
        ("Staff Writer", ()),
        ("Newsroom", ()),
        ("N/A", ()),
        ("Ada Aas, Tidewater Post Business", ("Ada Aas",)),
        ("Analysis by Ada Aas", ("Ada Aas",)),
        ("Associated Press", ("Associated Press",)),
        ("Ada Aas, Reuters", ("Ada Aas", "Reuters")),
        ("ADA AAS", ("ADA AAS",)),
        ("Ada van der Aas", ("Ada van der Aas",)),
        ("Ada", ("Ada",)),
    ],
)
def test_authors_are_the_people_that_the_head_names(written: str, authors: tuple[str, ...]) -> None:
    assert page(f'{SITE}<meta name="author" content="{written}">').authors == authors


def test_an_authors_address_is_no_second_author() -> None:
    twice = '<meta name="author" content="Ada Aas"><meta name="parsely-author" content="ada-aas">'
    assert page(SITE + twice).authors == ("Ada Aas",)
    assert page(f'{SITE}<meta name="author" content="ada-aas"><meta name="author" content="Ada Aas">').authors == (
        "Ada Aas",
    )


def test_authors_in_json_ld_go_before_those_of_the_head() -> None:
    head = '<meta name="author" content="Lundgren Group">'
    assert page(head, author=person("Ada Aas", "Bela Berg")).authors == ("Ada Aas", "Bela Berg")
    assert page(head, author={"@type": "Organization", "name": "Tidewater"}).authors == ()
    agency = {"@type": "NewsMediaOrganization", "name": "Agence France-Presse"}
    assert page(head, author=[*person("Ada Aas"), agency]).authors == ("Ada Aas", "Agence France-Presse")
    assert page("", author="Ada Aas").authors == ("Ada Aas",)


@pytest.mark.parametrize(
    ("head", "publisher", "outlet"),
    [
        (SITE, None, "Tidewater Post"),
        (SITE, "Tidewater Post", "Tidewater Post"),
        ('<meta property="og:site_name" content="Tidewater_Post">', None, "Tidewater Post"),
        ('<meta property="og:site_name" content="KQZX 4 | Lund News, Weather, Traffic">', None, "KQZX 4"),
        ('<meta property="og:site_name" content="KQZX 4 – Breaking News, Sport">', None, "KQZX 4"),
        ('<meta property="og:site_name" content="Latest News and Top Stories | KQZX">', None, "KQZX"),
        ('<meta name="application-name" content="Local Weather and Breaking News - KQZX">', "KQZX", "KQZX"),
        ('<meta property="og:site_name" content="Tidewater Post: Breaking News">', None, "Tidewater Post"),
        (SITE, "Lundgren Media Group", "Tidewater Post"),
        ("", "Tidewater Post", "Tidewater Post"),
    ],
)
def test_an_outlet_is_named_without_slogan(head: str, publisher: str | None, outlet: str) -> None:
    node: dict[str, Any] = {"publisher": {"@type": "Organization", "name": publisher}} if publisher else {}
    assert page(head, **node).outlet == outlet


@pytest.mark.parametrize(
    "title",
    [
        "Ferry aground off Ostermoor",
        "Ferry aground off Ostermoor | Tidewater Post",
        "Ferry aground off Ostermoor - The Tidewater Post",
        "Ferry aground off Ostermoor | World | Tidewater Post",
        "Ferry aground off Ostermoor - National | Tidewaterpost.example",
        "Ferry aground off Ostermoor | Lund News - Tidewater Post",
        "Ferry aground off Ostermoor – Politics – tidewaterpost.com",
        "Ferry aground off Ostermoor » Tidewater Post",
        "Tidewater Post | Ferry aground off Ostermoor",
        "Ferry aground off Ostermoor :: Tidewater Post",
        "Ferry aground off Ostermoor | Lund | Tidewater Post",
        "Ferry aground off Ostermoor | UK News | www.tidewaterpost.com",
    ],
)
def test_a_title_is_without_section_city_and_site(title: str) -> None:
    assert page(SITE, title=title).title == "Ferry aground off Ostermoor"


@pytest.mark.parametrize(
    "title",
    [
        "Ferry aground - three missing",
        "Ostermoor ferry: what we know",
        "Vote on Sunday – live results",
        "Up 3-2: a win",
    ],
)
def test_a_title_keeps_what_is_its_own(title: str) -> None:
    assert page(SITE, title=title).title == title


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


@pytest.mark.parametrize(
    ("head", "above", "node", "day"),
    [
        (meta("article:published_time", "2031-05-07T03:10:00Z"), "", {}, "2031-05-07"),
        (
            meta("article:published_time", "2031-05-07T03:10:00Z"),
            '<time datetime="2031-05-06T22:10:00-05:00">May 6, 2031</time>',
            {},
            "2031-05-06",
        ),
        (meta("article:published_time", "2031-05-07T03:10:00Z"), "<time>May 6, 2031 10:10 pm</time>", {}, "2031-05-06"),
        (
            meta("article:published_time", "2031-05-07T03:10:00+00:00"),
            '<p class="date">Published: May 6, 2031</p>',
            {},
            "2031-05-06",
        ),
        (meta("article:published_time", "2031-05-06T22:10:00Z"), "<time>7 May 2031, 08:10</time>", {}, "2031-05-07"),
        (meta("article:published_time", "2031-05-06T12:10:00Z"), "<time>1 May 2031</time>", {}, "2031-05-06"),
        (
            meta("article:published_time", "2031-05-07T03:10:00Z"),
            "",
            {"datePublished": "2031-05-06T22:10:00-05:00"},
            "2031-05-06",
        ),
        (
            meta("article:published_time", "2031-05-06T22:10:00-05:00"),
            "",
            {"datePublished": "2031-05-07T03:10:00Z"},
            "2031-05-06",
        ),
        (meta("dcterms.created", "2031-05-05"), "", {"datePublished": "2031-05-06"}, "2031-05-06"),
        ("", "", {"dateCreated": "2031-05-05T08:00:00Z", "datePublished": "2031-05-06T08:00:00Z"}, "2031-05-06"),
        (meta("date", "2031-05-05"), "", {"datePublished": "2031-05-06T08:00:00+02:00"}, "2031-05-06"),
        ("", '<ul><li class="date">2031-05-01</li></ul><p class="date">Posted: 2031-05-06 11:30</p>', {}, "2031-05-06"),
        ("", '<div class="related"><time datetime="2031-04-01">1 April</time></div>', {}, None),
        ("", '<div class="sidebar"><span class="date">2031-04-01</span></div>', {}, None),
        ("", '<time datetime="2031-05-06">yesterday</time>', {}, "2031-05-06"),
        ("", '<p class="meta">Published on May 6, 2031 | Updated May 8, 2031</p>', {}, "2031-05-06"),
        ("", '<p class="byline">Written 6 May 2031 / Last updated 9 May 2031</p>', {}, "2031-05-06"),
        (
            "",
            'Updated <time datetime="2031-05-08">8 May</time> Published <time datetime="2031-05-06">6 May</time>',
            {},
            "2031-05-06",
        ),
        ('<link rel="canonical" href="https://tide.example/2031/05/06/ferry">', "", {}, "2031-05-06"),
        ("", "", {}, None),
    ],
)
def test_the_day_is_the_one_of_publishing_in_the_pages_own_clock(
    head: str, above: str, node: dict[str, Any], day: str | None
) -> None:
    assert page(SITE + head, above=above, **node).published == day


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_a_wide_page_is_a_page_without_a_charset(encoding: str, marked: bool) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"") if marked else b""
    html = f"<html><head><title>Ferry aground</title>{SITE}</head><body><article>{BODY}</article></body></html>"
    (found,) = read_paths(["-"], stdin=io.BytesIO(mark + html.encode(encoding)))
    assert isinstance(found, Article), found
    assert (found.title, found.outlet) == ("Ferry aground", "Tidewater Post")
    assert "<" not in found.text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "tide.example needs to check your connection before you can go on."),
        ("tide.example", "Please verify that you are not a robot. Enable JavaScript and cookies to continue."),
        ("Access Denied", "You don't have permission to access this page on this server. Reference ID 18.2f3c."),
        ("Attention Required!", "Sorry, you have been blocked. You are unable to access tide.example."),
        ("Are you a robot?", "We've detected unusual activity from your computer network. Please click the box below."),
        ("404 Not Found", "The page that you are looking for might have been moved or no longer exists here."),
        ("Tidewater Post", "Checking your browser before accessing. This process is automatic. Ray ID: 9a8b7c."),
        (
            "Pardon our interruption",
            "As you were browsing something about your browser made us stop and think a while.",
        ),
        ("Tidewater Post", "JavaScript is disabled in your browser. Turn on JavaScript to read this page."),
    ],
)
def test_a_page_that_checks_its_visitor_is_no_article(title: str, text: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    (found,) = read_paths(["-"], stdin=io.BytesIO(html.encode()))
    assert isinstance(found, Failure)


def test_an_article_about_checks_of_visitors_is_one() -> None:
    assert page(
        title="Sites that ask whether you are a robot", above="<p>“Verify you are human” is met daily.</p>"
    ).text

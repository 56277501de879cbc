"""The text of pages whose markup hides it: several containers, loose text, players, live posts."""
# ruff: noqa: E501

import io
import json

import pytest

from rashomon.model.article import Article
from rashomon.read import read_paths
from rashomon.read.body import is_player_line

PARAGRAPHS = [
    "The ferry to Ostermoor ran aground on Tuesday night, the harbour master said, and all forty came ashore.",
    "Nobody was hurt, she told reporters at the quay, and the café took everybody in until the morning came.",
    "It is the third time in as many years that a vessel of the line has struck the bank north of the mouth.",
    "The captain told the coastguard that the lights at the northern buoy had been out since the weekend.",
    "A tug from Lund will try to pull the ship free at the next spring tide, the owner of the line said.",
    "The bank has moved by two hundred metres in ten years, a survey of the harbour board showed in March.",
]


def read(body: str, head: str = "", title: str = "Ferry aground off Ostermoor") -> list[Article]:
    html = (
        f'<!DOCTYPE html><html><head><title>{title}</title><meta property="og:site_name" content="Tidewater Post">{head}'
        f"</head><body>{body}</body></html>"
    )
    found = list(read_paths(["-"], stdin=io.BytesIO(html.encode())))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def wrap(parts: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{part}</{tag}>" for part in parts)


A, B = PARAGRAPHS[:3], PARAGRAPHS[3:]
H1 = "<h1>Ferry aground off Ostermoor</h1>"
AD = '<div class="ad-slot">Advertisement</div>'
CHUNKS = {
    "two bodies": f'<article>{H1}<div class="body">{wrap(A)}</div>{AD}<div class="body">{wrap(B)}</div></article>',
    "in grids": f'<article>{H1}<div><div class="article-body">{wrap(A)}</div></div>{AD}<div><div class="article-body">'
    f"{wrap(B)}</div></div></article>",
    "no article element": f'<div id="page">{H1}<div class="article__body">{wrap(A)}</div>{AD}'
    f'<div class="article__body">{wrap(B)}</div></div>',
    "main": f'<main>{H1}<div class="post-content">{wrap(A)}</div>{AD}<div class="post-content">{wrap(B)}</div></main>',
    "sections": f'<article>{H1}<section class="story-body">{wrap(A)}</section><section class="story-body">{wrap(B)}'
    "</section></article>",
    "paywall half": f'<article>{H1}<div class="entry-content">{wrap(A)}</div><div class="paywall entry-content">{wrap(B)}'
    "</div></article>",
    "one each": f"<article>{H1}"
    + "".join(f'<div class="article-body">{wrap([one])}</div>{AD}' for one in PARAGRAPHS)
    + "</article>",
    "other classes": f'<article>{H1}<div class="article-body first">{wrap(A)}</div><div class="article-body-rest">{wrap(B)}'
    "</div></article>",
    "lead apart": f'<article>{H1}<div class="lead">{wrap(A[:1])}</div><div class="content">{wrap(A[1:] + B)}</div></article>',
}


@pytest.mark.parametrize("kind", CHUNKS)
def test_a_body_in_several_containers_is_whole(kind: str) -> None:
    aside = '<aside class="related"><p>Harbour board to meet on the future of the northern line next week.</p></aside>'
    (article,) = read(CHUNKS[kind] + aside)
    assert [line for line in article.text.split("\n") if line in PARAGRAPHS] == PARAGRAPHS
    assert "future of the northern" not in article.text
    assert "Advertisement" not in article.text


LOOSE = {
    "br": "<br>".join(PARAGRAPHS),
    "two br": "<br/><br/>".join(PARAGRAPHS),
    "br in a paragraph": f"<p>{'<br><br>'.join(PARAGRAPHS)}</p>",
    "one br in a paragraph": f"<p>{'<br>'.join(PARAGRAPHS)}</p>",
    "empty div": '<div class="x"></div>'.join(PARAGRAPHS),
    "empty span": '<span class="br"></span>'.join(PARAGRAPHS),
    "empty paragraph": "<p></p>".join(PARAGRAPHS),
    "divs": wrap(PARAGRAPHS, "div"),
    "nothing": "".join(PARAGRAPHS),
    "inline": "<br>".join(f"<b>{one[:9]}</b>{one[9:]}" for one in PARAGRAPHS),
    "mixed": f"{PARAGRAPHS[0]}<div></div>{PARAGRAPHS[1]}{PARAGRAPHS[2]}<br>{PARAGRAPHS[3]}<p>{PARAGRAPHS[4]}</p>{PARAGRAPHS[5]}",
}


@pytest.mark.parametrize("kind", LOOSE)
@pytest.mark.parametrize("outer", ["article", "div"])
def test_paragraphs_that_only_a_break_parts_are_apart(kind: str, outer: str) -> None:
    (article,) = read(f"<{outer}>{H1}<div class='story'>{LOOSE[kind]}</div></{outer}>")
    flat = " ".join(article.text.split())
    assert " ".join(PARAGRAPHS) in flat


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Video Player is loading.", True),
        ("This is a modal window.", True),
        ("Beginning of dialog window. Escape will cancel and close the window.", True),
        ("Current Time 0:00 / Duration 1:32", True),
        ("Loaded: 10.67%", True),
        ("Stream Type LIVE", True),
        ("Seek to live, currently behind live LIVE", True),
        ("Captions off, selected", True),
        ("Playback Rate 1x", True),
        ("Up next: Storm nears the coast of Nordwall", True),
        ("Now Playing 1:10 Storm nears the coast", True),
        ("NEXT VIDEO Mayor answers questions", True),
        ("Play Video", True),
        ("Text Color White Font Size 100% Text Edge Style None", True),
        ("Your browser does not support the video tag.", True),
        ("Picture-in-Picture Fullscreen", True),
        ("The ferry was loaded with coal when it ran aground, the owner of the line said on Tuesday night.", False),
        ("She asked the reporters to mute their phones for the current time being.", False),
        ("What comes up next is for the harbour board to decide, she said.", False),
        ("The play video artists made of the wreck ran for three weeks in Lund.", False),
    ],
)
def test_what_a_player_says_is_no_text(line: str, is_one: bool) -> None:
    assert is_player_line(line) is is_one


@pytest.mark.parametrize("name", ["video-js", "player", "jw-player", "up-next", "video-player-wrapper", "playlist"])
def test_a_player_is_taken_out_whatever_it_plays(name: str) -> None:
    player = f'<div class="{name}"><p>0:45 Fire in Nordwall</p><p>Mute</p></div>'
    (article,) = read(f"<article>{H1}{player}{wrap(PARAGRAPHS)}</article>")
    assert "Nordwall" not in article.text
    assert all(one in article.text for one in PARAGRAPHS)


POSTS = [
    (
        "Tug arrives",
        "2031-05-07T06:10:00+02:00",
        "7 May 2031 06:10",
        "The tug has reached the ferry, the owner said today.",
    ),
    (
        "Lights were out",
        "2031-05-06T23:40:00+02:00",
        "6 May 2031 23:40",
        "The lights had been out since Sunday, she said.",
    ),
    (
        "Ferry aground",
        "2031-05-06T22:05:00+02:00",
        "6 May 2031 22:05",
        "A ferry ran aground tonight, the coastguard said.",
    ),
]
JSON_LD = {
    "@type": "LiveBlogPosting",
    "headline": "Ostermoor ferry live",
    "datePublished": "2031-05-06T22:00:00+02:00",
    "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": head, "datePublished": when, "articleBody": text}
        for head, when, _, text in POSTS
    ],
}
LD = f'<script type="application/ld+json">{json.dumps(JSON_LD)}</script>'
LIVE = {
    "articles": "".join(
        f'<article><time datetime="{w}">{p}</time><h2>{h}</h2><p>{t}</p></article>' for h, w, p, t in POSTS
    ),
    "divs": "".join(f'<div id="p"><h3>{h}</h3><time datetime="{w}">{p}</time><p>{t}</p></div>' for h, w, p, t in POSTS),
    "nested": "".join(
        f'<div class="post"><header><div><time datetime="{w}">{p}</time></div><h2>{h}</h2></header><div><p>{t}</p></div></div>'
        for h, w, p, t in POSTS
    ),
    "list": "<ul>"
    + "".join(f'<li><time datetime="{w}">{p}</time><h2>{h}</h2><p>{t}</p></li>' for h, w, p, t in POSTS)
    + "</ul>",
    "two times": "".join(
        f'<section><h2>{h}</h2><time datetime="{w}">{p}</time> <time datetime="2031-05-09T10:00:00+02:00">changed</time>'
        f"<p>{t}</p></section>"
        for h, w, p, t in POSTS
    ),
    "spans": "".join(f'<div><span class="time">{p}</span><h2>{h}</h2><p>{t}</p></div>' for h, w, p, t in POSTS),
    "flat": "".join(f'<h2>{h}</h2><time datetime="{w}">{p}</time><p>{t}</p>' for h, w, p, t in POSTS),
    "flat, time first": "".join(f'<time datetime="{w}">{p}</time><h3>{h}</h3><p>{t}</p>' for h, w, p, t in POSTS),
    "json only": "<p>Follow the salvage here.</p>",
}


@pytest.mark.parametrize("kind", LIVE)
@pytest.mark.parametrize("head", [LD, ""])
def test_each_post_of_a_live_page_has_its_own_heading_day_and_hour(kind: str, head: str) -> None:
    if kind == "json only" and not head:
        return
    found = read(
        f"<main><h1>Ostermoor ferry live: tug arrives</h1>{LIVE[kind]}</main>", head, "Ostermoor ferry live: tug"
    )
    assert [(one.title, one.text) for one in found] == [(h, t) for h, _, _, t in POSTS]
    assert [(one.published or "")[:16] for one in found] == [w[:16] for _, w, _, _ in POSTS]
    assert len({one.ref for one in found}) == len(POSTS)


def test_teasers_with_times_beside_an_article_are_no_posts() -> None:
    teasers = "".join(
        f'<article><time datetime="{w}">{p}</time><h3><a href="/x">{h}</a></h3><p>{t}</p></article>'
        for h, w, p, t in POSTS
    )
    (article,) = read(f"<article>{H1}{wrap(PARAGRAPHS)}</article><div class='related'>{teasers}</div>")
    assert article.text.split("\n")[-1] == PARAGRAPHS[-1]

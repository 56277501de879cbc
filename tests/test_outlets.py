"""One publisher under many labels is one outlet; two of another name are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.article import article_of
from rashomon.model.lists import data_lines
from rashomon.model.marks import Marks
from rashomon.model.outlets import Outlets, outlet_at, outlet_keys
from rashomon.run.outlet import outlet_of

Label = tuple[str | None, str | None]
ONE: list[list[Label]] = [
    [
        ("Kestrel Courier", None),
        ("The Kestrel Courier", None),
        ("KESTREL COURIER", None),
        ("kestrelcourier.example", None),
        ("www.kestrelcourier.example", None),
        ("https://kestrelcourier.example/feed.xml", None),
        ("Kestrel Courier Online", None),
        ("Kestrel Courier News", None),
        ("Kestrel Courier - World News", None),
        ("Sport | Kestrel Courier", None),
        ("Kestrel Courier | News from the fjord since 1910", None),
        ("Kestrel Courier (RSS)", None),
        ("Kestrel Courier newswire", None),
        ("Kestrel Courier via Yahoo News", None),
        ("kestrel-courier.example", None),
        ("News", "https://www.kestrelcourier.example/1"),
        (None, "https://m.kestrelcourier.example/2"),
        (None, "https://amp.kestrelcourier.example/2"),
        (None, "https://sport.kestrelcourier.co.uk/2"),
        (None, "https://web.archive.org/web/2024/https://www.kestrelcourier.example/2"),
        ("Kestrel Courier", "https://news.yahoo.com/3"),
    ],
    [
        ("Reuters", None),
        ("REUTERS", None),
        ("reuters.com", None),
        ("Reuters - Business", None),
        ("Reuters Staff", None),
        ("Thomson Reuters", None),
        ("@Reuters", None),
        (None, "https://uk.reuters.com/a"),
        ("Reuters", "https://kestrelcourier.example/reuters/1"),
    ],
    [("AP", None), ("AP News", None), ("The Associated Press", None), (None, "https://apnews.com/a"), ("A.P.", None)],
    [("BBC", None), ("BBC News - Europe", None), ("BBC Sport", None), (None, "http://news.bbc.co.uk/2")],
    [("DW", None), ("Deutsche Welle", None), ("DW (English)", None), (None, "https://www.dw.com/en/a")],
    [("ABC News", "https://www.abc.net.au/news/1"), (None, "https://abc.net.au/2")],
]


@pytest.mark.parametrize("labels", ONE)
def test_one_publisher_under_many_labels_is_one_outlet(labels: list[Label]) -> None:
    keys = [outlet_keys(*label) for label in labels]
    outlets = Outlets(keys)
    assert len({outlets.of(each) for each in keys}) == 1


def test_two_of_another_name_are_two_outlets() -> None:
    names = [
        "Kestrel Courier", "Kestrel Gazette", "Courier", "Northbay Courier", "Daily Kestrel", "Kestrel Radio",
        "Reuters", "AFP", "BBC", "CNN", "CNN Turk", "Sky News", "Sky News Australia", "Global Times", "Global News",
        "ABC News", "Australian Broadcasting Corporation", "The Star Malaysia", "Toronto Star", "Daily Star",
    ]  # fmt: skip
    assert len({outlet_keys(name) for name in names}) == len(names)


def test_what_shares_an_address_is_one_outlet_whatever_its_label() -> None:
    keys = [outlet_keys("The Kestrel", "https://kc.example/1"), outlet_keys(None, "https://www.kc.example/2")]
    assert len({Outlets(keys).of(each) for each in keys}) == 1


def test_rooms_that_a_host_lends_are_outlets_of_their_own() -> None:
    assert outlet_keys(None, "https://kestrel.substack.com/p/1") != outlet_keys(None, "https://heron.substack.com/p/1")


@given(
    st.from_regex(r"[A-Z][a-z]{3,8} [A-Z][a-z]{4,8}", fullmatch=True),
    st.sampled_from(["{}", "The {}", "{} News", "{} Online", "{} - Latest Headlines", "World | {}", "{} RSS feed"]),
)
def test_a_label_with_its_desk_is_the_outlet_of_the_bare_name(name: str, form: str) -> None:
    assert outlet_keys(form.format(name)) == outlet_keys(name)


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=60)))
def test_any_label_and_address_give_keys_or_none(name: str, url: str | None) -> None:
    assert all(outlet_keys(name, url))


def test_an_outlet_is_named_by_its_address_where_nothing_else_names_it() -> None:
    def told(url: str | None) -> tuple[str, str]:
        article = article_of("page-7", text="Rain fell.", url=url)
        return outlet_of(article, Marks(article.id, "t"))[:2]

    assert told("https://www.kestrelcourier.example/1") == ("kestrelcourier.example", "url")
    assert told("https://www.nytimes.com/1") == ("New York Times", "url")
    assert told(None) == ("page-7", "file")
    assert outlet_at("/home/ann/page.html") is None


def test_every_publisher_is_a_listed_outlet_once_and_no_host_is_two() -> None:
    listed = {f"outlet:{line.split(chr(9))[0]}" for line in data_lines("rashomon.model", "outlets.tsv")}
    listed |= {f"agency:{line.split(chr(9))[0]}" for line in data_lines("rashomon.model", "agencies.tsv")}
    rows = [line.split("\t") for line in data_lines("rashomon.model", "publishers.tsv")]
    assert all(len(row) == 5 for row in rows)
    ids = [row[0] for row in rows]
    assert set(ids) <= listed
    assert len(set(ids)) == len(ids)
    hosts = [(host, row[4] or row[0]) for row in rows for host in row[1].split("|") if host]
    assert len({host for host, _ in hosts}) == len(set(hosts))

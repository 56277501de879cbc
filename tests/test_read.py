"""The room ``read``: every kind of input, and everything that can be wrong with one."""

import codecs
import gzip
import io
import itertools
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.article import Article, Failure, article_of
from rashomon.read import Limits, read_paths, write_article
from rashomon.read.dates import normalise_date
from rashomon.read.decode import decode
from rashomon.read.language import detect_language

FERRY = (
    "The ferry to Ostermoor ran aground on Tuesday night, and the harbour master said that all forty passengers had "
    "been brought ashore. “Nobody was hurt,” she told the Harbour Post."
)


def read(*paths: str | Path, stdin: bytes | None = None, limits: Limits | None = None) -> list[Article | Failure]:
    given = None if stdin is None else io.BytesIO(stdin)
    return list(read_paths([str(path) for path in paths], stdin=given, limits=limits))


def articles(found: list[Article | Failure]) -> list[Article]:
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, Article)]


def only_failure(found: list[Article | Failure]) -> str:
    (item,) = found
    assert isinstance(item, Failure)
    assert item.stage == "read"
    assert item.error == " ".join(item.error.split())
    return item.error


def rows(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


# Plain text


def test_a_text_file_is_one_article_named_by_its_path_with_the_text_untouched(tmp_path: Path) -> None:
    text = f"\r\n  {FERRY}\r\n\r\n\tMore\u2028to come.\r\n \n"
    (tmp_path / "ferry.txt").write_bytes(text.encode())
    (article,) = articles(read(tmp_path / "ferry.txt"))
    assert article == article_of(str(tmp_path / "ferry.txt"), text=text, language="en")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("windows-1252", b""),
    ],
)
def test_a_text_in_any_usual_encoding_is_read_without_loss(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = f"{FERRY} The café “Zur Möwe” took them in; soup was €3 – or free.\r\n"
    (tmp_path / "a.txt").write_bytes(mark + text.encode(encoding))
    assert [a.text for a in articles(read(tmp_path / "a.txt"))] == [text]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_decoding_utf8_gives_the_text_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.binary(max_size=200))
def test_decoding_never_fails(data: bytes) -> None:
    decode(data)
    decode(data, "shift_jis")


@given(before=st.text("abc “”é€–", min_size=10), stray=st.sampled_from("éüñ£"))
def test_a_stray_byte_in_utf8_text_costs_no_other_character(before: str, stray: str) -> None:
    whole = f"{before}——“{before}”——"
    assert decode(whole.encode() + stray.encode("latin-1") + b" end") == f"{whole}{stray} end"


def test_bytes_of_windows_1252_that_look_like_utf8_are_not_taken_for_it() -> None:
    assert "É”".encode("windows-1252").decode() == "ɔ"
    assert decode("“CAFÉ” was all the sign said".encode("windows-1252")) == "“CAFÉ” was all the sign said"


def test_bytes_that_windows_1252_leaves_open_are_kept() -> None:
    assert decode(b"caf\xe9 \x81\x9d") == "café \x81\x9d"


# Paths


def test_folders_are_read_by_name_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/config", "c/.DS_Store", "c/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FERRY)
    found = articles(read(tmp_path))
    assert [os.path.relpath(a.ref, tmp_path) for a in found] == ["a/10.txt", "a/2.txt", "b.txt", "c/x.txt"]


def test_a_pattern_that_the_shell_left_is_expanded(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FERRY)
    assert [Path(a.ref).name for a in articles(read(tmp_path / "*.txt"))] == ["a.txt", "b.txt"]
    assert [Path(a.ref).name for a in articles(read(tmp_path / "**" / "*.txt"))] == ["a.txt", "b.txt", "d.txt"]
    assert "no file matches" in only_failure(read(tmp_path / "*.pdf"))


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path: Path) -> None:
    (tmp_path / "ferry [1].txt").write_text(FERRY)
    assert len(articles(read(tmp_path / "ferry [1].txt"))) == 1


def test_standard_input_is_text_page_or_json_as_its_content_says() -> None:
    (text,) = articles(read("-", stdin=FERRY.encode()))
    assert (text.ref, text.text) == ("-", FERRY)
    assert [a.ref for a in articles(read("-", stdin=rows({"text": FERRY}, {"id": "x", "text": FERRY})))] == ["-:1", "x"]
    assert "empty" in only_failure(read("-", stdin=b""))
    assert "there is none" in only_failure(read("-"))


def test_a_pipe_that_gives_a_few_bytes_at_a_time_is_read_whole() -> None:
    class Drip(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.data = io.BytesIO(data)

        def read(self, size: int = -1) -> bytes:
            return self.data.read(min(size, 7))

        def readline(self, size: int | None = -1) -> bytes:
            return self.data.readline(size)

    data = rows(*({"id": str(n), "text": f"{FERRY} {n}"} for n in range(100)))
    found = list(read_paths(["-"], stdin=Drip(data)))  # type: ignore[arg-type]
    assert [a.ref for a in articles(found)] == [str(n) for n in range(100)]


def test_the_same_file_given_twice_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY)
    first, second = articles(read(tmp_path / "a.txt", tmp_path / "a.txt"))
    assert first == second


def test_compressed_files_are_read_like_what_they_hold(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.txt.gz", "wb") as file:
        file.write(FERRY.encode())
    with gzip.open(tmp_path / "b.jsonl.gz", "wb") as file:
        file.write(rows({"text": FERRY}))
    assert [a.text for a in articles(read(tmp_path))] == [FERRY, FERRY]


def test_a_compressed_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    noise = "".join(chr(97 + n * n % 26) for n in range(20000))
    whole = gzip.compress(rows({"id": "one", "text": FERRY}, {"id": "two", "text": f"{FERRY} {noise}"}))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-40])
    *_, last = read(tmp_path)
    assert isinstance(last, Failure)
    assert "damaged" in last.error


# What is no article


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture (PNG)"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a zip archive or an office document"),
        (b"The ferry\x00 ran aground", "zero bytes"),
        ("The ferry ran aground".encode("utf-16-le"), "UTF-16"),
        (b"x" * 9000 + b"\0 and more words", "zero bytes"),
        (bytes(range(1, 32)) * 20, "binary data"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel/></rss>", "a feed"),
        (b"WARC/1.0\r\nWARC-Type: response", "WARC"),
        (gzip.compress(gzip.compress(FERRY.encode())), "gzip"),
        (gzip.compress(b""), "empty"),
        (b" \r\n\t\n", "too little text: no word"),
        (b"42, 43 ... 44!", "too little text: no word"),
        (b"Ferry.\n", "too little text: one word"),
        ("Fährunglück\n".encode(), "too little text: one word"),
    ],
)
def test_what_is_no_article_costs_one_clear_line_and_only_itself(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "1-good.txt").write_text(FERRY)
    (tmp_path / "2-bad").write_bytes(data)
    (tmp_path / "3-good.txt").write_text(FERRY)
    before, failed, after = read(tmp_path)
    assert words in only_failure([failed])
    assert [a.text for a in articles([before, after])] == [FERRY, FERRY]


def test_paths_that_cannot_be_read_cost_only_themselves(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(FERRY)
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    bad = (tmp_path / "gone.txt", tmp_path / "empty", tmp_path / "dangling.txt", "", "a\0b", os.devnull)
    found = read(*bad, tmp_path / "good.txt")
    assert [type(item) for item in found] == [Failure] * len(bad) + [Article]
    assert "no such file" in only_failure(found[:1])
    assert "no file in the folder" in only_failure(found[1:2])
    assert "no such file" in only_failure(found[2:3])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in only_failure(read(tmp_path))


def test_a_file_that_vanishes_while_others_are_read_costs_only_itself(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(FERRY)
    found: list[Article | Failure] = []
    for item in read_paths([str(tmp_path)]):
        (tmp_path / "b.txt").unlink(missing_ok=True)
        found.append(item)
    assert [type(item) for item in found] == [Article, Failure, Article]
    assert "vanished" in only_failure(found[1:2])


def test_an_unreadable_file_and_folder_are_told_with_the_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.txt").write_text(FERRY)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Whoever may read everything runs this too, so the refusal is made and not found.
    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", refuse)
        assert "permission denied" in only_failure(read(tmp_path / "locked.txt"))
    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", refuse)
        assert "permission denied" in only_failure(read(tmp_path))


def test_a_text_over_the_limit_is_told_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"ferry " * 170_000)
    tracemalloc.start()
    error = only_failure(read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "too long" in error
    assert "1,000,000" in error
    assert peak < 12_000_000


def test_a_text_at_the_limit_is_read_and_one_over_it_is_not(tmp_path: Path) -> None:
    limits = Limits(text_chars=20)
    (tmp_path / "a").write_text("é" * 9 + " " + "é" * 10)
    (tmp_path / "b").write_text("é" * 9 + "  " + "é" * 10)
    at, over = read(tmp_path, limits=limits)
    assert isinstance(at, Article)
    assert "too long" in only_failure([over])


def test_a_row_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with path.open("wb") as file:
        file.write(rows({"id": "1", "text": FERRY}))
        file.write(b'{"id": "2", "text": "')
        for _ in range(50):
            file.write(b"ferry " * 170_000)
        file.write(b'"}\n')
        file.write(rows({"id": "3", "text": FERRY}))
        file.write(rows({"id": "4", "text": "ferry " * 200_000}))
    first, long, third, too_long = read(path)
    assert [a.ref for a in articles([first, third])] == ["1", "3"]
    assert isinstance(long, Failure)
    assert (long.ref, "too long" in long.error) == (f"{path}:2", True)
    assert isinstance(too_long, Failure)
    assert too_long.ref == "4"
    assert f"line 4 of {path}: the text is too long" in too_long.error


def test_a_line_without_end_gives_its_file_up(tmp_path: Path) -> None:
    limits = Limits(text_chars=1000, skip_bytes=3_000_000)
    with gzip.open(tmp_path / "a.jsonl.gz", "wb") as file:
        file.write(rows({"text": FERRY}))
        file.write(b"[" + b"1," * 5_000_000)
    _, long, rest = read(tmp_path, limits=limits)
    assert "too long" in only_failure([long])
    assert "does not end" in only_failure([rest])


# Languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Fähre ist am Dienstagabend auf Grund gelaufen, verletzt wurde nach Angaben der Polizei niemand."),
        ("fr", "Le ferry s'est échoué mardi soir, mais tous les passagers ont été ramenés à terre sains et saufs."),
        ("es", "El transbordador encalló el martes por la noche y todos los pasajeros fueron llevados a tierra."),
        ("it", "Il traghetto si è arenato martedì sera, ma tutti i passeggeri sono stati portati a terra."),
        ("pt", "A balsa encalhou na noite de terça-feira, e todos os passageiros foram levados para terra."),
        ("nl", "De veerboot is dinsdagavond vastgelopen, maar alle passagiers zijn veilig aan land gebracht."),
        ("ru", "Паром сел на мель во вторник вечером, все сорок пассажиров были доставлены на берег."),
        ("zh", "渡轮周二晚上搁浅，四十名乘客都被送上岸，没有人受伤。港务局长对记者说，他们正在调查事故的原因。"),
        ("ko", "여객선이 화요일 밤 항구 앞에서 좌초했으나 승객 마흔 명은 모두 무사히 육지로 옮겨졌다."),
        ("ar", "جنحت العبارة مساء الثلاثاء أمام الميناء ونقل جميع الركاب الأربعين إلى الشاطئ دون إصابات."),
    ],
)  # fmt: skip
def test_a_text_in_a_language_that_is_not_read_is_told(tmp_path: Path, language: str, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert f"({language}); only English" in only_failure(read(tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        FERRY,
        FERRY.upper(),
        "Ostermoor ferry aground",
        "Kim Jong Un meets Wladimir Schröder in Ostermoor",
        "PSG 2-1 Bayern München: Mbappé, Müller, Özil.",
        f"Le ferry s'est échoué mardi soir devant le port d'Ostermoor. {FERRY * 6}",
        f"{FERRY * 6} “Die Fähre ist auf Grund gelaufen, verletzt wurde niemand”, stand in der Zeitung zu lesen.",
    ],
)
def test_short_shouted_and_quoting_english_is_read(text: str) -> None:
    assert detect_language(text) == "en"


def test_a_long_foreign_text_is_told_whatever_its_last_line_says() -> None:
    german = "Die Fähre ist am Dienstagabend auf Grund gelaufen, und alle Fahrgäste wurden an Land gebracht. "
    assert detect_language(german * 400 + "All rights reserved.") == "de"


# JSON


def test_a_row_gives_all_its_fields(tmp_path: Path) -> None:
    row = {
        "id": 17,
        "title": " Ferry\n aground ",
        "text": f"  {FERRY}\r\n",
        "outlet": "Harbour Post",
        "published": "2031-05-06 07:30:00",
        "url": "https://post.example/17",
        "authors": ["Ada Aas", "", {"name": "Bo Berg"}, 3],
    }
    (tmp_path / "a.jsonl").write_bytes(rows(row))
    assert articles(read(tmp_path)) == [
        article_of(
            "17",
            text=f"  {FERRY}\r\n",
            title="Ferry aground",
            outlet="Harbour Post",
            published="2031-05-06T07:30:00",
            published_from="metadata",
            url="https://post.example/17",
            authors=("Ada Aas", "Bo Berg"),
        )
    ]


def test_what_news_please_writes_is_understood() -> None:
    row = {
        "authors": ["Ada Aas"],
        "date_download": "2031-06-01 00:00:00",
        "date_modify": None,
        "date_publish": "2031-05-06 00:00:00",
        "description": "A ferry ran aground.",
        "language": "en",
        "maintext": FERRY,
        "source_domain": "post.example",
        "title": "Ferry aground",
        "url": "https://post.example/17",
    }
    (article,) = articles(read("-", stdin=rows(row)))
    assert (article.text, article.outlet, article.published) == (FERRY, "post.example", "2031-05-06")
    (undated,) = articles(read("-", stdin=rows(row | {"date_publish": None})))
    assert undated.published is None


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.txt", "a"])
def test_an_array_or_one_object_over_many_lines_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(json.dumps([{"id": "1", "text": FERRY}, {"text": FERRY}, 3], indent=1))
    one, two, three = read(tmp_path / name)
    assert [a.ref for a in articles([one, two])] == ["1", f"{tmp_path / name}:2"]
    assert "a number where an object" in only_failure([three])
    if name != "a.jsonl":
        (tmp_path / name).write_text(json.dumps({"id": "1", "text": FERRY}, indent=1))
        assert [a.ref for a in articles(read(tmp_path / name))] == ["1"]


def test_json_written_in_utf16_is_read(tmp_path: Path) -> None:
    data = rows({"id": "1", "text": FERRY}, {"id": "2", "text": FERRY}).decode()
    (tmp_path / "a.jsonl").write_bytes(codecs.BOM_UTF16_LE + data.encode("utf-16-le"))
    (tmp_path / "b.jsonl").write_bytes(codecs.BOM_UTF8 + data.encode())
    assert [a.ref for a in articles(read(tmp_path))] == ["1", "2", "1", "2"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": "The ferry ran', "line 2 is not valid JSON"),
        (b"not JSON at all", "line 2 is not valid JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"[1, 2]", "a list where an object"),
        (b'{"title": "Ferry aground"}', 'needs a field "text"'),
        (b'{"text": ["The", "ferry"]}', 'needs a field "text"'),
        (b'{"text": " "}', 'needs a field "text"'),
        (b'{"text": "Ferry"}', "one word"),
        (b'{"id": "x", "text": "Ferry"}', "line 2 of "),
        (b'{"text": "The ferry ran aground", "id": ' + b"9" * 5000 + b"}", "line 2 is not valid JSON"),
    ],
)
def test_a_bad_row_costs_only_itself(tmp_path: Path, line: bytes, words: str) -> None:
    good = rows({"text": FERRY})
    (tmp_path / "a.jsonl").write_bytes(good + line + b"\n\n" + good)
    before, failed, after = read(tmp_path)
    assert words in only_failure([failed])
    path = tmp_path / "a.jsonl"
    assert [a.ref for a in articles([before, after])] == [f"{path}:1", f"{path}:4"]


def test_a_broken_first_row_does_not_hide_the_others() -> None:
    failed, good = read("-", stdin=b'{"text": "torn\n' + rows({"text": FERRY}))
    assert "line 1 is not valid JSON" in only_failure([failed])
    assert articles([good])[0].ref == "-:2"


def test_a_text_that_begins_like_json_is_a_text() -> None:
    for start in ("[Updated] ", "{Ostermoor} ", "[1] "):
        assert articles(read("-", stdin=f"{start}{FERRY}".encode()))[0].text == start + FERRY


def test_half_an_emoji_is_replaced_and_no_offset_moves() -> None:
    (article,) = articles(
        read("-", stdin=b'{"text": "Half \\ud83d of it, whole \\ud83d\\ude00 too", "title": "\\udc00"}')
    )
    assert (article.text, article.title) == ("Half \ufffd of it, whole 😀 too", "\ufffd")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019-04-24", "2019-04-24"),
        ("2019-04-24T10:00:00Z", "2019-04-24T10:00:00Z"),
        ("2019-04-24T10:00:00.123+09:00", "2019-04-24T10:00:00+09:00"),
        ("2019-04-24T23:30:00-0500", "2019-04-24T23:30:00-05:00"),
        ("2019-04-24 10:00:00", "2019-04-24T10:00:00"),
        ("2019-04-24 10:00:00 UTC", "2019-04-24T10:00:00Z"),
        ("2019-04-24 00:00:00", "2019-04-24"),
        ("2019-04-24 some time", "2019-04-24"),
        ("20190424", "2019-04-24"),
        ("2019/4/24", "2019-04-24"),
        ("Apr 24, 2019", "2019-04-24"),
        ("Sept. 4, 2019", "2019-09-04"),
        ("Wednesday, April 24th, 2019 5:06 p.m. EDT", "2019-04-24"),
        ("24 April 2019", "2019-04-24"),
        ("Wed, 24 Apr 2019 10:00:00 +0900", "2019-04-24T10:00:00+09:00"),
        ("24/04/2019", "2019-04-24"),
        ("04/24/2019", "2019-04-24"),
        ("05/05/2019", "2019-05-05"),
        (1556100000, "2019-04-24T10:00:00Z"),
        (1556100000000, "2019-04-24T10:00:00Z"),
        ("04/05/2019", None),
        ("24 Foo 2019", None),
        ("April 31, 2019", None),
        ("2019-02-30", None),
        ("2019-04", None),
        ("2019", None),
        (2019, None),
        (0, None),
        (True, None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        (["2019-04-24"], None),
    ],
)
def test_dates_are_brought_to_iso_8601_and_what_is_ambiguous_is_none(written: object, iso: str | None) -> None:
    assert normalise_date(written) == iso
    assert normalise_date(iso) == iso


@given(
    st.one_of(
        st.text(max_size=60), st.floats(), st.integers(), st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}.{0,9}")
    )
)
def test_no_date_breaks_a_row_and_each_is_stable(written: object) -> None:
    iso = normalise_date(written)
    assert normalise_date(iso) == iso


def test_an_unusable_date_costs_only_the_date() -> None:
    (article,) = articles(read("-", stdin=rows({"text": FERRY, "published": "soon", "date": "2031-05-06"})))
    assert (article.published, article.published_from) == ("2031-05-06", "metadata")
    (article,) = articles(read("-", stdin=rows({"text": FERRY, "date": "soon"})))
    assert (article.published, article.published_from) == (None, "unknown")


names = st.text("ABéß .,;&'-", min_size=1, max_size=12).map(str.strip).filter(lambda n: n and n == " ".join(n.split()))


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda extra: f"{FERRY}{extra}"),
    title=st.none() | names,
    outlet=st.none() | names,
    authors=st.lists(names, max_size=3),
    published=st.sampled_from([None, "2031-05-06", "2031-05-06T07:30:00+02:00"]),
    source=st.sampled_from(["metadata", "page", "text"]),
)
def test_what_read_writes_is_read_again_as_the_same_article(
    text: str, title: str, outlet: str, authors: list[str], published: str | None, source: str
) -> None:
    article = article_of(
        "ref",
        text=text,
        title=title,
        outlet=outlet,
        authors=tuple(authors),
        published=published,
        published_from=source if published else None,  # type: ignore[arg-type]
    )
    line = write_article(article)
    assert (line["id"], line["article"]) == ("ref", article.id)
    assert articles(read("-", stdin=rows(line))) == [article]


# Web pages

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}">
<title>Ferry aground off Ostermoor - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2031-05-06T07:30:00+02:00">
<meta name="author" content="Ada Aas">
<link rel="canonical" href="https://post.example/2031/ferry">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry aground off Ostermoor</h1>
<p>The ferry to Ostermoor ran aground on Tuesday night, the harbour master said, and all forty were brought ashore.</p>
<p>“Nobody was hurt,” she told reporters at the quay. The café “Zur Möwe” took everybody in until the morning came.</p>
<p>It is the third time in as many years that a vessel of the line has struck the bank north of the harbour mouth.</p>
</article><aside>Subscribe to our newsletter now</aside><footer>All rights reserved. 1999</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_page_gives_its_article_and_what_it_says_about_it(tmp_path: Path, charset: str) -> None:
    data = PAGE.format(charset=charset).encode("utf-8" if charset == "utf-8" else "windows-1252")
    (tmp_path / "page.html").write_bytes(data)
    (article,) = articles(read(tmp_path / "page.html"))
    assert article.ref == str(tmp_path / "page.html")
    assert article.title == "Ferry aground off Ostermoor"
    assert article.outlet == "Harbour Post"
    assert article.authors == ("Ada Aas",)
    assert article.url == "https://post.example/2031/ferry"
    assert (article.published, article.published_from) == ("2031-05-06", "page")
    paragraphs = article.text.split("\n")
    assert paragraphs[-2].startswith("“Nobody was hurt,” she told reporters")
    assert "“Zur Möwe”" in article.text
    assert "newsletter" not in article.text
    assert "Sport" not in article.text


def test_a_page_is_known_by_its_content_and_a_text_called_html_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.format(charset="utf-8"))
    (tmp_path / "text.html").write_text(FERRY)
    page, text = articles(read(tmp_path))
    assert page.title == "Ferry aground off Ostermoor"
    assert (text.title, text.text) == (None, FERRY)


def test_a_page_without_a_date_has_none() -> None:
    page = PAGE.format(charset="utf-8").replace('content="2031-05-06T07:30:00+02:00"', "")
    (article,) = articles(read("-", stdin=page.encode()))
    assert (article.published, article.published_from) == (None, "unknown")


START, END = PAGE.format(charset="utf-8").split("<article>")


@pytest.mark.parametrize(
    ("title", "site", "bare", "outlet"),
    [
        ("Ferry aground - Harbour Post", "Harbour Post", "Ferry aground", "Harbour Post"),
        ("Ferry aground | HARBOUR POST", "Harbour Post", "Ferry aground", "Harbour Post"),
        ("Ferry aground - three missing", "Harbour Post", "Ferry aground - three missing", "Harbour Post"),
        ("Ferry aground", "https://www.post.example", "Ferry aground", "post.example"),
        ("Ferry aground", "http://[::1", "Ferry aground", "post.example"),
        ("Ferry aground", "", "Ferry aground", "post.example"),
    ],
)
def test_the_outlet_is_told_from_the_title(title: str, site: str, bare: str, outlet: str) -> None:
    page = PAGE.format(charset="utf-8").replace("<head>", f'<head><meta property="og:title" content="{title}">')
    page = page.replace('content="Harbour Post"', f'content="{site}"')
    (article,) = articles(read("-", stdin=page.encode()))
    assert (article.title, article.outlet) == (bare, outlet)


HOSTILE: dict[str, Callable[[], str]] = {
    "deep divs": lambda: f"{START}{'<div>' * 50_000}<article>{END}",
    "deep quotes": lambda: f"{START}{'<blockquote><p>x' * 15_000}<article>{END}",
    "many spans": lambda: f"{START}<article><p>{'<span>word </span>' * 60_000}</p>{END}",
    "many attributes": lambda: f"{START}<p {' '.join(f'a{n}=1' for n in range(100_000))}><article>{END}",
    "zero bytes far in": lambda: f"{START}<!--{'x' * 9000}-->\0<article>{END}",
    "unclosed comment": lambda: f"{START}<!-- {END}",
    "nothing": lambda: "<html><body></body></html>",
    "too large": lambda: f"{START}<!--{'x' * 10_000_000}--><article>{END}",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_costs_at_most_its_own_page(
    tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "1.html").write_text(HOSTILE[kind]())
    (tmp_path / "2.html").write_text(PAGE.format(charset="utf-8"))
    first, second = read(tmp_path)
    if isinstance(first, Failure):
        assert "page" in only_failure([first])
    assert articles([second])[0].title == "Ferry aground off Ostermoor"
    assert capfd.readouterr() == ("", "")


def test_what_the_extractor_trips_over_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*args: object, **kwargs: object) -> None:
        raise RecursionError("maximum recursion\ndepth exceeded")

    monkeypatch.setattr("rashomon.read.body.bare_extraction", trip)
    assert "RecursionError: maximum recursion depth" in only_failure(read("-", stdin=PAGE.encode()))


@given(
    st.lists(
        st.sampled_from(
            [b"{", b"}", b'"text"', b":", b"[", b"<html>", b"<p>", b"\n", b"\0", b"\xff\xfe", b"\x1f\x8b", b"word "]
        )
        | st.binary(max_size=8),
        max_size=30,
    )
)  # fmt: skip
def test_any_bytes_give_articles_or_failures_and_never_an_error(pieces: list[bytes]) -> None:
    for item in read("-", stdin=b"".join(pieces)):
        assert isinstance(item, Article | Failure)


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(*({"text": f"{FERRY} {n}"} for n in range(50))))
    endless: Callable[[], list[Article | Failure]] = lambda: list(  # noqa: E731
        itertools.islice(read_paths([str(tmp_path)]), 3)
    )
    assert len(endless()) == 3

"""Which articles are one story, and which are the same text twice."""

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rashomon.group import Grouper, fingerprint
from rashomon.group.duplicates import Grams, is_duplicate, overlap_of
from rashomon.group.fingerprint import SKETCH, sketch
from rashomon.group.texts import lay_out
from rashomon.group.words import background, stem
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Marks, Mention, Timex
from rashomon.model.spans import Span
from rashomon.model.story import Assignment, Fingerprint

BREACH = (
    "A breach in the Halvorsund dyke flooded the lower town on Tuesday, and four hundred people spent the night in the "
    "gymnasium of the seamen's school. Engineers say the sluice gates, last greased in spring, would not close when "
    "the storm surge came up the fjord. Mayor Solveig Tranberg has asked the army for pumps and sandbags."
)
PUMPS = (
    "Army pumps reached Halvorsund on Wednesday after the dyke broke and the lower town went under water. Solveig "
    "Tranberg, the mayor, thanked the soldiers while engineers worked on the jammed sluice gates. About four hundred "
    "people who fled the flood were still sleeping in the seamen's school."
)
ORCHESTRA = (
    "The town's chamber orchestra has named Benedikt Ask its new conductor. The cellist, who studied in Leipzig and "
    "led youth ensembles in Uppsala for a decade, will open the season with two symphonies by Nielsen and a concerto "
    "for nyckelharpa written for the occasion. The players voted after six concerts with rival candidates. "
    "Mayor Solveig Tranberg praised his ear for young musicians. Tickets for the opening night in Halvorsund's wooden "
    "church go on sale in May, and the orchestra promises free rehearsals for schools. Its players come from nine "
    "countries; their recording of a forgotten serenade won a prize in Vienna, and a tour of the islands is planned."
)


# Another storm, with other people and places in it: alike as two floods in one town are.
STORM = (
    "Cellars in the lower town of Halvorsund filled with sea water when a storm pushed the fjord over the quay. Forty "
    "families were taken to a hotel, and the ferry to Brennvik stays in port. The sluice gates held, engineers report."
)


def printed(text: str, *, published: str | None = None, title: str | None = None, ref: str = "r") -> Fingerprint:
    article = article_of(ref, text=text, title=title, published=published, url=ref)
    return fingerprint(article, Marks(article.id, "t"))


def bundled() -> list[Article]:
    lines = files("rashomon.show.demo").joinpath("story.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        article_of(
            r["id"],
            text=r["text"],
            title=r.get("title"),
            outlet=r.get("outlet"),
            published=r.get("published") or r.get("date"),
        )
        for r in rows
    ]


def told(prints: list[Fingerprint]) -> list[Assignment]:
    """Where each article is in the end."""
    grouper = Grouper()
    placed = [grouper.add(fp).assignment for fp in prints]
    grouper.settle()
    return [replace(a, story_id=grouper.current(a.story_id)) for a in placed]


def test_the_next_days_report_joins_and_other_news_of_the_town_does_not() -> None:
    first, second, other = told(
        [
            printed(BREACH, published="2023-10-10", title="Dyke breach floods Halvorsund"),
            printed(PUMPS, published="2023-10-11", title="Pumps reach flooded Halvorsund after dyke breach"),
            printed(ORCHESTRA, published="2023-10-10", title="Cellist to lead chamber orchestra"),
        ]
    )
    assert first.story_id == second.story_id
    assert other.story_id != first.story_id


def test_articles_without_date_or_title_are_still_one_story() -> None:
    first, second = told([printed(BREACH), printed(PUMPS)])
    assert first.story_id == second.story_id


def fillers(count: int, day: str) -> list[Fingerprint]:
    """Articles on other things, of one day."""
    return [printed(" ".join(f"v{n}x{k}" for k in range(60)), ref=f"v{n}", published=day) for n in range(count)]


def test_words_that_make_a_story_on_one_day_make_two_when_months_of_other_news_lie_between() -> None:
    between = fillers(50, "2021-12-01")
    later = told([printed(BREACH, published="2021-10-10"), *between, printed(STORM, published="2022-02-11")])
    sooner = told([printed(BREACH, published="2021-10-10"), *between, printed(STORM, published="2021-10-10")])
    assert later[0].story_id != later[-1].story_id
    assert sooner[0].story_id == sooner[-1].story_id


def test_a_day_named_in_the_text_places_an_article_without_a_date() -> None:
    article = article_of("r", text=PUMPS)
    day = Timex(Span(article.id, 0, 4), "DATE", "2023-10-11")
    assert fingerprint(article, Marks(article.id, "t", timexes=(day,))).dates == ("2023-10-11",)


def test_the_bundled_story_is_one_story_and_its_stray_article_another() -> None:
    stories = [a.story_id for a in told([fingerprint(a, Marks(a.id, "t")) for a in bundled()])]
    assert len(set(stories[:8])) == 1
    assert stories[8] != stories[0]


def test_a_story_keeps_its_id_when_articles_join() -> None:
    alone = told([printed(BREACH)])[0].story_id
    assert told([printed(BREACH), printed(PUMPS)])[1].story_id == alone


def test_a_copy_names_the_first_of_its_kind_and_shares_its_story() -> None:
    first, copy, again = told(
        [printed(BREACH, ref="a"), printed(BREACH, ref="b"), printed(BREACH.replace("sandbags", "sand"), ref="c")]
    )
    assert first.duplicate_of is None
    assert copy.duplicate_of == first.article_id == again.duplicate_of
    assert {first.story_id} == {copy.story_id, again.story_id}


def sketched(text: str) -> Grams:
    return np.array(sketch(lay_out("a", text).hashes), np.int64)


def test_a_page_that_holds_a_whole_brief_is_no_copy_of_it() -> None:
    assert not is_duplicate(sketched(BREACH), sketched(BREACH + ORCHESTRA + PUMPS))


@given(length=st.integers(62, 250), seed=st.integers(0, 10_000), at=st.integers(0, 61))
def test_one_changed_word_leaves_a_copy(length: int, seed: int, at: int) -> None:
    text = [f"w{(seed + n * n) % 997}" for n in range(length)]
    changed = [*text[:at], "changed", *text[at + 1 :]]
    assert is_duplicate(sketched(" ".join(text)), sketched(" ".join(changed)))


def test_sketches_of_long_texts_tell_containment_closely() -> None:
    words = [f"w{n * n % 7919}x{n}" for n in range(4000)]
    whole = sketched(" ".join(words))
    half = overlap_of(sketched(" ".join(words[:2000])), whole)
    assert len(whole) == SKETCH
    assert abs(half.of_bigger - 0.5) < 0.1
    assert half.of_smaller > 0.95


@given(cut=st.integers(0, 60), room=st.sampled_from([16, 40, 500]))
@settings(max_examples=12, deadline=None)
def test_a_frozen_grouper_goes_on_as_if_it_had_never_stopped(cut: int, room: int) -> None:
    prints = [fingerprint(a, Marks(a.id, "t")) for a in bundled()] + invented(60)
    whole = Grouper(open_articles=room)
    expected = [whole.add(fp) for fp in prints]
    half = Grouper(open_articles=room)
    first = [half.add(fp) for fp in prints[:cut]]
    thawed = Grouper.thaw(half.freeze())
    assert first + [thawed.add(fp) for fp in prints[cut:]] == expected
    assert thawed.settle() == whole.settle()
    assert thawed.freeze() == whole.freeze()


@given(junk=st.binary(max_size=200))
@example(junk=b"PK\x03\x04")
@example(junk=Grouper().freeze()[:-30])
def test_what_is_no_frozen_grouper_is_refused(junk: bytes) -> None:
    with pytest.raises(ValueError, match="no state of a grouper"):
        Grouper.thaw(junk)


def test_memory_is_bounded_by_the_open_articles() -> None:
    grouper = Grouper(open_articles=20)
    sizes = []
    for number in range(120):
        grouper.add(printed(" ".join(f"v{number}x{k}" for k in range(60)), ref=str(number)))
        sizes.append(len(grouper.freeze()))
    assert grouper.open_articles == grouper.open_stories == 20
    # What grows is the table of stems seen, 8 bytes each (sixty in an article here), which is halved now and then.
    assert sizes[-1] - sizes[99] < (sizes[40] - sizes[20]) * 1.2 + 20 * 60 * 8


def test_a_closed_story_is_forgotten_and_the_busy_one_stays() -> None:
    grouper = Grouper(open_articles=40)
    grouper.add(printed(ORCHESTRA, ref="o"))
    home = grouper.add(printed(BREACH, ref="b", published="2023-10-10", title="Dyke breach at Halvorsund")).assignment
    for number in range(40):
        grouper.add(printed(" ".join(f"v{number}x{k}" for k in range(90)), ref=str(number), published="2023-10-11"))
        text = f"{BREACH} Update {number} at noon: {' '.join(f'u{number}x{k}' for k in range(9))}"
        joined = grouper.add(printed(text, ref=f"p{number}", published="2023-10-11")).assignment
        grouper.settle()
        assert grouper.current(joined.story_id) == home.story_id
    renewed = grouper.add(printed(ORCHESTRA, ref="o2")).assignment
    assert renewed.duplicate_of is None


def invented(count: int) -> list[Fingerprint]:
    """Articles on a dozen invented affairs, some of them several to an event."""
    found = []
    for number in range(count):
        event = number * 7 % 23
        text = " ".join(f"e{event}w{k * k % 31} a{event % 12}n{k % 9} report{k % 5}" for k in range(10 + number % 20))
        day = f"2024-0{1 + number % 9}-{10 + event}" if number % 4 else None
        found.append(printed(text, ref=f"i{number}", published=day))
    return found


def test_a_merge_keeps_the_older_id_and_the_ended_one_leads_to_it() -> None:
    grouper = Grouper()
    prints = [
        printed(BREACH, ref="1", published="2023-10-10"),
        printed(PUMPS, ref="2", published="2023-10-11"),
    ]
    first, second = (grouper.add(fp) for fp in prints)
    merges = [*second.merges, *grouper.settle()]
    if first.assignment.story_id != second.assignment.story_id:
        assert [(m.story_id, m.into) for m in merges] == [(second.assignment.story_id, first.assignment.story_id)]
    assert grouper.current(second.assignment.story_id) == first.assignment.story_id
    assert grouper.settle() == ()


def test_two_pieces_of_a_story_become_one_when_an_article_bridges_them() -> None:
    grouper = Grouper()
    halves = BREACH.split(". ")
    one = printed(halves[0] + ". " + PUMPS.split(". ")[1], ref="1", published="2023-10-10")
    other = printed(halves[1] + ". " + halves[2], ref="2", published="2023-10-10")
    placed = [grouper.add(fp) for fp in (one, other, printed(BREACH + " " + PUMPS, ref="3", published="2023-10-10"))]
    grouper.settle()
    assert len({grouper.current(p.assignment.story_id) for p in placed}) == 1


# What each of two fires on ferries was like; the sentences are the same, as reporters write them.
FERRY_FIRE = (
    "Divers searched the harbour of {town} after the ferry {boat} caught fire at its berth with {crew} aboard.",
    "The fire on the ferry {boat} in {town} began in {where}; {who} said {crew} had to swim.",
    "{who} told reporters that {crew} left the burning ferry {boat} before its {cargo} blew up off {town}.",
    "A burnt {cargo} shows that the ferry {boat}, whose fire killed a cook in {town}, was loaded badly, said {who}.",
    "{crew} are mourning at {town}, where flames from {where} gutted the ferry {boat} and its {cargo}.",
    "Insurers will inspect {where} and the {cargo} of the ferry {boat}, which burnt out at {town}, {who} wrote.",
)
FERRIES = (
    ("Halvorsund", "Sigrun", "nineteen stevedores", "the paint locker", "coroner Ask", "ammonia"),
    ("Brennvik", "Tordenskjold", "a school choir", "the bakery oven", "pilot Lunde", "timber"),
)


@pytest.mark.parametrize("order", [1, 5, 7, 11])
def test_two_events_of_one_kind_without_days_are_two_stories_if_each_is_alike_in_itself(order: int) -> None:
    words = [dict(zip(("town", "boat", "crew", "where", "who", "cargo"), ferry, strict=True)) for ferry in FERRIES]
    lines = [(each["boat"], line.format(**each)) for each in words for line in FERRY_FIRE]
    lines = [lines[place * order % len(lines)] for place in range(len(lines))]
    found = told([printed(text, ref=f"f{n}") for n, (_, text) in enumerate(lines)])
    stories = {(boat, assignment.story_id) for (boat, _), assignment in zip(lines, found, strict=True)}
    assert len(stories) == len({story for _, story in stories}) == 2


def test_the_same_dispute_next_month_is_another_story() -> None:
    strike = "Ferry crews of the Brennvik line {} over night shifts, and {}. The union of seamen wants {}."
    rounds = [
        ("walked out on Monday", "four sailings to Halvorsund were cancelled", "a third deckhand on each boat"),
        ("stayed ashore again", "tourists slept in the terminal at Brennvik", "the timetable of last winter back"),
    ]
    prints = [
        printed(
            strike.format(*words), ref=f"{month}{n}", published=f"2023-{month:02}-1{n}", title="Brennvik ferry strike"
        )
        for month, words in zip((3, 5), rounds, strict=True)
        for n in (1, 2)
    ]
    others = fillers(50, "2023-04-10")
    stories = [a.story_id for a in told([*prints[:2], *others, *prints[2:]])]
    assert stories[0] == stories[1] != stories[-1] == stories[-2]


def test_a_running_affair_is_cut_where_coverage_paused() -> None:
    trial = "The trial of harbour master Ingvar Moe over the sunk barge {} in Halvorsund. {}"
    days = [
        (
            "opened",
            "Prosecutors read the charge of neglect and showed the judges a chart of the shoal. A diver described the "
            "hole in the hull, and the widow of the engineer asked for a minute of silence.",
            "2023-02-06",
        ),
        (
            "opened",
            "Moe denied neglect when the charge was read; a chart of the shoal lay before them. The diver who saw "
            "the hull spoke first, then the engineer's widow, who asked for silence.",
            "2023-02-07",
        ),
        (
            "ended",
            "He was acquitted; the judges found that the buoy had drifted in the gale. His lawyer called it late "
            "but just, and the union wants new lights along the channel.",
            "2023-06-20",
        ),
        (
            "ended",
            "The judges acquitted him, since the gale had moved the buoy. Late but just, said the lawyer; the "
            "seamen's union demands lights on the channel.",
            "2023-06-20",
        ),
    ]
    prints = [printed(trial.format(a, b), ref=d + a + b[:9], published=d) for a, b, d in days]
    others = fillers(50, "2023-04-10")
    stories = [a.story_id for a in told([*prints[:2], *others, *prints[2:]])]
    assert stories[0] == stories[1] != stories[-1] == stories[-2]


def test_stories_of_one_affair_are_related_and_not_merged() -> None:
    def named(text: str, ref: str, day: str) -> Fingerprint:
        article = article_of(ref, text=text, published=day, url=ref)
        marks = Marks(
            article.id,
            "t",
            mentions=tuple(
                Mention(Span(article.id, at, at + len(name)), "PERSON", name)
                for name in ("Solveig Tranberg", "Halvorsund", "Benedikt Ask")
                if (at := text.find(name)) >= 0
            ),
        )
        return fingerprint(article, marks)

    grouper = Grouper()
    vote = BREACH.replace("flooded the lower town on Tuesday", "cost the mayor her majority in the council") + (
        " Councillors of two parties moved a vote of no confidence against Solveig Tranberg; it is due in November."
    )
    first = grouper.add(named(BREACH, "1", "2023-10-10"))
    for n in range(30):
        grouper.add(printed(" ".join(f"v{n}x{k}" for k in range(60)), ref=f"v{n}", published="2023-10-15"))
    second = grouper.add(named(vote, "2", "2023-10-30"))
    grouper.settle()
    stories = [grouper.current(p.assignment.story_id) for p in (first, second)]
    assert stories[0] == stories[1] or [
        (r.story_id, r.other, r.names) for r in second.relations
    ] == [(*sorted(stories), ("halvorsund", "solveig tranberg"))]  # fmt: skip


class Shelf:
    """Closed stories, as a store would find them."""

    def __init__(self) -> None:
        self.kept: list[tuple[Fingerprint, Assignment]] = []

    def near(
        self, stems: Sequence[str], first: str | None, last: str | None, most: int
    ) -> list[tuple[Fingerprint, Assignment]]:
        return [
            (fp, a)
            for fp, a in self.kept
            if set(stems) & dict(fp.words).keys() and (first or "") <= (fp.published or "") <= (last or "9999")
        ][:most]

    def members(self, story_id: str) -> list[tuple[Fingerprint, Assignment]]:
        return [(fp, a) for fp, a in self.kept if a.story_id == story_id]


def test_a_late_article_finds_its_closed_story() -> None:
    shelf = Shelf()
    grouper = Grouper(closed=shelf, open_articles=20)
    breach = printed(BREACH, ref="1", published="2023-10-10", title="Dyke breach floods Halvorsund")
    home = grouper.add(breach).assignment
    shelf.kept.append((breach, home))
    for n in range(30):
        grouper.add(printed(" ".join(f"v{n}x{k}" for k in range(60)), ref=f"v{n}", published="2024-01-15"))
    late = printed(f"{BREACH} {PUMPS}", ref="2", published="2023-10-11", title="Pumps for flooded Halvorsund")
    assert grouper.add(late).assignment.story_id == home.story_id
    stray = printed(ORCHESTRA, ref="3", published="2023-10-11")
    assert grouper.add(stray).assignment.story_id != home.story_id


def test_texts_of_no_or_one_word_get_stories_of_their_own() -> None:
    stories = [a.story_id for a in told([printed("", ref="1"), printed("Flood", ref="2"), printed("—", ref="3")])]
    assert len(set(stories)) == 3


def test_the_word_table_holds_what_every_article_says_and_what_few_say() -> None:
    table = background()
    assert table.articles > 10_000
    assert table.counts["the"] > 0.9 * table.articles
    assert table.counts[stem("earthquakes")] < 0.05 * table.articles

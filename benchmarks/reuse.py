"""Reuse: passages that one article has from another, over a stream of 29,336 articles and with planted copies.

    python benchmarks/reuse.py [--speed]       # RASHOMON_BENCH, default ../shared/bench

*Silver pairs* were found by machine: they share many word 8-grams. Most of them share nothing but what this project
does not call reuse: one outlet's notices, galleries and standing paragraphs, or one person's words in quotation marks.
An exact count over the whole set, made here apart from the finder, takes those out; how many of each is printed.
*Candidates recall* is of all the pairs, whatever they share: what the index brings up before anything is judged. *Whole
copies* are the pairs with four fifths of one text's 8-grams in the other, whatever they share.

*Planted copies*: one to three paragraphs of an article are put among those of another outlet's article on something
else, as they are or lightly edited (a word in ten exchanged, dropped or put in). Found is a copy that is reported
between the two; its spans are right if they cover the planted words, and little else, to nine tenths on both sides.

*False alarms*: pairs of random articles on one topic; and one paragraph put into a dozen unrelated articles of its own
outlet, as standing background is. Figures are shares that stay quiet, so that higher is better.

The articles' marks are not used: quoted speech is what quotation marks show.
"""

import argparse
import gzip
import json
import os
import random
import re
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rashomon.group import fingerprint
from rashomon.group.grams import select
from rashomon.group.reuse import ReuseFinder, words_of_article
from rashomon.group.reuse_index import ReuseIndex
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Marks
from rashomon.model.story import Reuse

SEED = 7
WINDOW = 30_000
PLANTED = 400
TOPIC_PAIRS = 2_000
BACKGROUNDS = 40
IN_ARTICLES = 12
# A planted paragraph has so many words outside quotation marks, and no embedded posts.
LEAST = 25
RIGHT = 0.9
# The referee of silver pairs: a gram in so many articles of one outlet stands there for good, and a pair is reuse if so
# many of its common words, and this share of them, are left without those and without quoted ones.
STANDS = 4
WHOLE = 0.8
LEFT_WORDS, LEFT_SHARE = 25, 0.4

_GRAM = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPTION = re.compile(r"[Hh]ide [Cc]aption")
_QUOTED = re.compile(r"“[^”\n]*[”\n]|\"[^\"\n]*[\"\n]")


Hashes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def measure() -> dict[str, float]:
    """All figures, as shares."""
    pairs = silver()
    figures = {
        "candidates recall": _share(pair.candidate for pair in pairs),
        "silver recall": _share(pair.reported for pair in pairs if pair.kind == "reuse"),
        "whole copies": _share(pair.reported for pair in pairs if pair.containment >= WHOLE),
    }
    for edited in (False, True):
        name = "edited" if edited else "exact"
        hits, spans = planted(edited)
        figures |= {f"{name} found": hits, f"{name} spans": spans}
    figures["quiet topic pairs"] = topic_pairs()
    figures["quiet background"] = background()
    return figures


def measure_speed(articles: int) -> dict[str, float]:
    """Articles a second on one core, by step, and megabytes, over the first ``articles`` of the set."""
    texts = [article for article, _ in _corpus()][:articles]
    begun = time.process_time()
    hashed = [words_of_article(a, _no_marks(a)) for a in texts]
    hashing = time.process_time() - begun
    index = ReuseIndex(articles=WINDOW)
    begun = time.process_time()
    for words, article in zip(hashed, texts, strict=True):
        grams = select(words)
        index.add(grams.hashes, _number(article), grams.spoken)
    candidates = time.process_time() - begun
    begun = time.process_time()
    for words, article in zip(hashed, texts, strict=True):
        fingerprint(article, _no_marks(article), words)
    prints = time.process_time() - begun
    del hashed
    finder = ReuseFinder(articles=WINDOW)
    begun = time.process_time()
    for article in texts:
        finder.add(article, _no_marks(article))
    whole = time.process_time() - begun
    return {
        "articles": len(texts),
        "laying_out_per_second": round(len(texts) / hashing),
        "candidates_per_second": round(len(texts) / candidates),
        "fingerprints_per_second": round(len(texts) / prints),
        "reuse_per_second": round(len(texts) / whole),
        "index_megabytes": round(index.nbytes / 1e6, 1),
        "texts_megabytes": round(finder.text_bytes / 1e6, 1),
    }


@dataclass(frozen=True)
class Pair:
    """A silver pair: what share of one text is in the other, what they share, and what was found of it."""

    containment: float
    kind: str
    candidate: bool
    reported: bool


@cache
def silver() -> tuple[Pair, ...]:
    """The silver pairs, looked for in the whole set as one stream in order of date."""
    articles = sorted((article for article, _ in _corpus()), key=lambda a: a.published or "")
    lines = (_bench() / "scale/reuse_pairs_silver.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {frozenset((row["a"], row["b"])): row["containment"] for row in map(json.loads, lines)}
    wanted = {ref for pair in rows for ref in pair}
    refs = {a.id: a.ref for a in articles}
    finder, index = ReuseFinder(articles=WINDOW), ReuseIndex(articles=WINDOW)
    candidates: set[frozenset[str]] = set()
    found: set[frozenset[str]] = set()
    for article in articles:
        words = words_of_article(article, _no_marks(article))
        reuses = finder.add(article, _no_marks(article), words)
        found.update(frozenset((refs[reuse.source], refs[reuse.target])) for reuse in reuses)
        grams = select(words)
        numbers = index.add(grams.hashes, _number(article), grams.spoken).articles
        if article.ref in wanted:
            candidates.update(frozenset((article.ref, articles[n].ref)) for n in numbers.tolist())
    kinds = _kinds(list(rows), articles)
    return tuple(Pair(share, kinds[pair], pair in candidates, pair in found) for pair, share in rows.items())


def _share(which: Iterable[bool]) -> float:
    flags = list(which)
    return sum(flags) / len(flags)


def _number(article: Article) -> int:
    """A number of an article's outlet."""
    return zlib.crc32(article.outlet.encode()) if article.outlet else 0


def _kinds(pairs: Sequence[frozenset[str]], articles: Sequence[Article]) -> dict[frozenset[str], str]:
    """What the common words of each pair are for the most part: reuse, standing words of an outlet, or speech."""
    by_ref = {a.ref: a for a in articles}
    wanted = {ref for pair in pairs for ref in pair}
    grams = {ref: _grams(by_ref[ref].text) for ref in sorted(wanted)}
    common = np.unique(np.concatenate([_common(*(grams[r][0] for r in sorted(pair))) for pair in pairs]))
    holders: dict[str, Counter[int]] = defaultdict(Counter)
    for article in articles:
        hashes = np.unique(_grams(article.text)[0])
        at = np.minimum(common.searchsorted(hashes), len(common) - 1)
        holders[article.outlet or ""].update(at[common[at] == hashes].tolist())
    kinds = {}
    for pair in pairs:
        one, other = sorted(pair)
        outlets = [by_ref[r].outlet or "" for r in (one, other)]
        hashes, quoted = grams[one]
        speech = set(grams[other][0][grams[other][1]].tolist())
        shared = np.isin(hashes, grams[other][0])
        number = common.searchsorted(hashes)
        spoken = quoted | np.array([h in speech for h in hashes.tolist()])
        stands = np.array(
            [bool(s) and any(holders[o][n] >= STANDS for o in outlets) for s, n in zip(shared, number, strict=True)]
        )
        total, left = (_covered(which) for which in (shared, shared & ~spoken & ~stands))
        if left >= LEFT_WORDS and left >= LEFT_SHARE * total:
            kinds[pair] = "reuse"
        else:
            kinds[pair] = "standing" if (shared & stands).sum() > (shared & spoken).sum() else "speech or captions"
    return kinds


def _grams(text: str) -> tuple[Hashes, Flags]:
    """Hashes of a text's 8-grams, and which of them begin in quotation marks or in a gallery's captions."""
    found = list(_WORD.finditer(text))
    words = [m.group().lower().replace("’", "").replace("'", "") for m in found]
    areas = [m.span() for m in _QUOTED.finditer(text)]
    captions = [m.start() for m in _CAPTION.finditer(text)]
    if len(captions) > 1:
        areas.append((max(0, captions[0] - 300), captions[-1]))
    hashes = np.array([_hash(" ".join(words[n : n + _GRAM])) for n in range(len(words) - _GRAM + 1)], dtype=np.int64)
    starts = np.array([m.start() for m in found[: len(hashes)]], dtype=np.int64)
    quoted = np.zeros(len(hashes), dtype=np.bool_)
    for start, end in areas:
        quoted |= (starts >= start) & (starts < end)
    return hashes, quoted


def _common(one: Hashes, other: Hashes) -> Hashes:
    return np.intersect1d(one, other)


def _hash(words: str) -> int:
    return hash(words)  # compared within one process only


def _covered(starts: Flags) -> int:
    covered = np.zeros(len(starts) + _GRAM, dtype=np.bool_)
    for at in np.flatnonzero(starts).tolist():
        covered[at : at + _GRAM] = True
    return int(covered.sum())


@dataclass(frozen=True)
class Plant:
    """An article, the one it has paragraphs from, and where they stand in both."""

    source: Article
    target: Article
    there: tuple[int, int]
    here: tuple[int, int]


def planted(edited: bool) -> tuple[float, float]:
    """The shares of planted copies that are found, and that are found with the right spans on both sides."""
    plants = list(_plants(edited))
    finder = ReuseFinder(articles=WINDOW)
    for plant in plants:
        finder.add(plant.source, _no_marks(plant.source))
    found = right = 0
    for plant in plants:
        reuses = finder.add(plant.target, _no_marks(plant.target))
        reuse = next((r for r in reuses if plant.source.id in (r.source, r.target)), None)
        if reuse is not None:
            found += 1
            right += all(share >= RIGHT for share in _shares(reuse, plant))
    return found / len(plants), right / len(plants)


def _plants(edited: bool) -> Iterator[Plant]:
    dice = random.Random(SEED)
    articles = [article for article, _ in _corpus()]
    order = dice.sample(range(len(articles)), len(articles))
    sources, targets = iter(order[: len(order) // 2]), iter(order[len(order) // 2 :])
    made = 0
    while made < PLANTED:
        source, target = articles[next(sources)], articles[next(targets)]
        block = _block(source.text, dice)
        if block is None or source.outlet == target.outlet or len(target.text) < 800:
            continue
        words = source.text[slice(*block)]
        copied = _edited(words, dice) if edited else words
        quoted = {n for m in _QUOTED.finditer(target.text) for n in range(*m.span())}
        breaks = [m.end() for m in re.finditer(r"\n\n|(?<=[.])\s", target.text) if m.end() - 1 not in quoted]
        at = dice.choice(breaks or [len(target.text)])
        text = f"{target.text[:at]}{copied}\n\n{target.text[at:]}"
        planted_in = article_of(f"{target.ref}+", text=text, outlet=target.outlet, published=target.published)
        yield Plant(source, planted_in, block, (at, at + len(copied)))
        made += 1


def _block(text: str, dice: random.Random) -> tuple[int, int] | None:
    """One to three paragraphs of an outlet's own words; None where there are none."""
    places = [m.span() for m in re.finditer(r"\S[^\n]*\S", text)]
    many = dice.randint(1, 3)
    if len(places) < many + 2:
        return None
    first = dice.randrange(len(places) - many + 1)
    start, end = places[first][0], places[first + many - 1][1]
    block = text[start:end]
    own = len(_QUOTED.sub(" ", block).split())
    if own < LEAST or own < 0.5 * len(block.split()) or len(block) > 3000 or "(@" in block:
        return None
    return start, end


def _edited(words: str, dice: random.Random) -> str:
    """A word in ten exchanged, dropped, or another put before it; the first and the last three are left alone."""
    pieces = re.split(r"(\s+)", words)
    for at in range(6, len(pieces) - 6, 2):
        if dice.random() < 0.1:
            kind = dice.randrange(3)
            pieces[at] = ("changed", "", f"newly {pieces[at]}")[kind]
    return "".join(pieces)


def _shares(reuse: Reuse, plant: Plant) -> Iterator[float]:
    """The overlap of the reported with the planted characters (of both together), in the source and in the target."""
    for article, block in ((plant.source, plant.there), (plant.target, plant.here)):
        told = {n for pair in reuse.passages for s in pair if s.article_id == article.id for n in range(s.start, s.end)}
        meant = set(range(*block))
        yield len(told & meant) / len(told | meant)


def topic_pairs() -> float:
    """The share of random pairs on one topic, of two outlets, that stay quiet."""
    dice = random.Random(SEED)
    by_topic: dict[str, list[Article]] = defaultdict(list)
    for article, topic in _corpus():
        by_topic[topic].append(article)
    quiet = 0
    topics = sorted(t for t, members in by_topic.items() if len(members) > 50)
    for _ in range(TOPIC_PAIRS):
        one, other = dice.sample(by_topic[dice.choice(topics)], 2)
        while other.outlet == one.outlet:
            one, other = dice.sample(by_topic[dice.choice(topics)], 2)
        finder = ReuseFinder(articles=4)
        finder.add(one, _no_marks(one))
        quiet += not finder.add(other, _no_marks(other))
    return quiet / TOPIC_PAIRS


def background() -> float:
    """The share of pairs of an outlet's articles that stay quiet though one paragraph stands in all of them."""
    dice = random.Random(SEED)
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article, _ in _corpus():
        by_outlet[article.outlet or ""].append(article)
    outlets = sorted(o for o, members in by_outlet.items() if o and len(members) > 200)
    loud = made = pairs = 0
    while made < BACKGROUNDS:
        members = dice.sample(by_outlet[dice.choice(outlets)], IN_ARTICLES + 1)
        block = _block(members[0].text, dice)
        if block is None:
            continue
        made += 1
        words = members[0].text[slice(*block)]
        finder = ReuseFinder(articles=100)
        for number, member in enumerate(members[1:]):
            again = article_of(
                f"{member.ref}+{number}",
                text=f"{member.text}\n\n{words}",
                outlet=member.outlet,
                published=member.published,
            )
            loud += len(finder.add(again, _no_marks(again)))
        pairs += IN_ARTICLES * (IN_ARTICLES - 1) // 2
    return 1 - loud / pairs


def _no_marks(article: Article) -> Marks:
    return Marks(article.id, "benchmark")


@cache
def _corpus() -> list[tuple[Article, str]]:
    """The articles of the set in its order, each with its topic."""
    found = []
    for path in sorted((_bench() / "scale").glob("part-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                article = article_of(
                    row["id"],
                    text=row["text"],
                    title=row["title"] or None,
                    outlet=row["outlet"] or None,
                    url=row["url"] or None,
                    published=row["date"] or None,
                )
                found.append((article, row["topic"] or ""))
    return found


def _bench() -> Path:
    return Path(os.environ.get("RASHOMON_BENCH") or Path(__file__).parent / "../../shared/bench").resolve()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--speed", action="store_true", help="measure speed and memory instead")
    if parser.parse_args().speed:
        for articles in (3_000, len(_corpus())):
            print(json.dumps(measure_speed(articles)), flush=True)
        return
    figures = measure()
    print(json.dumps(figures, indent=2))
    kinds = Counter(pair.kind for pair in silver())
    reported = Counter(pair.kind for pair in silver() if pair.reported)
    for kind, count in sorted(kinds.items()):
        print(f"silver {kind}: {count} pairs, {reported[kind]} reported", file=sys.stderr)


if __name__ == "__main__":
    main()

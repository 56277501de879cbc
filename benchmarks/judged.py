"""Claims judged by hand: 100 drawn over ten outlets, each part with what a person called right and wrong.

    python benchmarks/judged.py                    figures of every sample in judgements/
    python benchmarks/judged.py --draw SEED        draw a sample: judgements/claims-SEED.jsonl, every part open
    python benchmarks/judged.py --show SEED [N …]  print its claims with their sentences, to judge from
    python benchmarks/judged.py --judge SEED FILE  enter the verdicts of FILE for the open parts
    python benchmarks/judged.py --reopen SEED      open the parts whose present value nobody has judged, and print them

The sets' folder is RASHOMON_BENCH (default ../shared/bench). Keep FILE, and what is printed, outside the repository:
they hold the outlets' text; what is committed holds places in it only (``judging.py``).

The draw: ten outlets among those with at least ``ENOUGH`` dated articles, nine tenths of them from one site (a column
of guest writers is no outlet); of each, ten articles in random order that hold a claim; of each article one claim.

FILE has, for each claim, the line ``N`` when every open part is right, else a line for each part that is not. What is
right stands behind the dash in the article's own words; the place nearest to the claim is meant, inside it the first
one, ``words#2`` the second. Several are joined by ``|``; two lines for one part are two ways of being right; nothing
means none; ``?`` says that the value is wrong and leaves open what is right. A part not named is right::

    17
    18 roles - who=the court whom=Ruiz|the ministry
    18 place - Quito
    18 time - 2016-05-03
    18 polarity - -
    18 status - planned
    18 attribution - whose=the aide quoted=no
    18 predicate - took=take part
    18 readable - the court … by the ministry
    19 none

``none``: no statement stands there, and the claim is better gone; every part is wrong. That is a word taken for a
verb, a command, a wish, a heading without a verb, and a clause with "what" or "how" that only names something ("what
he did").

The rules. Judge what the sentence says; the words around it settle pronouns, tense and whose word it is.

- *predicate*: the word that carries the clause, and its normal form: with its particle ("carry out", "win back"), a
  light verb with its noun ("take part", "play role", "make criticism"), "make clear"; "be" with the head of what is
  said to be ("be ready", "be willing", "be member", "be in trouble"), alone before a place or a time. Under "plans
  to", "is expected to", "failed to", "cannot bring himself to" it is the deed, not the plan.
- *roles*: every participant, on its side. ``who``: who or what does or is it, in the passive behind "by". ``whom``:
  who or what it is done to; what one is, becomes or is made ("a judge"); every *named* person, organisation or group
  behind "with, to, against, for, by, of, on, from" of the verb or of what one is. Each of "A and B" counts; the noun
  stands for "who", "which", or where nothing stands ("the bank he ran"); personal pronouns stay. A span is right with
  the head of its phrase and no other participant in it, whatever its titles and modifiers. Wrong: one missing, one of
  another clause or of none, a wrong side, the owner inside a phrase that is itself no participant ("against her
  party": "her"), the place in "Ruiz of Quito". Neither asked for nor wrong: unnamed ones behind prepositions, the
  owner inside the phrase of a participant, the noun of a light verb, a clause as object, "it" without a meaning.
- *place*: every named place in, at, within, from or to which the deed happens, also behind its object ("won the vote
  in Quito"), and no other.
- *time*: the value for when the deed happens as its own clause says it; none where it does not. Wrong: missed, a
  wrong year or week, another deed's time, coarser than the words. "Now", "recently", "in the past" and durations are
  none; "since 2011" is 2011.
- *polarity*: "-" where the clause says that it is not so ("did not", "no one", "failed to", "never", "cannot").
- *status*: happened: over, done, a past state, the perfect, the present of a headline or a caption. ongoing: present
  states, habits and opinions, "has been doing". planned: told as coming ("will", "is to", "plans to", "to" for an
  aim), also the past's future ("said it would", "predictions that"). possible: "may", "can", "could", "should",
  "must", "if", "whether", "would" under a condition, what is hoped, asked for, proposed or permitted. denied: the
  article has someone deny it. "Cannot" is ongoing or possible; a participle without tense has the status of the
  clause it hangs on ("helped catch": happened).
- *attribution*: whose word it is: the speaker of the innermost speech that holds the clause, anywhere that he is
  named at that speech, "according to X" and "her claim that" too; the interviewee for the answers of an interview;
  none for the article's own words. ``quoted``: yes where the whole clause stands in quotation marks, no where none of
  it does, else either.
- *readable*: the span read aloud alone says, as one short sentence, what is claimed and no more; a noun with its
  clause ("the bank he ran", "predictions that it would rain") and an event's phrase will do. Wrong: begun or ended at
  the wrong place, a label or heading in it, an "if" or "whether" left out, over 40 words. What stands between a
  shared subject and its second verb may be in it.

Scoring reads the articles again and finds each claim by the place of its predicate. A value is right when a person
called it so; what nobody judged is wrong until ``--reopen`` and a judge. Participants, places and speakers are
compared by where they end, so that titles and articles make no difference. Shares are of the claims still found.
``kept``: the share of the claims with a right predicate that are still found; ``judged``: the share of the present
values that somebody has judged.
"""

import argparse
import gzip
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from judging import PARTS, Judgement, Place, enter, listed, reopen, show, values, verdict
from rashomon.mark.annotate import annotate
from rashomon.mark.language import load_pipeline
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Claim

JUDGEMENTS = Path(__file__).parent / "judgements"
# Ten outlets, and ten claims of each.
OUTLETS, EACH = 10, 10
# Dated articles that an outlet must have: ten times what is drawn from it, so that chance has a choice.
ENOUGH = 100
FROM_ONE_SITE = 0.9
# Files of the scale set.
FILES = 10


def scale_file(number: int) -> Path:
    return Path(os.environ.get("RASHOMON_BENCH", "../shared/bench")) / "scale" / f"part-{number:02}.jsonl.gz"


def rows(places: Iterable[Place]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The rows at (file, line), in the set's order."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for file, line in places:
        wanted[file].add(line)
    for file in sorted(wanted):
        with gzip.open(scale_file(file), "rt", encoding="utf-8") as lines:
            for line, row in enumerate(lines):
                if line in wanted[file]:
                    yield (file, line), json.loads(row)


def as_article(row: dict[str, Any]) -> Article:
    return article_of(
        row["id"], text=row["text"], title=row["title"] or None, outlet=row["outlet"], published=row["date"] or None
    )


def articles_of(judgements: Iterable[Judgement]) -> dict[Place, Article]:
    """The articles that were judged.

    Raises:
        ValueError: an article is not where it was: the set has changed.
    """
    wanted = {(j["file"], j["line"]): j["id"] for j in judgements}
    found = {place: as_article(row) for place, row in rows(wanted)}
    for place, ref in wanted.items():
        if place not in found or found[place].ref != ref:
            raise ValueError(
                f"{scale_file(place[0])}, line {place[1]} (from 0) is not the article {ref} that was judged"
            )
    return found


def judged_claim(judgement: Judgement, claims: Sequence[Claim]) -> Claim | None:
    """The claim that was judged: its predicate stands where the judged or the right one does.

    Of several, the one that shares most of the judged claim's words.
    """
    places = {(start, end) for start, end, _ in listed(judgement, "predicate")}
    spans = list(listed(judgement, "readable"))
    return max(
        (c for c in claims if (c.predicate_span.start, c.predicate_span.end) in places),
        key=lambda c: max(min(c.span.end, end) - max(c.span.start, start) for start, end in spans),
        default=None,
    )


def score(judgements: Iterable[Judgement], claims: Mapping[Place, Sequence[Claim]]) -> dict[str, float]:
    """The share right of each part, ``kept`` and ``judged``; all from 0 to 1, higher is better."""
    right: Counter[str] = Counter()
    found = kept = real = known = 0
    for judgement in judgements:
        claim = judged_claim(judgement, claims[judgement["file"], judgement["line"]])
        is_real = bool(judgement["parts"]["predicate"].get("right"))
        real += is_real
        if claim is None:
            continue
        found += 1
        kept += is_real
        for part, value in values(claim).items():
            called = verdict(part, value, judgement["parts"][part])
            right[part] += called is True
            known += called is not None
    figures = {part: right[part] / max(found, 1) for part in PARTS}
    return figures | {"kept": kept / max(real, 1), "judged": known / max(found * len(PARTS), 1)}


def measure() -> dict[str, dict[str, float]]:
    """The gate's figures, sample by sample."""
    nlp = load_pipeline()
    figures = {}
    for path in sorted(JUDGEMENTS.glob("claims-*.jsonl")):
        judgements = read(path)
        claims = {place: annotate(article, nlp).claims for place, article in articles_of(judgements).items()}
        figures[f"sample {path.stem.removeprefix('claims-')}"] = score(judgements, claims)
    return figures


def read(path: Path) -> list[Judgement]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, judgements: Iterable[Judgement]) -> None:
    lines = [json.dumps(judgement, separators=(",", ":")) for judgement in judgements]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw(seed: int, nlp: Language) -> list[Judgement]:
    """A hundred claims, every part open. The same seed and claims give the same draw."""
    dated: dict[str, list[Place]] = defaultdict(list)
    sites: dict[str, Counter[str]] = defaultdict(Counter)
    for file in range(FILES):
        with gzip.open(scale_file(file), "rt", encoding="utf-8") as lines:
            for line, row in enumerate(map(json.loads, lines)):
                if row["date"]:
                    dated[row["outlet"]].append((file, line))
                    sites[row["outlet"]][row["source_domain"]] += 1
    enough = [
        outlet
        for outlet, places in sorted(dated.items())
        if len(places) >= ENOUGH and max(sites[outlet].values()) >= FROM_ONE_SITE * len(places)
    ]
    choice = random.Random(seed)
    drawn: list[Judgement] = []
    for outlet in sorted(choice.sample(enough, OUTLETS)):
        goal = len(drawn) + EACH
        for place in choice.sample(dated[outlet], len(dated[outlet])):
            ((_, row),) = rows([place])
            claims = annotate(as_article(row), nlp).claims
            if claims:
                parts = {part: {"open": [value]} for part, value in values(choice.choice(claims)).items()}
                drawn.append({"n": len(drawn) + 1, "file": place[0], "line": place[1], "id": row["id"], "parts": parts})
            if len(drawn) == goal:
                break
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", metavar="SEED")
    parser.add_argument("--show", nargs="+", metavar=("SEED", "N"))
    parser.add_argument("--judge", nargs=2, metavar=("SEED", "FILE"))
    parser.add_argument("--reopen", metavar="SEED")
    options = parser.parse_args()
    if not (options.draw or options.show or options.judge or options.reopen):
        for sample, figures in measure().items():
            print(sample, {name: round(value, 3) for name, value in figures.items()})
        return
    seed = options.draw or options.reopen or (options.show or options.judge)[0]
    path = JUDGEMENTS / f"claims-{seed}.jsonl"
    if options.draw:
        if path.exists():
            sys.exit(f"{path} exists: a sample is drawn once")
        write(path, draw(int(seed), load_pipeline()))
        return
    judgements = read(path)
    articles = articles_of(judgements)
    if options.judge:
        lines = Path(options.judge[1]).read_text(encoding="utf-8").splitlines()
        enter(judgements, lines, {place: article.text for place, article in articles.items()})
        write(path, judgements)
        return
    asked = {int(number) for number in options.show[1:]} if options.show else set()
    nlp = load_pipeline()
    for judgement in judgements:
        if asked and judgement["n"] not in asked:
            continue
        article = articles[judgement["file"], judgement["line"]]
        claim = judged_claim(judgement, annotate(article, nlp).claims)
        if options.reopen:
            reopen(judgement, claim)
        if options.show or any("open" in judged for judged in judgement["parts"].values()):
            print(show(judgement, article, claim))
    if options.reopen:
        write(path, judgements)


if __name__ == "__main__":
    main()

"""Conflicts made on purpose: one answer of one article changed, where another article gives the same answer.

What two likely sentences of one fact both say, a number, a day or a name, is changed wherever it stands in one of the
articles; values that stand in more than two places of it are left alone.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon import article_of
from rashomon.align.conflicts.answers import Answer, Reader
from rashomon.align.conflicts.value_pairs import same
from rashomon.align.matching.decision import JudgedPairs, is_copy
from rashomon.align.statements.prepare import Story
from rashomon.model.article import Article
from rashomon.model.spans import Span

# Likelihood of one fact from which two sentences that give one answer are taken to answer one question.
SURE = 0.5
PLACES = 2
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plant:
    """A changed article; where in it the new answer stands, and the sentence of the other article with the old one."""

    kind: str
    article: Article
    start: int
    end: int
    other: Span


def plants(
    story: Story, judged: JudgedPairs, reader: Reader, names: Mapping[str, Sequence[str]], rng: random.Random
) -> Iterator[Plant]:
    """Changes that can be made in a story, in a random order, one for each answer.

    Args:
        names: names by kind to put in the place of others.
    """
    rows = [k for k, p in enumerate(judged.likely.tolist()) if p >= SURE]
    rng.shuffle(rows)
    done: set[tuple[str, str]] = set()
    articles = {a.id: a for a in story.articles}
    for row in rows:
        i, j = judged.pairs[row].tolist()
        if rng.random() < 0.5:
            i, j = j, i
        a, b = reader.read(i), reader.read(j)
        if is_copy(a.sentence, b.sentence):
            continue
        mine = [*a.numbers, *a.times, *a.named]
        yours = [*b.numbers, *b.times, *b.named]
        for x in mine:
            if not any(x.kind == y.kind and same(x.kind, x, y) for y in yours):
                continue
            old = a.sentence.text[x.start : x.end]
            if (a.sentence.article, old) in done:
                continue
            new = changed(x, old, names, rng)
            article = articles[a.sentence.article]
            found = [m.span() for m in re.finditer(rf"(?<![\w.,]){re.escape(old)}(?![\w]|[.,]\d)", article.text)]
            at = a.sentence.span.start + x.start
            if new is None or not 0 < len(found) <= PLACES or not any(s == at for s, _ in found):
                continue
            done.add((a.sentence.article, old))
            before = sum(s < at for s, _ in found)
            text = re.sub(rf"(?<![\w.,]){re.escape(old)}(?![\w]|[.,]\d)", new.replace("\\", r"\\"), article.text)
            start = at + before * (len(new) - len(old))
            made = article_of(
                article.ref, text=text, title=article.title, outlet=article.outlet, published=article.published
            )
            yield Plant(x.kind, made, start, start + len(new), b.sentence.span)


def changed(answer: Answer, old: str, names: Mapping[str, Sequence[str]], rng: random.Random) -> str | None:
    """Another answer in the form of the old one; None where none comes to mind."""
    if answer.kind in {"person", "body", "place"}:
        return _another_name(answer.kind, old, names, rng)
    if answer.kind in {"day", "year"}:
        return _another_time(old, rng)
    if old.lower() in _SMALL:
        at = _SMALL.index(old.lower())
        new = _SMALL[max(0, min(len(_SMALL) - 1, at + rng.choice([-2, -1, 1, 1, 2, 3])))]
        return None if new == old.lower() else new.capitalize() if old[0].isupper() else new
    figure = re.search(r"\d[\d,]*(?:\.\d+)?", old)
    if figure is None:
        return None
    value = float(figure[0].replace(",", ""))
    decimals = len(figure[0].partition(".")[2])
    factor = 2 ** rng.choice([-1.2, -0.6, -0.3, -0.15, -0.07, 0.07, 0.15, 0.3, 0.6, 1.0])
    other = value + rng.choice([-2, -1, 1, 2]) if value <= 20 and not decimals else value * factor
    if not decimals and value >= 100:  # as many digits that say something as before
        step = 10 ** (len(str(int(value))) - max(2, len(str(int(value)).rstrip("0"))))
        other = round(other / step) * step
    shown = f"{other:,.{decimals}f}" if "," in figure[0] else f"{other:.{decimals}f}"
    return None if other <= 0 or shown == figure[0] else old.replace(figure[0], shown)


def _another_time(old: str, rng: random.Random) -> str | None:
    for names in (_DAYS, _MONTHS):
        found = next((n for n in names if n in old), None)
        if found and not re.search(r"\d", old):
            return old.replace(found, names[(names.index(found) + rng.choice([-2, -1, 1, 2])) % len(names)])
    day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", old)
    if day and any(m[:3] in old for m in _MONTHS):
        return old[: day.start()] + str((int(day[1]) + rng.choice([-3, -1, 1, 2]) - 1) % 28 + 1) + old[day.end() :]
    year = re.fullmatch(r"(?:in )?((?:19|20)\d\d)", old)
    return old.replace(year[1], str(int(year[1]) + rng.choice([-3, -1, 1, 2]))) if year else None


def _another_name(kind: str, old: str, names: Mapping[str, Sequence[str]], rng: random.Random) -> str | None:
    own = set(old.split())
    fitting = [n for n in names.get(kind, ()) if len(n.split()) == len(old.split()) and not own & set(n.split())]
    return rng.choice(fitting) if fitting else None

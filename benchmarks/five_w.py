"""Who, what, when and where of an article's main event against human coders' phrases (five_w.jsonl).

    python benchmarks/five_w.py                     figures
    python benchmarks/five_w.py --misses where      what does not match; --half tuned: only the events tuned on
    python benchmarks/five_w.py --passes what       what does match, for reading

The coders wrote phrases, no offsets, from the title or the text, in their own words. An answer *matches* a phrase when,
lower-cased, without accents, punctuation and the words of ``SMALL`` (articles, prepositions, auxiliaries), and with
inflection taken off, one of these holds:

- the F1 of their words is at least ``ENOUGH``; for *what*, whose phrases often say who as well ("mayor resigns"), our
  answer with or without our who; and for *what* also where our predicate and half of the phrase's words agree;
- all words of the one are among the other's, whose words are at most ``LARGEST``: a long answer holds everything;
- *when*: if our rules resolve both to days of the calendar, only the days count: one must lie within the other, and
  ours must be no coarser than a week unless the phrase is as coarse. The same words always match ("Wednesday"). A
  phrase that names an event ("after the election") is compared as words;
- *where*: the phrase is the name of a state and ours names a place that lies in it.

*exact* is the stricter figure: for who, what and where F1 at least ``NEARLY``, for when the same day or the same words.

An article counts for a question when at least one coder gave a phrase. Where all coders answered that the article does
not say ("none"), a place or a day that we name may still be right (the dateline, the day of publication), and none of
them judged it, so that such articles stay out of the figure; the share of all articles, counting "none" as an answer
that only ours of none matches, is the third figure.

Weights were set on the events of ``TUNED``; the others were in view meanwhile, so that they are a partial check only.
"""

import argparse
import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rashomon.mark.annotate import annotate
from rashomon.mark.gazetteer import gazetteer
from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.times import find_times, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.timevalue import compatible, interval

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
QUESTIONS = ("who", "what", "when", "where")
# Half of the articles, by event, so that no event is on both sides.
TUNED = frozenset({"tram", "tram victims", "f1", "clinton blames comey", "consulate attack", "china well"})
ENOUGH, NEARLY = 0.5, 0.8
LARGEST = 12
WEEK = 7
SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those his her its their it of in at on to into near by for from with as and or be is "
        "are was were been being has have had do does did mr mrs ms about around",
    )
)
_NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+")


@dataclass(frozen=True)
class Answer:
    """What we say to one question: the words; with *what* goes who, with *when* the value, with *where* the country."""

    text: str
    who: str = ""
    value: str | None = None
    country: str | None = None


def words(phrase: str) -> frozenset[str]:
    """The words of a phrase that are compared."""
    phrase = "".join(c for c in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(c)).lower()
    phrase = re.sub(r"\\u20..", " ", phrase)  # the set holds some escapes that were escaped twice
    phrase = re.sub(r"['’]s\b", "", phrase)
    phrase = re.sub(r"[a-z]+", lambda match: _NUMBERS.get(match[0], match[0]), phrase)
    return frozenset(_bare(w.replace(".", "")) for w in _WORD.findall(phrase)) - SMALL


def _bare(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e")


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """F1 of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def matches(question: str, ours: Answer, phrase: str, value: str | None, *, exact: bool = False) -> bool:
    """Whether our answer matches one coder's phrase; ``value`` is what our rules resolve the phrase to."""
    a, b = words(ours.text), words(phrase)
    if not a or not b:
        return False
    if question == "when" and ours.value and value:
        if a == b:
            return True
        return ours.value[:10] == value[:10] if exact else _same_time(ours.value, value)
    told = a | words(ours.who)
    if max(overlap(a, b), overlap(told, b)) >= (NEARLY if exact else ENOUGH):
        return True
    if exact:
        return False
    if question == "what" and _predicate(ours.text) in b and len(told & b) >= len(b) * ENOUGH:
        return True
    if question == "where" and _within(ours.country, phrase):
        return True
    return (a <= b or b <= a) and max(len(a), len(b)) <= LARGEST


def _predicate(what: str) -> str:
    """The first word of an answer to *what* that is compared: its verb."""
    return next((w for word in what.split() for w in words(word)), "")


def _same_time(ours: str, theirs: str) -> bool:
    mine, coder = interval(ours), interval(theirs)
    if mine is None or coder is None or not compatible(ours[:10], theirs[:10]):
        return False
    return (mine[1] - mine[0]).days < WEEK or mine == coder


def _within(country: str | None, phrase: str) -> bool:
    entry = gazetteer().named(re.sub(r"^(?:in |the |across )+", "", phrase.strip()))
    return country is not None and entry is not None and entry.kind == "state" and entry.country == country


def rows() -> list[dict[str, Any]]:
    """The articles with the coders' phrases."""
    with (BENCH / "stories/five_w.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@dataclass(frozen=True)
class Judged:
    """One question to one article."""

    number: int
    event: str
    question: str
    ours: Answer | None
    phrases: tuple[str | None, ...]
    strict: bool
    exact: bool

    @property
    def asked(self) -> bool:
        """Whether a coder gave a phrase."""
        return any(self.phrases)


def _day(date: str) -> str | None:
    return date[:10] if date[:1].isdigit() else None  # the set writes "None"


def judge() -> Iterator[Judged]:
    """Every question to every article."""
    nlp = load_pipeline()
    for number, row in enumerate(rows()):
        article = article_of(row["id"], text=row["text"], title=row["title"], published=_day(row["date"]))
        marks = annotate(article, nlp)
        gist = marks.gist
        ours: dict[str, Answer] = {}
        if gist:
            for name in ("who", "what"):
                if span := getattr(gist, name):
                    ours[name] = Answer(span.cut(article.text))
            if gist.when:
                words_of_time = gist.when_span.cut(article.text) if gist.when_span else gist.when
                ours["when"] = Answer(words_of_time, value=gist.when)
            if gist.where:
                at = gist.where
                near = [m.place for m in marks.mentions if m.span.overlaps(at) and m.place]
                ours["where"] = Answer(at.cut(article.text), country=near[0].country if near else None)
        if gist and gist.who:
            ours["what"] = Answer(ours["what"].text, who=ours["who"].text)
        for question in QUESTIONS:
            phrases = tuple(phrase for phrase, _ in row["fiveW"].get(question, ()))
            answer = ours.get(question)
            strict = exact = answer is None and None in phrases
            for phrase in filter(None, phrases):
                value = None
                if question == "when":
                    read = article_of("phrase", text=phrase)
                    times = resolve(find_times(read, Tree(parse(phrase, nlp))), article.day, phrase)
                    value = next((t.value for t in times if interval(t.value)), None)
                if answer:
                    strict |= matches(question, answer, phrase, value)
                    exact |= matches(question, answer, phrase, value, exact=True)
            yield Judged(number, row["event"] or "", question, answer, phrases, strict, exact)


def figures(judged: list[Judged]) -> dict[str, float]:
    """Shares by question, and their mean over the four."""
    sums: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in judged:
        if one.asked:
            sums[one.question][one.strict] += 1
            sums[f"{one.question} exact"][one.exact] += 1
        sums[f"{one.question} with none"][one.strict] += 1
    out = {name: count[True] / count.total() for name, count in sums.items()}
    for kind in ("", " exact", " with none"):
        out[f"mean{kind}"] = sum(out[f"{question}{kind}"] for question in QUESTIONS) / len(QUESTIONS)
    return out


def measure() -> dict[str, float]:
    """The gate's figures: all articles, and those of the events that nothing was tuned on."""
    judged = list(judge())
    untuned = figures([one for one in judged if one.event not in TUNED])
    return figures(judged) | {f"untuned {name}": untuned[name] for name in (*QUESTIONS, "mean")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", choices=(*QUESTIONS, "all"))
    parser.add_argument("--passes", choices=(*QUESTIONS, "all"))
    parser.add_argument("--half", choices=("tuned", "untuned"))
    options = parser.parse_args()
    judged = list(judge())
    for one in judged:
        shown = options.passes if one.strict else options.misses
        side = "tuned" if one.event in TUNED else "untuned"
        if one.asked and shown in (one.question, "all") and options.half in (None, side):
            print(f"{one.number} {one.question}: {one.ours.text if one.ours else None!r} | {one.phrases}")
    for name, half in (("all", judged), ("tuned", [j for j in judged if j.event in TUNED]),
                       ("untuned", [j for j in judged if j.event not in TUNED])):  # fmt: skip
        print(name, {figure: round(value, 3) for figure, value in figures(half).items()})


if __name__ == "__main__":
    main()

"""The judgement of one claim: what is compared, and how a judge's words become spans.

A judgement is a plain dict as it stands in ``judgements/``: the claim's number ``n``; where its article is (``file``,
``line`` and ``id`` of the scale set, counted from 0); and in ``parts``, for each part, the values that a person called
``right`` and ``wrong``, and ``open`` the one that waits for a verdict. Values are spans, numbers and words of our own
vocabulary, never of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rashomon.model.article import Article
from rashomon.model.ids import content_id
from rashomon.model.marks import Claim

PARTS = ("predicate", "roles", "place", "time", "polarity", "status", "attribution", "readable")
# How far the ends of two spans of one participant may be apart: a possessive "'s" or an apostrophe.
POSSESSIVE = 2
# Characters of the article shown before a claim, and half as many behind it.
CONTEXT = 450
# Stands in a judge's file for what would be right where he does not say it.
UNKNOWN = "?"
Judgement = dict[str, Any]
Value = Any
Place = tuple[int, int]


def values(claim: Claim) -> dict[str, Value]:
    """What a claim says, part by part, as spans, numbers and words of our own vocabulary."""
    at = claim.predicate_span
    whose = claim.attributed_to
    return {
        "predicate": [at.start, at.end, _digest(claim.predicate)],
        "roles": {
            "who": [[s.start, s.end] for s in claim.who],
            "whom": [[s.start, s.end] for s in claim.whom],
        },
        "place": [[s.start, s.end] for s in claim.where],
        "time": claim.when,
        "polarity": claim.polarity,
        "status": claim.status,
        "attribution": {"whose": [whose.start, whose.end] if whose else None, "quoted": claim.quoted},
        "readable": [claim.span.start, claim.span.end],
    }


def _digest(predicate: str) -> str:
    return content_id("p", predicate)[:10]


def same(part: str, one: Value, other: Value) -> bool:
    """Whether two values of one part say the same."""
    if part == "roles":
        return all(_same_spans(one[side], other[side]) for side in ("who", "whom"))
    if part == "place":
        return _same_spans(one, other)
    if part == "attribution":
        both = [[v["whose"]] if v["whose"] else [] for v in (one, other)]
        return bool(one["quoted"] == other["quoted"] and _same_spans(*both))
    return bool(one == other)


def _same_spans(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    ends = [sorted(end for _, end in spans) for spans in (one, other)]
    return len(one) == len(other) and all(abs(a - b) <= POSSESSIVE for a, b in zip(*ends, strict=True))


def verdict(part: str, value: Value, judged: dict[str, list[Value]]) -> bool | None:
    """True or False as a person called this value, None where nobody has."""
    if any(same(part, value, right) for right in judged.get("right", ())):
        return True
    if any(same(part, value, wrong) for wrong in judged.get("wrong", ())):
        return False
    return None


def listed(judgement: Judgement, part: str) -> Iterator[Value]:
    """Every value that a judgement holds for one part, open ones first."""
    for key in ("open", "right", "wrong"):
        yield from judgement["parts"][part].get(key, ())


def reopen(judgement: Judgement, claim: Claim | None) -> None:
    """Open the parts whose present value nobody has judged, and close the others."""
    for part in PARTS:
        judgement["parts"][part].pop("open", None)
    for part, value in values(claim).items() if claim else ():
        if verdict(part, value, judgement["parts"][part]) is None:
            judgement["parts"][part]["open"] = [value]


def enter(judgements: Iterable[Judgement], verdicts: Iterable[str], texts: dict[Place, str]) -> None:
    """Take over the verdicts of a judge's file for the open parts.

    Raises:
        ValueError: a line is none of the forms that ``judged.py`` shows, or its words are not in the text.
    """
    by_number = {judgement["n"]: judgement for judgement in judgements}
    named: dict[int, dict[str, list[str]]] = {}
    for line in verdicts:
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(\d+)(?: (none)| (\w+) -(?: (.*))?)?", line.strip())
        if match is None or int(match[1]) not in by_number or (match[3] and match[3] not in PARTS):
            raise ValueError(f"no verdict: {line!r}")
        parts = named.setdefault(int(match[1]), {})
        if match[2]:
            parts.update({part: [UNKNOWN] for part in PARTS})
        elif match[3]:
            parts.setdefault(match[3], []).append(match[4] or "")
    for number, called in named.items():
        judgement = by_number[number]
        try:
            _enter(judgement, called, texts[judgement["file"], judgement["line"]])
        except ValueError as error:
            raise ValueError(f"claim {number}: {error}") from error


def _enter(judgement: Judgement, called: dict[str, list[str]], text: str) -> None:
    """The parts in ``called`` are wrong unless they are one of the right values given there; all others are right."""
    near = next(listed(judgement, "readable"))
    for part, judged in judgement["parts"].items():
        opened = judged.pop("open", [])
        words = called.get(part)
        if words is None:
            _add(part, judged, "right", opened)
            continue
        _add(part, judged, "right", [value_of(part, each, text, near) for each in words if each != UNKNOWN])
        _add(part, judged, "wrong", [value for value in opened if verdict(part, value, judged) is None])


def _add(part: str, judged: dict[str, list[Value]], key: str, more: Iterable[Value]) -> None:
    for value in more:
        if not any(same(part, value, known) for known in judged.get(key, ())):
            judged.setdefault(key, []).append(value)


def value_of(part: str, words: str, text: str, near: Sequence[int]) -> Value:
    """The value that a judge means by ``words``, which he takes from ``text``."""
    if part in {"polarity", "status"}:
        return words
    if part == "time":
        return words or None
    if part == "predicate":
        where, form = words.split("=")
        return [*locate(where, text, near), _digest(form)]
    if part == "readable":
        first, last = words.split(" … ")
        return [locate(first, text, near)[0], locate(last, text, near)[1]]
    if part == "place":
        return _located(words, text, near)
    if part == "roles":
        match = re.fullmatch(r"who=(.*?) ?whom=(.*)", words)
        if match is None:
            raise ValueError(f"roles are who=… whom=…, got {words!r}")
        return {"who": _located(match[1], text, near), "whom": _located(match[2], text, near)}
    match = re.fullmatch(r"whose=(.*?) ?quoted=(yes|no)", words)
    if match is None:
        raise ValueError(f"attribution is whose=… quoted=yes or no, got {words!r}")
    return {"whose": locate(match[1], text, near) if match[1] else None, "quoted": match[2] == "yes"}


def _located(words: str, text: str, near: Sequence[int]) -> list[list[int]]:
    return sorted(locate(each, text, near) for each in words.split("|") if each)


def locate(words: str, text: str, near: Sequence[int]) -> list[int]:
    """Where ``words`` stand nearest to ``near``, inside it first come; "words#2" is the second of these."""
    words, _, rank = words.partition("#")
    # "his" is not the "his" of "history", but "'s" may follow a letter.
    starts = [m.start() for m in re.finditer(rf"(?!\B\w){re.escape(words)}(?<!\w\B)", text)]
    starts.sort(key=lambda s: (max(near[0] - s, s + len(words) - near[1], 0), s))
    place = int(rank or 1) - 1
    if not words or place >= len(starts):
        raise ValueError(f"not in the text: {words!r}")
    return [starts[place], starts[place] + len(words)]


def show(judgement: Judgement, article: Article, claim: Claim | None) -> str:
    """One claim to judge from, with the words around it."""
    text = article.text
    head = f"[{judgement['n']}] {article.outlet}, {article.day}: {article.title}"
    if claim is None:
        return f"{head}\n  no longer found\n"
    start, end = claim.span.start, claim.span.end

    def cut(spans: Iterable[Any]) -> str:
        return " | ".join(text[s.start : s.end] for s in spans)

    shown = {
        "predicate": f"{claim.predicate} ({text[claim.predicate_span.start : claim.predicate_span.end]})",
        "roles": f"who={cut(claim.who)} whom={cut(claim.whom)}",
        "place": cut(claim.where),
        "time": f"{claim.when} ({cut([claim.when_span]) if claim.when_span else ''})",
        "polarity": claim.polarity,
        "status": claim.status,
        "attribution": f"whose={cut([claim.attributed_to]) if claim.attributed_to else ''} quoted={claim.quoted}",
    }
    lines = [head, f"{text[max(0, start - CONTEXT) : start]}[[{text[start:end]}]]{text[end : end + CONTEXT // 2]}"]
    marks = {True: "right", False: "WRONG", None: "open"}
    called = {p: marks[verdict(p, v, judgement["parts"][p])] for p, v in values(claim).items()}
    lines += [f"  {part:<12}{called[part]:<7}{words}" for part, words in shown.items()]
    return "\n".join([*lines, f"  {'readable':<12}{called['readable']}", ""])

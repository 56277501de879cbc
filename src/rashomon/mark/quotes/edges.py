"""Where reported speech ends: the parser hangs on the content what the writer says, and leaves out what goes on.

"He denied that he had known, throwing the talks into doubt": each constituent at the content's right edge may be left
off, and the rest of the sentence may belong to it. A logistic regression over the words at the place decides
(``data/edges.tsv``, trained by scripts/train_reports.py).
"""

from collections.abc import Iterator

from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import weights, word_list

_STOPS = frozenset([",", "—", "–", "-", "--", ";", ":", "(", "...", "…"])
_STEPS = (1, 2, 3, 5, 8, 12, 20, 35)
_SIZES = [next(step for step in _STEPS if count <= step) for count in range(_STEPS[-1] + 1)]
# Constituents of which one may be left off; people's sentences have fewer.
_MOST = 24


def size(count: int) -> int:
    """The first step of a coarse scale that is not below ``count``."""
    return _SIZES[count] if count < len(_SIZES) else 99


def ends(tree: SpeechTree, head: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Other ends for content ``[first, last)`` behind its cue, each with the constituent that goes or is added."""
    found = 0
    edge = last - 1
    for place in range(first + 1, last):
        if tree.high[place] >= edge and tree.low[place] > first and tree.head[place] < place:
            end = tree.low[place]
            while end > first and (tree.text[end - 1] in _STOPS or tree.dep[end - 1] == "cc"):
                end -= 1
            if end > first:
                yield end, place
                found += 1
                if found == _MOST:
                    break
    for stop in dict.fromkeys((tree.high[head] + 1, tree.stop[head])):
        end = stop
        while end > last and (tree.pos[end - 1] in ("PUNCT", "SPACE") or tree.text[end - 1].isspace()):
            end -= 1
        if end > last + 1:
            yield end, last


def traits(tree: SpeechTree, head: int, frame: str, first: int, last: int, end: int, place: int) -> list[str]:
    """What the choice of ``end`` in place of ``last`` rests on, as names of weights."""
    key = f"{tree.pos[head]} {tree.lemma[head].lower()}"
    speech = "says" if tree.lemma[head] in word_list("speech_verbs") else "not"
    if end > last:
        start = last
        while start < end - 1 and tree.text[start] in _STOPS:
            start += 1
        stop = "end" if tree.stop[head] - end < 2 else "inner"
        names = [
            f"+{stop} {tree.text[last] if tree.text[last] in _STOPS else '-'}",
            f"+{stop} {tree.lower[start]}",
            f"+{stop} {tree.lower[start]} {tree.lower[min(start + 1, end - 1)]}",
            f"+{stop} {tree.dep[start]} {tree.pos[start]}",
            f"+{stop} {frame}",
            f"+{stop} {speech}",
            f"+{stop} by {size(end - last)}",
            f"+{key}",
        ]
        own = any(tree.dep[i] in ("nsubj", "nsubjpass") for i in range(last, end))
        names.append(f"+{stop} subject {own}")
        return names
    low = tree.low[place]
    mark = tree.text[low - 1] if tree.text[low - 1] in _STOPS else "cc" if tree.dep[low - 1] == "cc" else "-"
    dep, word = tree.dep[place], tree.lower[low]
    up = tree.head[place]
    return [
        f"-{dep} {mark} {frame}",
        f"-{dep} {mark} {speech}",
        f"-{word} {dep} {mark}",
        f"-{tree.tag[place]} {dep} {mark}",
        f"-under {tree.dep[up]} {dep} {mark}",
        f"-kept {size(end - first)} {frame}",
        f"-gone {size(last - end)} {dep} {mark}",
        f"-{key}",
        f"-{tree.dep[up]} {tree.pos[up]} {word}",
    ]


def mended(tree: SpeechTree, head: int, frame: str, first: int, last: int) -> int:
    """The end that the content ``[first, last)`` of ``head`` most likely has."""
    known = weights("edges")
    best, chosen = 0.0, last
    for end, place in ends(tree, head, first, last):
        names = traits(tree, head, frame, first, last, end, place)
        score = known["bias"] + sum([known[name] for name in names if name in known])
        if score > best:
            best, chosen = score, end
    return chosen

"""Direct speech: which pairs of quotation marks hold what somebody said, and who said it.

A pair is speech when a cue stands beside it, or when it is whole sentences that go on with speech already begun. All
else in marks (titles, names, words held at arm's length) is left to the indirect rules, which may find it inside
reported speech.
"""

import re
from collections.abc import Sequence
from typing import Literal

from rashomon.mark.quotes.beside import (
    ENOUGH,
    SPEECH_END,
    Cue,
    bare,
    begins_sentence,
    cue_after,
    cue_before,
    ends_open,
    ends_sentence,
    introduced,
    presented_by,
    question_put,
)
from rashomon.mark.quotes.draft import Draft
from rashomon.mark.quotes.marks import Quoted
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.model.spans import Span

_BRIDGES = frozenset(["VERB", "ADV", "PRON", "PROPN", "NOUN", "CCONJ", "SCONJ"])
_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
_CLOSING = frozenset(["''", "”", '"', "’", "'", "»"])
_TRANSCRIPT = re.compile(r"[A-Z]{3,}\b[^.!?a-z]{0,40}:")


def find_direct(
    text: str, tree: SpeechTree, pairs: Sequence[Quoted], ranges: Sequence[tuple[int, int]], article_id: str
) -> list[Draft]:
    """Direct quotations, in order; a quotation that its cue interrupts is one, with several pieces of content."""
    tops = [pair for pair in pairs if pair.depth == 0]
    found: list[Draft] = []
    last: Draft | None = None
    for place, pair in enumerate(tops):
        begin, stop = ranges[pair.paragraph]
        previous = tops[place - 1] if place and tops[place - 1].paragraph == pair.paragraph else None
        following = tops[place + 1] if place + 1 < len(tops) and tops[place + 1].paragraph == pair.paragraph else None
        content = trimmed(text, pair.inner_start, pair.inner_end)
        if last and last.runs_on and last.paragraph + 1 == pair.paragraph and pair.start == begin:
            # The mark is repeated where speech goes on in another paragraph.
            _extend(last, content, pair)
            if last.speaker is None:
                _attach(last, cue_after(text, tree, pair, following.start if following else stop), tree, article_id)
            continue
        put = question_put(text, tree, pair, previous.end if previous else begin)
        if put is not None:
            last = _begin(found, content, pair)
            _attach(last, put, tree, article_id)
            continue
        after = cue_after(text, tree, pair, following.start if following else stop)
        before = None
        if not (after and ends_open(text, pair)):
            before = cue_before(text, tree, pair, previous.end if previous else begin)
        own = after is not None or (before is not None and last is not None and before.last != last.verb)
        if last and not own and _ends_whole(text, pair) and _continues(tree, last, pair):
            _extend(last, content, pair)
            continue
        cue = after or before
        alone = _stands_alone(pair, begin, stop)
        beside = last is not None and last.paragraph + 1 == pair.paragraph and pair.start == begin
        if cue:
            if _inside_a_clause(text, tree, pair, cue, previous.end if previous else begin):
                around = _clause_around(tree, pair, cue, previous.end if previous else begin)
                last = _begin(found, around, pair, "mixed")
                _attach(last, cue, tree, article_id)
                continue
            if last and beside and last.verb is None and last.speaker is None and cue.first >= tree.at(pair.end):
                # "X." / "Y," she said: the cue of the second paragraph covers the first.
                _extend(last, content, pair)
                _attach(last, cue, tree, article_id)
                continue
            last = _begin(found, content, pair)
            _attach(last, cue, tree, article_id)
        elif not _is_speech(text, tree, pair):
            continue
        elif (presented := presented_by(text, tree, pair)) is not None:
            last = _begin(found, content, pair)
            last.speaker, last.speaker_token = tree.name_span(presented, article_id), presented
        elif last and beside and alone and _ends_paragraph(last, ranges):
            _extend(last, content, pair)
        elif last and (beside or last.paragraph == pair.paragraph):
            speaker, token = last.speaker, last.speaker_token
            last = _begin(found, content, pair)
            last.speaker, last.speaker_token = speaker, token
        else:
            cue = introduced(tree, pair, begin)
            if cue or alone:
                last = _begin(found, content, pair)
                _attach(last, cue, tree, article_id)
    return found


def _begin(
    found: list[Draft], content: tuple[int, int], pair: Quoted, kind: Literal["direct", "mixed"] = "direct"
) -> Draft:
    draft = Draft([content], kind, paragraph=pair.paragraph, runs_on=pair.runs_on, closed_at=pair.end)
    found.append(draft)
    return draft


def _extend(draft: Draft, content: tuple[int, int], pair: Quoted) -> None:
    draft.content.append(content)
    draft.runs_on, draft.closed_at, draft.paragraph = pair.runs_on, pair.end, pair.paragraph


def _ends_paragraph(draft: Draft, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but its cue stands between the quotation and the end of its paragraph."""
    stop = ranges[draft.paragraph][1]
    return stop - draft.closed_at < 3 or (draft.cue is not None and draft.closed_at <= draft.cue.start)


def _inside_a_clause(text: str, tree: SpeechTree, pair: Quoted, cue: Cue, low: int) -> bool:
    """Whether the marks hold only a part of what the cue reports: ``the aim is "a deal," he said``."""
    first, stop = tree.at(low), tree.before(pair.start)
    if cue.first < stop:
        # A clause has begun between the cue before the marks and the marks.
        inner = bare(text, pair)
        between = range(cue.last + 1, stop)
        begun = any(tree.dep[i] in ("nsubj", "nsubjpass") for i in between)
        inside = tree.at(pair.inner_start)
        goes_on = tree.tag[inside] in ("MD", "VBZ", "VBD", "VBP") and any(tree.pos[i] in _NOUNS for i in between)
        return inner[0].islower() and (begun or goes_on)
    while stop > first and tree.text[stop - 1].isspace():
        stop -= 1
    if stop <= first or low == pair.start:
        return False
    return tree.text[stop - 1][-1].isalnum() or tree.text[stop - 1] in ("'s", "’s")


def _clause_around(tree: SpeechTree, pair: Quoted, cue: Cue, low: int) -> tuple[int, int]:
    """The clause that ends with the marks: from the cue on, or from the start of the sentence before a later cue."""
    first, stop = tree.at(low), tree.before(pair.start)
    for place in range(stop - 1, first - 1, -1):
        if place == cue.last or ends_sentence(tree, place) or tree.text[place].startswith("\n"):
            first = place + 1
            break
    while first < stop and (not tree.text[first][0].isalnum()):
        first += 1
    return (tree.start[first] if first < stop else pair.start), pair.end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends; it holds more than that."""
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _attach(draft: Draft, cue: Cue | None, tree: SpeechTree, article_id: str) -> None:
    if cue is None:
        return
    draft.verb = cue.last
    draft.cue = Span(article_id, tree.start[cue.first], tree.end[cue.last])
    draft.speaker_token = cue.speaker
    if cue.speaker is not None:
        draft.speaker = tree.name_span(cue.speaker, article_id)


def _ends_whole(text: str, pair: Quoted) -> bool:
    """Whether a sentence, or a piece before its cue, ends with the closing mark."""
    return bare(text, pair)[-1] in SPEECH_END or text[pair.end : pair.end + 1] in (".", ",")


def _continues(tree: SpeechTree, last: Draft, pair: Quoted) -> bool:
    """Whether only the cue of the last quotation (with a title in marks, perhaps) stands before this one."""
    cue = last.cue
    if last.paragraph != pair.paragraph or last.verb is None or cue is None:
        return False
    if not last.closed_at <= cue.start < pair.start:
        return False
    first, stop = tree.at(last.closed_at), tree.before(pair.start)
    while stop > first and tree.text[stop - 1] in _CLOSING:
        stop -= 1
    stops = sum(1 for place in range(first, stop) if ends_sentence(tree, place))
    if stops > 1 or stop - first > 70:
        return False
    tail = tree.text[stop - 1] if stop > first else ""
    if stops == 1 and tail not in (".", "!", "?"):
        return False
    return stops == 1 or tail in (",", "—", ":", "-", "–", ";", "") or tree.pos[stop - 1] in _BRIDGES


def _is_speech(text: str, tree: SpeechTree, pair: Quoted) -> bool:
    inner = bare(text, pair)
    if not (inner[0].isupper() or inner[0] in "[…'‘“0123456789$") or len(inner.split()) < ENOUGH:
        return False
    if (inner[-1] not in ".!?…—" and not pair.runs_on) or _TRANSCRIPT.match(inner):
        return False
    return begins_sentence(text, tree, pair)


def _stands_alone(pair: Quoted, begin: int, stop: int) -> bool:
    return pair.start == begin and pair.end >= stop - 1

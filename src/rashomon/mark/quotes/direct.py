"""Direct speech: which pairs of quotation marks hold what somebody said, and who said it.

A pair is speech when a cue stands beside it, or when it is whole sentences that go on with speech already begun. All
else in marks (titles, names, words held at arm's length) is left to the indirect rules, which may find it inside
reported speech.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rashomon.mark.quotes.draft import Draft
from rashomon.mark.quotes.marks import Quoted
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list
from rashomon.model.spans import Span

_BRIDGES = frozenset(["VERB", "ADV", "PRON", "PROPN", "NOUN", "CCONJ", "SCONJ"])
_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
# Labels of nouns that are followed by the rest of their name.
_RUNS_ON = frozenset(["compound", "nmod", "appos", "nsubj"])
_STOPS = frozenset([".", "!", "?", "…", "..."])
_OPEN_END = frozenset(",?!—–-…")
_CLOSING = frozenset(["''", "”", '"', "’", "'", "»"])
_SPEECH_END = frozenset(",.?!…—–")
_PAST = frozenset(["said", "added", "asked", "wrote", "says", "tweeted", "noted", "replied", "explained", "adds"])
_TRANSCRIPT = re.compile(r"[A-Z]{3,}\b[^.!?a-z]{0,40}:")
# A dash and a name, and no more, sign a quotation.
_SIGNED = re.compile(
    r"[\s\xa0]*[―—–-]{1,2}[\s\xa0]*((?:[A-Z][\w.'’-]*\w\.?)(?:[^\S\n](?:[A-Z][\w.'’-]*|de|van|von|al|bin|[A-Z]\.)){1,4})(?=\.?\s*(?:$|\n|[“\"”]))"
)
# Shortest run of words that counts as speech without a cue of its own.
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue beside a quotation: the verb's (or phrase's) first and last token, and the head of the speaker's name."""

    first: int
    last: int
    speaker: int | None


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
        content = _trimmed(text, pair)
        if last and last.runs_on and last.paragraph + 1 == pair.paragraph and pair.start == begin:
            # The mark is repeated where speech goes on in another paragraph.
            _extend(last, content, pair)
            if last.speaker is None:
                _attach(last, _cue_after(text, tree, pair, following.start if following else stop), tree, article_id)
            continue
        after = _cue_after(text, tree, pair, following.start if following else stop)
        before = None
        if not (after and _ends_open(text, pair)):
            before = _cue_before(text, tree, pair, previous.end if previous else begin)
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
                _attach(_begin(found, around, pair, "mixed"), cue, tree, article_id)
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
        elif last and beside and alone and _ends_paragraph(last, ranges):
            _extend(last, content, pair)
        elif last and (beside or last.paragraph == pair.paragraph):
            speaker, token = last.speaker, last.speaker_token
            last = _begin(found, content, pair)
            last.speaker, last.speaker_token = speaker, token
        else:
            cue = _introduced(tree, pair, begin)
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
        inner = _bare(text, pair)
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
        if place == cue.last or _stops(tree, place) or tree.text[place].startswith("\n"):
            first = place + 1
            break
    while first < stop and (not tree.text[first][0].isalnum()):
        first += 1
    return (tree.start[first] if first < stop else pair.start), pair.end


def _stops(tree: SpeechTree, place: int) -> bool:
    """Whether a sentence ends here; the stop of "R-Wyo.," does not end one."""
    if tree.text[place] not in _STOPS:
        return False
    behind = tree.text[place + 1] if place + 1 < len(tree.text) else ""
    return not (behind[:1].islower() or behind in (",", ";", ")"))


def _bare(text: str, pair: Quoted) -> str:
    """The words in the marks, without the marks of a quotation that they end with."""
    inner = text[pair.inner_start : pair.inner_end].strip()
    return inner.rstrip("'\"’”» \xa0") or inner


def _trimmed(text: str, pair: Quoted) -> tuple[int, int]:
    start, end = pair.inner_start, pair.inner_end
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


def _ends_open(text: str, pair: Quoted) -> bool:
    """Whether the sentence goes on behind the closing mark, as it does before a trailing cue."""
    inner = _bare(text, pair)
    return inner[-1] in _OPEN_END or text[pair.end : pair.end + 1] in (",", "—", "-", "–") or inner.endswith(".,")


def _cue_after(text: str, tree: SpeechTree, pair: Quoted, high: int) -> Cue | None:
    inner = _bare(text, pair)
    if pair.runs_on or not (_ends_open(text, pair) or inner[-1] in _SPEECH_END):
        return None
    first, stop = tree.at(pair.end), tree.before(high)
    while first < stop and tree.text[first] in (",", "—", "–", "-", "--", "”", '"'):
        first += 1
    if first >= stop or (not _ends_open(text, pair) and tree.text[first][:1].isupper() and not _inverted(tree, first)):
        # A capital behind a full stop begins another sentence.
        closed = inner[-1] in ".!?"
        if closed and not _bare_cue(tree, first, stop):
            return None
    signed = _SIGNED.match(text, pair.end, high)
    if signed:
        dash = tree.at(signed.start(1) - 1)
        return Cue(dash, dash, tree.before(signed.end(1)) - 1)
    end = first
    while end < stop and not _stops(tree, end) and not tree.text[end].startswith("\n"):
        end += 1
    if first < stop and tree.text[first] in _PAST and tree.tag[first] != "IN":
        named = _next_noun(tree, first + 1, end)
        if named is not None and tree.dep[first] in ("amod", "compound", "nmod", "dep", "ROOT"):
            return Cue(first, first, named)
    return _cue_in(tree, first, end, near_start=True)


def _inverted(tree: SpeechTree, first: int) -> bool:
    return tree.lemma[first] in word_list("speech_verbs")


def _bare_cue(tree: SpeechTree, first: int, stop: int) -> bool:
    """``"X." Smith said.``: nothing but a name and a verb of speech."""
    end = first
    while end < stop and not _stops(tree, end):
        end += 1
    words = range(first, end)
    return (
        bool(words)
        and len(words) <= 4
        and any(tree.lemma[w] in word_list("speech_verbs") and tree.pos[w] == "VERB" for w in words)
    )


def _cue_before(text: str, tree: SpeechTree, pair: Quoted, low: int) -> Cue | None:
    stop = tree.before(pair.start)
    first = tree.at(low)
    if stop <= first:
        return None
    for place in range(stop - 1, first - 1, -1):
        if _stops(tree, place) or tree.text[place].startswith("\n"):
            first = place + 1
            break
    while first < stop and (tree.text[first] in (",", "”", '"', "—", "–", "-", ";") or tree.text[first].isspace()):
        first += 1
    if stop <= first:
        return None
    last = tree.text[stop - 1]
    inner = _bare(text, pair)
    whole = inner[0].isupper() or inner[0] in "[…'‘" or inner[-1] in ".!?…"
    verb_last = tree.lemma[stop - 1] in word_list("speech_verbs") and tree.pos[stop - 1] in ("VERB", "NOUN")
    if pair.single and len(inner.split()) < _ENOUGH:
        return None
    if (
        last == ":"
        or (last in (",", "—", "–", "--") and whole)
        or (verb_last and inner[0].isupper() and inner[-1] in ",.!?…" and not pair.single)
    ):
        return _cue_in(tree, first, stop, near_start=False)
    return None


def _cue_in(tree: SpeechTree, first: int, stop: int, *, near_start: bool) -> Cue | None:
    """The cue among these tokens: the first with a subject behind a quotation, the last before one."""
    speech = word_list("speech_verbs")
    order = range(first, stop) if near_start else range(stop - 1, first - 1, -1)
    fallback: Cue | None = None
    for place in order:
        word = tree.text[place].lower()
        if word == "according" and place + 1 < stop and tree.text[place + 1] == "to":
            named = tree.child(place + 1, "pobj") or _next_noun(tree, place + 2, stop)
            if named is not None:
                return fallback or Cue(place, place + 1, named)
        if tree.pos[place] not in ("VERB", "AUX") or not tree.tag[place].startswith("VB"):
            continue
        listed = tree.lemma[place] in speech
        if not listed and (fallback or tree.pos[place] == "AUX"):
            continue
        if tree.dep[place] in ("relcl", "amod"):
            continue
        speaker = _speaker_of(tree, place, first, stop)
        if speaker is None:
            continue
        if listed:
            return Cue(place, place, speaker)
        if near_start and place - first <= 4:
            fallback = Cue(place, place, speaker)
    return fallback


def _speaker_of(tree: SpeechTree, verb: int, first: int, stop: int) -> int | None:
    subject = tree.subject(verb)
    if subject is not None and first <= subject < stop:
        return subject
    # Quotation marks confuse parsers: fall back on the nearest noun on either side of the verb.
    if verb == first or (verb == first + 1 and tree.pos[first] == "ADV"):
        return _next_noun(tree, verb + 1, stop)
    if subject is not None and tree.sentence[subject] == tree.sentence[verb] and tree.tag[verb] == "VBG":
        return subject
    for place in range(verb - 1, first - 1, -1):
        if tree.pos[place] in ("NOUN", "PROPN", "PRON") and tree.dep[place] not in (
            "pobj",
            "dobj",
            "poss",
            "compound",
            "npadvmod",
        ):
            return place
    return None


def _next_noun(tree: SpeechTree, first: int, stop: int) -> int | None:
    noun = None
    for place in range(first, stop):
        if noun is not None and (tree.pos[place] not in ("NOUN", "PROPN") or tree.dep[noun] not in _RUNS_ON):
            return noun
        if _stops(tree, place):
            return None
        if tree.pos[place] in ("NOUN", "PROPN", "PRON"):
            noun = place
    return noun


def _ends_whole(text: str, pair: Quoted) -> bool:
    """Whether a sentence, or a piece before its cue, ends with the closing mark."""
    return _bare(text, pair)[-1] in _SPEECH_END or text[pair.end : pair.end + 1] in (".", ",")


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
    stops = sum(1 for place in range(first, stop) if _stops(tree, place))
    if stops > 1 or stop - first > 70:
        return False
    tail = tree.text[stop - 1] if stop > first else ""
    if stops == 1 and tail not in (".", "!", "?"):
        return False
    return stops == 1 or tail in (",", "—", ":", "-", "–", ";", "") or tree.pos[stop - 1] in _BRIDGES


def _is_speech(text: str, tree: SpeechTree, pair: Quoted) -> bool:
    inner = _bare(text, pair)
    if not (inner[0].isupper() or inner[0] in "[…'‘“0123456789$") or len(inner.split()) < _ENOUGH:
        return False
    if (inner[-1] not in ".!?…—" and not pair.runs_on) or _TRANSCRIPT.match(inner):
        return False
    # Speech begins a sentence: before it stands nothing, or the end of one.
    before = text[: pair.start].rstrip()[-1:]
    return (
        before in '.!?…”"’:'
        or before == ""
        or tree.at(pair.start) == 0
        or "\n" in text[max(0, pair.start - 2) : pair.start]
    )


def _stands_alone(pair: Quoted, begin: int, stop: int) -> bool:
    return pair.start == begin and pair.end >= stop - 1


def _introduced(tree: SpeechTree, pair: Quoted, begin: int) -> Cue | None:
    """A cue at the end of the paragraph before: ``She added:``."""
    if pair.start != begin:
        return None
    stop = tree.before(pair.start)
    while stop > 0 and tree.text[stop - 1].isspace():
        stop -= 1
    if stop == 0 or tree.text[stop - 1] != ":":
        return None
    return _cue_in(tree, tree.sentence[stop - 1], stop, near_start=False)

"""All of an article's quotations: direct speech first, then what is reported without marks, then the chains."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rashomon.mark.language import paragraphs
from rashomon.mark.quotes.chains import link_chains
from rashomon.mark.quotes.direct import find_direct, trimmed
from rashomon.mark.quotes.draft import Draft, Row
from rashomon.mark.quotes.edges import mended
from rashomon.mark.quotes.indirect import Found, options, widen
from rashomon.mark.quotes.marks import Quoted, pair_marks
from rashomon.mark.quotes.reports import score, traits
from rashomon.mark.quotes.speakers import without_no_speakers
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import frames, word_list
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention, Quotation, QuotationKind
from rashomon.model.spans import Span

# Lowest log odds at which a candidate counts as a report: chosen by cross-validation on the training part, for the
# highest F1 of indirect quotations.
LIKELY = -0.8
# The same where a verb of speech, past or present, takes a clause: annotators pass over many a report inside another,
# which a chain of sources needs.
SAID = -2.5
# Share of a content's letters that stand in marks, from which on it is direct: what the labelled sets count as direct.
DIRECT = 0.8
# Share of the characters of two contents above which they are one, whatever their cues.
ALIKE = 0.7
# Contents on each side among which such a one is looked for; those that share most of their words begin close together.
BESIDE = 6

_CLAUSES = frozenset(["clause", "infinitive", "gerund", "predicate", "according"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])


def find_quotations(article: Article, tree: Tree, mentions: Sequence[Mention] = ()) -> tuple[Quotation, ...]:
    """Find reported speech: direct, indirect and mixed.

    An unclosed quotation mark costs one quotation, never the article.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``.
        mentions: the article's mentions; ``known`` tells which are agencies and outlets.

    Returns:
        Quotations in order of their first character; nested ones after their outer one.
    """
    ranges = paragraphs(article.text)
    known = [(m.span.start, m.span.end) for m in mentions if m.known and m.known.startswith(("agency:", "outlet:"))]
    people = [(m.span.start, m.span.end) for m in mentions if m.form == "name" and m.kind == "PERSON"]
    speech = SpeechTree(tree, people + known)
    pairs = pair_marks(article.text, ranges)
    drafts = find_direct(article.text, speech, pairs, ranges, article.id)
    drafts += _reported(speech, pairs, drafts, article.id)
    drafts = _pruned(drafts, speech)
    without_no_speakers(drafts, article.text, speech)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    tops = [pair for pair in pairs if pair.depth == 0]
    link_chains(drafts, speech, known, article)
    return tuple(_finished(draft, article.id, article.text, tops) for draft in drafts)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be reported speech, as the parser sees it, with its traits; ``marked``: it holds quotation marks."""

    found: Found
    content: list[tuple[int, int]]
    marked: bool
    traits: list[str]


class Candidates:
    """Whatever an article's cues might report that is not direct speech already."""

    def __init__(self, tree: SpeechTree, pairs: Sequence[Quoted], direct: Sequence[Draft]) -> None:
        self._tree = tree
        self._tops = [pair for pair in pairs if pair.depth == 0]
        self._starts = [pair.start for pair in self._tops]
        self._verbs = {draft.verb for draft in direct}
        self._said_in = {tree.sentence[draft.verb] for draft in direct if draft.verb is not None}
        self._direct = sorted(direct, key=lambda draft: draft.start)
        self._spoken = [draft.start for draft in self._direct]
        self._lead = next((at for at, word in enumerate(tree.text) if word.startswith("\n")), 0)

    def __iter__(self) -> Iterator[Candidate]:
        """Cue by cue; several of one cue may share words."""
        tree = self._tree
        for one in options(tree):
            if one.cue in self._verbs or one.cue_end in self._verbs:
                continue
            if one.frame == "according" and tree.sentence[one.cue] in self._said_in:
                continue
            content = self.content(one)
            if content is None:
                continue
            marked, quoted = self._marked(content), self._holder(tree.start[one.cue]) is not None
            names = traits(tree, one, marked=marked, quoted=quoted, headline=one.cue < self._lead)
            yield Candidate(one, content, marked, names)

    def mended(self, candidate: Candidate) -> Candidate | None:
        """The candidate with its end where speech ends; None where nothing is left that is not direct speech."""
        one = candidate.found
        first, last = one.content[-1]
        if len(one.content) > 1 or first <= one.cue:
            return candidate
        end = mended(self._tree, one.cue, one.frame, first, last)
        if end == last:
            return candidate
        one = replace(one, content=((first, end),))
        content = self.content(one)
        return Candidate(one, content, self._marked(content), candidate.traits) if content else None

    def content(self, one: Found) -> list[tuple[int, int]] | None:
        """Its characters, cutting no pair of marks in two; None where it is direct speech, or a part of it."""
        tree = self._tree
        content = widen([(tree.start[a], tree.end[b - 1]) for a, b in one.content], self._tops, self._starts)
        begin, end = content[0][0], content[-1][1]
        around = self._holder(begin)
        if around and len(content) == 1 and around.inner_start < begin and end <= around.end:
            return None
        holder = self._holder(tree.start[one.cue])
        if holder and not (holder.start <= begin and end <= holder.end):
            # A cue inside the marks reports nothing outside them.
            return None
        place = bisect_right(self._spoken, end)
        return None if any(_same(draft, content) for draft in self._direct[max(0, place - BESIDE) : place]) else content

    def _near(self, begin: int, end: int) -> Sequence[Quoted]:
        return self._tops[max(0, bisect_right(self._starts, begin) - 1) : bisect_right(self._starts, end)]

    def _marked(self, content: list[tuple[int, int]]) -> bool:
        begin, end = content[0][0], content[-1][1]
        return any(pair.start < end and begin < pair.end for pair in self._near(begin, end))

    def _holder(self, at: int) -> Quoted | None:
        place = bisect_right(self._starts, at) - 1
        return self._tops[place] if place >= 0 and at < self._tops[place].end else None


def _reported(tree: SpeechTree, pairs: Sequence[Quoted], direct: Sequence[Draft], name: str) -> list[Draft]:
    """The candidates that are likelier reports than not, of each cue the likeliest."""
    possible = Candidates(tree, pairs, direct)
    scored = [(score(each.traits), each) for each in possible]
    scored = [(odds, each) for odds, each in scored if odds >= (SAID if _is_said(tree, each.found) else LIKELY)]
    taken: dict[int, list[Draft]] = {}
    spans: list[tuple[int, int]] = []
    for _, likely in sorted(scored, key=lambda pair: -pair[0]):
        each = possible.mended(likely)
        if each is None or not _tells(tree, each.found):
            continue
        one, begin, end = each.found, each.content[0][0], each.content[-1][1]
        rivals = taken.setdefault(one.cue, [])
        if any(rival.start < end and begin < rival.end for rival in rivals):
            continue
        place = bisect_right(spans, (begin, end))
        if any(_alike(other, (begin, end)) for other in spans[max(0, place - BESIDE) : place + BESIDE]):
            continue
        spans.insert(place, (begin, end))
        rivals.append(
            Draft(
                each.content,
                "mixed" if each.marked else "indirect",
                cue=Span(name, tree.start[one.cue], tree.end[one.cue_end]),
                verb=one.cue,
                speaker=tree.name_span(one.speaker, name) if one.speaker is not None else None,
                speaker_token=one.speaker,
                voiced=_is_voiced(tree, one),
            )
        )
    return [draft for rivals in taken.values() for draft in rivals]


def _is_said(tree: SpeechTree, one: Found) -> bool:
    """Whether someone is told to say, said or to have said a clause: a report even where annotators pass it over."""
    if one.frame == "according":
        return True
    if one.frame != "clause" or one.speaker is None or tree.lemma[one.cue] not in word_list("speech_verbs"):
        return False
    return tree.tag[one.cue] in ("VBD", "VBZ", "VBN") and tree.child(one.cue, "neg") is None


def _tells(tree: SpeechTree, one: Found) -> bool:
    """Whether it holds a clause where it must: "said at a briefing" tells nothing, "said at a briefing it would"."""
    word = tree.pos[one.cue], tree.lemma[one.cue]
    if one.frame in _CLAUSES or word[1] not in word_list("speech_verbs") or one.frame in frames().get(word, ()):
        return True
    return any(tree.tag[place] in _FINITE for first, last in one.content for place in range(first, last))


def _alike(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > ALIKE * (max(a[1], b[1]) - min(a[0], b[0]))


def _pruned(drafts: list[Draft], tree: SpeechTree) -> list[Draft]:
    """Without a later cue at a content's end, and without what somebody reported is merely said to want or think."""
    speech = word_list("speech_verbs")
    row = Row(drafts)
    trailing = Row([d for d in drafts if d.cue is not None and d.kind != "direct" and d.end <= d.cue.start])
    kept = []
    for draft in drafts:
        if draft.kind == "direct" or draft.cue is None or draft.verb is None:
            kept.append(draft)
            continue
        for outer in trailing.near(draft.start):
            around = outer is not draft and outer.start <= draft.start < outer.end < draft.end
            if around and outer.cue and outer.cue.start < draft.end:
                draft.content = [(s, min(e, outer.end)) for s, e in draft.content if s < outer.end]
        thought = tree.lemma[draft.verb] not in speech and tree.lower[draft.verb] != "according"
        if not (thought and _is_within(draft, draft.cue, row)):
            kept.append(draft)
    return kept


def _is_within(draft: Draft, cue: Span, row: Row) -> bool:
    """Whether the cue and what it reports stand in another report."""
    return any(
        other is not draft and other.start <= cue.start and draft.end <= other.end and other.verb != draft.verb
        for other in row.near(cue.start)
    )


def _same(draft: Draft, content: Sequence[tuple[int, int]]) -> bool:
    """Whether both hold mostly the same words, or the content lies within the direct speech."""
    begin, end = content[0][0], content[-1][1]
    if draft.end <= begin or end <= draft.start:
        return False
    shared = sum(max(0, min(e, y) - max(s, x)) for s, e in draft.content for x, y in content)
    size, spoken = sum(y - x for x, y in content), sum(e - s for s, e in draft.content)
    return shared > 0.9 * size or shared > 0.7 * (size + spoken - shared)


def _finished(draft: Draft, article_id: str, text: str, tops: Sequence[Quoted]) -> Quotation:
    kind, content = draft.kind, draft.content
    if kind == "mixed":
        kind, content = _by_share(text, content, tops)
    return Quotation(
        content=tuple(Span(article_id, start, end) for start, end in content),
        kind=kind,
        cue=draft.cue,
        speaker=draft.speaker,
        chain=tuple(draft.chain),
        voiced=draft.voiced,
    )


def _by_share(
    text: str, content: list[tuple[int, int]], tops: Sequence[Quoted]
) -> tuple[QuotationKind, list[tuple[int, int]]]:
    """The kind by how much stands in marks; direct speech without them, and without the words that lead to it."""
    begin, end = content[0][0], content[-1][1]
    place = bisect_right(tops, begin, key=lambda pair: pair.start)
    held: list[tuple[int, int]] = []
    for pair in tops[max(0, place - 1) :]:
        if pair.start >= end:
            break
        held += [(max(a, pair.inner_start), min(b, pair.inner_end)) for a, b in content]
    held = [(a, b) for a, b in held if text[a:b].strip()]
    inside = sum(char.isalpha() for a, b in held for char in text[a:b])
    if inside == 0:
        return "indirect", content
    if inside < DIRECT * sum(char.isalpha() for a, b in content for char in text[a:b]):
        return "mixed", content
    return "direct", [trimmed(text, a, b) for a, b in held]


def _is_voiced(tree: SpeechTree, one: Found) -> bool:
    """Whether a cue tells that words were uttered: "said", "its statement"; not "thinks", "thanked the crew"."""
    pos, lemma = tree.pos[one.cue], tree.lemma[one.cue]
    if one.frame.startswith("object") and "object" not in frames().get((pos, lemma), ()):
        return False
    return one.frame == "according" or (lemma in word_list("speech_verbs") and lemma != "think")

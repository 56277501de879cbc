"""All of an article's quotations: direct speech first, then what is reported without marks, then the chains."""

from bisect import bisect_right
from collections.abc import Sequence

from rashomon.mark.language import paragraphs
from rashomon.mark.quotes.chains import link_chains
from rashomon.mark.quotes.direct import find_direct
from rashomon.mark.quotes.draft import Draft, Row
from rashomon.mark.quotes.indirect import find_reported, widen
from rashomon.mark.quotes.marks import Quoted, pair_marks
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention, Quotation
from rashomon.model.spans import Span


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
    drafts += _reported(article, speech, pairs, drafts)
    drafts = _pruned(drafts, speech)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    link_chains(drafts, speech, known, article)
    return tuple(_finished(draft, speech, article.id) for draft in drafts)


def _reported(article: Article, tree: SpeechTree, pairs: Sequence[Quoted], direct: Sequence[Draft]) -> list[Draft]:
    tops = [pair for pair in pairs if pair.depth == 0]
    starts = [pair.start for pair in tops]
    spoken = {draft.verb for draft in direct}
    found: list[Draft] = []
    seen: set[tuple[int, int]] = set()
    said_in = {tree.sentence[draft.verb] for draft in direct if draft.verb is not None}
    for one in find_reported(tree):
        if (
            one.cue in spoken
            or one.cue_end in spoken
            or (one.frame == "according" and tree.sentence[one.cue] in said_in)
        ):
            continue
        content = widen([(tree.start[a], tree.end[b - 1]) for a, b in one.content], tops)
        begin, end = content[0][0], content[-1][1]
        near = tops[max(0, bisect_right(starts, begin) - 1) : bisect_right(starts, end)]
        if (begin, end) in seen or any(
            pair.start <= begin and end <= pair.end and len(content) == 1 and pair.inner_start < begin for pair in near
        ):
            continue
        at = tree.start[one.cue]
        holder = tops[max(0, bisect_right(starts, at) - 1)] if tops else None
        if holder and holder.start <= at < holder.end and not (holder.start <= begin and end <= holder.end):
            # A cue inside the marks reports nothing outside them.
            continue
        if any(_same(draft, content) for draft in direct):
            continue
        seen.add((begin, end))
        marked = any(pair.start < end and begin < pair.end for pair in near)
        speaker = tree.name_span(one.speaker, article.id) if one.speaker is not None else None
        found.append(
            Draft(
                content,
                "mixed" if marked else "indirect",
                cue=Span(article.id, tree.start[one.cue], tree.end[one.cue_end]),
                verb=one.cue,
                speaker=speaker,
                speaker_token=one.speaker,
            )
        )
    return found


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
        thought = tree.lemma[draft.verb] not in speech and tree.text[draft.verb].lower() != "according"
        within = any(
            other is not draft
            and other.start <= draft.cue.start
            and draft.end <= other.end
            and other.verb != draft.verb
            for other in row.near(draft.cue.start)
        )
        if not (thought and within):
            kept.append(draft)
    return kept


def _same(draft: Draft, content: Sequence[tuple[int, int]]) -> bool:
    """Whether both hold mostly the same words, or the content lies within the direct speech."""
    begin, end = content[0][0], content[-1][1]
    if draft.end <= begin or end <= draft.start:
        return False
    shared = sum(max(0, min(e, y) - max(s, x)) for s, e in draft.content for x, y in content)
    size, spoken = sum(y - x for x, y in content), sum(e - s for s, e in draft.content)
    return shared > 0.9 * size or shared > 0.7 * (size + spoken - shared)


def _finished(draft: Draft, tree: SpeechTree, article_id: str) -> Quotation:
    return Quotation(
        content=tuple(Span(article_id, start, end) for start, end in draft.content),
        kind=draft.kind,
        cue=draft.cue,
        speaker=draft.speaker,
        chain=tuple(draft.chain),
        voiced=draft.kind == "direct" or draft.verb is None or _is_voiced(tree, draft.verb),
    )


def _is_voiced(tree: SpeechTree, cue: int) -> bool:
    """Whether a cue tells that words were uttered: "said", "according to", "its statement"; not "thinks", "wants"."""
    lemma = tree.lemma[cue]
    return (lemma in word_list("speech_verbs") and lemma != "think") or tree.text[cue].lower() == "according"

"""Through whom words reached the article: the links between a speaker and the page.

A link is an agent ("quoted by Reuters"), a medium spoken to that somebody else then reported from, a source cited, or
the medium whose report the quotation stands in.
"""

from collections.abc import Sequence

from rashomon.mark.quotes.draft import Draft, Row
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list
from rashomon.model.marks import ChainLink
from rashomon.model.spans import Span

_CITING = frozenset(["cite", "quote"])
_TALKS = frozenset(["interview", "remark", "comment", "statement", "conversation"])


class Media:
    """Tells media from others, by the gazetteer's names and by common nouns."""

    def __init__(self, tree: SpeechTree, known: Sequence[tuple[int, int]]) -> None:
        self._tree = tree
        self._known = known

    def named(self, noun: int) -> bool:
        """Whether this token is part of a known agency's or outlet's name."""
        at = self._tree.start[noun]
        return any(start <= at < end for start, end in self._known)

    def common(self, noun: int) -> bool:
        """Whether this token is a noun for a medium."""
        return self._tree.lemma[noun].lower() in word_list("media_nouns")

    def __contains__(self, noun: int) -> bool:
        return self.named(noun) or self.common(noun)


def link_chains(drafts: Sequence[Draft], tree: SpeechTree, media: Media, article_id: str, text: str) -> None:
    """Set ``chain`` of every draft, from the speaker's side outwards.

    Args:
        drafts: the article's quotations, in order of their first character.
        tree: the parse they came from.
        media: what counts as a medium.
        article_id: for the spans.
        text: the article's text.
    """
    reporters = Row([d for d in drafts if d.speaker_token is not None and d.verb is not None])
    for draft in drafts:
        if draft.verb is None:
            continue
        nouns = [*_agents(draft, tree), *_cited(draft, tree), *_according(draft, tree)]
        outer = _outer(draft, reporters, tree, media)
        addressed = _addressed(draft, tree, media)
        if addressed is not None and (outer or media.common(addressed)):
            nouns.insert(0, addressed)
        spans = [tree.name_span(noun, article_id) for noun in nouns]
        spans += [span for noun in outer if (span := _named(noun, drafts, tree, media, article_id)) is not None]
        for span in spans:
            if span != draft.speaker and all(span != link.span for link in draft.chain):
                draft.chain.append(ChainLink(span, span.cut(text)))


def _agents(draft: Draft, tree: SpeechTree) -> list[int]:
    """Who passed it on in the passive: the speaker "was quoted by" them, or is a source "cited by" them."""
    found: list[int] = []
    heads = [draft.verb] if draft.verb is not None else []
    if draft.speaker_token is not None:
        heads += [c for c in tree.children[draft.speaker_token] if tree.dep[c] == "acl"]
    for head in heads:
        up = head
        for _ in range(3):
            if tree.lemma[up] in _CITING:
                break
            up = tree.head[up]
        if tree.lemma[up] not in _CITING or tree.tag[up] != "VBN":
            continue
        for by in tree.children[up]:
            if tree.text[by] == "by" and (noun := tree.child(by, "pobj")) is not None:
                found.append(noun)
    return found


def _cited(draft: Draft, tree: SpeechTree) -> list[int]:
    """What the speaker cites: "Yonhap, citing an analysis, said"."""
    verb, speaker = draft.verb, draft.speaker_token
    found = []
    for head in (verb, speaker):
        for child in tree.children[head] if head is not None else ():
            if tree.lemma[child] in _CITING and tree.tag[child] == "VBG":
                noun = tree.child(child, "dobj")
                if noun is not None:
                    found.append(noun)
    return found


def _according(draft: Draft, tree: SpeechTree) -> list[int]:
    """Whom the sentence of direct speech names behind its cue: ``"X," Kim said, according to Yonhap``."""
    if draft.kind != "direct" or draft.verb is None:
        return []
    for place in range(draft.verb + 1, tree.stop[draft.verb] - 2):
        if tree.text[place] == "according" and tree.text[place + 1] == "to":
            noun = tree.child(place + 1, "pobj")
            return [noun] if noun is not None else []
    return []


def _outer(draft: Draft, reporters: Row, tree: SpeechTree, media: Media) -> list[int]:
    """The speakers of the reports that this quotation stands in, the closest first, where they are media."""
    verb = draft.verb
    if verb is None:
        return []
    at = tree.start[verb]
    around = [
        other
        for other in reporters.near(at)
        if other is not draft and other.verb != verb and any(start <= at < end for start, end in other.content)
    ]
    around.sort(key=lambda other: other.end - other.start)
    nouns = []
    for other in around:
        noun = other.speaker_token
        if noun is not None and (noun in media or tree.text[noun].lower() == "it") and noun not in nouns:
            nouns.append(noun)
    return nouns


def _named(noun: int, drafts: Sequence[Draft], tree: SpeechTree, media: Media, article_id: str) -> Span | None:
    """The name's span; for "it", that of the medium that reported the sentence before."""
    if tree.text[noun].lower() != "it":
        return tree.name_span(noun, article_id)
    begin = tree.sentence[noun]
    earlier = [d.speaker_token for d in drafts if d.speaker_token is not None and d.speaker_token < begin]
    for other in sorted(earlier, reverse=True):
        if other in media:
            previous = begin - 1
            while previous > 0 and tree.text[previous].isspace():
                previous -= 1
            return tree.name_span(other, article_id) if tree.sentence[previous] == tree.sentence[other] else None
    return None


def _addressed(draft: Draft, tree: SpeechTree, media: Media) -> int | None:
    """The medium that the speaker spoke to."""
    verb = draft.verb
    if verb is None:
        return None
    nouns = []
    for child in tree.children[verb]:
        if tree.dep[child] in ("dobj", "dative") and tree.lemma[verb] == "tell":
            nouns.append(child)
        elif tree.dep[child] == "advcl" and tree.lemma[child] in ("speak", "talk"):
            nouns += [n for to in tree.children[child] if tree.text[to] in ("to", "with") for n in tree.children[to]]
        elif tree.dep[child] == "prep" and tree.text[child] == "in":
            for talk in tree.children[child]:
                if tree.lemma[talk] in _TALKS:
                    nouns += [
                        n for w in tree.children[talk] if tree.text[w] in ("to", "with") for n in tree.children[w]
                    ]
    if tree.lemma[verb] == "tell" and not nouns:
        # The parser often makes the clause's subject of whom it was told to.
        nouns = [n for n in range(verb + 1, min(verb + 6, tree.stop[verb])) if tree.pos[n] in ("NOUN", "PROPN")]
        nouns = [n for n in nouns if n in media][:1]
    for noun in nouns:
        if noun in media:
            return noun
        for inner in (c for c in tree.children[noun] if tree.dep[c] == "appos"):
            if inner in media:
                return noun
    return None

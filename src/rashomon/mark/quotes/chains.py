"""Through whom words reached the article: the links between a speaker and the page.

A link is an agent ("quoted by Reuters"), a medium spoken to ("told Xinhua", "in an interview on state radio"), a source
cited, or the medium whose report the quotation stands in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from rashomon.mark.citing import cites, citings
from rashomon.mark.credits.publisher import Publisher, outlet_words
from rashomon.mark.gazetteer import gazetteer
from rashomon.mark.quotes.draft import Draft, Row
from rashomon.mark.quotes.tree import SpeechTree
from rashomon.mark.quotes.words import word_list
from rashomon.model.article import Article
from rashomon.model.marks import ChainLink
from rashomon.model.spans import Span

_CITING = frozenset(["cite", "quote"])
# What a medium does to be the next link: "Xinhua, which the Herald quoted", "a transcript posted by the Herald".
_PASSES_ON = _CITING | {"report", "carry", "post", "publish", "obtain", "release", "air", "broadcast", "see", "review"}
_REPORTS = frozenset(["report", "say", "write", "add", "note"])
_TALKS = frozenset(["interview", "remark", "comment", "statement", "conversation", "appearance", "op-ed"])
_TO = frozenset(["to", "with", "on", "for", "by"])

# Characters between indirect speech with its cue and an "according to" that passes it on; further behind it tells who
# knows of something that the sentence adds.
_FAR_BEHIND = 40
# Places before and after a cue that are looked at: a sentence holds one "citing", so more only lets an endless one cost
# the square of its words.
_NEAR = 3


class Media:
    """Tells media from others, by the gazetteer's names, by how outlets' names end, and by common nouns."""

    def __init__(self, tree: SpeechTree, known: Sequence[tuple[int, int]], publisher: Publisher) -> None:
        self._tree = tree
        ranges = [(tree.at(start), tree.before(end)) for start, end in known]
        self._known = {place for first, stop in ranges for place in range(first, stop)}
        # The last token of each name to its first.
        self.ends = {stop - 1: first for first, stop in ranges if first < stop}
        self._publisher = publisher

    def named(self, noun: int) -> bool:
        """Whether this token is part of an agency's or outlet's name."""
        if noun in self._known:
            return True
        word = self._tree.text[noun]
        before = self._tree.text[noun - 1] if noun else ""
        entry = gazetteer().named(word)
        if entry is not None and entry.kind in ("agency", "outlet") and entry.sure:
            return True
        ends = word in outlet_words() and (before[:1].isupper() or before == "the")
        return self._tree.pos[noun] == "PROPN" and (ends or word.endswith("-TV"))

    def common(self, noun: int) -> bool:
        """Whether this token is a noun for a medium."""
        return self._tree.lemma[noun].lower() in word_list("media_nouns")

    def reports(self, noun: int, span: Span, text: str) -> bool:
        """Whether a medium that was told something reported it to others, as an agency does: the outlet that publishes
        is no link, and may be any outlet where nothing says who publishes."""
        name = span.cut(text)
        if self._publisher.name is not None:
            return not self._publisher.is_called(name, None)
        entry = gazetteer().named(name)
        return self.common(noun) or (entry is not None and entry.kind == "agency")

    def __contains__(self, noun: int) -> bool:
        return self.named(noun) or self.common(noun)


class _Chains:
    """What all chains of one article are read from."""

    def __init__(self, drafts: Sequence[Draft], tree: SpeechTree, media: Media, article: Article) -> None:
        self.drafts, self.tree, self.media = drafts, tree, media
        self.id, self.text = article.id, article.text
        self.reporters = Row([d for d in drafts if d.speaker_token is not None and d.verb is not None])
        self.citings = citings(tree)
        self.accordings = [
            (place, noun)
            for place, word in enumerate(tree.lower[:-1])
            if word == "according" and tree.lower[place + 1] == "to"
            if (noun := tree.child(place + 1, "pobj")) is not None
        ]
        # ", Reuters reported": known without the parse, which often takes the name for part of what was said.
        self.reporting = [
            (last, last)
            for last in sorted(media.ends)
            if last + 1 < len(tree) and tree.lemma[last + 1] in _REPORTS and tree.tag[last + 1] != "VBG"
            if "," in tree.text[media.ends[last] - 1 : media.ends[last]]
            or tree.text[max(0, media.ends[last] - 2) : media.ends[last]] in ([",", "the"], [",", "The"])
        ]
        self.talks = [
            (place, noun)
            for place, lemma in enumerate(tree.lemma)
            if lemma in _TALKS and all(tree.tag[c] == "PRP$" for c in tree.children[place] if tree.dep[c] == "poss")
            for to in tree.children[place]
            if tree.text[to] in _TO
            for noun in tree.children[to]
            if tree.dep[noun] == "pobj"
        ]
        self.speakers = sorted({noun for d in drafts if (noun := d.speaker_token) is not None and noun in media})

    def of(self, draft: Draft) -> Iterator[Span]:
        """The links of one quotation, from the speaker's side outwards."""
        outer = self._outer(draft)
        told = self._addressed(draft)
        if told is not None:
            span, further = self._span(told), list(self._passed_on(told))
            if outer or further or self._according(draft) or self.media.reports(told, span, self.text):
                yield from (span, *further)
        for noun in [*self._agents(draft), *self._cited(draft), *self._according(draft)]:
            yield from self._link(noun, draft.speaker_token)
        for other in outer:
            for noun in self._cited(other):
                yield from self._link(noun, draft.speaker_token)
            if other.speaker_token is not None and (span_of := self._named(other.speaker_token)) is not None:
                yield span_of
                yield from self._passed_on(other.speaker_token)
        yield from self._reported(draft)

    def _reported(self, draft: Draft) -> Iterator[Span]:
        """The medium that ends the sentence of a quotation with ", Reuters reported", and whom it cites."""
        tree, verb = self.tree, draft.verb
        at = bisect_right(self.reporting, (verb, len(tree))) if verb is not None else len(self.reporting)
        for name, _ in self.reporting[at : at + 1]:
            if verb is None or name >= tree.stop[verb]:
                return
            if _within(draft, tree.start[name + 1]) and not self._cut_off(draft, name):
                return
            for cue, noun in _near(self.citings, name):
                if cites(tree, name, cue):
                    yield from self._link(noun, draft.speaker_token)
            yield self._span(name)

    def _span(self, noun: int) -> Span:
        return self.tree.name_span(noun, self.id)

    def _link(self, noun: int, speaker: int | None) -> Iterator[Span]:
        if noun != speaker:
            yield self._span(noun)
            yield from self._passed_on(noun)

    def _passed_on(self, noun: int) -> Iterator[Span]:
        """Who passed a link's words on: "Xinhua, which the Herald quoted", "a transcript posted by the Herald"."""
        tree = self.tree
        for verb in tree.children[noun]:
            if tree.lemma[verb] not in _PASSES_ON or tree.dep[verb] not in ("relcl", "acl"):
                continue
            agents = [tree.child(by, "pobj") for by in tree.children[verb] if tree.text[by] == "by"]
            for agent in (*agents, tree.child(verb, "nsubj")):
                if agent is not None and agent in self.media:
                    yield self._span(agent)

    def _agents(self, draft: Draft) -> list[int]:
        """Who passed it on in the passive: the speaker "was quoted by" them, or is a source "cited by" them."""
        tree, found = self.tree, []
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

    def _cited(self, draft: Draft) -> list[int]:
        """What the speaker cites: "Yonhap, citing an analysis, said"; a person's reasons are no sources."""
        tree, verb, speaker = self.tree, draft.verb, draft.speaker_token
        if verb is None:
            return []
        found = []
        anchors = [place for place in (verb, speaker) if place is not None]
        for cue, noun in _near(self.citings, verb):
            if _within(draft, tree.start[cue]) and not self._cut_out(draft, cue):
                continue
            own = any(tree.head[cue] == place or cites(tree, place, cue) for place in anchors)
            if own and ((speaker is not None and speaker in self.media) or self._is_source(noun)):
                found.append(noun)
        return found

    def _cut_out(self, draft: Draft, cue: int) -> bool:
        """Take "citing X" behind "according to Y" out of the content, which is all that is not "according to Y"."""
        tree, speaker = self.tree, draft.speaker_token
        if speaker is None or tree.lower[draft.verb or 0] != "according" or not cites(tree, speaker, cue):
            return False
        begin, stop = tree.start[cue], tree.high[cue] + 1
        while stop < len(tree) and tree.text[stop] == ",":
            stop += 1
        end = tree.start[stop] if stop < len(tree) else tree.end[-1]
        pieces = [(s, e) if s != begin else (min(e, end), e) for s, e in draft.content]
        kept = [(s, e) for s, e in pieces if s < e]
        if not kept or kept == draft.content:
            return False
        draft.content = kept
        return True

    def _cut_off(self, draft: Draft, name: int) -> bool:
        """Take ", Reuters reported" off the end of what was said without marks."""
        tree = self.tree
        first = self.media.ends[name]
        comma = first - 1 if tree.text[first - 1] == "," else first - 2
        end, stop = tree.end[comma - 1], tree.end[tree.stop[name] - 1]
        if draft.kind == "direct" or not draft.start < end or draft.end > stop:
            return False
        draft.content = [(s, min(e, end)) for s, e in draft.content if s < end]
        return True

    def _is_source(self, noun: int) -> bool:
        tree = self.tree
        named = noun in self.media or tree.is_person(noun) or tree.ent[noun] == "ORG"
        return named or tree.lemma[noun].lower() in word_list("source_nouns")

    def _according(self, draft: Draft) -> list[int]:
        """Whom the sentence names behind the cue: ``"X," Kim said, according to Yonhap``."""
        tree, verb = self.tree, draft.verb
        if verb is None or tree.lower[verb] == "according":
            return []
        if draft.kind != "direct" and tree.lemma[verb] not in word_list("speech_verbs"):
            return []
        at = bisect_right(self.accordings, (verb, len(tree)))
        for place, noun in self.accordings[at : at + 1]:
            gap = tree.start[place] - max(draft.end, tree.end[verb])
            if (
                place < tree.stop[verb]
                and not _within(draft, tree.start[place])
                and (draft.kind == "direct" or gap <= _FAR_BEHIND)
            ):
                return [noun]
        return []

    def _outer(self, draft: Draft) -> list[Draft]:
        """The reports that this quotation stands in, the closest first: those of media, and "according to" anybody."""
        verb, tree = draft.verb, self.tree
        if verb is None:
            return []
        at = tree.start[verb]
        around = [
            other
            for other in self.reporters.near(at)
            if other is not draft and other.verb != verb and any(start <= at < end for start, end in other.content)
        ]
        around.sort(key=lambda other: other.end - other.start)
        return [
            other
            for other in around
            if (noun := other.speaker_token) is not None
            and noun != draft.speaker_token
            and (noun in self.media or tree.lower[noun] == "it" or self._is_told_by(other, draft))
        ]

    def _is_told_by(self, other: Draft, draft: Draft) -> bool:
        """Whether "according to" somebody else stands over words that were uttered."""
        tree = self.tree
        return (
            other.verb is not None
            and draft.verb is not None
            and tree.lower[other.verb] == "according"
            and tree.lemma[draft.verb] in word_list("speech_verbs")
        )

    def _named(self, noun: int) -> Span | None:
        """The name's span; for "it", that of the medium that reported the sentence before."""
        tree = self.tree
        if tree.lower[noun] != "it":
            return self._span(noun)
        begin = tree.sentence[noun]
        at = bisect_left(self.speakers, begin)
        if at == 0:
            return None
        other, previous = self.speakers[at - 1], begin - 1
        while previous > 0 and tree.text[previous].isspace():
            previous -= 1
        return self._span(other) if tree.sentence[previous] == tree.sentence[other] else None

    def _addressed(self, draft: Draft) -> int | None:
        """The medium that the speaker spoke to, or on."""
        tree, verb = self.tree, draft.verb
        if verb is None or tree.lower[verb] == "according":
            return None
        nouns = []
        for child in tree.children[verb]:
            if tree.dep[child] in ("dobj", "dative") and tree.lemma[verb] == "tell":
                nouns.append(child)
            elif tree.dep[child] == "advcl" and tree.lemma[child] in ("speak", "talk", "tell"):
                nouns += [n for n in tree.children[child] if tree.dep[n] == "dobj"]
                nouns += [n for to in tree.children[child] if tree.text[to] in _TO for n in tree.children[to]]
            elif tree.dep[child] == "prep" and tree.lower[child] == "on":
                nouns += [
                    n for n in tree.children[child] if self.media.named(n) or tree.lower[n] in ("television", "tv")
                ]
        if tree.lemma[verb] == "tell" and not nouns:
            # The parser often makes the clause's subject of whom it was told to.
            nouns = [n for n in range(verb + 1, min(verb + 6, tree.stop[verb])) if tree.pos[n] in ("NOUN", "PROPN")]
            nouns = [n for n in nouns if n in self.media][:1]
        for noun in (*nouns, *self._talked_to(draft)):
            if noun in self.media:
                return noun
            for inner in (c for c in tree.children[noun] if tree.dep[c] == "appos"):
                if inner in self.media:
                    return noun
        return None

    def _talked_to(self, draft: Draft) -> Iterator[int]:
        """Whom a talk was with that the sentence names outside of what was said: "in an interview with Xinhua"."""
        verb = draft.verb
        if verb is None:
            return
        for talk, noun in _near(self.talks, verb):
            if self.tree.sentence[talk] == self.tree.sentence[verb] and not _within(draft, self.tree.start[talk]):
                yield noun


def _near(places: Sequence[tuple[int, int]], token: int) -> Sequence[tuple[int, int]]:
    """Those of ``places`` that stand nearest to a token, in order."""
    at = bisect_left(places, (token, 0))
    return places[max(0, at - _NEAR) : at + _NEAR]


def _within(draft: Draft, at: int) -> bool:
    return any(start <= at < end for start, end in draft.content)


def link_chains(drafts: Sequence[Draft], tree: SpeechTree, known: Sequence[tuple[int, int]], article: Article) -> None:
    """Set ``chain`` of every draft, from the speaker's side outwards.

    Args:
        drafts: the article's quotations, in order of their first character.
        tree: the parse they came from.
        known: characters of the names of agencies and outlets.
        article: its text is cut for the names, and its outlet is no link.
    """
    chains = _Chains(drafts, tree, Media(tree, known, Publisher.of(article)), article)
    for draft in drafts:
        if draft.verb is None:
            continue
        for span in chains.of(draft):
            if span != draft.speaker and all(span != link.span for link in draft.chain):
                draft.chain.append(ChainLink(span, span.cut(article.text)))

"""One utterance in all the forms it is printed in: verbatim, clipped, paraphrased, translated otherwise."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon.align.coreference.names import fold
from rashomon.align.matching.candidate_pairs import StemIndex
from rashomon.align.statements.prepare import Story
from rashomon.align.statements.similarity import Bag, bag, coverage, dice, load_lexicon, similarity, weigh_in_story
from rashomon.align.statements.stems import stop_words
from rashomon.align.statements.stems import words as words_of
from rashomon.model.ids import evidence_id
from rashomon.model.marks import Quotation
from rashomon.model.spans import Span
from rashomon.model.story import QuotationGroup, Variant

# Two forms of one utterance by one speaker: very much the same words as one form, or on average much the same as all
# (translations). Words are weighed within the story. Read off the bundled story's key and stories of real outlets:
# different utterances of one speaker on one day reach .37, translations of one begin at .41.
SAME_AS_ONE, SAME_AS_ALL = 0.55, 0.40
# ... or a clipped form whose words nearly all stand in the fuller one. Fewer telling words than this prove nothing.
CLIPPED, FEWEST_WORDS = 0.80, 2
# Without a common speaker only the very words count: a translation by nobody is anybody's.
ANY_SPEAKER = 0.80
# Words; shorter indirect speech ("regret") is no utterance that could be compared.
FEWEST_WORDS_INDIRECT = 4
# Quotations of one article that are compared with others': hundreds are a transcript, and pairs grow with the square.
MOST_OF_ONE = 400
# Others that one quotation is compared with, those that share most of its words: all where a story has no more. Of the
# utterances of a hundred articles every form is among the nearest 64 of its fullest one.
NEAREST = 128
# Words in a row, common ones too, that two utterances of one speaker do not share by accident.
FEWEST_WORDS_IN_A_ROW = 4
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "which", "that", "who", "others", "some", "several", "we", "this", "their", "what"}
)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """One quotation of one article with what it is compared by: ``bag`` is weighed within the story, ``plain`` not.

    ``name`` holds the folded words of a speaker who is written as a bare full name: the parser misses some of them.
    """

    quotation: Quotation
    article: str
    text: str
    plain: Bag
    bag: Bag
    speaker: str | None
    name: frozenset[str]
    telling: int


def group_quotations(story: Story) -> tuple[QuotationGroup, ...]:
    """Group the quotations of a story's articles into utterances, those in most articles first.

    Two are one utterance when one speaker says them in words alike, or one is a clipped form of the other. The fullest
    direct form leads. Each is compared with those that share most of its words (``neighbours``).
    """
    lexicon = load_lexicon()
    said: list[_Said] = []
    for article in story.articles:
        sources = [c.span for c in story.marks[article.id].credits if c.span]
        shut = story.furniture[article.id]
        for quotation in story.marks[article.id].quotations[:MOST_OF_ONE]:
            if any(span.covers(quotation.content[0]) for span in shut):
                continue
            speaker = story.index.at(quotation.speaker, article.text) if quotation.speaker else None
            if quotation.kind != "direct" and speaker is None and _is_pronoun(quotation, article.text):
                continue
            if quotation.kind != "indirect" and not quotation.voiced:
                continue  # words in marks inside a thought or a wish are no utterance
            if quotation.kind == "indirect" and not _is_somebodys_word(quotation, article.text, sources):
                continue
            text = _as_printed(quotation, article.text)
            words = bag(text, lexicon)
            telling = sum(1 for s in words.stems if s not in stop_words())
            said.append(
                _Said(quotation, article.id, text, words, words, speaker, _bare_name(quotation, article.text), telling)
            )
    weighed = weigh_in_story([each.bag for each in said])
    said = [replace(each, bag=new) for each, new in zip(said, weighed, strict=True)]
    said.sort(key=lambda s: (s.quotation.kind == "indirect", -len(s.text), s.article, s.quotation.span))
    index = StemIndex([each.bag for each in said])
    groups: list[list[_Said]] = []
    group_of: dict[int, int] = {}
    placed: dict[str, list[Quotation]] = defaultdict(list)
    for number, each in enumerate(said):
        if any(_within(each.quotation, other) for other in placed[each.article]):
            continue  # a quotation inside a longer one of the same article is told with it
        placed[each.article].append(each.quotation)
        near = sorted({group_of[other] for other in index.nearest(each.bag, NEAREST).tolist() if other in group_of})
        home = next((n for n in near if _same_utterance(groups[n], each)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(each)
        group_of[number] = home
    told = [_group(g, story) for g in groups]
    return tuple(sorted(told, key=lambda q: (-len(q.articles), q.kind == "indirect", q.variants[0].evidence)))


def _is_pronoun(quotation: Quotation, text: str) -> bool:
    return quotation.speaker is not None and quotation.speaker.cut(text).lower() in _PRONOUNS


def _bare_name(quotation: Quotation, text: str) -> frozenset[str]:
    words = quotation.speaker.cut(text) if quotation.speaker else ""
    full = " " in words and all(word[0].isupper() for word in words.split())
    return frozenset(fold(words)) if full else frozenset()


def _is_somebodys_word(quotation: Quotation, text: str, sources: Sequence[Span]) -> bool:
    """Whether indirect speech tells an utterance: a clause that somebody said, who is no agency or outlet.

    "Reuters reported" credits a claim, it quotes nobody; "seeks to meet" and "voiced regret" tell an attitude.
    """
    if (
        not quotation.voiced
        or quotation.speaker is None
        or any(quotation.speaker.overlaps(source) for source in sources)
    ):
        return False
    content = quotation.content_text(text)
    return len(content.split()) >= FEWEST_WORDS_INDIRECT and not content.lower().startswith("to ")


def _same_utterance(group: list[_Said], other: _Said) -> bool:
    """Whether ``other`` is a form of the utterance whose fullest form leads ``group``."""
    lead = group[0]
    if any(one.article == other.article for one in group):
        return False  # an outlet prints an utterance once; what stands beside it is another one
    if lead.speaker and other.speaker and lead.speaker != other.speaker:
        return False
    if lead.name and other.name and not lead.name & other.name and not (lead.speaker and other.speaker):
        return False
    if not (lead.speaker and other.speaker) and not (lead.name and lead.name == other.name):
        return dice(lead.bag, other.bag) >= ANY_SPEAKER and min(lead.telling, other.telling) > FEWEST_WORDS
    alike = [similarity(one.bag, other.bag) for one in group]
    if max(alike) >= SAME_AS_ONE or sum(alike) / len(alike) >= SAME_AS_ALL:
        return True
    for one in group:
        short, long = sorted((one, other), key=lambda s: (s.telling, len(s.text)))
        if short.telling >= FEWEST_WORDS and coverage(short.plain, long.plain) >= CLIPPED:
            return True
        if _is_cut_from(short.text, long.text):
            return True
    return False


def _is_cut_from(short: str, long: str) -> bool:
    """Whether the words of ``short`` stand in ``long`` in a row, enough of them to be no accident."""
    few, many = words_of(short), words_of(long)
    starts = range(len(many) - len(few) + 1)
    return len(few) >= FEWEST_WORDS_IN_A_ROW and any(many[at : at + len(few)] == few for at in starts)


def _as_printed(quotation: Quotation, text: str) -> str:
    """The quoted words; "…" where other words than the speaker's stand between the pieces."""
    pieces = [part.cut(text) for part in quotation.content]
    gaps = [text[a.end : b.start] for a, b in zip(quotation.content, quotation.content[1:], strict=False)]
    joints = [" … " if any(c.isalpha() for c in gap) else " " for gap in gaps]
    if len(pieces) == 1 and pieces[0][0] == "“" and "”" not in pieces[0]:
        pieces[0] = pieces[0][1:]
    # "…, he said, …": the comma is the cue's.
    return "".join(p.rstrip(",") + j if "…" in j else p + j for p, j in zip(pieces, [*joints, ""], strict=True))


def _within(inner: Quotation, outer: Quotation) -> bool:
    return outer.span.covers(inner.span)


def _group(group: list[_Said], story: Story) -> QuotationGroup:
    names = story.index.names
    lead = group[0]
    ordered = [lead, *sorted(group[1:], key=lambda s: (s.article, s.quotation.span))]
    speakers = Counter(s.speaker for s in group if s.speaker)
    speaker = min(speakers, key=lambda e: (-speakers[e], e)) if speakers else None
    as_written = next((s.quotation.speaker for s in ordered if s.quotation.speaker), None)
    written = as_written.cut(story.texts[as_written.article_id]) if as_written else None
    return QuotationGroup(
        id=evidence_id("q", (part for s in group for part in s.quotation.content)),
        speaker=speaker,
        speaker_name=names[speaker] if speaker else written,
        kind=lead.quotation.kind,
        text=lead.text,
        chain=tuple(link.name for link in lead.quotation.chain),
        variants=tuple(
            Variant(
                text=s.text,
                article=s.article,
                kind=s.quotation.kind,
                evidence=s.quotation.content,
                speaker=s.quotation.speaker,
                cue=s.quotation.cue,
                chain=tuple(link.name for link in s.quotation.chain),
            )
            for s in ordered
        ),
        articles=tuple(sorted({s.article for s in group})),
    )

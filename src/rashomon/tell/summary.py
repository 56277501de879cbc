"""A cited extractive summary: sentences of the articles, each with the spans of every article that says so."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from rashomon.model.dossier import SummarySentence, ToldArticle
from rashomon.model.marks import Marks, Sentence
from rashomon.model.spans import Span
from rashomon.model.story import Alignment, ClaimGroup
from rashomon.tell.near import event_day, is_background, published_days

MOST_SENTENCES = 6
# Words; a shorter sentence tells nothing, a longer one is no summary.
SHORTEST, LONGEST = 7, 45
# Characters of a word on average; bounds what the patterns below look at.
LONGEST_WORD = 20
# Two sentences that share this much of the shorter one's words tell the same.
SAME = 0.5
# Characters before the first clause of a sentence: "The …", "On Monday, …".
NEAR_START = 24
_DATELINE = re.compile(r"[A-Z][^.\n]{2,60}? ?(?:--|[-–—]) ")
_OPAQUE = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|that|these|those|there|but|and|so|meanwhile|however|also|earlier|later|then|"
    r"[“\"‘'(\[/])\b|[“\"‘'(\[/]",
    re.IGNORECASE,
)
# "(L)", "/Agency", "Photos: …", "is seen in Oslo": a caption; "NELSON: …", a heading or a bullet before the sentence.
_CAPTION = re.compile(
    r"\((?:L|R|C|left|right|center|centre)\)|(?:/|Photo: ?)[A-Z]\w+|\b(?:is|are|was|were) (?:seen|pictured|shown)\b"
    r"|\bin (?:a|an|this|the) (?:image|photo|photograph|picture)\b|^\w+ (?:image|photo|photograph|picture)\b"
    r"|^(?:Photos?|Videos?|Pictures?|Watch|Related|FILE)\b ?:|^[A-Z]{2,}: |^(?:[A-Z]{2,}['’A-Z]*[ -]+){3}"
    r"|^[^\w\s“\"‘'$£€(\[]"
)
# "Speaking to reporters, he said": who speaks stands in another sentence.
_NOBODY = re.compile(r"[A-Z]\w+(?:ing|ed)\b.{1,160}?, (?:where |when |while )?(?:he|she|it|they)\b")
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose|where)\b")
_WORD = re.compile(r"\w+")


def summarise(
    alignment: Alignment, articles: Sequence[ToldArticle], marks: Mapping[str, Marks], texts: Mapping[str, str]
) -> tuple[SummarySentence, ...]:
    """Pick the sentences that carry the best attested claims, without saying anything twice.

    Every sentence is printed as an article prints it; its evidence is that sentence and the claim's spans in the
    other articles. The first tells the best attested claim of the event itself; the rest follow in the order of time,
    background last.
    """
    days = published_days(articles)
    overtaken = {claim for entry in alignment.timeline for claim in entry.claims[1:]}
    disputed = _minority_readings(alignment)
    worth = {g.id: _worth(g, marks, days) for g in alignment.claims if g.id not in overtaken}
    chosen: list[tuple[ClaimGroup, Span, frozenset[str]]] = []
    for group in sorted((g for g in alignment.claims if g.id in worth), key=lambda g: (-worth[g.id], g.evidence[0])):
        if len(chosen) == MOST_SENTENCES:
            break
        best = _best_sentence(group, marks, texts, disputed)
        if best is None:
            continue
        words = _words(best.cut(texts[best.article_id]))
        if any(len(words & other) > SAME * min(len(words), len(other)) for _, _, other in chosen):
            continue
        chosen.append((group, best, words))
    news = [c for c in chosen if not is_background(c[0], days)]
    lead = (news or chosen)[:1]
    rest = [c for c in chosen if c not in lead]
    rest.sort(key=lambda c: (is_background(c[0], days), c[0].when or "9999", -c[0].weight))
    return tuple(_sentence(group, span, texts) for group, span, _ in [*lead, *rest])


def _worth(group: ClaimGroup, marks: Mapping[str, Marks], days: Sequence[date]) -> float:
    """Attested by many, near the top of its articles, and about the event rather than its background.

    A plan for a day that has come by the last publication is overtaken.
    """
    position = min(_position(span, marks) for span in group.evidence)
    hedged = group.status in {"possible", "denied"} or group.speaker is not None
    planned_for = event_day(group, days) if group.status == "planned" else None
    overtaken = planned_for is not None and planned_for <= days[-1]
    timely = -2.0 * overtaken + 1.0 * (event_day(group, days) is not None) - 1.2 * is_background(group, days)
    return group.weight + 1.5 * (1.0 - position) - 0.8 * hedged + timely


def _position(span: Span, marks: Mapping[str, Marks]) -> float:
    sentences = marks[span.article_id].sentences
    at = next((i for i, s in enumerate(sentences) if s.span.start <= span.start < s.span.end), len(sentences) - 1)
    return at / max(len(sentences), 1)


def _minority_readings(alignment: Alignment) -> frozenset[Span]:
    """Words that answer a disputed question otherwise than most articles do: a summary must not state them."""
    found: set[Span] = set()
    for conflict in alignment.conflicts:
        most = max(len(r.articles) for r in conflict.readings)
        leading = [r for r in conflict.readings if len(r.articles) == most]
        found.update(s for r in conflict.readings if r is not leading[0] or len(leading) > 1 for s in r.evidence)
    return frozenset(found)


def _best_sentence(
    group: ClaimGroup, marks: Mapping[str, Marks], texts: Mapping[str, str], disputed: frozenset[Span]
) -> Span | None:
    candidates = []
    for rank, span in enumerate(group.evidence):
        sentence = _sentence_of(span, marks[span.article_id].sentences)
        if sentence is None or any(sentence.covers(words) for words in disputed):
            continue
        text = sentence.cut(texts[sentence.article_id])
        length = len(text.split())
        complete = text[-1] in '.!?”"’)' and "\n" not in text
        if (
            not complete
            or len(text) > LONGEST * LONGEST_WORD
            or _CAPTION.search(text)
            or not _has_a_verb(sentence, text, marks[sentence.article_id])
            or not SHORTEST <= length <= LONGEST
            or text.count('"') % 2
            or text.count("“") != text.count("”")
        ):
            continue
        aside = _is_aside(span, texts[span.article_id], marks[span.article_id])
        candidates.append((bool(_OPAQUE.match(text) or _NOBODY.match(text)), aside, abs(length - 20), rank, sentence))
    candidates.sort(key=lambda c: c[:4])
    return candidates[0][4] if candidates and not candidates[0][0] else None


def _is_aside(span: Span, text: str, marks: Marks) -> bool:
    """Whether the claim is a relative clause: "the pact that they signed on Friday" has nine pages."""
    claim = next((c for c in marks.claims if c.span == span), None)
    return claim is not None and bool(_RELATIVE.search(text, span.start, claim.predicate_span.start))


def _has_a_verb(sentence: Span, text: str, marks: Marks) -> bool:
    """Whether something is said from the sentence's first words on: a clause or a report, not "The scene after …"."""
    first = [
        *(c.span.start for c in marks.claims if not c.nominal),
        *(span.start for q in marks.quotations for span in (q.speaker, q.cue, *q.content) if span),
    ]
    dateline = _DATELINE.match(text)
    begin = sentence.start + (dateline.end() if dateline else 0)
    return any(sentence.start <= start <= begin + NEAR_START for start in first)


def _sentence_of(span: Span, sentences: Sequence[Sentence]) -> Span | None:
    return next((s.span for s in sentences if s.span.covers(span)), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(text) if len(w) > 3)


def _sentence(group: ClaimGroup, sentence: Span, texts: Mapping[str, str]) -> SummarySentence:
    others = tuple(s for s in group.evidence if not sentence.covers(s))
    return SummarySentence(text=sentence.cut(texts[sentence.article_id]), evidence=(sentence, *others), claim=group.id)

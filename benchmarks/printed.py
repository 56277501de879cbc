"""Whether a claim that three outlets print is counted as one origin when it is one, and as several when it is.

*Printed by three*: one real text of an agency in three outlets. One prints it as it is, two print it in words of their
own by rule: synonyms, time words at the other end of the sentence, sentences left out or cut in two, another lead
heading. The credit of the agency is kept by all ("credit kept"), or by the first alone ("credit stripped"). Every claim
that several of the three share must have one origin.

*Independent pairs*: two outlets on one story that credit no agency in common and share no passage; what both tell in
their own voice, and not in the very same words, must have two origins.
"""

import random
import re
from collections.abc import Sequence

from rashomon.align import align_story
from rashomon.group.passages import common_passages
from rashomon.model.article import Article, article_of
from rashomon.model.story import ClaimGroup
from rashomon.run.grouping import Marked

_SYNONYMS = dict(
    pair.split(" ")
    for line in (
        "said stated|announced declared|killed slain|big large|began started|show demonstrate|help aid|about roughly",
        "people individuals|officials authorities|near beside|after following|before until|many numerous|several some",
        "children youngsters|company firm|country nation|law statute|plan scheme|attack assault|shooting gunfire",
        "told informed|asked requested|called labelled|made produced|found discovered|tried attempted|need require",
        "used employed|ended concluded|increase rise|money funds|home house|city town|while as|because since",
        "against versus|released published|report account|decision ruling|also too|however still|including with",
    )
    for pair in line.split("|")
)
_TAIL = re.compile(r"^(.{30,}?),? (on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\.$", re.S)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def reworded(text: str, chance: random.Random) -> str:
    """A text as another desk may print it: the same paragraphs, no sentence quite the same, some left out."""
    paragraphs = []
    for paragraph in text.split("\n"):
        kept = []
        for sentence in _SENTENCE.split(paragraph):
            if sentence and chance.random() < 0.15:
                continue
            kept.append(_say_otherwise(sentence, chance))
        paragraphs.append(" ".join(kept))
    return "\n".join(paragraphs)


def _say_otherwise(sentence: str, chance: random.Random) -> str:
    if '"' in sentence or "“" in sentence:
        return sentence  # nobody rewords what is quoted
    match = _TAIL.match(sentence)
    if match:
        sentence = f"{match[2].capitalize()[:2]}{match[2][2:]}, {match[1]}."
    words = sentence.split(" ")
    return " ".join(_SYNONYMS[w] if w in _SYNONYMS and chance.random() < 0.8 else w for w in words)


def three_prints(article: Article, *, kept: bool, chance: random.Random) -> list[Article]:
    """One text in three outlets, the first with the agency's line, the others with it or without."""
    line = "LONDON (Reuters) - "
    prints = []
    for number, outlet in enumerate(("Harbour Post", "Valley Courier", "Northern Ledger")):
        body = article.text if number == 0 else reworded(article.text, chance)
        credit = line if kept or number == 0 else ""
        prints.append(
            article_of(f"{article.ref}-{number}", text=credit + body, outlet=outlet, published=article.published)
        )
    return prints


def count_of_prints(members: Sequence[Marked]) -> tuple[int, int]:
    """Of the claims that several prints of one text share: those of one origin, and all."""
    shared = [g for g in _claims(members) if len(g.articles) > 1]
    return sum(len(g.origins) == 1 for g in shared), len(shared)


def is_independent(members: Sequence[Marked]) -> bool:
    """Whether two articles show no sign that one had anything from the other, or both from one agency."""
    names = [{(c.known or c.name).lower() for c in m.marks.credits if c.relation != "photo"} for m in members]
    articles = [m.article for m in members]
    return not set.intersection(*names) and not common_passages(articles, {m.article.id: m.marks for m in members})


def count_of_pair(members: Sequence[Marked]) -> tuple[int, int]:
    """Of the claims that both of two independent articles tell in their own voice: those of two origins, and all.

    What both print in the very same words is left out: it is a post or a statement set as text, and has one origin. So
    is a line that one of them states only in part: its origins are of the other alone.
    """
    voiced = {c.span for m in members for c in m.marks.claims if c.attributed_to or c.quoted}
    said = [part for m in members for q in m.marks.quotations for part in q.content]
    texts = {m.article.id: m.article.text for m in members}
    shared = [
        g
        for g in _claims(members)
        if len({a for o in g.origins for a in o.articles}) > 1
        and not voiced.intersection(g.evidence)
        and not any(part.overlaps(span) for part in said for span in g.evidence)
        and len({s.cut(texts[s.article_id]).removeprefix("x ") for s in g.evidence}) == len(g.evidence)
    ]
    return sum(len(g.origins) == 2 for g in shared), len(shared)


def _claims(members: Sequence[Marked]) -> tuple[ClaimGroup, ...]:
    articles = [m.article for m in members]
    marks = {m.article.id: m.marks for m in members}
    return align_story("s_printed", articles, marks, common_passages(articles, marks)).claims

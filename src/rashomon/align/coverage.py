"""What only one outlet says, and how each names what all speak of."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from rashomon.align.claims import Cluster, clash
from rashomon.align.names import fold
from rashomon.align.neighbours import NEAREST, WHOLE, StemIndex
from rashomon.align.prepare import Item, Story
from rashomon.align.similarity import bag, coverages, load_lexicon, weigh_in_story
from rashomon.align.tolls import TOLLS
from rashomon.model.marks import Mention
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup, OnlyOne, Wording, WordingChoice
from rashomon.model.timevalue import compatible

# A claim whose words are found in one sentence of another article to this share is not said by one outlet alone,
# whatever clause it stands in there.
SAID_ELSEWHERE = 0.58


def only_one(story: Story, clusters: Sequence[Cluster], groups: Sequence[ClaimGroup]) -> tuple[OnlyOne, ...]:
    """Claims that one article alone carries, the most telling first; none where the story has one article.

    A claim counts only when it holds a name (or agent, patient and day) and a time, number, place or second name, and
    no sentence of any other article says nearly the same: a claim that was merely not matched is not news that one
    outlet has alone.
    """
    if len(story.articles) < 2:
        return ()
    item_of = {i.claim.span: i for c in clusters for i in c.items}
    candidates = []
    for group in groups:
        item = item_of[group.evidence[0]]
        telling = _is_dated(item, story) or item.claim.numbers or item.places or len(item.named) > 1
        # Somebody without a name who does something to something on a day is told apart as well.
        known = item.named or (item.when and item.claim.who and item.claim.whom)
        alone = len(group.articles) == 1 and group.standing != "contested" and item.claim.status != "possible"
        if alone and known and telling and not _has_twin(item, story):
            candidates.append((item, OnlyOne(group.id, item.article)))
    elsewhere = _said_elsewhere([item for item, _ in candidates], story)
    found = [c for c, most in zip(candidates, elsewhere, strict=True) if most < SAID_ELSEWHERE]
    # Of the clauses of one sentence the longest tells it best.
    longest: dict[Span, Item] = {}
    for item, _ in found:
        best = longest.setdefault(item.sentence, item)
        if len(item.text) > len(best.text):
            longest[item.sentence] = item
    return tuple(one for item, one in found if longest[item.sentence] is item)


def _is_dated(item: Item, story: Story) -> bool:
    """Whether a day is named in the claim, be it the day of something else in it."""
    timexes = story.marks[item.article].timexes
    return bool(item.when) or any(t.type in {"DATE", "TIME"} and item.claim.span.covers(t.span) for t in timexes)


def _said_elsewhere(items: Sequence[Item], story: Story) -> list[float]:
    """How much of each claim's words one sentence of another article holds, at most; among those sentences that
    share most of its rare words, where the story is long."""
    lexicon = load_lexicon()
    places = [(a.id, s.span) for a in story.articles for s in story.marks[a.id].sentences]
    sentences = weigh_in_story([bag(span.cut(story.texts[article]), lexicon) for article, span in places])
    of_article = np.array([article for article, _ in places])
    if len(sentences) <= WHOLE:
        table = coverages([item.bag for item in items], sentences)
        return [float(row[of_article != item.article].max(initial=0.0)) for item, row in zip(items, table, strict=True)]
    index = StemIndex(sentences)
    found = []
    for item in items:
        near = index.nearest(item.bag, NEAREST, by="asked")
        near = near[of_article[near] != item.article]
        found.append(float(index.coverages(item.bag, near).max(initial=0.0)) if len(near) else 0.0)
    return found


def _has_twin(item: Item, story: Story) -> bool:
    """Whether another article tells the same deed of a common actor, of one time and town, in whatever words."""
    for other in {o.order: o for actor in sorted(item.actors) for o in story.acted_by(actor)}.values():
        if other.article == item.article or not item.deed & other.deed:
            continue
        elsewhere = item.spots and other.spots and not item.spots & other.spots
        dated = item.when and other.when and item.when[:10] == other.when[:10]
        if not elsewhere and (dated or (item.spots & other.spots and not (item.when and other.when))):
            return True
    return bool(item.deed & TOLLS) and any(_same_toll(item, other) for other in story.items)


def _same_toll(item: Item, other: Item) -> bool:
    """Whether another article tells of people killed, hurt, taken or saved and nothing says that it is not these:
    most often they are the one event's, in whatever words."""
    if other.article == item.article or not item.deed & other.deed & TOLLS or item.background != other.background:
        return False
    apart = (item.spots and other.spots and not item.spots & other.spots) or (
        item.when and other.when and not compatible(item.when, other.when)
    )
    if apart or not (item.actors & other.actors or (item.claim.numbers and other.claim.numbers)):
        return False
    return not any(clash(x, y) for x in item.claim.numbers for y in other.claim.numbers)


def name_choices(story: Story) -> tuple[Wording, ...]:
    """For each entity that outlets name differently: who calls it what, and how often.

    An entity counts when two articles or more speak of it and some name is used by some of them only. A family name
    for its bearer is no choice of words, so of a person only labels and differing full names count.
    """
    mentions = {m.span: m for a in story.articles for m in story.marks[a.id].mentions}
    found = []
    for entity in story.index.entities:
        uses: dict[str, list[Mention]] = defaultdict(list)
        # Kim Jong-un and Kim Jong Un are one choice of words.
        spelled: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for span in entity.mentions:
            mention = mentions[span]
            label = _label(mention, story.texts)
            if label:
                spelled[fold(label)][label] += 1
                uses[" ".join(fold(label))].append(mention)
        uses = {_commonest(spelled[tuple(key.split(" "))]): each for key, each in uses.items()}
        articles = {m.span.article_id for each in uses.values() for m in each}
        if len(uses) < 2 or len(articles) < 2 or _only_family_names(uses, entity.kind):
            continue
        choices = tuple(
            sorted(
                (
                    WordingChoice(
                        text=label,
                        articles=tuple(sorted({m.span.article_id for m in each})),
                        count=len(each),
                        evidence=tuple(sorted(m.span for m in each)),
                    )
                    for label, each in uses.items()
                ),
                key=lambda c: (-len(c.articles), -c.count, c.text),
            )
        )
        if any(set(c.articles) != articles for c in choices):
            found.append(Wording(entity.id, choices))
    return tuple(found)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda s: (-spellings[s], s))


def _label(mention: Mention, texts: Mapping[str, str]) -> str | None:
    if mention.form == "name":
        return mention.name
    if mention.form == "nominal":
        return mention.span.cut(texts[mention.span.article_id])
    return None


def _only_family_names(uses: Mapping[str, Sequence[Mention]], kind: str) -> bool:
    """Whether all labels are one full name and parts of it."""
    if kind != "PERSON":
        return False
    longest = max(uses, key=lambda u: (len(u.split()), u)).lower().split()
    return all(set(label.lower().split()) <= set(longest) for label in uses)

"""What outlets call the same someone or something: names, and labels such as "the hermit kingdom"."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rashomon.align.coreference.names import fold
from rashomon.align.coreference.nominal_coreference import kinds_of_heads
from rashomon.align.statements.prepare import Story
from rashomon.align.statements.stems import stem, stop_words, words
from rashomon.model.marks import Marks, Mention
from rashomon.model.spans import Span
from rashomon.model.story import Entity, Wording, WordingChoice


def name_choices(story: Story) -> tuple[Wording, ...]:
    """For each entity that outlets name differently: who calls it what, and how often.

    An entity counts when two articles or more speak of it and some name is used by some of them only. A family name
    for its bearer is no choice of words, so of a person only labels and differing full names count.
    """
    mentions = {m.span: m for a in story.articles for m in story.marks[a.id].mentions}
    labels = _labels(story)
    found = []
    for entity in story.index.entities:
        uses: dict[str, list[Span]] = defaultdict(list)
        # Kim Jong-un and Kim Jong Un are one choice of words, as are D.C. and DC.
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        for span, label in [*_called(entity, mentions, story.texts), *labels.get(entity.id, ())]:
            key = "".join(fold(label))
            spelled[key][label] += 1
            uses[key].append(span)
        uses = {_commonest(spelled[key]): sorted(set(each)) for key, each in uses.items()}
        articles = {span.article_id for each in uses.values() for span in each}
        if len(uses) < 2 or len(articles) < 2 or _only_family_names(uses, entity.kind):
            continue
        choices = tuple(
            sorted(
                (
                    WordingChoice(
                        text=label,
                        articles=tuple(sorted({span.article_id for span in each})),
                        count=len(each),
                        evidence=tuple(each),
                    )
                    for label, each in uses.items()
                ),
                key=lambda c: (-len(c.articles), -c.count, c.text),
            )
        )
        if any(set(c.articles) != articles for c in choices):
            found.append(Wording(entity.id, choices))
    return tuple(found)


def _called(entity: Entity, mentions: Mapping[Span, Mention], texts: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    """What an entity's mentions call it."""
    for span in entity.mentions:
        mention = mentions[span]
        if mention.form == "name":
            yield span, mention.name
        elif mention.form == "nominal":
            yield span, span.cut(texts[span.article_id])


def _labels(story: Story) -> dict[str, list[tuple[Span, str]]]:
    """By entity the labels that say something of it, where they are surely its own.

    A label is when its head names what the entity is ("nation" a state, "airline" a body, for a person what somebody of
    the story has as a title or apposition), it stands for one, in the outlet's own voice, and has more than its head:
    "the country" is no choice of words, "the impoverished nation" is.
    """
    kinds = {e.id: "STATE" if (e.known or "").startswith("state:") else e.kind for e in story.index.entities}
    titles = _titles(story)
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for article in story.articles:
        marks = story.marks[article.id]
        taken = {m.span for m in marks.mentions}
        quoted = [part for q in marks.quotations if q.kind != "indirect" for part in q.content]
        for label in marks.labels:
            kind = kinds.get(story.index.labels.get(label.span, ""))
            text = label.span.cut(article.text)
            told = words(text)
            if label.form != "nominal" or kind is None or len(told) < 3 or told[0] not in _OPENING:
                continue
            if kind != "STATE" and label.antecedent is None:
                continue  # one state is spoken of at a time, but many people and bodies
            head, more = stem(told[-1]), [w for w in told[1:-1] if w not in stop_words() and w.isalpha()]
            suits = head in titles if kind == "PERSON" else kinds_of_heads().get(head) in _SUITS.get(kind, ())
            single = not told[-1].endswith("s") or told[-1].endswith("ss")
            if (
                suits
                and single
                and more
                and label.span not in taken
                and not any(q.overlaps(label.span) for q in quoted)
            ):
                found[story.index.labels[label.span]].append((label.span, text))
    return found


_OPENING = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that"})
# What a label's head may name, by what the entity is.
_SUITS = {"STATE": ("STATE", "RULE"), "ORG": ("ORG",), "PLACE": ("PLACE",)}


def _titles(story: Story) -> frozenset[str]:
    """The heads of all titles and appositions of the story's people."""
    roles: list[tuple[Marks, Span]] = [
        (marks, m.role) for marks in story.marks.values() for m in marks.mentions if m.kind == "PERSON" and m.role
    ]
    heads = (words(role.cut(story.texts[marks.article_id])) for marks, role in roles)
    return frozenset(stem(own[-1]) for own in heads if own)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda s: (-spellings[s], s))


def _only_family_names(uses: Mapping[str, Sequence[Span]], kind: str) -> bool:
    """Whether all labels are one full name and parts of it."""
    if kind != "PERSON":
        return False
    longest = max(uses, key=lambda u: (len(u.split()), u)).lower().split()
    return all(set(label.lower().split()) <= set(longest) for label in uses)

"""One someone or something across articles, under all its names.

Inside an article the marks tell which mention refers back to which. Across articles a full name is matched by rules
(``names``), a family name alone goes to the full name that its article, else the story, uses it for, and states,
agencies and places are known by the gazetteer's ids. Whatever cannot be told apart stays apart.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rashomon.align.coreference.names import (
    family_names,
    fold,
    generation,
    is_short_for,
    name_keys,
    person_parts,
    same_person,
)
from rashomon.align.coreference.nominal_coreference import place_labels
from rashomon.align.coreference.organisation_names import Bodies, body_words
from rashomon.model.article import Article
from rashomon.model.ids import content_id
from rashomon.model.marks import Marks, Mention, MentionKind, Place
from rashomon.model.spans import Span
from rashomon.model.story import Entity, NameUse

Key = tuple[str, ...]
_NOWHERE = Span("", 0, 1)
# A name behind one of these is not what the phrase names: "the leader of Iran", "a summit in Vietnam".
_TIES = frozenset({"of", "in", "at", "on", "from", "for", "to", "with", "near", "between", "and", "than", "over"})


# "London mayor", "Boeing shares": the name only says which; "Kim in a fur hat", "Omar Haddad, 41", "Mr Haddad who …".
# An office speaks through its spokesman.
_NOUN_FOLLOWS = re.compile(
    r"[ -](?!(?:and|or|of|in|at|on|from|for|to|with|who|whose|which|that|as|but|h[ei][mr]self|itself|then|also|later)\b"
    r"|(?:spokes\w+|officials?|sources?|statement)$)\w"
)
_NEXT_WORDS = re.compile(r"(?: (?:[\w&]|[-’'](?=\w))+){1,4}")


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """The entities of a story, and which one each mention is.

    Attributes:
        entities: those mentioned most first.
        of: mention span to entity id; mentions that are nobody's are missing.
        in_article: article id to the spans of ``of`` in it, in order.
        labels: phrases without a name to the entity they speak of, or to an id of their own for what has no name.
        names: entity id to the name that it is shown under.
    """

    entities: tuple[Entity, ...]
    of: Mapping[Span, str]
    in_article: Mapping[str, Sequence[Span]]
    labels: Mapping[Span, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    _ends: Mapping[tuple[str, int], Span] = field(default_factory=dict)

    def label_at(self, article_id: str, end: int) -> str | None:
        """What the phrase without a name whose head ends at the character ``end`` speaks of."""
        return self.labels.get(self._ends.get((article_id, end), _NOWHERE))

    def ids(self, spans: Iterable[Span]) -> frozenset[str]:
        """The entities that stand at these spans."""
        return frozenset(self.of[s] for s in spans if s in self.of)

    def at(self, span: Span, text: str) -> str | None:
        """The entity that a noun phrase at ``span`` names: its mention, or the one that the phrase is built around.

        "Kim, in a fur hat" and "Kremlin aide Yuri Ushakov" name one; "Putin's adviser" and "a summit in Vietnam" do
        not name Putin or Vietnam.
        """
        if span in self.of:
            return self.of[span]
        spans = self.in_article.get(span.article_id, ())
        at = bisect_left(spans, span)
        for near in spans[max(0, at - 1) : at + 6]:
            if not near.overlaps(span):
                continue
            before, after = text[span.start : near.start].lower().split(), text[near.end : near.end + 2]
            modifies = _NOUN_FOLLOWS.match(text, near.end, span.end)
            if after not in {"'s", "’s", "' ", "’ "} and not modifies and (not before or before[-1] not in _TIES):
                return self.of[near]
        return None


@dataclass(slots=True)
class _Group:
    """Mentions gathered under one key while the story is read."""

    key: Key
    mentions: list[Mention] = field(default_factory=list)


def merge_entities(articles: Sequence[Article], marks: Mapping[str, Marks]) -> EntityIndex:
    """Merge the mentions of a story's articles into entities.

    Args:
        articles: the story's, in order.
        marks: by article id.

    Returns:
        Entities with evidence for every name; demonyms ("Russian") are not names of the state and left out.
    """
    groups: dict[Key, _Group] = {}
    key_of: dict[Span, Key] = {}
    marks = {a.id: replace(marks[a.id], mentions=m) for a, m in zip(articles, _settled(articles, marks), strict=True)}
    people = _people(articles, marks)
    bodies = Bodies(marks[a.id] for a in articles)
    aliases = _acronyms(articles, marks, bodies) | _countries(articles, marks)
    whole = _organisations(articles, marks)
    for article in articles:
        for mention in marks[article.id].mentions:
            if mention.form != "name" or mention.kind == "GROUP":
                continue
            cut = _cut_short(mention, article.text, whole)
            key = _key(cut or mention, people.get(mention.span), aliases, bodies)
            if key and cut:
                key_of[mention.span] = key  # what stands there is not its name
            elif key:
                key_of[mention.span] = key
                groups.setdefault(key, _Group(key)).mentions.append(mention)
    # The whole name may be a part of a longer one itself, so that nothing bears it: then what stands there has no name.
    key_of = {span: key for span, key in key_of.items() if key in groups}
    for article in articles:
        for mention in marks[article.id].mentions:
            if mention.form == "name" or mention.antecedent is None:
                continue
            found = key_of.get(mention.antecedent)
            if found:
                key_of[mention.span] = found
                groups[found].mentions.append(mention)
    entities = {key: _entity(group) for key, group in groups.items()}
    ordered = sorted(entities.values(), key=lambda e: (-len(e.mentions), e.name, e.id))
    in_article: dict[str, list[Span]] = {}
    for span in sorted(key_of):
        in_article.setdefault(span.article_id, []).append(span)
    labels = {
        span: entities[key].id if key in entities else content_id("n" if key[0] == "name" else "l", *key)
        for span, key in place_labels(articles, marks, key_of).items()
    }
    ends = {(span.article_id, span.end): span for span in labels}
    return EntityIndex(
        entities=tuple(ordered),
        of={span: entities[key].id for span, key in key_of.items()},
        in_article=in_article,
        labels=labels,
        names={e.id: e.name for e in ordered},
        _ends=ends,
    )


def _settled(articles: Sequence[Article], marks: Mapping[str, Marks]) -> list[tuple[Mention, ...]]:
    """The mentions of each article with one kind for one name: that which most of the story's mentions have.

    The parser sees a ship as a person in one sentence and as an organisation in the next.
    """
    votes: dict[tuple[str, ...], Counter[MentionKind]] = defaultdict(Counter)
    for article in articles:
        for mention in marks[article.id].mentions:
            if mention.form == "name" and not mention.known and mention.kind != "GROUP":
                # A place that the gazetteer has is surer than the parser's guess.
                votes[body_words(mention.name)][mention.kind] += 3 if mention.place else 1
    kinds = {words: max(sorted(count), key=lambda k: count[k]) for words, count in votes.items()}
    people = {words for words, kind in kinds.items() if kind == "PERSON" and len(words) > 1}
    for words, kind in kinds.items():
        if kind in {"ORG", "OTHER"} and len(words) > 2 and words[-2:] in people:
            kinds[words] = "PERSON"  # "Constable Omar Haddad": his title is a part of no organisation's name
    fronts = {words[0] for words, kind in kinds.items() if kind == "ORG" and len(words) > 1}
    family = {words[-1] for words in people}
    for words, kind in kinds.items():
        if kind == "PERSON" and len(words) == 1 and words[0] in fronts and words[0] not in family:
            kinds[words] = "ORG"  # "Northrop", where nobody of that name is spoken of, but Northrop Grumman is
    return [
        tuple(
            replace(m, kind=kinds[body_words(m.name)])
            if m.form == "name" and not m.known and m.kind != "GROUP" and kinds[body_words(m.name)] != m.kind
            else m
            for m in marks[article.id].mentions
        )
        for article in articles
    ]


def _key(mention: Mention, person: Key | None, aliases: Mapping[Key, Key], bodies: Bodies) -> Key | None:
    known = mention.known or (None if mention.kind == "PERSON" else bodies.known(mention.name))
    if known:
        return ("known", known)
    if mention.kind == "PERSON":
        return person
    words = body_words(mention.name)
    if not words:
        return None
    if mention.kind == "PLACE":
        country = mention.place.country if mention.place else ""
        return ("PLACE", *words, country) if country else aliases.get(("PLACE", *words), ("PLACE", *words))
    if mention.kind == "ORG":
        words = bodies.whole(mention.name, mention.span.article_id)
    key = (mention.kind, *words)
    return aliases.get(key, key)


def _people(articles: Sequence[Article], marks: Mapping[str, Marks]) -> dict[Span, Key]:
    """Which person each mention of a person is: the folded fullest name of the cluster."""
    clusters: list[Counter[tuple[str, ...]]] = []
    names: list[set[str]] = []
    sounding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    spelled: dict[str, int] = {}
    mentions = [
        (a.id, m)
        for a in articles
        for m in marks[a.id].mentions
        if m.kind == "PERSON" and m.form == "name" and not m.known
    ]
    for _, mention in mentions:
        name = mention.name
        if len(person_parts(name)) < 2 or name in spelled:
            if name in spelled:
                clusters[spelled[name]][person_parts(name)] += 1
            continue
        near = sorted({i for key in name_keys(name) for i in sounding[key]})
        home = next((i for i in near if all(same_person(name, o) for o in names[i])), None)
        if home is None:
            home = len(clusters)
            clusters.append(Counter())
            names.append(set())
        names[home].add(name)
        for key in name_keys(name):
            sounding[key].append(home)
        spelled[name] = home
        clusters[home][person_parts(name)] += 1
    keys = [
        ("PERSON", *min(c, key=lambda words: (-c[words], words)), *filter(None, [generation(min(others))]))
        for c, others in zip(clusters, names, strict=True)
    ]
    # "Haddad" alone is never Omar Haddad Jr. where Omar Haddad is spoken of as well.
    plain = {person_parts(min(own)): i for i, own in enumerate(names) if not generation(min(own))}
    juniors = {i: person_parts(min(own)) for i, own in enumerate(names) if generation(min(own))}
    elders = {i: plain[parts] for i, parts in juniors.items() if parts in plain}
    full = {m.span: spelled[m.name] for _, m in mentions if m.name in spelled}
    bearers: dict[str, Counter[int]] = defaultdict(Counter)
    for i, others in enumerate(names):
        for name in sorted(others):
            for word in family_names(name):
                bearers[word][i] = sum(clusters[i].values())
    told: dict[str, Counter[int]] = defaultdict(Counter)
    for article_id, mention in mentions:
        if mention.span in full:
            told[article_id][full[mention.span]] += 1
    found: dict[Span, Key] = {}
    for article_id, mention in mentions:
        if mention.span in full:
            found[mention.span] = keys[full[mention.span]]
            continue
        words = person_parts(mention.name)
        if mention.antecedent in full:
            found[mention.span] = keys[elders.get(full[mention.antecedent], full[mention.antecedent])]
        elif words:
            home = _bearer(bearers.get(words[-1], Counter()), told[article_id])
            found[mention.span] = keys[elders.get(home, home)] if home is not None else ("PERSON", *words)
    return found


def _bearer(candidates: Counter[int], told: Mapping[int, int]) -> int | None:
    """Who a family name alone means: the article's own most named bearer, else the story's if he clearly leads.

    Args:
        candidates: how often the story names each bearer in full.
        told: how often the article names anybody in full.
    """
    if not candidates:
        return None
    here = {i: told[i] for i in candidates if i in told}
    if here:
        return min(here, key=lambda i: (-here[i], i))
    ranked = candidates.most_common(2)
    if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]
    return None


def _acronyms(articles: Sequence[Article], marks: Mapping[str, Marks], bodies: Bodies) -> dict[Key, Key]:
    """ "Far Eastern Federal University (FEFU)": a bracketed name of its letters is the name before it."""
    found: dict[Key, Key] = {}
    for article in articles:
        ordered = [m for m in marks[article.id].mentions if m.form == "name"]
        for before, after in itertools.pairwise(ordered):
            gap = article.text[before.span.end : after.span.start]
            if gap.strip() == "(" and not before.known and is_short_for(after.name, before.name):
                whole = bodies.whole(before.name, article.id) if before.kind == "ORG" else body_words(before.name)
                found[(after.kind, *body_words(after.name))] = (before.kind, *whole)
    return found


def _countries(articles: Sequence[Article], marks: Mapping[str, Marks]) -> dict[Key, Key]:
    """Places without a country under the key of their only namesake that has one."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for article in articles:
        for m in marks[article.id].mentions:
            if m.form == "name" and m.kind == "PLACE" and not m.known and m.place and m.place.country:
                words = body_words(m.name)
                found["PLACE", *words].add(("PLACE", *words, m.place.country))
    return {key: next(iter(keys)) for key, keys in found.items() if len(keys) == 1}


def _organisations(articles: Sequence[Article], marks: Mapping[str, Marks]) -> dict[Key, Mention]:
    """The organisations' names of two words and more, folded, each with a mention that bears it."""
    mentions = (m for a in articles for m in marks[a.id].mentions)
    named = [m for m in mentions if m.form == "name" and m.kind == "ORG" and len(fold(m.name)) > 1]
    return {fold(m.name): m for m in reversed(named)}


def _cut_short(mention: Mention, text: str, whole: Mapping[Key, Mention]) -> Mention | None:
    """The organisation whose name the parser cut short here: "Harbour Transport" before "police", "Riga" before "Fire
    Brigade", where the story has the whole name elsewhere."""
    if mention.kind == "PERSON":
        return None
    own = fold(mention.name)
    after = _NEXT_WORDS.match(text, mention.span.end)
    follow = fold(after[0]) if after else ()
    for count in range(len(follow), 0, -1):
        found = whole.get((*own, *follow[:count]))
        if found:
            return found
    return None


def _entity(group: _Group) -> Entity:
    uses: dict[str, list[str]] = defaultdict(list)
    for mention in group.mentions:
        if mention.form == "name":
            uses[mention.name].append(mention.span.article_id)
    names = tuple(
        sorted(
            (NameUse(text, tuple(sorted(set(used))), len(used)) for text, used in uses.items()),
            key=lambda n: (-len(n.articles), -n.count, n.text),
        )
    )
    kinds = Counter(m.kind for m in group.mentions if m.form == "name")
    kind: MentionKind = "PLACE" if "PLACE" in kinds and group.key[0] == "known" else kinds.most_common(1)[0][0]
    places = Counter(m.place for m in group.mentions if m.place)
    place: Place | None = min(places, key=lambda p: (-places[p], p)) if places else None
    known = group.key[1] if group.key[0] == "known" else None
    return Entity(
        id=content_id("e", *group.key),
        name=_best_name(names, kind),
        kind=kind,
        names=names,
        mentions=tuple(sorted(m.span for m in group.mentions)),
        known=known,
        place=place,
    )


def _best_name(names: Sequence[NameUse], kind: MentionKind) -> str:
    """The name most articles use; for a person the most used full one."""
    if kind == "PERSON":
        full = [n for n in names if len(person_parts(n.text)) > 1]
        if full:
            return full[0].text
    return names[0].text

"""Entities and events across articles against three labelled sets: CoNLL on gold mentions.

    python benchmarks/entities.py                      figures
    python benchmarks/entities.py --errors wcl         missing and wrong links, most costly first

* ``newswcl50``: persons, states, things and deeds within each of five events, the chains with their loaded labels.
* ``meantime``: entities across sixty articles that are aligned as if they were one story. Mentions that the set puts
  into no chain are left out: to count them as alone would flatter (.58 instead of .56 for "the same string").
* ``ecb events``: events of the development topics, in sentences that were checked, in the stories that our own
  grouping makes of the articles. What stands in two stories is never one. A mention without a chain is alone.

How a labelled mention is mapped to what the system says. Its *head* is the word of it on which the others hang, in our
own parse. Then, in this order, for all sets alike and without a look at its chain:

1. The smallest mention of ours that covers the head, if the alignment knows whose it is: that entity.
2. The label of ours that ends with the head: the entity that the alignment gives it, or its thing without a name. Such
   a thing is never the same in two stories (where the set has no events: those that our own grouping finds). A label
   that holds a name which the mentions lack ("the N420") is a name's, and one in all stories.
3. A pronoun that we resolve to nobody is alone.
4. Any other head that our marks do not cover (verbs, adjectives) is one with the same stem in the same story.

Events are gold mentions throughout: the head with what its sentence says of it goes to ``lab.event_chains``, a pronoun
is alone.
"""

import argparse
import gzip
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.event_chains import deeds_of
from lab.event_mentions import Telling, content
from mentions import PRONOUNS, _joined, _places
from rashomon.align.coreference.entities import EntityIndex, merge_entities
from rashomon.align.statements.similarity import Bag, bag, load_lexicon, weigh_in_story
from rashomon.align.statements.stems import stem
from rashomon.group import Grouper, fingerprint
from rashomon.mark.annotate import annotate
from rashomon.mark.datelines import lead_in
from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.tree import Tree
from rashomon.model.article import Article, article_of
from rashomon.model.marks import Marks

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
FILES = {"wcl": "newswcl50_0-4", "meantime": "meantime_apple_airbus", "ecb": "ecbplus_train_dev"}
# Words that stand for somebody and say nothing of him.
EMPTY = PRONOUNS | {
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "this", "that", "these", "those", "who", "whom",
    "whose", "which", "where", "itself", "themselves",
}  # fmt: skip


@dataclass(frozen=True)
class Gold:
    """A labelled mention: its key in the set, characters, and the chain it belongs to."""

    key: Hashable
    start: int
    end: int
    chain: Hashable


@dataclass(frozen=True, eq=False)
class Labelled:
    """An article with its labelled mentions; ``event`` is the event or topic that the set puts it into."""

    article: Article
    event: str
    gold: tuple[Gold, ...]
    tree: Tree
    marks: Marks


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(BENCH / f"coref/{FILES[name]}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def newswcl50() -> Iterator[Labelled]:
    """The set gives sentence and token numbers of a tokenizer of its own, and the words: they are searched for."""
    for row in rows("wcl"):
        found = located(row["text"], row["mentions_2020"])
        gold = [
            Gold(m["mention_id"], *span, m["coref_chain"])
            for m, span in zip(row["mentions_2020"], found, strict=True)
            if span
        ]
        yield labelled(row["id"], row["text"], None, row["story_id"], gold)


def meantime() -> Iterator[Labelled]:
    for row in rows("meantime"):
        spans = _places(row["text"], row["tokens"])
        gold = []
        for m in row["mentions"]:
            pieces = [span for at in m["tokens"] if (span := spans[at])]
            if m["tag"] == "ENTITY_MENTION" and m.get("instance") and pieces:
                key = (row["id"], m["m_id"])
                gold.append(Gold(key, min(a for a, _ in pieces), max(b for _, b in pieces), m["instance"]))
        yield labelled(row["id"], row["text"], row["dct"], "", gold)


def ecb_events(split: str = "dev") -> Iterator[Labelled]:
    for row in rows("ecb"):
        if row["split"] != split:
            continue
        text, spans = _joined(row["tokens"])
        gold = []
        for m in row["mentions"]:
            pieces = [span for at in m["tokens"] if (span := spans[at])]
            if "ACTION" in m["type"] and m["sent"] in row["validated_sentences"] and pieces:
                key = (row["id"], m["m_id"])
                chain = m["chain"] or ("alone", *key)
                gold.append(Gold(key, min(a for a, _ in pieces), max(b for _, b in pieces), chain))
        yield labelled(row["id"], text, None, row["topic"], gold)


def labelled(id_: str, text: str, published: str | None, event: Any, gold: list[Gold]) -> Labelled:
    nlp = load_pipeline()
    article = article_of(id_, text=text, published=published)
    tree = Tree(parse(text, nlp, lead=lead_in(text)))
    return Labelled(article, str(event), tuple(gold), tree, annotate(article, nlp))


def located(text: str, mentions: Sequence[dict[str, Any]]) -> list[tuple[int, int] | None]:
    """Where mentions of known words and known order stand in a text.

    Words that stand in the text once are sure; the others are put where they fit best between the sure ones, by the
    number of sentence and token. Words that are nowhere get None.
    """
    places = [[m.span() for m in re.finditer(_pattern(each["tokens_str"]), text)] for each in mentions]
    order = [(each["sent_id"], min(each["tokens_number"])) for each in mentions]
    per_token = len(text) / max(1, len(text.split())) * 0.85
    sure = sorted((order[i], p[0][0]) for i, p in enumerate(places) if len(p) == 1)
    sure = _in_order(sure)
    found: list[tuple[int, int] | None] = []
    for at, choices in zip(order, places, strict=True):
        if not choices:
            found.append(None)
            continue
        same = [(abs(o[1] - at[1]), where + (at[1] - o[1]) * per_token) for o, where in sure if o[0] == at[0]]
        if same:
            expected = min(same)[1]
        else:
            before = max((s for s in sure if s[0] < at), default=((0, 0), 0))
            after = min((s for s in sure if s[0] > at), default=((order[-1][0] + 1, 0), len(text)))
            share = (at[0] - before[0][0]) / max(1, after[0][0] - before[0][0])
            expected = before[1] + share * (after[1] - before[1]) + at[1] * per_token
        found.append(min(choices, key=lambda c: abs(c[0] - expected)))
    return found


def _in_order(sure: list[tuple[tuple[int, int], int]]) -> list[tuple[tuple[int, int], int]]:
    """The longest part of ``sure`` in which places rise with the numbers."""
    best: list[tuple[int, int]] = []  # length, place of the one before
    for i, (_, where) in enumerate(sure):
        options = [(best[j][0] + 1, j) for j in range(i) if sure[j][1] <= where]
        best.append(max(options, default=(1, -1)))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    kept = []
    while at >= 0:
        kept.append(sure[at])
        at = best[at][1]
    return kept[::-1]


def _pattern(words: str) -> str:
    """The words as a text may print them: any white space, any quotation marks, brackets as brackets."""
    tokens = words.replace("-LRB-", "(").replace("-RRB-", ")").split()
    quotes = {"``": "[\"“”']+", "''": "[\"“”'’]+", "`": "['‘’`]", "'": "['’‘`]"}
    parts = [quotes.get(token) or re.escape(token).replace("'", "['’]") for token in tokens]
    return r"(?<!\w)" + r"\s*".join(parts) + r"(?!\w)"


def head_of(tree: Tree, gold: Gold) -> int:
    """The token of the labelled words on which the others hang; their last one where the parse has none."""
    inside = range(tree.at(gold.start), tree.before(gold.end))
    tops = [at for at in inside if not inside.start <= tree.head[at] < inside.stop or tree.head[at] == at]
    named = [at for at in tops if tree.pos[at] not in ("PUNCT", "SPACE", "ADP", "DET", "PART", "AUX")]
    return (named or tops or [max(inside.start, inside.stop - 1)])[0]


def entity_of(row: Labelled, gold: Gold, index: EntityIndex, story: str) -> Hashable:
    """What the system says a labelled mention is, by the rules at the head of this file."""
    tree, head = row.tree, head_of(row.tree, gold)
    start, end = tree.start[head], tree.end[head]
    covering = [s for s in index.in_article.get(row.article.id, ()) if s.start <= start and end <= s.end]
    if covering:
        return index.of[min(covering, key=lambda s: (s.end - s.start, s))]
    label = index.label_at(row.article.id, end)
    if label:
        return (story, label) if label.startswith("l_") else label
    if tree.lower[head] in EMPTY:
        return ("alone", gold.key)
    return ("head", story, stem(tree.lemma[head].lower()))


def by_event(items: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    found: dict[str, list[Labelled]] = defaultdict(list)
    for row in items:
        found[row.event].append(row)
    return found


def entities(items: Sequence[Labelled]) -> tuple[dict[Hashable, Hashable], dict[Hashable, Hashable]]:
    """Gold chains and ours by mention; every event is aligned alone.

    Where the set has no events, "the same story" of rules 2 and 4 is what our own grouping finds.
    """
    gold: dict[Hashable, Hashable] = {}
    ours: dict[Hashable, Hashable] = {}
    if all(not r.event for r in items):
        story = {r.article.id: name for name, members in stories_of(items).items() for r in members}
    else:
        story = {r.article.id: r.event for r in items}
    for event, members in by_event(items).items():
        index = merge_entities([r.article for r in members], {r.article.id: r.marks for r in members})
        for row in members:
            for mention in row.gold:
                gold[mention.key] = (event, mention.chain)
                ours[mention.key] = (event, entity_of(row, mention, index, story[row.article.id]))
    return gold, ours


def stories_of(items: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The stories that our own grouping makes of the articles, in the order in which the set lists them."""
    grouper = Grouper()
    placed = [grouper.add(fingerprint(r.article, r.marks)).assignment.story_id for r in items]
    ended = {merge.story_id: merge.into for merge in grouper.settle()}
    found: dict[str, list[Labelled]] = defaultdict(list)
    for first, row in zip(placed, items, strict=True):
        story = grouper.current(first)
        found[ended.get(story, story)].append(row)
    return found


def events(items: Sequence[Labelled]) -> tuple[dict[Hashable, Hashable], dict[Hashable, Hashable]]:
    """Gold chains and ours by mention of an event."""
    gold: dict[Hashable, Hashable] = {}
    ours: dict[Hashable, Hashable] = {}
    for story, members in stories_of(items).items():
        told = event_words(members)
        deeds = iter(deeds_of(event_tellings([(row, head) for row, _, head in told if not is_empty(row.tree, head)])))
        for row, mention, head in told:
            gold[mention.key] = mention.chain
            alone = is_empty(row.tree, head)
            ours[mention.key] = ("alone", mention.key) if alone else (story, next(deeds))
    return gold, ours


def event_words(members: Sequence[Labelled]) -> list[tuple[Labelled, Gold, int]]:
    """The labelled mentions of a story with their heads."""
    return [(row, mention, head_of(row.tree, mention)) for row in members for mention in row.gold]


def is_empty(tree: Tree, head: int) -> bool:
    return tree.lower[head] in EMPTY


def event_tellings(told: Sequence[tuple[Labelled, int]]) -> list[Telling]:
    """The words of a story's deeds, each with what its sentence says of it."""
    places = [(row, head, row.tree.sentence[head], row.tree.stop[head]) for row, head in told]
    bags: dict[tuple[str, int], Bag] = {}
    for row, _, first, stop in places:
        text = row.article.text[row.tree.start[first] : row.tree.end[stop - 1]]
        bags[row.article.id, first] = bag(text, load_lexicon())
    weighed = dict(zip(bags, weigh_in_story(list(bags.values())), strict=True))
    found = []
    for row, head, first, stop in places:
        tree, start, end = row.tree, row.tree.start[first], row.tree.end[stop - 1]
        who, whom = roles(tree, head)
        found.append(
            Telling(
                article=row.article.id,
                sentence=(row.article.id, first),
                lemma=tree.lemma[head].lower(),
                bag=weighed[row.article.id, first],
                who=content(who),
                whom=content(whom),
                names=frozenset(m.name.lower().split()[-1] for m in row.marks.mentions if start <= m.span.start < end),
                days=frozenset(t.value for t in row.marks.timexes if start <= t.span.start < end),
                negated=any(tree.dep[c] == "neg" for c in tree.children[head]),
                nominal=tree.pos[head] in ("NOUN", "PROPN"),
            )
        )
    return found


def roles(tree: Tree, head: int) -> tuple[list[str], list[str]]:
    """Words for those who do a deed, and for whom or what else takes part in it, as the parse has them."""
    who: list[str] = []
    whom: list[str] = []
    for child in tree.children[head]:
        dep = tree.dep[child]
        if dep in ("nsubj", "csubj", "poss"):
            who += _phrase(tree, child)
        elif dep in ("nsubjpass", "dobj", "attr", "oprd", "dative"):
            whom += _phrase(tree, child)
        elif dep in ("compound", "amod", "nmod"):
            whom.append(tree.lower[child])
        elif dep in ("prep", "agent"):
            for object_ in tree.children[child]:
                if tree.dep[object_] == "pobj":
                    (who if dep == "agent" else whom).extend(_phrase(tree, object_))
    if tree.dep[head] in ("relcl", "acl"):
        whom += _phrase(tree, tree.head[head])
    elif tree.dep[head] in ("xcomp", "conj", "advcl") and not who:
        who += [w for c in tree.children[tree.head[head]] if tree.dep[c] == "nsubj" for w in _phrase(tree, c)]
    return who, whom


def _phrase(tree: Tree, head: int) -> list[str]:
    parts = ("compound", "amod", "nummod", "poss", "appos")
    return [tree.lower[head], *(tree.lower[c] for c in tree.children[head] if tree.dep[c] in parts)]


def measured(name: str) -> tuple[list[Labelled], dict[Hashable, Hashable], dict[Hashable, Hashable]]:
    items = list({"wcl": newswcl50, "meantime": meantime, "ecb": ecb_events}[name]())
    return (items, *(events if name == "ecb" else entities)(items))


def measure() -> dict[str, float]:
    """The gate's figures."""
    import score

    found: dict[str, float] = {}
    for name, title in (("wcl", "newswcl50"), ("meantime", "meantime"), ("ecb", "ecb events")):
        _, gold, ours = measured(name)
        got = score.conll(gold, ours)
        found |= {
            f"{title} {key}": float(value[2] if isinstance(value, tuple) else value) for key, value in got.items()
        }
    return found


def show_errors(name: str, most: int) -> None:
    """Print our clusters that hold several chains, and chains that are in several clusters, most costly first."""
    items, gold, ours = measured(name)
    words = {g.key: r.article.text[g.start : g.end].replace("\n", " ") for r in items for g in r.gold}
    for title, sides in (("SPLIT", (gold, ours)), ("MERGED", (ours, gold))):
        parts: dict[Hashable, dict[Hashable, list[Hashable]]] = defaultdict(lambda: defaultdict(list))
        for key in gold:
            parts[sides[0][key]][sides[1][key]].append(key)
        for whole, pieces in sorted(parts.items(), key=lambda p: -_cost(p[1]))[:most]:
            print(title, whole, sum(map(len, pieces.values())))
            for piece, keys in sorted(pieces.items(), key=lambda p: -len(p[1]))[:12]:
                print("    ", len(keys), piece, Counter(words[k] for k in keys).most_common(6))


def _cost(pieces: dict[Hashable, list[Hashable]]) -> int:
    sizes = [len(keys) for keys in pieces.values()]
    return sum(sizes) - max(sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=list(FILES))
    parser.add_argument("--most", type=int, default=20)
    options = parser.parse_args()
    if options.errors:
        show_errors(options.errors, options.most)
        return
    sys.path.insert(0, str(BENCH))
    for name, value in measure().items():
        print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    main()

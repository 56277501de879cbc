"""Mentions against MEANTIME and ECB+: named ones found with their kind, and what stands for them resolved.

python benchmarks/mentions.py                          figures (MEANTIME, ECB+ dev)
python benchmarks/mentions.py --sets ecb-train         the part to tune on
python benchmarks/mentions.py --errors wrong           what is wrong: missed, extra, kind, wrong, open
"""

import argparse
import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rashomon.mark.datelines import lead_in
from rashomon.mark.drafts import TITLES
from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.mentions import find_mentions
from rashomon.mark.tree import Tree
from rashomon.model.article import article_of
from rashomon.model.marks import Mention
from rashomon.model.spans import Span

BENCH = Path(os.environ.get("RASHOMON_BENCH", "../shared/bench"))
# MEANTIME annotates the title, the date line and the first sentences.
MEANTIME_SENTENCES = 5
# The sets' types that our kinds cover; products, sums of money and vehicles are none of them.
KINDS = {
    "PER": ("PERSON",), "ORG": ("ORG",), "LOC": ("PLACE",),
    "HUMAN_PART_PER": ("PERSON",), "HUMAN_PART_ORG": ("ORG",), "HUMAN_PART_GPE": ("PLACE", "ORG"),
    "HUMAN_PART_MET": ("PLACE", "ORG"), "LOC_GEO": ("PLACE",), "LOC_FAC": ("PLACE", "ORG"), "LOC_OTHER": ("PLACE",),
}  # fmt: skip
PRONOUNS = frozenset(
    ("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "they", "them", "their")
)
# A chain's names are told apart by their words; these tell nothing.
WEAK = frozenset(("the", "of", "and", "in", "for", "a", "mr.", "ms.", "mrs.", "dr."))
NO_SPACE_BEFORE = frozenset(
    (".", ",", ";", ":", "?", "!", ")", "]", "%", "'s", "’s", "n't", "'re", "'ve", "'ll", "'", "”")
)
NO_SPACE_AFTER = frozenset(("(", "[", "$", "“", "#"))


@dataclass(frozen=True)
class Gold:
    """A labelled mention: characters, the set's type, and the chain it belongs to."""

    start: int
    end: int
    type: str
    chain: str


@dataclass(frozen=True)
class Labelled:
    """One article with the ranges of characters in which the set labels every (ECB+: some) mention."""

    id: str
    text: str
    whole: tuple[tuple[int, int], ...]
    gold: tuple[Gold, ...]


def articles(name: str) -> Iterator[Labelled]:
    """The articles of "meantime", "ecb-train" or "ecb-dev"."""
    file = "meantime_apple_airbus" if name == "meantime" else "ecbplus_train_dev"
    with gzip.open(BENCH / f"coref/{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if name == "meantime":
                text, spans = row["text"], _places(row["text"], row["tokens"])
                labelled = set(range(MEANTIME_SENTENCES + 1))
            elif row["split"] == name.removeprefix("ecb-"):
                text, spans = _joined(row["tokens"])
                labelled = set(row["validated_sentences"])
            else:
                continue
            gold = []
            for mention in row["mentions"]:
                pieces = [span for at in mention["tokens"] if (span := spans[at])]
                sentences = {row["sent_of_token"][at] for at in mention["tokens"]}
                type_ = mention.get("ent_type") or mention.get("type") or ""
                if pieces and sentences <= labelled and mention.get("tag", "ENTITY_MENTION") == "ENTITY_MENTION":
                    chain = mention.get("instance") or mention.get("chain") or f"alone {mention['m_id']}"
                    gold.append(Gold(min(a for a, _ in pieces), max(b for _, b in pieces), type_, chain))
            ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for span, sentence in zip(spans, row["sent_of_token"], strict=True):
                if span and sentence in labelled:
                    ranges[sentence].append(span)
            whole = tuple((pieces[0][0], pieces[-1][1]) for pieces in ranges.values())
            yield Labelled(row["id"], text, whole, tuple(sorted(set(gold), key=lambda g: (g.start, g.end, g.chain))))


def _places(text: str, tokens: list[str]) -> list[tuple[int, int] | None]:
    """Characters of the tokens of a text that is these tokens in order."""
    spans: list[tuple[int, int] | None] = []
    at = 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0 or start > at + 40:
            spans.append(None)
            continue
        spans.append((start, start + len(token)))
        at = start + len(token)
    return spans


def _joined(tokens: list[str]) -> tuple[str, list[tuple[int, int] | None]]:
    """The tokens as an article would print them, and their characters."""
    text, before = "", ""
    spans: list[tuple[int, int] | None] = []
    for raw in tokens:
        token = {"``": "“", "''": "”"}.get(raw, raw)
        if text and token not in NO_SPACE_BEFORE and before not in NO_SPACE_AFTER:
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text, before = text + token, token
    return text, spans


def head_of(tree: Tree, gold: Gold) -> int:
    """The token of the labelled words on which the others hang; their last one where the parse has none."""
    inside = range(tree.at(gold.start), tree.before(gold.end))
    tops = [at for at in inside if not inside.start <= tree.head[at] < inside.stop or tree.head[at] == at]
    return tops[0] if tops else max(inside.start, inside.stop - 1)


def is_name(tree: Tree, gold: Gold) -> bool:
    """Whether the head of the labelled words is a name, and no title ("Example Inc. CEO")."""
    head = head_of(tree, gold)
    named = tree.tag[head] in ("NNP", "NNPS") and tree.text[head][:1].isupper() and tree.lower[head] not in TITLES
    return named and gold.type in KINDS


class Scores:
    """Counts over one set, and the errors to print."""

    def __init__(self, errors: str | None) -> None:
        self.count: Counter[str] = Counter()
        self.errors = errors

    def figures(self, *, complete: bool) -> dict[str, float]:
        """Shares; ``complete``: the set labels every name, so that precision means something."""
        count = self.count
        recall = count["named found"] / max(1, count["named gold"])
        figures = {"names R": recall, "names kind": count["named kind"] / max(1, count["named found"])}
        if complete:
            precision = count["named right"] / max(1, count["named ours"])
            figures |= {"names P": precision, "names F": 2 * precision * recall / max(1e-9, precision + recall)}
        for form in ("he, she", "it, they", "nominal", "short name"):
            right, wrong = count[f"{form} right"], count[f"{form} wrong"]
            figures[f"{form} P"] = right / max(1, right + wrong)
            if count[f"{form} gold"]:
                figures[f"{form} R"] = right / count[f"{form} gold"]
        return figures

    def show(self, kind: str, row: Labelled, start: int, end: int, note: str = "") -> None:
        """Print one error, if it is of the kind asked for."""
        if kind == self.errors:
            text = row.text
            shown = f"{text[max(0, start - 150) : start]}[{text[start:end]}]{text[end : end + 50]}".replace("\n", " / ")
            print(f"{row.id} {note} | {shown}")

    def add(self, row: Labelled, tree: Tree, mentions: tuple[Mention, ...]) -> None:
        """Count one article."""
        self._names(row, tree, [m for m in mentions if m.form == "name"])
        self._references(row, tree, mentions)

    def _names(self, row: Labelled, tree: Tree, names: list[Mention]) -> None:
        taken: set[Span] = set()
        for gold in row.gold:
            if not is_name(tree, gold):
                continue
            head = head_of(tree, gold)
            self.count["named gold"] += 1
            over = [m for m in names if m.span.start < tree.end[head] and tree.start[head] < m.span.end]
            if not over:
                self.show("missed", row, gold.start, gold.end, gold.type)
                continue
            self.count["named found"] += 1
            right = over[0].kind in KINDS[gold.type] or (over[0].kind == "GROUP" and gold.type == "LOC")
            self.count["named kind"] += right
            if not right:
                self.show("kind", row, over[0].span.start, over[0].span.end, f"{gold.type} {over[0].kind}")
            taken.add(over[0].span)
        for mention in names:
            span = mention.span
            if mention.kind in ("GROUP", "OTHER") or not any(a <= span.start < b for a, b in row.whole):
                continue
            self.count["named ours"] += 1
            inside = any(g.start <= span.start and span.end <= g.end for g in row.gold)
            if span in taken or inside:
                self.count["named right"] += 1
            else:
                self.show("extra", row, span.start, span.end, mention.kind)

    def _references(self, row: Labelled, tree: Tree, mentions: tuple[Mention, ...]) -> None:
        by_span = {m.span: m for m in mentions}
        named: dict[str, set[str]] = defaultdict(set)
        for gold in row.gold:
            if is_name(tree, gold):
                named[gold.chain] |= set(row.text[gold.start : gold.end].casefold().replace(",", " ").split()) - WEAK
        for gold in row.gold:
            form = _form(row, tree, gold)
            if form is None or not named[gold.chain]:
                continue
            if form in ("he, she", "it, they"):
                self.count[f"{form} gold"] += 1
            mine = [
                m
                for m in mentions
                if m.antecedent and gold.start <= m.span.start and m.span.end <= gold.end and m.form == _ours(form)
            ]
            if not mine:
                if form in ("he, she", "it, they"):
                    self.show("open", row, gold.start, gold.end, str(sorted(named[gold.chain])[:4]))
                continue
            root = by_span.get(mine[-1].antecedent or mine[-1].span, mine[-1])
            while root.antecedent and root.antecedent in by_span and root.antecedent != root.span:
                root = by_span[root.antecedent]
            right = _same(row, root, gold.chain, named[gold.chain])
            self.count[f"{form} {'right' if right else 'wrong'}"] += 1
            if not right:
                self.show("wrong", row, gold.start, gold.end, f"{form}: {root.name}, not {sorted(named[gold.chain])}")


def _ours(form: str) -> str:
    return {"nominal": "nominal", "short name": "name"}.get(form, "pronoun")


def _form(row: Labelled, tree: Tree, gold: Gold) -> str | None:
    """What kind of reference the labelled words are, of those that we resolve."""
    words = row.text[gold.start : gold.end].casefold()
    if words in PRONOUNS:
        return "it, they" if words[0] in "it" else "he, she"
    if is_name(tree, gold):
        return "short name"
    return "nominal" if gold.type in KINDS else None


def _same(row: Labelled, root: Mention, chain: str, named: set[str]) -> bool:
    """Whether our antecedent is in the labelled chain: by a labelled mention there, else by the chain's words."""
    over = [g for g in row.gold if g.start < root.span.end and root.span.start < g.end]
    if over:
        smallest = min(g.end - g.start for g in over)
        if any(g.chain == chain for g in over if g.end - g.start == smallest):
            return True
    words = set(root.name.casefold().split())
    return bool(words & named)


def scores(name: str, errors: str | None = None) -> Scores:
    """Everything counted over one set."""
    nlp = load_pipeline()
    counted = Scores(errors)
    for row in articles(name):
        tree = Tree(parse(row.text, nlp, lead=lead_in(row.text)))
        counted.add(row, tree, find_mentions(article_of(row.id, text=row.text), tree))
    return counted


def measure() -> dict[str, float]:
    """The gate's figures: MEANTIME and the development topics of ECB+."""
    figures = {}
    for name in ("meantime", "ecb-dev"):
        for key, value in scores(name).figures(complete=name == "meantime").items():
            figures[f"{name} {key}"] = value
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=["meantime", "ecb-dev"])
    parser.add_argument("--errors", choices=["missed", "extra", "kind", "wrong", "open"])
    options = parser.parse_args()
    for name in options.sets:
        counted = scores(name, options.errors)
        print(name, {key: round(value, 3) for key, value in counted.figures(complete=name == "meantime").items()})
        print(name, dict(sorted(counted.count.items())))


if __name__ == "__main__":
    main()

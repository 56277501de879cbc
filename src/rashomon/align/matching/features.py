"""What the decision whether two sentences of different articles state one fact is made from.

Words, names, numbers, days, quoted words and events that two sentences share or do not; how alike they are beside what
else either article has; what stands next to them; and whether a third article has the like of both.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.align.matching.candidate_pairs import WHOLE, StemIndex
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import Doubles, Ints, blended, load_lexicon
from rashomon.align.statements.stems import stem, stop_words

Features = NDArray[np.float32]
Bools = NDArray[np.bool_]
# The columns of ``pair_features``, in order; the weights of the decision go by it.
OF_WORDS = (
    "likeness", "dice", "covered at most", "covered at least", "rarest shared", "second rarest shared",
    "third rarest shared", "rarity shared", "rarity share at most", "rarity share at least", "words shared",
    "longest run", "pairs of words shared", "share of pairs of words", "letters", "direction",
)  # fmt: skip
OF_VALUES = (
    "names shared", "rarity of names shared", "share of names", "names apart", "written names shared",
    "numbers shared", "numbers apart", "one has numbers", "counted things shared", "one thing counted otherwise",
    "days shared", "days apart", "one has days", "events shared", "one negates",
)  # fmt: skip
OF_SPEECH = (
    "share of quoted words", "quoted words shared", "both quote", "one quotes", "share of reported words",
    "reported words shared", "both report", "one speaker", "two speakers",
)  # fmt: skip
OF_SIZE = (
    "shorter", "longer", "sentences of the story", "articles of the story", "later place", "places apart", "first",
)  # fmt: skip
# Each of these for likeness, shared rarity and letters.
OF_RIVALS = ("share of the best at most", "share of the best at least", "lead over rivals", "lead over fewer rivals")
RIVALLED = ("likeness", "rarity shared", "letters")
OF_PLACE = ("likeness of neighbours", "likeness beside", "likeness to a third article")
FEATURES = (
    *OF_WORDS, *OF_VALUES, *OF_SPEECH, *OF_SIZE, *(f"{what}: {f}" for what in RIVALLED for f in OF_RIVALS), *OF_PLACE,
)  # fmt: skip
# Letters of the pieces by which words of one family meet ("resign", "resignation").
_PIECE = 4


def pair_features(sentences: Sequence[StatedSentence], pairs: Ints) -> Features:
    """The features of pairs of a story's sentences.

    Args:
        sentences: those of the whole story.
        pairs: all candidates of the story, positions in ``sentences``, shape (n, 2): rivals are sought among them.

    Returns:
        Shape (n, len(FEATURES)), in the order of ``pairs``.
    """
    own = _own_features(sentences, pairs)
    column = {name: at for at, name in enumerate(FEATURES)}
    articles = {a: k for k, a in enumerate(dict.fromkeys(s.article for s in sentences))}
    article = np.array([articles[s.article] for s in sentences], np.int64)
    rivals = [_beside_rivals(own[:, column[what]], pairs, article) for what in RIVALLED]
    return np.hstack([own, *rivals, _places(own[:, 0], pairs, article)]).astype(np.float32)


class _Sets:
    """A set of things for each sentence, padded to one length, so that one is held against many at once."""

    def __init__(self, sets: Sequence[Collection[Hashable]], weight: Mapping[Any, float] | None = None) -> None:
        """``weight``: what each thing weighs; without it all weigh 1."""
        numbers: dict[Hashable, int] = {}
        for own in sets:
            for thing in sorted(own, key=repr):
                numbers.setdefault(thing, len(numbers))
        longest = max((len(own) for own in sets), default=0)
        self.ids = np.full((len(sets), max(1, longest)), len(numbers), np.int32)
        for row, own in enumerate(sets):
            self.ids[row, : len(own)] = sorted(numbers[thing] for thing in own)
        self.size = np.array([len(own) for own in sets], np.int64)
        self.weight = np.array([*(1.0 if weight is None else weight[t] for t in numbers), 0.0])
        self._held = np.zeros(len(numbers) + 1, np.bool_)

    def both(self, i: int, others: Ints) -> Bools:
        """Which things of ``others`` sentence ``i`` has too, shape (others, longest)."""
        self._held[self.ids[i, : self.size[i]]] = True
        found = self._held[self.ids[others]]
        self._held[self.ids[i, : self.size[i]]] = False
        return found

    def shared(self, i: int, others: Ints) -> Ints:
        """How many things sentence ``i`` has in common with each of ``others``."""
        return np.asarray(self.both(i, others).sum(axis=1))

    def weights(self, i: int, others: Ints) -> Doubles:
        """What the things in common weigh, shape (others, longest): 0 for those that are not."""
        return np.where(self.both(i, others), self.weight[self.ids[others]], 0.0)


class _Runs:
    """The words of all sentences in one row, to find the longest runs of words that one shares with many."""

    def __init__(self, tokens: Sequence[Sequence[str]]) -> None:
        numbers: dict[str, int] = {}
        self.own = [np.array([numbers.setdefault(w, len(numbers)) for w in own], np.int32) for own in tokens]

    def longest(self, i: int, others: Ints) -> Ints:
        """For each of ``others`` the longest run of words that stand in sentence ``i`` too."""
        apart = np.array([-1], np.int32)
        # A place before each sentence that no word equals: no run goes on from one sentence into the next.
        row = np.concatenate([part for j in others.tolist() for part in (apart, self.own[j])])
        starts = np.cumsum([0, *(len(self.own[j]) + 1 for j in others.tolist()[:-1])])
        run = np.zeros(len(row), np.int64)
        best = np.zeros(len(row), np.int64)
        for word in self.own[i].tolist():
            run[1:] = np.where(row[1:] == word, run[:-1] + 1, 0)
            np.maximum(best, run, out=best)
        return np.asarray(np.maximum.reduceat(best, starts))


class _Story:
    """What is asked of single sentences, made ready once."""

    def __init__(self, sentences: Sequence[StatedSentence]) -> None:
        lexicon = load_lexicon()
        unseen = len(lexicon.rows)
        spread = Counter(w for s in sentences for w in s.content)
        rarity = {w: float(lexicon.idf[lexicon.rows.get(w, unseen)]) / (1 + math.log(n)) for w, n in spread.items()}
        named = Counter(e for s in sentences for e in s.entities)
        pieces = [_pieces(s.content) for s in sentences]
        held = Counter(piece for own in pieces for piece in own)
        piece_weight = {piece: math.log(1 + len(sentences) / count) ** 2 for piece, count in held.items()}
        last = Counter(s.article for s in sentences)
        self.index = StemIndex([s.bag for s in sentences])
        self.directions = _directions(sentences)
        self.runs = _Runs([s.tokens for s in sentences])
        self.place = np.array([s.place / last[s.article] for s in sentences])
        self.first = np.array([s.place == 0 for s in sentences], np.int64)
        self.size = (math.log(len(sentences)), float(len(last)))
        self.denied = np.array([s.denied for s in sentences], np.bool_)
        self.content = _Sets([s.content for s in sentences], rarity)
        self.whole = np.array([sum(rarity[w] for w in sorted(s.content)) for s in sentences])
        self.couples = _Sets([_couples(s.tokens) for s in sentences])
        self.pieces = _Sets(pieces, piece_weight)
        self.length = np.array([math.sqrt(sum(piece_weight[p] for p in sorted(own))) or 1.0 for own in pieces])
        self.entities = _Sets([s.entities for s in sentences], {e: 1 / (1 + math.log(n)) for e, n in named.items()})
        self.named = _Sets([s.named for s in sentences])
        self.numbers = _Sets([{q.value for q in s.quantities} for s in sentences])
        self.things = _Sets([{(q.value, q.noun) for q in s.quantities if q.noun} for s in sentences])
        self.units = _Sets([{(q.unit, q.noun) for q in s.quantities if q.noun} for s in sentences])
        self.days = _Sets([s.days for s in sentences])
        self.events = _Sets([s.events for s in sentences])
        self.quoted = _Sets([s.quoted for s in sentences])
        self.reported = _Sets([s.reported for s in sentences])
        self.speakers = _Sets([s.speakers for s in sentences])


def _own_features(sentences: Sequence[StatedSentence], pairs: Ints) -> Doubles:
    story = _Story(sentences)
    width = len(OF_WORDS) + len(OF_VALUES) + len(OF_SPEECH) + len(OF_SIZE)
    found = np.zeros((len(pairs), width))
    order = np.argsort(pairs[:, 0], kind="stable")
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for i, rows in zip(firsts.tolist(), np.split(order, starts[1:]), strict=False):
        others = pairs[rows, 1]
        columns = [
            *_of_words(story, sentences[i], i, others),
            *_of_values(story, i, others),
            *_of_speech(story, i, others),
            *_of_size(story, i, others),
        ]
        found[rows] = np.stack([np.broadcast_to(np.asarray(c, np.float64), len(others)) for c in columns], axis=1)
    return found


def _of_words(story: _Story, sentence: StatedSentence, i: int, others: Ints) -> list[Any]:
    same, forth, back = story.index.parts(sentence.bag, others)
    rare = -np.sort(-np.pad(story.content.weights(i, others), ((0, 0), (0, 3))), axis=1)
    total = rare.sum(axis=1)
    whole = story.whole[others]
    few, many = np.minimum(whole, story.whole[i]), np.maximum(whole, story.whole[i])
    couples = story.couples.shared(i, others)
    pieces = story.pieces.weights(i, others).sum(axis=1)
    return [
        blended(same, forth, back), same, np.maximum(forth, back), np.minimum(forth, back),
        rare[:, 0], rare[:, 1], rare[:, 2],
        total, total / np.maximum(1e-6, few), total / np.maximum(1e-6, many), story.content.shared(i, others),
        story.runs.longest(i, others), couples,
        _share(couples, story.couples.size, i, others),
        pieces / (story.length[i] * story.length[others]),
        np.round(story.directions[others] @ story.directions[i], 6),
    ]  # fmt: skip


def _of_values(story: _Story, i: int, others: Ints) -> list[Any]:
    names, named = story.entities.shared(i, others), story.entities.size
    numbers, counted = story.numbers.shared(i, others), story.numbers.size
    days, dated = story.days.shared(i, others), story.days.size
    return [
        names,
        story.entities.weights(i, others).sum(axis=1),
        names / np.maximum(1, named[i] + named[others] - names),
        _apart(names, named, i, others),
        story.named.shared(i, others),
        numbers,
        _apart(numbers, counted, i, others),
        _one_has(counted, i, others),
        story.things.shared(i, others),
        (story.units.shared(i, others) > 0) & (numbers == 0),
        days,
        _apart(days, dated, i, others),
        _one_has(dated, i, others),
        story.events.shared(i, others),
        story.denied[others] != story.denied[i],
    ]


def _of_speech(story: _Story, i: int, others: Ints) -> list[Any]:
    quoted, reported = story.quoted.shared(i, others), story.reported.shared(i, others)
    speakers = story.speakers.shared(i, others)
    return [
        _share(quoted, story.quoted.size, i, others),
        quoted,
        _both_have(story.quoted.size, i, others),
        _one_has(story.quoted.size, i, others),
        _share(reported, story.reported.size, i, others),
        reported,
        _both_have(story.reported.size, i, others),
        speakers > 0,
        _apart(speakers, story.speakers.size, i, others),
    ]


def _of_size(story: _Story, i: int, others: Ints) -> list[Any]:
    size = story.content.size
    return [
        np.log(1 + np.minimum(size[others], size[i])),
        np.log(1 + np.maximum(size[others], size[i])),
        *story.size,
        np.maximum(story.place[others], story.place[i]),
        np.abs(story.place[others] - story.place[i]),
        story.first[others] + story.first[i],
    ]


def _share(shared: Ints, size: Ints, i: int, others: Ints) -> Doubles:
    """What is shared as a share of the smaller set."""
    return np.asarray(shared / np.maximum(1, np.minimum(size[i], size[others])))


def _both_have(size: Ints, i: int, others: Ints) -> Bools:
    return np.asarray((size[others] > 0) & bool(size[i]))


def _one_has(size: Ints, i: int, others: Ints) -> Bools:
    return np.asarray((size[others] > 0) != bool(size[i]))


def _apart(shared: Ints, size: Ints, i: int, others: Ints) -> Bools:
    """Whether both have some and none in common."""
    return np.asarray(_both_have(size, i, others) & (shared == 0))


def _beside_rivals(values: Doubles, pairs: Ints, article: Ints) -> Doubles:
    """How each pair's value stands beside those of its rivals: the other pairs that either sentence makes with the same
    article. Shape (n, 4)."""
    kinds = int(article.max()) + 1 if len(article) else 1
    ends = np.concatenate([pairs[:, 0] * kinds + article[pairs[:, 1]], pairs[:, 1] * kinds + article[pairs[:, 0]]])
    both = np.concatenate([values, values])
    names, key = np.unique(ends, return_inverse=True)
    best = np.zeros(len(names))
    np.maximum.at(best, key, both)
    # The best but one: of those that are the best only the first is left out.
    order = np.lexsort((-both, key))
    first = np.unique(key[order], return_index=True)[1]
    rest = np.ones(len(both), np.bool_)
    rest[order[first]] = False
    second = np.zeros(len(names))
    np.maximum.at(second, key[rest], both[rest])
    share = both / np.maximum(best[key], 1e-6)
    rival = np.where(both >= best[key], second[key], best[key])
    (mine, yours), (ours, theirs) = share.reshape(2, -1), rival.reshape(2, -1)
    return np.stack(
        [
            np.maximum(mine, yours),
            np.minimum(mine, yours),
            values - np.maximum(ours, theirs),
            values - np.minimum(ours, theirs),
        ],
        axis=1,
    )


def _places(values: Doubles, pairs: Ints, article: Ints) -> Doubles:
    """How alike the sentences around two are, and how alike to both something in a third article is. Shape (n, 3)."""
    if len(article) <= WHOLE:
        # A border of zeros, so that the first and the last sentence have neighbours too.
        table = np.zeros((len(article) + 2, len(article) + 2))
        table[pairs[:, 0] + 1, pairs[:, 1] + 1] = table[pairs[:, 1] + 1, pairs[:, 0] + 1] = values
        rows, columns = pairs[:, 0] + 1, pairs[:, 1] + 1
        slanting = [table[rows + a, columns + b] for a in (-1, 1) for b in (-1, 1)]
        beside = [table[rows + a, columns + b] for a, b in ((-1, 0), (1, 0), (0, -1), (0, 1))]
        third = _thirds(table[1:-1, 1:-1], pairs, article)
        return np.stack([np.max(slanting, axis=0), np.max(beside, axis=0), third], axis=1)
    alike: dict[tuple[int, int], float] = {}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in zip(pairs.tolist(), values.tolist(), strict=True):
        alike[i, j] = alike[j, i] = value
        near[i][j] = near[j][i] = value
    found = np.zeros((len(pairs), len(OF_PLACE)))
    for row, (i, j) in enumerate(pairs.tolist()):
        found[row, 0] = max(alike.get((i + a, j + b), 0.0) for a in (-1, 1) for b in (-1, 1))
        found[row, 1] = max(alike.get((i + a, j + b), 0.0) for a, b in ((-1, 0), (1, 0), (0, -1), (0, 1)))
        found[row, 2] = _third(near[i], near[j], {int(article[i]), int(article[j])}, article)
    return found


def _thirds(table: Doubles, pairs: Ints, article: Ints) -> Doubles:
    """``_third`` of every pair of a short story, from one table of all sentences."""
    found = np.zeros(len(pairs))
    order = np.argsort(pairs[:, 0], kind="stable")
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for i, rows in zip(firsts.tolist(), np.split(order, starts[1:]), strict=False):
        others = pairs[rows, 1]
        both = np.minimum(table[i], table[others])
        both[:, article == article[i]] = 0
        both[article[others][:, None] == article[None, :]] = 0
        found[rows] = both.max(axis=1)
    return found


def _third(one: Mapping[int, float], other: Mapping[int, float], own: set[int], article: Ints) -> float:
    few, many = sorted((one, other), key=len)
    common = (min(value, many[k]) for k, value in few.items() if k in many and int(article[k]) not in own)
    return max(common, default=0.0)


def _couples(tokens: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Each two content words in a row."""
    kept = [stem(w) for w in tokens if w not in stop_words()]
    return frozenset(itertools.pairwise(kept))


def _pieces(content: frozenset[str]) -> frozenset[str]:
    """Pieces of four letters of some words, their ends marked by blanks."""
    padded = [f" {word} " for word in content]
    return frozenset(word[k : k + _PIECE] for word in padded for k in range(max(1, len(word) - _PIECE + 1)))


def _directions(sentences: Sequence[StatedSentence]) -> Doubles:
    """Weighted means of the words' vectors, of length 1, shape (sentences, axes)."""
    found = np.zeros((len(sentences), load_lexicon().vectors.shape[1]))
    for row, each in enumerate(sentences):
        if each.bag.stems:
            found[row] = each.bag.weights @ (each.bag.rows.astype(np.float64) * each.bag.shrink[:, None])
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(lengths > 0, lengths, 1.0))


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The longest run of words that stand in both.

    >>> longest_run("the dam broke on monday".split(), "on monday the dam held".split())
    2
    """
    where: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(other):
        where[word].append(at)
    best, before = 0, dict[int, int]()
    for word in one:
        before = {at: before.get(at - 1, 0) + 1 for at in where.get(word, ())}
        best = max(best, *before.values()) if before else best
    return best

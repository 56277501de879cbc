"""What the decision whether two sentences of different articles state one fact is made from.

Words, names, numbers, days, quoted words and events that two sentences share or do not; how alike they are beside what
else either article has; what stands next to them; and whether a third article has the like of both.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.align.matching.candidate_pairs import WHOLE, StemIndex
from rashomon.align.statements.sentences import StatedSentence
from rashomon.align.statements.similarity import Doubles, Ints, blended, load_lexicon
from rashomon.align.statements.stems import stem, stop_words

Features = NDArray[np.float32]
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


class _Words:
    """What is asked of single sentences, made ready once."""

    def __init__(self, sentences: Sequence[StatedSentence]) -> None:
        lexicon = load_lexicon()
        spread = Counter(w for s in sentences for w in s.content)
        unseen = len(lexicon.rows)
        self.rarity = {
            w: float(lexicon.idf[lexicon.rows.get(w, unseen)]) / (1 + math.log(count)) for w, count in spread.items()
        }
        names = Counter(e for s in sentences for e in s.entities)
        self.rare_name = {e: 1 / (1 + math.log(count)) for e, count in names.items()}
        last = Counter(s.article for s in sentences)
        self.place = [s.place / last[s.article] for s in sentences]
        self.couples = [_couples(s.tokens) for s in sentences]
        self.whole = [sum(self.rarity[w] for w in sorted(s.content)) for s in sentences]
        self.pieces = [_pieces(s.content) for s in sentences]
        held = Counter(piece for own in self.pieces for piece in own)
        self.piece_weight = {piece: math.log(1 + len(sentences) / count) ** 2 for piece, count in held.items()}
        self.length = [math.sqrt(sum(self.piece_weight[p] for p in sorted(own))) or 1.0 for own in self.pieces]
        self.directions = _directions(sentences)


def _own_features(sentences: Sequence[StatedSentence], pairs: Ints) -> Doubles:
    words = _Words(sentences)
    index = StemIndex([s.bag for s in sentences])
    size = (math.log(len(sentences)), float(len({s.article for s in sentences})))
    width = len(OF_WORDS) + len(OF_VALUES) + len(OF_SPEECH) + len(OF_SIZE)
    found = np.zeros((len(pairs), width))
    order = np.argsort(pairs[:, 0], kind="stable")
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for i, rows in zip(firsts.tolist(), np.split(order, starts[1:]), strict=False):
        others = pairs[rows, 1]
        same, forth, back = index.parts(sentences[i].bag, others)
        alike = blended(same, forth, back)
        for at, (row, j) in enumerate(zip(rows.tolist(), others.tolist(), strict=True)):
            likeness = (float(alike[at]), float(same[at]), float(forth[at]), float(back[at]))
            found[row] = (
                *_of_words(words, sentences, i, j, likeness),
                *_of_values(words, sentences[i], sentences[j]),
                *_of_speech(sentences[i], sentences[j]),
                *_of_size(words, sentences, i, j, size),
            )
    return found


def _of_words(
    words: _Words, sentences: Sequence[StatedSentence], i: int, j: int, likeness: tuple[float, float, float, float]
) -> tuple[float, ...]:
    a, b = sentences[i], sentences[j]
    alike, same, forth, back = likeness
    rare = sorted((words.rarity[w] for w in a.content & b.content), reverse=True)
    total = sum(rare)
    few, many = sorted((words.whole[i], words.whole[j]))
    couples = len(words.couples[i] & words.couples[j])
    pieces = words.pieces[i] & words.pieces[j]
    return (
        alike, same, max(forth, back), min(forth, back),
        *(rare[k] if len(rare) > k else 0.0 for k in range(3)),
        total, total / max(1e-6, few), total / max(1e-6, many), len(rare),
        longest_run(a.tokens, b.tokens), couples,
        couples / max(1, min(len(words.couples[i]), len(words.couples[j]))),
        sum(words.piece_weight[p] for p in sorted(pieces)) / (words.length[i] * words.length[j]),
        round(float(words.directions[i] @ words.directions[j]), 6),
    )  # fmt: skip


def _of_values(words: _Words, a: StatedSentence, b: StatedSentence) -> tuple[float, ...]:
    names = a.entities & b.entities
    numbers = [{q.value for q in s.quantities} for s in (a, b)]
    things = [{(q.value, q.noun) for q in s.quantities if q.noun} for s in (a, b)]
    units = [{(q.unit, q.noun) for q in s.quantities if q.noun} for s in (a, b)]
    shared = numbers[0] & numbers[1]
    return (
        len(names),
        sum(words.rare_name[e] for e in sorted(names)),
        len(names) / max(1, len(a.entities | b.entities)),
        bool(a.entities and b.entities) and not names,
        len(a.named & b.named),
        len(shared),
        bool(numbers[0] and numbers[1]) and not shared,
        bool(numbers[0]) != bool(numbers[1]),
        len(things[0] & things[1]),
        bool(units[0] & units[1]) and not shared,
        len(a.days & b.days),
        bool(a.days and b.days) and not a.days & b.days,
        bool(a.days) != bool(b.days),
        len(a.events & b.events),
        a.denied != b.denied,
    )


def _of_speech(a: StatedSentence, b: StatedSentence) -> tuple[float, ...]:
    quoted, reported = len(a.quoted & b.quoted), len(a.reported & b.reported)
    return (
        quoted / max(1, min(len(a.quoted), len(b.quoted))),
        quoted,
        bool(a.quoted and b.quoted),
        bool(a.quoted) != bool(b.quoted),
        reported / max(1, min(len(a.reported), len(b.reported))),
        reported,
        bool(a.reported and b.reported),
        bool(a.speakers & b.speakers),
        bool(a.speakers and b.speakers) and not a.speakers & b.speakers,
    )


def _of_size(
    words: _Words, sentences: Sequence[StatedSentence], i: int, j: int, size: tuple[float, float]
) -> tuple[float, ...]:
    short, long = sorted((len(sentences[i].content), len(sentences[j].content)))
    return (
        math.log(1 + short),
        math.log(1 + long),
        *size,
        max(words.place[i], words.place[j]),
        abs(words.place[i] - words.place[j]),
        (sentences[i].place == 0) + (sentences[j].place == 0),
    )


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
    alike: dict[tuple[int, int], float] = {}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in zip(pairs.tolist(), values.tolist(), strict=True):
        alike[i, j] = alike[j, i] = value
        near[i][j] = near[j][i] = value
    found = np.zeros((len(pairs), len(OF_PLACE)))
    for row, (i, j) in enumerate(pairs.tolist()):
        steps = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        around = {(a, b): alike.get((i + a, j + b), 0.0) for a, b in steps if a or b}
        found[row, 0] = max(value for (a, b), value in around.items() if a and b)
        found[row, 1] = max(value for (a, b), value in around.items() if not (a and b))
        if len(article) > WHOLE:
            found[row, 2] = _third(near[i], near[j], {int(article[i]), int(article[j])}, article)
    if len(article) <= WHOLE:
        found[:, 2] = _thirds(values, pairs, article)
    return found


def _thirds(values: Doubles, pairs: Ints, article: Ints) -> Doubles:
    """``_third`` of every pair of a short story, from one table of all sentences."""
    table = np.zeros((len(article), len(article)))
    table[pairs[:, 0], pairs[:, 1]] = table[pairs[:, 1], pairs[:, 0]] = values
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

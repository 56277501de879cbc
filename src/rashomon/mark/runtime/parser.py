"""Heads and labels, by spaCy's arc-eager transition system, greedily.

Each text is followed by a generator that keeps the stack and the buffer, and asks which move to make; all texts of one
article are followed in step, so that their questions are answered by one matrix product. After
``spacy/pipeline/_parser_internals/arc_eager.pyx`` and ``_state.pxd``, whose peculiarities are kept: what a parse is, is
what they do.
"""

import itertools
from collections.abc import Generator, Sequence

import numpy as np

from rashomon.mark.runtime.arithmetic import tied
from rashomon.mark.runtime.columns import Flags, Floats, Places
from rashomon.mark.runtime.transitions import Scorer
from rashomon.mark.runtime.weights import TransitionWeights, UnfamiliarPipelineError

# The kinds of moves: bits of what is allowed in a state. The two arcs are always allowed together.
SHIFT, REDUCE, LEFT, RIGHT, BREAK = "S", "D", "L", "R", "B"
MAY_SHIFT, MAY_REDUCE, MAY_ARC, MAY_BREAK = 1, 2, 4, 8
_NEEDS = {SHIFT: MAY_SHIFT, REDUCE: MAY_REDUCE, LEFT: MAY_ARC, RIGHT: MAY_ARC, BREAK: MAY_BREAK}
ROOT = "ROOT"

# What is allowed (bits), then the features: the first two of the buffer, the first three of the stack, the last left
# child of the buffer's first, the last left and the last right child of the stack's first.
Question = tuple[int, int, int, int, int, int, int, int, int]


class Parser:
    """Finds each token's head and the label of its arc."""

    def __init__(self, weights: TransitionWeights) -> None:
        """Take the moves apart.

        Raises:
            UnfamiliarPipelineError: a move is of an unknown kind.
        """
        self._scorer = Scorer(weights)
        self._scores = weights.scores.weight
        named = [move.partition("-") for move in weights.moves]
        self._kinds = [kind for kind, _, _ in named]
        single = [self._kinds.count(kind) for kind in (SHIFT, REDUCE, BREAK)]
        if not set(self._kinds) <= set(_NEEDS) or single != [1, 1, 1]:
            raise UnfamiliarPipelineError(f"its parser has moves of other kinds: {sorted(set(self._kinds))}")
        # The labels by number; a move that draws no arc has the root's, the last.
        self.labels = [*(label for _, _, label in named), ROOT]
        needs = np.array([_NEEDS[kind] for kind in self._kinds])
        # For each set of allowed kinds, what is added to the scores: the bias, or minus infinity.
        allowed = (needs & np.arange(16)[:, None]) != 0
        self._allowed = np.where(allowed, weights.scores.bias, np.float32(-np.inf))

    def __call__(self, vectors: Floats, lengths: Sequence[int]) -> tuple[Places, Places, Flags]:
        """Parse several texts.

        Args:
            vectors: (tokens, width) in context, the texts one behind the other.
            lengths: tokens of each text.

        Returns:
            (tokens,) the head's place, a token's own for a root; (tokens,) the number of the label in ``labels``; and
            (texts,) whether a move was chosen from a tie.
        """
        size = len(vectors)
        features, pieces = self._scorer.features, self._scorer.pieces
        # Rows of all parts, those of one token together.
        parts = self._scorer.parts(vectors).reshape(-1, pieces)
        column = np.arange(features)
        tree = _Tree(size)
        running: list[Generator[Question, int, None]] = []
        numbers: list[int] = []  # of the running texts
        asked: list[Question] = []
        answers: list[tuple[Floats, Places]] = []
        asking: list[int] = []  # the text behind each row of the answers
        for number, (end, length) in enumerate(zip(itertools.accumulate(lengths), lengths, strict=True)):
            text = self._follow(tree, end - length, end)
            if question := next(text, None):
                running.append(text)
                numbers.append(number)
                asked.append(question)
        while running:
            count = len(asked)
            questions = np.fromiter(itertools.chain.from_iterable(asked), np.int64, count * (features + 1))
            questions = questions.reshape(count, features + 1)
            total = np.add.reduce(parts.take(questions[:, 1:] * features + column, axis=0), axis=1)
            scores = self._scorer.hidden_of(total) @ self._scores
            scores += self._allowed.take(questions[:, 0], axis=0)
            best = scores.argmax(axis=1)
            answers.append((scores, best))
            asking += numbers
            asked = []
            over = []
            for place, (text, move) in enumerate(zip(running, best.tolist(), strict=True)):
                try:
                    asked.append(text.send(move))
                except StopIteration:
                    over.append(place)
            for place in reversed(over):
                del running[place], numbers[place]
        heads = np.array(tree.head[:size], np.int64)
        labels = np.array(tree.label[:size], np.int64)
        roots = heads < 0
        heads[roots] = np.flatnonzero(roots)
        labels[roots] = len(self.labels) - 1
        open_texts = np.zeros(len(lengths), np.bool_)
        if answers:
            scores, best = map(np.concatenate, zip(*answers, strict=True))
            open_texts[np.array(asking)[tied(scores, best)]] = True
        return heads, labels, open_texts

    def _follow(self, tree: "_Tree", begin: int, end: int) -> Generator[Question, int, None]:
        """Follow one text from the first move to the last: yields a question, is sent the move to make.

        Where only one move is allowed, which draws no arc, nothing is asked.
        """
        kinds = self._kinds
        head, label = tree.head, tree.label
        last_left, last_right, before = tree.last_left, tree.last_right, tree.before
        none = tree.none
        stack: list[int] = []
        returned: list[int] = []  # put back on the buffer, in front of what was never read
        shifted_back: set[int] = set()  # returned once, and not to be shifted again
        starts = {begin}  # first tokens of sentences
        unread = begin
        while True:
            if returned:
                first = returned[-1]
                second = returned[-2] if len(returned) > 1 else unread if unread < end else none
            else:
                first = unread if unread < end else none
                second = unread + 1 if unread + 1 < end else none
            left = end - unread + len(returned)
            breakable = left > 1 and second == first + 1 and second not in starts
            if stack:
                top = stack[-1]
                if not left:
                    kind = REDUCE
                else:
                    allowed = MAY_REDUCE
                    if breakable:
                        allowed |= MAY_BREAK
                    if first not in starts:
                        allowed |= MAY_ARC
                        if left > 1 and first not in shifted_back:
                            allowed |= MAY_SHIFT
                    depth = len(stack)
                    move = yield (
                        allowed,
                        first,
                        second,
                        top,
                        stack[-2] if depth > 1 else none,
                        stack[-3] if depth > 2 else none,
                        last_left[first],
                        last_left[top],
                        last_right[top],
                    )
                    kind = kinds[move]
            elif not left:
                return
            elif breakable:
                move = yield (MAY_SHIFT | MAY_BREAK, first, second, none, none, none, last_left[first], none, none)
                kind = kinds[move]
            else:
                kind = SHIFT
            if kind == LEFT:
                # The top may have a head already, whose last right child it then is.
                if head[top] >= 0:
                    last_right[head[top]] = before[top]
                head[top], label[top] = first, move
                last_left[first] = top
                shifted_back.discard(first)
                stack.pop()
            elif kind == REDUCE:
                stack.pop()
                if head[top] < 0 and stack:
                    returned.append(top)
                    shifted_back.add(top)
            elif kind == BREAK:
                starts.add(second)
            else:
                if kind == RIGHT:
                    head[first], label[first] = top, move
                    before[first] = last_right[top]
                    last_right[top] = first
                stack.append(first)
                if returned:
                    returned.pop()
                else:
                    unread += 1


class _Tree:
    """The arcs drawn so far. ``none`` is the place of a missing token; so far no token has a head (-1)."""

    def __init__(self, size: int) -> None:
        self.none = size
        self.head = [-1] * (size + 1)
        self.label = [-1] * (size + 1)
        self.last_left = [size] * (size + 1)
        self.last_right = [size] * (size + 1)
        self.before = [size] * (size + 1)  # the right child of the same head that came before this one

"""Names, dates and amounts, by spaCy's BILUO transition system, greedily.

While no entity is open, the scores of a token depend on that token alone: all tokens are scored at once. Steps are
taken only where an entity of several tokens is open, in all sentences together, since no entity leaves its sentence.
After ``spacy/pipeline/_parser_internals/ner.pyx``.
"""

import numpy as np

from rashomon.mark.runtime import arithmetic
from rashomon.mark.runtime.columns import Flags, Floats, Keys, Places
from rashomon.mark.runtime.transitions import Scorer
from rashomon.mark.runtime.weights import TransitionWeights, UnfamiliarPipelineError

# The moves: begin, inside and last of several tokens, unit (a single token), outside.
BEGIN, INSIDE, LAST, UNIT, OUTSIDE = "B", "I", "L", "U", "O"
NOWHERE = "U-"  # the one class without a label, for tokens that a user blocked
# ENT_IOB as spaCy writes it.
IOB_INSIDE, IOB_OUTSIDE, IOB_BEGINS = 1, 2, 3


class Entities:
    """Finds entities and their labels."""

    def __init__(self, weights: TransitionWeights) -> None:
        """Take the moves apart.

        Raises:
            UnfamiliarPipelineError: a label lacks one of its moves.
        """
        self._scorer = Scorer(weights)
        place = {move: number for number, move in enumerate(weights.moves)}
        self.labels = [move[2:] for move in weights.moves if move.startswith("B-")]
        wanted = {f"{kind}-{label}" for kind in (BEGIN, INSIDE, LAST, UNIT) for label in self.labels}
        if set(place) != wanted | {OUTSIDE, NOWHERE}:
            raise UnfamiliarPipelineError("its entity recogniser has other moves")
        # The moves while no entity is open, in their order: of equal scores the first wins.
        closed = [move for move in weights.moves if move[0] in (BEGIN, UNIT, OUTSIDE) and move != NOWHERE]
        chosen = [place[move] for move in closed]
        self._closed_weight = np.ascontiguousarray(weights.scores.weight[:, chosen])
        self._closed_bias = weights.scores.bias[chosen]
        self._begins = np.array([move[0] == BEGIN for move in closed])
        self._units = np.array([move[0] == UNIT for move in closed])
        self._label_of = np.array([self.labels.index(move[2:]) if move != OUTSIDE else -1 for move in closed])
        # Per label the inside move and the last move.
        inside = [place[f"I-{label}"] for label in self.labels]
        last = [place[f"L-{label}"] for label in self.labels]
        self._open_weight = np.stack([weights.scores.weight[:, inside].T, weights.scores.weight[:, last].T], axis=1)
        self._open_bias = np.stack([weights.scores.bias[inside], weights.scores.bias[last]], axis=1)
        if any(i > j for i, j in zip(inside, last, strict=True)):  # of equal scores the first wins
            raise UnfamiliarPipelineError("its entity recogniser has its moves in another order")

    def __call__(self, vectors: Floats, starts: Flags, blank: Flags) -> tuple[Keys, Places, Flags]:
        """Find the entities of several texts.

        Args:
            vectors: (tokens, width) in context, the texts one behind the other.
            starts: (tokens,) whether a sentence begins here; the first token of a text begins one.
            blank: (tokens,) whether the token is white space.

        Returns:
            (tokens,) spaCy's ENT_IOB; (tokens,) the number of the label in ``labels``, -1 outside; and (tokens,)
            whether a move was chosen from a tie.
        """
        size = len(vectors)
        iob = np.full(size, IOB_OUTSIDE, np.uint64)
        label = np.full(size, -1, np.int64)
        if not size:
            return iob, label, np.zeros(0, np.bool_)
        parts = self._scorer.parts(vectors)
        ends = np.empty(size, np.bool_)  # no entity goes on behind this token
        ends[:-1], ends[-1] = starts[1:], True
        move, ties = self._closed(parts, ends, blank)
        begins, units = self._begins[move], self._units[move]
        first, last, of = self._follow(parts, np.flatnonzero(begins), ends, self._label_of[move], ties)
        # Alternating marks, summed: 1 from the first to the last token of each entity.
        inside = np.zeros(size + 1, np.int64)
        inside[first] += 1
        inside[last + 1] -= 1
        within = np.cumsum(inside[:-1]) > 0
        iob[within] = IOB_INSIDE
        iob[first] = IOB_BEGINS
        label[within] = np.repeat(of, last + 1 - first)
        single = units & ~within
        iob[single] = IOB_BEGINS
        label[single] = self._label_of[move[single]]
        return iob, label, ties

    def _closed(self, parts: Floats, ends: Flags, blank: Flags) -> tuple[Places, Flags]:
        """(tokens,) the best move at each token, were no entity open there, and (tokens,) whether it is a tie."""
        total = parts[:-1, 0] + parts[-1, 1]
        total += parts[-1, 2]
        scores = self._scorer.hidden_of(total) @ self._closed_weight
        scores += self._closed_bias
        scores[np.ix_(ends | blank, self._begins)] = -np.inf
        scores[np.ix_(blank, self._units)] = -np.inf
        best: Places = scores.argmax(axis=1)
        return best, arithmetic.tied(scores, best)

    def _follow(
        self, parts: Floats, begins: Places, ends: Flags, label: Places, ties: Flags
    ) -> tuple[Places, Places, Places]:
        """Entities of several tokens, in order: (entities,) first tokens, last tokens (inclusive) and labels.

        Args:
            parts: what each token adds as each feature.
            begins: places where an entity begins, were none open there.
            ends: behind which tokens no entity goes on.
            label: of the entity that would begin at each token.
            ties: set where it is a tie whether the entity goes on.
        """
        # The sentence of each beginning; one more that is in none, to stand behind the last.
        sentence = np.append(np.append(0, np.cumsum(ends[:-1]))[begins], -1)
        begins = np.append(begins, 0)
        lane = np.flatnonzero(np.diff(sentence[:-1], prepend=-1))  # each sentence's first beginning
        found_first = [begins[:0]]
        found_last = [begins[:0]]
        at = begins[lane] + 1
        while lane.size:
            first = begins[lane]
            total = parts[at, 0] + parts[first, 1]
            total += parts[at - 1, 2]
            hidden = self._scorer.hidden_of(total)
            kind = label[first]
            scores = np.einsum("ij,ikj->ik", hidden, self._open_weight[kind])
            scores += self._open_bias[kind]
            lead = scores[:, 1] - scores[:, 0]
            ties[at] |= np.abs(lead) < arithmetic.TIE
            closing = ends[at] | (lead > 0)
            found_first.append(first[closing])
            found_last.append(at[closing])
            # Where one was closed, the next that begins behind it in the same sentence is taken up.
            behind = np.where(closing, np.searchsorted(begins[:-1], at, side="right"), lane)
            goes_on = sentence[behind] == sentence[lane]
            at = np.where(closing, begins[behind] + 1, at + 1)[goes_on]
            lane = behind[goes_on]
        first, last = np.concatenate(found_first), np.concatenate(found_last)
        order = np.argsort(first)
        return first[order], last[order], label[first[order]]

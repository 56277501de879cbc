"""Parts of speech, morphology and lemmas: the pipeline's own attribute ruler and lemmatizer, remembered.

The ruler's patterns look at a token's lower-case form, tag and label, some at two tokens in a row. So its outcome is
asked of spaCy once for each kind of word, tag and label, and once for each row of tokens that a pattern of two could
match. The lemmatizer's outcome is asked once for each string, part of speech and morphology.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from rashomon.mark.runtime.columns import Flags, Keys, Places, doc_of
from rashomon.mark.runtime.weights import UnfamiliarPipelineError
from rashomon.mark.runtime.words import COLUMN

# What the ruler sets. The order is that of ``Rules`` results.
OUTCOME: tuple[int, ...] = (TAG, DEP, POS, MORPH, LEMMA)
_TAG, _DEP, _POS, _MORPH, _LEMMA = range(5)
_KNOWN_KEYS = {"LOWER", "TAG", "DEP", "IS_SPACE"}
_KNOWN_TESTS = {"IN", "NOT_IN", "REGEX"}
# Lemmas remembered: 0.2 kB each. As with words, a full memory is emptied.
CAPACITY = 1 << 17

Pattern = list[dict[str, Any]]
Token = tuple[str, int, int]  # a word, and the keys of its tag and label


class Rules:
    """Applies the attribute ruler and the lemmatizer of one pipeline."""

    def __init__(self, nlp: Language, tags: Sequence[str], labels: Sequence[str]) -> None:
        """Read the patterns.

        Args:
            nlp: the pipeline; its table of known lemmas is turned into sets, which gives the same answers sooner.
            tags: names by number.
            labels: names by number.

        Raises:
            UnfamiliarPipelineError: a pattern asks for something else than those above.
        """
        self._vocab = nlp.vocab
        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._ruler, self._lemmatizer = ruler, lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech in list(index.keys()):
            index[part_of_speech] = frozenset(index[part_of_speech])
        self._tags = [nlp.vocab.strings.add(tag) for tag in tags]
        self._labels = [nlp.vocab.strings.add(label) for label in labels]
        patterns: list[Pattern] = [p for rule in ruler.patterns for p in rule["patterns"]]
        self._forms, self._expressions = _word_tests(patterns)
        self._pairs = [(self._alone(pattern[0]), self._alone(pattern[1])) for pattern in patterns if len(pattern) == 2]
        # A kind of word: 0 for one that no pattern names, else one number for each form that some pattern may name.
        self._kind_of: dict[tuple[str, bool], int] = {}
        self._example = [""]
        # Outcomes by number, and the number that a kind, tag and label has; -1 where it was never asked for.
        self._number: NDArray[np.int32] = np.full((64, len(tags), len(labels)), -1, np.int32)
        self._outcomes: list[tuple[int, ...]] = []
        self._asked: list[Token] = []
        # Bit p of the first, the second: may be the first, the second token of the p-th pattern of two.
        self._bits: list[tuple[int, int]] = []
        self._table: Keys = np.zeros((0, len(OUTCOME)), np.uint64)
        self._bit_table: Places = np.zeros((0, 2), np.int64)
        self._rows: dict[tuple[int, ...], Keys] = {}
        self._lemmas: dict[int, int] = {}

    def _alone(self, token: dict[str, Any]) -> Matcher:
        matcher = Matcher(self._vocab)
        matcher.add("alone", [[token]])
        return matcher

    def kinds(self, attributes: Keys) -> Places:
        """The kind of each word, for its column in ``Words``.

        Args:
            attributes: (words, ``words.ATTRIBUTES``).
        """
        strings = self._vocab.strings
        lower = attributes[:, COLUMN[LOWER]].tolist()
        blank = attributes[:, COLUMN[IS_SPACE]].tolist()
        return np.array([self._kind(strings[form], bool(space)) for form, space in zip(lower, blank, strict=True)])

    def _kind(self, form: str, blank: bool) -> int:
        if not blank and form not in self._forms and not any(e.search(form) for e in self._expressions):
            if not self._example[0]:
                self._example[0] = form
            return 0
        key = ("", True) if blank and form not in self._forms else (form, blank)
        kind = self._kind_of.get(key)
        if kind is None:
            kind = self._kind_of[key] = len(self._example)
            self._example.append(form)
            if kind >= len(self._number):
                self._number = np.concatenate([self._number, np.full_like(self._number, -1)])
        return kind

    def __call__(self, orth: Keys, kinds: Places, tags: Places, labels: Places, starts: Flags) -> Keys:
        """Apply the ruler, then the lemmatizer.

        Args:
            orth: (tokens,) keys of the strings.
            kinds: (tokens,) of the words.
            tags: (tokens,) numbers of the tags.
            labels: (tokens,) numbers of the labels.
            starts: (tokens,) whether a text begins here; no pattern looks across.

        Returns:
            (tokens, ``OUTCOME``).
        """
        numbers = self._number[kinds, tags, labels]
        for place in np.flatnonzero(numbers < 0).tolist():
            numbers[place] = self._ask(int(kinds[place]), int(tags[place]), int(labels[place]))
        if len(self._table) < len(self._outcomes):
            self._table = np.array(self._outcomes, np.uint64)
            self._bit_table = np.array(self._bits, np.int64)
        outcome = self._table[numbers]
        first, second = self._bit_table[numbers[:-1], 0], self._bit_table[numbers[1:], 1]
        for begin, end in _runs(np.flatnonzero(((first & second) != 0) & ~starts[1:])):
            outcome[begin:end] = self._row(tuple(numbers[begin:end].tolist()))
        open_ = np.flatnonzero(outcome[:, _LEMMA] == 0)
        if open_.size:
            outcome[open_, _LEMMA] = self._lemmatize(orth[open_], outcome[open_])
        return outcome

    def _ask(self, kind: int, tag: int, label: int) -> int:
        """The number of the outcome for a token by itself."""
        number = int(self._number[kind, tag, label])
        if number < 0:
            token = (self._example[kind], self._tags[tag], self._labels[label])
            doc = self._tagged([token])
            first, second = (sum(1 << p for p, pair in enumerate(self._pairs) if pair[side](doc)) for side in (0, 1))
            number = self._number[kind, tag, label] = len(self._outcomes)
            self._asked.append(token)
            self._bits.append((first, second))
            self._outcomes.extend(self._rule(doc))
        return number

    def _row(self, numbers: tuple[int, ...]) -> Keys:
        """The outcomes for tokens in a row, each two of which may be a pattern of two; given by their numbers alone."""
        known = self._rows.get(numbers)
        if known is None:
            if len(self._rows) >= CAPACITY:
                self._rows.clear()
            doc = self._tagged([self._asked[number] for number in numbers])
            known = self._rows[numbers] = np.array(self._rule(doc), np.uint64)
        return known

    def _tagged(self, tokens: Sequence[Token]) -> Doc:
        doc = Doc(self._vocab, words=[word for word, _, _ in tokens])
        for token, (_, tag, label) in zip(doc, tokens, strict=True):
            token.tag, token.dep = tag, label
        return doc

    def _rule(self, doc: Doc) -> list[tuple[int, ...]]:
        return [(token.tag, token.dep, token.pos, token.morph.key, token.lemma) for token in self._ruler(doc)]

    def _lemmatize(self, orth: Keys, outcome: Keys) -> Keys:
        """(tokens,) lemmas of tokens to which the ruler gave none."""
        spread = np.uint64(0x9E3779B97F4A7C15)
        keys = ((orth * spread + outcome[:, _POS]) * spread + outcome[:, _MORPH]).tolist()
        known = self._lemmas
        lemmas = [known.get(key) for key in keys]
        new = {key: place for place, key in enumerate(keys) if lemmas[place] is None}
        if new:
            if len(known) + len(new) > CAPACITY:
                known.clear()
            places = list(new.values())
            doc = doc_of(self._vocab, orth[places], None, [POS, MORPH], outcome[places][:, [_POS, _MORPH]])
            for key, token in zip(new, doc, strict=True):
                known[key] = self._vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
            self._lemmatizer.cache.clear()  # ours is enough
            lemmas = [known.get(key) if lemma is None else lemma for key, lemma in zip(keys, lemmas, strict=True)]
        return np.array(lemmas, np.uint64)


def _runs(pairs: Places) -> list[tuple[int, int]]:
    """Half-open ranges of the tokens that pairs chain together; a pair is given by its first token.

    >>> _runs(np.array([2, 3, 7]))
    [(2, 5), (7, 9)]
    """
    return [
        (int(run[0]), int(run[-1]) + 2) for run in np.split(pairs, np.flatnonzero(np.diff(pairs) > 1) + 1) if run.size
    ]


def _word_tests(patterns: Sequence[Pattern]) -> tuple[set[str], list[re.Pattern[str]]]:
    """All forms and expressions that the patterns compare a lower-case form with.

    Raises:
        UnfamiliarPipelineError: a pattern is longer than two tokens, or asks for something unknown.
    """
    forms: set[str] = set()
    expressions: list[re.Pattern[str]] = []
    for pattern in patterns:
        if not 1 <= len(pattern) <= 2:
            raise UnfamiliarPipelineError("its attribute ruler has patterns of more than two tokens")
        for token in pattern:
            tests = [test for value in token.values() if isinstance(value, dict) for test in value]
            if not set(token) <= _KNOWN_KEYS or not set(tests) <= _KNOWN_TESTS:
                raise UnfamiliarPipelineError("its attribute ruler asks for other attributes")
            lower = token.get("LOWER", {})
            if isinstance(lower, str):
                forms.add(lower)
                continue
            forms.update(lower.get("IN", []), lower.get("NOT_IN", []))
            if "REGEX" in lower:
                expressions.append(re.compile(lower["REGEX"]))
    return forms, expressions

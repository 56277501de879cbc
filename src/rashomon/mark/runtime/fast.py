"""The same parse as spaCy's, by our own arithmetic over the pipeline's weights."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from spacy.attrs import DEP, HEAD, IS_SPACE, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.pipeline._parser_internals import nonproj

from rashomon.mark.runtime.arithmetic import tied
from rashomon.mark.runtime.columns import Flags, Floats, Keys, Parsed, Places, doc_of, joined
from rashomon.mark.runtime.encoder import encode
from rashomon.mark.runtime.entities import Entities
from rashomon.mark.runtime.parser import Parser
from rashomon.mark.runtime.rules import Rules
from rashomon.mark.runtime.stock import StockRuntime
from rashomon.mark.runtime.weights import read_weights
from rashomon.mark.runtime.words import ATTRIBUTES, CAPACITY, COLUMN, Words

# Characters parsed together: bounds the work space (24 kB a token) whatever the length of an article. More texts in
# step make the parser faster; beyond some twenty it no longer matters.
BLOCK = 20_000


class FastRuntime:
    """A pipeline of the known kind (see ``weights``), run without spaCy's networks."""

    name = "fast"
    reason: str | None = None

    def __init__(self, nlp: Language, *, words: int = CAPACITY) -> None:
        """Read the pipeline's weights; ``words`` is the most words to remember.

        Raises:
            UnfamiliarPipelineError: it is not of the known kind.
        """
        weights = read_weights(nlp)
        strings = nlp.vocab.strings
        self._nlp = nlp
        self._stock = StockRuntime(nlp)
        self._weights = weights
        self._parser = Parser(weights.parser)
        self._entities = Entities(weights.entities)
        plain = [label for label in dict.fromkeys(self._parser.labels) if nonproj.DELIMITER not in label]
        whole = {part for label in self._parser.labels for part in label.split(nonproj.DELIMITER)}
        self._labels = plain + sorted(whole - set(plain))
        self._label_number = {strings.add(label): number for number, label in enumerate(self._labels)}
        # The parser's labels: their keys, their numbers among the plain ones, and which ones are decorated.
        self._label_keys = np.array([strings.add(label) for label in self._parser.labels], np.uint64)
        self._decorated = np.array([nonproj.DELIMITER in label for label in self._parser.labels])
        self._plain = np.array([self._label_number.get(int(key), -1) for key in self._label_keys])
        self._entity_keys = np.array([*(strings.add(label) for label in self._entities.labels), 0], np.uint64)
        self._rules = Rules(nlp, weights.tags, self._labels)
        self._words = Words([weights.words, weights.entity_words], self._rules.kinds, capacity=words)

    def parse(self, texts: Sequence[str]) -> Parsed:
        """See ``Runtime``. All that is computed for a call depends on its texts alone.

        A text in which anything was chosen from a tie is parsed by spaCy: there our rounding would decide, not the
        weights.
        """
        blocks = [self._parse_block(block) for block in _blocks(texts)] or [self._parse_block([])]
        parsed = joined([block for block, _ in blocks])
        ties = np.concatenate([found for _, found in blocks])
        ends = parsed.lengths.cumsum()
        for number in np.flatnonzero(ties).tolist():
            tokens = slice(ends[number] - parsed.lengths[number], ends[number])
            parsed.layers[tokens] = self._stock.parse([texts[number]]).layers
        return parsed

    def _parse_block(self, texts: Sequence[str]) -> tuple[Parsed, Flags]:
        """The parse, and (texts,) whether anything in a text was chosen from a tie."""
        lengths, tokens = self._tokens(texts)
        orth = tokens[:, COLUMN[ORTH]].copy()
        rows = self._words.rows(tokens)
        vectors = encode(self._words.vectors[0], rows, lengths, self._weights.words.windows)
        scores = vectors @ self._weights.tagger.weight
        scores += self._weights.tagger.bias
        tags = scores.argmax(axis=1)
        heads, labels, starts, ties = self._heads(vectors, orth, lengths)
        text_of = np.repeat(np.arange(len(lengths)), lengths)
        ties[text_of[tied(scores, tags)]] = True
        first = np.zeros(len(orth) + 1, np.bool_)
        first[[0, *itertools.accumulate(lengths)]] = True
        outcome = self._rules(orth, self._words.kinds[rows], tags, labels, first[:-1])
        vectors = encode(self._words.vectors[1], rows, lengths, self._weights.entity_words.windows)
        iob, kind, entity_ties = self._entities(vectors, starts, tokens[:, COLUMN[IS_SPACE]] != 0)
        ties[text_of[entity_ties]] = True
        tag, dep, pos, morph, lemma = outcome.T
        offset = (heads - np.arange(len(orth))).view(np.uint64)
        layers = np.stack([tag, pos, morph, lemma, offset, dep, iob, self._entity_keys[kind]], axis=1)
        return Parsed(np.array(lengths, np.int64), orth, tokens[:, COLUMN[SPACY]] != 0, layers), ties

    def _tokens(self, texts: Sequence[str]) -> tuple[list[int], Keys]:
        """How many tokens each text has, and (tokens, ``ATTRIBUTES``) of all."""
        docs = [self._nlp.tokenizer(text) for text in texts]
        tables = [np.asarray(doc.to_array(list(ATTRIBUTES)), np.uint64) for doc in docs]
        return [len(doc) for doc in docs], np.concatenate([np.zeros((0, len(ATTRIBUTES)), np.uint64), *tables])

    def _heads(self, vectors: Floats, orth: Keys, lengths: Sequence[int]) -> tuple[Places, Places, Flags, Flags]:
        """(tokens,) heads, numbers of plain labels, and whether a sentence begins; (texts,) whether there were ties."""
        heads, classes, ties = self._parser(vectors, lengths)
        starts = _sentence_starts(heads)
        labels = self._plain[classes]
        begin = 0
        for length in lengths:
            text = slice(begin, begin + length)
            if self._decorated[classes[text]].any():
                heads[text], labels[text], starts[text] = self._reattach(orth[text], heads[text] - begin, classes[text])
                heads[text] += begin
            begin += length
        return heads, labels, starts, ties

    def _reattach(self, orth: Keys, heads: Places, classes: Places) -> tuple[Places, Places, Flags]:
        """Let spaCy resolve the decorated labels of one text, which stand for arcs that cross others.

        They are rare, and where a crossing arc leads depends on the order in which spaCy walks the tree.
        """
        places = np.arange(len(orth))
        arcs = np.stack([(heads - places).view(np.uint64), self._label_keys[classes]], axis=1)
        doc = doc_of(self._nlp.vocab, orth, None, [HEAD, DEP], arcs)
        nonproj.deprojectivize(doc)
        offset, dep, start = doc.to_array([HEAD, DEP, SENT_START]).astype(np.uint64).T
        labels = np.array([self._label_number[key] for key in dep.tolist()])
        return offset.view(np.int64) + places, labels, start == 1


def _sentence_starts(heads: Places) -> Flags:
    """The first tokens of the trees; heads of roots are the roots."""
    root = heads
    while not np.array_equal(root, above := root[root]):
        root = above
    starts = np.zeros(len(heads), np.bool_)
    starts[np.unique(root, return_index=True)[1]] = True
    return starts


def _blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups of about ``BLOCK`` characters."""
    block: list[str] = []
    size = 0
    for text in texts:
        if block and size + len(text) > BLOCK:
            yield block
            block, size = [], 0
        block.append(text)
        size += len(text)
    if block:
        yield block

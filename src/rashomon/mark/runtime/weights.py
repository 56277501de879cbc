"""The weights of a spaCy pipeline as plain arrays, or a word on what about the pipeline is unfamiliar.

Recognising is strict on purpose: the code beside this file computes what one kind of pipeline computes (that of the
small English pipelines of spaCy 3.8). Sizes, labels, rules and numbers are read from the pipeline; shapes of networks,
kinds of parts and settings that change the arithmetic must be the ones known here.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.about import __version__ as spacy_version
from spacy.attrs import IDS
from spacy.lang.en import English
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import AttributeRuler, DependencyParser, EntityRecognizer, Tagger, Tok2Vec
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # Cython without a stub

from rashomon.mark.runtime.columns import Floats

SPACY_VERSION = "3.8."
PARTS: dict[str, type] = {
    "tok2vec": Tok2Vec,
    "tagger": Tagger,
    "parser": DependencyParser,
    "attribute_ruler": AttributeRuler,
    "lemmatizer": EnglishLemmatizer,
    "ner": EntityRecognizer,
}
# What a word's own vector may depend on: the token's norm and space, and anything that follows from its string.
WORD_ATTRIBUTES = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}


class UnfamiliarPipelineError(ValueError):
    """The pipeline is not of the kind that this runtime computes; the message says what is different."""


@dataclass(frozen=True, slots=True)
class HashTable:
    """One hashed embedding: the attribute it embeds, its hash seed, and rows (buckets, width)."""

    attribute: int
    seed: int
    rows: Floats


@dataclass(frozen=True, slots=True)
class Maxout:
    """A maxout layer with layer normalisation.

    Pieces are kept one behind the other, so that the maximum is taken over contiguous blocks of columns.

    Attributes:
        weight: (inputs, pieces * width).
        bias: (pieces * width,).
        gain: (width,) and ``shift``: (width,), of the normalisation.
    """

    weight: Floats
    bias: Floats
    gain: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """From words to vectors in context: hashed embeddings, mixed by one layer, then windows of three tokens."""

    tables: tuple[HashTable, ...]
    mix: Maxout
    windows: tuple[Maxout, ...]


@dataclass(frozen=True, slots=True)
class Affine:
    """``x @ weight + bias`` with weight (inputs, outputs)."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class TransitionWeights:
    """The scorer of a transition system, whose input is a few tokens of the state (its features).

    Attributes:
        narrow: from the encoder's width to the scorer's.
        features: (width, features * pieces * hidden): what each token adds as each feature.
        missing: (features, pieces * hidden), in place of a feature that has no token.
        bias: (pieces * hidden,).
        scores: (hidden, moves), after the maximum over the pieces.
        moves: the name of each move, such as "L-nsubj".
    """

    narrow: Affine
    features: Floats
    missing: Floats
    bias: Floats
    scores: Affine
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PipelineWeights:
    """All that is computed with; ``tags`` names the tagger's classes."""

    words: EncoderWeights
    tagger: Affine
    tags: tuple[str, ...]
    parser: TransitionWeights
    entity_words: EncoderWeights
    entities: TransitionWeights


def read_weights(nlp: Language) -> PipelineWeights:
    """The weights of a loaded pipeline; the arrays are copies.

    Raises:
        UnfamiliarPipelineError: the pipeline is not of the known kind.
    """
    _require(spacy_version.startswith(SPACY_VERSION), f"spaCy {spacy_version} is not {SPACY_VERSION}x")
    _require(type(nlp) is English, f"its language is {nlp.lang!r}")
    _require(type(nlp.tokenizer) is Tokenizer, "it has a tokenizer of its own")
    _require(nlp.pipe_names == list(PARTS), f"its parts are {', '.join(nlp.pipe_names)}")
    for name, kind in PARTS.items():
        _require(type(nlp.get_pipe(name)) is kind, f"its {name} is a {type(nlp.get_pipe(name)).__name__}")
    tok2vec: Any = nlp.get_pipe("tok2vec")
    tagger: Any = nlp.get_pipe("tagger")
    parser: Any = nlp.get_pipe("parser")
    ner: Any = nlp.get_pipe("ner")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    _require(lemmatizer.mode == "rule" and not lemmatizer.overwrite, "its lemmatizer is set up in another way")
    _require(tagger.model.name == "tok2vec-listener>>with_array(softmax)", "its tagger is another network")
    softmax = _node(tagger.model, "softmax")
    _require(not tagger.cfg["overwrite"] and not softmax.attrs["softmax_normalize"], "its tagger is set up differently")
    _require(parser.model.get_ref("tok2vec").name == "tok2vec-listener>>list2array>>linear", "its parser listens apart")
    return PipelineWeights(
        words=_encoder(tok2vec.model),
        tagger=_affine(softmax),
        tags=tuple(tagger.labels),
        parser=_transitions(parser, features=8),
        entity_words=_encoder(ner.model.get_ref("tok2vec").layers[0]),
        entities=_transitions(ner, features=3),
    )


def _encoder(model: Any) -> EncoderWeights:
    columns: list[str] = next((n.attrs["columns"] for n in model.walk() if n.name == "extract_features"), [])
    depth = sum(n.name == "expand_window" for n in model.walk())
    hashed = "|".join(["ints-getitem>>hashembed"] * len(columns))
    window = ">>".join(["residual(expand_window>>maxout>>layernorm>>dropout)"] * depth)
    known = (
        f"extract_features>>list2ragged>>with_array({hashed})>>with_array(maxout>>layernorm>>dropout)>>ragged2list"
        f">>with_array({window})"
    )
    _require(model.name == known, "its word vectors come from another network")
    _require(set(columns) <= WORD_ATTRIBUTES, f"its word vectors depend on {', '.join(columns)}")
    _require(model.layers[-1].attrs["pad"] == depth, "its windows are padded differently")
    _require(
        all(n.attrs["window_size"] == 1 for n in model.walk() if n.name == "expand_window"), "its windows are wider"
    )
    nodes = sorted((n for n in model.walk() if n.name == "hashembed"), key=lambda n: int(n.attrs["column"]))
    tables = tuple(
        HashTable(IDS[attribute], node.attrs["seed"], np.array(node.get_param("E"), np.float32))
        for attribute, node in zip(columns, nodes, strict=True)
    )
    # The walk is by breadth: layers of one chain come in their order, the mixing layer stands highest.
    maxouts = [n for n in model.walk() if n.name == "maxout"]
    norms = [n for n in model.walk() if n.name == "layernorm"]
    layers = [_maxout(m, n) for m, n in zip(maxouts, norms, strict=True)]
    return EncoderWeights(tables, layers[0], tuple(layers[1:]))


def _maxout(node: Any, norm: Any) -> Maxout:
    weight, bias = node.get_param("W"), node.get_param("b")  # (width, pieces, inputs), (width, pieces)
    width, pieces, inputs = weight.shape
    _require(weight.dtype == np.float32, "its weights are not single floats")
    return Maxout(
        np.ascontiguousarray(weight.transpose(1, 0, 2).reshape(pieces * width, inputs).T),
        np.ascontiguousarray(bias.T.reshape(-1)),
        norm.get_param("G").copy(),
        norm.get_param("b").copy(),
    )


def _affine(node: Any) -> Affine:
    return Affine(np.ascontiguousarray(node.get_param("W").T), node.get_param("b").copy())


def _transitions(pipe: Any, *, features: int) -> TransitionWeights:
    model, name = pipe.model, pipe.name
    _require(pipe.cfg["beam_width"] == 1 and not pipe.cfg["learn_tokens"], f"its {name} is set up in another way")
    _require(model.attrs["has_upper"] and not model.attrs["unseen_classes"], f"its {name} is another network")
    lower = model.get_ref("lower")
    weight, bias = lower.get_param("W"), lower.get_param("b")  # (features, hidden, pieces, width), (hidden, pieces)
    _require(weight.shape[0] == features and weight.shape[2] == 2, f"its {name} looks at other features")
    by_piece = weight.transpose(0, 2, 1, 3).reshape(-1, weight.shape[3])
    narrow = next(n for n in model.get_ref("tok2vec").layers if n.name == "linear")
    return TransitionWeights(
        narrow=_affine(narrow),
        features=np.ascontiguousarray(by_piece.T),
        missing=np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1).reshape(features, -1)),
        bias=np.ascontiguousarray(bias.T.reshape(-1)),
        scores=_affine(model.get_ref("upper")),
        # ``move_names`` would leave one class out.
        moves=tuple(pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)),
    )


def _node(model: Any, name: str) -> Any:
    return next(n for n in model.walk() if n.name == name)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise UnfamiliarPipelineError(otherwise)

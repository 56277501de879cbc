"""Runtimes: what turns texts into a parse with the weights of an installed spaCy pipeline.

``stock`` is spaCy itself. ``fast`` computes the same in numpy, for pipelines whose every part it knows: an encoder over
word vectors, a tagger, a parser, an entity recogniser, rules and lemmas, one file each. Its parse is spaCy's, token for
token, or it is not used (docs/speed.md).
"""

from typing import Literal

from spacy.language import Language

from rashomon.mark.runtime.columns import Runtime
from rashomon.mark.runtime.fast import FastRuntime
from rashomon.mark.runtime.stock import StockRuntime
from rashomon.mark.runtime.weights import UnfamiliarPipelineError

RuntimeName = Literal["auto", "fast", "stock"]

__all__ = ["Runtime", "RuntimeName", "UnfamiliarPipelineError", "choose_runtime"]


def choose_runtime(nlp: Language, wanted: RuntimeName = "auto") -> Runtime:
    """The runtime for a loaded pipeline.

    Args:
        nlp: the pipeline, which must not be changed any more.
        wanted: "fast" and "stock" insist; "auto" takes the fast one where it can, else spaCy, with the ``reason``.

    Raises:
        UnfamiliarPipelineError: "fast" was wanted, and the pipeline is not of the known kind.
    """
    if wanted == "stock":
        return StockRuntime(nlp)
    try:
        return FastRuntime(nlp)
    except UnfamiliarPipelineError as error:
        if wanted == "fast":
            raise
        return StockRuntime(nlp, reason=str(error))

"""The parse as spaCy itself makes it: the measure for every other runtime, and what any other pipeline is run by."""

from collections.abc import Sequence

import numpy as np
from spacy.attrs import ORTH, SPACY
from spacy.language import Language

from rashomon.mark.runtime.columns import LAYERS, Parsed

# Texts go through spaCy in fixed batches of this many: measured best for the small pipeline (docs/speed.md).
BATCH = 32


class StockRuntime:
    """Any spaCy pipeline, run by spaCy."""

    name = "stock"

    def __init__(self, nlp: Language, *, batch: int = BATCH, reason: str | None = None) -> None:
        self.reason = reason
        self._nlp = nlp
        self._batch = batch

    def parse(self, texts: Sequence[str]) -> Parsed:
        """See ``Runtime``. Texts of one call are neighbours in spaCy's batches; those of another call never are."""
        docs = list(self._nlp.pipe(texts, batch_size=self._batch))
        wanted = [ORTH, SPACY, *LAYERS]
        table = np.concatenate(
            [np.zeros((0, len(wanted)), np.uint64), *(np.asarray(doc.to_array(wanted), np.uint64) for doc in docs)]
        )
        lengths = np.array([len(doc) for doc in docs], np.int64)
        return Parsed(lengths, table[:, 0].copy(), table[:, 1] != 0, table[:, 2:])

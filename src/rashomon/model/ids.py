"""Ids are content hashes with a short prefix, so the same input has the same ids on every machine."""

import hashlib
from collections.abc import Iterable

from rashomon.model.spans import Span

# 64 bits: among a billion records the chance of one collision is about 3 %; docs/adr/0002 says why no more.
DIGITS = 16


def content_id(prefix: str, *parts: str) -> str:
    """``prefix_`` and 16 hexadecimal digits of SHA-256 over ``parts``.

    Every part is preceded by its length in bytes, so no two different sequences of parts read the same.

    >>> content_id("a", "x", "yz") == content_id("a", "xy", "z")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{prefix}_{digest.hexdigest()[:DIGITS]}"


def evidence_id(prefix: str, evidence: Iterable[Span], *more: str) -> str:
    """The id of a record that is known by its evidence (order does not matter)."""
    return content_id(prefix, *more, *(f"{s.article_id}:{s.start}:{s.end}" for s in sorted(evidence)))

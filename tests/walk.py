"""Walk any record or JSON value: for tests that hold for every record there is and will be."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from rashomon.model.article import Article
from rashomon.model.spans import Span


def spans(record: Any) -> Iterator[Span]:
    """Every span that a record carries, however deep."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, Article):
        return
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        for field in dataclasses.fields(record):
            yield from spans(getattr(record, field.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)


def records(record: Any) -> Iterator[Any]:
    """Every dataclass that a record holds, itself first."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        yield record
        for field in dataclasses.fields(record):
            yield from records(getattr(record, field.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from records(item)


def objects(plain: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object, however deep."""
    if isinstance(plain, dict):
        yield plain
        for value in plain.values():
            yield from objects(value)
    elif isinstance(plain, list):
        for item in plain:
            yield from objects(item)

"""Records to plain JSON values and back, for the store and for moving between processes.

The published output (``rashomon mark``, ``rashomon tell``) is in ``contract``; this is the lossless inner form.
"""

import dataclasses
import functools
import types
import typing
from typing import Any, TypeVar

T = TypeVar("T")


def encode(record: Any) -> Any:
    """A record as dicts, lists and scalars; fields that hold their default are left out."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {
            f.name: encode(value) for f in dataclasses.fields(record) if (value := getattr(record, f.name)) != f.default
        }
    if isinstance(record, tuple):
        return [encode(item) for item in record]
    return record


def decode(kind: type[T], plain: Any) -> T:
    """The record that ``encode`` wrote.

    Raises:
        ValueError: ``plain`` is not what ``kind`` is made of (another version wrote it, or it is damaged).

    >>> from rashomon.model.spans import Span
    >>> decode(Span, encode(Span("a_1", 0, 3)))
    Span(article_id='a_1', start=0, end=3)
    """
    try:
        return typing.cast(T, _decode(kind, plain))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a stored {kind.__name__}: {error}") from error


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if dataclasses.is_dataclass(kind):
        hints = _fields(typing.cast(type, kind))
        return typing.cast(Any, kind)(**{name: _decode(hints[name], value) for name, value in plain.items()})
    origin = typing.get_origin(kind)
    if origin is tuple:
        inner = typing.get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_decode(inner[0], item) for item in plain)
        return tuple(_decode(each, item) for each, item in zip(inner, plain, strict=True))
    if origin in (types.UnionType, typing.Union):
        return _decode(next(a for a in typing.get_args(kind) if a is not type(None)), plain)
    return plain

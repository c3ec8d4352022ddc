"""Arguments of recorded calls by position or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motifcount.inputs.modules.calls import Call


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


def argument(call: Call, position: int, name: str, default: Any = None) -> Any:
    """Return an argument that may have been given by position or by name."""
    if len(call.args) > position:
        return call.args[position]
    return call.kwargs.get(name, default)


def axes_of(dims: Any, ndim: int) -> tuple[int, ...]:
    """Return dimensions as a tuple of axes from 0; None means all."""
    if dims is None or (isinstance(dims, Sequence) and not dims):
        return tuple(range(ndim))
    return tuple(dim % ndim for dim in (dims if isinstance(dims, Sequence) else (dims,)))

"""Python values out of bytes, ordinary and odd ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp

_DTYPES = ["?", "i1", "i4", "i8", "u4", "u8", "f4", "f8", "c16", "O", "U2", "M8[s]"]
_ODD_INTEGERS = [2**31 - 1, 2**31, 2**32 + 1, 2**40, 2**40 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**30, 10**5000]
_WORDS = ["", "infer", "degree", "edge_count", "cover", "degrees", "max_z", "bh", "\ud800", "x" * 50]
_FORMATS = ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"]


class Bytes:
    """Zeros follow the last byte, so that every input is a whole one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1] if self._at <= len(self._data) else 0

    def below(self, n: int) -> int:
        return self.byte() % n

    def flag(self) -> bool:
        return self.byte() % 2 == 1

    def choice(self, options: list[Any]) -> Any:
        return options[self.below(len(options))]

    def rest(self) -> bytes:
        return self._data[self._at :]


def integer(source: Bytes) -> int:
    kind = source.byte()
    if kind < 200:
        return kind % 12 - 1
    return source.choice(_ODD_INTEGERS) * (-1 if kind % 4 == 0 else 1)


def array(source: Bytes) -> np.ndarray:
    """Return an array of up to three dimensions, mostly small numbers."""
    dtype = np.dtype(source.choice(_DTYPES))
    n = source.below(7)
    shape = source.choice([(n, n), (n, n), (n,), (n, source.below(5)), (n, n, 2), ()])
    items = [source.byte() for _ in range(int(np.prod(shape)))]
    with np.errstate(all="ignore"):
        numbers = np.array([item % 3 if item < 240 else item - 256 for item in items]).reshape(shape)
        return numbers.astype("i8").astype(dtype) if dtype.kind == "M" else numbers.astype(dtype)


def sparse(source: Bytes) -> Any:
    """Return a sparse matrix, whose arrays may be broken."""
    n = source.below(6)
    dense = np.array([source.byte() % 3 for _ in range(n * n)]).reshape(n, n)
    kind = source.choice([sp.csr_array, sp.csr_matrix])
    matrix = kind(dense).asformat(source.choice(_FORMATS))
    if not hasattr(matrix, "indptr"):
        return matrix
    for name in ("indptr", "indices"):
        if source.byte() > 200:
            values = [integer(source) for _ in range(source.below(8))]
            try:
                setattr(matrix, name, np.array(values, dtype=source.choice(["i4", "i8", "u8", "f8"])))
            except OverflowError:
                continue
    return matrix


def scalar(source: Bytes) -> Any:
    kinds: list[Callable[[], Any]] = [
        lambda: integer(source),
        lambda: None,
        source.flag,
        lambda: source.choice([0.5, -1.0, 1e6, 1e300, float("nan"), float("inf")]),
        lambda: source.choice(_WORDS),
        lambda: np.int64(source.byte()),
        lambda: np.float32(source.byte()),
        lambda: np.array(source.byte()),
        lambda: b"\xff",
        object,
        lambda: Exception,
    ]
    return source.choice(kinds)()


def anything(source: Bytes, depth: int = 2) -> Any:
    kinds: list[Callable[[], Any]] = [lambda: scalar(source), lambda: array(source), lambda: sparse(source)]
    if depth > 0:
        items = [lambda: [anything(source, depth - 1) for _ in range(source.below(5))]]
        kinds += [*items, lambda: tuple(items[0]()), lambda: dict(enumerate(items[0]())), lambda: iter(items[0]())]
    return source.choice(kinds)()

"""Values by motif class: immutable mappings that know the aliases of the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.motifs.classes import ALIASES

K = TypeVar("K")
T = TypeVar("T")


class Frozen(Mapping[K, T], Generic[K, T]):
    """An immutable mapping that can be pickled."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[K, T]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: K) -> T:
        return self._values[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(self._values)


class ByClass(Frozen[str, T], Generic[T]):
    """An immutable mapping from motif class to value, in class order; looks up aliases too."""

    __slots__ = ()

    def __getitem__(self, name: str) -> T:
        try:
            return self._values[ALIASES.get(name, name)]
        except (KeyError, TypeError, ValueError):
            hint = arguments.suggestion(name, [*self._values, *ALIASES])
            wanted = f"name must be one of the classes {', '.join(self._values)}"
            raise KeyError(f"{wanted}, not {arguments.shown(name)}{hint}") from None

    def to_numpy(self) -> npt.NDArray[Any]:
        """Return the values in class order; Python ints in an object array where int64 cannot hold them."""
        values = list(self._values.values())
        if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in values):
            return np.array(values, dtype=object)
        return np.array(values)

    def __repr__(self) -> str:
        width = max(map(len, self._values), default=0)
        lines = (f"  {name:<{width}}  {_cell(value)}" for name, value in self._values.items())
        return "\n".join((f"{type(self).__name__}(", *lines, ")"))


def _cell(value: object) -> str:
    if isinstance(value, np.ndarray):
        value = np.array2string(value, threshold=6)
    return f"{value:>20,}" if isinstance(value, int) else f"{value!s:>20}"

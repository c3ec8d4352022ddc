"""Counting: `count` and what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from motifcount import _core, _threads, _validate
from motifcount.graph import as_graph

if TYPE_CHECKING:
    import pandas as pd

CLASSES: Mapping[int, tuple[str, ...]] = MappingProxyType({2: _core.DYADS, 3: _core.TRIADS, 4: _core.TETRADS})
"""Names of the motif classes by size, in the order of every result."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "divergent": "021D",
        "convergent": "021U",
        "chain": "021C",
        "feed_forward_loop": "030T",
        "feedback_loop": "030C",
    }
)
"""Other names that every result accepts."""

K = TypeVar("K")
T = TypeVar("T")
ByBlock = Mapping[tuple[int, ...], int]


def classes_of(sizes: tuple[int, ...]) -> tuple[str, ...]:
    """Return the class names of some sizes, in order."""
    return tuple(name for size in sizes for name in CLASSES[size])


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
        except (KeyError, TypeError):
            hint = _validate.suggestion(name, [*self._values, *ALIASES])
            raise KeyError(f"{name!r} is not among the classes {', '.join(self._values)}{hint}") from None

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
    return f"{value:>20,}" if isinstance(value, int) else f"{value!s:>20}"


class MotifCounts(ByClass[int]):
    """Exact counts by motif class.

    Attributes
    ----------
    by_block
        By class, {sorted layers of a motif's nodes: count} without zeros; None unless asked for.
    """

    __slots__ = ("by_block",)

    by_block: ByClass[ByBlock] | None

    def __init__(self, values: Mapping[str, int], by_block: ByClass[ByBlock] | None = None) -> None:
        super().__init__(values)
        self.by_block = by_block

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas frame with the column ``count``, indexed by class name. Needs motifcount[frames]."""
        import pandas as pd

        index = pd.Index(list(self), name="class")
        return pd.DataFrame({"count": self.to_numpy()}, index=index)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{name}</th><td style='text-align:right'>{value:,}</td></tr>" for name, value in self.items()
        )
        return f"<table><thead><tr><th>class</th><th>count</th></tr></thead><tbody>{rows}</tbody></table>"


def count(
    adj: Any,
    size: int | tuple[int, ...] = (2, 3),
    *,
    induced: bool = True,
    by_block: bool = False,
    num_threads: int | None = None,
) -> MotifCounts:
    """Count every motif class of the given sizes, exactly.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes. A canonical scipy CSR is used in place, not copied.
    size
        Number of nodes, 2, 3 or 4, or several of them: the 3 dyads, the 16 triads, and the 10 connected
        tetrads of a strictly layered graph (levels are found when the graph brings none).
    induced
        True counts node sets that form exactly the class; False counts subgraphs: arc subsets that do.
    by_block
        Also break every count down by the layers that a motif's nodes lie in; needs layers, at most 128.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.

    Returns
    -------
    MotifCounts
        Class name -> exact int.

    Raises
    ------
    NotImplementedError
        For size 4 on a graph that is not strictly layered.
    TypeError, ValueError
        For arguments out of their range, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    O(n + m) on strictly layered graphs at sizes 2 and 3, O(m**1.5) on others (Ortmann and Brandes 2017,
    doi:10.1007/s41109-017-0027-2).

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> loop = mc.count(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> loop["030T"], loop["feed_forward_loop"], loop["asymmetric"]
    (1, 1, 3)
    """
    graph = as_graph(adj)
    sizes = _validate.motif_sizes(size)
    induced = _validate.flag("induced", induced)
    by_block = _validate.flag("by_block", by_block)
    threads = _threads.effective(num_threads)
    if by_block and graph._layer_labels is None:
        raise ValueError('by_block needs a layered graph; give the graph layers (or layers="infer")')
    tables = _core.count(*graph._core_args(), list(sizes), induced, by_block, threads)
    values: dict[str, int] = {}
    blocks: dict[str, ByBlock] = {}
    for size_, table in zip((2, 3, 4), tables, strict=True):
        if size_ not in sizes:
            continue
        columns = table.T.tolist()
        for name, column in zip(CLASSES[size_], columns, strict=True):
            values[name] = sum(column)
            if by_block:
                blocks[name] = _name_blocks(name, column, graph._layer_labels)
    return MotifCounts(values, ByClass(blocks) if by_block else None)


def _name_blocks(name: str, column: list[int], labels: npt.NDArray[np.int64] | None) -> ByBlock:
    """Give each row of a by-block table the layers it stands for, and drop the zeros."""
    assert labels is not None
    if name in CLASSES[4]:
        offsets = _core.TETRAD_LAYERS[CLASSES[4].index(name)]
        keys = [[base + offset for offset in offsets] for base in range(len(column))]
    else:
        pairs, triples = _core.layer_tuples(len(labels))
        keys = pairs if name in CLASSES[2] else triples
    named = ((key, value) for key, value in zip(keys, column, strict=True) if value)
    return Frozen({tuple(int(labels[k]) for k in key): value for key, value in named})


def endpoint_pairs(adj: Any, length: int) -> int:
    """Count the distinct (source, end) pairs that a directed walk of `length` edges joins.

    The study's authors report this number as their count of chains; it is not the number of chains
    (``count(adj)["021C"]``), because several chains may join the same pair.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    length
        Number of edges, 1 or more.

    Raises
    ------
    TypeError, ValueError
        If `length` is not a positive integer, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    Boolean sparse matrix products; memory grows with the number of pairs.
    """
    steps = _validate.integer("length", length, 1)
    adjacency = as_graph(adj).to_scipy().astype(bool)
    reach = adjacency
    for _ in range(steps - 1):
        reach = reach @ adjacency
    return int(reach.nnz)

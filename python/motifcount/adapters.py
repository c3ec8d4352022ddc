"""From what users hold to compressed sparse rows: one function per kind of input.

Every function returns a `Rows`. The rule is the same everywhere: a nonzero entry is an edge (a NaN, a negative or
a fraction is only a weight), stored zeros and self-loops are dropped, duplicates are merged.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount import _core, _threads

IntArray = npt.NDArray[np.signedinteger[Any]]


class Rows(NamedTuple):
    """Canonical compressed sparse rows of a digraph.

    ``indptr`` and ``indices`` share a dtype, int32 or int64. Where nodes without edges would dominate, only the
    others have rows: row r is node ``node_ids[r]``; otherwise ``node_ids`` is None.
    """

    n_nodes: int
    indptr: IntArray
    indices: IntArray
    node_ids: npt.NDArray[np.int64] | None = None
    labels: tuple[Hashable, ...] | None = None


def index_dtype(n_nodes: int, n_edges: int) -> type[np.int32] | type[np.int64]:
    """Return the smallest index type that holds the graph."""
    return np.int32 if n_nodes < _core.MAX_NODES_32 and n_edges < 2**31 else np.int64


def check_n_nodes(n_nodes: int) -> None:
    if n_nodes > _core.MAX_NODES:
        raise ValueError(f"n_nodes must be at most {_core.MAX_NODES}, not {n_nodes}")


def from_scipy(adj: Any, *, keep_all_rows: bool = False) -> Rows:
    """Convert a square scipy.sparse matrix or array of any format; a canonical CSR is borrowed, not copied."""
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        raise ValueError(f"adj must be square, not of shape {tuple(adj.shape)}")
    n = int(adj.shape[0])
    check_n_nodes(n)
    if adj.format == "csr":
        return _from_csr(adj, n)
    coo = adj.tocoo()
    keep = coo.data != 0
    rows, cols = (coo.row, coo.col) if keep.all() else (coo.row[keep], coo.col[keep])
    return from_edge_arrays(rows, cols, n, keep_all_rows=keep_all_rows)


def _from_csr(csr: Any, n: int) -> Rows:
    indptr, indices, data = csr.indptr, csr.indices, csr.data
    for name, array in (("adj.indptr", indptr), ("adj.indices", indices)):
        if array.ndim != 1 or array.dtype.kind not in "iu":
            raise TypeError(
                f"{name} must be a one-dimensional integer array, not {array.dtype} of {array.ndim} dimensions"
            )
    if len(indptr) != n + 1:
        raise ValueError(f"adj.indptr must have {n + 1} entries for {n} rows, not {len(indptr)}")
    n_stored = int(indptr[-1])
    if not 0 <= n_stored <= min(len(indices), len(data)):
        raise ValueError(f"adj.indptr ends at {n_stored}, but there are {len(indices)} indices and {len(data)} values")
    dtype = index_dtype(n, n_stored) if {indptr.dtype, indices.dtype} != {np.dtype(np.int64)} else np.int64
    indptr = np.ascontiguousarray(indptr, dtype=dtype)
    indices = np.ascontiguousarray(indices[:n_stored], dtype=dtype)
    data = data[:n_stored]
    canonical = _core.is_canonical(indptr, indices, n, _threads.effective(None))
    keep = None if np.count_nonzero(data) == n_stored else (data != 0).astype(np.uint8)
    if keep is not None or not canonical:
        indptr, indices = _core.canonical_form(indptr, indices, keep)
    return Rows(n, indptr, indices)


def from_dense(adj: npt.NDArray[Any]) -> Rows:
    """Convert a square array of numbers or bools."""
    if adj.dtype.kind not in "biufc":
        raise TypeError(f"adj must hold numbers or bools, not {adj.dtype}")
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        raise ValueError(f"adj must be a square matrix, not an array of shape {adj.shape}")
    rows, cols = np.nonzero(adj)
    return from_edge_arrays(rows, cols, adj.shape[0])


def from_edge_arrays(src: Any, dst: Any, n_nodes: int, *, keep_all_rows: bool = False) -> Rows:
    """Build rows from integer arrays of sources and targets."""
    dtype = index_dtype(n_nodes, len(src))
    if len(src) and dtype == np.int32:
        for name, ends in (("src", src), ("dst", dst)):
            if ends.dtype != np.int32:  # before the cast, which would wrap
                _check_range(name, ends, n_nodes)
    src, dst = (np.ascontiguousarray(ends, dtype=dtype) for ends in (src, dst))
    indptr, indices, node_ids = _core.build_graph(src, dst, n_nodes, keep_all_rows)
    return Rows(n_nodes, indptr, indices, node_ids)


def _check_range(name: str, ends: IntArray, n_nodes: int) -> None:
    for extreme in (int(ends.min()), int(ends.max())):
        if not 0 <= extreme < n_nodes:
            raise ValueError(
                f"{name}: {extreme} is outside the range 0 to {n_nodes - 1} of a graph with {n_nodes} nodes"
            )


def from_networkx(graph: Any) -> Rows:
    """Convert a networkx DiGraph or MultiDiGraph; every edge counts, whatever its weight. Keeps the node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected networkx graph; use graph.to_directed() to make each edge mutual")
    labels = tuple(graph)
    position = {label: k for k, label in enumerate(labels)}
    n_edges = graph.number_of_edges()
    ends = np.fromiter((position[node] for edge in graph.edges() for node in edge[:2]), np.int64, 2 * n_edges)
    rows = from_edge_arrays(ends[::2], ends[1::2], len(labels), keep_all_rows=True)
    return rows._replace(labels=labels)


def from_igraph(graph: Any) -> Rows:
    """Convert a directed igraph Graph; vertex names, if any, become node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected igraph graph; use graph.as_directed() to make each edge mutual")
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    rows = from_edge_arrays(ends[:, 0], ends[:, 1], graph.vcount(), keep_all_rows=True)
    names = graph.vs["name"] if "name" in graph.vs.attributes() else None
    return rows if names is None else rows._replace(labels=tuple(names))


def is_torch_tensor(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "torch" and hasattr(value, "detach")


def is_matrix(value: Any) -> bool:
    """Whether `value` is a two-dimensional scipy, numpy or torch matrix."""
    return (sp.issparse(value) or isinstance(value, np.ndarray) or is_torch_tensor(value)) and value.ndim == 2


def from_tensor(tensor: Any) -> Any:
    """Return a torch tensor on any device as a NumPy array, or as a scipy COO array if it is sparse."""
    import torch

    tensor = tensor.detach().cpu()
    if tensor.layout != torch.strided:
        tensor = tensor.to_sparse_coo().coalesce()
        return sp.coo_array((from_tensor(tensor.values()), tuple(tensor.indices().numpy())), shape=tuple(tensor.shape))
    if tensor.is_floating_point() or tensor.is_complex():
        tensor = tensor != 0  # bfloat16 has no NumPy counterpart
    return tensor.numpy()


def nonzeros(name: str, mask: Any, ndim: int) -> tuple[tuple[int, ...], tuple[IntArray, ...]]:
    """Return the shape and the coordinates of the nonzero entries of a numpy, scipy or torch array."""
    if is_torch_tensor(mask):
        mask = from_tensor(mask)
    if sp.issparse(mask):
        coo = cast(Any, mask).tocoo()
        keep = coo.data != 0
        shape, where = tuple(coo.shape), tuple(coordinate[keep] for coordinate in coo.coords)
    else:
        array = np.asarray(mask)
        if array.dtype.kind not in "biufc":
            raise TypeError(f"{name} must hold numbers or bools, not {array.dtype}")
        shape, where = array.shape, np.nonzero(array)
    if len(shape) != ndim:
        raise ValueError(f"{name} must have {ndim} dimension{'s'[: ndim > 1]}, not the shape {shape}")
    return tuple(int(side) for side in shape), where


class LayeredRows(NamedTuple):
    """Rows of a layered network and what its nodes are."""

    rows: Rows
    layers: npt.NDArray[np.int64]
    bias_nodes: tuple[int | None, ...]  # by layer, the node that stands for the bias of the layer after it


def from_layers(masks: Sequence[Any], biases: Sequence[Any] | None) -> LayeredRows:
    """Stack layer masks; within each layer the units come first and the bias node, if any, last."""
    if not masks:
        raise ValueError("masks must hold at least one matrix, not be empty")
    if biases is not None and len(biases) != len(masks):
        raise ValueError(f"biases must hold one entry (or None) per mask, {len(masks)}, not {len(biases)}")
    edges = [nonzeros(f"masks[{k}]", mask, 2) for k, mask in enumerate(masks)]
    for k in range(1, len(edges)):
        if edges[k][0][0] != edges[k - 1][0][1]:
            raise ValueError(
                f"masks[{k}] has {edges[k][0][0]} rows, but masks[{k - 1}] has {edges[k - 1][0][1]} columns; "
                "a mask has the shape (n_in, n_out)"
            )
    bias_targets = [_bias_targets(biases, k, edges[k][0][1]) for k in range(len(edges))]
    widths = [edges[0][0][0]] + [shape[1] for shape, _ in edges]
    sizes = [width + (k < len(edges) and bias_targets[k] is not None) for k, width in enumerate(widths)]
    starts = np.concatenate(([0], np.cumsum(sizes)))

    src, dst = [], []
    bias_nodes: list[int | None] = []
    for k, (_, (sources, targets)) in enumerate(edges):
        src.append(sources.astype(np.int64) + starts[k])
        dst.append(targets.astype(np.int64) + starts[k + 1])
        live = bias_targets[k]
        bias_nodes.append(None if live is None else int(starts[k]) + widths[k])
        if live is not None:
            src.append(np.full(len(live), starts[k] + widths[k]))
            dst.append(live + starts[k + 1])
    rows = from_edge_arrays(np.concatenate(src), np.concatenate(dst), int(starts[-1]), keep_all_rows=True)
    layers = np.repeat(np.arange(len(sizes)), sizes)
    return LayeredRows(rows, layers, (*bias_nodes, None))


def _bias_targets(biases: Sequence[Any] | None, k: int, width: int) -> npt.NDArray[np.int64] | None:
    if biases is None or biases[k] is None:
        return None
    shape, (live,) = nonzeros(f"biases[{k}]", biases[k], 1)
    if shape[0] != width:
        raise ValueError(f"biases[{k}] has {shape[0]} entries, but masks[{k}] has {width} columns")
    return live.astype(np.int64)


def from_module(module: Any, bias: bool) -> LayeredRows:
    """Read the Linear layers of a torch module, in the order in which they were registered."""
    import torch

    masks: list[Any] = []
    biases: list[Any] = []
    names: list[str] = []
    for name, part in module.named_modules():
        if isinstance(part, torch.nn.Linear):
            if isinstance(part, torch.nn.LazyLinear):
                raise ValueError(
                    f"module: {name or 'it'} is a LazyLinear without weights yet; run a forward pass first"
                )
            if names and part.in_features != masks[-1].shape[1]:
                raise ValueError(
                    f"module: {name!r} takes {part.in_features} inputs, but {names[-1]!r} before it gives "
                    f"{masks[-1].shape[1]}; only chains of Linear layers are understood"
                )
            masks.append(_live(part, "weight").T)
            biases.append(_live(part, "bias") if bias and part.bias is not None else None)
            names.append(name)
        elif any(True for _ in part.parameters(recurse=False)) and not _is_parametrization(name):
            raise NotImplementedError(
                f"module: {name or 'it'} is a {type(part).__name__}, and its weights would be lost; "
                "only Linear layers are understood (pass masks to Graph.from_layers)"
            )
    if not masks:
        raise ValueError(f"module: {type(module).__name__} has no Linear layer")
    return from_layers(masks, biases)


def _live(layer: Any, name: str) -> npt.NDArray[Any]:
    """Return which weights are live: those of the prune mask if there is one, else the nonzero ones."""
    mask = getattr(layer, f"{name}_mask", None)
    live: npt.NDArray[np.bool_] = np.asarray(from_tensor(getattr(layer, name) if mask is None else mask)) != 0
    return live


def _is_parametrization(name: str) -> bool:
    return "parametrizations" in name.split(".")

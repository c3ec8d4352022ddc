"""The graph every function works on: validated once, immutable, with or without layers."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount import _core
from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount.inputs import adapters, networks, sparse

if TYPE_CHECKING:
    import igraph
    import networkx as nx

LayersLike = npt.ArrayLike | str | None


class Graph:
    """A simple directed graph, optionally layered.

    A nonzero entry of a matrix is an edge; stored zeros and self-loops are dropped and duplicates merged.

    Parameters
    ----------
    adj
        A square scipy.sparse matrix or array of any format, a square array of numbers or bools, a square torch tensor,
        dense or sparse, a directed graph of networkx, igraph or graph-tool, a Data object of PyTorch Geometric, or a
        Graph. A list of layer masks goes to :meth:`from_layers`, a torch module to :meth:`from_module`.
    layers
        The layer of each node, as an integer array of shape (n_nodes,); or "infer": strict levels (every
        edge one level up) if there are any, else longest-path levels; or None for a plain digraph.

    Raises
    ------
    TypeError
        If `adj` or `layers` is of a kind that is not understood.
    ValueError
        If `adj` is not square or not a valid sparse matrix, if `layers` has the wrong shape, or if layers are
        to be inferred in a graph with a directed cycle.
    NotImplementedError
        If `adj` is a torch module that :meth:`from_module` does not understand.
    MemoryError
        If the graph, or 12 bytes for each node where there are `layers`, does not fit.

    Notes
    -----
    O(n + m) time and memory, for graphs of up to 2**40 nodes; nodes without edges cost nothing where they dominate.
    """

    __slots__ = (
        "_bias_nodes",
        "_indices",
        "_indptr",
        "_labels",
        "_layer_labels",
        "_layer_rank",
        "_layer_sizes",
        "_n_nodes",
        "_node_ids",
    )

    _n_nodes: int
    _indptr: sparse.IntArray
    _indices: sparse.IntArray
    _node_ids: npt.NDArray[np.int64] | None  # of the rows, where isolated nodes have none
    _labels: tuple[Hashable, ...] | None
    _layer_rank: npt.NDArray[np.int32] | None  # position of each node's layer in _layer_labels
    _layer_labels: npt.NDArray[np.int64] | None
    _layer_sizes: npt.NDArray[np.int64] | None
    _bias_nodes: tuple[int | None, ...] | None  # by layer, the bias node that lies in it

    def __init__(self, adj: Any, layers: LayersLike = None) -> None:
        if adapters.is_torch_tensor(adj):
            adj = adapters.from_tensor("adj", adj)
        graph = as_graph(adj, layers)
        for name in Graph.__slots__:
            setattr(self, name, getattr(graph, name))
        self._own(adj)

    @classmethod
    def from_edges(
        cls, src: npt.ArrayLike, dst: npt.ArrayLike, n_nodes: int | None = None, layers: LayersLike = None
    ) -> Self:
        """Build a graph from the sources and targets of its edges.

        Parameters
        ----------
        src, dst
            Integer arrays of equal length; edge k leads from ``src[k]`` to ``dst[k]``. The rows of an ``edge_index``
            of PyTorch Geometric are such: ``Graph.from_edges(*edge_index, n_nodes)``.
        n_nodes
            Number of nodes, default the highest endpoint plus one. Nodes are 0 to ``n_nodes - 1``.
        layers
            As for :class:`Graph`, and so its MemoryError.

        Raises
        ------
        TypeError
            If an endpoint or `n_nodes` is not an integer.
        ValueError
            If lengths differ, if an endpoint is negative or not below `n_nodes`, or for wrong layers.
        MemoryError
            If the graph does not fit.
        """
        ends = [adapters.endpoints(name, values) for name, values in (("src", src), ("dst", dst))]
        if len(ends[0]) != len(ends[1]):
            raise ValueError(f"src and dst must have the same length, not {len(ends[0])} and {len(ends[1])}")
        highest = max((int(array.max()) for array in ends if array.size), default=-1)
        if n_nodes is None:
            n_nodes = max(highest, -1) + 1
        n_nodes = adapters.check_n_nodes(n_nodes)
        rows = adapters.from_edge_arrays(ends[0], ends[1], n_nodes, keep_all_rows=layers is not None)
        graph = cls._from_rows(rows, layers)
        graph._own(None)
        return graph

    @classmethod
    def from_layers(cls, masks: Sequence[Any], biases: Sequence[Any] | None = None) -> Self:
        """Build the layered graph of a feed-forward network from its masks.

        Parameters
        ----------
        masks
            ``masks[k]``, of shape (n_k, n_{k+1}), holds the edges from layer k to layer k + 1: numpy, scipy or torch,
            nonzero means edge. (torch stores Linear weights the other way round, as (out, in).)
        biases
            One array of shape (n_{k+1},) per mask, or None for a layer without. A bias is one source-only node
            per layer, in the layer of the mask's rows, after its units, with an edge to every unit whose
            entry is nonzero.

        Raises
        ------
        TypeError
            If a mask does not hold numbers, or `masks` or `biases` is no list.
        ValueError
            If there is no mask, or shapes do not fit each other.
        MemoryError
            If the units of all layers, 12 bytes each, or the edges do not fit.
        """
        checked = None if biases is None else arguments.sequence("biases", biases, "arrays or None")
        return cls._from_layered_rows(networks.from_layers(arguments.sequence("masks", masks, "matrices"), checked))

    @classmethod
    def from_module(cls, module: Any, *, bias: bool = False) -> Self:
        """Build the layered graph of a torch module made of Linear layers.

        A weight is an edge where the mask of ``torch.nn.utils.prune`` says so, or, without a mask, where it is
        nonzero. With `bias`, live biases become edges of one bias node per layer (see :meth:`from_layers`).

        Raises
        ------
        NotImplementedError
            If the module has weights outside Linear layers, or a Linear layer in two places.
        TypeError
            If `module` is not a torch module, or `bias` is not True or False.
        ValueError
            If there is no Linear layer, or one does not take what the one before it gives.
        """
        if not networks.is_torch_module(module):
            raise TypeError(f"module must be a torch.nn.Module, not {arguments.shown(module)}")
        return cls._from_layered_rows(networks.from_module(module, arguments.flag("bias", bias)))

    @classmethod
    def _from_rows(cls, rows: adapters.Rows, layers: LayersLike) -> Self:
        graph = cls.__new__(cls)
        graph._n_nodes, graph._indptr, graph._indices, graph._node_ids, graph._labels = rows
        graph._bias_nodes = graph._layer_rank = graph._layer_labels = graph._layer_sizes = None
        if layers is not None:
            graph._set_layers(layers)
        return graph

    @classmethod
    def _from_layered_rows(cls, layered: networks.LayeredRows) -> Self:
        graph = cls._from_rows(layered.rows, None)
        graph._assign_layers(layered.layers, np.arange(len(layered.bias_nodes)))
        graph._bias_nodes = layered.bias_nodes
        graph._own(None)
        return graph

    def _set_layers(self, layers: npt.ArrayLike | str) -> None:
        require_memory(12 * self._n_nodes, f"layers of {self._n_nodes:,} nodes")
        if isinstance(layers, str):
            if layers != "infer":
                raise ValueError(f'layers must be "infer", an integer array or None, not {arguments.shown(layers)}')
            layers = self._infer_layers()
        if adapters.is_torch_tensor(layers):
            layers = adapters.from_tensor("layers", layers)
        array = arguments.array("layers", layers)
        if array.size == 0:
            array = array.astype(np.int64)
        if array.dtype.kind not in "iu":
            raise TypeError(f"layers must hold integers of up to 64 bits, not {array.dtype}")
        if np.issubdtype(array.dtype, np.unsignedinteger) and array.max() >= 2**63:
            raise ValueError(f"layers must be below 2**63, not {array.max()}")
        if array.shape != (self._n_nodes,):
            raise ValueError(f"layers must have one entry per node, the shape ({self._n_nodes},), not {array.shape}")
        labels, rank = np.unique(array.astype(np.int64), return_inverse=True)
        self._assign_layers(rank, labels)
        if self._node_ids is not None:
            self._expand_rows()

    def _assign_layers(self, rank: npt.NDArray[np.integer[Any]], labels: npt.NDArray[np.int64]) -> None:
        """Set the layers: node v lies in layer ``labels[rank[v]]``; layers may be empty."""
        self._layer_labels = labels
        self._layer_rank = rank.astype(np.int32)
        self._layer_sizes = np.bincount(rank, minlength=len(labels)).astype(np.int64)

    def _infer_layers(self) -> npt.NDArray[np.int32]:
        levels = _core.strict_levels(self._indptr, self._indices)
        if levels is None:
            levels = _core.longest_path_levels(self._indptr, self._indices)
        if self._node_ids is None:
            return levels
        layers = np.zeros(self._n_nodes, dtype=np.int32)
        layers[self._node_ids] = levels
        return layers

    def _expand_rows(self) -> None:
        src, dst = self._edge_arrays()
        rows = adapters.from_edge_arrays(src, dst, self._n_nodes, keep_all_rows=True)
        self._indptr, self._indices, self._node_ids = rows.indptr, rows.indices, None

    def _own(self, source: Any) -> None:
        """Replace arrays borrowed from `source` by copies, and make them read-only."""
        for name in ("indptr", "indices"):
            array = getattr(self, f"_{name}")
            if sp.issparse(source) and np.may_share_memory(array, getattr(source, name, None)):
                array = array.copy()
                setattr(self, f"_{name}", array)
            array.flags.writeable = False

    # ---- what it is --------------------------------------------------------------------------------------

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return self._n_nodes

    @property
    def n_edges(self) -> int:
        """Number of directed edges."""
        return len(self._indices)

    @property
    def layers(self) -> npt.NDArray[np.int64] | None:
        """The layer of each node, int64 of shape (n_nodes,), or None."""
        return None if self._layer_labels is None else self._layer_labels[self._layer_rank]

    @property
    def labels(self) -> tuple[Hashable, ...] | None:
        """The node labels of the networkx or igraph graph or of the file this came from, or None."""
        return self._labels

    @property
    def biases(self) -> list[npt.NDArray[np.bool_] | None] | None:
        """By mask, which units of its target layer have a live bias, or None without bias node; None without biases."""
        if self._bias_nodes is None or not any(node is not None for node in self._bias_nodes):
            return None
        masks: list[npt.NDArray[np.bool_] | None] = []
        for k, node in enumerate(self._bias_nodes[:-1]):
            if node is None:
                masks.append(None)
                continue
            units = self._units(k + 1)
            targets = self._indices[self._indptr[node] : self._indptr[node + 1]]
            masks.append(np.isin(units, targets))
        return masks

    def is_strictly_layered(self) -> bool:
        """Tell whether every edge climbs exactly one level: of the graph's layers, or, without layers, of any."""
        if self._layer_rank is None:
            return _core.strict_levels(self._indptr, self._indices) is not None
        return bool(_core.is_strict(self._indptr, self._indices, self._layer_rank))

    def in_degrees(self) -> npt.NDArray[np.int64]:
        """Return the in-degree of each node, int64 of shape (n_nodes,).

        Raises
        ------
        MemoryError
            If 8 bytes for each node do not fit.
        """
        return self._by_node(_core.in_degrees(self._indptr, self._indices))

    def out_degrees(self) -> npt.NDArray[np.int64]:
        """Return the out-degree of each node, int64 of shape (n_nodes,).

        Raises
        ------
        MemoryError
            If 8 bytes for each node do not fit.
        """
        return self._by_node(np.diff(self._indptr))

    def _by_node(self, by_row: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        if self._node_ids is None:
            return by_row.astype(np.int64)
        require_memory(8 * self._n_nodes, f"degrees of {self._n_nodes:,} nodes")
        values = np.zeros(self._n_nodes, dtype=np.int64)
        values[self._node_ids] = by_row
        return values

    def _edge_arrays(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        src = np.repeat(np.arange(len(self._indptr) - 1), np.diff(self._indptr))
        dst = self._indices.astype(np.int64)
        return (src, dst) if self._node_ids is None else (self._node_ids[src], self._node_ids[dst])

    def _units(self, layer_rank: int) -> npt.NDArray[np.int64]:
        """The nodes of a layer without its bias node."""
        nodes = np.flatnonzero(self._layer_rank == layer_rank)
        bias = self._bias_nodes[layer_rank] if self._bias_nodes else None
        return nodes if bias is None else nodes[nodes != bias]

    # ---- out again ---------------------------------------------------------------------------------------

    def to_scipy(self) -> sp.csr_array:
        """Return the adjacency as a CSR array of int64 ones, of shape (n_nodes, n_nodes).

        Its index arrays are those of the graph, and read-only; ``.copy()`` can be changed in place.

        Raises
        ------
        MemoryError
            If row starts of so many nodes do not fit.
        """
        if self._node_ids is not None:
            src, dst = self._edge_arrays()
            return sp.csr_array((np.ones(len(src), np.int64), (src, dst)), shape=(self._n_nodes, self._n_nodes))
        data = np.ones(self.n_edges, np.int64)
        shape = (self._n_nodes, self._n_nodes)
        return sp.csr_array((data, self._indices, self._indptr), shape=shape)

    def to_networkx(self) -> nx.DiGraph:
        """Return a networkx DiGraph of the node labels, or of 0 to n_nodes - 1.

        Nodes of a layered graph have an attribute ``layer``, and where there are bias nodes, ``bias`` (True or False).

        Raises
        ------
        ImportError
            If networkx is not installed.
        MemoryError
            If that many nodes do not fit.
        """
        import networkx as nx

        self._require_objects("to_networkx")
        labels = self._labels or range(self._n_nodes)
        graph = nx.DiGraph()
        graph.add_nodes_from(labels)
        src, dst = self._edge_arrays()
        graph.add_edges_from((labels[u], labels[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True))
        for name, values in self._node_attributes().items():
            nx.set_node_attributes(graph, dict(zip(labels, values, strict=True)), name)
        return graph

    def to_igraph(self) -> igraph.Graph:
        """Return a directed igraph Graph; node labels become the vertex attribute ``name``.

        Vertices of a layered graph have an attribute ``layer``, and where there are bias nodes, ``bias``.

        Raises
        ------
        ImportError
            If igraph is not installed.
        MemoryError
            If that many nodes do not fit.
        """
        import igraph

        self._require_objects("to_igraph")
        names = {} if self._labels is None else {"name": list(self._labels)}
        edges = np.column_stack(self._edge_arrays())
        return igraph.Graph(self._n_nodes, edges, directed=True, vertex_attrs=names | self._node_attributes())

    def _require_objects(self, what: str) -> None:
        require_memory(100 * self._n_nodes, f"{what}: an object for each of {self._n_nodes:,} nodes")

    def _node_attributes(self) -> dict[str, list[Any]]:
        """What other libraries keep with the nodes."""
        layers, bias = self.layers, self._bias_flags()
        attributes = {} if layers is None else {"layer": layers.tolist()}
        return attributes if bias is None else attributes | {"bias": bias.astype(bool).tolist()}

    def to_layers(self) -> list[sp.csr_array]:
        """Return the masks: by layer k, the edges from its units to those of the next, of shape (n_k, n_{k+1}).

        Bias nodes are left out; see :attr:`biases`.

        Raises
        ------
        ValueError
            If the graph has no layers, or an edge that does not lead to the next layer.
        """
        if self._layer_labels is None or self._layer_rank is None:
            raise ValueError("to_layers needs a layered graph; give the graph layers")
        if not self.is_strictly_layered():
            raise ValueError("to_layers needs every edge to lead to the next layer; this graph has others")
        adjacency = self.to_scipy()
        units = [self._units(k) for k in range(len(self._layer_labels))]
        return [adjacency[units[k]][:, units[k + 1]] for k in range(len(units) - 1)]

    def drop_ineffective(self) -> Graph:
        """Return the graph without nodes that cannot matter between the first layer and the last.

        First ghosts: a hidden node without input loses its outgoing edges, layer after layer (a node fed
        by its bias alone is no ghost). Then dead nodes: a hidden or bias node without output loses its incoming
        edges, from the last layer backwards. Hidden and bias nodes left without an edge are taken out; inputs and
        outputs stay. (The clean-up of Zahn, Daniel and Kutz 2024, arXiv:2403.00974.) O(n + m).

        Raises
        ------
        ValueError
            If the graph has no layers.
        """
        if self._layer_labels is None or self._layer_rank is None:
            raise ValueError("drop_ineffective needs layers, to know inputs and outputs; give the graph layers")
        bias = [node for node in self._bias_nodes or () if node is not None]
        inside = (self._layer_rank > 0) & (self._layer_rank < len(self._layer_labels) - 1)
        roles = np.where(inside, _core.ROLE_HIDDEN, _core.ROLE_FIXED).astype(np.uint8)
        roles[bias] = _core.ROLE_BIAS
        return self._subgraph(_core.effective_nodes(self._indptr, self._indices, roles).astype(bool))

    def _subgraph(self, keep: npt.NDArray[np.bool_]) -> Graph:
        """The marked nodes in their order, and the edges between them. Every node must have a row."""
        indptr, indices = _core.induced_subgraph(self._indptr, self._indices, keep.view(np.uint8))
        labels = None if self._labels is None else tuple(compress(self._labels, keep))
        graph = Graph._from_rows(adapters.Rows(len(indptr) - 1, indptr, indices, labels=labels), None)
        if self._layer_rank is not None and self._layer_labels is not None:
            graph._assign_layers(self._layer_rank[keep], self._layer_labels)
        if self._bias_nodes is not None:
            new_id = np.cumsum(keep) - 1
            moved = (None if node is None or not keep[node] else int(new_id[node]) for node in self._bias_nodes)
            graph._bias_nodes = tuple(moved)
        return graph

    # ---- plumbing ----------------------------------------------------------------------------------------

    def _with_edges(self, src: sparse.IntArray, dst: sparse.IntArray) -> Graph:
        """The same nodes and layers with other edges."""
        rows = adapters.from_edge_arrays(src, dst, self._n_nodes, keep_all_rows=self._layer_rank is not None)
        graph = Graph._from_rows(rows._replace(labels=self._labels), None)
        for name in ("_layer_rank", "_layer_labels", "_layer_sizes", "_bias_nodes"):
            setattr(graph, name, getattr(self, name))
        return graph

    def _core_args(
        self,
    ) -> tuple[sparse.IntArray, sparse.IntArray, int, npt.NDArray[np.int32] | None, npt.NDArray[np.int64] | None]:
        """What every function of the core takes first."""
        return self._indptr, self._indices, self._n_nodes, self._layer_rank, self._layer_sizes

    def _fingerprint(self) -> str:
        """32 hexadecimal digits that differ for graphs with other edges, nodes, layers or biases."""
        digest = hashlib.blake2b(f"{self._n_nodes} {self._bias_nodes}".encode(), digest_size=16)
        for array in (self._indptr, self._indices, self._node_ids, self.layers):
            if array is not None:
                digest.update(f"{array.dtype} {array.shape}".encode())
                digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def _bias_flags(self) -> npt.NDArray[np.uint8] | None:
        """For each node, 1 if it is a bias; None without bias nodes."""
        nodes = [node for node in self._bias_nodes or () if node is not None]
        if not nodes:
            return None
        flags = np.zeros(self._n_nodes, dtype=np.uint8)
        flags[nodes] = 1
        return flags

    def __eq__(self, other: object) -> bool:
        """Whether nodes, edges and layers are the same."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self._n_nodes == other._n_nodes
            and np.array_equal(self.layers, other.layers)  # type: ignore[arg-type]
            and all(map(np.array_equal, self._edge_arrays(), other._edge_arrays()))
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        layers = "" if self._layer_labels is None else f", layers={len(self._layer_labels)}"
        return f"Graph(n_nodes={self._n_nodes}, n_edges={self.n_edges}{layers})"


def as_graph(adj: Any, layers: LayersLike = None) -> Graph:
    """Return `adj` as a Graph, borrowing its arrays where they can be used as they are."""
    if isinstance(adj, Graph):
        if layers is None:
            return adj
        rows = adapters.Rows(adj._n_nodes, adj._indptr, adj._indices, adj._node_ids, adj._labels)
        return Graph._from_rows(rows, layers)
    if networks.is_torch_module(adj) or (isinstance(adj, (list, tuple)) and adj and all(map(networks.is_matrix, adj))):
        if layers is not None:
            raise ValueError("layers must be None here: a list of masks and a module know their layers")
        return Graph.from_module(adj) if networks.is_torch_module(adj) else Graph.from_layers(adj)
    return Graph._from_rows(adapters.rows_of(adj, layers is not None), layers)

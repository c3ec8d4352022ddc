"""The graph every function works on: validated once, immutable, with or without layers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from types import NoneType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments
from motifcount.graph import arc_weights, clean, compact, export, groups, weights
from motifcount.graph import kinds as arc_kinds
from motifcount.graph.groups import LayersLike
from motifcount.graph.in_core import digraph_of
from motifcount.inputs import labelled, modules
from motifcount.inputs import masks as layer_masks
from motifcount.inputs.dispatch import Listed, rows_of
from motifcount.inputs.kinds import SIGN
from motifcount.inputs.modules.options import Options
from motifcount.inputs.rows import Rows

if TYPE_CHECKING:
    import igraph
    import networkx as nx
    import scipy.sparse as sp


class Graph:
    """A simple directed graph, optionally layered.

    A nonzero entry of a matrix is an edge; an edge of a graph object is one unless its attribute ``weight`` is 0.
    Self-loops are dropped, duplicates merged, NaN, inf and complex numbers in matrices are refused; :attr:`dropped`
    tells what was left out.

    Parameters
    ----------
    adj
        A square scipy.sparse matrix or array of any format, a square array of numbers or bools, a square torch tensor,
        dense or sparse, a directed graph of networkx, igraph or graph-tool, a Data object of PyTorch Geometric, or a
        Graph. A list of pairs or a data frame goes to :meth:`from_edges` (a frame may be a matrix, too), a list of
        layer masks to :meth:`from_layers`, a torch module to :meth:`from_module`, the path of a file to
        :func:`~motifcount.files.read_graph` (:func:`~motifcount.files.read_with_report` tells how it is read).
    layers
        The layer, or any other group, of each node: integers, or labels of one type: words, bools, members of an Enum
        (by their names), or tuples of these and integers, which are numbered in the order of their names (kept as
        :attr:`layer_names`); of shape (n_nodes,), or a mapping of the nodes' labels. Or "infer":
        strict levels (every edge one level up) if there are any, else longest-path levels; or None for a plain digraph.
    kinds
        The kind of each edge: "sign" for the sign of its weight, ``"+"`` or ``"-"`` (edges of weight 0 are none); or
        labels that can be hashed, at most four different ones: a matrix that has one for every edge of a matrix, an
        array of one for each edge as a list, a graph object or a Graph lists them, the name of an attribute of the
        edges of a graph object; or, for a Graph that has kinds, a mapping of these to others. The labels ``"+"`` and
        ``"-"`` are signs wherever they come from.
    weights
        True to keep the weight of each edge, those of an edge that is listed more than once added up; or a matrix, an
        array or the name of an attribute that has it, as for `kinds`. Weights are finite, and not 0. False for none;
        None for none, too, but for a Graph, which keeps its own. Counts need none, :func:`~motifcount.intensity` does.

    Raises
    ------
    TypeError
        If `adj`, `layers`, `kinds` or `weights` is of a kind that is not understood; if layers are floats, missing, or
        labels of several types.
    ValueError
        If `adj` is not square or not a valid sparse matrix, if `layers`, `kinds` or `weights` has the wrong shape, if
        an edge is listed with two kinds or has no weight, or if layers are to be inferred in a graph with a
        directed cycle.
    NotImplementedError
        If `adj` is a torch module that :meth:`from_module` does not understand.
    MemoryError
        If the graph, or 12 bytes for each node where there are `layers`, does not fit.

    Notes
    -----
    O(n + m) time and memory, for graphs of up to 2**40 nodes; nodes without edges cost nothing where they dominate.
    """

    __slots__ = ("_digraph", "_rows")

    _rows: Rows
    _digraph: _core.Digraph | None  # made when first asked for

    def __init__(self, adj: Any, layers: LayersLike = None, kinds: Any = None, weights: Any = None) -> None:
        self._set_rows(_copy_borrowed(_read(adj, layers, kinds, weights)))

    @classmethod
    def from_edges(
        cls,
        src: Any,
        dst: Any = None,
        n_nodes: int | None = None,
        layers: LayersLike = None,
        kinds: Any = None,
        weights: Any = None,
        **options: Any,
    ) -> Self:
        """Build a graph from a list of its edges.

        Parameters
        ----------
        src, dst
            Columns of equal length; edge k leads from ``src[k]`` to ``dst[k]``. Integers are positions of nodes, from
            0. Anything else that can be hashed (words, say) is a label: :attr:`labels` has them in ascending order, or,
            if they cannot be compared, in the order in which they occur. Without `dst`, `src` holds both: rows of
            pairs, as a list or an array of shape (m, 2), or a data frame of pandas or polars. The rows of an
            ``edge_index`` of PyTorch Geometric are columns here: ``Graph.from_edges(*edge_index, n_nodes)``.
        n_nodes
            Number of nodes, default the highest endpoint plus one, which must be below 1,000 plus 100 for each edge
            (higher ones are ids, which are labels: texts, or a frame). Nodes are 0 to ``n_nodes - 1``. None for labels.
        layers
            As for :class:`Graph`, and so its MemoryError; with labels, a mapping of labels to layers.
        kinds
            The kind of each edge, at most four different labels; edge k is of the kind ``kinds[k]``. (The signs of
            weights are ``np.where(weights < 0, "-", "+")``.) Of a frame, as for
            :func:`~motifcount.files.read_graph`.
        weights
            The weight of each edge, finite and not 0, those of an edge that is listed more than once added up. Of a
            frame, True or False, as for :func:`~motifcount.files.read_graph`.
        **options
            Of a frame: ``columns``, ``weight``, ``threshold``, ``fill``, ``undirected`` and ``format``, as for
            :func:`~motifcount.files.read_graph`. A frame is read as the CSV that it would be: names of columns choose
            them, nodes are those that the edges name, and what can be read in two ways is refused.

        Raises
        ------
        TypeError
            If an endpoint is a float, a bool or cannot be hashed, if one column holds integers and the other labels, or
            if `n_nodes` is not an integer.
        ValueError
            If lengths differ, if an endpoint is missing, negative or not below `n_nodes`, or, without it, too high for
            so few edges, for wrong layers, and whatever :func:`~motifcount.files.read_graph` says of a frame.
        MemoryError
            If the graph does not fit.

        Examples
        --------
        >>> import motifcount as mc
        >>> loop = mc.Graph.from_edges([("crp", "araC"), ("araC", "araB"), ("crp", "araB")])
        >>> loop.labels, mc.count(loop)["feed_forward_loop"]
        (('araB', 'araC', 'crp'), 1)
        """
        if dst is None and labelled.is_frame(src):
            if n_nodes is not None:
                raise ValueError("n_nodes must be None for a frame; nodes are those that it names")
            return cls._from_rows(_read_frame("src", src, layers, kinds=kinds, weights=weights, **options))
        if options:
            raise TypeError(f"{next(iter(options))} must not be given: only a frame as src has options")
        if dst is None:
            src, dst = labelled.columns_of(src)
        rows = labelled.from_ends(src, dst, n_nodes, keep_all_rows=layers is not None)
        if rows.labels is not None and not isinstance(layers, (str, Mapping, NoneType)):
            raise ValueError('layers must be a mapping of labels to layers, or "infer", where src and dst hold labels')
        if kinds is not None:
            if isinstance(kinds, str):
                raise ValueError(
                    f"kinds must have one entry per edge, not be {arguments.shown(kinds)}; these have no attributes"
                )
            rows = arc_kinds.of_edges(rows, Listed(*labelled.positions(src, dst)[1:], None), kinds)
        if weights is not None:
            rows = arc_weights.of_edges(rows, Listed(*labelled.positions(src, dst)[1:], None), weights)
        return cls._from_rows(rows if layers is None else groups.with_layers(rows, layers))

    @classmethod
    def from_layers(
        cls, masks: Iterable[Any], biases: Iterable[Any] | None = None, *, kinds: str | None = None
    ) -> Self:
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
        kinds
            "sign": edges have the sign of their entry as kind, ``"+"`` or ``"-"``; or None.

        Raises
        ------
        TypeError
            If a mask does not hold numbers, or `masks` or `biases` is no list.
        ValueError
            If there is no mask, or shapes do not fit each other.
        MemoryError
            If the units of all layers, 12 bytes each, or the edges do not fit.
        """
        return cls._from_rows(layer_masks.from_layers(masks, biases, with_signs=_wants_signs(kinds)))

    @classmethod
    def from_module(
        cls,
        module: Any,
        example: Any = None,
        *,
        weights: Mapping[str, Any] | str | Path | None = None,
        bias: bool = False,
        residual: str = "stream",
        conv: str = "channels",
        max_edges: int = 20_000_000,
        ignore: Sequence[str] = (),
        rules: Mapping[str, str | Callable[..., Any]] | None = None,
        attention_gates: bool = False,
        embeddings: bool = False,
        kinds: str | None = None,
    ) -> Self:
        """Build the layered graph of a torch module, as its data flow.

        One forward pass of a copy in evaluation mode is recorded, without values where the module allows it (on the
        device "meta"), and every value is followed from the weights that write it to those that read it. The module
        stays as it is. Nodes are units: the channels or features that weights write, and the inputs that they read. An
        edge is a weight that is kept: by the mask of ``torch.nn.utils.prune``, or, without one, where it is nonzero;
        of a convolution, from channel to channel where the kernel has any such entry. What does not reach an output
        is left out.

        Layers are numbered by the longest way to them from the inputs; :attr:`layer_names` has their names, with
        ``#2`` for a module used again. Sums and products of values are layers of their own, reached by one edge for
        each term; null models leave these edges in place (:attr:`pinned_layers`). Normalization, activations and
        pooling pass units through (a channel scaled by exactly 0 is cut), positions of a channel are one unit. In
        attention, values carry the path. Hidden units of recurrent layers have edges among each other.

        What was read is checked by derivatives, if no more than 16 million weights and values are involved and neither
        `ignore` nor `rules` is given: a copy runs twice with few and random weights, and where an output changes with
        an input, a path must lead. A module that does not run so is not checked.

        Parameters
        ----------
        module
            The module; of ``torch.compile`` and DataParallel, the one inside.
        example
            What its forward takes: a tensor, a shape (of a tensor of ones), or a tuple or dict of arguments. None for
            modules that begin with a Linear layer which reads the only input.
        weights
            Tensors by name in place of the module's own, or the path of a file of them (.pt, .pth, .safetensors, or the
            .index.json of several): its state dict, or masks by the names of weights or of submodules. Masks of
            ``torch.nn.utils.prune`` are found beside weights, bitmasks of compressed-tensors unpacked. What is not
            among them is the module's own.
        bias
            Whether kept biases become edges of a bias node, in the layer numbered before that of the biased units.
        residual
            "stream", or "direct": no layers for sums and products, but edges from all their terms to what reads them.
            That gives the terms the same targets, by construction.
        conv
            "channels", or "unrolled": a unit for each position of a channel that convolutions read or write, and an
            edge for each kept weight at each position; pooling is a layer of units, reached by pinned edges. Such
            edges share weights: random graphs of them come from :class:`motifcount.nulls.Masks`.
        max_edges
            Most edges of convolutions that are unrolled; more are refused before any is made, with their number.
        ignore
            Names of submodules to be passed through, as if they were activations.
        rules
            By name of a function that is not understood (or of a ``torch.autograd.Function``), the name of one that
            acts alike, such as "relu" or "add"; or a function that is called in its place, with its arguments, and does
            the like by torch functions that are understood.
        attention_gates
            Whether queries and keys are followed: then a layer of products has edges from them and the values.
        embeddings
            Whether the rows of embeddings are units, too; else what is looked up is an input.
        kinds
            "sign": edges have the sign of their weight as kind, ``"+"`` or ``"-"``. An edge of weights of both signs (a
            kernel, the gates of a recurrent unit), or of none (of sums, of biases), has the kind ``"?"``.

        Raises
        ------
        NotImplementedError
            If the flow cannot be followed: an unknown function, or one outside of torch, or one that derivatives show
            to be misread. Its name and place are told.
        TypeError
            If `module` is not a torch module, or another argument is of the wrong kind.
        ValueError
            If an example is needed, or the module does not take it; if it has no weights, or some without values; if
            `weights` are not of the module.
        """
        if not modules.is_torch_module(module):
            raise TypeError(f"module must be a torch.nn.Module, not {arguments.shown(module)}")
        if residual not in ("stream", "direct"):
            raise ValueError(f'residual must be "stream" or "direct", not {arguments.shown(residual)}')
        if conv not in ("channels", "unrolled"):
            raise ValueError(f'conv must be "channels" or "unrolled", not {arguments.shown(conv)}')
        options = Options(
            residual=residual,
            is_unrolled=conv == "unrolled",
            max_edges=arguments.integer("max_edges", max_edges, 0),
            ignore=ignore,
            rules={} if rules is None else rules,
            attention_gates=arguments.flag("attention_gates", attention_gates),
            embeddings=arguments.flag("embeddings", embeddings),
            signs=_wants_signs(kinds),
        )
        tensors = _tensors_in(weights) if isinstance(weights, (str, PurePath)) else weights
        return cls._from_rows(modules.from_module(module, example, options, tensors, bias=arguments.flag("bias", bias)))

    @classmethod
    def _from_rows(cls, rows: Rows) -> Self:
        graph = cls.__new__(cls)
        graph._set_rows(rows)
        return graph

    def _set_rows(self, rows: Rows) -> None:
        if not rows.borrowed:  # what is borrowed stays as the caller has it
            rows.indptr.flags.writeable = rows.indices.flags.writeable = False
        if rows.arc_weights is not None:
            rows.arc_weights.flags.writeable = False
        self._rows = rows
        self._digraph = None

    def _in_core(self) -> _core.Digraph:
        if self._digraph is None:
            self._digraph = digraph_of(self._rows)
        return self._digraph

    def __reduce__(self) -> tuple[Callable[[Rows], Self], tuple[Rows]]:
        return self._from_rows, (self._rows,)

    # ---- what it is --------------------------------------------------------------------------------------

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return self._rows.n_nodes

    @property
    def n_edges(self) -> int:
        """Number of directed edges."""
        return len(self._rows.indices)

    @property
    def layers(self) -> npt.NDArray[np.int64] | None:
        """The layer of each node, int64 of shape (n_nodes,), or None."""
        return None if self._rows.groups is None else self._rows.groups.layers()

    @property
    def layer_names(self) -> tuple[str, ...] | None:
        """By layer, in ascending order, what it is called where it was given by name or read from a module, or None."""
        return None if self._rows.groups is None else self._rows.groups.layer_names

    @property
    def pinned_layers(self) -> tuple[int, ...]:
        """The layers whose incoming edges every null model leaves in place: the sums of a module, see from_module."""
        groups = self._rows.groups
        return () if groups is None else tuple(groups.layer_labels[list(groups.pinned_layers)].tolist())

    @property
    def kinds(self) -> npt.NDArray[Any] | None:
        """The kind of each edge, of shape (n_edges,), in the order of :meth:`to_scipy`, or None."""
        return None if self._rows.kinds is None else self._rows.kinds.values()

    @property
    def weights(self) -> npt.NDArray[np.float64] | None:
        """The weight of each edge, float64 of shape (n_edges,), in the order of :meth:`to_scipy`, or None."""
        return self._rows.arc_weights

    @property
    def labels(self) -> tuple[Hashable, ...] | None:
        """The node labels of the networkx or igraph graph or of the file this came from, or None."""
        return self._rows.labels

    @property
    def biases(self) -> list[npt.NDArray[np.bool_] | None] | None:
        """By mask, which units of its target layer have a kept bias, or None without bias node; None without biases."""
        return groups.bias_masks(self._rows)

    @property
    def dropped(self) -> dict[str, int]:
        """How many edges of the input were left out, by reason: "self-loops", "duplicates" and "weight 0".

        Files read with a threshold also have "pairs below threshold". Random graphs, and parts of a graph, have zeros.
        """
        return {"self-loops": 0, "duplicates": 0, "weight 0": 0, **self._rows.dropped}

    def is_strictly_layered(self) -> bool:
        """Tell whether every edge climbs exactly one level: of the graph's layers, or, without layers, of any."""
        return groups.is_strictly_layered(self._rows, self._in_core())

    def in_degrees(self) -> npt.NDArray[np.int64]:
        """Return the in-degree of each node, int64 of shape (n_nodes,).

        Raises
        ------
        MemoryError
            If 8 bytes for each node do not fit.
        """
        return compact.spread_to_nodes(self._rows, _core.in_degrees(self._in_core()), what="degrees")

    def out_degrees(self) -> npt.NDArray[np.int64]:
        """Return the out-degree of each node, int64 of shape (n_nodes,).

        Raises
        ------
        MemoryError
            If 8 bytes for each node do not fit.
        """
        return compact.spread_to_nodes(self._rows, np.diff(self._rows.indptr), what="degrees")

    # ---- to other libraries, and cleaned -----------------------------------------------------------------

    def to_scipy(self) -> sp.csr_array:
        """Return the adjacency as a CSR array of int64 ones, of shape (n_nodes, n_nodes).

        Edges of kind ``"-"`` are -1 where all edges have a sign; other kinds are in :attr:`kinds`, in this order. Of a
        graph with weights the entries are these, float64. Its index arrays are those of the graph, and
        read-only; ``.copy()`` can be changed in place.

        Raises
        ------
        MemoryError
            If row starts of so many nodes do not fit.
        """
        return export.to_scipy(self._rows)

    def to_networkx(self) -> nx.DiGraph:
        """Return a networkx DiGraph of the node labels, or of 0 to n_nodes - 1.

        Nodes of a layered graph have an attribute ``layer``, and where there are bias nodes, ``bias`` (True or False).
        Edges have attributes ``kind`` and ``weight``, if they have kinds and weights.

        Raises
        ------
        ImportError
            If networkx is not installed.
        MemoryError
            If that many nodes do not fit.
        """
        return export.to_networkx(self._rows)

    def to_igraph(self) -> igraph.Graph:
        """Return a directed igraph Graph; node labels become the vertex attribute ``name``.

        Vertices of a layered graph have an attribute ``layer``, and where there are bias nodes, ``bias``. Edges have
        attributes ``kind`` and ``weight``, if they have kinds and weights.

        Raises
        ------
        ImportError
            If igraph is not installed.
        MemoryError
            If that many nodes do not fit.
        """
        return export.to_igraph(self._rows)

    def to_layers(self) -> list[sp.csr_array]:
        """Return the masks: by layer k, the edges from its units to those of the next, of shape (n_k, n_{k+1}).

        Bias nodes are left out; see :attr:`biases`. Entries are those of :meth:`to_scipy`.

        Raises
        ------
        ValueError
            If the graph has no layers, or an edge that does not lead to the next layer.
        """
        return export.to_layers(self._rows)

    def to_masks(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Return, by parameter of the torch module that the graph was read from, which weights are kept.

        Also of random graphs, which have other edges in their place. An edge stands for all entries of a convolution's
        kernel, and for all gates of a recurrent unit. Entries that can have no edge (of queries, say) are as they were.
        Computed weights have no masks. :func:`apply_masks` prunes a module to them.

        Raises
        ------
        ValueError
            If the graph is not of a module, or if a weight is used more than once, with other edges for each use.
        """
        return weights.to_masks(self._rows)

    def drop_ineffective(self) -> Graph:
        """Return the graph without nodes that cannot matter between inputs and outputs.

        These are the layers that a torch module takes and returns, else the first layer and the last.
        First ghosts: a hidden node without input loses its outgoing edges, layer after layer (a node fed
        by its bias alone is no ghost). Then dead nodes: a hidden or bias node without output loses its incoming
        edges, from the outputs backwards. Hidden and bias nodes left without an edge are taken out; inputs and
        outputs stay. (The clean-up of Zahn, Daniel and Kutz 2024, arXiv:2403.00974.) O(n + m).

        Raises
        ------
        ValueError
            If the graph has no layers.
        """
        return Graph._from_rows(clean.without_ineffective(self._rows))

    def __eq__(self, other: object) -> bool:
        """Whether nodes, edges, their kinds and weights, and layers are the same."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self.n_nodes == other.n_nodes
            and np.array_equal(self.layers, other.layers)  # type: ignore[arg-type]
            and all(map(np.array_equal, compact.edge_arrays(self._rows), compact.edge_arrays(other._rows)))
            and np.array_equal(self.kinds, other.kinds)  # type: ignore[arg-type]
            and np.array_equal(self.weights, other.weights)  # type: ignore[arg-type]
        )

    __hash__ = None  # type: ignore[assignment]

    def _repr_html_(self) -> str:
        from motifcount.present import html  # which knows graphs

        return html.graph_html(self)

    def __repr__(self) -> str:
        layers = "" if self._rows.groups is None else f", layers={self._rows.groups.n_layers}"
        kinds = "" if self._rows.kinds is None else f", kinds={len(self._rows.kinds.labels)}"
        weights = "" if self._rows.arc_weights is None else ", weights=True"
        return f"Graph(n_nodes={self.n_nodes}, n_edges={self.n_edges}{layers}{kinds}{weights})"


def _wants_signs(kinds: Any) -> bool:
    if kinds is not None and not (isinstance(kinds, str) and kinds == SIGN):
        raise ValueError(f'kinds must be "sign" or None for masks and modules, not {arguments.shown(kinds)}')
    return kinds is not None


def as_graph(adj: Any, layers: LayersLike = None) -> Graph:
    """Return `adj` as a Graph, borrowing its arrays where they can be used as they are."""
    if isinstance(adj, Graph) and layers is None:
        return adj
    return Graph._from_rows(_read(adj, layers))


def _read(adj: Any, layers: LayersLike, kinds: Any = None, weights: Any = None) -> Rows:
    """Return the rows of a graph or of what one is made of, with the layers, kinds and weights given."""
    if labelled.is_frame(adj):
        return _read_frame("adj", adj, layers, kinds=kinds, weights=weights)
    if isinstance(adj, (str, PurePath)):
        return _read_file(adj, layers, kinds, weights)
    if isinstance(adj, Graph):
        rows = adj._rows if layers is None else adj._rows._replace(groups=None)
        rows = rows if kinds is None else arc_kinds.of_graph(rows, kinds)
        rows = rows if weights is None else arc_weights.of_graph(rows, weights)
    elif (kinds is not None or weights is not None) and _is_network(adj):
        if weights is not None:
            raise ValueError("weights must be None for masks and modules; Graph(graph, weights=) gives some to a Graph")
        raise ValueError("kinds must be given to Graph.from_layers or Graph.from_module for masks and modules")
    else:
        rows = rows_of(adj, layers_follow=layers is not None)
        rows = rows if kinds is None else arc_kinds.of_input(rows, adj, kinds)
        rows = rows if weights is None else arc_weights.of_input(rows, adj, weights)
    return rows if layers is None else groups.with_layers(rows, layers)


def _is_network(adj: Any) -> bool:
    return modules.is_torch_module(adj) or layer_masks.is_list_of_matrices(adj)


def _read_frame(name: str, frame: Any, layers: LayersLike, **options: Any) -> Rows:
    from motifcount.files import frames  # where tables are read, which knows graphs

    given = {option: value for option, value in options.items() if value is not None}
    return frames.graph_of(name, frame, layers, given)._rows


def _read_file(path: str | PurePath, layers: LayersLike, kinds: Any, weights: Any) -> Rows:
    from motifcount import files  # which knows graphs

    try:
        return files.read_graph(Path(path), layers=layers, kinds=kinds, weights=weights)._rows
    except ValueError as error:
        raise ValueError(f"adj, a path: {error} (in mc.read_graph)") from error


def _tensors_in(path: str | PurePath) -> Mapping[Any, Any]:
    from motifcount.files.weights import state_dicts  # which knows graphs

    return state_dicts.tensors_in(Path(path))


def _copy_borrowed(rows: Rows) -> Rows:
    """Return rows that nobody else can change."""
    if not rows.borrowed:
        return rows
    return rows._replace(indptr=rows.indptr.copy(), indices=rows.indices.copy(), borrowed=False)

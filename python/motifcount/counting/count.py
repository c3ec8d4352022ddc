"""The function ``count``."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments
from motifcount._support.arguments import Sizes
from motifcount._support.progress import Progress, Report, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.counting.by_arc import arcs_of, counts_by_arc
from motifcount.counting.by_block import counts_by_layers
from motifcount.counting.by_group import counts_by_group
from motifcount.counting.by_kind import count_kinded, counts_by_kind
from motifcount.counting.by_node import columns, node_tables, role_columns, totals, without_roles
from motifcount.counting.counts import MotifCounts
from motifcount.counting.parts import Breakdowns, ByRole, NodeCounts
from motifcount.counting.shards import tables_in_shards
from motifcount.graph import Graph, access, as_graph
from motifcount.inputs.rows import NodeGroups
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.motifs.classes import Counted, classes_of, families_of


def count(
    adj: Any,
    size: Sizes = (2, 3),
    *,
    induced: bool = True,
    by_block: bool = False,
    by_node: bool = False,
    by_kind: bool = False,
    by_group: bool = False,
    by_role: bool = False,
    by_arc: bool = False,
    num_threads: int | None = None,
    executor: Executor | None = None,
    progress: Progress = None,
) -> MotifCounts:
    """Count every motif class of the given sizes, exactly.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes. A canonical scipy CSR is used in place, not copied, even if
        its arrays are mapped from files: both of 32-bit integers, or both of 64-bit ones (of two kinds SciPy makes
        copies, and above 2**30 nodes or 2**31 edges 32 bits are not enough).
    size
        Number of nodes, 2, 3 or 4, or several of them: the 3 dyads, the 16 triads, and the 199 connected tetrads, or
        the 10 of them that a strictly layered graph can hold (levels are found when the graph brings none).
    induced
        True counts node sets that form exactly the class; False counts subgraphs: arc subsets that do.
    by_block
        Also break every count down by the layers that a motif's nodes lie in: the keys are tuples of a layer for each
        node, not blocks (pairs of layers). Needs layers, at most 128.
    by_node
        Also count, for every node, the motifs of each class that contain it.
    by_kind
        Also break every count of dyads and triads, and of the ten tetrads of a strictly layered graph, down by the
        kinds of a motif's edges: signs, say. Needs edges with kinds (``Graph(adj, kinds="sign")``).
    by_group
        Also break every count of dyads and triads down by the groups (layers, cell types) that the nodes in its roles
        are of: the keys are tuples of a group for each node of the class's :data:`ARCS`, by name if groups have names.
        `by_block` does not tell which node is of which. At most 32 groups.
    by_role
        Also count them by the role of the node: its place in the motif (:data:`ROLES`); 4 roles of dyads, 36 of triads
        and 697 of tetrads, 31 in the ten of a strictly layered graph.
    by_arc
        Also count, for every arc, the dyads and triads of each class that contain it.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    executor
        A :class:`concurrent.futures.Executor` whose workers count shards of one large graph: a process pool, Dask's
        ``Client.get_executor()``, ``mpi4py.futures.MPIPoolExecutor``, … With one, `num_threads` is that of each task,
        default 1. The result is the same, and shards of workers that are lost are counted in this process; so is what
        degrees decide, and a strictly layered graph as a whole. For counts of the whole graph alone.
    progress
        True or False for a bar or none, or None: a bar on a terminal or in a notebook for work of more than a second.
        Or a function ``(done, total)``, called in this thread about every 20 ms with the steps of the stage at hand,
        whose number differs from stage to stage, and once when all is done. What it raises comes through.

    Returns
    -------
    MotifCounts
        Class name -> exact int.

    Raises
    ------
    NotImplementedError
        By group or arc for size 4, and by kind where the graph is not strictly layered. By group for more than 32
        groups. By block for more than 128 layers, and for size 4 where an edge does not lead from one layer to the
        next; by node or role for more than 2**30 nodes, and for size 4 for more than 2**20 nodes with edges.
    MemoryError
        If the counts by node or arc, 8 bytes for each of them and each class or role, do not fit.
    TypeError, ValueError
        For arguments out of their range, `executor` together with `by_block` or another breakdown, and whatever
        :class:`~motifcount.Graph` raises.
    RuntimeError
        If the executor takes no work, as after its shutdown.

    Warns
    -----
    RuntimeWarning
        If the executor lost workers.

    Notes
    -----
    Sizes 2 and 3: O(n + m) on strictly layered graphs, O(m**1.5) on others (Ortmann and Brandes 2017,
    doi:10.1007/s41109-017-0027-2). By node the same lists are intersected, and a triangle counts at its three nodes;
    by arc, whole lists of neighbours: O(sum over edges of the lower degree).
    Size 4: nothing is enumerated; O(sum over edges of the lower degree, + triangles * degeneracy / 64). By node or role
    the same, 7 to 9 times the census, and 1.6 or 5.6 kB a node for the result.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> loop = mc.count(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> loop["030T"], loop["feed_forward_loop"], loop["asymmetric"]
    (1, 1, 3)
    >>> mc.count(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]]), by_node=True).by_node["asymmetric"].tolist()
    [2, 1, 1]
    >>> mc.ROLES["021D"], mc.count(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]]), by_role=True).by_role["021D"].tolist()
    (('a', 'b'), [[1, 0], [0, 1], [0, 1]])
    >>> mc.count(np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]), 4)["4740"]  # a loop of four
    1
    """
    graph = as_graph(adj)
    sizes = arguments.motif_sizes(size)
    induced = arguments.flag("induced", induced)
    by = _By(
        block=arguments.flag("by_block", by_block),
        node=arguments.flag("by_node", by_node),
        kind=arguments.flag("by_kind", by_kind),
        group=arguments.flag("by_group", by_group),
        role=arguments.flag("by_role", by_role),
        arc=arguments.flag("by_arc", by_arc),
    )
    if by.arc and 4 in sizes:
        raise NotImplementedError("by_arc counts dyads and triads; leave out size 4")
    if executor is not None:
        arguments.instance("executor", executor, Executor, "a concurrent.futures.Executor or None")
        by.check_none()
    check_progress(progress)
    threads = effective_threads(num_threads)
    by.check_groups(access.groups(graph))
    layered = (4 in sizes or executor is not None) and access.has_strict_levels(graph)
    families = families_of(sizes, layered=layered)
    with reporter(progress, 1, "counting") as report:
        if any(by):
            return _broken_down(graph, families, by, induced, threads, report)
        if executor is not None and not layered and max(sizes) > 2:
            tables = tables_in_shards(graph, families, induced, executor, num_threads or 1, report)
            return MotifCounts(_by_name(families, tables))
        return MotifCounts(count_families(graph, families, induced=induced, threads=threads, report=report))


class _By(NamedTuple):
    """What counts are broken down by."""

    block: bool
    node: bool
    kind: bool
    group: bool
    role: bool
    arc: bool

    def check_none(self) -> None:
        """Refuse what the workers of an executor cannot count."""
        for name, wanted in zip(self._fields, self, strict=True):
            if wanted:
                raise ValueError(
                    f"executor must be None with by_{name}=True: its workers count the graph as a whole; leave out "
                    "executor, and num_threads is that of this machine"
                )

    def check_groups(self, groups: NodeGroups | None) -> None:
        """Refuse a graph whose nodes are in no groups, where these are needed."""
        if self.block and groups is None:
            raise ValueError('by_block needs a layered graph; give the graph layers (or layers="infer")')
        if self.group and groups is None:
            raise ValueError("by_group needs nodes in groups; give the graph layers, which may be cell types")


def _broken_down(
    graph: Graph, families: tuple[str, ...], by: _By, induced: bool, threads: int, report: Report
) -> MotifCounts:
    """Return counts with breakdowns, whose sums they are where these have all motifs."""
    groups = access.groups(graph)
    kinds = counts_by_kind(graph, families, induced, threads, report) if by.kind else None
    arcs = counts_by_arc(graph, families, induced, threads, report) if by.arc else None
    roles = nodes = None
    if by.role:
        roles = node_tables(graph, families, induced, threads, by_role=True, report=report)
    if by.node:
        nodes = without_roles(roles) if roles else node_tables(graph, families, induced, threads, report=report)
    typed = blocks = None
    if by.group and groups is not None:
        typed = ByClass(counts_by_group(graph, families, induced, threads, groups, report))
    if by.block and groups is not None:
        tables = _core.count(access.in_core(graph), families, induced, True, threads, report)
        blocks = ByClass(counts_by_layers(tables, families, groups.layer_labels), Frozen({}))
    if roles is not None:
        values: Mapping[str, int] = totals(roles, by_role=True)
    elif nodes is not None:
        values = totals(nodes)
    elif blocks is not None or kinds is not None:
        values = {name: sum(found.values()) for name, found in (blocks or kinds or {}).items()}
    else:
        values = count_families(graph, families, induced=induced, threads=threads, report=report)
    breakdowns = Breakdowns(
        by_block=blocks,
        layer_names=None if blocks is None or groups is None else _by_label(groups),
        by_kind=None if kinds is None else ByClass(kinds),
        by_group=typed,
        by_node=None if nodes is None else ByClass(columns(nodes), _none_of(graph)),
        by_role=None if roles is None else ByRole(role_columns(roles), _none_of(graph)),
        by_arc=None if arcs is None else ByClass(arcs),
        arcs=None if arcs is None else arcs_of(graph),
    )
    return MotifCounts(values, breakdowns=breakdowns)


def _by_label(groups: NodeGroups) -> Frozen[int, str] | None:
    """Return the names of the layers, by layer."""
    if groups.layer_names is None:
        return None
    return Frozen(dict(zip(groups.layer_labels.tolist(), groups.layer_names, strict=True)))


def _none_of(graph: Graph) -> NodeCounts:
    """Counts by node of a class that does not occur, which take no memory."""
    return np.ndarray((graph.n_nodes,), np.int64, bytes(8), strides=(0,))


def count_families(
    graph: Graph, families: tuple[str, ...], *, induced: bool = True, threads: int, report: Report = None
) -> dict[str, int]:
    """Count every class of some families, which the graph must be able to hold."""
    return _by_name(families, _core.count(access.in_core(graph), families, induced, False, threads, report))


def _by_name(families: tuple[str, ...], tables: tuple[npt.NDArray[Any], ...]) -> dict[str, int]:
    counts = chain.from_iterable(table[0].tolist() for table in tables)
    return dict(zip(classes_of(families), counts, strict=True))


def induced_counts(graph: Graph, counted: Counted, *, threads: int) -> MotifCounts:
    """Return the induced counts of what is counted, which the graph must be able to hold."""
    if counted.by_kind:
        return MotifCounts(count_kinded(graph, counted.families, threads))
    return MotifCounts(count_families(graph, counted.families, threads=threads))

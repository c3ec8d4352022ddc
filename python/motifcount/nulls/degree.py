"""The null model that keeps degrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from motifcount import _core
from motifcount._support import arguments
from motifcount.counting.count import count_families
from motifcount.graph import Graph, access
from motifcount.motifs.by_class import Frozen
from motifcount.nulls import kept, kept_by_kind
from motifcount.nulls.in_core import SwapChain
from motifcount.nulls.model import TriadScale
from motifcount.nulls.triads import NOT_HELD, Hold, closed_classes, hold


@dataclass(frozen=True, slots=True)
class Degree(SwapChain):
    """Every node keeps its in-degree and out-degree; in a layered graph, in every block.

    Uniform over all such graphs, by a chain of edge swaps in which refused attempts count as steps; in large, dense
    blocks, unless mutual edges are kept, by trades of whole rows or columns (Strona et al. 2014,
    doi:10.1038/ncomms5114). Between two different layers swaps reach every state (Ryser 1957,
    doi:10.4153/CJM-1957-044-3); within a layer, and in a graph without layers, directed 3-cycles are also reversed,
    which connects what swaps alone do not (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and Toroczkai 2010,
    arXiv:0905.4913).

    Weights of edges, where the graph has some, stay with the nodes that the edges leave: those of a node are dealt out
    anew among its edges, in every block, with `keep_kinds` among those of a kind and with `keep_mutual` among mutual
    ones, all ways being equally likely. So nodes keep their out-strength, as in swaps where an edge keeps its source.

    Parameters
    ----------
    swaps_per_edge
        Length of the chain, in attempts per edge of each block; None for 10, with `keep_triads` 100. Where
        edges are traded, the degrees say how many trades mix as far.
    keep_mutual
        Every node also keeps its number of mutual edges. Uniform on what the chain connects, which is not always
        every such graph. Two layers with edges in both directions between them are one block then.
    keep_triads
        For motifs of four nodes: mutual edges are kept, and the triads stay near those of the graph. Not uniform: a
        graph with N_k triads of class k is drawn in proportion to exp(-1/2 sum_k w_k (N_k - c_k)^2), over the
        closed classes, from which the others follow: seven, in a layered graph without cycles 030T alone, in a strictly
        layered one none, whose triads degrees fix. Weights and centres come from pilot chains.
    tolerance
        With `keep_triads`: by how much the mean of a closed class may differ from the observed count at most, in
        standard deviations that the count has where triads are not kept (at least half a triad).
    keep_kinds
        For graphs whose edges have kinds: every node keeps its in-degree and out-degree of each kind, and edges move
        with theirs. With `keep_mutual`, every node also keeps its mutual edges by the kinds there and back. Uniform on
        what the chain connects, which is not always every such graph.
    keep_wiring
        With `keep_kinds`: all edges stay, and their kinds alone change, around cycles. Uniform over all arrangements of
        two kinds with these degrees; of more, on what the chain connects.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind or out of its range, `keep_kinds` is given with `keep_triads`, or `keep_wiring`
        without `keep_kinds` or with `keep_mutual`; and where it is used, if edges have no kinds that are to be kept.
    """

    name: ClassVar[str] = "degree"
    swaps_per_edge: float = field(
        default=cast("float", None),  # stands for a number
        metadata={"help": "length of the chain, in attempts per edge (10; 100 with --keep-triads)", "type": float},
    )
    keep_mutual: bool = field(
        default=False, metadata={"help": "also keep each node's number of mutual edges", "words": "mutual edges kept"}
    )
    keep_triads: bool = field(
        default=False, metadata={"help": "keep mutual edges, and triads near the observed ones", "words": "triads kept"}
    )
    tolerance: float = field(
        default=0.1, metadata={"help": "with --keep-triads: how far means of triads may be off, in standard deviations"}
    )
    keep_kinds: bool = field(
        default=False, metadata={"help": "keep degrees of each kind of edges (--kinds)", "words": "kinds kept"}
    )
    keep_wiring: bool = field(
        default=False,
        metadata={"help": "with --keep-kinds: keep all edges, and change kinds alone", "words": "wiring kept"},
    )

    def __post_init__(self) -> None:
        keep_triads = arguments.flag("keep_triads", self.keep_triads)
        swaps: Any = self.swaps_per_edge
        if swaps is None:
            swaps = 100 if keep_triads else 10
        object.__setattr__(self, "swaps_per_edge", checked_swaps(swaps))
        object.__setattr__(self, "keep_triads", keep_triads)
        object.__setattr__(self, "keep_mutual", arguments.flag("keep_mutual", self.keep_mutual) or keep_triads)
        object.__setattr__(self, "tolerance", arguments.between("tolerance", self.tolerance, 0.001, 10))
        if arguments.flag("keep_kinds", self.keep_kinds) and keep_triads:
            raise ValueError("keep_kinds must be False with keep_triads=True, not True")
        if arguments.flag("keep_wiring", self.keep_wiring) and (self.keep_mutual or not self.keep_kinds):
            raise ValueError("keep_wiring must be False without keep_kinds=True or with keep_mutual=True, not True")

    @property
    def has_kinds(self) -> bool:
        return self.keep_kinds

    @property
    def has_weights(self) -> bool:
        return not self.keep_wiring

    @property
    def keeps_edges(self) -> bool:
        return self.keep_wiring

    @property
    def keeps_triads(self) -> bool:
        return self.keep_triads

    def check(self, graph: Graph) -> None:
        SwapChain.check(self, graph)
        if self.keep_kinds and access.kinds(graph) is None:
            raise ValueError('keep_kinds needs a graph whose edges have kinds: Graph(adj, kinds="sign"), say')

    def _core_options(self, graph: Graph, num_threads: int) -> dict[str, Any]:
        names = ("swaps_per_edge", "keep_mutual", "keep_kinds", "keep_wiring")
        options = {name: value for name, value in self.options.items() if name in names}
        return options | self._held(graph, num_threads).for_core()

    def prepared(self, graph: Graph, num_threads: int) -> Degree:
        if not self._holds_triads(graph):
            return self
        return _HeldDegree(**self.options, held=self._held(graph, num_threads))

    def _holds_triads(self, graph: Graph) -> bool:
        return self.keep_triads and bool(closed_classes(graph))

    def _held(self, graph: Graph, num_threads: int) -> Hold:
        """What holds the triads of the graph; nothing where none are held."""
        if not self._holds_triads(graph):
            return NOT_HELD
        plain = Degree(self.swaps_per_edge, keep_mutual=True)
        return hold(graph, self.tolerance, plain, lambda held: _HeldDegree(**self.options, held=held), num_threads)

    def blocks_with_choice(self, graph: Graph) -> frozenset[tuple[int, int]]:
        """Return the blocks that are known to have several states: none that can hold mutual edges that are kept.

        With `keep_kinds` none is known. Where triads are held, all blocks are one, 0 -> 0.
        """
        if self.keep_kinds:
            return frozenset()
        found = frozenset(_core.blocks_with_choice(access.in_core(graph), self.keep_mutual))
        return frozenset({(0, 0)}) if found and self._holds_triads(graph) else found

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        if self.keep_wiring:
            return list(kept_by_kind.degrees_by_kind_in_wiring(graph, observed))
        if self.keep_kinds:
            by_kind = list(kept_by_kind.degrees_by_kind(graph, observed, by_dyad=self.keep_mutual))
            if by_kind:
                return by_kind
        sums = [*kept.arcs(observed), *kept.impossible(graph, observed), *kept.degrees(graph, observed)]
        sums += kept.still(graph, observed)
        if self.keep_mutual:
            sums += kept.dyads_of_nodes(observed)
            if not count_families(graph, ("dyads",), threads=1)["mutual"]:
                sums += kept.each(name for name in kept.WITH_MUTUAL if name in observed)
        return sums


def checked_swaps(swaps_per_edge: Any) -> float:
    """Return attempts per edge if they are a number in range."""
    wanted = "a number above 0 and at most 1e6"
    return arguments.number("swaps_per_edge", swaps_per_edge, wanted, lambda x: 0 < x <= 1e6)


@dataclass(frozen=True, slots=True)
class _HeldDegree(Degree):
    """With what holds the triads of one graph."""

    held: Hold = NOT_HELD

    def prepared(self, graph: Graph, num_threads: int) -> Degree:
        return self

    @property
    def triad_scale(self) -> TriadScale:
        return Frozen(dict(zip(self.held.names, self.held.scale, strict=True)))

    def _held(self, graph: Graph, num_threads: int) -> Hold:
        return self.held


def choice_of_blocks(graph: Graph, null: Degree) -> Callable[[tuple[int, int]], bool | None]:
    """Return what tells of a block whether it has several states, or None where that is not known."""
    if null.keep_kinds:
        return lambda _: None
    by_degrees = frozenset(_core.blocks_with_choice(access.in_core(graph)))
    known = frozenset() if null._holds_triads(graph) else null.blocks_with_choice(graph)
    return lambda block: block in known or (None if block in by_degrees else False)

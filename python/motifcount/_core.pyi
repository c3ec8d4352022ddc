from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

_Index = TypeVar("_Index", np.int32, np.int64)
_Indices = npt.NDArray[np.signedinteger[Any]]  # int32 or int64
_Progress = Callable[[int, int], object] | None  # of the steps that are done, and their number, 0 where it is not known

FAMILIES: Final[tuple[dict[str, Any], ...]]
NULLS: Final[tuple[dict[str, Any], ...]]
MAX_NODES: Final[int]
MAX_NODES_32: Final[int]
MAX_KINDS: Final[int]
ROLE_FIXED: Final[int]
ROLE_HIDDEN: Final[int]
ROLE_BIAS: Final[int]

class InvalidGraph(ValueError): ...
class NotSupported(NotImplementedError): ...

class NodeGroups:
    def __init__(
        self,
        layers: npt.NDArray[np.int32],
        layer_sizes: npt.NDArray[np.int64],
        biases: npt.NDArray[np.uint8] | None,
        pinned: npt.NDArray[np.uint8] | None,
    ) -> None: ...

class ArcKinds:
    def __init__(self, of_arc: npt.NDArray[np.uint8], n_kinds: int) -> None: ...

class Digraph:
    def __init__(
        self,
        indptr: _Indices,
        indices: _Indices,
        n_nodes: int,
        groups: NodeGroups | None = None,
        kinds: ArcKinds | None = None,
    ) -> None: ...

def build_config() -> dict[str, Any]: ...
def default_num_threads() -> int: ...
def is_canonical(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], n_cols: int, num_threads: int) -> bool: ...
def canonical_form(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], keep: npt.NDArray[np.uint8] | None
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index], int]: ...  # the last: how many self-loops were dropped
def transpose(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index]
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index]]: ...
def build_graph(
    src: npt.NDArray[_Index], dst: npt.NDArray[_Index], n_nodes: int, keep_all_rows: bool
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index], npt.NDArray[np.int64] | None, int]: ...
def strict_levels(graph: Digraph) -> npt.NDArray[np.int32] | None: ...
def is_strict(graph: Digraph) -> bool: ...
def longest_path_levels(graph: Digraph) -> npt.NDArray[np.int32]: ...
def in_degrees(graph: Digraph) -> _Indices: ...
def edge_triangles(graph: Digraph, num_threads: int) -> _Indices: ...
def node_squares(graph: Digraph, num_threads: int) -> npt.NDArray[np.int64]: ...
def effective_nodes(graph: Digraph, roles: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]: ...
def induced_subgraph(graph: Digraph, keep: npt.NDArray[np.uint8]) -> tuple[_Indices, _Indices]: ...
def linked_groups(graph: Digraph, group: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]: ...

# Tables of counts, one for each family, in the order of FAMILIES. A row for the whole graph; by block, for each tuple
# of layers or each lowest layer; by node, for each row of the graph, and one for a node without edges. By role,
# a column for each role of each class.
def count(
    graph: Digraph, families: Sequence[str], induced: bool, by_block: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[Any], ...]: ...
def count_by_node(
    graph: Digraph, families: Sequence[str], induced: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[np.int64], ...]: ...
def count_by_kind(
    graph: Digraph, families: Sequence[str], induced: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[Any], ...]: ...  # by class of kinded_classes

# Of a strictly layered graph, by class of its tetrads, by the kinds of arcs (those of ARCS, ascending) as digits.
def count_tetrads_by_kind(
    graph: Digraph, induced: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[Any], ...]: ...

# By the layers of three nodes and the code of their arcs, of shape (layers, layers, layers, 64).
def closed_codes_by_layers(graph: Digraph, num_threads: int, progress: _Progress) -> npt.NDArray[np.int64]: ...
def kinded_classes(family: str, n_kinds: int) -> list[tuple[str, dict[tuple[int, int], int]]]: ...
def count_by_role(
    graph: Digraph, families: Sequence[str], induced: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[np.int64], ...]: ...
def count_by_arc(
    graph: Digraph, families: Sequence[str], induced: bool, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[np.int64], ...]: ...

# A graph laid out for counting shards of its dyads, triads and tetrads: sums of shard k of n, for count_of_sums. `poll`
# is called often.
class Shards:
    def __init__(self, graph: Digraph, families: Sequence[str], num_threads: int) -> None: ...
    def sums(self, k: int, n: int, num_threads: int, poll: _Progress) -> bytes: ...

# The tables of `count`, from the sums of all shards.
def count_of_sums(
    sums: Sequence[bytes], n_nodes: int, n_arcs: int, families: Sequence[str], induced: bool
) -> tuple[npt.NDArray[Any], ...]: ...

# Row pointers, columns and counts; `roles` are nodes of the class.
def cooccurrence(
    graph: Digraph, name: str, roles: tuple[int, int] | None, most_bytes: int, num_threads: int, progress: _Progress
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any], npt.NDArray[np.int64]]: ...

# Rows of nodes, of shape (instances, size); nodes without rows are numbered from the number of rows on.
class Instances:
    def __init__(
        self,
        graph: Digraph,
        name: str,
        nodes: npt.NDArray[np.int64] | None,
        arcs: npt.NDArray[np.int64] | None,  # source and target, one after the other
    ) -> None: ...
    def next(self, most: int, num_threads: int, progress: _Progress) -> npt.NDArray[np.int64]: ...
    def sample(self, limit: int, seed: int, num_threads: int, progress: _Progress) -> npt.NDArray[np.int64]: ...
    def top(
        self, limit: int, weights: npt.NDArray[np.float64], minimum: bool, num_threads: int, progress: _Progress
    ) -> npt.NDArray[np.int64]: ...

# Sums over triads, of shape (intensity and coherence, triads); by node of shape (rows, 2, triads).
def intensities(graph: Digraph, weights: npt.NDArray[np.float64], num_threads: int) -> npt.NDArray[np.float64]: ...
def intensities_by_node(
    graph: Digraph, weights: npt.NDArray[np.float64], num_threads: int
) -> npt.NDArray[np.float64]: ...
def layer_tuples(n_layers: int) -> tuple[list[list[int]], list[list[int]]]: ...

class NullSpec:
    def __init__(self, name: str, **options: float | bool | Sequence[float]) -> None: ...

# Sources and targets (int32 where the numbers of all nodes fit, else int64), kinds (empty if they have none), weights
# (empty without; in the order of the rows that the edges make), swap attempts and accepted swaps.
def randomize(
    graph: Digraph,
    null: NullSpec,
    seed: int,
    weights: npt.NDArray[np.float64] | None,
    num_threads: int,
    progress: _Progress,
) -> tuple[_Indices, _Indices, npt.NDArray[np.uint8], npt.NDArray[np.float64], int, int]: ...

# Of shape (samples, intensity and coherence, triads).
def sample_intensities(
    graph: Digraph,
    weights: npt.NDArray[np.float64],
    null: NullSpec,
    samples: tuple[int, int, int],
    num_threads: int,
    progress: _Progress,
) -> npt.NDArray[np.float64]: ...

# `samples`: seed, first sample, number of samples. Returns counts (samples, classes), attempts and accepted swaps. By
# kind, the classes are those of kinded_classes, family by family.
def sample_counts(
    graph: Digraph,
    null: NullSpec,
    families: Sequence[str],
    by_kind: bool,
    samples: tuple[int, int, int],
    num_threads: int,
    progress: _Progress,
) -> tuple[npt.NDArray[Any], int, int]: ...

# By family, of shape (samples, rows, classes or roles); the last row is that of a node without arcs.
def sample_node_counts(
    graph: Digraph,
    null: NullSpec,
    families: Sequence[str],
    by_role: bool,
    samples: tuple[int, int, int],
    num_threads: int,
    progress: _Progress,
) -> tuple[npt.NDArray[np.int64], ...]: ...

# `plan`: seed, attempts per edge between records, records, chains from the graph, samples that chains go on from.
# Returns counts (chains, records, classes), and by block source layer, target layer, attempts and accepted swaps.
def trace_counts(
    graph: Digraph,
    null: NullSpec,
    families: Sequence[str],
    by_kind: bool,
    plan: tuple[int, float, int, int, Sequence[int], int],
    num_threads: int,
    progress: _Progress,
) -> tuple[npt.NDArray[Any], tuple[tuple[int, int, int, int], ...]]: ...

# Blocks with several states, as (source layer, target layer).
def blocks_with_choice(graph: Digraph, keep_mutual: bool = False) -> tuple[tuple[int, int], ...]: ...

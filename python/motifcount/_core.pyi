from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

_Index = TypeVar("_Index", np.int32, np.int64)
_Layers = npt.NDArray[np.int32] | None
_LayerSizes = npt.NDArray[np.int64] | None

FAMILIES: Final[tuple[dict[str, Any], ...]]
MAX_NODES: Final[int]
MAX_NODES_32: Final[int]
ROLE_FIXED: Final[int]
ROLE_HIDDEN: Final[int]
ROLE_BIAS: Final[int]

class InvalidGraph(ValueError): ...
class NotSupported(NotImplementedError): ...

def build_config() -> dict[str, Any]: ...
def default_num_threads() -> int: ...
def is_canonical(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], n_cols: int, num_threads: int) -> bool: ...
def canonical_form(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], keep: npt.NDArray[np.uint8] | None
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index]]: ...
def induced_subgraph(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], keep: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index]]: ...
def linked_groups(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], group: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]: ...
def transpose(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index]
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index]]: ...
def build_graph(
    src: npt.NDArray[_Index], dst: npt.NDArray[_Index], n_nodes: int, keep_all_rows: bool
) -> tuple[npt.NDArray[_Index], npt.NDArray[_Index], npt.NDArray[np.int64] | None]: ...
def strict_levels(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index]) -> npt.NDArray[np.int32] | None: ...
def is_strict(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], layers: npt.NDArray[np.int32]) -> bool: ...
def longest_path_levels(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index]) -> npt.NDArray[np.int32]: ...
def in_degrees(indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index]) -> npt.NDArray[_Index]: ...
def edge_triangles(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], num_threads: int
) -> npt.NDArray[_Index]: ...
def node_squares(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], num_threads: int
) -> npt.NDArray[np.int64]: ...
def effective_nodes(
    indptr: npt.NDArray[_Index], indices: npt.NDArray[_Index], roles: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]: ...
def layer_tuples(n_layers: int) -> tuple[list[list[int]], list[list[int]]]: ...
def count(
    indptr: npt.NDArray[_Index],
    indices: npt.NDArray[_Index],
    n_nodes: int,
    layers: _Layers,
    layer_sizes: _LayerSizes,
    size: Sequence[int],
    induced: bool,
    by_block: bool,
    num_threads: int,
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]: ...
def count_by_node(
    indptr: npt.NDArray[_Index],
    indices: npt.NDArray[_Index],
    n_nodes: int,
    layers: _Layers,
    layer_sizes: _LayerSizes,
    size: Sequence[int],
    induced: bool,
    num_threads: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]: ...
def randomize(
    indptr: npt.NDArray[_Index],
    indices: npt.NDArray[_Index],
    n_nodes: int,
    layers: _Layers,
    layer_sizes: _LayerSizes,
    null: str,
    swaps_per_edge: float,
    keep_mutual: bool,
    seed: int,
    bias_nodes: npt.NDArray[np.uint8] | None,
    num_threads: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], int, int]: ...
def sample_counts(
    indptr: npt.NDArray[_Index],
    indices: npt.NDArray[_Index],
    n_nodes: int,
    layers: _Layers,
    layer_sizes: _LayerSizes,
    null: str,
    swaps_per_edge: float,
    keep_mutual: bool,
    seed: int,
    bias_nodes: npt.NDArray[np.uint8] | None,
    size: Sequence[int],
    first_sample: int,
    samples: int,
    num_threads: int,
    progress: Callable[[int], object] | None,
) -> tuple[npt.NDArray[Any], int, int]: ...
def trace_counts(
    indptr: npt.NDArray[_Index],
    indices: npt.NDArray[_Index],
    n_nodes: int,
    layers: _Layers,
    layer_sizes: _LayerSizes,
    null: str,
    swaps_per_edge: float,
    keep_mutual: bool,
    seed: int,
    bias_nodes: npt.NDArray[np.uint8] | None,
    size: Sequence[int],
    chains: int,
    skipped: int,
    records: int,
    num_threads: int,
    progress: Callable[[int], object] | None,
) -> npt.NDArray[Any]: ...

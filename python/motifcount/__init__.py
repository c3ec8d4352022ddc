"""Exact motif counts, sound null models and significance for directed graphs and sparse neural networks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

try:
    from motifcount import _core
except ImportError as error:
    error.add_note("motifcount's compiled core is missing or was built for another Python; reinstall motifcount")
    raise

from motifcount import datasets, files, flight, mixing, nulls, plots
from motifcount.counting.cooccurrence import cooccurrence
from motifcount.counting.count import count
from motifcount.counting.counts import MotifCounts
from motifcount.counting.instances import find, find_chunks
from motifcount.counting.intensities import Intensities
from motifcount.counting.intensity import intensity
from motifcount.counting.paths import BlockMeasures, Paths, block_measures, count_paths
from motifcount.counting.walks import endpoint_pairs
from motifcount.files import read_graph
from motifcount.graph import Graph, apply_masks
from motifcount.inference.by_node import node_significance
from motifcount.inference.compare import compare
from motifcount.inference.comparison import Comparison, GroupTest
from motifcount.inference.effects import Intervals
from motifcount.inference.from_samples import merge
from motifcount.inference.intensity import intensity_significance
from motifcount.inference.intensity_result import IntensitySignificance, MeasureSignificance
from motifcount.inference.node_result import NodeSignificance
from motifcount.inference.result import Significance
from motifcount.inference.sequential import Until
from motifcount.inference.significance import significance
from motifcount.inference.tails import Tails
from motifcount.motifs.classes import ALIASES, ARCS, CLASSES, LAYERED_TETRADS, ROLES
from motifcount.motifs.kinds import FEED_FORWARD_LOOPS
from motifcount.nulls.randomize import randomize

if TYPE_CHECKING:
    from motifcount import train
    from motifcount.reports.report import report

__version__: str = _core.build_config()["version"]

__all__ = [
    "ALIASES",
    "ARCS",
    "CLASSES",
    "FEED_FORWARD_LOOPS",
    "LAYERED_TETRADS",
    "ROLES",
    "BlockMeasures",
    "Comparison",
    "Graph",
    "GroupTest",
    "Intensities",
    "IntensitySignificance",
    "Intervals",
    "MeasureSignificance",
    "MotifCounts",
    "NodeSignificance",
    "Paths",
    "Significance",
    "Tails",
    "Until",
    "__version__",
    "apply_masks",
    "block_measures",
    "build_config",
    "compare",
    "cooccurrence",
    "count",
    "count_paths",
    "datasets",
    "endpoint_pairs",
    "files",
    "find",
    "find_chunks",
    "flight",
    "intensity",
    "intensity_significance",
    "merge",
    "mixing",
    "node_significance",
    "nulls",
    "plots",
    "randomize",
    "read_graph",
    "report",
    "significance",
    "train",
]


def build_config() -> dict[str, object]:
    """Return how the compiled core was built: version, compiler, build type, OpenMP, instruction set."""
    return dict(_core.build_config())


def __getattr__(name: str) -> Any:
    if name == "train":  # imports torch, so only when it is used
        return import_module("motifcount.train")
    if name == "report":  # imports what draws and prints
        return import_module("motifcount.reports.report").report
    raise AttributeError(f"module 'motifcount' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

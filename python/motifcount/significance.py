"""Is a motif more, or less, frequent than chance? Samples of a null model against the observed counts."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy.typing as npt

from motifcount import _core, _progress, _threads, _validate, nulls
from motifcount.census import ByClass, MotifCounts, classes_of, count
from motifcount.graph import Graph, as_graph

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["varies", "fixed", "constant"]

_CLOSED_MUTUAL = frozenset({"120D", "120U", "120C", "210", "300"})
_COLUMNS = ("observed", "mean", "std", "z", "p_over", "p_under", "status")


@dataclass(frozen=True, slots=True, eq=False)
class Significance:
    """Observed counts against those of random graphs; every field but the last eight is a mapping by class.

    Attributes
    ----------
    observed
        Counts in the graph (exact ints, induced).
    mean, std
        Mean and standard deviation (ddof 1) of the sampled counts.
    z
        (observed - mean) / std; NaN where status is not "varies".
    p_over, p_under
        One-sided p-values (1 + r) / (1 + samples), r being the number of samples with at least (at most)
        the observed count.
    status
        "varies"; "fixed" where the null model leaves the class no freedom, so that there is nothing to test;
        "constant" where it could vary, but every sample has the same count (read the p-values there).
    null, samples, first_sample, seed
        What was sampled. Sample k of a seed is the same in every run.
    acceptance
        Fraction of swap attempts that were accepted; NaN for null models without a chain.
    samples_table
        Counts by sample and class, of shape (samples, classes): int64, or Python ints where int64 is too small.
    """

    observed: MotifCounts
    mean: ByClass[float]
    std: ByClass[float]
    z: ByClass[float]
    p_over: ByClass[float]
    p_under: ByClass[float]
    status: ByClass[Status]
    null: nulls.Null
    samples: int
    first_sample: int
    seed: int
    acceptance: float
    samples_table: npt.NDArray[Any]

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names, the columns of `samples_table`."""
        return tuple(self.observed)

    def to_dict(self) -> dict[str, Any]:
        """Return the columns by class and what was sampled, as plain Python objects (not the samples)."""
        return {
            "null": self.null.name,
            "samples": self.samples,
            "first_sample": self.first_sample,
            "seed": self.seed,
            "acceptance": self.acceptance,
            "classes": {name: {column: getattr(self, column)[name] for column in _COLUMNS} for name in self.classes},
        }

    def to_json(self) -> str:
        """Return :meth:`to_dict` as JSON, with null for NaN."""
        import json

        return json.dumps(_without_nan(self.to_dict()), indent=2, allow_nan=False)

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas frame indexed by class name. Needs motifcount[frames]."""
        import pandas as pd

        columns = {column: getattr(self, column).to_numpy() for column in _COLUMNS}
        return pd.DataFrame(columns, index=pd.Index(self.classes, name="class"))

    def __repr__(self) -> str:
        head = f"Significance(null={self.null!r}, samples={self.samples}, seed={self.seed}"
        width = max(map(len, self.classes))
        lines = [f"  {'':<{width}} {'observed':>15} {'mean':>17} {'std':>12} {'z':>8}  status"]
        lines.extend(
            f"  {name:<{width}} {self.observed[name]:>15,} {self.mean[name]:>17,.1f} {self.std[name]:>12,.1f} "
            f"{self.z[name]:>8.2f}  {self.status[name]}"
            for name in self.classes
        )
        return "\n".join((head, *lines, ")"))


def significance(
    adj: Any,
    null: str | nulls.Null = "degree",
    *,
    size: int | tuple[int, ...] = (2, 3),
    samples: int = 1000,
    seed: int | None = None,
    first_sample: int = 0,
    num_threads: int | None = None,
    progress: _progress.Progress = None,
) -> Significance:
    """Hold the motif counts of a graph against those of random graphs.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    null
        "degree", "edge_count", or an object from :mod:`motifcount.nulls`.
    size
        Number of nodes of the motifs, 2, 3 or 4, or several of them; 4 needs a strictly layered graph.
    samples
        Number of random graphs, 2 or more.
    seed
        0 to 2**64 - 1, or None for a fresh one, which the result tells.
    first_sample
        Samples first_sample to first_sample + samples - 1 of the seed are drawn, so that runs can be continued.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    progress
        A function ``(done, total)``, True or False; None shows a bar on a terminal when it takes long.

    Raises
    ------
    NotImplementedError
        For "degree" on a graph without layers or with edges inside a layer, and for size 4 on a graph that is
        not strictly layered.
    TypeError, ValueError
        For an unknown null model and arguments out of their range.

    Notes
    -----
    Samples of "degree" are drawn by the parallel scheme of Besag and Clifford (1989,
    doi:10.1093/biomet/76.4.633), so p-values are valid for any number of swaps. Time is that of `samples` swap
    chains and censuses, shared among the threads; memory one graph per thread and the table of counts.

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum").drop_ineffective()
    >>> result = mc.significance(net, size=(3, 4), samples=100, seed=1)
    >>> result.status["021D"], result.status["bifan"], result.z["bifan"] > 2
    ('fixed', 'varies', True)
    """
    graph = as_graph(adj)
    model = nulls.resolve(null)
    sizes = _validate.motif_sizes(size)
    samples = _validate.integer("samples", samples, 2)
    first_sample = _validate.integer("first_sample", first_sample, 0, 2**63 - samples)
    seed = _validate.seed_or_fresh(seed)
    threads = _threads.effective(num_threads)
    _check_layers(graph, sizes)
    observed = count(graph, sizes, num_threads=threads)
    with _progress.reporter(progress, samples, f"{samples} samples") as report:
        table, attempts, accepted = _core.sample_counts(
            *graph._core_args(),
            model.name,
            float(model.swaps_per_edge),
        model.keep_mutual,
            seed,
            list(sizes),
            first_sample,
            samples,
            threads,
            report,
        )
    table.flags.writeable = False
    fixed = fixed_classes(graph, model, sizes)
    columns: dict[str, dict[str, Any]] = {column: {} for column in _COLUMNS}
    for name, sampled in zip(classes_of(sizes), table.T, strict=True):
        for column, value in _summary(observed[name], sampled, name in fixed).items():
            columns[column][name] = value
    return Significance(
        observed=observed,
        **{column: ByClass(columns[column]) for column in _COLUMNS if column != "observed"},
        null=model,
        samples=samples,
        first_sample=first_sample,
        seed=seed,
        acceptance=accepted / attempts if attempts else math.nan,
        samples_table=table,
    )


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _check_layers(graph: Graph, sizes: tuple[int, ...]) -> None:
    if 4 not in sizes:
        return
    if graph._layer_labels is None:
        if _core.strict_levels(graph._indptr, graph._indices) is not None:
            warnings.warn(
                "this graph has strict levels, but no layers: null models would not keep them; "
                'use Graph(adj, layers="infer")',
                stacklevel=3,
            )
        raise NotImplementedError('size 4 needs a layered graph here; give the graph layers (or layers="infer")')


def _summary(observed: int, sampled: npt.NDArray[Any], fixed: bool) -> dict[str, Any]:
    """Moments from exact integers: sums in Python ints, one rounding at the end."""
    values = sampled.tolist()
    n = len(values)
    total = sum(values)
    squares = n * sum(value * value for value in values) - total * total  # n (n - 1) times the variance
    std = math.sqrt(squares / (n * (n - 1)))
    z = math.nan if squares == 0 else (n * observed - total) / n / std
    status: Status = "fixed" if fixed else "constant" if squares == 0 else "varies"
    return {
        "observed": observed,
        "mean": total / n,
        "std": std,
        "z": z,
        "p_over": (1 + sum(value >= observed for value in values)) / (1 + n),
        "p_under": (1 + sum(value <= observed for value in values)) / (1 + n),
        "status": status,
    }


def fixed_classes(graph: Graph, null: nulls.Null, sizes: tuple[int, ...]) -> frozenset[str]:
    """Return the classes whose count the null model cannot change, from its blocks alone.

    A class that no arrangement of the blocks can hold is fixed at 0. Where no two nodes can be mutual, the dyads are
    fixed. Where the degrees are kept and no two neighbours of a node can be adjacent, the open triads, and in a
    strictly layered graph the stars, are functions of the degrees.
    """
    everything = frozenset(classes_of(sizes))
    if graph.n_edges == 0:
        return everything
    if graph._layer_rank is None:
        return frozenset()
    src, dst = graph._edge_arrays()
    blocks: set[tuple[int, int]] = set(
        zip(graph._layer_rank[src].tolist(), graph._layer_rank[dst].tolist(), strict=True)
    )
    linked = blocks | {(b, a) for a, b in blocks}
    mutual = any((b, a) in blocks for a, b in blocks)
    triangles = any((a, c) in linked and (b, c) in linked for a, b in blocks for c, _ in linked)
    acyclic = all(a < b for a, b in blocks)
    fixed: set[str] = set()
    if not mutual:
        fixed |= {"mutual", "asymmetric", "null", "102", "111D", "111U", "201"} | _CLOSED_MUTUAL
    if not triangles:
        fixed |= {"030T", "030C"} | _CLOSED_MUTUAL
    if acyclic:
        fixed |= {"030C"}
    if null.name == "degree" and not triangles and not mutual:
        fixed |= {"003", "012", "021D", "021U", "021C"}
        fixed |= {"out_star", "in_star", "y_out", "y_in"}
    return everything & fixed

"""One random graph under a null model."""

from __future__ import annotations

from typing import Any

from motifcount._support import arguments
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.graph import Graph, as_graph
from motifcount.nulls import Null, resolve


def randomize(
    adj: Any,
    null: str | Null = "degree",
    *,
    seed: int | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
) -> Graph:
    """Return a random graph with the same nodes and layers under a null model.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    null
        "degree", "edge_count", "dyad_count", "soft_degree", "soft_dyad_count", "cover", "n_of_m", "kinds", "weights",
        "masks", an object from :mod:`motifcount.nulls`, or a function ``(Graph, seed)``. Edges have kinds and weights
        where the null model says so, else none.
    seed
        0 to 2**64 - 1, or None for a fresh one. The same seed gives the same graph for any number of threads.
    num_threads
        Default OMP_NUM_THREADS, else the available cores.
    progress
        As for :func:`count`. What a function raises comes through.

    Raises
    ------
    NotImplementedError
        For ``Degree(keep_mutual=True)`` on two layers with edges in both directions, of which one is pinned.
    TypeError, ValueError
        For an unknown null model, arguments out of their range, and a graph that the null model cannot take. What a
        function given as `null` raises comes through.

    Notes
    -----
    "degree" takes O(swaps_per_edge * m), the others O(m); memory O(m).

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum")
    >>> shuffled = mc.randomize(net, seed=1)
    >>> bool((shuffled.in_degrees() == net.in_degrees()).all())
    True
    """
    graph = as_graph(adj)
    model = resolve(null)
    seed, threads = arguments.seed_or_fresh(seed), effective_threads(num_threads)
    check_progress(progress)
    model.check(graph)
    with reporter(progress, 1, "random graph") as report:
        return model.draw(graph, seed, threads, report)

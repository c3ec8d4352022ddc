"""How long does a motif adjacency matrix take, beside motifcluster's products of sparse matrices?

Of a closed class (feed-forward loops), whose matrix has entries for linked pairs alone, and of an open one (021D),
whose matrix has one for every two nodes with a common source: there writing the result takes most of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc

NAME_THERE = {"030T": "M5", "021D": "M8"}
WALKS_PER_S = {"030T": 1e8, "021D": 1e7}  # of motifcluster, rough, to know beforehand what would take too long

pytestmark = [
    pytest.mark.parametrize("network", ["connectome-like", "rmat-14", "layered-2M"], indirect=True),
    pytest.mark.parametrize("name", NAME_THERE),
]


@pytest.fixture
def network(request: pytest.FixtureRequest, standard: Callable[[str], Any]) -> graphs.Network:
    return standard(request.param)


def _row(network: graphs.Network, name: str, tool: str, threads: int = 1) -> dict[str, Any]:
    return network.row(f"motif adjacency, {name}", tool, threads, is_baseline=tool == "motifcount")


def bench_motifcount(measure: Callable[..., Any], network: graphs.Network, name: str, threads: int) -> None:
    row = _row(network, name, "motifcount", threads)
    found = measure(mc.cooccurrence, network.plain_graph, name, num_threads=threads, **row)
    assert found.sum() == 6 * mc.count(network.plain_graph, 3)[name]
    assert (found != found.T).nnz == 0


def bench_motifcluster(
    measure: Callable[..., Any],
    network: graphs.Network,
    name: str,
    rounds_of_peer: Callable[[float], int | None],
) -> None:
    motifcluster = pytest.importorskip("motifcluster.motifadjacency", reason="motifcluster is not installed")
    adjacency = sp.csr_matrix(network.csr.astype(float))
    walks = float((np.bincount(network.src).astype(float) ** 2).sum())
    rounds = rounds_of_peer(walks / WALKS_PER_S[name])
    build = motifcluster.build_motif_adjacency_matrix
    row = _row(network, name, "motifcluster")
    found = measure(build, adjacency, NAME_THERE[name], "struc", rounds=rounds, **row)
    assert (sp.csr_array(found) != mc.cooccurrence(network.plain_graph, name)).nnz == 0

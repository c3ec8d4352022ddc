"""Calls that mypy must refuse: one that it accepts makes its comment unused, which is an error."""

from __future__ import annotations

import numpy as np

import motifcount as mc

adj = np.eye(4, k=1)


def refused() -> None:
    """Never called."""
    mc.count(adj, "3")  # type: ignore[arg-type]
    mc.count(adj, 3, True)  # type: ignore[call-arg]
    mc.count(adj, size=3.0)  # type: ignore[arg-type]
    mc.significance(adj, samples="many")  # type: ignore[arg-type]
    mc.significance(adj, adjust="none")  # type: ignore[arg-type]
    mc.significance(adj, sample=5)  # type: ignore[call-arg]
    mc.Graph.from_edges([0], [1], n_nodes="3")  # type: ignore[arg-type]

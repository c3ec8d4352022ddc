"""Random adjacency matrices that reach every path of the counters."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp


def random_matrix(n, density, seed):
    """Dense core, sparse rest, a few hubs in each direction: every path of the triangle listing."""
    rng = np.random.default_rng(seed)
    matrix = sp.random_array((n, n), density=density, rng=rng, format="lil", dtype=bool)
    core = min(n // 5, 300)
    matrix[:core, :core] = rng.random((core, core)) < 0.3
    matrix[0, rng.integers(n, size=min(n, 1000))] = True
    matrix[rng.integers(n, size=min(n, 1000)), 1] = True
    matrix.setdiag(False)
    return sp.csr_array(matrix)

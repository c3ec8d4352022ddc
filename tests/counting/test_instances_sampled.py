"""Samples of instances are uniform: chi-square over all instances, with a sampler that fails it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import scipy.sparse as sp
from scipy import stats

import motifcount as mc
from support.instances import rows_of

DRAWN = 25  # at a time
ROUNDS = 40
LEVEL = 1e-5  # of each test; there are about forty


def network(n=100, seed=11):
    """A few hubs among sparse nodes, so that instances differ in the degrees of their nodes."""
    rng = np.random.default_rng(seed)
    weight = np.sqrt(np.where(np.arange(n) < 8, 0.6, 0.05))
    matrix = rng.random((n, n)) < weight[:, None] * weight
    matrix |= matrix.T & (rng.random((n, n)) < 0.2)
    np.fill_diagonal(matrix, False)
    return matrix


MATRIX = network()
COUNTS = mc.count(MATRIX, (2, 3, 4))
FEW = [name for name, n in COUNTS.items() if 200 <= n <= 4_000][::6]  # most are listed
MANY = [name for name, n in COUNTS.items() if 4_000 < n <= 60_000][::6]  # all are drawn: they have a few ways each


def p_value(samples, rows):
    """Chi-square of the numbers of draws, over instances, merged in the order of their degrees into 20 bins."""
    degree = MATRIX.sum(axis=0) + MATRIX.sum(axis=1)
    bin_of = {row: k for k, row in enumerate(sorted(rows, key=lambda row: (degree[list(row)].sum(), row)))}
    n_bins = min(20, len(rows))
    observed = np.zeros(n_bins)
    for row in samples:
        observed[bin_of[row] * n_bins // len(rows)] += 1
    expected = np.bincount(np.arange(len(rows)) * n_bins // len(rows), minlength=n_bins) * len(samples) / len(rows)
    return stats.chisquare(observed, expected).pvalue


@pytest.mark.parametrize("name", FEW + MANY)
def test_every_instance_is_drawn_as_often(name):
    rows = rows_of(mc.find(MATRIX, name))
    samples = [row for seed in range(ROUNDS) for row in rows_of(mc.find(MATRIX, name, limit=DRAWN, seed=seed))]
    assert len(samples) == DRAWN * ROUNDS
    assert p_value(samples, rows) > LEVEL


def test_there_are_classes_of_both_kinds():
    assert len(FEW) > 5
    assert len(MANY) > 2


def test_sampling_by_node_would_fail():
    """A node first, then one of its instances: the test tells that from uniform."""
    name, rng = "021D", np.random.default_rng(1)
    rows = rows_of(mc.find(MATRIX, name))
    centre = np.array(rows)[:, 0]
    nodes = np.unique(centre)
    chosen = [rng.choice(np.flatnonzero(centre == rng.choice(nodes))) for _ in range(DRAWN * ROUNDS)]
    assert p_value([rows[k] for k in chosen], rows) < LEVEL
    uniform = rng.integers(0, len(rows), DRAWN * ROUNDS)
    assert p_value([rows[k] for k in uniform], rows) > LEVEL


@pytest.mark.slow
@pytest.mark.parametrize("name", ["021D", "bifan"])
def test_places_in_the_sample_are_alike(name):
    """The first row of a sample is as good as the last: the order is random."""
    rows = rows_of(mc.find(MATRIX, name))
    for place in (0, -1):
        drawn = [tuple(mc.find(MATRIX, name, limit=3, seed=seed)[place].tolist()) for seed in range(150)]
        assert p_value(drawn, rows) > LEVEL


_MEASURED = """
import re, sys
from pathlib import Path
import numpy as np
import scipy.sparse as sp
import motifcount as mc

def peak():  # in kB, of this process alone: ru_maxrss begins with the parent's
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

folder, name, limit = sys.argv[1:]
indptr, indices = (np.load(f"{folder}/{part}.npy") for part in ("indptr", "indices"))
graph = mc.Graph(sp.csr_array((np.ones(len(indices), bool), indices, indptr)))
mc.find(np.eye(9, k=1), name, limit=2, seed=1, num_threads=2)
before = peak()
found = len(mc.find(graph, name, limit=int(limit), seed=1, num_threads=2))
print(found, peak() - before)
"""


@pytest.mark.subprocess
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(("size", "name"), [(3, "021D"), (4, "zigzag")])
def test_a_sample_of_very_many_instances_takes_little_memory(tmp_path, size, name):
    rng = np.random.default_rng(4)
    n, m = 10_000, 200_000
    ends = (n * rng.random((2, m)) ** 3).astype(np.int64)
    graph = mc.Graph(sp.coo_array((np.ones(m, bool), tuple(ends)), (n, n)))
    assert mc.count(graph, size)[name] > 5_000_000
    csr = graph.to_scipy()
    np.save(tmp_path / "indptr.npy", csr.indptr)
    np.save(tmp_path / "indices.npy", csr.indices)
    csr_kb = (csr.indptr.nbytes + csr.indices.nbytes) / 1024

    def measured(limit):
        arguments = [sys.executable, "-c", _MEASURED, str(tmp_path), name, str(limit)]
        told = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
        return tuple(map(int, told.split()))

    found, kb = measured(100)
    assert found == 100
    assert kb <= 3 * csr_kb
    assert measured(200_000)[1] > 3 * csr_kb  # rows that are returned are seen

"""Callers at once, forked workers, and other libraries' threads in the same process."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset

import motifcount as mc

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graph():
    rng = np.random.default_rng(1)
    return mc.Graph.from_edges(*rng.integers(0, 3000, (2, 60_000)), 3000)


def test_many_python_threads_at_once(graph):
    net = mc.datasets.load("pendulum")

    def everything(k):
        random = mc.randomize(net, seed=k % 3)
        return dict(mc.count(graph)), dict(mc.count(random, 4)), mc.significance(net, samples=5, seed=k % 3).to_json()

    alone = [everything(k) for k in range(3)]
    with ThreadPoolExecutor(8) as callers:
        assert list(callers.map(everything, range(24))) == alone * 8


class Censuses(Dataset):
    """The census of a graph, however often it is asked for."""

    def __init__(self, graph):
        self.graph = graph

    def __len__(self):
        return 4

    def __getitem__(self, _):
        return torch.tensor(list(mc.count(self.graph, 3, num_threads=2).values()))


def test_forked_workers_of_a_data_loader(graph):
    expected = list(mc.count(graph, 3, num_threads=2).values())  # OpenMP's threads are there before the fork
    loader = DataLoader(Censuses(graph), batch_size=2, num_workers=2, multiprocessing_context="fork", timeout=60)
    assert [row.tolist() for batch in loader for row in batch] == [expected] * 4


WITH_OTHERS = """
import importlib, os
import numpy as np

modules = {{name: importlib.import_module(name) for name in {names}}}
mc, torch, numba = modules["motifcount"], modules["torch"], modules["numba"]
from sklearn.cluster import KMeans

@numba.njit(parallel=True)
def total(values):
    found = 0.0
    for k in numba.prange(len(values)):
        found += values[k]
    return found

def others():
    torch.manual_seed(0)
    points = torch.rand(2000, 300)
    labels = KMeans(3, n_init=1, random_state=0).fit(points.numpy()[:, :4].astype(np.float64)).labels_
    return float((points @ points.T).sum()), total(np.arange(1e5)), labels.tolist()

def n_threads():
    return len(os.listdir("/proc/self/task"))

graph = mc.Graph.from_edges(*np.random.default_rng(1).integers(0, 9000, (2, 60_000)), 9000)
at_first = n_threads()
mc.count(graph, num_threads=3)
assert n_threads() == at_first + 2, (n_threads(), at_first)
before = others()
torch.set_num_threads(3)
counts = [dict(mc.count(graph, num_threads=threads)) for threads in (1, 2, 3)]
assert counts[0] == counts[1] == counts[2], counts
assert torch.get_num_threads() == 3, torch.get_num_threads()
assert others() == before
print("all agree")
"""


@pytest.mark.subprocess
@pytest.mark.parametrize(
    "names",
    [["motifcount", "sklearn", "numba", "torch"], ["torch", "numba", "sklearn", "motifcount"]],
    ids="-".join,
)
def test_beside_other_libraries_with_threads(names):
    ran = subprocess.run(
        [sys.executable, "-c", WITH_OTHERS.format(names=names)], capture_output=True, text=True, timeout=300
    )
    assert (ran.returncode, ran.stdout) == (0, "all agree\n"), ran.stderr

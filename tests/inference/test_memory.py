"""Random graphs that do not fit the memory by the number of threads: fewer threads, the same result, and a warning."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc
from motifcount import _core
from motifcount._support import memory
from support.null_functions import permuted

NET = mc.datasets.load("pendulum")
PLAIN = mc.Graph(np.random.default_rng(1).random((60, 60)) < 0.1)


@pytest.fixture
def threads_used(monkeypatch):
    used = []
    draw = _core.sample_counts

    def recording(*args):
        used.append(args[-2])
        return draw(*args)

    monkeypatch.setattr(_core, "sample_counts", recording)
    return used


def need(graph, null, *families):
    return null.bytes_of_thread(graph, families)


def test_fewer_threads_where_memory_is_short(monkeypatch, threads_used):
    each = need(NET, mc.nulls.Degree())
    assert each > 28 * NET.n_edges
    expected = mc.significance(NET, samples=20, seed=1, num_threads=5)
    monkeypatch.setattr(memory, "available_memory", lambda: 5 * each - 1)
    message = r"one random graph for each of 5 threads takes about .* GB in all, and .*; num_threads=4 is used"
    with pytest.warns(RuntimeWarning, match=message) as caught:
        result = mc.significance(NET, samples=20, seed=1, num_threads=5)
    assert caught[0].filename == __file__
    assert threads_used == [5, 4]
    assert result == expected
    monkeypatch.setattr(memory, "available_memory", lambda: 5 * each)
    mc.significance(NET, samples=20, seed=1, num_threads=5)
    assert threads_used[-1] == 5


def test_one_thread_is_used_whatever_there_is(monkeypatch, threads_used):
    monkeypatch.setattr(memory, "available_memory", lambda: 1)
    with pytest.warns(RuntimeWarning, match="num_threads=1 is used instead"):
        mc.significance(PLAIN, "edge_count", size=4, samples=2, num_threads=2)
    mc.significance(PLAIN, "edge_count", samples=2, num_threads=1)
    assert threads_used == [1, 1]


@pytest.mark.parametrize("null", [permuted, mc.nulls.ShuffleKinds()])
def test_null_models_that_make_one_graph_at_a_time(monkeypatch, null):
    monkeypatch.setattr(memory, "available_memory", lambda: 1)
    signed = mc.Graph.from_layers([np.array([[1, -1], [-1, 1]]), np.array([[1, 1], [-1, 1]])], kinds="sign")
    mc.significance(signed, null, size=3, by_kind=null is not permuted, samples=2, seed=1, num_threads=3)


def test_the_other_ensembles(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 1)
    weighted = mc.Graph(PLAIN, weights=np.ones(PLAIN.n_edges))
    for call in (
        lambda: mc.node_significance(PLAIN, samples=2, num_threads=2),
        lambda: mc.intensity_significance(weighted, "degree", samples=2, num_threads=2),
        lambda: mc.mixing.trace(PLAIN, num_threads=2),
    ):
        with pytest.warns(RuntimeWarning, match="num_threads=1 is used instead"):
            call()


def test_what_the_system_tells(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "meminfo")
    assert memory.available_memory() == memory.total_memory()
    (tmp_path / "meminfo").write_text("MemTotal:  9 kB\nMemAvailable:  5 kB\n")
    assert memory.available_memory() == 5 * 1024
    monkeypatch.setattr(memory, "available_memory", lambda: None)
    assert memory.threads_that_fit(7, 2**60, "it") == 7

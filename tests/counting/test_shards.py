"""Counts by the workers of an executor equal those made here, whatever happens to the workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount import _core
from motifcount._support.executors import stop_if_over
from motifcount.graph import access
from support.strategies import digraphs


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(2) as workers:
        yield workers


@pytest.fixture(scope="module")
def large():
    """A graph of many tasks, whose nodes of high degree are hubs."""
    rng = np.random.default_rng(3)
    weight = np.arange(1, 1001) ** -0.3
    return mc.Graph(rng.random((1000, 1000)) < np.outer(weight, rng.permutation(weight)))


@given(digraphs(max_nodes=12), st.sampled_from([3, 4, (2, 3, 4)]), st.booleans())
def test_random_graphs(threads, drawn, size, induced):
    graph = drawn.graph()
    expected = mc.count(graph, size, induced=induced)
    assert mc.count(graph, size, induced=induced, executor=threads) == expected


def test_a_graph_whose_every_shard_has_work(threads, large):
    families = ("dyads", "triads", "tetrads")
    shards = _core.Shards(access.in_core(large), families, 1)
    parts = [shards.sums(k, 8, 1, None) for k in range(8)]
    assert len({*parts, bytes(len(parts[0]))}) == 9
    assert mc.count(large, (2, 3, 4), executor=threads, num_threads=2) == mc.count(large, (2, 3, 4))


@pytest.mark.slow
def test_processes_get_the_graph_by_a_file_that_is_removed(large, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen = []

    class Watching(ProcessPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):
            seen.append([path.stat().st_size for path in tmp_path.glob("motifcount-*")])
            return super().submit(fn, *args, **kwargs)

    with Watching(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert mc.count(large, (3, 4), executor=pool) == mc.count(large, (3, 4))
        reverse = mc.Graph(large.to_scipy().T)
        assert mc.count(reverse, 3, executor=pool) == mc.count(reverse, 3) != mc.count(large, 3)
    assert all(len(sizes) == 1 and sizes[0] > 4 * large.n_edges for sizes in seen)
    assert list(tmp_path.glob("motifcount-*")) == []


@pytest.mark.slow
def test_shards_of_a_lost_worker_are_counted_here(large):
    class Fragile(ProcessPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):
            if args[1] == 2:  # the shard
                fn, args = os._exit, (1,)
            return super().submit(fn, *args, **kwargs)

    lost = pytest.warns(RuntimeWarning, match=r"lost workers; \d of 4 shards are counted in this process instead")
    with Fragile(1, mp_context=multiprocessing.get_context("spawn")) as pool, lost as caught:
        assert mc.count(large, 4, executor=pool) == mc.count(large, 4)
    assert caught[0].filename == __file__


def test_a_worker_that_is_lost_before_all_shards_are_sent(large):
    class Broken(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):
            if args[1] >= first_refused:  # the shard
                raise BrokenExecutor("a worker died")
            return super().submit(fn, *args, **kwargs)

    with Broken(1) as pool:
        first_refused = 1
        with pytest.warns(RuntimeWarning, match="lost workers; 3 of 4 shards are counted in this process instead"):
            assert mc.count(large, 4, executor=pool) == mc.count(large, 4)
        first_refused = 0
        with pytest.raises(RuntimeError, match="executor must take work, but does not: a worker died"):
            mc.count(large, 4, executor=pool)


def test_strictly_layered_graphs_and_dyads_are_counted_here(threads, monkeypatch):
    monkeypatch.setattr(threads, "submit", None)
    net = mc.datasets.load("pendulum")
    assert mc.count(net, (2, 3, 4), executor=threads) == mc.count(net, (2, 3, 4))
    assert mc.count(net.to_scipy(), 3, executor=threads) == mc.count(net, 3)
    assert mc.count(np.zeros((3, 3)), 4, executor=threads) == mc.count(np.zeros((3, 3)), 4)
    assert mc.count(np.ones((3, 3)), 2, executor=threads)["mutual"] == 3


def test_progress_is_shown_on_a_terminal(threads, large, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("motifcount._support.progress._PATIENCE", 0.0)
    mc.count(large, 3, executor=threads)
    assert "8/8" in capsys.readouterr().err


def test_an_interrupt_ends_the_shards_too(monkeypatch):
    sent, begun, ended = [], [], []

    def counted_for_ever(self, k, num_threads):
        begun.append(k)
        try:
            while True:
                stop_if_over()
                time.sleep(0.001)
        finally:
            ended.append(k)

    monkeypatch.setattr("motifcount.counting.shards._Census.__call__", counted_for_ever)

    class Pool(ThreadPoolExecutor):
        def submit(self, *args):
            sent.append(super().submit(*args))
            return sent[-1]

    def interrupt():
        while len(sent) < 8 or len(begun) < 2:
            time.sleep(0.001)
        time.sleep(0.05)  # the pool itself is not made for an interrupt while it takes work
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs in the background ignore it
    try:
        with Pool(2) as workers:
            threading.Thread(target=interrupt).start()
            with pytest.raises(KeyboardInterrupt):
                mc.count(np.ones((5, 5)), 3, executor=workers)
    finally:
        signal.signal(signal.SIGINT, before)
    assert sorted(ended) == sorted(begun)


@pytest.mark.parametrize("part", ["by_block", "by_node", "by_kind", "by_group", "by_role", "by_arc"])
def test_what_workers_do_not_count(threads, part):
    message = rf"executor must be None with {part}=True: .*leave out executor"
    with pytest.raises(ValueError, match=message):
        mc.count(mc.datasets.load("pendulum"), 3, executor=threads, **{part: True})


def test_an_executor_that_was_shut_down(large):
    with ThreadPoolExecutor(1) as workers:
        pass
    with pytest.raises(RuntimeError, match=r"executor must take work, but does not: .*shutdown"):
        mc.count(large, 3, executor=workers)


def test_an_executor_without_futures(large):
    class Silent(Executor):
        def submit(self, fn, /, *args, **kwargs):
            return None

    wanted = r"executor must be one whose submit returns a concurrent\.futures\.Future, not None"
    with pytest.raises(TypeError, match=wanted):
        mc.count(large, 3, executor=Silent())


def test_sums_of_another_version():
    with pytest.raises(ValueError, match="sums: come from another version"):
        _core.count_of_sums([b"12"], 3, 0, ("dyads",), True)

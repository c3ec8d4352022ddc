"""Samples drawn by the workers of an executor equal those drawn here, whatever happens to the workers."""

from __future__ import annotations

import inspect
import logging
import multiprocessing
import os
import pickle
import signal
import subprocess
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import dask
import numpy as np
import pytest
from distributed import Client, LocalCluster

import motifcount as mc
from support.null_functions import killed_in_a_worker, permuted


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as workers:
        yield workers


@pytest.fixture(scope="module")
def dask_client():
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1, "distributed.comm.timeouts.connect": "3s"}),
        LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum", bias=True)


def assert_same(one, other):
    assert repr(one.to_dict()) == repr(other.to_dict())
    assert np.array_equal(one.samples_table, other.samples_table)
    assert one.attempts == other.attempts


@pytest.mark.slow
@pytest.mark.parametrize(
    "null", ["degree", "edge_count", "cover", permuted], ids=["degree", "edge_count", "cover", "function"]
)
def test_processes(net, pool, null):
    options = {"size": (3, 4), "samples": 150, "first_sample": 5, "seed": 2}
    assert_same(mc.significance(net, null, executor=pool, **options), mc.significance(net, null, **options))


def test_threads_report_progress(net):
    calls = []
    with ThreadPoolExecutor(3) as threads:
        result = mc.significance(
            net, samples=100, seed=1, executor=threads, progress=lambda done, total: calls.append((done, total))
        )
    assert_same(result, mc.significance(net, samples=100, seed=1))
    assert calls[-1] == (100, 100)
    assert len(calls) > 3


@pytest.mark.parametrize(("asked", "given"), [(None, 1), (3, 3)])
def test_a_task_has_one_thread_unless_told(net, asked, given):
    threads = []

    class Recording(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):
            threads.append(inspect.signature(fn).bind(*args, **kwargs).arguments["num_threads"])
            return super().submit(fn, *args, **kwargs)

    with Recording(2) as workers:
        mc.significance(net, samples=20, seed=1, num_threads=asked, executor=workers)
    assert set(threads) == {given}


@pytest.mark.slow
def test_lost_workers_lose_nothing(net):
    lost = pytest.warns(RuntimeWarning, match=r"lost workers; 40 of 40 samples")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as fragile, lost as caught:
        result = mc.significance(net, killed_in_a_worker, samples=40, seed=1, executor=fragile)
    assert caught[0].filename == __file__
    table = mc.significance(net, permuted, samples=40, seed=1).samples_table
    assert np.array_equal(result.samples_table, table)


@pytest.mark.slow
@pytest.mark.parametrize("null", ["degree", permuted], ids=["degree", "function"])
def test_dask(net, dask_client, null):
    options = {"size": (3, 4), "samples": 100, "seed": 4}
    result = mc.significance(net, null, executor=dask_client.get_executor(), **options)
    assert_same(result, mc.significance(net, null, **options))


@pytest.mark.slow
def test_dask_counts_one_graph(dask_client):
    cells = np.random.default_rng(1).random((300, 300)) < 0.05
    executor = dask_client.get_executor()
    assert mc.count(cells, (2, 3, 4), executor=executor) == mc.count(cells, (2, 3, 4))


@pytest.mark.slow
def test_dask_draws_the_samples_of_a_killed_worker_again(net, dask_client):
    workers = dask_client.run(os.getpid)
    killed = []

    def kill_one(done, total):
        if not killed:
            killed.append((done, total))
            os.kill(next(iter(workers.values())), signal.SIGKILL)

    options = {"size": (3, 4), "samples": 500, "seed": 1}
    result = mc.significance(net, executor=dask_client.get_executor(), progress=kill_one, **options)
    assert killed == [(16, 500)]
    assert_same(result, mc.significance(net, **options))


@pytest.mark.slow
def test_tasks_that_dask_gives_up_are_done_here(net, dask_client):
    with pytest.warns(RuntimeWarning, match="lost workers; 20 of 20 samples"):
        result = mc.significance(net, killed_in_a_worker, samples=20, seed=1, executor=dask_client.get_executor())
    assert np.array_equal(result.samples_table, mc.significance(net, permuted, samples=20, seed=1).samples_table)


@pytest.mark.subprocess
@pytest.mark.slow
def test_mpi(net, repository, mpi_python, tmp_path):
    output = tmp_path / "result.pickle"
    subprocess.run([*mpi_python, repository / "tests" / "support" / "mpi_program.py", output], check=True, timeout=120)
    workers, result = pickle.loads(output.read_bytes())
    assert workers == 1
    assert_same(result, mc.significance(net, size=(3, 4), samples=100, seed=5))


def test_errors_of_tasks_are_raised(net, pool):
    class Refusing(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.set_exception(OSError("no route to host"))
            return future

    with pytest.raises(OSError, match="no route to host"):
        mc.significance(net, samples=20, executor=Refusing())


def test_an_executor_that_was_shut_down(net):
    with ThreadPoolExecutor(1) as workers:
        pass
    with pytest.raises(RuntimeError, match=r"executor must take work, but does not: .*shutdown"):
        mc.significance(net, samples=20, executor=workers)


def test_what_is_no_executor(net):
    with pytest.raises(TypeError, match=r"executor must be a concurrent\.futures\.Executor or None, not 4"):
        mc.significance(net, samples=20, executor=4)

"""Samples drawn by the workers of an executor equal those drawn here, whatever happens to the workers."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from null_functions import killed_in_a_worker, permuted

import motifcount as mc


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as workers:
        yield workers


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum", bias=True)


def assert_same(one, other):
    assert repr(one.to_dict()) == repr(other.to_dict())
    assert np.array_equal(one.samples_table, other.samples_table)
    assert one.attempts == other.attempts


@pytest.mark.parametrize("null", ["degree", "edge_count", "cover", permuted], ids=str)
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


def test_lost_workers_lose_nothing(net):
    lost = pytest.warns(RuntimeWarning, match=r"lost workers; 40 of 40 samples")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as fragile, lost as caught:
        result = mc.significance(net, killed_in_a_worker, samples=40, seed=1, executor=fragile)
    assert caught[0].filename == __file__
    table = mc.significance(net, permuted, samples=40, seed=1).samples_table
    assert np.array_equal(result.samples_table, table)


def test_errors_of_tasks_are_raised(net, pool):
    class Refusing(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.set_exception(OSError("no route to host"))
            return future

    with pytest.raises(OSError, match="no route to host"):
        mc.significance(net, samples=20, executor=Refusing())


def test_what_is_no_executor(net):
    with pytest.raises(TypeError, match=r"executor must be a concurrent\.futures\.Executor or None, not 4"):
        mc.significance(net, samples=20, executor=4)

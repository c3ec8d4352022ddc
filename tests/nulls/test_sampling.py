"""Sampled counts agree with closed forms and with enumeration; long runs report progress and stop when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from itertools import product
from math import comb, sqrt
from subprocess import PIPE, Popen

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.stats import chisquare

import motifcount as mc
from support import oracles

ROWS, COLS, EDGES = 12, 15, 50


@pytest.fixture(scope="module")
def block():
    mask = np.zeros(ROWS * COLS)
    mask[:EDGES] = 1
    return mc.significance([mask.reshape(ROWS, COLS)], "edge_count", size=(3, 4), samples=4000, seed=1)


def placements(n_edges):
    """Probability that given cells are all taken."""
    return oracles.falling(EDGES, n_edges) / oracles.falling(ROWS * COLS, n_edges)


EXPECTED = {
    "021D": ROWS * comb(COLS, 2) * placements(2),
    "021U": COLS * comb(ROWS, 2) * placements(2),
    "021C": 0,
    "out_star": ROWS * comb(COLS, 3) * placements(3),
    "in_star": COLS * comb(ROWS, 3) * placements(3),
    "bifan": comb(ROWS, 2) * comb(COLS, 2) * placements(4),
    "zigzag": 4 * comb(ROWS, 2) * comb(COLS, 2) * (placements(3) - placements(4)),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_edge_count_has_its_exact_mean(block, name):
    assert abs(block.mean[name] - EXPECTED[name]) <= 3.5 * block.std[name] / sqrt(block.samples)
    assert name == "021C" or block.std[name] > 0


def test_edge_count_has_its_exact_variance_of_021d():
    """One row of the block: the out-degree is hypergeometric."""
    mask = np.zeros((2, 10))
    mask[0] = 1
    result = mc.significance([mask], "edge_count", size=3, samples=4000, seed=2)
    chance = [comb(10, k) * comb(10, 10 - k) / comb(20, 10) for k in range(11)]
    values = [comb(k, 2) + comb(10 - k, 2) for k in range(11)]
    mean = sum(p * v for p, v in zip(chance, values, strict=True))
    variance = sum(p * (v - mean) ** 2 for p, v in zip(chance, values, strict=True))
    assert result.mean["021D"] == pytest.approx(mean, rel=0.01)
    assert result.std["021D"] ** 2 == pytest.approx(variance, rel=0.1)


@pytest.mark.parametrize("rows", [["1100", "0110", "0011", "1001"], ["11100", "10011", "01010"]], ids=["4x4", "3x5"])
def test_degree_samples_follow_the_enumerated_distribution(rows):
    mask = np.array([list(map(int, row)) for row in rows])
    states = oracles.matrices_with_margins(mask.sum(axis=1).tolist(), mask.sum(axis=0).tolist())
    bifans = [sum(comb(len({*a} & {*b}), 2) for i, a in enumerate(state) for b in state[:i]) for state in states]
    values, expected = np.unique(bifans, return_counts=True)
    result = mc.significance([mask], mc.nulls.Degree(swaps_per_edge=30), size=4, samples=2000, seed=4)
    sampled = result.samples_table[:, result.classes.index("bifan")]
    assert set(sampled.tolist()) <= set(values.tolist())
    assert len(values) > 1
    seen = [(sampled == value).sum() for value in values]
    assert chisquare(seen, expected * (len(sampled) / len(states))).pvalue > 1e-4


def test_counts_beyond_64_bits():
    n = 5_000_000
    graph = mc.Graph.from_edges([1, 2, 3], [2, 3, 1], n)
    result = mc.significance(graph, "edge_count", size=(2, 3), samples=3, seed=1)
    assert result.samples_table.dtype == object
    assert all(sum(row[3:]) == comb(n, 3) for row in result.samples_table.tolist())
    values = result.samples_table[:, result.classes.index("003")].tolist()
    assert result.mean["003"] == sum(values) / 3
    assert result.p_over["003"] == (1 + sum(value >= result.observed["003"] for value in values)) / 4


def test_empty_graphs():
    for graph in (mc.Graph(np.zeros((0, 0))), mc.Graph.from_edges([], [], 7), mc.Graph([np.zeros((3, 2))])):
        for null in ("degree", "edge_count"):
            result = mc.significance(graph, null, samples=5, seed=1)
            assert set(result.status.values()) == {"fixed"}
            assert set(result.p_over.values()) == {1}
    for graph in (mc.Graph(np.zeros((0, 0)), layers=[]), mc.Graph([np.zeros((3, 2))])):
        assert set(mc.significance(graph, "cover", samples=5, seed=1).status.values()) == {"fixed"}


def test_size_four_has_the_classes_that_graph_and_random_graphs_can_hold():
    matrix = sp.csr_array(np.eye(4, k=1))
    with pytest.warns(UserWarning, match="strict levels"):
        assert mc.significance(matrix, size=4, samples=5).classes == mc.CLASSES[4]
    for graph in (np.ones((4, 4)), mc.Graph(matrix, layers=[0, 0, 1, 2])):
        assert mc.significance(graph, size=4, samples=5).classes == mc.CLASSES[4]
    layered = mc.significance(mc.Graph(matrix, layers=range(4)), size=4, samples=5)
    assert layered.classes == mc.LAYERED_TETRADS
    assert (layered.observed["30"], layered.mean["30"], layered.status["30"]) == (0, 0, "fixed")  # cannot occur
    with pytest.raises(KeyError):
        layered.mean["003"]


# ---- long runs ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum")


@pytest.mark.slow
@pytest.mark.parametrize("num_threads", [1, 2])
def test_progress_is_reported(net, num_threads):
    calls = []
    result = mc.significance(
        net,
        size=(3, 4),
        samples=4000,
        seed=1,
        num_threads=num_threads,
        progress=lambda done, total: calls.append((done, total)) or time.sleep(0.001),
    )
    assert len(result.samples_table) == 4000
    assert len(calls) > 1
    assert {total for _, total in calls} == {4000}
    done = [done for done, _ in calls]
    assert done == sorted(done)
    assert 0 <= done[0] <= done[-1] <= 4000


@pytest.mark.parametrize("num_threads", [1, 2])
def test_an_exception_in_progress_ends_the_run(net, num_threads):
    class EnoughError(Exception):
        pass

    def stop(done, total):
        raise EnoughError(f"{done} of {total}")

    with pytest.raises(EnoughError, match=r"of 20000$"):
        mc.significance(net, samples=20_000, seed=1, num_threads=num_threads, progress=stop)
    assert mc.count(net)["021D"] > 0


def test_progress_on_request_draws_a_bar(net, capsys):
    mc.significance(net, samples=50, seed=1, progress=True)
    mc.significance(net, samples=50, seed=1, progress=False)
    mc.significance(net, samples=50, seed=1)  # standard error is no terminal here
    assert capsys.readouterr().out == ""


def test_a_bar_shows_pilot_chains_and_samples_and_a_function_none(net, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich draws as on a terminal
    mc.significance(net, samples=50, seed=1, progress=True)
    drawn = capsys.readouterr().err
    assert "pilot chains" in drawn
    assert "50 samples" in drawn
    mc.significance(net, samples=50, seed=1, progress=lambda done, total: None)
    assert capsys.readouterr().err == ""


FORKED = """
import os, sys
import motifcount as mc

net = mc.datasets.load("pendulum")
before = mc.significance(net, samples=20, seed=1, num_threads=2).to_json()
child = os.fork()
if child == 0:
    same = mc.significance(net, samples=20, seed=1, num_threads=2).to_json() == before
    os._exit(0 if same else 3)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.subprocess
def test_a_forked_process_can_go_on():
    """OpenMP's threads do not survive a fork; the child must not wait for them."""
    parent = subprocess.Popen([sys.executable, "-c", FORKED], start_new_session=True)
    try:
        assert parent.wait(timeout=30) == 0
    finally:
        with suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)  # the child too, if it waits for ever


INTERRUPTED = """
import signal, sys, time
import motifcount as mc
import numpy as np
from motifcount.graph import access

signal.signal(signal.SIGINT, signal.default_int_handler)
random = np.random.default_rng(1).integers
net = mc.datasets.load("pendulum")
graph = mc.Graph.from_edges(*random(0, 3000, (2, 10**6)), 3000)
large = mc.Graph.from_edges(*random(0, 6000, (2, 10**7)), 6000)
full = mc.Graph(np.ones((4000, 4000), bool))
for run in sys.stdin:
    print("ready", flush=True)
    try:
        exec(compile(run, "run", "exec"))  # of text, CPython would call the interrupt unhandled at its end
    except KeyboardInterrupt:
        print(time.monotonic(), flush=True)
    else:
        sys.exit("was not interrupted")
    print(mc.significance(net, size=3, samples=5, seed=1).mean["012"] == mc.count(net)["012"], flush=True)
"""
LONG_RUNS = [
    "mc.significance(net, size=(3, 4), samples=200_000, num_threads={})",
    "mc.randomize(net, mc.nulls.Degree(swaps_per_edge=1e6), num_threads={})",
    "while True: mc.count(large, num_threads={})",
    "while True: mc.count(large, by_node=True, num_threads={})",
    "while True: mc.count(large, by_arc=True, num_threads={})",
    "while True: mc.find(graph, '300', num_threads={})",
    "while True: mc.count(large, by_role=True, num_threads={})",
    "while True: mc.find(graph, '021D', limit=1_000_000, seed=1, num_threads={})",
    "while True: mc.find(graph, '300', limit=1_000_000, weights=np.ones(graph.n_edges), num_threads={})",
    "mc.cooccurrence(graph, 'bifan', num_threads={})",
    "while True: mc.cooccurrence(large, '021D', num_threads={})",
    "mc.node_significance(net, size=(3, 4), samples=200_000, num_threads={})",
    "while True: mc._core.node_squares(access.in_core(full), {})",
]


@pytest.mark.subprocess
@pytest.mark.slow
def test_ctrl_c_answers_at_once():
    """All in one process, which goes on after each."""
    with Popen([sys.executable, "-c", INTERRUPTED], stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as child:
        watchdog = threading.Timer(120, child.kill)  # a hang, not a time: the machine may be busy
        watchdog.start()
        try:
            for run, num_threads in product(LONG_RUNS, (1, 2)):
                child.stdin.write(run.format(num_threads) + "\n")
                child.stdin.flush()
                assert child.stdout.readline() == "ready\n", run
                time.sleep(0.2)
                sent = time.monotonic()
                child.send_signal(signal.SIGINT)
                ended = child.stdout.readline()
                assert ended, run
                assert float(ended) - sent < 10, run
                assert child.stdout.readline() == "True\n", run
            out, err = child.communicate()
            assert (child.returncode, out, err) == (0, "", "")
        finally:
            watchdog.cancel()
            child.kill()

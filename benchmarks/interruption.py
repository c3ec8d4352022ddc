"""How long after Ctrl-C a call comes back, at its worst.

    python benchmarks/interruption.py [--quick] [CALL ...]

Every call is sent SIGINT at moments spread evenly over its time, each in a run of its own.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import graphs

import motifcount as mc

MOMENTS = 16
LATEST_S = 10.0  # calls that take longer are interrupted in their first part, which sets up, and not after it


def calls(network: graphs.Network) -> dict[str, Callable[[], Any]]:
    layered, plain = network.graph, mc.Graph(network.csr)
    src, dst, n = network.src, network.dst, network.n_nodes
    return {
        "from_edges": lambda: mc.Graph.from_edges(src, dst, n),
        "Graph": lambda: mc.Graph(network.csr),
        "Graph, layers found": lambda: mc.Graph(network.csr, layers="infer"),
        "count, triads": lambda: mc.count(plain, 3),
        "count, tetrads": lambda: mc.count(layered, 4),
        "count, by node": lambda: mc.count(plain, 3, by_node=True),
        "count, by arc": lambda: mc.count(plain, 3, by_arc=True),
        "count, by role": lambda: mc.count(plain, 3, by_role=True),
        "find": lambda: mc.find(plain, "021C", nodes=range(1000)),
        "find, a sample": lambda: mc.find(plain, "bifan", limit=100_000, seed=1),
        "cooccurrence": lambda: mc.cooccurrence(plain, "030T"),
        "drop_ineffective": layered.drop_ineffective,
        "randomize, degree": lambda: mc.randomize(layered, mc.nulls.Degree(2), seed=1),
        "randomize, keep_mutual": lambda: mc.randomize(plain, mc.nulls.Degree(1, keep_mutual=True), seed=1),
        "randomize, edge_count": lambda: mc.randomize(layered, "edge_count", seed=1),
        "randomize, cover": lambda: mc.randomize(layered, "cover", seed=1),
        "significance": lambda: mc.significance(layered, size=(3, 4), samples=4, seed=1),
        "node_significance": lambda: mc.node_significance(layered, size=3, samples=2, seed=1),
        "exact moments": lambda: mc.significance(layered, "edge_count", size=(3, 4), samples=0),
    }


def latency(call: Callable[[], Any], delay: float) -> float:
    """Return the seconds from a signal sent `delay` seconds after the call began to its end, 0 if it had ended."""
    sent: list[float] = []

    def interrupt() -> None:
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(delay, interrupt)
    try:
        timer.start()
        call()
        timer.join()  # the signal comes after the call
        time.sleep(0.1)
    except KeyboardInterrupt:
        return time.perf_counter() - sent[0]
    return 0.0


def main() -> None:
    """Print the worst latency of every call."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small graph, to see that it runs")
    parser.add_argument("names", nargs="*", metavar="CALL", help="default: all")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    network = graphs.standard("layered-20M", options.quick)
    for name, call in calls(network).items():
        if options.names and name not in options.names:
            continue
        start = time.perf_counter()
        call()
        took = time.perf_counter() - start
        delays = [min(took, LATEST_S) * (k + 0.5) / MOMENTS for k in range(MOMENTS)]
        print(f"{name:24} takes {took:6.2f} s, comes back after at most {max(latency(call, d) for d in delays):.3f} s")


if __name__ == "__main__":
    main()

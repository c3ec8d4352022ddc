"""Options and fixtures of the benchmarks. Nothing here asserts a time; every benchmark checks its answer."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import graphs
import pytest

import motifcount as mc

NOT_RUN = pytest.StashKey[dict[tuple[str, str], dict[str, None]]]()  # (what, why): of which graphs
LIBRARIES = ("numpy", "scipy", "numba", "igraph", "networkx", "networkit", "graph-tool")
FILL_S, MIN_ROUNDS, MAX_ROUNDS = 1.5, 5, 5000  # rounds of what is fast, after a warm-up
QUICK_S, LONG_S, SLOW_S, HOPELESS_S = 10.0, 3.0, 100.0, 2000.0  # expected seconds of one round of a peer


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("motifcount")
    group.addoption("--threads", default="1,2", help="numbers of threads, separated by commas (default 1,2)")
    group.addoption("--quick", action="store_true", help="small graphs, to see that the benchmarks run")
    group.addoption(
        "--slow-peers",
        action="store_true",
        help=f"also peers expected to take {SLOW_S:.0f} to {HOPELESS_S:.0f} s (one round each)",
    )
    group.addoption("--rmat-scale", action="append", type=int, default=[], help="another R-MAT graph to count, say 20")
    group.addoption("--graph", action="append", default=[], help="an edge list (.tsv, .gz) to count")
    group.addoption("--gap-tc", metavar="PATH", help="the tc program of the GAP benchmark suite, to run as a peer")
    group.addoption("--gtrie-scanner", metavar="PATH", help="the program of gtrieScanner, to run as a peer")


def pytest_benchmark_update_machine_info(machine_info: dict[str, Any]) -> None:
    machine_info["motifcount"] = mc.build_config()
    machine_info["libraries"] = {name: found for name in LIBRARIES if (found := _version(name))}
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        machine_info["gpu"] = torch.cuda.get_device_name()
        machine_info["libraries"]["torch"] = torch.__version__


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "threads" in metafunc.fixturenames:
        numbers = [int(part) for part in metafunc.config.getoption("--threads").split(",")]
        metafunc.parametrize("threads", numbers, ids=[f"{number}-threads" for number in numbers])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Note whether the answer was right; report.py leaves out what was not. Note also what did not run, and why."""
    report = yield
    fixtures = getattr(item, "funcargs", {})
    if report.when == "call" and "benchmark" in fixtures:
        fixtures["benchmark"].extra_info["verified"] = report.passed
    if report.skipped:
        tool = getattr(item, "originalname", item.name).removeprefix("bench_").replace("_", " ")
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        of = ", ".join(str(value) for key, value in parameters.items() if key != "threads")
        reason = report.longrepr[2].removeprefix("Skipped: ")
        item.config.stash.setdefault(NOT_RUN, defaultdict(dict))[tool, reason][of] = None
    return report


def pytest_benchmark_update_json(config: pytest.Config, output_json: dict[str, Any]) -> None:
    not_run = config.stash.get(NOT_RUN, {})
    output_json["not_run"] = [
        {"tool": tool, "of": list(names), "reason": reason} for (tool, reason), names in not_run.items()
    ]


@pytest.fixture
def standard(pytestconfig: pytest.Config) -> Callable[[str], graphs.Network]:
    """Make a graph by its name."""
    return lambda name: graphs.standard(name, pytestconfig.getoption("--quick"))


@pytest.fixture
def rounds_of_peer(pytestconfig: pytest.Config) -> Callable[[float], int | None]:
    """Turn the expected seconds of a peer into rounds (None: as many as fit), or skip it."""

    def rounds(expected_s: float) -> int | None:
        quick, slow = pytestconfig.getoption("--quick"), pytestconfig.getoption("--slow-peers")
        if expected_s > (QUICK_S if quick else HOPELESS_S if slow else SLOW_S):
            limit = next(limit for limit in (HOPELESS_S, SLOW_S, QUICK_S) if expected_s > limit)
            hint = "; --slow-peers runs it" if limit == SLOW_S and not quick else ""
            pytest.skip(f"expected to take more than {limit:,.0f} s{hint}")
        return 1 if expected_s > LONG_S else None

    return rounds


@pytest.fixture
def igraph() -> Iterator[Any]:
    """Give igraph with random numbers of its own, which are faster than Python's."""
    module = pytest.importorskip("igraph", reason="igraph is not installed")
    module.set_random_number_generator(None)
    yield module
    module.set_random_number_generator(random)


@pytest.fixture
def measure(benchmark: Any) -> Callable[..., Any]:
    """Time a call and return its last answer.

    `work` is what one call does, in `unit`; rows of one `group` are compared by time per unit. `baseline` marks
    the rows that the others are divided by. `network` is what was worked on, if it was one, and `error` how far off
    an inexact answer is, as the caller found beforehand. `setup` makes fresh arguments for each round, outside of the
    time. `rounds` None means a warm-up, then as many rounds as fill FILL_S seconds.
    """

    def run(
        function: Callable[..., Any],
        *args: Any,
        group: str,
        tool: str,
        work: float,
        unit: str,
        network: graphs.Network | None = None,
        error: float | None = None,
        threads: int = 1,
        baseline: bool = False,
        setup: Callable[[], tuple[Any, ...]] | None = None,
        rounds: int | None = None,
        **kwargs: Any,
    ) -> Any:
        def prepare() -> tuple[tuple[Any, ...], dict[str, Any]]:
            return (setup() if setup else args), kwargs

        if rounds is None:
            rounds = _rounds(function, prepare)
        benchmark.group = group
        benchmark.extra_info.update(tool=tool, threads=threads, work=work, unit=unit, error=error)
        benchmark.extra_info.update(nodes=network and network.n_nodes, edges=network and network.n_edges)
        benchmark.extra_info.update(baseline=baseline, load=os.getloadavg()[0])
        return benchmark.pedantic(function, setup=prepare, rounds=rounds, iterations=1)

    return run


def _rounds(function: Callable[..., Any], prepare: Callable[[], tuple[Any, Any]]) -> int:
    args, kwargs = prepare()
    start = time.perf_counter()
    function(*args, **kwargs)
    elapsed = time.perf_counter() - start
    return int(min(max(FILL_S / max(elapsed, 1e-9), MIN_ROUNDS), MAX_ROUNDS))

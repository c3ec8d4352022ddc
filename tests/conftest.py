"""Fixtures shared by all tests. Runs with NumPy, SciPy and pytest alone, like test_minimal.py."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

import motifcount as mc
from motifcount._support.threads import effective_threads

pytest.register_assert_rewrite("support")
os.environ["MPLBACKEND"] = "Agg"  # no windows

REPOSITORY = Path(__file__).resolve().parent.parent

if importlib.util.find_spec("hypothesis"):
    from hypothesis import HealthCheck, settings

    slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings.register_profile(  # the same examples in every run: a change is judged by what it changes
        "motifcount", deadline=None, max_examples=60, derandomize=True, suppress_health_check=slow_is_fine
    )
    settings.register_profile("quick", settings.get_profile("motifcount"), max_examples=6)
    settings.register_profile("thorough", settings.get_profile("motifcount"), max_examples=2000, derandomize=False)
    settings.load_profile("motifcount")


LIBRARIES = ("numpy", "scipy", "networkx", "igraph", "torch", "hypothesis")


def environment():
    """Return lines that tell versions, the kernel for this processor, and threads."""
    config = mc.build_config()
    found = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES if importlib.util.find_spec(name)]
    return [
        (
            f"motifcount {config['version']}: {config['compiler']}, {config['build_type']}, OpenMP {config['openmp']}, "
            f"kernel {config['bit_kernels']}, {effective_threads(None)} threads"
        ),
        f"with {', '.join(found)}",
    ]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files with slow tests come first, so that processes that share the tests end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_runtest_setup(item):
    if item.get_closest_marker("gpu"):
        torch = pytest.importorskip("torch")
        if not torch.cuda.is_available():
            pytest.skip(f"no GPU: torch {torch.__version__} finds no CUDA device")


def pytest_report_header():
    return environment()


def pytest_terminal_summary(terminalreporter):
    if not terminalreporter.showheader:  # with -q
        for line in environment():
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _no_figure_is_left_open():
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@pytest.fixture(params=[1, 2, 3, 7], ids="{}-threads".format)
def num_threads(request):
    """Thread counts that must all give the same result."""
    return request.param


@pytest.fixture(scope="session")
def mpi_python():
    """The command that runs a program on two ranks, by the MPI of this environment if it has one."""
    launcher = shutil.which("mpiexec", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return [launcher, "-n", "2", sys.executable, "-m", "mpi4py.futures"]


@pytest.fixture(scope="session")
def repository():
    """Root of the source tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data():
    """Folder of real networks beside the source tree; the project does not depend on it."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"optional data not found: {folder}")
    return folder

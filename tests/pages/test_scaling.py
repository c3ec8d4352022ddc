"""The programs of docs/scaling.md, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import numpy as np
import pytest

import motifcount as mc

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programs(repository):
    text = (repository / "docs" / "scaling.md").read_text()
    found = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return dict(zip(("pool_run", "dask_run", "mpi_run", "draw", "merge"), found, strict=True))


@pytest.fixture
def run(programs, tmp_path):
    def run(name, python=(sys.executable,), **environment):
        (tmp_path / f"{name}.py").write_text(programs[name])
        environment = os.environ | environment
        done = subprocess.run([*python, f"{name}.py"], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.subprocess
def test_executors(run, mpi_python):
    expected = repr(mc.significance(mc.datasets.load("pendulum"), samples=400, seed=1))
    assert run("pool_run").strip() == expected
    assert run("dask_run").strip() == expected
    assert run("mpi_run", mpi_python).strip() == expected


@pytest.mark.subprocess
def test_array_job(run, tmp_path):
    net = mc.datasets.load("pendulum")
    np.savez(tmp_path / "net.npz", **{f"mask{k}": mask.toarray() for k, mask in enumerate(net.to_layers())})
    for task in (2, 0, 1):
        run("draw", SLURM_ARRAY_TASK_ID=str(task))
    run("merge")
    expected = mc.significance(net, samples=3000, seed=1)
    assert mc.Significance.load(tmp_path / "result.zip") == expected

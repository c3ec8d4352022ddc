"""A study that is killed at random points, again and again, ends with the tables of one that nothing disturbed.

Five kills, or twenty with ``--hypothesis-profile=thorough``.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from subprocess import PIPE

import pytest
from hypothesis import settings

from motifcount import study
from motifcount.study import figures, storage
from support import studies
from support.studies import EMPTY_FIGURES, TINIER

KILLS = 20 if settings.default == settings.get_profile("thorough") else 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
]


def n_files(folder):
    return sum(1 for _ in folder.rglob("*"))


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def start(repository):
    """Return a function that starts the study in a process of its own, and one that waits for its exit status."""
    command = [sys.executable, "-m", "support.study_program"]
    with subprocess.Popen(command, cwd=repository / "tests", stdin=PIPE, stdout=PIPE, text=True) as program:

        def begin(folder):
            program.stdin.write(f"{folder}\n")
            program.stdin.flush()
            return int(program.stdout.readline())

        yield begin, lambda: int(program.stdout.readline())
        program.stdin.close()


@pytest.mark.subprocess
def test_random_kills(tmp_path, start, monkeypatch):
    """Each kill comes after a few more files than the run before left, and a moment."""
    monkeypatch.setattr(figures, "FIGURES", EMPTY_FIGURES)
    begin, status = start
    rng = random.Random(1)
    expected = studies.finished(TINIER)[0]
    n_whole = n_files(expected.directory)
    folder = tmp_path / "study"
    ends = []
    for kill in range(KILLS):
        before = n_files(folder)
        process = begin(folder)
        wanted = before + rng.randint(0, max(0, 2 * (n_whole - before) // (KILLS - kill)))
        while is_running(process) and n_files(folder) < wanted:
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.05))
        if is_running(process):
            os.kill(process, signal.SIGKILL)
        ends.append(status())
    assert set(ends) <= {0, signal.SIGKILL}
    assert ends.count(signal.SIGKILL) > KILLS // 2
    result = study.run(TINIER, folder, num_threads=2, progress=False)
    for name, path in expected.tables.items():
        assert result.tables[name].read_bytes() == path.read_bytes(), name


def test_one_process_in_a_folder(tmp_path):
    with storage.exclusive(tmp_path), pytest.raises(ValueError, match=r"directory .* is in use by another process"):
        study.run(TINIER, tmp_path, stop_after=0, progress=False)
    with pytest.raises(study.Paused):
        study.run(TINIER, tmp_path, stop_after=0, progress=False)

"""Pictures are written whole, always the same, and what fails is said in one line."""

from __future__ import annotations

import errno
import subprocess
import sys

import matplotlib.pyplot as plt
import pytest

from motifcount import plots
from motifcount.plots import matplotlib_tools


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_files_are_written_whole_and_always_the_same(tmp_path, result, ending):
    path, again = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    plots.save(result.plot(), path)
    plots.save(result.plot().figure, again)
    assert path.read_bytes() == again.read_bytes()
    assert path.stat().st_size > 1000
    assert sorted(tmp_path.iterdir()) == [path, again]
    assert plt.get_fignums() == []


def test_bad_files_are_refused(tmp_path, result):
    with pytest.raises(ValueError, match=r"a \.svg, a \.png or a \.pdf file, not 'a\.gif'"):
        plots.save(result.plot(), tmp_path / "a.gif")
    with pytest.raises(FileNotFoundError):
        plots.save(result.plot(), tmp_path / "nowhere" / "a.svg")
    plt.close("all")
    with pytest.raises(ValueError, match="size"):
        plots.plot_motifs(5)


def test_a_figure_that_cannot_be_written_is_closed(tmp_path, result, monkeypatch):
    def full(_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(matplotlib_tools.atomic, "writing", full)
    with pytest.raises(OSError, match="No space"):
        plots.save(result.plot(), tmp_path / "a.svg")
    assert plt.get_fignums() == []
    monkeypatch.setattr(matplotlib_tools.arguments.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=r"a\.svg"):
        plots.save(result.plot(), tmp_path / "a.svg")
    plt.close("all")


@pytest.mark.subprocess
def test_without_matplotlib_the_error_tells_what_to_install():
    program = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import motifcount as mc\n"
        "mc.count([(0, 1)])._repr_html_()\n"
        "mc.cli = __import__('motifcount.cli').cli\n"
        "sys.argv = ['motifcount', 'significance', 'dataset:pendulum', '--plot', 'a.svg']\n"
        "mc.cli.main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout == ""
    assert (
        ended.stderr
        == "motifcount: a plot needs matplotlib: pip install 'matplotlib>=3.10' (motifcount's extra 'plot')\n"
    )
    assert ended.returncode == 2

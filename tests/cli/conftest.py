"""The command, run in this process."""

from __future__ import annotations

import sys
import warnings

import pytest

from motifcount import cli


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command; returns its exit status, standard output and standard error."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["motifcount", *map(str, args)])
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        monkeypatch.delenv("COLUMNS", raising=False)
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.out, captured.err

    return call

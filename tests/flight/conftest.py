"""A finished data set, whole and to be damaged."""

from __future__ import annotations

import pytest

from motifcount import flight
from support import flights


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A finished data set; tests must leave its files alone."""
    return flight.generate(tmp_path_factory.mktemp("made"), flights.RUNS, **flights.ARGUMENTS)


@pytest.fixture
def folder(made, tmp_path):
    """A copy of the finished data set, to be damaged."""
    for file in made.path.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path

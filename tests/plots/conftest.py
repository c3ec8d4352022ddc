"""A network and its result, to be drawn."""

from __future__ import annotations

import pytest

import motifcount as mc


@pytest.fixture(scope="session")
def net():
    return mc.datasets.load("pendulum").drop_ineffective()


@pytest.fixture(scope="session")
def result(net):
    return mc.significance(net, size=(3, 4), samples=50, seed=1)

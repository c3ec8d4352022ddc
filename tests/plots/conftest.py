"""A network and its result, to be drawn; every figure is closed."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import motifcount as mc


@pytest.fixture(autouse=True)
def _no_figure_is_left_open():
    mpl.use("Agg")
    assert plt.get_fignums() == []
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def net():
    return mc.datasets.load("pendulum").drop_ineffective()


@pytest.fixture(scope="session")
def result(net):
    return mc.significance(net, size=(3, 4), samples=50, seed=1)

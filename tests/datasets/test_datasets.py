"""The networks that come with the package."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise

import pytest

import motifcount as mc

WIDTHS = {"pendulum": (6, 96, 96, 48, 4), "hawkmoth": (10, 400, 400, 400, 16, 7)}
SPARSITY = {"pendulum": 0.9, "hawkmoth": 0.93}


def test_all_are_known_here():
    assert set(mc.datasets.NAMES) == set(WIDTHS)


@pytest.mark.parametrize("name", WIDTHS)
def test_each_is_what_its_text_says(name):
    widths = WIDTHS[name]
    kept = [a * b - round(SPARSITY[name] * a * b) for a, b in pairwise(widths)]
    net, with_biases = mc.datasets.load(name), mc.datasets.load(name, bias=True)
    assert (net.n_nodes, net.n_edges) == (sum(widths), sum(kept))
    assert with_biases.n_edges == sum(kept) + sum(widths[1:])
    assert net.is_strictly_layered()
    text = resources.files("motifcount.datasets").joinpath(f"{name}.md").read_text()
    assert "License: BSD-3-Clause" in text
    for number in (*kept, net.drop_ineffective().n_edges if name == "hawkmoth" else sum(kept)):
        assert f"{number:,}" in text or str(number) in text

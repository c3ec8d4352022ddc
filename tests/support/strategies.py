"""Hypothesis strategies for graphs of every shape that the library knows."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import motifcount as mc


def at_most(max_examples):
    """Settings for a test whose examples take long: fewer of them, and no more than the profile asks for."""
    return settings(max_examples=min(max_examples, settings.default.max_examples))


class Digraph(NamedTuple):
    """Nodes 0 to n - 1 and their edges as they were drawn: loops, repeats and all."""

    n: int
    edges: list

    @property
    def arcs(self):
        return {(u, v) for u, v in self.edges if u != v}

    def graph(self, layers=None):
        ends = np.array(self.edges, dtype=np.int64).reshape(-1, 2)
        return mc.Graph.from_edges(ends[:, 0], ends[:, 1], self.n, layers)


class Net(NamedTuple):
    """Masks and biases of a feed-forward network."""

    masks: list
    biases: list

    def graph(self):
        return mc.Graph.from_layers(self.masks, self.biases)


@st.composite
def digraphs(draw, max_nodes=14):
    """Digraphs with loops, repeated, mutual and missing edges, isolated nodes; sparse and dense."""
    n = draw(st.integers(0, max_nodes))
    if n == 0:
        return Digraph(0, [])
    if draw(st.booleans()):
        matrix = draw(hnp.arrays(bool, (n, n)))
        return Digraph(n, [(int(u), int(v)) for u, v in np.argwhere(matrix)])
    node = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=3 * n))
    back = [(v, u) for u, v in draw(st.lists(st.sampled_from(edges), max_size=n))] if edges else []
    return Digraph(n, edges + back)


def node_layers(n):
    """Any layers for n nodes: gaps, negative labels, empty ones in between."""
    return st.lists(st.sampled_from([-3, 0, 7, 10]), min_size=n, max_size=n)


@st.composite
def nets(draw, max_width=4, max_masks=4, min_width=1, with_biases=None):
    """Feed-forward networks, biases present in all, some or no layers."""
    widths = draw(st.lists(st.integers(min_width, max_width), min_size=2, max_size=max_masks + 1))
    masks = [draw(hnp.arrays(bool, shape)) for shape in pairwise(widths)]
    biased = draw(st.booleans()) if with_biases is None else with_biases
    kinds = [st.none() | hnp.arrays(bool, width) if biased else st.none() for width in widths[1:]]
    return Net(masks, [draw(kind) for kind in kinds])


@st.composite
def layered_dags(draw, max_width=4, max_layers=4):
    """Layered DAGs with skip connections, as (Digraph, layers)."""
    widths = draw(st.lists(st.integers(1, max_width), min_size=2, max_size=max_layers))
    layers = np.repeat(np.arange(len(widths)), widths)
    n = len(layers)
    matrix = draw(hnp.arrays(bool, (n, n))) & (layers[:, None] < layers[None, :])
    return Digraph(n, [(int(u), int(v)) for u, v in np.argwhere(matrix)]), layers

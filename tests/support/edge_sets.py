"""Edges of a graph as sets of pairs, to be held against what a file says."""

from __future__ import annotations


def by_label(graph):
    """The edges by the labels of their nodes, which the graph must have."""
    return _pairs(graph, graph.labels)


def by_label_or_position(graph):
    return _pairs(graph, graph.labels or range(graph.n_nodes))


def in_words(graph):
    """The edges by labels, or positions where there are none, as text."""
    return {(str(u), str(v)) for u, v in by_label_or_position(graph)}


def labels_in_words(graph):
    """The edges by the labels of their nodes, which the graph must have, as text."""
    return {(str(u), str(v)) for u, v in by_label(graph)}


def arcs(text):
    """The edges in a text such as "a>b b>c"."""
    return {tuple(arc.split(">")) for arc in text.split()}


def _pairs(graph, labels):
    sources, targets = graph.to_scipy().nonzero()
    return {(labels[u], labels[v]) for u, v in zip(sources.tolist(), targets.tolist(), strict=True)}

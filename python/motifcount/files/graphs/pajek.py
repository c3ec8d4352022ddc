"""Pajek's files: ``*Vertices``, then ``*Arcs``, ``*Edges``, ``*Arcslist``, ``*Edgeslist`` or ``*Matrix``.

What a project holds beside its one network (partitions, vectors, permutations, clusters) is told as left out.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

import numpy as np

from motifcount.files.edges import Edges
from motifcount.files.graphs.attributes import number as weight_of
from motifcount.files.report import ReadReport
from motifcount.files.sources import as_utf8, text_stream
from motifcount.files.words.labels import is_number
from motifcount.files.words.numerals import with_point

_PARAMETERS = frozenset(
    [
        *("w", "c", "p", "s", "a", "ap", "l", "lp", "lr", "lphi", "lc", "la", "fos", "font", "h1", "h2", "a1", "a2"),
        *("k1", "k2", "color", "width", "label"),
    ]
)
"""Words that say how a line is drawn, where it has no weight in front of them."""
_SHAPES = frozenset(
    [
        *("ellipse", "circle", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman", "x_fact"),
        *("y_fact", "s_size", "phi", "r", "q", "ic", "bc", "bw", "lc", "la", "lp", "lr", "lphi", "fos", "font"),
    ]
)
"""Words behind the label of a node: its shape, and how it is drawn."""
_QUOTED = re.compile(r'\S+\s+"')
_BESIDE = ("partition", "vector", "permutation", "cluster")


class _Network:
    def __init__(self) -> None:
        self.n_nodes: int | None = None
        self.labels: dict[int, str] = {}
        self.edges: list[tuple[int, int, float, bool]] = []
        self.n_rows = 0
        self.relations = 0
        self.beside: list[str] = []  # partitions and such, as their lines say

    def node(self, word: str, number: int) -> int:
        if self.n_nodes is None:
            raise ValueError(f"line {number} comes before *Vertices")
        if not word.isdigit() or not 1 <= int(word) <= self.n_nodes:
            raise ValueError(f"line {number} must name nodes from 1 to {self.n_nodes}, not {word[:40]!r}")
        return int(word) - 1


def read(raw: bytes) -> Edges:
    """Return the edges of a Pajek network; labels are those of the vertices, or their numbers.

    Raises
    ------
    ValueError
        If the file is no Pajek network, or holds more than one.
    """
    network = _Network()
    section = ""
    for number, line in enumerate(text_stream(as_utf8(raw)), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith(("%", "/*")):
            continue
        if stripped.startswith("*"):
            section = _section(network, section, stripped, number)
        else:
            fields = _fields(stripped, number)
            if section == "vertices" and not _QUOTED.match(stripped):
                _refuse_cut_label(fields, number)
            _READERS.get(section, _unknown)(network, fields, number)
    if network.n_nodes is None:
        raise ValueError("not a Pajek network: *Vertices is missing")
    if section == "matrix" and network.n_rows != network.n_nodes:
        raise ValueError(f"*Matrix must have {network.n_nodes} rows, not {network.n_rows}")
    return _edges(network)


def _section(network: _Network, before: str, line: str, number: int) -> str:
    """Return the section that a line begins, behind that `before`."""
    words = line[1:].lower().split()
    name = re.sub(r"[^a-z]", "", words[0]) if words else ""
    if name in _BESIDE:
        network.beside.append(line)
        return "beside"
    if name == "vertices" and before == "beside":
        return "beside"
    if name == "vertices":
        if network.n_nodes is not None:
            raise ValueError(f"line {number}: the file holds more than one network; keep one")
        if len(words) < 2 or not words[1].isdigit():
            raise ValueError(f"line {number}: *Vertices must tell how many there are")
        network.n_nodes = int(words[1])
    elif name in ("arcs", "edges", "arcslist", "edgeslist"):
        network.relations += len(words) > 1
    elif name not in ("network", "matrix"):
        return "other"
    return name


def _fields(line: str, number: int) -> list[str]:
    if '"' not in line:
        return line.split()
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    try:
        return list(lexer)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from error


def _refuse_cut_label(fields: list[str], number: int) -> None:
    """Refuse a label with blanks that does not stand in quotes."""
    if len(fields) > 2 and not (is_number(fields[2]) or fields[2].lower() in _SHAPES or fields[2][0] == "["):
        raise ValueError(f"line {number}: a label with blanks must stand in quotes, as {' '.join(fields[1:])[:60]!r}")


def _vertex(network: _Network, fields: list[str], number: int) -> None:
    node = network.node(fields[0], number)
    if len(fields) > 1:
        network.labels[node] = fields[1]


def _line(network: _Network, fields: list[str], number: int, both_ways: bool) -> None:
    if len(fields) < 2:
        raise ValueError(f"line {number} must hold two nodes, not {' '.join(fields)[:60]!r}")
    has_weight = len(fields) > 2 and fields[2].lower() not in _PARAMETERS and not fields[2].startswith("[")
    weight = weight_of(with_point(fields[2])) if has_weight else 1.0
    network.edges.append((network.node(fields[0], number), network.node(fields[1], number), weight, both_ways))


def _list(network: _Network, fields: list[str], number: int, both_ways: bool) -> None:
    source, *targets = (network.node(word.lstrip("-"), number) for word in fields)
    network.edges.extend((source, target, 1.0, both_ways) for target in targets)


def _row(network: _Network, fields: list[str], number: int) -> None:
    if len(fields) != network.n_nodes:
        raise ValueError(f"line {number} must hold {network.n_nodes} entries, not {len(fields)}")
    for k, word in enumerate(fields):
        if weight := weight_of(with_point(word)):
            network.edges.append((network.n_rows, k, weight, False))
    network.n_rows += 1


def _unknown(network: _Network, fields: list[str], number: int) -> None:
    if network.n_nodes is None:
        raise ValueError(f"line {number} comes before *Vertices: not a Pajek network")
    raise ValueError(f"line {number}, {' '.join(fields)[:60]!r}, belongs to a section that is not understood")


_READERS: dict[str, Any] = {
    "vertices": _vertex,
    "arcs": lambda network, fields, number: _line(network, fields, number, False),
    "edges": lambda network, fields, number: _line(network, fields, number, True),
    "arcslist": lambda network, fields, number: _list(network, fields, number, False),
    "edgeslist": lambda network, fields, number: _list(network, fields, number, True),
    "matrix": _row,
    "beside": lambda network, fields, number: None,
}


def _edges(network: _Network) -> Edges:
    n = network.n_nodes or 0
    src, dst = (np.array([edge[k] for edge in network.edges], dtype=np.int64) for k in (0, 1))
    weight = np.array([edge[2] for edge in network.edges], dtype=np.float64)
    both = np.array([edge[3] for edge in network.edges], dtype=bool)
    labels: tuple[Any, ...] = tuple(network.labels.get(k, str(k + 1)) for k in range(n))
    notes = []
    if len(set(labels)) < n:
        labels = tuple(range(1, n + 1))
        notes.append("labels are not of one node each: nodes are called by their numbers")
    elif not network.labels:
        labels = tuple(range(1, n + 1))
    if network.relations > 1:
        notes.append(f"{network.relations} relations are read as one")
    report = ReadReport("Pajek", columns={"weight": "third"}, notes=tuple(notes), unused=tuple(network.beside))
    return Edges(src, dst, labels, n, report, weight, both)

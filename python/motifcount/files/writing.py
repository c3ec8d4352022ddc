"""Writing graphs into files: what is written reads back as the same graph, or is not written."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from pathlib import Path
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp

from motifcount._support import arguments, atomic, extras
from motifcount._support.warn import warn
from motifcount.graph import Graph, access, as_graph

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:+-()[]/'")


def write_graph(adj: Any, path: str | Path) -> None:
    """Write a graph into a file, with the labels of its nodes.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    path
        Its ending tells the format: ``.csv`` (commas), ``.tsv``, ``.tab``, ``.txt``, ``.dat``, ``.edges``, ``.el``,
        ``.edgelist`` (tabs, the names of the columns in a comment where nothing else is usual), ``.sif``, ``.net``,
        ``.json`` (nodes and links), ``.graphml``, ``.gml``, ``.gexf`` (by networkx), ``.mtx`` and ``.npz`` (a
        scipy.sparse matrix). JSON, GraphML, GML and GEXF also hold layers, as the attribute ``layer``, and all but
        ``.net`` hold kinds: as the column or attribute ``kind``, as SIF's relation, in a matrix as signs.

    Raises
    ------
    TypeError, OSError
        If `path` is no path, or cannot be written.
    ValueError
        If the ending is unknown, or the format cannot hold these labels: text is read back before it is put in place.
    ImportError
        If the format needs networkx, which is not installed.

    Warns
    -----
    UserWarning
        If the format has no place for something: nodes without edges in a table, labels in a matrix.

    Notes
    -----
    O(n + m) time and memory.
    """
    graph = as_graph(adj)
    path = writable("path", path)
    ending = _ending(path)
    content = _WRITERS[ending](graph)
    if ending not in ("npz", "mtx"):
        _check(graph, content, path)
    elif graph.labels not in (None, tuple(range(graph.n_nodes))):
        warn(f"{path}: a matrix holds no labels; nodes are numbered in the order of graph.labels")
    if ending in _TABLES and (lonely := int(np.count_nonzero(graph.in_degrees() + graph.out_degrees() == 0))):
        warn(
            f"{path}: {lonely:,} nodes without edges are left out, for which a table of edges has no place; "
            ".json, .net, .sif and .graphml have one"
        )
    if graph.kinds is not None and (ending == "net" or (ending in ("npz", "mtx") and not _is_signed(graph))):
        warn(f"{path}: the kinds of edges are left out, for which .{ending} has no place")
    if graph.weights is not None and ending not in ("npz", "mtx"):
        warn(f"{path}: the weights of edges are left out; .npz and .mtx hold them")
    atomic.write_bytes(path, content)


def _is_signed(graph: Graph) -> bool:
    """Whether the entries of a matrix tell the kinds."""
    if graph.kinds is None or not set(graph.kinds.tolist()) <= {"+", "-"}:
        return False
    return graph.weights is None or bool(((graph.weights < 0) == (graph.kinds == "-")).all())


def writable(name: str, value: Any) -> Path:
    """Return a path that :func:`write_graph` can write, and refuse, before work is done for it, one that it cannot.

    Raises
    ------
    TypeError, ValueError, OSError
        As :func:`write_graph`.
    """
    path = arguments.path(name, value)
    if _ending(path) not in _WRITERS:
        known = ", ".join(f".{ending}" for ending in _WRITERS)
        raise ValueError(f"{name} must end in one of {known}, not be {arguments.shown(str(path))}")
    arguments.writable(path)
    return path


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _names(graph: Graph) -> list[str]:
    return [str(label) for label in (range(graph.n_nodes) if graph.labels is None else graph.labels)]


def _edges(graph: Graph) -> Iterator[tuple[str, str]]:
    names = _names(graph)
    src, dst = access.edge_arrays(graph)
    return ((names[u], names[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True))


def _kinded(graph: Graph) -> tuple[Iterator[tuple[str, str]], Iterable[tuple[str, ...]]]:
    """Return the edges, and for each its kind, if it has one."""
    kinds = graph.kinds
    return _edges(graph), repeat((), graph.n_edges) if kinds is None else ((str(kind),) for kind in kinds.tolist())


def _table(head: str, delimiter: str) -> Callable[[Graph], bytes]:
    """Return a writer of tables whose first line begins with `head`."""

    def write(graph: Graph) -> bytes:
        quoted = {
            name: name if _SAFE.issuperset(name) else f'"{name.replace(chr(34), 2 * chr(34))}"'
            for name in _names(graph)
        }
        lines = [f"{head}source{delimiter}target{'' if graph.kinds is None else f'{delimiter}kind'}"]
        fields = (
            (quoted[source], quoted[target], *kind) for (source, target), kind in zip(*_kinded(graph), strict=True)
        )
        lines += map(delimiter.join, fields)
        return ("\n".join(lines) + "\n").encode()

    return write


def _sif(graph: Graph) -> bytes:
    lines = [
        f"{source}\t{''.join(kind) or 'to'}\t{target}" for (source, target), kind in zip(*_kinded(graph), strict=True)
    ]
    degree = graph.in_degrees() + graph.out_degrees()
    lines += (name for name, d in zip(_names(graph), degree.tolist(), strict=True) if d == 0)
    return ("\n".join(lines) + "\n").encode()


def _pajek(graph: Graph) -> bytes:
    lines = [f"*Vertices {graph.n_nodes}"]
    lines += (f'{k} "{name}"' for k, name in enumerate(_names(graph), 1))
    src, dst = access.edge_arrays(graph)
    lines += ("*Arcs", *(f"{u} {v}" for u, v in zip((src + 1).tolist(), (dst + 1).tolist(), strict=True)))
    return ("\n".join(lines) + "\n").encode()


def _json(graph: Graph) -> bytes:
    nodes: list[dict[str, Any]] = [{"id": name} for name in _labels(graph)]
    if graph.layers is not None:
        for node, layer in zip(nodes, graph.layers.tolist(), strict=True):
            node["layer"] = layer
    names = [node["id"] for node in nodes]
    src, dst = access.edge_arrays(graph)
    links = [{"source": names[u], "target": names[v]} for u, v in zip(src.tolist(), dst.tolist(), strict=True)]
    if graph.kinds is not None:
        for link, kind in zip(links, graph.kinds.tolist(), strict=True):
            link["kind"] = kind
    found = {"directed": True, "multigraph": False, "graph": {}, "nodes": nodes, "links": links}
    return json.dumps(found, ensure_ascii=False).encode()


def _labels(graph: Graph) -> list[int | str]:
    """Return labels as formats with types hold them: integers, and words for all others."""
    labels = range(graph.n_nodes) if graph.labels is None else graph.labels
    return [label if isinstance(label, int) else str(label) for label in labels]


def _by_networkx(kind: str) -> Callable[[Graph], bytes]:
    def write(graph: Graph) -> bytes:
        nx = extras.require("networkx", "networkx", f"a .{kind} file")
        found = nx.relabel_nodes(graph.to_networkx(), str)
        file = io.BytesIO()
        {"graphml": nx.write_graphml, "gml": nx.write_gml, "gexf": nx.write_gexf}[kind](found, file)
        return file.getvalue()

    return write


def _npz(graph: Graph) -> bytes:
    file = io.BytesIO()
    sp.save_npz(file, graph.to_scipy())
    return file.getvalue()


def _mtx(graph: Graph) -> bytes:
    from scipy.io import mmwrite

    file = io.BytesIO()
    matrix = graph.to_scipy().tocoo()
    field: Literal["real", "integer", "pattern"] = "integer" if (matrix.data < 0).any() else "pattern"
    if matrix.dtype.kind == "f":
        field = "real"
    mmwrite(file, matrix, field=field, symmetry="general", precision=17)
    return file.getvalue()


_TABLES = {
    "csv": _table("", ","),
    **dict.fromkeys(("tsv", "tab"), _table("", "\t")),
    **dict.fromkeys(("txt", "dat", "edges", "el", "edgelist"), _table("# ", "\t")),
}
_WRITERS: dict[str, Callable[[Graph], bytes]] = {
    **_TABLES,
    "sif": _sif,
    "net": _pajek,
    "json": _json,
    **{kind: _by_networkx(kind) for kind in ("graphml", "gml", "gexf")},
    "mtx": _mtx,
    "npz": _npz,
}


def _check(graph: Graph, content: bytes, path: Path) -> None:
    """Refuse what does not read back as it was."""
    from motifcount.files import read_graph

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"graph{path.suffix}"
        copy.write_bytes(content)
        try:
            found = read_graph(copy)
            same = _is_same(graph, found)
            reason = "its labels would read back as others"
            if same and graph.kinds is not None and path.suffix.lower() != ".net":
                kinds = {"sif": "relation"}.get(_ending(path), 2 if _ending(path) in _TABLES else "kind")
                same = _kinds_by_edge(graph) == _kinds_by_edge(read_graph(copy, kinds=kinds))
                reason = "its kinds would read back as others"
        except ValueError as error:
            same, reason = False, str(error).removeprefix(f"{copy}: ")
    if not same:
        raise ValueError(f"{path}: {path.suffix} cannot hold this graph: {reason}; take .json")


def _kinds_by_edge(graph: Graph) -> dict[tuple[str, str], tuple[str, ...]]:
    return dict(zip(*_kinded(graph), strict=True))


def _is_same(graph: Graph, found: Graph) -> bool:
    """Whether a graph that was read has the edges of another between the nodes of the same names."""
    place = {name: k for k, name in enumerate(_names(graph))}
    if len(place) < graph.n_nodes or not set(_names(found)) <= place.keys():
        return False
    position = np.array([place[name] for name in _names(found)], dtype=np.int64)
    src, dst = access.edge_arrays(found)
    edges = np.sort(position[src] * graph.n_nodes + position[dst])
    src, dst = access.edge_arrays(graph)
    return np.array_equal(edges, src * graph.n_nodes + dst)

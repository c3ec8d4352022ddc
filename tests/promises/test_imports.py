"""Who knows whom: rooms import rooms below them, but for a few functions; no files import each other in a circle."""

from __future__ import annotations

import ast
from itertools import chain

import networkx as nx
import pytest

ROOMS = [  # as CONTRIBUTING.md has them; "" is the package itself, its public names
    *("_support", "motifs", "inputs", "graph", "files", "datasets", "counting", "nulls", "mixing", "inference"),
    *("present", "plots", "reports", "nx", "flight", "train", "", "study", "cli"),
]


UPWARDS = {  # files whose functions import rooms above theirs: what reads files, and what draws and prints results
    "graph.graph": {"files", "present"},
    "counting.counts": {"present"},
    "inference.result": {"present", "plots", "reports"},
    "inference.comparison": {"present", "plots"},
}


@pytest.fixture(scope="module")
def imports(repository):
    """A graph of the package's files: module -> module that it imports when it is imported itself."""
    return _graph_of_imports(repository, _at_top_level)


@pytest.fixture(scope="module")
def imports_of_functions(repository):
    """The same of what functions import when they are called."""
    return _graph_of_imports(repository, _in_functions)


def _graph_of_imports(repository, nodes_of):
    root = repository / "python" / "motifcount"
    paths = {path.relative_to(root.parent).with_suffix(""): path for path in root.rglob("*.py")}
    modules = {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}
    graph = nx.DiGraph()
    graph.add_nodes_from(modules)
    for name, path in modules.items():
        graph.add_edges_from(
            (name, other) for other in _imported(nodes_of(ast.parse(path.read_text())), modules) if other != name
        )
    return graph


def _at_top_level(tree):
    """What a file does when it is imported, and what it imports for types only."""
    nested = chain.from_iterable(node.body for node in tree.body if isinstance(node, (ast.If, ast.Try)))
    return chain(tree.body, nested)


def _in_functions(tree):
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return chain.from_iterable(map(ast.walk, functions))


def _imported(nodes, modules):
    """The modules that are named in import statements."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            names = [f"{node.module}.{alias.name}" for alias in node.names if alias.name != "_core"]
            yield from (name if name in modules else node.module for name in names)


def room_of(module):
    return module.split(".")[1] if "." in module else ""


def test_no_files_import_each_other_in_a_circle(imports):
    assert imports.number_of_edges() > 100
    assert [sorted(circle) for circle in nx.strongly_connected_components(imports) if len(circle) > 1] == []


def test_rooms_know_what_is_below_them(imports):
    rooms = {(room_of(a), room_of(b)) for a, b in imports.edges}
    wrong = [(a, b) for a, b in rooms if ROOMS.index(b) > ROOMS.index(a)]
    assert wrong == []
    assert {room for pair in rooms for room in pair} == set(ROOMS)


def test_functions_import_what_is_above_them_only_where_that_is_listed(imports_of_functions):
    found = {}
    for a, b in imports_of_functions.edges:
        if ROOMS.index(room_of(b)) > ROOMS.index(room_of(a)):
            found.setdefault(a.removeprefix("motifcount."), set()).add(room_of(b))
    assert found == UPWARDS

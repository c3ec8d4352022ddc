"""Who knows whom: a room imports rooms below it alone, and no files import each other in a circle."""

from __future__ import annotations

import ast
from itertools import chain

import networkx as nx
import pytest

ROOMS = [  # as CONTRIBUTING.md has them; "" is the package itself, its public names
    *("_support", "motifs", "inputs", "graph", "files", "datasets", "counting", "nulls", "mixing", "inference"),
    *("present", "plots", "reports", "nx", "flight", "train", "", "study", "cli"),
]


@pytest.fixture(scope="module")
def imports(repository):
    """A graph of the package's files: module -> module that it imports when it is imported itself."""
    root = repository / "python" / "motifcount"
    paths = {path.relative_to(root.parent).with_suffix(""): path for path in root.rglob("*.py")}
    modules = {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}
    graph = nx.DiGraph()
    graph.add_nodes_from(modules)
    for name, path in modules.items():
        graph.add_edges_from(
            (name, other) for other in _imported(ast.parse(path.read_text()), modules) if other != name
        )
    return graph


def _imported(tree, modules):
    """The modules that are named at the top level of a file, for types only too."""
    nested = chain.from_iterable(node.body for node in tree.body if isinstance(node, (ast.If, ast.Try)))
    for node in chain(tree.body, nested):
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

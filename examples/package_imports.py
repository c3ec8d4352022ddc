"""Do the imports of a Python package form motifs beyond what the number of imports of each module explains?

    python examples/package_imports.py FOLDER FIGURE

Reads the source of the package into a networkx graph, prints the significance of its triads and draws it.
"""

from __future__ import annotations

import ast
import sys
from importlib.util import resolve_name
from pathlib import Path

import networkx as nx

import motifcount as mc


def imports(folder: Path) -> nx.DiGraph:
    """Return the graph of the modules; an edge leads from a module to one that it imports."""
    paths = sorted(folder.rglob("*.py"))
    modules = {".".join(path.relative_to(folder.parent).with_suffix("").parts): path for path in paths}
    graph = nx.DiGraph()
    graph.add_nodes_from(name.removesuffix(".__init__") for name in modules)
    for module, path in modules.items():
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            if isinstance(node, ast.ImportFrom):
                base = resolve_name("." * node.level + (node.module or ""), module.rpartition(".")[0])
                names = [f"{base}.{name}" if f"{base}.{name}" in graph else base for name in names]
            graph.add_edges_from((module.removesuffix(".__init__"), name) for name in names if name in graph)
    return graph


if __name__ == "__main__":
    result = mc.significance(imports(Path(sys.argv[1]).resolve()), size=3, samples=2000, seed=1)
    print(result)
    result.plot().figure.savefig(sys.argv[2])

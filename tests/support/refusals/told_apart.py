"""Refusals of tests/files/text/test_told_apart.py."""

from __future__ import annotations

COMMENTS = [
    *["# undirected", "% Undirected", "# Undirected network", "# graph type: undirected", "# directed: false"],
    *["% format: symmetric", "# Undirected graph: x", "% an undirected, weighted graph", "# is_directed = 0"],
    *["# Nondirected", "# non-directed edges", "% sym unweighted"],
]
COLUMNS = [
    *["kind\na,b,undirected", "mode\na,b,undirected\nb,c,directed", "class\na,b,bidirectional", "Type\na,b,U"],
]
REFUSED = {
    **{line: (f"{line}\n1 2\n2 3\n3 4\n", "undirected=True.*undirected=False") for line in COMMENTS},
    **{rows: (f"source,target,{rows}\n", "undirected=True.*undirected=False") for rows in COLUMNS},
    "bars, blanks and a number": ("a| b| -| 6\nb| c| +| 3\n", r"delimiter='\|'"),
    "an undirected line among others": (
        "source,target,kind\na,b,undirected\nb,c,chemical\n",
        "'chemical' is not under",
    ),
}

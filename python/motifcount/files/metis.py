"""Files of METIS: a first line that counts nodes and edges, and the neighbours of node k in the k-th line below."""

from __future__ import annotations

import re

from motifcount.files.options import Options

_LARGEST = 1 << 26  # bytes that are looked at
_FIRST = re.compile(rb"(?:%[^\n]*\n)*[ \t]*([0-9]{1,11})[ \t]+[0-9]+(?:[ \t]+[0-9]+){0,2}[ \t\r]*\n")


def refuse(raw: bytes, options: Options) -> None:
    """Refuse what is as METIS writes graphs, which are undirected: every neighbour has the node as its own.

    Raises
    ------
    ValueError
        Which names the format, and what else the file may be.
    """
    if options.header is not None or len(raw) > _LARGEST:
        return
    first = _FIRST.match(raw)
    if first is None or raw.count(b"\n", first.end()) not in range(int(first[1]) - 1, int(first[1]) + 2):
        return
    lines = [line.split() for line in raw.splitlines() if not line.startswith(b"%")]
    if len(lines) == int(first[1]) + 2 and not lines[-1]:  # a blank line ends the file
        lines.pop()
    if len(lines) - 1 != int(first[1]) or not all(field.isdigit() for line in lines for field in line):
        return
    n, m = int(lines[0][0]), int(lines[0][1])
    has_weights = len(lines[0]) > 2 and lines[0][2].endswith(b"1")
    neighbours = [line[:: 2 if has_weights else 1] for line in lines[1:]]
    pairs = {(k, int(field)) for k, line in enumerate(neighbours, 1) for field in line}
    if sum(map(len, neighbours)) == 2 * m and pairs and all((b, a) in pairs and 1 <= b <= n for a, b in pairs):
        raise ValueError(
            f"the file may be a graph in the format of METIS: {n} nodes, whose neighbours stand in the lines below the "
            "first; write a source and a target a line; if it is a list of edges, say whether the first line is one: "
            f"{options.say('header', True)} (no edge) or {options.say('header', False)}"
        )

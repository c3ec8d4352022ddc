"""GML made ready for NetworkX: every edge with a direction, every number as it is written."""

from __future__ import annotations

import re

from motifcount.files.words.numerals import is_too_small

_TOKEN = re.compile(r'"[^"]*"|#[^\n]*|[\[\]]|[^\s\[\]"#]+')
_POWER = re.compile(r"([+-]?[0-9]+)([eE][+-]?[0-9]+)")
"""A number that NetworkX takes for an integer and a name."""


def prepared(text: str) -> tuple[str, bool]:
    """Return GML whose edges are directed, and whether it calls them undirected, as it does by saying nothing.

    Numbers without a point have one, and those that floats have as 0 are texts.

    Raises
    ------
    ValueError
        If it holds more than one graph.
    """
    pieces: list[str] = []
    depth = n_graphs = at = 0
    said, key = "0", ""
    is_multigraph = False
    start = 0  # behind the piece that opens the graph
    for token in _TOKEN.finditer(text):
        word = token[0]
        pieces.append(text[at : token.start()])
        at = token.end()
        if word == "]":
            depth -= 1
        elif word == "[":
            depth += 1
            if depth == 1 and key == "graph":
                n_graphs += 1
                start = len(pieces) + 1
        elif depth == 1 and key == "directed":
            said, word, key = word, "", ""
        elif depth == 1 and word == "directed":
            word, key = "", "directed"
        else:
            is_multigraph |= depth == 1 and word == "multigraph"
            key = word
            word = _spelled(word)
        pieces.append(word)
    if n_graphs > 1:
        raise ValueError("the file holds more than one graph; keep one")
    pieces.insert(start, " directed 1 " if is_multigraph else " directed 1 multigraph 1 ")  # or repeats are refused
    return "".join([*pieces, text[at:]]), said == "0"


def _spelled(word: str) -> str:
    if is_too_small(word):
        return f'"{word}"'
    match = _POWER.fullmatch(word)
    return word if match is None else f"{match[1]}.0{match[2]}"

"""Texts that look like tables of edges and are none: graphs of METIS, sets of genes (GMT, GMX), rules of BoolNet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from motifcount.files.options import Options
from motifcount.files.sources import text_stream
from motifcount.files.text.dialect import MARKS
from motifcount.files.words.labels import MISSING

_LARGEST = 1 << 26  # bytes that are looked at
_FIRST = re.compile(rb"(?:%[^\n]*\n)*[ \t]*([0-9]{1,11})[ \t]+[0-9]+(?:[ \t]+[0-9]+){0,2}[ \t\r]*\n")


_HEAD = 100  # lines
_NONE = MISSING - {""} | {"na", "n/a"}
_RULES = re.compile(r"targets\s*,\s*factors\b", re.IGNORECASE)


def refuse(raw: bytes, options: Options) -> None:
    """Refuse texts of other kinds by their name, where the user does not say how they are to be read.

    Raises
    ------
    ValueError
        Which names the format, and what to keep of the file.
    """
    if options.format is None:
        _refuse_metis(raw, options)
    if options.columns is None and options.header is None:
        head = [line.rstrip() for line in islice(text_stream(raw), _HEAD)]
        _refuse_gene_sets([line for line in head if line and line[0] not in MARKS])
        if _RULES.match(raw[:_HEAD].decode(errors="ignore").lstrip()):
            _refuse_rules(raw)


def _refuse_gene_sets(head: Sequence[str]) -> None:
    """Refuse sets of genes: lines, or columns, of a name, a description and the genes."""
    rows = [[field.strip() for field in line.split("\t")] for line in head]
    if len(rows) < 2 or any(len(row) < 2 for row in rows):
        return
    if all(len(row) > 2 for row in rows) and _are_descriptions([row[1] for row in rows]):
        raise ValueError(
            f"lines such as {' '.join(rows[0])[:60]!r} may be sets of genes (GMT): a name, a description and genes; "
            "they are no edges; write a line for each gene, as set, gene, if its set acts on it"
        )
    if len(rows) > 2 and len(rows[0]) == len(rows[1]) and _are_descriptions(rows[1]):
        raise ValueError(
            f"the lines below {' '.join(rows[0])[:60]!r} may be sets of genes (GMX), each a column with a description; "
            "they are no edges; write a line for each gene, as set, gene, if its set acts on it"
        )


def _are_descriptions(fields: Sequence[str]) -> bool:
    """Tell whether fields are addresses or missing, as descriptions of sets of genes are."""
    return all(re.match("https?://|> ", field) or field in _NONE for field in fields)


def _refuse_rules(raw: bytes) -> None:
    """Refuse rules of BoolNet, unless each is one factor alone."""
    for number, line in enumerate(text_stream(raw), 1):
        rule = line.partition(",")[2].strip()
        if number > 1 and (re.search(r"[!&|()]", rule) or rule in ("0", "1")):
            raise ValueError(
                f"line {number}, {line.strip()[:60]!r}, is a rule of a Boolean network (BoolNet), and no edge; write a "
                "line for each factor of a rule, as source, target"
            )


def _refuse_metis(raw: bytes, options: Options) -> None:
    """Refuse what is as METIS writes graphs, which are undirected: every neighbour has the node as its own."""
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

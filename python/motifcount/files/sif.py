"""Cytoscape's simple interaction format: source, relation, and any number of targets a line."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import numpy as np

from motifcount.files.edges import Edges
from motifcount.files.labels import canonical
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.sources import text_stream


def read(raw: bytes, options: Options) -> Edges:
    """Return the edges of a SIF file; a line of one field is a node without edges.

    Raises
    ------
    ValueError
        If a line has a source and a relation, but no target.
    """
    delimiter = options.delimiter or ("\t" if b"\t" in raw else " ")
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    src: list[int] = []
    dst: list[int] = []
    relations: set[str] = set()
    for number, line in enumerate(text_stream(raw), 1):
        fields = line.split() if delimiter == " " else [field.strip() for field in line.rstrip("\n").split(delimiter)]
        while fields and not fields[-1]:
            fields.pop()
        if not fields:
            continue
        if len(fields) == 2:
            raise ValueError(f"line {number} must hold a source, a relation and targets, not {line.strip()[:60]!r}")
        source = ids[fields[0]]
        relations.update(fields[1:2])
        for target in fields[2:]:
            src.append(source)
            dst.append(ids[target])
    if not ids:
        raise ValueError("the file is empty")
    labels, position = canonical(
        list(ids), locate=lambda _: "a line", named=True, quoted=False
    )  # fmt: skip
    kinds = ", ".join(sorted(relations)[:5]) + (", …" if len(relations) > 5 else "")
    columns = {"source": "first", "relation (not used)": f"second ({kinds})", "target": "all others"}
    by = "blanks" if delimiter == " " else "tabs" if delimiter == "\t" else repr(delimiter)
    report = ReadReport("SIF", f"fields divided by {by}", None, columns)
    ends = [np.array(part, dtype=np.int64) for part in (src, dst)]
    return Edges(position[ends[0]], position[ends[1]], labels, len(labels), report)

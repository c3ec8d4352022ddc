"""Cytoscape's simple interaction format: source, relation, and any number of targets a line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from motifcount.files.edges import Edges
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.sources import text_stream
from motifcount.files.words import named_ends, names
from motifcount.files.words.labels import canonical, is_number
from motifcount.files.words.relations import BACKWARDS, RELATIONS, UNDIRECTED, is_eaten, leads_backward

_COMMENT = re.compile(r"\s*[#%]+(?:\s|$)")


def read(raw: bytes, options: Options) -> Edges:
    """Return the edges of a SIF file; a line of one field is a node without edges.

    Raises
    ------
    ValueError
        If a line has a source and a relation, but no target.
    """
    if options.kinds not in (None, "relation"):
        raise ValueError(
            f"{options.said_kinds()}: edges of SIF have no weights and no columns; their relations are kinds by "
            f"{options.say('kinds', 'relation')}"
        )
    delimiter = options.delimiter or ("\t" if b"\t" in raw else " ")
    found = _lines(raw, delimiter, options)
    _refuse_relations(found, options)
    ids, relations, src, dst = found.ids, found.relations, found.src, found.dst
    _refuse_tables(ids, relations, dst, found.first, options)
    if sum(map([*src, *dst].count, {ids[word] for word in found.first[:3:2]})) == 2:
        _refuse_header(found.first, options)
    labels, position = canonical(
        list(ids), locate=lambda _: "a line", named=True, quoted=False
    )  # fmt: skip
    distinct = sorted(set(relations))
    listed = ", ".join(distinct[:5]) + (", …" if len(distinct) > 5 else "")
    use = "kinds" if options.kinds == "relation" else "relation (not used)"
    columns = {"source": "first", use: f"second ({listed})", "target": "all others"}
    by = "blanks" if delimiter == " " else "tabs" if delimiter == "\t" else repr(delimiter)
    report = ReadReport("SIF", f"fields divided by {by}", None, columns)
    ends = [np.array(part, dtype=np.int64) for part in (src, dst)]
    may_be_lines = {*relations} == {"-"}  # or inhibit
    undirected = [True] * len(relations) if may_be_lines else found.undirected
    both = np.array(undirected, bool) if any(undirected) else False
    kinds = relations if options.kinds == "relation" else None
    return Edges(position[ends[0]], position[ends[1]], labels, len(labels), report, None, both, kinds)


@dataclass
class _Lines:
    """The edges of a file, and what tells whether it is SIF."""

    ids: defaultdict[str, int] = field(default_factory=lambda: defaultdict(count().__next__))
    src: list[int] = field(default_factory=list)
    dst: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    undirected: list[bool] = field(default_factory=list)
    first: list[str] = field(default_factory=list)  # fields of the first line
    alone: list[tuple[int, str]] = field(default_factory=list)  # lines of one field that holds blanks

    def add(self, fields: list[str]) -> None:
        self.first = self.first or fields
        source = self.ids[fields[0]]
        relation, targets = fields[1:2], fields[2:]
        self.relations += relation * len(targets)
        turned = relation != [] and relation[0] in BACKWARDS
        for target in targets:
            self.src.append(self.ids[target] if turned else source)
            self.dst.append(source if turned else self.ids[target])
            self.undirected.append(relation[0].lower() in UNDIRECTED)


def _lines(raw: bytes, delimiter: str, options: Options) -> _Lines:
    found, tab = _Lines(), "\t"
    for number, line in enumerate(text_stream(raw), 1):
        fields = line.split() if delimiter == " " else [part.strip() for part in line.rstrip("\n").split(delimiter)]
        while fields and not fields[-1]:
            fields.pop()
        if not fields:
            continue
        if re.match(r"[#%]", line.lstrip()) and (len(fields) == 1 or _COMMENT.match(line)):
            raise ValueError(f"line {number}, {line.strip()[:60]!r}, is a comment, which SIF has not; leave it out")
        if len(fields) == 2:
            way = f"; if it is a node, say {options.say('delimiter', tab)}" if delimiter == " " else ""
            raise ValueError(
                f"line {number} must hold a source, a relation and targets, not {line.strip()[:60]!r}{way}"
            )
        if len(fields) == 1 and options.delimiter is None and len(fields[0].split()) > 2:
            found.alone.append((number, fields[0]))
        found.add(fields)
    return found


def _refuse_relations(found: _Lines, options: Options) -> None:
    if not found.ids:
        raise ValueError("the file is empty")
    relations, tab = found.relations, "\t"
    for number, text in found.alone:
        if text.split()[1].lower() in RELATIONS.union(relations):
            raise ValueError(
                f"line {number}, {text[:60]!r}, is divided by blanks, and others by tabs; say which with "
                f"{options.say('delimiter', ' ')} or {options.say('delimiter', tab)}"
            )
    back = sorted(word for word in {*relations} - BACKWARDS if leads_backward(word))
    if back and not all(map(is_eaten, {*relations})):
        raise ValueError(
            f"the relation {back[0]!r} leads from the target to the source; write every edge from its source to its "
            "target, with a relation such as 'regulates'"
        )


def _refuse_tables(
    ids: Mapping[str, int], relations: Sequence[str], dst: Sequence[int], first: Sequence[str], options: Options
) -> None:
    """Refuse files without edges, and those whose relations are nodes, or whose targets alone are numbers."""
    if not relations and any(re.search("[,;|]", word) for word in ids):
        raise ValueError(
            f"{first[0][:60]!r} is no source, relation and targets, divided by tabs or blanks; a table is read with "
            f"{options.say('format', 'csv')}"
        )
    words = list(ids)
    targets = {words[k] for k in dst}
    numbers = set(filter(is_number, words))
    if options.format == "sif":
        return
    if set(relations) & ids.keys() or (numbers and numbers == targets and len(numbers) < len(words)):
        raise ValueError(
            f"{' '.join(first)[:60]!r} may be a line of a table, not source, relation and targets; it is read as one "
            f"with {options.say('format', 'tsv')}, and as SIF with {options.say('format', 'sif')}"
        )


def _refuse_header(first: Sequence[str], options: Options) -> None:
    """Refuse a first line of names that occur nowhere else and say which columns hold the ends."""
    try:
        is_known = named_ends.ends(first) is not None and not names.are_weak(first[:3:2])
    except ValueError:
        is_known = True
    if options.format != "sif" and is_known and (names.are_roles(first[:3:2]) or names.says_sign(first[1])):
        raise ValueError(
            f"the first line, {' '.join(first)[:60]!r}, names columns, which SIF does not; leave it out, read a table "
            f"with {options.say('format', 'tsv')}, or say {options.say('format', 'sif')} if it is an edge"
        )

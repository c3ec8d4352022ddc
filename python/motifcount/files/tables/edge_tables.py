"""Edge tables: columns, header, rows, labels, put together."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from motifcount.files import signs
from motifcount.files.columns import first_line_counts, source_and_target, unused
from motifcount.files.columns.columns import Columns, refuse_numbers
from motifcount.files.columns.header import refuse_two_id_spaces, settle
from motifcount.files.edges import Edges
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.tables import further_down, lost_digits, row_reader, several_labels, stray_lines
from motifcount.files.tables.row_values import RowValues
from motifcount.files.tables.table import Table, divided
from motifcount.files.text.comments import Marked, declared, resolve
from motifcount.files.words import labels, named_ends
from motifcount.files.words.labels import is_number
from motifcount.files.words.numerals import round_thousands, thousands
from motifcount.inputs.kinds import SIGN

_DASHES = frozenset("-‐‑‒–—−")


def read(table: Table, options: Options) -> Edges:
    """Return the edges of an opened table.

    Raises
    ------
    ValueError
        If it has more than one reading, or a line is not like the others.
    """
    undirected, note = declared(table.marked[: table.n_leading])
    if options.header is not False:
        refuse_two_id_spaces(table.head[0])
    if any(table.dialect.keys):
        columns = _with_data(table, options)
    else:
        columns = source_and_target.choose(table.head, options, rows_are_named=table.has_quoted_rows())
        columns = further_down.checked(table, columns, options)
    if table.names_in_comment:
        columns = replace(columns, header=True)
    if not table.dialect.has_data:
        _refuse_signs_in_doubt(columns, table.head, options)
    first_is_row = columns.header is False or (columns.header is None and not table.names_in_comment)
    first: Sequence[str] | None = None
    skip = 0
    if not table.names_in_comment and columns.header is not False:
        first, skip = columns.names, 1
    table.repeated = stray_lines.repeated_header(table, columns, options)
    body = row_reader.read(table, columns, skip)
    stray_lines.refuse_repeated(table, columns, options)
    if columns.header is None and first is not None:
        known = set(body.words) if body.words is not None else None
        settled = settle(columns, first, known, body.order, len(body.src), table, options)
        if settled is None:  # names of columns are labels of nodes
            return read(table, replace(options, header=False))
        columns = settled
        first_is_row = columns.header is False
    counted: Counted = (), None
    if columns.header and not table.names_in_comment:
        counted = _counted(table.head[0], columns, body)
        columns = replace(columns, header=None, names=()) if counted[0] else columns
    refuse_numbers(columns, options)
    if options.threshold is not None and columns.weight is not None:
        _refuse_thousands(table, columns.weight, columns, options)
    if first is not None and first_is_row:
        body.add([first], columns, table, in_front=True)
    edges = _labelled(table, columns, body, options, undirected, note)
    return _with_all_nodes(edges, *counted) if counted[0] else edges


Counted = tuple[Sequence[str], int | None]


def _counted(line: Sequence[str], columns: Columns, body: RowValues) -> Counted:
    """Return a first line that names no columns, and how many nodes it counts if it does; an empty one if it names."""
    first = [word.strip() for word in line]
    n_labels = len(body.order) if body.order is not None else len({word.strip() for word in body.words or ()})
    n_nodes = first_line_counts.number_of_nodes(first, len(body.src), n_labels)
    if n_nodes is None and columns.names:
        return (), None
    return first, first_line_counts.alone(first, len(body.src), n_labels) if n_nodes is None else n_nodes


def _with_all_nodes(edges: Edges, first: Sequence[str], n_nodes: int | None) -> Edges:
    """Return edges with the nodes that a first line counts beside those that have edges."""
    report, shown = edges.report, " ".join(first)[:60]
    use = "is left out" if n_nodes is None else f"counts {n_nodes:,} nodes"
    told = f"the first line, {shown!r}, {use}"
    report = replace(report, header=None, notes=(*report.notes, told))
    found = edges.labels or ()
    labels = found if n_nodes is None else first_line_counts.all_labels(found, n_nodes, first)
    place = {label: k for k, label in enumerate(labels)}
    position = np.array([place[label] for label in found], dtype=np.int64)
    src, dst = (position[side] if len(found) else side for side in (edges.src, edges.dst))
    return replace(edges, src=src, dst=dst, labels=labels, n_nodes=len(labels), report=report)


def _with_data(table: Table, options: Options) -> Columns:
    """Return the columns of edges with data in braces, of which the weight and the kind stand behind the ends."""
    if table.dialect.n_columns != 2:
        raise ValueError(f"{table.dialect.n_columns} fields stand before the data in braces, where 2 should")
    ends = options.columns or (0, 1)
    if {*ends} != {0, 1}:
        raise ValueError(
            f"{options.say('columns', ends)}: edges with data in braces have two columns, {options.called(0, 1)}"
        )
    for name in [*options.given("layer_columns"), *(["header"] if options.header else [])]:
        said = options.say(name.replace("layer_columns", "layers"), getattr(options, name))
        raise ValueError(f"{said} says nothing where edges have data in braces; leave it out")
    weight, kinds = table.dialect.keys
    at = 2 if weight is None else 3
    source, target = (int(end) for end in ends)
    columns = Columns(source, target, at + (kinds is not None), False, counted_from=options.counted_from)
    return replace(columns, weight=None if weight is None else 2, kinds=None if kinds is None else at)


def _refuse_signs_in_doubt(columns: Columns, head: Sequence[Sequence[str]], options: Options) -> None:
    """Refuse kinds that are to be the signs of weights where no column holds such, or another holds signs."""
    rows = head[1:] or head
    fields = {}
    for k in range(columns.n_columns):
        name = columns.names[k] if (columns.header or columns.is_named) and k < len(columns.names) else ""
        is_plain = name != "" and columns.names.count(name) == 1 and name != SIGN and not is_number(name)
        values = [row[k].strip() for row in rows if k < len(row)]
        fields[k] = signs.Field(columns.name(k), columns.called(k), name if is_plain else k, values)
    weight = None if columns.weight is None else fields.get(columns.weight)
    taken = {columns.source, columns.target, columns.weight}
    signs.refuse_in_doubt([field for k, field in fields.items() if k not in taken], weight, options)


def _refuse_thousands(table: Table, weight: int, columns: Columns, options: Options) -> None:
    """Refuse a threshold where points may divide thousands of weights, or stand before decimals."""
    has_marks = b"." in table.raw or (b"," in table.raw and table.dialect.delimiter != ",")
    words = (
        (row[weight] for row in table.rows() if weight < len(row)) if has_marks and not table.dialect.has_data else ()
    )
    if (word := thousands(words, by_semicolons=table.dialect.delimiter == ";")) is not None:
        raise ValueError(
            f"{options.say('threshold', options.threshold)}: {columns.called(weight)} has weights such as {word}, of "
            "which the mark may divide thousands, or stand before decimals; write weights without marks between "
            "thousands, and decimals such as 1.50 so that it shows"
        )


def _labelled(
    table: Table, columns: Columns, body: RowValues, options: Options, undirected: bool, note: str | None
) -> Edges:  # fmt: skip
    notes = [*columns.notes, *filter(None, [note]), *table.empty_rows()]
    _add_marked(table, columns, body, options, notes)
    stray_lines.refuse(table, columns, body, options)
    if table.n_repeated:
        notes.append(f"{table.n_repeated:,} lines repeat the header")
    if columns.header and columns.names and options.columns is None and not named_ends.tell_direction(columns.names):
        notes.append(
            f"the names of columns say no direction: edges lead from {columns.called(columns.source)} to "
            f"{columns.called(columns.target)}, as they stand"
        )
    layer_of = None
    if body.words is None:
        assert body.order is not None
        src, dst, found = body.src, body.dst, tuple(body.order.tolist())
    else:
        ends = (columns.source, columns.target)
        several_labels.refuse_lists(table, columns, body, options)
        if table.dialect.delimiter == ";" and (word := round_thousands(body.words)) is not None:
            where = table.locate(lambda row: word in (row[columns.source], row[columns.target]))
            raise ValueError(
                f"{where}: in the label {word!r} the point may divide thousands, or decimals; leave it out"
            )
        found, position = labels.canonical(
            body.words,
            locate=lambda fits: table.locate(lambda row: any(k < len(row) and fits(row[k]) for k in ends)),
            named=columns.is_named,
            quoted=table.dialect.quoted,
            columns=options.say("columns"),
        )
        src, dst = position[body.src], position[body.dst]
        if columns.layers is not None:
            words = [word.strip() for word in body.words]
            layer_of = {found[place]: body.layer_of[word] for word, place in zip(words, position.tolist(), strict=True)}
    notes += lost_digits.refuse_lost(found, columns, options)
    n_nodes = len(found)
    unused.refuse_flags(columns, body.tallies, len(src), options, lambda: unused.lists_all_pairs(src, dst, n_nodes))
    used = {"source": columns.called(columns.source), "target": columns.called(columns.target)}
    if columns.weight is not None:
        key = table.dialect.keys[0]
        used["weight"] = columns.called(columns.weight) if key is None else repr(key)
        if table.n_without:
            notes.append(f"{table.n_without:,} edges have no {key!r} and count 1")
    if columns.kinds is not None:
        key = table.dialect.keys[1]
        used["kinds"] = columns.called(columns.kinds) if key is None else repr(key)
        _refuse_kinds(table, columns, body.kinds or (), options)
    if columns.layers is not None:
        used["layers"] = " and ".join(map(columns.called, columns.layers))
    used |= unused.told(columns, body.tallies)
    report = ReadReport("edge table", str(table.dialect), bool(columns.header), used, notes=tuple(notes))
    both: bool | npt.NDArray[np.bool_] = undirected or (body.both_ways if body.both_ways is not None else False)
    return Edges(src, dst, found, len(found), report, body.weight, both, kinds=body.kinds, layer_of=layer_of)


def _refuse_kinds(table: Table, columns: Columns, kinds: Sequence[str], options: Options) -> None:
    """Refuse kinds that are missing, or that look the same, unless a table says what each stands for."""
    if options.kind_of is not None:
        return
    found = {*kinds}
    if missing := found & labels.MISSING - {""}:
        word = min(missing)
        where = table.locate(lambda row: columns.kinds is not None and row[columns.kinds].strip() == word)
        raise ValueError(
            f"{where} has {word!r} as its kind, a missing value; a table of kinds in which {word!r} stands for none "
            "leaves such edges out"
        )
    dashes = sorted(found & _DASHES | ({"-"} if "+" in found else set()))
    if len(dashes) > 1:
        raise ValueError(f"the kinds {' and '.join(map(ascii, dashes))} look the same; write '-' for each")
    numbers = {word: float(word) for word in found if is_number(word) and "," not in word}
    if len({*numbers.values()}) < len(numbers):
        raise ValueError(f"of the kinds {', '.join(map(repr, sorted(numbers)))} some are one number; write them alike")


def _add_marked(table: Table, columns: Columns, body: RowValues, options: Options, notes: list[str]) -> None:
    """Add the lines that begin with a comment mark and are edges nevertheless."""
    lines = table.lines()
    if body.words is None:  # integers have marked lines above the first row alone
        lines.marked, lines.n_leading = table.marked[: table.n_leading], table.n_leading
    elif b"#" in table.raw or b"%" in table.raw:
        deque(table.dialect.rows(lines) if table.dialect.quoted else lines, maxlen=0)
    if not lines.marked:
        return
    marked = Marked(
        lines.marked,
        lines.n_leading,
        lambda line: divided(table.dialect, line),
        columns.n_columns,
        table.dialect.delimiter is None,
        bool(columns.header) and not table.names_in_comment,
        table.head[0] if table.names_in_comment else (),
    )
    rows, comments = resolve(marked, body.words or (), options)
    notes += comments
    if rows:
        notes.append(f"{len(rows)} lines beginning with # or % are edges")
        body.add(rows, columns, table)

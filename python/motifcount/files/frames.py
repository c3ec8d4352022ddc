"""Tables that pandas reads, .parquet, .feather and .xlsx, and frames themselves: read as the CSV that they would be."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

from motifcount._support import arguments, extras
from motifcount.files import tables
from motifcount.files.edges import Edges, assemble
from motifcount.files.layers import columns_of, resolve
from motifcount.files.library_errors import parsing
from motifcount.files.options import Options, checked
from motifcount.graph import Graph

_OPTIONS = ("format", "header", "columns", "weight", "kinds", "threshold", "fill", "undirected", "weights")

_EXCEL_DIGITS = 10**15
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00:00")


def read(raw: bytes, kind: str, options: Options) -> Edges:
    """Return the edges of a file that pandas reads.

    Raises
    ------
    ImportError
        If pandas, or the library that pandas needs for it, is not installed.
    """
    file = io.BytesIO(raw)
    extra = "xlsx" if kind == "xlsx" else "parquet"
    pd = extras.require("pandas", extra, f"a .{kind} file")
    extras.require("openpyxl" if kind == "xlsx" else "pyarrow", extra, f"a .{kind} file")
    with parsing(f"a .{kind} file"):
        if kind == "xlsx":
            sheets = pd.read_excel(file, header=None, dtype=object, sheet_name=None, engine="openpyxl")
        else:
            frame = _of_arrow(file, kind)
    edges = _of_sheets(sheets, options) if kind == "xlsx" else of_frame(frame, options)
    return replace(edges, report=replace(edges.report, dialect=f"from .{kind}"))


def _of_arrow(file: io.BytesIO, kind: str) -> Any:
    """Return the frame in a file of Arrow, whose offsets are checked before anything follows them."""
    from pyarrow import feather, parquet  # type: ignore[import-untyped]

    table = parquet.read_table(file) if kind == "parquet" else feather.read_table(file)
    table.validate(full=True)
    return table.to_pandas()


def _of_sheets(sheets: dict[str, Any], options: Options) -> Edges:
    """Return the edges of the one sheet that is not empty."""
    full = {name: frame for name, frame in sheets.items() if not frame.empty}
    if len(full) != 1:
        listed = ", ".join(map(repr, full)) or "none"
        raise ValueError(f"must hold one sheet that is not empty, not {len(full)} ({listed}); keep one")
    (sheet,) = full.values()
    for row in sheet.itertuples(index=False):
        for cell in row:
            if isinstance(cell, (int, float)) and abs(cell) >= _EXCEL_DIGITS and cell == cell:
                raise ValueError(
                    f"the number {cell} has lost digits, for Excel keeps 15; save the table as CSV or parquet where it "
                    "is whole"
                )
    edges = tables.read(sheet.to_csv(index=False, header=False).encode(), "csv", replace(options, known_delimiter=","))
    for label in edges.labels or ():
        if isinstance(label, str) and _DATE.fullmatch(label):
            raise ValueError(
                f"the label {label!r} is a date, which Excel makes of names such as MARCH1; write labels as texts"
            )
    return edges


def of_frame(frame: Any, options: Options) -> Edges:
    """Return the edges of a data frame of pandas or polars: a table of edges, or a matrix with or without labels."""
    # Words stand in quotes, so that marks in them are theirs.
    options = replace(options, known_delimiter=",", is_frame=True)
    if type(frame).__module__.startswith("polars"):
        return _of_named(frame.write_csv(quote_style="non_numeric"), options)
    is_numbered = list(frame.columns) == list(range(len(frame.columns)))
    is_matrix = len(frame) == len(frame.columns) and set(frame.index) == set(frame.columns)
    if is_matrix and is_numbered and list(frame.index) == list(range(len(frame))):
        is_matrix = False  # labels that pandas gives, which say nothing
    # An index without a name only numbers the rows, which may have been picked from more.
    has_index = is_matrix or any(name is not None for name in frame.index.names)
    corner = _corner(frame) if is_matrix else None
    text = frame.to_csv(
        index_label=corner, index=has_index, header=is_matrix or not is_numbered, quoting=csv.QUOTE_NONNUMERIC
    )
    return tables.read(text.encode(), "csv", options) if is_matrix or is_numbered else _of_named(text, options)


def _of_named(text: str, options: Options) -> Edges:
    """Return the edges of a frame whose columns have names, from its CSV."""
    if options.header is False:
        raise ValueError(f"{options.say('header', False)} says nothing where columns have names; leave it out")
    edges = tables.read(text.encode(), "csv", replace(options, header=True))
    return replace(edges, report=replace(edges.report, header=None))


def _corner(frame: Any) -> str | None:
    """Return what rows and columns are called, if columns are: pandas writes the name of the rows alone."""
    rows, columns = frame.index.name, frame.columns.name
    return f"{'' if rows is None else rows}\\{columns}" if isinstance(columns, str) else None


def graph_of(name: str, frame: Any, layers: Any, given: dict[str, Any]) -> Graph:
    """Return the graph of a data frame that is the argument `name`, with the options that are `given`.

    Raises
    ------
    TypeError
        If there is no such option.
    ValueError
        If the frame holds no edges, or can be read in two ways.
    """
    if unknown := sorted(given.keys() - set(_OPTIONS)):
        raise TypeError(f"{unknown[0]} must not be given: the options of a frame are {', '.join(_OPTIONS)}")
    options = replace(checked(given), layer_columns=columns_of(layers))
    if options.format not in (None, "edges", "matrix"):
        raise ValueError(f'format must be "edges" or "matrix" for a frame, not {arguments.shown(options.format)}')
    try:
        edges = of_frame(frame, options)
        edges, found_layers = resolve(layers, edges, options)
        return assemble(edges, options, found_layers)[0]
    except ValueError as error:
        where = "" if name == "src" else " (arguments of Graph.from_edges)"
        raise ValueError(f"{name}, read as the CSV that it would be: {error}{where}") from error

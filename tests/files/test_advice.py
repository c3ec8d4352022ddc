"""Every option that a refusal names works: followed, it leads to the reading that it promises."""

from __future__ import annotations

import ast
import re

import pytest

from motifcount.files import read_with_report
from support.refusals import (
    ends_by_name,
    exports,
    lost_lines,
    misread,
    readings,
    stray_lines,
    tables,
    told_apart,
    unused_columns,
)

_WAY = re.compile(r"\b(format|header|columns|delimiter|undirected|weight|fill)=(True|False|\d+|'[^']*'|\([^)]*\))")
_MEND = re.compile(r"leave .*out|write (labels|0)|columns=$")  # what no option can settle
TABLES_OF_REFUSALS = {
    "tables": tables.REFUSED,
    "exports": exports.REFUSED,
    "dialects": lost_lines.LOST,
    "ends": ends_by_name.REFUSED,
    "misread": misread.REFUSED,
    "stray": stray_lines.REFUSED,
    "readings": readings.REFUSED,
    "unused": unused_columns.REFUSED,
    "apart": told_apart.REFUSED,
}
CASES = {f"{where}: {name}": text for where, some in TABLES_OF_REFUSALS.items() for name, (text, *_) in some.items()}


def ways_in(message):
    """Return the options that a message names, those joined by a comma together."""
    found, end = [], -1
    for match in _WAY.finditer(message):
        option = {match[1]: ast.literal_eval(match[2])}
        if message[end : match.start()] == ", ":
            found[-1] |= option
        else:
            found.append(option)
        end = match.end()
    return found


def follow(path, options):
    """Read a file, or follow every option that the refusal names; return how often a file was read."""
    try:
        _, report = read_with_report(path, **options)
    except ValueError as error:
        message = str(error)
    else:
        assert_as_promised(report, options)
        return 1
    ways = ways_in(message)
    assert ways or not options or _MEND.search(message), f"{options} leads nowhere: {message}"
    assert len(options) < 4, f"{options} leads from one refusal to the next: {message}"
    for way in ways:
        assert not way.items() <= options.items(), f"{options} does not help: {message}"
    return sum(follow(path, options | way) for way in ways)


def assert_as_promised(report, options):
    """Check that a report tells what was asked for."""
    if options.get("format") in ("matrix", "edges"):
        assert report.format.startswith("matrix" if options["format"] == "matrix" else "edge table")
    if "header" in options and report.format == "edge table":
        assert report.header is options["header"]
    if "columns" in options:
        ends = [report.columns[end] for end in ("source", "target")]
        for column, told in zip(options["columns"], ends, strict=True):
            if isinstance(column, str) or not report.header:
                assert told == (repr(column) if isinstance(column, str) else f"column {column + 1}")


@pytest.mark.parametrize("case", CASES)
def test_what_a_refusal_names_leads_to_a_reading(tmp_path, case):
    text = CASES[case]
    path = tmp_path / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    follow(path, {})

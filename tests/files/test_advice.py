"""Every option that a refusal names works: followed, it leads to the reading that it promises."""

from __future__ import annotations

import ast
import re
import shlex

import click
import pytest

from motifcount.cli import columns
from motifcount.cli import options as command_line
from motifcount.files import read_with_report
from motifcount.files.doors import PYTHON
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

_NAMES = "format|header|columns|delimiter|undirected|weight|fill"
_WAY = re.compile(rf"\b(?P<name>{_NAMES})=(?P<value>True|False|\d+|'[^']*'|\([^)]*\))")
_WORD = r"'[^']*'(?:\"'\"'[^']*')*|(?:[\w-]+(?:,[\w-]+)*|,)>?"
_OPTION = re.compile(
    rf"(?P<name>--(?:(?:no-)?header|(?:un)?directed))\b(?P<value>)"
    rf"|(?P<other>--(?:format|columns|delimiter|weight|fill)) (?!or\b|if\b|for\b)(?P<word>{_WORD})"
)
_MEND = re.compile(r"leave .*out|write (labels|0)|give the nodes|columns=?$")  # what no option can settle
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


def in_python(match):
    return {match["name"]: ast.literal_eval(match["value"])}


@click.command()
@command_line.INPUT
def parsed(**given):
    return {
        name: value
        for name, value in command_line.input_options(given).items()
        if value is not None and value is not False
    }


def on_the_command_line(match):
    if match["name"]:
        return SWITCHES[match["name"]]
    return parsed.main([match["other"], *shlex.split(match["word"])], standalone_mode=False)


SWITCHES = {
    "--header": {"header": True},
    "--no-header": {"header": False},
    "--undirected": {"undirected": True},
    "--directed": {"undirected": False},
}
DOORS = {"Python": (PYTHON, _WAY, in_python), "the command line": (columns.DOOR, _OPTION, on_the_command_line)}


def ways_in(message, door):
    """Return the options that a message names, those joined by a comma together."""
    found, end = [], -1
    _, pattern, understood = DOORS[door]
    for match in pattern.finditer(message):
        option = understood(match)
        if message[end : match.start()] == ", ":
            found[-1] |= option
        else:
            found.append(option)
        end = match.end()
    return found


def follow(path, options, door):
    """Read a file, or follow every option that the refusal names; return how often a file was read."""
    try:
        _, report = read_with_report(path, door=DOORS[door][0], **options)
    except ValueError as error:
        message = str(error)
    else:
        assert_as_promised(report, options, first=0 if door == "Python" else 1)
        return 1
    ways = ways_in(message, door)
    assert ways or not options or _MEND.search(message), f"{options} leads nowhere: {message}"
    assert len(options) < 4, f"{options} leads from one refusal to the next: {message}"
    for way in ways:
        assert not way.items() <= options.items(), f"{options} does not help: {message}"
    return sum(follow(path, options | way, door) for way in ways)


def assert_as_promised(report, options, first):
    """Check that a report tells what was asked for."""
    if options.get("format") in ("matrix", "edges"):
        assert report.format.startswith("matrix" if options["format"] == "matrix" else "edge table")
    if "header" in options and report.format == "edge table":
        assert report.header is options["header"] or any("the first line" in note for note in report.notes)
    if "columns" in options:
        ends = [report.columns[end] for end in ("source", "target")]
        for column, told in zip(options["columns"], ends, strict=True):
            if isinstance(column, str) or not report.header:
                assert told == (repr(column) if isinstance(column, str) else f"column {column + first}")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", CASES)
def test_what_a_refusal_names_leads_to_a_reading(tmp_path, case, door):
    text = CASES[case]
    path = tmp_path / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    follow(path, {}, door)

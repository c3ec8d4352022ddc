"""Results on standard output."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from motifcount._support import arguments
from motifcount.present import text


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, allow_nan=False) + "\n")


def console() -> Console:
    """Return a console as wide as the terminal, or, in a pipe, as COLUMNS says or as everything takes."""
    columns = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty() or (columns.isdigit() and int(columns) > 0):
        return Console()
    return Console(width=text.WIDE)


def print_table(title: str, table: Table) -> None:
    """Print a table below its title, in ASCII where the terminal has no arrows."""
    target = console()
    if has_arrows():
        target.print(f"[bold]{escape(title)}[/bold]", highlight=False)
        target.print(table)
        return
    width = target.width
    drawn = io.StringIO()
    table.box = box.ASCII
    Console(file=drawn, width=width).print(title, table, sep="\n", highlight=False)
    sys.stdout.write(text.plain(drawn.getvalue()))


def print_wrapped(sentence: str) -> None:
    """Print a sentence in lines as wide as the terminal."""
    whole = sentence.replace(" × ", "\xa0×\xa0")  # not parted at the end of a line
    lines = textwrap.fill(whole, console().width, initial_indent="  ", subsequent_indent="      ")
    lines = lines.replace("\xa0", " ")
    sys.stdout.write((lines if has_arrows() else text.plain(lines)) + "\n")


def has_arrows() -> bool:
    """Tell whether standard output can show arrows."""
    try:
        "⇄→±─".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def csv_file(name: str, file: str) -> Path:
    """Return the file that --output names, or say why a table cannot be written there."""
    if name == "-":
        raise ValueError("--output must be a file, not -")
    path = arguments.path("--output", name)
    if path.suffix.lower() not in ("", ".csv", ".txt"):
        raise ValueError(f"--output is a table of commas: its name must end in .csv, not {path.suffix}")
    arguments.writable(path)
    keep_input("--output", path, file)
    return path


def keep_input(option: str, path: Path, *files: str) -> None:
    """Refuse a file for results that is one of those that are read."""
    if any(path.exists() and Path(file).exists() and path.samefile(file) for file in files):
        raise ValueError(f"{option} must not be FILE itself, {path}")


def write_csv(stream: BinaryIO, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write a table as CSV and return how many rows it has."""
    n = 0
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        n += 1
    text.flush()
    text.detach()
    return n

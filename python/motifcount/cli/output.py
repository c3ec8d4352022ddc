"""Results on standard output."""

from __future__ import annotations

import json
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from motifcount.present import text


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, allow_nan=False) + "\n")


def console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=text.WIDE)


def print_table(title: str, table: Table) -> None:
    target = console()
    target.print(f"[bold]{escape(title)}[/bold]", highlight=False)
    target.print(table)

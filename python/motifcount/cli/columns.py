"""Arguments of read_graph as options of the command line, where columns are names, or numbers from 1."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any

from motifcount.files.doors import Door


def flag(name: str) -> str:
    """Return the option of an argument."""
    return "--" + name.replace("_", "-")


_COLUMNS = ("columns", "weight", "kinds", "layers")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_FIELD = re.compile(r'(?:^|,)(\s*"(?:[^"]|"")*"\s*(?=,|$)|[^,]*)')


def fields(text: str) -> list[str]:
    """Divide columns by commas, but for those in quotes."""
    return _FIELD.findall(text)


def _written(name: str | float) -> str:
    """Write a column as :func:`column` reads it."""
    if not isinstance(name, str):
        return f"{name + 1}"
    quoted = name.strip().isdigit() or "," in name or '"' in name
    return '"' + name.replace('"', '""') + '"' if quoted else name


def column(text: str) -> str | int:
    """Return a column's name, which quotes tell from a number, or its position from 0."""
    if match := _QUOTED.fullmatch(text):
        return match[1].replace('""', '"')
    word = text.strip()
    if not word.isdigit():
        return word
    if int(word) == 0:
        raise ValueError("columns are counted from 1, not from 0")
    return int(word) - 1


_SWITCHES = {
    ("header", True): "--header",
    ("header", False): "--no-header",
    ("undirected", True): "--undirected",
    ("undirected", False): "--directed",
    ("errors", True): "--errors",
}


def say(name: str, value: Any = ...) -> str:
    """Name an argument of read_graph, with a value, as an option."""
    if isinstance(value, bool):
        return _SWITCHES[name, value]
    if value is ...:
        return flag(name)
    if isinstance(value, Mapping):  # a column of kinds, and what its values stand for
        ((named, table),) = value.items()
        pairs = (f"{value}={'' if kind is None else kind}" for value, kind in table.items())
        return " ".join([say(name, named), *(f"--kind {shlex.quote(pair)}" for pair in pairs)])
    value = "tab" if value == "\t" else value
    parts = [value] if isinstance(value, (str, int, float)) else list(value)
    words = [_written(part) if name in _COLUMNS else str(part) for part in parts]
    return f"{flag(name)} {shlex.quote(','.join(words))}"


DOOR = Door(say, in_python=False)

"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from inspect import signature
from pathlib import Path
from typing import Any

import click

from motifcount import nulls
from motifcount.cli import columns
from motifcount.files import read_graph
from motifcount.nulls.model import NullModel


def combined(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine option decorators, shown in the order given."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_NO_NULLS = ("weights",)
"""Null models of what counts do not ask for."""

NULLS = {name: model for name, model in nulls.MODELS.items() if not model.needs_module and name not in _NO_NULLS}
"""The null models by name, but for those of torch modules, which no file holds."""


def _null_options() -> Iterator[Callable[[Any], Any]]:
    owners: dict[str, list[str]] = {}
    for name, model in NULLS.items():
        for field in fields(model):
            owners.setdefault(field.name, []).append(name)
    for option, names in owners.items():
        field = next(field for field in fields(NULLS[names[0]]) if field.name == option)
        value = field.metadata.get("type", type(field.default))
        kind: dict[str, Any] = {"is_flag": True} if field.default is False else {"type": value}
        words = f"{' and '.join(names).capitalize()} null: {field.metadata['help']}."
        yield click.option(columns.flag(option), default=None, help=words, **kind)


INPUT = combined(
    click.option("--format", metavar="NAME", help="Format of FILE, if its ending does not tell; or matrix or edges."),
    click.option("--delimiter", metavar="MARK", help="What divides the fields of a table: tab, comma, ';', ' ', …"),
    click.option("--header/--no-header", default=None, help="Whether the first line of a table is no edge."),
    click.option(
        "--columns",
        metavar="A,B",
        help="Columns of source and target: names, or numbers from 1 (a name that is a number in double quotes).",
    ),
    click.option("--weight", metavar="COLUMN", help="Column of weights, by name or number; weight 0 is no edge."),
    click.option(
        "--kinds",
        metavar="COLUMN",
        help="Kinds of edges: sign, that of their weight, or the column of kinds, by name or number.",
    ),
    click.option(
        "--kind",
        metavar="VALUE=KIND",
        multiple=True,
        callback=lambda _context, _option, given: given or None,
        help="Kind of a value of --kinds; VALUE= leaves it out.",
    ),
    click.option("--threshold", type=float, help="Keep pairs whose weights, or lines, add up to this."),
    click.option("--fill", type=float, help="What an empty cell of a matrix stands for: 0 for no edge."),
    click.option("--undirected/--directed", default=None, help="Take undirected edges both ways, or as written."),
    click.option(
        "--layers",
        metavar="FILE",
        help='"infer"; a file with a label and a layer a line, or, of nodes 0, 1, 2, …, a layer a line (text or '
        ".npy); the name of an attribute of the nodes; or two columns A,B of a table, of sources and of targets.",
    ),
    click.option("--bias", is_flag=True, help="Make biases edges too (masks and state dicts)."),
    click.option("--errors", is_flag=True, default=None, help="Keep error nodes (attribution graphs)."),
    click.option("--node-threshold", type=float, help="Keep features of this share of influence (attribution graphs)."),
    click.option("--edge-threshold", type=float, help="Keep links of this share of influence (attribution graphs)."),
    click.option("--order", metavar="A,B,…", help="Layers of masks or of a state dict, in the order of the data flow."),
)
"""What is said about FILE; see :func:`input_options`."""

QUIET = click.option("--quiet", "-q", is_flag=True, help="Do not tell on standard error how FILE was read.")
NULL = click.option("--null", type=click.Choice(list(NULLS)), default="degree", help="What random graphs keep.")


def _samples(_context: click.Context, _option: click.Parameter, text: str) -> int | str:
    if text == "auto":
        return text
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"--samples must be an integer or auto, not {text!r}") from None


SAMPLES = click.option(
    "--samples",
    metavar="INTEGER|auto",
    default="1000",
    callback=_samples,
    help="Number of random graphs; 0 for closed forms; auto for as many as make every p known to about 20 %, 10,000 "
    "at most.",
)
SEED = click.option("--seed", type=int, help="Same seed, same result.")
NULL_OPTIONS = combined(*_null_options())
"""The options of all null models, each None where it is not given."""

CLEAN = click.option("--clean", is_flag=True, help="First drop nodes that cannot matter between input and output.")
THREADS = click.option("--threads", "-j", type=int, help="Threads; the result never depends on it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
CSV = click.option(
    "--csv", "as_csv", is_flag=True, help="Print CSV (null is null_dyad; tetrads are numbers, which are names)."
)


def refuse_twice(wanted: str, given: Sequence[str]) -> None:
    """Refuse what is given more than once, where `wanted` says what must be."""
    if twice := [each for each, n in Counter(given).items() if n > 1]:
        raise ValueError(f"{wanted}, but {twice[0]} is given twice")


def null_models(names: Sequence[str], options: Mapping[str, Any]) -> list[NullModel]:
    """Return null models, each with those of its :data:`NULL_OPTIONS` that are given, and refuse those of no one."""
    refuse_twice("--null must name different null models", names)
    given = {option: value for option, value in options.items() if value is not None}
    known = {name: {field.name for field in fields(model)} for name, model in NULLS.items()}
    for option in given:
        owners = [name for name in known if option in known[name]]
        if not set(owners) & set(names):
            raise ValueError(
                f"{columns.flag(option)} belongs to --null {' and '.join(owners)}, not to {' and '.join(names)}"
            )
    return [NULLS[name](**{option: given[option] for option in given if option in known[name]}) for name in names]


def null_model(name: str, options: Mapping[str, Any]) -> NullModel:
    """Return one of the :func:`null_models`."""
    return null_models([name], options)[0]


def sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--size must be 2, 3, 4 or a list such as 3,4, not {text!r}") from None


def one_format(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise ValueError("--json and --csv exclude each other")


def input_options(given: dict[str, Any]) -> dict[str, Any]:
    """Take the options of :data:`INPUT` out of all that were given, as arguments of read_graph."""
    found = {name: given.pop(name) for name in signature(read_graph).parameters if name not in _NO_OPTIONS}
    if found["columns"] is not None:
        parts = columns.fields(found["columns"])
        if len(parts) != 2:
            raise ValueError(f"--columns must be two names or numbers, as source,target, not {found['columns']!r}")
        found["columns"] = tuple(map(columns.column, parts))
    layers = found["layers"]
    if layers is not None and not Path(layers).exists() and len(parts := columns.fields(layers)) == 2:
        pair = tuple(map(columns.column, parts))
        if len({type(column) for column in pair}) > 1:
            raise ValueError(f"--layers must be two names or two numbers of columns, not {layers!r}")
        found["layers"] = pair if isinstance(pair[0], str) else ",".join(map(str, pair))
    for name in ("weight", "kinds"):
        if found[name] is not None:
            found[name] = columns.column(found[name])
    if kinds := given.pop("kind"):
        if found["kinds"] is None:
            raise ValueError("--kind must be given with --kinds, the column of the values")
        found["kinds"] = {found["kinds"]: dict(map(_kind, kinds))}
    if found["order"] is not None:
        found["order"] = found["order"].split(",")
    return found


_NO_OPTIONS = ("path", "weights")
"""Parameters of read_graph that are no options."""


def _kind(text: str) -> tuple[str, str | None]:
    """Return a value and its kind, None where there is none."""
    value, mark, kind = text.partition("=")
    if not mark:
        raise ValueError(f"--kind must be a value and its kind, as ACH=+, not {text!r}")
    return value, kind or None

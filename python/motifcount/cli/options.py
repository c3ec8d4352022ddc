"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import click

from motifcount import nulls
from motifcount.nulls.model import NullModel


def combined(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine option decorators, shown in the order given."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _null_options() -> Iterator[Callable[[Any], Any]]:
    for name, model in nulls.MODELS.items():
        for field in fields(model):
            kind: dict[str, Any] = {"is_flag": True} if field.default is False else {"type": type(field.default)}
            words = f"{name.capitalize()} null: {field.metadata['help']}."
            yield click.option(_flag(field.name), default=None, help=words, **kind)


INPUT = combined(
    click.option(
        "--layers", metavar="FILE", help='"infer", or a file with one integer a node (.npy or text). Masks know theirs.'
    ),
    click.option("--bias", is_flag=True, help="Make biases edges too (masks and state dicts)."),
)
NULL = click.option("--null", type=click.Choice(list(nulls.MODELS)), default="degree", help="What random graphs keep.")
SEED = click.option("--seed", type=int, help="Same seed, same result.")
NULL_OPTIONS = combined(*_null_options())
"""The options of all null models, each None where it is not given."""

CLEAN = click.option("--clean", is_flag=True, help="First drop nodes that cannot matter between input and output.")
THREADS = click.option("--threads", "-j", type=int, help="Threads; the result never depends on it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")


def null_model(name: str, options: Mapping[str, Any]) -> NullModel:
    """Return a null model with those of its :data:`NULL_OPTIONS` that are given, and refuse those of others."""
    given = {option: value for option, value in options.items() if value is not None}
    model = nulls.MODELS[name]
    for option in given.keys() - {field.name for field in fields(model)}:
        owners = [other for other, kind in nulls.MODELS.items() if option in {field.name for field in fields(kind)}]
        raise ValueError(f"{_flag(option)} belongs to --null {' and '.join(owners)}, not to {name}")
    return model(**given)


def sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--size must be 2, 3, 4 or a list such as 3,4, not {text!r}") from None


def one_format(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise ValueError("--json and --csv exclude each other")

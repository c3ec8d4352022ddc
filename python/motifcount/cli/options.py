"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

import motifcount as mc


def combined(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine option decorators, shown in the order given."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


INPUT = combined(
    click.option(
        "--layers", metavar="FILE", help='"infer", or a file with one integer a node (.npy or text). Masks know theirs.'
    ),
    click.option("--bias", is_flag=True, help="Make biases edges too (masks and state dicts)."),
)
NULL = click.option(
    "--null", type=click.Choice(["degree", "edge_count", "cover"]), default="degree", help="What random graphs keep."
)
SEED = click.option("--seed", type=int, help="Same seed, same result.")
SWAPS = click.option("--swaps-per-edge", type=float, help="Length of the chain of the degree null.")
MUTUAL = click.option("--keep-mutual", is_flag=True, help="Degree null: also keep each node's mutual edges.")
CLEAN = click.option("--clean", is_flag=True, help="First drop nodes that cannot matter between input and output.")
THREADS = click.option("--threads", "-j", type=int, help="Threads; the result never depends on it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")


def null_model(name: str, swaps_per_edge: float | None, keep_mutual: bool) -> str | mc.nulls.Null:
    if name != "degree":
        if swaps_per_edge is not None or keep_mutual:
            raise ValueError("--swaps-per-edge and --keep-mutual belong to --null degree")
        return name
    if swaps_per_edge is None:
        return mc.nulls.Degree(keep_mutual=keep_mutual)
    return mc.nulls.Degree(swaps_per_edge, keep_mutual)


def sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--size must be 2, 3, 4 or a list such as 3,4, not {text!r}") from None


def one_format(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise ValueError("--json and --csv exclude each other")

"""From files and JSON back to a Significance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from motifcount._support import archive
from motifcount.counting.counts import MotifCounts
from motifcount.inference import effects
from motifcount.inference.held_triads import HeldTriads
from motifcount.inference.relations import Relation
from motifcount.inference.result import COLUMNS, IMPOSSIBLE, KIND, Significance
from motifcount.inference.sequential import Until
from motifcount.mixing import Mixing
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.nulls import restored

_EXACT = ("observed", "few", "status")  # all other columns hold floats
_AS_THEY_ARE = (
    *("samples", "first_sample", "seed", "adjust", "attempts", "accepted", "fingerprint"),
    *("n_classes", "n_tested"),
)
_FLOATS_OF_MIXING = ("autocorrelation_time", "correlation", "bias", "proven")


def load(path: str | Path) -> Significance:
    """Do what :meth:`Significance.load` does."""
    content, arrays = archive.read(path, KIND)
    try:
        result = _result(content)
        table = arrays["samples"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{path} is damaged: {error!r}") from error
    if table.shape != (result.samples, len(result.classes)):
        raise ValueError(f"{path} is damaged: samples of shape {table.shape}")
    table.flags.writeable = False
    return replace(result, samples_table=table)


def from_json(text: str) -> Significance:
    """Do what :meth:`Significance.from_json` does."""
    content = archive.content_of(text, KIND)
    try:
        return _result(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"text is not that of a result: {error!r}") from error


def _result(told: Mapping[str, Any]) -> Significance:
    if told["version"] == 1:
        told = _of_version_2(told)
    classes, mixing, triads = told["classes"], told["mixing"], told["triads"]
    is_whole = len(classes) == told["n_classes"]
    columns: dict[str, Any] = {column: _column(column, classes, is_whole) for column in COLUMNS}
    table = np.empty((0, len(classes)), np.int64)
    table.flags.writeable = False
    return Significance(
        **columns,
        relations=Frozen(told["relations"]),
        null=restored(told["null"], told["null_options"]).given,
        **{key: told[key] for key in _AS_THEY_ARE},
        until=None if told["until"] is None else Until(**told["until"]),
        mixing=None if mixing is None else _mixing(mixing),
        triads=None if triads is None else _triads(triads, told["samples"]),
        p_triads=archive.number(told["p_triads"]),
        samples_table=table,
        relations_from_null=Frozen({name: _relation(each) for name, each in told["relations_from_null"].items()}),
    )


def _of_version_2(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file of version 1 says as one of version 2 does, null where it is not known."""
    classes = {name: _row(row) for name, row in told["classes"].items()}
    whole = {"n_classes": len(classes), "n_tested": sum(row["p_adjusted"] is not None for row in classes.values())}
    mixing = None if told["mixing"] is None else {"moves": {}, **told["mixing"]}
    return {"until": None, "p_triads": None, **whole, **told, "classes": classes, "mixing": mixing}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of version 1 with the columns that follow from it, and without a partial z."""
    observed, mean, std = row["observed"], archive.number(row["mean"]), archive.number(row["std"])
    later = {
        "ratio": effects.ratio(observed, mean),
        "delta": effects.delta(observed, mean),
        "few": effects.is_few(mean, std),
        "z_partial": None,
        "p_partial": None,
    }
    return {**later, **row}


def _column(column: str, classes: Mapping[str, Mapping[str, Any]], is_whole: bool) -> ByClass[Any]:
    values = {name: row[column] for name, row in classes.items()}
    impossible = getattr(IMPOSSIBLE, column) if is_whole else None
    if column == "observed":
        return MotifCounts(values, impossible)
    if column not in _EXACT:
        values = {name: archive.number(value) for name, value in values.items()}
    return ByClass(values, impossible)


def _relation(told: Mapping[str, Any]) -> Relation:
    return Relation(
        Fraction(told["constant"]), Frozen({name: Fraction(factor) for name, factor in told["factors"].items()})
    )


def _mixing(told: Mapping[str, Any]) -> Mixing:
    by_class: dict[str, Any] = {
        key: ByClass({name: archive.number(value) for name, value in told[key].items()}) for key in _FLOATS_OF_MIXING
    }
    return Mixing(
        **by_class,
        reach=ByClass({name: (low, high) for name, (low, high) in told["reach"].items()}),
        acceptance=_of_blocks(told["acceptance"]),
        moves=_of_blocks(told["moves"]),
        swaps_per_edge=told["swaps_per_edge"],
        chains=told["chains"],
        records=told["records"],
        returns=Frozen({name: (first, came_back) for name, (first, came_back) in told["returns"].items()}),
    )


def _of_blocks(told: Mapping[str, Any]) -> Frozen[tuple[int, int], float]:
    blocks = {name: map(int, name.split(" -> ")) for name in told}
    return Frozen({(source, target): archive.number(told[name]) for name, (source, target) in blocks.items()})


def _triads(told: Mapping[str, Any], samples: int) -> HeldTriads:
    observed, totals, scale = (
        Frozen({name: row[column] for name, row in told.items()}) for column in ("observed", "total", "scale")
    )
    return HeldTriads(observed, totals, scale, samples)

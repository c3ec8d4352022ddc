"""Counts as frames of pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from motifcount._support import arguments, extras
from motifcount.motifs.classes import in_tables

if TYPE_CHECKING:
    import pandas as pd

    from motifcount.counting.counts import MotifCounts


def frame_of(counts: MotifCounts, flags: dict[str, Any], nodes: Any) -> pd.DataFrame:
    """Do what :meth:`MotifCounts.to_frame` does; at most one of the flags may be True."""
    asked = [name for name, flag in flags.items() if arguments.flag(name, flag)]
    if len(asked) > 1:
        raise ValueError(f"{' and '.join(asked)} must not both be True, for these are two tables")
    table = asked[0] if asked else None
    frames = extras.require("pandas", "frames", "to_frame")
    if table in ("by_node", "by_role"):
        return frame_by_node(counts.columns_by_node(by_role=table == "by_role"), nodes, frames)
    if table == "by_arc":
        return _by_arc(counts, nodes, frames)
    if nodes is not None:
        raise ValueError("nodes must be None where rows are not nodes; by_node, by_role or by_arc make them so")
    found: pd.DataFrame
    if table == "by_kind":
        columns = ["class", "kinds", "name", "parity", "count"]
        found = frames.DataFrame(list(counts.rows_by_kind()), columns=columns).set_index("class")
    elif table == "by_group":
        found = frames.DataFrame(list(counts.rows_by_group()), columns=["class", "groups", "count"]).set_index("class")
    elif table == "by_block":
        found = frames.DataFrame(list(counts.rows_by_block()), columns=["class", "layers", "count"]).set_index("class")
    else:
        found = frames.DataFrame({"count": counts.to_numpy()}, index=frames.Index(list(counts), name="class"))
    return found.rename(index=in_tables)


def frame_by_node(columns: dict[str, Any], nodes: Any, frames: Any) -> pd.DataFrame:
    """Return columns of a number for each node as a frame, its rows named by `nodes` if there are any.

    Raises
    ------
    TypeError, ValueError
        If `nodes` are not as many as the rows.
    """
    found: pd.DataFrame = frames.DataFrame(columns)
    if nodes is not None:
        labels = arguments.sequence("nodes", nodes, "names of nodes", most=None)
        if len(labels) != len(found):
            raise ValueError(f"nodes must be {len(found)} names, one for each node, not {len(labels)}")
        found.index = frames.Index(labels, tupleize_cols=False)
    return found.rename_axis(index="node")


def _by_arc(counts: MotifCounts, nodes: Any, frames: Any) -> pd.DataFrame:
    columns, arcs = counts.columns_by_arc(), counts.arcs
    assert arcs is not None
    if nodes is not None:
        labels = arguments.sequence("nodes", nodes, "names of nodes", most=None)
        n_nodes = int(arcs.max(initial=-1)) + 1
        if len(labels) < n_nodes:
            raise ValueError(f"nodes must be names, one for each node, and at least {n_nodes}, not {len(labels)}")
        words = np.empty(len(labels), dtype=object)
        words[:] = labels
        arcs = words[arcs]
    found: pd.DataFrame = frames.DataFrame(
        columns, frames.MultiIndex.from_arrays(list(arcs.T), names=["source", "target"])
    )
    return found

"""What a reader made of a file, for people to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Names = Mapping[str, str]


@dataclass(frozen=True)
class ReadReport:
    """How a file was read.

    Attributes
    ----------
    format
        What the file was taken for: ``"edge table"``, ``"matrix"``, ``"SIF"``, ``"GraphML"``, …
    dialect
        How its text is divided, or "".
    header
        Whether the first line names the columns; None where there is nothing of the kind.
    columns
        What each column is for: ``{"source": "pre_id", "target": "post_id", "weight": "syn_count"}``; under
        ``"not used"`` those that are for nothing, and in how many lines numbers among them are 0.
    n_nodes, n_edges
        Of the graph.
    dropped
        How many edges were left out, by reason: ``"self-loops"``, ``"duplicates"``, ``"weight 0"``, ``"pairs below
        threshold"``, ``"of no kind"``, and of layers ``"weights of 0"``.
    sample
        Up to three edges, by labels, in the order of the file.
    notes
        Sentences about decisions that the other fields have no place for.
    unused
        What else the file holds, each part as it is called there: entries of a checkpoint beside its state dict.
    """

    format: str
    dialect: str = ""
    header: bool | None = None
    columns: Names = field(default_factory=dict)
    n_nodes: int = 0
    n_edges: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    sample: tuple[tuple[Any, Any], ...] = ()
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("columns", "dropped"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def rows(self) -> dict[str, str]:
        """Return the report as names and texts, for a table of two columns."""
        rows = {"read as": ", ".join(filter(None, (self.format, self.dialect)))}
        if self.header is not None:
            rows["header"] = "first line names the columns" if self.header else "none"
        if self.columns:
            rows["columns"] = ", ".join(f"{role}: {name}" for role, name in self.columns.items())
        if self.sample:
            rows["first edges"] = "; ".join(f"{source} → {target}" for source, target in self.sample)
        rows["left out"] = self._left_out() or "nothing"
        if self.notes:
            rows["notes"] = "; ".join(self.notes)
        return rows

    def line(self) -> str:
        """Return the report in one line."""
        parts = [", ".join(filter(None, (self.format, self.dialect)))]
        if self.columns:
            parts.append(", ".join(f"{role} {name}" for role, name in self.columns.items()))
        if self.header is False:
            parts.append("no header")
        parts.append(f"{self.n_nodes:,} nodes, {self.n_edges:,} edges")
        if left_out := self._left_out():
            parts.append(f"left out {left_out}")
        parts += self.notes
        return "; ".join(parts)

    def _left_out(self) -> str:
        counted = (f"{number:,} {reason}" for reason, number in self.dropped.items() if number)
        return ", ".join([*counted, *self.unused])

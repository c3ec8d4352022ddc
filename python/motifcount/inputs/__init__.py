"""From what users hold to :class:`~motifcount.inputs.rows.Rows`: a file for each kind of input, `dispatch` for any.

The rule is the same everywhere: an edge that is listed is an edge, unless its weight is 0 (a stored zero of a matrix,
the attribute ``weight`` of an edge); one of negative or broken weight is. NaN is refused. Self-loops are dropped,
duplicates merged, and what was left out is counted.
"""

from __future__ import annotations

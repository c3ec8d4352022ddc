"""From what users hold to :class:`~motifcount.inputs.rows.Rows`: a file for each kind of input, `dispatch` for any.

The rule is the same everywhere: a nonzero entry is an edge (a NaN, a negative or a fraction is only a weight), stored
zeros and self-loops are dropped, duplicates are merged.
"""

from __future__ import annotations

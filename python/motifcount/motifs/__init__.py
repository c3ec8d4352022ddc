"""What a motif class is: names, arcs, words, drawings. Knows no graph."""

from __future__ import annotations

"""From what users hold to rows of a graph, one file per kind."""

from __future__ import annotations

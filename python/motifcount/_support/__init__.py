"""What knows nothing of graphs: checks of arguments, threads, memory, progress, files written whole."""

from __future__ import annotations

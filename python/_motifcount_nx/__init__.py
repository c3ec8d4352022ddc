"""What NetworkX reads about the backend whenever it is imported: plain words, without NumPy and the compiled core."""

from __future__ import annotations

from typing import Any

_CLUSTERING = "Without edge weights only."
_RECIPROCITY = "Of simple directed graphs only."
FUNCTIONS = {
    "all_triangles": "",
    "average_clustering": _CLUSTERING,
    "clustering": _CLUSTERING,
    "generalized_degree": "",
    "overall_reciprocity": _RECIPROCITY,
    "reciprocity": _RECIPROCITY,
    "robins_alexander_clustering": "Of undirected graphs without self-loops only.",
    "square_clustering": "Of undirected graphs only.",
    "transitivity": "",
    "triadic_census": "",
    "triads_by_type": "Of simple directed graphs without self-loops only.",
    "triangles": "",
}
"""Name of every function the backend has -> what it leaves to NetworkX."""


def get_info() -> dict[str, Any]:
    """Return the metadata of the backend, as the entry point ``networkx.backend_info`` promises."""
    return {
        "backend_name": "motifcount",
        "project": "motifcount",
        "package": "motifcount",
        "short_summary": "Triads, triangles, squares and reciprocity by a parallel C++ core.",
        "functions": {name: {"additional_docs": limits} if limits else {} for name, limits in FUNCTIONS.items()},
    }

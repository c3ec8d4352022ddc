"""Pictures of results and networks, drawn with matplotlib (the extra ``plot``), which is imported on first use."""

from __future__ import annotations

from motifcount.plots.comparison import plot_comparison
from motifcount.plots.matplotlib_tools import check_output, save
from motifcount.plots.motifs import motif_marker, plot_motifs
from motifcount.plots.network import plot_network
from motifcount.plots.profiles import plot_profiles
from motifcount.plots.significance import plot_significance

__all__ = [
    "check_output",
    "motif_marker",
    "plot_comparison",
    "plot_motifs",
    "plot_network",
    "plot_profiles",
    "plot_significance",
    "save",
]

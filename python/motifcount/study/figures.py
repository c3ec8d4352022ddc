"""The figures of the study: from tables to matplotlib figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

import motifcount as mc
from motifcount import plots
from motifcount.inference.estimates import cosines
from motifcount.reports import pictures
from motifcount.study import similarity
from motifcount.study.config import CONDITIONS, Config
from motifcount.study.conventions import PUBLISHED_LOSS
from motifcount.study.motifs import CLASSES, NULLS
from motifcount.study.tables import Frames, profiles

COLORS = {"trained": "#2b8cbe", "untrained": "#8f8f8f", "shuffled": "#d08700"}  # seen on white and on black
_STYLE = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "figure.dpi": 150,
}
_WIDTH = 5.0  # inches: letters of 9 points stay that large on a phone
_MUTED = "0.5"
_SHOWN = {"021D": "#1f77b4", "021U": "#ff7f0e", "021C": "#2ca02c", "chain4": "#e377c2", "zigzag": "#8f8f8f"}
_SHOWN |= {"bifan": "#d62728", "biparallel": "#9467bd"}
"""Classes of the figure over sparsity: the stars follow the pairs, so they are left to the tables."""


def loss_by_sparsity(config: Config, frames: Frames) -> Figure:
    """Validation loss of every network against sparsity, with the threshold and the published medians."""
    figure, axes = _figure(3.8)
    stages = frames["stages"]
    place = _places(config)
    for condition in ("shuffled", "trained"):
        table = stages[stages["condition"] == condition].pivot(index="network", columns="stage", values="loss")
        axes.plot(place, table.T, color=COLORS[condition], lw=0.6, alpha=max(0.08, min(0.6, 4 / len(table))))
        axes.plot(place, table.median(), color=COLORS[condition], lw=2, label=f"{condition}, median")
    at = [k for k, sparsity in enumerate(config.training.sparsities) if sparsity in PUBLISHED_LOSS]
    published = [PUBLISHED_LOSS[config.training.sparsities[k]] for k in at]
    axes.plot(np.array(at), published, "k+", label="published, median (full-size networks)")
    axes.axhline(config.threshold, color=_MUTED, ls="--", lw=1, label=f"threshold {config.threshold:g}")
    best = stages[(stages["condition"] == "trained") & stages["optimum"]]
    axes.plot(best["stage"], best["loss"], "o", ms=4, color=COLORS["trained"], mfc="white", label="optimum")
    axes.set(yscale="log", ylabel="validation loss (scaled MSE)")
    _sparsity_axis(axes, config)
    _legend(figure, axes, 2)
    return figure


def z_by_sparsity(config: Config, frames: Frames) -> Figure:
    """Mean z of the trained networks against sparsity, a panel a null model, with the spread over networks."""
    figure, panels = _figure(7.2, rows=len(NULLS))
    z = frames["z"][frames["z"]["condition"] == "trained"]
    for axes, null in zip(panels, NULLS, strict=True):
        for name, color in _SHOWN.items():
            table = z[(z["null"] == null) & (z["class"] == name)].pivot(index="network", columns="stage", values="z")
            if table.notna().to_numpy().any():
                mean, sd = table.mean(), table.std(ddof=1).fillna(0)
                axes.plot(mean.index, mean, color=color, lw=1.6, marker=".", ms=3, label=name)
                axes.fill_between(mean.index, mean - sd, mean + sd, color=color, alpha=0.15, lw=0)
        axes.axhline(0, color=_MUTED, lw=0.8)
        axes.set(title=null, ylabel="z, mean ± sd")
        _sparsity_axis(axes, config)
        axes.label_outer()
    _legend(figure, panels[0], 4)
    return figure


def z_at_optimum(config: Config, frames: Frames) -> Figure:
    """The z of every network and control at the optimum, a panel a null model, a column a class."""
    figure, panels = _figure(11.5, rows=len(NULLS))
    z = frames["z"][frames["z"]["optimum"]]
    for axes, null in zip(panels, NULLS, strict=True):
        for offset, condition in zip((-0.25, 0.0, 0.25), CONDITIONS, strict=True):
            own = z[(z["null"] == null) & (z["condition"] == condition)]
            heights = [len(CLASSES) - 1 - CLASSES.index(name) - offset for name in own["class"]]
            axes.plot(own["z"], heights, "o", ms=2.5, color=COLORS[condition], alpha=0.5, mew=0)
            means = own.groupby("class")["z"].mean().reindex(list(CLASSES))
            bars = len(CLASSES) - 1 - np.arange(len(CLASSES)) - offset
            axes.plot(means, bars, "|", ms=9, mew=2, color=COLORS[condition], label=condition)
        statuses = z[z["null"] == null].groupby("class")["status"]
        fixed = [name for name, found in statuses if (found == "fixed").all()]
        if z.empty:
            axes.annotate("no network reaches the threshold", (0.5, 0.5), xycoords="axes fraction", ha="center")
        for name in fixed:
            place = (0, len(CLASSES) - 1 - CLASSES.index(name))
            axes.annotate("fixed", place, (4, 0), textcoords="offset points", color=_MUTED, va="center")
        axes.axvline(0, color=_MUTED, lw=0.8, zorder=0)
        axes.set(title=null, xlabel="z", ylim=(-0.7, len(CLASSES) - 0.3))
        if z.loc[z["null"] == null, "z"].abs().max() > 30:
            axes.set_xscale("symlog", linthresh=10)
        axes.set_yticks(range(len(CLASSES)), reversed(CLASSES))
    _legend(figure, panels[0], len(CONDITIONS))
    return figure


def profile_similarity(config: Config, frames: Frames) -> Figure:
    """The cosine of each two networks' significance profiles, a matrix a null model."""
    figure, panels = _figure(2.6, columns=len(NULLS))
    image = None
    for axes, null in zip(panels, NULLS, strict=True):
        found = profiles(frames["z"], null)
        order = [c for c in CONDITIONS if c in found.index.get_level_values("condition")]
        ordered = [found.loc[[condition]] for condition in order]
        axes.set_title(null)
        if not ordered or found.shape[1] < similarity.LEAST_CLASSES:
            axes.annotate(
                "too few classes vary", (0.5, 0.5), xycoords="axes fraction", ha="center", color=_MUTED, fontsize=7
            )
            axes.set_axis_off()
            continue
        image = axes.imshow(cosines(pd.concat(ordered).to_numpy()), vmin=-1, vmax=1, cmap="RdBu_r")
        ends = np.cumsum([0, *map(len, ordered)])
        for end in ends[1:-1]:
            axes.axhline(end - 0.5, color="k", lw=0.8)
            axes.axvline(end - 0.5, color="k", lw=0.8)
        middles = (ends[:-1] + ends[1:] - 1) / 2
        axes.set_xticks(middles, order, rotation=90)
        axes.set_yticks(middles, order if axes is panels[0] else [""] * len(order))
        axes.tick_params(length=0)
    if image is not None:
        figure.colorbar(image, ax=panels, label="cosine", orientation="horizontal", aspect=40)
    return figure


def pruned_network(graph: mc.Graph) -> Figure:
    """A network's live units by layer, and its live weights."""
    figure, axes = _figure(4.2)
    plots.plot_network(graph, axes)
    return figure


FIGURES: Mapping[str, Callable[[Config, Frames], Figure]] = {
    "loss-by-sparsity": loss_by_sparsity,
    "z-by-sparsity": z_by_sparsity,
    "z-at-optimum": z_at_optimum,
    "profile-similarity": profile_similarity,
}


def draw(make: Callable[[], Figure], name: str, folder: Path) -> str:
    """Make a figure, write it as PNG and SVG, and return it as an ``<svg>`` element for a page."""
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_STYLE):  # type: ignore[arg-type]
        figure = make()
        for ending in ("png", "svg"):
            plots.save(figure, folder / f"{name}.{ending}")
    return pictures.element(lambda: figure)


def _figure(height: float, rows: int = 1, columns: int = 1) -> tuple[Figure, Any]:
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns)


def _legend(figure: Figure, axes: Any, columns: int) -> None:
    """Say below the panels what their lines are, where no line crosses the words."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=columns, fontsize=8)


def _places(config: Config) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(len(config.training.sparsities))


def _sparsity_axis(axes: Any, config: Config) -> None:
    labels = [f"{100 * sparsity:g}" for sparsity in config.training.sparsities]
    axes.set_xticks(_places(config), labels, fontsize=7)
    axes.set_xlabel("weights cut from every layer, %")

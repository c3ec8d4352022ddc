"""One HTML file that tells a study to a person: figures and tables inside, every number with its provenance."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

import motifcount as mc
from motifcount.reports import pictures
from motifcount.study import figures, findings, provenance, storage
from motifcount.study.config import CONDITIONS, Config
from motifcount.study.conventions import CONVENTIONS, PUBLISHED_OPTIMA
from motifcount.study.motifs import CLASSES, NULLS
from motifcount.study.tables import Frames, folder_of

_UNIT = ["condition", "network", "stage", "null"]


def write(
    config: Config, frames: Frames, network: mc.Graph | None, directory: Path, say: Callable[[str], object]
) -> Path:
    """Draw the figures, write them as PNG and SVG, and the report. `network` is one to be shown as an example."""
    makers = {name: partial(make, config, frames) for name, make in figures.FIGURES.items()}
    if network is not None:
        makers["pruned-network"] = partial(figures.pruned_network, network)
    folder = directory / "figures"
    images = {}
    for name, make in makers.items():
        say(f"figure: {name}")
        images[name.replace("-", "_")] = figures.draw(make, name, folder)
    loader = jinja2.PackageLoader("motifcount.study")
    page = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(
        "report.html.jinja"
    )
    text = page.render(
        config=config,
        images=images,
        headline=findings.headline(frames),
        conclusion=findings.sentences(config, frames),
        nulls=NULLS,
        conditions=CONDITIONS,
        classes=CLASSES,
        z=_z_table(frames),
        conventions=_convention_table(frames),
        similarity=frames["similarity"].to_dict("records"),
        **_facts(config, frames),
        made_with=_made_with(config, directory),
        configuration=json.dumps(config.to_dict(), indent=2),
    )
    path = directory / "report.html"
    storage.write_bytes(path, pictures.with_own_ids(text).encode())
    return path


def _facts(config: Config, frames: Frames) -> dict[str, Any]:
    stages = frames["stages"]
    trained = stages[stages["condition"] == "trained"]
    best = trained[trained["optimum"]]
    losses = trained.groupby("sparsity")["loss"].median()
    steps = (losses / losses.shift()).dropna()
    return {
        "n_networks": config.training.networks,
        "n_optima": len(best),
        "optima": _optima(config, best),
        "losses": losses.to_dict(),
        "cliff": _cliff(steps),
        "edges": best["edges"].median() if len(best) else None,
        "batches": stages.groupby("condition")["batches"].mean().to_dict(),
        "n_mixing_warnings": int(frames["z"].groupby(_UNIT)["mixing_warning"].first().sum()),
    }


def _cliff(steps: pd.Series[float]) -> dict[str, float] | None:
    """The step from one stage to the next with the greatest rise of the median loss."""
    if steps.empty:
        return None
    return {"after": steps.index.to_numpy()[steps.to_numpy().argmax()].item(), "factor": float(steps.max())}


def _optima(config: Config, best: pd.DataFrame) -> list[dict[str, Any]]:
    found = best["sparsity"].value_counts()
    total = sum(PUBLISHED_OPTIMA.values())
    return [
        {"sparsity": s, "networks": int(found.get(s, 0)), "published": PUBLISHED_OPTIMA.get(s, 0) / total}
        for s in config.training.sparsities
    ]


def _z_table(frames: Frames) -> dict[str, dict[tuple[str, str], dict[str, Any]]]:
    """By class, by (null model, condition): mean and spread at the optimum, and the status if it is the same in all."""
    z = frames["z"][frames["z"]["optimum"]]
    table: dict[str, dict[tuple[str, str], dict[str, Any]]] = {name: {} for name in CLASSES}
    for key, rows in z.groupby(["class", "null", "condition"]):
        name, null, condition = map(str, key)
        statuses = rows["status"].unique()
        table[name][null, condition] = {
            "mean": rows["z"].mean(),
            "sd": rows["z"].std(ddof=1),
            "n": int(rows["z"].count()),
            "status": statuses[0] if len(statuses) == 1 else "varies",
        }
    return table


def _convention_table(frames: Frames) -> list[dict[str, Any]]:
    table = frames["conventions"]
    rows = []
    for motif, convention in CONVENTIONS.items():
        own = table[table["motif"] == motif]
        rows.append(
            {
                "motif": motif,
                **convention._asdict(),
                "theirs": own["theirs"].mean(),
                "theirs_sd": own["theirs"].std(ddof=1),
                "correct": own["correct"].mean(),
                "correct_sd": own["correct"].std(ddof=1),
            }
        )
    return rows


def _made_with(config: Config, directory: Path) -> list[dict[str, str]]:
    """Every environment that made a part of the study, without repetition."""
    found: list[dict[str, str]] = []
    for chunk in config.chunks():
        found += [entry for entry in provenance.read(directory / folder_of(chunk)) if entry not in found]
    return found

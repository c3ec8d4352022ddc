"""The whole study, tiny: its tables against the networks themselves, its report, its configuration."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import torch

import motifcount as mc
from motifcount import study, train
from motifcount.inference.estimates import cosines
from motifcount.study import findings, motifs, pipeline, provenance, tables
from motifcount.study.config import CONDITIONS
from support import studies
from support.pages import Page
from support.studies import TINY, read

pytestmark = pytest.mark.slow


@pytest.fixture
def finished():
    return studies.finished()


def runs_of(result):
    """(condition, network) -> its run and its position there."""
    found = {}
    for folder, first in (("networks-0000-0001", 0), ("networks-0002-0002", 2)):
        for condition in CONDITIONS:
            run = train.load(result.directory / folder / condition)
            found |= {(condition, first + k): (run, k) for k in range(run.config.networks)}
    return found


def test_stages(finished):
    result, lines = finished
    table = read(result, "stages")
    assert len(table) == 3 * 3 * 3
    assert sum("stages" in line for line in lines) == 2 * 3
    runs = runs_of(result)
    for row in table.itertuples():
        run, k = runs[row.condition, row.network]
        assert row.loss == pytest.approx(run.stages[row.stage].validation_losses[k], rel=1e-12)
        assert row.batches == run.stages[row.stage].batches[k]
        graph = run.graph(row.stage, k).drop_ineffective()
        assert (row.nodes, row.edges) == (graph.n_nodes, graph.n_edges)
    assert (table[table["condition"] == "untrained"]["batches"] == 0).all()


def test_the_optimum_is_the_sparsest_stage_under_the_threshold(finished):
    table = read(finished[0], "stages")
    for network in range(3):
        trained = table[(table["condition"] == "trained") & (table["network"] == network)]
        good = trained[trained["loss"] <= TINY.threshold]["stage"]
        best = table[(table["network"] == network) & table["optimum"]]
        assert set(best["stage"]) == ({good.max()} if len(good) else set())
        assert len(best) in (0, 3)


def test_the_shuffled_control_trains_as_long(finished):
    table = read(finished[0], "stages")
    for networks in ([0, 1], [2]):  # as they are trained together
        own = table[table["network"].isin(networks)]
        longest = own[own["condition"] == "trained"].groupby("stage")["batches"].max()
        for row in own[own["condition"] == "shuffled"].itertuples():
            assert row.batches == longest[row.stage] > 0


def test_optimal_stages():
    class Run:
        stages = tuple(
            train.Stage(k, 0.1 * k, np.array(losses), np.zeros(3), np.zeros((0, 3)))
            for k, losses in enumerate([(0.1, 0.9, 0.1), (0.2, 0.8, 0.3), (0.1, 0.7, 0.2)])
        )

    assert pipeline.optimal_stages(Run, 0.2) == [2, None, 2]
    assert pipeline.optimal_stages(Run, 0.15) == [2, None, 0]
    assert pipeline.optimal_stages(Run, 0.75) == [2, 2, 2]


def test_counts_and_z(finished):
    result, _ = finished
    counts, z = read(result, "counts"), read(result, "z")
    runs = runs_of(result)
    for condition, network, stage in (("trained", 0, 1), ("untrained", 2, 2), ("shuffled", 1, 2)):
        run, k = runs[condition, network]
        graph = run.graph(stage, k).drop_ineffective()
        here = {"condition": condition, "network": network, "stage": stage}
        own = counts[(counts[list(here)] == list(here.values())).all(axis=1)]
        whole = own[own["layers"] == "all"].set_index("class")["count"]
        assert whole.to_dict() == dict(mc.count(graph, (2, 3, 4)))
        parts = own[own["layers"] != "all"].groupby("class")["count"].sum()
        assert all(parts.get(name, 0) == whole[name] for name in motifs.CLASSES)
        exact = mc.significance(graph, "edge_count", size=(3, 4), samples=0)
        rows = z[(z[list(here)] == list(here.values())).all(axis=1)].set_index(["null", "class"])
        for name in motifs.CLASSES:
            assert rows.loc[("edge_count", name), "z"] == pytest.approx(exact.z[name], nan_ok=True)
        degree = rows.loc["degree"]
        again = mc.significance(
            graph, "degree", size=(3, 4), samples=int(degree["samples"].iloc[0]), seed=int(degree["seed"].iloc[0])
        )
        for name in motifs.CLASSES:
            assert degree.loc[name, "z"] == pytest.approx(again.z[name], nan_ok=True)
            assert degree.loc[name, "status"] == again.status[name]
    assert set(z[z["null"] == "degree"].query("`class` == '021D'")["status"]) == {"fixed"}


def test_other_tables(finished):
    result, _ = finished
    z, optimum = read(result, "z"), read(result, "optimum")
    best = z[z["optimum"]]
    for row in optimum.itertuples():
        own = best[(best["condition"] == row.condition) & (best["null"] == row.null) & (best["class"] == row[3])]["z"]
        assert row.networks == own.notna().sum()
        assert row.mean == pytest.approx(own.mean(), nan_ok=True)
    compared = read(result, "similarity")
    assert set(compared["null"]) <= set(motifs.NULLS)
    assert len(compared) >= 4
    for row in compared.itertuples():
        kinds = ("trained", row.control)
        wide = best[(best["null"] == row.null) & (best["status"] == "varies") & best["condition"].isin(kinds)].pivot(
            index=["condition", "network"], columns="class", values="z"
        )
        wide = wide.dropna(axis=1)
        assert wide.shape == (2 * row.networks, row.classes)
        ours, theirs = (cosines(wide.loc[kind].to_numpy()) for kind in kinds)
        upper = np.triu_indices(row.networks, 1)
        assert row.within == pytest.approx(ours[upper].mean())
        assert row.within_control == pytest.approx(theirs[upper].mean())
    for name, path in result.tables.items():
        rows = json.loads(path.with_suffix(".json").read_text())
        assert len(rows) == len(read(result, name))


def test_no_network_reaches_the_threshold(tmp_path):
    (tmp_path / "flight").symlink_to(studies.flights().path)
    config = replace(TINY, threshold=1e-9)
    result = study.run(config, tmp_path, progress=False)
    assert not read(result, "stages")["optimum"].any()
    assert read(result, "similarity").empty
    assert read(result, "conventions").empty
    text = result.report.read_text()
    assert "0 of 3" in text
    assert "Too few networks reach the threshold" in text


def test_what_made_it_is_noted(finished, monkeypatch):
    result, _ = finished
    path = result.directory / "networks-0000-0001" / "made-with.json"
    content = path.read_bytes()
    (entry,) = json.loads(content)["made with"]
    assert entry["motifcount"] == mc.__version__
    assert entry["training device"].startswith("cpu")
    monkeypatch.setattr(provenance, "environment", lambda device: entry | {"numpy": "9.9"})
    provenance.record(path.parent, torch.device("cpu"))
    provenance.record(path.parent, torch.device("cpu"))
    assert [found["numpy"] for found in provenance.read(path.parent)] == [entry["numpy"], "9.9"]
    path.write_bytes(content)


# ---- configurations --------------------------------------------------------------------------------------------------


BAD = {
    "runs": ({"runs": 10}, ValueError, "runs.*1000"),
    "training": ({"training": 3}, TypeError, r"training.*train\.Config"),
    "widths": (
        {"training": train.Config(layer_widths=(9, 7))},
        ValueError,
        "layer_widths.*begin with 10",
    ),
    "together": ({"networks_together": 0}, ValueError, "networks_together"),
    "threshold": ({"threshold": 0.0}, ValueError, "threshold.*above 0"),
    "threshold-text": ({"threshold": "low"}, TypeError, "threshold"),
    "samples": ({"samples": 1}, ValueError, "samples"),
    "stage_samples": ({"stage_samples": 0}, ValueError, "stage_samples"),
    "permutations": ({"permutations": 0}, ValueError, "permutations"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_configurations(case):
    changes, error, message = BAD[case]
    with pytest.raises(error, match=message):
        replace(TINY, **changes)


def test_presets():
    assert study.preset("paper").training.networks == 350
    assert study.preset("paper").training.layer_widths == (10, 400, 400, 400, 16, 7)
    assert [chunk.networks for chunk in study.preset("paper").with_networks(120).chunks()] == [50, 50, 20]
    with pytest.raises(
        ValueError, match=r"name must be one of default, paper, published, not .papre. \(did you mean .paper."
    ):
        study.preset("papre")


# ---- the report ------------------------------------------------------------------------------------------------------


def test_the_report_stands_alone(finished):
    result, _ = finished
    html = result.report.read_text()
    page = Page(html)
    assert all(reference.startswith(("data:", "#")) for reference in page.references)
    pictures = re.findall(r'<svg class="plot".*?</svg>', html, re.DOTALL)
    n_figures = len(list((result.directory / "figures").glob("*.svg")))
    assert len(pictures) == n_figures >= 4
    for picture in pictures:
        named = picture.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1)
        width = float(ET.fromstring(named).get("viewBox").split()[2])
        assert width <= 72 * 5  # letters keep their size on a phone
        assert "#000000" not in picture  # ink is that of the page, light or dark
    assert all(path.with_suffix(".png").exists() for path in (result.directory / "figures").glob("*.svg"))
    frames = tables.gather(result.config, result.directory)
    assert f"<h1>{findings.headline(frames)}</h1>" in html
    assert all(sentence in page.words() for sentence in findings.sentences(result.config, frames))
    text = " ".join(page.text)
    for wanted in (mc.__version__, "seed 1", "numpy", "bi-fan", '"permutations": 49'):
        assert wanted in text
    assert "nan" not in text.lower().split()

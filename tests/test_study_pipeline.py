"""The whole study, tiny: its tables against the networks themselves, stopping and continuing, damage, the report."""

from __future__ import annotations

import base64
import errno
import json
import math
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import torch
from conftest import REPOSITORY

import motifcount as mc
from motifcount import flight, study, train
from motifcount.study import figures, motifs, pipeline, provenance, similarity, storage
from motifcount.study.config import CONDITIONS

TINY = study.Config(
    runs=1500,
    training=train.Config(
        layer_widths=(10, 9, 8, 7),
        sparsities=(0.0, 0.5, 0.8),
        min_batches=0,
        max_batches=20,
        batch_size=64,
        check_every=20,
        window=20,
        networks=3,
        seed=1,
    ),
    networks_together=2,
    threshold=0.05,
    samples=12,
    stage_samples=8,
    permutations=49,
)


@pytest.fixture(scope="module")
def flights(tmp_path_factory):
    """The simulated flights of all these studies."""
    folder = tmp_path_factory.mktemp("flights")
    return flight.generate(folder / "flight", TINY.runs, seed=TINY.seed, progress=False)


@pytest.fixture
def directory(tmp_path, flights, monkeypatch):
    """A folder for a study in which the flights are there already, and whose figures nobody draws."""
    monkeypatch.setattr(figures, "draw", lambda make, name, folder: REPOSITORY / "docs" / "figures" / "tetrads.svg")
    target = tmp_path / "study"
    target.mkdir()
    (target / "flight").symlink_to(flights.path)
    return target


@pytest.fixture(scope="module")
def finished(tmp_path_factory, flights):
    target = tmp_path_factory.mktemp("finished")
    (target / "flight").symlink_to(flights.path)
    lines = []
    return study.run(TINY, target, num_threads=2, progress=False, say=lines.append), lines


def read(result, name):
    return pd.read_csv(result.tables[name], keep_default_na=False, na_values=[""])  # "null" is a dyad


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
        ours, theirs = (similarity.cosines(wide.loc[kind].to_numpy()) for kind in kinds)
        upper = np.triu_indices(row.networks, 1)
        assert row.within == pytest.approx(ours[upper].mean())
        assert row.within_control == pytest.approx(theirs[upper].mean())
    for name, path in result.tables.items():
        rows = json.loads(path.with_suffix(".json").read_text())
        assert len(rows) == len(read(result, name))


# ---- stopping and continuing -----------------------------------------------------------------------------------------


def assert_same_tables(one, other):
    for name in one.tables:
        assert one.tables[name].read_bytes() == other.tables[name].read_bytes(), name


class Killed(BaseException):
    pass


POINTS = [("motifs", "analyse", n) for n in (0, 4, 7)] + [
    ("storage", "write_json", 3),
    ("tables", "gather", 0),
    ("report", "write", 0),
]


@pytest.mark.parametrize(("module", "name", "after"), POINTS, ids=str)
def test_killed_and_continued(directory, finished, monkeypatch, module, name, after):
    owner = getattr(pipeline, module)
    real, calls = getattr(owner, name), []

    def fragile(*args, **options):
        calls.append(1)
        if len(calls) > after:
            raise Killed
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fragile)
        with pytest.raises(Killed):
            study.run(TINY, directory, progress=False)
    done = {path: path.stat().st_mtime_ns for path in directory.rglob("*.json") if path.name != "study.json"}
    result = study.run(TINY, directory, progress=False)
    assert_same_tables(result, finished[0])
    motif_files = [path for path in done if path.parent.name == "motifs"]
    assert all(path.stat().st_mtime_ns == done[path] for path in motif_files)  # not done twice


def test_killed_in_training(directory, finished, monkeypatch):
    stages = []

    def kill(_):
        stages.append(1)
        if len(stages) > 4:
            raise Killed

    real = train.run
    with monkeypatch.context() as patch:
        patch.setattr(train, "run", lambda *args, **options: real(*args, **(options | {"before_stage": kill})))
        with pytest.raises(Killed):
            study.run(TINY, directory, progress=False)
    assert_same_tables(study.run(TINY, directory, progress=False), finished[0])


def test_paused_again_and_again(directory, finished, monkeypatch):
    """Time is up at the fifth look, so every call gets a few steps further at most."""
    pauses = 0
    for _ in range(60):
        looks = iter([0] * 5)
        monkeypatch.setattr(pipeline, "_clock", lambda looks=looks: next(looks, 61))
        try:
            result = study.run(TINY, directory, stop_after=1, progress=False)
            break
        except study.Paused:
            pauses += 1
    assert 5 < pauses < 40
    assert_same_tables(result, finished[0])


def test_paused_between_flights(tmp_path, monkeypatch):
    monkeypatch.setattr(flight, "generate", partial(flight.generate, chunk_runs=400))
    looks = iter([0, 0, 0])  # the beginning and two chunks
    monkeypatch.setattr(pipeline, "_clock", lambda: next(looks, 61))
    with pytest.raises(study.Paused):
        study.run(TINY, tmp_path, stop_after=1, progress=False)
    assert len(list((tmp_path / "flight").glob("*.npy"))) == 2


def test_no_time_at_all(directory):
    with pytest.raises(study.Paused, match="paused after 0 minutes; run the same again"):
        study.run(TINY, directory, stop_after=0, progress=False)


def test_a_full_disk_leaves_what_is_finished(directory, finished, monkeypatch):
    real = storage.write_bytes

    def full(path, content):
        if path.name == "trained-0001.json":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            study.run(TINY, directory, progress=False)
    assert (directory / "networks-0000-0001" / "motifs" / "trained-0000.json").exists()
    assert_same_tables(study.run(TINY, directory, progress=False), finished[0])


def test_motifs_of_other_networks_are_made_anew(directory, finished):
    """As after networks were trained again, or a file was damaged."""
    study.run(TINY, directory, progress=False)
    files = sorted(directory.rglob("motifs/*.json"))
    assert len(files) == 9
    files[0].write_text(files[1].read_text())
    files[2].write_text(files[2].read_text()[:-100])
    old = json.loads(files[3].read_text())
    files[3].write_text(json.dumps(old | {"loss": [loss / 2 for loss in old["loss"]]}))
    files[4].write_text("[]")
    then = {path: path.stat().st_mtime_ns for path in files}
    assert_same_tables(study.run(TINY, directory, progress=False), finished[0])
    assert [path.stat().st_mtime_ns != then[path] for path in files] == [n in (0, 2, 3, 4) for n in range(9)]


def test_other_random_graphs_make_other_motifs(directory):
    """Even where the file that tells of the study is gone."""
    study.run(TINY, directory, progress=False)
    (directory / "study.json").unlink()
    result = study.run(replace(TINY, samples=13, stage_samples=9), directory, progress=False)
    assert set(read(result, "z").query("null == 'degree'")["samples"]) <= {9, 13}


def test_networks_trained_again(directory, finished, monkeypatch):
    """As on another machine, where rounding makes a network stop at another batch."""
    study.run(TINY, directory, progress=False)
    group = directory / "networks-0000-0001"
    for stage in range(3):
        (group / "trained" / f"stage-{stage:02d}.npz").unlink()
    real, lines = train.run, []
    with monkeypatch.context() as patch:
        shorter = replace(TINY.training, networks=2, max_batches=10)

        def run(config, data, path, **options):
            return real(shorter if path.name == "trained" and config.networks == 2 else config, data, path, **options)

        patch.setattr(train, "run", run)
        result = study.run(TINY, directory, progress=False, say=lines.append)
    assert any("shuffled: the trained networks are others now" in line for line in lines)
    table = read(result, "stages").query("network < 2")
    for condition in ("trained", "shuffled"):
        assert set(table[table["condition"] == condition]["batches"]) == {10}


def test_no_network_reaches_the_threshold(tmp_path, flights):
    (tmp_path / "flight").symlink_to(flights.path)
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
    (entry,) = json.loads(path.read_text())
    assert entry["motifcount"] == mc.__version__
    assert entry["training device"].startswith("cpu")
    monkeypatch.setattr(provenance, "version", lambda package: "9.9")
    provenance.note(path.parent, torch.device("cpu"))
    provenance.note(path.parent, torch.device("cpu"))
    assert [found["numpy"] for found in provenance.read(path.parent)] == [entry["numpy"], "9.9"]
    path.write_text(json.dumps([entry]))


# ---- what is refused -------------------------------------------------------------------------------------------------


def test_another_configuration_is_refused(finished):
    directory = finished[0].directory
    with pytest.raises(ValueError, match=r"training\.seed 1 instead of 2; samples 12 instead of 13"):
        study.run(replace(TINY, samples=13).with_seed(2), directory)
    with pytest.raises(ValueError, match=r"training\.layer_widths"):
        study.run("default", directory)


@pytest.mark.parametrize("content", ['{"config": ', "[]", '{"config": 3}'])
def test_a_damaged_file_is_named(directory, content):
    (directory / "study.json").write_text(content)
    with pytest.raises(ValueError, match=r"study\.json is damaged"):
        study.run(TINY, directory)


@pytest.mark.parametrize("minutes", [-1, math.nan, math.inf, "5"])
def test_bad_times(tmp_path, minutes):
    with pytest.raises(ValueError, match=r"stop_after must be a number of minutes, 0 or more, or None, not "):
        study.run(TINY, tmp_path / "none", stop_after=minutes)
    assert not (tmp_path / "none").exists()


def test_a_device_that_is_not_there_is_told_first(tmp_path):
    with pytest.raises(ValueError, match="device"):
        study.run(TINY, tmp_path / "none", device="tpu7")
    assert not (tmp_path / "none").exists()


def test_networks_that_do_not_fit_the_memory(directory, monkeypatch):
    def full(*args, **options):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(train, "run", full)
    with pytest.raises(MemoryError, match=r"2 networks together do not fit the memory of cpu; .*networks_together"):
        study.run(TINY, directory, progress=False)


def test_more_networks_keep_what_is_there(directory, finished):
    study.run(TINY.with_networks(2), directory, progress=False)
    first = {path: path.stat().st_mtime_ns for path in (directory / "networks-0000-0001").rglob("*")}
    result = study.run(TINY, directory, progress=False)
    assert_same_tables(result, finished[0])
    assert all(path.stat().st_mtime_ns == then for path, then in first.items())


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
    "threshold-text": ({"threshold": "low"}, ValueError, "threshold"),
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
    with pytest.raises(ValueError, match=r'"default" or "paper", not .papre. \(did you mean .paper.'):
        study.preset("papre")


# ---- the report ------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.references, self.text, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        self.references += [value for name, value in attrs if name in ("src", "href", "data", "srcset")]
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_the_report_stands_alone(finished):
    result, _ = finished
    page = Page()
    page.feed(result.report.read_text())
    assert page.open == []
    assert all(reference.startswith("data:") for reference in page.references)
    images = [r for r in page.references if r.startswith("data:image/svg+xml;base64,")]
    n_figures = len(list((result.directory / "figures").glob("*.svg")))
    assert len(images) == n_figures >= 4
    for image in images:
        assert ET.fromstring(base64.b64decode(image.split(",")[1])).tag.endswith("svg")
    assert all(path.with_suffix(".png").exists() for path in (result.directory / "figures").glob("*.svg"))
    text = " ".join(page.text)
    for wanted in (mc.__version__, "seed 1", "numpy", "bi-fan", '"permutations": 49'):
        assert wanted in text
    assert "nan" not in text.lower().split()

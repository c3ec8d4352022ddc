"""``motifcount compare`` prints what the function returns."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pytest

import motifcount as mc


@pytest.fixture
def networks(tmp_path):
    """Files of four networks, and what they hold."""
    draw = np.random.default_rng(1)
    graphs = {tmp_path / f"{k}.json": mc.Graph(draw.random((20, 20)) < 0.25) for k in range(4)}
    for path, graph in graphs.items():
        mc.files.write_graph(graph, path)
    return graphs


def named(networks):
    return {path.name: graph for path, graph in networks.items()}


def test_compare_prints_what_the_function_returns(run, networks, tmp_path):
    found = mc.compare(named(networks), list("abab"), null="dyad_count", samples=0)
    command = ("compare", *networks, "--groups", "a,b,a,b", "--null", "dyad_count", "--samples", 0)
    status, out, err = run(*command, "--json")
    assert (status, out) == (0, found.to_json() + "\n")
    assert err.count("motifcount: read ") == 4
    status, out, _ = run(*command, "--csv", "-q", "--plot", tmp_path / "map.svg")
    assert (tmp_path / "map.svg").stat().st_size > 1000
    assert np.allclose(pd.read_csv(io.StringIO(out), index_col="network"), found.similarity)
    status, out, _ = run(*command)
    assert status == 0
    assert f"cosine of z in {len(found.classes)} classes that vary in all; null model dyad_count, exact" in out
    assert f"{len(found.left_out)} classes left out, which vary in all but are few, or hardly vary" in " ".join(
        out.split()
    )
    assert f"{found.similarity[0, 1]:+.2f}" in out
    words = " ".join(out.split())
    assert f"between groups {found.test.between:+.3f}: p = {found.test.p:.4g} (one-sided, all 6 labelings)." in words


def test_compare_samples_each_network_with_a_seed_of_its_own(run, networks):
    found = mc.compare(named(networks), samples=20, seed=3, measure="correlation")
    status, out, _ = run("compare", *networks, "--samples", 20, "--seed", 3, "--measure", "correlation", "--json")
    assert (status, json.loads(out)["similarity"]) == (0, found.similarity.tolist())


def test_compare_refuses(run, networks):
    one = next(iter(networks))
    for args, says in (
        ((one,), "networks must be two or more, not 1"),
        ((one, one), "is given twice"),
        ((*networks, "--groups", "a,b"), "groups must have a label for each of 4 networks, not 2"),
        ((*networks, "--kept", 2), "--kept belongs to --null n_of_m, not to degree"),
    ):
        status, out, err = run("compare", *args, "-q")
        assert (status, out) == (2, "")
        assert says in err

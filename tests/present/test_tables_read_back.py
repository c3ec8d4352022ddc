"""Tables of results that pandas reads back: no class is lost, not the one called null either."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

import motifcount as mc
from motifcount.present import text

RING = np.roll(np.eye(7), 1, axis=1) + np.roll(np.eye(7), 2, axis=1)
SIGNED = mc.Graph(RING - 2 * np.roll(np.eye(7), 2, axis=1), layers=[0] * 7, kinds="sign")


def read_back(table):
    return pd.read_csv(io.StringIO(table), index_col="class", dtype={"class": str})


@pytest.mark.parametrize("size", [2, 3, 4, (2, 3), (2, 3, 4)])
def test_counts(size):
    counts = mc.count(RING, size)
    frame = counts.to_frame()
    assert frame.to_csv(lineterminator="\n") == text.counts_csv(counts)
    found = read_back(frame.to_csv())
    assert [counts[name] for name in found.index] == found["count"].tolist() == list(counts.values())


@pytest.mark.parametrize("table", ["by_block", "by_kind"])
def test_parts_of_counts(table):
    counts = mc.count(SIGNED, (2, 3), **{table: True})
    frame = counts.to_frame(**{table: True})
    assert frame.to_csv(lineterminator="\n") == text.counts_csv(counts)
    found = read_back(frame.to_csv())
    assert found.index.tolist() == frame.index.tolist()
    assert "null_dyad" in found.index


@pytest.mark.parametrize("size", [2, 3, 4, (2, 3)])
def test_significances(size):
    result = mc.significance(RING, "edge_count", size=size, samples=20, seed=1)
    found = read_back(result.to_frame().to_csv())
    assert [result.observed[name] for name in found.index] == found["observed"].tolist()
    assert len(found) == len(result.classes)
    np.testing.assert_allclose(found["z"], list(result.z.values()))
    assert found.index.tolist() == read_back(text.significance_csv(result)).index.tolist()


def test_significances_of_nodes():
    found = mc.node_significance(RING, "edge_count", size=2, samples=20, seed=1).to_frame()
    back = pd.read_csv(io.StringIO(found.to_csv()))
    assert sorted({*back["class"]}) == ["asymmetric", "mutual", "null_dyad"]

"""Counts in files come back equal; differences of counts."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc

SIGNED = np.array([[0, 1, -1, 0], [0, 0, 2, -3], [1, 0, 0, 1], [0, 0, 0, 0]])


def pendulum():
    return mc.datasets.load("pendulum")


COUNTS = {
    "plain": lambda: mc.count(SIGNED),
    "tetrads": lambda: mc.count(SIGNED, (2, 3, 4), induced=False),
    "large": lambda: mc.count(mc.Graph.from_edges([0, 1], [1, 2], 10**7)),
    "by block": lambda: mc.count(pendulum(), (3, 4), by_block=True),
    "by node": lambda: mc.count(SIGNED, (2, 3, 4), by_node=True),
    "by role": lambda: mc.count(pendulum(), (2, 4), by_role=True),
    "by arc": lambda: mc.count(SIGNED, by_arc=True),
    "by group": lambda: mc.count(mc.Graph(SIGNED, [0, 1, 1, 5]), by_group=True),
    "by kind": lambda: mc.count(mc.Graph(SIGNED, kinds="sign"), by_kind=True),
    "no nodes": lambda: mc.count(np.zeros((0, 0)), by_node=True),
}


@pytest.fixture(params=COUNTS)
def counts(request):
    return COUNTS[request.param]()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "counts.zip"


def test_saved_counts_come_back_equal(counts, path):
    counts.save(path)
    loaded = mc.MotifCounts.load(path)
    assert loaded == counts
    assert list(loaded) == list(counts)
    assert repr(loaded) == repr(counts)
    assert loaded.layer_names == counts.layer_names
    for what in ("by_block", "by_kind", "by_group"):
        assert repr(getattr(loaded, what)) == repr(getattr(counts, what))
    assert (loaded.arcs is None) == (counts.arcs is None)
    assert counts.arcs is None or np.array_equal(loaded.arcs, counts.arcs)
    for what in ("by_node", "by_arc"):
        columns, back = getattr(counts, what), getattr(loaded, what)
        assert (back is None) == (columns is None)
        for name, column in (columns or {}).items():
            assert back[name].dtype == np.int64
            assert np.array_equal(back[name], column)


def test_some_classes_and_what_they_are_broken_down_by(counts, path):
    names = list(counts)[::-2]
    chosen = counts.select(names)
    assert isinstance(chosen, mc.MotifCounts)
    assert list(chosen.items()) == [(name, counts[name]) for name in names]
    assert (chosen.is_selection, counts.is_selection) == (True, False)
    chosen.save(path)
    loaded = mc.MotifCounts.load(path)
    assert (loaded, loaded.is_selection, list(loaded)) == (chosen, True, names)
    for what in ("by_block", "by_kind", "by_group", "by_node", "by_role", "by_arc"):
        whole, part, back = (getattr(each, what) for each in (counts, chosen, loaded))
        assert (whole is None) == (part is None) == (back is None)
        if whole is not None:
            assert type(part) is type(whole)
            assert list(part) == list(back) == names
            assert repr(part) == repr(back) == repr(whole.select(names))
    with pytest.raises(KeyError, match="no class"):
        counts.select(["no class"])
    for refused in ([], "030T"):
        with pytest.raises((TypeError, ValueError), match="names must"):
            counts.select(refused)


def test_the_most_frequent_classes_first(counts):
    by_size = counts.sort()
    assert list(by_size.values()) == sorted(counts.values(), reverse=True)
    assert by_size == counts
    assert not by_size.is_selection
    assert list(by_size.select(list(counts)[:2])) == list(counts)[:2]


def test_what_was_not_selected_is_not_0(path):
    chosen = mc.count(SIGNED, 4, by_role=True).select(mc.LAYERED_TETRADS)
    chosen.save(path)
    for each in (chosen, mc.MotifCounts.load(path)):
        for table in (each, each.by_node, each.by_role):
            with pytest.raises(KeyError):
                (table or {})["31710"]
    layered = mc.count(pendulum(), 4)
    assert layered.sort()["31710"] == layered["31710"] == 0


def test_names_of_layers_and_of_kinds(path):
    torch = pytest.importorskip("torch")
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2))
    mc.count(mc.Graph.from_module(net), 3, by_block=True).save(path)
    loaded = mc.MotifCounts.load(path)
    assert list(loaded.rows_by_block()) == list(mc.count(mc.Graph.from_module(net), 3, by_block=True).rows_by_block())
    COUNTS["by kind"]().save(path)
    assert list(mc.MotifCounts.load(path).rows_by_kind()) == list(COUNTS["by kind"]().rows_by_kind())


def test_classes_that_a_layered_graph_cannot_hold(path):
    counts = mc.count(pendulum(), 4, by_block=True, by_node=True)
    counts.save(path)
    loaded = mc.MotifCounts.load(path)
    assert loaded["31710"] == counts["31710"] == 0
    assert dict(loaded.by_block["31710"]) == dict(counts.by_block["31710"]) == {}
    assert np.array_equal(loaded.by_node["31710"], counts.by_node["31710"])


def test_other_files_are_refused(path, tmp_path):
    mc.significance(SIGNED, samples=3, seed=1).save(path)
    with pytest.raises(ValueError, match="motifcount counts"):
        mc.MotifCounts.load(path)
    COUNTS["by node"]().save(path)
    with pytest.raises(ValueError, match="motifcount significance"):
        mc.Significance.load(path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ValueError, match="damaged"):
        mc.MotifCounts.load(path)
    with pytest.raises(FileNotFoundError):
        mc.MotifCounts.load(tmp_path / "none.zip")


def test_differences():
    one, other = mc.count(SIGNED), mc.count(SIGNED.T * (SIGNED.T > 0))
    assert dict(one - other) == {name: one[name] - other[name] for name in one}
    assert set((one - one).values()) == {0}
    layered, plain = mc.count(pendulum(), 4), mc.count(mc.Graph(pendulum().to_scipy()).to_scipy(), 4)
    with_loop = mc.count(np.roll(np.eye(5), 1, 0), 4)
    difference = layered - with_loop
    assert difference["bifan"] == layered["bifan"] == plain["bifan"]
    assert sum(difference.values()) == sum(layered.values()) - sum(with_loop.values())
    assert (with_loop - layered)["31710"] == 0
    with pytest.raises(ValueError, match="same sizes"):
        mc.count(SIGNED, 2) - mc.count(SIGNED, 3)
    with pytest.raises(TypeError):
        one - 3

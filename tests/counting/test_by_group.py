"""by_group: every count broken down by the groups of the nodes in the roles of a motif."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from support.strategies import digraphs, node_layers


def brute_force(n, arcs, size, group, *, induced=True):
    """Class name -> {groups of its nodes, in the first of all orders: count}, by trying every set of nodes."""
    found = {name: Counter() for name in mc.CLASSES[size]}
    for nodes in combinations(range(n), size):
        inside = [arc for arc in arcs if {*arc} <= {*nodes}]
        parts = [inside] if induced else [part for k in range(len(inside) + 1) for part in combinations(inside, k)]
        for part in parts:
            for name in mc.CLASSES[size]:
                ways = [o for o in permutations(nodes) if {(o[u], o[v]) for u, v in mc.ARCS[name]} == {*part}]
                if ways:
                    found[name][min(tuple(group[v] for v in order) for order in ways)] += 1
    return {name: dict(counts) for name, counts in found.items()}


def by_group(graph, size, **options):
    """The breakdown as plain dicts, after checking that it adds up."""
    counts = mc.count(graph, size, by_group=True, **options)
    assert counts == mc.count(graph, size, **options)
    assert {name: sum(groups.values()) for name, groups in counts.by_group.items()} == counts
    return {name: dict(groups) for name, groups in counts.by_group.items()}


@given(st.data(), digraphs(max_nodes=9))
def test_any_groups_on_any_digraph_equal_brute_force(data, drawn):
    layers = data.draw(node_layers(drawn.n).filter(bool))
    for size in (2, 3):
        assert by_group(drawn.graph(layers), size) == brute_force(drawn.n, drawn.arcs, size, layers)


@given(st.data(), digraphs(max_nodes=6))
def test_subgraphs_equal_brute_force(data, drawn):
    layers = data.draw(node_layers(drawn.n).filter(bool))
    for size in (2, 3):
        expected = brute_force(drawn.n, drawn.arcs, size, layers, induced=False)
        assert by_group(drawn.graph(layers), size, induced=False) == expected


@given(st.data(), digraphs(max_nodes=9))
def test_without_regard_to_roles_it_is_by_block(data, drawn):
    graph = drawn.graph(data.draw(node_layers(drawn.n).filter(bool)))
    counts = mc.count(graph, by_group=True, by_block=True)
    for name, blocks in counts.by_block.items():
        sums = Counter()
        for groups, n in counts.by_group[name].items():
            sums[tuple(sorted(groups))] += n
        assert sums == blocks


@pytest.mark.parametrize(
    ("n_groups", "n_dyads", "n_triads"), [(1, 2, 13), (2, 7, 86), (3, 15, 273), (4, 26, 628), (5, 40, 1205)]
)
def test_numbers_of_classes(n_groups, n_dyads, n_triads):
    """Of connected motifs, in a random graph so large that each occurs."""
    rng = np.random.default_rng(1)
    graph = mc.Graph(rng.random((120, 120)) < 0.5, layers=np.arange(120) % n_groups)
    counts = mc.count(graph, by_group=True).by_group
    assert sum(len(counts[name]) for name in ("mutual", "asymmetric")) == n_dyads
    connected = [name for name in mc.CLASSES[3] if name not in ("003", "012", "102")]
    assert sum(len(counts[name]) for name in connected) == n_triads


def test_groups_are_looked_up_in_any_order_of_a_role():
    layers = [0, 1, 2]
    graph = access.named(mc.Graph.from_edges([0, 1, 0], [1, 2, 2], layers=layers), ("sensory", "inter", "motor"))
    counts = mc.count(graph, by_group=True).by_group
    assert list(counts["030T"]) == [("sensory", "inter", "motor")]
    assert counts["030T"]["sensory", "inter", "motor"] == 1
    assert counts["030T"]["motor", "inter", "sensory"] == 0
    assert counts["asymmetric"]["sensory", "motor"] == 1
    assert counts["asymmetric"]["motor", "sensory"] == 0
    for wrong in (("sensory", "inter", "muscle"), ("sensory", "inter")):
        with pytest.raises(KeyError):
            counts["030T"][wrong]
    star = mc.count(mc.Graph.from_edges([0, 0], [1, 2], layers=[0, 7, 3]), by_group=True).by_group["021D"]
    assert star[0, 7, 3] == star[0, 3, 7] == 1
    assert star[3, 0, 7] == 0


def test_what_hubs_make_is_exact():
    """Pairs of neighbours pass 2**32."""
    n = 2**17
    graph = mc.Graph.from_edges(np.zeros(n, int), np.arange(1, n + 1), n + 1, layers=np.r_[0, np.ones(n, int)])
    assert mc.count(graph, 3, by_group=True).by_group["021D"][0, 1, 1] == n * (n - 1) // 2


@pytest.mark.parametrize("num_threads", [1, 3])
def test_rows_and_frames(num_threads, tmp_path):
    rng = np.random.default_rng(2)
    graph = mc.Graph(rng.random((40, 40)) < 0.2, layers=rng.integers(0, 3, 40))
    counts = mc.count(graph, by_group=True, num_threads=num_threads)
    rows = list(counts.rows_by_group())
    assert sum(n for name, _, n in rows if name == "030T") == counts["030T"]
    assert list(counts.to_frame(by_group=True).itertuples(name=None)) == [
        (name if name != "null" else "null_dyad", groups, n) for name, groups, n in rows
    ]
    path = tmp_path / "counts.zip"
    counts.save(path)
    assert mc.MotifCounts.load(path).by_group == counts.by_group
    assert mc.MotifCounts.load(path).by_group["030T"][0, 1, 2] == counts.by_group["030T"][0, 1, 2]
    with pytest.raises(ValueError, match="counts by group were not asked for"):
        list(mc.count(graph).rows_by_group())


def test_what_it_needs():
    with pytest.raises(ValueError, match="by_group needs nodes in groups"):
        mc.count(np.eye(3, k=1), by_group=True)
    with pytest.raises(NotImplementedError, match="leave out size 4"):
        mc.count(mc.Graph(np.eye(3, k=1), [0, 0, 1]), 4, by_group=True)
    with pytest.raises(NotImplementedError, match="at most 32 groups"):
        mc.count(mc.Graph(np.eye(40, k=1), range(40)), by_group=True)

"""Counts by the kinds of edges, against brute force, and what signs mean."""

from __future__ import annotations

import pickle
from collections import Counter
from itertools import combinations, permutations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from motifcount.motifs import wording
from motifcount.motifs.kinds import kinded_classes
from support.strategies import digraphs, nets

SIGNS = ("+", "-")

# The loops as Mangan and Alon draw them: the signs of X -> Y, Y -> Z and X -> Z.
LOOPS = {"C1": "+++", "C2": "-+-", "C3": "+--", "C4": "--+", "I1": "+-+", "I2": "---", "I3": "++-", "I4": "-++"}


@given(st.data(), nets(max_width=5), st.integers(1, 3), st.sampled_from([1, 3]))
def test_layered_tetrads_against_brute_force(data, net, n_kinds, threads):
    plain = net.graph()
    kinds = data.draw(st.lists(st.sampled_from("abc"[:n_kinds]), min_size=plain.n_edges, max_size=plain.n_edges))
    graph = mc.Graph(plain, kinds=kinds)
    counts = mc.count(graph, (3, 4), by_kind=True, num_threads=threads)
    assert counts == mc.count(plain, (3, 4))
    assert mc.count(graph, 4, by_kind=True, induced=False) == mc.count(plain, 4, induced=False)
    src, dst = (ends.tolist() for ends in access.edge_arrays(graph))
    kind_of = dict(zip(zip(src, dst, strict=True), kinds, strict=True))
    expected = Counter()
    for nodes in combinations(range(graph.n_nodes), 4):
        among = {(u, v): kind_of[u, v] for u, v in permutations(nodes, 2) if (u, v) in kind_of}
        if among and nx.is_connected(nx.Graph([*among, *((u, u) for u in nodes)])):
            expected[form(nodes, among)] += 1
    found = Counter()
    for name in mc.LAYERED_TETRADS:
        for each, n in counts.by_kind[name].items():
            if n:
                found[form(range(4), dict(zip(sorted(mc.ARCS[name]), each, strict=True)))] += n
    assert found == expected


def test_signed_layered_tetrads():
    graph = mc.Graph(mc.Graph.from_layers([np.ones((2, 2))]), kinds=list("++--"))
    counts = mc.count(graph, 4, by_kind=True)
    assert {name: len(found) for name, found in counts.by_kind.items()} == {
        **dict.fromkeys(("out_star", "in_star"), 4),
        **dict.fromkeys(("chain4", "chain_then_in", "out_then_chain", "zigzag"), 8),
        **dict.fromkeys(("y_out", "y_in"), 6),
        "bifan": 7,
        "biparallel": 10,
    }
    assert [row for row in counts.rows_by_kind() if row[-1]] == [("bifan", "++--", "", "coherent", 1)]
    assert counts.by_kind["bifan"]["-", "-", "+", "+"] == 1
    shuffled = mc.significance(graph, "kinds", size=4, by_kind=True, samples=20, seed=1)
    assert shuffled.status["bifan ++--"] == "varies"
    plain = mc.Graph.from_edges([0, 0, 1, 1], [2, 3, 2, 3], kinds=list("++--"))  # with levels, and no layers
    assert mc.significance(plain, "kinds", size=4, by_kind=True, samples=20, seed=1).z["bifan ++--"] == pytest.approx(
        shuffled.z["bifan ++--"]
    )
    with pytest.raises(NotImplementedError, match="by_kind counts dyads and triads, and tetrads where"):
        mc.count(mc.Graph(np.triu(np.ones((5, 5)), 1), kinds="sign"), 4, by_kind=True)
    with pytest.raises(NotImplementedError, match='by_kind tests tetrads with null="kinds" alone'):
        mc.significance(graph, mc.nulls.Degree(keep_kinds=True), size=4, by_kind=True, samples=3)


def form(nodes, kind_of):
    """The smallest of all ways to write the kinds among a few nodes."""
    return min(
        tuple(str(kind_of.get((u, v), "")) for u in order for v in order if u != v) for order in permutations(nodes)
    )


def forms_counted(counts, sizes=(2, 3)):
    """By form, its count among the classes of these sizes, those that are 0 left out."""
    found = Counter()
    for name, by_kind in counts.by_kind.items():
        size = 2 if name in mc.CLASSES[2] else 3
        if size in sizes:
            for kinds, n in by_kind.items():
                if n:
                    found[size, form(range(size), dict(zip(read_arcs(name), kinds, strict=True)))] += n
    return +found


def read_arcs(name):
    """The arcs of a class in the order of the arrows in its text."""
    arcs = []
    for walk in wording.arrows(name).split(";"):
        words = walk.split()
        for first, arrow, second in zip(words[::2], words[1::2], words[2::2], strict=False):
            u, v = "abc".index(first), "abc".index(second)
            arcs += {"→": [(u, v)], "←": [(v, u)], "⇄": [(u, v), (v, u)]}[arrow]
    return arcs


def forms_by_force(n, kind_of):
    found = Counter()
    for size in (2, 3):
        for nodes in combinations(range(n), size):
            among = {(u, v): kind_of[u, v] for u, v in permutations(nodes, 2) if (u, v) in kind_of}
            found[size, form(nodes, among)] += 1
    return found


def graph_of(n, kind_of):
    return mc.Graph.from_edges([u for u, _ in kind_of], [v for _, v in kind_of], n, kinds=list(kind_of.values()))


def every_signed_digraph(n):
    pairs = list(permutations(range(n), 2))
    for kinds in product(("", *SIGNS), repeat=len(pairs)):
        yield {pair: kind for pair, kind in zip(pairs, kinds, strict=True) if kind}


def test_every_signed_digraph_of_three_nodes():
    forms = set()
    for kind_of in every_signed_digraph(3):
        if set(kind_of.values()) != set(SIGNS):
            continue  # below, by labels that are not there
        counts = mc.count(graph_of(3, kind_of), by_kind=True)
        assert forms_counted(counts) == forms_by_force(3, kind_of)
        forms.add(form(range(3), kind_of))
        assert sum(len(by_kind) for name, by_kind in counts.by_kind.items() if name in mc.CLASSES[3]) == 138
    assert len(forms) == 138 - 16 - 15  # those of one sign: all plain classes, of which one has no arc


@given(st.data(), digraphs(9), st.integers(1, 4), st.sampled_from([1, 2, 3]))
def test_against_brute_force(data, drawn, n_kinds, threads):
    arcs = sorted(drawn.arcs)
    kinds = data.draw(st.lists(st.sampled_from("abcd"[:n_kinds]), min_size=len(arcs), max_size=len(arcs)))
    kind_of = dict(zip(arcs, kinds, strict=True))
    graph = graph_of(drawn.n, kind_of)
    counts = mc.count(graph, by_kind=True, num_threads=threads)
    if arcs:
        assert forms_counted(counts) == forms_by_force(drawn.n, kind_of)
    plain = mc.count(graph)
    assert counts == plain
    assert {name: sum(found.values()) for name, found in counts.by_kind.items()} == dict(plain)
    subgraphs = mc.count(graph, induced=False, by_kind=True)
    assert dict(subgraphs) == dict(mc.count(graph, induced=False))


@given(st.data(), digraphs(8))
def test_symmetries(data, drawn):
    arcs = sorted(drawn.arcs)
    if not arcs:
        return
    kinds = data.draw(st.lists(st.sampled_from(SIGNS), min_size=len(arcs), max_size=len(arcs)))
    kind_of = dict(zip(arcs, kinds, strict=True))
    found = forms_counted(mc.count(graph_of(drawn.n, kind_of), by_kind=True))
    back = {(v, u): kind for (u, v), kind in kind_of.items()}
    reversed_ = forms_counted(mc.count(graph_of(drawn.n, back), by_kind=True))
    flip = {"+": "-", "-": "+", "": ""}
    flipped = forms_counted(mc.count(graph_of(drawn.n, {arc: flip[k] for arc, k in kind_of.items()}), by_kind=True))

    def moved(change):
        result = Counter()
        for (size, words), n in found.items():
            pairs = list(permutations(range(size), 2))
            one = {pair: kind for pair, kind in zip(pairs, words, strict=True) if kind}
            result[size, form(range(size), change(one))] += n
        return result

    assert reversed_ == moved(lambda one: {(v, u): kind for (u, v), kind in one.items()})
    assert flipped == moved(lambda one: {arc: flip[kind] for arc, kind in one.items()})


def test_loops_by_name():
    assert dict(mc.FEED_FORWARD_LOOPS) == {name: tuple(signs) for name, signs in LOOPS.items()}
    for name, signs in LOOPS.items():
        counts = mc.count(mc.Graph.from_edges([0, 1, 0], [1, 2, 2], kinds=list(signs)), 3, by_kind=True)
        (row,) = [row for row in counts.rows_by_kind() if row[0] == "030T" and row[-1]]
        parity = "coherent" if signs.count("-") % 2 == 0 else "incoherent"
        assert row == ("030T", signs, name, parity, 1)
        assert counts.by_kind["feed_forward_loop"][mc.FEED_FORWARD_LOOPS[name]] == 1
        assert (name[0] == "C") == (parity == "coherent")


def balanced_by_cycles(arcs, kinds):
    """Whether signs multiply to + around every cycle of the skeleton, each cycle looked at; None without any."""
    links = [(frozenset(arc), kind) for arc, kind in zip(arcs, kinds, strict=True)]
    products = [
        sum(kind == "-" for _, kind in part) % 2 == 0
        for size in (2, 3)
        for part in combinations(links, size)
        if all(sum(node in link for link, _ in part) in (0, 2) for node in range(3))
    ]
    return all(products) if products else None


@pytest.mark.parametrize("family", ["dyads", "triads"])
def test_parity(family):
    words = {None: "", True: "coherent", False: "incoherent"}
    for found in kinded_classes(family, SIGNS):
        expected = balanced_by_cycles(read_arcs(found.plain), found.kinds) if found.kinds else None
        assert found.parity == words[expected], found
    loops = {found.kinds: found.term for found in kinded_classes("triads", SIGNS) if found.plain == "030C"}
    positive, negative = "positive loop", "negative loop"
    assert loops == {
        ("+", "+", "+"): positive,
        ("+", "-", "-"): positive,
        ("+", "+", "-"): negative,
        ("-", "-", "-"): negative,
    }
    assert [found.term for found in kinded_classes("dyads", SIGNS)] == [positive, negative, positive, "", "", ""]


def test_kinds_that_are_no_signs():
    counts = mc.count(mc.Graph.from_edges([0, 1, 0], [1, 2, 2], kinds=["+", "?", "-"]), by_kind=True)
    rows = [row for row in counts.rows_by_kind() if row[0] == "030T" and row[-1]]
    assert rows == [("030T", "+?-", "", "unknown", 1)]
    counts = mc.count(mc.Graph.from_edges([0, 1, 0], [1, 2, 2], kinds=["act", "rep", "act"]), 3, by_kind=True)
    rows = [row for row in counts.rows_by_kind() if row[0] == "030T" and row[-1]]
    assert rows == [("030T", "act, rep, act", "", "", 1)]


def test_any_order_of_the_same_motif():
    counts = mc.count(mc.Graph.from_edges([0, 0], [1, 2], kinds=["+", "-"]), by_kind=True)
    assert counts.by_kind["021D"]["+", "-"] == counts.by_kind["021D"]["-", "+"] == 1
    assert list(counts.by_kind["021D"]) == [("+", "+"), ("+", "-"), ("-", "-")]
    with pytest.raises(KeyError):
        counts.by_kind["021D"]["+"]


def test_many_kinds_of_ways_to_the_same_counts():
    masks = [np.array([[1.0, -2], [3, -4], [0, 5]]), np.array([[1.0, -1], [1, 1]])]
    layered = mc.Graph.from_layers(masks, kinds="sign")
    found = mc.count(layered, by_kind=True, by_block=True, by_node=True)
    plain = mc.Graph(mc.Graph(layered.to_scipy(), kinds="sign"))
    assert found.by_kind["021C"] == mc.count(plain, by_kind=True).by_kind["021C"]
    assert found.by_block is not None
    assert found.by_node is not None
    assert pickle.loads(pickle.dumps(found)).by_kind["021C"] == found.by_kind["021C"]


def test_tables():
    counts = mc.count(mc.Graph(np.array([[0, 1, -1], [0, 0, 1], [0, 0, 0]]), kinds="sign"), 3, by_kind=True)
    frame = counts.to_frame(by_kind=True)
    assert list(frame.columns) == ["kinds", "name", "parity", "count"]
    assert len(frame) == 138
    assert frame[frame["count"] > 0].reset_index().to_numpy().tolist() == [["030T", "++-", "I3", "incoherent", 1]]
    assert mc.count(np.eye(3, k=1)).by_kind is None


def test_where_there_is_nothing():
    for graph in (mc.Graph(np.zeros((3, 3)), kinds="sign"), mc.Graph.from_edges([], [], 3, kinds=[])):
        counts = mc.count(graph, by_kind=True)
        assert counts == mc.count(graph)
        assert (counts.by_kind["003"][()], sum(counts.by_kind["030T"].values())) == (1, 0)
    assert dict(mc.count(mc.Graph(np.zeros((0, 0)), kinds="sign"), by_kind=True).by_kind["003"]) == {(): 0}


def test_counts_that_need_more_than_64_bits():
    n = 5_000_000
    sources = np.zeros(n, dtype=np.int64)
    graph = mc.Graph.from_edges(sources, np.arange(1, n + 1), kinds=np.where(np.arange(n) % 2, "-", "+"))
    half = n // 2
    assert mc.count(graph, 3, by_kind=True).by_kind["021D"]["+", "-"] == half * half
    isolated = mc.Graph.from_edges([0], [1], 2**33, kinds=["+"])
    assert mc.count(isolated, 3, by_kind=True).by_kind["003"][()] == mc.count(isolated, 3)["003"] > 2**63


def test_what_is_refused():
    with pytest.raises(ValueError, match="by_kind needs edges with kinds"):
        mc.count(np.eye(3, k=1), by_kind=True)
    with pytest.raises(ValueError, match="were not asked for"):
        mc.count(np.eye(3, k=1)).to_frame(by_kind=True)
    with pytest.raises(ValueError, match="must not both be True"):
        mc.count(np.eye(3, k=1)).to_frame(by_kind=True, by_block=True)

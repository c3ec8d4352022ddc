"""What is known of every motif class, against all digraphs of its size and NetworkX."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations, permutations, product
from math import factorial
from random import Random

import networkx as nx
import pytest

import motifcount as mc
from motifcount.motifs.classes import ALIASES, ARCS, CLASSES
from motifcount.motifs.families import DYADS, FAMILIES, LAYERED_TETRADS, TETRADS, TRIADS, find
from support import oracles

CASES = [pytest.param(family, id=family.name) for family in FAMILIES]
CONNECTED_SKELETONS = {"claw": 10, "path": 15, "paw": 45, "cycle": 15, "diamond": 72, "K4": 42}
SKELETONS = {
    "claw": nx.star_graph(3),
    "path": nx.path_graph(4),
    "paw": nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3)]),
    "cycle": nx.cycle_graph(4),
    "diamond": nx.Graph([(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)]),
    "K4": nx.complete_graph(4),
}


def as_networkx(size, arcs):
    graph = nx.DiGraph(list(arcs))
    graph.add_nodes_from(range(size))
    return graph


@cache
def number(size, arcs):
    """The least sum of 2^(4 i + j) over the arcs i -> j, in any order of the nodes."""
    return min(sum(1 << (4 * order[u] + order[v]) for u, v in arcs) for order in permutations(range(size)))


@cache
def all_arcs(size):
    pairs = list(permutations(range(size), 2))
    codes = product((False, True), repeat=len(pairs))
    return [frozenset(pair for pair, there in zip(pairs, code, strict=True) if there) for code in codes]


def numbers_of(family):
    return {number(family.size, arcs): name for name, arcs in family.arcs.items()}


def test_tetrads_are_all_connected_digraphs_of_four_nodes():
    expected = {number(4, arcs) for arcs in all_arcs(4) if nx.is_weakly_connected(as_networkx(4, arcs))}
    assert [number(4, arcs) for arcs in TETRADS.arcs.values()] == sorted(expected)
    assert (min(expected), max(expected), len(expected)) == (14, 31710, 199)
    skeletons = Counter()
    for arcs in TETRADS.arcs.values():
        skeleton = nx.Graph(list(arcs))
        skeletons.update(name for name, graph in SKELETONS.items() if nx.is_isomorphic(skeleton, graph))
    assert skeletons == CONNECTED_SKELETONS


def test_tetrads_are_named_by_their_number_and_layered_ones_by_their_word():
    for name, arcs in TETRADS.arcs.items():
        of_class = str(number(4, arcs))
        assert name == TETRADS.aliases.get(of_class, of_class)
        if name not in LAYERED_TETRADS.arcs:
            assert sum(1 << (4 * u + v) for u, v in arcs) == int(name)
    assert set(TETRADS.aliases.values()) == set(LAYERED_TETRADS.names)
    published = {"chain4": "328", "bifan": "204", "biparallel": "904"}
    assert {name: alias for alias, name in TETRADS.aliases.items() if name in published} == published
    assert "4740" in TETRADS.arcs  # the directed loop
    assert all(TETRADS.arcs[name] == arcs for name, arcs in LAYERED_TETRADS.arcs.items())


@pytest.mark.parametrize("family", [DYADS, TRIADS, LAYERED_TETRADS], ids=lambda family: family.name)
def test_words_and_m_a_n_names_mean_their_drawings(family):
    assert family.names == tuple(oracles.ARCS[family.size])
    for name, arcs in oracles.ARCS[family.size].items():
        assert nx.is_isomorphic(as_networkx(family.size, family.arcs[name]), as_networkx(family.size, arcs))
    if family is not LAYERED_TETRADS:
        assert set(numbers_of(family)) == {number(family.size, arcs) for arcs in all_arcs(family.size)}


def test_any_four_nodes_are_isomorphic_to_their_class_and_to_no_other_by_networkx():
    names = numbers_of(TETRADS)
    connected = [arcs for arcs in all_arcs(4) if number(4, arcs) in names]
    for arcs in Random(1).sample(connected, 60):
        own = names[number(4, arcs)]
        alike = [name for name, other in TETRADS.arcs.items() if len(other) == len(arcs)]
        graph = as_networkx(4, arcs)
        assert [name for name in alike if nx.is_isomorphic(graph, as_networkx(4, TETRADS.arcs[name]))] == [own]


@pytest.mark.parametrize("family", CASES)
def test_roles_are_orbits_of_the_automorphisms(family):
    for name, arcs in family.arcs.items():
        graph = as_networkx(family.size, arcs)
        automorphisms = list(nx.isomorphism.DiGraphMatcher(graph, graph).isomorphisms_iter())
        orbits = [min(mapping[node] for mapping in automorphisms) for node in range(family.size)]
        assert family.roles[name] == tuple(orbits)
        assert family.labelled[name] == factorial(family.size) / len(automorphisms)


def test_numbers_of_roles():
    roles = {family.name: sum(len(set(roles)) for roles in family.roles.values()) for family in FAMILIES}
    assert roles == {"dyads": 4, "triads": 36, "layered_tetrads": 31, "tetrads": 697}
    connected = [name for name, arcs in TRIADS.arcs.items() if len({v for arc in arcs for v in arc}) == 3]
    assert sum(len(set(TRIADS.roles[name])) for name in connected) == 30


@pytest.mark.parametrize("family", CASES)
def test_reversal_and_complement(family):
    names = numbers_of(family)
    everything = set(permutations(range(family.size), 2))
    for name, arcs in family.arcs.items():
        assert family.reversed[name] == names[number(family.size, frozenset((v, u) for u, v in arcs))]
        assert family.complement.get(name) == names.get(number(family.size, frozenset(everything - arcs)))
    if family is TRIADS:
        mirrored = {name: name.translate(str.maketrans("DU", "UD")) for name in TRIADS.names}
        assert family.reversed == mirrored


@pytest.mark.parametrize("family", CASES)
def test_containment_counts_the_subsets_of_arcs(family):
    names = numbers_of(family)
    contained = family.containment()
    for j, (outer, arcs) in enumerate(family.arcs.items()):
        subsets = (frozenset(subset) for k in range(len(arcs) + 1) for subset in combinations(sorted(arcs), k))
        found = Counter(names.get(number(family.size, subset)) for subset in subsets)
        assert contained[:, j].tolist() == [found[name] for name in family.names], outer


def test_public_names():
    assert {size: tuple(names) for size, names in CLASSES.items()} == {
        2: DYADS.names,
        3: TRIADS.names,
        4: TETRADS.names,
    }
    assert list(ARCS) == [*DYADS.names, *TRIADS.names, *TETRADS.names]
    assert mc.CLASSES is CLASSES
    assert LAYERED_TETRADS.names == mc.LAYERED_TETRADS
    assert {**DYADS.aliases, **TRIADS.aliases, **TETRADS.aliases} == {**ALIASES}


def test_find_by_name_and_alias():
    assert find("bifan") == (LAYERED_TETRADS, "bifan")
    assert find("204") == (TETRADS, "bifan")
    assert find("13260") == (TETRADS, "13260")
    assert find("chain") == (TRIADS, "021C")
    with pytest.raises(
        ValueError,
        match=r"name must be a motif class such as 030T, bifan or 4740, not 'bifam' \(did you mean 'bifan'\?\)",
    ):
        find("bifam")
    with pytest.raises(TypeError, match="name must be a motif class such as 030T, bifan or 4740, not 204"):
        find(204)

"""Comparison of networks: similarity of profiles against scipy and numpy, its test by groups, null case and power."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest
from scipy.cluster.hierarchy import cophenet
from scipy.spatial.distance import cdist
from scipy.stats import kstest

import motifcount as mc

COMMON = {"null": "edge_count", "samples": 0}


def network(draw, n, kind="random"):
    """A digraph of random edges, or, of as many, one of directed 3-cycles or of feed-forward loops."""
    if kind == "random":
        return draw.random((n, n)) < 6 / n
    matrix = np.zeros((n, n), bool)
    for _ in range(2 * n):
        a, b, c = draw.choice(n, 3, replace=False)
        last = (c, a) if kind == "cycles" else (a, c)
        matrix[a, b] = matrix[b, c] = matrix[last] = True
    return matrix


@pytest.fixture(scope="module")
def results(nets):
    return {name: mc.significance(net, **COMMON) for name, net in nets.items()}


@pytest.fixture(scope="module")
def nets():
    """Networks of three sizes and two kinds."""
    draw = np.random.default_rng(5)
    return {f"{kind}-{n}": network(draw, n, kind) for n in (20, 30, 60) for kind in ("loops", "cycles")}


def test_cosines_and_correlations_of_z(nets, results):
    found = mc.compare(results)
    z = np.array([[result.z[name] for name in found.classes] for result in results.values()])
    assert not any(result.few[name] for result in results.values() for name in found.classes)
    assert {result.status[name] for result in results.values() for name in found.classes} == {"varies"}
    assert np.allclose(found.similarity, 1 - cdist(z, z, "cosine"))
    assert np.allclose(mc.compare(results, measure="correlation").similarity, np.corrcoef(z))
    assert np.allclose(np.linalg.norm(found.profiles, axis=1), 1)
    assert (found.names, found.test, found.groups) == (tuple(nets), None, None)
    assert mc.compare(list(nets.values()), **COMMON).similarity.tolist() == found.similarity.tolist()
    assert mc.compare([results["loops-20"], nets["loops-30"]], **COMMON).names == ("1", "2")


def test_only_classes_that_vary_in_all():
    """Without mutual pairs, dyad_count fixes all triads that have some."""
    draw = np.random.default_rng(1)
    results = [mc.significance(net, "dyad_count", samples=0) for net in (cyclic(draw), network(draw, 15))]
    one, two = ({name for name in result.classes if result.status[name] == "varies"} for result in results)
    found = mc.compare(results)
    assert {*found.classes, *found.left_out} == one & two == {"021D", "021U", "021C", "030T", "030C"} & two
    assert one < two


def test_classes_of_few_counts_are_left_out_and_told(results):
    """Of these the z has no distribution that is known, and changes much with the seed."""
    found = mc.compare(results)
    few = {name for result in results.values() for name in result if result.few[name]}
    assert found.left_out
    assert set(found.left_out) <= few
    assert not few & set(found.classes)
    assert f"\n  {len(found.left_out)} classes left out, which vary but are few, or hardly vary" in repr(found)
    assert json.loads(found.to_json())["left_out"] == list(found.left_out)
    sparse = mc.significance(np.eye(40, k=1, dtype=bool) | np.eye(40, k=-5, dtype=bool), samples=50, seed=1)
    with pytest.raises(ValueError, match=r"few in none, not \d.* more var(y|ies), but (are|is) few, or hardly var"):
        mc.compare([sparse, sparse])


def cyclic(draw):
    """A digraph without mutual pairs, with cycles."""
    upper = np.triu(draw.random((15, 15)), 1)
    return (upper > 0.8) | ((upper > 0.6) & (upper < 0.8)).T


def test_networks_of_other_sizes_are_alike_if_their_motifs_are(results):
    found = mc.compare(results, ["loops", "cycles"] * 3)
    assert found.test.separation > 0.3
    assert found.test.p == 2 / 20  # the smallest: two groups of three


def by_brute_force(similarity, labels):
    n = len(labels)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]

    def separation(given):
        same = [similarity[i, j] for i, j in pairs if given[i] == given[j]]
        other = [similarity[i, j] for i, j in pairs if given[i] != given[j]]
        return np.mean(same), np.mean(other)

    within, between = separation(labels)
    found = [np.subtract(*separation(given)) for given in sorted(set(permutations(labels)))]
    return within, between, np.mean(np.array(found) >= within - between - 1e-9), len(found)


@pytest.mark.parametrize("labels", ["aabbcc", "abcaaa", "ababab", "aaaaab"])
def test_the_test_by_groups_is_that_of_all_labelings(results, labels):
    found = mc.compare(results, list(labels))
    within, between, p, n = by_brute_force(found.similarity, labels)
    test = found.test
    assert (test.labelings, test.exact) == (n, True)
    assert (test.within, test.between, test.p) == pytest.approx((within, between, p))
    assert test.separation == pytest.approx(within - between)


def test_random_labelings_are_near_all_of_them(results):
    exact = mc.compare(results, list("ababab")).test
    drawn = [mc.compare(results, list("ababab"), permutations=19, seed=seed).test for seed in range(200)]
    assert {(test.exact, test.labelings, test.within) for test in drawn} == {(False, 20, exact.within)}
    assert np.mean([test.p for test in drawn]) == pytest.approx((1 + 19 * exact.p) / 20, abs=0.03)


SAMPLED = {"null": "edge_count", "samples": 60, "num_threads": 1}


@pytest.mark.slow
def test_p_is_uniform_where_groups_make_no_difference():
    draw = np.random.default_rng(2)
    groups = list("aaabbbb")
    found = [mc.compare([network(draw, 30) for _ in groups], groups, seed=k, **SAMPLED).test for k in range(150)]
    assert found[0].labelings == 35
    p = np.array([test.p for test in found]) - draw.random(len(found)) / 35  # its steps are spread evenly
    assert kstest(p, "uniform").pvalue > 1e-3


@pytest.mark.slow
def test_p_is_small_where_groups_differ():
    draw = np.random.default_rng(3)
    kinds = [(n, kind) for kind in ("loops", "cycles") for n in (30, 40, 60, 80)]
    found = [
        mc.compare([network(draw, *kind) for kind in kinds], list("aaaabbbb"), seed=k, **SAMPLED) for k in range(20)
    ]
    assert np.mean([of_run.test.p <= 0.05 for of_run in found]) > 0.5  # by chance 0.05


def test_the_tree_joins_what_is_most_alike_first(results):
    found = mc.compare(results)
    tree = found.tree()
    assert tree.shape == (5, 4)
    above = np.triu_indices(6, 1)
    nearest = np.argmax(found.similarity[above])
    assert sorted(tree[0, :2]) == [above[0][nearest], above[1][nearest]]
    assert np.corrcoef(cophenet(tree), 1 - found.similarity[above])[0, 1] > 0.5


def test_what_it_tells(results):
    found = mc.compare(results, [1, 2] * 3)
    told = json.loads(found.to_json())
    assert told["similarity"] == found.similarity.tolist()
    assert (told["null"], told["groups"], told["test"]["p"]) == ("edge_count", [1, 2] * 3, found.test.p)
    assert found.to_frame().loc["loops-20", "cycles-60"] == found.similarity[0, 5]
    head = f"Comparison(cosine of 6 networks in {len(found.classes)} classes, null=edge_count\n  loops-20   +1.00  "
    assert repr(found).startswith(head)


def test_seeds_are_those_of_single_runs(nets):
    found = mc.compare(nets, samples=30, seed=4)
    singly = {name: mc.significance(net, samples=30, seed=4 + k) for k, (name, net) in enumerate(nets.items())}
    assert mc.compare(singly).similarity.tolist() == found.similarity.tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    {
        "one": (lambda net: mc.compare([net]), "two or more, not 1"),
        "nulls": (
            lambda net: mc.compare([mc.significance(net, null, samples=20) for null in ("degree", "edge_count")]),
            r"same null model.*Degree.*EdgeCount",
        ),
        "item": (lambda net: mc.compare([net, 3]), r"networks\[1\]: adj must be"),
        "labels": (lambda net: mc.compare([net, net], ["a"]), "label for each of 2 networks, not 1"),
        "one-group": (lambda net: mc.compare([net, net], ["a", "a"]), "groups must be two or more"),
        "all-alone": (lambda net: mc.compare([net, net], ["a", "b"]), "two or more, one of them of two networks"),
        "dyads": (
            lambda net: mc.compare([net, net], size=2, **COMMON),
            r"3 classes or more .* not 0; 1 more varies, but is few",
        ),
        "closed": (lambda net: mc.compare([net, net], samples=0), "samples=0"),
    }.values(),
)
def test_refused(nets, call, message):
    with pytest.raises((TypeError, ValueError, NotImplementedError), match=message):
        call(nets["loops-20"])

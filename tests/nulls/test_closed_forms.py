"""Closed forms of `edge_count` (samples=0) against enumeration of every placement, hand formulas and samples."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import comb, prod, sqrt

import numpy as np
import pytest
from scipy.stats import kurtosis

import motifcount as mc
from motifcount.nulls.edge_count_moments import EdgeCountMoments
from support import oracles

ALL = (2, 3, 4)
NAMES = mc.CLASSES[2] + mc.CLASSES[3] + mc.LAYERED_TETRADS


def network(widths, edges, biased=None):
    """Masks whose first cells are taken, and as many kept biases per mask as told (None: no bias)."""
    shapes = list(pairwise(widths))
    masks = [np.arange(prod(shape)).reshape(shape) < m for shape, m in zip(shapes, edges, strict=True)]
    biased = biased or [None] * len(masks)
    biases = [None if k is None else np.arange(width) < k for k, width in zip(biased, widths[1:], strict=True)]
    return mc.Graph.from_layers(masks, biases)


def exact(graph, samples=0, **options):
    return mc.significance(graph, "edge_count", size=ALL, samples=samples, **options)


# ---- enumeration -------------------------------------------------------------------------------------------------

TINY = {  # widths, edges, kept biases
    "2-3-2": ((2, 3, 2), (3, 2)),
    "one-block": ((3, 3), (4,)),
    "nearly-full": ((2, 3), (5,)),
    "full": ((2, 2, 1), (4, 2)),
    "thin-chain": ((1, 2, 2, 1), (1, 3, 1)),
    "four-layers": ((2, 2, 1, 2), (2, 1, 1)),
    "five-layers": ((1, 2, 1, 2, 1), (1, 1, 1, 1)),
    "empty-block": ((2, 2, 2), (3, 0)),
    "gap-in-the-middle": ((2, 2, 1, 2), (2, 0, 2)),
    "no-edges": ((2, 2), (0,)),
    "biases": ((1, 2, 2), (1, 3), (1, 2)),
    "one-bias-fan": ((2, 3), (3,), (2,)),
    "bias-in-the-middle": ((2, 2, 2), (2, 2), (None, 1)),
    "bias-alone": ((1, 2, 1), (0, 2), (1, 0)),
    "biases-of-three-layers": ((1, 1, 2, 1), (1, 1, 1), (1, 1, 1)),
}


def blocks_of(widths, edges, biased):
    """The cells of each block, and how many of them are taken; the bias of a layer comes after its units."""
    start, found = 0, []
    for k, (width, m) in enumerate(zip(widths, edges, strict=False)):
        has_bias = bool(biased) and biased[k] is not None
        units = range(start, start + width)
        start += width + has_bias
        targets = range(start, start + widths[k + 1])
        found.append((list(product(units, targets)), m))
        if has_bias:
            found.append((list(product([units.stop], targets)), biased[k]))
    return found, start + widths[-1]


def enumerate_counts(blocks, n_nodes):
    """Yield the counts of every graph with these edges per block, by the definitions."""
    for chosen in product(*(list(combinations(cells, m)) for cells, m in blocks)):
        arcs = {arc for block in chosen for arc in block}
        yield {name: k for size in ALL for name, k in oracles.counts(n_nodes, arcs, size).items()}


@pytest.fixture(scope="module", params=TINY.values(), ids=TINY)
def enumerated(request):
    """A tiny network, with mean and variance of every class over all placements of its edges."""
    widths, edges, biased = (*request.param, None)[:3]
    blocks, n_nodes = blocks_of(widths, edges, biased)
    rows = list(enumerate_counts(blocks, n_nodes))
    assert len(rows) == prod(comb(len(cells), m) for cells, m in blocks)
    means = {name: Fraction(sum(row[name] for row in rows), len(rows)) for name in NAMES}
    squares = {name: Fraction(sum(row[name] ** 2 for row in rows), len(rows)) for name in NAMES}
    variances = {name: squares[name] - means[name] ** 2 for name in NAMES}
    return network(widths, edges, biased), means, variances, rows


def test_moments_are_those_of_all_placements(enumerated):
    graph, means, variances, _ = enumerated
    moments = EdgeCountMoments(graph)
    for name in NAMES:
        assert moments.mean_and_variance(name) == (means[name], variances[name]), name


def test_significance_reports_them(enumerated):
    graph, means, variances, rows = enumerated
    result = exact(graph)
    assert result.classes == NAMES
    assert result.samples == len(result.samples_table) == 0
    for name in NAMES:
        assert result.mean[name] == float(means[name])
        assert result.std[name] == pytest.approx(sqrt(variances[name]), rel=1e-14)
        assert (result.status[name] == "fixed") == (variances[name] == 0), name
        if variances[name]:
            deviation = float(result.observed[name] - means[name])
            assert result.z[name] == pytest.approx(deviation / sqrt(variances[name]), rel=1e-14)
            assert result.z_error[name] == 0
        else:
            assert math.isnan(result.z[name])
            assert math.isnan(result.z_error[name])
        assert math.isnan(result.p_over[name])
        assert math.isnan(result.p_under[name])
        assert math.isnan(result.p_adjusted[name])
    # As many classes vary as are independent over all placements.
    table = np.array([[row[name] for name in NAMES] for row in rows])
    independent = np.linalg.matrix_rank((table - table[0]).astype(float))
    assert list(result.status.values()).count("varies") == independent


# ---- formulas ----------------------------------------------------------------------------------------------------


def chance(n_cells, n_edges, k):
    return Fraction(oracles.falling(n_edges, k), oracles.falling(n_cells, k))


@pytest.mark.parametrize(("rows", "cols", "edges"), [(12, 15, 50), (400, 400, 2884), (9, 183, 279), (3, 4, 5)])
def test_formulas_of_one_block(rows, cols, edges):
    moments = EdgeCountMoments(network((rows, cols), [edges]))
    n = rows * cols
    assert moments.mean_and_variance("bifan")[0] == comb(rows, 2) * comb(cols, 2) * chance(n, edges, 4)
    assert moments.mean_and_variance("out_star")[0] == rows * comb(cols, 3) * chance(n, edges, 3)
    zigzags = 4 * comb(rows, 2) * comb(cols, 2) * (chance(n, edges, 3) - chance(n, edges, 4))
    assert moments.mean_and_variance("zigzag")[0] == zigzags
    # 021D counts pairs of edges in one row; two such pairs share both edges, one, or none.
    pairs = rows * comb(cols, 2)
    one_shared = rows * comb(cols, 2) * 2 * (cols - 2)
    mean = pairs * chance(n, edges, 2)
    square = (
        pairs * chance(n, edges, 2)
        + one_shared * chance(n, edges, 3)
        + (pairs * pairs - pairs - one_shared) * chance(n, edges, 4)
    )
    assert moments.mean_and_variance("021D") == (mean, square - mean * mean)


def test_formulas_of_two_blocks():
    (a, b, c), (m, k) = (20, 30, 10), (100, 60)
    moments = EdgeCountMoments(network((a, b, c), (m, k)))
    assert moments.mean_and_variance("021C")[0] == Fraction(m * k, b)
    both = chance(a * b, m, 2) * chance(b * c, k, 2)
    assert moments.mean_and_variance("biparallel")[0] == a * comb(b, 2) * c * both


def test_turned_around():
    """Reversing every edge swaps the classes that are each other's mirror image."""
    ahead, back = (EdgeCountMoments(network(*shape)) for shape in (((5, 7, 4), (9, 11)), ((4, 7, 5), (11, 9))))
    mirrored = {"021D": "021U", "out_star": "in_star", "y_out": "y_in", "chain_then_in": "out_then_chain"}
    for one, other in (mirrored | {name: name for name in ("021C", "bifan", "zigzag", "biparallel")}).items():
        assert ahead.mean_and_variance(one) == back.mean_and_variance(other)


# ---- samples -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("biases", [None, [np.ones(20), None, np.ones(9), None]], ids=["no-biases", "biases"])
def test_samples_agree(biases):
    """With biases: no edge into one, and each keeps its number of edges."""
    rng = np.random.default_rng(1)
    shapes = list(pairwise((15, 20, 18, 9, 6)))
    graph = mc.Graph.from_layers([rng.random(shape) < 0.25 for shape in shapes], biases)
    known, sampled = exact(graph), exact(graph, samples=5000, seed=1)
    assert [known.status[name] == "fixed" for name in NAMES] == [sampled.status[name] == "fixed" for name in NAMES]
    for name, table in zip(NAMES, sampled.samples_table.T, strict=True):
        assert abs(known.mean[name] - sampled.mean[name]) <= 4 * known.std[name] / sqrt(5000), name
        if known.std[name]:
            error = sqrt((kurtosis(table) + 2) / 4 / 5000)
            assert abs(math.log(sampled.std[name] / known.std[name])) < 4 * error, name
            assert abs(known.z[name] - sampled.z[name]) < 4 * sampled.z_error[name], name


def test_the_seed_does_not_matter():
    graph = network((4, 5, 3), (8, 7))
    one, other = exact(graph, seed=1).to_dict(), exact(graph, seed=2).to_dict()
    assert str(one["classes"]) == str(other["classes"])
    assert one["relations"] == other["relations"]


# ---- what has no closed form -------------------------------------------------------------------------------------

NET = network((3, 4, 2), (6, 5))


def keep(graph, seed):
    return graph


@pytest.mark.parametrize(
    "null",
    ["degree", "cover", mc.nulls.Degree(keep_mutual=True), keep],
    ids=["degree", "cover", "degree-mutual", "function"],
)
def test_other_null_models_have_none(null):
    with pytest.raises(NotImplementedError, match=r"samples=0.*edge_count"):
        mc.significance(NET, null, samples=0)


def test_strict_levels_that_nobody_told():
    path = np.eye(4, k=1)
    with pytest.warns(UserWarning, match="strict levels"):
        found = mc.significance(path, "edge_count", size=(2, 3), samples=0)
    assert found.mean["021C"] == pytest.approx(4 * 6 * 3 / 12 * 2 / 11 * 9 / 10 * 8 / 9 * 7 / 8 * 6 / 7)
    assert mc.significance(mc.Graph(path, layers="infer"), "edge_count", size=(2, 3), samples=0).mean["021C"] == 2


def test_one_sample_is_not_enough():
    with pytest.raises(ValueError, match=r"samples.*1"):
        mc.significance(NET, "edge_count", samples=1)


def test_closed_forms_have_no_first_sample():
    with pytest.raises(ValueError, match=r"first_sample must be 0.*not 1"):
        mc.significance(NET, "edge_count", samples=0, first_sample=1)


def test_what_else_closed_forms_tell():
    net = mc.datasets.load("pendulum").drop_ineffective()
    result = mc.significance(net, "edge_count", size=(3, 4), samples=0, seed=5)
    assert (result.samples, result.first_sample, result.attempts, result.accepted) == (0, 0, 0, 0)
    assert result.samples_table.shape == (0, len(result.observed))
    varying = [name for name, status in result.status.items() if status == "varies"]
    assert 0 < len(varying) < len(result.observed)
    for name, std in result.std.items():
        if std > 0:
            assert result.z[name] == pytest.approx((result.observed[name] - result.mean[name]) / std)
            assert result.z_error[name] == 0
        else:
            assert np.isnan(result.z[name])
    length = np.linalg.norm([result.z[name] for name in varying])
    for name, share in result.profile.items():
        if name in varying:
            assert share == pytest.approx(result.z[name] / length)
        else:
            assert np.isnan(share)

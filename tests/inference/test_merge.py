"""Parts of a run, merged, equal the whole run to the last bit."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc

pytestmark = pytest.mark.filterwarnings("ignore:with .* samples and:UserWarning")


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum")


def permuted(graph, seed):
    rng = np.random.default_rng(seed)
    return mc.Graph.from_layers([rng.permuted(mask.toarray(), axis=1) for mask in graph.to_layers()])


CASES = {
    "degree": ("degree", "max_z"),
    "few-swaps": (mc.nulls.Degree(2), "bh"),
    "edge_count": ("edge_count", "bh"),
    "cover": ("cover", "max_z"),
    "function": (permuted, "max_z"),
}


def run(net, case, samples, first_sample=0, seed=3):
    null, adjust = CASES[case]
    return mc.significance(
        net, null, size=(3, 4), samples=samples, first_sample=first_sample, seed=seed, adjust=adjust, num_threads=1
    )


def assert_same(one, other):
    assert repr(one.to_dict()) == repr(other.to_dict())
    assert np.array_equal(one.samples_table, other.samples_table)
    assert (one.attempts, one.accepted, one.null, one.relations_from_null) == (
        other.attempts,
        other.accepted,
        other.null,
        other.relations_from_null,
    )
    if one.mixing is not None:
        assert repr(one.mixing) == repr(other.mixing)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning")
def test_merged_parts_equal_the_whole(net, case):
    parts = [run(net, case, n, first) for first, n in ((7, 51), (2, 5), (58, 2))]
    if case != "function":
        parts = [pickle.loads(pickle.dumps(part)) for part in parts]  # as another machine would send them
    whole = run(net, case, 58, 2)
    assert_same(mc.merge(parts), whole)
    assert_same(mc.merge([mc.merge(parts[:2]), parts[2]]), whole)


@pytest.mark.slow
@given(st.lists(st.integers(2, 20), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_merging_in_any_order(net, lengths, random):
    starts = np.cumsum([0, *lengths]).tolist()
    parts = [run(net, "edge_count", n, first) for first, n in zip(starts, lengths, strict=False)]
    random.shuffle(parts)
    assert_same(mc.merge(parts), run(net, "edge_count", starts[-1]))


REFUSED = {
    "nothing": (lambda net: [], ValueError, "at least one"),
    "a number": (lambda net: [3], TypeError, r"results\[0\].*3"),
    "a gap": (lambda net: [run(net, "cover", 2), run(net, "cover", 2, 3)], ValueError, "0 to 1 .* 3 to 4"),
    "an overlap": (lambda net: [run(net, "cover", 2), run(net, "cover", 2, 1)], ValueError, "0 to 1 .* 1 to 2"),
    "seeds": (
        lambda net: [run(net, "cover", 2), run(net, "cover", 2, 2, seed=4)],
        ValueError,
        "seed, not 3 and 4",
    ),
    "nulls": (lambda net: [run(net, "cover", 2), run(net, "function", 2, 2)], ValueError, "same null"),
    "adjust": (
        lambda net: [
            run(net, "edge_count", 2),
            mc.significance(net, "edge_count", size=(3, 4), samples=2, first_sample=2, seed=3),
        ],
        ValueError,
        "same adjust, not 'bh' and 'max_z'",
    ),
    "graphs": (
        lambda net: [run(net, "cover", 2), run(net.drop_ineffective(), "cover", 2, 2)],
        ValueError,
        "same graph",
    ),
    "closed forms": (lambda net: [mc.significance(net, "edge_count", samples=0)], ValueError, "none"),
}


def mirrored(net):
    """The same network with the units of its first layer in another order."""
    masks = [mask.toarray() for mask in net.to_layers()]
    return mc.Graph.from_layers([masks[0][::-1], *masks[1:]])


@pytest.mark.parametrize("change", [mirrored, lambda net: mc.Graph(net.to_scipy(), layers=net.layers * 2)])
def test_the_same_counts_are_not_the_same_graph(net, change):
    parts = [run(graph, "edge_count", 3, first) for graph, first in ((net, 0), (change(net), 3))]
    assert parts[0].observed == parts[1].observed
    with pytest.raises(ValueError, match="same graph"):
        mc.merge(parts)


def test_parts_in_another_order_are_merged(net):
    whole = run(net, "degree", 9)
    parts = [run(net, "degree", 4), run(net, "degree", 5, 4)]
    assert_same(mc.merge([parts[0], parts[1].sort("z")]), whole)
    by_z = parts[0].sort("z")
    assert by_z.classes != whole.classes
    assert_same(mc.merge([parts[1].sort("mean"), by_z]), whole.select(by_z.classes))


@pytest.mark.parametrize("chosen", [["bifan"], ["bifan", "003"], mc.LAYERED_TETRADS])
def test_selected_parts_are_refused(net, chosen):
    parts = [run(net, "edge_count", 2), run(net, "edge_count", 2, 2)]
    for selected in ([part.select(chosen) for part in parts], [parts[0], parts[1].select(chosen)]):
        with pytest.raises(ValueError, match=rf"of one {len(chosen)} of 26 were selected.*merge, then select"):
            mc.merge(selected)


def test_other_sizes(net):
    parts = [mc.significance(net, "cover", size=s, samples=2, first_sample=f, seed=1) for s, f in ((3, 0), (4, 2))]
    with pytest.raises(ValueError, match="same sizes"):
        mc.merge(parts)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_merged(net, case):
    parts, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        mc.merge(parts(net))

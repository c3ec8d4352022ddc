"""Classes that the null model is said to fix: never one that varies, and all where structure decides."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc
from motifcount.inference.relations import from_null
from motifcount.nulls import resolve
from motifcount.nulls.block_states import still_classes
from support.enumerated import CLASSES, KINDS, draw

pytestmark = pytest.mark.filterwarnings("ignore:the graph has :UserWarning", "ignore::motifcount.mixing.MixingWarning")


def fixed(graph, null="degree", size=(2, 3)):
    found = from_null(graph, resolve(null), mc.count(graph, size))
    return {name for name, relation in found.items() if not relation.factors}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_fixed_class_varies_and_threshold_graphs_fix_all(kind):
    told = constant = threshold = 0
    for drawn in draw(kind, 300, 11, fewest_states=1):
        found = fixed(drawn.graph, drawn.null)
        same = {name for name, column in zip(CLASSES, drawn.states.T, strict=True) if (column == column[0]).all()}
        assert found <= same
        told, constant = told + len(found), constant + len(same)
        if len(drawn.states) == 1 and not drawn.null.keep_mutual:
            assert found == set(CLASSES)
            threshold += 1
    assert threshold > 10 or "mutual" in kind
    assert told / constant > {"6": 0.3, "skips": 0.9, "lateral": 0.75}.get(kind, 0.45)


def test_threshold_digraph():
    nested = np.tri(8, k=-1, dtype=bool)
    result = mc.significance(mc.Graph(nested), size=(2, 3, 4), samples=20, seed=1)
    assert set(result.status.values()) == {"fixed"}


def test_classes_in_blocks_that_cannot_move():
    """Into the second layer there is one arrangement; between the second and third there are many."""
    rng = np.random.default_rng(1)
    still, moving = np.tri(9, dtype=bool), rng.random((9, 12)) < 0.3
    graph = mc.Graph([still, moving])
    result = mc.significance(graph, size=4, samples=60, seed=1)
    assert {name for name, status in result.status.items() if status == "varies"} >= {"bifan", "biparallel", "zigzag"}
    both = mc.Graph([still, np.tri(9, 12, dtype=bool)])
    assert set(fixed(both, size=4)) == set(mc.LAYERED_TETRADS)


def test_moving_blocks_elsewhere_leave_a_still_one_alone():
    """Mutual pairs are in a layer that cannot move; the edges between two other layers can."""
    rng = np.random.default_rng(2)
    cells = np.zeros((30, 30), dtype=bool)
    cells[:5, :5] = ~np.eye(5, dtype=bool)  # complete: one arrangement
    cells[5:15, 15:] = rng.random((10, 15)) < 0.4
    graph = mc.Graph(cells, layers=np.repeat([0, 1, 2], (5, 10, 15)))
    names = {"300", "201", "210", "mutual"}
    assert set(still_classes(graph, names)) >= {"300", "201", "210"}
    assert names <= fixed(graph)


def test_a_sum_of_counts_that_is_zero_fixes_each():
    """No node has both an edge in and an edge out: no paths, whatever their class."""
    rng = np.random.default_rng(3)
    cells = np.zeros((20, 20), dtype=bool)
    cells[:8, 8:] = rng.random((8, 12)) < 0.4
    assert fixed(mc.Graph(cells)) >= {"021C", "030T", "030C", "111U", "111D", "120C", "201", "210", "300", "mutual"}

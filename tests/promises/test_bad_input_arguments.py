"""Every argument of the functions that count, draw and test, with wrong values of every kind."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc
from support.wrong import EYE, by_function, refuse_all
from support.wrong_calls import CASES, RESULT, significance

FUNCTIONS = by_function(CASES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_wrong_arguments(function):
    refuse_all(FUNCTIONS[function])


def test_flags_of_numpy_are_flags():
    for progress in (np.True_, np.False_):
        assert significance(progress=progress, seed=1).observed == RESULT.observed


def test_walks_of_any_length_are_counted_at_once():
    assert mc.endpoint_pairs(np.roll(np.eye(5), 1, axis=1), 10**30) == 5
    assert mc.endpoint_pairs(EYE, 10**30) == 0

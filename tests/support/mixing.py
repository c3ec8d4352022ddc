"""Runs without pilot chains, and runs with them and whether they warn of chains that are too short."""

from __future__ import annotations

import warnings
from typing import NamedTuple
from unittest import mock

import numpy as np

import motifcount as mc
from motifcount import mixing
from motifcount.mixing import MixingWarning
from support.enumerated import CLASSES, draw


def without_pilots():
    """Leave out pilot chains, which take most of the time where samples are few, and change no p-value."""
    return mock.patch.object(mixing, "measure", return_value=None)


def pilots_once():
    """Trace pilot chains in the first run alone, and let later ones say the same of their chains."""
    measure, found = mixing.measure, []

    def once(*args):
        if not found:
            found.append(measure(*args))
        return found[0]

    return mock.patch.object(mixing, "measure", once)


def significance(graph, null, **options):
    """The result, and the texts of its warnings of mixing."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = mc.significance(graph, null, num_threads=1, **options)
    return result, [str(each.message) for each in caught if each.category is MixingWarning]


class KnownRun(NamedTuple):
    """A run on a graph whose every state is known."""

    worst: float  # error of the samples' mean, of the class where it is largest, in standard deviations
    is_warned: bool


def runs_on_known_states(kind, n, swaps, samples=1000):
    """As many runs, each on another graph of a kind of :mod:`support.enumerated`."""
    for seed, drawn in enumerate(draw(kind, n, [5, swaps])):
        null = mc.nulls.Degree(swaps, keep_mutual=drawn.null.keep_mutual)
        result, texts = significance(drawn.graph, null, size=(2, 3), samples=samples, seed=seed)
        mean, std = drawn.states.mean(axis=0), drawn.states.std(axis=0)
        found = np.array([result.mean[name] for name in CLASSES])
        errors = np.abs(found - mean)[std > 0] / std[std > 0]
        yield KnownRun(float(errors.max(initial=0.0)), bool(texts))

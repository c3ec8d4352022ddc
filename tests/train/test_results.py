"""What a finished run holds: masks, graphs and modules that agree, and controls."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

import motifcount as mc
from motifcount import train
from motifcount.train.layout import Layout
from motifcount.train.stack import Stack
from support import training

CONFIG = training.config()


def test_masks_graphs_and_modules_agree(whole):
    for stage in range(3):
        model = whole.load_model(stage)
        for k in range(3):
            masks = whole.masks(stage, k)
            assert [mask.shape for mask in masks] == [(3, 10), (10, 8), (8, 2)]
            assert [int(mask.sum()) for mask in masks] == [[30, 80, 16], [18, 48, 10], [9, 24, 5]][stage]
            graph = whole.graph(stage, k, bias=True)
            assert graph == mc.Graph.from_layers(masks, whole.biases(stage, k))
            assert graph == model.graph(k, bias=True) == mc.Graph.from_module(model.network(k), bias=True)
            assert whole.graph(stage, k) == mc.Graph.from_module(model.network(k)) != graph


def test_masks_are_monotone(whole):
    masks = [whole.load_model(stage).mask for stage in range(3)]
    for earlier, later in pairwise(masks):
        assert not (later & ~earlier).any()


def test_pruned_biases_are_pruned_in_modules_too(tmp_path):
    run = train.run(replace(CONFIG, prune_biases=True, max_batches=50), training.DATA, tmp_path)
    assert [int(kept.sum()) for kept in run.biases(2, 1)] == [3, 2, 1]
    model = run.load_model(2)
    assert mc.Graph.from_module(model.network(1), bias=True) == run.graph(2, 1, bias=True)


def test_a_model_gives_what_its_networks_give(whole):
    model = whole.load_model(2)
    x = training.DATA.validation[0]
    outputs = model(x)
    assert outputs.shape == (3, 150, 2)
    for k in range(3):
        torch.testing.assert_close(outputs[k], model.network(k)(torch.tensor(x)).detach())
    assert repr(model).startswith("Model(3 networks 3-10-8-2, ")


def test_a_run_can_be_loaded(whole):
    again = train.load(str(whole.directory))
    assert again.config == CONFIG
    assert repr(again).startswith("Run(3 networks, 3 stages, in ")
    training.assert_same(again, whole)
    with pytest.raises(ValueError, match="stage must be an integer from 0 to 2, not 3"):
        again.masks(3, 0)
    with pytest.raises(ValueError, match="network must be an integer from 0 to 2, not -1"):
        again.graph(0, -1)


def test_untrained_networks_are_cut_by_their_first_weights(tmp_path):
    run = train.untrained(CONFIG, training.DATA, tmp_path)
    layout = Layout(training.WIDTHS)
    start = Stack.initial(CONFIG, layout, torch.device("cpu"))
    for stage, sparsity in zip(run.stages, CONFIG.sparsities, strict=True):
        assert stage.batches.tolist() == [0, 0, 0]
        assert stage.history.shape == (0, 3)
        assert (stage.validation_losses > 0.01).all()
        for k in range(3):
            for span, mask in zip(layout.weights, run.masks(stage.number, k), strict=True):
                weights = start.parameters[k, span.start : span.stop].abs().numpy()
                n = span.size - round(sparsity * span.size)
                assert set(np.flatnonzero(mask)) == set(np.argsort(-weights)[:n])


def test_shuffled_outputs():
    shuffled = train.shuffled_outputs(training.DATA, 7)
    for (x, y), (x_before, y_before) in zip(shuffled, training.DATA, strict=True):
        assert x is x_before
        assert not np.array_equal(y, y_before)
        np.testing.assert_array_equal(np.sort(y, axis=0), np.sort(y_before, axis=0))
        assert {tuple(row) for row in y.tolist()} == {tuple(row) for row in y_before.tolist()}
    np.testing.assert_array_equal(shuffled.train[1], train.shuffled_outputs(training.DATA, 7).train[1])
    assert not np.array_equal(shuffled.train[1], train.shuffled_outputs(training.DATA, 8).train[1])


def test_there_is_nothing_to_learn_from_shuffled_outputs(tmp_path):
    data = train.shuffled_outputs(training.DATA, 0)
    run = train.run(replace(CONFIG, sparsities=(0,), max_batches=300), data, tmp_path)
    assert (run.stages[0].validation_losses > 0.9 * data.validation[1].var(axis=0).mean()).all()

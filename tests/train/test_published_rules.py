"""The rules of the published code, each by itself and together, against a plain loop over single networks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from motifcount import study, train
from motifcount.train.data import Tensors
from motifcount.train.layout import Layout, initial
from motifcount.train.pruning import cut
from motifcount.train.stack import Stack
from support import training

pytestmark = pytest.mark.usefixtures("one_thread")

RULES = ("biases_by_weights", "stale_weights", "one_fewer")
CHOICES = [dict(zip(RULES, choice, strict=True)) for choice in product((False, True), repeat=3)]
VALUES = st.sampled_from([0.0, 0.1, -0.3, 0.5, -0.5, 1.0, -1.0, 1.5])  # few, so that there are ties


def literal_cut(weights, mask, biases, bias_mask, sparsity, rules):
    """New masks of one layer of one network: plain lists, as the facts on the published code tell it."""
    n = int(sparsity * len(weights)) + 1 if rules["one_fewer"] else round(sparsity * len(weights))
    masked = [abs(w) * m for w, m in zip(weights, mask, strict=True)]
    cutoff = sorted(masked)[n - 1] if n else -1.0
    if rules["stale_weights"]:
        new = [abs(w) > cutoff for w in weights]
    else:
        order = sorted(range(len(weights)), key=lambda i: (not mask[i], -masked[i], i))
        kept = set(order[: len(weights) - n])
        new = [i in kept and bool(mask[i]) for i in range(len(weights))]
    if rules["biases_by_weights"]:
        bias_mask = [
            abs(b) > cutoff and (alive or rules["stale_weights"]) for b, alive in zip(biases, bias_mask, strict=True)
        ]
    return new, bias_mask


@pytest.mark.parametrize("rules", CHOICES, ids=str)
@settings(max_examples=25)
@given(data=st.data(), sparsities=st.lists(st.sampled_from([0.05, 0.2, 0.5, 0.7, 0.9]), min_size=1, unique=True))
def test_cuts_by_every_choice_of_rules(rules, data, sparsities):
    config = training.config(layer_widths=(4, 3), networks=1, **rules)
    layout = Layout(config.layer_widths)
    stack = Stack.initial(config, layout, torch.device("cpu"))
    weights, biases = layout.layers(stack.parameters)[0]
    mask, bias_mask = [True] * 12, [True] * 3
    for sparsity in sorted(sparsities):
        live = layout.layers(stack.mask)[0]
        for tensor, alive in ((weights, live[0]), (biases, live[1])):
            drawn = data.draw(st.lists(VALUES, min_size=tensor.numel(), max_size=tensor.numel()))
            trained = torch.tensor(drawn).view_as(tensor)
            tensor.copy_(torch.where(alive, trained, tensor))  # what is cut stays as it was
        before = weights.flatten().tolist(), biases.flatten().tolist()
        mask, bias_mask = literal_cut(before[0], mask, before[1], bias_mask, sparsity, rules)
        cut(stack, layout, config, sparsity)
        assert live[0].flatten().tolist() == mask
        assert live[1].flatten().tolist() == bias_mask


def test_stale_weights_come_back_and_one_fewer_is_kept():
    config = training.config(layer_widths=(4, 1), networks=1, stale_weights=True, one_fewer=True)
    layout = Layout(config.layer_widths)
    stack = Stack.initial(config, layout, torch.device("cpu"))
    weights, mask = layout.layers(stack.parameters)[0][0].view(4), layout.layers(stack.mask)[0][0].view(4)
    weights.copy_(torch.tensor([4.0, 3.0, 2.0, 1.0]))
    cut(stack, layout, config, 0.5)
    assert mask.tolist() == [True, False, False, False]
    weights[0] = 0.1
    cut(stack, layout, config, 0.6)
    assert mask.tolist() == [True, True, True, True]


BATCHES = (40, 30, 25, 20)
PUBLISHED = training.config(
    networks=2,
    epsilon=2e-4,  # of 1e-4 for the mean loss of both
    sparsities=(0, 0.3, 0.35, 0.5),
    learning_rate=2e-2,  # so that kept weights shrink below cut ones
    min_batches=BATCHES,
    max_batches=BATCHES,
    loss_part="train",
    validation_rows=100,
)


def plain_training(config, k):
    """Losses and masks of one network, stage by stage: weights times masks, autograd, Adam on all that there is."""
    layout = Layout(config.layer_widths)
    row = torch.tensor(initial(config, layout)[k : k + 1])
    tensors = [part[0].clone().requires_grad_() for layer in layout.layers(row) for part in layer]
    masks = [torch.ones_like(tensor) for tensor in tensors]
    adam = torch.optim.Adam(tensors, lr=config.learning_rate, eps=1e-4)
    rows = Tensors.of(training.DATA, torch.device("cpu"))

    def loss(inputs, outputs):
        value = inputs
        for depth in range(0, len(tensors), 2):
            value = value @ (tensors[depth] * masks[depth]) + tensors[depth + 1] * masks[depth + 1]
            value = torch.tanh(value) if depth + 2 < len(tensors) else value
        return torch.nn.functional.mse_loss(value, outputs)

    stages = []
    for stage, (sparsity, n) in enumerate(zip(config.sparsities, BATCHES, strict=True)):
        for depth in range(0, len(tensors), 2) if sparsity else ():
            lists = [[t.flatten().tolist() for t in (tensors[i].detach(), masks[i])] for i in (depth, depth + 1)]
            rules = {name: getattr(config, name) for name in RULES}
            new = literal_cut(*lists[0], *lists[1], sparsity, rules)
            for i, flat in zip((depth, depth + 1), new, strict=True):
                masks[i].copy_(torch.tensor(flat, dtype=torch.float32).view_as(masks[i]))
        for _, chosen in zip(range(n), rows.batches(config, stage), strict=False):
            adam.zero_grad()
            torch.autograd.backward(loss(rows.inputs[chosen], rows.outputs[chosen]) / config.networks)
            adam.step()
        final = loss(rows.inputs[:100], rows.outputs[:100]).item()
        stages.append((final, [mask.bool().numpy() for mask in masks]))
    return stages


def test_training_by_all_published_rules(tmp_path):
    config = replace(PUBLISHED, **dict.fromkeys(RULES, True))
    run = train.run(config, training.DATA, tmp_path, num_threads=1, device="cpu")
    for k in range(config.networks):
        for stage, (loss, masks) in zip(run.stages, plain_training(config, k), strict=True):
            assert stage.validation_losses[k] == pytest.approx(loss, rel=1e-4)
            for ours, theirs in zip(run.masks(stage.number, k), masks[::2], strict=True):
                np.testing.assert_array_equal(ours, theirs)
            for ours, theirs in zip(run.biases(stage.number, k), masks[1::2], strict=True):
                np.testing.assert_array_equal(ours, theirs[0])
    revived = [late & ~early for early, late in pairwise(run.load_model(stage).mask for stage in (1, 2, 3))]
    assert any(mask.any() for mask in revived)
    assert not run.load_model(1).mask.all()


def test_the_preset_published_is_these_rules():
    published, paper = study.preset("published"), study.preset("paper")
    training_config = published.training
    assert all(getattr(training_config, name) for name in RULES)
    assert (training_config.loss_part, training_config.validation_rows) == ("train", 1024)
    assert training_config.epsilon == pytest.approx(training_config.networks * 1e-8)
    batches = [training_config.batches(stage) for stage in range(18)]
    assert [low for low, _ in batches] == [high for _, high in batches]
    expected = [50000, 1900, 1900, 2000, 2100, 4300, 4300, 4600, 7800, 7600, 4600, 4500, 2200, *[2000] * 5]
    assert [low for low, _ in batches] == expected
    changed = {*RULES, "epsilon", "loss_part", "validation_rows", "min_batches", "max_batches", "networks"}
    assert {text.split(" (")[0] for text in training_config.differences(paper.training)} == changed
    assert (published.runs, published.threshold) == (paper.runs, 0.001)

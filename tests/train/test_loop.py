"""One stage: gradients, Adam, stacks against single networks, early stopping of each network for itself."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from motifcount import train
from motifcount.train import checkpoints
from motifcount.train.data import Tensors
from motifcount.train.layout import Layout
from motifcount.train.loop import Interrupted, Watch, train_stage
from motifcount.train.pruning import cut
from motifcount.train.stack import Stack, mean_squared_errors
from motifcount.train.step import Step
from motifcount.train.stopping import has_stopped, is_due
from support import training

pytestmark = pytest.mark.usefixtures("one_thread")

CPU = torch.device("cpu")
TENSORS = Tensors.of(training.DATA, CPU)


def fresh(config, sparsity=0.0):
    layout = Layout(config.layer_widths)
    stack = Stack.initial(config, layout, CPU)
    cut(stack, layout, config, sparsity)
    return stack, layout


def module_of(stack, config, k):
    return train.Model(config.layer_widths, stack.kept(), stack.mask, config.prune_biases).network(k)


def numbers_of(module):
    """Weights, the way layouts hold them, and biases."""
    linears = [part for part in module if isinstance(part, nn.Linear)]
    return [array for part in linears for array in (part.weight.detach().T.numpy(), part.bias.detach().numpy())]


def test_gradients_are_those_of_autograd():
    config = training.config()
    stack, layout = fresh(config, 0.4)
    x, y = TENSORS.inputs[:32], TENSORS.outputs[:32]
    with torch.no_grad():
        found = Step(stack, layout, config).backpropagate(x, y).clone()
    for k in range(len(stack)):
        row = stack.parameters[k : k + 1].clone().requires_grad_()
        value = x
        for depth, (weight, bias) in enumerate(layout.layers(row), start=1):
            value = value @ weight[0] + bias[0]
            value = torch.tanh(value) if depth < len(layout.weights) else value
        (expected,) = torch.autograd.grad(nn.functional.mse_loss(value, y), row)
        torch.testing.assert_close(found[k], expected[0], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("sparsity", [0.0, 0.4])
def test_steps_are_those_of_separate_modules_under_torchs_adam(sparsity):
    """Masks by torch.nn.utils.prune, gradients by autograd; the second network starts later, so step counts differ."""
    config = training.config(networks=2)
    stack, layout = fresh(config, sparsity)
    modules = [module_of(stack, config, k) for k in range(2)]
    optimizers = [torch.optim.Adam(module.parameters(), lr=config.learning_rate) for module in modules]
    second = torch.tensor([0])
    alone = stack.rows(second)
    with torch.no_grad():
        step = Step(alone, layout, config)
        for b in range(5):
            step(TENSORS.inputs[b:672:21], TENSORS.outputs[b:672:21])
        stack.put(second, alone)
        step = Step(stack, layout, config)
        for b in range(5, 20):
            step(TENSORS.inputs[b:672:21], TENSORS.outputs[b:672:21])
    assert stack.steps.tolist() == [20, 15]
    for k, (module, optimizer) in enumerate(zip(modules, optimizers, strict=True)):
        for b in range(5 * k, 20):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(module(TENSORS.inputs[b:672:21]), TENSORS.outputs[b:672:21])
            torch.autograd.backward(loss)
            optimizer.step()
        module(TENSORS.inputs)  # apply the masks
        found = numbers_of(module_of(stack, config, k))
        for ours, theirs in zip(found, numbers_of(module), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=2e-6)


def test_stacked_networks_are_bit_for_bit_the_separate_ones(tmp_path):
    options = {"num_threads": 1, "device": "cpu"}
    together = train.run(training.config(), training.DATA, tmp_path / "all", **options)
    assert len({int(n) for n in together.stages[0].batches}) > 1  # some stop while others go on
    for k in range(3):
        config = training.config(networks=1, first_network=k)
        apart = train.run(config, training.DATA, tmp_path / str(k), **options)
        for stage, other in zip(together.stages, apart.stages, strict=True):
            whole, single = together.load_model(stage.number), apart.load_model(other.number)
            assert torch.equal(whole.parameters[k], single.parameters[0])
            assert torch.equal(whole.mask[k], single.mask[0])
            assert stage.batches[k] == other.batches[0]
            assert stage.validation_losses[k] == other.validation_losses[0]
            np.testing.assert_array_equal(stage.history[: len(other.history), k], other.history[:, 0])


def test_the_number_of_threads_changes_nothing(tmp_path, num_threads):
    config = training.config(networks=5, sparsities=(0, 0.5))
    one = train.run(config, training.DATA, tmp_path / "one", num_threads=1, device="cpu")
    before = torch.get_num_threads()
    many = train.run(config, training.DATA, tmp_path / "many", num_threads=num_threads, device="cpu")
    training.assert_same(many, one)
    assert torch.get_num_threads() == before


@pytest.mark.gpu
@pytest.mark.parametrize("changes", [{}, {"prune_biases": True}, {"stale_weights": True}], ids=str)
def test_a_gpu_gives_the_same_but_for_rounding(tmp_path, changes):
    config = training.config(**changes)
    one, other = (train.run(config, training.DATA, tmp_path / device, device=device) for device in ("cpu", "cuda"))
    for ours, theirs in zip(one.stages, other.stages, strict=True):
        assert ours.batches.tolist() == theirs.batches.tolist()
        np.testing.assert_allclose(ours.validation_losses, theirs.validation_losses, rtol=1e-5)
        model, same = one.load_model(ours.number), other.load_model(theirs.number)
        assert torch.equal(model.mask, same.mask)
        torch.testing.assert_close(model.parameters, same.parameters, rtol=0, atol=1e-5)


# ---- early stopping ----------------------------------------------------------------------------------------------


def first_stop(losses, config, least, most):
    """The rule of the study in plain Python; `losses` is one network's, one every `validation_every` batches."""
    for batch in range(config.check_every, most + 1, config.check_every):
        seen = losses[: batch // config.validation_every]
        n = config.window // config.validation_every
        if batch > least and len(seen) >= 2 * n:
            before, last = seen[-2 * n : -n], seen[-n:]
            if (sum(before) / n) / (sum(last) / n) < config.stopping_ratio:
                return batch
    return most


def test_each_network_stops_by_the_rule_on_its_own_losses(tmp_path):
    config = training.config(networks=8, min_batches=(0, 60, 100))
    run = train.run(config, training.DATA, tmp_path)
    seen = set()
    for stage in run.stages:
        for k, batches in enumerate(stage.batches.tolist()):
            losses = stage.history[:, k]
            assert batches == first_stop(losses.tolist(), config, *config.batches(stage.number))
            n = batches // config.validation_every
            assert np.isfinite(losses[:n]).all()
            assert np.isnan(losses[n:]).all()
            seen.add(batches)
    assert len(seen) > 3


@given(st.lists(st.lists(st.floats(0.5, 2), min_size=8, max_size=8), min_size=1, max_size=5))
def test_the_rule_on_any_losses(losses):
    config = training.config()
    array = np.array(losses).T
    expected = [sum(row[:4]) / sum(row[4:]) < config.stopping_ratio for row in losses]
    assert has_stopped(config, array).tolist() == expected


def test_no_check_before_its_time():
    config = train.Config()
    assert [batch for batch in range(1, 1400) if is_due(config, 0, batch)] == [1100, 1200, 1300]
    early = train.Config(min_batches=100)
    assert [batch for batch in range(1, 1200) if is_due(early, 0, batch)] == [1000, 1100]  # two windows are needed
    assert config.batches(0) == (1000, 50_000)


def trained(config, stage=0):
    stack, layout = fresh(config)
    outcome = train_stage(stack, layout, config, stage, TENSORS, Watch(Event()))
    return stack, outcome


def test_a_stopped_network_stays_as_it_was():
    config = training.config(networks=6)
    stack, outcome = trained(config)
    stopped = [k for k in range(6) if outcome.batches[k] < outcome.batches.max()]
    assert stopped
    for k in stopped:
        short, _ = trained(replace(config, max_batches=int(outcome.batches[k])))
        for tensor, expected in zip(stack._tensors(), short._tensors(), strict=True):
            assert torch.equal(tensor[k], expected[k])
        assert stack.steps[k] == outcome.batches[k]


def test_the_loss_is_that_of_all_validation_rows():
    config = training.config(max_batches=60)
    many = train.Data(training.DATA.train, training.smooth(2500, 5))
    stack, layout = fresh(config)
    outcome = train_stage(stack, layout, config, 0, Tensors.of(many, CPU), Watch(Event()))
    x, y = map(torch.tensor, many.validation)
    for k in range(3):
        expected = nn.functional.mse_loss(module_of(stack, config, k)(x), y).detach()
        assert outcome.validation_losses[k] == pytest.approx(float(expected), rel=1e-5)
    losses = mean_squared_errors(layout.layers(stack.kept()), x[:64], y[:64]).float()
    assert outcome.history[-1].tolist() == losses.tolist()  # of the first rows alone


def test_batches_are_a_shuffle_that_belongs_to_seed_and_stage():
    config = training.config()
    batches = TENSORS.batches(config, 1)
    first = torch.stack([next(batches) for _ in range(21)])  # 700 // 32
    second = torch.stack([next(batches) for _ in range(21)])
    assert first.shape == (21, 32)
    assert len(first.unique()) == len(second.unique()) == 21 * 32
    assert not torch.equal(first, second)
    assert torch.equal(next(TENSORS.batches(replace(config, networks=7), 1)), first[0])
    assert not torch.equal(next(TENSORS.batches(config, 0)), first[0])
    assert not torch.equal(next(TENSORS.batches(replace(config, seed=1), 1)), first[0])


def test_a_loop_stops_when_told():
    watch = Watch(Event())
    watch.stop.set()
    config = training.config()
    stack, layout = fresh(config)
    before = stack.parameters.clone()
    with pytest.raises(Interrupted):
        train_stage(stack, layout, config, 0, TENSORS, watch)
    assert torch.equal(stack.parameters, before)


def test_moments_are_carried_over(tmp_path):
    run = train.run(training.config(sparsities=(0, 0.4)), training.DATA, tmp_path)
    layout = Layout(training.WIDTHS)
    first, second = (
        checkpoints.read_stack(checkpoints.path_of(tmp_path, k), run.config, layout, CPU) for k in range(2)
    )
    batches = [stage.batches for stage in run.stages]
    assert first.steps.tolist() == batches[0].tolist()
    assert second.steps.tolist() == (batches[0] + batches[1]).tolist()
    assert first.exp_avg_sq.any()
    assert not second.exp_avg_sq[~second.mask].any()


def test_stale_weights_take_no_part():
    """Pruned weights move only by the momentum they had; what a network gives depends on the kept ones alone."""
    config = training.config(stale_weights=True, max_batches=60)
    stack, layout = fresh(config, 0.4)
    outcome = train_stage(stack, layout, config, 1, TENSORS, Watch(Event()))
    assert stack.parameters[:, layout.weights[0].start : layout.weights[0].stop].all()
    plain, _ = fresh(replace(config, stale_weights=False), 0.4)
    plain.mask.copy_(stack.mask)
    start, _ = fresh(config, 0.4)
    plain.parameters.copy_(start.kept())
    expected = train_stage(plain, layout, replace(config, stale_weights=False), 1, TENSORS, Watch(Event()))
    assert torch.equal(stack.kept(), plain.kept())
    assert outcome.validation_losses.tolist() == expected.validation_losses.tolist()

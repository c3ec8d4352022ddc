"""How long does a batch take when K networks are trained as one stack?

Against the same networks one after another, and against ordinary torch modules (Linear and Tanh, masks of
torch.nn.utils.prune, autograd, fused Adam) one after another. On the CPU motifcount gives each network to one thread.
A call is 20 batches of 128 rows, every tenth with a look at 512
validation rows; modules train without the look.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from motifcount import train
from motifcount.train.data import Tensors
from motifcount.train.layout import Layout
from motifcount.train.parallel import train_in_parts
from motifcount.train.pruning import cut
from motifcount.train.stack import Stack

BATCHES, SPARSITY = 20, 0.5
WIDTHS, QUICK_WIDTHS = (10, 400, 400, 400, 16, 7), (10, 64, 64, 16, 7)
DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]

CASES = [(device, k) for device in DEVICES for k in (1, 4, 16, 64) if device != "cpu" or k < 64]  # 64: minutes there

pytestmark = pytest.mark.parametrize(("device", "k"), CASES, ids=[f"{device}-K={k}" for device, k in CASES])


class Perceptron(NamedTuple):
    """What the table tells of a network."""

    n_nodes: int
    n_edges: int


@pytest.fixture
def widths(pytestconfig: pytest.Config) -> tuple[int, ...]:
    return QUICK_WIDTHS if pytestconfig.getoption("--quick") else WIDTHS


def _config(widths: tuple[int, ...], networks: int, first: int = 0) -> train.Config:
    return train.Config(
        layer_widths=widths,
        sparsities=(SPARSITY,),
        max_batches=BATCHES,
        min_batches=0,
        networks=networks,
        first_network=first,
    )


def _row(widths: tuple[int, ...], device: str, k: int, tool: str, threads: int) -> dict[str, Any]:
    return {
        "group": f"training on {device}, K = {k}",
        "tool": tool,
        "threads": threads,
        "network": Perceptron(sum(widths), sum(a * b for a, b in pairwise(widths))),
        "work": k * BATCHES,
        "unit": "network batches",
        "baseline": tool == "stacked",
    }


def _tensors(widths: tuple[int, ...], device: str) -> Tensors:
    rng = np.random.default_rng(0)
    pairs = [tuple(rng.random((n, w), np.float32) - 0.5 for w in (widths[0], widths[-1])) for n in (20_000, 512)]
    return Tensors.of(train.Data(*pairs), torch.device(device))


def _fresh(config: train.Config, device: str) -> Stack:
    layout = Layout(config.layer_widths)
    stack = Stack.initial(config, layout, torch.device(device))
    cut(stack, layout, config, SPARSITY)
    return stack


def _train(stack: Stack, config: train.Config, tensors: Tensors, threads: int = 1) -> Stack:
    train_in_parts(stack, Layout(config.layer_widths), config, 0, tensors, threads, lambda batch: None)
    if stack.parameters.is_cuda:
        torch.cuda.synchronize()
    return stack


def _check(found: torch.Tensor, expected: torch.Tensor) -> None:
    """Equal but for rounding. Where a gradient is all but 0, Adam makes a whole step of what rounding left of it."""
    off = (found - expected).abs()
    assert (off > 1e-5 + 1e-3 * expected.abs()).float().mean() < 1e-3
    assert off.max() < BATCHES * train.Config().learning_rate


def bench_stacked(measure: Callable[..., Any], widths: tuple[int, ...], device: str, k: int, threads: int) -> None:
    if threads > 1 and (device != "cpu" or k == 1):
        pytest.skip("threads share out networks on the CPU")
    config, tensors = _config(widths, k), _tensors(widths, device)
    row = _row(widths, device, k, "stacked", threads)
    stack = measure(
        lambda fresh: _train(fresh, config, tensors, threads), setup=lambda: (_fresh(config, device),), **row
    )
    last = _config(widths, 1, k - 1)
    alone = _train(_fresh(last, device), last, tensors)
    _check(stack.parameters[-1], alone.parameters[0])


def bench_one_after_another(measure: Callable[..., Any], widths: tuple[int, ...], device: str, k: int) -> None:
    if k == 1:
        pytest.skip("one network is a stack of one")
    configs, tensors = [_config(widths, 1, first) for first in range(k)], _tensors(widths, device)

    def run(*stacks: Stack) -> torch.Tensor:
        return torch.cat(
            [_train(stack, config, tensors).parameters for stack, config in zip(stacks, configs, strict=True)]
        )

    row = _row(widths, device, k, "one after another", 1)
    found = measure(run, setup=lambda: tuple(_fresh(config, device) for config in configs), **row)
    together = _config(widths, k)
    expected = _train(_fresh(together, device), together, tensors)
    _check(found, expected.parameters)


def bench_modules(measure: Callable[..., Any], widths: tuple[int, ...], device: str, k: int) -> None:
    config, tensors = _config(widths, k), _tensors(widths, device)
    batches = [rows for rows, _ in zip(tensors.batches(config, 0), range(BATCHES), strict=False)]

    def fresh() -> tuple[list[torch.nn.Sequential]]:
        stack = _fresh(config, "cpu")
        model = train.Model(widths, stack.live(), stack.mask, prune_biases=False)
        return ([model.network(position).to(device) for position in range(k)],)

    def run(modules: list[torch.nn.Sequential]) -> list[torch.nn.Sequential]:
        for module in modules:
            adam = torch.optim.Adam(module.parameters(), lr=config.learning_rate, fused=True)
            for rows in batches:
                adam.zero_grad()
                torch.autograd.backward(
                    torch.nn.functional.mse_loss(module(tensors.inputs[rows]), tensors.outputs[rows])
                )
                adam.step()
        if device == "cuda":
            torch.cuda.synchronize()
        return modules

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        modules = measure(run, setup=fresh, **_row(widths, device, k, f"torch modules {torch.__version__}", 1))
    finally:
        torch.set_num_threads(before)
    stack = _train(_fresh(config, device), config, tensors)
    first = Layout(widths).layers(stack.live())[0][0][-1]
    modules[-1](tensors.inputs)  # apply the masks
    _check(modules[-1][0].weight.T, first)

"""One step of training for all networks at once: forwards, backwards, Adam."""

from __future__ import annotations

import torch
from torch import Tensor

from motifcount.train.config import Config
from motifcount.train.layout import Layout
from motifcount.train.stack import Stack, activations


class Step:
    """Trains a stack in place, batch by batch; gradients are written where they are used.

    Every network is one parameter of :class:`torch.optim.Adam` with its own step count, so networks do not notice
    each other. Gradients of dead weights are 0.
    """

    def __init__(self, stack: Stack, layout: Layout, config: Config) -> None:
        self._stack = stack
        self._mask = stack.mask.to(torch.float32)
        self._is_stale = config.stale_weights
        self._live = stack.parameters * self._mask if self._is_stale else stack.parameters
        self._gradient = torch.zeros_like(stack.parameters)
        self.layers = layout.layers(self._live)
        self._gradients = layout.layers(self._gradient)
        self._adam = self._make_adam(config)

    def _make_adam(self, config: Config) -> torch.optim.Adam:
        stack = self._stack
        rows = [stack.parameters[k] for k in range(len(stack))]
        adam = torch.optim.Adam(rows, lr=config.learning_rate, eps=config.epsilon, fused=True)
        for k, row in enumerate(rows):
            row.grad = self._gradient[k]
            adam.state[row] = {"step": stack.steps[k], "exp_avg": stack.exp_avg[k], "exp_avg_sq": stack.exp_avg_sq[k]}
        return adam

    def __call__(self, inputs: Tensor, outputs: Tensor) -> None:
        """Take one step on a batch of shape (n, n_in) and (n, n_out)."""
        self.backpropagate(inputs, outputs)
        self._gradient.mul_(self._mask)
        self._adam.step()
        if self._is_stale:
            torch.mul(self._stack.parameters, self._mask, out=self._live)

    def backpropagate(self, inputs: Tensor, outputs: Tensor) -> Tensor:
        """Return the gradient of each network's mean squared error, (K, length), dead weights included."""
        values = activations(self.layers, inputs)
        error = values.pop().sub_(outputs).mul_(2 / outputs.numel())
        for depth in reversed(range(len(self.layers))):
            weight, bias = self._gradients[depth]
            below = values.pop()
            torch.bmm(below.transpose(1, 2), error, out=weight)
            torch.sum(error, 1, keepdim=True, out=bias)
            if depth:  # through tanh, whose slope is 1 - tanh²
                error = torch.bmm(error, self.layers[depth][0].transpose(1, 2))
                error.sub_(below.square_().mul_(error))
        return self._gradient

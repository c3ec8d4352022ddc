"""Train and prune the example network that ships with motifcount.

The network maps the state of a double pendulum (two unit point masses on two
massless unit rods) to its two angular accelerations and to its kinetic and
potential energy. The targets come from the closed-form equations of motion.
The network is pruned by weight magnitude, layer by layer, in stages, and
trained again after each stage. The sparsest stage whose loss is at most
``MAX_RELATIVE_LOSS`` is saved.

The output is an ``.npz`` file with ``mask0`` to ``mask3`` (uint8, shape
``(n_in, n_out)``, 1 for a kept weight) and ``bias0`` to ``bias3`` (uint8, 1 for
a nonzero bias). The result depends on the seed and on the version of PyTorch.

    python examples/train_pendulum.py --output pendulum.npz --seed 0
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

LAYER_SIZES = (6, 96, 96, 48, 4)
SPARSITIES = (0.0, 0.5, 0.7, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94)
MAX_RELATIVE_LOSS = 0.01  # of the mean predictor's loss

GRAVITY = 9.81
MAX_VELOCITY = 3.0  # rad/s
N_TRAIN = 32768
N_VALIDATION = 8192
BATCH_SIZE = 256
EPOCHS = 80  # per stage
LEARNING_RATE = 3e-3  # at the start of each stage, then cosine decay to zero

FloatArray = NDArray[np.float64]


def pendulum_targets(theta: FloatArray, omega: FloatArray) -> FloatArray:
    """Return accelerations, kinetic and potential energy, shape ``(n, 4)``.

    ``theta`` (from the downward vertical) and ``omega`` have shape ``(n, 2)``.
    """
    gravity_1, gravity_2 = GRAVITY * np.sin(theta).T
    omega_1, omega_2 = omega.T
    delta = theta[:, 0] - theta[:, 1]
    sin, cos = np.sin(delta), np.cos(delta)
    denominator = 1.0 + sin**2
    pull_1 = omega_1**2 * sin * cos - gravity_2 * cos + omega_2**2 * sin
    accel_1 = -(pull_1 + 2.0 * gravity_1) / denominator
    pull_2 = gravity_1 * cos + omega_1**2 * sin - gravity_2
    accel_2 = (2.0 * pull_2 + omega_2**2 * sin * cos) / denominator
    kinetic = omega_1**2 + 0.5 * omega_2**2 + omega_1 * omega_2 * cos
    potential = -GRAVITY * (2.0 * np.cos(theta[:, 0]) + np.cos(theta[:, 1]))
    return np.stack([accel_1, accel_2, kinetic, potential], axis=1)


def sample(rng: np.random.Generator, n: int) -> tuple[FloatArray, FloatArray]:
    """Draw ``n`` states; return the network inputs ``(n, 6)`` and the targets."""
    theta = rng.uniform(-np.pi, np.pi, (n, 2))
    omega = rng.uniform(-MAX_VELOCITY, MAX_VELOCITY, (n, 2))
    inputs = np.hstack([np.sin(theta), np.cos(theta), omega / MAX_VELOCITY])
    return inputs, pendulum_targets(theta, omega)


def prune(weight: Tensor, mask: Tensor, sparsity: float) -> Tensor:
    """Return the mask of the largest weights, a subset of ``mask``."""
    n_kept = weight.numel() - round(sparsity * weight.numel())
    score = weight.detach().abs().masked_fill(mask == 0, -1.0).flatten()
    kept = score.argsort(descending=True, stable=True)[:n_kept]
    return torch.zeros_like(score).index_fill(0, kept, 1.0).reshape(mask.shape)


@torch.no_grad()
def apply_masks(weights: list[Tensor], masks: list[Tensor]) -> None:
    """Set the pruned weights to zero."""
    for weight, mask in zip(weights, masks, strict=True):
        weight.mul_(mask)


def train(model: nn.Sequential, masks: list[Tensor], x: Tensor, y: Tensor) -> None:
    """Train one stage, holding the pruned weights at zero."""
    weights = [layer.weight for layer in model if isinstance(layer, nn.Linear)]
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    n_steps = EPOCHS * N_TRAIN // BATCH_SIZE
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, n_steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(N_TRAIN).reshape(-1, BATCH_SIZE):
            apply_masks(weights, masks)
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(x[batch]), y[batch])
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    apply_masks(weights, masks)


def main() -> None:
    """Train and prune the network, then save the chosen masks."""
    parser = argparse.ArgumentParser(description="Train and prune a small network.")
    parser.add_argument("--output", type=Path, default=Path("pendulum.npz"))
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)

    raw = [*sample(rng, N_TRAIN), *sample(rng, N_VALIDATION)]
    mean, scale = raw[1].mean(axis=0), raw[1].std(axis=0)
    raw[1::2] = [(target - mean) / scale for target in raw[1::2]]
    x_train, y_train, x_val, y_val = (torch.from_numpy(a).float() for a in raw)
    mean_loss = y_val.square().mean().item()

    layers = [nn.Linear(*size) for size in pairwise(LAYER_SIZES)]
    hidden = [module for layer in layers[:-1] for module in (layer, nn.Tanh())]
    model = nn.Sequential(*hidden, layers[-1])
    masks = [torch.ones_like(layer.weight) for layer in layers]
    chosen: dict[str, NDArray[np.uint8]] = {}
    chosen_sparsity = 0.0
    for sparsity in SPARSITIES:
        masks = [prune(layer.weight, mask, sparsity) for layer, mask in zip(layers, masks, strict=True)]
        train(model, masks, x_train, y_train)
        with torch.no_grad():
            loss = nn.functional.mse_loss(model(x_val), y_val).item()
        kept = [int(mask.sum()) for mask in masks]
        print(f"sparsity {sparsity:.2f} {kept=} {loss=:.5f} {mean_loss=:.5f}")
        if loss <= MAX_RELATIVE_LOSS * mean_loss:
            chosen_sparsity = sparsity
            for i, (layer, mask) in enumerate(zip(layers, masks, strict=True)):
                chosen[f"mask{i}"] = mask.T.numpy().astype(np.uint8)
                chosen[f"bias{i}"] = (layer.bias != 0).numpy().astype(np.uint8)
    if not chosen:
        raise SystemExit("no stage reached the loss threshold")
    np.savez_compressed(args.output, allow_pickle=False, **chosen)
    print(f"saved sparsity {chosen_sparsity:.2f} to {args.output}")


if __name__ == "__main__":
    main()

"""The fuzz targets hold on their seeds, and on what damage makes of them."""

from __future__ import annotations

import random

import pytest

from fuzz import fuzz_border, fuzz_files

N_DAMAGED = 20  # of each seed


def damaged(seed, rng):
    """Return a seed with a few bytes changed, cut off or repeated."""
    data = bytearray(seed)
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            data[at:at] = data[at : at + rng.randrange(9)]
        else:
            data[at : at + 1] = [rng.randrange(256)]
    return bytes(data)


@pytest.mark.filterwarnings("default")  # that other libraries give about damaged files
@pytest.mark.parametrize("target", [fuzz_border, fuzz_files], ids=["border", "files"])
def test_seeds(target):
    """What a target requires is asserted in it."""
    rng = random.Random(7)
    for seed in target.seeds():
        target.run(seed)
        for _ in range(N_DAMAGED):
            target.run(damaged(seed, rng))

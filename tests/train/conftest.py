"""A finished run, which tests must leave alone, and one thread for tests of many small products."""

from __future__ import annotations

import pytest
import torch

from motifcount import train
from support import training


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """A run that nothing interrupted."""
    return train.run(training.config(), training.DATA, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def one_thread():
    """Small products on several threads wait for each other more than they work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)

"""A finished run, which tests must leave alone."""

from __future__ import annotations

import pytest

from motifcount import train
from support import training


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """A run that nothing interrupted."""
    return train.run(training.config(), training.DATA, tmp_path_factory.mktemp("whole"))

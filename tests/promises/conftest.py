"""Fixtures of promises."""

from __future__ import annotations

import pytest

from support.wrong import assert_all_is_well


@pytest.fixture(scope="module")
def all_is_well_afterwards():
    """Check, once all cases of a file were refused, that what follows works."""
    yield
    assert_all_is_well()

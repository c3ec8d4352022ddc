"""What all tests of the NetworkX backend need."""

from __future__ import annotations

import networkx as nx
import pytest


@pytest.fixture(autouse=True)
def cached_conversions_are_fine(monkeypatch):
    """Else NetworkX warns when it uses one again."""
    monkeypatch.setattr(nx.config, "warnings_to_ignore", {"cache"})

"""The calls that mypy accepts work."""

from __future__ import annotations

import pytest

from typed import public_calls


@pytest.mark.filterwarnings("ignore:the graph has strict levels")
def test_accepted_calls_work(tmp_path):
    public_calls.main()
    (tmp_path / "a.csv").write_text("source,target\na,b\nb,c\na,c\n")
    assert [graph.n_edges for graph in public_calls.graphs(tmp_path / "a.csv")] == [3, 2, 3, 3, 3]

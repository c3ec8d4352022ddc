"""A column called one of signs beside one of weights: which of them `kinds="sign"` means is asked."""

from __future__ import annotations

import pytest

import motifcount as mc

TABLE = "source,target,sign,weight\na,b,-1,2\nb,c,1,3\na,c,-1,5\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "signed.csv"
    path.write_text(TABLE)
    return path


def test_both_readings_are_named_and_each_can_be_had(path):
    message = r"may be the sign of 'weight', or what 'sign' holds; say weight='weight' beside it, or kinds=2"
    with pytest.raises(ValueError, match=message):
        mc.read_graph(path, kinds="sign")
    assert mc.read_graph(path, kinds="sign", weight="weight").kinds.tolist() == ["+", "+", "+"]
    assert mc.read_graph(path, kinds=2).kinds.tolist() == ["-1", "-1", "1"]


def test_one_of_them_alone_is_no_question(path):
    path.write_text("source,target,weight\na,b,-1\nb,c,3\n")
    assert mc.read_graph(path, kinds="sign").kinds.tolist() == ["-", "+"]

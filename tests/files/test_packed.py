"""Text that is packed."""

from __future__ import annotations

import bz2
import zipfile

import pytest

from motifcount.files import read_graph
from support import edge_sets

ABC = {("a", "b"), ("b", "c"), ("a", "c")}


def test_packed_text(tmp_path):
    text = b"source,target\na,b\nb,c\na,c\n"
    (tmp_path / "a.csv.bz2").write_bytes(bz2.compress(text))
    with zipfile.ZipFile(tmp_path / "a.csv.zip", "w") as archive:
        archive.writestr("a.csv", text)
    for name in ("a.csv.bz2", "a.csv.zip"):
        assert edge_sets.by_label_or_position(read_graph(tmp_path / name)) == ABC
    with zipfile.ZipFile(tmp_path / "a.csv.zip", "a") as archive:
        archive.writestr("b.csv", text)
    with pytest.raises(ValueError, match="one file"):
        read_graph(tmp_path / "a.csv.zip")

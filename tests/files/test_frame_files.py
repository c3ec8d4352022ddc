"""Files that pandas reads: the ids of a connectome whole, matrices with labels, one sheet."""

from __future__ import annotations

import pandas as pd
import pytest

from motifcount.files import read_graph, read_with_report
from support import edge_sets

IDS = (720575940621039145, 720575940618707491, 720575940621039144)
TABLES = {
    "ids": pd.DataFrame(
        {"pre_root_id": [IDS[0], IDS[0], IDS[1]], "post_root_id": [IDS[1], IDS[2], IDS[2]], "syn_count": [3, 0, 2]}
    ),
    "words": pd.DataFrame({"source": list("aba"), "target": list("bcc")}),
    "integers": pd.DataFrame({"kept": [7, 7, 7], "target": [2, 3, 3], "source": [1, 2, 1]}),
    "matrix": pd.DataFrame([[0, 1, 1], [0, 0, 1], [0, 0, 0]], list("abc"), list("abc")),
}  # fmt: skip
ABC = {("a", "b"), ("b", "c"), ("a", "c")}
EXPECTED = {
    "ids": {(IDS[0], IDS[1]), (IDS[1], IDS[2])},
    "words": ABC,
    "integers": {(1, 2), (2, 3), (1, 3)},
    "matrix": ABC,
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["parquet", "feather", "xlsx", "indexed.xlsx"])
def test_tables_come_back(tmp_path, table, kind):
    frame, path = TABLES[table], tmp_path / f"a.{kind}"
    if kind == "parquet":
        frame.to_parquet(path)
    elif kind == "feather":
        if table == "matrix":
            frame = frame.rename_axis("node").reset_index().set_index("node").reset_index()
        frame.to_feather(path)
    else:
        frame.to_excel(path, index=table == "matrix" or kind == "indexed.xlsx")
    if table == "ids" and kind.endswith("xlsx"):
        with pytest.raises(ValueError, match="lost digits"):
            read_graph(path)
        return
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == EXPECTED[table]
    assert report.dialect == f"from .{path.suffix[1:]}"
    if table == "ids":
        assert dict(report.columns) == {"source": "'pre_root_id'", "target": "'post_root_id'", "weight": "'syn_count'"}
        assert edge_sets.by_label(read_graph(path, threshold=3)) == {(IDS[0], IDS[1])}


@pytest.mark.parametrize("kind", ["parquet", "feather", "xlsx"])
def test_damaged_files(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(ValueError, match=f"a.{kind}"):
        read_graph(path)


def test_one_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    for n_full in (1, 2):
        with pd.ExcelWriter(path) as writer:
            pd.DataFrame().to_excel(writer, sheet_name="empty", index=False)
            for k in range(n_full):
                TABLES["words"].to_excel(writer, sheet_name=f"sheet {k}", index=False)
        if n_full == 1:
            assert edge_sets.by_label(read_graph(path)) == ABC
    with pytest.raises(ValueError, match=r"one sheet.*'sheet 0', 'sheet 1'"):
        read_graph(path)


LISTS = pd.DataFrame({"source": ["a", "b"], "target": ["b;c", "c"]})


def test_cells_of_several_labels_are_refused_where_people_write_them(tmp_path):
    LISTS.to_excel(tmp_path / "a.xlsx", index=False)
    (tmp_path / "a.csv").write_text("sep=,\nsource,target\na,b;c\nb,c\n")
    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(ValueError, match=r"'b;c' may be one label or several.* say columns=\('source', 'target'\)"):
            read_graph(tmp_path / name)
        found = read_graph(tmp_path / name, columns=("source", "target"))
        assert edge_sets.by_label(found) == {("a", "b;c"), ("b", "c")}
    LISTS.to_parquet(tmp_path / "a.parquet")
    assert edge_sets.by_label(read_graph(tmp_path / "a.parquet")) == {("a", "b;c"), ("b", "c")}


@pytest.mark.parametrize("name", ["a.parquet", "a.feather"])
def test_what_says_nothing_of_a_frame_is_refused(tmp_path, name):
    getattr(LISTS, f"to_{name[2:]}")(tmp_path / name)
    for options in ({"delimiter": ";"}, {"header": False}, {"header": False, "columns": (0, 1)}):
        with pytest.raises(ValueError, match="says nothing"):
            read_graph(tmp_path / name, **options)

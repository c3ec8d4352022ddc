"""Files cut off or with a wrong bit: an error that names the file, never that of another library, never a crash."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile

import networkx as nx
import pandas as pd
import pytest

from motifcount.files import read_graph, write_graph

FRAME = pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "c", "c"], "weight": [1, 2, 0]})
FORMATS = ["csv", "sif", "net", "json", "graphml", "gml", "gexf", "mtx"]


def zipped(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("graph", content)
    return file.getvalue()


PACKED = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zip": zipped}


@pytest.mark.filterwarnings("ignore:.*a matrix holds no labels:UserWarning")
@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("ending", FORMATS)
def test_packed_text_that_is_cut_off(tmp_path, ending, packing):
    whole = tmp_path / f"whole.{ending}"
    write_graph(nx.gnp_random_graph(12, 0.3, seed=1, directed=True), whole)
    packed = PACKED[packing](whole.read_bytes())
    path = tmp_path / f"cut.{ending}.{packing}"
    path.write_bytes(packed)
    assert read_graph(path).n_edges == read_graph(whole).n_edges
    for cut in {0, 1, 5, len(packed) // 3, len(packed) // 2, len(packed) - 9, len(packed) - 1}:
        path.write_bytes(packed[:cut])
        with pytest.raises(ValueError, match=rf"cut\.{ending}\.{packing}: (damaged|the file is empty)"):
            read_graph(path)


def xlsx(path):
    FRAME.to_excel(path, index=False)


@pytest.mark.filterwarnings("ignore")  # of other libraries
@pytest.mark.parametrize(
    ("ending", "write"), [("xlsx", xlsx), ("parquet", FRAME.to_parquet), ("feather", FRAME.to_feather)]
)
def test_every_byte_of_a_frame_file_may_be_wrong(tmp_path, ending, write):
    """It is read or refused by name: any other error fails."""
    path = tmp_path / f"a.{ending}"
    write(path)
    content = path.read_bytes()
    step = max(1, len(content) // 150)
    for at in range(0, len(content), step):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]):
            path.write_bytes(damaged)
            try:
                read_graph(path)
            except ValueError as error:
                if f"a.{ending}" not in str(error):
                    raise


@pytest.mark.parametrize("options", [{"delimiter": ";"}, {"delimiter": "->"}, {"delimiter": "|", "header": True}])
def test_fields_that_the_named_delimiter_does_not_divide(tmp_path, options):
    path = tmp_path / "a.txt"
    for text in ("a,b\nb,c\n", "a,b\n\nc,d\n", "2\n", f"a\nb{options['delimiter']}c\nd\n"):
        path.write_text(text)
        with pytest.raises(ValueError, match=r"a\.txt: .*(?:must hold a source and a target|must have|has 1 fields)"):
            read_graph(path, **options)


@pytest.mark.parametrize(("size", "says"), [("0 3\n0\n1\n", "square"), ("0 0\n1\n", "no entries"), ("2 3\n", "square")])
def test_a_dense_matrix_without_rows_is_no_crash(tmp_path, size, says):
    path = tmp_path / "a.mtx"
    path.write_text("%%MatrixMarket matrix array integer general\n" + size)
    with pytest.raises(ValueError, match=says):
        read_graph(path)
    path.write_text("%%MatrixMarket matrix array integer general\n0 0\n")
    assert read_graph(path).n_nodes == 0

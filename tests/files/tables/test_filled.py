"""Empty cells of matrices: refused with the way out, which is `fill`; inf is no entry."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.io
import scipy.sparse as sp

import motifcount as mc
from motifcount.files import read_graph

MATRIX = np.array([[0, 2, 3.0], [0, 0, 1], [0, 0, 0]])
HOLES = np.where(MATRIX == 0, np.nan, MATRIX)
LABELLED = ",I1L,I1R,M1\nI1L,,2,3\nI1R,,,1\nM1,,,\n"


def frame():
    return pd.DataFrame(HOLES, list("xyz"), list("xyz"))


WRITE = {
    "a.csv": lambda path: path.write_text(LABELLED),
    "b.csv": lambda path: pd.DataFrame(HOLES).to_csv(path, header=False, index=False, na_rep="NA"),
    "a.xlsx": lambda path: frame().to_excel(path),
    "a.npy": lambda path: np.save(path, HOLES),
    "a.npz": lambda path: sp.save_npz(path, sp.csr_array(HOLES)),
    "a.mtx": lambda path: scipy.io.mmwrite(path, sp.coo_array(HOLES)),
    "b.mtx": lambda path: scipy.io.mmwrite(path, HOLES),
}


@pytest.mark.parametrize("name", WRITE)
def test_empty_cells(tmp_path, name):
    path = tmp_path / name
    WRITE[name](path)
    with pytest.raises(ValueError, match=r"fill=0|entry \(0, 0\) is NaN; fill"):
        read_graph(path)
    assert np.array_equal(read_graph(path, fill=0).to_scipy().toarray(), MATRIX != 0)
    ones = read_graph(path, fill=1).to_scipy().toarray()
    assert np.array_equal(ones, 1 - np.eye(3))


def test_frames():
    for call in (mc.count, mc.Graph.from_edges):
        with pytest.raises(ValueError, match=r"fill=0"):
            call(frame())
    graph = mc.Graph.from_edges(frame(), fill=0)
    assert graph.labels == ("x", "y", "z")
    assert np.array_equal(graph.to_scipy().toarray(), MATRIX != 0)


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", "a,b\nb,c\n"), ("a.sif", "a pp b\n"), ("a.net", "*Vertices 2\n*Arcs\n1 2\n")]
)
def test_no_matrix(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=r"fill=0(\.0)? (is for empty cells|says nothing)"):
        read_graph(tmp_path / name, fill=0)


@pytest.mark.parametrize(("fill", "error"), [("0", TypeError), (True, TypeError), (np.nan, ValueError)])
def test_what_fill_may_be(fill, error):
    with pytest.raises(error, match="fill must be a finite number"):
        read_graph("a.csv", fill=fill)


INFINITE = {
    "labelled.csv": ",a,b,c\na,0,1,inf\nb,inf,0,1\nc,-Inf,inf,0\n",
    "plain.txt": "0 1 inf\ninf 0 1\ninf inf 0\n",
}


@pytest.mark.parametrize("name", INFINITE)
def test_inf_in_text_is_refused(tmp_path, name):
    (tmp_path / name).write_text(INFINITE[name])
    with pytest.raises(ValueError, match=r"inf', no finite number; write 0|may be a matrix of 3 nodes"):
        read_graph(tmp_path / name)
    with pytest.raises(ValueError, match=r"column 2 of the matrix is 'inf', no finite number; write 0"):
        read_graph(tmp_path / name, format="matrix")


def test_inf_in_arrays_is_refused(tmp_path):
    matrix = np.where(MATRIX == 0, np.inf, MATRIX)
    np.save(tmp_path / "a.npy", matrix)
    sp.save_npz(tmp_path / "a.npz", sp.csr_array(matrix))
    scipy.io.mmwrite(tmp_path / "a.mtx", sp.coo_array(matrix))
    for name in ("a.npy", "a.npz", "a.mtx"):
        with pytest.raises(ValueError, match=r"entry \(0, 0\) is inf"):
            read_graph(tmp_path / name)
    np.save(tmp_path / "a.npy", MATRIX * 1j)
    with pytest.raises(ValueError, match="real numbers or bools, not complex128"):
        read_graph(tmp_path / "a.npy")

"""Every file format gives the graph that was written; damaged and foreign files are refused by name."""

from __future__ import annotations

import gzip
import re

import networkx as nx
import numpy as np
import pytest
import scipy.io
import scipy.sparse as sp
import torch
import torch.nn.utils.prune
from safetensors.numpy import save_file

import motifcount as mc
from motifcount.files import read_graph

SRC, DST = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 0])
GRAPH = mc.Graph.from_edges(SRC, DST, 4)
MATRIX = GRAPH.to_scipy()
MASKS = [np.array([[1, 0, 1], [0, 1, 1]]), np.array([[1], [0], [1]])]
BIASES = [np.array([1, 0, 1]), np.array([1])]


def save_npz(path):
    sp.save_npz(path, MATRIX.tocsc())


def save_npy(path):
    np.save(path, MATRIX.toarray() * -0.5)


def save_mtx(path):
    scipy.io.mmwrite(path, MATRIX)


def save_graphml(path):
    nx.write_graphml(nx.from_scipy_sparse_array(MATRIX, create_using=nx.DiGraph), path)


def save_tsv(path):
    path.write_text("# a comment\nsource\ttarget\n" + "".join(f"{u}\t{v}\n" for u, v in zip(SRC, DST, strict=True)))


def save_csv_weights(path):
    rows = "".join(f"{u},{v},{w}\n" for u, v, w in [(0, 1, 0.5), (0, 2, 1), (1, 2, -1), (3, 0, 2), (3, 1, 0.0)])
    path.write_text("src,dst,weight\n" + rows)


def save_spaces(path):
    path.write_text("% MatrixMarket-like comment\n\n  0 1\n0   2\n1 2 # trailing\n3 0\n3 0\n2 2\n")


def save_gz(path):
    path.write_bytes(gzip.compress("".join(f"{u};{v}\n" for u, v in zip(SRC, DST, strict=True)).encode()))


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("a.npz", save_npz),
        ("a.npy", save_npy),
        ("a.mtx", save_mtx),
        ("a.graphml", save_graphml),
        ("a.tsv", save_tsv),
        ("a.csv", save_csv_weights),
        ("a.edges", save_spaces),
        ("A.TXT.GZ", save_gz),
    ],
)
def test_formats_give_the_graph(tmp_path, name, save):
    save(tmp_path / name)
    assert read_graph(tmp_path / name) == GRAPH
    assert read_graph(tmp_path / name, layers=[0, 1, 2, 0]).layers.tolist() == [0, 1, 2, 0]


def test_words_become_labels(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("from,to,kind\nlacI,lacZ,-\ncrp,lacZ,+\ncrp,lacI,+\n")
    graph = read_graph(path)
    assert graph.labels == ("crp", "lacI", "lacZ")
    assert mc.count(graph, 3)["030T"] == 1


def test_sparse_numbers_are_labels(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("1000000000\t7\n7\t-3\n7\t7\n-3\t7\n")
    graph = read_graph(path)
    assert graph.n_nodes == 3
    assert graph.labels == (-3, 7, 1000000000)


def test_an_empty_edge_list_is_an_empty_graph(tmp_path):
    for text in ("source\ttarget\n", "from\tto\tweight\n% nothing\n\n", "# source\ttarget\n"):
        (tmp_path / "a.tsv").write_text(text)
        assert read_graph(tmp_path / "a.tsv") == mc.Graph(np.zeros((0, 0)))


def state_dict(masks, biases):
    state = {}
    for k, (mask, bias) in enumerate(zip(masks, biases, strict=True)):
        state[f"{4 * k}.weight"] = np.ascontiguousarray(mask.T * 0.3, dtype=np.float32)
        state[f"{4 * k}.bias"] = bias.astype(np.float32)
    return state


@pytest.mark.parametrize("name", ["a.npz", "a.pt", "a.pth", "a.safetensors"])
@pytest.mark.parametrize("bias", [False, True])
def test_networks_give_their_layers(tmp_path, name, bias):
    masks = [MASKS[0], MASKS[1], np.array([[1, 1]]), np.array([[1], [1]])]
    biases = [BIASES[0], BIASES[1], np.array([0, 1]), np.array([1])]
    path = tmp_path / name
    if name == "a.npz":
        np.savez(path, **{f"mask{k}": m for k, m in enumerate(masks)}, **{f"bias{k}": b for k, b in enumerate(biases)})
    elif name == "a.safetensors":
        save_file(state_dict(masks, biases), path)  # stores names in its own order: 12 before 4
    else:
        torch.save({key: torch.from_numpy(value) for key, value in state_dict(masks, biases).items()}, path)
    graph = read_graph(path, bias=bias)
    assert graph == mc.Graph.from_layers(masks, biases if bias else None)
    names = [f"mask{k}" for k in range(4)] if name == "a.npz" else ["0", "4", "8", "12"]
    assert graph.layer_names == ("inputs", *names)


def test_prune_masks_go_before_weights(tmp_path):
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2))
    for k in (0, 2):
        torch.nn.utils.prune.random_unstructured(model[k], "weight", 0.5)
    torch.save(model.state_dict(), tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt") == mc.Graph.from_module(model)


def break_npz(path):
    save_npz(path)
    path.write_bytes(path.read_bytes()[:-40])


def other_npz(path):
    np.savez(path, weights=np.eye(3), mask7=np.eye(3))


def pickled(path):
    np.save(path, np.array([{"a": 1}], dtype=object))


def half_gz(path):
    path.write_bytes(gzip.compress(b"0 1\n" * 1000)[:-12])


def dangerous_pt(path):
    torch.save(torch.nn.Linear(2, 2), path)


@pytest.mark.parametrize(
    ("name", "save", "says"),
    [
        ("a.npz", break_npz, "zip"),
        ("a.npz", other_npz, "mask0"),
        ("a.npz", lambda p: p.write_text("not a zip"), "pickle|zip"),
        ("a.npy", pickled, "allow_pickle"),
        ("a.npy", lambda p: np.save(p, np.ones((2, 3))), "square"),
        ("a.mtx", lambda p: p.write_text("0 1\n"), "MatrixMarket|header|banner"),
        ("a.mtx", lambda p: scipy.io.mmwrite(p, np.ones((2, 3))), "square"),
        ("a.graphml", lambda p: p.write_text("<graphml><graph>"), "GraphML"),
        ("a.tsv", lambda p: p.write_text("0\t1\n2\n"), "line 2"),
        ("a.csv", lambda p: p.write_text("source,target\nc,\n"), "line 2"),
        ("a.tsv", lambda p: p.write_bytes(b"\xfe0\t1\n"), "UTF-8"),
        ("a.tsv.gz", half_gz, "end-of-stream|ended"),
        ("a.tsv.gz", lambda p: p.write_text("0 1"), "gzip"),
        ("a.pt", dangerous_pt, "weights_only"),
        ("a.pt", lambda p: p.write_bytes(b"PK\x03\x04broken"), "weights_only"),
        ("a.pt", lambda p: torch.save([1, 2], p), "state dict"),
        ("a.pt", lambda p: torch.save({"x.bias": torch.ones(2)}, p), "weight"),
        ("a.safetensors", lambda p: p.write_bytes(b"\x10"), "safetensors"),
        ("a.docx", lambda p: p.write_text(""), "ending"),
        ("a.tsv", lambda p: p.write_text(""), "empty"),
        ("a.tsv", lambda p: p.write_text("# nothing\n"), "no edges"),
    ],
)
def test_bad_files_are_refused_by_name(tmp_path, name, save, says):
    path = tmp_path / name
    save(path)
    with pytest.raises(ValueError, match=f"{re.escape(str(path))}.*({says})"):
        read_graph(path)


def test_missing_files_and_folders_are_the_systems_errors(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.npz"):
        read_graph(tmp_path / "none.npz")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(IsADirectoryError):
        read_graph(tmp_path / "folder.npz")


def test_masks_know_their_layers(tmp_path):
    np.savez(tmp_path / "a.npz", mask0=MASKS[0])
    with pytest.raises(ValueError, match="layers"):
        read_graph(tmp_path / "a.npz", layers="infer")


def test_matrix_market_without_an_end(tmp_path):
    path = tmp_path / "a.mtx"
    path.write_bytes(b"%%MatrixMarket matrix coordinate integer general\n3 3 2\n1 2 1\n2 3 1abc")
    assert read_graph(path).n_edges == 2


def test_matrix_market_with_zero_bytes(tmp_path):
    path = tmp_path / "a.mtx"
    path.write_bytes(b"%%MatrixMarket matrix array integer general\n3 3\n0\0\0\n")
    with pytest.raises(ValueError, match=f"{path}.*not a text file"):
        read_graph(path)


def test_only_errors_of_other_libraries_are_damaged_files(tmp_path, monkeypatch):
    def fails(*_, **__):
        raise KeyError("what")

    (tmp_path / "a.csv").write_text("source,target\na,b\n")
    save_graphml(tmp_path / "a.graphml")
    monkeypatch.setattr(nx, "read_graphml", fails)
    with pytest.raises(ValueError, match=r"a\.graphml: damaged, or not GraphML: 'what'"):
        read_graph(tmp_path / "a.graphml")
    monkeypatch.setattr("motifcount.files.tables.read", fails)
    with pytest.raises(KeyError, match="what"):
        read_graph(tmp_path / "a.csv")

"""Files of every format: a graph that adds up, or an error that names the file."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import scipy.io
import scipy.sparse as sp

from fuzz.fuzz_border import check_sums
from motifcount.files import read_graph

ENDINGS = [".npz", ".npy", ".mtx", ".tsv", ".csv.gz", ".graphml", ".safetensors", ".pt"]
_FOLDER = tempfile.TemporaryDirectory()


def run(data: bytes) -> None:
    """Read a file: the first byte tells ending and options, the others are what it holds."""
    kind, content = (data[0], data[1:]) if data else (0, b"")
    path = Path(_FOLDER.name) / f"file{ENDINGS[kind % len(ENDINGS)]}"
    path.write_bytes(content)
    try:
        graph = read_graph(path, layers="infer" if kind & 64 else None, bias=kind >= 128)
    except ValueError as error:
        if str(path) not in str(error):
            raise AssertionError("the file is not named") from error
        return
    except MemoryError:
        return
    check_sums(graph)


def seeds() -> list[bytes]:
    """Return a file of every kind."""
    from safetensors.numpy import save_file

    matrix = sp.csr_array(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    masks = {"mask0": np.ones((2, 1), bool), "bias0": np.ones(1), "mask1": np.ones((1, 2))}
    found: list[bytes] = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "seed"

        def keep(ending: str, options: int = 0) -> None:
            found.append(bytes([ENDINGS.index(ending) + options]) + path.read_bytes())

        for kind in (matrix, matrix.tocsc(), matrix.tocoo()):
            with path.open("wb") as file:
                sp.save_npz(file, kind)
            keep(".npz")
        with path.open("wb") as file:
            np.savez_compressed(file, **masks)
        keep(".npz", 128)
        for order in ("C", "F"):
            with path.open("wb") as file:
                np.save(file, np.asarray(matrix.toarray(), order=order))
            keep(".npy", 64)
        for text in (matrix, matrix.toarray()):
            with path.open("wb") as file:
                scipy.io.mmwrite(file, text)
            keep(".mtx")
        for lines in ("0\t1\n1\t2\n2\t0\n", "# c\nsource target weight\na b 1\nb c 0\n", "3,4\n5,6 % c\n", ""):
            path.write_text(lines)
            keep(".tsv")
            path.write_bytes(gzip.compress(lines.encode()))
            keep(".csv.gz")
        nx.write_graphml(nx.DiGraph([("a", "b"), ("b", "c")]), path)
        keep(".graphml", 64)
        save_file({"0.weight": np.ones((1, 2)), "0.bias": np.ones(1), "2.weight": np.ones((2, 1))}, path)
        keep(".safetensors", 128)
        try:
            import torch
        except ImportError:
            return found
        for old_format in (False, True):
            state = {"0.weight": torch.ones(1, 2), "0.bias": torch.ones(1)}
            torch.save(state, path, _use_new_zipfile_serialization=not old_format)
            keep(".pt", 128)
    return found

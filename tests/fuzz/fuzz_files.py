"""Files of every format: a graph that adds up, or an error that names the file."""

from __future__ import annotations

import bz2
import gzip
import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse as sp

from fuzz.fuzz_border import check_sums
from motifcount.files import read_graph

ENDINGS = [
    ".npz", ".npy", ".mtx", ".tsv", ".csv.gz", ".graphml", ".safetensors", ".pt",
    ".csv.bz2", ".csv.zip", ".sif", ".net", ".gml", ".gexf", ".json", ".xlsx", ".parquet", ".feather",
]  # fmt: skip
_TABLES = [
    "0\t1\n1\t2\n2\t0\n",
    "# c\nsource target weight\na b 1\nb c 0\n",
    "3,4\n5,6 % c\n",
    "",
    '"","from","to","Type"\n"1",a,b,Directed\n"2",b,c,Undirected\n',
    ",a,b,c\na,0,1,0.5\nb,0,0,1\nc,0,0,0\n",
    "1 2 {'weight': 3}\n2 3 {}\n",
    "a;b;0,5\nb;c;1,5\n",
    "a -> b\nb -| c\n",
    'sep=;\nsource;target;kind\n"a\n#x";b;1e+05\n;;\n1.0;b;TRUE\n',
]
_TEXTS = {
    ".sif": ["a pp b c\nb pd c\n"],
    ".net": ['*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2 2\n*Edges\n1 3\n', "*Vertices 2\n*Matrix\n0 1\n1 0\n",
             "*Vertices 3\n*Arcslist\n1 2 3\n"],
    ".json": ['{"directed": true, "nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}',
              '{"elements": {"nodes": [{"data": {"id": "a"}}], "edges": []}}',
              '{"nodes": [{"node_id": "a", "layer": "E", "feature_type": "bias"}], "links": [{"source": "a"}]}'],
}  # fmt: skip
_DATE, _TIME = re.compile(rb"\d{4}-\d\d-\d\d"), re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z")
_ADDRESS = re.compile(rb"\d{8,}")  # by which the old format of torch calls a tensor
_TEMPORARY = tempfile.TemporaryDirectory()
FOLDER = Path(_TEMPORARY.name)  # of the file that is read

_CHOICES: dict[str, list[Any]] = {
    "layers": [None, "infer", "0,1"],
    "bias": [False, True],
    "header": [None, True, False],
    "format": [None, "edges", "matrix", "sif"],
    "delimiter": [None, ",", " ", "->"],
    "columns": [None, (0, 1), (2, 1), ("source", "target")],
    "weight": [None, 2, "weight"],
    "threshold": [None, 2],
    "fill": [None, 0],
    "undirected": [None, True, False],
}
_USUAL = bytes(len(_CHOICES))


def run(data: bytes) -> None:
    """Read a file: the first byte tells the ending, the next ones the options, the others are what it holds."""
    kind, given, content = data[:1] or b"\0", data[1 : 1 + len(_CHOICES)], data[1 + len(_CHOICES) :]
    path = FOLDER / f"file{ENDINGS[kind[0] % len(ENDINGS)]}"
    path.write_bytes(content)
    options = {name: some[k % len(some)] for (name, some), k in zip(_CHOICES.items(), given, strict=False)}
    try:
        graph = read_graph(path, **options)
    except ValueError as error:
        if str(path) not in str(error) and "weight must be another column" not in str(error):
            raise AssertionError("the file is not named") from error
        return
    except MemoryError:
        return
    check_sums(graph)


def _lasting(ending: str, content: bytes) -> bytes:
    """Return the same file whenever and wherever it is written."""
    if ending == ".pt":
        addresses = dict.fromkeys(_ADDRESS.findall(content))
        for k, address in enumerate(addresses):
            content = content.replace(address, b"%0*d" % (len(address), k))
        return content
    if ending == ".gexf":
        return _DATE.sub(b"2020-01-01", content)
    if ending != ".xlsx":
        return content
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), _TIME.sub(b"2020-01-01T00:00:00Z", old.read(name)))
    return packed.getvalue()


def seeds() -> list[bytes]:
    """Return a file of every kind, the same ones in every call."""
    from safetensors.numpy import save_file

    matrix = sp.csr_array(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    masks = {"mask0": np.ones((2, 1), bool), "bias0": np.ones(1), "mask1": np.ones((1, 2))}
    found: list[bytes] = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "seed"

        def keep(ending: str, *, layers: int = 0, bias: int = 0) -> None:
            given = bytes([layers, bias, *_USUAL[2:]])
            found.append(bytes([ENDINGS.index(ending)]) + given + _lasting(ending, path.read_bytes()))

        for kind in (matrix, matrix.tocsc(), matrix.tocoo()):
            with path.open("wb") as file:
                sp.save_npz(file, kind)
            keep(".npz")
        with path.open("wb") as file:
            np.savez_compressed(file, **masks)
        keep(".npz", bias=1)
        for order in ("C", "F"):
            with path.open("wb") as file:
                np.save(file, np.asarray(matrix.toarray(), order=order))
            keep(".npy", layers=1)
        for text in (matrix, matrix.toarray()):
            with path.open("wb") as file:
                scipy.io.mmwrite(file, text)
            keep(".mtx")
        for lines in _TABLES:
            path.write_text(lines)
            keep(".tsv")
            path.write_bytes(gzip.compress(lines.encode(), mtime=0))
            keep(".csv.gz")
        path.write_bytes(bz2.compress(lines.encode()))
        keep(".csv.bz2")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo("graph.csv"), lines)
        keep(".csv.zip")
        for ending, texts in _TEXTS.items():
            for text in texts:
                path.write_text(text)
                keep(ending, layers=1)
        frame = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1, 0]})
        for ending, write in (
            (".xlsx", frame.to_excel),
            (".parquet", frame.to_parquet),
            (".feather", frame.to_feather),
        ):
            write(path.with_suffix(ending))
            path.with_suffix(ending).replace(path)
            keep(ending)
        graph = nx.DiGraph([("a", "b"), ("b", "c")])
        for ending, save in ((".graphml", nx.write_graphml), (".gml", nx.write_gml), (".gexf", nx.write_gexf)):
            save(graph, path)
            keep(ending, layers=1)
        save_file({"0.weight": np.ones((1, 2)), "0.bias": np.ones(1), "2.weight": np.ones((2, 1))}, path)
        keep(".safetensors", bias=1)
        try:
            import torch
        except ImportError:
            return found
        for old_format in (False, True):
            state = {"0.weight": torch.ones(1, 2), "0.bias": torch.ones(1)}
            torch.save(state, path, _use_new_zipfile_serialization=not old_format)
            keep(".pt", bias=1)
    return found

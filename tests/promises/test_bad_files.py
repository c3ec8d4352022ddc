"""Damaged, foreign and malicious files are refused by name, and never take what they pretend to need."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import zipfile

import numpy as np
import pytest
import safetensors.torch
import scipy.io
import scipy.sparse as sp
import torch
from safetensors.numpy import save_file

import motifcount as mc
from motifcount._support import memory
from motifcount.files import read_graph
from support.wrong import assert_all_is_well, documented

PATH = sp.csr_array(np.eye(30, k=1))
MASKS = [np.eye(4), np.ones((4, 3))]
LINEAR = {"0.weight": torch.ones(4, 3), "0.bias": torch.ones(4), "2.weight": torch.ones(2, 4)}


class Trap:
    def __reduce__(self):
        return (print, ("a pickle was run",))


def npy(shape, descr="'<f8'", data=b""):
    stream = io.BytesIO()
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    stream.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + data)
    return stream.getvalue()


def packed(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return stream.getvalue()


def saved(save, value, **options):
    stream = io.BytesIO()
    save(stream, value, **options)
    return stream.getvalue()


def state(**changes):
    return saved(lambda stream, value: torch.save(value, stream), LINEAR | changes)


BROKEN_COO = {"format": b"coo", "row": [0], "col": [5], "data": [1], "shape": [2, 2]}
GRAPHML = '<graphml><graph edgedefault="directed"><node id="a"/>%s</graph></graphml>'
MTX = "%%MatrixMarket matrix coordinate real general\n"
FILES = {
    "empty.npz": b"",
    "empty.npy": b"",
    "empty.mtx": b"",
    "empty.graphml": b"",
    "empty.pt": b"",
    "empty.safetensors": b"",
    "null.tsv": b"1\t2\n\0\t3\n",
    "binary.csv": bytes(range(256)),
    "ragged.tsv": b"1 2\n1 2 3\n",
    "neighbours.txt": b"1 2 3 4\n2 3\n",
    "single.el": b"1\n2\n",
    "half-weights.csv": b"source,target,weight\n1,2,\n2,3,1\n",
    "signs-and-numbers.tsv": b"source target weight\n1 2 +\n2 3 0\n",
    "cut.tsv.gz": gzip.compress(b"1 2\n" * 1000)[:-9],
    "twice-packed.npz.gz": gzip.compress(b"1"),
    "huge.npy": npy("(1000000, 1000000)"),
    "huge-masks.npz": packed(mask0=npy("(1000000, 1000000)")),
    "objects.npy": npy("(1,)", "'|O'", pickle.dumps([Trap()])),
    "objects.npz": packed(mask0=npy("(1, 1)", "'|O'", pickle.dumps([Trap()]))),
    "negative.npy": npy("(-1, 4)"),
    "structured.npy": npy("(1,)", "[('a', '<i8')]", b"\0" * 8),
    "vector.npy": saved(np.save, np.ones(4)),
    "text.npy": saved(np.save, np.array([["a"]])),
    "no-masks.npz": packed(weights=saved(np.save, np.eye(3))),
    "gap.npz": packed(mask0=saved(np.save, np.eye(3)), mask2=saved(np.save, np.eye(3))),
    "chain.npz": packed(mask0=saved(np.save, np.ones((2, 3))), mask1=saved(np.save, np.ones((2, 3)))),
    "format.npz": packed(format=saved(np.save, b"xyz"), data=saved(np.save, np.ones(1))),
    "shape.npz": packed(**{name: saved(np.save, part) for name, part in BROKEN_COO.items()}),
    "entries.mtx": (MTX + "5 5 1000000000000\n1 2 1\n").encode(),
    "array.mtx": b"%%MatrixMarket matrix array real general\n1000000 1000000\n1\n",
    "range.mtx": (MTX + "2 2 1\n9 1 1\n").encode(),
    "cut.mtx": (MTX + "2 2 2\n1 2 1\n").encode(),
    "words.mtx": (MTX + "2 2 1\na b c\n").encode(),
    "wide.mtx": (MTX + "2 3 1\n1 2 1\n").encode(),
    "undirected.graphml": b'<graphml><graph edgedefault="undirected"><node id="a"/></graph></graphml>',
    "cut.graphml": b"<graphml><graph>",
    "endless.graphml": (GRAPHML % '<edge source="a"/>').encode(),
    "startless.graphml.gz": gzip.compress((GRAPHML % '<edge target="a"/>').encode()),
    "laughs.graphml": b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><graphml>&c;</graphml>',
    "code.pt": saved(lambda stream, value: pickle.dump(value, stream), Trap()),
    "module.pt": saved(lambda stream, value: torch.save(value, stream), torch.nn.Linear(2, 2)),
    "tensor.pt": saved(lambda stream, value: torch.save(value, stream), torch.ones(2, 2)),
    "checkpoint.pt": state(model={"weight": torch.ones(2, 2)}),
    "convolution.pt": state(**{"1.weight": torch.ones(2, 2, 3, 3)}),
    "norm.pt": state(**{"1.weight": torch.ones(4), "1.bias": torch.ones(4)}),
    "buffer.pt": state(**{"1.num_batches_tracked": torch.tensor(1)}),
    "lone-bias.pt": state(**{"1.bias": torch.ones(4)}),
    "lone-mask.pt": state(**{"4.weight_mask": torch.ones(4, 2)}),
    "number.pt": saved(lambda stream, value: torch.save(value, stream), {0: torch.ones(2, 2)}),
    "chain.pt": state(**{"2.weight": torch.ones(2, 5)}),
    "none.pt": saved(lambda stream, value: torch.save(value, stream), {}),
    "header.safetensors": (2**63 - 1).to_bytes(8, "little") + b"{}",
    "word.xyz": b"1 2\n",
    "word": b"1 2\n",
}


@pytest.mark.parametrize("name", FILES)
def test_what_cannot_be_read(tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    with pytest.raises((ValueError, MemoryError)) as refused:
        read_graph(path)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)
    assert "a pickle was run" not in capsys.readouterr().out
    assert_all_is_well()


@pytest.mark.parametrize("name", ["a.tsv", "a.npz", "a.npy", "a.mtx", "a.pt", "a.safetensors", "a.graphml"])
def test_pipes_are_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(ValueError, match=f"{name}: path must be a regular file"):
        read_graph(tmp_path / name)


def test_a_node_may_be_called_none(tmp_path):
    (tmp_path / "a.graphml").write_text(GRAPHML % '<node id="None"/><edge source="a" target="None"/>')
    assert read_graph(tmp_path / "a.graphml").labels == ("a", "None")


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float8_e4m3fn])
def test_tensors_of_types_that_numpy_lacks(tmp_path, dtype):
    safetensors.torch.save_file({"0.weight": torch.eye(3).to(dtype)}, tmp_path / "a.safetensors")
    assert read_graph(tmp_path / "a.safetensors") == mc.Graph.from_layers([np.eye(3)])


@pytest.mark.parametrize("name", ["a.tsv", "a.npy", "a.mtx"])
def test_biases_where_there_are_none(tmp_path, name):
    (tmp_path / name).write_bytes(b"1 2\n")
    with pytest.raises(ValueError, match="bias must be False"):
        read_graph(tmp_path / name, bias=True)
    sp.save_npz(tmp_path / "a.npz", PATH)
    with pytest.raises(ValueError, match="bias must be False"):
        read_graph(tmp_path / "a.npz", bias=True)


def test_a_file_that_unpacks_to_more_than_fits(tmp_path, monkeypatch):
    real = memory.require_memory
    monkeypatch.setattr("os.sysconf", lambda name: 1000 if name == "SC_PHYS_PAGES" else 4096)
    for name, content in {
        "a.tsv.gz": gzip.compress(b"1 2\n" * 10**6),
        "a.npz": saved(np.savez_compressed, np.zeros((1000, 1000))),
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(MemoryError, match=name):
            read_graph(tmp_path / name)
    assert memory.require_memory is real
    assert "MemoryError" in documented(read_graph)


SAVED = {
    "a.npz": lambda path: np.savez(path, mask0=MASKS[0], mask1=MASKS[1]),
    "b.npz": lambda path: np.savez_compressed(path, mask0=MASKS[0], mask1=MASKS[1]),
    "c.npz": lambda path: sp.save_npz(path, PATH),
    "a.safetensors": lambda path: save_file({name: value.numpy() for name, value in LINEAR.items()}, path),
    "a.pt": lambda path: torch.save(LINEAR, path),
    "a.tsv.gz": lambda path: path.write_bytes(gzip.compress(b"".join(b"%d %d\n" % (k, k + 1) for k in range(99)))),
    "a.npy": lambda path: np.save(path, np.eye(9, k=1)),
    "a.mtx": lambda path: scipy.io.mmwrite(path, PATH),
}


@pytest.mark.parametrize("name", SAVED)
def test_cut_anywhere(tmp_path, name):
    """A file that was cut is refused, unless all that counts was left; text cut between two lines is whole text."""
    path = tmp_path / name
    SAVED[name](path)
    content, whole = path.read_bytes(), read_graph(path)
    refusals = []
    lengths = {0, 1, 7, *range(8, len(content), max(1, len(content) // 60)), len(content) - 1}
    for length in lengths:
        path.write_bytes(content[:length])
        try:
            assert read_graph(path) == whole
        except ValueError as error:
            refusals.append(str(error))
    assert refusals
    assert all(refusal.startswith(str(path)) for refusal in refusals)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.npz", "b.npz", "c.npz", "a.tsv.gz"])
def test_flipped_bits(tmp_path, name):
    """What has a checksum is the same graph or refused."""
    path = tmp_path / name
    SAVED[name](path)
    content, whole = path.read_bytes(), read_graph(path)
    refusals = []
    rng = np.random.default_rng(1)
    for position in rng.choice(len(content), 250).tolist():
        flipped = bytearray(content)
        flipped[position] ^= 1 << int(rng.integers(8))
        path.write_bytes(flipped)
        try:
            assert read_graph(path) == whole, position
        except (ValueError, MemoryError) as error:
            refusals.append(str(error))
    assert refusals
    assert all(refusal.startswith(str(path)) for refusal in refusals)

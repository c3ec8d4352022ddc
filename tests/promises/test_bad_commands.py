"""Commands that cannot be done: one line on standard error, nothing on standard output, exit status 2."""

from __future__ import annotations

import os
import sys
import warnings

import pytest

from motifcount import cli
from motifcount.nulls.in_core import InCore

NET = "dataset:pendulum"
HEADER = b"{'descr': '<i8', 'fortran_order': False, 'shape': (9895604649984,), }".ljust(117) + b"\n"
LAYERS = {
    "empty.npy": b"",
    "empty.txt": b"",
    "zip.npy": b"PK\3\4",
    "huge.npy": b"\x93NUMPY\x01\x00" + len(HEADER).to_bytes(2, "little") + HEADER,
}
COMMANDS = {
    "count": "FILE",
    "count nothing.npz": "nothing.npz",
    "count folder.tsv": "folder.tsv",
    "count word": "no such file or folder",
    "count a.tsv --size": "--size",
    "count a.tsv --size 5": "size",
    "count a.tsv --size 3,,4": "--size",
    "count a.tsv --size 3.5": "--size",
    "count a.tsv --size 99999999999999999999": "size",
    "count a.tsv --threads 0": "--threads",
    "count a.tsv --threads x": "--threads",
    "count a.tsv --threads 99999999999999": "--threads",
    "count a.tsv -j 1.5": "--threads",
    "count a.tsv --layers": "--layers",
    "count a.tsv --layers nothing.txt": "nothing.txt",
    "count a.tsv --layers folder.tsv": "folder.tsv",
    "count a.tsv --layers a.tsv": "layers",
    "count a.tsv --layers words.csv": "--layers",
    "count a.tsv --layers empty.npy": "--layers",
    "count a.tsv --layers zip.npy": "zip.npy",
    "count a.tsv --layers huge.npy": "huge.npy",
    "count a.tsv --layers empty.txt": "layers",
    "count a.tsv --layers pipe": "--layers must be a regular file",
    "count pipe.tsv": "pipe.tsv",
    "count a.tsv --clean": "layers",
    "count a.tsv --bias": "bias",
    "count a.tsv --json --csv": "--json",
    "count a.tsv --foo": "--foo",
    "count a.tsv extra": "extra",
    f"count {NET} --layers infer": "--layers",
    "count dataset:": "pendulum",
    "count dataset:pendulun": "did you mean 'pendulum'",
    f"significance {NET} --null dgree": "degree",
    f"significance {NET} --samples 0": "samples",
    f"significance {NET} --samples 1": "samples",
    f"significance {NET} --samples 1e3": "--samples",
    f"significance {NET} --samples 99999999999": "samples",
    f"significance {NET} --seed -1": "seed",
    f"significance {NET} --seed 18446744073709551616": "seed",
    f"significance {NET} --seed x": "--seed",
    f"significance {NET} --swaps-per-edge 0": "--swaps-per-edge",
    f"significance {NET} --swaps-per-edge nan": "--swaps-per-edge",
    f"significance {NET} --swaps-per-edge x": "--swaps-per-edge",
    f"significance {NET} --null cover --keep-mutual": "--keep-mutual",
    f"significance {NET} --size 1": "size",
    f"significance {NET} --plot x.gif": ".svg",
    f"significance {NET} --plot nowhere/x.svg": "nowhere",
    f"significance {NET} --plot a.tsv/x.svg": "a.tsv/x.svg",
    f"significance {NET} --plot folder.svg": "folder.svg",
    f"significance {NET} --report x.txt": ".html",
    f"significance {NET} --report nowhere/x.html": "nowhere",
    "report": "FILE",
    f"report {NET}": "--output",
    f"report {NET} -o x.txt": "a report must be a .html file",
    f"report {NET} a.tsv a.tsv -o x.html": "a.tsv is given twice",
    f"report {NET} -o x.html --null degree --null degree": "--null must name different null models",
    f"report {NET} -o nowhere/x.html": "nowhere",
    f"report {NET} nothing.npz -o x.html": "nothing.npz",
    f"report {NET} -o x.html --null dgree": "degree",
    f"report {NET} -o x.html --null cover --null edge_count --keep-mutual": "not to cover and edge_count",
    f"randomize {NET}": "--output",
    f"randomize {NET} -o": "-o",
    f"randomize {NET} -o out.xyz": "--output must end in one of .csv",
    f"randomize {NET} -o nowhere/out.npz": "nowhere",
    f"randomize {NET} -o folder.npz": "folder.npz",
    f"randomize {NET} -o out.npz --null dgree": "degree",
    f"randomize {NET} -o out.npz --null cover --keep-mutual": "--keep-mutual",
    f"randomize {NET} -o out.npz --seed -1": "seed",
    f"randomize {NET} -o out.npz --threads 0": "--threads",
    "randomize a.tsv -o out.npz --null cover": "cover",
    "randomize nothing.npz -o out.npz": "nothing.npz",
    "study --preset papre": "did you mean 'paper'",
    "study moth --networks 0": "networks",
    "study moth --networks x": "--networks",
    "study moth --networks 99999999999": "networks",
    "study moth --seed -3": "seed",
    "study moth --stop-after nan": "--stop-after",
    "study moth --stop-after -1": "--stop-after",
    "study moth --device tpu7": "device",
    "study moth --threads 0": "--threads",
    "study a.tsv --stop-after 0": "a.tsv",
    "study a b": "(b)",
    "info nothing.npz": "nothing.npz",
    "info a.tsv --csv": "--csv",
    "info --layers infer": "--layers",
    "info --bias": "--bias",
    "frobnicate": "frobnicate",
    "--frobnicate": "--frobnicate",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_one_line_and_status_2(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    if command.startswith("study") and "--device" not in command:  # told without torch, which takes long to import
        monkeypatch.setitem(sys.modules, "motifcount.study", None)
        monkeypatch.delattr("motifcount.study", raising=False)
    (tmp_path / "a.tsv").write_text("0 1\n1 2\n0 2\n")
    (tmp_path / "words.csv").write_text("a,b\n")
    for name in ("folder.tsv", "folder.svg", "folder.npz"):
        (tmp_path / name).mkdir()
    for name, content in LAYERS.items():
        (tmp_path / name).write_bytes(content)
    for name in ("pipe", "pipe.tsv"):
        os.mkfifo(tmp_path / name)
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(sys, "argv", ["motifcount", *command.split()])
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    monkeypatch.setattr(InCore, "sample_counts", None)  # no sample is drawn in vain
    with pytest.raises(SystemExit) as stop:
        cli.main()
    out, err = capsys.readouterr()
    assert (stop.value.code, out) == (2, "")
    assert err.startswith("motifcount: ")
    assert err.count("\n") == 1
    assert COMMANDS[command] in err
    assert sorted(tmp_path.iterdir()) == before

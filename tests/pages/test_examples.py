"""The examples run as their users run them, and say what is true.

Most run in the process of the tests, which has imported what takes seconds: `__main__` is the example.
"""

from __future__ import annotations

import importlib
import json
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import torch

import motifcount as mc
from motifcount.files import read_graph

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # an example may warn

PACKAGE = Path(mc.__file__).parent


@pytest.fixture(autouse=True)
def _as_many_threads_as_before():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def run(repository, monkeypatch, capsys):
    """Run an example by its name, with words as on the command line; return what it prints."""

    def run(name, *words):
        monkeypatch.setattr(sys, "argv", [name, *map(str, words)])
        runpy.run_path(str(repository / "examples" / name), run_name="__main__")
        return capsys.readouterr().out

    return run


@pytest.fixture
def run_smaller(repository, monkeypatch, capsys):
    """Do as `run` does, for an example of which some constants are changed."""

    def run(name, *words, **constants):
        monkeypatch.setattr(sys, "argv", [name, *map(str, words)])
        monkeypatch.syspath_prepend(repository / "examples")
        example = importlib.import_module(name.removesuffix(".py"))
        for constant, value in constants.items():
            monkeypatch.setattr(example, constant, value)
        example.main()
        return capsys.readouterr().out

    return run


def test_compare_nulls(run, tmp_path):
    output = run("compare_nulls.py", "--samples", "50", "--output", tmp_path / "nulls.svg")
    counts = mc.count(mc.datasets.load("pendulum").drop_ineffective(), size=4)
    rows = dict(re.findall(r"^\| (\w+) \| ([\d,]+) \|", output, re.MULTILINE))
    assert rows == {name: f"{n:,}" for name, n in counts.items()}
    assert "</svg>" in (tmp_path / "nulls.svg").read_text()


def test_attribution_graph(run, repository, tmp_path):
    example = runpy.run_path(str(repository / "examples" / "attribution_graph.py"))
    file = example["made_up"](tmp_path / "made-up.json", 1)
    links = {(link["source"], link["target"]): link["weight"] for link in json.loads(file.read_text())["links"]}
    loops = Counter(
        " ".join("+" if links[pair] > 0 else "-" for pair in ((x, y), (y, z), (x, z)))
        for x, y in links
        for other, z in links
        if other == y and (x, z) in links
    )
    output = run("attribution_graph.py", file, "--samples", "40")
    rows = dict(re.findall(r"^\| [CI]\d \| ([+-] [+-] [+-]) \| ([\d,]+) \|", output, re.MULTILINE))
    assert {signs: int(n.replace(",", "")) for signs, n in rows.items()} == loops
    assert run("attribution_graph.py", "--samples", "40") == output  # that it makes by itself


def test_package_imports(run, tmp_path):
    package = tmp_path / "package"
    (package / "inner").mkdir(parents=True)
    sources = {
        "__init__.py": "from package import top",
        "top.py": "import package.middle, os\nfrom .inner import leaf",
        "middle.py": "def late():\n    from package.inner import leaf as other",
        "inner/__init__.py": "",
        "inner/leaf.py": "from . import __name__",
        "inner/lone.py": "import sys",
    }
    for name, source in sources.items():
        (package / name).write_text(source)
    output = run("package_imports.py", package, tmp_path / "imports.svg")
    observed = {name: int(n) for name, n in re.findall(r"^  (\d\d\d\w?) +(\d+) ", output, re.MULTILINE)}
    arcs = [(0, 1), (1, 2), (1, 4), (2, 4), (4, 3)]
    assert observed == dict(mc.count(mc.Graph.from_edges(*zip(*arcs, strict=True), 6), size=3))
    assert "</svg>" in (tmp_path / "imports.svg").read_text()


@pytest.mark.subprocess
def test_package_imports_of_motifcount(run, repository, tmp_path):
    """As a process of its own, and in this one."""
    words = ("package_imports.py", PACKAGE, tmp_path / "imports.png")
    done = subprocess.run(
        [sys.executable, *words], cwd=repository / "examples", capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert run(*words) == done.stdout
    assert int(re.search(r"^  030T +([\d,]+)", done.stdout, re.MULTILINE).group(1).replace(",", "")) > 20


def test_train_pendulum(run_smaller, tmp_path):
    """Two short stages in place of nine long ones."""
    sizes = {"EPOCHS": 1, "N_TRAIN": 512, "N_VALIDATION": 512}
    goals = {"SPARSITIES": (0, 0.5), "MAX_RELATIVE_LOSS": 9}
    output = run_smaller("train_pendulum.py", "--output", tmp_path / "net.npz", **sizes, **goals)
    assert "saved sparsity 0.50" in output
    assert read_graph(tmp_path / "net.npz").n_edges == (6 * 96 + 96 * 96 + 96 * 48 + 48 * 4) // 2


def test_digits_residual(run_smaller, tmp_path):
    """Two small networks of each kind, hardly trained: the table is that of the file, and means of z in it."""
    path = tmp_path / "digits.json"
    words = ("--networks", 2, "--epochs", 1, "--samples", 20, "--output", path)
    sizes = {"CHANNELS": 8, "BLOCKS": 2, "KEPT": (0.6, 0.35), "N_TEST": 1397}
    output = run_smaller("digits_residual.py", *words, **sizes)
    found = json.loads(path.read_text())
    rows = dict(re.findall(r"^(\w+) +((?:[+-][\d.]+ ± [\d.]+ +){3})", output, re.MULTILINE))
    assert len(rows) == 6
    for name, row in rows.items():
        means = [float(mean) for mean in re.findall(r"([+-][\d.]+) ±", row)]
        assert means == [round(sum(kind[name]) / 2, 2) for kind in found.values()], name
    assert all(0 <= share <= 1 for kind in found.values() for share in kind["test"])


def sparse_transformer(folder, d_pos_emb=None):
    """Write a small model of the format of circuit_sparsity, and return its weights by name."""
    torch.manual_seed(1)
    config = {"n_layer": 2, "n_head": 2, "d_head": 3, "d_model": 8, "d_mlp": 10, "vocab_size": 11, "block_size": 5}
    config |= {"rms_norm": True, "bias": True, "sink": True, "afrac": 0.25, "tied_unembed": False}
    places = d_pos_emb or 0
    shapes = {"attn.c_attn": (18, 8 + places), "attn.c_proj": (8, 6)}
    shapes |= {"mlp.c_fc": (10, 8 + places), "mlp.c_proj": (8, 10)}
    norms = {"ln_1": 8, "ln_2": 8} | ({"ln_p1": places, "ln_p2": places} if places else {})
    state = {"transformer.wte.weight": torch.randn(11, 8), "transformer.wpe.weight": torch.randn(5, places or 8)}
    for k in range(2):
        block = f"transformer.h.{k}"
        state |= {f"{block}.{name}.weight": torch.ones(width) for name, width in norms.items()}
        for name, shape in shapes.items():
            state[f"{block}.{name}.weight"] = torch.randn(shape) * (torch.rand(shape) < 0.3)
            state[f"{block}.{name}.bias"] = torch.zeros(shape[0])
        state[f"{block}.attn.attn_imp.sink_logit"] = torch.zeros(2)
    state |= {"lm_head.weight": torch.randn(11, 8), "transformer.ln_f.weight": torch.ones(8)}
    state["final_logits_bias"] = torch.zeros(11)
    folder.mkdir()
    (folder / "beeg_config.json").write_text(json.dumps(config | ({"d_pos_emb": places} if places else {})))
    torch.save(state, folder / "final_model.pt")
    return {name: weight.numpy() for name, weight in state.items()}


def written_out(weights, blocks):
    """Return the units on a way through some blocks as a networkx graph."""
    graph = nx.DiGraph()

    def connect(source, target, weight):
        graph.add_edges_from(((source, int(i)), (target, int(o))) for o, i in zip(*np.nonzero(weight), strict=True))

    for k in blocks:
        names = ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
        attn, out, neurons, fed = (weights[f"transformer.h.{k}.{name}.weight"] for name in names)
        for stream, target, weight in (("start", "values", attn[12:]), ("middle", "neurons", neurons)):
            connect((k, stream), (k, target), weight[:, :8])
            connect("position", (k, target), weight[:, 8:])
        connect((k, "values"), (k, "attended"), out)
        connect((k, "neurons"), (k, "fed"), fed)
        for source, target in (("start", "middle"), ("attended", "middle"), ("middle", "end"), ("fed", "end")):
            connect((k, source), (k, target), np.eye(8))
        connect((k, "end"), (k + 1, "start"), np.eye(8))
    first, last = (blocks[0], "start"), (blocks[-1] + 1, "start")
    for k in blocks:  # the end of a block is the start of the next
        for unit in range(8):
            nx.contracted_nodes(graph, ((k + 1, "start"), unit), ((k, "end"), unit), self_loops=False, copy=False)
    inputs = [node for node in graph if node[0] in (first, "position")]
    outputs = [node for node in graph if node[0] == last]
    below = set(inputs).union(*(nx.descendants(graph, node) for node in inputs))
    above = set(outputs).union(*(nx.ancestors(graph, node) for node in outputs))
    return graph.subgraph(below & above)


@pytest.mark.parametrize("d_pos_emb", [None, 4])
def test_circuit_sparsity(run, tmp_path, d_pos_emb):
    weights = sparse_transformer(tmp_path / "model", d_pos_emb)
    options = ("circuit_sparsity.py", tmp_path / "model", "--samples", "20")
    for more, parts in (((), [[0, 1]]), (("--blocks", "--output", tmp_path / "z.svg"), [[0], [1]])):
        output = run(*options, *more)
        for name, weight in weights.items():
            if weight.ndim == 2 and ".h." in name:
                assert f"{name}: {np.count_nonzero(weight):,} of {weight.size:,} weights" in output
        for text, blocks in zip(output.split("\nblock ")[1:], parts, strict=True):
            graph = written_out(weights, blocks)
            assert f"n_nodes={len(graph)}, n_edges={graph.number_of_edges()}" in text
            counts = {name: n for name, n in mc.count(graph, 4).items() if n}
            observed = re.findall(r"^  (\w+) +([\d,]+) .*(?:varies|fixed|dependent|constant)$", text, re.MULTILINE)
            assert {name: int(n.replace(",", "")) for name, n in observed} == counts
    assert "</svg>" in (tmp_path / "z.svg").read_text()


def test_circuit_sparsity_refuses_weights_that_are_missing(run, tmp_path):
    sparse_transformer(tmp_path / "model")
    state = torch.load(tmp_path / "model" / "final_model.pt")
    del state["transformer.h.1.mlp.c_fc.weight"]
    torch.save(state, tmp_path / "model" / "final_model.pt")
    with pytest.raises(RuntimeError, match=r"transformer\.h\.1\.mlp\.c_fc\.weight"):
        run("circuit_sparsity.py", tmp_path / "model")

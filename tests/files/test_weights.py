"""Checkpoints and masks: layers in an order that is told, or refused where nothing tells it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

import motifcount as mc
from motifcount.files import read_graph, read_with_report

IN, HIDDEN, OUT = 4, 2, 3
FIRST = np.arange(HIDDEN * IN).reshape(HIDDEN, IN).astype(np.float32)  # (out, in), one weight 0
SECOND = np.ones((OUT, HIDDEN), np.float32)
EXPECTED = mc.Graph.from_layers([FIRST.T, SECOND.T])


def save(path, state):
    if path.suffix == ".safetensors":
        save_file(state, path)
    else:
        torch.save({name: torch.from_numpy(value) for name, value in state.items()}, path)
    return path


@pytest.mark.parametrize("ending", [".pt", ".safetensors"])
@pytest.mark.parametrize("names", [("encoder", "decoder"), ("z", "a"), ("layers.2", "layers.10")])
def test_one_order_in_both_formats(tmp_path, ending, names):
    path = save(tmp_path / f"net{ending}", {f"{names[0]}.weight": FIRST, f"{names[1]}.weight": SECOND})
    graph, report = read_with_report(path)
    assert graph == EXPECTED
    assert report.columns["layers"] == ", ".join(names)
    assert "4 → 2 → 3" in report.line()


def test_an_autoencoder_has_two_orders_where_the_format_keeps_none(tmp_path):
    state = {"encoder.weight": np.ones((2, 4), np.float32), "decoder.weight": np.ones((4, 2), np.float32)}
    expected = mc.Graph.from_layers([np.ones((4, 2)), np.ones((2, 4))])
    assert read_graph(save(tmp_path / "a.pt", state)) == expected
    path = save(tmp_path / "a.safetensors", state)
    with pytest.raises(ValueError, match="order="):
        read_graph(path)
    assert read_graph(path, order=["encoder", "decoder"]) == expected
    assert read_graph(tmp_path / "a.pt", order=["decoder", "encoder"]).n_nodes == 8
    with pytest.raises(ValueError, match="every layer once"):
        read_graph(path, order=["encoder"])


@pytest.mark.parametrize("wrapper", ["state_dict", "model_state_dict"])
def test_checkpoints_are_unwrapped(tmp_path, wrapper):
    state = {"0.weight": torch.from_numpy(FIRST), "2.weight": torch.from_numpy(SECOND)}
    torch.save({"epoch": 3, wrapper: state, "optimizer": {}}, tmp_path / "a.pt")
    graph, report = read_with_report(tmp_path / "a.pt")
    assert graph == EXPECTED
    assert report.format == f"state dict in {wrapper!r}"


@pytest.mark.parametrize("name", ["a.pt", "a.safetensors", "a.npz"])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_bias_tells_which_side_is_out(tmp_path, name, swapped):
    """Weights of 24 × 6 and 6 × 24 chain both ways; the bias of 24 between them tells."""
    shapes = ((6, 24), (24, 6)) if swapped else ((24, 6), (6, 24))
    weights = [np.ones(shape, np.float32) for shape in shapes]
    bias = np.ones(24, np.float32)
    path = tmp_path / name
    if name == "a.npz":
        np.savez(path, mask0=weights[0], mask1=weights[1], bias0=bias)
    else:
        save(path, {"0.weight": weights[0], "0.bias": bias, "2.weight": weights[1]})
    assert np.bincount(read_graph(path).layers).tolist() == [6, 24, 6]


def test_shapes_that_do_not_chain(tmp_path):
    for name in ("a.pt", "a.safetensors"):
        with pytest.raises(ValueError, match=r"'0' gives 2 values and '1'.*takes 5"):
            read_graph(save(tmp_path / name, {"0.weight": FIRST, "1.weight": np.ones((3, 5), np.float32)}))
    path = save(tmp_path / "a.pt", {"0.weight": FIRST, "0.bias": np.ones(7, np.float32)})
    with pytest.raises(ValueError, match="bias"):
        read_graph(path)


def test_masks_under_other_names(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, FIRST.T, SECOND.T)
    assert read_graph(path) == EXPECTED
    np.savez(path, b=SECOND.T, a=FIRST.T)
    with pytest.raises(ValueError, match="order="):
        read_graph(path)
    assert read_graph(path, order=["a", "b"]) == EXPECTED
    for arrays in ({"arr_0": np.eye(3)}, {"adj": np.eye(3), "names": np.array([1, 2, 3])}):
        np.savez(path, **arrays)
        with pytest.raises(ValueError, match="adjacency"):
            read_graph(path)


def test_nan_is_no_weight(tmp_path):
    weights = FIRST.copy()
    weights[1, 2] = np.nan
    with pytest.raises(ValueError, match=r"\(1, 2\) is NaN"):
        read_graph(save(tmp_path / "a.pt", {"0.weight": weights}))
    matrix = np.eye(3, k=1)
    matrix[2, 0] = np.nan
    np.save(tmp_path / "a.npy", matrix)
    with pytest.raises(ValueError, match=r"\(2, 0\) of the matrix is NaN; fill=0"):
        read_graph(tmp_path / "a.npy")


def test_a_whole_module_is_no_state_dict(tmp_path):
    torch.save(torch.nn.Sequential(torch.nn.Linear(2, 3)), tmp_path / "a.pt")
    with pytest.raises(
        ValueError, match=r"a\.pt: holds more than the tensors.*a whole module perhaps.*module\.state_dict\(\)"
    ):
        read_graph(tmp_path / "a.pt")


def test_numbers_that_say_another_order_than_the_file_are_refused(tmp_path):
    torch = pytest.importorskip("torch")
    state = {"layer2.weight": torch.ones(4, 8), "layer1.weight": torch.ones(8, 4)}
    torch.save(state, tmp_path / "a.pt")
    with pytest.raises(ValueError, match=r"order=\('layer2', 'layer1'\) or order=\('layer1', 'layer2'\)"):
        read_graph(tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt", order=["layer1", "layer2"]).layers.tolist() == [0] * 4 + [1] * 8 + [2] * 4


def test_an_order_that_is_named_chains(tmp_path):
    torch = pytest.importorskip("torch")
    state = {"a.weight": torch.ones(2, 4), "a.bias": torch.ones(2), "b.weight": torch.ones(4, 3)}
    torch.save(state, tmp_path / "a.pt")
    with pytest.raises(ValueError, match=r"order=\('b', 'a'\)"):
        read_graph(tmp_path / "a.pt")
    assert read_graph(tmp_path / "a.pt", order=["b", "a"]).n_nodes == 9
    torch.save({name: torch.ones(*shape) for name, shape in BRANCHES.items()}, tmp_path / "b.pt")
    with pytest.raises(ValueError, match=r"nor is another order.*from_module"):
        read_graph(tmp_path / "b.pt")


BRANCHES = {"trunk.weight": (4, 3), "left_out.weight": (2, 4), "second.weight": (1, 4)}

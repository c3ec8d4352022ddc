"""Checkpoints as people save them: one state dict under any key, masks beside it or instead; parallel layers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

import motifcount as mc
from motifcount.files import read_graph, read_with_report

DENSE = {"0.weight": torch.ones(6, 4), "0.bias": torch.ones(6), "2.weight": torch.ones(3, 6)}
MASKS = {
    "0.weight": (torch.arange(24).reshape(6, 4) % 3 == 0).float(),
    "2.weight": (torch.arange(18).reshape(3, 6) % 2 == 0).float(),
}
KEPT = mc.Graph.from_layers([MASKS["0.weight"].numpy().T, MASKS["2.weight"].numpy().T])
WHOLE = mc.Graph.from_layers([np.ones((4, 6)), np.ones((6, 3))])
NET = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3, bias=False))
OPTIMIZER = {"state": {0: {"exp_avg": torch.ones(6, 4)}}, "param_groups": [{"lr": 0.1}]}
NAMED_OPTIMIZER = {"state": {"0.weight": {"exp_avg": torch.ones(6, 4)}}, "param_groups": [{"lr": 0.1}]}


def renamed(pattern, masks=MASKS):
    return {pattern.format(name.removesuffix(".weight")): mask for name, mask in masks.items()}


def saved(path, state):
    torch.save(state, path)
    return path


KEYS = ["state_dict", "model_state_dict", "model", "net", "module", "params", "weights", "ema", "anything"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("optimizer", [OPTIMIZER, NAMED_OPTIMIZER])
def test_a_state_dict_under_any_key(tmp_path, key, optimizer):
    checkpoint = {"epoch": 3, key: DENSE, "optim": optimizer, "mean": torch.ones(4)}
    graph, report = read_with_report(saved(tmp_path / "a.pt", checkpoint))
    assert graph == WHOLE == mc.Graph.from_module(NET, weights=checkpoint)
    assert report.format == f"state dict in {key!r}"
    assert report.unused == ("'epoch'", "'mean'", "'optim'")
    assert report.rows()["left out"] == "'epoch', 'mean', 'optim'"
    assert "left out 'epoch'" in report.line()


def test_a_state_dict_deep_within(tmp_path):
    checkpoint = {"run": {"model": DENSE, "step": 2}, "seed": 1}
    graph, report = read_with_report(saved(tmp_path / "a.pt", checkpoint))
    assert graph == WHOLE
    assert report.format == "state dict in 'model' in 'run'"
    assert report.unused == ("'run', 'step'", "'seed'")


@pytest.mark.parametrize("other", ["ema_state_dict", "teacher_state_dict", "model_state_dict"])
def test_two_state_dicts_that_differ_are_refused(tmp_path, other):
    checkpoint = {"state_dict": DENSE, other: {name: torch.zeros_like(value) for name, value in DENSE.items()}}
    path = saved(tmp_path / "a.pt", checkpoint)
    way = rf"'state_dict' and '{other}', which differ; .*torch\.save\(checkpoint\['{other}'\], path\)"
    with pytest.raises(ValueError, match=way):
        read_graph(path)
    with pytest.raises(ValueError, match=f"weights: .*{way}"):
        mc.Graph.from_module(NET, weights=checkpoint)
    assert read_graph(saved(path, checkpoint["state_dict"])) == WHOLE
    assert read_graph(saved(path, checkpoint[other])).n_edges == 0
    assert read_graph(saved(path, checkpoint | {other: dict(DENSE)})) == WHOLE


def test_a_masked_network_is_no_mask(tmp_path):
    masked = {name: 0.5 * mask for name, mask in MASKS.items()}
    assert read_graph(saved(tmp_path / "a.pt", {"masked": masked})) == KEPT
    with pytest.raises(ValueError, match="'net' and 'masked', which differ"):
        read_graph(saved(tmp_path / "a.pt", {"net": DENSE, "masked": masked}))


SPELLINGS = ["{}.weight", "{}", "{}.weight_mask", "{}.weight.mask", "{}.mask", "{}_mask", "module.{}.weight"]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("key", ["mask", "masks", "pruning_masks", "mask_dict", "weight_mask"])
def test_masks_beside_a_state_dict_decide(tmp_path, key, spelling):
    for state in ("state_dict", "model_state_dict", "net"):
        checkpoint = {"epoch": 1, state: DENSE, key: renamed(spelling) | {"0.bias": None}}
        graph, report = read_with_report(saved(tmp_path / "a.pt", checkpoint))
        assert graph == KEPT == mc.Graph.from_module(NET, weights=checkpoint)
        assert f"masks in {key!r} decide what is kept" in report.notes
        assert report.unused == ("'epoch'",)


def test_masks_of_bools_need_no_name(tmp_path):
    checkpoint = {"net": DENSE, "kept": {name: mask.bool() for name, mask in MASKS.items()}}
    assert read_graph(saved(tmp_path / "a.pt", checkpoint)) == KEPT


AMONG = [
    "{}.mask",
    "{}.weight_mask",
    "{}.weight.mask",
    "{}.pruning_mask",
    "mask.{}.weight",
    "masks.{}",
    "{}.mask_weight",
]


@pytest.mark.parametrize("spelling", AMONG)
def test_masks_among_the_tensors_decide(tmp_path, spelling):
    state = DENSE | renamed(spelling)
    assert read_graph(saved(tmp_path / "a.pt", state)) == KEPT == mc.Graph.from_module(NET, weights=state)
    save_file(state, tmp_path / "a.safetensors")
    assert read_graph(tmp_path / "a.safetensors") == KEPT


@pytest.mark.parametrize("spelling", SPELLINGS[:-1])
@pytest.mark.parametrize("wrapped", [False, True])
def test_masks_alone(tmp_path, spelling, wrapped):
    masks = renamed(spelling)
    path = saved(tmp_path / "a.pt", {"masks": masks} if wrapped else masks)
    assert read_graph(path) == KEPT
    assert mc.Graph.from_module(NET, weights=path) == KEPT


REFUSED = {
    "list": ({"net": DENSE, "masks": list(MASKS.values())}, r"'masks' holds masks without names.*'fc1\.weight'"),
    "tensor": ({"net": DENSE, "mask": MASKS["0.weight"]}, "'mask' holds masks without names"),
    "list alone": (list(MASKS.values()), r"not list; masks .* torch\.save\(\{'0\.weight': mask\}, path\)"),
    "of nothing": ({"net": DENSE, "mask": {"fc9": MASKS["0.weight"]}}, r"'fc9' is a mask of no tensor.*'0\.weight'"),
    "of another shape": ({"net": DENSE, "mask": {"0": MASKS["2.weight"]}}, r"0\.weight_mask must .* same shape"),
    "two": (
        {"net": DENSE | {"0.weight_mask": MASKS["0.weight"]}, "mask": {"0": 1 - MASKS["0.weight"]}},
        r"two masks of '0\.weight'",
    ),
    "numbers by other names": ({"first": torch.full((2, 2), 0.5)}, r"'first'.* no weight .*fc1\.weight.*from_module"),
    "optimizer": (OPTIMIZER, "must hold a state dict"),
    "infinite": ({"0.weight": torch.tensor([[1.0, torch.inf]])}, r"0\.weight .*\(0, 1\) is inf"),
    "complex": ({"0.weight": torch.ones(2, 2) * 1j}, r"0\.weight holds complex"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_way_out(tmp_path, name):
    state, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        read_graph(saved(tmp_path / "a.pt", state))


SQUARE = torch.ones(4, 4)
PARALLEL = {
    "attention": ["attn.q_proj", "attn.k_proj", "attn.v_proj", "attn.o_proj"],
    "to_q": ["to_q", "to_k", "to_v"],
    "query": ["self.query", "self.key", "self.value"],
    "variational": ["encoder", "fc_mu", "fc_logvar"],
    "log_var": ["z_mean", "z_log_var", "decoder"],
    "gated": ["mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"],
    "actor and critic": ["actor.0", "actor.2", "critic.0", "critic.2"],
    "policy and value": ["body", "policy_head", "valueHead"],
    "skip": ["block.fc", "block.skip"],
    "shortcut": ["block.fc1", "block.shortcut.0"],
    "embedding": ["embedding", "fc"],
    "lettered heads": ["trunk", "head_a", "head_b"],
    "lettered": ["fc", "fc_a", "fc_b"],
    "tasks": ["fc", "task1", "task2"],
    "user and item": ["user", "item"],
    "two encoders": ["source_encoder", "target_encoder"],
    "text and image": ["text_proj", "image_proj"],
    "wide and deep": ["wide", "deep"],
    "a recurrent unit": ["W_ih", "W_hh"],
    "a recurrent network": ["i2h", "h2h", "h2o"],
    "adapter": ["fc", "fc.lora_A", "fc.lora_B"],
}


@pytest.mark.parametrize("name", PARALLEL)
@pytest.mark.parametrize("ending", ["pt", "safetensors"])
def test_parallel_layers_are_refused(tmp_path, name, ending):
    path = tmp_path / f"a.{ending}"
    state = {f"{layer}.weight": SQUARE.clone() for layer in PARALLEL[name]}
    save_file(state, path) if ending == "safetensors" else torch.save(state, path)
    with pytest.raises(ValueError, match=r"from_module\(module, weights=path\).* say order=\(") as refusal:
        read_graph(path)
    order = str(refusal.value).rpartition("order=")[2]
    assert read_graph(path, order=eval(order)).n_edges == 16 * len(state)


def test_the_module_of_parallel_layers_is_followed(tmp_path):
    class Gated(nn.Module):
        def __init__(self):
            super().__init__()
            self.up, self.gate, self.down = (nn.Linear(4, 4, bias=False) for _ in range(3))

        def forward(self, x):
            return self.down(self.up(x) * self.gate(x))

    path = saved(tmp_path / "a.pt", {f"{name}.weight": SQUARE for name in ("up", "gate", "down")})
    with pytest.raises(ValueError, match="'up' and 'gate' stand side by side"):
        read_graph(path)
    assert mc.Graph.from_module(Gated(), (1, 4), weights=path).n_nodes == 20  # and a layer of products


def test_layers_whose_names_say_mask(tmp_path):
    """Those of networks that predict masks."""
    state = {
        "mask_head.weight": torch.full((3, 4), 0.5),
        "mask_head.bias": torch.ones(3),
        "masked.weight": SQUARE[:2, :3],
    }
    assert read_graph(saved(tmp_path / "a.pt", state)).n_nodes == 9


@pytest.mark.parametrize("names", [("encoder", "decoder"), ("w1", "w2"), ("fc1", "fc2"), ("up", "down"), ("in", "out")])
def test_chains_are_no_parallel_layers(tmp_path, names):
    path = saved(tmp_path / "a.pt", {f"{name}.weight": SQUARE for name in names})
    assert read_graph(path).n_nodes == 12


def test_a_state_dict_as_arrays(tmp_path):
    """Its weights are (out, in), as torch keeps them, square or not."""
    path = tmp_path / "a.npz"
    np.savez(path, **{name: value.numpy() for name, value in (DENSE | MASKS).items()})
    assert read_graph(path) == KEPT
    first, second = np.tri(4), np.eye(4, k=1)
    np.savez(path, **{"fc1.weight": first, "fc1.bias": np.ones(4), "fc2.weight": second})
    assert read_graph(path) == mc.Graph.from_layers([first.T, second.T])
    np.savez(path, coefs_0=first, coefs_1=second, intercepts_0=np.ones(4), intercepts_1=np.zeros(4))
    expected = mc.Graph.from_layers([first, second], [np.ones(4), np.zeros(4)])
    assert read_graph(path, bias=True) == expected
    np.savez(path, **{"dense/kernel:0": first, "dense_1/kernel:0": first, "dense/bias:0": np.ones(4)})
    with pytest.raises(ValueError, match="mask0, mask1, …; this one holds dense/kernel"):
        read_graph(path)


EDGES = np.array([[0, 1, 2], [1, 2, 3]])


@pytest.mark.parametrize(("name", "array"), [("edge_index", EDGES), ("edges", EDGES.T), ("arr_0", EDGES)])
def test_edges_are_no_masks(tmp_path, name, array):
    path = tmp_path / "a.npz"
    np.savez(path, **{name: array})
    for options in ({}, {"order": [name]}):
        with pytest.raises(ValueError, match=rf"'{name}'.* may hold edges.*a mask is saved as bools") as refusal:
            read_graph(path, **options)
    call = str(refusal.value).rpartition("mask: ")[2].partition(" reads")[0]
    assert eval(call, {"Graph": mc.Graph, "np": np, "path": path}) == mc.Graph.from_edges(*EDGES)
    np.savez(path, mask0=array > 1)
    assert read_graph(path).n_nodes == 5

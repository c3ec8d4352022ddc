"""Which motifs do weight-sparse transformers form, beyond what the degrees of their units explain?

    python examples/circuit_sparsity.py FOLDER [--blocks] [--samples N] [--seed N] [--output FIGURE]

Reads a model of "Weight-sparse transformers have interpretable circuits" (Gao et al. 2025) from a local folder with the
files that https://github.com/openai/circuit_sparsity describes: `beeg_config.json`, the sizes, and `final_model.pt`, a
state dict of dense tensors that are mostly zeros. Prints how many weights of each matrix are kept, the graph, and the
significance of its motifs of four nodes: of all blocks together, or with --blocks of each by itself.

Nodes are the channels of the residual stream at each depth, values of attention, and neurons; edges are kept weights.
The stream goes on by pinned edges, which stay in random graphs. Left out are queries and keys, which carry no path,
the embeddings, which may be dense, and limits on how many units are active at once.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

import motifcount as mc

UNUSED = (".attn.bias", ".attn.attn_imp.sink_logit")  # tensors of a block that are no weights between units


class Block(nn.Module):
    """Attention and two layers of neurons, each added to the stream; the names are those of the state dict.

    Reads the stream and, in models that have them, embedded positions beside it.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.stream, self.places = config["d_model"], config.get("d_pos_emb") or 0
        self.heads, biased = config["n_head"], config.get("bias", True)
        width, attended = self.stream + self.places, self.heads * (config.get("d_head") or self.stream // self.heads)
        neurons = config.get("d_mlp") or config.get("n_mlp") or 4 * self.stream

        def norm(width: int) -> nn.Module:
            is_rms = config.get("rms_norm", False)
            return nn.RMSNorm(width) if is_rms else nn.LayerNorm(width, bias=config.get("ln_bias", True))

        def linear(read: int, written: int) -> nn.Module:
            return nn.Linear(read, written, bias=biased)

        self.ln_1, self.ln_2 = norm(self.stream), norm(self.stream)
        if self.places:
            self.ln_p1, self.ln_p2 = norm(self.places), norm(self.places)
        self.attn = nn.ModuleDict({"c_attn": linear(width, 3 * attended), "c_proj": linear(attended, self.stream)})
        self.mlp = nn.ModuleDict({"c_fc": linear(width, neurons), "c_proj": linear(neurons, self.stream)})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        stream, place = x[..., : self.stream], x[..., self.stream :]
        read = torch.cat([self.ln_1(stream), self.ln_p1(place)], dim=-1) if self.places else self.ln_1(stream)
        parts = self.attn["c_attn"](read).chunk(3, dim=-1)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        heads = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        stream = stream + self.attn["c_proj"](heads.transpose(1, 2).flatten(-2))
        read = torch.cat([self.ln_2(stream), self.ln_p2(place)], dim=-1) if self.places else self.ln_2(stream)
        return stream + self.mlp["c_proj"](self.mlp["c_fc"](read).relu())


class Blocks(nn.Module):
    """All blocks of a model, from the embedded tokens to what is unembedded."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.transformer = nn.ModuleDict({"h": nn.ModuleList(Block(config) for _ in range(config["n_layer"]))})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block in self.transformer["h"]:
            x = torch.cat([block(x), x[..., block.stream :]], dim=-1) if block.places else block(x)
        return x[..., : block.stream]


def read(folder: Path) -> Blocks:
    """Return the blocks of a model with their weights."""
    blocks = Blocks(json.loads((folder / "beeg_config.json").read_text()))
    state = torch.load(folder / "final_model.pt", map_location="cpu", weights_only=True)
    of_blocks = {name: value for name, value in state.items() if name.startswith("transformer.h.")}
    blocks.load_state_dict({name: value for name, value in of_blocks.items() if not name.endswith(UNUSED)})
    return blocks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--blocks", action="store_true")
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()

    model = read(options.folder)
    for name, weight in model.named_parameters():
        if weight.ndim == 2:
            print(f"{name}: {weight.count_nonzero():,} of {weight.numel():,} weights")
    blocks = dict(model.transformer["h"].named_children())
    parts = blocks if options.blocks else {"all": model}
    example = (1, 2, blocks["0"].stream + blocks["0"].places)  # two tokens; any number gives the same graph
    results = {}
    for name, part in parts.items():
        graph = mc.Graph.from_module(part, example).drop_ineffective()
        result = mc.significance(graph, "degree", size=4, samples=options.samples, seed=options.seed)
        print(f"\nblock {name}: {graph}\n{result}")
        results[f"block {name}"] = result
    if options.output:
        mc.plots.save(mc.plots.plot_significance(results), options.output)


if __name__ == "__main__":
    main()

"""How many arcs have the networks of torchvision, and how long does it take to read them?

    python benchmarks/vision_models.py [NAME …]

Weights are random and none is 0. Needs torchvision, of the version that belongs to the torch that is installed.
"""

from __future__ import annotations

import sys
import time

import torch
from torchvision import models

import motifcount as mc

NAMES = (
    *("resnet18", "resnet50", "resnext50_32x4d", "mobilenet_v2", "mobilenet_v3_small", "vgg16", "alexnet"),
    *("densenet121", "squeezenet1_0", "shufflenet_v2_x1_0", "mnasnet1_0", "efficientnet_b0", "regnet_y_400mf"),
    *("convnext_tiny", "swin_t", "vit_b_16"),
)


def main() -> None:
    print("| network | weights of layers | nodes | arcs | layers | seconds |\n|---|---:|---:|---:|---:|---:|")
    for name in sys.argv[1:] or NAMES:
        net = models.get_model(name, weights=None)
        with torch.no_grad():
            for parameter in net.parameters():
                parameter.uniform_(0.1, 1)
        weights = sum(parameter.numel() for parameter in net.parameters() if parameter.ndim > 1)
        start = time.perf_counter()
        graph = mc.Graph.from_module(net, (1, 3, 224, 224))
        seconds = time.perf_counter() - start
        n_layers = 0 if graph.layers is None else len(set(graph.layers.tolist()))
        print(
            f"| {name} | {weights:,} | {graph.n_nodes:,} | {graph.n_edges:,} | {n_layers} | {seconds:.1f} |", flush=True
        )


if __name__ == "__main__":
    main()

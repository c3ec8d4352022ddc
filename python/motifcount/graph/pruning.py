"""A torch module pruned to the edges of a graph."""

from __future__ import annotations

from typing import Any

from motifcount._support import arguments
from motifcount.graph.graph import Graph
from motifcount.inputs.modules import is_torch_module


def apply_masks(module: Any, graph: Graph) -> Any:
    """Prune a torch module to the edges of a graph, with ``torch.nn.utils.prune``: a random graph can so be trained.

    A weight is kept where its edge is in the graph: all entries of a convolution's kernel, all gates of a recurrent
    unit. What was pruned before by ``torch.nn.utils.prune`` gets its value back where the graph has an edge. Weights
    that do not reach an output stay as they are.

    Parameters
    ----------
    module
        The module that the graph was read from by :meth:`Graph.from_module`, or one like it. It is changed.
    graph
        A graph of the module, or one that :func:`randomize` made of it.

    Returns
    -------
    torch.nn.Module
        The module.

    Raises
    ------
    TypeError
        If `module` is no torch module, or `graph` no graph.
    ValueError
        If the graph is of another module, or has edges that no mask gives (:meth:`Graph.to_masks`).
    """
    if not is_torch_module(module):
        raise TypeError(f"module must be a torch.nn.Module, not {arguments.shown(module)}")
    if not isinstance(graph, Graph):
        wanted = "a graph of this module, by Graph.from_module or randomize"
        raise TypeError(f"graph must be {wanted}, not {arguments.shown(graph)}")
    import torch
    from torch.nn.utils import prune

    masks = graph.to_masks()
    found = {name.removesuffix("_orig"): value for name, value in module.named_parameters(remove_duplicate=False)}
    for name, mask in masks.items():
        if name not in found or tuple(found[name].shape) != mask.shape:
            raise ValueError(f"graph must be of this module, which has no parameter {name} of the shape {mask.shape}")
    tied = [(other, mask) for name, mask in masks.items() for other in found if found[other] is found[name]]
    parts = {(module.get_submodule(name.rpartition(".")[0]), name.rpartition(".")[2]): mask for name, mask in tied}
    for (part, attribute), mask in parts.items():
        if hasattr(part, f"{attribute}_mask"):
            values = getattr(part, f"{attribute}_orig").detach().clone()
            prune.remove(part, attribute)  # type: ignore[no-untyped-call]
            with torch.no_grad():
                getattr(part, attribute).copy_(values)
        kept = torch.from_numpy(mask).to(getattr(part, attribute).device)
        prune.custom_from_mask(part, attribute, kept)  # type: ignore[no-untyped-call]
    return module

"""Functions that keep every entry in its place: units pass through. Normalization is one of them.

Means, variances and sums over the units of a layer scale all of them alike, so a normalized unit is still its unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import NO_UNIT, Flow, alike, no_units
from motifcount.inputs.modules.rules.arguments import argument, words
from motifcount.inputs.modules.trace import Rule, Trace

PASSING = words("""
relu relu6 leaky_relu prelu rrelu elu selu celu gelu silu mish tanh sigmoid hardtanh hardswish hardsigmoid
hardshrink softshrink tanhshrink softplus softsign logsigmoid threshold
dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout feature_dropout abs absolute neg negative
positive exp exp2 expm1 log log2 log10 log1p sqrt rsqrt square sin cos tan asin acos atan sinh cosh asinh acosh
atanh erf erfc erfinv sinc reciprocal sign sgn floor ceil round trunc frac nan_to_num
logit i0 lgamma digamma deg2rad rad2deg clone contiguous to float double half bfloat16 type cpu cuda
detach requires_grad_ data real alias dequantize fake_quantize_per_tensor_affine
fake_quantize_per_channel_affine resolve_conj resolve_neg pin_memory checkpoint long int bool imag angle conj
conj_physical
""")

NORMALIZING = words("""
softmax log_softmax softmin gumbel_softmax normalize local_response_norm batch_norm layer_norm rms_norm group_norm
instance_norm
""")

UNLIKE = words("""
eq ne lt le gt ge isnan isinf isfinite isclose logical_and logical_or logical_xor logical_not argmax argmin argsort
__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __and__ __or__ __invert__ __xor__ any all bitwise_and bitwise_or
bitwise_not equal nonzero multinomial bincount histc searchsorted bucketize _is_all_true _is_any_true
is_nonzero isreal isin one_hot
mse_loss l1_loss smooth_l1_loss huber_loss cross_entropy nll_loss binary_cross_entropy ctc_loss kl_div
binary_cross_entropy_with_logits poisson_nll_loss gaussian_nll_loss soft_margin_loss multilabel_margin_loss
multilabel_soft_margin_loss multi_margin_loss hinge_embedding_loss margin_ranking_loss cosine_embedding_loss
triplet_margin_loss triplet_margin_with_distance_loss cosine_similarity pairwise_distance
""")

MADE_LIKE = words("""
new_zeros new_ones new_full new_empty new_tensor zeros_like ones_like full_like empty_like rand_like randn_like
randint_like zero_ fill_ normal_ uniform_ bernoulli_ bernoulli
""")


def _first(trace: Trace, call: Call) -> list[Flow]:
    """The units of the one value that comes in; others may only scale it, as mixtures do."""
    flows = [flow for tensor in call.tensors() if (flow := trace.flow(tensor)) is not None]
    with_units = [flow for flow in flows if flow.has_units]
    if any(not alike(flow, with_units[0]) for flow in with_units):
        raise trace.refusal(call, "takes units in several arguments")
    flow = [*with_units, *flows][0]
    return [flow.to_shape(out.shape) for out in call.results()]


def scaled(trace: Trace, flow: Flow, scale: Any, axes: Sequence[int] | None = None) -> Flow:
    """Cut the units that a constant scales by exactly 0; it is laid along some axes, or else broadcast."""
    values = trace.constant(scale) if isinstance(scale, torch.Tensor) else torch.tensor(scale)
    if values is None or bool((values != 0).all()):
        return flow
    if axes is not None:
        values = values.reshape([flow.shape[axis] if axis in axes else 1 for axis in range(len(flow.shape))])
    return cut(trace, flow, (values != 0).cpu())


def cut(trace: Trace, flow: Flow, kept: torch.Tensor) -> Flow:
    """Keep the entries of a value that a mask, of a shape that is broadcast, marks."""
    left = tuple(torch.where(kept, term, NO_UNIT) for term in flow.terms)
    for term, rest in zip(flow.terms, left, strict=True):
        gone = torch.where(kept, NO_UNIT, term)
        trace.units.cut(gone[~torch.isin(gone, rest)])  # those that are cut at some positions only pass at others
    return Flow(left)


def _normalized(position: int, name: str) -> Rule:
    """A normalization with a scale by channel, or (with a shape as its second argument) by the last axes."""

    def rule(trace: Trace, call: Call) -> Flow:
        source = argument(call, 0, "input")
        flow = _first(trace, call)[0]
        if trace.flow(source) is None:
            return flow
        shape = argument(call, 1, "normalized_shape")
        last = range(len(flow.shape) - len(shape), len(flow.shape)) if isinstance(shape, Sequence) else (1,)
        weight = argument(call, position, name)
        return flow if weight is None else scaled(trace, flow, weight, tuple(last))

    return rule


def _mixture(_trace: Trace, call: Call) -> list[Flow]:
    return no_units(call.results())


def _constant(trace: Trace, call: Call) -> list[None]:
    """What is filled in, whatever the shape is taken of."""
    if any(trace.flow(value) is not None for value in (*call.args[1:], *call.kwargs.values())):
        raise trace.refusal(call, "fills in a value that depends on the data")
    return [None] * len(call.results())


RULES: dict[str, Rule] = {
    **dict.fromkeys((*PASSING, *NORMALIZING), _first),
    **dict.fromkeys(UNLIKE, _mixture),
    **dict.fromkeys(MADE_LIKE, _constant),
    "batch_norm": _normalized(3, "weight"),
    "layer_norm": _normalized(2, "weight"),
    "rms_norm": _normalized(2, "weight"),
    "group_norm": _normalized(2, "weight"),
    "instance_norm": _normalized(3, "weight"),
}

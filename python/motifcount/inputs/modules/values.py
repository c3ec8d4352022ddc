"""What the tensors of a recording hold that no input acts on: weights, masks, constants, as they are or computed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.utils import _pytree as pytree

from motifcount.inputs import sparse
from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.finding import memory_of
from motifcount.inputs.modules.recording import Recording
from motifcount.inputs.tensors import from_tensor

Bools = npt.NDArray[np.bool_]

RANDOM = frozenset(
    [
        "rand",
        "randn",
        "randint",
        "rand_like",
        "randn_like",
        "randint_like",
        "bernoulli",
        "bernoulli_",
        "normal",
        "normal_",
        "uniform_",
        "dropout",
        "multinomial",
        "empty",
        "empty_like",
        "new_empty",
        "exponential_",
    ]
)


_NOT_WRITING = frozenset(["requires_grad_", "detach_", "share_memory_"])


class Unknown(Exception):
    """The values are not known: they are random, or there are none."""


class Overwritten(Exception):
    """The values are those of a tensor that was written to, so only a forward pass with values tells them."""


class Values:
    """Real values of the tensors that depend on no input, computed when asked for."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._made_by: dict[int, Call] = {}
        self._known: dict[int, torch.Tensor] = {}
        self._overwritten: set[int] = set()  # by memory

    def made(self, tensor: torch.Tensor, call: Call) -> None:
        """Note the call that a constant tensor is the result of, or that wrote to it."""
        if not any(tensor is part for part in call.tensors()):
            self._made_by[id(tensor)] = call
        elif "out" in call.kwargs or (call.name.endswith("_") and call.name not in _NOT_WRITING):
            self.overwrite(tensor)

    def overwrite(self, tensor: torch.Tensor) -> None:
        """Note that a constant tensor has other values than what it was made of."""
        self._overwritten.add(memory_of(tensor))

    def name_of(self, tensor: torch.Tensor) -> str | None:
        """Return the name of a tensor of the module, or None."""
        found = self._recording.originals.get(id(tensor))
        return found[0] if found else None

    def is_trained(self, tensor: torch.Tensor) -> bool:
        """Whether a tensor is a parameter or computed from one."""
        if isinstance(tensor, torch.nn.Parameter):
            return True
        call = self._made_by.get(id(tensor))
        return call is not None and any(self.is_trained(part) for part in call.tensors())

    def of(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return the values of a constant tensor.

        Raises
        ------
        Unknown
            If they are random or on the device "meta".
        Overwritten
            If they were written to where there are no values.
        """
        if (memory := memory_of(tensor)) >= 0 and memory in self._overwritten:
            if self._recording.on_meta:
                raise Overwritten
            return tensor.detach()
        found = self._recording.originals.get(id(tensor))
        if found is not None:
            value = found[1].detach()
        elif id(tensor) in self._made_by:
            value = self._recomputed(tensor, self._made_by[id(tensor)])
        else:
            value = tensor.detach()
        if value.device.type == "meta":
            raise Unknown
        return value

    def _recomputed(self, tensor: torch.Tensor, call: Call) -> torch.Tensor:
        if not self._recording.on_meta:
            return tensor.detach()
        if id(tensor) in self._known:
            return self._known[id(tensor)]
        if call.name in RANDOM:
            raise Unknown
        device = torch.device("cpu")

        def real(value: Any) -> Any:
            if isinstance(value, torch.Tensor):
                if call.name.startswith("new_"):
                    return torch.empty(0, dtype=value.dtype)
                return self.of(value)
            return device if isinstance(value, torch.device) or value == "meta" else value

        args, kwargs = pytree.tree_map(real, (call.args, dict(call.kwargs)))
        try:
            with torch.no_grad():
                out = call.func(*args, **kwargs)
        except Exception as error:  # whatever the function raises
            raise Unknown from error
        twins = zip(pytree.tree_leaves(call.out), pytree.tree_leaves(out), strict=True)
        values: dict[int, torch.Tensor] = {id(a): b for a, b in twins if isinstance(a, torch.Tensor)}
        if sum(value.numel() for value in values.values()) < 1 << 16:
            self._known |= values
        return values[id(tensor)]

    def parameter_of(self, tensor: torch.Tensor) -> str | None:
        """Return the name of the parameter that a weight is, pruned or not; None if it is computed otherwise."""
        if isinstance(tensor, torch.nn.Parameter) or id(tensor) in self._recording.masks:
            return self.name_of(tensor)
        call = self._made_by.get(id(tensor))
        if call is None or self._mask_of(tensor, "") is None:
            return None
        return (self.name_of(call.tensors()[0]) or "").removesuffix("_orig").removesuffix("_mask")

    def kept(self, tensor: torch.Tensor) -> Bools:
        """Return which entries of a weight are kept: those of a mask beside it if there is one, else the nonzero ones.

        Raises
        ------
        ValueError
            If the values cannot be read or hold NaN or inf.
        """
        where = self._where(tensor)
        return np.asarray(self._read(tensor, self._mask_of(tensor, where), where) != 0)

    def negative(self, tensor: torch.Tensor) -> Bools:
        """Return which entries of a weight are below 0; raises as :meth:`kept`."""
        return np.asarray(self._read(tensor, None, self._where(tensor)) < 0)

    def _where(self, tensor: torch.Tensor) -> str:
        return f"module: {self.name_of(tensor) or self.name_of_made(tensor)}"

    def _read(self, tensor: torch.Tensor, values: torch.Tensor | None, where: str) -> npt.NDArray[Any]:
        """Return given values, or those of a tensor, as an array."""
        try:
            values = self.of(tensor) if values is None else values
        except Unknown:
            raise ValueError(
                f"{where} must hold values that can be read; these are random or on the device 'meta'"
            ) from None
        array = from_tensor(where, values)
        if hasattr(array, "toarray"):
            array = array.toarray()
        sparse.check_dtype(where, array.dtype)
        sparse.refuse_infinite(where, array)
        return np.asarray(array)

    def _mask_of(self, tensor: torch.Tensor, where: str) -> torch.Tensor | None:
        mask = self._recording.masks.get(id(tensor))
        if mask is not None and mask.shape != tensor.shape:
            shapes = f"shape {tuple(tensor.shape)}, not {tuple(mask.shape)}"
            raise ValueError(f"{where}_mask must be a tensor of {shapes}")
        if mask is not None:
            return mask
        call = self._made_by.get(id(tensor))
        if call is None or call.name not in ("mul", "__mul__", "__rmul__") or len(call.tensors()) != 2:
            return None
        by_ending = {str(self.name_of(part)).rsplit("_", 1)[-1]: part for part in call.tensors()}
        if by_ending.keys() != {"orig", "mask"}:
            return None
        return self.of(by_ending["mask"])

    def name_of_made(self, tensor: torch.Tensor) -> str:
        call = self._made_by.get(id(tensor))
        names = [] if call is None else [self.name_of(part) or self.name_of_made(part) for part in call.tensors()]
        return names[0] if names else "a weight"

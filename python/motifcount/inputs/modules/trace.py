"""A recording followed from the inputs to the outputs: every call by the rule of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.calls import Call, Passage
from motifcount.inputs.modules.finding import memory_of, tensors_within
from motifcount.inputs.modules.flow import MIXED, Clash, Flow, alike, by_row, core, distinct, flow_of
from motifcount.inputs.modules.options import Options
from motifcount.inputs.modules.recording import Recording
from motifcount.inputs.modules.units import Inputs, Remerge, Units
from motifcount.inputs.modules.values import Overwritten, Unknown, Values

WAY_OUT = (
    "pass masks to Graph.from_layers, name the submodule in ignore=, or tell how it acts, as "
    'rules={"my_op": "relu"} or rules={"my_op": a function of torch functions}'
)


Rule = Callable[["Trace", Call], Any]
"""What came out, as the tensors that it is made of: for each its Flow, or None for a constant."""

_OUT_OF_TORCH = frozenset(["numpy", "tolist", "item", "__array__", "__dlpack__", "__float__", "__int__", "__index__"])
_AS_NUMBERS = frozenset(["tolist", "item", "__float__"])
_FROM_DATA = frozenset(["tensor", "as_tensor", "from_numpy", "asarray", "from_dlpack", "scalar_tensor"])


class Trace:
    """What is known of every tensor while the calls are followed in their order."""

    def __init__(self, recording: Recording, rules: Mapping[str, Rule], inputs: Inputs, options: Options) -> None:
        self.recording = recording
        self.options = options
        self.units = Units(inputs)
        self.values = Values(recording)
        self._rules = rules
        self._flows: dict[int, Flow] = {}
        self._behind: dict[int, frozenset[Flow]] = {}  # by tensor that is a mixture, of what
        self._stale: dict[int, Call] = {}
        self._constants = set(recording.originals)
        self._cut: Call | None = None
        self.pending: list[Clash] = []
        self.n_unrolled: dict[str, int] = {}  # by convolution, how many arcs it has at most where it is unrolled
        self.inputs = {name: self.units.add_input(name, tensor.shape) for name, tensor in recording.inputs.items()}
        self._flows |= {id(tensor): self.inputs[name] for name, tensor in recording.inputs.items()}

    def follow(self) -> None:
        """Follow all calls; note the units that reach an output."""
        for step in self.recording.steps:
            self._pass(step) if isinstance(step, Passage) else self._follow(step)
        for tensor in self.recording.outputs:
            self._refuse_stale(tensor, "the output")
            own = self._flows.get(id(tensor))
            for flow in (*self._behind.get(id(tensor), ()), *([] if own is None else [own])):
                for term in flow.terms:
                    self.units.read(core(term).reshape(-1))
        lost = next((tensor for tensor in self.recording.outputs if self._is_foreign(tensor)), None)
        if lost is not None:
            raise self._cut_off(lost, "the output")

    # ---- what rules ask ----------------------------------------------------------------------------------

    def flow(self, value: Any) -> Flow | None:
        """Return the units of a tensor; None for a constant or what is no tensor."""
        return self._flows.get(id(value)) if isinstance(value, torch.Tensor) else None

    def is_constant(self, value: Any) -> bool:
        """Whether a value is a tensor on which no input acts."""
        return isinstance(value, torch.Tensor) and id(value) not in self._flows

    def constant(self, value: Any) -> torch.Tensor | None:
        """Return the values of a constant tensor; None if they are not known."""
        try:
            return self.values.of(value)
        except Unknown:
            return None

    def read(self, call: Call, flow: Flow, axes: Sequence[int]) -> list[torch.Tensor]:
        """Return the units that weights read, as columns with a row for every entry along some axes.

        Raises
        ------
        NotImplementedError
            If they read means over units, or positions instead of units.
        """
        tables = [by_row(term, axes) for term in flow.terms]
        table = torch.cat(tables, dim=1)
        if bool((table == MIXED).any()):
            if bool((table == MIXED).all()):
                for clash in self.pending:
                    self.units.resolve(clash)
            raise self.refusal(call, "reads a mean, a product or another mixture of the units of a layer")
        for of_term in tables:
            meeting = self.units.clash(distinct(of_term))
            if meeting is not None and not self.units.resolve(meeting) and not _has_rows_of_its_own(of_term):
                raise self.refusal(call, "has weights along positions, where units lie along another axis")
        return distinct(table)

    def refusal(self, call: Call, what: str) -> NotImplementedError:
        """Return the error that a call cannot be followed."""
        return NotImplementedError(f"module: {call.where} {what}, which is not understood; {WAY_OUT}")

    # ---- the calls ---------------------------------------------------------------------------------------

    def _follow(self, call: Call) -> None:
        tensors = call.tensors()
        results = call.results()
        flows = [tensor for tensor in tensors if id(tensor) in self._flows]
        if not results:
            self._without_results(call, flows)
            return
        for tensor in tensors:
            self._refuse_stale(tensor, call.where)
            if self._is_foreign(tensor) and self._is_suspect(tensor, call):
                raise self._cut_off(tensor, call.where)
        if not flows:
            for tensor in results:
                if self._cut is None or call.name not in _FROM_DATA:
                    self._constants.add(id(tensor))
                    self.values.made(tensor, call)
            return
        rule = self._rule_of(call)
        try:
            found = rule(self, call)
        except (NotImplementedError, ValueError, MemoryError, Overwritten, Remerge):
            raise
        except Exception as error:  # a way to call a function that its rule does not foresee
            raise self.refusal(call, f"is called in a way ({type(error).__name__}: {error})") from error
        self._give(call, found)

    def _rule_of(self, call: Call) -> Rule:
        name = self.options.names.get(call.name, call.name)
        for spelling in (name, name.rstrip("_") if not name.startswith("__") else name):
            if spelling in self._rules:
                return self._rules[spelling]
        raise self.refusal(call, "is an operation")

    def _without_results(self, call: Call, flows: Sequence[torch.Tensor]) -> None:
        """Follow a call that returns no tensor: values leave torch, or are written to what is there."""
        if call.name in _OUT_OF_TORCH and any(self._flows[id(tensor)].has_units for tensor in flows):
            if call.name in _AS_NUMBERS and flows[0].is_floating_point():
                raise self.refusal(call, "makes plain numbers of units")
            self._cut = self._cut or call
        if call.name == "__setitem__" and not flows:
            self.values.overwrite(call.args[0])
        if call.name == "__setitem__" and flows:
            target, _, value = call.args
            written = self._stale.get(id(target))
            if written is not None and any(value is part for part in written.results()):  # x[index] += y
                del self._stale[id(target)]
            for tensor in (target, value):
                self._refuse_stale(tensor, call.where)
            self._write(call, target, self._rules["__setitem__"](self, call))
        if call.name == "__set__" and isinstance(call.args[1], torch.Tensor) and flows:  # x.data = y
            raise self.refusal(call, "sets the memory of a tensor")

    def _give(self, call: Call, found: Any) -> None:
        """Note what came out of a call."""
        results = call.results()
        flows = pytree.tree_leaves(found, is_leaf=lambda leaf: leaf is None or isinstance(leaf, Flow))
        for tensor, flow in zip(results, flows, strict=True):
            if flow is None:
                self._behind.pop(id(tensor), None)
                if self._flows.pop(id(tensor), None) is not None:  # written over in place
                    self._stale |= dict.fromkeys(self._sharing(tensor), call)
                self._constants.add(id(tensor))
                self.values.made(tensor, call)
                continue
            if flow.shape != tensor.shape:
                raise self.refusal(call, f"gives the shape {tuple(tensor.shape)} in a way")
            self._write(call, tensor, flow_of(flow.terms))

    def _mixed_in(self, call: Call) -> frozenset[Flow]:
        """Return the values that are mixed in what comes out of a call."""
        flows = {id(tensor): self._flows[id(tensor)] for tensor in call.tensors() if id(tensor) in self._flows}
        return frozenset(flows.values()).union(*(self._behind.get(key, ()) for key in flows))

    def _write(self, call: Call, tensor: torch.Tensor, flow: Flow) -> None:
        old = self._flows.get(id(tensor))
        is_new = id(tensor) not in self._constants and old is None
        if not is_new and (old is None or not alike(old, flow)):
            for other in self._sharing(tensor):
                self._stale.setdefault(other, call)
        self._behind[id(tensor)] = self._mixed_in(call) if flow.has_mixtures else frozenset()
        self._flows[id(tensor)] = flow
        self._constants.discard(id(tensor))
        self._stale.pop(id(tensor), None)

    def _sharing(self, tensor: torch.Tensor) -> list[int]:
        """Return the ids of other tensors in the same memory."""
        together = self.recording.by_memory.get(memory_of(tensor), ())
        return [key for key in together if (key in self._flows or key in self._constants) and key != id(tensor)]

    def _refuse_stale(self, tensor: Any, reader: str) -> None:
        written = self._stale.get(id(tensor))
        if written is not None:
            raise self.refusal(written, f"writes through a view to what {reader} reads")

    def _pass(self, passage: Passage) -> None:
        for tensor in tensors_within(passage.args):
            self._refuse_stale(tensor, f"{passage.module!r}, which is ignored,")
        entering = [flow for tensor in tensors_within(passage.args) if (flow := self.flow(tensor)) is not None]
        for tensor in tensors_within(passage.out):
            same = [flow for flow in entering if flow.shape == tensor.shape]
            if not same:
                raise NotImplementedError(
                    f"module: {passage.module!r} is ignored, so what comes out must have the shape of what goes in; "
                    f"it has the shape {tuple(tensor.shape)}"
                )
            self._flows[id(tensor)] = same[0]

    # ---- where the flow is cut ---------------------------------------------------------------------------

    def _is_foreign(self, tensor: torch.Tensor) -> bool:
        return id(tensor) not in self._flows and id(tensor) not in self._constants

    def _is_suspect(self, tensor: torch.Tensor, call: Call) -> bool:
        """Whether a tensor that no call made may depend on the inputs."""
        if self._cut is not None or tensor.grad_fn is not None or memory_of(tensor) in self.recording.made:
            return True
        self._constants.add(id(tensor))
        return False

    def _cut_off(self, tensor: torch.Tensor, reader: str) -> NotImplementedError:
        made = "something that is no torch function"
        if tensor.grad_fn is not None:
            made = tensor.grad_fn.name()
        elif self._cut is not None:
            made = self._cut.where
        return NotImplementedError(
            f"module: {made} cuts the data flow, which leaves torch functions there: {reader} has units that cannot be "
            f"followed; {WAY_OUT}"
        )


def _has_rows_of_its_own(table: torch.Tensor) -> bool:
    """Whether no unit occurs in two rows, as where positions of one channel were made of several."""
    rows = torch.arange(len(table))[:, None].expand(table.shape)
    pairs = torch.unique(torch.stack((table[table >= 0], rows[table >= 0]), dim=1), dim=0)
    return len(table) > 1 and len(torch.unique(pairs[:, 0])) == len(pairs)

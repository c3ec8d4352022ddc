"""How a module is to be read. Knows torch by name alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motifcount._support import arguments

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Options:
    """How a module is to be read; see :meth:`motifcount.Graph.from_module`.

    Raises
    ------
    TypeError
        If `ignore` is no list, or `rules` no dict.
    """

    residual: str = "stream"
    is_unrolled: bool = False
    max_edges: int = 0  # of what is unrolled
    attention_gates: bool = False
    embeddings: bool = False
    signs: bool = False  # of weights are kinds of edges
    ignore: Sequence[str] = ()
    rules: Mapping[str, str | Callable[..., Any]] = field(default_factory=dict)
    tensors: Mapping[str, torch.Tensor] = field(default_factory=dict)  # in place of the module's own, by name

    def __post_init__(self) -> None:
        if isinstance(self.ignore, str) or not isinstance(self.ignore, Sequence):
            raise TypeError(f"ignore must be a list of names of submodules, not {arguments.shown(self.ignore)}")
        if not isinstance(self.rules, Mapping):
            raise TypeError(f"rules must be a dict of names of functions, not {arguments.shown(self.rules)}")

    @property
    def names(self) -> dict[str, str]:
        """Functions that act as another does."""
        return {name: rule for name, rule in self.rules.items() if not callable(rule)}

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """Functions in whose place another is called."""
        return {name: rule for name, rule in self.rules.items() if callable(rule)}

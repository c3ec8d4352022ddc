"""Null models that are functions of the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motifcount._support import arguments
from motifcount.graph import Graph, as_graph
from motifcount.nulls.kept import Weights
from motifcount.nulls.one_by_one import OneByOne, Sampler
from motifcount.nulls.sampling import SINGLE, seed_of_sample

NullFunction = Callable[[Graph, int], Any]
"""A null model of your own: takes the graph and a seed, returns a random graph with the same nodes."""


@dataclass(frozen=True, slots=True)
class _Opaque(OneByOne):
    """A null model of which nothing is known but the number of nodes."""

    @property
    def options(self) -> dict[str, Any]:
        """None that are known."""
        return {}

    @property
    def has_weights(self) -> bool:
        return True

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[Weights]:
        return []


@dataclass(frozen=True, slots=True)
class Function(_Opaque):
    """Random graphs that a function ``(Graph, seed)`` returns, of which nothing is known but the number of nodes."""

    function: NullFunction

    @property
    def name(self) -> str:
        """The name of the function."""
        return getattr(self.function, "__name__", type(self.function).__name__)

    @property
    def given(self) -> NullFunction:
        """The function."""
        return self.function

    def _sampler(self, graph: Graph) -> Sampler:
        return lambda seed, k, _threads: self._sample(graph, seed, k)

    def _sample(self, graph: Graph, seed: int, k: int) -> Graph:
        try:
            random = self._graph_of(self.function(graph, seed_of_sample(seed, k)))
        except Exception as error:
            error.add_note(self._where(k))
            raise
        if random.n_nodes != graph.n_nodes:
            wanted = f"a graph with the same {graph.n_nodes} nodes"
            raise ValueError(f"null: {self.name} must return {wanted}, not {random.n_nodes}")
        return random

    def _graph_of(self, returned: Any) -> Graph:
        try:
            return as_graph(returned)
        except (TypeError, ValueError, NotImplementedError) as error:
            wanted = f"null: {self.name} must return a graph, not {arguments.shown(returned)}"
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{wanted}: {error}") from error

    def _where(self, k: int) -> str:
        drawn = "the graph" if k == SINGLE else f"sample {k}"
        return f"while {drawn} was drawn by the null model {self.name}"


@dataclass(frozen=True, slots=True)
class Unknown(_Opaque):
    """A null model of which the name alone is known: that of a result from a file, where it was a function."""

    name: str

    def _sampler(self, graph: Graph) -> Sampler:
        raise NotImplementedError(f"null: of {self.name} no more than the name is known; give the function itself")

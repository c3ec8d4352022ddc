"""What a comparison of networks returns: plain, immutable, known to plots and tables."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from motifcount._support import extras
from motifcount.nulls import Null, resolve, title_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]
Measure = Literal["cosine", "correlation"]


@dataclass(frozen=True, slots=True)
class GroupTest:
    """Are networks of a group more alike than networks of different groups?

    Attributes
    ----------
    within, between
        Mean similarity of two networks of the same group, and of two of different groups.
    p
        The share of labelings, the given one among them, in which networks of a group are at least as alike: one-sided.
    labelings
        How many labelings that is.
    exact
        Whether these are all, or random ones.
    """

    within: float
    between: float
    p: float
    labelings: int
    exact: bool

    @property
    def separation(self) -> float:
        """within - between."""
        return self.within - self.between


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How alike networks are in their motifs.

    Attributes
    ----------
    names
        What the networks are called.
    groups
        By network, the label of its group; None without groups.
    classes
        The classes that vary in all networks and are `few` in none, which the profiles are of.
    left_out
        The classes that vary in all, but are `few` in one of the networks: z is no measure there.
    profiles
        By network, z of these classes at length 1; float64 of shape (networks, classes).
    similarity
        Of two networks, -1 to 1; float64 of shape (networks, networks).
    measure
        "cosine" or "correlation" of the profiles.
    null
        The null model of all networks.
    test
        The test by groups; None without groups.
    """

    names: tuple[str, ...]
    groups: tuple[Hashable, ...] | None
    classes: tuple[str, ...]
    left_out: tuple[str, ...]
    profiles: FloatArray
    similarity: FloatArray
    measure: Measure
    null: Null
    test: GroupTest | None

    def tree(self) -> FloatArray:
        """Return the tree of the networks by average linkage of 1 - similarity, as scipy.cluster.hierarchy has it.

        Shape (networks - 1, 4): of every merger the two clusters, their distance, and the number of networks.
        """
        from scipy.cluster.hierarchy import linkage

        above = np.triu_indices(len(self.names), 1)
        found: FloatArray = linkage(np.maximum(1 - self.similarity[above], 0), "average")
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain Python objects."""
        null = resolve(self.null)
        test = self.test
        return {
            "null": null.name,
            "null_options": null.options,
            "measure": self.measure,
            "names": list(self.names),
            "groups": None if self.groups is None else list(self.groups),
            "classes": list(self.classes),
            "left_out": list(self.left_out),
            "profiles": self.profiles.tolist(),
            "similarity": self.similarity.tolist(),
            "test": None if test is None else {name: getattr(test, name) for name in _OF_TEST},
        }

    def to_json(self) -> str:
        """Return :meth:`to_dict` as JSON; labels of groups become strings."""
        return json.dumps(self.to_dict(), indent=2, allow_nan=False, default=str)

    def to_frame(self) -> pd.DataFrame:
        """Return the similarity as a frame of pandas (extra ``frames``), indexed by name both ways."""
        frames = extras.require("pandas", "frames", "to_frame")
        frame: pd.DataFrame = frames.DataFrame(self.similarity, index=self.names, columns=self.names)
        return frame

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the similarity as a heat map with its tree, see :func:`motifcount.plots.plot_comparison`.

        Raises
        ------
        ImportError
            If matplotlib is missing (the extra ``plot``).
        TypeError
            If `ax` is no axes.
        """
        from motifcount import plots

        return plots.plot_comparison(self, ax)

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.comparison_html(self, title_of(self.null))

    def __repr__(self) -> str:
        n, k = len(self.names), len(self.classes)
        head = f"Comparison({self.measure} of {n} networks in {k} classes, null={title_of(self.null)}"
        width = max(map(len, self.names))
        lines = [
            f"  {name:<{width}}  {'  '.join(f'{value:+.2f}' for value in row)}"
            for name, row in zip(self.names, self.similarity.tolist(), strict=True)
        ]
        if self.left_out:
            n = len(self.left_out)
            lines.append(f"  {n} {'class' if n == 1 else 'classes'} left out, which vary but are few, or hardly vary")
        if self.test is not None:
            lines.append(
                f"  within groups {self.test.within:+.2f}, between {self.test.between:+.2f}, p {self.test.p:.2g}"
            )
        return "\n".join((head, *lines, ")"))


_OF_TEST = ("within", "between", "separation", "p", "labelings", "exact")

"""Counts as Zahn, Daniel and Kutz (2024) report them, beside the correct ones, and their published figures.

Their chains are distinct endpoint pairs (:func:`motifcount.endpoint_pairs`), and their converging motif of third order
counts C(in, 2) where an in-star is C(in, 3), over nodes with three inputs or more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

import motifcount as mc
from motifcount._support.progress import Progress, reporter


class Convention(NamedTuple):
    """A motif of theirs: the correct class, and Z at the optimum over 375 networks as they define it."""

    motif_class: str
    meaning: str
    published_mean: float
    published_sd: float | None  # None: only a median is known


CONVENTIONS: Mapping[str, Convention] = {
    "2nd-order diverging": Convention("021D", "Σ C(out, 2)", 18.2, 4.4),
    "2nd-order converging": Convention("021U", "Σ C(in, 2)", 17.1, 3.7),
    "2nd-order chain": Convention("021C", "endpoint pairs, 2 steps", -16.6, 3.3),
    "3rd-order diverging": Convention("out_star", "Σ C(out, 3)", 21.3, 6.4),
    "3rd-order converging": Convention("in_star", "Σ C(in, 2), in ≥ 3", 17.1, 3.7),
    "3rd-order chain": Convention("chain4", "endpoint pairs, 3 steps", -11.7, None),
    "bi-fan": Convention("bifan", "bi-fans", 19.5, 4.5),
    "bi-parallel": Convention("biparallel", "bi-parallels", 27.9, 4.9),
}

PUBLISHED_OPTIMA = {0.65: 2, 0.75: 18, 0.85: 4, 0.90: 1, 0.91: 73, 0.92: 84, 0.93: 214, 0.94: 4}
"""Sparsity -> how many of their 400 networks were optimal there."""

PUBLISHED_LOSS = {0.0: 4.8e-4, 0.15: 3.8e-4, 0.55: 3.1e-4, 0.75: 5.2e-4, 0.90: 6.9e-4, 0.92: 8.0e-4, 0.93: 9.7e-4}
PUBLISHED_LOSS |= {0.94: 4.8e-3, 0.95: 9.0e-3, 0.98: 3.3e-2}
"""Sparsity -> median loss of their networks."""


def counts(graph: mc.Graph) -> dict[str, dict[str, int]]:
    """Return the subgraph counts of their eight motifs, as they define them ("theirs") and as is "correct"."""
    found = mc.count(graph, (3, 4), induced=False, num_threads=1, progress=False)
    correct = {name: found[convention.motif_class] for name, convention in CONVENTIONS.items()}
    in_degrees = graph.in_degrees()
    in_degrees = in_degrees[in_degrees >= 3]
    theirs = correct | {
        "2nd-order chain": mc.endpoint_pairs(graph, 2),
        "3rd-order converging": int((in_degrees * (in_degrees - 1) // 2).sum()),
        "3rd-order chain": mc.endpoint_pairs(graph, 3),
    }
    return {"theirs": theirs, "correct": correct}


def z_scores(graph: mc.Graph, samples: int, seed: int, progress: Progress = False) -> dict[str, dict[str, float]]:
    """Return, by motif, Z under their null model with their counts ("theirs") and with the correct ones ("correct")."""
    observed = counts(graph)
    seeds = np.random.SeedSequence(seed).generate_state(samples, np.uint64).tolist()
    table = []
    with reporter(progress, samples, "random graphs") as report:
        for n, s in enumerate(seeds, start=1):
            table.append(counts(mc.randomize(graph, "cover", seed=s, num_threads=1, progress=False)))
            if report is not None:
                report(n)
    scores: dict[str, dict[str, float]] = {name: {} for name in CONVENTIONS}
    for label, own in observed.items():
        for name, count in own.items():
            values = np.array([row[label][name] for row in table], dtype=float)
            std = values.std(ddof=1)
            scores[name][label] = float((count - values.mean()) / std) if std > 0 else math.nan
    return scores

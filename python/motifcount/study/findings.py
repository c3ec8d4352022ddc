"""What a study says about motifs: a headline, and plain sentences with their uncertainty."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from motifcount.study import similarity
from motifcount.study.config import Config
from motifcount.study.tables import Frames

MOTIFS = {"bifan": "bi-fans", "biparallel": "bi-parallels"}
"""The classes that the published study tells most of, and that are not fixed by the degrees."""

LEVEL = 0.05

_CONTROLS = {
    "untrained": "the same networks pruned without training",
    "shuffled": "networks trained on outputs that belong to other inputs",
}


_VERDICTS = {
    "untrained": (
        "So training leaves more {} than pruning alone.",
        "So these networks do not show that training leaves more than pruning alone.",
    ),
    "shuffled": (
        "So learning the task adds {}.",
        "So they do not show that the task was learnt: training of any kind may leave them.",
    ),
}
"""What follows where some motifs are clearly more frequent than under the control, and where none is."""


class Interval(NamedTuple):
    """The mean of a number over networks with its 95 % interval by Student's t; infinite for a single network."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def sign(self) -> int:
        """1 or -1 if the interval is above or below 0, else 0."""
        return int(self.low > 0) - int(self.high < 0)

    def __str__(self) -> str:
        if self.n < 2:
            return _signed(self.mean)
        return f"{_signed(self.mean)} ({_signed(self.low)} to {_signed(self.high)})"


def interval(values: npt.ArrayLike) -> Interval:
    """Return the mean of one or more numbers, one per network, with its interval."""
    numbers = np.asarray(values, dtype=float)
    n, mean = len(numbers), float(numbers.mean())
    if n < 2:
        return Interval(mean, -math.inf, math.inf, n)
    half = float(stats.t.ppf(1 - LEVEL / 2, n - 1) * numbers.std(ddof=1) / math.sqrt(n))
    return Interval(mean, mean - half, mean + half, n)


def z_of(frames: Frames, null: str, condition: str, motif: str) -> pd.Series[float]:
    """Return z by network at the trained network's optimum, where it is defined."""
    z = frames["z"]
    own = z["optimum"] & (z["null"] == null) & (z["condition"] == condition) & (z["class"] == motif)
    return z[own].set_index("network")["z"].dropna()


def headline(frames: Frames) -> str:
    """Return what was found about the motifs of trained networks, beyond their degrees."""
    found = _intervals(frames, "degree")
    if not found:
        return "No network can be tested for its motifs"
    if any(each.n < 2 for each in found.values()):
        return "One network alone tells little about the motifs of trained networks"
    more, fewer = ([MOTIFS[name] for name, each in found.items() if each.sign == sign] for sign in (1, -1))
    if not more and not fewer:
        return f"Trained networks have no clear excess of {_listed(found)} over what their degrees explain"
    parts = [f"{word} {' and '.join(names)}" for word, names in (("more", more), ("fewer", fewer)) if names]
    return f"Trained networks have {', but '.join(parts)} than their degrees explain"


def sentences(config: Config, frames: Frames) -> list[str]:
    """Return the conclusion, a sentence or two a point; none if no network has an optimum."""
    found = _intervals(frames, "degree")
    if not found:
        return []
    first = (
        f"Against random networks of the same degrees, z is on average {_told(found)}. Against those that keep little "
        f"more than the number of connections (cover), it is {_told(_intervals(frames, 'cover'))}."
    )
    told = [first]
    told += [text for control in _CONTROLS if (text := _beside(config, frames, control))]
    told += [_convergence(frames)] if len(frames["similarity"]) else []
    return [*told, _uncertainty(config, found)]


def _intervals(frames: Frames, null: str) -> dict[str, Interval]:
    found = {name: z_of(frames, null, "trained", name) for name in MOTIFS}
    return {name: interval(values) for name, values in found.items() if len(values)}


def _told(found: dict[str, Interval]) -> str:
    return " and ".join(f"{each} for {MOTIFS[name]}" for name, each in found.items()) or "not defined"


def _listed(found: dict[str, Interval]) -> str:
    return " or ".join(MOTIFS[name] for name in found)


def _beside(config: Config, frames: Frames, control: str) -> str:
    """Compare each trained network with its twin under a control."""
    parts, more = [], []
    for name, words in MOTIFS.items():
        trained, twin = (z_of(frames, "degree", condition, name) for condition in ("trained", control))
        differences = (trained - twin).dropna()
        if len(differences) < 2:
            continue
        each = interval(differences)
        p = similarity.difference_p(differences.to_numpy(), config.permutations, config.seed)
        parts.append(f"{each} for {words} (p = {p:.2g})")
        more += [words] if each.sign > 0 and p <= LEVEL else []
    if not parts:
        return ""
    clear, unclear = _VERDICTS[control]
    verdict = clear.format(" and ".join(more)) if more else unclear
    return f"Beside {_CONTROLS[control]}, z under degree differs by {' and '.join(parts)}. {verdict}"


def _convergence(frames: Frames) -> str:
    table = frames["similarity"]
    rows = table[table["null"] == "degree"] if (table["null"] == "degree").any() else table[:0]
    parts = []
    for row in rows.to_dict("records"):
        clear = row["agreement_p"] <= LEVEL
        word = "not clearly more or less" if not clear else "more" if row["agreement"] > 0 else "less"
        parts.append(
            f"{word} than {row['control']} ones do (mean cosine {_signed(row['within'], 2)} against "
            f"{_signed(row['within_control'], 2)}, p = {row['agreement_p']:.2g})"
        )
    if not parts:
        return "Too few classes vary under degree to tell whether networks converge."
    return f"Do networks converge? Beyond their degrees, trained networks resemble each other {', and '.join(parts)}."


def _uncertainty(config: Config, found: dict[str, Interval]) -> str:
    n = max(each.n for each in found.values())
    if n < 2:
        return "With one network there is no interval, and nothing is said of others."
    least = max(2 / 2**n, 1 / (1 + config.permutations))
    return (
        f"In brackets are 95 % intervals of the mean over {n} networks (Student's t); p comes from swapping twins, is "
        f"{least:.2g} at least, and is not adjusted for the number of comparisons. All networks saw the same flights "
        "in the same order, so what other flights would give is not in these intervals."
    )


def _signed(value: float, digits: int = 1) -> str:
    return f"{value:+.{digits}f}".replace("-", "−")

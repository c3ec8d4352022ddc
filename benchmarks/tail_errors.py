"""How far off are p-values of fitted tails? The numbers of docs/null-models.md, and what a test of the fit refuses.

python benchmarks/tail_errors.py [--runs N]

Counts of known distributions, 1,000 samples each; the observed count is far out. Then, for tails that have a
generalised Pareto distribution, what 95 % of the distances stay below: `motifcount/inference/tails.py` refuses others.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy import stats

from motifcount.inference.tails import _Pareto, tails

KNOWN = {
    "exponential (geometric)": (stats.geom(0.02), 500),
    "Poisson, mean 0.2": (stats.poisson(0.2), 4),
    "Poisson, mean 3": (stats.poisson(3), 13),
    "Poisson, mean 20": (stats.poisson(20), 42),
    "normal (binomial)": (stats.binom(10_000, 0.1), 1130),
    "normal, farther out": (stats.binom(10_000, 0.1), 1160),
    "log-normal": (stats.lognorm(1, scale=100), 4000),
    "log-normal, farther out": (stats.lognorm(1, scale=100), 12_000),
}
SHAPES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0)
TAIL = 250


def errors(distribution: stats.rv_frozen, observed: int, runs: int) -> tuple[float, np.ndarray]:
    """Return p, and what p of fitted tails is divided by it: nine of ten, and the median."""
    known = float(distribution.sf(observed - 1))
    draws = distribution.rvs((runs, 1000), random_state=np.random.default_rng(1)).astype(int)
    found = np.array([tails(observed, counts.tolist()).p_over for counts in draws])
    return known, np.quantile(found / known, (0.05, 0.5, 0.95))


def distances(shape: float, runs: int) -> tuple[float, float]:
    """Return what 95 % of the distances stay below, of tails that are fitted as exponential and of the others."""
    draw = np.random.default_rng(1)
    by_fit: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(runs):
        tail = _Pareto.fitted(stats.genpareto(shape).rvs(TAIL, random_state=draw))
        by_fit[tail.shape == 0].append(tail.distance())
    return tuple(np.quantile(found, 0.95) if len(found) > 100 else np.nan for found in by_fit.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    print("| distribution of the counts | p | found / p: median | 5 % | 95 % |\n|---|---:|---:|---:|---:|")
    for name, (distribution, observed) in KNOWN.items():
        known, (low, median, high) = errors(distribution, observed, options.runs)
        print(f"| {name} | {known:.1e} | {median:.2g} | {low:.2g} | {high:.2g} |", flush=True)
    print("\n| shape of the tail | 95 %, fitted as exponential | others |\n|---:|---:|---:|")
    for shape in SHAPES:
        exponential, others = distances(shape, 10 * options.runs)
        print(f"| {shape:g} | {exponential:.2f} | {others:.2f} |", flush=True)


if __name__ == "__main__":
    main()

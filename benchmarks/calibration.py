"""Are `ess`, `z_error` and p-values true? Repeated runs against what each says, as the tables of docs/reliability.md.

python benchmarks/calibration.py [--runs N] [--processes N]

Null models whose runs take longer have fewer of them (`Case.cost`).
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import motifcount as mc
from support import calibration

SAMPLES = 100
UNTIL = mc.Until(0.2, max_samples=1000)
ALPHA = 0.05 + 1e-9


def of_errors(case: calibration.Case, swaps: float | None, runs: int) -> str:
    """Return the ratio of ess that is told to the true one, of the worst and of the median class; and the coverage."""
    found = calibration.errors(case, swaps, SAMPLES, runs)
    ratios = [each.ratio_of_ess() for each in found.values()]
    coverage = [each.coverage() for each in found.values()]
    return f"{max(ratios):.2f} ({np.median(ratios):.2f}), {min(coverage):.0%} ({np.median(coverage):.0%})"


def of_p_values(case: calibration.Case, swaps: float | None, runs: int, samples: int | mc.Until = 39) -> str:
    """Return the share of runs with an adjusted p, and with one of the p of the worst class, up to 0.05."""
    one_sided, adjusted = calibration.p_values(case, swaps, samples, runs)
    return f"{(adjusted <= ALPHA).mean():.3f}, {(one_sided <= ALPHA).mean(axis=0).max():.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    rare = calibration.Case("sparse, rare classes", "degree")
    print(f"{rare.graph}, {rare.null}, {UNTIL}:", of_p_values(rare, 10, options.runs, UNTIL), flush=True)
    for case in (calibration.Case(name, "keep_triads anew") for name in calibration.KEEP_TRIADS):
        print(f"{case.graph}, {case.null}:", of_p_values(case, 10, options.runs // case.cost), flush=True)
    with ProcessPoolExecutor(options.processes) as pool:
        for name, what in (
            ("ess told / true; coverage of two z_error: worst class (median class)", of_errors),
            ("adjusted p <= 0.05; p <= 0.05 of the worst class", of_p_values),
        ):
            for lengths, group in groupby(calibration.CASES, lambda case: case.lengths):
                print(f"\n{name}\n\n| graph | null model | {' | '.join(str(swaps or '') for swaps in lengths)} |")
                print(f"|---|---|{'---:|' * len(lengths)}")
                rows = [
                    (case, [pool.submit(what, case, swaps, options.runs // case.cost) for swaps in lengths])
                    for case in group
                ]
                for case, cells in rows:
                    print(f"| {case.graph} | {case.null} | {' | '.join(cell.result() for cell in cells)} |", flush=True)


if __name__ == "__main__":
    main()

"""How many of the classes that a null model fixes are known to be fixed? The shares of docs/null-models.md.

python benchmarks/identified_classes.py [--graphs N]

Small graphs all of whose states under "degree" are enumerated: classes with one count in all of them, and how many of
these are `fixed`, or `dependent`, on others that are the same, too; and, of graphs that are their only state, how many
have all classes fixed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from motifcount.inference.relations import from_null
from support.enumerated import CLASSES, KINDS, Enumerated, draw


def known(drawn: Enumerated) -> np.ndarray:
    """Return by class whether it is known to be fixed, and whether a relation to others is: (2, classes)."""
    relations = from_null(drawn.graph, drawn.null, drawn.observed)
    is_known = [name in relations for name in CLASSES]
    return np.array(
        [[has and not relations[name].factors for name, has in zip(CLASSES, is_known, strict=True)], is_known]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphs", type=int, default=400)
    n = parser.parse_args().graphs
    print("| graphs | same | fixed | dependent | fixed, not the same | one state, all fixed |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        found = draw(kind, n, 1)
        is_same = np.concatenate([np.ptp(drawn.states, axis=0) == 0 for drawn in found])
        is_fixed, is_known = np.concatenate([known(drawn) for drawn in found], axis=1)
        fixed, dependent = (which[is_same].mean() for which in (is_fixed, is_known & ~is_fixed))
        wrong = (is_fixed & ~is_same).sum()
        alone = [known(drawn)[0].all() for drawn in draw(kind, n, 2, fewest_states=1) if len(drawn.states) == 1]
        cells = f"{is_same.sum():,} | {fixed:.0%} | {dependent:.0%} | {wrong} | {sum(alone)} of {len(alone)}"
        print(f"| {n} of {kind} | {cells} |", flush=True)


if __name__ == "__main__":
    main()

"""Draw the figures of docs/classes.md into this folder.

python docs/figures/make.py
"""

from __future__ import annotations

from pathlib import Path

import motifcount as mc
from motifcount import plots
from motifcount.motifs import drawings

HERE = Path(__file__).parent


def main() -> None:
    net = mc.datasets.load("pendulum").drop_ineffective()
    plots.save(plots.plot_motifs(3), HERE / "triads.svg")
    plots.save(plots.plot_motifs(4, mc.LAYERED_TETRADS), HERE / "tetrads.svg")
    for skeleton in ("claw", "path", "paw", "4-cycle", "diamond", "K4"):
        names = [name for name in mc.CLASSES[4] if drawings.skeleton(name) == skeleton]
        plots.save(plots.plot_motifs(4, names), HERE / f"tetrads-{skeleton}.png")
    plots.save(plots.plot_network(net), HERE / "network.svg")
    result = mc.significance(net, "degree", size=(3, 4), samples=1000, seed=1)
    plots.save(result.plot(), HERE / "significance.svg")


if __name__ == "__main__":
    main()

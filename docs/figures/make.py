"""Draw the figures of README.md, docs/index.md and docs/classes.md into this folder, and those of docs/gallery.md.

python docs/figures/make.py

Each figure of the gallery is what the Python block above it draws.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

import motifcount as mc
from motifcount import plots
from motifcount.motifs import drawings

HERE = Path(__file__).parent
GALLERY = HERE.parent / "gallery.md"
DRAWN = re.compile(
    r"^```python\n((?:(?!^```).)*)^```\n\n!\[[^\]]*\]\(figures/([\w-]+\.svg)\)$", re.DOTALL | re.MULTILINE
)


def main() -> None:
    plt.switch_backend("agg")
    net = mc.datasets.load("pendulum").drop_ineffective()
    plots.save(plots.plot_motifs(3), HERE / "triads.svg")
    plots.save(plots.plot_motifs(4, mc.LAYERED_TETRADS), HERE / "tetrads.svg")
    for skeleton in ("claw", "path", "paw", "4-cycle", "diamond", "K4"):
        names = [name for name in mc.CLASSES[4] if drawings.skeleton(name) == skeleton]
        plots.save(plots.plot_motifs(4, names), HERE / f"tetrads-{skeleton}.png")
    plots.save(plots.plot_network(net), HERE / "network.svg")
    result = mc.significance(net, "degree", size=(3, 4), samples=1000, seed=1)
    plots.save(result.plot(), HERE / "significance.svg")
    draw_gallery(HERE)


def draw_gallery(folder: Path) -> None:
    """Run the blocks of the gallery in their order, and save what each draws."""
    names: dict[str, Any] = {}
    for code, file in DRAWN.findall(GALLERY.read_text()):
        exec(compile(code, GALLERY.name, "exec", dont_inherit=True), names)
        plots.save(plt.gcf(), folder / file)


if __name__ == "__main__":
    main()

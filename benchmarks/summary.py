"""Put what benchmarks/results/*.json hold into README.md (a table) and docs/figures (two plots).

    python benchmarks/summary.py

The table has a row for each question that a peer was asked too, and tells who was not asked, and why; the plots show
how many times as long peers take, and how time grows with the graph.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from report import RESULTS, plain, ratio, seconds

from motifcount import plots

ROOT = RESULTS.parent.parent
BEGIN, END = "<!-- benchmarks: written by benchmarks/summary.py -->", "<!-- end of benchmarks -->"
PEERS = {  # the name of a benchmark, the name of the peer
    "gap tc": "GAP tc",
    "graph tool": "graph-tool",
    "gtrie scanner": "gtrieScanner",
    "igraph": "igraph",
    "motifcluster": "motifcluster",
    "networkit": "NetworKit",
    "networkx": "NetworkX",
}
Row = dict[str, Any]


def groups() -> dict[str, list[Row]]:
    """Return the rows of all results by group."""
    found: dict[str, list[Row]] = defaultdict(list)
    for path in sorted(RESULTS.glob("*.json")):
        for row in json.loads(path.read_text()).get("benchmarks", []):
            found[row["group"]].append(row)
    return found


def comparisons() -> list[tuple[str, Row, Row]]:
    """Return (question, our row on one thread, the row of a peer) for every peer."""
    pairs = []
    for group, rows in groups().items():
        ours = [row for row in rows if row["baseline"] and row["threads"] == 1 and row["tool"].startswith("motifcount")]
        peers = [row for row in rows if row["threads"] == 1 and not row["tool"].startswith("motifcount")]
        pairs += [(group, ours[0], peer) for peer in peers if ours]
    return sorted(pairs, key=lambda pair: (pair[0], ratio(pair[2], pair[1])))


def table() -> str:
    lines = ["| question, graph | motifcount, 1 thread | peer | its time for the same work | times as long |"]
    lines.append("|---|---:|---|---:|---:|")
    for group, ours, peer in comparisons():
        same_work = peer["median"] / peer["work"] * ours["work"]
        lines.append(
            f"| {group} | {seconds(ours['median'])} | {peer['tool'].split(',')[0]} | {seconds(same_work)} "
            f"| {plain(f'{ratio(peer, ours):.3g}')} |"
        )
    return "\n".join(lines)


def not_run() -> str:
    """Return which peers were not run on which graphs, and why, in a line each."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(RESULTS.glob("*.json")):
        for row in json.loads(path.read_text()).get("not_run", []):
            if row["tool"] in PEERS:
                found[PEERS[row["tool"]], row["reason"]].append(f"{path.stem} of {', '.join(row['of'])}")
    found["NetMODE", "its source could not be had"] = ["any_tetrads"]
    return "\n".join(f"- not run: {tool} ({'; '.join(of)}): {reason}" for (tool, reason), of in found.items())


def environments() -> str:
    """Return the machines and commits behind the results, in a line each."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(RESULTS.glob("*.json")):
        machine = json.loads(path.read_text()).get("environment")
        if machine:
            built = machine["motifcount"]
            text = f"{machine['cpu']}, {machine['cores']} cores; {built['compiler']}, {built['bit_kernels']}; "
            found[text + f"commit {machine['commit'][:10]}, {machine['date']}"].append(path.stem)
    return "\n".join(f"- {', '.join(names)}: {text}" for text, names in found.items())


def plot_peers() -> Figure:
    pairs = comparisons()
    figure = Figure(figsize=(8, 0.28 * len(pairs) + 1), layout="constrained")
    axes = figure.subplots()
    names = [f"{group}: {peer['tool'].split(',')[0]}" for group, _, peer in pairs]
    axes.barh(names, [ratio(peer, ours) for _, ours, peer in pairs], color="#0b6e99")
    axes.axvline(1, color="0.3", lw=1)
    axes.set(xscale="log", xlabel="times as long as motifcount, one thread")
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def plot_growth() -> Figure:
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    questions = ("triad census", "random graph, 10 attempts an edge")
    for axes, question in zip(figure.subplots(1, 2), questions, strict=True):
        lines: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
        for row in json.loads((RESULTS / "growth.json").read_text())["benchmarks"]:
            if row["group"].startswith(question):
                family = re.sub(r"-\d+$", "", row["group"].split(", ")[-1])
                lines[family, row["threads"]].append((row["edges"], 1e9 * row["median"] / row["edges"]))
        for (family, threads), points in sorted(lines.items()):
            edges, times = zip(*sorted(points), strict=True)
            label = f"{family}, {threads} thread" + "s" * (threads > 1)
            axes.plot(edges, times, "o-" if threads == 1 else "o--", ms=4, label=label)
        axes.set(xscale="log", yscale="log", xlabel="edges", ylabel="nanoseconds an edge", title=question)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    return figure


def main() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text()
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    readme.write_text(f"{before}\n{table()}\n\n{environments()}\n{not_run()}\n{after}")
    figures: Path = ROOT / "docs" / "figures"
    plots.save(plot_peers(), figures / "peers.svg")
    plots.save(plot_growth(), figures / "growth.svg")


if __name__ == "__main__":
    main()

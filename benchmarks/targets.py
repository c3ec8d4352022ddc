"""Hold benchmarks/results against what motifcount is meant to reach, and write the page benchmarks/results/targets.md.

    python benchmarks/targets.py

A target is a ratio of two rows of one group, measured one after another in one run; or, where there is nothing to
divide by, a time or a number in a second, which depends on the machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import report
import summary

Row = dict[str, Any]
GAP, IGRAPH, KEEP_MUTUAL = "GAP tc", "igraph", "motifcount, keep_mutual"
IN_SIGNIFICANCE, ATTEMPTS = "motifcount, in significance of 100 samples, 10 attempts", "motifcount, 10 attempts"


@dataclass(frozen=True)
class Target:
    """What one row of a result is meant to reach; tools are given by how their names begin."""

    group: str
    kind: Literal["share", "times", "per second", "seconds"]
    limit: float
    tool: str = "motifcount"
    threads: int = 1
    peer: str | None = None
    peer_threads: int | None = None  # as many as the tool, if None

    def measured(self, row: Row, other: Row | None) -> float:
        if other is not None:
            ratio = report.ratio(row, other)
            return ratio if self.kind == "share" else 1 / ratio
        return float(row["median"] if self.kind == "seconds" else row["work"] / row["median"])

    def is_reached(self, value: float) -> bool:
        return value <= self.limit if self.kind in ("share", "seconds") else value >= self.limit

    def words(self, value: float) -> str:
        if self.kind == "seconds":
            return report.seconds(value)
        if self.kind == "per second":
            return f"{value / 1e6:.3g} M/s"
        return f"{report.plain(f'{value:.3g}')}" + (" of its time" if self.kind == "share" else " times as fast")


TARGETS = [
    *[
        Target(f"triad census, {name}", "share", limit, threads=threads, peer=GAP)
        for name in ("wiki-Vote", "rmat-14", "rmat-17", "rmat-20")
        for threads, limit in ((1, 1 / 8), (2, 1 / 6))
    ],
    Target("triad census, rmat-20", "times", 10, threads=16, peer="motifcount", peer_threads=1),
    Target("triad census, rmat-17", "share", 2, tool="motifcount, by node", peer="motifcount"),
    Target("triad census, layered-2M", "share", 3.5, tool="motifcount, by node", peer="motifcount"),
    Target("triad census, attribution", "seconds", 0.3),
    Target("triad census, attribution", "seconds", 1, tool="motifcount, by node"),
    Target("all tetrads, connectome-like", "times", 500, peer=IGRAPH),
    Target("all tetrads, random-20k", "times", 250, peer=IGRAPH),
    Target("all tetrads, rmat-10", "times", 5000, peer=IGRAPH),
    Target("all tetrads, rmat-16", "share", 6, peer="motifcount, triads"),
    Target("all tetrads, rmat-16", "times", 1.7, threads=2, peer="motifcount", peer_threads=1),
    *[
        Target(f"all tetrads, {name}", "share", 6, tool="motifcount, by role", peer="motifcount")
        for name in ("connectome-like", "random-20k", "rmat-10", "rmat-16")
    ],
    Target("1000 degree samples with all tetrads, random-20k", "seconds", 8, threads=2),
    Target(
        "strictly layered census, layered-20M", "share", 1, tool="motifcount, layers given", peer="np.bincount, int32"
    ),
    Target(
        "strictly layered census, layered-20M", "share", 2, tool="motifcount, levels found", peer="np.bincount, int32"
    ),
    Target("swap attempts, pruned", "per second", 60e6, tool=ATTEMPTS),
    Target("swap attempts, heavy-tailed-20k", "per second", 45e6, tool=ATTEMPTS),
    Target("swap attempts, heavy-tailed-20k", "per second", 45e6, tool=IN_SIGNIFICANCE),
    Target("swap attempts, rmat-14", "per second", 40e6, tool=ATTEMPTS),
    Target("swap attempts, heavy-tailed-3M", "per second", 40e6, tool=ATTEMPTS),
    *[
        Target(f"swap attempts, {name}", "per second", 30e6, tool=KEEP_MUTUAL)
        for name in ("heavy-tailed-20k", "rmat-14", "heavy-tailed-3M")
    ],
    Target("swap attempts, heavy-tailed-3M", "seconds", 1.5, tool=KEEP_MUTUAL),
    Target("triad census, a graph of 1,000 arcs", "seconds", 50e-6),
    Target("swap attempts, heavy-tailed-1k", "seconds", 25e-3, tool=IN_SIGNIFICANCE, threads=2),
    *[Target(f"motif adjacency, {name}, layered-2M", "times", 200, peer="motifcluster") for name in ("021D", "030T")],
    Target("flights of 20 ms", "times", 15, tool="motifcount, like odeint", peer="odeint"),
]
CSRS_AT_MOST = {"count(csr)": 3, "count(csr, 4)": 4}  # besides the planes


def results() -> list[tuple[list[Row], str]]:
    """Return the rows of each result, which were measured in one run, and its commit."""
    found = [json.loads(path.read_text()) for path in sorted(report.RESULTS.glob("*.json"))]
    return [(result["benchmarks"], result["environment"]["commit"][:10]) for result in found if "benchmarks" in result]


def lines() -> list[str]:
    """Return a line of the table for each target."""
    measured, made = results(), []
    for target in TARGETS:
        work = f"{target.group}" + f" ({target.tool.removeprefix('motifcount, ')})" * (target.tool != "motifcount")
        bound = "at most " if target.kind in ("share", "seconds") else "at least "
        cells = [work, str(target.threads), bound + target.words(target.limit), "not measured", "", "", ""]
        for rows, commit in measured:
            ours = _find(rows, target.group, target.tool, target.threads)
            other = _find(rows, target.group, target.peer, target.peer_threads or target.threads)
            if ours and (other or not target.peer):
                value = target.measured(ours, other)
                peer = f"{other['tool'].split(' (')[0]}, {other['threads']} thr." if other else ""
                cells[3:] = [target.words(value), "yes" if target.is_reached(value) else "no", peer, commit]
                break
        made.append(report.line(cells))
    return made


def lines_of_memory() -> list[str]:
    """Return a line of the table for each census whose peak memory was measured."""
    memory, made = json.loads((report.RESULTS / "peak_memory.json").read_text()), []
    for row in memory["rows"]:
        if limit := CSRS_AT_MOST.get(row["way"]):
            value = (row["peak"] - row["planes"]) / row["csr"]
            cells = [f"peak memory of {row['way']}, {row['graph']}", str(row["threads"]), f"at most {limit} CSRs"]
            cells += [f"{value:.3g} CSRs", "yes" if value <= limit else "no", "", memory["motifcount"]["commit"][:10]]
            made.append(report.line(cells))
    return made


def _find(rows: list[Row], group: str, tool: str | None, threads: int) -> Row | None:
    """Return the row of a tool, if there is one to find: of that name, or else of the first whose name begins so."""
    if tool is None:
        return None
    able = [row for row in rows if (row["group"], row["threads"]) == (group, threads) and row["tool"].startswith(tool)]
    return min(able, key=lambda row: row["tool"] != tool, default=None)


def main() -> None:
    columns = ["work", "threads", "target", "measured", "reached", "peer", "commit"]
    text = ["# targets", "", "What is meant to be reached, and what was, by `python benchmarks/targets.py`.", ""]
    text += [report.line(columns), report.line(["---"] * len(columns)), *lines(), *lines_of_memory()]
    text += ["", summary.environments(), ""]
    (report.RESULTS / "targets.md").write_text("\n".join(text))
    print("\n".join(text))


if __name__ == "__main__":
    main()

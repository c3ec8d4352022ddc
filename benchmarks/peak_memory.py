"""Peak resident memory of a triad census, and of one of all tetrads, against the size of the CSR it counts.

    python benchmarks/peak_memory.py [--quick]

Each census runs in a process of its own that loads the CSR's arrays from disk and nothing else. Peak memory is
ru_maxrss less what was resident before it loaded them, so the CSR itself, with values of one byte, is part of it.
Tetrads also need the planes: 256 bytes for each node of two arcs or more with a neighbour among the 1,024 nodes of the
most edges. A star and a cycle have about as many arcs as nodes, which is the hardest for what is kept of each node.
This process stays small and imports no NumPy: a child's ru_maxrss starts from its parent's.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import report
from pytest_benchmark.utils import get_commit_info

GRAPHS = {
    "layered-20M": ("csr", "graph"),
    "rmat-16": ("tetrads",),
    "rmat-17": ("csr", "graph", "tetrads"),
    "star": ("tetrads",),
    "cycle": ("tetrads",),
}
WAYS = {"csr": "count(csr)", "graph": "count(Graph(csr)), the CSR kept", "tetrads": "count(csr, 4)"}
HUBS, PLANES_BYTES = 1024, 256  # of a node
MIB = 2**20


def peak_bytes() -> int:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def resident_bytes() -> int:
    """Return what is resident now, where the system tells, else the peak so far."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return peak_bytes()


def make(name: str, quick: bool, folder: Path) -> None:
    """Write a graph's index arrays and its census by a second method."""
    import graphs
    import numpy as np
    import references

    import motifcount as mc

    network = graphs.standard(name, quick)
    np.save(folder / "indptr.npy", network.csr.indptr)
    np.save(folder / "indices.npy", network.csr.indices)
    if "csr" in GRAPHS[name]:
        (folder / "expected.json").write_text(json.dumps(references.triads(network)))
    if network.layers is None:
        references.check_tetrads_by_degrees(network, mc.count(network.csr, 4, induced=False))
        (folder / "tetrads.json").write_text(json.dumps(dict(mc.count(network.csr, 4))))
    degrees = np.bincount(network.src, minlength=network.n_nodes) + np.bincount(network.dst, minlength=network.n_nodes)
    is_hub = np.zeros(network.n_nodes, bool)
    is_hub[np.argsort(-degrees, kind="stable")[:HUBS]] = True
    with_planes = is_hub.copy()
    with_planes[network.dst[is_hub[network.src]]] = True
    with_planes[network.src[is_hub[network.dst]]] = True
    with_planes &= degrees > 1
    (folder / "planes.json").write_text(json.dumps(PLANES_BYTES * (int(with_planes.sum()) + HUBS)))


def census(way: str, threads: int, folder: Path) -> None:
    """Load the arrays, count, verify, and print what it took as JSON."""
    import numpy as np
    import scipy.sparse as sp

    import motifcount as mc

    size = 4 if way == "tetrads" else 3
    mc.count(sp.csr_array((3, 3)), size, num_threads=threads)  # what is loaded lazily
    before = resident_bytes()
    indptr, indices = (np.load(folder / f"{name}.npy") for name in ("indptr", "indices"))
    n = len(indptr) - 1
    csr = sp.csr_array((np.ones(len(indices), np.int8), indices, indptr), shape=(n, n))
    counts = mc.count(mc.Graph(csr) if way == "graph" else csr, size, num_threads=threads)
    peak = peak_bytes()
    expected = folder / ("tetrads.json" if way == "tetrads" else "expected.json")
    assert dict(counts) == json.loads(expected.read_text())
    indices_bytes = indptr.nbytes + indices.nbytes
    sizes = {"indices": indices_bytes, "csr": indices_bytes + csr.data.nbytes, "peak": peak - before}
    sizes["planes"] = json.loads((folder / "planes.json").read_text()) if way == "tetrads" else 0
    print(json.dumps(sizes | {"build": mc.build_config()}))


def child(*arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(name: str, threads: list[str], quick: bool) -> list[dict[str, Any]]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        child("--make", name, "--folder", folder, *(["--quick"] if quick else []))
        for way in GRAPHS[name]:
            for number in threads:
                taken = json.loads(child("--census", way, "--threads", number, "--folder", folder))
                rows.append({"graph": name, "way": WAYS[way], "threads": int(number), **taken})
    return rows


def table(rows: list[dict[str, Any]], build: dict[str, Any]) -> str:
    head = ["graph", "what runs", "threads", "CSR indices", "CSR", "planes", "peak", "peak ÷ indices", "peak ÷ CSR"]
    head.append("(peak − planes) ÷ CSR")
    about = f"motifcount {build['version']}, commit {build['commit']}; {build['compiler']}, {build['build_type']}"
    lines = ["# peak memory of a census", "", about, "", " | ".join(head), " | ".join(["---"] * len(head))]
    for row in rows:
        sizes = [f"{row[key] / MIB:.1f} MiB" for key in ("indices", "csr", "planes", "peak")]
        ratios = [f"{row['peak'] / row[key]:.2f}" for key in ("indices", "csr")]
        ratios.append(f"{(row['peak'] - row['planes']) / row['csr']:.2f}")
        lines.append(" | ".join([row["graph"], row["way"], str(row["threads"]), *sizes, *ratios]))
    return "\n".join(lines[:4] + [f"| {line} |" for line in lines[4:]]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small graphs, to see that it runs; writes nothing")
    parser.add_argument("--threads", default="1,2", help="numbers of threads, separated by commas")
    parser.add_argument("--make", help=argparse.SUPPRESS)
    parser.add_argument("--census", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.quick, options.folder)
    elif options.census:
        census(options.census, int(options.threads), options.folder)
    else:
        rows = [row for name in GRAPHS for row in measure(name, options.threads.split(","), options.quick)]
        build = rows[0]["build"] | {"commit": get_commit_info()["id"][:12]}
        rows = [{key: row[key] for key in row if key != "build"} for row in rows]
        text = table(rows, build)
        print(text)
        if not options.quick:
            report.write("peak_memory", {"motifcount": build, "rows": rows}, text)


if __name__ == "__main__":
    main()
